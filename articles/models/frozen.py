"""What publishing freezes of an article and of its wire sources: every column, said once.

Publishing copies by this list and stamps what it copied; the form, legal erasure and the lists of
columns that a page leaves in the database are read from it too. To add a field to articles, see
CONTRIBUTING.md.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Flag, auto
from typing import Any

from django.db.models import Model

from web.words import REMOVED

NO_TEXT, NO_ROWS = "''", "'[]'"
# An address may not be empty; that of the article itself stays.
NO_SLUG = "'removed'"
_VALUES: Mapping[str, object] = {NO_TEXT: "", NO_ROWS: [], NO_SLUG: "removed"}


class Reader(Flag):
    """Who reads many versions at once, and should not fetch what is not shown."""

    NOBODY = 0
    CARD = auto()
    PAGE = auto()
    CHECKS = auto()
    ALERTS = auto()
    FEED = auto()


@dataclass(frozen=True, slots=True)
class FrozenField:
    """A column that publishing writes once.

    of        the field of the working copy that an editor fills in for it; "" where there is none
    copied    whether it is that field's value as it stands; else publishing makes it
    erased    the SQL literal that an erasure of the version leaves in it; None where it stays
    redacted  what an erasure of a cited post writes into an entry that is about it, by key
    unread_by who has no use for it, and leaves it in the database
    """

    name: str
    of: str = ""
    copied: bool = False
    erased: str | None = None
    redacted: Mapping[str, object] = field(default_factory=dict)
    unread_by: Reader = Reader.NOBODY


def copied_text(name: str, *, unread_by: Reader = Reader.NOBODY) -> FrozenField:
    """Return a text that readers get as the editor wrote it."""
    return FrozenField(name, of=name, copied=True, erased=NO_TEXT, unread_by=unread_by)


def copied(name: str) -> FrozenField:
    """Return anything else that is taken over as it stands, and that no erasure touches."""
    return FrozenField(name, of=name, copied=True)


CARD, PAGE, CHECKS, ALERTS = Reader.CARD, Reader.PAGE, Reader.CHECKS, Reader.ALERTS
FEED = Reader.FEED

FROZEN_OF_ARTICLE = (
    copied_text("headline"),
    FrozenField("slug", of="slug", copied=True, erased=NO_SLUG),
    copied_text("standfirst"),
    copied_text("body", unread_by=CARD | PAGE | ALERTS | FEED),
    FrozenField("html", erased=NO_TEXT, unread_by=CARD | CHECKS | ALERTS | FEED),
    copied_text("framing_note", unread_by=CARD | PAGE | FEED),
    FrozenField("framing_html", erased=NO_TEXT, unread_by=CARD | CHECKS | ALERTS),
    copied_text("social_text"),
    copied("language"),
    copied("original"),
    copied("section"),
    FrozenField("bylines", of="authors", unread_by=CHECKS),
    FrozenField("topics", of="topics", unread_by=CARD | CHECKS | ALERTS),
    copied("image"),
    FrozenField("image_alt", of="image", erased=NO_TEXT),
    FrozenField("image_credit", of="image", erased=NO_TEXT),
    # The caption of the library stands in where the article has none.
    FrozenField("image_caption", of="image_caption", erased=NO_TEXT),
    FrozenField("claims", erased=NO_ROWS, unread_by=CARD | CHECKS | FEED),
    FrozenField("posts_cited"),
    FrozenField("outlets_cited"),
    FrozenField(
        "findings",
        erased=NO_ROWS,
        redacted={"excerpt": "", "message": REMOVED, "evidence": {}},
        unread_by=CARD | PAGE | FEED,
    ),
    FrozenField(
        "overrides", erased=NO_ROWS, redacted={"reason": REMOVED}, unread_by=CARD | CHECKS | FEED
    ),
    FrozenField(
        "acknowledgements", erased=NO_ROWS, redacted={"reason": REMOVED}, unread_by=CARD | FEED
    ),
)

FROZEN_OF_SOURCE = (
    copied("key"),
    copied("role"),
    copied_text("note"),
    copied_text("translation"),
    copied("translated_by"),
    copied("translation_confirmed_by"),
    FrozenField("number"),
    FrozenField("post_version", of="version"),
    FrozenField("marks"),
    FrozenField("sentences"),
    FrozenField("spans", of="passages", erased=NO_ROWS),
)

# What an editor fills in, in the order of the list.
WORKING_COPY = tuple(dict.fromkeys(field.of for field in FROZEN_OF_ARTICLE if field.of))
# The texts among it.
WORDS = tuple(f.name for f in FROZEN_OF_ARTICLE if f.copied and f.erased == NO_TEXT)
# Texts of the working copy that nobody reads beside the desk's form: readers get the version's.
ONLY_IN_FORM = tuple(name for name in WORDS if name != "headline")


def copy_frozen(row: Model, fields: tuple[FrozenField, ...]) -> dict[str, Any]:
    """Return what is copied of a working copy or a wire source, by column. No query."""
    names = {field.name for field in fields if field.copied}
    columns = [column for column in row._meta.concrete_fields if column.name in names]
    return {column.attname: getattr(row, column.attname) for column in columns}


def erasable(fields: tuple[FrozenField, ...]) -> dict[str, str]:
    """Return what a legal erasure leaves in each column that it empties, as SQL literals."""
    return {field.name: field.erased for field in fields if field.erased is not None}


def emptied(columns: Mapping[str, str]) -> dict[str, Any]:
    """Return what `erasable` names as values of Python."""
    return {column: _VALUES[literal] for column, literal in columns.items()}


def redactable(fields: tuple[FrozenField, ...]) -> dict[str, Mapping[str, object]]:
    """Return what the erasure of a post leaves in an entry that is about it, by column and key."""
    return {field.name: field.redacted for field in fields if field.redacted}


def unread_by(reader: Reader, version: str) -> Iterator[str]:
    """Yield what a reader can defer of versions; `version` is the lookup that leads to them."""
    return (f"{version}__{f.name}" for f in FROZEN_OF_ARTICLE if reader in f.unread_by)
