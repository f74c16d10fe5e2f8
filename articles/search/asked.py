"""What a reader asks the search page for, read from the address, and what can be chosen there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Self

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.http import Http404, QueryDict
from django.utils import timezone

from articles.models import Listing, Section, Topic, find_by_slug
from web.fragments import shared
from wires import generations
from wires.models import Channel
from wires.search import SearchQuery
from wires.search.query import LONGEST

ARTICLES, WIRE = "articles", "wire"
# The parameters of an address.
ASKED = ("q", "in", "section", "topic", "outlet", "since", "until")
# Of the topics, those with the newest articles; /topics/ has all, and each leads here.
TOPICS = 200

_pages = generations.reader("pages")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What was typed and chosen, as it came; an empty value asks nothing."""

    words: str = ""
    group: str = ARTICLES
    section: str = ""
    topic: str = ""
    outlet: str = ""
    since: str = ""
    until: str = ""

    @classmethod
    def read(cls, query: QueryDict) -> Self:
        def of(name: str, longest: int) -> str:
            # PostgreSQL takes no NUL, not even to compare with.
            return query.get(name, "").replace("\0", "").strip()[:longest]

        return cls(
            # One more, so that the query says that it was cut.
            words=of("q", LONGEST + 1),
            group=WIRE if query.get("in") == WIRE else ARTICLES,
            section=of("section", 60),
            topic=of("topic", 60),
            outlet=of("outlet", 120).lower(),
            since=of("since", 10),
            until=of("until", 10),
        )

    def __bool__(self) -> bool:
        return bool(self.words) or self.is_narrowed

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words is asked for of this group."""
        of_articles = self.group == ARTICLES and bool(self.section or self.topic)
        return of_articles or bool(self.outlet or self.since or self.until)

    def as_parameters(self, **instead: str) -> dict[str, str]:
        """Return what an address says of it; the group that comes first is left out."""
        group = "" if self.group == ARTICLES else self.group
        asked = {
            "q": self.words, "in": group, "section": self.section, "topic": self.topic,
            "outlet": self.outlet, "since": self.since, "until": self.until,
        }  # fmt: skip
        return {name: value for name, value in (asked | instead).items() if value}

    def as_search(self, *, at: datetime) -> SearchQuery:
        """Return what the index is asked for; a date that is none is a problem of the query."""
        query = SearchQuery.read(self.words, at=at)
        problems = list(query.problems)
        since, until = (self._day(name, problems) for name in ("since", "until"))
        if since and until and since > until:
            problems.append("The first date is after the last: nothing lies between them.")
        if self.group == ARTICLES and (query.platforms or query.states or query.excluded_states):
            problems.append(
                "“platform:” and “is:” narrow the wire. Articles were searched without."
            )
        return replace(
            query,
            since=_midnight(since) or query.since,
            until=_midnight(until, days=1) or query.until,
            outlets=(*query.outlets, *filter(None, [self.outlet])),
            problems=tuple(problems),
        )

    def _day(self, name: str, problems: list[str]) -> date | None:
        said = getattr(self, name)
        try:
            return date.fromisoformat(said) if said else None
        except ValueError:
            problems.append(f"“{said}” is no date. Write one such as 2026-06-25.")
            return None


@dataclass(frozen=True, slots=True)
class NamedOutlet:
    """An outlet, and everything it is called in a query, in lower case."""

    pk: int
    slug: str
    name: str
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Choices:
    """The sections, topics and outlets there are to choose from."""

    sections: Sequence[Section]
    topics: Sequence[Topic]
    outlets: Sequence[NamedOutlet]

    def __len__(self) -> int:
        """Return roughly how many characters are kept of them."""
        return 40 * (len(self.sections) + len(self.topics)) + 120 * len(self.outlets)

    def section(self, slug: str) -> int | None:
        """Return the key of a section, None where there is no such section."""
        return next((each.pk for each in self.sections if each.slug == slug), None)

    def topic(self, slug: str) -> int | None:
        """Return the key of a topic, None where it is none of these."""
        return next((each.pk for each in self.topics if each.slug == slug), None)

    def with_topic(self, slug: str) -> tuple[Self, str]:
        """Return the choices with the topic of a slug among them, and the slug that it has now.

        No query where it is among them, two at most for a rarer topic or a former slug.
        """
        if not slug or self.topic(slug) is not None:
            return self, slug
        try:
            topic = find_by_slug(_listed().only("name", "slug"), slug)
        except Http404:
            return self, slug
        if self.topic(topic.slug) is not None:
            return self, topic.slug
        return replace(self, topics=[*self.topics, topic]), topic.slug

    def outlets_called(self, names: Sequence[str]) -> list[int]:
        wanted = {name.lower() for name in names}
        return [each.pk for each in self.outlets if each.names & wanted]


def choices() -> Choices:
    """Return what can be chosen. Three queries, none while they are kept: a minute at most."""

    def make() -> Choices:
        sections = Section.objects.only("name", "slug").order_by("position", "name")
        rows = Channel.objects.public().order_by("outlet__name", "outlet")
        outlets: dict[int, list[str]] = {}
        for pk, *names in rows.values_list("outlet", "outlet__slug", "outlet__name", "code"):
            outlets.setdefault(pk, []).extend(names)
        return Choices(
            list(sections),
            sorted(_topics(), key=lambda topic: topic.name),
            [
                NamedOutlet(pk, slug, name, frozenset(map(str.lower, (slug, name, *more))))
                for pk, (slug, name, *more) in outlets.items()
            ],
        )

    return shared("search", at=timezone.now(), numbers=_pages(), make=make)


def _listed() -> QuerySet[Topic]:
    """Return the topics that something public carries: of others readers learn no name."""
    return Topic.objects.filter(Exists(Listing.objects.filter(topic=OuterRef("pk"))))


def _topics() -> Sequence[Topic]:
    """Return the topics with the newest articles, as many as can be chosen. One query."""
    listings = Listing.objects.filter(topic=OuterRef("pk")).newest_first()
    newest = Subquery(listings.values("first_published_at")[:1])
    found = Topic.objects.annotate(newest_at=newest).exclude(newest_at=None)
    return list(found.only("name", "slug").order_by("-newest_at", "pk")[:TOPICS])


def _midnight(day: date | None, *, days: int = 0) -> datetime | None:
    """Return when a UTC day begins, or so many days later. The last day of the calendar ends it."""
    if day is None:
        return None
    begins = datetime.combine(day, time(), UTC)
    return begins + timedelta(days=days) if day < date.max else begins
