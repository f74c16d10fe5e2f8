"""Print how the wire is doing."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from desk.times import desk_time
from wires.management.outage import no_database
from wires.poll_status import WireStatus, wire_status


class Command(BaseCommand):
    help = (
        "Print the figures of polling. Exit status 1: no worker lives, or channels wait too long."
    )

    def handle(self, **options: Any) -> None:
        try:
            status = wire_status(timezone.now())
        except DatabaseError as error:
            raise no_database(error) from error
        for name, value in figures(status):
            self.stdout.write(f"{name:<28}{value}")
        if not status.is_well:
            message = "No worker is running, or channels have been waiting for too long."
            raise CommandError(message)


def figures(status: WireStatus) -> list[tuple[str, str]]:
    """Return each figure with its name. Counts are of the last ten minutes."""
    heartbeat, newest = status.heartbeat_at, status.newest_post_at
    return [
        ("workers alive", str(status.workers)),
        ("last heartbeat", f"{desk_time(heartbeat)} UTC" if heartbeat else "never"),
        ("newest post", f"{desk_time(newest)} UTC" if newest else "none"),
        ("channels polled by schedule", str(status.polled_channels)),
        ("longest overdue", f"{status.overdue.total_seconds():.0f} s"),
        ("due lag, 95 of 100", f"{status.lag_p95:.1f} s"),
        ("polled in 10 minutes", str(status.channels)),
        ("unchanged", str(status.unchanged)),
        ("failed", str(status.failed)),
        ("new posts", str(status.posts)),
        ("new versions", str(status.versions)),
        ("parser failures", str(status.parser_failures)),
        ("leases lost", str(status.lost_leases)),
    ]
