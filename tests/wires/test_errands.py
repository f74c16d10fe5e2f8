"""What a channel has before it is asked, and what is wanted of it: moments and numbers, without a site."""

import logging
from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.clock import NOON, later
from tests.wires.documents import raw
from tests.wires.factories import make_channel, make_post
from wires.ingest.known import (
    Gap,
    Known,
    after_reading_pages,
    errand_of,
    gap_fields,
    is_reread_due,
    known_of,
    newest_number,
    subject_of,
)
from wires.models import Channel, PostAlias, native_id_hash

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("last_post", "last_reread", "is_due"),
    [
        (None, None, False),
        (timedelta(), None, True),
        (DAY, timedelta(minutes=59), False),
        (DAY, HOUR, True),
        (DAY + timedelta(seconds=1), HOUR, False),
        (7 * DAY, DAY - timedelta(seconds=1), False),
        (7 * DAY, DAY, True),
        (7 * DAY, None, True),
        (7 * DAY + timedelta(seconds=1), None, False),
        (DAY, timedelta(), False),
        # Written by a wrong clock.
        (DAY, timedelta(seconds=-1), True),
    ],
)
def test_older_pages_are_read_again_hourly_for_a_day_and_daily_for_a_week(
    last_post, last_reread, is_due
):
    channel = Channel(
        last_post_at=None if last_post is None else NOON - last_post,
        reread_at=None if last_reread is None else NOON - last_reread,
    )

    assert is_reread_due(channel, at=NOON) is is_due


@pytest.mark.parametrize("rereads", [True, False])
def test_only_a_platform_whose_posts_are_edited_is_read_again(rereads):
    channel = Channel(last_post_at=NOON)

    errand = errand_of(channel, SimpleNamespace(rereads=rereads), at=NOON)

    assert (errand.at, errand.gap, errand.below, errand.rereads) == (NOON, None, None, rereads)


@pytest.mark.parametrize(
    ("since", "gap_since", "has_reread", "written"),
    [
        (None, None, False, {}),
        (None, None, True, {"reread_at": NOON}),
        (None, -1, False, {"gap_cursor": "", "gap_since": None}),
        (-2, None, True, {"reread_at": NOON, "gap_cursor": "93", "gap_since": later(hours=-2)}),
        (-168, -168, False, {"gap_cursor": "93", "gap_since": later(hours=-168)}),
        (-169, -169, False, {"gap_cursor": "", "gap_since": None}),
    ],
)
def test_what_was_left_out_is_written_down_for_a_week(
    caplog, since, gap_since, has_reread, written
):
    channel = Channel(code="HARBOUR", gap_since=gap_since and later(hours=gap_since))
    gap = None if since is None else Gap(cursor="93", since=later(hours=since))
    caplog.set_level(logging.WARNING, logger="wires.ingest.known")

    fields = after_reading_pages(channel, gap, at=NOON, has_reread=has_reread)

    assert fields == written
    assert caplog.messages == (
        ["HARBOUR: its posts before '93' are not to be had, and are asked for no more"]
        if since == -169
        else []
    )


def test_a_place_that_no_database_takes_is_written_down_without_what_it_refuses():
    assert gap_fields(Gap(cursor="9\x00\ud8003", since=NOON)) == {
        "gap_cursor": "9\ufffd\ufffd3", "gap_since": NOON,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("ids", "newest"),
    [([], ""), (["9", "100", "20"], "100"), (["a", "7", ""], "7"), (["a"], "")],
)
def test_the_newest_number_is_the_highest_and_not_the_last_in_the_alphabet(ids, newest):
    assert newest_number(ids) == newest


def hashes(*ids):
    return {native_id_hash(each) for each in ids}


def test_a_post_is_reached_by_one_of_its_ids_or_by_a_number_up_to_the_newest():
    known = Known(edited_at={}, reached=hashes("a"), newest="9")
    numberless = Known(edited_at={}, reached=hashes("a"))

    assert known.reaches(raw(native_id="a"))
    assert known.reaches(raw(native_id="b", aliases=("a",)))
    assert not known.reaches(raw(native_id="b"))
    numbers = {number: known.reaches(raw(native_id="b"), number) for number in ("", "9", "10", "8")}
    assert numbers == {"": False, "9": True, "10": False, "8": True}
    assert not numberless.reaches(raw(native_id="b"), "1")


@pytest.mark.parametrize(
    ("on_file", "edited", "has_edit"),
    [
        ({}, None, True),
        ({}, NOON, False),
        ({"a": None}, NOON, False),
        ({"a": later(seconds=-1)}, NOON, False),
        ({"a": NOON}, NOON, True),
        ({"a": later(seconds=1)}, NOON, True),
        ({"alias": NOON}, NOON, True),
        ({"other": NOON}, NOON, False),
    ],
)
def test_an_edit_is_on_file_where_the_post_was_stored_as_late_as_it(on_file, edited, has_edit):
    known = Known(edited_at={native_id_hash(key): at for key, at in on_file.items()})

    post = raw(native_id="a", aliases=("alias",), source_edited_at=edited)

    assert known.has_edit(post) is has_edit
    assert known.has(post) is bool({"a", "alias"} & {*on_file})


@pytest.mark.django_db
def test_a_channel_knows_its_own_posts_by_all_their_ids_and_no_others(editor):
    channel, other = (
        make_channel(platform="telegram", account=name, last_read_at=NOON) for name in ("a", "b")
    )
    posts = {
        name: make_post(channel=channel, native_id=name, **fields)
        for name, fields in {
            "100/7": {"at": later(hours=-2)},
            # Somebody entered it by hand, or it came after the last reading.
            "100/8": {"at": later(hours=-1), "captured_by": editor},
            "100/9": {"at": later(seconds=1)},
            "100/6": {"at": NOON},
        }.items()
    }
    make_post(channel=other, native_id="100/90")
    PostAlias.objects.create(
        channel=channel, post=posts["100/7"], native_id="x", native_id_hash=native_id_hash("x")
    )

    known = known_of(channel)
    before = known_of(channel, before=later(hours=-1))

    assert {*known.edited_at} == hashes("100/7", "100/8", "100/9", "100/6", "x")
    assert {*known.reached} == hashes("100/7", "100/6", "x")
    assert known.newest == channel.on_platform.questions.number_of("100/7")
    assert {*before.edited_at} == hashes("100/7", "x")


@pytest.mark.django_db
@pytest.mark.parametrize(("failures", "gives_up"), [(2, False), (3, True)])
def test_a_channel_that_failed_three_times_takes_what_comes(failures, gives_up):
    channel = make_channel(platform="telegram", account="a", failures=failures)

    assert known_of(channel).gives_up is gives_up


@pytest.mark.parametrize(
    ("fields", "account"),
    [
        ({"account": "tide"}, "tide"),
        ({"address": "https://t.me/s/Harbour"}, "harbour"),
        ({"account": "tide", "address": "https://t.me/s/Harbour"}, "tide"),
        # Of another platform.
        ({"address": "https://bsky.app/profile/harbour.example"}, ""),
        ({"address": "https://harbour.example/feed"}, ""),
    ],
)
def test_a_channel_wants_the_posts_of_its_account_or_of_the_one_at_its_address(fields, account):
    channel = Channel(platform="telegram", numeric_id="100", **fields)

    subject = subject_of(channel, Known(edited_at={}, newest="9"), most=4)

    assert (subject.account, subject.numeric_id, subject.newest, subject.most) == (
        account, "100", "9", 4,
    )  # fmt: skip
