"""What a web request leaves to the worker: it waits, is leased, is answered."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q


class AskedQuerySet[Row: models.Model](models.QuerySet[Row]):
    """Rows with `asked_at`, `lease_until` and `answered_at`."""

    def waiting(self, at: datetime) -> Self:
        """Return those that nobody answered, and nobody is working on."""
        free = Q(lease_until__isnull=True) | Q(lease_until__lte=at)
        return self.filter(free, answered_at=None)

    def claim(self, *, at: datetime, lease: timedelta, among: int) -> Row | None:
        """Lease the row that has waited longest. Another worker may be faster: two queries a try."""
        for row in self.waiting(at).order_by("asked_at", "pk")[:among]:
            if self.waiting(at).filter(pk=row.pk).update(lease_until=at + lease):
                return row
        return None
