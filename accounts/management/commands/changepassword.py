"""Django's changepassword, which leaves a line in the account log."""

import getpass
from typing import Any

from django.contrib.auth.management.commands import changepassword
from django.contrib.auth.models import User
from django.utils import timezone

from accounts import acts
from accounts.models import AccountAct


class Command(changepassword.Command):
    def handle(self, *args: Any, **options: Any) -> str | None:
        said = super().handle(*args, **options)
        name = options["username"] or getpass.getuser()
        person = User.objects.using(options["database"]).get(username=name)
        acts.record(person, AccountAct.Verb.PASSWORD, by=None, at=timezone.now())
        return said
