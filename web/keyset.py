"""Pages of a list by keyset: no COUNT, no offset, and no row shown twice when others arrive."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet
from django.http import Http404, QueryDict

PAGE = 50
MICROSECONDS = 1_000_000
CURSOR_DIGITS = 18


@dataclass(frozen=True, slots=True)
class Cursor:
    """A row's place in a list that is newest first."""

    at: datetime
    pk: int

    @classmethod
    def read(cls, text: str) -> Self:
        """Read "microseconds since 1970-pk". Raises Http404 for anything else."""
        at, _, pk = text.partition("-")
        if not all(
            part.isascii() and part.isdigit() and len(part) <= CURSOR_DIGITS for part in (at, pk)
        ):
            message = "This list has no such page."
            raise Http404(message)
        try:
            moment = datetime.fromtimestamp(int(at) // MICROSECONDS, UTC)
        except (OverflowError, ValueError) as error:
            message = "No such page of the list."
            raise Http404(message) from error
        return cls(moment.replace(microsecond=int(at) % MICROSECONDS), int(pk))

    @classmethod
    def of(cls, row: Model, field: str) -> Self:
        return cls(getattr(row, field), row.pk)

    def __str__(self) -> str:
        return f"{int(self.at.timestamp()) * MICROSECONDS + self.at.microsecond}-{self.pk}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Window[Row: Model]:
    """One page of a list, and the query strings of its neighbours, "" if there is none."""

    rows: list[Row]
    newer: str
    older: str

    @property
    def last(self) -> Row | None:
        return self.rows[-1] if self.rows else None


def window[Row: Model](
    rows: QuerySet[Row], query: QueryDict, *, field: str, size: int = PAGE, **kept: Any
) -> Window[Row]:
    """Return the page that ?older= or ?newer= asks for, by keyset. One query; raises Http404.

    `kept` goes into the neighbours' query strings.
    """
    newer, older = query.get("newer", ""), query.get("older", "")
    ahead = bool(newer)
    if ahead:
        found = list(_beyond(rows, Cursor.read(newer), field, "gt")[: size + 1])
    elif older:
        found = list(_beyond(rows, Cursor.read(older), field, "lt")[: size + 1])
    else:
        found = list(rows.order_by(f"-{field}", "-pk")[: size + 1])
    more, found = len(found) > size, found[:size]
    if ahead:
        found.reverse()
    has_newer, has_older = (more, True) if ahead else (bool(older), more)

    def neighbour(name: str, row: Row) -> str:
        return urlencode(kept | {name: str(Cursor.of(row, field))}, doseq=True)

    return Window(
        rows=found,
        newer=neighbour("newer", found[0]) if found and has_newer else "",
        older=neighbour("older", found[-1]) if found and has_older else "",
    )


def _beyond[Row: Model](
    rows: QuerySet[Row], cursor: Cursor, field: str, side: str
) -> QuerySet[Row]:
    # The first condition alone lets the index begin at the cursor.
    tie = Q(**{field: cursor.at, f"pk__{side}": cursor.pk})
    order = (f"-{field}", "-pk") if side == "lt" else (field, "pk")
    return (
        rows.filter(**{f"{field}__{side}e": cursor.at})
        .filter(Q(**{f"{field}__{side}": cursor.at}) | tie)
        .order_by(*order)
    )
