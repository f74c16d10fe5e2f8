"""Two drafts side by side: each text that differs, word by word."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.forms.drafts import CITES, TEXTS, Draft, Source
from web.changes import REWRITTEN, Change, compare_whole

SOURCES = "sources"
LABELS = {
    "headline": "Headline",
    "standfirst": "Standfirst",
    "body": "Body",
    "framing_note": "Framing note",
    "social_text": "Social text",
    "image_caption": "Image caption",
    "public_note": "Public note",
    "slug": "Slug",
    "language": "Language",
    "section": "Section",
    "image": "Image",
    "original": "Translation of",
    "authors": "Authors",
    "topics": "Topics",
    SOURCES: "Wire sources",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A field of two drafts, and what became of the earlier text in the later one."""

    name: str
    earlier: str
    later: str

    @property
    def label(self) -> str:
        return LABELS.get(self.name, self.name)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The comparison; where the texts have too little in common, one after the other."""
        changes = compare_whole(self.earlier, self.later)
        if changes == [REWRITTEN]:
            changes = [Change("gone", self.earlier), Change("new", self.later)]
        return tuple(changes)

    @property
    def parts_of_earlier(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind != "new")

    @property
    def parts_of_later(self) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind != "gone")


def differences(earlier: Draft, later: Draft) -> list[Difference]:
    """Return the texts, and the sources, in which two drafts differ. No query."""
    return [each for each in _pairs(earlier, later) if each.earlier != each.later]


def _pairs(earlier: Draft, later: Draft) -> Iterator[Difference]:
    for name in (*TEXTS, "language"):
        # A text that a browser did not send is not an empty one.
        if name in later.fields:
            was, now = earlier.fields.get(name, ""), later.fields[name]
            yield Difference(name=name, earlier=was, later=now)
    yield Difference(
        name=SOURCES,
        earlier=sources_in_words(earlier.sources),
        later=sources_in_words(later.sources),
    )


def sources_in_words(rows: Iterable[Source]) -> str:
    """Return sources as people read them, a line each, whatever their order."""
    lines = (
        " – ".join(
            filter(
                None,
                (
                    row["key"] or "new",
                    row["role"],
                    row["note"],
                    row["translation"],
                    "cites another version of the post" if row.get(CITES) else "",
                ),
            )
        )
        for row in sorted(rows, key=lambda row: (row["key"] == "", row["key"]))
    )
    return "\n".join(lines)
