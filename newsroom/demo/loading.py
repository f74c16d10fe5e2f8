"""Load the demo edition: everything happens again, in its order, at moments before now."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from operator import itemgetter
from typing import Protocol

from django.db import transaction
from django.db.models import Q
from django.utils.html import linebreaks
from PIL import Image as Decoder

from articles import publishing, scorecards
from articles.models import Article, Author, Image, Section, SitePage, Topic, WireSource
from articles.pictures import ask_for_renditions, store_picture
from newsroom.demo.edition import (
    DemoArticle,
    DemoChannel,
    DemoOutlet,
    DemoPage,
    DemoPicture,
    DemoPost,
    DemoSource,
    DemoUpdate,
    Edition,
)
from newsroom.demo.permalinks import channel_address, post_address
from newsroom.demo.quotes import load_quotes
from web.words import time_and_date
from wires import search
from wires.html import clean_foreign
from wires.ingest import store
from wires.ingest.end_of_demo import end_demo
from wires.models import Channel, Outlet, Post, native_id_hash
from wires.platforms import platform_of
from wires.platforms.base import Document, RawPost
from wires.platforms.permalinks import canonical_url, recognise
from wires.platforms.text import line_of

HEADLINE = 120
# Minutes before now: pages about the site were there before the news.
PAGES_AGE = 3 * 24 * 60
SENTENCE_END = re.compile(r"(?<=[.!?]) (?=\w)")


class Happening(Protocol):
    def __call__(self, *, at: datetime) -> None: ...


class Clash(Exception):
    """The site already uses a name that the demo edition needs; the message says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What was loaded. All 0 where the edition was there already."""

    articles: int = 0
    posts: int = 0
    outlets: int = 0
    sections: int = 0


def load(*, at: datetime) -> Loaded:
    """Load the demo edition as of a moment; where it is loaded already this does nothing.

    Raises Clash, and publishing.Refused should an article of it be refused; nothing is then left
    behind but the files of its pictures.
    """
    if Article.objects.filter(is_demo=True).exists():
        return Loaded()
    edition = Edition.read()
    _refuse_clashes(edition.outlets)
    has_real_posts = Post.objects.on_ticker().exclude(channel__outlet__is_demo=True).exists()
    # One transaction, long as it is: half an edition would neither load again nor look like one.
    with transaction.atomic():
        _Loading(edition, at=at.replace(microsecond=0)).run()
        load_quotes(at=at.replace(microsecond=0))
        if has_real_posts:
            end_demo(at=at)
        scorecards.count_demo(at=at.replace(microsecond=0))
    return Loaded(
        articles=len(edition.articles),
        posts=len(edition.posts),
        outlets=len(edition.outlets),
        sections=len(edition.sections),
    )


def _refuse_clashes(outlets: Sequence[DemoOutlet]) -> None:
    names = Q(name__in=[outlet.name for outlet in outlets])
    names |= Q(slug__in=[outlet.slug for outlet in outlets])
    if outlet := Outlet.objects.filter(names, is_demo=False).order_by("name").first():
        message = f"This site already has an outlet called {outlet.name}, a name the demo uses."
        raise Clash(message)
    codes = [channel.code for outlet in outlets for channel in outlet.channels]
    taken = Channel.objects.filter(code__in=codes, outlet__is_demo=False)
    if channel := taken.order_by("code").first():
        message = (
            f"This site already has a channel with the code {channel.code}, which the demo uses."
        )
        raise Clash(message)


class _Loading:
    """One loading of the edition at a moment, and the rows made so far, by their keys."""

    def __init__(self, edition: Edition, *, at: datetime) -> None:
        self.edition = edition
        self.at = at
        self.channels: dict[str, tuple[Channel, DemoChannel]] = {}
        self.raws: dict[str, RawPost] = {}
        self.articles: dict[str, Article] = {}

    def run(self) -> None:
        self.sections = {
            section.slug: Section.objects.filter(
                Q(slug=section.slug) | Q(name=section.name)
            ).first()
            or Section.objects.create(
                slug=section.slug,
                name=section.name,
                description=section.description,
                position=position,
            )
            for position, section in enumerate(self.edition.sections)
        }
        self.topics = {
            topic.slug: Topic.objects.filter(Q(slug=topic.slug) | Q(name=topic.name)).first()
            or Topic.objects.create(slug=topic.slug, name=topic.name, description=topic.description)
            for topic in self.edition.topics
        }
        self.authors = {
            author.slug: Author.objects.get_or_create(
                slug=author.slug, defaults={"name": author.name, "bio": author.bio}
            )[0]
            for author in self.edition.authors
        }
        self.images = {
            picture.name: _image(picture, at=self.at) for picture in self.edition.pictures
        }
        for position, page in enumerate(self.edition.pages):
            self._make_page(page, position)
        for outlet in self.edition.outlets:
            self._make_channels(outlet)
        for moment, happen in sorted(self._events(), key=itemgetter(0)):
            happen(at=moment)

    def _make_page(self, demo: DemoPage, position: int) -> None:
        """Publish a page about the site, unless the site has one at its address."""
        page, is_new = SitePage.objects.get_or_create(
            slug=demo.slug,
            defaults={
                "title": demo.title,
                "body": demo.body,
                "position": position,
                "is_demo": True,
            },
        )
        if is_new:
            publishing.publish_page(page, by=None, at=self._ago(PAGES_AGE))

    def _make_channels(self, demo: DemoOutlet) -> None:
        outlet, _ = Outlet.objects.get_or_create(
            slug=demo.slug,
            defaults={
                "name": demo.name,
                "aliases": list(demo.aliases),
                "language": demo.language,
                "affiliation": demo.affiliation,
                "is_demo": True,
            },
        )
        for channel in demo.channels:
            row, _ = Channel.objects.get_or_create(
                code=channel.code,
                defaults={
                    "outlet": outlet,
                    "platform": channel.platform,
                    "address": channel_address(channel),
                    "account": channel.account
                    if platform_of(channel.platform).has_accounts
                    else "",
                    "language": demo.language,
                    # Never polled: there is nobody at these addresses.
                    "origin": Channel.Origin.BY_HAND,
                },
            )
            self.channels[channel.code] = row, channel

    def _events(self) -> Iterator[tuple[datetime, Happening]]:
        """What happens and when, in no order."""
        for number, post in enumerate(self.edition.posts):
            self.raws[post.key] = raw = self._raw(post, sequence=number)
            yield _seen_at(raw, post), partial(self._post, post, raw)
            for edit in post.edits:
                edited = self._raw(post, sequence=number, text=edit.text)
                yield self._ago(edit.age), partial(self._post, post, edited)
            if post.withdrawn_age is not None:
                yield self._ago(post.withdrawn_age), partial(self._take_down, post)
        for article in self.edition.articles:
            yield self._ago(article.published), partial(self._publish, article)
            if article.update:
                update = partial(self._update, article, article.update)
                yield self._ago(article.update.age), update

    def _ago(self, minutes: int) -> datetime:
        return self.at - timedelta(minutes=minutes)

    def _raw(self, post: DemoPost, *, sequence: int, text: str = "") -> RawPost:
        # Outlets do not post on the minute.
        posted_at = self._ago(post.age) - timedelta(seconds=_digest(post.key) % 60)
        channel, demo = self.channels[post.channel]
        url = post_address(post, demo, posted_at=posted_at, sequence=sequence)
        link = recognise(url)
        words = (text or post.text).strip()
        return RawPost(
            native_id=link.native_id if link else url,
            url=link.url if link else url,
            aliases=link.aliases if link else (),
            link_id=canonical_url(url),
            title=post.title or _first_sentences(words),
            text=words,
            html=clean_foreign(linebreaks(words, autoescape=True)),
            language=channel.language,
            posted_at=posted_at,
            posted_raw=posted_at.isoformat(),
            flags=frozenset({"pasted"} if post.pasted else ()),
        )

    def _post(self, post: DemoPost, raw: RawPost, *, at: datetime) -> None:
        channel, demo = self.channels[post.channel]
        store(channel, Document(kind=demo.platform, posts=(raw,)), at=at)

    def _take_down(self, post: DemoPost, *, at: datetime) -> None:
        stored = self._stored([post.key])[post.key]
        Post.objects.filter(pk=stored.pk).update(state=Post.State.WITHDRAWN, withdrawn_at=at)
        search.write_rows([stored.pk])

    def _stored(self, keys: Sequence[str]) -> dict[str, Post]:
        """Return the rows of posts by their keys in the edition. One query."""
        hashes = {native_id_hash(self.raws[key].native_id): key for key in keys}
        rows = Post.objects.filter(
            native_id_hash__in=hashes, channel__outlet__is_demo=True
        ).select_related("latest_version")
        return {hashes[row.native_id_hash]: row for row in rows}

    def _publish(self, demo: DemoArticle, *, at: datetime) -> None:
        article = Article.objects.create(
            slug=demo.slug,
            section=self.sections[demo.section],
            social_text=demo.social_text,
            image=self.images[demo.picture] if demo.picture else None,
            is_demo=True,
            **self._words(demo, is_updated=demo.update is None),
        )
        article.authors.set(self.authors[slug] for slug in demo.authors)
        article.topics.set(self.topics[slug] for slug in demo.topics)
        self._cite(article, demo, list(demo.first_sources), at=at)
        publishing.publish(article, by=None, at=at)
        self.articles[demo.slug] = article

    def _update(self, demo: DemoArticle, update: DemoUpdate, *, at: datetime) -> None:
        article = self.articles[demo.slug]
        words = self._words(demo, is_updated=True)
        for field, text in words.items():
            setattr(article, field, text)
        article.save(update_fields=[*words, "updated_at"])
        added = [source for source in demo.sources if source.key in update.sources]
        self._cite(article, demo, added, at=at)
        edited = {source.post: source for source in demo.sources if source.key in update.repin}
        for key, post in self._stored(list(edited)).items():
            article.wire_sources.filter(key=edited[key].key).update(
                version=post.latest_version, cited_at=at
            )
        publishing.update(article, by=None, at=at, note=update.note)

    def _words(self, demo: DemoArticle, *, is_updated: bool) -> dict[str, str]:
        texts = {
            "headline": demo.headline,
            "standfirst": demo.standfirst,
            "body": demo.body,
            "framing_note": demo.framing_note,
        }
        if demo.update and not is_updated:
            texts = {field: demo.update.before(text) for field, text in texts.items()}
        for source in demo.sources:
            stated = _stated(self.raws[source.post].posted_at)
            texts["body"] = texts["body"].replace(f"{{{{time:{source.key}}}}}", stated)
        return texts

    def _cite(
        self, article: Article, demo: DemoArticle, sources: Sequence[DemoSource], *, at: datetime
    ) -> None:
        posts = self._stored([source.post for source in sources])
        WireSource.objects.bulk_create(
            WireSource(
                article=article,
                key=source.key,
                post=posts[source.post],
                version=posts[source.post].latest_version,
                role=source.role,
                note=source.note,
                position=demo.sources.index(source),
            )
            for source in sources
        )
        # auto_now_add would say that all was cited when the demo was loaded.
        keys = [source.key for source in sources]
        article.wire_sources.filter(key__in=keys).update(cited_at=at)


def _image(picture: DemoPicture, *, at: datetime) -> Image:
    """Return the library's row of a picture, with its file stored; create it if missing.

    Raises PictureNotStored.
    """
    content = picture.path.read_bytes()
    with Decoder.open(picture.path) as decoded:
        width, height = decoded.size
    image, is_new = Image.objects.get_or_create(
        sha256=sha256(content).hexdigest(),
        defaults={
            "extension": Image.Format.WEBP,
            "width": width,
            "height": height,
            "size": len(content),
            "alt": picture.alt,
            "credit": picture.credit,
            "caption": picture.caption,
            "uploaded_at": at,
            "is_demo": True,
        },
    )
    store_picture(image.filename, content)
    if is_new:
        ask_for_renditions(image)
    return image


def _first_sentences(text: str) -> str:
    """Return the first sentences of a post, as many as make a headline."""
    first, *others = SENTENCE_END.split(text.splitlines()[0])
    for sentence in others:
        if len(first) + len(sentence) >= HEADLINE:
            break
        first = f"{first} {sentence}"
    # As in the headlines of the feeds beside them.
    return line_of(first if ". " in first else first.removesuffix("."))


def _seen_at(raw: RawPost, post: DemoPost) -> datetime:
    """Return when we would have seen it: within a minute and a half of posting."""
    if raw.posted_at is None:
        message = f"{post.key} has no time."
        raise ValueError(message)
    return raw.posted_at + timedelta(seconds=20 + _digest(post.key) % 47)


def _stated(moment: datetime | None) -> str:
    """Return a moment as a sentence states it, so that it can be checked: zone, day and year."""
    return time_and_date(moment) if moment else ""


def _digest(key: str) -> int:
    return int(sha256(key.encode()).hexdigest()[:8], 16)
