"""Which leading articles are followed live, and what their timelines show.

Nobody marks them: an article is live while readers were told of three changes in twelve hours.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from articles.models import Article, Correction

NOTES = 3
WITHIN = timedelta(hours=12)
# What the timeline shows; the others are on the page of the article's notes.
SHOWN = 4


@dataclass(frozen=True, slots=True)
class LiveStory:
    """The newest public notes of an article followed live, the newest first, and how many."""

    notes: tuple[Correction, ...]
    count: int


def live_stories(articles: Iterable[Article], *, at: datetime) -> dict[int, LiveStory]:
    """Return what is told of those that are live, by article. One query, none where none changed."""
    changed = [article for article in articles if _has_changed(article)]
    if not changed:
        return {}
    told = (Correction.Kind.UPDATE, Correction.Kind.CORRECT)
    rows = (
        Correction.objects.filter(article__in=changed, kind__in=told)
        .filter(at__gt=at - WITHIN, at__lte=at)
        .order_by("-at", "-pk")
    )
    by_article: dict[int, list[Correction]] = {}
    for note in rows:
        by_article.setdefault(note.article_id, []).append(note)
    return {
        pk: LiveStory(tuple(notes[:SHOWN]), len(notes))
        for pk, notes in by_article.items()
        if len(notes) >= NOTES
    }


def _has_changed(article: Article) -> bool:
    version, first = article.live_version, article.first_published_at
    return version is not None and first is not None and version.at > first
