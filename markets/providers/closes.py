"""The closes of several days, as FRED and EODHD list them: the newest, and the one before."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from markets.providers.base import (
    BadField,
    RawQuote,
    UnreadableQuotes,
    price_of,
    refuse_twice,
    shown,
    within_reason,
)


def listed_days(given: Any, *, what: str) -> list[dict[str, Any]]:
    """Return the days of a list. Raises UnreadableQuotes where `given` is no list."""
    if not isinstance(given, list):
        message = f"the answer contains no {what}"
        raise UnreadableQuotes(message)
    return [day for day in given if isinstance(day, dict)]


def only_symbol(wanted: Sequence[str], *, name: str) -> None:
    """Raise UnreadableQuotes where more was asked for than an answer without names can give."""
    if len(wanted) != 1:
        message = f"more than one symbol was asked for at once; {name} gives one"
        raise UnreadableQuotes(message)


def quote_of_days(
    symbol: str, days: list[dict[str, Any]], *, named: str, ends: tuple[time, ZoneInfo]
) -> RawQuote:
    """Return the newest close, timed by when its day ends; `named` is its field. Raises BadField."""
    newest, before = _newest_two(days)
    closed_at = datetime.combine(_day_of(newest), *ends)
    return RawQuote(
        symbol=symbol,
        price=price_of(newest.get(named, "")),
        quoted_at=within_reason(closed_at, str(newest.get("date", ""))),
        previous_close=price_of(before.get(named, "")) if before else None,
    )


def _newest_two(days: list[dict[str, Any]]) -> tuple[dict[str, Any], dict[str, Any] | None]:
    """Return the newest day and the one before. Raises BadField where a day stands twice."""
    newest, *earlier = sorted(days, key=_day_of, reverse=True)
    if earlier and _day_of(earlier[0]) == _day_of(newest):
        message = f"the answer has {_day_of(newest).isoformat()} twice, so neither value counts"
        raise BadField(message)
    return newest, earlier[0] if earlier else None


def _day_of(day: Mapping[str, Any]) -> date:
    """Return the date of a day. Raises BadField."""
    refuse_twice(day.get("date"))
    text = str(day.get("date", ""))
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        message = f"{shown(text)} is not a date" if text else "a value has no date"
        raise BadField(message) from error
