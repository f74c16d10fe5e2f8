"""Channels that are made on the way: one a file, one for the account of a pasted link."""

import re
from collections.abc import Container, Iterable
from itertools import chain, count
from urllib.parse import urlsplit

from web.slugs import make_slug
from wires.models import CODE, Channel, Outlet
from wires.platforms import FEED, platform_of
from wires.platforms.base import Document
from wires.platforms.text import line_of
from wires.schedule import registrable_domain

LONGEST_CODE = 16
# CODE-0001: what the number takes.
NUMBER = 5


class BadCode(Exception):
    """A channel cannot have this code; the message says why."""


class FileChannels:
    """The channels CODE-0001 … of an import in which each file is a channel of its own.

    A file finds its channel again by its path. Raises BadCode.
    """

    def __init__(self, code: str) -> None:
        if not re.fullmatch(CODE, code) or len(code) > LONGEST_CODE - NUMBER:
            message = (
                f"{code!r} cannot be numbered: with --per-file a code is 2 to "
                f"{LONGEST_CODE - NUMBER} capital letters, digits and hyphens."
            )
            raise BadCode(message)
        self._code = code
        made = Channel.objects.filter(
            origin=Channel.Origin.FILE, code__regex=rf"^{code}-[0-9]{{4,}}$"
        )
        self._by_address = {
            channel.address: channel for channel in made.select_related("outlet").order_by("pk")
        }
        self._numbers = count(_highest_number(self._by_address.values()) + 1)
        self._outlet = next((channel.outlet for channel in self._by_address.values()), None)

    def find(self, address: str) -> Channel | None:
        return self._by_address.get(address)

    def make(self, address: str, document: Document) -> Channel:
        """Make the channel of a file whose document could be read. Raises BadCode after the last."""
        channel = Channel.objects.create(
            outlet=self._outlet or self._make_outlet(),
            platform=platform_of(document.kind).code,
            address=address,
            account=document.account[:255],
            numeric_id=document.numeric_id[:64],
            code=self._next_code(),
            language=document.language[:35],
            origin=Channel.Origin.FILE,
        )
        self._by_address[address] = channel
        return channel

    def _next_code(self) -> str:
        code = f"{self._code}-{next(self._numbers):04}"
        if len(code) > LONGEST_CODE:
            message = f"{self._code} has no numbers left. Choose a shorter code."
            raise BadCode(message)
        return code

    def _make_outlet(self) -> Outlet:
        """All files of one code speak for one outlet: that of the channel CODE where it exists."""
        channel = Channel.objects.filter(code=self._code).select_related("outlet").first()
        self._outlet = channel.outlet if channel else make_outlet(self._code)
        return self._outlet


def _highest_number(channels: Iterable[Channel]) -> int:
    return max((int(channel.code.rpartition("-")[2]) for channel in channels), default=0)


def channel_by_hand(*, platform: str, account: str, address: str, name: str) -> Channel:
    """Make the channel of what an editor pasted: never polled, its outlet named as given."""
    return Channel.objects.create(
        outlet=make_outlet(line_of(name) or account or "Unknown"),
        platform=platform,
        account=account[:255],
        address=address[:2000],
        code=free_code(account or name),
        origin=Channel.Origin.BY_HAND,
        paused=True,
    )


def channels_of_site(url: str) -> list[Channel]:
    """Return the feeds on the host of an address, else those on its registrable domain.

    None where these speak for several outlets: then nothing says whose page it is.
    """
    host, domain = _host(url), registrable_domain(url)
    on_domain = [
        channel
        for channel in Channel.objects.filter(platform=FEED.code, address__icontains=domain)
        .exclude(origin=Channel.Origin.FILE)
        .select_related("outlet")
        .order_by("pk")
        if registrable_domain(channel.address) == domain
    ]
    on_host = [channel for channel in on_domain if _host(channel.address) == host]
    for channels in (on_host, on_domain):
        if len({channel.outlet_id for channel in channels}) == 1:
            return channels
    return []


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


def make_outlet(name: str) -> Outlet:
    """Return the outlet of this name; create it if missing."""
    found = Outlet.objects.filter(name=name[:120]).first()
    return found or Outlet.objects.create(name=name[:120], slug=free_slug(name))


def free_slug(name: str) -> str:
    stem = make_slug(name, longest=110) or "outlet"
    taken = set(Outlet.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    candidates = (stem, *(f"{stem}-{n}" for n in range(2, len(taken) + 2)))
    return next(slug for slug in candidates if slug not in taken)


def free_code(account: str) -> str:
    """Return a channel code that no channel has, made from the letters of an account."""
    taken = Channel.objects.filter(code__startswith=_stem_of(account))
    return code_among(account, set(taken.values_list("code", flat=True)))


def code_among(name: str, taken: Container[str]) -> str:
    """Return a channel code that is not taken, made from the letters of a name."""
    stem = _stem_of(name)
    candidates = chain((stem,), (f"{stem}-{n}" for n in count(2)))
    return next(code for code in candidates if code not in taken)


def _stem_of(name: str) -> str:
    stem = re.sub(r"[^A-Z0-9]+", "-", name.upper()).strip("-")[: LONGEST_CODE - NUMBER]
    stem = stem.strip("-") or "LINK"
    return stem if len(stem) > 1 else f"{stem}-1"
