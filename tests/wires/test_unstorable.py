"""What no database takes: it costs nobody a post, and stops at most the channel it came from."""

import json
from dataclasses import fields, replace
from datetime import UTC, datetime
from importlib import import_module

import pytest
from django.db import models as database

from tests.clock import NOON, later
from tests.wires.documents import document, raw
from tests.wires.factories import make_channel, make_feed
from tests.wires.sites import World, answer
from wires.http import FetchError
from wires.ingest import FetchedBody, IngestOutcome, store
from wires.models import Capture, Channel, Domain, Post, PostAlias, PostVersion
from wires.platforms import Media, parse
from wires.platforms.base import Document, RawPost, UnreadableBody
from wires.platforms.questions import ask

pytestmark = pytest.mark.django_db

BAD = "a\x00b\ud800c\udfffd"
REPLACED = "a\ufffdb\ufffdc\ufffdd"

# Each text of a raw post, and the column that keeps it; "" where it is in the list of media.
POST_TEXTS = {
    "native_id": "native_id",
    "url": "url",
    "title": "latest_version__title",
    "text": "latest_version__text",
    "html": "latest_version__html",
    "author": "latest_version__author",
    "language": "latest_version__language",
    "posted_raw": "posted_raw",
    "link_id": "canonical_url",
    "forwarded_from": "",
    "forwarded_by": "",
    "forwarded_url": "",
    "reply_to": "",
}
# What is no address that readers may be sent to is not kept there.
ADDRESSES = {"url", "link_id"}
# The adapters' own words, which no source can choose: Media.kind is one too.
POST_WORDS = {"flags"}
POST_REST = {
    "aliases", "captions", "forwarded_ids", "media", "posted_at", "source_edited_at",
}  # fmt: skip
MEDIA_TEXTS = ("id", "url", "alt")
DOCUMENT_TEXTS = {"account": "account", "numeric_id": "numeric_id"}
DOCUMENT_REST = {
    "kind", "title", "language", "posts", "faults", "truncated", "ttl", "guids_repeat", "cursor",
    "billed", "missing", "also_present",
}  # fmt: skip


def names(dataclass):
    return {field.name for field in fields(dataclass)}


def test_every_field_that_an_adapter_fills_is_tried_here():
    assert names(RawPost) == {*POST_TEXTS, *POST_WORDS, *POST_REST}
    assert names(Media) == {"kind", *MEDIA_TEXTS}
    assert names(Document) == {*DOCUMENT_TEXTS, *DOCUMENT_REST}
    texts = {field.name for field in fields(RawPost) if field.type is str}
    assert texts == {*POST_TEXTS}


def one_post_a_text(value, *, kind="rss"):
    """Return a document with a post for each text of POST_TEXTS, which alone has the value."""
    posts = (
        replace(raw(f"Notice of {field}", native_id=field), **{field: value})
        for field in POST_TEXTS
    )
    return document(*posts, kind=kind)


def kept_texts():
    """Return what is kept of the posts of one_post_a_text in the column of each."""
    return {
        field: set(Post.objects.values_list(column, flat=True))
        for field, column in POST_TEXTS.items()
        if column
    }


@pytest.mark.parametrize(
    ("platform", "identity"), [("rss", "native"), ("rss", "link"), ("telegram", "native")]
)
def test_texts_that_no_database_takes_are_stored_with_replacements(platform, identity):
    channel = make_channel(platform=platform, identity=identity)
    page = one_post_a_text(BAD, kind=platform)

    first = store(channel, page, at=NOON, body=FetchedBody.of(b"1"))
    again = store(channel, page, at=later(hours=1), body=FetchedBody.of(b"2"))

    assert first == IngestOutcome(new=len(POST_TEXTS))
    assert again == IngestOutcome(seen=len(POST_TEXTS))
    for field, kept in kept_texts().items():
        is_key = field == "native_id" and identity == "link"
        assert ("" if field in ADDRESSES else REPLACED) in kept or is_key, field
        assert REPLACED not in kept or field not in ADDRESSES, field


def test_relations_of_a_post_that_no_database_takes_are_stored_with_replacements():
    relations = {field: BAD for field, column in POST_TEXTS.items() if not column}

    store(make_channel(), document(raw("One", **relations)), at=NOON)

    forward, reply = PostVersion.objects.get().media
    assert (forward["kind"], reply["kind"]) == ("forward", "reply")
    assert forward["alt"] == ", ".join([REPLACED] * 3)
    assert (forward["url"], reply["alt"]) == (REPLACED, REPLACED)


def test_edits_that_no_database_takes_are_versions_of_their_posts():
    channel = make_channel(platform="telegram")
    before = document(
        *(raw(f"Notice of {field}", native_id=field) for field in POST_TEXTS), kind="telegram"
    )
    edits = tuple(
        replace(post, text="Edited.", native_id=field)
        for field, post in zip(POST_TEXTS, one_post_a_text(BAD).posts, strict=True)
    )
    store(channel, before, at=NOON)

    outcomes = [
        store(channel, replace(before, posts=edits), at=later(hours=hours)) for hours in (1, 2)
    ]

    count = len(POST_TEXTS)
    assert outcomes == [IngestOutcome(versions=count), IngestOutcome(seen=count)]


def test_pictures_that_no_database_takes_are_stored_with_replacements():
    channel = make_channel()
    picture = Media(kind="photo", id="1", url="u", alt="a")
    media = tuple(replace(picture, **{field: BAD}) for field in MEDIA_TEXTS)

    store(channel, document(raw("One", media=media)), at=NOON)

    kept = {"kind": "photo", "id": "1", "url": "u", "alt": "a"}
    assert PostVersion.objects.get().media == [kept | {field: REPLACED} for field in MEDIA_TEXTS]


def test_the_part_of_an_album_that_no_database_takes_is_known_again():
    channel = make_channel(platform="telegram")
    album = document(raw("One", native_id="1", aliases=("2", BAD)), kind="telegram")
    part = document(raw("One", native_id=BAD), kind="telegram")

    outcomes = [store(channel, page, at=NOON) for page in (album, album, part)]

    assert [outcome.new for outcome in outcomes] == [1, 0, 0]
    assert set(PostAlias.objects.values_list("native_id", flat=True)) == {"2", REPLACED}


@pytest.mark.parametrize("field", DOCUMENT_TEXTS)
def test_an_account_that_no_database_takes_is_stored_with_replacements(field):
    channel = make_channel(platform="telegram")

    store(channel, document(raw("One"), kind="telegram", **{field: BAD}), at=NOON)

    assert Channel.objects.values_list(DOCUMENT_TEXTS[field], flat=True).get() == REPLACED


def test_an_address_of_a_body_that_no_database_takes_is_stored_with_replacements():
    channel = make_channel()

    store(channel, document(raw("One")), at=NOON, body=FetchedBody.of(b"1", url=BAD))

    assert Capture.objects.get().url == REPLACED


# Too long

LONG = "x" * 100_000


@pytest.mark.parametrize("platform", ["rss", "telegram"])
def test_texts_of_a_hundred_thousand_characters_are_stored(platform):
    channel = make_channel(platform=platform)
    page = one_post_a_text(LONG, kind=platform)

    outcomes = [store(channel, page, at=NOON) for _ in range(2)]

    assert outcomes == [IngestOutcome(new=len(POST_TEXTS)), IngestOutcome(seen=len(POST_TEXTS))]
    texts = kept_texts()
    longest = {field: max(map(len, texts[field])) for field in texts if field not in ADDRESSES}
    assert all("" in texts[field] and LONG not in texts[field] for field in ADDRESSES)
    assert longest == dict.fromkeys(longest, len(LONG)) | {"language": 35, "posted_raw": 200}


# Each text column with a limit in the tables that a read writes, and who limits it.
LIMITED = {
    "wires.Post": {"posted_raw": "cut"},
    "wires.PostVersion": {"language": "cut"},
    "wires.Capture": {"url": "cut"},
    "wires.Channel": {
        "account": "cut",
        "numeric_id": "cut",
        "last_error": "cut",
        "etag": "emptied",
        "last_modified": "emptied",
        "moved_to": "left out",
    },
    "wires.Domain": {"name": "cut"},
}
# What editors fill in, and what is of our own making: hashes, choices.
NOT_FOREIGN = {
    "native_id_hash", "content_hash", "sha256", "state", "withdrawn_reason", "hidden_reason",
    "platform", "address", "code", "language", "origin", "identity", "health", "billed_month",
    "time_zone", "lease_owner", "moved_from", "body_sha256", "error_kind", "paused_reason", "source_key",
}  # fmt: skip


def test_a_cursor_that_no_address_takes_is_sent_with_replacements():
    assert ask("posts", "https://api.example/posts", cursor=BAD).url.isascii()


def test_every_column_that_a_source_could_overfill_is_tried_here():
    for model in (Post, PostVersion, PostAlias, Capture, Channel, Domain):
        limited = {
            field.name
            for field in model._meta.local_concrete_fields
            if isinstance(field, database.CharField) and field.max_length
        }
        listed = set(LIMITED.get(model._meta.label, ()))
        assert limited - NOT_FOREIGN <= listed <= limited


@pytest.mark.parametrize(
    ("field", "longest"), [(name, 255 if name == "account" else 64) for name in DOCUMENT_TEXTS]
)
def test_the_name_of_an_account_is_cut_to_its_column(field, longest):
    channel = make_channel(platform="telegram")

    store(channel, document(kind="telegram", **{field: LONG}), at=NOON)

    assert Channel.objects.values_list(field, flat=True).get() == LONG[:longest]


def test_the_name_of_an_account_that_is_known_is_kept():
    channel = make_channel(platform="telegram", account="portwatch", numeric_id="7")

    store(channel, document(kind="telegram", account="other", numeric_id="7"), at=NOON)

    channel.refresh_from_db()
    assert (channel.account, channel.numeric_id) == ("portwatch", "7")


def test_the_posts_of_another_account_under_a_known_name_are_refused():
    channel = make_channel(platform="telegram", account="portwatch", numeric_id="7")
    page = document(raw("Buy coins"), kind="telegram", account="portwatch", numeric_id="8")

    with pytest.raises(UnreadableBody, match="belongs to another channel now"):
        store(channel, page, at=NOON)

    assert not Post.objects.exists()


def test_the_address_of_a_body_is_cut_to_its_column():
    store(make_channel(), document(raw("One")), at=NOON, body=FetchedBody.of(b"1", url=LONG))

    assert Capture.objects.get().url == LONG[:2000]


@pytest.mark.parametrize(("field", "longest"), [("etag", 1000), ("last_modified", 200)])
def test_a_validator_is_kept_whole_or_not_at_all(field, longest):
    channel = make_channel()
    world = World(
        answer(make_feed("One"), **{field: LONG[:longest]}),
        answer(make_feed("One"), **{field: LONG[: longest + 1]}),
    )

    kept = []
    for hours in (0, 1):
        world.at = later(hours=hours)
        world.poll()
        channel.refresh_from_db()
        kept.append(getattr(channel, field))

    assert kept == [LONG[:longest], ""]


# Rounds of polling


def poll_beside_a_sound_channel(*steps, parse=parse):
    """Poll a channel once for each body or error, and a sound one with it. Return both."""
    odd, sound = make_channel(code="ODD"), make_channel(code="SOUND")
    world, tallies = World(parse=parse), []
    for hours, step in enumerate(steps):
        world.at = later(hours=2 * hours)
        Channel.objects.update(next_poll_at=None)
        world.fetch = lambda url, step=step, hours=hours, **validators: (
            raised(step) if url == odd.address else answer(make_feed(f"Sound{hours}"), etag="s")
        )
        tallies.append(world.poll())
    odd.refresh_from_db()
    sound.refresh_from_db()
    return odd, sound, tallies


def raised(step):
    if isinstance(step, Exception):
        raise step
    return answer(step, etag=f'"{len(step)}"')


@pytest.mark.parametrize(
    "error",
    [
        FetchError("timeout", BAD),
        UnreadableBody("not_a_feed", BAD),
        FetchError("timeout", LONG),
        UnreadableBody("not_a_feed", f"{LONG[:490]}{BAD}{LONG}"),
    ],
    ids=["unfetched", "unread", "unfetched and long", "unread and long"],
)
def test_an_error_that_no_database_takes_stops_only_its_channel(error):
    odd, sound, (tally,) = poll_beside_a_sound_channel(error)

    assert (odd.health, odd.failures) == ("failing", 1)
    assert 1 < len(odd.last_error) <= 500
    assert sound.posts.count() == 1
    assert (tally.channels, len(tally.failures)) == (2, 1)


NAIVE = datetime(2026, 6, 25, 11, 0)  # noqa: DTZ001 - what no adapter may give


@pytest.mark.parametrize(
    "fields",
    [
        {"posted_at": NAIVE},
        {"posted_at": NAIVE, "source_edited_at": NAIVE},
        {"text": None},
        {"title": b"bytes"},
    ],
    ids=lambda fields: "+".join(fields),
)
def test_a_post_that_cannot_be_stored_stops_only_its_channel(fields, caplog):
    def parse_odd(body, **context):
        if b"odd" not in body:
            return parse(body, **context)
        return document(
            raw("One"), replace(raw("Two"), **fields) if body == b"odd 1" else raw("Two")
        )

    odd, sound, tallies = poll_beside_a_sound_channel(b"odd 1", b"odd 22", parse=parse_odd)

    assert [tally.channels for tally in tallies] == [2, 2]
    assert [len(tally.failures) for tally in tallies] == [1, 0]
    assert tallies[0].failures[0].startswith("ODD: its posts could not be stored: ")
    assert "ODD could not be stored" in caplog.text
    assert (odd.health, odd.etag, odd.posts.count()) == ("sound", '"6"', 2)
    assert (sound.failures, sound.posts.count()) == (0, 2)


def test_a_channel_whose_posts_cannot_be_stored_says_so_and_keeps_its_validators():
    def parse_odd(body, **context):
        return document(raw("One"), raw("Two", posted_at=NAIVE))

    channel = make_channel(etag='"old"', last_read_at=later(days=-1))
    World(answer(b"odd", etag='"new"'), parse=parse_odd).poll()

    channel.refresh_from_db()
    assert channel.health == "failing"
    assert channel.last_error.startswith("its posts could not be stored: can't compare")
    assert "\n" not in channel.last_error
    assert (channel.etag, channel.last_read_at) == ('"old"', later(days=-1))
    assert not Post.objects.exists()
    assert not Capture.objects.exists()


def test_what_was_stored_before_the_fault_is_kept_and_the_rest_is_read_again(monkeypatch):
    monkeypatch.setattr(import_module("wires.ingest.store"), "ROWS_A_TRANSACTION", 2)
    first = document(raw("Three", posted_at=NAIVE), raw("Two"), raw("One"))
    repaired = document(raw("Three"), raw("Two"), raw("One"))
    make_channel()
    parsed = [first, repaired]
    world = World(answer(b"same"), answer(b"same"), parse=lambda body, **context: parsed.pop(0))

    failed = world.poll()
    stored = Post.objects.count()
    world.at = later(hours=2)
    second = world.poll()

    assert (len(failed.failures), stored) == (1, 2)
    assert second.outcome == IngestOutcome(new=1, seen=2)


# Dates


DATES = {
    "": None,
    "yesterday": None,
    "0000-00-00T00:00:00Z": None,
    "0001-01-01T00:00:00Z": None,
    "0001-01-01T00:00:00+14:00": None,
    "9999-12-31T23:59:59-12:00": None,
    "99999-12-31T23:59:59Z": None,
    "9" * 5_000: None,
    "9998-12-31T23:59:59Z": datetime(9998, 12, 31, 23, 59, 59, tzinfo=UTC),
    "2026-06-25T11:00:00": later(hours=-1),
    "2026-06-25 11:30": later(minutes=-30),
    "2026-06-25T13:15:00+02:00": later(minutes=-45),
}


def test_posts_with_any_date_are_stored():
    items = [
        {"id": f"{n}", "title": f"Notice {n}", "content_text": "Ships.", "date_published": date}
        for n, date in enumerate(DATES)
    ]
    body = {"version": "https://jsonfeed.org/version/1.1", "title": "Harbour", "items": items}

    odd, sound, (tally,) = poll_beside_a_sound_channel(json.dumps(body).encode())

    assert tally.failures == []
    assert sound.posts.count() == 1
    kept = {post.posted_raw: (post.posted_at, post.wire_at) for post in odd.posts.all()}
    assert kept == {
        date[:200]: (posted_at, min(posted_at or NOON, NOON)) for date, posted_at in DATES.items()
    }


def test_dates_that_come_and_go_leave_one_post_with_its_first_date():
    channel = make_channel()
    post = raw("One", native_id="1", posted_at=None)
    steps = [
        post,
        replace(post, posted_at=later(hours=-1)),
        replace(post, posted_at=None, text="Edited."),
        replace(post, posted_at=later(days=900), text="Edited again."),
        replace(post, posted_at=None, source_edited_at=later(hours=4), text="With a date of edit."),
        replace(post, source_edited_at=None, text="Without one."),
        replace(post, source_edited_at=later(hours=4), text="With one again."),
    ]

    outcomes = [store(channel, document(step), at=later(hours=n)) for n, step in enumerate(steps)]

    assert [outcome.new for outcome in outcomes] == [1, 0, 0, 0, 0, 0, 0]
    assert [outcome.versions for outcome in outcomes] == [0, 0, 1, 1, 1, 1, 1]
    stored = Post.objects.get()
    assert (stored.posted_at, stored.wire_at) == (None, NOON)
    assert stored.latest_version.text == "With one again."
    flags = PostVersion.objects.order_by("n").values_list("flags", flat=True)
    assert [*flags] == [[], [], ["future_date"], [], [], []]


def test_a_source_that_is_edited_twice_in_one_second_keeps_its_last_words():
    channel = make_channel()
    first, second = (raw("One", text=text, source_edited_at=NOON) for text in ("Nine.", "Ten."))

    outcomes = [store(channel, document(words), at=NOON) for words in (first, second)]

    assert outcomes == [IngestOutcome(new=1), IngestOutcome(versions=1)]


# A feed in which every text is odd


def odd_feed():
    texts = (
        "id", "title", "content_text", "content_html", "summary", "date_published", "date_modified",
        "language", "image", "external_url",
    )  # fmt: skip
    item = dict.fromkeys(texts, BAD)
    item |= {
        "url": f"https://harbour.example/{BAD}",
        "authors": [{"name": BAD}],
        "attachments": [{"url": f"https://harbour.example/{BAD}.png", "title": BAD}],
    }
    return {"version": "https://jsonfeed.org/version/1.1", "title": BAD, "language": BAD,
            "home_page_url": BAD, "authors": [{"name": BAD}], "items": [item]}  # fmt: skip


def test_a_feed_in_which_every_text_is_odd_costs_nobody_a_post():
    body = json.dumps(odd_feed()).encode()

    odd, sound, tallies = poll_beside_a_sound_channel(body, body + b" ")

    assert [tally.failures for tally in tallies] == [[], []]
    assert [tally.outcome for tally in tallies] == [
        IngestOutcome(new=2),
        IngestOutcome(new=1, seen=1),
    ]
    assert (odd.posts.count(), sound.posts.count()) == (1, 2)
