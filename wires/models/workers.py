"""Which workers live, and what polling brought minute by minute."""

from datetime import datetime, timedelta
from typing import Self

from django.db import models

# Workers report every few seconds; one that was silent for so long is taken for dead.
SILENT_AFTER = timedelta(minutes=2)


class WorkerQuerySet(models.QuerySet["Worker"]):
    def living(self, at: datetime) -> Self:
        """Those heard of lately. One that reports from the future has a wrong clock, and lives."""
        return self.filter(heartbeat_at__gt=at - SILENT_AFTER)


class Worker(models.Model):
    """A process that polls, under the name that its leases are held by."""

    name = models.CharField(max_length=100, unique=True)
    started_at = models.DateTimeField()
    heartbeat_at = models.DateTimeField(db_index=True)

    objects = WorkerQuerySet.as_manager()

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.name

    @classmethod
    def is_silent(cls, heartbeat_at: datetime | None, *, at: datetime) -> bool:
        """Return whether the last heartbeat of all workers is too long ago."""
        return heartbeat_at is None or heartbeat_at <= at - SILENT_AFTER


class PollMinute(models.Model):
    """What one worker polled in about a minute, which ended at `at`."""

    at = models.DateTimeField(db_index=True)
    worker = models.CharField(max_length=100)
    channels = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    failed = models.PositiveIntegerField()
    posts = models.PositiveIntegerField()
    versions = models.PositiveIntegerField()
    parser_failures = models.PositiveIntegerField()
    lost_leases = models.PositiveIntegerField()
    lag_p95 = models.FloatField(help_text="Seconds between falling due and being asked.")
    kinds = models.JSONField(default=dict, help_text="Failures by kind.")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"{self.worker} at {self.at:%Y-%m-%d %H:%M}"
