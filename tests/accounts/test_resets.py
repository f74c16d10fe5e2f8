"""A new password by e-mail: for people with an account, and nothing learnt by anybody else."""

import re
from datetime import timedelta

import pytest
from axes.models import AccessAttempt
from django.core import mail
from django.test import Client
from django_tasks_db.models import DBTaskResult

from accounts import resets
from accounts.models import AccountAct, ResetRequest
from mail.models import Email
from newsroom import tasks
from tests.clock import NOON, later
from tests.newsroom.factories import make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("at_noon")]

FORGOTTEN = "/desk/forgotten/"
ADA = "ada@paper.example"
NEW = "seven tall ships wait"


def ask(client, email=ADA, *, at="192.0.2.1"):
    return client.post(FORGOTTEN, {"email": email}, REMOTE_ADDR=at)


def link_in(message):
    (link,) = re.findall(r"https?://[^/\s]+(/desk/forgotten/\S+)", message.body)
    return link


def set_by(client, link, password=NEW):
    page = client.get(link, follow=True)
    return page, client.post(
        page.request["PATH_INFO"], {"new_password1": password, "new_password2": password}
    )


@pytest.fixture
def ada():
    return make_user(group="Editor", name="ada", email=ADA)


def test_the_link_of_the_email_sets_a_new_password(client, ada, settings):
    settings.SITE_URL = "https://paper.example"
    ask(client)
    tasks.run_tasks()

    _, answer = set_by(client, link_in(mail.outbox[0]))

    ada.refresh_from_db()
    assert mail.outbox[0].to == [ADA]
    assert "https://paper.example/desk/forgotten/" in mail.outbox[0].body
    assert answer.url == "/desk/forgotten/done/"
    assert ada.check_password(NEW)
    assert [act.verb for act in AccountAct.objects.filter(person=ada).order_by("pk")] == [
        AccountAct.Verb.RESET_ASKED, AccountAct.Verb.RESET,
    ]  # fmt: skip


def test_the_answer_and_its_work_are_the_same_for_a_stranger(client, ada):
    own, stranger = ask(client), ask(client, "stranger@elsewhere.example")

    assert own.url == stranger.url == "/desk/forgotten/sent/"
    assert DBTaskResult.objects.count() == 2
    tasks.run_tasks()
    assert [message.to for message in mail.outbox] == [[ADA]]


def test_the_address_in_the_link_is_never_that_of_the_request(client, ada, settings):
    settings.SITE_URL = "https://paper.example"
    settings.ALLOWED_HOSTS = ["*"]

    client.post(FORGOTTEN, {"email": ADA}, HTTP_HOST="evil.example")
    tasks.run_tasks()

    assert "evil" not in mail.outbox[0].body + mail.outbox[0].subject


@pytest.mark.parametrize(
    "fields", [{"is_active": False}, {"is_staff": False}, {"email": "other@paper.example"}]
)
def test_whoever_cannot_work_at_the_desk_gets_no_link(fields, client, ada):
    type(ada).objects.update(**fields)

    ask(client)
    tasks.run_tasks()

    assert mail.outbox == []


def test_a_link_works_once(client, ada):
    ask(client)
    tasks.run_tasks()
    link = link_in(mail.outbox[0])
    set_by(client, link)

    page = Client().get(link, follow=True)

    assert "This link no longer works" in page.content.decode()


def test_a_link_is_too_old_after_an_hour(client, ada, at_noon):
    ask(client)
    tasks.run_tasks()
    at_noon.shift(timedelta(minutes=61))

    page = client.get(link_in(mail.outbox[0]), follow=True)

    assert "This link no longer works" in page.content.decode()


def test_a_new_password_ends_the_other_sessions_and_the_wait_after_wrong_ones(client, ada):
    elsewhere = Client()
    elsewhere.force_login(ada)
    for _ in range(5):
        client.post("/desk/login/", {"username": "ada", "password": "wrong"})
    ask(client)
    tasks.run_tasks()

    set_by(client, link_in(mail.outbox[0]))

    assert elsewhere.get("/desk/").status_code == 302
    assert not AccessAttempt.objects.filter(username="ada").exists()
    assert client.post("/desk/login/", {"username": "ada", "password": NEW}).status_code == 302


def test_a_weak_password_is_refused_and_the_link_still_works(client, ada):
    ask(client)
    tasks.run_tasks()
    link = link_in(mail.outbox[0])

    _, refused = set_by(client, link, "short")
    _, taken = set_by(client, link)

    assert "too short" in refused.content.decode()
    assert taken.status_code == 302


def test_one_person_gets_three_links_an_hour_and_no_more(client, ada, at_noon):
    for n in range(5):
        ask(client, at=f"192.0.2.{n}")
    tasks.run_tasks()
    within = len(mail.outbox)
    at_noon.shift(timedelta(minutes=61))

    ask(client)
    tasks.run_tasks()

    assert (within, len(mail.outbox)) == (3, 4)


def test_one_address_may_ask_ten_times_an_hour(client, at_noon):
    statuses = [ask(client, f"reader{n}@elsewhere.example").status_code for n in range(11)]
    elsewhere = ask(client, at="198.51.100.7").status_code
    at_noon.shift(timedelta(minutes=61))

    assert statuses == [302] * 10 + [429]
    assert elsewhere == 302
    assert ask(client).status_code == 302


def test_a_site_without_mail_says_whom_to_ask(client, ada, settings):
    settings.MAIL_IS_SET_UP = False

    page = ask(client)

    assert "This site sends no e-mail" in page.content.decode()
    assert not DBTaskResult.objects.exists()


def test_a_second_task_about_one_person_counts_the_first(ada):
    for _ in range(4):
        resets.send_link(ada, at=NOON)

    assert AccountAct.objects.filter(person=ada).count() == 3


def test_each_person_gets_three_links_within_an_hour_and_the_next_one_after_it(ada):
    ben = make_user(group="Editor", name="ben", email="ben@paper.example")
    moments = [later(minutes=n) for n in (0, 1, 2, 3, 59, 60)]
    for at in moments:
        resets.send_link(ada, at=at)
    resets.send_link(ben, at=later(minutes=3))

    asked = AccountAct.objects.order_by("pk").values_list("person", "verb", "by", "at")
    assert list(asked) == [
        *((ada.pk, "reset_asked", None, at) for at in (*moments[:3], moments[5])),
        (ben.pk, "reset_asked", None, later(minutes=3)),
    ]


def test_the_email_says_whose_password_it_is_and_how_long_its_link_works(settings):
    settings.SITE_NAME, settings.PASSWORD_RESET_TIMEOUT = "The Tide", 1800
    ada = make_user(group="Editor", name="ada", email=ADA, first_name="Ada", last_name="Bell")

    resets.send_link(ada, at=NOON)

    tasks.run_tasks()
    message = mail.outbox[0]
    assert (message.subject, message.to) == ("Your password for The Tide", [ADA])
    assert all(word in message.body for word in ("Ada Bell", "ada", "30 minutes", "The Tide"))
    assert Email.objects.get().expires_at == later(minutes=30)


def test_requests_of_another_address_and_of_an_hour_ago_do_not_count(client, ada):
    for n in range(10):
        ResetRequest.objects.create(address="192.0.2.1", at=later(minutes=-60 + n))
    ResetRequest.objects.create(address="192.0.2.2", at=later(minutes=-61))

    ask(client, at="192.0.2.2")
    with pytest.raises(resets.TooManyRequests):
        resets.ask(ADA, address="192.0.2.1", at=NOON)
    resets.ask(ADA, address="192.0.2.1", at=later(seconds=1))

    assert DBTaskResult.objects.count() == 2
    assert not ResetRequest.objects.filter(at__lt=later(minutes=-60)).exists()


def test_the_login_page_leads_to_the_forgotten_password(client):
    assert FORGOTTEN in client.get("/desk/login/").content.decode()
