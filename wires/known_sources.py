"""Which sources have a channel already, however their addresses are written."""

from copy import copy
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from django.db.models import Q

from wires.models import Channel
from wires.platforms.sources import identity_keys


@dataclass(frozen=True, slots=True)
class KnownChannel:
    """A channel that reads a source. `code` is what the desk knows it by."""

    pk: int
    code: str


class KnownSources:
    """The sources of all channels, but for those that were imported from files."""

    def __init__(self) -> None:
        self._by_key: dict[str, KnownChannel] = {}

    @classmethod
    def read(cls, *, platform: str = "", without: int | None = None) -> Self:
        """Read those of one platform, or of all, `without` one channel. One query."""
        channels = Channel.objects.exclude(origin=Channel.Origin.FILE)
        if without is not None:
            channels = channels.exclude(pk=without)
        if platform:
            channels = channels.filter(platform=platform)
        known = cls()
        for channel in channels.only(
            "code", "platform", "account", "numeric_id", "address", "source_key"
        ).order_by("pk"):
            known.add(channel)
        return known

    def add(self, channel: Channel) -> None:
        """Remember a channel; the first one that reads a source stands."""
        for key in {*keys_of(channel), channel.source_key} - {""}:
            self._by_key.setdefault(key, KnownChannel(channel.pk, channel.code))

    def find(self, channel: Channel) -> KnownChannel | None:
        """Return the channel that reads what another one is to read; None where none does."""
        found = (self._by_key.get(key) for key in keys_of(channel))
        return next(filter(None, found), None)


def keys_of(channel: Channel) -> list[str]:
    """Return the keys by which the source of a channel is known, its own first."""
    return list(
        identity_keys(channel.platform, channel.account, channel.numeric_id, channel.address)
    )


def source_key_with(channel: Channel, **fields: str) -> str:
    """Return what the source of a channel is known by once these fields of it are written."""
    changed = copy(channel)
    for name, value in fields.items():
        setattr(changed, name, value)
    return source_key_of(changed)


def is_read_elsewhere(
    channel: Channel, *, source_key: str, address: str = "", account: str = ""
) -> bool:
    """Return whether another channel has this source, or this address in the same outlet. One query."""
    same_address = Q(
        outlet=channel.outlet_id, platform=channel.platform, address=address or channel.address
    )
    same_source = Q(source_key=source_key) & ~Q(source_key="")
    return Channel.objects.exclude(pk=channel.pk).filter(same_address | same_source).exists()


def source_key_of(channel: Channel) -> str:
    """Return what no other channel may have; "" for one imported from a file."""
    if channel.origin == Channel.Origin.FILE:
        return ""
    key, longest = keys_of(channel)[0], Channel._meta.get_field("source_key").max_length or 0
    # Addresses that differ only beyond the column are two sources.
    return (
        key if len(key) <= longest else f"{key[: longest - 65]}#{sha256(key.encode()).hexdigest()}"
    )
