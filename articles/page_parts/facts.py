"""What is true of the posts that a version cites, and may be another tomorrow."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from itertools import groupby
from operator import itemgetter

from django.core.exceptions import ObjectDoesNotExist
from django.db import connection

from articles.models import VersionSource

# What the parts show of a source that may be another tomorrow. Publishing and ingest never write
# the other columns again; an erasure says so in those that are here.
FACTS = (
    "number",
    "note",
    "translation",
    "post_version__erased_at",
    "post_version__confirmation__how",
    "post_version__post__state",
    "post_version__post__withdrawn_at",
    "post_version__post__posted_at",
    "post_version__post__url",
    "post_version__post__canonical_url",
    "post_version__post__latest_version__pk",
    "post_version__post__latest_version__erased_at",
    "post_version__post__channel__platform",
    "post_version__post__channel__address",
    "post_version__post__channel__account",
    "post_version__post__channel__outlet__name",
    "post_version__post__channel__outlet__slug",
    "post_version__post__channel__outlet__affiliation",
    "post_version__post__channel__outlet__excerpt_length",
    "post_version__post__channel__outlet__is_demo",
)
_PATHS = tuple(fact.split("__") for fact in FACTS)

type Facts = Sequence[Sequence[object]]


def key_of(facts: Facts, at: datetime) -> str:
    """Return the key of parts made from these facts in the year of `at`.

    A date says its year where that is not the present one.
    """
    said = [at.astimezone(UTC).year, *([_plain(value) for value in row] for row in facts)]
    return sha256(repr(said).encode()).hexdigest()[:32]


def facts_of(sources: Iterable[VersionSource]) -> list[list[object]]:
    """Return the facts of sources that are loaded with all that the parts show. No query."""
    return [[_value(source, path) for path in _PATHS] for source in sources]


def read_facts(versions: Sequence[int]) -> Mapping[int, Facts]:
    """Return the facts of the sources of stored versions, in order. One query, none of no version.

    Twenty columns of seven tables take Django longer to write down than a database to read: the
    statement is written once.
    """
    if not versions:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_statement(len(versions)), versions)
        rows = cursor.fetchall()
    return {
        version: [row[1:] for row in group] for version, group in groupby(rows, key=itemgetter(0))
    }


@lru_cache(maxsize=64)
def _statement(count: int) -> str:
    rows = VersionSource.objects.filter(version__in=range(1, count + 1))
    shown = rows.order_by("version", "number").values_list("version", *FACTS)
    statement, _ = shown.query.sql_with_params()
    return statement


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
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None) if value.tzinfo else value)
    return str(int(value) if isinstance(value, bool) else value)
