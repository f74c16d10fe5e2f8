"""Which sources have a channel already, however their addresses are written."""

from dataclasses import dataclass
from typing import Self

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


def source_key_of(channel: Channel) -> str:
    """Return what no other channel may have; "" for one imported from a file."""
    if channel.origin == Channel.Origin.FILE:
        return ""
    return keys_of(channel)[0][: Channel._meta.get_field("source_key").max_length]
