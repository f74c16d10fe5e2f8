"""What is known about workers and polling, and what the desk is told of it."""

import io
import json
from collections import Counter
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from tests.clock import NOON, later
from tests.commands import run_command
from tests.wires.factories import make_channel, make_feed
from tests.wires.sites import World, answer
from wires.http import FetchError
from wires.ingest import IngestOutcome
from wires.ingest.minutes import keep_minute
from wires.ingest.tally import PollTally
from wires.models import PollMinute, Worker
from wires.poll_status import wire_alarm, wire_status

pytestmark = pytest.mark.django_db


def make_worker(**fields):
    return Worker.objects.create(
        **{"name": "here:1", "started_at": NOON, "heartbeat_at": NOON} | fields
    )


def test_a_poller_says_that_it_lives_and_keeps_its_figures():
    make_channel(next_poll_at=later(seconds=-30))
    make_channel()
    world = World(answer(make_feed("One")), FetchError("timeout", "Too slow."))

    poller = world.poller(is_over=lambda: world.at >= later(seconds=50))
    poller.poll_on(lambda tally: None)

    status = wire_status(world.at)
    assert (status.workers, status.channels, status.failed, status.posts) == (1, 2, 1, 1)
    assert Worker.objects.get().heartbeat_at >= later(seconds=40)
    assert status.lag_p95 == 30
    assert PollMinute.objects.order_by("at").first().kinds == {"timeout": 1}
    assert status.is_well


@pytest.mark.parametrize(
    ("lags", "p95"), [([], 0), ([7.0], 7), ([*range(100, 0, -1)], 96), ([9.0, 1.0, 5.0], 9)]
)
def test_a_minute_keeps_the_lag_that_nineteen_of_twenty_channels_did_not_pass(lags, p95):
    keep_minute(PollTally(lags=lags), worker="here:1", at=NOON)

    assert PollMinute.objects.get().lag_p95 == p95


def test_a_minute_keeps_each_figure_under_its_own_name():
    tally = PollTally(
        channels=2, unchanged=3, failures=["A: no.", "B: no.", "C: no.", "D: no."],
        outcome=IngestOutcome(new=5, versions=6, seen=7), kinds=Counter({"timeout": 8}),
        parser_failures=9, lost_leases=10, lags=[11.0],
    )  # fmt: skip

    keep_minute(tally, worker="here:1", at=NOON)

    row = PollMinute.objects.values().get()
    assert row | {"id": 0} == {
        "id": 0, "at": NOON, "worker": "here:1", "channels": 2, "unchanged": 3, "failed": 4,
        "posts": 5, "versions": 6, "kinds": {"timeout": 8}, "parser_failures": 9,
        "lost_leases": 10, "lag_p95": 11,
    }  # fmt: skip


def test_minutes_and_workers_of_more_than_two_days_ago_are_forgotten_and_no_others():
    for n, age in enumerate((timedelta(days=2, seconds=1), timedelta(days=2), timedelta())):
        make_worker(name=f"here:{n}", heartbeat_at=NOON - age)
        keep_minute(PollTally(), worker=f"here:{n}", at=NOON - age)

    keep_minute(PollTally(), worker="here:3", at=NOON)

    assert sorted(Worker.objects.values_list("name", flat=True)) == ["here:1", "here:2"]
    kept = sorted(PollMinute.objects.values_list("worker", flat=True))
    assert kept == ["here:1", "here:2", "here:3"]


@pytest.mark.parametrize(
    ("heartbeat", "due", "switch", "reason"),
    [
        (NOON, NOON, None, None),
        (None, NOON, None, "no_worker"),
        (later(minutes=-2), NOON, None, "no_worker"),
        (NOON, later(minutes=-10), None, "late"),
        (NOON, NOON, False, "off"),
    ],
    ids=["well", "never a worker", "a dead worker", "late", "switched off"],
)
def test_the_desk_is_told_why_nothing_comes_in(heartbeat, due, switch, reason, settings):
    settings.WIRE_POLL = switch
    make_channel(next_poll_at=due)
    if heartbeat:
        make_worker(heartbeat_at=heartbeat)

    alarm = wire_alarm(NOON)

    assert (alarm and alarm.reason) == reason


def test_a_wire_that_nobody_started_is_no_alarm():
    make_channel(paused=True)

    assert wire_alarm(NOON) is None


def test_the_first_page_of_the_desk_says_that_no_worker_lives(
    log_in, at_noon, django_assert_num_queries
):
    make_channel()
    make_worker(heartbeat_at=NOON - timedelta(hours=1))
    client = log_in("Wire desk")

    with django_assert_num_queries(1):
        alarm = wire_alarm(NOON)
    page = client.get("/desk/").text

    assert alarm.since == later(hours=-1)
    assert "Nothing new is coming in: the worker was last heard of at" in page


def test_wire_status_prints_figures_and_fails_where_no_worker_lives(at_noon):
    make_channel()

    with pytest.raises(CommandError) as raised:
        run_command("wire_status")
    make_worker()
    ran = run_command("wire_status")

    assert str(raised.value).startswith("No worker is running")
    assert ran.out.split("\n")[0].split() == ["workers", "alive", "1"]


@pytest.mark.parametrize(
    ("heartbeat", "due", "switch", "problem", "age"),
    [
        (later(seconds=-7), NOON, None, None, 7),
        (later(seconds=30), NOON, None, None, 0),
        (None, NOON, None, "no_worker", None),
        (later(minutes=-3), NOON, None, "no_worker", 180),
        (NOON, later(minutes=-10), None, "late", 0),
        (NOON, NOON, False, "off", 0),
    ],
    ids=["well", "clock ahead", "never a worker", "a dead worker", "late", "switched off"],
)
def test_a_monitor_reads_what_is_wrong_and_how_old_the_heartbeat_is(
    heartbeat, due, switch, problem, age, settings, at_noon
):
    settings.WIRE_POLL = switch
    make_channel(next_poll_at=due)
    if heartbeat:
        make_worker(heartbeat_at=heartbeat)
    out, is_well = io.StringIO(), True

    try:
        call_command("wire_status", "--json", stdout=out)
    except CommandError:
        is_well = False

    found = json.loads(out.getvalue())
    assert (found["problem"], found["heartbeat_age"], found["polled_channels"]) == (problem, age, 1)
    assert is_well is found["is_well"] is (problem is None)


def test_a_web_process_is_ready_whatever_the_wire_does(client, at_noon):
    make_channel(next_poll_at=later(days=-1))

    answer = client.get("/readyz")

    assert answer.status_code == 200, answer.content
