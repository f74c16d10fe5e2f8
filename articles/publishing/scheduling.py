"""Publish at a set time: schedule, cancel, and do what is due.

What goes out is the draft as it was saved when somebody scheduled it. The checks run again at that
moment, and the person who scheduled it must still have the right. A schedule goes out once: that it does
is written in the transaction that makes the article public.
"""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth.models import User
from django.db import InterfaceError, OperationalError, transaction

from articles import vetting
from articles.models import LATE_AFTER, Act, Article, Schedule
from articles.publishing.clearance import clear
from articles.publishing.freezing import freeze, keep_frozen
from articles.publishing.inputs import read_inputs
from articles.publishing.on_record import allow, log, noted
from articles.publishing.refusals import (
    BadTime,
    ChangedMeanwhile,
    HeldByChecks,
    NotAllowed,
    Refused,
    ScheduleOver,
)
from articles.publishing.releasing import (
    NAMES,
    check_readable,
    check_state,
    end_schedule,
    fetch_article,
    locked_article,
    open_schedule,
    release,
)
from articles.publishing.snapshot import build_snapshot
from articles.publishing.telling import tell_of_stop
from web.words import count_of, long_time

logger = logging.getLogger(__name__)

TRIES = 3
# A worker that was killed holds one up for no longer than this.
LEASE = timedelta(seconds=10)
FURTHEST = timedelta(days=366)
RIGHT_TO = {"": "publish", "update": "update a live article", "correct": "correct a live article"}
PERMISSION_TO = {
    "": "articles.publish_article",
    "update": "articles.update_article",
    "correct": "articles.correct_article",
}


def schedule(
    article: Article,
    *,
    due_at: datetime,
    by: User | None,
    at: datetime,
    kind: str = "",
    note: str = "",
    seen_at: datetime | None = None,
) -> Schedule:
    """Have the saved draft go out at `due_at`, in place of what was scheduled before.

    `kind` is that of an update of a live article, and `seen_at` when the draft was saved that the
    editor has read. Raises what publish and update raise, BadTime and ChangedMeanwhile.
    """
    allow(by, PERMISSION_TO[kind], RIGHT_TO[kind])
    if kind:
        note = noted(note, NAMES[kind])
    check_time(due_at, at=at)
    for _ in range(TRIES):
        fresh = fetch_article(article)
        if seen_at is not None and fresh.updated_at != seen_at:
            message = "Somebody saved this article after you opened it. Read it, then schedule it."
            raise ChangedMeanwhile(message)
        check_state(fresh, at=due_at, first=not kind, again=True)
        snapshot = build_snapshot(fresh, at=at)
        check_readable(fresh, snapshot)
        cleared = clear(fresh, snapshot, by=by, at=at)
        frozen = freeze(fresh, note=note)
        with transaction.atomic():
            locked = locked_article(article)
            if read_inputs(locked).stamp() != snapshot.stamp:
                continue
            if clear(locked, snapshot, by=by, at=at) != cleared:
                continue
            check_state(locked, at=due_at, first=not kind, again=True)
            before = end_schedule(locked, at=at)
            was = before.was_status if before else locked.status
            row = Schedule.objects.create(
                article=locked,
                due_at=due_at,
                draft=frozen.draft,
                cited=frozen.cited,
                digest=frozen.digest,
                saved_at=locked.updated_at,
                kind=kind,
                note=note,
                before=locked.live_version,
                was_status=was,
                by=by,
                made_at=at,
            )
            if not kind:
                _set_status(locked, Article.Status.SCHEDULED)
            log(locked, Act.Verb.SCHEDULE, by=by, at=at, detail={"for": due_at.isoformat()})
        article.refresh_from_db(fields=["status", "updated_at"])
        return row
    message = "The article or a post it cites keeps changing; try again in a moment."
    raise ChangedMeanwhile(message)


def check_time(due_at: datetime, *, at: datetime) -> None:
    """Raise BadTime for a time that is over, or further off than anybody means."""
    if due_at <= at:
        message = f"{long_time(due_at)} is over. Choose a later time, or publish now."
        raise BadTime(message)
    if due_at > at + FURTHEST:
        message = f"{long_time(due_at)} is more than a year off. Choose an earlier time."
        raise BadTime(message)


def _set_status(article: Article, status: str) -> None:
    # Not updated_at: no form that is open would be out of date by it.
    article.status = status
    article.save(update_fields=["status"])


def cancel(article: Article, *, by: User | None, at: datetime) -> None:
    """Cancel the schedule of an article. Raises NotAllowed or ScheduleOver."""
    kinds = Schedule.objects.open().filter(article=article).values_list("kind", flat=True)
    allow(by, PERMISSION_TO[next(iter(kinds), "")], "cancel a schedule")
    with transaction.atomic():
        locked = locked_article(article)
        row = end_schedule(locked, at=at)
        if row is None:
            message = "There is nothing to cancel: it is public already, or somebody cancelled it."
            raise ScheduleOver(message)
        if row.is_first:
            _set_status(locked, row.was_status)
        log(locked, Act.Verb.CANCEL, by=by, at=at, detail={"for": row.due_at.isoformat()})
    article.refresh_from_db(fields=["status"])


def set_embargo(
    article: Article, *, until: datetime | None, by: User | None, at: datetime
) -> Schedule | None:
    """Set the time before which nothing of the article leaves, or lift the embargo with None.

    A schedule before that time is cancelled, and returned. Raises NotAllowed or BadTime.
    """
    allow(by, "articles.publish_article", "set an embargo")
    if until is not None and until <= at:
        message = f"{long_time(until)} is over. Choose a later time, or no embargo."
        raise BadTime(message)
    with transaction.atomic():
        locked = locked_article(article)
        before, locked.embargo_until = locked.embargo_until, until
        locked.save(update_fields=["embargo_until"])
        detail = {
            "before": before and before.isoformat(),
            "after": until and until.isoformat(),
        }
        log(locked, Act.Verb.EMBARGO, by=by, at=at, detail=detail)
        waiting = open_schedule(locked)
        cancelled = None
        if until is not None and waiting is not None and waiting.due_at < until:
            cancelled = end_schedule(locked, at=at)
        if cancelled is not None:
            if cancelled.is_first:
                _set_status(locked, cancelled.was_status)
            detail = {"for": cancelled.due_at.isoformat()}
            log(locked, Act.Verb.CANCEL, by=by, at=at, detail=detail)
    article.refresh_from_db(fields=["status", "embargo_until"])
    return cancelled


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What became of a schedule that was due."""

    schedule: Schedule
    headline: str
    late: timedelta
    problem: str = ""

    def __str__(self) -> str:
        if self.problem:
            return f"“{self.headline}” is not public: {self.problem}"
        minutes = self.late // timedelta(minutes=1)
        late = f", {count_of(minutes, 'minute')} late" if self.late >= LATE_AFTER else ""
        return f"“{self.headline}” is public{late}"


def publish_due(
    *, now: Callable[[], datetime], is_over: Callable[[], bool] = lambda: False
) -> Iterator[Done]:
    """Publish what is due, the longest due first, and yield what became of each.

    Any number of workers may: each schedule is leased, and goes out once even where two have it.
    """
    while not is_over():
        row = _claim(now())
        if row is None:
            return
        try:
            done = _publish(row, at=now())
        except ScheduleOver:
            continue
        if done is not None:
            yield done


def _claim(at: datetime) -> Schedule | None:
    """Return the schedule that is due longest, leased. Two queries, one where nothing is due."""
    free = Schedule.objects.due(at).free(at)
    for pk in free.soonest_first().values_list("pk", flat=True):
        if free.filter(pk=pk).update(lease_until=at + LEASE):
            return Schedule.objects.select_related("article__created_by", "by").get(pk=pk)
    return None


def _publish(row: Schedule, *, at: datetime) -> Done | None:
    late, headline = at - row.due_at, row.article.headline
    try:
        _allow_still(row)
        version = release(row.article, by=row.by, at=at, note=row.note, kind=row.kind, schedule=row)
    except (ScheduleOver, OperationalError, InterfaceError):
        raise
    except ChangedMeanwhile:
        # The lease runs out, and it is tried again.
        return None
    except Refused as refused:
        problem = _problem(refused)
    except Exception as error:
        # One article that crashes a check must not keep back all the others.
        logger.exception("Article %s could not be published as scheduled", row.article_id)
        problem = f"It could not be published ({type(error).__name__}); tell who runs the site."
    else:
        return Done(schedule=row, headline=version.headline, late=late)
    stop(row, problem=problem, at=at)
    return Done(schedule=row, headline=headline, late=late, problem=problem)


def _allow_still(row: Schedule) -> None:
    """Raise NotAllowed where who scheduled it has lost the right since."""
    who = row.by
    if who is None:
        return
    if not who.is_active:
        message = f"The account of {who.get_username()}, who scheduled it, is deactivated."
        raise NotAllowed(message)
    if not who.has_perm(PERMISSION_TO[row.kind]):
        message = f"{who.get_username()}, who scheduled it, may not {RIGHT_TO[row.kind]} any more."
        raise NotAllowed(message)


def _problem(refused: Refused) -> str:
    """Return why it is stopped, without words of the article."""
    if not isinstance(refused, HeldByChecks):
        return str(refused)[:500]
    titles = dict.fromkeys(vetting.title_of(finding.code) for finding in refused.findings)
    return f"{refused} {'; '.join(titles)}."[:500]


def stop(row: Schedule, *, problem: str, at: datetime) -> None:
    """End a schedule that cannot go out, and tell its author and its editor.

    Raises ScheduleOver where somebody cancelled it, or another worker did it, meanwhile.
    """
    with transaction.atomic():
        locked = locked_article(row.article)
        current = Schedule.objects.open().filter(pk=row.pk, digest=row.digest).first()
        if current is None:
            message = "The schedule was cancelled, or its text is public already."
            raise ScheduleOver(message)
        keep_frozen(current, at=at)
        current.end(Schedule.Outcome.STOPPED, at=at, problem=problem)
        if current.is_first:
            _set_status(locked, current.was_status)
        detail = {"scheduled_for": row.due_at.isoformat(), "problem": problem}
        log(locked, Act.Verb.STOP, by=None, at=at, detail=detail)
        tell_of_stop(row, problem=problem, at=at)
