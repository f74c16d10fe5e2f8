"""What each group may do, and that publishers cannot grant more than they have."""

from pathlib import Path

import pytest
from django.contrib.auth.models import Group, Permission, User
from django.core.management import call_command

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
    return " ".join([f"{permission.content_type.app_label}.{permission.codename}", *letters])


def permission_of(label):
    app, codename = label.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def test_each_group_has_the_permissions_of_the_table_and_no_other():
    written, stored = written_rights(), stored_rights()

    # A new permission gets a line in rights.txt: its first lines say how.
    assert (sorted({*stored} - {*written}), sorted({*written} - {*stored})) == ([], [])
    assert written == stored
    assert set(Group.objects.values_list("name", flat=True)) == {*ORDER}


def test_a_group_of_the_table_never_has_less_than_the_one_before_it():
    marks = [line.split()[1:] for line in written_rights()]

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


def test_a_publisher_cannot_create_or_take_over_a_second_publisher(client):
    pia, ada = make_user(group="Publisher", name="pia"), make_user(group="Publisher", name="ada")
    client.force_login(pia)
    publishers = Group.objects.get(name="Publisher")
    secret = {"password1": "another horse battery", "password2": "another horse battery"}
    before = User.objects.values().get(pk=ada.pk)

    statuses = [
        client.post(f"{PEOPLE}add/", {"username": "pia2", **secret}).status_code,
        client.post(f"{PEOPLE}{ada.pk}/password/", secret).status_code,
        client.post(f"{PEOPLE}{ada.pk}/change/", person(ada, email="pia@x.example")).status_code,
        client.post(f"{PEOPLE}{pia.pk}/change/", person(pia, is_superuser="on")).status_code,
        client.post("/desk/auth/group/add/", {"name": "Mine"}).status_code,
        client.post(f"/desk/auth/group/{publishers.pk}/change/", {"name": "Mine"}).status_code,
    ]

    assert statuses == [403] * 6
    assert User.objects.values().get(pk=ada.pk) == before
    assert User.objects.count() == 2


def test_a_group_that_names_no_permission_is_an_error(monkeypatch):
    monkeypatch.setitem(GROUPS, "Writer", ("articles.view_article", "articles.fly_article"))

    with pytest.raises(MissingPermission) as refused:
        make_groups("default")

    assert str(refused.value) == "Writer lacks 1 of its permissions."


# path, and the first group that may open it; None for superusers only
PAGES = [
    ("/desk/", "Wire desk"),
    ("/desk/wires/post/", "Wire desk"),
    ("/desk/wires/post/paste/", "Wire desk"),
    ("/desk/wires/channel/", "Wire desk"),
    ("/desk/wires/channel/add/", "Wire desk"),
    ("/desk/wires/outlet/", "Wire desk"),
    ("/desk/articles/article/", "Wire desk"),
    ("/desk/articles/article/add/", "Writer"),
    ("/desk/articles/image/", "Writer"),
    ("/desk/articles/image/add/", "Writer"),
    ("/desk/articles/act/", "Writer"),
    ("/desk/articles/correction/", "Writer"),
    ("/desk/articles/articleversion/", "Writer"),
    ("/desk/articles/author/add/", "Editor"),
    ("/desk/articles/section/add/", "Editor"),
    (PEOPLE, "Publisher"),
    (f"{PEOPLE}add/", None),
    ("/desk/auth/group/", "Publisher"),
    ("/desk/auth/group/add/", None),
    ("/desk/wires/post/add/", None),
]


@pytest.mark.parametrize("group", ["", *ORDER])
def test_each_group_opens_only_its_own_pages(client, group):
    client.force_login(make_user(group=group))

    opened = {path for path, _ in PAGES if client.get(path).status_code == 200}

    rank = ORDER.index(group) if group else -1
    expected = {path for path, first in PAGES if first and ORDER.index(first) <= rank}
    assert opened == expected | {"/desk/"}


@pytest.mark.parametrize("group", ORDER)
def test_each_group_can_read_an_article_and_a_post(client, group):
    client.force_login(make_user(group=group))
    paths = [
        f"/desk/articles/article/{make_article().pk}/change/",
        f"/desk/articles/article/{make_live_article().pk}/history/",
        f"/desk/wires/post/{make_post().pk}/change/",
    ]

    assert [client.get(path).status_code for path in paths] == [200, 200, 200]


# People


@pytest.fixture
def publisher(client):
    """Return a client logged in as a publisher with permission to manage users."""
    user = make_user(group="Publisher", name="pia")
    codenames = ["add_user", "change_user"]
    user.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    return client


def person(user, **fields):
    return {
        "username": user.username,
        "is_active": "on",
        "is_staff": "on",
        "groups": list(user.groups.values_list("pk", flat=True)),
        "date_joined_0": "2026-06-25",
        "date_joined_1": "12:00:00",
    } | fields


def test_a_publisher_can_add_a_writer(publisher):
    publisher.post(
        f"{PEOPLE}add/",
        {
            "username": "ada",
            "usable_password": "true",
            "password1": "correct horse battery",
            "password2": "correct horse battery",
        },
    )
    ada = User.objects.get(username="ada")

    publisher.post(
        f"{PEOPLE}{ada.pk}/change/", person(ada, groups=[Group.objects.get(name="Writer").pk])
    )

    ada.refresh_from_db()
    assert (ada.is_staff, [g.name for g in ada.groups.all()]) == (True, ["Writer"])


def test_a_publisher_cannot_grant_superuser_or_single_permissions(publisher):
    ada = make_user(group="Writer")
    right = Permission.objects.get(codename="delete_user")

    publisher.post(
        f"{PEOPLE}{ada.pk}/change/",
        person(ada, is_superuser="on", user_permissions=[right.pk], first_name="Ada"),
    )

    ada.refresh_from_db()
    assert (ada.first_name, ada.is_superuser, ada.user_permissions.count()) == ("Ada", False, 0)


def test_a_publisher_cannot_add_anyone_to_a_group_with_more_permissions(publisher):
    ada = make_user(group="Writer")
    owners = Group.objects.create(name="Owners")
    owners.permissions.add(Permission.objects.get(codename="delete_user"))

    response = publisher.post(f"{PEOPLE}{ada.pk}/change/", person(ada, groups=[owners.pk]))

    ada.refresh_from_db()
    assert "Select a valid choice" in response.content.decode()
    assert [g.name for g in ada.groups.all()] == ["Writer"]


@pytest.mark.parametrize("above", [{"is_superuser": True}, {}])
def test_a_publisher_cannot_change_a_user_with_more_permissions(publisher, above):
    boss = make_user(name="boss", **above)
    boss.user_permissions.add(Permission.objects.get(codename="delete_user"))
    before = User.objects.values().get(pk=boss.pk)

    statuses = [
        publisher.post(f"{PEOPLE}{boss.pk}/change/", person(boss, is_active="")).status_code,
        publisher.post(
            f"{PEOPLE}{boss.pk}/password/",
            {"password1": "a new password 1", "password2": "a new password 1"},
        ).status_code,
        publisher.post(f"{PEOPLE}{boss.pk}/delete/", {"post": "yes"}).status_code,
    ]

    assert statuses == [403, 403, 403]
    assert User.objects.values().get(pk=boss.pk) == before


def test_a_publisher_cannot_raise_their_own_permissions(publisher):
    pia = User.objects.get(username="pia")

    publisher.post(f"{PEOPLE}{pia.pk}/change/", person(pia, is_superuser="on"))

    pia.refresh_from_db()
    assert not pia.is_superuser


def test_a_publisher_can_set_the_password_of_a_writer(publisher):
    ada = make_user(group="Writer")

    publisher.post(
        f"{PEOPLE}{ada.pk}/password/",
        {
            "usable_password": "true",
            "password1": "another horse battery",
            "password2": "another horse battery",
        },
    )

    ada.refresh_from_db()
    assert ada.check_password("another horse battery")


def test_users_cannot_be_deleted_even_by_a_superuser(client):
    client.force_login(make_user(is_superuser=True))
    ada = make_user(group="Writer")

    assert client.post(f"{PEOPLE}{ada.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=ada.pk).exists()


def test_a_publisher_who_may_change_groups_can_grant_only_their_own_permissions(publisher):
    pia = User.objects.get(username="pia")
    pia.user_permissions.add(*Permission.objects.filter(codename__in=["add_group", "change_group"]))
    beyond = Permission.objects.get(codename="delete_user")
    own = Permission.objects.get(codename="hide_post")

    refused = publisher.post(
        "/desk/auth/group/add/", {"name": "Night desk", "permissions": [beyond.pk]}
    )
    publisher.post("/desk/auth/group/add/", {"name": "Day desk", "permissions": [own.pk]})

    assert "Select a valid choice" in refused.content.decode()
    assert list(Group.objects.filter(name__endswith=" desk").values_list("name", flat=True)) in (
        ["Wire desk", "Day desk"], ["Day desk", "Wire desk"],
    )  # fmt: skip


def test_the_user_list_takes_the_same_queries_however_many_users(
    publisher, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(9) as few:
        publisher.get(PEOPLE)
    for _ in range(12):
        make_user(group="Writer")

    with django_assert_num_queries(len(few)):
        page = publisher.get(PEOPLE).content.decode()

    assert page.count('class="field-username"') == 13
