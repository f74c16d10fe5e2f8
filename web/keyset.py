"""Pages of a list by keyset: no COUNT, no offset, and no row shown twice when others arrive."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol, Self
from urllib.parse import urlencode

from django.db.models import F, Model, QuerySet
from django.db.models.fields.tuple_lookups import TupleGreaterThan, TupleLessThan
from django.http import Http404, QueryDict

PAGE = 50
# The parameters of an address that say where a page begins.
CURSORS = ("newer", "older")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
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
            moment = EPOCH + int(at) * MICROSECOND
        except OverflowError as error:
            message = "No such page of the list."
            raise Http404(message) from error
        return cls(moment, int(pk))

    @classmethod
    def of(cls, row: Model, field: str) -> Self:
        return cls(getattr(row, field), row.pk)

    def __str__(self) -> str:
        # Not timestamp(): it is a float, and rounds up in years that are far away.
        return f"{(self.at - EPOCH) // MICROSECOND}-{self.pk}"


class Narrow(Protocol):
    """What picks among ordered rows."""

    def __call__(self, rows: Any, /, *, most: int) -> Any: ...


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
    rows: QuerySet[Row],
    query: QueryDict,
    *,
    field: str,
    size: int = PAGE,
    narrow: Narrow | None = None,
    reach: int = 0,
    **kept: Any,
) -> Window[Row]:
    """Return the page that ?older= or ?newer= asks for, by keyset. One query; raises Http404.

    `narrow` picks among the rows from the cursor on, in order, and is told how many are wanted. One
    that looks at the first `reach` of them only can find fewer than a page: then a second query
    finds where to go on. `kept` goes into the neighbours' query strings.
    """
    newer, older = query.get("newer", ""), query.get("older", "")
    ahead = bool(newer)
    if ahead:
        rows = _beyond(rows, Cursor.read(newer), field, "gt")
    elif older:
        rows = _beyond(rows, Cursor.read(older), field, "lt")
    else:
        rows = rows.order_by(f"-{field}", "-pk")
    picked = narrow(rows, most=size + 1) if narrow else rows
    found = list(picked[: size + 1])
    more, found = len(found) > size, found[:size]
    edge = found[-1] if more else (_at(rows, reach) if reach else None)
    if ahead:
        found.reverse()
    first, last = (
        (edge, found[-1] if found else None) if ahead else (found[0] if found else None, edge)
    )

    def neighbour(name: str, row: Row | None) -> str:
        return urlencode(kept | {name: str(Cursor.of(row, field))}, doseq=True) if row else ""

    return Window(
        rows=found,
        newer=neighbour("newer", first) if ahead or older else "",
        older=neighbour("older", last),
    )


def _at[Row: Model](rows: QuerySet[Row], place: int) -> Row | None:
    """Return the row at a place of ordered rows, counted from one."""
    return next(iter(rows[place - 1 : place]), None)


def _beyond[Row: Model](
    rows: QuerySet[Row], cursor: Cursor, field: str, side: str
) -> QuerySet[Row]:
    """Return the rows beyond a cursor, in order: one step of an index, also among equal moments."""
    compared = TupleLessThan if side == "lt" else TupleGreaterThan
    order = (f"-{field}", "-pk") if side == "lt" else (field, "pk")
    place = (F(field), F("pk")), (cursor.at, cursor.pk)
    return rows.filter(compared(*place)).order_by(*order)
