"""Usage: every article, and every version of it, that cites a post, a channel or an outlet."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import batched
from typing import Any, Self

from django.db.models import QuerySet

from articles.models import Article, VersionSource, WireSource
from articles.models.frozen import ONLY_IN_FORM
from wires.models import Channel, Outlet, Post

type Subject = Post | Channel | Outlet

AT_ONCE = 100
# A default build of SQLite takes at most 32,766 values in a query.
KEYS_AT_ONCE = 10_000
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionUsage:
    """A version that cites the subject, with the numbers that readers see for the sources."""

    pk: int
    n: int
    is_live: bool
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleUsage:
    """An article that cites the subject: in these versions, newest first, and by these keys of its working copy."""

    article: Article
    versions: tuple[VersionUsage, ...]
    keys: tuple[str, ...]

    @property
    def is_live(self) -> bool:
        """Return whether the live version uses the subject."""
        return any(version.is_live for version in self.versions)


@dataclass(frozen=True, slots=True)
class Lookup:
    """Which posts belong to the subject: a lookup that starts at the post, and its value."""

    lookup: str
    value: Any

    @classmethod
    def of(cls, subject: Subject) -> Self:
        match subject:
            case Post():
                return cls("", subject.pk)
            case Channel():
                return cls("__channel", subject.pk)
            case Outlet():
                # Named one by one, they are found by the index post_of_its_channel.
                channels = Channel.objects.filter(outlet=subject).values_list("pk", flat=True)
                return cls("__channel__in", list(channels))

    def below(self, post: str) -> dict[str, Any]:
        return {f"{post}{self.lookup}": self.value}


class Usage:
    """Where a subject is used: count the articles by `len`, iterate over them, public ones first.

    Three queries, one more for the channels of an outlet, then one per hundred articles.
    """

    def __init__(self, subject: Subject) -> None:
        on = Lookup.of(subject)
        # Queried once, starting from the posts, which indexes find however much else is stored.
        self._versions = _grouped(published_on(on).values_list(*_PUBLISHED))
        self._keys = _grouped(drafted_on(on).values_list("article", "key"))
        self._order = self._ordered()

    def __len__(self) -> int:
        return len(self._order)

    def __iter__(self) -> Iterator[ArticleUsage]:
        for keys in batched(self._order, AT_ONCE):
            articles = Article.objects.defer(*ONLY_IN_FORM).in_bulk(keys)
            yield from (self._article_usage(articles[pk]) for pk in keys if pk in articles)

    def _ordered(self) -> list[int]:
        rows: list[tuple[bool, datetime, datetime, int]] = []
        for keys in batched({**self._versions, **self._keys}, KEYS_AT_ONCE):
            found = Article.objects.filter(pk__in=keys).values_list(
                "pk", "live_version", "first_published_at", "updated_at"
            )
            rows += [
                (self._is_public(pk, live), published_at or NEVER, updated_at, pk)
                for pk, live, published_at, updated_at in found
            ]
        return [pk for *_, pk in sorted(rows, reverse=True)]

    def _is_public(self, pk: int, live: int | None) -> bool:
        return live is not None and any(
            version == live for version, *_ in self._versions.get(pk, ())
        )

    def _article_usage(self, article: Article) -> ArticleUsage:
        numbers: dict[tuple[int, int], list[int]] = {}
        for version, n, number in self._versions.get(article.pk, ()):
            numbers.setdefault((version, n), []).append(number)
        return ArticleUsage(
            article=article,
            versions=tuple(
                VersionUsage(
                    pk=pk, n=n, is_live=pk == article.live_version_id, numbers=tuple(sorted(found))
                )
                for (pk, n), found in sorted(numbers.items(), key=lambda one: -one[0][1])
            ),
            keys=tuple(key for (key,) in self._keys.get(article.pk, ())),
        )


def published_on(on: Lookup) -> QuerySet[VersionSource]:
    return VersionSource.objects.filter(**on.below("post_version__post"))


def drafted_on(on: Lookup) -> QuerySet[WireSource]:
    return WireSource.objects.filter(**on.below("post")).order_by("position", "pk")


_PUBLISHED = ("version__article", "version", "version__n", "number")


def _grouped(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    """Group rows by their first column and drop that column."""
    groups: dict[int, list[tuple[Any, ...]]] = {}
    for first, *rest in rows:
        groups.setdefault(first, []).append(tuple(rest))
    return groups
