"""What each group may do, and that nobody grants more than they have but administrators."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command

from accounts.rights import ADMINISTERING
from newsroom.groups import GROUPS, MissingPermission, make_groups
from tests.articles.factories import make_article, make_live_article
from tests.newsroom.factories import make_user
from tests.wires.factories import make_post

pytestmark = pytest.mark.django_db

PEOPLE = "/desk/auth/user/"
FOR_SUPERUSERS = [
    "add_user", "change_user", "delete_user", "add_group", "change_group", "delete_group",
]  # fmt: skip
ORDER = ["Wire desk", "Writer", "Editor", "Publisher"]


RIGHTS = Path(__file__).parent / "rights.txt"
LETTERS = dict(zip(ORDER, "WREP", strict=True))
ADMINISTRATOR = "Administrator"


def written_rights():
    """Return the lines of the table, without comments and with single spaces."""
    lines = RIGHTS.read_text().splitlines()
    return [" ".join(line.split()) for line in lines if line and not line.startswith("#")]


def stored_rights():
    """Return the same lines as the database has them."""
    permissions = Permission.objects.select_related("content_type").prefetch_related("group_set")
    return sorted(line_of(permission) for permission in permissions)


def line_of(permission):
    having = {group.name for group in permission.group_set.all()}
    letters = [letter if name in having else "." for name, letter in LETTERS.items()]
    letters += ["A"] if ADMINISTRATOR in having else []
    return " ".join([f"{permission.content_type.app_label}.{permission.codename}", *letters])


def permission_of(label):
    app, codename = label.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def test_each_group_has_the_permissions_of_the_table_and_no_other():
    written, stored = written_rights(), stored_rights()

    # A new permission gets a line in rights.txt: its first lines say how.
    assert (sorted({*stored} - {*written}), sorted({*written} - {*stored})) == ([], [])
    assert written == stored
    assert set(Group.objects.values_list("name", flat=True)) == {*ORDER, ADMINISTRATOR}


def test_a_group_of_the_table_never_has_less_than_the_one_before_it():
    marks = [line.split()[1:5] for line in written_rights()]

    assert len(marks) > 100
    assert {"".join(mark) for mark in marks} == {"....", "WREP", ".REP", "..EP", "...P"}


def test_a_permission_of_another_app_with_the_same_name_is_not_given():
    namesake = Permission.objects.create(
        codename="publish_article",
        name="Can publish the wire",
        content_type=permission_of("wires.view_post").content_type,
    )

    make_groups("default")

    assert not namesake.group_set.exists()


def test_a_lost_permission_and_a_lost_group_come_back_with_the_next_migration():
    Group.objects.get(name="Writer").permissions.clear()
    Group.objects.get(name="Editor").delete()

    call_command("migrate", verbosity=0)

    assert stored_rights() == written_rights()


def test_syncing_groups_again_keeps_added_permissions():
    writers = Group.objects.get(name="Writer")
    writers.permissions.add(Permission.objects.get(codename="delete_image"))

    make_groups("default")

    assert writers.permissions.filter(codename="delete_image").exists()


@pytest.mark.parametrize("group", ORDER)
def test_syncing_groups_again_removes_superuser_only_permissions(group):
    # As in the Publisher group of an older release.
    rights = [permission_of(f"auth.{name}") for name in FOR_SUPERUSERS]
    Group.objects.get(name=group).permissions.add(*rights)
    own_group = Group.objects.create(name="Personnel")
    own_group.permissions.add(*rights)

    call_command("migrate", verbosity=0)

    assert stored_rights() == written_rights()
    assert own_group.permissions.count() == len(rights) == 6


def test_the_administrator_has_nothing_of_the_paper():
    administrators = Group.objects.get(name=ADMINISTRATOR)

    apps = set(administrators.permissions.values_list("content_type__app_label", flat=True))

    assert apps == {"auth", "accounts"}


def test_syncing_groups_again_takes_the_override_from_administrators():
    administrators = Group.objects.get(name=ADMINISTRATOR)
    administrators.permissions.add(permission_of("articles.override_hold"))

    make_groups("default")

    assert stored_rights() == written_rights()


def test_a_publisher_cannot_create_or_take_over_a_second_publisher(client):
    pia, ada = make_user(group="Publisher", name="pia"), make_user(group="Publisher", name="ada")
    client.force_login(pia)
    publishers = Group.objects.get(name="Publisher")
    secret = {"password1": "another horse battery", "password2": "another horse battery"}
    before = User.objects.values().get(pk=ada.pk)

    answers = [
        client.post(f"{PEOPLE}add/", {"username": "pia2", **secret}),
        client.post(f"{PEOPLE}{ada.pk}/password/", secret),
        client.post(f"{PEOPLE}{ada.pk}/change/", {"username": "ada", "email": "p@x.example"}),
        client.post(f"{PEOPLE}{pia.pk}/change/", {"username": "pia", "is_superuser": "on"}),
        client.post("/desk/auth/group/add/", {"name": "Mine"}),
        client.post(f"/desk/auth/group/{publishers.pk}/change/", {"name": "Mine"}),
    ]

    assert [answer.status_code for answer in answers] == [403] * 6
    assert User.objects.values().get(pk=ada.pk) == before
    assert User.objects.count() == 2


def test_a_group_that_names_no_permission_is_an_error(monkeypatch):
    monkeypatch.setitem(GROUPS, "Writer", ("articles.view_article", "articles.fly_article"))

    with pytest.raises(MissingPermission) as refused:
        make_groups("default")

    assert str(refused.value) == "Writer lacks 1 of its permissions."


def test_while_migrations_are_applied_a_group_gets_those_of_its_permissions_that_are_there(
    monkeypatch,
):
    monkeypatch.setitem(GROUPS, "Night desk", ("articles.view_article", "articles.fly_article"))

    make_groups("default", is_newest=lambda: False)

    rights = Group.objects.get(name="Night desk").permissions
    assert [*rights.values_list("codename", flat=True)] == ["view_article"]


def test_syncing_groups_again_takes_the_right_to_administer_from_whoever_overrides():
    publishers = Group.objects.get(name="Publisher")
    publishers.permissions.add(*(permission_of(label) for label in ADMINISTERING))

    make_groups("default")

    assert stored_rights() == written_rights()


@pytest.mark.parametrize("group", ORDER)
def test_each_group_can_read_an_article_and_a_post(client, group):
    client.force_login(make_user(group=group))
    paths = [
        f"/desk/articles/article/{make_article().pk}/change/",
        f"/desk/articles/article/{make_live_article().pk}/history/",
        f"/desk/wires/post/{make_post().pk}/change/",
    ]

    assert [client.get(path).status_code for path in paths] == [200, 200, 200]
