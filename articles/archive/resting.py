"""Blast radius: every article, and every version of it, that rests on a post, a channel, an outlet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Exists, F, OuterRef, QuerySet

from articles.models import Article, ArticleQuerySet, VersionSource, WireSource
from wires.models import Channel, Outlet, Post

type Ground = Post | Channel | Outlet

AT_ONCE = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class RestingVersion:
    """A version that rests on it, with the numbers under which readers see the sources."""

    pk: int
    n: int
    is_live: bool
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Resting:
    """An article that rests on it: by these versions, newest first, and by its working copy's keys."""

    article: Article
    versions: tuple[RestingVersion, ...]
    keys: tuple[str, ...]

    @property
    def is_live(self) -> bool:
        """Whether readers find it in what is public now."""
        return any(version.is_live for version in self.versions)


def resting_on(ground: Ground) -> Iterator[Resting]:
    """Yield what rests on it, what is public first, then newest first.

    Three queries a hundred articles, and one for the channels of an outlet.
    """
    on = _Lookup.of(ground)
    articles, start = _articles(on), 0
    while rows := list(articles[start : start + AT_ONCE]):
        yield from _with_versions(rows, on)
        start += AT_ONCE
        if len(rows) < AT_ONCE:
            return


def count(ground: Ground) -> int:
    """Return how many articles rest on it. One query, two for an outlet."""
    return article_ids(ground).count()


def article_ids(ground: Ground) -> QuerySet[Any, Any]:
    """The ids of the articles, found from the posts: by the indexes, whatever else is stored."""
    return _ids(_Lookup.of(ground))


@dataclass(frozen=True, slots=True)
class _Lookup:
    """How posts are told to belong to the ground: a lookup below the post, and its value."""

    lookup: str
    value: Any

    @classmethod
    def of(cls, ground: Ground) -> Self:
        match ground:
            case Post():
                return cls("", ground.pk)
            case Channel():
                return cls("__channel", ground.pk)
            case Outlet():
                # Named one by one they are found by the index post_of_its_channel.
                channels = Channel.objects.filter(outlet=ground).values_list("pk", flat=True)
                return cls("__channel__in", list(channels))

    def below(self, post: str) -> dict[str, Any]:
        return {f"{post}{self.lookup}": self.value}


def _articles(on: _Lookup) -> ArticleQuerySet:
    public = VersionSource.objects.filter(**on.below("post_version__post"))
    return (
        Article.objects.filter(pk__in=_ids(on))
        .alias(is_public=Exists(public.filter(version=OuterRef("live_version"))))
        .defer("body", "framing_note", "standfirst")
        .order_by("-is_public", F("first_published_at").desc(nulls_last=True), "-updated_at", "-pk")
    )


def _ids(on: _Lookup) -> QuerySet[Any, Any]:
    published = VersionSource.objects.filter(**on.below("post_version__post"))
    drafted = WireSource.objects.filter(**on.below("post"))
    return published.values_list("version__article").union(drafted.values_list("article"))


def _with_versions(articles: Sequence[Article], on: _Lookup) -> Iterator[Resting]:
    published = (
        VersionSource.objects.filter(version__article__in=articles)
        .filter(**on.below("post_version__post"))
        .order_by("-version__n", "number")
        .values_list("version__article", "version", "version__n", "number")
    )
    versions: dict[int, dict[tuple[int, int], list[int]]] = {}
    for article, version, n, number in published:
        versions.setdefault(article, {}).setdefault((version, n), []).append(number)
    drafted = (
        WireSource.objects.filter(article__in=articles, **on.below("post"))
        .order_by("position", "pk")
        .values_list("article", "key")
    )
    keys: dict[int, list[str]] = {}
    for article, key in drafted:
        keys.setdefault(article, []).append(key)
    for row in articles:
        yield Resting(
            article=row,
            versions=tuple(
                RestingVersion(
                    pk=pk, n=n, is_live=pk == row.live_version_id, numbers=tuple(numbers)
                )
                for (pk, n), numbers in versions.get(row.pk, {}).items()
            ),
            keys=tuple(keys.get(row.pk, ())),
        )
