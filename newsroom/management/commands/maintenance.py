"""Begin, end or tell a pause of the site on this host."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from newsroom import maintenance
from web.words import count_of


class Command(BaseCommand):
    help = (
        "Answer readers and the desk that the site is being worked on, until it is turned off;"
        " pages that are kept are still sent. Without on or off, say whether it is."
    )
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("turn", nargs="?", choices=["on", "off"])
        parser.add_argument(
            "--minutes", type=int, default=10, help="how long it is said to last (10)"
        )

    def handle(self, *, turn: str | None, minutes: int, **options: Any) -> None:
        if not maintenance.LEAST <= minutes <= maintenance.MOST:
            message = f"--minutes {minutes}: say {maintenance.LEAST} to {maintenance.MOST}."
            raise CommandError(message)
        try:
            if turn == "on":
                maintenance.begin(minutes=minutes, now=time.time())
            elif turn == "off":
                maintenance.end()
        except OSError as error:
            message = f"The file that says so cannot be written: {error}"
            raise CommandError(message) from error
        left = maintenance.seconds_left(time.time())
        if left is None:
            self.stdout.write("The site on this host is open.")
            return
        length = count_of(-(-left // 60), "minute")
        self.stdout.write(f"The site on this host is paused; visitors are told {length}.")
