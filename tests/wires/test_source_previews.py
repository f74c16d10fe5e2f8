"""What a preview says of a source: how each post is dated, what is odd, and how often it is read."""

from datetime import timedelta

import pytest

from tests.clock import NOON, later
from tests.wires.documents import document, raw
from wires.http import Response
from wires.ingest.source_previews import NothingComesIn, PreviewReader
from wires.platforms.base import Document, UnreadableBody
from wires.platforms.sources import TypedSource

FEED = "https://harbour.example/feed"


def preview(found, *, minutes=10, account="", platform="rss", **answered):
    """Read a source whose body a parser reads as this document, or refuses with this error."""
    asked = []

    def parse(body, **options):
        asked.append((body, options))
        if isinstance(found, Exception):
            raise found
        return found

    answer = {"url": FEED, "status": 200, "headers": {}, "body": b"x"} | answered
    reader = PreviewReader(get=lambda url: Response(**answer), parse=parse, rest=lambda: None)
    seen = reader.read(TypedSource(platform, account, FEED), at=NOON, minutes=minutes)
    assert [body for body, _ in asked] == [b"x"]
    return seen


def datings(*posts, **fields):
    return [item.dating for item in preview(document(*posts, **fields)).items]


@pytest.mark.parametrize(
    ("fields", "dating"),
    [
        ({}, ""),
        ({"posted_at": later(minutes=5)}, ""),
        ({"posted_at": later(minutes=5, seconds=1)},
         "its date is in the future; it is dated by when it is first seen"),
        ({"posted_at": None}, "it has no date; it is dated by when it is first seen"),
        ({"posted_at": None, "posted_raw": " the\n other  day "},
         "its date cannot be read: “the other day”; it is dated by when it is first seen"),
        ({"posted_at": None, "posted_raw": "a" * 61},
         f"its date cannot be read: “{'a' * 60}”; it is dated by when it is first seen"),
        ({"posted_at": None, "posted_raw": "\x00"},
         "its date cannot be read: “\N{REPLACEMENT CHARACTER}”;"
         " it is dated by when it is first seen"),
        ({"flags": frozenset({"no_zone"})},
         "its date names no time zone, and is read as UTC unless the channel has one"),
    ],
)  # fmt: skip
def test_each_post_says_how_it_is_dated(fields, dating):
    assert datings(raw(**fields)) == [dating]


def test_posts_that_share_their_date_say_so():
    said = datings(raw("One"), raw("Two"), faults=("one_date_for_all",))

    assert said == ["it shares its date with all the others"] * 2


def test_the_five_newest_are_shown_with_their_times_and_those_without_a_date_last():
    posts = [raw(f"N{n}", posted_at=later(minutes=-n), language="en") for n in (3, 1, 5, 2, 4)]

    seen = preview(document(raw("Undated", posted_at=None), *posts))
    few = preview(document(raw("Undated", posted_at=None), posts[0]))

    assert [item.title for item in seen.items] == ["N1", "N2", "N3", "N4", "N5"]
    assert (seen.count, seen.items[0].posted_at) == (6, "2026-06-25T11:59:00+00:00")
    assert [(item.title, item.language) for item in few.items] == [("N3", "en"), ("Undated", "")]
    assert few.items[1].posted_at == ""


@pytest.mark.parametrize(
    ("found", "answered", "odd"),
    [
        (document(raw()), {}, []),
        (document(), {}, ["It has no entries now."]),
        (document(faults=("no_messages",)), {}, ["It shows no posts now."]),
        (document(raw(posted_at=None)), {}, ["No entry has a date that can be read."]),
        (document(raw(posted_at=later(days=-30))), {}, []),
        (document(raw(posted_at=later(days=-30, seconds=-1))), {},
         ["Nothing was posted in the last 30 days."]),
        (document(raw(), raw("Old", posted_at=later(days=-90))), {}, []),
        (document(raw(), guids_repeat=True), {},
         ["Different entries share an id, so they are known by their links."]),
        (document(raw(), faults=("bad_bytes", "unheard_of", "truncated")), {},
         ["Some characters are broken.", "Its end is missing."]),
        (document(raw()), {"url": "https://b.example/"},
         ["The address redirects to another one."]),
        (document(raw()), {"url": "https://b.example/", "moved_to": "https://b.example/"},
         ["The address has moved for good: enter https://b.example/ instead."]),
        # Where no reader can be sent to is not said.
        (document(raw()), {"url": "https://b.example/", "moved_to": "javascript:alert(1)"},
         ["The address redirects to another one."]),
    ],
)  # fmt: skip
def test_what_is_odd_is_said_in_a_sentence_each(found, answered, odd):
    assert list(preview(found, **answered).odd) == odd


def test_a_page_of_an_account_that_redirects_is_not_odd():
    seen = preview(document(raw(), kind="telegram"), platform="telegram", account="harbour",
                   url="https://t.me/s/Harbour")  # fmt: skip

    assert seen.odd == ()


@pytest.mark.parametrize(
    ("ttl", "max_age", "minutes", "read_every"),
    [
        (None, None, 10, 10),
        (timedelta(minutes=90), None, 10, 90),
        (None, timedelta(minutes=30), 10, 30),
        (timedelta(minutes=20), timedelta(minutes=30), 10, 30),
        (timedelta(minutes=5), None, 10, 10),
        (timedelta(hours=7), None, 10, 360),
        (timedelta(hours=7), None, 480, 480),
        (timedelta(seconds=659), None, 10, 10),
    ],
)
def test_a_source_is_read_as_often_as_it_asks_between_the_interval_and_six_hours(
    ttl, max_age, minutes, read_every
):
    seen = preview(document(raw(), ttl=ttl), minutes=minutes, max_age=max_age)

    assert seen.minutes == read_every


def test_what_a_source_says_of_itself_is_cut_to_what_is_kept_and_can_be_stored():
    found = Document(
        kind="rss", posts=(), title="\x00" + "t" * 400, account="a" * 300, numeric_id="9" * 70,
        language="l" * 40,
    )  # fmt: skip

    seen = preview(found)

    assert seen.title == "\N{REPLACEMENT CHARACTER}" + "t" * 299
    assert [len(text) for text in (seen.account, seen.numeric_id, seen.language)] == [255, 64, 35]


@pytest.mark.parametrize(
    ("kind", "account", "message"),
    [
        ("empty", "", "the answer is empty"),
        ("too_big", "", "the answer is too big: ask the publisher for a shorter feed"),
        ("not_available", "", "what is at this address is neither a feed nor a web page: find the"
         " address of the feed"),
        ("not_a_feed", "", "this is a web page, not a feed, and it names none: look for “RSS” on the"
         " site, or ask the publisher"),
        ("empty", "harbour", "the answer is empty"),
        ("not_a_feed", "harbour", "Telegram shows the public no posts of t.me/harbour: check the"
         " name, and whether the account is public"),
        ("not_available", "harbour", "Telegram shows the public no posts of t.me/harbour: check the"
         " name, and whether the account is public"),
    ],
)  # fmt: skip
def test_a_body_without_posts_is_refused_in_words_of_our_own(kind, account, message):
    platform = "telegram" if account else "rss"

    with pytest.raises(NothingComesIn) as refused:
        preview(UnreadableBody(kind, "Secret."), account=account, platform=platform)

    assert (str(refused.value), refused.value.feeds) == (message, ())


def test_a_page_offers_ten_feeds_that_a_reader_may_follow():
    feeds = ("javascript:alert(1)", *(f"https://harbour.example/{n}" for n in range(12)))

    with pytest.raises(NothingComesIn, match=r"this is a web page, not a feed$") as refused:
        preview(UnreadableBody("not_a_feed", "A page.", feeds=feeds))

    assert refused.value.feeds == feeds[1:11]
