"""What is kept of unsaved and overwritten texts, and of preview links, goes after 30 days."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from accounts.leftovers import delete_in_batches
from articles.models import ArticleVisit, OverwrittenDraft, PreviewLink, SentForm, WorkingCopy
from articles.models.keeping import KEPT_FOR


def old_unsaved(at: datetime) -> dict[str, QuerySet]:
    """Return, by what they are called, the rows that are deleted at a moment."""
    return {
        "unsaved text": WorkingCopy.objects.old(at),
        "overwritten draft": OverwrittenDraft.objects.old(at),
        "preview link": PreviewLink.objects.filter(expires_at__lt=at - KEPT_FOR),
        "visit": ArticleVisit.objects.old(at),
        "sent form": SentForm.objects.filter(saved_at__lt=at - KEPT_FOR),
    }


def prune_unsaved(at: datetime) -> Iterator[int]:
    """Delete what is old; yield how many rows, batch by batch. Two queries each."""
    for rows in old_unsaved(at).values():
        yield from delete_in_batches(rows)
