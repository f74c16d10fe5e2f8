"""Groups at the desk: who may delete one, and what the account log keeps of it."""

import pytest
from django.contrib.auth.models import Group, Permission

from accounts.models import AccountAct
from tests.clock import NOON
from tests.newsroom.factories import make_user

pytestmark = pytest.mark.django_db


def delete(client, group):
    return client.post(f"/desk/auth/group/{group.pk}/delete/", {"post": "yes"}).status_code


def make_group(name):
    group = Group.objects.create(name=name)
    group.permissions.add(Permission.objects.get(codename="hide_post"))
    return group


def test_a_group_is_deleted_and_the_log_says_by_whom_and_who_was_in_it(client, at_noon):
    chiefs = make_group("Chiefs")
    make_user(name="ada").groups.add(chiefs)
    client.force_login(make_user(is_superuser=True, name="boss"))

    status = delete(client, chiefs)

    (act,) = AccountAct.objects.all()
    assert (status, Group.objects.filter(name="Chiefs").exists()) == (302, False)
    assert (act.verb, act.name, act.by.username, act.at) == (
        "group_deleted",
        "Chiefs",
        "boss",
        NOON,
    )
    assert act.detail == {"from": ["wires.hide_post"], "to": [], "members": ["ada"]}


def test_nobody_deletes_the_group_they_are_in_or_one_that_may_do_more(client):
    own, beyond, within = make_group("Own"), make_group("Beyond"), make_group("Within")
    beyond.permissions.add(Permission.objects.get(codename="delete_user"))
    pia = make_user(name="pia")
    pia.groups.add(own)
    pia.user_permissions.add(Permission.objects.get(codename="delete_group"))
    client.force_login(pia)

    statuses = [delete(client, group) for group in (own, beyond, within)]

    assert statuses == [403, 403, 302]
    assert set(Group.objects.filter(name__in=["Own", "Beyond", "Within"])) == {own, beyond}
