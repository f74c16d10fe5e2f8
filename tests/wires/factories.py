"""Plain functions that make outlets, channels and posts; pass only what the test is about."""

import itertools

from django.utils.text import slugify

from tests.clock import NOON
from tests.newsroom.factories import make_user
from wires import ingest, search
from wires.ingest.by_hand import choose_versions
from wires.models import Channel, Confirmation, Outlet, Post, PostVersion, native_id_hash

count = itertools.count(1)


def make_outlet(name="Harbour Wire", **fields):
    outlet, _ = Outlet.objects.get_or_create(
        name=name, defaults={"slug": slugify(name), "language": "en"} | fields
    )
    return outlet


def make_channel(*, outlet=None, platform="rss", code="", account="", **fields):
    n = next(count)
    return Channel.objects.create(
        outlet=outlet or make_outlet(),
        platform=platform,
        code=code or f"CODE-{n}",
        account=account,
        **{"address": f"https://channel{n}.example/feed", "paused": False} | fields,
    )


def make_post(
    *,
    channel=None,
    title="",
    text="The harbour is closed.",
    native_id="",
    url="",
    at=NOON,
    language="en",
    captured_by=None,
    **fields,
):
    """Make a post with one version, posted and captured at `at`."""
    n = next(count)
    channel = channel or make_channel()
    native_id = native_id or f"https://harbour.example/{n}"
    post = Post.objects.create(
        channel=channel,
        native_id=native_id,
        native_id_hash=native_id_hash(native_id),
        url=url or f"https://harbour.example/posts/{n}",
        canonical_url=url or f"https://harbour.example/posts/{n}",
        **{"posted_at": at, "first_seen_at": at, "last_seen_at": at, "wire_at": at} | fields,
    )
    words = {"title": title or text[:80], "text": text, "language": language}
    add_version(post, at=at, captured_by=captured_by, **words)
    return post


def add_version(post, *, title="", text="", at=NOON, confirmed_by=None, **fields):
    """Add a version; one that somebody entered by hand waits, unless it is confirmed."""
    before, n = post.latest_version, post.versions.count() + 1
    version = PostVersion(
        post=post,
        n=n,
        captured_at=at,
        title=title or text[:80],
        text=text,
        html=f"<p>{text}</p>",
        content_hash=f"{n:064d}",
        **{"language": "en"} | fields,
    )
    if before and "changes" not in fields:
        version.changes = version.changes_since(before)
    version.save(force_insert=True)
    if confirmed_by:
        who = {"entered_by": version.captured_by, "by": confirmed_by}
        Confirmation.objects.create(post_version=version, how="second", at=at, **who)
    choose_versions(post.pk)
    search.write_rows([post.pk])
    post.refresh_from_db(fields=["latest_version", "unconfirmed_version", "state"])
    return version


def withdraw(post, *, at=NOON, reason="Its page answers 404."):
    """Mark a post as withdrawn, as somebody of the wire desk does."""
    ingest.withdraw(post, by=make_user(group="Wire desk"), reason=reason, at=at)


def make_feed(*titles, link="https://harbour.example/{}", guid="", text="", head=""):
    """Return an RSS feed with an item a title; {} in link and guid is the title in lower case."""
    items = "".join(
        f"<item><title>{title}</title><link>{link.format(title.lower())}</link>"
        f"<guid>{(guid or link).format(title.lower())}</guid>"
        f"<description>{text}</description>"
        f"<pubDate>Thu, 25 Jun 2026 11:{n % 60:02}:00 GMT</pubDate></item>"
        for n, title in enumerate(titles)
    )
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour</title>'
        f"{head}{items}</channel></rss>"
    ).encode()
