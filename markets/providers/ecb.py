"""The euro reference rates of the European Central Bank, in XML.

https://www.ecb.europa.eu/stats/policy_and_exchange_rates/euro_reference_exchange_rates/ says:
set at 14:15 and published around 16:00 Central European Time on every working day.
"""

from collections.abc import Collection
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from xml.parsers import expat
from zoneinfo import ZoneInfo

from markets.providers.base import (
    TWICE,
    Adapter,
    Answer,
    BadField,
    RawQuote,
    UnreadableQuotes,
    gather,
    price_of,
    shown,
    text_of,
    within_reason,
)

FRANKFURT = ZoneInfo("Europe/Berlin")
SET_AT = time(14, 15)
PUBLISHED_AT = time(16)
PAIR = 6

type Day = dict[str, str]


def read_quotes(body: bytes, wanted: Collection[str]) -> Answer:
    """Read pairs such as GBPUSD, which is the dollar's rate over the pound's of the same day.

    The day before in the file gives the previous close. Raises UnreadableQuotes.
    """
    days = _days(body)
    newest, *earlier = sorted(days, reverse=True)
    try:
        set_at = datetime.combine(date.fromisoformat(newest), SET_AT, FRANKFURT)
        quoted_at = within_reason(set_at, newest)
    except (ValueError, BadField) as error:
        message = f"{shown(newest)} is not a date"
        raise UnreadableQuotes(message) from error

    def read_one(symbol: str) -> RawQuote | None:
        price = _rate(days[newest], symbol)
        if price is None:
            return None
        return RawQuote(
            symbol=symbol,
            price=price,
            quoted_at=quoted_at,
            previous_close=_close(days[earlier[0]], symbol) if earlier else None,
            currency=symbol[PAIR // 2 :],
        )

    return gather(wanted, read_one, missing="no reference rate is given for it")


def _days(body: bytes) -> dict[str, Day]:
    """Return the rates of each day by currency. Raises UnreadableQuotes."""
    text_of(body)
    days: dict[str, Day] = {}
    day: Day = {}

    def begin(name: str, attributes: dict[str, str]) -> None:
        nonlocal day
        if name.rpartition(":")[2] != "Cube":
            return
        if "time" in attributes:
            day = days.setdefault(attributes["time"], {})
        if "currency" in attributes:
            currency = attributes["currency"]
            day[currency] = TWICE if currency in day else attributes.get("rate", "")

    def refuse(*arguments: object) -> None:
        # What it could declare are entities: ways to make us read files, or without end.
        message = "the answer declares a document type, which the reference rates do not"
        raise UnreadableQuotes(message)

    parser = expat.ParserCreate("utf-8")
    parser.StartElementHandler = begin
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.ParseFile(BytesIO(body))
    except (expat.ExpatError, ValueError, LookupError) as error:
        message = f"the answer is not valid XML: {error}"
        raise UnreadableQuotes(message) from error
    if not days:
        message = "the answer contains no rates"
        raise UnreadableQuotes(message)
    return days


def _rate(day: Day, pair: str) -> Decimal | None:
    """Return how much of the second currency one of the first costs. Raises BadField."""
    if len(pair) != PAIR:
        return None
    base, counter = (
        Decimal(1) if code == "EUR" else price_of(day[code]) if code in day else None
        for code in (pair[:3], pair[3:])
    )
    if base is None or counter is None:
        return None
    # A rate of zero is passed on, to be held back under its name.
    return counter / base if base else Decimal(0)


def _close(day: Day, pair: str) -> Decimal | None:
    try:
        return _rate(day, pair)
    except BadField:
        return None


ECB = Adapter(
    name="European Central Bank",
    # Ninety days, so that the day before is in it; published with the daily file.
    address="https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist-90d.xml",
    read=read_quotes,
    interval_minutes=60,
    pace="daily",
    set_at=(PUBLISHED_AT, FRANKFURT),
)
