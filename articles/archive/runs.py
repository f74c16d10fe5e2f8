"""A pass over all live articles, shared by any number of workers through the database.

A run hands out batches of articles. A worker holds a batch until its lease expires; the findings
are written in the same short transaction that ends the batch, so a killed worker loses only the
batch it was working on, and the next worker claims it again.
"""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import IntegrityError, connection, transaction
from django.db.models import F

from articles.archive.checking import AT_ONCE, VettedArticle, record, vet_one
from articles.archive.pieces import live_articles, with_pictures
from articles.models import ArchiveBatch, ArchiveRun, Article
from articles.publishing.snapshot import outlet_directory

# The newsroom is quiet, the day before is complete, and few time zones skip this hour.
NIGHTLY_AT = time(3, 30)
# A batch takes less than a second; an article at the size limit takes two.
LEASE = timedelta(minutes=2)
# Nobody needs runs older than a year.
KEPT = timedelta(days=365)


def night_of(at: datetime, zone: ZoneInfo) -> date:
    """Return the start of the latest night: each night starts at NIGHTLY_AT in the zone."""
    local = at.astimezone(zone)
    return local.date() if local.time() >= NIGHTLY_AT else local.date() - timedelta(days=1)


def under_way() -> ArchiveRun | None:
    """Return the unfinished run, if there is one. One query."""
    return ArchiveRun.objects.filter(finished_at__isnull=True).first()


def tonight(*, at: datetime, zone: ZoneInfo) -> ArchiveRun | None:
    """Return the run a worker should continue: an unfinished one, else that of a night still due.

    A night without a worker is made up for by the next worker. One or two queries.
    """
    if run := under_way():
        return run
    night = night_of(at, zone)
    if ArchiveRun.objects.filter(night_on=night).exists():
        return None
    return begin(at=at, night_on=night)


def begin(*, at: datetime, night_on: date | None = None) -> ArchiveRun | None:
    """Start a run, or return the one that another worker has just started."""
    ArchiveRun.objects.filter(finished_at__lt=at - KEPT).delete()
    try:
        with transaction.atomic():
            return ArchiveRun.objects.create(started_at=at, night_on=night_on)
    except IntegrityError:
        return under_way()


def go_on(
    run: ArchiveRun, *, now: Callable[[], datetime], is_over: Callable[[], bool]
) -> Iterator[VettedArticle]:
    """Vet batch after batch and yield the results once they are recorded.

    Ends when no batch is left, or after the current article once `is_over` turns true. At least
    one article is vetted per call.
    """
    while batch := claim(run, at=now()):
        yield from vet_batch(batch, now=now, is_over=is_over)
        if is_over():
            return


def claim(run: ArchiveRun, *, at: datetime) -> ArchiveBatch | None:
    """Claim the next articles of a run, or an abandoned batch; None if none are free.

    A run with no articles left to hand out or finish is ended. At most five queries.
    """
    skip = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        locked = ArchiveRun.objects.select_for_update(no_key=True).get(pk=run.pk)
        if locked.finished_at is not None:
            return None
        left = locked.batches.select_for_update(skip_locked=skip).filter(lease_until__lte=at)
        if batch := left.order_by("pk").first():
            batch.lease_until = at + LEASE
            batch.save(update_fields=["lease_until"])
            return batch
        ahead = Article.objects.live().filter(pk__gt=locked.reached).order_by("pk")
        keys = list(ahead.values_list("pk", flat=True)[:AT_ONCE])
        if keys:
            return _hand_out(locked, keys[-1], at=at)
        if not locked.batches.exists():
            locked.finished_at = at
            locked.save(update_fields=["finished_at"])
    return None


def _hand_out(run: ArchiveRun, through: int, *, at: datetime) -> ArchiveBatch:
    batch = ArchiveBatch.objects.create(
        run=run, after=run.reached, through=through, lease_until=at + LEASE
    )
    run.reached = through
    run.save(update_fields=["reached"])
    return batch


def vet_batch(
    batch: ArchiveBatch, *, now: Callable[[], datetime], is_over: Callable[[], bool]
) -> list[VettedArticle]:
    """Vet and record the articles of a batch; release those left when `is_over` turns true.

    At most eleven queries, however many articles.
    """
    names, vetted = outlet_directory(), []
    rows = live_articles().filter(pk__gt=batch.after, pk__lte=batch.through).order_by("pk")
    lives = with_pictures(rows)
    for live in lives:
        vetted.append(vet_one(live, names))
        if is_over():
            break
    is_done = len(vetted) == len(lives)
    with transaction.atomic():
        record(vetted, at=now())
        reached = batch.through if is_done else vetted[-1].article.pk
        _settle(batch, vetted, reached=reached, at=now())
    return vetted


def _settle(
    batch: ArchiveBatch, vetted: list[VettedArticle], *, reached: int, at: datetime
) -> None:
    """End or shorten a batch and update the run, unless another worker claimed it meanwhile."""
    ours = ArchiveBatch.objects.filter(
        pk=batch.pk, after=batch.after, lease_until=batch.lease_until
    )
    if reached < batch.through:
        is_ours = bool(ours.update(after=reached, lease_until=at))
    else:
        is_ours = bool(ours.delete()[0])
    if not is_ours:
        return
    ArchiveRun.objects.filter(pk=batch.run_id).update(
        articles=F("articles") + len(vetted),
        held=F("held") + sum(bool(each.holds) for each in vetted),
        queried=F("queried") + sum(bool(each.queries) and not each.holds for each in vetted),
        failed=F("failed") + sum(bool(each.failure) for each in vetted),
    )
