"""A page of what readers search for: articles, or posts of the wire."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models.functions import Left
from django.http import QueryDict
from django.utils.translation import gettext_noop

from articles.models import Article, ArticleQuerySet
from articles.models.frozen import ONLY_IN_FORM, Reader, unread_by
from articles.search.asked import ARTICLES, WIRE, Asked, Choices, choices
from articles.search.finding import find_keys
from articles.search.rows import ARTICLES as INDEX
from articles.search.words import words_of
from web.excerpts import cut
from web.keyset import Window
from wires.lists import LONGEST_LINE, in_articles, listed_posts
from wires.models import Post, PostQuerySet
from wires.search import POSTS, SearchQuery, found_window
from wires.search.highlights import FoundPart, find_places, marked
from wires.search.nearest import correct
from wires.search.pages import window_of
from wires.search.rows import joined

PAGE_SIZE = 20
# Of an article round the words that were found.
EXCERPT = 260
NAMES = {ARTICLES: gettext_noop("Articles"), WIRE: gettext_noop("Wire")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article or a post, its headline and words in parts, those that were found marked."""

    article: Article | None = None
    post: Post | None = None
    head: list[FoundPart] = field(default_factory=list)
    words: list[FoundPart] = field(default_factory=list)
    is_in_article: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group of results, and the address of this search in it."""

    name: str
    code: str
    address: str
    is_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """What the page shows. `correction` is the same search with words that are nearly the same."""

    asked: Asked
    query: SearchQuery
    choices: Choices
    groups: list[Group]
    results: list[Found]
    window: Window[Any]
    correction: str = ""
    corrected: str = ""

    @property
    def is_over(self) -> bool:
        """Whether somebody turned to a page behind the last one."""
        return not self.results and bool(self.window.newer or self.window.older)


def read_page(asked: Asked, sent: QueryDict, *, at: datetime) -> SearchPage:
    """Return what a reader asks for. Raises Http404.

    Four queries at most on SQLite besides those of `choices`, two more for a topic that is not
    among these; those that find rows are up to three on PostgreSQL.
    """
    query = asked.as_search(at=at)
    known, topic = choices().with_topic(asked.topic)
    asked = replace(asked, topic=topic)
    search = _posts if asked.group == WIRE else _articles
    window, results = search(asked, query, known, sent)
    is_lost = bool(query) and not results and not (sent.get("newer") or sent.get("older"))
    corrected = _correct(asked, query) if is_lost else ""
    return SearchPage(
        asked=asked,
        query=query,
        choices=known,
        groups=[
            Group(
                name=name,
                code=code,
                address=_address(asked, **{"in": "" if code == ARTICLES else code}),
                is_shown=code == asked.group,
            )
            for code, name in NAMES.items()
        ],
        results=results,
        window=window,
        corrected=corrected,
        correction=_address(asked, q=corrected) if corrected else "",
    )


def _address(asked: Asked, **instead: str) -> str:
    return f"?{urlencode(asked.as_parameters(**instead))}"


def _correct(asked: Asked, query: SearchQuery) -> str:
    is_wire = asked.group == WIRE
    return correct(query, POSTS if is_wire else INDEX, is_public=is_wire)


NOTHING: Window[Any] = Window(rows=[], newer="", older="")


def _articles(
    asked: Asked, query: SearchQuery, known: Choices, sent: QueryDict
) -> tuple[Window[Any], list[Found]]:
    section = known.section(asked.section) if asked.section else None
    topic = known.topic(asked.topic) if asked.topic else None
    if (asked.section and section is None) or (asked.topic and topic is None):
        return NOTHING, []
    if not (query or section or topic):
        return NOTHING, []
    outlets = known.outlets_called(query.outlets) if query.outlets else None
    find = partial(find_keys, query, section=section, topic=topic, outlets=outlets)
    window = window_of(
        _live_articles(), sent, find=find, field="first_published_at", size=PAGE_SIZE,
        **asked.as_parameters(),
    )  # fmt: skip
    return window, [_found_article(each, query) for each in window.rows]


def _live_articles() -> ArticleQuerySet:
    read_here = {"live_version__html"}
    unread = set(unread_by(Reader.CARD, "live_version")) - read_here
    return (
        Article.objects.live()
        .select_related("live_version", "live_section")
        .defer(*ONLY_IN_FORM, *unread)
    )


def _found_article(article: Article, query: SearchQuery) -> Found:
    version = article.live_version
    if version is None:
        return Found(article=article)
    places = _places_in(query, version.language)
    text, where = version.standfirst, places(version.standfirst)
    if not where:
        # The standfirst says what the article is about; where it has no word of it, the body does.
        body = words_of(version.html)
        if in_body := places(body):
            text, where = body, in_body
    return Found(
        article=article,
        head=marked(version.headline, places(version.headline), most=len(version.headline)),
        words=marked(text, where, most=EXCERPT),
    )


def _posts(
    asked: Asked, query: SearchQuery, known: Choices, sent: QueryDict
) -> tuple[Window[Any], list[Found]]:
    if not query:
        return NOTHING, []
    window = found_window(
        query, _posts_with_beginnings(), sent, is_public=True, size=PAGE_SIZE,
        **asked.as_parameters(),
    )  # fmt: skip
    cited = in_articles(window.rows)
    return window, [_found_post(post, query, is_cited=post.pk in cited) for post in window.rows]


def _posts_with_beginnings() -> PostQuerySet:
    return listed_posts().annotate(beginning=Left("latest_version__text", LONGEST_LINE))


def _found_post(post: Post, query: SearchQuery, *, is_cited: bool) -> Found:
    version = post.latest_version
    if version is None or version.is_erased or post.is_withdrawn:
        return Found(post=post)
    beginning: str = post.beginning  # type: ignore[attr-defined]  # annotated
    text = cut(joined(version.title, beginning), post.channel.outlet.excerpt_length)
    places = _places_in(query, version.language)
    return Found(
        post=post, words=marked(text, places(text), most=len(text)), is_in_article=is_cited
    )


def _places_in(query: SearchQuery, language: str) -> Callable[[str], list[tuple[int, int]]]:
    return partial(find_places, terms=query.wanted, language=language, languages=query.languages)
