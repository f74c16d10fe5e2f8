"""Polling: the requests that sites get, and what becomes of their answers."""

import threading
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from pytest_httpserver import HTTPServer

from tests.clock import NOON, later
from tests.commands import run_command
from tests.waiting import CEILING
from tests.wires.databases import run_beside, shared_database
from tests.wires.factories import make_channel, make_feed
from tests.wires.sites import World, answer
from wires.http import FetchError
from wires.ingest import IngestOutcome
from wires.ingest.poll import NotClaimed
from wires.ingest.tally import PollTally
from wires.models import Capture, Channel, Domain, Post
from wires.platforms import parse
from wires.platforms.base import UnreadableBody

__all__ = ["shared_database"]

pytestmark = pytest.mark.django_db


def test_a_due_channel_is_fetched_and_stored():
    channel = make_channel(address="https://harbour.example/feed")
    world = World(answer(make_feed("One", "Two"), etag='"a"', last_modified="Thu, 25 Jun 2026"))

    tally = world.poll()

    assert (tally.channels, tally.outcome, tally.failures) == (1, IngestOutcome(new=2), [])
    channel.refresh_from_db()
    assert (channel.etag, channel.last_modified) == ('"a"', "Thu, 25 Jun 2026")
    assert channel.next_poll_at == later(minutes=11.5)
    assert (channel.lease_until, channel.last_polled_at, channel.last_read_at) == (None, NOON, NOON)


def test_the_next_fetch_is_conditional_and_304_changes_nothing():
    make_channel(etag='"a"', last_modified="Thursday")
    world = World(answer(status=304, etag='"a"', last_modified="Thursday"))

    tally = world.poll()

    assert vars(world.asked[0]) | {"url": ""} == {
        "url": "", "etag": '"a"', "last_modified": "Thursday"
    }  # fmt: skip
    assert (tally.unchanged, tally.outcome) == (1, IngestOutcome())
    channel = Channel.objects.get()
    assert (channel.etag, channel.next_poll_at) == ('"a"', later(minutes=11.5))


def test_the_same_bytes_under_another_validator_are_not_parsed_again():
    make_channel()
    parsed = []

    def counting(body, **context):
        parsed.append(body)
        return parse(body, **context)

    world = World(
        answer(make_feed("One"), etag="1"), answer(make_feed("One"), etag="2"), parse=counting
    )
    world.poll()
    world.at = later(hours=1)

    tally = world.poll()

    assert (len(parsed), tally.unchanged, tally.outcome) == (1, 1, IngestOutcome(seen=1))
    assert Channel.objects.get().etag == "2"


def test_an_unreadable_body_keeps_the_old_validators_and_says_why():
    channel = make_channel(etag="old")
    world = World(answer(b"<!doctype html><html><body>Log in</body></html>", etag="new"))

    tally = world.poll()

    channel.refresh_from_db()
    assert channel.etag == "old"
    assert (channel.failures, channel.health) == (1, "failing")
    assert channel.last_error
    assert tally.failures == [f"{channel.code}: {channel.last_error}"]
    assert not Capture.objects.exists()


def test_a_truncated_feed_keeps_its_items_and_no_validators():
    channel = make_channel()
    whole = make_feed("One", "Two")
    cut = whole[: whole.rindex(b"<item>")]
    world = World(answer(cut, etag="1"), answer(cut, etag="1"))

    tally = world.poll()
    world.at = later(hours=1)
    world.poll()

    channel.refresh_from_db()
    assert (tally.outcome, channel.etag) == (IngestOutcome(new=1), "")


def test_a_failed_fetch_backs_off_until_the_next_success():
    channel = make_channel()
    world = World(FetchError("timeout", "It took too long."), answer(make_feed("One")))

    world.poll()
    channel.refresh_from_db()
    failed = (channel.failures, channel.last_error, channel.next_poll_at, channel.lease_until)
    world.at = later(hours=1)
    world.poll()

    assert failed == (1, "It took too long.", later(minutes=20), None)
    channel.refresh_from_db()
    assert (channel.failures, channel.last_error, channel.health) == (0, "", "sound")


def test_retry_after_delays_every_channel_of_the_site():
    for n in range(3):
        make_channel(address=f"https://www.harbour.example/{n}")
    refusal = FetchError("rate_limited", "Later.", status=429, retry_after=timedelta(hours=2))
    world = World(refusal)

    world.poll()
    world.at = later(minutes=119)
    world.poll()

    assert len(world.asked) == 1
    assert Domain.objects.get().not_before == later(hours=2)


def test_channels_of_one_site_are_asked_one_after_the_other():
    for n in range(3):
        make_channel(address=f"https://www.harbour.example/{n}")
    moments = []
    world = World(*(answer(make_feed(f"Post{n}")) for n in range(3)))
    fetch = world.fetch

    def timed(url, **validators):
        moments.append(world.at)
        return fetch(url, **validators)

    world.fetch = timed
    world.poll()

    assert moments == [NOON, later(seconds=1), later(seconds=2)]


def test_telegram_is_read_from_the_public_page_of_its_account():
    make_channel(platform="telegram", account="portwatch", address="https://t.me/portwatch")
    world = World(FetchError("timeout", "Slow."))

    world.poll()

    assert world.asked[0].url == "https://t.me/s/portwatch"


def test_a_body_that_crashes_the_parser_stops_only_its_channel():
    poisoned = make_channel(address="https://a.example/")
    sound = make_channel(address="https://b.example/")

    def fragile(body, **context):
        if body == b"poison":
            raise UnreadableBody("poison", "It crashed the parser twice.")  # noqa: EM101 - a kind
        return parse(body, **context)

    world = World(parse=fragile)
    world.fetch = lambda url, **validators: answer(
        b"poison" if url == poisoned.address else make_feed("One")
    )
    world.poll()

    poisoned.refresh_from_db()
    assert poisoned.health == Channel.Health.POISON
    assert Post.objects.get().channel == sound


def test_a_killed_poller_loses_nothing():
    make_channel()

    class Killed(BaseException):
        pass

    def dies(body, **context):
        raise Killed

    with pytest.raises(Killed):
        World(answer(make_feed("One")), parse=dies).poll()
    leased = World()
    leased.poll()
    later_on = World(answer(make_feed("One")))
    later_on.at = later(minutes=11)

    assert leased.asked == []
    assert later_on.poll().outcome == IngestOutcome(new=1)


def test_stopping_releases_channels_that_were_being_polled():
    make_channel()
    world = World()
    arrived, let_go = threading.Event(), threading.Event()

    def hangs(url, **validators):
        arrived.set()
        world.is_over = True
        let_go.wait(CEILING)
        return answer(make_feed("One"))

    world.fetch = hangs
    try:
        tally = world.poll()
    finally:
        let_go.set()

    assert arrived.is_set()
    assert tally.channels == 0
    assert Channel.objects.get().lease_until is None
    assert Channel.objects.due(later(minutes=1)).exists()


def test_a_paused_channel_is_left_alone():
    make_channel(paused=True)
    world = World()

    assert (world.poll().channels, world.asked) == (0, [])


def test_no_transaction_is_open_while_waiting_for_a_site_or_a_parser():
    make_channel()
    depth = len(connection.savepoint_ids)
    seen = []

    def looking(body, **context):
        seen.append(len(connection.savepoint_ids))
        return parse(body, **context)

    world = World(answer(make_feed("One")), parse=looking)
    fetch = world.fetch
    world.fetch = lambda url, **validators: (
        seen.append(len(connection.savepoint_ids)),
        fetch(url, **validators),
    )[1]
    world.poll()

    # Threads have their own connections, on which no transaction was ever started.
    assert seen == [0, 0]
    assert len(connection.savepoint_ids) == depth


def test_poll_wires_polls_due_channels_and_prints_a_summary(httpserver, settings):
    settings.WIRE_TRUSTED_HOSTS = [f"{httpserver.host}:{httpserver.port}"]
    httpserver.expect_request("/feed").respond_with_data(make_feed("One"))
    make_channel(code="GOOD", address=httpserver.url_for("/feed"))
    make_channel(code="BAD", address="http://10.0.0.1/feed")

    ran = run_command("poll_wires", "--once")

    assert ran.out.strip() == (
        "2 channels polled, 0 unchanged, 1 failed: 1 new posts, 0 new versions, 0 known; "
        "95 of 100 were asked within 0.0 s of falling due; failures: ssrf 1"
    )
    assert ran.err.startswith("BAD: ")
    request = httpserver.log[0][0]
    assert "NewsroomWire" in request.headers["User-Agent"]


@pytest.mark.django_db(transaction=True)
def test_two_pollers_at_once_fetch_each_channel_once(shared_database):
    servers = [HTTPServer(port=0) for _ in range(4)]
    for n, server in enumerate(servers):
        server.start()
        server.expect_request("/feed").respond_with_data(make_feed(f"Post{n}"))
        make_channel(address=server.url_for("/feed"))
    trusted = ",".join(f"{server.host}:{server.port}" for server in servers)
    try:
        with shared_database({"WIRE_TRUSTED_HOSTS": trusted}) as environment:
            pollers = [run_beside(environment, "poll_wires", "--once") for _ in range(2)]
            output = [poller.communicate(timeout=CEILING) for poller in pollers]
    finally:
        for server in servers:
            server.stop()

    assert [poller.returncode for poller in pollers] == [0, 0], output
    assert [len(server.log) for server in servers] == [1, 1, 1, 1]


@pytest.mark.django_db(transaction=True)
def test_poll_wires_stops_within_seconds_of_a_signal(shared_database, httpserver):
    httpserver.expect_request("/feed").respond_with_data(make_feed("One"))
    make_channel(address=httpserver.url_for("/feed"))
    trusted = f"{httpserver.host}:{httpserver.port}"

    with shared_database({"WIRE_TRUSTED_HOSTS": trusted}) as environment:
        poller = run_beside(environment, "poll_wires")
        output = poller.stdout.readline()
        poller.send_signal(15)
        status = poller.wait(timeout=CEILING)

    assert output.startswith(b"1 channels polled")
    assert status == 0


def test_a_poller_reports_first_when_it_has_polled_something_then_each_minute():
    make_channel()
    world, reports = World(answer(make_feed("One"))), []

    poller = world.poller(is_over=lambda: world.at >= later(minutes=2, seconds=30))
    poller.poll_on(lambda tally: reports.append((world.at - NOON, tally.channels)))

    assert [channels for _, channels in reports] == [1, 0, 0, 0]
    assert [at.total_seconds() // 60 for at, _ in reports] == [0, 1, 2, 2]


# Two channels in one round


class Script:
    """Answers by address, whatever the order in which they are asked for."""

    def __init__(self, **answers):
        self.channels = {code: make_channel(code=code) for code in answers}
        self.by_address = {self.channels[code].address: given for code, given in answers.items()}

    def __call__(self, url, **validators):
        given = self.by_address[url]
        if isinstance(given, Exception):
            raise given
        return given

    def row(self, code):
        return Channel.objects.filter(code=code).values().get()


def test_each_channel_of_a_round_keeps_what_its_own_site_said():
    script = Script(
        ONE=answer(
            make_feed("One"), etag='"1"', last_modified="Monday", max_age=timedelta(hours=1)
        ),
        TWO=answer(make_feed("Two", "Three"), etag='"2"', last_modified="Tuesday"),
        OLD=answer(status=304, etag='"3"'),
        BAD=FetchError("timeout", "It took too long."),
        ODD=answer(b"<!doctype html><html><body>Log in</body></html>", etag='"5"'),
    )
    world = World()
    world.fetch = script

    tally = world.poll()

    rows = {code: script.row(code) for code in script.channels}
    assert {code: (row["etag"], row["last_modified"]) for code, row in rows.items()} == {
        "ONE": ('"1"', "Monday"),
        "TWO": ('"2"', "Tuesday"),
        "OLD": ('"3"', ""),
        "BAD": ("", ""),
        "ODD": ("", ""),
    }
    assert {code: row["next_poll_at"] for code, row in rows.items()} == {
        "ONE": later(hours=1),
        "TWO": later(minutes=11.5),
        "OLD": later(minutes=11.5),
        "BAD": later(minutes=20),
        "ODD": later(minutes=20),
    }
    assert {code: row["last_read_at"] for code, row in rows.items()} == {
        "ONE": NOON,
        "TWO": NOON,
        "OLD": None,
        "BAD": None,
        "ODD": None,
    }
    assert {row["lease_until"] for row in rows.values()} == {None}
    assert set(Domain.objects.values_list("lease_until", flat=True)) == {None}
    assert (tally.channels, tally.unchanged, tally.outcome) == (5, 1, IngestOutcome(new=3))
    assert sorted(failure[:4] for failure in tally.failures) == ["BAD:", "ODD:"]
    assert not tally.is_empty


def test_a_body_is_kept_with_the_address_it_came_from_in_the_end():
    script = Script(ONE=answer(make_feed("One")))
    seen = []

    def looking(body, *, url, account, charset):
        seen.append((url, account))
        return parse(body, url=url, account=account, charset=charset)

    world = World(parse=looking)
    world.fetch = script
    script.channels["ONE"].account = "port"
    script.channels["ONE"].save()

    world.poll()

    assert seen == [("https://harbour.example/feed", "port")]
    assert Capture.objects.get().url == "https://harbour.example/feed"


def test_a_feed_that_says_how_long_it_lasts_is_left_alone_until_then():
    make_channel()
    world = World(answer(make_feed("One", head="<ttl>120</ttl>")))

    world.poll()

    assert Channel.objects.get().next_poll_at == later(hours=2)


def test_the_same_bytes_again_count_as_read_and_an_unchanged_answer_does_not():
    make_channel()
    world = World(answer(make_feed("One")), answer(make_feed("One")), answer(status=304))

    read_at = []
    for hours in (0, 1, 2):
        world.at = later(hours=hours)
        tally = world.poll()
        read_at.append(Channel.objects.get().last_read_at)

    assert read_at == [NOON, later(hours=1), later(hours=1)]
    assert (tally.channels, tally.unchanged) == (1, 1)


def test_each_channel_without_news_is_counted():
    for name in ("one", "two", "three"):
        make_channel(address=f"https://{name}.example/feed")
    world = World(*(answer(status=304) for _ in range(3)))

    tally = world.poll()

    assert (tally.channels, tally.unchanged) == (3, 3)


def test_bytes_of_another_channel_are_read_as_new():
    body = make_feed("One")
    script = Script(ONE=answer(body), TWO=answer(body))
    world = World()
    world.fetch = script

    tally = world.poll()

    assert (tally.outcome, tally.unchanged) == (IngestOutcome(new=2), 0)
    owners = Post.objects.values_list("channel__code", flat=True)
    assert sorted(owners) == ["ONE", "TWO"]


def test_a_refusal_frees_the_site_and_other_errors_forget_refusals():
    for error, refusals in (
        (FetchError("http_503", "Busy.", status=503), 1),
        (FetchError("rate_limited", "Later.", status=429), 2),
        (FetchError("http_500", "Broken.", status=500), 0),
    ):
        Channel.objects.all().delete()
        make_channel(address="https://harbour.example/feed")
        Domain.objects.update(not_before=None)
        World(error).poll()

        domain = Domain.objects.get()
        assert (domain.lease_until, domain.refusals) == (None, refusals)


def test_a_channel_that_falls_due_during_a_round_waits_for_the_next():
    make_channel(code="NOW", next_poll_at=NOON)
    make_channel(code="SOON", next_poll_at=later(seconds=1))
    world = World(answer(make_feed("One")), answer(make_feed("Two")))
    fetch = world.fetch

    def slow(url, **validators):
        world.at = later(hours=1)
        return fetch(url, **validators)

    world.fetch = slow
    first = world.poll()

    assert (first.channels, len(world.asked)) == (1, 1)


def test_at_most_eight_sites_are_asked_at_once():
    for n in range(10):
        make_channel(code=f"CODE-{n}", address=f"https://channel{n}.example/feed")
    world, claimed_once = World(), threading.Event()
    leased = []

    def busy(url, **validators):
        claimed_once.wait(CEILING)
        return answer(make_feed(f"Post{urlsplit(url).hostname}"))

    def counting():
        leased.append(Channel.objects.filter(lease_until__isnull=False).count())
        if leased[-1]:
            claimed_once.set()
        return False

    world.fetch = busy
    tally = world.poll(is_over=counting)

    assert (tally.channels, tally.outcome) == (10, IngestOutcome(new=10))
    assert leased[:2] == [0, 8]
    assert max(leased) == 8


def test_a_round_ends_where_a_site_is_not_free_within_seconds():
    make_channel(address="https://www.harbour.example/1")
    Domain.objects.create(name="harbour.example", not_before=later(seconds=5, microseconds=1))
    world = World(answer(make_feed("One")))

    ended = world.poll()
    Domain.objects.update(not_before=later(seconds=5))
    Channel.objects.update(next_poll_at=None)
    waited = world.poll()

    assert ended.is_empty
    assert (waited.channels, world.at) == (1, later(seconds=5))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (
            {"not_before": later(seconds=5, microseconds=1)},
            "The site of ONE may not be asked for another 6 seconds.",
        ),
        (
            {"lease_owner": "another", "lease_until": later(minutes=1)},
            "ONE is being polled by another worker.",
        ),
    ],
)
def test_one_channel_whose_site_is_not_free_within_seconds_is_not_waited_for(fields, said):
    channel = make_channel(code="ONE", address="https://www.harbour.example/1")
    Domain.objects.create(name="harbour.example", **fields)
    world = World(answer(make_feed("One")))

    with pytest.raises(NotClaimed) as refused:
        world.poller().poll_one(channel)

    assert str(refused.value) == said
    assert (world.at, world.asked) == (NOON, [])


@pytest.mark.parametrize(
    ("fields", "is_empty"),
    [({}, True), ({"channels": 1}, False), ({"failures": ["ODD: why"]}, False)],
)
def test_a_round_is_empty_in_which_nothing_was_asked(fields, is_empty):
    assert PollTally(**fields).is_empty is is_empty
