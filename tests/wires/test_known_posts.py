"""Which post an item is, which version of it comes next, and what stays as it was."""

from dataclasses import fields, replace
from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.documents import document, raw, titles
from tests.wires.factories import make_channel, make_outlet, make_post
from wires import ingest
from wires.ingest import FetchedBody, IngestOutcome, read_body, store
from wires.ingest.end_of_demo import DEMO_IS_OVER
from wires.models import Capture, Post, PostAlias, PostVersion, native_id_hash
from wires.platforms.base import Media, RawPost
from wires.platforms.titles import alike

pytestmark = pytest.mark.django_db

LINK = "https://harbour.example/live"
MICROSECOND = timedelta(microseconds=1)


def store_all(channel, *posts):
    """Store one document a post, an hour apart, and return the outcomes."""
    kind = channel.platform
    return [
        store(channel, document(post, kind=kind), at=later(hours=n)) for n, post in enumerate(posts)
    ]


# Every field in its column


def test_each_field_of_an_item_is_kept_in_its_column():
    editor = make_user()
    channel = make_channel(platform="telegram", language="en", last_read_at=later(days=-1))
    item = RawPost(
        native_id="port/7",
        url="https://t.me/port/7?single",
        title="Nine ships wait",
        text="Nine ships wait off Calvera.",
        html="<p>Nine ships wait off Calvera.</p>",
        author="Ines Okonjo",
        language="pt",
        posted_at=later(hours=-3),
        posted_raw="09:00",
        source_edited_at=later(hours=-2),
        media=(Media(kind="video", id="v1", url="https://cdn.example/v1", alt="Ships"),),
        aliases=("port/8",),
        captions=("Ships at anchor",),
        link_id="https://t.me/port/7",
        forwarded_from="Orrery",
        forwarded_by="A. Keeper",
        forwarded_ids=("orrery/5",),
        forwarded_url="https://t.me/orrery/5",
        reply_to="port/1",
        flags=frozenset({"reply", "edited"}),
    )
    assert all(getattr(item, field.name) for field in fields(RawPost))

    body = FetchedBody.of(b"page", url="https://t.me/s/port")
    store(channel, document(item, kind="telegram"), at=NOON, body=body, captured_by=editor)

    post = Post.objects.values().get()
    version = PostVersion.objects.values().get()
    capture = Capture.objects.values().get()
    assert post == {
        "id": post["id"],
        "channel_id": channel.pk,
        "native_id": "port/7",
        "native_id_hash": native_id_hash("port/7"),
        "url": "https://t.me/port/7?single",
        "canonical_url": "https://t.me/port/7",
        "posted_at": later(hours=-3),
        "posted_raw": "09:00",
        "first_seen_at": NOON,
        "last_seen_at": NOON,
        "wire_at": later(hours=-3),
        "is_backfill": False,
        "is_service": False,
        "state": "live",
        "reverts": 0,
        "went_back_at": None,
        "pruned_at": None,
        "withdrawn_at": None,
        "withdrawn_by_id": None,
        "withdrawn_reason": "",
        "hidden_at": None,
        "hidden_by_id": None,
        "hidden_reason": "",
        "story_id": None,
        "latest_version_id": None,
        "unconfirmed_version_id": version["id"],
    }
    assert version == {
        "id": version["id"],
        "post_id": post["id"],
        "n": 1,
        "captured_at": NOON,
        "title": "Nine ships wait",
        "text": "Nine ships wait off Calvera.",
        "html": "<p>Nine ships wait off Calvera.</p>",
        "author": "Ines Okonjo",
        "language": "pt",
        "media": [
            {"kind": "video", "id": "v1", "url": "https://cdn.example/v1", "alt": "Ships"},
            {
                "kind": "forward",
                "id": "",
                "url": "https://t.me/orrery/5",
                "alt": "Orrery, A. Keeper, https://t.me/orrery/5",
            },
            {"kind": "reply", "id": "", "url": "", "alt": "port/1"},
        ],
        "flags": ["edited", "reply"],
        "source_edited_at": later(hours=-2),
        "content_hash": item.content_hash(),
        "capture_id": capture["id"],
        "captured_by_id": editor.pk,
        "changes": None,
        "erased_at": None,
    }
    assert (capture["fetched_at"], capture["url"], capture["size"]) == (
        NOON,
        "https://t.me/s/port",
        4,
    )
    assert list(PostAlias.objects.values_list("native_id", "post")) == [("port/8", post["id"])]


def test_a_post_without_a_language_has_that_of_its_channel():
    channel = make_channel(language="fr")

    store(channel, document(raw("One"), raw("Two", language="pt")), at=NOON)

    assert list(PostVersion.objects.order_by("pk").values_list("language", flat=True)) == [
        "pt",
        "fr",
    ]


def test_an_edit_changes_the_words_of_its_post_and_no_times():
    channel = make_channel(last_read_at=later(days=-1))
    first = raw("One", native_id="1", link=LINK, posted_at=later(hours=-2), text="Nine.")
    edit = replace(first, text="Ten.", posted_at=later(hours=-1), source_edited_at=later(hours=1))
    store(channel, document(first), at=NOON)

    store(channel, document(edit), at=later(hours=3))

    post = Post.objects.get()
    assert (post.posted_at, post.wire_at, post.first_seen_at, post.last_seen_at) == (
        later(hours=-2),
        later(hours=-2),
        NOON,
        later(hours=3),
    )
    versions = post.versions.order_by("n").values_list("n", "captured_at", "source_edited_at")
    assert list(versions) == [(1, NOON, None), (2, later(hours=3), later(hours=1))]


# Two posts of one document


def test_an_edit_leaves_the_other_posts_of_the_document_as_they_are():
    channel = make_channel()
    one, two = raw("One", text="Nine ships."), raw("Two", text="Nine ships.")
    store(channel, document(one, two), at=NOON)

    edited = document(replace(one, text="Ten ships."), two, raw("Three"))
    store(channel, edited, at=later(hours=1))

    states = Post.objects.values_list("latest_version__title", "state", "latest_version__n")
    assert set(states) == {("One", "edited", 2), ("Two", "live", 1), ("Three", "live", 1)}


def test_two_edits_of_one_document_are_each_compared_with_their_own_post():
    channel = make_channel()
    one, two = raw("One", text="Nine ships."), raw("Two", text="Four tugs.")
    store(channel, document(one, two), at=NOON)

    edited = document(replace(one, text="Ten ships."), replace(two, text="Five tugs."))
    store(channel, edited, at=later(hours=1))

    changes = PostVersion.objects.filter(n=2).values_list("title", "changes")
    assert {
        title: [words for kind, words in found if kind != "same"] for title, found in changes
    } == {
        "One": ["Nine", "Ten"],
        "Two": ["Four", "Five"],
    }


def test_only_the_posts_that_are_shown_again_are_seen_again():
    channel = make_channel()
    store(channel, document(raw("One"), raw("Two")), at=NOON)

    store(channel, document(raw("Two")), at=later(hours=2))

    seen = Post.objects.values_list("latest_version__title", "last_seen_at")
    assert set(seen) == {("One", NOON), ("Two", later(hours=2))}


def test_two_ids_that_lead_to_one_post_are_one_edit_by_the_newest_item():
    channel = make_channel(platform="telegram")
    album = raw("Album", native_id="7", aliases=("8",), text="Nine.")
    store(channel, document(album, kind="telegram"), at=NOON)
    parts = (raw("Album", native_id=id_, link=album.url, text=id_) for id_ in ("8", "7"))

    outcome = store(channel, document(*parts, kind="telegram"), at=later(hours=1))

    assert outcome == IngestOutcome(versions=1, seen=1)
    assert list(PostVersion.objects.order_by("n").values_list("text", flat=True)) == ["Nine.", "8"]


# Fates


def fate_of(post):
    post.refresh_from_db()
    return (
        (post.state, post.withdrawn_at, post.withdrawn_by, post.withdrawn_reason),
        (post.hidden_at, post.hidden_by, post.hidden_reason),
    )


@pytest.mark.parametrize("words", ["Nine ships.", "Ten ships."], ids=["as it was", "edited"])
def test_a_withdrawn_and_hidden_post_stays_so_when_it_is_read_again(words):
    channel, editor = make_channel(), make_user(group="Wire desk")
    store(channel, document(raw("One", text="Nine ships.")), at=NOON)
    post = Post.objects.get()
    ingest.withdraw(post, by=editor, reason="Its page answers 404.", at=later(hours=1))
    ingest.hide(post, by=editor, reason="A private person.", at=later(hours=2))
    fate = fate_of(post)

    outcome = store(channel, document(raw("One", text=words)), at=later(hours=3))

    assert outcome.new == 0
    assert fate_of(post) == fate
    assert fate[0][0] == "withdrawn"
    assert fate[1] == (later(hours=2), editor, "A private person.")
    assert post.latest_version.text == words
    assert post.last_seen_at == later(hours=3)


def test_a_post_that_returns_to_its_feed_is_the_post_it_was():
    channel = make_channel()
    one, two = raw("One"), raw("Two")

    outcomes = [
        store(channel, document(*posts), at=later(days=day))
        for day, posts in enumerate([(one, two), (two,), (two,), (one, two)])
    ]

    assert [outcome.new for outcome in outcomes] == [2, 0, 0, 0]
    assert Post.objects.get(latest_version__title="One").last_seen_at == later(days=3)
    assert PostVersion.objects.count() == 2


# Half-shared headlines


@pytest.mark.parametrize(
    ("one", "other", "are_alike"),
    [
        ("Calvera turns ships back", "Calvera turns tankers away", False),
        ("Calvera turns ships back", "calvera  TURNS ships\tback", True),
        ("a b c d", "a b c d e", True),
        ("a b c", "a b c d", False),
        ("a b c d e f g h i", "a b c d e f g h x", True),
        ("", "", True),
        ("", "Calvera", False),
    ],
)
def test_titles_are_alike_that_share_four_fifths_of_their_words(one, other, are_alike):
    assert alike(one, other) is are_alike
    assert alike(other, one) is are_alike


@pytest.mark.parametrize("identity", ["native", "link"])
def test_half_shared_headlines_at_one_link_are_two_posts(identity):
    channel = make_channel(identity=identity)
    ships = raw("Calvera turns ships back", native_id="a", link=LINK)
    tankers = raw("Calvera turns tankers away", native_id="b", link=LINK)
    page = document(ships, tankers)

    outcomes = [store(channel, page, at=later(hours=hours)) for hours in (0, 1)]

    assert outcomes == [IngestOutcome(new=2), IngestOutcome(seen=2)]
    assert titles(channel) == ["Calvera turns tankers away", "Calvera turns ships back"]


def test_a_half_shared_headline_with_a_new_id_at_a_known_link_is_a_new_post():
    channel = make_channel()
    ships = raw("Calvera turns ships back", native_id="a", link=LINK)
    tankers = raw("Calvera turns tankers away", native_id="b", link=LINK)

    outcomes = store_all(channel, ships, tankers)

    assert [outcome.new for outcome in outcomes] == [1, 1]


def test_entries_of_one_link_and_title_are_told_apart_by_their_dates():
    channel = make_channel(identity="link")
    page = document(
        *(raw("Live", native_id="x", link=LINK, posted_raw=day) for day in ("Monday", "Tuesday"))
    )

    outcomes = [store(channel, page, at=later(hours=hours)) for hours in (0, 1)]

    assert outcomes == [IngestOutcome(new=2), IngestOutcome(seen=2)]


# New ids


def test_a_new_id_is_not_taken_for_the_old_one_where_both_are_shown():
    channel = make_channel()
    title = "Calvera turns ships back at noon"
    known = raw(title, native_id="a", link=LINK)
    moved = replace(known, url="https://h.example/moved", link_id="https://h.example/moved")
    store(channel, document(known), at=NOON)

    page = document(moved, raw(title, native_id="b", link=LINK))
    outcome = store(channel, page, at=later(hours=1))

    assert outcome == IngestOutcome(new=1, seen=1)


def test_a_link_that_two_new_items_share_names_neither_of_them():
    channel = make_channel()
    title = "Calvera turns ships back at noon"
    store(channel, document(raw(title, native_id="a", link=LINK)), at=NOON)

    page = document(*(raw(title, native_id=id_, link=LINK, text=id_) for id_ in "bc"))
    outcome = store(channel, page, at=later(hours=1))

    assert outcome == IngestOutcome(new=2)


@pytest.mark.parametrize(("more", "new"), [(timedelta(), 0), (MICROSECOND, 1)])
def test_a_new_id_is_that_of_a_known_post_for_fourteen_days(more, new):
    channel = make_channel()
    title = "Calvera turns ships back at noon"
    store(channel, document(raw(title, native_id="a", link=LINK, posted_at=NOON)), at=NOON)

    outcome = store(
        channel, document(raw(title, native_id="b", link=LINK)), at=later(days=14) + more
    )

    assert outcome.new == new


def test_a_new_id_goes_to_the_newest_of_the_posts_at_its_link():
    channel = make_channel()
    title = "Calvera turns ships back at noon"
    older = raw(title, native_id="a", link=LINK, posted_at=later(hours=-1))
    newer = raw(title, native_id="b", link=LINK, posted_at=later(minutes=-1))
    store(channel, document(older, newer), at=NOON)

    store(channel, document(raw(title, native_id="c", link=LINK)), at=later(hours=1))

    assert PostAlias.objects.get().post.native_id == "b"


def test_one_new_id_a_link_leaves_the_channel_known_by_its_ids():
    channel = make_channel()
    links = [f"https://h.example/{n}" for n in (1, 2)]
    titles_ = ["Calvera turns ships back at noon", "Ferries sail again from the quay"]
    ids = [("a", "x"), ("b", "x"), ("b", "y")]

    for day, pair in enumerate(ids):
        posts = (
            raw(title, native_id=id_, link=link)
            for title, id_, link in zip(titles_, pair, links, strict=True)
        )
        store(channel, document(*posts), at=later(days=day))

    channel.refresh_from_db()
    assert channel.identity == "native"
    aliases = PostAlias.objects.order_by("pk").values_list("native_id", "post__native_id")
    assert list(aliases) == [("b", "a"), ("y", "x")]


@pytest.mark.parametrize(
    ("repeats", "title", "new"),
    [
        (1, "Calvera turns ships back at noon", 0),
        (1, "Ferries sail again from the quay", 1),
        (2, "Calvera turns ships back at noon", 2),
    ],
    ids=["like title", "another title", "an id that repeats"],
)
def test_an_id_names_a_post_of_a_channel_known_by_links_where_the_titles_agree(repeats, title, new):
    channel = make_channel()
    first = raw("Calvera turns ships back at noon", native_id="a", link=LINK)
    store(channel, document(first), at=NOON)
    channel.identity = "link"

    page = document(*(raw(title, native_id="a", link=f"{LINK}/{n}") for n in range(repeats)))
    outcome = store(channel, page, at=later(hours=1))

    assert outcome.new == new


# Ids that are used again


OLD = raw("Calvera closes its harbour", native_id="lead", posted_at=later(hours=-2))


@pytest.mark.parametrize(
    ("old", "new", "posts"),
    [
        (OLD, {"title": "Ferries sail again"}, 2),
        (replace(OLD, title="a b c"), {"title": "c d e"}, 1),
        (replace(OLD, title="a b c"), {"title": "c d e f"}, 2),
        (OLD, {"title": "Ferries sail"}, 1),
        (replace(OLD, title="Old title"), {"title": "Ferries sail again"}, 1),
        (OLD, {"title": "Ferries sail again", "posted_at": OLD.posted_at + MICROSECOND}, 2),
        (replace(OLD, posted_at=None), {"title": "Ferries sail again"}, 1),
        (replace(OLD, url="", link_id=""), {"title": "Ferries sail again"}, 1),
    ],
    ids=[
        "another story",
        "a fifth of the words",
        "a sixth of the words",
        "too few words now",
        "too few words before",
        "a moment later",
        "no date before",
        "no link before",
    ],
)
def test_an_id_is_that_of_another_story_by_words_link_and_date_alone(old, new, posts):
    channel = make_channel()

    store_all(channel, old, raw(**{"native_id": "lead", "link": LINK} | new))

    assert Post.objects.count() == posts


def test_an_id_of_a_platform_that_keeps_its_ids_is_never_another_story():
    channel = make_channel(platform="telegram")

    outcomes = store_all(channel, OLD, raw("Ferries sail again", native_id="lead", link=LINK))

    assert outcomes[1] == IngestOutcome(versions=1)


# Repeated items, order, and numbers of rows


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        (None, None, "first"),
        (NOON, None, "first"),
        (None, NOON, "first"),
        (NOON, NOON, "first"),
        (NOON, later(hours=1), "second"),
        (later(hours=1), NOON, "first"),
    ],
)
def test_of_a_repeated_item_the_one_edited_later_is_kept(first, second, kept):
    channel = make_channel()
    page = document(
        raw("One", text="first", source_edited_at=first),
        raw("One", text="second", source_edited_at=second),
    )

    store(channel, page, at=NOON)

    assert PostVersion.objects.get().text == kept


@pytest.mark.parametrize(
    ("platform", "order"), [("rss", ["Two", "One"]), ("telegram", ["One", "Two"])]
)
def test_the_newest_post_of_a_document_is_stored_last(platform, order):
    channel = make_channel(platform=platform)

    store(channel, document(raw("One"), raw("Two"), kind=platform), at=NOON)

    assert titles(channel) == order


def test_a_document_without_posts_counts_as_read():
    channel = make_channel()

    outcome = store(
        channel, document(), at=NOON, body=FetchedBody.of(b"empty"), fields={"etag": "e"}
    )

    channel.refresh_from_db()
    assert outcome == IngestOutcome()
    assert (channel.last_read_at, channel.last_post_at, channel.etag) == (NOON, None, "e")
    capture = Capture.objects.get()
    assert (capture.sha256, capture.body) == (FetchedBody.of(b"empty").sha256, None)


@pytest.mark.parametrize(
    ("rows", "posts", "aliases", "transactions"),
    [
        (500, 501, 0, 3),
        (10, 5, 0, 1),
        (10, 6, 0, 2),
        (10, 10, 0, 2),
        (10, 2, 3, 1),
        (10, 3, 3, 2),
        (10, 1, 20, 1),
    ],
)
def test_a_transaction_writes_at_most_so_many_rows(rows, posts, aliases, transactions, monkeypatch):
    monkeypatch.setattr(import_module("wires.ingest.store"), "ROWS_A_TRANSACTION", rows)
    channel = make_channel(platform="telegram")
    page = document(
        *(
            raw(f"Post {n}", native_id=f"{n}", aliases=tuple(f"{n}/{m}" for m in range(aliases)))
            for n in range(posts)
        ),
        kind="telegram",
    )

    with CaptureQueriesContext(connection) as captured:
        outcome = store(channel, page, at=NOON)

    begun = [query for query in captured.captured_queries if query["sql"].startswith("SAVEPOINT")]
    assert outcome == IngestOutcome(new=posts)
    assert (Post.objects.count(), PostVersion.objects.count()) == (posts, posts)
    assert PostAlias.objects.count() == posts * aliases
    assert len(begun) == transactions


def test_a_body_is_kept_where_only_its_last_transaction_brings_news(monkeypatch):
    monkeypatch.setattr(import_module("wires.ingest.store"), "ROWS_A_TRANSACTION", 2)
    channel = make_channel(platform="telegram")
    store(channel, document(raw("One"), kind="telegram"), at=NOON)
    body = FetchedBody.of(b"page")

    page = document(raw("One"), raw("Two"), kind="telegram")
    store(channel, page, at=later(hours=1), body=body)

    capture = Capture.objects.get()
    assert (capture.sha256, bytes(capture.body)) == (body.sha256, body.compressed)
    assert capture.versions.get().title == "Two"


def test_a_truncated_body_is_read_again_until_it_is_whole():
    channel, pages = make_channel(), [
        document(raw("One"), truncated=True),
        document(raw("One"), raw("Two"), truncated=True),
        document(raw("One"), raw("Two"), raw("Three")),
    ]  # fmt: skip

    def parse(body, *, url="", account="", charset=""):
        return pages.pop(0)

    outcomes, hashes = [], []
    for hours in range(4):
        outcomes.append(read_body(channel, b"<rss>", at=later(hours=hours), parse=parse))
        hashes.append(Capture.objects.get().sha256)

    assert [outcome.new for outcome in outcomes] == [1, 1, 1, 0]
    whole = FetchedBody.of(b"<rss>").sha256
    assert hashes == [f"~{whole[:63]}", f"~{whole[:63]}", whole, whole]
    assert pages == []


def test_the_last_post_of_a_channel_is_its_newest_new_one():
    channel = make_channel()
    moments = []

    for hours, posted in enumerate([-3, -5, -2]):
        post = raw(f"Post {posted}", posted_at=later(hours=posted))
        store(channel, document(post), at=later(hours=hours))
        channel.refresh_from_db()
        moments.append(channel.last_post_at)

    assert moments == [later(hours=-3), later(hours=-3), later(hours=-2)]


# Old when first seen


@pytest.mark.parametrize(
    ("fields", "read_before", "is_backfill"),
    [
        ({"posted_at": later(hours=-48)}, True, False),
        ({"posted_at": later(hours=-48) - MICROSECOND}, True, True),
        ({"posted_at": later(minutes=5)}, False, False),
        ({"posted_at": later(minutes=5) + MICROSECOND}, False, True),
        ({"posted_at": later(minutes=5) + MICROSECOND}, True, False),
    ],
)
def test_a_post_is_backfill_from_its_very_moment_on(fields, read_before, is_backfill):
    channel = make_channel(last_read_at=later(days=-1) if read_before else None)

    store(channel, document(raw("One", **fields)), at=NOON)

    post = Post.objects.get()
    assert post.is_backfill is is_backfill
    assert ("future_date" in post.latest_version.flags) is (fields["posted_at"] > later(minutes=5))


# The demo


def test_a_real_post_hides_the_demo_alone_and_each_demo_post_once():
    demo = make_channel(outlet=make_outlet("Demo Wire", is_demo=True))
    shown, hidden = make_post(channel=demo), make_post(channel=demo)
    real = make_post()
    ingest.hide(hidden, by=make_user(group="Wire desk"), reason="Wrong.", at=NOON)

    store(make_channel(), document(raw("One")), at=later(hours=1))

    reasons = Post.objects.values_list("pk", "hidden_at", "hidden_reason")
    assert set(reasons) >= {
        (shown.pk, later(hours=1), DEMO_IS_OVER),
        (hidden.pk, NOON, "Wrong."),
        (real.pk, None, ""),
    }


# Outcomes


def test_outcomes_add_up_each_by_itself():
    one, other = (
        IngestOutcome(new=1, versions=2, seen=4),
        IngestOutcome(new=8, versions=16, seen=32),
    )

    assert one + other == IngestOutcome(new=9, versions=18, seen=36)
    assert [IngestOutcome(**{name: 1}).is_news for name in ("new", "versions", "seen")] == [
        True,
        True,
        False,
    ]


def test_bytes_that_were_read_before_count_the_posts_that_rest_on_them():
    channel = make_channel()
    store(channel, document(raw("One"), raw("Two")), at=NOON, body=FetchedBody.of(b"1"))
    store(channel, document(raw("One"), raw("Three")), at=NOON, body=FetchedBody.of(b"2"))

    seen = [ingest.seen_before(channel, body) for body in (b"1", b"2", b"3")]

    assert seen == [IngestOutcome(seen=2), IngestOutcome(seen=1), None]
