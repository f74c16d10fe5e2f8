"""By what readers narrow the wire: outlet, platform, language."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Self

from django.db.models import Q
from django.http import QueryDict

from web.languages import language_here
from wires import platforms
from wires.models import Channel, PostQuerySet
from wires.newest import first_of_all, of_channels
from wires.search.query import LONGEST, SearchQuery

# The parameters of an address that narrow it; of a list, every value counts.
LISTS = ("platform",)
ASKED = ("q", "outlet", "language", *LISTS)

# How many posts a page is looked for among, where most may be in other languages or on other
# platforms. The pager goes on from the last of them.
REACH = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterChoice:
    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the reader asked of the wire; an empty value asks nothing."""

    words: str = ""
    outlet: str = ""
    language: str = ""
    platforms: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        known = dict(platforms.choices())
        return cls(
            words=_asked(query, "q", longest=LONGEST),
            outlet=_asked(query, "outlet", longest=120),
            language=_asked(query, "language", longest=35).lower(),
            # Each once, or the pager would repeat them all.
            platforms=tuple(name for name in known if name in query.getlist("platform")),
        )

    def __bool__(self) -> bool:
        return bool(self.words or self.outlet or self.language or self.platforms)

    @property
    def reach(self) -> int:
        """Among how many posts a page is looked for, 0 where an index leads to all that fit."""
        return REACH if self.language or (self.platforms and not self.outlet) else 0

    def as_search(self, *, at: datetime) -> SearchQuery | None:
        """Return what the search index is asked for, None where no words are looked for."""
        query = SearchQuery.read(self.words, at=at)
        if not query and not query.problems:
            return None
        return replace(
            query,
            outlets=(*query.outlets, *filter(None, [self.outlet.lower()])),
            languages=(*query.languages, *filter(None, [self.language])),
            platforms=(*query.platforms, *self.platforms),
        )

    def narrow(self, posts: PostQuerySet, /, *, most: int) -> PostQuerySet:
        """Return those of ordered posts that fit, among the first `reach` where no index helps."""
        if self.outlet:
            channels = Channel.objects.filter(outlet__slug=self.outlet)
            if self.platforms:
                channels = channels.filter(platform__in=self.platforms)
            posts = of_channels(posts, channels, most=self.reach or most)
        elif self.reach:
            posts = first_of_all(posts, most=self.reach)
        if self.platforms:
            posts = posts.filter(channel__platform__in=self.platforms)
        return posts.filter(self._in_language()) if self.language else posts

    def _in_language(self) -> Q:
        field = "latest_version__language"
        return Q(**{f"{field}__iexact": self.language}) | Q(
            **{f"{field}__istartswith": f"{self.language}-"}
        )

    def as_query(self) -> dict[str, Any]:
        asked = {
            "q": self.words,
            "outlet": self.outlet,
            "language": self.language,
            "platform": self.platforms,
        }
        return {name: value for name, value in asked.items() if value}


def _asked(query: QueryDict, name: str, *, longest: int) -> str:
    # PostgreSQL takes no NUL, not even to compare with.
    return query.get(name, "").replace("\0", "")[:longest]


def choices(filters: Filters) -> dict[str, list[FilterChoice]]:
    """What can be chosen among. One query."""
    rows = (
        Channel.objects.public()
        .order_by("outlet__name")
        .values_list("outlet__slug", "outlet__name", "language", "outlet__language")
        .distinct()
    )
    outlets: dict[str, str] = {}
    languages: dict[str, str] = {}
    for slug, name, *codes in rows:
        outlets[slug] = name
        for code in codes:
            if spoken := language_here(code):
                languages[code.partition("-")[0].lower()] = spoken
    by_name = sorted(languages.items(), key=lambda pair: pair[1])
    return {
        "outlets": _choices(outlets.items(), (filters.outlet,)),
        "languages": _choices(by_name, (filters.language,)),
        "platforms": _choices(platforms.choices(), filters.platforms),
    }


def _choices(pairs: Iterable[tuple[Any, Any]], chosen: Sequence[str]) -> list[FilterChoice]:
    return [
        FilterChoice(value=value, name=str(name), is_chosen=value in chosen)
        for value, name in pairs
    ]
