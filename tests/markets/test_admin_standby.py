"""Standbys, daily limits and ending holidays at the desk."""

from datetime import UTC, datetime

import pytest

from markets.models import Instrument, Provider, Quote
from tests.clock import NOON, later
from tests.markets.factories import make_instrument, make_provider, make_quote
from tests.markets.test_admin import PROVIDERS, QUOTES, words

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


@pytest.fixture
def gold():
    return make_instrument("Gold", symbol="GOLD")


def change(desk, instrument, **fields):
    """Send the form of an instrument as it stands, with other fields."""
    form = {
        field.name: getattr(instrument, field.attname)
        for field in Instrument._meta.fields
        if getattr(instrument, field.attname) is not None
    }
    return desk.post(f"{QUOTES}{instrument.pk}/change/", form | fields)


def test_an_instrument_gets_a_standby_which_is_asked_at_once(log_in, gold):
    fred = make_provider("fred", next_poll_at=later(days=1))

    change(log_in("Editor"), gold, standby=fred.pk, standby_symbol="GOLDAMGBD")

    assert Instrument.objects.get().standby == fred
    assert Provider.objects.get(code="fred").next_poll_at is None


@pytest.mark.parametrize(
    ("code", "symbol", "line"),
    [
        ("fred", "", "Enter the standby’s name for the instrument."),
        ("stooq", "xau", "This is its provider already."),
        ("", "XAU/USD", "Choose whose name the standby symbol is, or empty it."),
    ],
)
def test_a_standby_that_is_none_is_refused_with_what_to_do(log_in, gold, code, symbol, line):
    standby = make_provider(code).pk if code else ""

    page = words(change(log_in("Editor"), gold, standby=standby, standby_symbol=symbol))

    assert line in page
    assert Instrument.objects.get().standby is None


def test_what_another_standby_gave_does_not_outlive_it(log_in, gold):
    fred = make_provider("fred")
    Instrument.objects.update(standby=fred, standby_symbol="GOLDAMGBD")
    make_quote(gold, given_by=fred)
    own = make_quote(make_instrument("Lead"))

    change(log_in("Editor"), gold, standby=make_provider("twelvedata").pk, standby_symbol="XAU/USD")

    assert list(Quote.objects.all()) == [own]


def test_a_quote_of_a_standby_says_who_gave_it(log_in, gold):
    make_quote(gold, given_by=make_provider("twelvedata"), at=later(minutes=-5))

    assert "$100.00, 25 Jun 11:55 UTC, from Twelve Data" in words(log_in("Wire desk").get(QUOTES))


def test_a_provider_says_for_how_many_it_stands_by_and_that_its_day_is_used_up(log_in, gold):
    twelve = make_provider("twelvedata", asked_on=NOON.date(), asked_times=100)
    Instrument.objects.update(standby=twelve, standby_symbol="XAU/USD")

    page = words(log_in("Wire desk").get(PROVIDERS))

    assert "Twelve Data On Asked 100 times today, its limit; again from 00:00 UTC" in page
    assert "0 instruments, standby for 1" in page
    assert "Stooq On Not read yet 1 instrument" in page


@pytest.mark.parametrize(
    ("at", "is_said"),
    [(datetime(2026, 10, 30, tzinfo=UTC), False), (datetime(2026, 11, 15, tzinfo=UTC), True)],
)
def test_the_end_of_a_list_of_holidays_is_said_two_months_before(log_in, at_noon, at, is_said):
    at_noon.move_to(at)

    page = words(log_in("Wire desk").get(QUOTES))

    line = "Nasdaq Stock Market: its holidays are known to 31 December 2026"
    assert (line in page) is is_said
