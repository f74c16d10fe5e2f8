"""People and groups at the desk: who may change whom, and what the account log keeps of it."""

import pytest
from django.contrib.auth.models import Group, Permission, User

from accounts import acts
from accounts.models import Account, AccountAct
from tests.clock import NOON, later
from tests.newsroom.factories import make_user

pytestmark = pytest.mark.django_db

PEOPLE = "/desk/auth/user/"
GROUPS = "/desk/auth/group/"
LOG = "/desk/accounts/accountact/"
SECRET = {
    "password1": "another horse battery",
    "password2": "another horse battery",
}
Verb = AccountAct.Verb


def permission(label):
    app, codename = label.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


def groups(*names):
    return list(Group.objects.filter(name__in=names).values_list("pk", flat=True))


def acts_on(person):
    rows = AccountAct.objects.filter(person=person).order_by("pk")
    return [(act.verb, act.by.username, act.what_changed) for act in rows]


@pytest.fixture
def root(client, at_noon):
    """Return an administrator, with whom the client is logged in."""
    root = make_user(group="Administrator", name="root")
    client.force_login(root)
    return root


@pytest.fixture
def chief(client):
    """Return a client logged in as an editor who also looks after some accounts, not groups."""
    user = make_user(group="Editor", name="pia")
    codenames = ["add_user", "change_user", "view_user"]
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


def test_a_chief_editor_can_add_a_writer(chief):
    chief.post(
        f"{PEOPLE}add/",
        {
            "username": "ada",
            "password1": "correct horse battery",
            "password2": "correct horse battery",
        },
    )
    ada = User.objects.get(username="ada")

    chief.post(
        f"{PEOPLE}{ada.pk}/change/", person(ada, groups=[Group.objects.get(name="Writer").pk])
    )

    ada.refresh_from_db()
    assert (ada.is_staff, [g.name for g in ada.groups.all()]) == (True, ["Writer"])


def test_a_chief_editor_cannot_grant_superuser_or_single_permissions(chief):
    ada = make_user(group="Writer")
    right = Permission.objects.get(codename="delete_user")

    chief.post(
        f"{PEOPLE}{ada.pk}/change/",
        person(ada, is_superuser="on", user_permissions=[right.pk], first_name="Ada"),
    )

    ada.refresh_from_db()
    assert (ada.first_name, ada.is_superuser, ada.user_permissions.count()) == ("Ada", False, 0)


def test_a_chief_editor_cannot_add_anyone_to_a_group_with_more_permissions(chief):
    ada = make_user(group="Writer")
    owners = Group.objects.create(name="Owners")
    owners.permissions.add(Permission.objects.get(codename="delete_user"))

    response = chief.post(f"{PEOPLE}{ada.pk}/change/", person(ada, groups=[owners.pk]))

    ada.refresh_from_db()
    assert "Select a valid choice" in response.content.decode()
    assert [g.name for g in ada.groups.all()] == ["Writer"]


@pytest.mark.parametrize("above", [{"is_superuser": True}, {}])
def test_a_chief_editor_cannot_change_a_user_with_more_permissions(chief, above):
    boss = make_user(name="boss", **above)
    boss.user_permissions.add(Permission.objects.get(codename="delete_user"))
    before = User.objects.values().get(pk=boss.pk)

    statuses = [
        chief.post(f"{PEOPLE}{boss.pk}/change/", person(boss, is_active="")).status_code,
        chief.post(
            f"{PEOPLE}{boss.pk}/password/",
            {"password1": "a new password 1", "password2": "a new password 1"},
        ).status_code,
        chief.post(f"{PEOPLE}{boss.pk}/delete/", {"post": "yes"}).status_code,
    ]

    assert statuses == [403, 403, 403]
    assert User.objects.values().get(pk=boss.pk) == before


def test_a_chief_editor_cannot_raise_their_own_permissions(chief):
    pia = User.objects.get(username="pia")

    chief.post(f"{PEOPLE}{pia.pk}/change/", person(pia, is_superuser="on"))

    pia.refresh_from_db()
    assert not pia.is_superuser


def test_a_chief_editor_can_set_the_password_of_a_writer(chief):
    ada = make_user(group="Writer")

    chief.post(
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


def test_who_may_change_groups_only_grants_no_more_than_they_have(chief):
    pia = User.objects.get(username="pia")
    pia.user_permissions.set(Permission.objects.filter(codename__in=["add_group", "change_group"]))
    beyond = Permission.objects.get(codename="delete_user")
    own = Permission.objects.get(codename="hide_post")

    refused = chief.post(
        "/desk/auth/group/add/", {"name": "Night desk", "permissions": [beyond.pk]}
    )
    chief.post("/desk/auth/group/add/", {"name": "Day desk", "permissions": [own.pk]})

    assert "Select a valid choice" in refused.content.decode()
    assert list(Group.objects.filter(name__endswith=" desk").values_list("name", flat=True)) in (
        ["Wire desk", "Day desk"], ["Day desk", "Wire desk"],
    )  # fmt: skip


def test_the_user_list_takes_the_same_queries_however_many_users(
    chief, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(9) as few:
        chief.get(PEOPLE)
    for _ in range(12):
        make_user(group="Writer")

    with django_assert_num_queries(len(few)):
        page = chief.get(PEOPLE).content.decode()

    assert page.count('class="field-username"') == 13


# Administrators


def test_an_administrator_makes_a_publisher_and_the_log_says_so(client, root):
    client.post(f"{PEOPLE}add/", {"username": "pia"} | SECRET)
    pia = User.objects.get(username="pia")
    client.post(f"{PEOPLE}{pia.pk}/change/", person(pia, groups=groups("Publisher")))

    account = Account.objects.get(user=pia)
    assert (account.made_by, account.made_at, account.confirmed_at) == (root, NOON, None)
    assert acts_on(pia) == [("made", "root", ""), ("roles", "root", "added Publisher")]
    assert pia.has_perm("articles.override_hold")


def test_the_log_keeps_each_change_of_an_account(client, root):
    ada = make_user(name="ada", group="Writer", email="ada@x.example")
    fields = {"is_active": "", "username": "ada2", "email": "eve@x.example"}
    changes = {"groups": groups("Editor"), "user_permissions": [permission("wires.erase_post").pk]}

    client.post(f"{PEOPLE}{ada.pk}/change/", person(ada, **fields, **changes))

    assert acts_on(ada) == [
        ("renamed", "root", "ada → ada2"),
        ("email", "root", "ada@x.example → eve@x.example"),
        ("deactivated", "root", ""),
        ("roles", "root", "added Editor, removed Writer"),
        ("rights", "root", "added wires.erase_post"),
    ]


def test_saving_an_account_unchanged_logs_nothing(client, root):
    ada = make_user(name="ada", group="Writer")

    response = client.post(f"{PEOPLE}{ada.pk}/change/", person(ada))

    assert (response.status_code, acts_on(ada)) == (302, [])


def test_an_administrator_sets_the_password_of_a_publisher_and_the_log_says_so(client, root):
    pia = make_user(group="Publisher")

    client.post(f"{PEOPLE}{pia.pk}/password/", SECRET | {"password2": "another"})
    client.post(f"{PEOPLE}{pia.pk}/password/", SECRET | {"set-password": "1"})

    pia.refresh_from_db()
    assert pia.check_password(SECRET["password1"])
    assert acts_on(pia) == [("password", "root", "")]
    assert AccountAct.objects.get(person=pia).detail == {"usable": True}


def test_superuser_rights_given_and_taken_stand_in_the_log(client):
    boss, ada = make_user(name="boss", is_superuser=True), make_user(name="ada")
    client.force_login(boss)

    client.post(f"{PEOPLE}{ada.pk}/change/", person(ada, is_superuser="on"))
    client.post(f"{PEOPLE}{ada.pk}/change/", person(ada))

    assert acts_on(ada) == [("superuser_given", "boss", ""), ("superuser_taken", "boss", "")]


def test_a_superuser_can_give_up_being_one(client):
    boss = make_user(name="boss", is_superuser=True)
    client.force_login(boss)

    client.post(f"{PEOPLE}{boss.pk}/change/", person(boss, groups=groups("Administrator")))

    boss.refresh_from_db()
    assert (boss.is_superuser, boss.is_active) == (False, True)
    assert [group.name for group in boss.groups.all()] == ["Administrator"]


def test_an_administrator_cannot_change_a_superuser(client, root):
    boss = make_user(is_superuser=True)

    statuses = [
        client.post(f"{PEOPLE}{boss.pk}/change/", person(boss, email="x@x.example")).status_code,
        client.post(f"{PEOPLE}{boss.pk}/password/", SECRET).status_code,
    ]

    boss.refresh_from_db()
    assert (statuses, boss.email) == ([403, 403], "")


def test_an_administrator_cannot_make_a_superuser(client, root):
    ada = make_user()

    client.post(f"{PEOPLE}{ada.pk}/change/", person(ada, is_superuser="on", first_name="Ada"))

    ada.refresh_from_db()
    assert (ada.first_name, ada.is_superuser) == ("Ada", False)


def test_administrators_do_not_say_what_they_may_do_themselves(client, root):
    right = permission("articles.publish_article")
    fields = {"groups": groups("Publisher"), "is_active": "", "user_permissions": [right.pk]}

    client.post(f"{PEOPLE}{root.pk}/change/", person(root, **fields, first_name="Ada"))
    own_group = Group.objects.get(name="Administrator")
    changed = client.post(
        f"{GROUPS}{own_group.pk}/change/", {"name": "Administrator", "permissions": [right.pk]}
    )

    root = User.objects.get(pk=root.pk)
    assert (root.first_name, root.is_active) == ("Ada", True)
    assert changed.status_code == 403
    assert not root.has_perm("articles.publish_article")


# Nobody administers accounts and overrides holds


ADMINISTERING = ["auth.add_user", "auth.change_user", "auth.change_group", "auth.delete_group"]


@pytest.mark.parametrize("is_active", ["on", ""])
def test_nobody_is_put_into_both_groups(client, root, is_active):
    ada = make_user(group="Writer")
    both = groups("Administrator", "Publisher")

    response = client.post(
        f"{PEOPLE}{ada.pk}/change/", person(ada, groups=both, is_active=is_active)
    )

    assert "must not override holds" in response.content.decode()
    assert [group.name for group in ada.groups.all()] == ["Writer"]


@pytest.mark.parametrize("right", ADMINISTERING)
def test_a_publisher_is_given_no_right_to_administer(client, root, right):
    pia = make_user(group="Publisher")

    response = client.post(
        f"{PEOPLE}{pia.pk}/change/", person(pia, user_permissions=[permission(right).pk])
    )

    assert "must not override holds" in response.content.decode()
    assert not pia.user_permissions.exists()


def test_an_administrator_is_not_given_the_override_by_name(client, root):
    ada = make_user(group="Administrator")
    override = permission("articles.override_hold")

    response = client.post(f"{PEOPLE}{ada.pk}/change/", person(ada, user_permissions=[override.pk]))

    assert "must not override holds" in response.content.decode()
    assert not ada.user_permissions.exists()


@pytest.mark.parametrize("right", ADMINISTERING)
def test_no_group_administers_accounts_and_overrides_holds(client, root, right):
    rights = [permission(right).pk, permission("articles.override_hold").pk]

    response = client.post(f"{GROUPS}add/", {"name": "Chiefs", "permissions": rights})

    assert "must not override holds" in response.content.decode()
    assert not Group.objects.filter(name="Chiefs").exists()


@pytest.mark.parametrize(
    ("own", "given"),
    [("Publisher", "auth.change_user"), ("Administrator", "articles.override_hold")],
)
def test_a_group_is_not_given_what_one_of_its_members_must_not_have(client, own, given):
    client.force_login(make_user(is_superuser=True))
    chiefs = Group.objects.create(name="Chiefs")
    ada = make_user(group=own, name="ada", is_active=False)
    ada.groups.add(chiefs)
    right = permission(given)

    response = client.post(
        f"{GROUPS}{chiefs.pk}/change/", {"name": "Chiefs", "permissions": [right.pk]}
    )

    assert "these people would do both: ada." in response.content.decode()
    assert not chiefs.permissions.exists()


def test_a_group_without_such_members_gets_the_right_and_the_log_says_so(client):
    client.force_login(make_user(is_superuser=True, name="boss"))
    chiefs = Group.objects.create(name="Chiefs")
    make_user(group="Writer", name="ada").groups.add(chiefs)
    right = permission("articles.override_hold")

    client.post(f"{GROUPS}{chiefs.pk}/change/", {"name": "Chiefs", "permissions": [right.pk]})

    (act,) = AccountAct.objects.all()
    assert (act.verb, act.name, act.by.username) == ("group_changed", "Chiefs", "boss")
    assert act.what_changed == "added articles.override_hold"
    assert act.detail["members"] == ["ada"]


def group_log():
    rows = AccountAct.objects.filter(person=None).order_by("pk")
    return [(act.verb, act.name, act.by and act.by.username, act.at, act.detail) for act in rows]


def test_the_log_keeps_what_becomes_of_a_group_and_who_was_in_it():
    boss, chiefs = make_user(name="boss"), Group.objects.create(name="Chiefs")
    made = acts.read_group(chiefs)
    acts.record_group(None, made, by=boss, at=NOON)
    acts.record_group(made, acts.read_group(chiefs), by=boss, at=NOON)
    for name in ("ben", "ada"):
        make_user(name=name).groups.add(chiefs)
    make_user(group="Writer", name="eve")
    before = acts.read_group(chiefs)
    chiefs.name = "Heads"
    chiefs.save()
    chiefs.permissions.set([permission("auth.add_user"), permission("articles.add_article")])
    after = acts.read_group(chiefs)
    acts.record_group(before, after, by=boss, at=later(hours=1))
    acts.record_group(after, None, by=None, at=later(hours=2))

    people, rights = ["ada", "ben"], ["articles.add_article", "auth.add_user"]
    assert group_log() == [
        ("group_made", "Chiefs", "boss", NOON, {"from": [], "to": [], "members": []}),
        ("group_changed", "Heads", "boss", later(hours=1),
         {"from": [], "to": rights, "renamed_from": "Chiefs", "members": people}),
        ("group_deleted", "Heads", None, later(hours=2),
         {"from": rights, "to": [], "members": people}),
    ]  # fmt: skip


def test_each_change_of_an_account_is_an_act_of_its_own_with_what_was_and_is():
    boss, ada = make_user(name="boss"), make_user(name="ada", email="a@a.example")
    before = acts.read_profile(ada)
    User.objects.filter(pk=ada.pk).update(
        username="ada.b", email="b@b.example", is_active=False, is_superuser=True
    )
    ada.groups.set(groups("Writer", "Editor"))
    ada.user_permissions.set([permission("wires.hide_post")])

    acts.record_changes(ada, before, acts.read_profile(ada), by=boss, at=later(hours=1))

    rows = AccountAct.objects.filter(person=ada).order_by("pk")
    assert {(act.name, act.by, act.at) for act in rows} == {("ada.b", boss, later(hours=1))}
    assert [(act.verb, act.detail) for act in rows] == [
        ("renamed", {"from": "ada", "to": "ada.b"}),
        ("email", {"from": "a@a.example", "to": "b@b.example"}),
        ("deactivated", {}),
        ("superuser_given", {}),
        ("roles", {"from": [], "to": ["Editor", "Writer"]}),
        ("rights", {"from": [], "to": ["wires.hide_post"]}),
    ]


def test_who_holds_both_in_the_database_is_no_administrator(client):
    pia = make_user(group="Publisher", name="pia")
    codenames = ["add_user", "change_user", "add_group", "change_group"]
    pia.user_permissions.add(*Permission.objects.filter(codename__in=codenames))
    client.force_login(pia)
    ada, deactivated = make_user(group="Publisher"), make_user(group="Publisher", is_active=False)

    statuses = [
        client.post(f"{PEOPLE}{other.pk}/{page}/", SECRET | person(other)).status_code
        for other in (ada, deactivated)
        for page in ("password", "change", "confirm")
    ]

    assert statuses == [403] * 6
    assert not AccountAct.objects.exists()


# Deactivated accounts, passwords


@pytest.mark.parametrize("group", ["Publisher", "Administrator"])
@pytest.mark.parametrize("is_active", [True, False])
def test_a_chief_editor_cannot_take_over_who_may_do_more(chief, group, is_active):
    ada = make_user(group=group, is_active=is_active)
    before = User.objects.values().get(pk=ada.pk)

    statuses = [
        chief.post(f"{PEOPLE}{ada.pk}/password/", SECRET).status_code,
        chief.post(f"{PEOPLE}{ada.pk}/change/", person(ada, is_active="on")).status_code,
    ]

    assert statuses == [403, 403]
    assert User.objects.values().get(pk=ada.pk) == before


def test_a_chief_editor_cannot_take_over_a_deactivated_superuser(chief):
    boss = make_user(is_superuser=True, is_active=False)

    assert chief.post(f"{PEOPLE}{boss.pk}/password/", SECRET).status_code == 403


def test_a_chief_editor_activates_a_writer(chief):
    ada = make_user(group="Writer", is_active=False)

    chief.post(f"{PEOPLE}{ada.pk}/change/", person(ada))

    assert acts_on(ada) == [("activated", "pia", "")]


# Confirming


@pytest.fixture
def young(root):
    """Return an account that another administrator made just now."""
    young = make_user(group="Publisher", name="ada")
    Account.objects.create(user=young, made_by=make_user(name="maker"), made_at=NOON)
    return young


def test_another_administrator_confirms_a_young_account(client, root, young):
    page = client.get(f"{PEOPLE}{young.pk}/change/").content.decode()
    asked = client.get(f"{PEOPLE}{young.pk}/confirm/").content.decode()
    client.post(f"{PEOPLE}{young.pk}/confirm/")

    account = Account.objects.get(user=young)
    assert "Confirm account…" in page
    assert "only if you know" in asked
    assert (account.confirmed_by, account.confirmed_at) == (root, NOON)
    assert acts_on(young) == [("confirmed", "root", "")]
    assert "Confirm account…" not in client.get(f"{PEOPLE}{young.pk}/change/").content.decode()


def test_an_account_from_before_there_was_a_record_is_confirmed_too(client, root):
    old = make_user(group="Publisher", name="ada")
    User.objects.filter(pk=old.pk).update(date_joined=later(days=-9))
    Account.objects.filter(user=old).delete()

    client.post(f"{PEOPLE}{old.pk}/confirm/")

    account = Account.objects.get(user=old)
    assert (account.made_at, account.confirmed_by) == (later(days=-9), root)


@pytest.mark.parametrize("tie", ["maker", "password", "own account"])
def test_who_could_use_an_account_does_not_confirm_it(client, root, young, tie):
    if tie == "maker":
        Account.objects.filter(user=young).update(made_by=root)
    elif tie == "password":
        client.post(f"{PEOPLE}{young.pk}/password/", SECRET | {"set-password": "1"})
    else:
        young = root

    page = client.post(f"{PEOPLE}{young.pk}/confirm/", follow=True).content.decode()

    assert "Another administrator has to confirm it" in page
    assert not Account.objects.filter(confirmed_by=root).exists()


def test_an_account_is_confirmed_once(client, root, young):
    Account.objects.update(confirmed_by=make_user(), confirmed_at=NOON)

    page = client.post(f"{PEOPLE}{young.pk}/confirm/", follow=True).content.decode()

    assert "is confirmed already" in page
    assert not acts_on(young)


def test_only_administrators_confirm_accounts(chief):
    ada = make_user(group="Writer")

    assert chief.get(f"{PEOPLE}{ada.pk}/confirm/").status_code == 403
    assert chief.post(f"{PEOPLE}{ada.pk}/confirm/").status_code == 403


# Logging in


def test_whom_the_desk_gives_an_account_and_a_group_can_log_in(client, root):
    client.post(f"{PEOPLE}add/", {"username": "ada"} | SECRET)
    ada = User.objects.get(username="ada")
    client.post(f"{PEOPLE}{ada.pk}/change/", person(ada, groups=groups("Writer"), is_staff=""))
    client.logout()

    response = client.post(
        "/desk/login/", {"username": "ada", "password": SECRET["password1"], "next": "/desk/"}
    )

    assert (response.status_code, response.url) == (302, "/desk/")
    assert client.get("/desk/articles/article/").status_code == 200


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"is_active": ""}, "the account is not active"),
        ({"password": "!"}, "the account has no password"),
    ],
)
def test_saving_somebody_in_a_group_says_why_they_cannot_log_in(client, root, fields, why):
    ada = make_user(group="Writer", name="ada")
    User.objects.filter(pk=ada.pk).update(password=fields.get("password", ada.password))

    page = client.post(f"{PEOPLE}{ada.pk}/change/", person(ada, **fields), follow=True)

    assert f"Ada cannot log in: {why}" in page.content.decode()


def test_the_page_of_a_person_says_whether_they_can_log_in(client, root):
    ada, ben = make_user(group="Writer"), make_user(group="Writer", is_staff=False)

    pages = [client.get(f"{PEOPLE}{each.pk}/change/").content.decode() for each in (ada, ben)]

    assert "Can log in." in pages[0]
    assert "Cannot log in: the account was not made for the desk" in pages[1]


# The account log


def test_the_page_of_a_person_shows_the_account_and_its_last_acts(client, root):
    ada = make_user(name="ada", date_joined=later(hours=-1))
    client.post(f"{PEOPLE}{ada.pk}/change/", person(ada, groups=groups("Writer")))

    page = client.get(f"{PEOPLE}{ada.pk}/change/").content.decode()

    assert "The account of ada is less than 24 hours old" in page
    assert "root changed the groups: added Writer" in page
    assert f"{LOG}?person={ada.pk}" in page


def test_the_account_log_shows_the_acts_on_one_person(client, root):
    for name in ("ada", "ben"):
        client.post(f"{PEOPLE}add/", {"username": name} | SECRET)
    ada = User.objects.get(username="ada")

    rows = {
        query: client.get(f"{LOG}?{query}").content.decode().count('class="field-when"')
        for query in ("", f"person={ada.pk}", "person=x", f"person={'9' * 5000}", "q=be")
    }

    # Who asks for nobody sees the whole log.
    assert list(rows.values()) == [2, 1, 2, 2, 1]
    # The filter offers one person: there may be many.
    page = client.get(f"{LOG}?person={ada.pk}").content.decode()
    assert f"?person={ada.pk}" in page
    assert f"?person={User.objects.get(username='ben').pk}" not in page


def test_the_account_log_takes_the_same_queries_however_many_acts(
    client, root, django_assert_num_queries
):
    ada = make_user(name="ada")
    acts.record(ada, Verb.MADE, by=root, at=NOON)
    with django_assert_num_queries(4):
        client.get(LOG)
    for _ in range(12):
        acts.record(ada, Verb.PASSWORD, by=make_user(), at=NOON)

    with django_assert_num_queries(4):
        page = client.get(LOG).content.decode()

    assert page.count('class="field-when"') == 13


def test_a_publisher_reads_the_account_log_but_changes_no_account(client, log_in):
    ada = make_user(group="Writer")
    client = log_in("Publisher")

    assert client.get(LOG).status_code == 200
    assert client.get(f"{PEOPLE}{ada.pk}/change/").status_code == 200
    assert client.post(f"{PEOPLE}{ada.pk}/change/", person(ada)).status_code == 403
