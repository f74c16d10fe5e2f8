"""Quotes on both sides of each bound, two instruments that are otherwise equal, and commits."""

import shutil
from decimal import Decimal

import pytest
from django.db import transaction

from markets.ingest import WantedQuotes, accept, correct, release, store
from markets.ingest.hand import NotAcceptable
from markets.ingest.store import close_of
from markets.models import HeldQuote, Instrument, Quote
from tests.clock import NOON, later
from tests.markets.factories import answer, make_held, make_instrument, make_quote, raw
from tests.newsroom.factories import make_user
from wires import generations

pytestmark = pytest.mark.django_db


@pytest.fixture
def gold():
    return make_instrument("Gold", symbol="GOLD", provider_symbol="s")


@pytest.fixture
def twin(gold):
    """Return an instrument that is as gold is, but for its symbols."""
    return make_instrument("Gold", symbol="TWIN", provider_symbol="t")


def take(*quotes, at=NOON, origin="provider", **faults):
    wanted = WantedQuotes.of(Instrument.objects.all(), name="provider_symbol", is_divided=True)
    return store(answer(*quotes, **faults), wanted, at=at, origin=origin)


def reason_for(quote, *, at=NOON):
    """Return why a quote is held, "" where it is stored."""
    outcome = take(quote, at=at)
    assert outcome.new + len(outcome.held) == 1
    return outcome.held[0].removeprefix("GOLD: ") if outcome.held else ""


def row(model, instrument):
    return model.objects.filter(instrument=instrument).values().first()


# Bounds


@pytest.mark.parametrize(
    ("price", "reason"),
    [
        ("200", ""),
        ("199.99", "$199.99 is below $200.00, its lowest plausible price"),
        ("50000", ""),
        ("50000.01", "$50,000.01 is above $50,000.00, its highest plausible price"),
    ],
)
def test_a_price_may_be_at_the_bounds_of_its_instrument_and_not_beyond(gold, price, reason):
    Instrument.objects.update(least=200, most=50_000)

    assert reason_for(raw(price=price)) == reason


@pytest.mark.parametrize(
    ("price", "reason"),
    [
        ("1e-10", ""),
        ("0.99e-10", "9.9e-11 is outside any plausible range"),
        ("9999999999999.9999999999", ""),
        ("1e13", "1e+13 is outside any plausible range"),
    ],
)
def test_a_price_is_stored_where_the_database_can_hold_it(gold, price, reason):
    assert reason_for(raw(price=price)) == reason


@pytest.mark.parametrize(
    ("seconds", "reason"), [(120, ""), (121, "its time, 25 Jun 12:02 UTC, is in the future")]
)
def test_the_time_of_a_quote_may_be_two_minutes_ahead(gold, seconds, reason):
    assert reason_for(raw(at=later(seconds=seconds))) == reason


@pytest.mark.parametrize("currency", ["", "USD"])
def test_a_quote_in_its_own_currency_or_none_is_stored(gold, currency):
    assert reason_for(raw(currency=currency)) == ""


@pytest.mark.parametrize(
    ("price", "seconds", "reason"),
    [
        ("180", 60, ""),
        ("180.01", 60, "it went from $100.00 to $180.01 in 1 minute"),
        ("55.56", 60, ""),
        ("55.55", 60, "it went from $100.00 to $55.55 in 1 minute"),
        ("200", 0, "it went from $100.00 to $200.00 in 1 minute"),
        ("200", 89, "it went from $100.00 to $200.00 in 1 minute"),
        ("200", 91, "it went from $100.00 to $200.00 in 2 minutes"),
        ("200", 7_199, "it went from $100.00 to $200.00 in 2 hours"),
        ("200", 86_400, "it went from $100.00 to $200.00 in 24 hours"),
    ],
)
def test_a_price_without_a_close_may_go_as_far_as_its_group_does_in_a_day(
    gold, price, seconds, reason
):
    make_quote(gold, "100", at=NOON)
    at = later(seconds=seconds)

    assert reason_for(raw(price=price, at=at), at=at) == reason


@pytest.mark.parametrize(
    ("close", "kept"),
    [
        ("55.55", None), ("55.56", "55.56"), ("180", "180"), ("180.01", None), ("100", "100"),
        ("99.00000000004", "99"), ("99.00000000006", "99.0000000001"), (None, None),
    ],
)  # fmt: skip
def test_a_close_is_kept_from_which_a_day_can_lead_to_the_price(gold, close, kept):
    expected = None if kept is None else Decimal(kept)

    assert close_of(raw(price="100", previous=close), gold) == expected


def test_the_smallest_and_the_largest_close_are_kept_on_their_side_of_the_bound(gold):
    assert close_of(raw(price="1e-10", previous="1e-10"), gold) == Decimal("1e-10")
    assert close_of(raw(price="1e-10", previous="0.99e-10"), gold) is None
    assert close_of(raw(price="9e12", previous="9999999999999"), gold) == 9_999_999_999_999
    assert close_of(raw(price="9e12", previous="1e13"), gold) is None
    assert close_of(raw(price="0", previous="1"), gold) is None
    assert close_of(raw(price="-5", previous="1"), gold) is None


# Newer, older, at the same time


@pytest.mark.parametrize(
    ("seconds", "expected"), [(-1, (0, 1, 100)), (0, (1, 0, 101)), (1, (1, 0, 101))]
)
def test_a_quote_replaces_one_of_the_same_moment_and_none_of_a_later(gold, seconds, expected):
    make_quote(gold, "100", at=NOON)

    outcome = take(raw(price="101", at=later(seconds=seconds)), at=later(minutes=1))

    assert (outcome.new, outcome.known, Quote.objects.get().price) == expected


@pytest.mark.parametrize(
    "changed", [{"price": "101"}, {"previous": "98"}, {"previous": None}, {"at": later(seconds=1)}]
)
def test_a_quote_that_differs_in_one_thing_is_new(gold, changed):
    make_quote(gold, "100", previous="99", at=NOON)

    outcome = take(raw(**{"price": "100", "previous": "99", "at": NOON} | changed), at=NOON)

    assert (outcome.new, outcome.known) == (1, 0)


def test_a_price_is_known_again_after_it_was_rounded_for_the_database(gold):
    quote = raw(price="100.00000000006", previous="99.00000000004")
    take(quote)

    assert Quote.objects.get().price == Decimal("100.0000000001")
    assert (take(quote).known, Quote.objects.get().previous_close) == (1, 99)


def test_a_quote_from_a_file_is_a_measure_for_the_next(gold):
    make_quote(gold, "100", at=NOON, origin="file")

    assert "it went from $100.00" in reason_for(raw(price="1000", at=later(minutes=1)))


@pytest.mark.parametrize("origin", ["by_hand", "demo"])
def test_what_people_wrote_or_invented_is_no_measure(gold, origin):
    by = {"corrected_by": make_user()} if origin == "by_hand" else {}
    make_quote(gold, "100", at=NOON, origin=origin, current_until=NOON, **by)

    outcome = take(raw(price="1000", at=later(minutes=-9)))

    assert (outcome.new, outcome.held) == (1, [])


@pytest.mark.parametrize(("seconds", "is_kept"), [(59, True), (60, False)])
def test_a_quote_by_hand_stays_until_its_time_is_over(gold, seconds, is_kept):
    make_quote(
        gold, "100", origin="by_hand", corrected_by=make_user(), current_until=later(minutes=1)
    )

    outcome = take(raw(price="101"), at=later(seconds=seconds))

    assert (outcome.known, outcome.new) == ((1, 0) if is_kept else (0, 1))


def test_nothing_of_a_quote_by_hand_is_left_once_the_provider_replaces_it(gold):
    make_quote(
        gold, "100", origin="by_hand", corrected_by=make_user(), current_until=NOON, reason="Late."
    )

    take(raw(price="101", previous="100", at=later(minutes=1)), at=later(minutes=2))

    stored = row(Quote, gold)
    del stored["id"]
    assert stored == {
        "instrument_id": gold.pk,
        "price": 101,
        "previous_close": 100,
        "quoted_at": later(minutes=1),
        "since": later(minutes=1),
        "stored_at": later(minutes=2),
        "given_by_id": None,
        "origin": "provider",
        "corrected_by_id": None,
        "reason": "",
        "current_until": None,
    }


# What is held


def test_a_held_quote_keeps_what_came_and_each_time_the_last(gold):
    make_quote(gold, "100", at=NOON)
    take(raw(price="1000", previous="990", at=later(minutes=1)), at=later(minutes=2))
    first = row(HeldQuote, gold)

    take(raw(price="2000", previous="1990", at=later(minutes=3)), at=later(minutes=4))
    second = row(HeldQuote, gold)
    take(raw(price="1e13", at=later(minutes=5)), at=later(minutes=6))
    third = row(HeldQuote, gold)

    held = ("price", "previous_close", "quoted_at", "times", "held_at", "over_at")
    assert [[each[name] for name in held] for each in (first, second, third)] == [
        [1000, 990, later(minutes=1), 1, later(minutes=2), None],
        [2000, 1990, later(minutes=3), 2, later(minutes=2), None],
        [None, None, None, 3, later(minutes=2), None],
    ]
    assert (first["reason"], third["reason"]) == (
        "its previous close is $990.00, and the last quote was $100.00",
        "1e+13 is outside any plausible range",
    )


@pytest.mark.parametrize(("price", "kept"), [("-9999999999999", True), ("-1e13", False)])
def test_a_negative_price_is_kept_where_the_database_can_hold_it(gold, price, kept):
    take(raw(price=price))

    assert row(HeldQuote, gold)["price"] == (Decimal(price) if kept else None)


def test_a_long_reason_is_cut_to_what_the_database_holds(gold):
    outcome = take(s="x" * 301)

    assert row(HeldQuote, gold)["reason"] == "x" * 300
    assert outcome.held == ["GOLD: " + "x" * 301]


def test_an_instrument_that_the_answer_does_not_name_is_held(gold):
    outcome = take()

    assert outcome.held == ["GOLD: the provider gave no quote for it"]


# Two that are otherwise equal


def test_only_the_instrument_whose_quote_is_held_keeps_its_last_one(gold, twin):
    make_quote(gold, "100", at=NOON)
    make_quote(twin, "100", at=NOON)

    outcome = take(
        raw("s", price="1000", at=later(minutes=1)),
        raw("t", price="101", at=later(minutes=1)),
        at=later(minutes=1),
    )

    assert (outcome.new, outcome.known, len(outcome.held)) == (1, 0, 1)
    assert (row(Quote, gold)["price"], row(Quote, twin)["price"]) == (100, 101)
    assert (row(HeldQuote, gold)["price"], row(HeldQuote, twin)) == (1000, None)


def test_only_the_instrument_with_a_good_quote_is_no_longer_held(gold, twin):
    make_held(gold)
    make_held(twin)

    take(raw("s", price="100"), raw("t", price="0"), at=later(minutes=1))

    assert row(HeldQuote, gold)["over_at"] == later(minutes=1)
    assert (row(HeldQuote, twin)["over_at"], row(HeldQuote, twin)["times"]) == (None, 2)


def test_a_holding_that_is_over_stays_over_since_when_it_was(gold):
    make_held(gold, over_at=NOON)

    take(raw(price="100"), at=later(minutes=1))

    assert row(HeldQuote, gold)["over_at"] == NOON


def test_an_instrument_that_was_not_asked_for_is_left_alone(gold, twin):
    before = make_quote(twin, "100")
    wanted = WantedQuotes.of(Instrument.objects.all(), name="provider_symbol", is_divided=True)

    outcome = store(
        answer(raw("s", price="5"), raw("t", price="105")),
        wanted.only(["s", "u"]),
        at=NOON,
        origin="provider",
    )

    assert (outcome.new, outcome.known, outcome.held) == (1, 0, [])
    assert row(Quote, twin)["price"] == before.price
    assert not HeldQuote.objects.exists()


def test_each_instrument_is_counted_in_its_own_unit(gold, twin):
    Instrument.objects.filter(pk=gold.pk).update(divided_by=100)

    take(raw("s", price="500", previous="400"), raw("t", price="500", previous="400"))

    closes = [
        (row(Quote, each)["price"], row(Quote, each)["previous_close"]) for each in (gold, twin)
    ]
    assert closes == [(5, 4), (500, 400)]


def test_instruments_are_asked_for_in_the_order_of_the_strip():
    last = make_instrument(provider_symbol="a", position=3)
    first = make_instrument(provider_symbol="b", position=1)
    between = make_instrument(provider_symbol="a", position=2)
    same_place = make_instrument(provider_symbol="c", position=2)

    wanted = WantedQuotes.of(Instrument.objects.all(), name="provider_symbol", is_divided=False)

    assert [*wanted.instruments.items()] == [
        ("b", [first.pk]), ("a", [between.pk, last.pk]), ("c", [same_place.pk]),
    ]  # fmt: skip
    assert (wanted.is_divided, wanted.only(["c"]).is_divided) == (False, False)


def test_held_quotes_are_named_in_the_order_of_the_strip(gold, twin):
    Instrument.objects.filter(pk=gold.pk).update(position=twin.position + 1)

    assert [line[:4] for line in take().held] == ["TWIN", "GOLD"]


# By hand


def test_a_quote_by_hand_is_of_one_instrument_and_says_who_and_why(gold, twin):
    by = make_user(name="ada")
    make_quote(gold, "100", at=later(minutes=-9))
    make_quote(twin, "100", at=later(minutes=-9))
    before = row(Quote, twin)

    given = correct(
        gold,
        price=Decimal(90),
        previous_close=Decimal(80),
        reason="The feed is late.",
        by=by,
        at=NOON,
    )

    stored = row(Quote, gold)
    del stored["id"]
    assert stored == {
        "instrument_id": gold.pk,
        "price": 90,
        "previous_close": 80,
        "quoted_at": NOON,
        "since": None,
        "stored_at": NOON,
        "given_by_id": None,
        "origin": "by_hand",
        "corrected_by_id": by.pk,
        "reason": "The feed is late.",
        "current_until": later(minutes=60),
    }
    assert (given.price, given.corrected_by) == (90, by)
    assert row(Quote, twin) == before


def by_hand(instrument, *, until):
    return make_quote(instrument, origin="by_hand", corrected_by=make_user(), current_until=until)


def test_only_the_quote_that_is_released_may_be_replaced(gold, twin):
    by_hand(gold, until=later(minutes=30))
    by_hand(twin, until=later(minutes=30))

    assert release(gold, at=later(minutes=1))

    assert row(Quote, gold)["current_until"] == later(minutes=1)
    assert row(Quote, twin)["current_until"] == later(minutes=30)


@pytest.mark.parametrize(("seconds", "expected"), [(59, True), (60, False)])
def test_a_quote_by_hand_is_released_while_it_is_current(gold, seconds, expected):
    by_hand(gold, until=later(minutes=1))

    assert release(gold, at=later(seconds=seconds)) is expected


def test_a_quote_of_the_provider_is_not_released(gold):
    make_quote(gold, current_until=later(minutes=30))

    assert not release(gold, at=NOON)
    assert row(Quote, gold)["current_until"] == later(minutes=30)


def test_only_the_held_quote_that_is_accepted_is_shown(gold, twin):
    make_quote(gold, "100", at=later(minutes=-9))
    make_held(gold, "1000", at=later(minutes=-5), previous_close=Decimal(900))
    make_held(twin, "2000", at=later(minutes=-5))

    given = accept(gold, at=NOON)

    stored = row(Quote, gold)
    del stored["id"]
    assert stored == {
        "instrument_id": gold.pk,
        "price": 1000,
        "previous_close": 900,
        "quoted_at": later(minutes=-5),
        "since": None,
        "stored_at": NOON,
        "given_by_id": None,
        "origin": "provider",
        "corrected_by_id": None,
        "reason": "",
        "current_until": None,
    }
    assert given.price == 1000
    assert (row(HeldQuote, gold)["over_at"], row(HeldQuote, twin)["over_at"]) == (NOON, None)
    assert row(Quote, twin) is None


def test_an_accepted_quote_is_never_from_the_future(gold):
    make_held(gold, "1000", at=later(hours=3))

    assert accept(gold, at=NOON).quoted_at == NOON


@pytest.mark.parametrize("missing", ["no row", "quoted_at"])
def test_a_quote_without_a_time_or_none_at_all_cannot_be_accepted(gold, twin, missing):
    make_held(twin)
    if missing != "no row":
        make_held(gold)
        HeldQuote.objects.filter(instrument=gold).update(quoted_at=None)

    with pytest.raises(NotAcceptable) as refused:
        accept(gold, at=NOON)

    assert str(refused.value) == "Gold has no held quote that can be shown."


# Commits


def storing(gold):
    take(raw(price="101"))


def correcting(gold):
    correct(gold, price=Decimal(1), previous_close=None, reason="Late.", by=make_user(), at=NOON)


def releasing(gold):
    by_hand(gold, until=later(minutes=30))
    release(gold, at=NOON)


def accepting(gold):
    make_held(gold)
    accept(gold, at=NOON)


@pytest.mark.parametrize("act", [storing, correcting, releasing, accepting])
def test_the_quotes_move_with_the_commit_and_never_before(
    gold, act, django_capture_on_commit_callbacks
):
    before = generations.current("quotes")

    with django_capture_on_commit_callbacks() as moves:
        act(gold)
    meanwhile = generations.current("quotes")
    for move in moves:
        move()

    assert meanwhile == before
    assert generations.current("quotes") == before + 1


@pytest.mark.parametrize("act", [storing, correcting, releasing, accepting])
def test_a_quote_that_was_rolled_back_moves_nothing(gold, act, django_capture_on_commit_callbacks):
    before = generations.current("quotes")

    with django_capture_on_commit_callbacks(execute=True) as moves, transaction.atomic():
        act(gold)
        transaction.set_rollback(True)

    assert (moves, generations.current("quotes")) == ([], before)


@pytest.fixture
def broken_counters(tmp_path):
    """Put a file in the place of the folder of the counters, until the test is over."""
    run = tmp_path / "run"
    generations.configure(run)
    shutil.rmtree(run)
    run.write_text("in the way")
    yield
    generations.configure(tmp_path / "whole")


@pytest.mark.parametrize("act", [storing, correcting, releasing, accepting])
def test_a_quote_is_written_also_where_the_counters_cannot_be(
    gold, act, broken_counters, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True) as moves:
        act(gold)

    assert len(moves) == 1
    assert Quote.objects.filter(instrument=gold).exists()


def test_a_quote_that_is_held_moves_nothing(gold, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as moves:
        take(raw(price="0"))

    assert moves == []


def test_quotes_of_the_demo_stay_while_only_they_are_written(gold, twin):
    make_quote(twin, "4", origin="demo")

    take(raw("s", price="3"), t="none", origin="demo")

    assert {*Quote.objects.values_list("origin", flat=True)} == {"demo"}
    assert Quote.objects.count() == 2
