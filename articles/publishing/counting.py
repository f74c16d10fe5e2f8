"""Count what the checks have open against the drafts, for lists that cannot wait for the checks."""

import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import DatabaseError, IntegrityError, InterfaceError, transaction
from django.db.models import Exists, F, OuterRef, Q

from articles import vetting
from articles.models import Act, Article, ArticleQuerySet, DraftVetting, WireSource
from articles.publishing.clearance import clearances
from articles.publishing.snapshot import build_snapshot

logger = logging.getLogger(__name__)

# What moves nothing that is looked at here, such as a post that is back, shows after so long.
AT_LATEST = timedelta(days=1)


def open_findings(article: Article, *, at: datetime) -> list[vetting.Finding]:
    """Return what the checks say of the working copy and nobody cleared. At most seven queries."""
    found = build_snapshot(article, at=at).findings
    cleared = clearances(article)
    return [finding for finding in found if not cleared.for_finding(finding)]


def drafts_to_vet(at: datetime) -> ArticleQuerySet:
    """Return the drafts whose counts are out of date: saved since, cleared, or a post has changed."""
    vetted_at = OuterRef("draft_vetting__vetted_at")
    moved = Q(post__withdrawn_at__gte=vetted_at) | Q(
        post__latest_version__captured_at__gte=vetted_at
    )
    return Article.objects.not_yet_public().filter(
        Q(draft_vetting=None)
        | ~Q(draft_vetting__saved_at=F("updated_at"))
        | Q(draft_vetting__vetted_at__lt=at - AT_LATEST)
        # A clearance is on record, and so is one that was revoked.
        | Exists(Act.objects.filter(article=OuterRef("pk"), at__gte=vetted_at))
        | Exists(WireSource.objects.filter(moved, article=OuterRef("pk")))
    )


def vet_drafts(*, now: Callable[[], datetime], is_over: Callable[[], bool]) -> int:
    """Count the findings of drafts whose counts are out of date, the newest first; return how many.

    At most ten queries each. Any number of workers may: two that count one draft count the same.
    """
    drafts = drafts_to_vet(now()).order_by("-updated_at", "-pk").values_list("pk", flat=True)
    count = 0
    for pk in drafts:
        if is_over():
            break
        article = Article.objects.select_related("section", "image").filter(pk=pk).first()
        if article is None:
            continue
        _store(_vet(article, at=now()))
        count += 1
    return count


def _vet(article: Article, *, at: datetime) -> DraftVetting:
    row = DraftVetting(article=article, saved_at=article.updated_at, vetted_at=at)
    try:
        found = open_findings(article, at=at)
    except (DatabaseError, InterfaceError):
        raise
    except Exception:
        # One draft that crashes a check must not keep back all the others.
        logger.exception("The draft of article %s could not be vetted", article.pk)
        row.is_unreadable = True
        return row
    levels = [finding.level for finding in found]
    row.holds = levels.count(vetting.Level.HOLD)
    row.queries = levels.count(vetting.Level.QUERY)
    return row


def _store(row: DraftVetting) -> None:
    # Somebody may have deleted the draft meanwhile.
    with suppress(IntegrityError), transaction.atomic():
        DraftVetting.objects.bulk_create(
            [row],
            update_conflicts=True,
            unique_fields=["article"],
            update_fields=["saved_at", "vetted_at", "holds", "queries", "is_unreadable"],
        )
