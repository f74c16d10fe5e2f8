"""What all adapters share: the quotes they give back, and how a price and a moment are read."""

import csv
import json
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from urllib.parse import quote

LONGEST_PRICE = 40
# What the database holds; nothing that is quoted costs more, or less and yet something.
MOST = Decimal(10) ** 13
LEAST = Decimal(10) ** -10
SHOWN = 60
_PRICE = re.compile(r"[+-]?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_COMMA = re.compile(r"[+-]?[0-9.]*,[0-9]+")
_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)


class UnreadableQuotes(Exception):
    """An answer that holds no quotes at all; the message is one line for people."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


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
    """

    name: str
    address: str
    read: Callable[[bytes, Collection[str]], Answer]
    interval_minutes: int
    joined_by: str = ","
    pace: str = ""

    def address_for(self, address: str, symbols: Collection[str], key: str) -> str:
        """Return what to ask; `address` is the site's setting, "" for the provider's default."""
        joined = self.joined_by.join(quote(symbol, safe="^.-") for symbol in sorted(symbols))
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
    if _PAGE.match(text):
        message = "the answer is a web page, not quotes: open the address in a browser"
        raise UnreadableQuotes(message)
    if not text.strip():
        message = "the answer is empty"
        raise UnreadableQuotes(message)
    return text


def json_of(text: str) -> Any:
    """Read JSON, its numbers as Decimals. Raises UnreadableQuotes."""
    try:
        # Constants are NaN and the infinities, which JSON does not know; they stay words.
        return json.loads(text, parse_float=_decimal, parse_int=_decimal, parse_constant=str)
    except (ValueError, RecursionError) as error:
        message = f"the answer is not valid JSON: {shown(text)}"
        raise UnreadableQuotes(message) from error


def _decimal(text: str) -> Decimal | str:
    # A word, not a number: the caller that reads the price says what is wrong with it.
    return Decimal(text) if _PRICE.fullmatch(text) and len(text) <= LONGEST_PRICE else text


def rows_of(text: str, *, needed: Collection[str]) -> Iterator[dict[str, str]]:
    """Read CSV with a header, names in lower case; comma or semicolon parts the fields.

    A row with too many or too few fields has its line under "". Raises UnreadableQuotes.
    """
    header = text.lstrip().partition("\n")[0]
    reader = csv.reader(text.splitlines(), delimiter=";" if ";" in header else ",")
    names: list[str] = []
    try:
        for row in reader:
            if not any(cell.strip() for cell in row):
                continue
            if not names:
                names = _header(row, needed)
                continue
            cells = [cell.strip() for cell in row]
            found = dict(zip(names, cells, strict=False))
            is_whole = len(cells) == len(names)
            yield found if is_whole else dict.fromkeys(names, "") | found | {"": ",".join(cells)}
    except csv.Error as error:
        message = f"the answer is not valid CSV: {error}"
        raise UnreadableQuotes(message) from error


def _header(row: list[str], needed: Collection[str]) -> list[str]:
    names = [cell.strip().lower() for cell in row]
    lacking = [name for name in needed if name not in names]
    if lacking:
        message = f"the column {lacking[0]} is missing; the first line is: {shown(','.join(row))}"
        raise UnreadableQuotes(message)
    return names


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
