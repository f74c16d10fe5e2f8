"""Two at once on one quote, provider or list of instruments."""

from decimal import Decimal

import pytest

from markets import schedule
from markets.ingest import WantedQuotes, accept, correct, store
from markets.ingest.hand import NotAcceptable
from markets.models import HeldQuote, Instrument, Provider, Quote
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
from tests.two_connections import on_two_connections, transaction_with_another_beside

pytestmark = on_two_connections()


def poll(price, *, at=NOON):
    """Store an answer for the instrument s."""
    wanted = WantedQuotes.of(Instrument.objects.all(), name="provider_symbol", is_divided=True)
    return store(answer(raw("s", price, at=at)), wanted, at=at, origin="provider")


def correct_by_hand(instrument, price):
    fields = {"price": Decimal(price), "previous_close": None, "reason": "The feed is late."}
    return correct(instrument, **fields, by=make_user(), at=NOON)


def price():
    return Quote.objects.get().price


# One quote


def test_a_poll_beside_a_correction_by_hand_does_not_replace_it():
    gold = make_instrument(provider_symbol="s")

    with transaction_with_another_beside() as beside:
        correct_by_hand(gold, "3300")
        polling = beside(poll, "3329", at=later(minutes=1))

    assert polling.waits
    assert (polling.result().new, polling.result().known) == (0, 1)
    assert price() == 3300


def test_a_poll_beside_an_acceptance_is_measured_by_the_accepted_quote():
    gold = make_instrument(provider_symbol="s")
    make_quote(gold, "3328", at=later(minutes=-5))
    make_held(gold, "33280")

    with transaction_with_another_beside() as beside:
        accept(gold, at=NOON)
        polling = beside(poll, "33290", at=later(minutes=1))

    assert polling.waits
    assert (polling.result().new, polling.result().held) == (1, [])
    assert price() == 33290
    assert HeldQuote.objects.get().over_at == NOON


def test_a_held_quote_that_a_poll_is_ending_cannot_be_accepted():
    gold = make_instrument(provider_symbol="s")
    make_quote(gold, "3328", at=later(minutes=-5))
    make_held(gold, "33280")

    with transaction_with_another_beside() as beside:
        poll("3329")
        accepting = beside(accept, gold, at=NOON)

    assert accepting.waits
    with pytest.raises(NotAcceptable):
        accepting.result()
    assert price() == 3329


# The list


def move(desk, instrument, action):
    fields = {"action": action, "_selected_action": [instrument.pk]}
    return desk.post("/desk/markets/instrument/", fields)


def test_two_who_move_instruments_at_once_move_both(client):
    a, b, c, d = (make_instrument(label) for label in "abcd")
    client.force_login(make_user(group="Editor"))

    with transaction_with_another_beside() as beside:
        move(client, b, "move_up")
        moving = beside(move, client, d, "move_up")

    assert moving.waits
    assert moving.result().status_code == 302
    assert list(Instrument.objects.in_order()) == [b, a, d, c]


def test_a_poll_locks_instruments_in_the_order_of_who_moves_them(client):
    gold = make_instrument(provider_symbol="s", position=2)
    lead = make_instrument(position=1)
    client.force_login(make_user(group="Editor"))

    with transaction_with_another_beside() as beside:
        correct_by_hand(gold, "3300")
        polling = beside(poll, "3329")
        # Had the poll locked lead before it waited for gold, this would wait for the poll.
        move(client, gold, "move_up")

    assert polling.waits
    assert polling.result().known == 1
    assert list(Instrument.objects.in_order()) == [gold, lead]


# Whose turn it is


def test_a_provider_that_another_is_claiming_is_not_claimed():
    provider = make_provider()

    with transaction_with_another_beside() as beside:
        ours = schedule.claim(provider, domain="", at=NOON, worker="here:1")
        claiming = beside(
            schedule.claim, Provider.objects.get(), domain="", at=NOON, worker="here:1"
        )

    assert ours is not None
    assert (claiming.waits, claiming.result()) == (False, None)
