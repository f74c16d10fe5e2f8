"""What the page of a story shows: who had it when, which figures differ, which articles cite it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import F

from articles.models import Article, VersionSource
from articles.vetting.facts.reading import read_quantities
from web.excerpts import cut
from web.keyset import Window
from wires.lists import listed_posts
from wires.models import Post, PostQuerySet

# Of so many posts a page, and in an excerpt of each figures are read.
PAGE = 15
MOST_FIGURES = 8
ARTICLES_SHOWN = 6
# A story that a whole archive cites: of so many citations are the newest articles taken.
LOOKED_AT = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class DifferingFigure:
    """What posts of a story say with other figures: each figure, and the channels that have it."""

    thing: str
    said: tuple[tuple[str, tuple[str, ...]], ...]


def posts_of_story(pk: int) -> PostQuerySet:
    """Return the posts of a story as readers see them in lists."""
    return listed_posts().filter(story=pk)


def story_page(pk: int, page: Window[Post]) -> dict[str, Any]:
    """Return what the page of a story shows besides its posts. Four queries."""
    first = posts_of_story(pk).order_by("wire_at", "pk").first()
    return {
        "first": first,
        "figures": differing_figures(_with_texts(page.rows)),
        "articles": _citing_articles(pk),
    }


def _citing_articles(story: int) -> list[Article]:
    """Return the newest live articles that cite the story. Two queries, three at the limit."""
    newest = ("-first_published_at", "-pk")
    citing = Article.objects.live().filter(live_version__in=_citing_versions(story))
    # Their keys first: whole cards of hundreds are not sorted to show a few.
    shown = citing.order_by(*newest).values("pk")[:ARTICLES_SHOWN]
    return list(Article.objects.filter(pk__in=shown).for_cards().order_by(*newest))


def _citing_versions(story: int) -> set[int]:
    """Return the live versions that cite the story, of very many some of the newest. One query.

    Two where they are very many: then the newest citations of the paper hold some of them.
    """
    citations = VersionSource.objects.filter(
        post_version__post__story=story, version__article__live_version=F("version")
    )
    found = list(citations.values_list("version", flat=True)[:LOOKED_AT])
    if len(found) == LOOKED_AT:
        newest = VersionSource.objects.order_by("-pk").values("pk")[: 5 * LOOKED_AT]
        found += citations.filter(pk__in=newest).values_list("version", flat=True)
    return set(found)


def differing_figures(texts: Iterable[tuple[str, str, str]]) -> list[DifferingFigure]:
    """Return the figures that are not the same in all of (channel, language, words)."""
    things: dict[str, dict[float, tuple[str, list[str]]]] = {}
    for code, language, words in texts:
        for quantity in read_quantities(words, language):
            thing = quantity.toll or quantity.thing
            if not thing:
                continue
            said = things.setdefault(thing, {}).setdefault(quantity.value, (quantity.text, []))
            if code not in said[1]:
                said[1].append(code)
    return [
        DifferingFigure(
            thing=thing, said=tuple((text, tuple(codes)) for text, codes in values.values())
        )
        for thing, values in things.items()
        if len(values) > 1 and len({code for _, codes in values.values() for code in codes}) > 1
    ][:MOST_FIGURES]


def _with_texts(posts: Iterable[Post]) -> list[tuple[str, str, str]]:
    """Return channel, language and excerpt of posts, none of those that are withdrawn. One query."""
    shown = {post.pk: post for post in posts if not post.is_withdrawn}
    rows = Post.objects.filter(pk__in=shown).values_list(
        "pk", "latest_version__language", "latest_version__title", "latest_version__text"
    )
    return [
        (
            shown[pk].channel.code,
            language,
            cut(f"{title}. {text}", shown[pk].channel.outlet.excerpt_length),
        )
        for pk, language, title, text in rows
    ]
