"""Commands that make accounts or set passwords: each leaves its line in the account log."""

import getpass

import pytest
from axes.models import AccessAttempt
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor
from accounts.models import Account, AccountAct
from tests.clock import NOON
from tests.commands import run_command
from tests.newsroom.factories import make_user

pytestmark = pytest.mark.django_db


def logged():
    return list(AccountAct.objects.order_by("pk").values_list("name", "verb", "by"))


def test_createsuperuser_leaves_an_account_and_a_line_in_the_log():
    make_user(is_superuser=True)

    call_command("createsuperuser", username="boss", email="", interactive=False, verbosity=0)

    account = Account.objects.get()
    assert (account.user.username, account.made_by) == ("boss", None)
    assert logged() == [("boss", "made", None)]


def test_changepassword_leaves_a_line_in_the_log(monkeypatch):
    ada = make_user(name="ada")
    monkeypatch.setattr(getpass, "getpass", lambda prompt="": "another horse battery")

    run_command("changepassword", "ada")

    ada.refresh_from_db()
    assert ada.check_password("another horse battery")
    assert logged() == [("ada", "password", None)]


def test_an_administrator_who_locked_himself_out_is_let_in_and_the_log_says_so():
    ada = make_user(group="Administrator", name="ada", is_active=False)
    client = Client()
    for _ in range(5):
        client.post("/desk/login/", {"username": "ada", "password": "wrong"})

    said = run_command("let_in", "ada").out

    password = said.split(" with ")[1].split()[0]
    response = client.post("/desk/login/?next=/desk/", {"username": "ada", "password": password})
    ada.refresh_from_db()
    assert (ada.is_active, response.status_code) == (True, 302)
    assert client.get("/desk/auth/user/").status_code == 200
    assert logged() == [("ada", "let_in", None), ("ada", "activated", None)]
    assert not AccessAttempt.objects.exists()


def test_who_is_let_in_needs_no_second_factor_and_the_log_says_when_it_went(at_noon):
    ada, ben = (make_user(group="Administrator", name=name) for name in ("ada", "ben"))
    for person in (ada, ben):
        TOTPDevice.objects.create(user=person, name="app", confirmed=True)

    run_command("let_in", "ada")

    rows = AccountAct.objects.order_by("pk").values_list("name", "verb", "by", "at")
    assert list(rows) == [("ada", "let_in", None, NOON), ("ada", "factor_removed", None, NOON)]
    assert [second_factor.has_app(person) for person in (ada, ben)] == [False, True]


def test_letting_somebody_in_forgets_the_failed_logins_of_nobody_else():
    for name in ("ada", "ben"):
        make_user(group="Administrator", name=name)
        Client().post("/desk/login/", {"username": name, "password": "wrong"})

    run_command("let_in", "ada")

    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["ben"]


def test_a_superuser_is_let_in():
    make_user(name="boss", is_superuser=True)

    assert "Log in as boss with" in run_command("let_in", "boss").out


@pytest.mark.parametrize(
    ("group", "arguments", "why"),
    [
        ("Writer", [], "ada is no administrator"),
        ("Publisher", [], "ada is no administrator"),
        ("Publisher", ["--administrator"], "ada overrides holds"),
        ("", ["ben"], "Nobody is called"),
    ],
)
def test_nobody_else_is_let_in_and_nothing_changes(group, arguments, why):
    ada = make_user(group=group, name="ada", is_active=False)
    before = User.objects.values().get(pk=ada.pk)
    name, *options = ["ada", *arguments] if "ben" not in arguments else ["ben"]

    with pytest.raises(CommandError, match=why):
        call_command("let_in", name, *options)

    assert User.objects.values().get(pk=ada.pk) == before
    assert logged() == []


def test_where_no_administrator_is_left_a_command_makes_one():
    ada = make_user(group="Writer", name="ada")

    call_command("let_in", "ada", "--administrator", verbosity=0)

    assert ada.groups.filter(name="Administrator").exists()
    assert logged() == [("ada", "let_in", None), ("ada", "roles", None)]
