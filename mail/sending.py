"""Send an e-mail: asked for in a request, sent by the worker, tried again while it fails."""

import logging
import smtplib
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.tasks import task
from django.utils import timezone

from mail.models import Email

logger = logging.getLogger(__name__)

# Given up after this, unless it expires before.
LONGEST = timedelta(days=1)
LONGEST_WAIT = timedelta(hours=1)
# Somebody may ask what became of an e-mail.
KEEP = timedelta(days=30)
MOST_RESUMED = 100


class NoMailServer(Exception):
    """The site has no mail server."""


def ask(
    to: str, *, subject: str, text: str, at: datetime, expires_at: datetime | None = None
) -> Email:
    """Have the worker send an e-mail, once the transaction around is committed.

    Raises NoMailServer where none is set up. Two queries.
    """
    if not settings.MAIL_IS_SET_UP:
        message = "This site has no mail server. Set MAIL_HOST."
        raise NoMailServer(message)
    with transaction.atomic():
        email = Email.objects.create(
            to=to,
            # A line break would end the header.
            subject=" ".join(subject.split())[:200],
            text=text,
            asked_at=at,
            next_attempt_at=at,
            expires_at=min(expires_at or at + LONGEST, at + LONGEST),
        )
        deliver.enqueue(email.pk)
    return email


@task()
def deliver(pk: int) -> None:
    """Send an e-mail that was asked for; see `attempt`."""
    email = Email.objects.filter(pk=pk).first()
    if email is not None:
        attempt(email, at=timezone.now())


def attempt(email: Email, *, at: datetime) -> None:
    """Try to send an e-mail; when that fails, try again later until it expires.

    The waits double from one minute to an hour. Raises nothing that a mail server can cause.
    """
    if email.is_over:
        return
    if at >= email.expires_at:
        _give_up(email, at=at, reason=email.last_error or "It was too late to send it.")
        return
    try:
        EmailMessage(email.subject, email.text, to=[email.to]).send()
    except smtplib.SMTPRecipientsRefused as error:
        reason = _said_by(error)
        if all(code >= 500 for code, _ in error.recipients.values()):
            _give_up(email, at=at, reason=reason)
        else:
            _try_later(email, at=at, reason=reason)
    except (smtplib.SMTPException, OSError) as error:
        _try_later(email, at=at, reason=_said_by(error))
    else:
        email.sent_at, email.text, email.last_error = at, "", ""
        email.save(update_fields=["sent_at", "text", "last_error"])


def _try_later(email: Email, *, at: datetime, reason: str) -> None:
    wait = min(timedelta(minutes=1) * 2 ** min(email.attempts, 10), LONGEST_WAIT)
    if not email.attempts:
        logger.warning("E-mail %s was not sent, and is tried again: %s", email.pk, reason)
    with transaction.atomic():
        email.attempts += 1
        email.last_error = reason
        email.next_attempt_at = at + wait
        email.save(update_fields=["attempts", "last_error", "next_attempt_at"])
        deliver.using(run_after=email.next_attempt_at).enqueue(email.pk)


def _give_up(email: Email, *, at: datetime, reason: str) -> None:
    email.given_up_at, email.text, email.last_error = at, "", reason
    email.save(update_fields=["given_up_at", "text", "last_error"])
    logger.error("E-mail %s was never sent: %s", email.pk, reason)


def _said_by(error: Exception) -> str:
    """Return one line for people; a mail server's answer may hold bytes and line breaks."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            answers = [f"{code} {_text(said)}" for code, said in error.recipients.values()]
            line = "; ".join(answers)
        case smtplib.SMTPResponseException():
            line = f"{error.smtp_code} {_text(error.smtp_error)}"
        case _:
            line = str(error)
    line = "".join(c if c.isprintable() else " " for c in line)
    return " ".join(line.split())[:300] or type(error).__name__


def _text(answer: bytes | str) -> str:
    return answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer


def resume(*, at: datetime) -> int:
    """Queue again what nobody sends any more, and return how many. One query, three for each."""
    forgotten = list(Email.objects.forgotten(at=at).order_by("pk")[:MOST_RESUMED])
    for email in forgotten:
        with transaction.atomic():
            # Of two workers that find it only one queues it.
            if Email.objects.forgotten(at=at).filter(pk=email.pk).update(next_attempt_at=at):
                deliver.enqueue(email.pk)
    return len(forgotten)


def prune(*, at: datetime) -> None:
    """Delete what has been over for a month. One query."""
    Email.objects.filter(asked_at__lt=at - KEEP).exclude(sent_at=None, given_up_at=None).delete()
