"""The newest posts of the live wire as pages show them, rendered once for all pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from web.fragments import shared
from wires import generations
from wires.lists import ON_TICKER, live_posts
from wires.models import Post

_numbers = generations.reader("wire")


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveEntry:
    """A post as the strip shows it, and as a list on a page does."""

    strip: SafeString
    listed: SafeString
    at: datetime
    is_demo: bool


@dataclass(frozen=True, slots=True)
class LiveWire:
    """Twice as many entries as the strip has, newest first: pages list what follows the strip's."""

    entries: tuple[LiveEntry, ...]

    def __len__(self) -> int:
        """Return how many characters it keeps."""
        return sum(len(entry.strip) + len(entry.listed) for entry in self.entries)


def live_entries(at: datetime) -> Sequence[LiveEntry]:
    """Return the entries of the live wire. One query, none while they are kept."""
    return shared("live wire", at=at, numbers=_numbers(), make=_read).entries


def live_fragment(at: datetime) -> SafeString:
    """Return the entries of the strip alone, as the script gets them. One query, none while kept."""

    def make() -> SafeString:
        entries = live_entries(at)[:ON_TICKER]
        return render_to_string("wires/_live_wire.html", {"entries": entries})

    return shared("live fragment", at=at, numbers=_numbers(), make=make)


def _read() -> LiveWire:
    return LiveWire(tuple(_entry(post) for post in live_posts(2 * ON_TICKER)))


def _entry(post: Post) -> LiveEntry:
    return LiveEntry(
        strip=_rendered(post, block="wire-strip"),
        listed=_rendered(post, block="wire-list"),
        at=post.wire_at,
        is_demo=post.channel.outlet.is_demo,
    )


def _rendered(post: Post, *, block: str) -> SafeString:
    return render_to_string("wires/_entry.html", {"post": post, "block": block})
