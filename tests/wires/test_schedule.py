"""Which channels are due, which domains may be fetched, and when they are due again."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.clock import NOON, later
from tests.wires.factories import make_channel
from wires import schedule
from wires.http import FetchError
from wires.models import LEASE, Channel, Domain
from wires.platforms.base import UnreadableBody

pytestmark = pytest.mark.django_db


def claim(*, at=NOON, due_at=None, most=10, worker="here:1"):
    return schedule.claim(due_at=due_at or at, at=at, most=most, worker=worker)


def lease_domain(name, *, at=NOON, worker="here:1"):
    return schedule.lease_domain(name, worker=worker, at=at)


def leave_domain(name, *, at=NOON, refusal=None):
    schedule.leave_domain(name, worker="here:1", at=at, refusal=refusal)


def on(host, **fields):
    return make_channel(address=f"https://{host}/feed", **fields)


def chance(*, highest=True):
    """Return a random generator that always gives the same value."""
    return SimpleNamespace(uniform=lambda low, high: high if highest else low)


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://feeds.bbci.co.uk/news/rss.xml", "bbci.co.uk"),
        ("https://www.abc.net.au/feed", "abc.net.au"),
        ("https://bbc.co.uk/feed", "bbc.co.uk"),
        ("https://rss.dw.com/rdf", "dw.com"),
        ("https://www.tagesschau.de/rss", "tagesschau.de"),
        ("https://feeds.co.example/rss", "co.example"),
        ("https://co.uk/feed", "co.uk"),
        ("https://T.ME./s/portwatch", "t.me"),
        ("http://127.0.0.1:8001/feed", "127.0.0.1:8001"),
        ("http://[2001:db8::1]/feed", "2001:db8::1"),
        ("http://localhost:9/feed", "localhost:9"),
        ("http://[broken/feed", "http://[broken/feed"),
        ("/feed", ""),
    ],
)
def test_a_url_is_reduced_to_its_registrable_domain(url, domain):
    assert schedule.registrable_domain(url) == domain


def test_the_longest_due_channel_of_each_domain_is_claimed():
    on("a.example", next_poll_at=later(minutes=-1))
    never = on("www.a.example")
    other = on("b.example", next_poll_at=later(minutes=-5))

    claims = claim()

    assert {claimed.channel for claimed in claims} == {never, other}


@pytest.mark.parametrize(
    "fields",
    [
        {"paused": True},
        {"origin": "by_hand"},
        {"origin": "file"},
        {"health": "gone"},
        {"health": "poison"},
        {"next_poll_at": later(seconds=1)},
        {"lease_until": later(seconds=1)},
    ],
)
def test_channels_that_must_not_be_polled_are_not_claimed(fields):
    make_channel(**fields)
    due = make_channel()

    assert [claimed.channel for claimed in claim()] == [due]


def test_a_claimed_channel_is_not_claimed_again_until_its_lease_is_over():
    on("a.example")

    first, second = claim(), claim(at=later(seconds=20))
    after = claim(at=NOON + LEASE)

    assert (len(first), second, len(after)) == (1, [], 1)


def test_a_domain_is_fetched_by_one_poller_at_a_time():
    on("a.example")
    on("www.a.example")

    assert (len(claim()), claim(at=later(seconds=20))) == (1, [])


def test_a_domain_is_fetched_at_most_once_a_second():
    on("a.example")
    on("www.a.example")
    (first,) = claim()
    schedule.leave(first, at=later(seconds=0.2))

    assert claim(at=later(seconds=0.9)) == []
    assert len(claim(at=later(seconds=1))) == 1


def test_telegram_is_fetched_at_most_every_two_seconds():
    on("t.me/s/one")
    on("t.me/s/two")
    (first,) = claim()
    schedule.leave(first, at=later(seconds=0.2))

    assert claim(at=later(seconds=1.9)) == []
    assert len(claim(at=later(seconds=2))) == 1


@pytest.mark.parametrize(
    ("asked", "waits"),
    [
        (timedelta(hours=2), timedelta(hours=2)),
        (timedelta(seconds=1), timedelta(minutes=1)),
        (timedelta(days=30), timedelta(hours=24)),
        (None, timedelta(minutes=30)),
    ],
)
def test_a_refusal_delays_every_channel_of_the_domain(asked, waits):
    on("a.example")
    on("www.a.example")
    (first,) = claim()
    error = FetchError("rate_limited", "Later.", status=429, retry_after=asked)

    schedule.leave(first, at=NOON, refusal=error)

    assert claim(at=NOON + waits - timedelta(seconds=1)) == []
    assert len(claim(at=NOON + waits)) == 1


def test_refusals_without_retry_after_double_the_wait_until_a_success():
    on("a.example")
    (first,) = claim()
    error = FetchError("rate_limited", "Later.", status=503)

    waits = []
    for _ in range(3):
        schedule.leave(first, at=NOON, refusal=error)
        waits.append(Domain.objects.get().not_before - NOON)
    schedule.leave(first, at=NOON)

    assert waits == [timedelta(minutes=minutes) for minutes in (30, 60, 120)]
    assert Domain.objects.get().refusals == 0


def test_a_released_channel_is_due_again():
    on("a.example")

    schedule.give_back(claim(), worker="here:1")

    assert len(claim(at=later(seconds=1))) == 1


def test_the_poller_sleeps_until_the_first_domain_is_free():
    on("a.example")
    on("www.a.example")
    on("b.example", next_poll_at=later(hours=1))
    (first,) = claim(most=1)
    schedule.leave(first, at=NOON)

    pause = schedule.pause(due_at=NOON, at=later(seconds=0.4))

    assert pause == timedelta(seconds=0.6)
    Channel.objects.update(next_poll_at=later(hours=1), due_since=None)
    assert schedule.pause(due_at=NOON, at=NOON) is None


def test_a_channel_is_due_again_after_its_interval_with_jitter():
    channel = make_channel(interval_minutes=10)

    moments = [
        schedule.after_reading(channel, at=NOON, chance=chance(highest=highest))["next_poll_at"]
        for highest in (False, True)
    ]

    assert moments == [later(minutes=8.5), later(minutes=11.5)]


@pytest.mark.parametrize(
    ("asked", "next_poll_at"),
    [
        ({"ttl": timedelta(hours=1)}, later(hours=1)),
        ({"max_age": timedelta(hours=2), "ttl": timedelta(hours=1)}, later(hours=2)),
        ({"max_age": timedelta(days=300)}, later(hours=6)),
        ({"max_age": timedelta(seconds=-5)}, later(minutes=11.5)),
    ],
)
def test_the_publishers_interval_is_respected_up_to_six_hours(asked, next_poll_at):
    channel = make_channel(interval_minutes=10)

    fields = schedule.after_reading(channel, at=NOON, chance=chance(), **asked)

    assert fields["next_poll_at"] == next_poll_at


@pytest.mark.parametrize(
    ("failures", "hours"), [(0, 1 / 3), (1, 2 / 3), (5, 32 / 3), (6, 32 / 3), (60, 32 / 3)]
)
def test_failures_in_a_row_double_the_longest_wait(failures, hours):
    channel = make_channel(interval_minutes=10, failures=failures)
    error = UnreadableBody("not_a_feed", "This is a page.")

    fields = schedule.after_failure(channel, error, at=NOON, chance=chance())

    assert fields["next_poll_at"] == later(hours=hours)
    assert (fields["failures"], fields["health"]) == (failures + 1, "failing")
    assert fields["last_error"] == "This is a page."


def test_every_wait_is_between_the_interval_and_a_day():
    channel = make_channel(interval_minutes=600, failures=6)
    error = UnreadableBody("empty", "Nothing.")

    moments = [
        schedule.after_failure(channel, error, at=NOON, chance=chance(highest=highest))[
            "next_poll_at"
        ]
        for highest in (False, True)
    ]

    assert moments == [later(hours=10), later(hours=24)]


def test_a_403_is_retried_after_six_hours():
    channel = make_channel()
    error = FetchError("http_403", "No entry.", status=403)

    fields = schedule.after_failure(channel, error, at=NOON, chance=chance())

    assert fields["next_poll_at"] == later(hours=6)


def test_two_410_answers_a_day_apart_mark_the_channel_gone():
    channel = make_channel()
    error = FetchError("http_410", "It is gone.", status=410)
    health = []

    for hours in (0, 10, 24):
        fields = schedule.after_failure(channel, error, at=later(hours=hours), chance=chance())
        Channel.objects.update(**fields)
        channel.refresh_from_db()
        health.append(channel.health)

    assert health == ["failing", "failing", "gone"]
    assert not Channel.objects.polled().exists()


def test_a_body_that_crashes_the_parser_is_poison():
    channel = make_channel()

    error = UnreadableBody("poison", "It killed the parser.")

    fields = schedule.after_failure(channel, error, at=NOON, chance=chance())

    assert fields["health"] == Channel.Health.POISON


def test_a_claim_takes_few_queries_however_many_channels(django_assert_max_num_queries):
    for n in range(50):
        on(f"site{n}.example")

    with django_assert_max_num_queries(9):
        assert len(claim(most=50)) == 50


def test_a_domain_can_be_leased_without_a_channel():
    on("one.example")

    first = lease_domain("one.example", at=NOON)
    again = lease_domain("one.example", at=later(seconds=20))
    waiting = claim(most=8)
    leave_domain("one.example", at=later(minutes=1))

    assert (first, again, waiting) == (True, False, [])
    assert len(claim(at=later(minutes=1))) == 1


# Two domains, two channels of one, and the very moment


def leases():
    """Return until when each channel and each domain is leased, by code and name."""
    channels = Channel.objects.values_list("code", "lease_until")
    return dict(channels) | dict(Domain.objects.values_list("name", "lease_until"))


def test_a_claim_leases_only_what_it_takes():
    on("a.example", code="FIRST", next_poll_at=later(hours=-2))
    on("www.a.example", code="SECOND", next_poll_at=later(hours=-1))
    on("b.example", code="OTHER", next_poll_at=later(minutes=-1))
    Domain.objects.create(name="b.example")

    (claimed,) = claim(most=1)

    assert (claimed.channel.code, claimed.domain, claimed.started_at) == (
        "FIRST",
        "a.example",
        NOON,
    )
    assert leases() == {
        "FIRST": later(seconds=25),
        "SECOND": None,
        "OTHER": None,
        "a.example": later(seconds=25),
        "b.example": None,
    }
    assert Domain.objects.get(name="b.example").not_before is None


def test_channels_are_claimed_in_the_order_in_which_they_fell_due():
    for hour, host in ((3, "c.example"), (1, "a.example"), (2, "b.example")):
        on(host, next_poll_at=later(hours=-hour))
    on("never.example", next_poll_at=None)

    rounds = [claim(most=1) for _ in range(4)]

    domains = [claimed.domain for claims in rounds for claimed in claims]
    assert domains == ["never.example", "c.example", "b.example", "a.example"]


def test_the_channel_that_was_made_first_is_claimed_first_where_none_was_polled():
    first, _ = on("a.example"), on("www.a.example")

    assert [claimed.channel for claimed in claim()] == [first]


def test_each_domain_waits_as_long_as_its_platform_asks():
    on("a.example")
    on("t.me/s/one")

    claim()

    pauses = dict(Domain.objects.values_list("name", "not_before"))
    assert pauses == {"a.example": later(seconds=1), "t.me": later(seconds=2)}


def test_a_round_claims_what_was_due_when_it_began():
    on("a.example", next_poll_at=NOON)
    on("b.example", next_poll_at=later(seconds=1))

    claims = claim(due_at=NOON, at=later(minutes=1))

    assert [claimed.domain for claimed in claims] == ["a.example"]


def test_the_lease_of_a_worker_that_died_ends_at_its_moment():
    on("a.example")
    claim()

    assert claim(at=later(seconds=25) - timedelta(microseconds=1)) == []
    assert len(claim(at=later(seconds=25))) == 1


def test_the_domain_of_a_worker_that_died_is_free_at_its_moment():
    on("a.example", next_poll_at=later(hours=-1))
    second = on("www.a.example")
    Channel.objects.filter(pk=second.pk).update(next_poll_at=later(minutes=-1))
    claim()

    assert claim(at=later(seconds=25) - timedelta(microseconds=1)) == []
    Channel.objects.exclude(pk=second.pk).update(paused=True)
    assert [claimed.channel for claimed in claim(at=later(seconds=26))] == [second]


def test_leaving_a_domain_leaves_the_others_as_they_are():
    on("a.example")
    on("b.example")
    first, second = sorted(claim(), key=lambda claimed: claimed.domain)
    Domain.objects.update(refusals=3)

    schedule.leave(first, at=later(seconds=5))

    rows = Domain.objects.order_by("name").values_list("name", "lease_until", "refusals")
    assert list(rows) == [("a.example", None, 0), (second.domain, later(seconds=25), 3)]


def test_a_refusal_by_one_domain_does_not_delay_another():
    on("a.example")
    on("b.example")
    first, _ = sorted(claim(), key=lambda claimed: claimed.domain)
    error = FetchError("rate_limited", "Later.", status=503)

    schedule.leave(first, at=NOON, refusal=error)

    rows = Domain.objects.order_by("name").values_list(
        "name", "lease_until", "not_before", "refusals"
    )
    assert list(rows) == [
        ("a.example", None, later(minutes=30), 1),
        ("b.example", later(seconds=25), later(seconds=1), 0),
    ]


@pytest.mark.parametrize(("refusals", "hours"), [(4, 8), (5, 16), (6, 24), (60, 24)])
def test_refusals_in_a_row_are_waited_for_up_to_a_day(refusals, hours):
    Domain.objects.create(name="a.example", refusals=refusals)
    error = FetchError("rate_limited", "Later.", status=503)

    leave_domain("a.example", at=NOON, refusal=error)

    domain = Domain.objects.get()
    assert (domain.not_before, domain.refusals) == (later(hours=hours), refusals + 1)


def test_a_refusal_counts_from_the_moment_it_came():
    Domain.objects.create(name="a.example", lease_owner="here:1", lease_until=later(hours=1))
    error = FetchError(
        "rate_limited", "Later.", status=429, retry_after=timedelta(minutes=1, seconds=1)
    )

    leave_domain("a.example", at=later(minutes=5), refusal=error)

    domain = Domain.objects.get()
    assert (domain.lease_until, domain.not_before) == (None, later(minutes=6, seconds=1))


def test_a_refusal_counts_as_asked_when_it_came_even_of_a_worker_that_lost_its_lease():
    for name, owner in (("a.example", "here:1"), ("b.example", "there:2")):
        Domain.objects.create(
            name=name, asked_at=NOON, lease_owner=owner, lease_until=later(hours=1)
        )
    error = FetchError("rate_limited", "Later.", status=429)

    for name in ("a.example", "b.example"):
        leave_domain(name, at=later(minutes=5), refusal=error)

    rows = Domain.objects.order_by("name").values_list("asked_at", "not_before", "lease_owner")
    asked, until = later(minutes=5), later(minutes=35)
    assert list(rows) == [(asked, until, ""), (asked, until, "there:2")]


def test_giving_claims_back_frees_only_these():
    for host in ("a.example", "b.example", "c.example"):
        on(host, code=host[0].upper() * 2)
    first, second, _ = sorted(claim(), key=lambda claimed: claimed.domain)

    schedule.give_back([first, second], worker="here:1")

    assert leases() == {
        "AA": None,
        "BB": None,
        "CC": later(seconds=25),
        "a.example": None,
        "b.example": None,
        "c.example": later(seconds=25),
    }


def test_what_is_due_waits_until_its_domain_may_be_asked():
    on("a.example")
    on("b.example")
    Domain.objects.create(
        name="a.example", lease_until=later(seconds=9), not_before=later(seconds=3)
    )
    Domain.objects.create(
        name="b.example", lease_until=later(seconds=2), not_before=later(seconds=7)
    )
    Domain.objects.create(name="c.example", lease_until=later(seconds=1))

    assert claim() == []

    # The worker that asks a.example may be done when the pause is over; nobody asks b.example before 7.
    assert schedule.pause(due_at=NOON, at=NOON) == timedelta(seconds=3)
    tries = Channel.objects.order_by("next_poll_at").values_list("next_poll_at", "due_since")
    assert list(tries) == [(later(seconds=3), NOON), (later(seconds=7), NOON)]
    assert schedule.pause(due_at=NOON, at=later(seconds=7)) == timedelta(0)


def test_there_is_no_pause_where_one_of_the_domains_is_free():
    on("a.example")
    on("b.example")
    Domain.objects.create(name="a.example", lease_until=later(hours=1))

    assert schedule.pause(due_at=NOON, at=NOON) == timedelta(0)


@pytest.mark.parametrize(
    ("site", "pause"),
    [
        (None, timedelta()),
        ({"not_before": later(seconds=3)}, timedelta(seconds=3)),
        ({"not_before": later(hours=2)}, timedelta(hours=2)),
        ({"not_before": NOON}, timedelta()),
        ({"not_before": later(seconds=-3)}, timedelta()),
        ({"lease_until": later(seconds=1)}, None),
        ({"lease_until": NOON}, timedelta()),
        # No lease can be as long: a wrong clock wrote it.
        ({"lease_until": later(hours=2)}, timedelta()),
    ],
    ids=lambda case: str(case),
)
def test_one_channel_waits_as_long_as_its_own_site_has_to_be_left_alone(site, pause):
    channel = on("a.example")
    Domain.objects.create(
        name="b.example", lease_until=later(seconds=9), not_before=later(seconds=7)
    )
    if site is not None:
        Domain.objects.create(name="a.example", **site)

    assert schedule.pause_before(channel, at=NOON) == pause


def test_nobody_waits_for_a_channel_that_another_worker_asks():
    mine, other = on("a.example"), on("b.example")
    Channel.objects.filter(pk=other.pk).update(lease_owner="x", lease_until=later(seconds=9))

    pauses = [schedule.pause_before(channel, at=NOON) for channel in (mine, other)]

    assert pauses == [timedelta(), None]


def test_leasing_a_domain_leaves_the_others_free():
    Domain.objects.create(name="b.example")

    assert lease_domain("a.example", at=NOON)

    rows = Domain.objects.order_by("name").values_list("name", "lease_until", "not_before")
    assert list(rows) == [
        ("a.example", later(seconds=25), later(seconds=1)),
        ("b.example", None, None),
    ]


def test_a_domain_is_leased_while_another_is_taken():
    lease_domain("a.example", at=NOON)

    assert not lease_domain("a.example", at=later(seconds=25) - timedelta(microseconds=1))
    assert lease_domain("t.me", at=NOON)
    assert lease_domain("a.example", at=later(seconds=25))
    assert Domain.objects.get(name="t.me").not_before == later(seconds=2)


def test_a_channel_read_after_failures_is_as_one_that_never_failed():
    channel = make_channel(
        failures=3, health="failing", last_error="Slow.", last_error_at=NOON, lease_until=NOON
    )

    fields = schedule.after_reading(channel, at=later(hours=1), chance=chance())

    assert fields == {
        "next_poll_at": later(hours=1, minutes=11.5),
        "lease_until": None,
        "lease_owner": "",
        "due_since": None,
        "last_polled_at": later(hours=1),
        "failures": 0,
        "health": "sound",
        "failing_since": None,
        "error_kind": "",
        "offered_feeds": [],
        "last_error": "",
        "last_error_at": None,
    }


def test_a_channel_that_fails_says_when_and_why():
    channel = make_channel(lease_until=later(hours=2), last_error="Slow.", last_error_at=NOON)
    error = FetchError("timeout", "Too slow.")

    fields = schedule.after_failure(channel, error, at=later(hours=1), chance=chance(highest=False))

    assert fields == {
        "next_poll_at": later(hours=1, minutes=10),
        "lease_until": None,
        "lease_owner": "",
        "due_since": None,
        "last_polled_at": later(hours=1),
        "failures": 1,
        "health": "failing",
        "failing_since": later(hours=1),
        "error_kind": "timeout",
        "offered_feeds": [],
        "last_error": "Too slow.",
        "last_error_at": later(hours=1),
    }


@pytest.mark.parametrize(("kind", "hours"), [("http_401", 6), ("http_403", 6), ("http_404", 1 / 3)])
def test_what_only_people_can_fix_is_asked_again_after_six_hours(kind, hours):
    error = FetchError(kind, "No entry.")

    fields = schedule.after_failure(make_channel(), error, at=NOON, chance=chance())

    assert fields["next_poll_at"] == later(hours=hours)


@pytest.mark.parametrize(
    ("first", "kind", "second", "hours", "health"),
    [
        ("Gone.", "http_410", "Gone.", 24, "gone"),
        ("Gone.", "http_410", "Gone.", 24 - 1 / 3600, "failing"),
        ("Slow.", "http_410", "Gone.", 48, "failing"),
        ("Gone.", "http_404", "Gone.", 48, "failing"),
    ],
    ids=["a day apart", "a second less", "another error before", "another error now"],
)
def test_a_channel_is_gone_only_by_two_410_a_day_apart(first, kind, second, hours, health):
    channel = make_channel(last_error=first, last_error_at=NOON, failures=1)

    fields = schedule.after_failure(
        channel, FetchError(kind, second), at=later(hours=hours), chance=chance()
    )

    assert fields["health"] == health


def test_a_host_longer_than_a_domain_can_be_stops_no_round():
    make_channel(address=f"https://{'a' * 300}/feed")
    make_channel(address=f"https://{'b' * 300}.example/feed")
    on("c.example")

    assert [len(claimed.domain) for claimed in claim()] in ([253, 253, 9], [9, 253, 253])
