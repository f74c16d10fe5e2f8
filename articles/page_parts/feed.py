"""The first sources of a version as the feed lists them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from django.utils.safestring import SafeString

from articles.models import ArticleQuerySet, ArticleVersion, VersionSource
from articles.page_parts.facts import FEED_SOURCES, IN_FEED, OF_FEED, key_of, read_facts
from articles.page_parts.making import HTML, render_part, renderer
from articles.page_parts.reading import find_row
from articles.page_parts.signs import flags_of

_SHOWN_IN_FEED = (*IN_FEED, "version_id", "post_version__captured_by_id", "post_version__flags")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSources:
    """The first sources of a version as its feed entry lists them, how many, and what was flagged."""

    html: SafeString
    count: int
    flags: Mapping[str, str]


def for_feed(articles: ArticleQuerySet) -> ArticleQuerySet:
    """Fetch of the stored parts of live versions what a feed shows, in the same query."""
    unshown = [f"live_version__page_parts__{name}" for name in HTML if name != "feed_sources"]
    return articles.select_related("live_version__page_parts").defer(*unshown)


def read_feed_sources(
    versions: Sequence[ArticleVersion], *, at: datetime
) -> dict[int, FeedSources]:
    """Return what feed entries list of live versions from `for_feed`, by the version's key.

    One query; one or two more where there is one of which no row is stored that is true now.
    """
    facts = read_facts([version.pk for version in versions], OF_FEED)
    rows = [find_row(version) for version in versions]
    made = {row.pk: row for row in rows if row and row.renderer == renderer()}
    html = {
        row.pk: SafeString(row.feed_sources)
        for row in made.values()
        if row.feed_key == key_of(facts.get(row.pk, ()), at)
    }
    html |= _make_feed_sources([version.pk for version in versions if version.pk not in html])
    flags = {pk: row.flags for pk, row in made.items()}
    flags |= _read_flags([version.pk for version in versions if version.pk not in flags])
    return {
        pk: FeedSources(html=html[pk], count=len(facts.get(pk, ())), flags=flags[pk]) for pk in html
    }


def _read_flags(versions: Sequence[int]) -> dict[int, Mapping[str, str]]:
    """Return what was flagged in versions whose parts are not stored. One query, none of no version."""
    rows = ArticleVersion.objects.filter(pk__in=versions).only("overrides", "acknowledgements")
    return {row.pk: flags_of(row) for row in (rows if versions else ())}


def _make_feed_sources(versions: Sequence[int]) -> dict[int, SafeString]:
    """Return the first sources of versions by the version's key: no words of posts are read."""
    sources = (
        VersionSource.objects.filter(version__in=versions, number__lte=FEED_SOURCES)
        .select_related("post_version__post__channel__outlet", "post_version__confirmation")
        .only(*_SHOWN_IN_FEED)
        .order_by("version", "number")
    )
    by_version = {
        version: list(group)
        for version, group in groupby(sources if versions else (), key=attrgetter("version_id"))
    }
    return {pk: render_part("feed_sources", {"first": by_version.get(pk, [])}) for pk in versions}
