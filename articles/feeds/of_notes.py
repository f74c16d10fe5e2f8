"""The feed of what was corrected, updated or withdrawn: an entry a note."""

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.translation import gettext

from articles.feeds.entry import Feed, FeedEntry
from articles.models import Correction
from web.addresses import absolute
from web.interface import told_language

ITEMS = 20


def feed_of_notes(at: datetime) -> Feed:
    """Return the feed of the newest notes on what was changed in articles or withdrawn. One query."""
    return Feed.of(
        [_entry(note) for note in newest_notes()],
        title=f"{settings.SITE_NAME} – {gettext('corrections')}",
        page="/corrections/",
        description=gettext("What was corrected, updated or withdrawn."),
    )


def newest_notes() -> QuerySet[Correction]:
    """Return the newest notes with their articles and headlines. One query."""
    return (
        Correction.objects.select_related("article__live_version", "version_before")
        .only(
            "kind", "note", "at", "version_after",
            "article__status", "article__live_slug", "article__first_published_at",
            "article__tag_host",
            "article__live_version__headline", "article__live_version__language",
            "version_before__headline", "version_before__language",
        )
        .order_by("-at", "-pk")[:ITEMS]
    )  # fmt: skip


def _entry(note: Correction) -> FeedEntry:
    """Return the entry of a note; it leads to both texts compared, where the article has both."""
    article, before = note.article, note.version_before
    version = article.live_version or before
    address = article.get_absolute_url()
    is_compared = article.live_version and before and note.version_after_id
    headline = version.headline if version else ""
    return FeedEntry(
        id=article.tag(note.at, f"correction-{note.pk}"),
        title=f"{gettext(note.get_kind_display())}: {headline}",
        link=absolute(f"{address}corrections/{note.pk}/" if is_compared else address),
        summary=note.note,
        content=format_html("<p>{}</p>", note.note),
        language=version.language if version else told_language(),
        published=note.at,
        updated=note.at,
    )
