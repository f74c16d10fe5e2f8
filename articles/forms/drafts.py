"""The text of an article as its form holds it: posted, stored, or kept as JSON.

Everything is text, as a browser sends it, so that three drafts of different origin compare.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self

from django.http import QueryDict

from articles.forms.sources import MOST_SOURCES, chosen_passages
from articles.forms.unsaved import PREFIX, whole
from articles.forms.writing import unix_lines
from articles.models import Article
from articles.models.frozen import WORDS, WORKING_COPY

# What the form holds of an article; the note goes out with an update and is stored nowhere else.
NOTE = "public_note"
FIELDS = (*WORKING_COPY, NOTE)
TEXTS = (*WORDS, "image_caption", NOTE)
# Fields with several rows, by their keys.
MANY = ("authors", "topics")
ON_ONE_LINE = frozenset({"headline", "social_text", "image_caption"})
# What a row of sources holds that an editor wrote or chose.
OF_SOURCE = ("key", "role", "note", "translation", "passages", "position")
# The version of its post that a row is to cite, by id; mostly "", which leaves it as it is, or cites
# the newest in a new row.
CITES = "cites"
NO_PASSAGES = "[]"

type Source = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The fields of a form by name, and its rows of sources.

    A row has the fields of OF_SOURCE, CITES, the `post` that it cites, and the `id` of the stored
    row, which is "" for a new one.
    """

    fields: Mapping[str, str]
    sources: tuple[Source, ...]

    @property
    def texts(self) -> Mapping[str, str]:
        """What somebody typed, by the name of its field; empty texts are left out."""
        return {name: text for name in TEXTS if (text := self.fields.get(name, ""))}

    def as_json(self) -> dict[str, Any]:
        return {"fields": dict(self.fields), "sources": [dict(row) for row in self.sources]}

    @classmethod
    def from_json(cls, stored: Any) -> Self:
        """Return what `as_json` stored; rows of an older release may lack a field."""
        return cls(
            fields={name: str(text) for name, text in stored.get("fields", {}).items()},
            sources=tuple(_whole_row(row) for row in stored.get("sources", ())),
        )

    def says_the_same(self, other: Self) -> bool:
        """Return whether nothing would be lost with one of the two. The note counts as text.

        An empty slug is one that the server makes.
        """
        names = {*self.fields, *other.fields}
        if not (self.fields.get("slug") and other.fields.get("slug")):
            names.discard("slug")
        return all(
            self.fields.get(name, "") == other.fields.get(name, "") for name in names
        ) and _without_ids(self.sources) == _without_ids(other.sources)


def read_draft(data: QueryDict) -> Draft:
    """Return what a browser sent. No query."""
    return Draft(
        fields={name: _posted(data, name) for name in FIELDS if name in data or name in MANY},
        sources=tuple(_posted_rows(data)),
    )


def draft_of(article: Article) -> Draft:
    """Return what is stored of an article. Three queries."""
    fields = {name: _plain(name, str(getattr(article, name))) for name in (*WORDS, "image_caption")}
    fields |= {
        "slug": article.slug,
        "language": article.language,
        "section": str(article.section_id or ""),
        "image": str(article.image_id or ""),
        "original": str(article.original_id or ""),
        **{name: _list(getattr(article, name).values_list("pk", flat=True)) for name in MANY},
        NOTE: "",
    }
    rows = article.wire_sources.order_by("position", "pk").values("id", "post_id", *OF_SOURCE)
    return Draft(
        fields=fields,
        sources=tuple(
            _whole_row({**row, "post": row["post_id"], "passages": _passages(row["passages"])})
            for row in rows
        ),
    )


def _posted(data: QueryDict, name: str) -> str:
    if name in MANY:
        return _list(whole(value) for value in data.getlist(name))
    return _plain(name, data.get(name, ""))


def _posted_rows(data: QueryDict) -> Iterable[Source]:
    """Yield the rows that name a post and are not to be removed."""
    for n in range(min(whole(data.get(f"{PREFIX}-TOTAL_FORMS")), MOST_SOURCES)):
        names = ("id", "post", CITES, *OF_SOURCE)
        row = {name: data.get(f"{PREFIX}-{n}-{name}", "") for name in names}
        if whole(row["post"]) and not data.get(f"{PREFIX}-{n}-DELETE"):
            row["position"] = str(whole(row["position"]) or n)
            row["passages"] = _passages(row["passages"] or NO_PASSAGES)
            yield _whole_row(row)


def has_unfinished_rows(data: QueryDict) -> bool:
    """Return whether the form would refuse a row of sources: it names no post, or is one too many.

    A draft has no place for it, and merging drafts would lose it.
    """
    total = whole(data.get(f"{PREFIX}-TOTAL_FORMS"))
    return total > MOST_SOURCES or any(
        not whole(data.get(f"{PREFIX}-{n}-post"))
        and not data.get(f"{PREFIX}-{n}-DELETE")
        and any(data.get(f"{PREFIX}-{n}-{name}") for name in ("id", "key", "note", "translation"))
        for n in range(total)
    )


def _whole_row(row: Mapping[str, Any]) -> Source:
    return {
        "id": str(row.get("id") or ""),
        "post": str(row.get("post") or ""),
        CITES: str(row.get(CITES) or ""),
        **{name: unix_lines(str(row.get(name, ""))).strip() for name in OF_SOURCE},
        "passages": str(row.get("passages") or NO_PASSAGES),
    }


def _plain(name: str, text: str) -> str:
    """Return a text as saving would store it: spaces at its ends are cut off."""
    lines = unix_lines(text).strip()
    return " ".join(lines.split()) if name in ON_ONE_LINE else lines


def _passages(value: Any) -> str:
    return json.dumps(chosen_passages(value), sort_keys=True)


def _list(keys: Iterable[int]) -> str:
    return " ".join(str(key) for key in sorted({key for key in keys if key}))


def _without_ids(rows: Iterable[Source]) -> list[dict[str, str]]:
    """Return rows in order, without what the server numbers by itself."""
    told = [{name: row[name] for name in row if name not in ("id", "position")} for row in rows]
    return sorted(told, key=lambda row: (row["post"], row["key"]))
