"""Bring the channels of wires/channels.toml, or of an OPML file, into the database."""

import sys
import tomllib
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandError
from django.db.models import Q

from web.characters import drop_controls_within
from web.words import count_of
from wires.ingest.channel_lists import add_channels, plan_channels
from wires.known_sources import KnownSources, source_key_of
from wires.management.loading import LoadingCommand
from wires.models import Channel, Outlet
from wires.platforms import FEED, platform_of
from wires.platforms.opml import NotOpml, read_opml

LIST = Path(__file__).resolve().parents[2] / "channels.toml"


class Command(LoadingCommand):
    help = (
        "Load the outlets and channels in wires/channels.toml. Safe to repeat. Channels start paused"
        " unless WIRE_POLL=1, which also starts those never polled before. With an OPML file, load"
        " the feeds and accounts in it, paused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", help="an OPML file, instead of the project's own list; - for stdin"
        )

    def handle(self, *, file: str | None = None, **options: Any) -> None:
        self._file = file
        super().handle(**options)

    def load(self) -> str:
        if self._file:
            return self.load_opml(self._file)
        outlets, channels = load(read_list())
        started = start_unpolled() if settings.WIRE_POLL else 0
        return f"{outlets} outlets and {channels} channels added, {started} started"

    def load_opml(self, file: str) -> str:
        """Add the channels of an OPML file, paused; name each line that becomes none."""
        try:
            body = sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes()
            planned = plan_channels(read_opml(body))
        except (OSError, NotOpml) as error:
            raise CommandError(str(error)) from error
        added, failed = add_channels(planned)
        for each in (*planned, *failed):
            if each.refused:
                self.stderr.write(f"line {each.line.n}, {each.name}: not added, {each.refused}")
            elif each.known:
                self.stderr.write(f"line {each.line.n}, {each.name}: {each.known.code} reads this")
        return f"{count_of(len(added), 'channel')} added, paused"


def read_list() -> list[dict[str, Any]]:
    with LIST.open("rb") as file:
        entries: list[dict[str, Any]] = drop_controls_within(tomllib.load(file)["outlet"])
    return entries


def load(entries: list[dict[str, Any]]) -> tuple[int, int]:
    """Add what the database lacks, and return how many outlets and channels that was.

    What is there stays as editors left it: an outlet is known by its slug or name, a channel by
    its code, or by its platform and address.
    """
    outlets = channels = 0
    known = KnownSources.read()
    for entry in entries:
        fields = {name: value for name, value in entry.items() if name != "channels"}
        outlet = Outlet.objects.filter(Q(slug=entry["slug"]) | Q(name=entry["name"])).first()
        if outlet is None:
            outlet = Outlet.objects.create(**fields)
            outlets += 1
        channels += sum(add_channel(outlet, wanted, known) for wanted in entry["channels"])
    return outlets, channels


def add_channel(outlet: Outlet, wanted: dict[str, Any], known: KnownSources) -> bool:
    """Add one channel and return whether it was missing. Raises CommandError."""
    fields = {"platform": FEED.code, "language": ""} | wanted
    account_url = platform_of(fields["platform"]).account_url
    if account_url and "account" in wanted:
        fields["address"] = account_url(wanted["account"])
    same_address = Q(platform=fields["platform"], address=fields["address"])
    if Channel.objects.filter(Q(code=fields["code"]) | same_address).exists():
        return False
    channel = Channel(outlet=outlet, paused=True, **fields)
    try:
        channel.clean()
    except ValidationError as error:
        message = f"{channel.code}: {' '.join(error.messages)}"
        raise CommandError(message) from error
    channel.source_key = source_key_of(channel)
    if known.find(channel):
        return False
    channel.save(force_insert=True)
    known.add(channel)
    return True


def start_unpolled() -> int:
    """Start the listed channels that were never polled; one that an editor paused later stays so."""
    codes = [channel["code"] for entry in read_list() for channel in entry["channels"]]
    return (
        Channel.objects.pollable()
        .filter(code__in=codes, paused=True, paused_reason="", last_polled_at__isnull=True)
        .update(paused=False)
    )
