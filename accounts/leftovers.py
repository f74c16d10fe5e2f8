"""What logins leave behind: sessions that are over, failures and logins of long ago."""

from collections.abc import Iterator
from datetime import datetime

from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import QuerySet

from accounts.login_limits import KEEP_LOGINS
from accounts.models import ResetRequest
from accounts.resets import LATELY

# Of one transaction.
AT_ONCE = 500


def leftovers(at: datetime) -> dict[str, QuerySet]:
    """Return, by what they are called, the rows that nothing reads any more at a moment."""
    return {
        "session": Session.objects.filter(expire_date__lt=at),
        "failed login": AccessAttempt.objects.filter(
            attempt_time__lt=at - settings.AXES_COOLOFF_TIME
        ),
        "login": AccessLog.objects.filter(attempt_time__lt=at - KEEP_LOGINS),
        "request for a password": ResetRequest.objects.filter(at__lt=at - LATELY),
    }


def prune_logins(at: datetime) -> Iterator[int]:
    """Delete what logins left behind; yield how many rows, batch by batch. Two queries each."""
    for rows in leftovers(at).values():
        yield from delete_in_batches(rows)


def delete_in_batches(rows: QuerySet) -> Iterator[int]:
    """Delete rows and yield how many, batch by batch. Two queries each."""
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        # What somebody goes on working in meanwhile is not among the rows any more.
        count, _ = rows.filter(pk__in=keys).delete()
        yield count
        if len(keys) < AT_ONCE:
            return
