"""Write the channels that are polled as OPML, for readers of feeds and other newsrooms."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError

from wires.ingest.channel_lists import listed_channels
from wires.management.outage import no_database
from wires.platforms.opml import write_opml


class Command(BaseCommand):
    help = (
        "Print the channels that are polled, paused or not, as OPML. load_channels FILE reads it"
        " again; other readers of feeds read the feeds in it."
    )

    def handle(self, **options: Any) -> None:
        try:
            lines = listed_channels()
        except DatabaseError as error:
            raise no_database(error) from error
        self.stdout.write(write_opml(f"Channels of {settings.SITE_NAME}", lines), ending="")
