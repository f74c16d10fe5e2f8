"""What polling brought in a while: how it is counted, kept and forgotten."""

from collections import Counter

import pytest

from tests.clock import NOON, later
from wires.ingest.minutes import KEPT_FOR, keep_minute
from wires.ingest.outcome import IngestOutcome
from wires.ingest.tally import PollTally
from wires.models import PollMinute, Worker


@pytest.mark.parametrize(
    ("share", "lag"), [(0.0, 1.0), (0.25, 2.0), (0.5, 3.0), (0.95, 4.0), (1.0, 4.0)]
)
def test_a_lag_is_that_which_so_many_did_not_pass(share, lag):
    assert PollTally(lags=[3.0, 1.0, 4.0, 2.0]).lag(share) == lag


def test_there_is_no_lag_of_nothing():
    assert PollTally().lag(0.95) == 0


@pytest.mark.parametrize(
    ("fields", "is_empty"),
    [({}, True), ({"unchanged": 1}, True), ({"channels": 1}, False), ({"failures": ["A"]}, False)],
)
def test_a_while_is_empty_in_which_nothing_was_asked(fields, is_empty):
    assert PollTally(**fields).is_empty is is_empty


@pytest.mark.parametrize(
    ("fields", "is_news"),
    [
        ({"new": 1}, True),
        ({"versions": 1}, True),
        ({"folded": 1}, True),
        ({"seen": 1, "returned": 1}, False),
    ],
)
def test_new_words_are_news_and_what_was_seen_or_came_back_is_not(fields, is_news):
    assert IngestOutcome(**fields).is_news is is_news


@pytest.mark.django_db
def test_a_minute_is_kept_for_two_days_with_each_of_its_figures():
    for at in (later(days=-3), NOON - KEPT_FOR):
        keep_minute(PollTally(), worker="w", at=at)
        Worker.objects.create(name=f"{at}", started_at=at, heartbeat_at=at)
    tally = PollTally(
        channels=9,
        unchanged=2,
        outcome=IngestOutcome(new=3, versions=4, seen=5),
        failures=["A", "B"],
        kinds=Counter({"dns": 2}),
        lags=[1.5],
        parser_failures=6,
        lost_leases=7,
    )

    keep_minute(tally, worker="here:1", at=NOON)

    first, kept = PollMinute.objects.order_by("at").values()
    assert first["at"] == NOON - KEPT_FOR
    assert kept == {
        "id": kept["id"],
        "at": NOON,
        "worker": "here:1",
        "channels": 9,
        "unchanged": 2,
        "failed": 2,
        "posts": 3,
        "versions": 4,
        "parser_failures": 6,
        "lost_leases": 7,
        "lag_p95": 1.5,
        "kinds": {"dns": 2},
    }
    assert [worker.heartbeat_at for worker in Worker.objects.all()] == [NOON - KEPT_FOR]
