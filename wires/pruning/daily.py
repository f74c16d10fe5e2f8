"""A job that is done once a day by one of the workers, in small batches."""

from collections.abc import Callable, Iterable
from datetime import datetime

from wires.models import RENEW_EVERY, DailyJob
from wires.schedule import Ticker


def do_daily(
    name: str,
    batches: Callable[[], Iterable[int]],
    *,
    worker: str,
    now: Callable[[], datetime],
    is_over: Callable[[], bool],
    rest: Callable[[], object],
) -> int | None:
    """Do a job unless that was done today or another worker is at it; None then. One query then.

    Returns the sum of what the batches yield. `rest` is called after each batch that changed
    something, so that other writers get their turn. A killed worker leaves the job to the next
    one, which begins again with what is left; so does one that is told to stop.
    """
    if not _lease(name, worker=worker, at=now()):
        return None
    job, renewal, total = DailyJob.objects.filter(name=name), Ticker(RENEW_EVERY, now()), 0
    for count in batches():
        total += count
        if is_over():
            job.release(worker)
            return total
        if renewal.is_due(now()) and not job.renew(worker, at=now()):
            return total
        if count:
            rest()
    job.filter(lease_owner=worker).update(done_at=now(), lease_owner="", lease_until=None)
    return total


def _lease(name: str, *, worker: str, at: datetime) -> bool:
    """Make the job the worker's; False where it is not due. One query then, else two or three."""
    row = DailyJob.objects.filter(name=name).first()
    if row is None:
        DailyJob.objects.bulk_create([DailyJob(name=name)], ignore_conflicts=True)
    elif not DailyJob.objects.due(at).filter(pk=row.pk).exists():
        return False
    return bool(DailyJob.objects.due(at).filter(name=name).lease(worker, at=at))
