"""What is written of a reading: each column of a post and of a version, the first and a later one."""

from datetime import timedelta

import pytest

from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.documents import document, raw
from tests.wires.factories import make_channel
from wires.ingest import FetchedBody, store
from wires.ingest.item import Item
from wires.ingest.writing import SEEN_EVERY, BatchWriter, _is_ahead
from wires.models import BACKFILL_AGE, Capture, Channel, Post, PostVersion

BODY = FetchedBody.of(b"page", url="https://harbour.example/feed")
SLACK = timedelta(minutes=5)


def make_writer(*, at=NOON, are_dates_shared=False, **channel):
    return BatchWriter(
        channel=Channel(**channel),
        at=at,
        body=None,
        captured_by=None,
        present=frozenset(),
        addresses=frozenset(),
        are_dates_shared=are_dates_shared,
        is_whole=True,
    )


def make_item(*, not_after=None, canonical_url="", **fields):
    item = raw(**{"posted_at": NOON} | fields)
    return Item(raw=item, key=item.native_id, canonical_url=canonical_url, not_after=not_after)


@pytest.mark.django_db
@pytest.mark.parametrize("is_by_hand", [False, True])
def test_a_later_version_has_its_own_words_bytes_and_changes(is_by_hand):
    ada = make_user() if is_by_hand else None
    channel = make_channel(language="pt")
    link = "https://harbour.example/1"
    store(channel, document(raw("Ships wait", link=link, text="Nine wait.")), at=NOON)
    edit = raw(
        "Ships\0 wait",
        link=link,
        text="Ten\0 wait.",
        html="<p>Ten\0</p>",
        author="Ada\0",
        language="x" * 40,
        posted_at=later(hours=3),
        source_edited_at=later(hours=1),
        flags=frozenset({"edited"}),
    )

    store(channel, document(edit), at=later(hours=1), body=BODY, captured_by=ada)

    version = PostVersion.objects.get(n=2)
    capture = Capture.objects.get()
    assert (version.title, version.text, version.html, version.author) == (
        "Ships\ufffd wait", "Ten\ufffd wait.", "<p>Ten\ufffd</p>", "Ada\ufffd",
    )  # fmt: skip
    assert version.language == "x" * 35
    assert version.flags == ["edited", "future_date"]
    assert (version.captured_at, version.source_edited_at) == (later(hours=1), later(hours=1))
    assert (version.capture, version.captured_by) == (capture, ada)
    assert version.content_hash == edit.content_hash()
    before = PostVersion.objects.get(n=1)
    assert version.changes == [[*change] for change in version.changes_since(before)]
    assert version.changes


def test_a_version_without_a_language_has_that_of_its_channel_and_no_flag():
    version = make_writer(language="pt")._version(make_item(), None)

    assert (version.n, version.language, version.flags) == (1, "pt", [])
    assert (version.capture, version.captured_by, version.changes) == (None, None, None)


@pytest.mark.parametrize(
    ("posted_at", "is_ahead"),
    [(None, False), (NOON + SLACK, False), (NOON + SLACK + timedelta(seconds=1), True)],
)
def test_a_date_may_be_five_minutes_ahead_of_our_clock(posted_at, is_ahead):
    assert _is_ahead(raw(posted_at=posted_at), NOON) is is_ahead


@pytest.mark.parametrize(
    ("posted_at", "not_after", "wire_at"),
    [
        (later(hours=-1), None, later(hours=-1)),
        (later(hours=1), None, NOON),
        (None, later(hours=-2), later(hours=-2)),
        (None, None, NOON),
        (later(hours=-1), later(hours=-2), later(hours=-1)),
    ],
)
def test_a_post_is_on_the_wire_at_its_time_or_that_of_its_neighbour_and_never_ahead(
    posted_at, not_after, wire_at
):
    post = make_writer()._post(make_item(posted_at=posted_at, not_after=not_after))

    assert (post.posted_at, post.wire_at) == (posted_at, wire_at)
    assert (post.first_seen_at, post.last_seen_at) == (NOON, NOON)


def test_a_post_keeps_what_can_be_stored_and_followed_of_its_ids():
    item = make_item(
        native_id="a\0b",
        posted_raw="x" * 201,
        flags=frozenset({"service"}),
        canonical_url="https://harbour.example/a",
    )

    post = make_writer()._post(item)

    assert (post.native_id, post.native_id_hash) == ("a\ufffdb", item.hashes[0])
    assert (post.posted_raw, post.is_service) == ("x" * 200, True)
    assert (post.url, post.canonical_url) == (item.raw.url, "https://harbour.example/a")


LONG_AGO = NOON - BACKFILL_AGE - timedelta(seconds=1)


@pytest.mark.parametrize(
    ("item", "writer", "is_backfill"),
    [
        ({"posted_at": LONG_AGO}, {"last_read_at": NOON}, True),
        ({"posted_at": None, "not_after": LONG_AGO}, {"last_read_at": NOON}, True),
        ({"posted_at": NOON - BACKFILL_AGE}, {"last_read_at": NOON}, False),
        ({"posted_at": None}, {"last_read_at": NOON - BACKFILL_AGE}, False),
        ({"posted_at": None}, {"last_polled_at": NOON}, False),
        ({"posted_at": None}, {"last_read_at": LONG_AGO, "last_polled_at": LONG_AGO}, True),
        ({"posted_at": NOON}, {}, False),
        ({"posted_at": NOON}, {"are_dates_shared": True}, True),
        ({"posted_at": NOON + SLACK}, {}, False),
        ({"posted_at": later(hours=1)}, {}, True),
    ],
)
def test_a_post_was_old_when_first_seen_by_its_date_or_by_our_absence(item, writer, is_backfill):
    assert make_writer(**writer)._is_backfill(make_item(**item)) is is_backfill


@pytest.mark.django_db
@pytest.mark.parametrize(("after", "at"), [(timedelta(seconds=3599), NOON), (SEEN_EVERY, None)])
def test_a_post_that_is_still_there_is_noted_once_an_hour(after, at):
    channel = make_channel()
    page = document(raw())
    store(channel, page, at=NOON)

    store(channel, page, at=NOON + after)

    assert Post.objects.get().last_seen_at == (at or NOON + after)
