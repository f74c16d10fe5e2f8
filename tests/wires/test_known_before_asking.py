"""What a channel has before it is asked: what that says of a post, and what is wanted of it now."""

from datetime import timedelta

import pytest

from tests.clock import NOON, later
from tests.wires.factories import add_version, make_channel, make_post
from wires.ingest import known as lookups
from wires.ingest.known import (
    Errand,
    Gap,
    Known,
    after_reading_pages,
    errand_of,
    gap_fields,
    hashes_in,
    is_reread_due,
    known_of,
    newest_number,
    subject_of,
)
from wires.models import Channel, PostAlias, native_id_hash
from wires.platforms.base import Document, RawPost
from wires.platforms.bluesky.questions import QUESTIONS as ONCE
from wires.platforms.questions import Subject
from wires.platforms.telegram.questions import QUESTIONS as REREAD

MICROSECOND = timedelta(microseconds=1)
ALBUM = RawPost(native_id="a", aliases=("b",))


def hashed(*ids):
    return frozenset(map(native_id_hash, ids))


def edited(at):
    return RawPost(native_id="a", aliases=("b",), source_edited_at=at)


# Without a database


@pytest.mark.parametrize(("on_file", "expected"), [("a", True), ("b", True), ("c", False)])
def test_a_post_is_known_and_reached_by_any_of_its_ids(on_file, expected):
    assert Known(edited_at={native_id_hash(on_file): None}).has(ALBUM) == expected
    assert Known(edited_at={}, reached=hashed(on_file)).reaches(ALBUM) == expected


@pytest.mark.parametrize(
    ("number", "newest", "expected"),
    [("9", "10", True), ("10", "10", True), ("11", "10", False), ("", "10", False),
     ("9", "", False)],
)  # fmt: skip
def test_a_post_is_reached_by_a_number_that_is_not_higher(number, newest, expected):
    assert Known(edited_at={}, newest=newest).reaches(ALBUM, number) == expected


@pytest.mark.parametrize(
    ("on_file", "at", "expected"),
    [
        ({}, None, True),
        ({}, NOON, False),
        ({"a": None}, NOON, False),
        ({"a": NOON}, NOON, True),
        ({"b": NOON}, NOON, True),
        ({"a": NOON}, NOON + MICROSECOND, False),
        ({"a": NOON + MICROSECOND}, NOON, True),
        ({"c": NOON}, NOON, False),
    ],
)
def test_an_edit_is_on_file_where_its_post_was_edited_then_or_later(on_file, at, expected):
    known = Known(edited_at={native_id_hash(id_): when for id_, when in on_file.items()})

    assert known.has_edit(edited(at)) == expected


def test_the_ids_in_a_body_are_those_of_its_posts_and_of_those_that_were_dropped():
    document = Document(kind="rss", posts=(ALBUM, RawPost(native_id="c")), also_present=("d\0",))

    # An id is looked for as it is stored.
    assert hashes_in(document) == hashed("a", "b", "c") | hashes_in(
        Document(kind="rss", also_present=("d\0",))
    )
    assert hashes_in(Document(kind="rss", also_present=("d",))) == hashed("d")


@pytest.mark.parametrize(
    ("ids", "expected"), [(["9", "10", "x"], "10"), (["x"], ""), ([], ""), (["9", "", "8"], "9")]
)
def test_the_newest_number_is_the_highest(ids, expected):
    assert newest_number(ids) == expected


@pytest.mark.parametrize(
    ("account", "address", "expected"),
    [
        ("harbour", "https://x.com/elsewhere", "harbour"),
        ("", "https://x.com/Harbour", "harbour"),
        ("", "https://social.example/@desk", ""),
        ("", "https://x.com/", ""),
    ],
)
def test_a_channel_is_asked_for_by_its_account_or_that_of_its_address(account, address, expected):
    channel = Channel(platform="x", account=account, address=address, numeric_id="4711")

    found = subject_of(channel, Known(edited_at={}, newest="99"), most=7)

    host = address.split("/")[2]
    assert found == Subject(account=expected, numeric_id="4711", host=host, newest="99", most=7)


@pytest.mark.parametrize(
    ("age", "since", "expected"),
    [
        (timedelta(hours=24), timedelta(hours=1), True),
        (timedelta(hours=24), timedelta(hours=1) - MICROSECOND, False),
        (timedelta(hours=24) + MICROSECOND, timedelta(hours=1), False),
        (timedelta(hours=24) + MICROSECOND, timedelta(days=1), True),
        (timedelta(days=7), timedelta(days=1), True),
        (timedelta(days=7), timedelta(days=1) - MICROSECOND, False),
        (timedelta(days=7) + MICROSECOND, timedelta(days=9), False),
        (timedelta(hours=1), None, True),
        (timedelta(days=8), None, False),
        (timedelta(hours=1), timedelta(0), False),
        # By a clock that was wrong.
        (timedelta(hours=1), -MICROSECOND, True),
        (None, None, False),
    ],
)
def test_older_pages_are_read_again_hourly_for_a_day_and_daily_for_a_week(age, since, expected):
    channel = Channel(
        last_post_at=None if age is None else NOON - age,
        reread_at=None if since is None else NOON - since,
    )

    assert is_reread_due(channel, at=NOON) == expected
    assert errand_of(channel, REREAD, at=NOON) == Errand(at=NOON, rereads=expected)
    assert errand_of(channel, ONCE, at=NOON) == Errand(at=NOON)


GAP = Gap(cursor="older", since=later(days=-7))


def test_a_gap_is_written_down_and_crossed_out():
    assert gap_fields(GAP) == {"gap_cursor": "older", "gap_since": GAP.since}
    assert gap_fields(None) == {"gap_cursor": "", "gap_since": None}


@pytest.mark.parametrize("has_reread", [True, False])
@pytest.mark.parametrize(
    ("before", "gap", "expected"),
    [
        (None, None, {}),
        (None, GAP, gap_fields(GAP)),
        (GAP.since, GAP, gap_fields(GAP)),
        (GAP.since, None, gap_fields(None)),
    ],
)
def test_what_was_left_out_is_written_where_that_changed(before, gap, expected, has_reread):
    channel = Channel(code="PORT", gap_since=before)

    found = after_reading_pages(channel, gap, at=NOON, has_reread=has_reread)

    assert found == expected | ({"reread_at": NOON} if has_reread else {})


@pytest.mark.parametrize("before", [None, GAP.since])
def test_a_gap_is_given_up_after_a_week(before, caplog):
    channel = Channel(code="PORT", gap_since=before)

    found = after_reading_pages(channel, GAP, at=NOON + MICROSECOND, has_reread=False)

    assert found == (gap_fields(None) if before else {})
    assert caplog.messages == [
        "PORT: its posts before 'older' are not to be had, and are asked for no more"
    ]


# With one


@pytest.fixture
def channel(db):
    return make_channel(platform="x", account="harbour", last_read_at=NOON)


def test_a_channel_knows_its_own_posts_by_every_id_and_when_they_were_edited(channel):
    one = make_post(channel=channel, native_id="10")
    PostAlias.objects.create(
        post=one, channel=channel, native_id="11", native_id_hash=native_id_hash("11")
    )
    two = make_post(channel=channel, native_id="9")
    add_version(two, text="Edited.", source_edited_at=later(hours=-1))
    make_post(channel=make_channel(platform="x"), native_id="99")

    assert known_of(channel) == Known(
        edited_at={
            native_id_hash("10"): None,
            native_id_hash("11"): None,
            native_id_hash("9"): later(hours=-1),
        },
        reached=hashed("9", "10", "11"),
        newest="10",
    )


def test_of_what_was_pruned_no_edit_is_asked_for_and_reading_stops_there(channel):
    post = make_post(channel=channel, native_id="10")
    type(post).objects.update(latest_version=None, pruned_at=later(hours=3))

    assert known_of(channel) == Known(
        edited_at={native_id_hash("10"): later(hours=3)}, reached=hashed("10"), newest="10"
    )


@pytest.mark.parametrize(
    ("seen_at", "last_read_at", "is_reached"),
    [
        (NOON, NOON, True),
        (NOON + MICROSECOND, NOON, False),
        (NOON, None, False),
    ],
)
def test_a_post_that_came_after_the_last_reading_was_pasted(
    channel, seen_at, last_read_at, is_reached
):
    make_post(channel=channel, native_id="10", at=seen_at)
    channel.last_read_at = last_read_at

    known = known_of(channel)

    assert [*known.edited_at] == [native_id_hash("10")]
    assert (known.reached, known.newest) == (
        (hashed("10"), "10") if is_reached else (frozenset(), "")
    )


def test_what_was_entered_by_hand_reaches_nothing(channel, editor):
    make_post(channel=channel, native_id="10", captured_by=editor)

    assert known_of(channel) == Known(edited_at={native_id_hash("10"): None}, reached=frozenset())


def test_only_the_latest_posts_are_looked_up(channel, monkeypatch):
    monkeypatch.setattr(lookups, "MOST_KNOWN", 2)
    for number, hours in [("1", -3), ("2", -1), ("3", -2)]:
        make_post(channel=channel, native_id=number, at=later(hours=hours))

    assert known_of(channel).reached == hashed("2", "3")


def test_a_gap_is_read_down_to_what_was_known_when_it_arose(channel):
    make_post(channel=channel, native_id="1", at=later(hours=-2))
    make_post(channel=channel, native_id="2", at=later(hours=-1))
    channel.gap_cursor, channel.gap_since = "older", later(hours=-1)

    found = errand_of(channel, REREAD, at=NOON)

    assert found.gap == Gap(cursor="older", since=later(hours=-1))
    assert (found.at, found.below.reached, found.below.newest) == (NOON, hashed("1"), "1")
    assert not found.rereads
    channel.last_post_at = later(hours=-1)
    assert errand_of(channel, REREAD, at=NOON).rereads


@pytest.mark.parametrize(("failures", "expected"), [(2, False), (3, True)])
def test_after_three_failures_a_channel_takes_what_comes(channel, failures, expected):
    channel.failures = failures

    assert known_of(channel).gives_up == expected
