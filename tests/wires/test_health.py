"""How a channel is, in words: for every error there is, without jargon, and what to do about it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.clock import NOON, later
from wires.health import ChannelFacts, ago, describe, since, span
from wires.http.faults import FaultKind
from wires.ingest.billing import LIMIT_REACHED
from wires.ingest.poll import NOT_STORED
from wires.platforms import base

WELL = ChannelFacts(polled_at=later(minutes=-4), last_post_at=later(hours=-3), posts_today=12)
# NOON is a Thursday.
TUESDAY = later(days=-2)
KINDS = [
    *map(str, FaultKind), "http_401", "http_403", "http_404", "http_410", "http_418", "http_451", "http_500",
    "http_503", "http_999", base.EMPTY, base.TOO_BIG, base.TRUNCATED, base.UNKNOWN_FORMAT, base.NOT_A_FEED,
    base.NOT_AVAILABLE, base.NAME_TAKEN, base.PARSER_FAILED, base.POISON, LIMIT_REACHED, NOT_STORED,
]  # fmt: skip


def said(facts, at=NOON):
    return str(describe(facts, at=at))


def failing(kind, **fields):
    return ChannelFacts(
        **{"health": "failing", "error_kind": kind, "failing_since": TUESDAY} | fields
    )


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (WELL, "Read 4 minutes ago; 12 posts in the last 24 hours."),
        (replace(WELL, posts_today=1), "Read 4 minutes ago; 1 post in the last 24 hours."),
        (replace(WELL, posts_today=0), "Read 4 minutes ago; last post 3 hours ago."),
        (replace(WELL, posts_today=0, last_post_at=None), "Read 4 minutes ago; no posts yet."),
        (replace(WELL, polled_at=None), "Not read yet."),
        (replace(WELL, not_polled="Paused."), "Paused. Last read 4 minutes ago."),
        (replace(WELL, not_polled="Paused.", polled_at=None), "Paused."),
        (
            replace(WELL, moved_to="https://new.example/feed"),
            "Read 4 minutes ago; 12 posts in the last 24 hours."
            " The server sends us on to https://new.example/feed for good.",
        ),
        (
            replace(WELL, moved_at=TUESDAY, address="https://new.example/feed"),
            "Read 4 minutes ago; 12 posts in the last 24 hours."
            " Moved for good to https://new.example/feed on Tuesday.",
        ),
        (
            replace(WELL, moved_at=later(days=-8), address="https://new.example/feed"),
            "Read 4 minutes ago; 12 posts in the last 24 hours.",
        ),
        (
            replace(WELL, gap_since=later(hours=-1)),
            "Read 4 minutes ago; 12 posts in the last 24 hours."
            " Some posts from before 11:00 UTC are still missing: its older pages are being read.",
        ),
        (
            replace(
                WELL, silent=True, last_post_at=later(days=-3), usual_gap=timedelta(minutes=118)
            ),
            "Silent for 3 days; usually posts every 2 hours."
            " It is read without errors: see whether the outlet posts elsewhere now.",
        ),
        (
            failing("http_403"),
            "Refused by the server since Tuesday (403)."
            " Ask the outlet for access, or look for another of its feeds.",
        ),
        (
            failing("not_a_feed", offered_feeds=("https://a.example/1", "https://a.example/2")),
            "Not a feed: the address shows a web page. Feeds it offers: https://a.example/1,"
            " https://a.example/2. Enter one of them as the address.",
        ),
        (
            failing("not_a_feed", offered_feeds=tuple("abcd")),
            "Not a feed: the address shows a web page. Feeds it offers: a, b, c, …"
            " Enter one of them as the address.",
        ),
        (
            failing("not_a_feed"),
            "Not a feed: the address shows a web page. Enter the address of a feed of this outlet.",
        ),
        (
            failing("http_410", health="gone"),
            "Not read any more since Tuesday: the outlet says that this feed has ended. Open the"
            " address in a browser, and enter where the feed is now.",
        ),
        (
            failing("", last_error="it sent a riddle."),
            "Cannot be read since Tuesday: it sent a riddle.",
        ),
        (failing("", failing_since=None), "Cannot be read: the reason was not written down."),
    ],
)
def test_a_channel_is_described_in_an_editors_words(facts, words):
    assert said(facts) == words


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("health", ["failing", "broken", "gone", "poison"])
def test_every_error_has_a_sentence_and_a_way_out_and_no_jargon(kind, health):
    words = describe(failing(kind, health=health), at=NOON)

    assert words.words.endswith(".")
    assert words.words[0].isupper()
    assert words.advice.endswith(".")
    assert kind not in (words.words, words.advice)
    assert "_" not in str(words)
    assert "{" not in str(words)
    # A status stands only behind the words that say what it means.
    assert not words.words[:12].strip().isdigit()


@pytest.mark.parametrize(
    ("length", "words"),
    [
        (timedelta(0), "1 minute"),
        (timedelta(seconds=89), "1 minute"),
        (timedelta(seconds=90), "2 minutes"),
        (timedelta(minutes=89), "89 minutes"),
        (timedelta(minutes=90), "2 hours"),
        (timedelta(hours=47), "47 hours"),
        (timedelta(hours=48), "2 days"),
        (timedelta(days=400), "400 days"),
    ],
)
def test_a_span_is_said_in_one_unit(length, words):
    assert span(length) == words


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (later(hours=-2), "since 10:00 UTC"),
        (later(hours=-13), "since Wednesday"),
        (later(days=-6), "since Friday"),
        (later(days=-7), "since 18 June"),
        (later(days=-400), "since 21 May 2025"),
        (later(days=2), "since 27 June"),
    ],
)
def test_a_moment_is_said_as_a_colleague_would(moment, words):
    assert since(moment, at=NOON) == words


def test_a_clock_that_is_behind_says_just_now():
    assert ago(later(minutes=5), at=NOON) == "just now"
    assert ago(None, at=NOON) == "never"
