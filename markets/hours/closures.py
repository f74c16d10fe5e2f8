"""Closures out of turn: days on which an exchange did not keep its own rules.

A line is the exchange's own word, so it overrides what a list of holidays says about the day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from markets.hours.exchange import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """A day that was not as the rules say. Without sessions, nothing was traded all day."""

    on: date
    codes: tuple[str, ...]
    what: str
    source: str
    sessions: tuple[Session, ...] = ()


CLOSURES = (
    Closure(
        on=date(2020, 10, 1),
        codes=("TSE",),
        what="failure of the trading system",
        source="Japan Exchange Group, notice of 1 October 2020 on the halt of all trading that day",
    ),
    Closure(
        on=date(2025, 1, 9),
        codes=("NYSE",),
        what="National Day of Mourning for President Carter",
        source="Intercontinental Exchange, NYSE press release of 30 December 2024",
    ),
    Closure(
        on=date(2025, 1, 9),
        codes=("NASDAQ",),
        what="National Day of Mourning for President Carter",
        source="Nasdaq, press release of 30 December 2024",
    ),
)

CLOSURE_OF: Mapping[tuple[str, date], Closure] = MappingProxyType(
    {(code, closure.on): closure for closure in CLOSURES for code in closure.codes}
)
