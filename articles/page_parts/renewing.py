"""Finding stored parts that are not true any more, and storing them again."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from articles.models import ArticleVersion, Correction
from articles.page_parts.facts import OF_PAGE, key_of, read_facts
from articles.page_parts.making import renderer
from articles.page_parts.reading import find_row
from articles.page_parts.storing import renew

BATCH = 200
# Readers ask for the newest; the worker looks at these each minute, and at all once a day.
NEWEST = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Renewal:
    """What was done of a batch of live versions; `waiting` changed while they were made again."""

    checked: int
    stale: int
    waiting: int = 0

    @property
    def renewed(self) -> int:
        return self.stale - self.waiting


def live_versions() -> QuerySet[ArticleVersion]:
    """Return the live versions with what tells whether their parts are true."""
    corrections = Correction.objects.filter(article=OuterRef("article")).order_by("-at", "-pk")
    return (
        ArticleVersion.objects.filter(article__live_version=F("pk"))
        .select_related("page_parts")
        .only("article", "page_parts__renderer", "page_parts__key", "page_parts__newest_correction")
        .annotate(newest_correction=Coalesce(Subquery(corrections.values("pk")[:1]), 0))
    )


def find_stale(versions: list[ArticleVersion], *, at: datetime) -> list[int]:
    """Return the keys of the versions of `live_versions` without parts that are true. One query."""
    facts = read_facts([version.pk for version in versions], OF_PAGE)
    return [
        version.pk
        for version in versions
        if not _is_true(version, key_of(facts.get(version.pk, ()), at))
    ]


def _is_true(version: ArticleVersion, key: str) -> bool:
    row = find_row(version)
    if row is None:
        return False
    newest: int = version.newest_correction  # type: ignore[attr-defined]  # annotated
    return (row.renderer, row.key, row.newest_correction) == (renderer(), key, newest)


def render_newest(*, at: datetime) -> Renewal:
    """Store again what is not true of the newest articles."""
    return _render(list(live_versions().order_by("-pk")[:NEWEST]), at=at)


def render_all(*, at: datetime, is_dry: bool = False, is_all: bool = False) -> Iterator[Renewal]:
    """Store again what is not true, or everything, and yield after each batch what was done."""
    after = 0
    while batch := list(live_versions().filter(pk__gt=after).order_by("pk")[:BATCH]):
        yield _render(batch, at=at, is_dry=is_dry, is_all=is_all)
        after = batch[-1].pk


def _render(
    versions: list[ArticleVersion], *, at: datetime, is_dry: bool = False, is_all: bool = False
) -> Renewal:
    stale = [each.pk for each in versions] if is_all else find_stale(versions, at=at)
    waiting = 0
    for pk in () if is_dry else stale:
        version = ArticleVersion.objects.select_related("article").filter(pk=pk).first()
        # Gone, withdrawn or changed meanwhile: its page is made for each reader until the next time.
        waiting += version is None or not renew(version, at=at)
    return Renewal(checked=len(versions), stale=len(stale), waiting=waiting)
