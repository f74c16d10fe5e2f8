"""Publish what is scheduled and due, as the worker does."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles import publishing

STOPPED = 1


class Command(BaseCommand):
    help = (
        "Publish the articles and updates whose time has come. The worker does this every ten"
        " seconds. Exit status: 0, or 1 when one could not go out, and why is printed."
    )

    def handle(self, **options: Any) -> None:
        is_stopped = False
        for done in publishing.publish_due(now=timezone.now):
            stream = self.stderr if done.problem else self.stdout
            stream.write(str(done))
            is_stopped |= bool(done.problem)
        if is_stopped:
            raise SystemExit(STOPPED)
