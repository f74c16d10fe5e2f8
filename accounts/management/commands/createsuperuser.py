"""Django's createsuperuser, which leaves an account on record and its line in the account log."""

from typing import Any

from django.contrib.auth.management.commands import createsuperuser
from django.contrib.auth.models import User
from django.db.models import Max
from django.utils import timezone

from accounts import acts


class Command(createsuperuser.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        # Not in one transaction: it waits for what a person types.
        users = User.objects.using(options["database"])
        last = users.aggregate(last=Max("pk"))["last"] or 0
        super().handle(*args, **options)
        for user in users.filter(pk__gt=last, is_superuser=True, account=None):
            acts.record_made(user, by=None, at=timezone.now())
