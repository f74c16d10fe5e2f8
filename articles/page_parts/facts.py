"""What is true of the posts that a version cites, and may be another tomorrow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import BigIntegerField, F, QuerySet
from django.db.models.lookups import In

from articles.models import VersionSource
from web.prepared import Given, Prepared

type Facts = Sequence[Sequence[object]]


@dataclass(frozen=True)
class FactList:
    """Columns by their lookup from a source, of the sources up to a number.

    Publishing and ingest never write the other columns again that the parts show; an erasure says
    so in those that are listed.
    """

    lookups: tuple[str, ...]
    last: int = 0  # 0 for all of them

    @cached_property
    def paths(self) -> tuple[list[str], ...]:
        return tuple(lookup.split("__") for lookup in self.lookups)


# Of one entry of the feed; the article's page has all of them.
FEED_SOURCES = 20
IN_FEED = (
    "number",
    "post_version__confirmation__how",
    "post_version__post__state",
    "post_version__post__posted_at",
    "post_version__post__url",
    "post_version__post__canonical_url",
    "post_version__post__channel__platform",
    "post_version__post__channel__outlet__name",
    "post_version__post__channel__outlet__affiliation",
    "post_version__post__channel__outlet__is_demo",
)
ON_PAGE = (
    *IN_FEED,
    "note",
    "translation",
    "post_version__erased_at",
    "post_version__post__withdrawn_at",
    "post_version__post__latest_version__pk",
    "post_version__post__latest_version__erased_at",
    "post_version__post__channel__address",
    "post_version__post__channel__account",
    "post_version__post__channel__outlet__slug",
    "post_version__post__channel__outlet__excerpt_length",
)
OF_FEED = FactList(IN_FEED, last=FEED_SOURCES)
OF_PAGE = FactList(ON_PAGE)


def key_of(facts: Facts, at: datetime) -> str:
    """Return the key of parts made from these facts in the year of `at`.

    A date says its year where that is not the present one.
    """
    digest = sha256(str(at.astimezone(UTC).year).encode())
    for row in facts:
        # Addresses alone can be thousands of characters, of two hundred sources.
        # Most are text already: a source has twenty facts, and an article two hundred sources.
        plain = [value if type(value) is str else _plain(value) for value in row]
        digest.update("\x1f".join(plain).encode() + b"\x1e")
    return digest.hexdigest()[:32]


def facts_of(sources: Iterable[VersionSource], listed: FactList) -> list[list[object]]:
    """Return the facts of sources that are loaded with all that the parts show. No query."""
    return [
        [_value(source, path) for path in listed.paths]
        for source in sources
        if not listed.last or source.number <= listed.last
    ]


def read_facts(versions: Sequence[int], listed: FactList) -> Mapping[int, Facts]:
    """Return the facts of the sources of stored versions, in order. One query, none of no version."""
    if not versions:
        return {}
    asked = {f"version_{n}": version for n, version in enumerate(versions)}
    rows = _prepared(len(versions), listed).plain_rows(**asked)
    return {
        version: [row[1:] for row in group] for version, group in groupby(rows, key=itemgetter(0))
    }


@lru_cache(maxsize=64)
def _prepared(count: int, listed: FactList) -> Prepared[tuple[Any, ...]]:
    def make() -> QuerySet[VersionSource, tuple[Any, ...]]:
        versions = [Given(f"version_{n}", BigIntegerField()) for n in range(count)]
        # The lookup of a foreign key takes no expressions in a list, this one does.
        rows = VersionSource.objects.filter(In(F("version"), versions))
        if listed.last:
            rows = rows.filter(number__lte=listed.last)
        return rows.order_by("version", "number").values_list("version", *listed.lookups)

    return Prepared(make)


def _value(row: object, path: Sequence[str]) -> object:
    for name in path:
        try:
            row = getattr(row, name)
        except ObjectDoesNotExist:
            return None
        if row is None:
            return None
    return row


def _plain(value: object) -> str:
    """Return a value as it is whether Python holds it or a database, which may have no booleans."""
    if value is None:
        return "\x00"
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value)
    return str(int(value) if isinstance(value, bool) else value)
