"""Plain functions that make rows for tests; pass only what the test is about."""

import itertools
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import Group, User
from django.utils.text import slugify

from articles.models import Article, Author, Section, WireSource
from wires.models import Channel, Outlet, Post, PostVersion, native_id_hash

NOON = datetime(2026, 6, 25, 12, 0, tzinfo=UTC)
count = itertools.count(1)


def make_user(*, group="", name="", **fields):
    user = User.objects.create_user(
        name or f"user{next(count)}", password="correct horse battery", is_staff=True, **fields
    )
    if group:
        user.groups.add(Group.objects.get(name=group))
    return user


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
    add_version(post, title=title or text[:80], text=text, at=at)
    return post


def add_version(post, *, title="", text="", at=NOON, **fields):
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
    post.latest_version = version
    if n > 1:
        post.state = Post.State.EDITED
    post.save(update_fields=["latest_version", "state"])
    return version


def make_section(name="World", **fields):
    section, _ = Section.objects.get_or_create(name=name, defaults={"slug": slugify(name)} | fields)
    return section


def make_author(name="Ines Okonjo-Hale", **fields):
    return Author.objects.create(name=name, **{"slug": slugify(name)} | fields)


def make_source(article, *, key="r1", post=None, archived=True, **fields):
    post = post or make_post()
    return WireSource.objects.create(
        article=article,
        key=key,
        post=post,
        version=post.latest_version if archived else None,
        **fields,
    )


def make_article(*, headline="Calvera turns ships back", sources=True, **fields):
    """Make a draft without holds: one sentence citing one archived post, and a framing note."""
    article = Article.objects.create(
        headline=headline,
        **{
            "slug": f"{slugify(headline)}-{next(count)}",
            "section": fields.pop("section", None) or make_section(),
            "standfirst": "A port notice bars large vessels.",
            "body": "The harbour is closed [@r1].",
            "framing_note": "We lead with the harbour.",
        }
        | fields,
    )
    if sources:
        make_source(article)
    return article


def make_live_article(*, at=NOON, by=None, **fields):
    """Make an article and publish it with publishing.publish."""
    from articles import publishing

    article = make_article(**fields)
    publishing.publish(article, by=by, at=at)
    article.refresh_from_db()
    return article


def later(**by):
    return NOON + timedelta(**by)
