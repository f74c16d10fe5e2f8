"""Reading the parts of a page, and making again what is not true any more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from articles.models import (
    Article,
    ArticleQuerySet,
    ArticleVersion,
    Correction,
    PageParts,
    VersionSource,
)
from articles.page_parts.facts import OF_PAGE, key_of, read_facts
from articles.page_parts.making import (
    Parts,
    make_parts,
    newest_corrections,
    of_corrections,
    of_sources,
    renderer,
)
from web.fragments import shared
from wires import generations

# An erased version moves no key.
_numbers = generations.reader("pages")
# What only the parts show of a version, and long articles have much of.
UNSHOWN = ("claims", "overrides", "acknowledgements")


def with_parts(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Fetch the stored parts of live versions, and which correction is the newest of each."""
    corrections = Correction.objects.filter(article=OuterRef("pk")).order_by("-at", "-pk")
    return (
        articles.select_related("live_version__page_parts")
        .defer(*(f"live_version__{name}" for name in UNSHOWN))
        .annotate(newest_correction=Coalesce(Subquery(corrections.values("pk")[:1]), 0))
    )


def read_parts(article: Article, version: ArticleVersion, *, at: datetime) -> Parts:
    """Return the parts of the live version of an article from `with_parts`.

    One query; one to five more where no row is stored that is true now.
    """
    key = key_of(read_facts([version.pk], OF_PAGE).get(version.pk, ()), at)
    newest: int = article.newest_correction  # type: ignore[attr-defined]  # annotated
    row = find_row(version)
    if row is not None and row.renderer != renderer():
        row = None
    if row is not None and (row.key, row.newest_correction) == (key, newest):
        return Parts.of_row(row)
    # Until a row is stored again, one reader a minute waits for it, not each.
    return shared(
        "page parts", version.pk,
        at=at, numbers=(*_numbers(), renderer(), key, newest),
        make=lambda: _make_again(article, version, row, key, at=at),
    )  # fmt: skip


def _make_again(
    article: Article, version: ArticleVersion, row: PageParts | None, key: str, *, at: datetime
) -> Parts:
    """Make what no row holds that is true, and take over the rest."""
    if row is None:
        version.refresh_from_db(fields=UNSHOWN)
        sources = list(stored_sources([version.pk]))
        return make_parts(article, version, sources, _corrections(article), at=at)
    known = Parts.of_row(row)
    again: dict[str, Any] = {}
    if row.key != key:
        sources = list(stored_sources([version.pk]))
        again |= of_sources(version, sources, claims=known.claims, at=at)
    if known.newest_correction != article.newest_correction:  # type: ignore[attr-defined]
        again |= of_corrections(article, version, _corrections(article))
    return replace(known, **again)


def _corrections(article: Article) -> list[Correction]:
    newest: int = article.newest_correction  # type: ignore[attr-defined]  # annotated
    return list(newest_corrections(article)) if newest else []


def find_row(version: ArticleVersion) -> PageParts | None:
    """Return the stored row of a version, if there is one. A query unless selected with it."""
    try:
        return version.page_parts
    except ObjectDoesNotExist:
        return None


def stored_sources(versions: Sequence[int]) -> QuerySet[VersionSource]:
    """Return the sources of versions by number, with everything the parts show. One query."""
    return (
        VersionSource.objects.filter(version__in=versions)
        .select_related(
            "post_version__post__channel__outlet",
            "post_version__post__latest_version",
            "post_version__confirmation",
        )
        .defer(
            "post_version__html",
            "post_version__post__latest_version__html",
            "post_version__post__latest_version__text",
            "post_version__post__native_id",
        )
        .order_by("version", "number")
    )
