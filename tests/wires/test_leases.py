"""Leases with an owner: who holds what, for how long, and what a wrong clock may not do."""

from datetime import timedelta

import pytest

from markets.models import Provider
from tests.clock import NOON, later
from tests.markets.factories import make_provider
from tests.plans import plan_of
from tests.wires.factories import make_channel, make_feed, make_outlet
from tests.wires.sites import World, answer
from wires import schedule
from wires.models import Channel, Domain, Post
from wires.schedule import claims

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def claim(*, at=NOON, most=10, worker="here:1"):
    return schedule.claim(due_at=at, at=at, most=most, worker=worker)


def make_channels(hosts, **fields):
    """Make a channel for each host, all of them due, in one query."""
    outlet = make_outlet()
    return Channel.objects.bulk_create(
        Channel(
            outlet=outlet,
            platform="rss",
            code=f"C-{n}",
            address=f"https://{host}/{n}",
            **{"paused": False, "next_poll_at": later(hours=-1, seconds=n / 100)} | fields,
        )
        for n, host in enumerate(hosts)
    )


def test_the_channels_of_a_killed_worker_are_free_within_half_a_minute():
    make_channels(["a.example", "b.example"])
    killed = claim(worker="killed:1")

    taken_over = claim(at=later(seconds=30), worker="next:1")

    assert [claimed.channel for claimed in taken_over] == [claimed.channel for claimed in killed]
    assert {*Domain.objects.values_list("lease_owner", flat=True)} == {"next:1"}


def test_a_living_worker_keeps_what_it_holds_however_long_a_fetch_takes():
    make_channels(["a.example"])
    held = claim(worker="living:1")

    for seconds in range(5, 600, 5):
        at = later(seconds=seconds)
        assert claim(at=at, worker="next:1") == []
        assert schedule.renew(held, worker="living:1", at=at) == {held[0].channel.pk}


def test_a_worker_is_told_what_another_took_over():
    make_channels(["a.example", "b.example"])
    claimed = claim(worker="late:1")
    claim(at=later(minutes=1), most=1, worker="next:1")

    held = schedule.renew(claimed, worker="late:1", at=later(minutes=1))

    assert held == {claimed[1].channel.pk}
    assert Domain.objects.get(name="a.example").lease_owner == "next:1"


def test_a_worker_prolongs_what_it_names_and_nothing_else_that_it_holds():
    make_channels(["a.example", "b.example"])
    first, second = claim()
    leases = [
        Channel.objects.filter(pk=second.channel.pk).values_list("lease_until", "pk"),
        Domain.objects.filter(name=second.domain).values_list("lease_until", "name"),
    ]
    before = [rows.get() for rows in leases]

    held = schedule.renew([first], worker="here:1", at=later(seconds=5))

    assert held == {first.channel.pk}
    assert [rows.get() for rows in leases] == before
    assert Channel.objects.get(pk=first.channel.pk).lease_until > before[0][0]
    assert Domain.objects.get(name=first.domain).lease_until > before[1][0]


def test_what_was_taken_over_is_neither_stored_nor_given_back():
    channel = make_channel(address="https://a.example/feed")
    world = World(answer(make_feed("One")))
    looks = iter(["claims", "is silent", "goes on"])

    def is_over():
        if next(looks, "") == "is silent":
            world.at = later(minutes=1)
            assert len(claim(at=world.at, worker="next:1")) == 1
        return False

    tally = world.poll(is_over=is_over)

    channel.refresh_from_db()
    assert (tally.lost_leases, tally.channels, Post.objects.count()) == (1, 0, 0)
    assert (channel.lease_owner, channel.last_polled_at) == ("next:1", None)
    assert Domain.objects.get().lease_owner == "next:1"


def test_a_lease_that_ends_later_than_any_can_holds_nobody_up():
    channel = make_channel(lease_owner="ahead:1", lease_until=NOON + DAY)

    assert [claimed.channel for claimed in claim()] == [channel]


# Clocks that jump


@pytest.mark.parametrize("wrong", [NOON + DAY, NOON - DAY], ids=["ahead", "behind"])
def test_a_clock_that_was_wrong_by_a_day_does_not_silence_the_wire(wrong):
    make_channel(address="https://a.example/feed")
    world = World(*(answer(make_feed(f"Post{n}")) for n in range(3)))
    world.poll()

    world.at = wrong + timedelta(hours=1)
    world.poll()
    world.at = later(hours=2)
    world.poll()
    world.at = later(hours=2, minutes=12)
    world.poll()

    # Ahead: polled, then again once its interval has passed from now. Behind: overdue from then.
    assert len(world.asked) >= 2
    assert Channel.objects.get().last_polled_at >= later(hours=2)


def test_a_site_that_was_asked_by_a_wrong_clock_is_asked_again():
    make_channel(address="https://a.example/feed")
    Domain.objects.create(
        name="a.example", asked_at=NOON + DAY, not_before=NOON + DAY, lease_until=NOON + DAY
    )

    assert World(answer(make_feed("One"))).poll().channels == 1


def test_what_a_wrong_clock_polled_waits_as_long_as_it_was_to():
    source = {"last_polled_at": NOON + DAY, "next_poll_at": NOON + DAY + timedelta(minutes=20)}
    make_channel(**source)
    make_channel(last_polled_at=NOON, next_poll_at=later(hours=20))
    make_provider()
    Provider.objects.update(**source)

    changed = schedule.forget_wrong_clock(NOON)
    changed += schedule.forget_wrong_clock(NOON, [Provider.objects.all()])

    due = Channel.objects.order_by("pk").values_list("next_poll_at", flat=True)
    assert (changed, [*due]) == (2, [later(minutes=20), later(hours=20)])
    assert Provider.objects.get().next_poll_at == later(minutes=20)


# A claim costs as much as it takes


def test_a_claim_reads_a_batch_of_the_index_however_many_are_due():
    make_channels(f"site{n}.example" for n in range(500))
    Channel.objects.filter(pk__gt=Channel.objects.order_by("pk")[250].pk).update(paused=True)

    never, dated = claims.waiting(NOON)

    for candidates in (never[:50], dated[:50]):
        plan = plan_of(candidates)
        assert "channel_due" in plan, plan.text
        assert not plan.reads_whole(Channel), plan.text
    assert len(dated[:50]) == 50


def test_a_claim_takes_as_many_queries_among_many_as_among_few(django_assert_max_num_queries):
    make_channels(f"site{n}.example" for n in range(2000))

    with django_assert_max_num_queries(12):
        taken = claim(most=8)

    assert len(taken) == 8
    assert not Channel.objects.filter(due_since__isnull=False).exists()


def test_channels_of_a_busy_site_are_not_read_again_before_their_turn():
    make_channels(["busy.example"] * 300 + ["free.example"])
    Domain.objects.create(name="busy.example", lease_owner="there:1", lease_until=later(seconds=20))

    taken = [claim() for _ in range(8)]

    assert [claimed.domain for batch in taken for claimed in batch] == ["free.example"]
    put_off = Channel.objects.filter(due_since__isnull=False).order_by("pk")
    assert put_off.count() == 300
    # Each claim put off a batch and none was put off twice; nobody lost its place in the queue.
    assert {channel.due_since for channel in put_off} == {
        later(hours=-1, seconds=n / 100) for n in range(300)
    }
    assert claim(at=later(seconds=0.9)) == []


def test_channels_of_a_site_that_refuses_wait_until_it_may_be_asked():
    make_channels(["a.example"] * 3)
    Domain.objects.create(name="a.example", not_before=later(minutes=30))

    assert claim() == []

    due = Channel.objects.order_by("pk").values_list("next_poll_at", flat=True)
    assert list(due) == [later(minutes=30, seconds=n) for n in range(3)]


def test_how_late_a_channel_is_asked_counts_from_when_it_fell_due():
    make_channels(["a.example"] * 2, next_poll_at=later(minutes=-1))
    (first,) = claim()
    schedule.leave(first, at=later(seconds=1))

    (second,) = claim(at=later(seconds=2))

    assert (first.late_by, second.late_by) == (
        timedelta(minutes=1),
        timedelta(minutes=1, seconds=2),
    )
