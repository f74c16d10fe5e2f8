"""Let an administrator in who cannot log in any more."""

import secrets
from argparse import ArgumentParser
from typing import Any

from axes.utils import reset
from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from accounts import acts, second_factor


class Command(BaseCommand):
    help = (
        "Let an administrator in who cannot log in any more: activate the account, give it a new"
        " password, which is shown once, remove its second factor and forget its failed logins."
        " The account log says so."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("username", help="of the administrator or superuser")
        parser.add_argument(
            "--administrator",
            action="store_true",
            help="put the account into the group Administrator, where nobody is left in it",
        )

    def handle(self, *, username: str, administrator: bool, **options: Any) -> None:
        person = User.objects.filter(username=username).first()
        if person is None:
            message = f"Nobody is called {username}."
            raise CommandError(message)
        password, at = secrets.token_urlsafe(12), timezone.now()
        try:
            with transaction.atomic():
                acts.let_in(person, password=password, administrator=administrator, at=at)
                second_factor.remove(person, by=None, at=at)
        except acts.NotLetIn as refused:
            raise CommandError(str(refused)) from refused
        reset(username=person.get_username())
        self.stdout.write(f"Log in as {username} with {password}  (shown this once)")
        self.stdout.write(
            "Then set a password of your own: your name, at the top of the desk, leads there."
        )
