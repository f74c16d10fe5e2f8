"""What each page of an account is called, and what it shows of the account."""

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor
from accounts.models import AccountAct
from tests.accounts.test_second_factor import STEP, WORDS, code_of, log_in, make_app
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.pages import shown, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

FACTOR = "/desk/second-factor/"


def is_called(page, title):
    return f"<h1>{title}</h1>" in page


@pytest.fixture
def ada(client):
    """Return an editor with an app, whose client gave the password and no code yet."""
    ada = make_user(group="Editor", name="ada")
    make_app(ada)
    log_in(client, ada)
    return ada


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/desk/forgotten/", "Forgotten password"),
        ("/desk/forgotten/sent/", "Look into your e-mail"),
        ("/desk/forgotten/done/", "Password changed"),
        ("/desk/forgotten/MQ/no-token/", "This link no longer works"),
    ],
)
def test_each_page_of_a_forgotten_password_is_called_what_it_is_for(client, path, title):
    answer = client.get(path)

    assert is_called(answer.content.decode(), title)
    assert "no-cache" in answer["Cache-Control"]


def test_who_waits_for_a_link_is_told_how_long_it_works(client, settings):
    settings.PASSWORD_RESET_TIMEOUT = 1_830

    assert "It works once, for 30 minutes." in words(shown(client, "/desk/forgotten/sent/"))


def test_each_page_of_a_second_factor_is_called_what_it_is_for(client, ada):
    asked = shown(client, STEP)
    client.post(STEP, {"code": code_of(second_factor.apps_of(ada).get())})
    account, renewing, another = (
        shown(client, path) for path in ("/desk/account/", "/desk/account/codes/", FACTOR)
    )
    codes = client.post("/desk/account/codes/", {"password": WORDS})

    assert is_called(asked, "Enter your code")
    assert is_called(account, "Your account")
    assert is_called(renewing, "Make new recovery codes")
    assert is_called(another, "Set up a second factor")
    assert is_called(codes.content.decode(), "Your recovery codes")
    assert "no-store" in codes["Cache-Control"]


def test_an_account_says_which_factor_it_has_and_what_was_done_to_it_newest_first(client, ada):
    client.post(STEP, {"code": code_of(second_factor.apps_of(ada).get())})
    second_factor.renew_recovery_codes(ada, at=NOON)
    for n, verb in enumerate(["email", *["renamed"] * 20], start=1):
        AccountAct.objects.create(person=ada, name="ada", verb=verb, at=later(minutes=n))
    AccountAct.objects.create(person=make_user(), name="x", verb="confirmed", at=later(days=1))

    page = words(shown(client, "/desk/account/"))

    assert "An app is set up: each login asks for its code. 10 recovery codes left." in page
    assert page.count("A command renamed") == 20
    assert "changed the e-mail address" not in page
    assert "confirmed the account" not in page


@pytest.mark.parametrize(("group", "needs"), [("Writer", False), ("Editor", True)])
def test_an_account_without_an_app_says_whether_what_it_may_do_needs_one(
    client, settings, group, needs
):
    log_in(client, make_user(group=group))
    settings.SECOND_FACTOR_REQUIRED = True
    shown_to = client.get("/desk/account/", follow=True)

    page = words(shown_to.content.decode())

    assert ("No app is set up: your password alone logs you in." in page) is not needs
    assert is_called(shown_to.content.decode(), "Set up a second factor") is needs


def test_the_secret_can_be_read_by_the_camera_of_a_phone(client):
    log_in(client, make_user(group="Writer"))

    drawn = client.get(f"{FACTOR}qr.svg")

    assert (drawn.status_code, drawn["Content-Type"]) == (200, "image/svg+xml")
    assert b"<path" in drawn.content
    assert TOTPDevice.objects.get().confirmed is False


def test_who_types_no_password_is_not_taken_for_a_guesser(client):
    log_in(client, make_user(group="Editor"))
    client.post(FACTOR, {"code": "123456", "password": "wrong"})

    answers = [client.post("/desk/second-factor/", {"code": "1"}).status_code for _ in range(6)]

    assert answers == [200] * 6
    assert "_auth_user_id" in client.session


def test_wrong_passwords_for_new_recovery_codes_close_the_session_too(client, ada):
    client.post(STEP, {"code": code_of(second_factor.apps_of(ada).get())})

    answers = [client.post("/desk/account/codes/", {"password": "no"}) for _ in range(5)]

    assert [answer.status_code for answer in answers] == [200, 200, 200, 200, 302]
    assert answers[-1].url == "/desk/login/"


def test_without_a_second_factor_there_are_no_codes_to_renew(client):
    log_in(client, make_user(group="Writer"))

    assert client.get("/desk/account/codes/").url == "/desk/account/"


# What administrators do


def told_in(answer):
    return [str(message) for message in get_messages(answer.wsgi_request)]


@pytest.fixture
def root(client):
    root = make_user(group="Administrator", name="root")
    client.force_login(root)
    return root


def test_an_administrator_is_asked_and_told_whose_second_factor_goes(client, root):
    ben = make_user(group="Writer", name="ben")
    make_app(ben)
    path = f"/desk/auth/user/{ben.pk}/second-factor/remove/"

    asked = shown(client, path)
    done = client.post(path)

    assert is_called(asked, "Remove the second factor of ben")
    assert "<bdi>ben</bdi>" in asked
    assert told_in(done) == ["ben has no second factor now."]
    assert done.url == f"/desk/auth/user/{ben.pk}/change/"


def test_unlocking_stands_in_the_log_with_the_person_or_the_address(client, root):
    ben = make_user(name="ben")

    asked = ({"username": "ben"}, {"address": "192.0.2.1"}, {"username": "x" * 200})
    first, *_ = [client.post("/desk/lockouts/unlock/", data) for data in asked]
    refused = client.post("/desk/lockouts/unlock/")

    rows = AccountAct.objects.order_by("pk").values_list("person", "name", "verb", "by", "at")
    assert [*rows] == [
        (ben.pk, "ben", "unlocked", root.pk, NOON),
        (None, "192.0.2.1", "unlocked", root.pk, NOON),
        (None, "x" * 150, "unlocked", root.pk, NOON),
    ]
    assert refused.status_code == 400
    assert told_in(first) == ["ben can log in again."]
    assert is_called(shown(client, "/desk/lockouts/"), "Locked logins")


def test_who_administers_no_accounts_unlocks_nobody():
    client = Client()
    client.force_login(make_user(group="Publisher"))

    assert client.get("/desk/lockouts/").status_code == 403
    assert client.post("/desk/lockouts/unlock/", {"username": "ada"}).status_code == 403
