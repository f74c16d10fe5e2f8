"""A new password by e-mail. Nobody learns from it who has an account.

A request only queues a task, whatever address it names: what takes time, and differs between
people and strangers, is done by the worker.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.forms import PasswordResetForm
from django.contrib.auth.models import User
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.tasks import task
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from accounts import acts
from accounts.models import AccountAct, ResetRequest
from desk.staff import name_of
from mail import sending

# In an hour: e-mails to one person, and requests from one address.
MOST_EMAILS = 3
MOST_REQUESTS = 10
LATELY = timedelta(hours=1)


class TooManyRequests(Exception):
    """An address asked for too many passwords lately."""


def ask(email: str, *, address: str | None, at: datetime) -> None:
    """Have the worker send a link to the people with this e-mail address.

    `address` is the client's. Raises TooManyRequests, and mail.sending.NoMailServer.
    """
    if not settings.MAIL_IS_SET_UP:
        raise sending.NoMailServer
    ResetRequest.objects.filter(at__lt=at - LATELY).delete()
    if ResetRequest.objects.filter(address=address or "").count() >= MOST_REQUESTS:
        raise TooManyRequests
    with transaction.atomic():
        ResetRequest.objects.create(address=address or "", at=at)
        answer.enqueue(email)


@task()
def answer(email: str) -> None:
    """Send each person with this e-mail address a link; see `send_link`."""
    for person in PasswordResetForm().get_users(email):
        if person.is_staff:
            send_link(person, at=timezone.now())


def send_link(person: User, *, at: datetime) -> None:
    """Send a link that sets a new password once, within an hour; not a fourth within an hour."""
    with transaction.atomic():
        # Two tasks about one person: the second waits, and counts the first.
        User.objects.select_for_update(no_key=True).get(pk=person.pk)
        sent = AccountAct.objects.filter(
            person=person, verb=AccountAct.Verb.RESET_ASKED, at__gt=at - LATELY
        )
        if sent.count() >= MOST_EMAILS:
            return
        where = reverse(
            "password_reset_confirm",
            kwargs={
                "uidb64": urlsafe_base64_encode(force_bytes(person.pk)),
                "token": default_token_generator.make_token(person),
            },
        )
        context = {
            "name": name_of(person),
            "username": person.get_username(),
            "site": settings.SITE_NAME,
            # Never from the request: its Host can be anybody's.
            "link": f"{settings.SITE_URL}{where}",
            "minutes": settings.PASSWORD_RESET_TIMEOUT // 60,
        }
        sending.ask(
            person.email,
            subject=f"Your password for {settings.SITE_NAME}",
            text=render_to_string("accounts/reset_email.txt", context),
            at=at,
            expires_at=at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT),
        )
        acts.record(person, AccountAct.Verb.RESET_ASKED, by=None, at=at)
