"""The second factor: who needs one, how it is set up, what a code opens, and what it does not."""

from base64 import b32encode
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_otp.oath import hotp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from accounts import second_factor, views
from accounts.models import AccountAct
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.pages import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

WORDS = "correct horse battery"  # the password of make_user
STEP = "/desk/second-step/"


def code_of(device, *, seconds=0):
    """What a phone whose clock is so many seconds off shows at noon."""
    return f"{hotp(device.bin_key, int(NOON.timestamp() + seconds) // 30):06}"


def make_app(user, *, last_t=-1):
    return TOTPDevice.objects.create(user=user, name="app", confirmed=True, last_t=last_t)


def log_in(client, user):
    return client.post("/desk/login/", {"username": user.username, "password": WORDS}, follow=True)


@pytest.fixture
def required(settings):
    settings.SECOND_FACTOR_REQUIRED = True


# Who needs one


@pytest.mark.parametrize(
    ("group", "needs"),
    [("Wire desk", False), ("Writer", False), ("Editor", True), ("Publisher", True)],
)
def test_whoever_can_publish_is_led_to_set_up_a_second_factor(group, needs, client, required):
    user = make_user(group=group)

    page = log_in(client, user)

    assert ("Set up a second factor" in page.content.decode()) is needs
    assert client.get("/desk/articles/article/").status_code == (302 if needs else 200)


def test_a_superuser_needs_a_second_factor_too(client, required):
    assert second_factor.needs_one(make_user(is_superuser=True))


def test_a_desk_that_does_not_require_it_lets_an_editor_in_by_password(client):
    page = log_in(client, make_user(group="Editor"))

    assert page.request["PATH_INFO"] == "/desk/"


# Setting up


def test_setting_up_an_app_opens_the_desk_and_shows_recovery_codes_once(client, required):
    user = make_user(group="Editor")
    log_in(client, user)
    device = second_factor.begin(user)

    page = client.post("/desk/second-factor/", {"code": code_of(device), "next": "/desk/alerts/"})

    shown_codes = StaticToken.objects.filter(device__user=user).values_list("token", flat=True)
    assert len(shown_codes) == 10
    for token in shown_codes:
        assert f"{token[:5]}-{token[5:]}" in page.content.decode()
    assert 'href="/desk/alerts/"' in page.content.decode()
    assert client.get("/desk/alerts/").status_code == 200
    assert AccountAct.objects.get().verb == AccountAct.Verb.FACTOR_SET


def test_the_secret_is_shown_in_fours_as_apps_want_it_typed(client, required):
    user = make_user(group="Editor")
    log_in(client, user)

    page = shown(client, "/desk/second-factor/")

    secret = b32encode(TOTPDevice.objects.get(user=user).bin_key).decode().rstrip("=")
    fours = [secret[at : at + 4] for at in range(0, 32, 4)]
    assert len(secret) == 32
    assert f"{' '.join(fours)}<" in page


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        (b"nineteen bytes long7", "NZUW 4ZLU MVSW 4IDC PF2G K4ZA NRXW 4ZZX"),
        (b"harbour!", "NBQX EYTP OVZC C"),
    ],
    ids=["as long as the secrets of apps are", "one that is padded"],
)
def test_no_letter_of_a_secret_is_lost_and_no_padding_shown(key, typed):
    assert views._in_fours(TOTPDevice(key=key.hex())) == typed


def test_the_secret_stays_the_same_while_it_is_being_set_up(client, required):
    user = make_user(group="Editor")
    log_in(client, user)

    pages = [shown(client, "/desk/second-factor/") for _ in range(2)]

    assert TOTPDevice.objects.filter(user=user).count() == 1
    assert pages[0].count("set-up__secret") == pages[1].count("set-up__secret") == 1


def test_a_wrong_code_sets_up_nothing(client, required):
    user = make_user(group="Editor")
    log_in(client, user)
    shown(client, "/desk/second-factor/")

    page = client.post("/desk/second-factor/", {"code": "12345"})

    assert "This code does not fit" in page.content.decode()
    assert not second_factor.has_app(user)


@pytest.mark.parametrize("seconds", [-90, 90, 299])
def test_a_phone_whose_clock_is_off_can_be_set_up_and_still_used_later(seconds, at_noon):
    user = make_user(group="Editor")
    device = second_factor.begin(user)
    second_factor.set_up(user, code_of(device, seconds=seconds), at=NOON)

    at_noon.shift(timedelta(hours=1))

    later = code_of(device, seconds=seconds + 3600)
    assert second_factor.check(user, later, at=NOON + timedelta(hours=1)) == device


@pytest.mark.parametrize("first", [-60, -30, 0])
@pytest.mark.parametrize("then", [-60, -30, 0])
def test_a_code_that_was_typed_slowly_does_not_have_the_next_one_refused(first, then, at_noon):
    user = make_user(group="Editor")
    device = second_factor.begin(user)
    second_factor.set_up(user, code_of(device, seconds=first), at=NOON)

    for minutes, late in ((10, then), (20, 0)):
        at_noon.shift(timedelta(minutes=10))
        code = code_of(device, seconds=60 * minutes + late)
        now = NOON + timedelta(minutes=minutes)
        assert second_factor.check(user, code, at=now) == device


def test_a_phone_whose_clock_goes_wrong_later_is_told_so(client):
    user = make_user(group="Editor")
    device = make_app(user)
    log_in(client, user)

    page = client.post(STEP, {"code": code_of(device, seconds=-90)})

    assert "has to set its clock by itself" in page.content.decode()


def test_another_app_takes_the_password_and_replaces_the_first(client):
    user = make_user(group="Editor")
    old = make_app(user)
    log_in(client, user)
    client.post(STEP, {"code": code_of(old)})
    new = second_factor.begin(user)

    without = client.post("/desk/second-factor/", {"code": code_of(new)})
    client.post("/desk/second-factor/", {"code": code_of(new), "password": WORDS})

    assert "This field is required" in without.content.decode()
    assert list(TOTPDevice.objects.filter(user=user)) == [new]


def test_a_session_that_gave_no_code_cannot_replace_the_app(client):
    user = make_user(group="Editor")
    old = make_app(user)
    log_in(client, user)
    new = second_factor.begin(user)

    answer = client.post("/desk/second-factor/", {"code": code_of(new), "password": WORDS})
    picture = client.get("/desk/second-factor/qr.svg")

    assert answer.url.startswith(STEP)
    assert picture.status_code == 404
    assert list(second_factor.apps_of(user)) == [old]


def test_wrong_passwords_close_a_session_that_was_left_open(client):
    user = make_user(group="Editor")
    log_in(client, user)
    wrong = {"code": "123456", "password": "wrong"}

    answers = [client.post("/desk/second-factor/", wrong).status_code for _ in range(5)]

    assert answers == [200, 200, 200, 200, 302]
    assert "_auth_user_id" not in client.session


# Logging in


def test_a_password_alone_opens_nothing_of_the_desk_to_whoever_has_an_app(client):
    user = make_user(group="Publisher")
    make_app(user)

    page = log_in(client, user)

    assert page.request["PATH_INFO"] == STEP
    for path in ("/desk/", "/desk/articles/article/", "/desk/account/", "/desk/password_change/"):
        assert client.get(path).status_code == 302, path
    assert client.post("/desk/vet/", {}).status_code in (302, 403)


def test_a_code_leads_to_the_page_that_was_asked_for(client):
    user = make_user(group="Editor")
    device = make_app(user)
    asked = client.get("/desk/alerts/").url
    login = {"username": user.username, "password": WORDS, "next": "/desk/alerts/"}
    client.post(asked, login)

    answer = client.post(STEP, {"code": code_of(device), "next": "/desk/alerts/"})

    assert answer.url == "/desk/alerts/"
    assert client.get("/desk/alerts/").status_code == 200


@pytest.mark.parametrize(
    "elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)"]
)
def test_a_code_leads_to_no_other_site(elsewhere, client):
    user = make_user(group="Editor")
    device = make_app(user)
    log_in(client, user)

    answer = client.post(STEP, {"code": code_of(device), "next": elsewhere})

    assert answer.url == "/desk/"


def test_a_session_gets_a_new_key_with_the_code(client):
    user = make_user(group="Editor")
    device = make_app(user)
    log_in(client, user)
    before = client.session.session_key

    client.post(STEP, {"code": code_of(device)})

    assert client.session.session_key != before


def test_a_code_works_once(client):
    user = make_user(group="Editor")
    device = make_app(user)
    code = code_of(device)
    second_factor.check(user, code, at=NOON)
    log_in(client, user)

    page = client.post(STEP, {"code": code})

    assert "wrong or used up" in page.content.decode()


def test_a_code_of_somebody_else_opens_nothing(client):
    user, other = make_user(group="Editor"), make_user(group="Editor")
    make_app(user)
    device = make_app(other)
    log_in(client, user)

    client.post(STEP, {"code": code_of(device)})

    assert client.get("/desk/").status_code == 302


def test_wrong_codes_have_to_wait_longer_each_time_and_the_wait_passes(client, at_noon):
    user = make_user(group="Editor")
    device = make_app(user)
    log_in(client, user)
    for _ in range(2):
        client.post(STEP, {"code": "000000"})
        at_noon.shift(timedelta(seconds=1))

    refused = client.post(STEP, {"code": code_of(device)})
    at_noon.shift(timedelta(seconds=2))
    taken = client.post(STEP, {"code": code_of(device, seconds=4)})

    assert "Try again in 1 second." in refused.content.decode()
    assert taken.url == "/desk/"


# Recovery codes


def test_a_recovery_code_logs_in_once_however_it_is_typed(client):
    user = make_user(group="Editor")
    device = second_factor.begin(user)
    _, codes = second_factor.set_up(user, code_of(device), at=NOON)
    typed = f" {codes[0].upper().replace('-', ' ')} "
    log_in(client, user)
    first = client.post(STEP, {"code": typed})
    client.logout()
    log_in(client, user)

    second = client.post(STEP, {"code": typed})

    assert first.url == "/desk/"
    assert "wrong or used up" in second.content.decode()
    assert second_factor.recovery_codes_left(user) == 9
    assert AccountAct.Verb.RECOVERY_USED in AccountAct.objects.values_list("verb", flat=True)


def test_new_recovery_codes_replace_the_old_ones_and_take_the_password(client):
    user = make_user(group="Editor")
    device = second_factor.begin(user)
    _, old = second_factor.set_up(user, code_of(device), at=NOON)
    log_in(client, user)
    client.post(STEP, {"code": old[0]})

    refused = client.post("/desk/account/codes/", {"password": "wrong"})
    page = client.post("/desk/account/codes/", {"password": WORDS}).content.decode()

    assert "This is not your password" in refused.content.decode()
    assert old[1] not in page
    with pytest.raises(second_factor.WrongCode):
        second_factor.check(user, old[1], at=NOON)


def test_each_step_of_a_second_factor_stands_in_the_log_with_its_person_and_time():
    ada, ben = make_user(name="ada"), make_user(name="ben")
    for user in (ada, ben):
        _, codes = second_factor.set_up(user, code_of(second_factor.begin(user)), at=NOON)
    second_factor.check(ben, codes[0], at=later(minutes=1))
    second_factor.renew_recovery_codes(ben, at=later(minutes=2))
    second_factor.remove(ben, by=ada, at=later(minutes=3))
    second_factor.remove(ben, by=ada, at=later(minutes=4))

    rows = AccountAct.objects.order_by("pk").values_list("name", "verb", "by__username", "at")
    assert list(rows) == [
        ("ada", "factor_set", "ada", NOON),
        ("ben", "factor_set", "ben", NOON),
        ("ben", "recovery_used", "ben", later(minutes=1)),
        ("ben", "recovery_renewed", "ben", later(minutes=2)),
        ("ben", "factor_removed", "ada", later(minutes=3)),
    ]
    assert [second_factor.has_app(user) for user in (ada, ben)] == [True, False]
    assert [second_factor.recovery_codes_left(user) for user in (ada, ben)] == [10, 0]


def test_new_recovery_codes_of_one_person_leave_those_of_another():
    ada, ben = make_user(), make_user()
    _, codes = second_factor.set_up(ada, code_of(second_factor.begin(ada)), at=NOON)

    second_factor.set_up(ben, code_of(second_factor.begin(ben)), at=NOON)
    second_factor.renew_recovery_codes(ben, at=NOON)

    assert second_factor.check(ada, codes[0], at=NOON).user == ada


def test_setting_up_an_app_leaves_what_another_person_is_setting_up():
    ada, ben = make_user(), make_user()
    begun, other = second_factor.begin(ada), make_app(ben)

    second_factor.set_up(ada, code_of(begun), at=NOON)

    assert [*TOTPDevice.objects.order_by("pk").values_list("user", "confirmed")] == [
        (ada.pk, True), (ben.pk, True),
    ]  # fmt: skip
    assert other.bin_key != begun.bin_key


# Taking it away


def test_an_administrator_removes_the_second_factor_of_somebody_who_lost_it(client):
    user, administrator = make_user(group="Writer"), make_user(is_superuser=True)
    make_app(user)
    client.force_login(administrator)

    client.post(f"/desk/auth/user/{user.pk}/second-factor/remove/")

    assert not second_factor.has_app(user)
    act = AccountAct.objects.get(verb=AccountAct.Verb.FACTOR_REMOVED)
    assert (act.person, act.by) == (user, administrator)


def test_nobody_else_removes_a_second_factor(client, log_in):
    user = make_user(group="Writer")
    make_app(user)

    answer = log_in("Publisher").post(f"/desk/auth/user/{user.pk}/second-factor/remove/")

    assert answer.status_code == 403
    assert second_factor.has_app(user)


def test_nobody_removes_their_own_second_factor_from_an_open_screen(client):
    administrator = make_user(is_superuser=True)
    client.force_login(administrator)
    make_app(administrator)
    device = second_factor.apps_of(administrator).get()
    client.post(STEP, {"code": code_of(device)})

    answer = client.post(f"/desk/auth/user/{administrator.pk}/second-factor/remove/")

    assert answer.status_code == 403
    assert second_factor.has_app(administrator)


def test_a_session_from_long_before_sets_up_nothing_without_the_password(client, required, at_noon):
    user = make_user(group="Editor")
    log_in(client, user)
    device = second_factor.begin(user)
    at_noon.shift(timedelta(minutes=11))

    page = client.post("/desk/second-factor/", {"code": code_of(device, seconds=660)})

    assert "This field is required" in page.content.decode()
    assert not second_factor.has_app(user)


def test_a_session_verified_by_an_app_that_was_removed_is_verified_no_more(client, required):
    user = make_user(group="Editor")
    device = make_app(user)
    log_in_page = "/desk/login/"
    client.post(log_in_page, {"username": user.username, "password": WORDS})
    client.post(STEP, {"code": code_of(device)})
    assert client.get("/desk/").status_code == 200

    second_factor.remove(user, by=None, at=NOON)

    assert client.get("/desk/").status_code == 302


# Costs


def test_whether_an_app_is_set_up_costs_no_query_of_its_own(client):
    client.force_login(make_user(group="Writer"))
    client.get("/desk/account/")

    with CaptureQueriesContext(connection) as asked:
        client.get("/desk/alerts/")

    alone = [
        q["sql"]
        for q in asked
        if '"otp_totp_totpdevice"' in q["sql"] and "auth_user" not in q["sql"]
    ]
    assert alone == []
    assert len(asked) > 2
