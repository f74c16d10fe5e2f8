"""Storing an answer: quotes are new, known, or held back with a reason."""

import logging
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from markets.ingest import WantedQuotes, accept, correct, release, store
from markets.ingest.hand import NotAcceptable
from markets.models import HeldQuote, Instrument, Quote
from tests.clock import NOON, later
from tests.markets.factories import (
    answer,
    make_held,
    make_instrument,
    make_provider,
    make_quote,
    raw,
)
from tests.newsroom.factories import make_user
from wires import generations

pytestmark = pytest.mark.django_db


@pytest.fixture
def gold():
    return make_instrument("Gold", symbol="GOLD", provider_symbol="s")


def take(*quotes, at=NOON, origin="provider", is_divided=True, **faults):
    """Store an answer for all instruments and return the outcome."""
    wanted = WantedQuotes.of(
        Instrument.objects.all(), name="provider_symbol", is_divided=is_divided
    )
    return store(answer(*quotes, **faults), wanted, at=at, origin=origin)


def last(instrument):
    return Quote.objects.get(instrument=instrument)


def held(instrument):
    return HeldQuote.objects.get(instrument=instrument)


# Valid quotes


def test_a_first_quote_is_stored(gold):
    outcome = take(raw(price="3328.10", previous="3342.5", at=NOON), at=later(minutes=1))

    quote = last(gold)
    assert (outcome.new, outcome.known, outcome.held) == (1, 0, [])
    assert (quote.price, quote.previous_close) == (Decimal("3328.10"), Decimal("3342.5"))
    assert (quote.quoted_at, quote.stored_at) == (NOON, later(minutes=1))
    assert quote.origin == "provider"


def test_a_newer_quote_replaces_the_stored_one(gold):
    take(raw(price="3328", at=NOON))

    take(raw(price="3330", at=later(minutes=5)), at=later(minutes=5))

    assert last(gold).price == 3330
    assert Quote.objects.count() == 1


def test_the_same_quote_again_changes_nothing(gold, django_capture_on_commit_callbacks):
    take(raw(price="3328.12345", previous="3300"))
    before = generations.current("quotes")

    with django_capture_on_commit_callbacks(execute=True):
        outcome = take(raw(price="3328.12345", previous="3300"), at=later(minutes=5))

    assert (outcome.new, outcome.known) == (0, 1)
    assert generations.current("quotes") == before


def test_a_new_quote_bumps_only_the_quotes_generation(gold, django_capture_on_commit_callbacks):
    before = {name: generations.current(name) for name in generations.NAMES}

    with django_capture_on_commit_callbacks(execute=True):
        take(raw(price="3328"))

    bumped = [name for name in generations.NAMES if generations.current(name) != before[name]]
    assert bumped == ["quotes"]


def test_an_older_quote_is_ignored(gold):
    take(raw(price="3328", at=NOON))

    outcome = take(raw(price="3300", at=later(minutes=-5)))

    assert (outcome.new, outcome.known) == (0, 1)
    assert last(gold).price == 3328


def test_a_price_in_cents_is_divided_by_a_hundred(gold):
    Instrument.objects.update(divided_by=100)

    take(raw(price="506.1", previous="507.5"))

    assert (last(gold).price, last(gold).previous_close) == (Decimal("5.061"), Decimal("5.075"))


def test_a_quote_from_a_file_is_not_divided(gold):
    Instrument.objects.update(divided_by=100)

    take(raw(price="5.061"), is_divided=False, origin="file")

    assert last(gold).price == Decimal("5.061")


def test_two_instruments_may_share_a_symbol():
    ours = [make_instrument(provider_symbol="s"), make_instrument(provider_symbol="s")]

    take(raw("s", price="5"))

    assert [last(instrument).price for instrument in ours] == [5, 5]


@pytest.mark.parametrize("count", [1, 30])
def test_storing_takes_the_same_queries_however_many_quotes(count, django_assert_max_num_queries):
    names = [f"n{n}" for n in range(2 * count)]
    for name in names:
        make_instrument(provider_symbol=name)
    wanted = WantedQuotes.of(Instrument.objects.all(), name="provider_symbol", is_divided=True)
    quotes = [raw(name) for name in names[:count]]

    with django_assert_max_num_queries(7):
        store(answer(*quotes), wanted, at=NOON, origin="provider")

    assert Quote.objects.count() == count


# Implausible quotes


@pytest.mark.parametrize(
    ("quote", "reason"),
    [
        (raw(price="0"), "its price is zero"),
        (raw(price="-3328"), "its price is negative, −$3,328.00"),
        (raw(price="33280"), "it went from $3,328.00 to $33,280.00 in 1 minute"),
        (raw(price="332"), "it went from $3,328.00 to $332.00 in 1 minute"),
        (raw(price="6656"), "it went from $3,328.00 to $6,656.00 in 1 minute"),
        (raw(price="3330", currency="EUR"), "it is in EUR, not in USD"),
        (raw(price="3330", currency="ZZZ"), "its currency, ZZZ, does not exist"),
        (raw(price="3330", at=later(minutes=10)), "its time, 25 Jun 12:10 UTC, is in the future"),
        (raw(price="1e12"), "$1,000,000,000,000.00 is above $50,000.00, its highest plausible"),
        (raw(price="1"), "$1.00 is below $200.00, its lowest plausible price"),
    ],
)  # fmt: skip
def test_an_implausible_quote_is_held_back_and_the_last_good_one_stays(gold, quote, reason):
    Instrument.objects.update(least=200, most=50_000)
    make_quote(gold, "3328", at=later(minutes=-1))

    outcome = take(quote)

    assert last(gold).price == 3328
    assert held(gold).reason.startswith(reason)
    assert outcome.held == [f"GOLD: {held(gold).reason}"]
    assert "\n" not in outcome.held[0]


def test_a_tenfold_price_is_held_back_however_late_it_comes(gold):
    make_quote(gold, "3328", at=later(days=-3))

    take(raw(price="33280"))

    assert held(gold).reason == "it went from $3,328.00 to $33,280.00 in 72 hours"


def test_a_price_too_large_for_the_database_is_held_back(gold):
    outcome = take(raw(price="1e30"))

    assert outcome.held == ["GOLD: 1e+30 is outside any plausible range"]
    assert held(gold).price is None


@pytest.mark.parametrize("previous", ["0", "-5", "1e-30", "1e40"])
def test_an_implausible_previous_close_is_dropped(gold, previous):
    take(raw(price="100", previous=previous))

    assert last(gold).previous_close is None


def test_an_unreadable_quote_is_held_back_with_its_reason(gold, caplog):
    make_quote(gold, "3328")
    caplog.set_level(logging.WARNING)

    take(s="6132,40 has a comma instead of a decimal point")

    assert held(gold).reason == "6132,40 has a comma instead of a decimal point"
    assert held(gold).price is None
    assert last(gold).price == 3328
    assert caplog.messages == [
        "A quote of GOLD is held back: 6132,40 has a comma instead of a decimal point"
    ]


def test_a_repeated_rejection_is_counted_and_logged_once(gold, caplog):
    caplog.set_level(logging.WARNING)
    for minute in range(3):
        take(raw(price="0"), at=later(minutes=minute))

    assert (held(gold).times, held(gold).held_at) == (3, NOON)
    assert len(caplog.messages) == 1


def test_a_good_quote_closes_a_rejection_that_stays_readable(gold):
    take(raw(price="0"))

    take(raw(price="3328", at=later(minutes=1)), at=later(minutes=1))

    assert held(gold).over_at == later(minutes=1)
    assert held(gold).reason == "its price is zero"
    assert last(gold).price == 3328


def test_a_rejection_after_a_good_quote_starts_a_new_count(gold):
    take(raw(price="0"))
    take(raw(price="3328", at=later(minutes=1)), at=later(minutes=1))

    take(raw(price="-1", at=later(minutes=2)), at=later(minutes=2))

    assert (held(gold).times, held(gold).held_at, held(gold).over_at) == (1, later(minutes=2), None)


@pytest.mark.parametrize(
    "fields",
    [
        {"price": Decimal(0)},
        {"previous_close": Decimal(0)},
        {"origin": "by_hand"},
    ],
)
def test_the_database_refuses_an_invalid_quote(gold, fields):
    given = {"price": Decimal(1), "quoted_at": NOON, "stored_at": NOON, "origin": "provider"}

    with pytest.raises(IntegrityError), transaction.atomic():
        Quote.objects.create(instrument=gold, **given | fields)


# Demo quotes


def test_the_first_real_quote_removes_the_demo_quotes(gold):
    other = make_instrument("Silver", provider=make_provider("ecb"))
    make_quote(gold, "3", origin="demo")
    make_quote(other, "4", origin="demo")

    outcome = take(raw(price="3328"))

    assert [*Quote.objects.values_list("instrument", "origin")] == [(gold.pk, "provider")]
    # An invented price is no measure for a real one.
    assert [line for line in outcome.held if "GOLD" in line] == []


def test_a_held_quote_leaves_the_demo_quotes_alone(gold):
    make_quote(gold, "3", origin="demo")

    take(raw(price="0"))

    assert last(gold).is_demo


# Manual quotes


def write(instrument, price="3300", *, at=NOON):
    return correct(
        instrument,
        price=Decimal(price),
        previous_close=None,
        reason="The feed is a day behind.",
        by=make_user(),
        at=at,
    )


def test_a_manual_quote_is_not_replaced_by_the_provider(gold):
    make_quote(gold, "3328", at=later(minutes=-1))
    write(gold)

    outcome = take(raw(price="3329", at=later(minutes=5)), at=later(minutes=5))

    assert (outcome.new, outcome.known) == (0, 1)
    assert (last(gold).price, last(gold).is_by_hand) == (3300, True)
    assert last(gold).reason == "The feed is a day behind."


def test_a_manual_quote_expires_after_the_instruments_limit(gold):
    write(gold)

    take(raw(price="3329", at=later(minutes=50)), at=later(minutes=61))

    assert (last(gold).price, last(gold).is_by_hand, last(gold).corrected_by) == (3329, False, None)


def test_a_released_manual_quote_stays_until_the_providers_next_one(gold):
    write(gold)

    assert release(gold, at=later(minutes=1))
    between = last(gold).price
    # Its provider lags by a quarter of an hour, which is no reason to ignore it.
    take(raw(price="3329", at=later(minutes=-10)), at=later(minutes=5))

    assert (between, last(gold).price) == (3300, 3329)
    assert not release(gold, at=later(minutes=6))


def test_an_accepted_quote_is_the_base_for_later_plausibility_checks(gold):
    make_quote(gold, "3328", at=later(minutes=-5))
    take(raw(price="33280", at=NOON))

    accept(gold, at=later(minutes=1))
    outcome = take(raw(price="33290", at=later(minutes=2)), at=later(minutes=2))

    assert (last(gold).price, outcome.new, outcome.held) == (33290, 1, [])
    assert held(gold).over_at == later(minutes=1)


@pytest.mark.parametrize(
    "fields",
    [{"price": "0"}, {"price": None}, {"over_at": NOON}],
)
def test_a_held_quote_without_a_price_or_already_closed_cannot_be_accepted(gold, fields):
    make_held(gold, **fields)

    with pytest.raises(NotAcceptable, match="Gold has no held quote that can be shown"):
        accept(gold, at=NOON)

    assert not Quote.objects.exists()
