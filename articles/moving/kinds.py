"""What an export holds: every column of these tables, but for what only this site can use.

Rows name each other by the ids they had; an import gives them new ones. A test fails where a column
is neither exported nor named here.
"""

import datetime
import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import (
    CharField,
    DateTimeField,
    Field,
    ForeignKey,
    JSONField,
    Model,
    TextField,
)
from django.utils.dateparse import parse_datetime

from articles.models import (
    Article,
    ArticleVersion,
    Author,
    Correction,
    Image,
    Listing,
    Redirect,
    Section,
    Topic,
    VersionSource,
    WireSource,
)
from articles.moving.refusals import BadExport
from wires.models import Channel, Outlet, Post, PostVersion

# Elsewhere polling begins at the beginning, and an account of this site is nobody there.
_OF_POLLING = [
    "numeric_id",
    "interval_minutes",
    "monthly_limit",
    "billed_month",
    "billed_posts",
    "identity_switched_at",
    "health",
    "body_sha256",
    "last_read_at",
    "last_post_at",
    "failing_since",
    "error_kind",
    "usual_gap",
    "silent_at",
    "rhythm_at",
    "offered_feeds",
    "moved_to",
    "moved_seen",
    "moved_from",
    "moved_at",
    "gap_cursor",
    "gap_since",
    "reread_at",
    "recheck_at",
    "paused",
    "paused_reason",
    "paused_at",
    "next_poll_at",
    "last_polled_at",
    "etag",
    "due_since",
    "last_error_at",
    "last_modified",
    "failures",
    "last_error",
    "lease_until",
    "lease_owner",
    "source_key",
]


@dataclass(frozen=True, slots=True)
class Kind:
    """A table: how it is called in an export, and by which columns a row is known to be there.

    known    rows that agree in all of these are one; none: a row always comes with its article
    or_by    a column that no two rows share either
    left     columns that stay here
    later    foreign keys to rows that are written after it
    newer    columns that exports of earlier releases lack: they have nothing there
    is_newer whether they lack the table
    """

    name: str
    model: type[Model]
    known: tuple[str, ...] = ()
    or_by: str = ""
    left: frozenset[str] = field(default_factory=frozenset)
    later: frozenset[str] = field(default_factory=frozenset)
    newer: frozenset[str] = field(default_factory=frozenset)
    is_newer: bool = False

    def columns(self) -> list[Field]:
        return [
            column
            for column in self.model._meta.concrete_fields
            if not column.primary_key and column.name not in self.left
        ]


def _left(*names: str) -> frozenset[str]:
    return frozenset(names)


# Those that several articles share, in the order in which they are written.
SHARED = (
    Kind("sections", Section, known=("slug",), or_by="name"),
    Kind("authors", Author, known=("slug",), left=_left("user")),
    Kind("topics", Topic, known=("slug",), or_by="name", is_newer=True),
    Kind("images", Image, known=("sha256",), left=_left("renditions", "recipe", "uploaded_by")),
    Kind("outlets", Outlet, known=("slug",), or_by="name"),
    Kind("channels", Channel, known=("outlet", "platform", "address"), left=_left(*_OF_POLLING)),
    Kind(
        "posts",
        Post,
        known=("channel", "native_id_hash"),
        left=_left("story", "withdrawn_by", "hidden_by", "unconfirmed_version"),
        later=frozenset({"latest_version"}),
    ),
    Kind(
        "post_versions",
        PostVersion,
        known=("post", "content_hash", "captured_at"),
        left=_left("capture", "captured_by"),
    ),
)
# Those of one article, in the order in which they are written.
ARTICLE = Kind(
    "article", Article, known=("slug", "created_at"), left=_left("created_by"),
    later=frozenset({"live_version", "original", "live_original"}),
)  # fmt: skip
OF_ARTICLE = (
    Kind("wire_sources", WireSource, left=_left("translated_by", "translation_confirmed_by")),
    Kind("versions", ArticleVersion, left=_left("author"), newer=frozenset({"original"})),
    Kind("version_sources", VersionSource, left=_left("translated_by", "translation_confirmed_by")),
    Kind("corrections", Correction, left=_left("by")),
    Kind("redirects", Redirect),
    Kind("listings", Listing, is_newer=True),
)
KINDS: Mapping[type[Model], Kind] = {kind.model: kind for kind in (*SHARED, ARTICLE, *OF_ARTICLE)}


# What the lists of a column hold, and the texts that each entry has.
ENTRIES: Mapping[str, tuple[type, tuple[str, ...]]] = {
    "bylines": (dict, ("name", "slug")), "topics": (dict, ("name", "slug")), "claims": (dict, ()),
    "findings": (dict, ("code", "fingerprint")), "overrides": (dict, ("code", "fingerprint")),
    "acknowledgements": (dict, ("code", "fingerprint")), "spans": (dict, ()), "media": (dict, ()),
    "passages": (dict, ()), "marks": (str, ()), "flags": (str, ()), "aliases": (str, ()),
    "sentences": (int, ()), "changes": (list, ()),
}  # fmt: skip
_HASH = re.compile(r"[0-9a-f]{64}")
# Posts have what their outlets write, such as en_US.
_LANGUAGE = re.compile(r"[A-Za-z0-9_-]+")

# Which table a foreign key leads to.
NAMED_BY: Mapping[str, str] = {
    "section": "sections", "live_section": "sections", "image": "images", "outlet": "outlets",
    "channel": "channels", "post": "posts", "latest_version": "post_versions",
    "post_version": "post_versions", "article": "article", "live_version": "versions",
    "version_before": "versions", "version_after": "versions", "original": "articles",
    "live_original": "articles", "topic": "topics", "author": "authors",
    "wire_sources.version": "post_versions", "version_sources.version": "versions",
}  # fmt: skip


def as_row(row: Model) -> dict[str, Any]:
    """Return a row as JSON has it, with its id; a foreign key is the id of the other row."""
    kind = KINDS[type(row)]
    values = {column.name: _said(getattr(row, column.attname)) for column in kind.columns()}
    return {"id": row.pk} | values


def _said(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    return str(value) if isinstance(value, uuid.UUID | datetime.timedelta) else value


def read_values(
    kind: Kind, row: Mapping[str, Any], ids: Mapping[tuple[str, int], int]
) -> dict[str, Any]:
    """Return the columns of a row that an export has, its foreign keys as they are here.

    `ids` has them by table and the id that is in the export. Raises BadExport.
    """
    values: dict[str, Any] = {}
    for column in kind.columns():
        if column.name in kind.later:
            continue
        if column.name not in row and column.name in kind.newer:
            continue
        if column.name not in row:
            message = f"A row of {kind.name} has no “{column.name}”."
            raise BadExport(message)
        said = row[column.name]
        if isinstance(column, ForeignKey):
            values[column.attname] = _id_of(kind, column, said, ids)
            continue
        try:
            values[column.attname] = _value_of(column, said)
        except ValidationError as error:
            message = f"“{column.name}” of a row of {kind.name}: {' '.join(error.messages)}"
            raise BadExport(message) from error
        _check_form(kind, column, values[column.attname])
    return values


def _value_of(column: Field, said: Any) -> Any:
    """Return a value as its column takes it. Raises ValidationError."""
    if isinstance(column, DateTimeField) and isinstance(said, str):
        try:
            moment = parse_datetime(said)
        except ValueError:
            moment = None
        if moment is None or moment.tzinfo is None:
            message = f"“{said[:40]}” is no moment."
            raise ValidationError(message)
        said = moment
    if isinstance(column, CharField | TextField) and not isinstance(said, str | None):
        message = "This is no text."
        raise ValidationError(message)
    return column.clean(said, None) if said not in ("", [], {}, None) else said


def _check_form(kind: Kind, column: Field, value: Any) -> None:
    """Raise BadExport for what a page would stumble over that reads it."""
    is_right = True
    if isinstance(column, JSONField) and value is not None:
        entry, names = ENTRIES.get(column.name, (object, ()))
        is_right = isinstance(value, list) and all(isinstance(each, entry) for each in value)
        texts = (each.get(name) for each in value for name in names) if is_right else ()
        is_right = is_right and all(isinstance(text, str) for text in texts)
    elif kind.model is Image and column.name == "sha256":
        is_right = bool(_HASH.fullmatch(value))
    elif column.name == "language" and value:
        is_right = bool(_LANGUAGE.fullmatch(value))
    if not is_right:
        message = f"“{column.name}” of a row of {kind.name} has another form than here."
        raise BadExport(message)


def _id_of(
    kind: Kind, column: ForeignKey, said: Any, ids: Mapping[tuple[str, int], int]
) -> int | None:
    if said is None:
        return None
    name = NAMED_BY.get(f"{kind.name}.{column.name}") or NAMED_BY[column.name]
    if (name, said) not in ids:
        message = f"A row names {name} {said}, which is not in the export."
        raise BadExport(message)
    return ids[name, said]
