"""store(): identity, versions, times and bumped generations."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.articles.factories import make_article, make_source
from tests.clock import NOON, later
from tests.wires.documents import document, raw, titles
from tests.wires.factories import make_channel, make_outlet, make_post
from tests.wires.unguarded import forget_hashes
from wires import generations
from wires.ingest import FetchedBody, IngestOutcome, read_body, store
from wires.models import Capture, Channel, Post, PostAlias, PostVersion
from wires.platforms.base import Media, UnreadableBody

pytestmark = pytest.mark.django_db


# Storing once and again


def test_storing_a_document_makes_posts_with_a_first_version():
    channel = make_channel()

    outcome = store(channel, document(raw("One"), raw("Two")), at=NOON)

    assert outcome == IngestOutcome(new=2)
    assert titles(channel) == ["Two", "One"]
    post = Post.objects.get(latest_version__title="One")
    assert (post.state, post.latest_version.n, post.latest_version.text) == (
        "live",
        1,
        "One, the port said.",
    )
    channel.refresh_from_db()
    assert channel.last_read_at == NOON
    assert channel.last_post_at == later(minutes=-10)


def test_storing_the_same_document_again_adds_nothing():
    channel = make_channel()
    page = document(raw("One"), raw("Two"))
    store(channel, page, at=NOON)

    again = store(channel, page, at=later(minutes=5))

    assert again == IngestOutcome(seen=2)
    assert (Post.objects.count(), PostVersion.objects.count()) == (2, 2)


def test_a_body_already_stored_is_not_parsed_again():
    channel = make_channel()
    parsed = []

    def parse(body, *, url="", account="", charset=""):
        parsed.append(body)
        return document(raw("One"), raw("Two"))

    first = read_body(channel, b"<rss/>", at=NOON, parse=parse)
    second = read_body(channel, b"<rss/>", at=later(hours=1), parse=parse)

    assert parsed == [b"<rss/>"]
    assert (first, second) == (IngestOutcome(new=2), IngestOutcome(seen=2))


def test_a_body_without_its_capture_is_parsed_again_and_adds_nothing():
    channel = make_channel()

    def parse(body, *, url="", account="", charset=""):
        return document(raw("One"), raw("Two"))

    read_body(channel, b"<rss/>", at=NOON, parse=parse)
    forget_hashes()

    again = read_body(channel, b"<rss/>", at=later(hours=1), parse=parse)

    assert again == IngestOutcome(seen=2)


def test_an_unreadable_body_stores_nothing():
    channel = make_channel()

    not_a_feed = UnreadableBody("not_a_feed", "This is a web page, not a feed.")

    def parse(body, *, url="", account="", charset=""):
        raise not_a_feed

    with pytest.raises(UnreadableBody):
        read_body(channel, b"<html>", at=NOON, parse=parse, fields=lambda document: {"etag": "x"})

    channel.refresh_from_db()
    assert (channel.etag, channel.last_read_at) == ("", None)
    assert not Capture.objects.exists()


def test_a_body_without_new_posts_is_kept_as_a_hash_only():
    channel = make_channel()
    page = document(raw("One"))
    store(channel, page, at=NOON, body=FetchedBody.of(b"<rss>1</rss>"))

    store(channel, page, at=NOON, body=FetchedBody.of(b"<rss>2</rss>"))

    bodies = Capture.objects.order_by("pk").values_list("body", flat=True)
    assert [body is None for body in bodies] == [False, True]


def test_an_item_repeated_in_a_document_is_one_post():
    channel = make_channel()
    page = document(raw("One", text="new"), raw("One", text="old"))

    first = store(channel, page, at=NOON)
    again = store(channel, page, at=later(hours=1))

    assert (first, again) == (IngestOutcome(new=1), IngestOutcome(seen=1))
    assert PostVersion.objects.get().text == "new"


def test_characters_the_database_refuses_are_replaced():
    channel = make_channel()

    store(channel, document(raw("One", text="a\x00b\ud800c", native_id="x\ud800")), at=NOON)
    again = store(channel, document(raw("One", text="a\x00b\ud800c", native_id="x\ud800")), at=NOON)

    assert PostVersion.objects.get().text == "a\ufffdb\ufffdc"
    assert again == IngestOutcome(seen=1)


# Versions


def test_changed_words_make_a_version_and_the_post_is_edited():
    channel = make_channel()
    store(channel, document(raw("One", native_id="1", link="https://h.example/1")), at=NOON)

    edited = raw("Two", native_id="1", link="https://h.example/1")
    outcome = store(channel, document(edited), at=later(hours=1))

    post = Post.objects.get()
    assert outcome == IngestOutcome(versions=1)
    assert (post.state, post.latest_version.n, post.latest_version.title) == ("edited", 2, "Two")
    assert post.wire_at == later(minutes=-10)


def edits(*texts, hours=1, title="Ships", channel=None, **fields):
    """Store one post with these texts in turn, some hours apart; return its outcomes."""
    channel = channel or make_channel()
    words = [raw(title, native_id="1", text=text, **fields) for text in texts]
    return [
        store(channel, document(each), at=later(hours=n * hours)) for n, each in enumerate(words)
    ]


def stored_texts():
    return list(PostVersion.objects.order_by("n").values_list("text", flat=True))


def test_an_edit_back_to_earlier_words_within_a_day_is_counted_and_makes_no_version():
    outcomes = edits("Ships wait.", "Ships sail.", "Ships wait.", "Ships sail.", "Ships wait.")

    assert [(each.versions, each.returned) for each in outcomes[1:]] == [
        (1, 0), (0, 1), (0, 0), (0, 1),
    ]  # fmt: skip
    assert stored_texts() == ["Ships wait.", "Ships sail."]
    assert Post.objects.get().reverts == 2


def test_an_edit_back_to_earlier_words_after_a_day_is_a_version():
    edits("Ships wait.", "Ships sail.", "Ships wait.", hours=25)

    assert stored_texts() == ["Ships wait.", "Ships sail.", "Ships wait."]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 ships wait.", "21 ships wait."),
        ("Two ships wait.", "Three ships wait."),
        ("The port is open.", "The port is not open."),
        ("She said “we wait”.", "She said “we sail”."),
    ],
    ids=["digits", "number words", "negation", "quoted words"],
)
def test_an_edit_back_of_what_would_mislead_is_a_version(one, other):
    edits(one, other, one)

    assert stored_texts() == [one, other, one]


def test_an_edit_back_in_a_cited_post_is_a_version():
    channel = make_channel()
    edits("Ships wait.", channel=channel)
    make_source(make_article(sources=False), post=Post.objects.get())

    edits("Ships wait.", "Ships sail.", "Ships wait.", channel=channel)

    assert stored_texts() == ["Ships wait.", "Ships sail.", "Ships wait."]


def test_a_fifth_version_in_a_day_takes_the_place_of_the_last():
    channel = make_channel()
    bodies = [f"Ships wait near {place}." for place in ("Calvera", "Orrery", "Lund", "Tarn", "Ost")]
    for n, text in enumerate(bodies):
        page = document(raw("Ships", native_id="1", text=text))
        store(channel, page, at=later(hours=n), body=FetchedBody.of(text.encode()))

    last = Post.objects.get().latest_version
    assert stored_texts() == [*bodies[:3], bodies[4]]
    # The number of the words that went is not given again, so that the gap tells of them.
    assert (last.n, last.flags) == (5, ["folded"])
    before = PostVersion.objects.get(n=3)
    assert last.changes == [list(change) for change in last.changes_since(before)]
    assert Capture.objects.filter(body__isnull=False).count() == 5


def test_a_fifth_version_with_other_figures_is_a_version():
    edits(*(f"{n} ships wait." for n in range(6)))

    assert len(stored_texts()) == 6


def test_a_fifth_version_of_a_cited_post_is_a_version():
    channel = make_channel()
    edits("Ships wait.", channel=channel)
    make_source(make_article(sources=False), post=Post.objects.get())

    edits(
        *(f"Ships wait{more}." for more in ("", " on", " off", " near", " far", " in")),
        channel=channel,
    )

    assert len(stored_texts()) == 6


def test_an_item_older_than_the_stored_version_is_ignored():
    channel = make_channel()
    newer = raw("B", native_id="1", link="https://h.example/1", source_edited_at=NOON)
    stale = raw("A", native_id="1", link="https://h.example/1", source_edited_at=later(hours=-2))
    store(channel, document(newer), at=NOON)

    outcome = store(channel, document(stale), at=later(hours=1))

    assert outcome == IngestOutcome(seen=1)


def test_erased_words_are_not_restored_by_the_next_read():
    channel = make_channel()
    store(channel, document(raw("A", native_id="1")), at=NOON)
    from wires import retention

    retention.erase(Post.objects.get(), reason="court order", by=None, at=NOON)

    outcome = store(channel, document(raw("A!", native_id="1")), at=later(hours=1))

    assert outcome == IngestOutcome(seen=1)


def test_a_post_missing_from_its_feed_is_kept():
    channel = make_channel()
    store(channel, document(raw("One"), raw("Two")), at=NOON)

    store(channel, document(raw("Two")), at=later(hours=1))

    assert Post.objects.count() == 2


def test_last_seen_is_updated_at_most_hourly():
    channel = make_channel()
    page = document(raw("One"))
    store(channel, page, at=NOON)

    store(channel, page, at=later(minutes=59))
    after_an_hour = Post.objects.get().last_seen_at
    store(channel, page, at=later(minutes=60))

    assert (after_an_hour, Post.objects.get().last_seen_at) == (NOON, later(minutes=60))


# Identity


def test_the_part_numbers_of_an_album_identify_its_post():
    channel = make_channel(platform="telegram")
    album = raw("Album", native_id="77/10", aliases=("77/11", "77/12"))
    store(channel, document(album, kind="telegram"), at=NOON)

    part = raw("Album", native_id="77/12", link=album.url)
    outcome = store(channel, document(part, kind="telegram"), at=NOON)

    assert outcome == IngestOutcome(seen=1)
    assert PostAlias.objects.count() == 2


def test_a_new_id_with_a_known_link_and_title_is_the_known_post():
    channel = make_channel()
    link = "https://h.example/harbour"
    first = raw("Calvera closes its old harbour today", native_id="a", link=link)
    second = raw("Calvera closes its old harbour today", native_id="b", link=link, text="More.")
    store(channel, document(first), at=NOON)

    outcome = store(channel, document(second), at=later(days=1))

    assert outcome == IngestOutcome(versions=1)
    assert PostAlias.objects.get().native_id == "b"
    assert store(channel, document(second), at=later(days=30)) == IngestOutcome(seen=1)


@pytest.mark.parametrize(
    ("title", "days"),
    [("Ferries sail again from the north quay", 1), ("Calvera closes its old harbour today", 15)],
)
def test_another_story_at_a_known_link_is_a_new_post(title, days):
    channel = make_channel()
    link = "https://h.example/live"
    first = raw("Calvera closes its old harbour today", native_id="a", link=link)
    store(channel, document(first), at=NOON)

    outcome = store(channel, document(raw(title, native_id="b", link=link)), at=later(days=days))

    assert outcome.new == 1


def test_rotating_ids_for_one_link_switch_the_channel_to_link_identity():
    channel = make_channel()
    link = "https://h.example/harbour"

    for day, guid in enumerate("abc"):
        store(channel, document(raw("Harbour", native_id=guid, link=link)), at=later(days=day))

    channel.refresh_from_db()
    assert (channel.identity, channel.identity_switched_at) == ("link", later(days=2))
    again = store(channel, document(raw("Harbour", native_id="d", link=link)), at=later(days=40))
    assert again == IngestOutcome(seen=1)


def test_repeated_ids_in_a_document_switch_the_channel_to_link_identity():
    channel = make_channel()
    one, two = raw("One", native_id="same"), raw("Two", native_id="same")
    store(channel, document(one), at=NOON)

    outcome = store(channel, document(one, two, guids_repeat=True), at=later(hours=1))
    again = store(channel, document(one, two), at=later(hours=2))

    channel.refresh_from_db()
    assert channel.identity == Channel.Identity.LINK
    assert (outcome, again) == (IngestOutcome(new=1, seen=1), IngestOutcome(seen=2))


def test_an_id_reused_for_a_new_story_is_a_new_post():
    channel = make_channel()
    old = raw("Calvera closes its harbour", native_id="lead", posted_at=later(days=-1))
    new = raw("Ferries sail again from Orrery", native_id="lead")
    edited = replace(new, title="Ferries sail from Orrery, late", posted_at=later(minutes=-1))
    third = raw("Parliament votes on bread", native_id="lead", posted_at=NOON)

    outcomes = [
        store(channel, document(words), at=later(minutes=n))
        for n, words in enumerate((old, new, new, edited, edited, third, third))
    ]

    assert [(outcome.new, outcome.versions) for outcome in outcomes] == [
        (1, 0), (1, 0), (0, 0), (0, 1), (0, 0), (1, 0), (0, 0),
    ]  # fmt: skip
    assert titles(channel) == [old.title, edited.title, third.title]
    assert Channel.objects.get().identity == Channel.Identity.NATIVE


@pytest.mark.parametrize(
    "fields",
    [
        {"posted_at": later(days=-1)},
        {"posted_at": None},
        {"link": "https://harbour.example/calvera-closes-its-harbour"},
        {"title": "Calvera opens its harbour"},
        {"title": "\u6e2f\u53e3\u91cd\u65b0\u5f00\u653e"},
    ],
    ids=["same date", "no date", "same link", "like title", "no words to compare"],
)
def test_an_id_whose_story_may_be_the_same_stays_one_post(fields):
    channel = make_channel()
    old = raw("Calvera closes its harbour", native_id="lead", posted_at=later(days=-1))
    store(channel, document(old), at=NOON)

    fields = {"title": "Ferries sail again from Orrery", "native_id": "lead"} | fields
    outcome = store(channel, document(raw(**fields)), at=later(hours=1))

    assert outcome == IngestOutcome(versions=1)


def test_erased_words_are_not_restored_as_a_new_post():
    from wires import retention

    channel = make_channel()
    old = raw("Calvera closes its harbour", native_id="lead", posted_at=later(days=-1))
    store(channel, document(old), at=NOON)
    retention.erase(Post.objects.get(), reason="court order", by=None, at=NOON)

    moved = raw("Calvera closes its harbour", native_id="lead", link="https://h.example/moved")
    outcome = store(channel, document(moved), at=later(hours=1))

    assert outcome == IngestOutcome(seen=1)


def test_items_sharing_id_and_link_are_kept_apart_by_title():
    channel = make_channel()
    home = "https://h.example/"
    page = document(
        *(raw(title, native_id="x", link=home) for title in ("One", "Two")), guids_repeat=True
    )

    first, again = (store(channel, page, at=later(hours=hours)) for hours in (0, 1))

    assert (first, again) == (IngestOutcome(new=2), IngestOutcome(seen=2))


def test_an_id_used_in_two_channels_is_two_posts():
    one, two = make_channel(), make_channel()

    for channel in (one, two):
        store(channel, document(raw("One")), at=NOON)

    assert Post.objects.count() == 2


# Times


def test_the_wire_time_is_the_source_time_but_never_in_the_future():
    channel = make_channel(last_read_at=later(days=-1))
    ahead = raw("Ahead", posted_at=later(hours=3))
    a_little = raw("A little", posted_at=later(minutes=4))

    store(channel, document(ahead, a_little, raw("Undated", posted_at=None)), at=NOON)

    times = {post.latest_version.title: post for post in Post.objects.all()}
    assert {post.wire_at for post in times.values()} == {NOON}
    assert times["Ahead"].latest_version.flags == ["future_date"]
    assert times["A little"].latest_version.flags == []


def test_the_wire_time_of_a_post_is_set_once():
    channel = make_channel()
    store(channel, document(raw("One", native_id="1")), at=NOON)

    moved = raw("One, edited", native_id="1", posted_at=later(hours=-5))
    store(channel, document(moved), at=later(hours=1))

    assert Post.objects.get().wire_at == later(minutes=-10)


@pytest.mark.parametrize(
    ("posted_at", "read_before", "is_backfill"),
    [
        (later(hours=-49), True, True),
        (later(hours=-47), True, False),
        (later(hours=-47), False, False),
        (None, True, False),
        (None, False, True),
        (later(hours=1), False, True),
    ],
)
def test_posts_that_are_old_or_of_unknown_age_are_backfill(posted_at, read_before, is_backfill):
    channel = make_channel(last_read_at=later(days=-1) if read_before else None)

    store(channel, document(raw("One", posted_at=posted_at), raw("Two")), at=NOON)

    assert Post.objects.get(latest_version__title="One").is_backfill is is_backfill


@pytest.mark.parametrize(
    ("last_read_at", "last_polled_at", "is_flood"),
    [
        (later(days=-30), later(days=-30), False),
        (later(days=-30), None, False),
        # Its body had not changed for so long, and now it has.
        (later(days=-30), later(hours=-1), True),
        (later(hours=-47), None, True),
    ],
)
def test_posts_without_dates_are_no_news_when_we_come_back_after_days(
    last_read_at, last_polled_at, is_flood
):
    # As after a pause, or where a backup of a month ago was restored.
    channel = make_channel(last_read_at=last_read_at, last_polled_at=last_polled_at)
    store(channel, document(raw("Known", native_id="1")), at=later(days=-30))
    Channel.objects.filter(pk=channel.pk).update(last_read_at=last_read_at)
    channel.refresh_from_db()

    found = store(
        channel,
        document(
            raw("Known", native_id="1"),
            raw("Undated", native_id="2", posted_at=None),
            raw("Of last week", native_id="3", posted_at=later(days=-7)),
            raw("Of today", native_id="4", posted_at=later(hours=-3)),
        ),
        at=NOON,
    )

    on_ticker = {post.native_id for post in Post.objects.on_ticker()}
    assert found.new == 3
    assert on_ticker == {"1", "4"} | ({"2"} if is_flood else set())


def test_a_date_shared_by_all_posts_on_a_first_read_counts_as_backfill():
    channel = make_channel()

    store(channel, document(raw("One"), raw("Two")), at=NOON)

    assert Post.objects.filter(is_backfill=True).count() == 2


def test_service_messages_stay_off_the_ticker():
    channel = make_channel(platform="telegram")

    store(channel, document(raw("Pinned", flags=frozenset({"service"}))), at=NOON)

    assert Post.objects.get().is_service
    assert not Post.objects.on_ticker().exists()


# Many rows


def test_a_long_document_is_stored_in_several_transactions():
    channel = make_channel()
    page = document(*(raw(f"Post {n}") for n in range(600)))

    first = store(channel, page, at=NOON, body=FetchedBody.of(b"long"), fields={"etag": "e"})
    again = store(channel, page, at=later(hours=2))

    assert (first, again) == (IngestOutcome(new=600), IngestOutcome(seen=600))
    assert Capture.objects.get().sha256 == FetchedBody.of(b"long").sha256
    channel.refresh_from_db()
    assert channel.etag == "e"


def test_an_interrupted_store_keeps_no_validators_and_is_read_again(monkeypatch):
    channel = make_channel()
    page = document(*(raw(f"Post {n}") for n in range(600)))
    bodies = []

    def parse(body, *, url="", account="", charset=""):
        bodies.append(body)
        return page

    original = Post.objects.bulk_create
    calls = []

    def bulk_create(posts, **kwargs):
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return original(posts, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(Post.objects, "bulk_create", bulk_create)
        with pytest.raises(KeyboardInterrupt):
            read_body(channel, b"long", at=NOON, parse=parse, fields=lambda document: {"etag": "e"})

    fresh = Channel.objects.get()
    assert (fresh.etag, Post.objects.count()) == ("", 250)
    outcome = read_body(fresh, b"long", at=NOON, parse=parse, fields=lambda document: {"etag": "e"})
    assert outcome == IngestOutcome(new=350, seen=250)
    assert Capture.objects.count() == 1
    assert Channel.objects.get().etag == "e"


def test_an_edit_is_compared_with_the_previous_version_when_stored():
    channel = make_channel()
    for words in ("Nine ships wait.", "Ten ships wait.", "Ten ships sail."):
        store(channel, document(raw("Ships", text=words, native_id="1")), at=NOON)

    changes = [version.changes for version in PostVersion.objects.order_by("n")]

    assert changes[0] is None
    assert changes[1] == [
        ["same", "Ships\n"],
        ["gone", "Nine"],
        ["new", "Ten"],
        ["same", " ships wait."],
    ]
    assert changes[2][1:3] == [["gone", "wait"], ["new", "sail"]]


def test_an_edit_that_changes_no_words_has_no_changes():
    channel = make_channel()
    item = raw("Ships", text="Nine ships wait.", native_id="1")
    store(channel, document(item), at=NOON)
    with_picture = replace(item, media=(Media(kind="photo", id="1"),))
    store(channel, document(with_picture), at=later(hours=1))

    assert [version.changes for version in PostVersion.objects.order_by("n")] == [None, []]


def test_edits_are_compared_outside_the_transaction_that_writes_them(django_assert_max_num_queries):
    channel = make_channel()
    store(channel, document(raw("Ships", text="Nine ships wait.", native_id="1")), at=NOON)
    edited = document(raw("Ships", text="Ten ships wait.", native_id="1"))

    with django_assert_max_num_queries(24) as captured:
        store(channel, edited, at=later(hours=1))

    open_, found = 0, []
    for query in captured.captured_queries:
        open_ += query["sql"].startswith("SAVEPOINT")
        open_ -= query["sql"].startswith("RELEASE SAVEPOINT")
        if '"wires_postversion"."text"' in query["sql"] and query["sql"].startswith("SELECT"):
            found.append(open_)
    # Read once more outside, where they are compared, which can take long.
    assert 0 in found


@pytest.mark.parametrize("count", [5, 200])
def test_storing_takes_the_same_queries_however_many_posts(count, django_assert_max_num_queries):
    channel = make_channel()
    first = document(*(raw(f"Post {n}", native_id=f"{n}") for n in range(count)))
    second = document(*(raw(f"Edited {n}", native_id=f"{n}") for n in range(count)))

    with django_assert_max_num_queries(16):
        stored = store(channel, first, at=NOON, body=FetchedBody.of(b"1"))
    # The posts are looked up again after their edits were compared outside the transaction.
    with django_assert_max_num_queries(28):
        edits = store(channel, second, at=later(hours=2), body=FetchedBody.of(b"2"))
    with django_assert_max_num_queries(9):
        again = store(channel, second, at=later(hours=2), body=FetchedBody.of(b"3"))

    assert (stored, edits, again) == (
        IngestOutcome(new=count),
        IngestOutcome(versions=count),
        IngestOutcome(seen=count),
    )


# Generations


def test_new_posts_bump_only_the_wire_generation(django_capture_on_commit_callbacks):
    channel = make_channel()
    pages = generations.current("pages")

    with django_capture_on_commit_callbacks() as callbacks:
        store(channel, document(raw("One")), at=NOON)
    with django_capture_on_commit_callbacks() as after_nothing:
        store(channel, document(raw("One")), at=NOON)

    assert (len(callbacks), after_nothing) == (1, [])
    callbacks[0]()
    assert generations.current("pages") == pages


def test_an_edit_of_a_post_cited_by_a_live_article_bumps_the_pages(
    django_capture_on_commit_callbacks,
):
    from articles import publishing
    from tests.articles.factories import make_article

    channel = make_channel()
    article = make_article(sources=False)
    make_source(article, post=make_post(channel=channel, native_id="1"))
    publishing.publish(article, by=None, at=NOON)
    pages = generations.current("pages")

    with django_capture_on_commit_callbacks(execute=True):
        store(channel, document(raw("Edited", native_id="1")), at=NOON)

    assert generations.current("pages") != pages


def test_the_first_real_post_takes_the_demo_off_the_wire():
    demo = make_post(channel=make_channel(outlet=make_outlet("Demo Wire", is_demo=True)))
    channel = make_channel()

    store(channel, document(raw("One")), at=NOON)

    demo.refresh_from_db()
    assert demo.hidden_at == NOON
    assert demo.hidden_reason
    assert not Post.objects.get(channel=channel).is_hidden


@pytest.mark.parametrize(
    ("is_on_ticker", "fields"),
    [
        (True, {"posted_at": later(days=-30)}),
        (True, {"flags": frozenset({"service"})}),
        (False, {}),
    ],
)
def test_a_real_post_that_is_not_on_the_ticker_leaves_the_demo_on_the_wire(is_on_ticker, fields):
    demo = make_post(channel=make_channel(outlet=make_outlet("Demo Wire", is_demo=True)))
    channel = make_channel(on_ticker=is_on_ticker)

    store(channel, document(raw("One", **fields)), at=NOON)

    demo.refresh_from_db()
    assert not demo.is_hidden
    Channel.objects.update(on_ticker=True)
    store(Channel.objects.get(pk=channel.pk), document(raw("Two")), at=later(minutes=1))
    demo.refresh_from_db()
    assert demo.is_hidden


def test_demo_posts_do_not_take_the_demo_off_the_wire():
    channel = make_channel(outlet=make_outlet("Demo Wire", is_demo=True))
    demo = make_post(channel=channel)

    store(channel, document(raw("One")), at=NOON)

    demo.refresh_from_db()
    assert not demo.is_hidden


def test_a_read_keeps_changes_an_editor_made_meanwhile():
    channel = make_channel()
    stale = Channel.objects.select_related("outlet").get()
    Channel.objects.update(paused=True, code="OTHER")

    store(stale, document(raw("One")), at=NOON)

    channel.refresh_from_db()
    assert (channel.paused, channel.code) == (True, "OTHER")


def test_the_tables_are_not_locked_while_a_body_is_parsed():
    channel = make_channel()
    atomic = []

    def parse(body, *, url="", account="", charset=""):
        atomic.append(len(connection.savepoint_ids))
        return document(raw("One"))

    depth = len(connection.savepoint_ids)
    read_body(channel, b"<rss/>", at=NOON, parse=parse)

    assert atomic == [depth]


def test_what_is_written_on_the_channel_is_taken_from_the_document():
    channel = make_channel(platform="telegram", account="port")
    page = document(raw("Harbour"), account="portwatch")

    read_body(
        channel,
        b"<html>",
        at=NOON,
        parse=lambda body, **about: page,
        fields=lambda given: {"account": given.account if given else ""},
    )

    channel.refresh_from_db()
    assert channel.account == "portwatch"


def test_an_edit_is_compared_with_the_words_of_its_own_post_alone():
    channel = make_channel()
    store(channel, document(raw("One"), raw("Two")), at=NOON)

    with CaptureQueriesContext(connection) as queries:
        store(channel, document(raw("One", text="Edited.")), at=later(hours=1))

    post = Post.objects.get(native_id=raw("One").native_id)
    (compared,) = [
        query["sql"]
        for query in queries
        if query["sql"].startswith('SELECT "wires_postversion"."id", "wires_postversion"."title"')
    ]
    assert f"= {post.versions.get(n=1).pk}" in compared or "IN (" in compared
    assert post.latest_version.n == 2
