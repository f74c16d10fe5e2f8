"""Draw the cards for social networks that are missing or out of date."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError
from django.utils import timezone

from articles.cards import draw_all
from web.words import count_of
from wires.management.outage import no_database


class Command(BaseCommand):
    help = (
        "Draw the cards that social networks show of articles and sections, where they are missing"
        " or show what is no longer true. The worker does this for the newest articles within"
        " seconds and for all once a day. It may be interrupted and run again at any time."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="draw what is there as well")

    def handle(self, **options: Any) -> None:
        drawn = 0
        try:
            for count in draw_all(at=timezone.now(), is_all=options["all"]):
                drawn += count
                self.stderr.write(f"{count_of(drawn, 'card')} drawn so far")
        except DatabaseError as error:
            raise no_database(error) from error
        self.stdout.write(f"{count_of(drawn, 'card')} drawn.")
