"""What all adapters share: the quotes they give back, and how a price and a moment are read."""

import csv
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from markets.providers.refusals import Refusal, error_in, line_in, page_in

LONGEST_PRICE = 40
# What the database holds; nothing that is quoted costs more, or less and yet something.
MOST = Decimal(10) ** 13
LEAST = Decimal(10) ** -10
SHOWN = 60
WHOLE = Decimal(100)
_PRICE = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_COMMA = re.compile(r"[+-]?[0-9.]*,[0-9]+")
# What stands in the place of a value that an answer gives twice: neither counts.
TWICE = "(given twice)"
IS_TWICE = "the answer has it twice, so neither price counts"


class UnreadableQuotes(Exception):
    """An answer that holds no quotes at all; the message is one line for people."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class LimitReached(UnreadableQuotes):
    """The site has answered as often as it wants to; it is left alone for a while."""

    retry_after = timedelta(hours=1)


class BadField(Exception):
    """A field that is not what it should be; the message goes on from the name of its quote."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RawQuote:
    """A price as its provider gives it, zero and negative ones included, and when it was true.

    `currency` is ISO 4217, "" where the provider does not say it.
    """

    symbol: str
    price: Decimal
    quoted_at: datetime
    previous_close: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The quotes that could be read, and by symbol what was wrong with those that could not."""

    quotes: Mapping[str, RawQuote] = field(default_factory=dict)
    faults: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Adapter:
    """A provider: where it is asked, and how its answer is read.

    In `address` stand {symbols}, joined by `joined_by`, and {key}. "" is an address that only the
    paper can name. `read` takes a body and the symbols wanted, and raises UnreadableQuotes.
    `pace` says to readers how its prices differ from those of the moment, "" where they do not.
    It is asked for `at_a_time` symbols at once, 0 for all of them, and for `most_a_day` times in a
    day of UTC, 0 where it sets no such limit. `set_at` is when it has a new price on a working day,
    and where, if it has one a day. By `settles_after` a close it has given it.
    """

    name: str
    address: str
    read: Callable[[bytes, Collection[str]], Answer]
    interval_minutes: int
    joined_by: str = ","
    pace: str = ""
    needs_key: bool = False
    at_a_time: int = 0
    most_a_day: int = 0
    set_at: tuple[time, ZoneInfo] | None = None
    # Long enough for who is a quarter of an hour late.
    settles_after: timedelta = timedelta(minutes=30)

    def address_for(self, address: str, symbols: Collection[str], key: str) -> str:
        """Return what to ask; `address` is the site's setting, "" for the provider's default."""
        joined = self.joined_by.join(quote(symbol, safe="^.-:") for symbol in sorted(symbols))
        asked = address or self.address
        return asked.replace("{symbols}", joined).replace("{key}", quote(key, safe=""))


def gather(
    wanted: Collection[str], read_one: Callable[[str], RawQuote | None], *, missing: str
) -> Answer:
    """Read the wanted symbols one by one, so that a bad one does not lose the others.

    `read_one` gives None for one that the answer does not name, and raises BadField.
    """
    quotes, faults = {}, {}
    for symbol in wanted:
        try:
            found = read_one(symbol)
        except BadField as error:
            faults[symbol] = str(error)
            continue
        if found is None:
            faults[symbol] = missing
        else:
            quotes[symbol] = found
    return Answer(quotes, faults)


def text_of(body: bytes) -> str:
    """Decode an answer. Raises UnreadableQuotes, also where it is a web page."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = "the answer is not text in UTF-8"
        raise UnreadableQuotes(message) from error
    if refusal := page_in(text):
        raise refused(refusal)
    if not text.strip():
        message = "the answer is empty"
        raise UnreadableQuotes(message)
    if refusal := line_in(text):
        raise refused(refusal, text)
    return text


def refusal_in(body: bytes) -> str:
    """Return in a line what the body of a 403, 503 and the like says; "" for a page of any kind."""
    try:
        text = body.decode("utf-8-sig", "replace")
        if (page := page_in(text)) is not None:
            return "" if page is Refusal.PAGE else str(page)
        if (line := line_in(text)) is not None:
            return refused(line, text).message
        told = error_in(json.loads(text))
    except (ValueError, RecursionError):
        return ""
    return refused(*told).message if told else ""


def refused(refusal: Refusal, words: str = "") -> UnreadableQuotes:
    """Return the error that says what a site sent in place of quotes, with its own words."""
    message = f"{refusal}: {shown(words)}" if words else str(refusal)
    return LimitReached(message) if refusal is Refusal.LIMIT else UnreadableQuotes(message)


def json_of(text: str) -> Any:
    """Read JSON, its numbers as Decimals; what a name is given twice is TWICE.

    Raises UnreadableQuotes, also where it tells of an error.
    """
    try:
        # Constants are NaN and the infinities, which JSON does not know; they stay words.
        given = json.loads(
            text,
            parse_float=_decimal,
            parse_int=_decimal,
            parse_constant=str,
            object_pairs_hook=_object,
        )
    except (ValueError, RecursionError) as error:
        message = f"the answer is not valid JSON: {shown(text)}"
        raise UnreadableQuotes(message) from error
    if told := error_in(given):
        raise refused(*told)
    return given


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        found[name] = TWICE if name in found else value
    return found


def _decimal(text: str) -> Decimal | str:
    # A word, not a number: the caller that reads the price says what is wrong with it.
    return Decimal(text) if _PRICE.fullmatch(text) and len(text) <= LONGEST_PRICE else text


def rows_of(text: str, *, needed: Collection[str]) -> Iterator[dict[str, str]]:
    """Read CSV with a header, names in lower case; comma or semicolon parts the fields.

    A row with too many or too few fields, or an unreadable one, has its line under "". No field
    goes over two lines, so that a stray quotation mark costs one row. Raises UnreadableQuotes.
    """
    header = text.lstrip().partition("\n")[0]
    delimiter = ";" if ";" in header else ","
    names: list[str] = []
    for line in text.splitlines():
        try:
            cells = [cell.strip() for cell in next(csv.reader([line], delimiter=delimiter), [])]
        except csv.Error:
            cells = [cell.strip() for cell in line.split(delimiter)] + [""]
        if not any(cells):
            continue
        if not names:
            names = _header(cells, needed)
            continue
        found = dict(zip(names, cells, strict=False))
        is_whole = len(cells) == len(names)
        yield found if is_whole else dict.fromkeys(names, "") | found | {"": ",".join(cells)}


def _header(row: list[str], needed: Collection[str]) -> list[str]:
    names = [cell.strip().lower() for cell in row]
    if twice := next((name for name in needed if names.count(name) > 1), ""):
        message = f"the column {twice} stands twice in the first line: {shown(','.join(row))}"
        raise UnreadableQuotes(message)
    lacking = [name for name in needed if name not in names]
    if lacking:
        message = f"the column {lacking[0]} is missing; the first line is: {shown(','.join(row))}"
        raise UnreadableQuotes(message)
    return names


def object_of(text: str) -> dict[str, Any]:
    """Return the object that an answer in JSON is. Raises UnreadableQuotes."""
    given = json_of(text)
    if not isinstance(given, dict):
        message = f"the answer is not the expected JSON: {shown(str(given))}"
        raise UnreadableQuotes(message)
    return given


def refuse_twice(found: Any) -> None:
    """Raise BadField for what `json_of` found twice under one name: neither counts."""
    if found == TWICE:
        raise BadField(IS_TWICE)


def by_symbol[Row: Mapping[str, Any]](rows: Iterable[Row]) -> dict[str, Row | None]:
    """Return rows by their symbols in lower case; None for one that several rows have."""
    found: dict[str, Row | None] = {}
    for row in rows:
        symbol = str(row["symbol"]).strip().lower()
        found[symbol] = None if symbol in found else row
    return found


def row_of[Row: Mapping[str, Any]](rows: Mapping[str, Row | None], symbol: str) -> Row | None:
    """Return the one row of a symbol, None where there is none. Raises BadField for several."""
    row = rows.get(symbol.lower())
    if row is None and symbol.lower() in rows:
        raise BadField(IS_TWICE)
    return row


def price_of(given: Any) -> Decimal:
    """Read a price, of whatever sign. Raises BadField."""
    text = str(given).strip()
    if not text:
        message = "no price is given"
        raise BadField(message)
    if _COMMA.fullmatch(text):
        message = f"{shown(text)} has a comma instead of a decimal point"
        raise BadField(message)
    if len(text) > LONGEST_PRICE or not _PRICE.fullmatch(text):
        message = f"{shown(text)} is not a price"
        raise BadField(message)
    price = Decimal(text)
    if price and not LEAST <= abs(price) < MOST:
        message = f"{shown(text)} is outside any plausible range"
        raise BadField(message)
    return price


def before_change(price: Decimal, percent: Any) -> Decimal | None:
    """Return the price that has changed by so many per cent; None where that cannot be told."""
    try:
        factor = 1 + price_of(percent) / WHOLE
    except BadField:
        return None
    return price / factor if factor > 0 else None


def moment_of(given: str) -> datetime:
    """Read ISO 8601 with its zone, or seconds since 1970. Raises BadField."""
    text = str(given).strip()
    try:
        if re.fullmatch(r"[0-9]{1,12}(?:\.0)?", text):
            return datetime.fromtimestamp(int(Decimal(text)), UTC)
        moment = datetime.fromisoformat(text)
        return within_reason(moment, text)
    except (ValueError, OverflowError, OSError) as error:
        raise _no_moment(text) from error


def within_reason(moment: datetime, text: str) -> datetime:
    """Return the moment in UTC. Raises BadField where it has no zone or lies in another age."""
    if moment.tzinfo is None:
        message = f"the time {shown(text)} has no time zone"
        raise BadField(message)
    # At the ends of the calendar another zone's hour may not exist.
    if not 1970 <= moment.year <= 2200:
        raise _no_moment(text)
    return moment.astimezone(UTC)


def _no_moment(text: str) -> BadField:
    return BadField(f"{shown(text)} is not a time" if text else "no time is given")


def shown(text: str) -> str:
    """Return the beginning of foreign text, fit for one line of a log."""
    line = "".join(sign if sign.isprintable() else " " for sign in text[: 4 * SHOWN])
    line = " ".join(line.split())
    return line if len(line) <= SHOWN else f"{line[: SHOWN - 1]}…"
