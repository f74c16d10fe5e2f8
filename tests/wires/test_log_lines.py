"""What the worker logs, and what becomes of who waits: each line names the channel and the cause."""

import logging
from types import SimpleNamespace

import pytest

from tests.clock import NOON, later
from tests.wires.factories import make_channel, make_feed, make_outlet
from tests.wires.platforms.bluesky import answers as bluesky
from tests.wires.sites import World, answer
from tests.wires.test_address_tests import Site, ask, feed
from tests.wires.test_address_tests import answer as answer_tests
from tests.wires.test_paste import Web
from tests.wires.test_rechecks import RKEYS, bluesky_channel, recheck, refused, shown
from wires.http import FetchError
from wires.ingest import answer_pasted_links, leave_to_worker, rechecks
from wires.ingest.due_rechecks import EVERY
from wires.ingest.rechecks import Rechecker
from wires.models import AddressTest, Channel, Domain, PastedLink, Post
from wires.platforms import parse
from wires.platforms.base import ParserNotStarted

pytestmark = pytest.mark.django_db

WHY = "the system has no memory left"


@pytest.fixture(autouse=True)
def lines(caplog):
    """Return a function that gives the level and the text of what was logged."""
    caplog.set_level(logging.INFO, logger="wires")
    return lambda: [(each.levelname, each.getMessage()) for each in caplog.records]


def no_parser(body, **options):
    raise ParserNotStarted(WHY)


def explode(body, **options):
    message = "out of range"
    raise OverflowError(message)


# Where no parser process can be started


def test_a_channel_for_which_no_parser_starts_is_asked_again_in_a_minute_and_is_well(lines):
    make_channel(code="HARBOUR", etag="old", failures=0)
    world = World(answer(make_feed("One"), etag="new"), parse=no_parser)

    tally = world.poll()

    channel = Channel.objects.get()
    assert (channel.health, channel.failures, channel.last_error) == ("sound", 0, "")
    assert (channel.next_poll_at, channel.lease_owner, channel.etag) == (
        later(minutes=1), "", "old",
    )  # fmt: skip
    assert (tally.parser_failures, tally.failures, Post.objects.count()) == (1, [], 0)
    assert Domain.objects.get().lease_owner == ""
    assert lines() == [("ERROR", f"HARBOUR waits for a parser process: {WHY}")]


def test_a_recheck_for_which_no_parser_starts_proves_nothing_and_gives_back_its_site(lines):
    bluesky_channel(*RKEYS, code="HARBOUR")
    world = World(answer(shown(RKEYS[0])), parse=no_parser)

    tally = Rechecker(
        fetch=world.fetch, parse=world.parse, now=lambda: world.at, sleep=world.sleep
    ).recheck_due()

    assert {*Post.objects.values_list("state", flat=True)} == {"live"}
    assert (tally.channels, tally.failures) == (0, [])
    assert (Channel.objects.get().lease_owner, Domain.objects.get().lease_owner) == ("", "")
    assert lines() == [("ERROR", f"HARBOUR was not rechecked: {WHY}")]


def test_an_address_for_which_no_parser_starts_is_answered_with_what_to_do(editor):
    ask(editor)

    assert answer_tests(Site(feed(("Tide", ""))), parse=no_parser) == 1

    problem = "no parser process could be started: test it again in a minute"
    assert AddressTest.objects.get().problem == problem
    assert Domain.objects.get().lease_owner == ""


def test_a_link_for_which_no_parser_starts_waits_and_says_so(lines, editor):
    leave_to_worker("https://t.me/portwatch/7", by=editor, at=NOON)

    parsers = SimpleNamespace(parse=no_parser)
    answer_pasted_links(now=lambda: NOON, fetch=Web(body=b"x"), parsers=parsers)

    link = PastedLink.objects.get()
    assert (link.answered_at, link.problem, link.lease_until) == (None, "", later(minutes=15))
    assert lines() == [("ERROR", f"https://t.me/portwatch/7 waits for a parser process: {WHY}")]


# What a site sent cannot be stored


def test_what_cannot_be_stored_is_logged_with_its_channel_and_its_trace(lines, caplog):
    make_channel(code="HARBOUR")

    tally = World(answer(make_feed("One")), parse=explode).poll()

    assert tally.failures == ["HARBOUR: its posts could not be stored: out of range"]
    assert tally.kinds == {"not_stored": 1}
    assert lines()[0] == ("ERROR", "HARBOUR could not be stored")
    assert caplog.records[0].exc_info[0] is OverflowError


UNFORESEEN = [
    OverflowError,
    KeyError,
    IndexError,
    AttributeError,
    RecursionError,
    ZeroDivisionError,
]


@pytest.mark.parametrize("kind", UNFORESEEN)
@pytest.mark.parametrize("place", ["look_for", "note_presence"])
def test_a_recheck_that_stumbles_is_logged_and_the_next_channel_is_rechecked(
    lines, monkeypatch, place, kind
):
    bluesky_channel(RKEYS[0], code="ONE")
    bluesky_channel(RKEYS[1], code="TWO", outlet=make_outlet("Tide"))
    sound, errors = getattr(rechecks, place), iter([kind("out of range")])

    def stumble_once(*arguments, **options):
        for error in errors:
            raise error
        return sound(*arguments, **options)

    monkeypatch.setattr(rechecks, place, stumble_once)
    answers = [shown(RKEYS[0]), shown(RKEYS[1])]
    world = recheck(*answers[1 if place == "look_for" else 0 :])

    assert world.tally.failures == ["ONE: what it answered could not be stored"]
    assert lines() == [("ERROR", "ONE could not be rechecked")]
    # Neither is asked again at once.
    assert Channel.objects.filter(recheck_at__gte=NOON + EVERY).count() == 2


@pytest.mark.parametrize("kind", UNFORESEEN)
def test_a_poll_that_stumbles_is_logged_and_the_next_channel_is_polled(lines, kind):
    make_channel(code="ONE")
    make_channel(code="TWO", outlet=make_outlet("Tide"), address="https://tide.example/feed")

    error = kind("out of range")

    def parse_second(body, **context):
        if b"One" in body:
            raise error
        return parse(body, **context)

    tally = World(answer(make_feed("One")), answer(make_feed("Two")), parse=parse_second).poll()

    assert tally.kinds == {"not_stored": 1}
    assert (tally.channels, tally.outcome.new) == (2, 1)
    assert lines()[0] == ("ERROR", "ONE could not be stored")


def test_an_address_that_cannot_be_tested_is_logged(lines, editor):
    ask(editor)

    answer_tests(Site(b"x"), parse=explode)

    assert lines() == [("ERROR", "https://harbour.example/feed could not be tested")]


def test_a_link_that_cannot_be_stored_is_logged_and_answered_with_what_to_do(lines, editor):
    leave_to_worker("https://t.me/portwatch/7", by=editor, at=NOON, screenshot=b"PNG")

    parsers = SimpleNamespace(parse=explode)
    assert answer_pasted_links(now=lambda: NOON, fetch=Web(body=b"x"), parsers=parsers) == 1

    link = PastedLink.objects.get()
    problem = "This post could not be stored. Paste its text instead."
    assert (link.problem, link.post, link.answered_at) == (problem, None, NOON)
    assert (link.lease_until, bytes(link.screenshot)) == (None, b"")
    assert lines() == [("ERROR", "https://t.me/portwatch/7 could not be stored")]


# What a site does


def test_a_channel_that_cannot_be_read_is_logged_with_the_reason(lines):
    make_channel(code="HARBOUR")

    World(FetchError("timeout", "harbour.example took longer\x00")).poll()

    assert lines() == [
        ("INFO", "HARBOUR could not be read: harbour.example took longer\N{REPLACEMENT CHARACTER}")
    ]


def test_a_recheck_that_fails_is_logged_with_the_reason(lines):
    bluesky_channel(RKEYS[0], code="HARBOUR")

    world = recheck(refused(502))

    assert world.tally.failures == ["HARBOUR: answered 502"]
    assert lines() == [("INFO", "HARBOUR could not be rechecked: answered 502")]


def test_a_channel_that_moved_is_logged_with_both_addresses(lines):
    old, new = "https://old.example/feed", "https://new.example/feed"
    make_channel(code="HARBOUR", address=old, moved_to=new, moved_seen=9)

    World(answer(make_feed("One"), moved_to=new)).poll()

    assert lines() == [("WARNING", f"HARBOUR moved from {old} to {new}")]


def test_what_is_left_to_later_polls_is_logged_with_where_it_begins(lines, monkeypatch):
    monkeypatch.setattr("wires.ingest.conversations.MOST_PAGES", 1)
    channel = bluesky_channel(RKEYS[1], code="HARBOUR")
    Channel.objects.update(last_polled_at=NOON)

    World(answer(bluesky.feed(bluesky.post("New.", RKEYS[0]), cursor="93"))).poll()

    channel.refresh_from_db()
    assert (channel.gap_cursor, channel.gap_since) == ("93", NOON)
    assert lines() == [("WARNING", "HARBOUR: what is before '93' is left to later polls")]


def test_a_channel_that_another_worker_took_over_is_logged(lines):
    make_channel(code="HARBOUR")
    looks = iter(["claims", "is silent", "goes on"])
    world = World(answer(make_feed("One")))

    def is_over():
        if next(looks, "") == "is silent":
            world.at = later(minutes=1)
            Channel.objects.update(lease_owner="next:1", lease_until=later(minutes=2))
        return False

    assert world.poll(is_over=is_over).lost_leases == 1
    assert lines() == [("WARNING", "HARBOUR was taken over by another worker")]
