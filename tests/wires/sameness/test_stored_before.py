"""A database that an earlier release filled: the same bodies add nothing, what is erased stays so."""

import json
from pathlib import Path

import pytest

from tests.articles.factories import make_article, make_source
from tests.clock import later
from tests.wires.factories import make_channel
from tests.wires.sameness.read_before import BODIES
from wires import retention
from wires.ingest import IngestOutcome, read_body
from wires.models import Post, PostAlias, PostVersion
from wires.platforms import parse

pytestmark = pytest.mark.django_db

STORED = json.loads((Path(__file__).parent / "stored_before.json").read_text(encoding="utf-8"))


def make_rows(name):
    """Make the rows that the earlier release wrote when it read this body."""
    channel = make_channel(**STORED[name]["channel"], last_read_at=later(hours=-1))
    for row in STORED[name]["posts"]:
        fields = {key: row[key] for key in row.keys() - {"versions", "aliases"}}
        post = Post.objects.create(channel=channel, **fields)
        for version in row["versions"]:
            post.latest_version = PostVersion.objects.create(post=post, **version)
        for alias in row["aliases"]:
            PostAlias.objects.create(channel=channel, post=post, **alias)
        post.save(update_fields=["latest_version"])
    return channel


def hashes():
    return sorted(PostVersion.objects.values_list("post", "n", "content_hash"))


@pytest.mark.parametrize("name", BODIES)
def test_what_an_earlier_release_stored_and_articles_cite_is_the_same_now(name):
    channel = make_rows(name)
    article = make_article(sources=False)
    for n, post in enumerate(Post.objects.order_by("pk")):
        make_source(article, key=f"r{n}", post=post)
    stored, known = hashes(), Post.objects.count()

    outcomes = [
        read_body(channel, BODIES[name] + b"\n" * n, at=later(days=n), parse=parse) for n in (1, 2)
    ]

    assert outcomes == [IngestOutcome(seen=known)] * 2
    assert hashes() == stored
    assert set(Post.objects.values_list("state", flat=True)) == {"live"}


def with_new_guids(body):
    for n in range(1, 4):
        body = body.replace(
            b'<guid isPermaLink="false">https://wire.example/n/%d<' % n,
            b'<guid isPermaLink="false">9f3e-%d<' % n,
        )
    return body


def with_new_links(body):
    return body.replace(b"<link>https://wire.example/n/", b"<link>https://wire.example/2026/")


IDENTITIES = {
    "https": ("a plain feed", lambda body: body.replace(b"https://wire", b"http://www.wire")),
    "another host": ("a plain feed", lambda body: body.replace(b"//wire.", b"//news.port.")),
    "another guid": ("a plain feed", with_new_guids),
    "another link": ("a plain feed", with_new_links),
    "a session": ("a plain feed", lambda body: body.replace(b"</link>", b"?sid=4f1d9a</link>")),
    "another guid and scheme": (
        "a plain feed",
        lambda body: with_new_guids(body).replace(b"<link>https:", b"<link>http:"),
    ),
    "atom ids of another host": (
        "an atom feed",
        lambda body: body.replace(b"<id>https://wire.example", b"<id>tag:wire.example,2026:"),
    ),
    "json ids of another host": (
        "a json feed",
        lambda body: body.replace(b"https://wire.example", b"https://port.example"),
    ),
    "a telegram name in capitals": (
        "telegram",
        lambda body: body.replace(b"harbournews/", b"HarbourNews/"),
    ),
    "an edit of an x post": (
        "x",
        lambda body: body.replace(b'"2070104717521846272"', b'"2070107234104246272"'),
    ),
    "a new handle on bluesky": (
        "bluesky",
        lambda body: body.replace(b"harbour.example", b"port.example"),
    ),
    "another server shows it": (
        "mastodon",
        lambda body: body.replace(b'"url": "https://social.example/@desk', b'"url": "https://far.example/@desk'),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("name", "changed"), IDENTITIES.values(), ids=IDENTITIES)
def test_what_was_erased_then_stays_erased_under_every_new_identity(name, changed):
    channel = make_rows(name)
    known = list(Post.objects.order_by("pk"))
    for post in known:
        retention.erase(post, reason="court order", by=None, at=later(hours=1))
    body = changed(BODIES[name])

    outcomes = [
        read_body(channel, body + b"\n" * n, at=later(days=1 + n), parse=parse) for n in (0, 1)
    ]

    assert body != BODIES[name]
    assert outcomes == [IngestOutcome(seen=len(known))] * 2
    assert set(PostVersion.objects.values_list("title", "text")) == {("", "")}
    assert not PostVersion.objects.filter(capture__body__isnull=False).exists()
