"""Two channels that are otherwise equal: what one says is never stored as the other's words."""

import pytest

from tests.clock import NOON, later
from tests.wires.documents import document, raw
from tests.wires.factories import make_channel, make_outlet
from wires.ingest import FetchedBody, IngestOutcome, read_body, store
from wires.ingest.identity import switch_to_links
from wires.models import Capture, Channel, Post, PostAlias, PostVersion

pytestmark = pytest.mark.django_db

LINK = "https://harbour.example/live"
TITLE = "Calvera turns ships back at noon"


def twins(**fields):
    """Make two channels of one outlet that differ in their code and address alone."""
    outlet = make_outlet()
    return make_channel(outlet=outlet, **fields), make_channel(outlet=outlet, **fields)


def said_by(channel):
    """Return the texts of all versions of the posts of a channel, oldest first."""
    versions = PostVersion.objects.filter(post__channel=channel).order_by("pk")
    return list(versions.values_list("text", flat=True))


def message(number, text, *, aliases=()):
    return raw(TITLE, native_id=f"port/{number}", link=LINK, text=text, aliases=aliases)


def entry(native_id, text):
    return raw(TITLE, native_id=native_id, link=LINK, text=text)


def known_by(channel, identity):
    channel.identity = identity
    return channel


# By name: the platform, by what posts are known at first and then, a first post, and an edit by
# which that post is found again.
WAYS_TO_KNOW_A_POST = {
    "its own id": (
        "telegram",
        ("native", "native"),
        message(7, "Nine ships wait."),
        message(7, "Ten ships wait."),
    ),
    "the part of an album": (
        "telegram",
        ("native", "native"),
        message(7, "Nine ships wait.", aliases=("port/8",)),
        message(8, "Ten ships wait."),
    ),
    "its link and title": (
        "rss",
        ("native", "native"),
        entry("a", "Nine ships wait."),
        entry("b", "Ten ships wait."),
    ),
    "its link alone": (
        "rss",
        ("link", "link"),
        entry("a", "Nine ships wait."),
        raw("Nothing as before", native_id="b", link=LINK, text="Ten ships wait."),
    ),
    "its id and title where the link moved": (
        "rss",
        ("native", "link"),
        entry("a", "Nine ships wait."),
        raw(TITLE, native_id="a", link="https://harbour.example/moved", text="Ten ships wait."),
    ),
}


@pytest.mark.parametrize("way", WAYS_TO_KNOW_A_POST)
def test_words_of_one_channel_are_not_an_edit_of_the_post_of_another(way):
    kind, (before, after), first, edit = WAYS_TO_KNOW_A_POST[way]
    one, other = twins(platform=kind)
    store(known_by(one, before), document(first, kind=kind), at=NOON)

    of_the_other = store(known_by(other, after), document(edit, kind=kind), at=later(hours=1))
    own = store(known_by(one, after), document(edit, kind=kind), at=later(hours=2))

    assert (of_the_other, own) == (IngestOutcome(new=1), IngestOutcome(versions=1))
    assert said_by(one) == ["Nine ships wait.", "Ten ships wait."]
    assert said_by(other) == ["Ten ships wait."]


@pytest.mark.parametrize("way", WAYS_TO_KNOW_A_POST)
def test_an_edit_goes_to_its_own_channel_where_both_have_the_post(way):
    kind, (before, after), first, edit = WAYS_TO_KNOW_A_POST[way]
    for channel in (channels := twins(platform=kind)):
        store(known_by(channel, before), document(first, kind=kind), at=NOON)

    outcomes = [
        store(known_by(channels[n], after), document(edit, kind=kind), at=later(hours=1 + n))
        for n in (0, 1)
    ]

    assert outcomes == [IngestOutcome(versions=1), IngestOutcome(versions=1)]
    for n, channel in enumerate(channels):
        versions = PostVersion.objects.filter(post__channel=channel).order_by("n")
        assert list(versions.values_list("n", "captured_at")) == [
            (1, NOON),
            (2, later(hours=1 + n)),
        ]


def test_the_parts_of_an_album_belong_to_the_post_of_their_own_channel():
    for channel in (channels := twins(platform="telegram")):
        album = message(7, "Nine ships wait.", aliases=("port/8",))
        store(channel, document(album, kind="telegram"), at=NOON)

    aliases = PostAlias.objects.order_by("channel").values_list("channel", "post__channel")

    assert list(aliases) == [(channel.pk, channel.pk) for channel in channels]


def test_the_same_bytes_are_read_in_each_channel():
    one, other = twins()

    def parse(body, *, url="", account="", charset=""):
        return document(entry("a", "Nine ships wait."))

    outcomes = [read_body(channel, b"<rss/>", at=NOON, parse=parse) for channel in (one, other)]

    assert outcomes == [IngestOutcome(new=1), IngestOutcome(new=1)]
    captured = PostVersion.objects.order_by("pk").values_list(
        "post__channel", "capture__channel", "capture__sha256"
    )
    digest = FetchedBody.of(b"<rss/>").sha256
    assert list(captured) == [(one.pk, one.pk, digest), (other.pk, other.pk, digest)]


def test_bytes_half_stored_in_one_channel_are_not_finished_by_another():
    one, other = twins()
    body = FetchedBody.of(b"<rss>")
    store(one, document(entry("a", "Nine ships wait."), truncated=True), at=NOON, body=body)

    store(other, document(entry("a", "Nine ships wait.")), at=NOON, body=body)

    kept = Capture.objects.order_by("channel").values_list("channel", "sha256")
    assert list(kept) == [(one.pk, f"~{body.sha256[:63]}"), (other.pk, body.sha256)]


def test_a_read_writes_only_the_row_of_its_own_channel():
    one, other = twins()

    store(one, document(raw("One")), at=NOON, fields={"etag": '"a"'})

    other.refresh_from_db()
    assert (other.etag, other.last_read_at, other.last_post_at) == ("", None, None)
    one.refresh_from_db()
    assert (one.etag, one.last_read_at, one.last_post_at) == ('"a"', NOON, later(minutes=-10))


# Links as ids


def links_known_in(channel):
    aliases = PostAlias.objects.filter(channel=channel).select_related("post").order_by("native_id")
    return [(alias.native_id, alias.post.native_id, alias.post.channel_id) for alias in aliases]


def test_only_the_channel_whose_ids_repeat_is_known_by_its_links():
    one, other = twins()
    for channel in (one, other):
        store(channel, document(entry("a", "Nine ships wait.")), at=NOON)

    switch_to_links(one, at=later(hours=1))

    assert links_known_in(one) == [(LINK, "a", one.pk)]
    assert links_known_in(other) == []
    identities = Channel.objects.order_by("pk").values_list("identity", "identity_switched_at")
    assert list(identities) == [("link", later(hours=1)), ("native", None)]


def test_a_link_that_is_an_id_in_another_channel_becomes_an_alias_here():
    one, other = twins()
    store(other, document(entry(LINK, "Nine ships wait.")), at=NOON)
    store(one, document(entry("a", "Nine ships wait.")), at=NOON)

    switch_to_links(one, at=later(hours=1))

    assert links_known_in(one) == [(LINK, "a", one.pk)]


def test_a_link_that_is_the_id_of_a_post_here_stays_its_id():
    channel = make_channel()
    of_its_own = raw("Ferries sail again", native_id=LINK, link="https://h.example/ferries")
    store(channel, document(of_its_own, entry("a", "Nine ships wait.")), at=NOON)

    switch_to_links(channel, at=later(hours=1))

    assert links_known_in(channel) == [("https://h.example/ferries", LINK, channel.pk)]


@pytest.mark.parametrize("rows", [500, 2])
def test_of_the_posts_that_share_a_link_the_newest_is_known_by_it(rows, monkeypatch):
    monkeypatch.setattr("wires.ingest.identity.ROWS", rows)
    channel = make_channel()
    shared, own = "https://h.example/live", "https://h.example/other"
    posts = (("a", shared), ("b", own), ("c", shared), ("d", ""), ("e", shared))
    for n, (native_id, link) in enumerate(posts):
        post = raw(
            f"Notice {native_id}",
            native_id=native_id,
            link=link or "none",
            posted_at=later(minutes=n - 10),
        )
        store(channel, document(post), at=NOON)
    Post.objects.filter(native_id="d").update(canonical_url="")

    switch_to_links(channel, at=NOON)

    assert [known[:2] for known in links_known_in(channel)] == [(shared, "e"), (own, "b")]


def test_switching_to_links_again_changes_nothing():
    channel = make_channel()
    store(channel, document(entry("a", "Nine ships wait.")), at=NOON)
    store(channel, document(entry(LINK, "Nine ships wait."), guids_repeat=True), at=NOON)
    known = links_known_in(channel)

    switch_to_links(channel, at=later(hours=1))

    assert links_known_in(channel) == known == [(LINK, "a", channel.pk)]
