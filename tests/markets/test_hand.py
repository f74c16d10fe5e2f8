"""What editors do with quotes: what is written on the row that readers see."""

from decimal import Decimal

import pytest

from markets.ingest.hand import NotAcceptable, accept, correct, release
from markets.models import HeldQuote, Quote
from tests.clock import NOON, later
from tests.markets.factories import make_held, make_instrument, make_provider, make_quote
from tests.newsroom.factories import make_user

pytestmark = pytest.mark.django_db


def test_a_quote_that_is_accepted_says_who_gave_it_and_when_it_was_of():
    gold, standby = make_instrument("Gold"), make_provider("frankfurter")
    make_held(gold, "1000", previous_close=Decimal(990), given_by=standby, at=later(minutes=-5))

    accept(gold, at=NOON)

    quote, held = Quote.objects.get(), HeldQuote.objects.get()
    assert (quote.price, quote.previous_close, quote.given_by) == (1000, 990, standby)
    assert (quote.origin, quote.quoted_at, quote.stored_at) == ("provider", later(minutes=-5), NOON)
    assert (held.over_at, held.price) == (NOON, 1000)
    with pytest.raises(NotAcceptable):
        accept(gold, at=later(minutes=1))


def test_a_quote_from_a_clock_that_is_ahead_is_accepted_as_one_of_now():
    gold = make_instrument("Gold")
    make_held(gold, at=later(days=1))

    assert accept(gold, at=NOON).quoted_at == NOON


def test_what_is_released_is_the_quote_of_its_own_instrument():
    by, gold, oil = make_user(), make_instrument("Gold"), make_instrument("Oil")
    for one in (gold, oil):
        correct(one, price=Decimal(5), previous_close=None, reason="Wrong", by=by, at=NOON)
    given = make_quote(make_instrument("Tin"), current_until=later(hours=9))

    released = [release(one, at=later(minutes=1)) for one in (gold, gold, given.instrument)]

    until = dict(Quote.objects.values_list("instrument__label", "current_until"))
    assert released == [True, False, False]
    assert until == {
        "Gold": later(minutes=1), "Oil": oil.stale_from(NOON), "Tin": later(hours=9)
    }  # fmt: skip
