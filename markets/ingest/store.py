"""Store what a provider or a file gave: good quotes to be shown, the others to be looked at."""

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import partial

from django.db import transaction
from django.db.models import QuerySet

from markets.ingest import guard
from markets.models import PLACES, HeldQuote, Instrument, Provider, Quote
from markets.providers import Answer, RawQuote
from markets.providers.base import MOST
from wires import generations

logger = logging.getLogger(__name__)

SMALLEST = Decimal(10) ** -PLACES
REPLACED = ("price", "previous_close", "quoted_at", "since", "stored_at", "origin", "given_by",
        "corrected_by", "reason", "current_until")  # fmt: skip
HELD_REPLACED = ("price", "previous_close", "quoted_at", "reason", "held_at", "times", "agreeing",
        "given_by", "over_at")  # fmt: skip


@dataclass(slots=True)
class QuotesOutcome:
    """What an answer brought: quotes that are new, those known already, and those held back."""

    new: int = 0
    known: int = 0
    held: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedQuotes:
    """Which instruments an answer is asked for, by the symbols that it names them with."""

    instruments: Mapping[str, Sequence[int]]
    # A provider's own figures may count in other units, a file's and a standby's are the instrument's.
    is_divided: bool = True
    undivided: frozenset[int] = frozenset()
    given_by: Provider | None = None

    @classmethod
    def of(
        cls, instruments: QuerySet[Instrument], *, name: str, is_divided: bool
    ) -> "WantedQuotes":
        """Ask for instruments by the field `name`. One query."""
        rows = instruments.order_by("position", "pk").values_list("pk", name)
        return cls(instruments=_by_symbol(rows), is_divided=is_divided)

    @classmethod
    def from_provider(cls, provider: Provider, instruments: Iterable[Instrument]) -> "WantedQuotes":
        """Ask a provider for instruments by its names for them."""
        rows = list(instruments)
        own = [one for one in rows if one.provider_id == provider.pk]
        others = [one for one in rows if one.provider_id != provider.pk]
        named = [(one.pk, one.provider_symbol) for one in own]
        named += [(one.pk, one.standby_symbol) for one in others]
        return cls(
            instruments=_by_symbol(named),
            undivided=frozenset(one.pk for one in others),
            given_by=provider,
        )

    def only(self, symbols: Collection[str]) -> "WantedQuotes":
        """Ask for those of the symbols that there are."""
        kept = {symbol: pks for symbol, pks in self.instruments.items() if symbol in symbols}
        return replace(self, instruments=kept)


def _by_symbol(rows: Iterable[tuple[int, str]]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for pk, symbol in rows:
        found.setdefault(symbol, []).append(pk)
    return found


def store(answer: Answer, wanted: WantedQuotes, *, at: datetime, origin: str) -> QuotesOutcome:
    """Store an answer and return the outcome. At most seven queries, however long the answer."""
    outcome = QuotesOutcome()
    symbols = {pk: symbol for symbol, pks in wanted.instruments.items() for pk in pks}
    with transaction.atomic():
        found = Instrument.objects.filter(pk__in=symbols)
        # Before the quotes are read: what an editor writes meanwhile is not to be lost. By the
        # key, which nobody moves, or two who lock several could wait for each other.
        list(found.select_for_update(no_key=True).order_by("pk").values_list("pk"))
        storing = _Storing(at=at, origin=origin, outcome=outcome, given_by=wanted.given_by)
        for instrument in found.select_related("quote", "held").in_order():
            symbol = symbols[instrument.pk]
            raw = answer.quotes.get(symbol)
            if raw is None:
                storing.hold(
                    instrument, answer.faults.get(symbol, "the provider gave no quote for it")
                )
            else:
                is_divided = wanted.is_divided and instrument.pk not in wanted.undivided
                storing.take(instrument, _in_its_unit(raw, instrument) if is_divided else raw)
        storing.write()
    return outcome


def _in_its_unit(raw: RawQuote, instrument: Instrument) -> RawQuote:
    by = instrument.divided_by
    close = raw.previous_close
    return replace(raw, price=raw.price / by, previous_close=None if close is None else close / by)


class _Storing:
    """One answer on its way into the database: judged row by row, written at once."""

    def __init__(
        self, *, at: datetime, origin: str, outcome: QuotesOutcome, given_by: Provider | None
    ) -> None:
        self._given_by = given_by
        self._at = at
        self._origin = origin
        self._outcome = outcome
        self._quotes: list[Quote] = []
        self._held: list[HeldQuote] = []
        self._over: list[int] = []

    def take(self, instrument: Instrument, raw: RawQuote) -> None:
        before = getattr(instrument, "quote", None)
        if before is not None and before.is_current(self._at):
            self._outcome.known += 1
            return
        # What people wrote or the demo invented says nothing of when and what is to come.
        earlier = before if before and not (before.is_demo or before.is_by_hand) else None
        is_older = earlier is not None and raw.quoted_at < earlier.quoted_at
        # What is years old is no earlier answer that came late: the desk hears of it.
        if is_older and raw.quoted_at >= self._at - guard.OLDEST:
            self._outcome.known += 1
            return
        held = held_of(instrument)
        found = guard.doubt(raw, instrument, earlier, held, at=self._at)
        # Who gives a file vouches for it.
        if found and found.kind is guard.Kind.FIRST and self._origin != Quote.Origin.PROVIDER:
            found = None
        agreeing = _agreeing(raw, instrument, held)
        if found and not guard.is_over(found, earlier, agreeing=agreeing, at=self._at):
            self.hold(instrument, found.reason, raw, agreeing=agreeing)
            return
        self._end_holding(instrument)
        quote = quote_of(instrument, raw, at=self._at, origin=self._origin)
        quote.given_by = self._given_by
        if earlier and not found:
            quote.since = earlier.since
        if earlier and _says_the_same(earlier, quote):
            self._outcome.known += 1
            return
        self._quotes.append(quote)
        self._outcome.new += 1

    def hold(
        self,
        instrument: Instrument,
        reason: str,
        raw: RawQuote | None = None,
        *,
        agreeing: int = 1,
    ) -> None:
        """Keep what came apart, and leave the last good quote where it is."""
        before = held_of(instrument)
        held = HeldQuote(
            instrument=instrument, reason=reason[:300], held_at=self._at, agreeing=agreeing
        )
        if before is not None:
            held.held_at, held.times = before.held_at, before.times + 1
        if raw is not None and abs(raw.price) < MOST:
            held.price = raw.price.quantize(SMALLEST)
            held.previous_close = close_of(raw, instrument)
            held.quoted_at = raw.quoted_at
            held.given_by = self._given_by
        self._held.append(held)
        line = f"{instrument.symbol}: {reason}"
        self._outcome.held.append(line)
        # Said once, not at every poll.
        if before is None:
            logger.warning("A quote of %s is held back: %s", instrument.symbol, reason)

    def _end_holding(self, instrument: Instrument) -> None:
        if held := held_of(instrument):
            self._over.append(held.pk)

    def write(self) -> None:
        HeldQuote.objects.bulk_create(
            self._held,
            update_conflicts=True,
            unique_fields=["instrument"],
            update_fields=HELD_REPLACED,
        )
        if self._over:
            HeldQuote.objects.filter(pk__in=self._over).update(over_at=self._at)
        if self._quotes:
            write_quotes(self._quotes)


def held_of(instrument: Instrument) -> HeldQuote | None:
    """Return what is held back of an instrument now, as it was read with it."""
    held: HeldQuote | None = getattr(instrument, "held", None)
    return held if held is not None and held.over_at is None else None


def _agreeing(raw: RawQuote, instrument: Instrument, held: HeldQuote | None) -> int:
    """Return how many answers in a row tell of the same price, this one included."""
    if held is None:
        return 1
    is_same_time = held.quoted_at == raw.quoted_at
    if is_same_time and held.price is not None and abs(held.price - raw.price) < SMALLEST:
        # The same one, given again, is no other witness.
        return held.agreeing
    return held.agreeing + 1 if guard.agrees(raw, instrument, held) else 1


def quote_of(instrument: Instrument, raw: RawQuote, *, at: datetime, origin: str) -> Quote:
    return Quote(
        instrument=instrument,
        price=raw.price.quantize(SMALLEST),
        previous_close=close_of(raw, instrument),
        quoted_at=raw.quoted_at,
        since=raw.quoted_at,
        stored_at=at,
        origin=origin,
    )


def close_of(raw: RawQuote, instrument: Instrument) -> Decimal | None:
    """Return the close that a change is reckoned from, as it is stored; None where there is none."""
    close = guard.plausible_close(raw, instrument)
    return (close.quantize(SMALLEST) or None) if close is not None else None


def _says_the_same(before: Quote, quote: Quote) -> bool:
    return (before.price, before.previous_close, before.quoted_at) == (
        quote.price,
        quote.previous_close,
        quote.quoted_at,
    )


def write_quotes(quotes: Sequence[Quote]) -> None:
    """Write quotes in place of those before, and take the demo's away once there is a real one."""
    Quote.objects.bulk_create(
        quotes, update_conflicts=True, unique_fields=["instrument"], update_fields=REPLACED
    )
    if any(not quote.is_demo for quote in quotes):
        Quote.objects.filter(origin=Quote.Origin.DEMO).delete()
    transaction.on_commit(partial(generations.bump, "quotes"), robust=True)
