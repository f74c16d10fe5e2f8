"""What the worker does once a day, and when it was last done."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from wires.models.polled import CLOCK_SLACK, Leased, LeasedQuerySet

DAY = timedelta(days=1)


class DailyJobQuerySet(LeasedQuerySet["DailyJob"]):
    def due(self, at: datetime) -> Self:
        """Those not done for a day and that nobody does now. What was done in the future was not."""
        is_over = Q(done_at__lte=at - DAY) | Q(done_at__gt=at + CLOCK_SLACK)
        return self.free(at).filter(Q(done_at__isnull=True) | is_over)


class DailyJob(Leased):
    """A job that any of the workers does once a day, and goes on with where one was killed."""

    name = models.CharField(max_length=40, unique=True)
    done_at = models.DateTimeField(null=True)

    objects = DailyJobQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name
