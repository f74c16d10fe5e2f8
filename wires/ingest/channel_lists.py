"""Channels from a list, and as one: what each line would become is known before anything is saved."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from wires import platforms
from wires.ingest.channels import code_among, make_outlet
from wires.known_sources import KnownChannel, KnownSources, source_key_of
from wires.models import CODE, Channel, Outlet, check_address
from wires.platforms.opml import ListedSource
from wires.platforms.sources import NoSource, TypedSource, read_source
from wires.platforms.text import line_of

MOST_MINUTES = 7 * 24 * 60
NO_ADDRESS = "It names no feed (xmlUrl)"
MEANWHILE = "Somebody else added its source or its code meanwhile"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedChannel:
    """What a line becomes: a channel, nothing because `known` reads it already, or `refused`."""

    line: ListedSource
    channel: Channel | None = None
    outlet: str = ""
    known: KnownChannel | None = None
    refused: str = ""

    @property
    def name(self) -> str:
        return self.line.title or self.line.address or "(no name)"


class _Refused(Exception):
    """A line becomes no channel; the message is a sentence without its stop."""


def plan_channels(lines: Iterable[ListedSource]) -> list[PlannedChannel]:
    """Return what each line would become. Two queries, however many lines."""
    known = KnownSources.read()
    codes = set(Channel.objects.values_list("code", flat=True))
    planned = []
    for line in lines:
        try:
            channel = _channel_of(line)
        except _Refused as error:
            planned.append(PlannedChannel(line=line, refused=str(error)))
            continue
        if there := known.find(channel):
            planned.append(PlannedChannel(line=line, known=there))
            continue
        outlet = _outlet_name(line, channel)
        channel.code = _code_of(line, outlet, codes)
        codes.add(channel.code)
        known.add(channel)
        planned.append(PlannedChannel(line=line, channel=channel, outlet=outlet))
    return planned


def _channel_of(line: ListedSource) -> Channel:
    """Return the channel of a line, not saved and without a code. Raises _Refused."""
    entered = line.address or line.account
    if not entered:
        raise _Refused(NO_ADDRESS)
    platform = platforms.find_platform(line.platform)
    try:
        source = read_source(entered, platform=platform.code if platform else "")
        check_address(source.address)
        channel = Channel(
            platform=source.platform,
            address=source.address,
            account=_account_of(line, source),
            language=line.language[:35],
            time_zone=line.time_zone,
            interval_minutes=_minutes(line.minutes),
        )
        channel.clean()
        channel.clean_fields(exclude=["outlet", "code"])
    except NoSource as error:
        raise _Refused(str(error).rstrip(".")) from error
    except ValidationError as error:
        raise _Refused(" ".join(error.messages).rstrip(".")) from error
    channel.source_key = source_key_of(channel)
    return channel


def _account_of(line: ListedSource, source: TypedSource) -> str:
    """Return the account of a line where it is one; of Mastodon it may be on another domain."""
    named = platforms.platform_of(source.platform).named_account
    return (named(line.account) if named and line.account else "") or source.account


def _minutes(text: str) -> int:
    usual: int = Channel._meta.get_field("interval_minutes").get_default()
    if not re.fullmatch(r"[0-9]{1,6}", text, re.ASCII):
        return usual
    return min(max(int(text), 2), MOST_MINUTES)


def _outlet_name(line: ListedSource, channel: Channel) -> str:
    host = (urlsplit(channel.address).hostname or "").removeprefix("www.")
    name = line_of(line.outlet) or line_of(line.title) or channel.account or host
    return name[:120]


def _code_of(line: ListedSource, outlet: str, taken: set[str]) -> str:
    wanted = line.code.upper()
    if re.fullmatch(CODE, wanted) and wanted not in taken:
        return wanted
    return code_among(line.code or outlet, taken)


def add_channels(planned: Sequence[PlannedChannel]) -> tuple[list[Channel], list[PlannedChannel]]:
    """Save what is new, paused. Return the channels, and the lines that others were faster with.

    Each line in a transaction of its own, so that one that fails takes no other with it.
    """
    added: list[Channel] = []
    failed: list[PlannedChannel] = []
    names = {each.outlet for each in planned if each.channel}
    outlets = {outlet.name: outlet for outlet in Outlet.objects.filter(name__in=names)}
    for each in planned:
        if each.channel is None:
            continue
        try:
            with transaction.atomic():
                outlet = outlets.get(each.outlet) or make_outlet(each.outlet)
                each.channel.outlet = outlet
                each.channel.save(force_insert=True)
        except IntegrityError:
            failed.append(PlannedChannel(line=each.line, refused=MEANWHILE))
        else:
            outlets[each.outlet] = outlet
            added.append(each.channel)
    return added, failed


def listed_channels() -> list[ListedSource]:
    """Return the channels that are polled, paused or not, as lines of a list. One query."""
    channels = Channel.objects.filter(origin=Channel.Origin.POLLED).select_related("outlet")
    return [
        ListedSource(
            n=n,
            title=channel.outlet_on_platform(),
            address=channel.address,
            outlet=channel.outlet.name,
            code=channel.code,
            platform=channel.platform,
            account=channel.account,
            language=channel.language,
            time_zone=channel.time_zone,
            minutes=str(channel.interval_minutes),
        )
        for n, channel in enumerate(channels.order_by("outlet__name", "code"), 1)
    ]
