"""What feeds are made of, in whatever format."""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import Any, Self

from web.characters import drop_controls


class FeedMoved(Exception):
    """The page that a feed belongs to has another path now, and so has the feed."""

    def __init__(self, page: str) -> None:
        super().__init__(page)
        self.page = page


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """That the text of an entry was withdrawn, when and why."""

    at: datetime
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEntry:
    """An entry; `content` is HTML in which every address is absolute. The id never changes."""

    id: str
    title: str
    link: str
    summary: str
    content: str
    language: str
    published: datetime
    updated: datetime
    author: str = ""
    categories: tuple[str, ...] = ()
    picture: str = ""
    withdrawal: Withdrawal | None = None

    def without_controls(self) -> Self:
        """Return the entry without characters that XML cannot carry."""
        clean: dict[str, Any] = {
            each.name: drop_controls(text)
            for each in fields(self)
            if isinstance(text := getattr(self, each.name), str)
        }
        return replace(self, **clean, categories=tuple(map(drop_controls, self.categories)))


@dataclass(frozen=True, slots=True)
class KeptEntry:
    """An entry as each process keeps it for every feed and format; None stands for no entry."""

    entry: FeedEntry | None
    is_xml: bool = field(init=False)  # whether XML can carry it

    def __post_init__(self) -> None:
        # Looked at once, and not for each feed that it is in.
        is_xml = self.entry is None or self.entry == self.entry.without_controls()
        object.__setattr__(self, "is_xml", is_xml)

    def __len__(self) -> int:
        """Return about how many characters it keeps."""
        return len(self.entry.content) if self.entry else 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed of the page at a path of ours; `home` is where it leads, where that is another."""

    title: str
    page: str
    description: str
    entries: Iterable[KeptEntry] = ()
    home: str = ""

    @classmethod
    def of(cls, entries: Iterable[FeedEntry], **told: str) -> Self:
        """Return a feed of entries that nothing keeps."""
        kept = [KeptEntry(entry.without_controls()) for entry in entries]
        return cls(entries=kept, **told)
