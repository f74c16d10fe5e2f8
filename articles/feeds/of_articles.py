"""Feeds of articles: the newest with their full text, and what was changed or withdrawn of others."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cached_property, partial
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.conf import settings
from django.db.models import (
    Case,
    DateTimeField,
    Exists,
    F,
    OuterRef,
    QuerySet,
    TextField,
    Value,
    When,
    Window,
)
from django.db.models.functions import Length, RowNumber
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.translation import gettext

from articles.feeds.entry import Feed, FeedEntry, KeptEntry, Withdrawal
from articles.models import (
    Article,
    ArticleQuerySet,
    ArticleVersion,
    Author,
    Correction,
    Image,
    Topic,
)
from articles.models.frozen import ONLY_IN_FORM, Reader, unread_by
from articles.page_parts import FeedSources, for_feed, read_feed_sources, with_signs
from articles.pictures import feed_picture, find_pictures, with_pictures
from articles.templatetags.articles import byline
from web.addresses import absolute
from web.fragments import Sharing
from web.interface import page_language
from web.prepared import Given, Prepared
from wires import generations

_pages = generations.reader("pages")

ITEMS = 20
# For so long a change of an older article is in the feeds: somebody may have been away.
REMEMBERED = timedelta(days=30)
# Of the notes on one article, the newest.
NOTES = 10
# An article with more of them in a row than that would keep older ones out.
NOTES_READ = 400
# Characters of HTML: a long read has fewer. Beyond it an entry has its standfirst and its address.
LONGEST_TEXT = 100_000
# Of all entries together, the newest first: what no longer fits has its standfirst and its address.
MOST_TEXT = 400_000


def feed_of_articles(
    articles: ArticleQuerySet,
    *,
    title: str,
    page: str,
    at: datetime,
    ever: ArticleQuerySet | None = None,
) -> Feed:
    """Return the feed of articles, of which the public ones are taken.

    `ever` are those of which changes are told, where `articles` are not all that ever belonged to
    it: the older ones, and those that were withdrawn.

    Two queries; where an entry is not kept, two to seven more.
    """

    def find() -> Iterator[int]:
        yield from _newest(articles).values_list("pk", flat=True)
        changed = _changed(articles if ever is None else ever, since=at - REMEMBERED)
        yield from _each_once(changed.values_list("article", flat=True))

    return _feed_of(find, title=title, page=page, at=at)


def feed_of_all_articles(*, title: str, page: str, at: datetime) -> Feed:
    """Return the feed of all public articles, for which it has asked before: see feed_of_articles."""

    def find() -> Iterator[int]:
        yield from (pk for (pk,) in ALL_NEWEST.plain_rows())
        rows = ALL_CHANGED.plain_rows(since=at - REMEMBERED)
        yield from _each_once(pk for (pk,) in rows)

    return _feed_of(find, title=title, page=page, at=at)


def _feed_of(find: Callable[[], Iterable[int]], *, title: str, page: str, at: datetime) -> Feed:
    left = MOST_TEXT
    newest = Newest(find, at=at)
    entries = []
    for pk in newest.pks:
        needs = newest.needs(pk)
        kept = newest.entry(pk, most=MOST_TEXT if needs <= left else 0)
        if kept.entry is not None:
            left -= len(kept.entry.content)
            entries.append(kept)
    description = gettext("Editorial syntheses, reported from the wire.")
    return Feed(title=title, page=page, description=description, entries=entries)


class Newest:
    """The newest articles and those that were changed or withdrawn lately, and their entries.

    Each process keeps an entry for every feed. `find` names the articles, some of them twice, with
    two queries; where entries are not kept, two to seven more for all of them together.
    """

    def __init__(self, find: Callable[[], Iterable[int]], *, at: datetime) -> None:
        # Before anything is read, and once for forty fragments.
        self._kept = Sharing.of(at, _pages())
        self.pks = list(dict.fromkeys(find()))
        self._at = at

    def needs(self, pk: int) -> int:
        """Return how many characters the text and the framing of an article have."""
        make = partial(self._lengths, pk)
        return sum(self._kept.get("feed entry needs", pk, make=make))

    def entry(self, pk: int, *, most: int) -> KeptEntry:
        """Return the entry of an article; where its text is longer than `most`, without it."""
        make = partial(self._make, pk, most)
        return self._kept.get("feed entry", pk, most, make=make)

    def _lengths(self, pk: int) -> tuple[int, ...]:
        article = self._rows.get(pk)
        if article is None or article.live_version is None:
            return ()
        return len(article.html), len(article.live_version.framing_html)  # type: ignore[attr-defined]

    def _make(self, pk: int, most: int) -> KeptEntry:
        article = self._rows.get(pk)
        if article is None or article.live_version is None:
            gone = self._withdrawn.get(pk)
            return KeptEntry(withdrawn_entry(gone).without_controls() if gone else None)
        version = article.live_version
        made = entry(
            article,
            version,
            self._sources[version.pk],
            pictures=self._pictures,
            notes=self._notes.get(pk, []),
            most=most,
        )
        return KeptEntry(made.without_controls())

    @cached_property
    def _rows(self) -> dict[int, Article]:
        rows = with_text(Article.objects.live().filter(pk__in=self.pks))
        return {article.pk: article for article in rows}

    @cached_property
    def _withdrawn(self) -> dict[int, Correction]:
        """The newest note of each withdrawn article. One query, or none."""
        missing = [pk for pk in self.pks if pk not in self._rows]
        notes = (
            Correction.objects.filter(article__in=missing, kind=Correction.Kind.WITHDRAW)
            .filter(article__status=Article.Status.WITHDRAWN)
            .select_related("article__live_section", "version_before")
            .only(
                "note", "at", "article__first_published_at", "article__live_slug", "article__tag_host",
                "article__live_section__name", "version_before__headline", "version_before__language",
            )
            .order_by("at", "pk")
        )  # fmt: skip
        return {note.article_id: note for note in (notes if missing else ())}

    @cached_property
    def _notes(self) -> dict[int, list[Correction]]:
        """The newest notes on each article, by its key. One query, none where nothing was changed."""
        changed = [
            row.pk for row in self._rows.values() if row.live_version and row.live_version.n > 1
        ]
        place = Window(RowNumber(), partition_by="article", order_by=("-at", "-pk"))
        notes = (
            Correction.objects.filter(article__in=changed)
            .annotate(place=place)
            .filter(place__lte=NOTES)
            .order_by("article", "-at", "-pk")
        )
        grouped = groupby(notes if changed else (), key=attrgetter("article_id"))
        return {pk: list(group) for pk, group in grouped}

    @cached_property
    def _sources(self) -> dict[int, FeedSources]:
        versions = [row.live_version for row in self._rows.values() if row.live_version]
        return read_feed_sources(versions, at=self._at)

    @cached_property
    def _pictures(self) -> dict[str, Image]:
        return find_pictures(row.html for row in self._rows.values())  # type: ignore[attr-defined]  # annotated


def _newest(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Return the newest public ones of the articles."""
    return articles.live().newest_first()[:ITEMS]


def _changed(articles: ArticleQuerySet, *, since: datetime | Given) -> QuerySet[Correction]:
    """Return the newest notes on the articles, by the index of notes."""
    # Asked of each note: of a list SQLite would go through all articles first.
    is_of_feed = Exists(articles.filter(pk=OuterRef("article")))
    notes = Correction.objects.filter(is_of_feed, at__gt=since)
    return notes.order_by("-at", "-pk")[:NOTES_READ]


def _each_once(noted: Iterable[int]) -> list[int]:
    """Return the articles of the newest notes, without grouping all notes of the month."""
    return [*dict.fromkeys(noted)][:ITEMS]


def _all_newest() -> QuerySet[Article, tuple[Any, ...]]:
    return _newest(Article.objects.all()).values_list("pk")


def _all_changed() -> QuerySet[Correction, tuple[Any, ...]]:
    since = Given("since", DateTimeField())
    return _changed(Article.objects.all(), since=since).values_list("article")


ALL_NEWEST, ALL_CHANGED = Prepared(_all_newest), Prepared(_all_changed)


def withdrawn_from(row: Topic | Author, frozen: str, *, at: datetime) -> list[int]:
    """Return the articles withdrawn lately that readers last saw under a topic or an author.

    By what the version froze in this column: the draft is the desk's, and nobody publishes it. Two
    queries.
    """
    slugs = {row.slug, *row.former_slugs.values_list("slug", flat=True)}
    notes = Correction.objects.filter(kind=Correction.Kind.WITHDRAW, at__gt=at - REMEMBERED)
    notes = notes.filter(article__status=Article.Status.WITHDRAWN).order_by("-at", "-pk")
    found = notes.values_list("article", f"version_before__{frozen}")[:NOTES_READ]
    return [pk for pk, labels in found if slugs & {label["slug"] for label in labels or ()}]


def with_text(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Fetch what entries show in one query, and no text that is too long."""
    is_short = When(html_length__lte=LONGEST_TEXT, then=F("live_version__html"))
    whole = Case(is_short, default=Value(""), output_field=TextField())
    return (
        for_feed(articles)
        .select_related("live_version__image", "live_section")
        .defer(*ONLY_IN_FORM, *unread_by(Reader.FEED, "live_version"))
        .annotate(html_length=Length("live_version__html"))
        .annotate(html=whole)
    )


def entry(
    article: Article,
    version: ArticleVersion,
    sources: FeedSources,
    *,
    pictures: Mapping[str, Image],
    notes: list[Correction],
    most: int = MOST_TEXT,
) -> FeedEntry:
    """Return the entry of a live article.

    Where text and framing are longer than `most` it has neither, nor sources.
    """
    link = absolute(article.get_absolute_url())
    text = content(article, version, link, sources, pictures=pictures, notes=notes, most=most)
    return FeedEntry(
        id=article.entry_id,
        title=version.headline,
        link=link,
        summary=version.standfirst,
        content=text,
        language=version.language,
        published=article.first_published_at or version.at,
        updated=max([version.at, *(note.at for note in notes)]),
        author=byline(version),
        categories=(article.live_section.name,) if article.live_section else (),
        picture=absolute(version.image.shared_url) if version.image else "",
    )


def withdrawn_entry(note: Correction) -> FeedEntry:
    """Return what takes the place of the entry of a withdrawn article: it says so, and why."""
    article, before = note.article, note.version_before
    headline = before.headline if before else ""
    withdrawn, said = gettext("Withdrawn"), gettext("This article was withdrawn.")
    return FeedEntry(
        id=article.entry_id,
        title=f"{withdrawn}: {headline}" if headline else withdrawn,
        link=absolute(article.get_absolute_url()),
        summary=f"{said} {note.note}",
        content=format_html("<p><strong>{}</strong> {}</p>", said, note.note),
        # Only the headline, between our own words, is in the language of the article.
        language=page_language(),
        published=article.first_published_at or note.at,
        updated=note.at,
        categories=(article.live_section.name,) if article.live_section else (),
        withdrawal=Withdrawal(at=note.at, note=note.note),
    )


def content(
    article: Article,
    version: ArticleVersion,
    link: str,
    sources: FeedSources,
    *,
    pictures: Mapping[str, Image],
    notes: list[Correction],
    most: int,
) -> str:
    """Return the text of an article from `with_text`, with absolute links for feed readers."""
    text, framing = article.html, version.framing_html  # type: ignore[attr-defined]  # annotated
    is_whole = len(text) + len(framing) <= most
    if is_whole:
        text = with_pictures(text, pictures, in_feed=True)
        text = with_signs(text, flags=sources.flags, language=version.language)
    context = {
        "version": version,
        "picture": feed_picture(version.image, version.image_alt) if version.image else "",
        "flags": sources.flags,
        "text": text if is_whole else "",
        "framing": framing if is_whole else "",
        "sources": sources.html if is_whole else "",
        "notes": notes,
        "more": is_whole and version.posts_cited > sources.count,
        "link": link,
        "SITE_NAME": settings.SITE_NAME,
    }
    html: str = render_to_string("articles/_feed_entry.html", context).strip()
    home = absolute("/")
    # Only for HTML from our own renderer, which quotes every attribute.
    html = html.replace(' href="#', f' href="{link}#')
    return html.replace(' href="/', f' href="{home}').replace(' src="/', f' src="{home}')
