"""What the log of accounts says of a change: which act, from what to what, and in which group."""

from dataclasses import replace

import pytest

from accounts.acts import GroupProfile, Profile, _changes, record_group
from accounts.models import AccountAct
from tests.clock import NOON
from tests.newsroom.factories import make_user

ADA = Profile(
    username="ada",
    email="ada@paper.example",
    is_active=True,
    is_superuser=False,
    groups=("Editor",),
    permissions=(),
)


@pytest.mark.parametrize(
    ("fields", "acts"),
    [
        ({}, []),
        ({"is_active": False}, [("deactivated", {})]),
        ({"is_superuser": True}, [("superuser_given", {})]),
        ({"username": "ida"}, [("renamed", {"from": "ada", "to": "ida"})]),
        ({"email": ""}, [("email", {"from": "ada@paper.example", "to": ""})]),
        (
            {"groups": (), "permissions": ("a",)},
            [("roles", {"from": ("Editor",), "to": ()}), ("rights", {"from": (), "to": ("a",)})],
        ),
    ],
)
def test_each_change_of_an_account_is_an_act_of_its_own(fields, acts):
    changed = replace(ADA, **fields)

    assert [*_changes(ADA, changed)] == acts


def test_what_is_switched_back_is_the_other_act():
    off = replace(ADA, is_active=False, is_superuser=True)

    assert [verb for verb, _ in _changes(off, ADA)] == ["activated", "superuser_taken"]


EDITORS = GroupProfile("Editor", ("edit",), ("ada",))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        (None, EDITORS, ("group_made", "Editor", {"from": [], "to": ["edit"], "members": ["ada"]})),
        (
            EDITORS,
            None,
            ("group_deleted", "Editor", {"from": ["edit"], "to": [], "members": ["ada"]}),
        ),
        (
            EDITORS,
            GroupProfile("Desk", ("edit", "ask"), ("ida",)),
            (
                "group_changed",
                "Desk",
                {
                    "from": ["edit"],
                    "to": ["edit", "ask"],
                    "renamed_from": "Editor",
                    "members": ["ada"],
                },
            ),
        ),
        (
            replace(EDITORS, members=()),
            replace(EDITORS, permissions=()),
            ("group_changed", "Editor", {"from": ["edit"], "to": [], "members": ["ada"]}),
        ),
    ],
    ids=["made", "deleted", "renamed", "of nobody before"],
)
def test_an_act_on_a_group_says_what_its_members_may_now(before, after, told):
    by = make_user()

    record_group(before, after, by=by, at=NOON)

    act = AccountAct.objects.get()
    assert (act.verb, act.name, act.detail) == told
    assert (act.person, act.by, act.at) == (None, by, NOON)


@pytest.mark.django_db
@pytest.mark.parametrize("group", [None, EDITORS])
def test_a_group_that_is_as_it_was_is_no_act(group):
    record_group(group, group, by=None, at=NOON)

    assert not AccountAct.objects.exists()
