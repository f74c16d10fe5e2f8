"""A site whose rows are as large and as many as its own code lets anybody store them.

Each kind of row is made once by the code that makes it in production, or by a model where a gate of
the desk would refuse the words but not their size, and is then copied inside the database.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q

from articles import page_parts, publishing
from articles.forms.sources import MOST_SOURCES
from articles.models import (
    Article,
    ArticleVersion,
    Correction,
    Image,
    Redirect,
    Section,
    VersionSource,
    WireSource,
)
from articles.vetting import limits
from benchmarks.anonymous.copies import N, earlier, last_key, multiply
from markets.models import Instrument, Quote
from wires.models import Channel, Outlet, Post, PostVersion, Story, native_id_hash

LONG_POST = limits.POSTS // MOST_SOURCES
SENTENCE = "The harbour authority said the north channel stays closed until it is dredged. "


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """How much of each kind there is."""

    articles: int = 100_000
    posts: int = 100_000
    large_articles: int = 40
    large_posts: int = 60
    versions: int = 500
    corrections: int = 5_000
    story: int = 5_000
    channels: int = 60
    outlets: int = 400
    sections: int = 30
    instruments: int = 100
    body: int = limits.BODY
    sources: int = MOST_SOURCES

    @classmethod
    def small(cls) -> "Size":
        """Return a size that a test fills in a second or two."""
        return cls(
            articles=300, posts=300, large_articles=2, large_posts=2, versions=60, corrections=60, story=60,
            channels=4, outlets=10, sections=4, instruments=36, body=9_000,
            sources=20,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What was filled in, for the addresses that ask for it."""

    section: Section
    large: Article
    corrected: Article
    withdrawn: Article
    ordinary: Article
    moved: Redirect
    # The correction by which every sentence of a large article became another.
    rewrite: Correction
    story: Story
    picture: Image
    flood: Outlet
    often_cited: Post
    large_post: Post
    withdrawn_post: Post
    hidden_post: Post


def fill(size: Size, *, at: datetime) -> Site:
    """Fill an empty database, `at` being the newest moment in it."""
    with transaction.atomic():
        sections = [
            Section.objects.create(
                name=f"{'W' * 56} {n:03}", slug=f"{'w' * 56}-{n:03}", description="D" * 300,
                position=n,
            )
            for n in range(size.sections)
        ]  # fmt: skip
        outlets = fill_outlets(size)
        posts = fill_posts(size, outlets, at=at)
        picture = make_picture(at)
        fill_quotes(size, at=at)
    with transaction.atomic():
        articles = fill_articles(size, sections[0], posts, picture, at=at)
        story = fill_story(size, at=at)
    return Site(
        section=sections[0], flood=outlets[0], picture=picture, story=story, **posts, **articles
    )


# The wire


def fill_outlets(size: Size) -> list[Outlet]:
    """Make outlets with one channel each, the first of them with many."""
    outlets = [
        Outlet.objects.create(
            name=f"{'Wire ' * 22}{n:04}", slug=f"{'wire-' * 22}{n:04}", affiliation="A" * 200,
            language="en", aliases=["Alias " * 10] * 20,
        )
        for n in range(size.outlets)
    ]  # fmt: skip
    for n in range(size.outlets + size.channels):
        outlet = outlets[n] if n < size.outlets else outlets[0]
        make_channel(outlet, f"C-{n}", on_ticker=n % 2 == 0)
    return outlets


def make_channel(outlet: Outlet, code: str, **fields: Any) -> Channel:
    return Channel.objects.create(
        outlet=outlet, platform="rss", code=code, language="en",
        address=f"https://wire.example/{code}/{'a' * 1_900}", account="a" * 255, **fields,
    )  # fmt: skip


def fill_posts(size: Size, outlets: list[Outlet], *, at: datetime) -> dict[str, Post]:
    """Make the posts: floods of what is not shown above what is, of one moment, and large ones."""
    shown = make_channel(outlets[0], "SHOWN")
    off_ticker = make_channel(outlets[1], "OFF", on_ticker=False)
    old = at - timedelta(days=400)
    copy_posts(make_post(shown, "spread", at=old), size.posts // 2, seconds=60)
    copy_posts(make_post(shown, "at-once", at=old), size.posts // 2, seconds=0)
    # Newer than all that the live wire, the outlet's page or the list may show.
    for name, channel, fields in (
        ("service", shown, {"is_service": True}),
        ("hidden", shown, {"hidden_at": at, "hidden_reason": "Legal."}),
        ("off-ticker", off_ticker, {}),
        ("backfill", shown, {"is_backfill": True}),
        ("withdrawn", shown, {"state": "withdrawn", "withdrawn_at": at}),
    ):
        newer = at - timedelta(days=1)
        copy_posts(make_post(channel, name, at=newer, **fields), size.posts // 5, seconds=1)
    for n in range(size.large_posts):
        make_post(shown, f"large-{n}", at=at - timedelta(days=2), size=300_000)
    return {
        "often_cited": make_post(
            shown, "often", at=old, versions=size.versions, size=LONG_POST
        ),
        "large_post": make_post(
            shown, "many", at=at, versions=size.versions, size=limits.POST
        ),
        "withdrawn_post": make_post(shown, "gone", at=at, state="withdrawn", withdrawn_at=at),
        "hidden_post": make_post(shown, "gone too", at=at, hidden_at=at, hidden_reason="Legal."),
    }  # fmt: skip


def fill_story(size: Size, *, at: datetime) -> Story:
    """Make one story of as many posts as a flood may join, the cited one and large ones in it."""
    story = Story.objects.create(created_at=at)
    newest = Post.objects.order_by("-wire_at", "-pk").values("pk")[: size.story]
    cited = Q(latest_version__citations__isnull=False)
    Post.objects.filter(Q(pk__in=newest) | Q(pk__in=Post.objects.filter(cited))).update(story=story)
    return story


def make_post(
    channel: Channel,
    name: str,
    *,
    at: datetime,
    versions: int = 1,
    size: int = 1_000,
    **fields: Any,
) -> Post:
    """Make a post whose text has about so many characters, and its other columns their most."""
    address = f"https://wire.example/{name}?{'a' * 1_900}"
    post = Post.objects.create(
        channel=channel, native_id=address, native_id_hash=native_id_hash(f"{channel.pk}{name}"),
        url=address, canonical_url=address, posted_at=at, first_seen_at=at, last_seen_at=at,
        wire_at=at, **fields,
    )  # fmt: skip
    text = SENTENCE * (size // len(SENTENCE))
    media = [{"url": f"https://wire.example/{'m' * 1_900}", "type": "image/jpeg"}] * 20
    version = PostVersion.objects.create(
        post=post, n=1, captured_at=at - timedelta(seconds=versions), title="T" * 1_000, text=text,
        html=f"<p>{text}</p>", language="en", media=media if size > 1_000 else [], content_hash=name,
        author="A" * 1_000, changes=[["same", "a " * 60], ["gone", "b " * 40], ["new", "c " * 50]],
    )  # fmt: skip
    if versions > 1:
        captured = earlier("captured_at", f"-{N}")
        multiply(version, versions - 1, n=f"1 + {N}", captured_at=captured)
        version = post.versions.get(n=versions)
    Post.objects.filter(pk=post.pk).update(latest_version=version)
    post.refresh_from_db()
    return post


def copy_posts(post: Post, times: int, *, seconds: int) -> None:
    """Copy a post and its version, each copy so many seconds older than the one before."""
    moment = earlier("wire_at", f"{seconds} * {N}")
    versions = multiply(post.versions.get(), times, post_id=f"{last_key(Post)} + {N}")
    multiply(
        post, times, native_id_hash=f"'{post.native_id_hash[:40]}' || {N}", wire_at=moment,
        latest_version_id=f"{versions} + {N}",
    )  # fmt: skip


# The quotes


def fill_quotes(size: Size, *, at: datetime) -> None:
    """Give every instrument a quote, and copy one until there are enough."""
    one = Instrument.objects.order_by("pk").first()
    if one is None:
        return
    missing = size.instruments - Instrument.objects.count()
    if missing > 0:
        multiply(one, missing, symbol=f"'X' || {N}")
    Instrument.objects.update(is_shown=True)
    Quote.objects.all().delete()
    for instrument in Instrument.objects.all():
        Quote.objects.create(
            instrument=instrument, price="1234567.89", previous_close="1", quoted_at=at,
            stored_at=at, origin="file",
        )  # fmt: skip


# The articles


def fill_articles(
    size: Size, section: Section, posts: dict[str, Post], picture: Image, *, at: datetime
) -> dict[str, Any]:
    """Make ordinary articles that all cite one post, and newer ones at every limit."""
    ordinary = make_article(
        "ordinary", section, [posts["often_cited"]], body=ordinary_body(), at=at - timedelta(days=2)
    )
    copy_article(ordinary, size.articles, seconds=60)
    sources = [*large_sources(posts["often_cited"], size.sources)]
    large = make_article(
        "large", section, sources, body=large_body(size, len(sources)), at=at, picture=picture,
        **texts(),
    )  # fmt: skip
    copy_article(large, size.large_articles, seconds=1)
    corrected = make_article("corrected", section, sources[:1], body=ordinary_body(), at=at)
    correction = correct(corrected, at=at)
    multiply(correction, size.corrections, at=earlier("at", f"60 * {N}"))
    rewritten = make_article(
        "rewritten", section, sources[:1], body=large_body(size, 1), at=at, **texts()
    )
    rewrite = rewrite_whole(rewritten, at=at)
    withdrawn = make_article(
        "withdrawn", section, sources, body=large_body(size, len(sources)), at=at, **texts()
    )
    publishing.withdraw(withdrawn, by=None, at=at, note="Wrong. " * 700)
    moved = Redirect.objects.create(path="/2020/01/01/moved/", article=large, created_at=at)
    return {
        "large": large, "corrected": corrected, "withdrawn": withdrawn, "ordinary": ordinary,
        "moved": moved, "rewrite": rewrite,
    }  # fmt: skip


def texts() -> dict[str, Any]:
    """Return every other text of an article at the size that the desk and the checks let through."""
    return {
        "standfirst": "S" * 600,
        "framing_note": SENTENCE * (limits.FIELD // len(SENTENCE)),
        "social_text": "T" * 280,
        "image_caption": "C" * 500,
    }


def ordinary_body() -> str:
    return "\n\n".join([f"{SENTENCE.strip()} [@r1]."] * 6)


def large_body(size: Size, sources: int) -> str:
    """Return a body with as many marks as may be rendered, and as many sentences as then fit."""
    marks = min(limits.MARKUP // 3, size.body // 22)
    marked = [f"Ha [@r{n % sources + 1}]. " for n in range(marks)]
    left = (size.body - sum(map(len, marked))) // 4
    lines = ["".join(marked[n : n + 100]) for n in range(0, marks, 100)]
    return "\n\n".join([*lines, *(["Ha. " * (left // 100)] * 100)])


def large_sources(post: Post, number: int) -> Iterator[Post]:
    """Yield posts that together are as long as the checks let the sources of an article be."""
    for n in range(number):
        yield make_post(post.channel, f"source-{n}", at=post.wire_at, size=LONG_POST)


def make_article(
    slug: str, section: Section, posts: list[Post], *, body: str, at: datetime,
    picture: Image | None = None, **fields: Any,
) -> Article:  # fmt: skip
    """Make a live article as publishing would, whatever its checks say."""
    article = Article.objects.create(
        headline=("W" * 40 + " ") * 4, slug=slug, section=section, body=body, image=picture,
        **{"framing_note": "We lead with the notice."} | fields,
    )  # fmt: skip
    WireSource.objects.bulk_create(
        WireSource(
            article=article, key=f"r{n}", post=post, version=post.latest_version, position=n,
            note="N" * 300,
        )
        for n, post in enumerate(posts, start=1)
    )  # fmt: skip
    return go_live(article, at=at)


def go_live(article: Article, *, at: datetime) -> Article:
    """Store what publishing would freeze, and point the article to it."""
    snapshot = publishing.build_snapshot(article, at=at)
    version = snapshot.version
    version.n = article.versions.count() + 1
    version.bylines = [{"name": f"Ines {'Q' * 100} {n}", "slug": f"i-{n}"} for n in range(20)]
    if article.image_id is not None:
        version.overrides, version.acknowledgements = clearances(at, 100), clearances(at, 200)
    version.save()
    for source in snapshot.sources:
        source.version = version
    VersionSource.objects.bulk_create(snapshot.sources)
    Article.objects.filter(pk=article.pk).update(
        status="live", live_version=version, first_published_at=at, live_section=article.section,
        live_slug=article.slug,
    )  # fmt: skip
    page_parts.renew(version, at=at)
    article.refresh_from_db()
    return article


def clearances(at: datetime, number: int) -> list[dict[str, Any]]:
    return [
        {
            "code": "figure-not-found", "fingerprint": "f" * 64, "sentence": n, "reason": "R" * 500,
            "by": "Ines", "at": at.isoformat(), "how": "alone",
        }
        for n in range(number)
    ]  # fmt: skip


def rewrite_whole(article: Article, *, at: datetime) -> Correction:
    """Publish a correction by which every other sentence of an article says something else."""
    before = article.live_version
    article.body = article.body.replace("Ha. Ha.", "Ha. Ho.").replace("Ha [@", "He [@")
    article.save(update_fields=["body"])
    return correct(go_live(article, at=at), at=at, before=before)


def correct(article: Article, *, at: datetime, before: ArticleVersion | None = None) -> Correction:
    return Correction.objects.create(
        article=article, kind=Correction.Kind.UPDATE, note="Put right. " * 180, at=at,
        version_before=before or article.live_version, version_after=article.live_version,
    )  # fmt: skip


def copy_article(article: Article, times: int, *, seconds: int) -> None:
    """Copy a live article with its version and that version's sources."""
    version = article.versions.get()
    articles = last_key(Article)
    versions = multiply(version, times, article_id=f"{articles} + {N}")
    slug = f"'{article.live_slug}-' || {N}"
    multiply(
        article, times, live_version_id=f"{versions} + {N}", slug=slug, live_slug=slug,
        first_published_at=earlier("first_published_at", f"{seconds} * {N}"),
    )  # fmt: skip
    for source in version.sources.all():
        multiply(source, times, version_id=f"{versions} + {N}")
    multiply(version.page_parts, times, version_id=f"{versions} + {N}")


def make_picture(at: datetime) -> Image:
    """Store a picture of many bytes, which no test decodes."""
    content = b"\x89PNG\r\n\x1a\n" * 1_000_000
    name = sha256(content).hexdigest()
    default_storage.save(f"{name}.png", ContentFile(content))
    return Image.objects.create(
        sha256=name, extension="png", width=8_000, height=6_000, size=len(content), alt="A" * 500,
        credit="C" * 200, caption="C" * 500, uploaded_at=at,
    )  # fmt: skip
