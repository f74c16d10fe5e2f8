"""The parts as HTML, made from a version, its sources and its corrections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any, Self

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from articles import vetting
from articles.amended import amended_sentences
from articles.models import Article, ArticleVersion, Correction, PageParts, VersionSource
from articles.page_parts.facts import FEED_SOURCES
from articles.page_parts.linked_data import data_of_corrections, data_of_sources
from articles.page_parts.signs import fates_of, flags_of
from web.interface import for_readers

# What makes the parts: another file, another renderer. A test sees that none is missing.
MADE_BY = (
    "articles/amended.py",
    "articles/cited.py",
    "articles/excerpts.py",
    "articles/models/article.py",
    "articles/models/translation.py",
    "articles/models/version.py",
    "articles/page_parts/linked_data.py",
    "articles/page_parts/making.py",
    "articles/page_parts/signs.py",
    "articles/pages/checks*.toml",
    "articles/prose/sentences.py",
    "articles/templatetags/articles.py",
    "articles/told_rules.py",
    "articles/vetting/__init__.py",
    "articles/vetting/quotes.py",
    "locale/*/LC_MESSAGES/django.mo",
    "newsroom/templatetags/paper.py",
    "templates/articles/_amended.html",
    "templates/articles/_clearance.html",
    "templates/articles/_correction.html",
    "templates/articles/_corrections.html",
    "templates/articles/_counts.html",
    "templates/articles/_feed_sources.html",
    "templates/articles/_moved.html",
    "templates/articles/_provenance.html",
    "templates/articles/_reported.html",
    "templates/articles/_ribbon.html",
    "templates/articles/_source.html",
    "web/days.py",
    "web/excerpts.py",
    "web/interface.py",
    "web/json_in_html.py",
    "web/language_tags.py",
    "web/languages.py",
    "web/words.py",
    "wires/http/policy.py",
    "wires/models/*.py",
    "wires/platforms/*.py",
    "wires/platforms/*/__init__.py",
    "wires/platforms/*/permalink.py",
    "wires/templatetags/wire.py",
)
# Of an article's page; a page of its own has all of them.
CORRECTIONS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """HTML for the places of an article page, "" where there is nothing, and for a feed entry."""

    claims: int
    newest_correction: int
    changed_at: datetime
    flags: Mapping[str, str]
    fates: Mapping[str, str]
    amended_sentences: Sequence[int]
    counts: SafeString
    clearance: SafeString
    corrections: SafeString
    amended: SafeString
    moved: SafeString
    provenance: SafeString
    feed_sources: SafeString
    data_of_sources: SafeString
    data_of_corrections: SafeString

    @classmethod
    def of_row(cls, row: PageParts) -> Self:
        # As our own templates made them.
        html = {name: mark_safe(getattr(row, name)) for name in HTML}  # noqa: S308
        return cls(**html, **{name: getattr(row, name) for name in OTHERS})

    def as_columns(self) -> dict[str, Any]:
        html = {name: str(getattr(self, name)) for name in HTML}
        return html | {name: getattr(self, name) for name in OTHERS}

    def __len__(self) -> int:
        """Return how many characters it keeps."""
        return sum(len(getattr(self, name)) for name in HTML)


OTHERS = ("claims", "newest_correction", "changed_at", "flags", "fates", "amended_sentences")
HTML = tuple(field.name for field in fields(Parts) if field.name not in OTHERS)


@for_readers
def make_parts(
    article: Article,
    version: ArticleVersion,
    sources: Sequence[VersionSource],
    corrections: Sequence[Correction],
    *,
    at: datetime,
) -> Parts:
    """Render the parts of a version, stored or not, as of a moment. No query without corrections.

    The sources are those of `stored_sources`, and the corrections the newest first.
    """
    context = {"version": version, "sources": sources}
    claims = len(version.claims)
    return Parts(
        claims=claims,
        flags=flags_of(version),
        counts=render_part("counts", context),
        clearance=render_part("clearance", context),
        **of_sources(version, sources, claims=claims, at=at),
        **of_corrections(article, version, corrections),
    )


@for_readers
def of_sources(
    version: ArticleVersion, sources: Sequence[VersionSource], *, claims: int, at: datetime
) -> dict[str, Any]:
    """Return the parts that change with the posts, by name."""
    context = {
        "version": version,
        "claims": claims,
        "now": at,
        "sources": sources,
        "first": [source for source in sources if source.number <= FEED_SOURCES],
    }
    html = {name: render_part(name, context) for name in ("moved", "provenance", "feed_sources")}
    return {**html, "fates": fates_of(sources), "data_of_sources": data_of_sources(sources)}


@for_readers
def of_corrections(
    article: Article, version: ArticleVersion, corrections: Sequence[Correction]
) -> dict[str, Any]:
    """Return what the page says of what was changed, of its newest corrections, by name.

    A query where the newest has a version before it.
    """
    newest = corrections[0] if corrections else None
    context = {
        "article": article,
        "corrections": corrections[:CORRECTIONS],
        "has_more_corrections": len(corrections) > CORRECTIONS,
    }
    return {
        "corrections": render_part("corrections", context),
        "amended": render_part("amended", {"article": article, "newest": newest}),
        "data_of_corrections": data_of_corrections(article, corrections[:CORRECTIONS]),
        "amended_sentences": _amended_sentences(version, newest),
        "newest_correction": newest.pk if newest else 0,
        "changed_at": max(version.at, newest.at) if newest else version.at,
    }


def _amended_sentences(version: ArticleVersion, newest: Correction | None) -> list[int]:
    if newest is None or newest.version_before_id is None:
        return []
    before = ArticleVersion.objects.values_list("claims", flat=True).get(
        pk=newest.version_before_id
    )
    return amended_sentences(before, version.claims)


def newest_corrections(article: Article) -> QuerySet[Correction]:
    """Return the corrections that an article's page shows, and one more where there are more."""
    return article.corrections.order_by("-at", "-pk")[: CORRECTIONS + 1]


def render_part(name: str, context: dict[str, Any]) -> SafeString:
    html = render_to_string(f"articles/_{name}.html", context)
    # The page asks whether there is anything.
    return html if html.strip() else SafeString("")


def renderer() -> str:
    """Return what is another as soon as other templates, code or settings make the parts."""
    site = (settings.SITE_URL, settings.SITE_LANGUAGE)
    return _renderer(site, is_alone=not settings.DESK_SECOND_PERSON)


@lru_cache(maxsize=8)
def _renderer(site: tuple[str, ...], *, is_alone: bool) -> str:
    return sha256(f"{_code()}\n{site}\n{is_alone}".encode()).hexdigest()[:16]


@cache
def _code() -> str:
    digest = sha256(repr([(rule.code, rule.title) for rule in vetting.RULES]).encode())
    for pattern in MADE_BY:
        for path in sorted(settings.BASE_DIR.glob(pattern)):
            digest.update(path.read_bytes())
    return digest.hexdigest()
