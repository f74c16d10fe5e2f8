"""E-mail: asked for, sent by the worker, tried again, given up, never sent twice."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from mail import sending
from mail.models import Email
from newsroom import tasks
from tests.clock import NOON
from tests.mail.servers import free_port, mail_server, send_by

pytestmark = pytest.mark.django_db(transaction=True)

TO = "mara@paper.example"


def ask(at=NOON, **fields):
    return sending.ask(
        TO, **{"subject": "A new password", "text": "Follow this link.", **fields}, at=at
    )


def test_an_email_goes_out_as_it_was_asked_for_and_its_text_is_emptied(settings, at_noon):
    settings.DEFAULT_FROM_EMAIL = "desk@paper.example"

    with mail_server(settings) as inbox:
        email = ask(
            subject="A new\npassword", text="Für Zoë: 新しい リンク\nhttps://paper.example/x"
        )
        tasks.run_tasks()

    ((sender, receivers, message),) = inbox.messages
    assert (sender, receivers) == ("desk@paper.example", [TO])
    assert message["Subject"] == "A new password"
    assert message.get_content().split("\r\n")[:2] == [
        "Für Zoë: 新しい リンク",
        "https://paper.example/x",
    ]
    email.refresh_from_db()
    assert (email.sent_at, email.text, email.attempts) == (NOON, "", 0)


def test_an_email_is_tried_again_once_the_mail_server_is_back(settings, at_noon, caplog):
    send_by(settings, free_port())
    email = ask()
    tasks.run_tasks()
    tasks.run_tasks()
    email.refresh_from_db()
    at_first = (email.attempts, email.sent_at, email.last_error)

    at_noon.move_to(NOON + timedelta(minutes=1))
    with mail_server(settings) as inbox:
        tasks.run_tasks()

    email.refresh_from_db()
    assert at_first == (1, None, "[Errno 111] Connection refused")
    assert len(inbox.messages) == 1
    assert email.sent_at == NOON + timedelta(minutes=1)
    assert [record.getMessage() for record in caplog.records if record.levelname == "WARNING"] == [
        f"E-mail {email.pk} was not sent, and is tried again: [Errno 111] Connection refused"
    ]


def test_the_waits_between_attempts_double_up_to_an_hour(settings, at_noon):
    send_by(settings, free_port())
    email, waits = ask(), []

    for _ in range(9):
        sending.attempt(email, at=NOON)
        waits.append((email.next_attempt_at - NOON) // timedelta(minutes=1))

    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_an_email_that_fails_for_a_day_is_given_up_and_emptied(settings, at_noon, caplog):
    send_by(settings, free_port())
    email = ask()
    tasks.run_tasks()
    email.refresh_from_db()

    sending.attempt(email, at=NOON + timedelta(days=1))

    email.refresh_from_db()
    assert email.given_up_at == NOON + timedelta(days=1)
    assert (email.text, email.last_error) == ("", "[Errno 111] Connection refused")
    assert f"E-mail {email.pk} was never sent" in caplog.text


def test_an_email_that_expired_meanwhile_is_not_sent(settings, at_noon):
    email = ask(expires_at=NOON + timedelta(hours=1))

    with mail_server(settings) as inbox:
        sending.attempt(email, at=NOON + timedelta(hours=1))

    assert inbox.messages == []
    assert email.given_up_at == NOON + timedelta(hours=1)


def test_an_address_that_the_server_refuses_for_good_is_given_up_at_once(settings, at_noon):
    with mail_server(settings, recipients="550 No such user\u2028here") as inbox:
        email = ask()
        tasks.run_tasks()

    email.refresh_from_db()
    assert inbox.messages == []
    assert email.given_up_at == NOON
    assert email.last_error.startswith("550 No such user")
    assert email.last_error.isprintable()


@pytest.mark.parametrize("answers", [{"recipients": "450 Greylisted"}, {"answer": "452 Full"}])
def test_an_answer_that_may_pass_is_tried_again(answers, settings, at_noon):
    with mail_server(settings, **answers):
        email = ask()
        tasks.run_tasks()

    email.refresh_from_db()
    assert (email.attempts, email.given_up_at) == (1, None)
    assert email.last_error[:3] in {"450", "452"}


def test_an_email_is_not_sent_twice_though_its_task_runs_twice(settings, at_noon):
    with mail_server(settings) as inbox:
        email = ask()
        sending.deliver.enqueue(email.pk)
        tasks.run_tasks()

    assert len(inbox.messages) == 1


def test_an_email_is_not_queued_when_the_transaction_around_it_fails(at_noon):
    with transaction.atomic():
        ask()
        transaction.set_rollback(True)

    assert not Email.objects.exists()
    assert not DBTaskResult.objects.exists()


def test_an_email_whose_task_was_lost_is_queued_again_once(settings, at_noon):
    email = ask()
    DBTaskResult.objects.all().delete()
    too_soon = sending.resume(at=NOON + timedelta(minutes=20))

    in_time = [sending.resume(at=NOON + timedelta(minutes=21)) for _ in range(2)]

    with mail_server(settings) as inbox:
        tasks.run_tasks()
    assert (too_soon, in_time) == (0, [1, 0])
    assert len(inbox.messages) == 1
    assert Email.objects.get(pk=email.pk).sent_at is not None


def test_a_task_that_a_killed_worker_had_claimed_runs_again(settings, at_noon):
    ask()
    DBTaskResult.objects.get().claim("killed")

    tasks.tidy(at=NOON + timedelta(minutes=10))
    still_claimed = DBTaskResult.objects.running().count()
    tasks.tidy(at=NOON + timedelta(minutes=11))

    assert still_claimed == 1
    assert DBTaskResult.objects.ready().count() == 1


def test_emails_and_tasks_that_are_over_are_deleted_after_a_while(settings, at_noon):
    with mail_server(settings):
        ask()
        tasks.run_tasks()
    send_by(settings, free_port())
    waiting = ask()

    tasks.tidy(at=NOON + timedelta(days=31))

    assert [email.pk for email in Email.objects.all()] == [waiting.pk]
    assert not DBTaskResult.objects.finished().exists()


def test_a_site_without_a_mail_server_queues_nothing(settings, at_noon):
    settings.MAIL_IS_SET_UP = False

    with pytest.raises(sending.NoMailServer):
        ask()

    assert not Email.objects.exists()


def test_the_desk_is_told_of_emails_that_fail_and_of_those_given_up_this_week(at_noon):
    def row(**fields):
        times = {"asked_at": NOON, "next_attempt_at": NOON, "expires_at": NOON + timedelta(days=1)}
        return Email.objects.create(to=TO, subject="One", **times, **fields)

    row(), row(sent_at=NOON), row(sent_at=NOON, attempts=2)
    failing, given_up = row(attempts=1), row(attempts=3, given_up_at=NOON - timedelta(days=7))
    row(attempts=3, given_up_at=NOON - timedelta(days=8))

    told = Email.objects.failing(at=NOON)

    assert {email.pk for email in told} == {failing.pk, given_up.pk}


@pytest.mark.parametrize(
    "fields", [{"sent_at": NOON, "given_up_at": NOON}, {"sent_at": NOON, "text": "kept"}]
)
def test_the_database_refuses_an_email_both_over_and_not(fields):
    times = {"asked_at": NOON, "next_attempt_at": NOON, "expires_at": NOON}

    with pytest.raises(IntegrityError):
        Email.objects.create(to=TO, subject="One", **times, **fields)


def test_a_task_that_fails_is_one_line_in_the_log(at_noon, caplog):
    sending.deliver.enqueue("not a number")

    tasks.run_tasks()

    (line,) = [r.getMessage() for r in caplog.records if r.levelname == "ERROR"]
    assert line.startswith(
        "Task mail.sending.deliver failed: ValueError: Field 'id' expected a number"
    )
    assert "\n" not in line
