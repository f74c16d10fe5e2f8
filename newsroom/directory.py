"""What navigation and foot of every page name: sections, topics, pages about the site."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, F, IntegerField, OuterRef, QuerySet, Subquery, Value

from articles.models import Listing, Section, SitePage, Topic
from web.addresses import path_of
from web.fragments import shared
from wires import generations

_pages = generations.reader("pages")

# Of the topics, those with the newest articles; /topics/ has all.
TOPICS = 8
ADDRESSES = {"section": "articles:section", "topic": "articles:topic", "page": "site_page"}


@dataclass(frozen=True, slots=True)
class NamedPage:
    """A page of the site by the name that readers know it by."""

    pk: int
    name: str
    path: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """The pages that every page names, each kind in its order."""

    sections: Sequence[NamedPage]
    topics: Sequence[NamedPage]
    pages: Sequence[NamedPage]

    def __len__(self) -> int:
        """Return how many characters it keeps."""
        rows = (*self.sections, *self.topics, *self.pages)
        return sum(len(row.name) + len(row.path) for row in rows)


def directory(at: datetime) -> Directory:
    """Return what every page names. One query, none while it is kept."""
    return shared("directory", at=at, numbers=_pages(), make=_read)


def _read() -> Directory:
    listings = Listing.objects.filter(topic=OuterRef("pk")).newest_first()
    newest = Topic.objects.annotate(
        newest_at=Subquery(listings.values("first_published_at")[:1])
    ).exclude(newest_at=None)
    topics = Topic.objects.filter(pk__in=newest.order_by("-newest_at", "pk").values("pk")[:TOPICS])
    rows = _rows(Section.objects.all(), "section", place="position").union(
        _rows(topics, "topic"),
        _rows(SitePage.objects.public(), "page", place="position", name="newest_title"),
        all=True,
    )
    found: dict[str, list[NamedPage]] = {kind: [] for kind in ADDRESSES}
    for kind, _, name, pk, slug in sorted(rows):
        found[kind].append(NamedPage(pk, name, path_of(ADDRESSES[kind], slug)))
    return Directory(sections=found["section"], topics=found["topic"], pages=found["page"])


def _rows(rows: QuerySet, kind: str, *, place: str = "", name: str = "name") -> QuerySet:
    found: QuerySet = rows.annotate(
        kind=Value(kind, output_field=CharField()),
        place=F(place) if place else Value(0, output_field=IntegerField()),
        shown=F(name),
    ).values_list("kind", "place", "shown", "pk", "slug")
    return found
