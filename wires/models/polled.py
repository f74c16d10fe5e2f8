"""What is asked again and again: whose turn it is, when it is due, and what went wrong.

A lease has an owner, who renews it for as long as it lives: what a killed worker held is free half
a minute later, and what a living one holds stays its own, however long a site takes.
"""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import connection, models, transaction
from django.db.models import DateTimeField, ExpressionWrapper, F, Q, Value
from django.db.models.functions import Coalesce

# A worker renews its leases every few seconds, and may miss that a few times.
LEASE = timedelta(seconds=settings.WIRE_LEASE)
RENEW_EVERY = LEASE / 5
# The clocks of two hosts may differ by this much before we take one of them for wrong.
CLOCK_SLACK = timedelta(minutes=1)


class LeasedQuerySet[Row: models.Model](models.QuerySet[Row]):
    def free(self, at: datetime) -> Self:
        """Those that nobody holds. A lease that ends later than any can was written by a wrong clock."""
        return self.filter(
            Q(lease_until__isnull=True)
            | Q(lease_until__lte=at)
            | Q(lease_until__gt=at + LEASE + CLOCK_SLACK)
        )

    def lease(self, worker: str, *, at: datetime, **more: Any) -> int:
        """Make all of these the worker's, and write `more` on them. One query."""
        return self.update(lease_owner=worker, lease_until=at + LEASE, **more)

    def renew(self, worker: str, *, at: datetime) -> int:
        """Prolong what the worker still holds; return how many rows that were. Two queries."""
        with transaction.atomic():
            return self.filter(pk__in=self._lock_held(worker)).update(lease_until=at + LEASE)

    def release(self, worker: str) -> int:
        """Give back what the worker still holds. Two queries."""
        with transaction.atomic():
            held = self.filter(pk__in=self._lock_held(worker))
            return held.update(lease_owner="", lease_until=None)

    def _lock_held(self, worker: str) -> list[int]:
        """Lock these rows, but for those that somebody else is writing.

        Two who wait for each other's rows would wait for ever. What is left out this time is
        renewed the next, or runs out.
        """
        skip_locked = connection.features.has_select_for_update_skip_locked
        held = self.filter(lease_owner=worker).select_for_update(
            skip_locked=skip_locked, no_key=True
        )
        return list(held.values_list("pk", flat=True))


class PolledQuerySet[Row: models.Model](LeasedQuerySet[Row]):
    def from_the_future(self, at: datetime) -> Self:
        """Those polled later than now: the clock was wrong then, and when they are due is too."""
        return self.filter(last_polled_at__gt=at + CLOCK_SLACK)

    def forget_the_future(self, at: datetime) -> int:
        """Let those polled by a wrong clock wait as long as they were to, but from now. One query."""
        wait = Coalesce(F("next_poll_at"), F("last_polled_at")) - F("last_polled_at")
        due = ExpressionWrapper(Value(at, DateTimeField()) + wait, output_field=DateTimeField())
        return self.from_the_future(at).update(
            next_poll_at=due,
            due_since=None,
            last_polled_at=at,
            lease_owner="",
            lease_until=None,
        )


class Leased(models.Model):
    """What one worker at a time may work on."""

    lease_owner = models.CharField(max_length=100, blank=True, default="", editable=False)
    lease_until = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True


class PolledSource(Leased):
    """What polling keeps of a source: its validators, when it is due, and what went wrong."""

    etag = models.CharField(max_length=1000, blank=True, editable=False)
    last_modified = models.CharField(max_length=200, blank=True, editable=False)
    next_poll_at = models.DateTimeField(null=True, blank=True, editable=False)
    # When it fell due, where its site was busy then and next_poll_at is when to try again.
    due_since = models.DateTimeField(null=True, blank=True, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    last_error = models.CharField(max_length=500, blank=True, editable=False)
    last_error_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_polled_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        abstract = True
