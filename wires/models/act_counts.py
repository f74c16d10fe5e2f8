"""How often the desk asks other people's sites, counted where every web process sees it."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import AbstractUser
from django.db import models, transaction
from django.db.models import F, Q

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActLimit:
    """How often one person, and all together, may do something in so many minutes."""

    act: str
    each: int
    everybody: int
    every: timedelta = timedelta(minutes=10)


class TooOften(Exception):
    """Something was done too often lately. The message says when it may be done again."""

    def __init__(self, until: datetime) -> None:
        super().__init__(
            f"That was done too often in the last minutes. Try again at {until:%H:%M} UTC."
        )
        self.until = until


class ActCountQuerySet(models.QuerySet["ActCount"]):
    def use(self, limit: ActLimit, *, by: AbstractUser, at: datetime, times: int = 1) -> None:
        """Count something that is about to be done. Five queries. Raises TooOften, and counts nothing."""
        begins_at = at - (at - _EPOCH) % limit.every
        with transaction.atomic():
            self.filter(act=limit.act, begins_at__lt=begins_at).delete()
            # In one order, so that two who count at once do not wait for each other in a circle.
            for who, most in (("", limit.everybody), (str(by.pk), limit.each)):
                self._add(limit.act, who, begins_at, times=times, most=most, every=limit.every)

    def _add(
        self, act: str, who: str, begins_at: datetime, *, times: int, most: int, every: timedelta
    ) -> None:
        ActCount.objects.bulk_create(
            [ActCount(act=act, who=who, begins_at=begins_at)], ignore_conflicts=True
        )
        mine = self.filter(act=act, who=who, begins_at=begins_at, n__lte=most - times)
        if not mine.update(n=F("n") + times):
            raise TooOften(begins_at + every)


class ActCount(models.Model):
    """How often somebody did something since a moment; `who` is "" for all together."""

    act = models.CharField(max_length=32)
    who = models.CharField(max_length=32, blank=True)
    begins_at = models.DateTimeField()
    n = models.PositiveIntegerField(default=0)

    objects = ActCountQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["act", "who", "begins_at"], name="act_count_is_one_a_person_and_time"
            ),
            models.CheckConstraint(condition=~Q(act=""), name="act_count_names_its_act"),
        ]

    def __str__(self) -> str:
        return f"{self.act}: {self.n}"
