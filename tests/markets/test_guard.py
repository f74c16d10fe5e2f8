"""Stories of quotes, told answer by answer: what readers see after each, and what is held back."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from markets.ingest import WantedQuotes, accept, store
from markets.models import HeldQuote, Instrument, Quote
from tests.markets.factories import answer, make_instrument, raw

pytestmark = pytest.mark.django_db

# Tuesday; New York is open from 13:30 to 20:00 UTC.
TUESDAY = datetime(2026, 6, 23, 14, 0, tzinfo=UTC)
INDEX = {"group": "indices", "calendar": "NYSE", "least": 500, "most": 35_000, "prefix": ""}
FUND = {"group": "funds", "calendar": "NYSE", "least": 40, "most": 3_200}
COIN = {"group": "crypto", "least": 1_000, "most": 650_000}
OIL = {"group": "commodities", "calendar": "NYSE", "least": 5, "most": 500}
EURO = {"group": "currencies", "calendar": "XETR", "least": "0.3", "most": 3, "prefix": "",
        "decimals": 4}  # fmt: skip
UNBOUNDED = {"least": None, "most": None}


@dataclass
class Strip:
    """One instrument, and a clock that goes on with each answer."""

    instrument: Instrument
    at: datetime = TUESDAY
    asked: int = 0
    held: list[str] = field(default_factory=list)

    def hears(self, price, previous=None, *, after=5, **more):
        """Store the provider's next answer, so many minutes after the last; return what is shown."""
        if self.asked:
            self.at += timedelta(minutes=after)
        self.asked += 1
        quote = raw(price=str(price), previous=previous and str(previous), **{"at": self.at} | more)
        wanted = WantedQuotes.of(Instrument.objects.all(), name="provider_symbol", is_divided=True)
        outcome = store(answer(quote), wanted, at=self.at, origin="provider")
        self.held = [line.partition(": ")[2] for line in outcome.held]
        return self.shown

    @property
    def shown(self):
        found = Quote.objects.filter(instrument=self.instrument).values_list("price", flat=True)
        return float(found[0]) if found else None

    @property
    def close(self):
        return Quote.objects.get(instrument=self.instrument).previous_close

    def is_established(self, price, previous):
        """Let the provider tell of a price for a day, hour by hour."""
        for _ in range(25):
            assert self.hears(price, previous, after=60) == price
        return self


def strip(kind, **fields):
    return Strip(make_instrument(symbol="ONE", provider_symbol="s", **kind | fields))


# What really happens


def test_a_crash_of_an_index_by_12_per_cent_is_shown_at_once():
    index = strip(INDEX).is_established(6_000, 5_990)

    assert index.hears(5_280, 6_000) == 5_280
    assert index.close == 6_000


def test_a_coin_that_loses_60_per_cent_is_shown_at_once():
    coin = strip(COIN).is_established(60_000, 61_000)

    assert coin.hears(24_000, 61_000) == 24_000


def test_a_crash_is_shown_although_the_provider_gives_no_close():
    index = strip(INDEX).is_established(6_000, None)

    assert index.hears(5_280) == 5_280


def test_the_rise_of_a_calm_week_that_nobody_asked_about_is_shown():
    index = strip(INDEX).is_established(6_000, 5_990)

    assert index.hears(6_500, 6_480, after=5 * 24 * 60) == 6_500


def test_a_provider_that_still_gives_the_close_before_the_crash_is_believed():
    index = strip(INDEX).is_established(6_000, 5_990)
    index.hears(5_280, 6_000)

    assert index.hears(5_300, 6_000, after=17 * 60) == 5_300


def test_a_rate_that_its_central_bank_lets_go_by_a_tenth_is_shown():
    rate = strip(EURO | {"least": 1, "most": 30}).is_established(7.1, 7.09)

    assert rate.hears(7.8, 7.1, after=60) == 7.8


def test_a_days_first_quote_begins_with_the_close_of_the_day_before():
    index = strip(INDEX).is_established(6_000, 5_700)

    assert index.hears(6_100, 6_010, after=17 * 60) == 6_100


# What is wrong, said once, twice, for hours


@pytest.mark.parametrize(
    ("kind", "good", "wrong"),
    [
        (INDEX, (6_000, 5_990), (60_000, 59_900)),
        (INDEX, (6_000, 5_990), (600, 599)),
        (INDEX, (6_000, 5_990), (52_602, 5_990)),
        (INDEX, (6_000, 5_990), (5_520, 5_511)),
        (FUND, (600, 598), (6, "5.98")),
        (FUND, (600, 598), (552, 550)),
        (EURO, ("1.08", "1.081"), ("0.9259", "0.9251")),
        (EURO, ("1.03", "1.031"), ("0.9709", "0.9699")),
        (EURO, ("1.03", None), ("0.9709", None)),
        (OIL, (80, 79), (8_000, 7_900)),
        (OIL, (80, 79), (160, 158)),
        (COIN, (60_000, 59_000), (600, 590)),
        (COIN, (60_000, 59_000), (10_000, 9_800)),
    ],
    ids=["ten times", "a tenth", "+777 %", "in euros", "in hundreds", "a fund in euros",
         "the pair turned round", "nearly at par", "at par without a close", "in cents",
         "another oil", "a hundredth of a coin", "another coin"],
)  # fmt: skip
def test_another_unit_currency_or_thing_is_not_shown_however_long_it_is_repeated(kind, good, wrong):
    paper = strip(kind).is_established(*(each and float(each) for each in good))

    seen = {paper.hears(*wrong) for _ in range(12 * 24)}

    assert seen == {float(good[0])}
    assert HeldQuote.objects.get().over_at is None


def test_the_right_quotes_are_shown_again_the_moment_that_they_are_back():
    index = strip(INDEX).is_established(6_000, 5_990)
    for _ in range(20):
        index.hears(5_520, 5_511)

    assert index.hears(6_010, 5_990) == 6_010
    assert index.held == []
    assert HeldQuote.objects.get().over_at == index.at


def test_a_currency_that_was_held_on_one_day_is_held_on_the_next():
    index = strip(INDEX).is_established(6_000, 5_990)
    index.hears(5_520, 5_511)

    shown = [index.hears(5_550, 5_520, after=18 * 60), *(index.hears(5_551, 5_520) for _ in "123")]

    assert shown == [6_000] * 4


# An older quote that is wrong


def test_a_first_quote_of_the_wrong_size_gives_way_to_answers_that_agree():
    gold = strip({"group": "commodities", "least": 200, "most": 50_000})
    assert gold.hears(40_000, 39_900) == 40_000

    assert [gold.hears(4_000, 3_990), gold.hears(4_002, 3_990)] == [40_000, 40_000]
    assert gold.hears(4_001, 3_990) == 4_001
    assert gold.hears(4_003, 3_990) == 4_003


@pytest.mark.parametrize(
    ("kind", "before", "price", "close"),
    [(INDEX, 6_000, 5_590, 5_600), (OIL, 80, 70, 71), (EURO, 1.10, 1.07, 1.075)],
)
def test_a_fall_while_nobody_answered_is_shown_once_answers_agree(kind, before, price, close):
    """The worker stood still overnight: the right quotes must not wait for an editor, or a week."""
    quotes = strip(kind).is_established(before, before)

    quotes.hears(price, close, after=18 * 60)
    for _ in range(24):
        quotes.hears(price, close, after=15)

    assert quotes.shown == price


def test_answers_that_do_not_agree_with_each_other_change_nothing():
    gold = strip({"group": "commodities", "least": 200, "most": 50_000})
    gold.hears(4_000, 3_990)

    assert {gold.hears(price) for price in (40_000, 400, 40_000, 400, 20_000, 1_000)} == {4_000}


def test_an_answer_given_again_is_no_second_witness():
    gold = strip({"group": "commodities", "least": 200, "most": 50_000})
    gold.hears(4_000, 3_990)
    then = gold.at + timedelta(minutes=1)

    assert {gold.hears(40_000, 39_900, at=then) for _ in range(10)} == {4_000}


def test_what_is_a_week_old_says_little_of_a_price():
    oil = strip(OIL).is_established(80, 79)

    first = oil.hears(20, 21, after=8 * 24 * 60)

    assert [first, oil.hears(20, 21), oil.hears(20, 21)] == [80, 80, 20]


# The first quote


def test_a_first_quote_with_bounds_is_shown_at_once():
    assert strip(INDEX).hears(6_000, 5_990) == 6_000


def test_a_first_quote_without_bounds_waits_for_another_that_agrees():
    index = strip(INDEX | UNBOUNDED)

    assert index.hears(6_000, 5_990) is None
    assert index.held == ["it is the first, and nothing says what would be plausible"]
    assert index.hears(6_001, 5_990) == 6_001


def test_a_first_quote_whose_close_is_odd_is_shown_without_a_change_once_others_agree():
    index = strip(INDEX)

    shown = [index.hears(6_000, 684), index.hears(6_001, 684), index.hears(6_002, 684)]

    assert shown == [None, None, 6_002]
    assert index.close is None


# A close that is wrong


def test_a_change_of_777_per_cent_never_reaches_the_strip():
    index = strip(INDEX).is_established(6_000, 5_990)

    shown = [index.hears(6_000 + n, 684) for n in range(4)]

    assert shown == [6_000, 6_000, 6_002, 6_003]
    assert index.close is None


# Splits


@pytest.mark.parametrize(
    ("factor", "said"), [(2, "2 for 1"), (0.1, "1 for 10"), (1.5, "1.5 for 1")]
)
def test_a_split_of_a_fund_is_named_and_shown_once_answers_agree(factor, said):
    fund = strip(FUND | {"most": 9_000}).is_established(600, 598)
    price = 603 / factor

    shown = [fund.hears(price, 600 / factor, after=18 * 60)]
    assert fund.held[0].endswith(f": it looks like a split, {said}")
    shown += [fund.hears(price, 600 / factor), fund.hears(price, 600 / factor)]

    assert shown == [600, 600, price]


def test_an_index_is_never_split():
    index = strip(INDEX).is_established(6_000, 5_990)

    assert {index.hears(3_000, 2_995) for _ in range(10)} == {6_000}


# No price at all


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        ({"price": "0"}, "its price is zero"),
        ({"price": "-37.63"}, "its price is negative, −$37.63"),
        ({"price": 80, "at": TUESDAY + timedelta(days=2)}, "its time, 25 Jun 14:00 UTC, is in the future"),
        ({"price": 80, "at": TUESDAY.replace(year=2020)}, "it is of 23 June 2020, 2191 days old"),
        ({"price": 80, "currency": "EUR"}, "it is in EUR, not in USD"),
        ({"price": 501}, "$501.00 is above $500.00, its highest plausible price"),
    ],
)  # fmt: skip
def test_what_is_no_price_is_not_shown_however_often_it_comes(quote, reason):
    oil = strip(OIL)

    assert {oil.hears(**quote) for _ in range(6)} == {None}
    assert oil.held == [reason]


def test_a_price_below_zero_is_shown_once_an_editor_has_accepted_it():
    oil = strip(OIL).is_established(12, 18)
    assert oil.hears("-37.63", 18) == 12

    accept(oil.instrument, at=oil.at)

    assert oil.shown == -37.63
    assert (oil.hears("-20.5", 18), oil.close) == (-20.5, None)
    assert oil.hears(Decimal("10.01"), 18) == 10.01
