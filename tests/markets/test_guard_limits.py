"""Quotes on both sides of each limit of the guard, without a database: which doubt, and which words."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from markets.ingest import guard
from markets.ingest.guard import Doubt, Kind
from markets.models import HeldQuote, Instrument, Quote
from tests.clock import NOON, later
from tests.markets.factories import raw

MICROSECOND = timedelta(microseconds=1)


def instrument(group="indices", **fields):
    bounds = {"least": Decimal("0.001"), "most": Decimal(1_000_000)}
    return Instrument(group=group, currency="USD", **{"calendar": "NYSE"} | bounds | fields)


def quote(price, *, previous=None, at=NOON, since=NOON):
    previous_close = previous and Decimal(previous)
    return Quote(price=Decimal(price), previous_close=previous_close, quoted_at=at, since=since)


def held(price, *, at=NOON, held_at=NOON):
    return HeldQuote(price=price and Decimal(price), quoted_at=at, held_at=held_at)


def doubt(new, kind, before=None, held_quote=None, *, at=NOON):
    found = guard.doubt(new, kind, before, held_quote, at=at)
    return found and (found.kind, found.reason)


# The first quote


@pytest.mark.parametrize("missing", ["least", "most"])
def test_a_first_quote_with_only_one_bound_waits_for_a_second_answer(missing):
    found = doubt(raw(price="100"), instrument(**{missing: None}))

    assert found == (Kind.FIRST, "it is the first, and nothing says what would be plausible")


def test_a_first_quote_within_both_bounds_is_shown():
    assert doubt(raw(price="100", previous="99"), instrument()) is None


def test_a_first_quote_far_from_its_own_close_is_doubted():
    found = doubt(raw(price="100", previous="10"), instrument())

    assert found == (
        Kind.CLOSE,
        "its price, 100.00, and its previous close, 10.00, are too far apart",
    )


# What is no price


@pytest.mark.parametrize(
    ("new", "reason"),
    [
        (raw(price="0"), "its price is zero"),
        (raw(price="-1"), "its price is negative, −1.00"),
        (raw(price="-0.5"), "its price is negative, −0.50"),
        (raw(price="100", currency="EUR"), "it is in EUR, not in USD"),
        (raw(price="100", currency="XQX"), "its currency, XQX, does not exist"),
        (raw(price="100", currency="abcdefghijklmnop"),
         "its currency, abcdefghijkl, does not exist"),
        (raw(price="0.0005"), "0.00050 is below 0.0010, its lowest plausible price"),
        (raw(price="1000001"), "1,000,001.00 is above 1,000,000.00, its highest plausible price"),
        (raw(at=later(minutes=2) + MICROSECOND), "its time, 25 Jun 12:02 UTC, is in the future"),
        (raw(at=later(days=-14) - MICROSECOND), "it is of 11 June 2026, 14 days old"),
    ],
)  # fmt: skip
def test_what_is_no_price_says_why(new, reason, at_noon):
    assert doubt(new, instrument()) == (Kind.NO_PRICE, reason)


@pytest.mark.parametrize("at", [later(minutes=2), later(days=-14)])
def test_a_quote_at_the_limits_of_its_age_is_shown(at):
    assert doubt(raw(at=at), instrument()) is None


@pytest.mark.parametrize(("price", "before"), [("-0.5", "-0.6"), ("0.5", "-0.6"), ("-9", "-0.5")])
def test_below_zero_nothing_is_compared_once_an_editor_let_it_in(price, before):
    below = instrument(least=None)

    assert doubt(raw(price=price, previous="90"), below, quote(before)) is None


def test_above_zero_prices_below_one_are_compared():
    found = doubt(raw(price="0.9"), instrument(), quote("0.5"))

    assert found == (Kind.LEVEL, "it went from 0.50 to 0.90 in 1 minute")


def test_a_negative_price_after_a_positive_one_is_for_an_editor():
    found = doubt(raw(price="-0.5"), instrument(), quote("0.5"))

    assert found == (Kind.NO_PRICE, "its price is negative, −0.50")


# Other levels

INDEX_NEAR = "105"  # of 100: 5 % between two answers


def test_a_price_that_goes_on_is_doubted_only_for_its_own_close():
    new = raw(price=INDEX_NEAR, previous="10")

    assert doubt(new, instrument(), quote("100"))[0] is Kind.CLOSE
    assert doubt(replace(new, price=Decimal("105.01")), instrument(), quote("100"))[0] is Kind.LEVEL


def test_an_odd_close_of_another_level_that_goes_on_by_its_close_is_doubted():
    # Its close is next to the last quote, and its price is not: no day brings that.
    found = doubt(raw(price="200", previous="101"), instrument(), quote("100"))

    assert found == (
        Kind.LEVEL,
        "its price, 200.00, and its previous close, 101.00, are too far apart",
    )


@pytest.mark.parametrize(
    ("price", "is_doubted"), [("130", False), ("130.01", True), ("76.93", False), ("76.92", True)]
)
def test_a_price_without_a_close_goes_as_far_as_a_day_does(price, is_doubted):
    assert (doubt(raw(price=price), instrument(), quote("100")) is not None) == is_doubted


@pytest.mark.parametrize(
    ("minutes", "said"),
    [(0, "1 minute"), (1, "1 minute"), (2, "2 minutes"), (119, "119 minutes"), (120, "2 hours"),
     (181, "3 hours")],
)  # fmt: skip
def test_a_leap_says_how_long_it_took(minutes, said):
    at = later(minutes=minutes)

    found = doubt(raw(price="200", at=at), instrument(), quote("100"), at=at)

    assert found == (Kind.LEVEL, f"it went from 100.00 to 200.00 in {said}")


@pytest.mark.parametrize(
    ("close", "kind"), [("130", None), ("130.01", Kind.LEVEL), ("76.93", None), ("76.92", Kind.LEVEL)]
)  # fmt: skip
def test_the_close_of_a_next_day_goes_as_far_as_a_day_does(close, kind):
    new = raw(price=close, previous=close, at=later(hours=20))

    found = doubt(new, instrument(), quote("100"), at=later(hours=20))

    assert (found and found[0]) == kind
    if found:
        assert found[1] == f"its previous close is {close}, and the last quote was 100.00"


@pytest.mark.parametrize(
    ("close", "known", "after", "kind"),
    [
        # The close that the last good quote had, give or take.
        ("91.8", "90", timedelta(minutes=5), None),
        ("91.81", "90", timedelta(minutes=5), Kind.LEVEL),
        ("90", "95", timedelta(minutes=5), Kind.LEVEL),
        # The price itself may be the close by now.
        ("105", "80", timedelta(minutes=5), None),
        ("106", "80", timedelta(minutes=5), Kind.LEVEL),
        # It was not looked at for two hours: it may be true.
        ("90", "95", timedelta(hours=2) - MICROSECOND, Kind.LEVEL),
        ("90", "95", timedelta(hours=2), Kind.JUMP),
        # After twenty hours there is another close.
        ("90", "95", timedelta(hours=20) - MICROSECOND, Kind.JUMP),
        ("90", "95", timedelta(hours=20), None),
        # Nothing is known of its close.
        ("90", None, timedelta(minutes=5), None),
    ],
)  # fmt: skip
def test_a_close_within_a_day_is_the_one_that_is_known(close, known, after, kind):
    at = NOON + after
    new = raw(price="110", previous=close, at=at)

    found = doubt(new, instrument(), quote("100", previous=known), at=at)

    told = f"its previous close is {Decimal(close):.2f}, and the last quote was 100.00"
    assert found == (kind and (kind, told))


def test_a_coin_has_no_close_that_stays():
    new, coin = raw(price="130", previous="90"), instrument("crypto", calendar="")

    assert doubt(new, coin, quote("100", previous="95")) is None


@pytest.mark.parametrize(
    ("held_price", "kind"),
    [
        ("90", Kind.LEVEL),
        ("0.9", None),
        # As near to the one as to the other: it begins with what was shown.
        ("81", None),
        ("80.9", None),
        ("81.1", Kind.LEVEL),
        (None, None),
        ("-90", None),
        ("0", None),
    ],
)
def test_a_day_that_begins_with_what_was_held_back_is_doubted(held_price, kind):
    new = raw(price="91", previous="90", at=later(minutes=5))

    found = doubt(new, instrument(), quote("100"), held(held_price), at=later(minutes=5))

    assert (found and found[0]) == kind


def test_prices_below_one_are_compared_with_what_was_held_back_too():
    new = raw(price="0.91", previous="0.90", at=later(minutes=5))

    found = doubt(new, instrument(), quote("1"), held("0.90"), at=later(minutes=5))

    assert found is not None


@pytest.mark.parametrize(("hours", "kind"), [(1, Kind.LEVEL), (2, Kind.JUMP)])
def test_how_long_nobody_looked_is_counted_to_when_holding_began(hours, kind):
    new = raw(price="91", previous="90", at=later(hours=5))
    since = held("90", held_at=later(hours=hours))

    assert doubt(new, instrument(), quote("100"), since, at=later(hours=5))[0] is kind


# Pairs


@pytest.mark.parametrize(
    ("price", "close", "said"),
    [
        ("0.5", None, True),
        ("0.51", None, True),
        ("0.5101", None, False),
        ("0.5", "0.501", True),
        # Its close goes on from the last quote: the price leapt.
        ("0.5", "1.99", False),
        # As far from the one as from the other.
        ("0.5", "1", False),
    ],
)
def test_a_pair_that_is_given_the_other_way_round_is_named(price, close, said):
    found = doubt(raw(price=price, previous=close), instrument("currencies"), quote("2"))

    turned_round = "0.50 after 2.00 looks like the pair the other way round"
    assert (found == (Kind.LEVEL, turned_round.replace("0.50", f"{float(price):.2f}"))) == said


def test_only_a_currency_is_turned_round():
    found = doubt(raw(price="0.5"), instrument(), quote("2"))

    assert found == (Kind.LEVEL, "it went from 2.00 to 0.50 in 1 minute")


# Splits


@pytest.mark.parametrize(
    ("close", "said"),
    [
        ("50", "2 for 1"),
        ("48.08", "2 for 1"),
        ("48.07", ""),
        ("10", "10 for 1"),
        ("2", "50 for 1"),
        ("200", "1 for 2"),
        ("208", "1 for 2"),
        ("208.01", ""),
        ("1000", "1 for 10"),
    ],
)
@pytest.mark.parametrize("fund", [{"group": "funds"}, {"stands_for": "S&P 500"}])
def test_a_split_is_named_within_the_move_of_a_day(close, said, fund):
    found = doubt(raw(price=close, previous=close), instrument(**fund), quote("100"))

    told = f"its previous close is {Decimal(close):,.2f}, and the last quote was 100.00"
    expected = (Kind.JUMP, f"{told}: it looks like a split, {said}")
    assert found == (expected if said else (Kind.LEVEL, told))


def test_a_split_is_named_at_the_very_end_of_the_move_of_a_day():
    kind, reason = doubt(raw(price="50", previous="50"), instrument("funds"), quote("104"))

    assert (kind, reason[-9:]) == (Kind.JUMP, ", 2 for 1")


def test_an_index_is_not_split():
    found = doubt(raw(price="50", previous="50"), instrument(), quote("100"))

    assert found == (Kind.LEVEL, "its previous close is 50.00, and the last quote was 100.00")


# How many answers are enough


@pytest.mark.parametrize(
    ("kind", "enough"), [(Kind.FIRST, 2), (Kind.LEVEL, 3), (Kind.JUMP, 3), (Kind.CLOSE, 3)]
)
def test_a_quote_is_shown_once_enough_answers_agree(kind, enough):
    def is_over(agreeing):
        before = quote("100", previous="99", since=NOON)
        return guard.is_over(Doubt(kind, ""), before, agreeing=agreeing, at=NOON)

    assert [is_over(enough - 1), is_over(enough)] == [False, True]


def test_what_is_no_price_is_never_shown():
    found = Doubt(Kind.NO_PRICE, "")

    assert not guard.is_over(found, quote("100"), agreeing=99, at=NOON)
    assert not guard.is_over(found, None, agreeing=99, at=NOON)


def test_another_level_is_believed_where_nothing_was_shown_before():
    assert guard.is_over(Doubt(Kind.LEVEL, ""), None, agreeing=3, at=NOON)


@pytest.mark.parametrize(
    ("lasted", "age", "expected"),
    [
        (timedelta(hours=20), timedelta(0), False),
        (timedelta(hours=20) - MICROSECOND, timedelta(0), True),
        (timedelta(hours=20), timedelta(days=7), False),
        (timedelta(hours=20), timedelta(days=7) + MICROSECOND, True),
    ],
)
def test_an_established_price_stands_against_any_number_for_a_week(lasted, age, expected):
    before = quote("100", at=NOON, since=NOON - lasted)

    assert guard.is_over(Doubt(Kind.LEVEL, ""), before, agreeing=99, at=NOON + age) == expected


def test_a_price_without_a_beginning_is_established():
    before = quote("100", since=None)

    assert not guard.is_over(Doubt(Kind.LEVEL, ""), before, agreeing=99, at=NOON)
    assert guard.is_over(Doubt(Kind.JUMP, ""), before, agreeing=3, at=NOON)


@pytest.mark.parametrize(
    ("before", "expected"), [(quote("100"), True), (quote("100", previous="99"), False),
                             (None, False)]
)  # fmt: skip
def test_an_odd_close_is_let_in_at_once_after_a_quote_without_one(before, expected):
    assert guard.is_over(Doubt(Kind.CLOSE, ""), before, agreeing=1, at=NOON) == expected


# Answers that agree


@pytest.mark.parametrize(
    ("price", "seconds", "expected"),
    [("105", 1, True), ("105.01", 1, False), ("95.3", 1, True), ("95", 1, False), ("100", 0, False),
     ("100", -1, False)],
)  # fmt: skip
def test_a_later_quote_that_is_near_agrees_with_the_one_held_back(price, seconds, expected):
    new = raw(price=price, at=later(seconds=seconds))

    assert guard.agrees(new, instrument(), held("100")) == expected


@pytest.mark.parametrize(
    ("new", "kept", "expected"),
    [
        ("0.51", held("0.5"), True),
        ("0", held("0.5"), False),
        ("-0.5", held("-0.5"), False),
        ("0.5", held("-0.5"), False),
        ("-0.5", held("0.5"), False),
        ("0.5", held(None), False),
        ("0.5", held("0"), False),
        ("0.5", held("0.5", at=None), False),
    ],
)
def test_only_prices_above_zero_with_a_time_agree(new, kept, expected):
    assert guard.agrees(raw(price=new, at=later(minutes=1)), instrument(), kept) == expected


# The close that a change is reckoned from


@pytest.mark.parametrize(
    ("price", "close", "kept"),
    [
        ("0.5", "0.5", "0.5"),
        ("0.5", "0.65", "0.65"),
        ("0.5", "0.651", None),
        ("0.5", None, None),
        ("0", "1", None),
        ("-1", "1", None),
        ("1e-10", "1e-10", "1e-10"),
        ("1e-10", "0.99e-10", None),
        ("9e12", "1e13", None),
        ("9e12", "9999999999999", "9999999999999"),
    ],
)
def test_a_close_is_plausible_within_a_day_of_its_price(price, close, kept):
    found = guard.plausible_close(raw(price=price, previous=close), instrument())

    assert found == (kept and Decimal(kept))
