"""Print how the wire is doing."""

import json
from argparse import ArgumentParser
from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from desk.times import desk_time
from wires.management.outage import no_database
from wires.poll_status import WireStatus, wire_status


class Command(BaseCommand):
    help = (
        "Print the figures of polling. Exit status 1: no worker lives, channels wait too long, or"
        " polling is switched off."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--json",
            action="store_true",
            dest="as_json",
            help="print one JSON object, for a monitor",
        )

    def handle(self, *, as_json: bool = False, **options: Any) -> None:
        try:
            status = wire_status(timezone.now())
        except DatabaseError as error:
            raise no_database(error) from error
        if as_json:
            self.stdout.write(json.dumps(machine_figures(status)))
        else:
            for name, value in figures(status):
                self.stdout.write(f"{name:<28}{value}")
        if status.problem:
            raise CommandError(PROBLEMS[status.problem])


PROBLEMS = {
    "off": "Polling is switched off: WIRE_POLL=0.",
    "no_worker": "No worker is running: start manage.py work.",
    "late": "Channels have been waiting for too long: see that the worker keeps up.",
}


def machine_figures(status: WireStatus) -> dict[str, Any]:
    """Return the figures as JSON takes them: times in ISO 8601, spans in seconds."""
    found = {field.name: getattr(status, field.name) for field in fields(status)}
    found |= {"heartbeat_age": status.heartbeat_age}
    found |= {"is_well": status.is_well, "problem": status.problem}
    return {name: _plain(value) for name, value in found.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.isoformat()
    return value.total_seconds() if isinstance(value, timedelta) else value


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
