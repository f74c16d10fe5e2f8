"""Publications at a set time: what goes out then, and what became of it."""

from datetime import datetime, timedelta
from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.models.article import Article
from articles.models.version import ArticleVersion, Correction

# Later than this, somebody should know.
LATE_AFTER = timedelta(seconds=60)


class ScheduleQuerySet(models.QuerySet["Schedule"]):
    def open(self) -> Self:
        """Return what is still to go out."""
        return self.filter(over_at=None)

    def due(self, at: datetime) -> Self:
        return self.open().filter(due_at__lte=at)

    def free(self, at: datetime) -> Self:
        """Return what no worker is publishing."""
        return self.filter(Q(lease_until=None) | Q(lease_until__lte=at))

    def stopped(self) -> Self:
        """Return what did not go out, and nobody has said that they know."""
        return self.filter(outcome=Schedule.Outcome.STOPPED, seen_at=None)

    def soonest_first(self) -> Self:
        return self.order_by("due_at", "pk")


class Schedule(models.Model):
    """An article, or an update of a live one, as it was saved when somebody scheduled it.

    What is saved later does not go out with it. Its words are emptied once it is over.
    """

    class Outcome(models.TextChoices):
        PUBLISHED = "published", "Published"
        CANCELLED = "cancelled", "Cancelled"
        STOPPED = "stopped", "Stopped"

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="schedules")
    due_at = models.DateTimeField()
    draft = models.JSONField(default=dict, help_text="What goes out: see articles.forms.drafts.")
    cited = models.JSONField(
        default=list,
        help_text="Of each source what no form holds, [{key, version, cited_at, …}].",
    )
    digest = models.CharField(
        max_length=64, help_text="Of the draft: an erasure of words in it shows."
    )
    saved_at = models.DateTimeField(help_text="When the draft was saved.")
    kind = models.CharField(
        max_length=8,
        choices=Correction.Kind,
        blank=True,
        help_text="Of an update its kind; empty for a first publication.",
    )
    note = models.TextField(blank=True, help_text="The public note of an update.")
    before = models.ForeignKey(
        ArticleVersion,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="The version that it replaces.",
    )
    was_status = models.CharField(max_length=9, help_text="Where the article goes back to.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)
    over_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    problem = models.CharField(max_length=500, blank=True, help_text="Why it was stopped.")
    version = models.ForeignKey(
        ArticleVersion,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="What it published.",
    )
    seen_at = models.DateTimeField(null=True, help_text="When somebody had read why it stopped.")

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(over_at=None),
                name="an_article_has_one_open_schedule",
            ),
            models.CheckConstraint(
                condition=Q(over_at=None, outcome="") | (Q(over_at__isnull=False) & ~Q(outcome="")),
                name="schedule_that_is_over_has_an_outcome",
            ),
            models.CheckConstraint(
                condition=Q(over_at=None) | Q(draft={}, note=""),
                name="schedule_that_is_over_has_no_words",
            ),
            models.CheckConstraint(
                condition=Q(kind="") | Q(before__isnull=False),
                name="schedule_of_an_update_knows_the_version_before",
            ),
        ]
        indexes = [
            models.Index(F("due_at"), F("id"), condition=Q(over_at=None), name="schedule_soonest"),
            models.Index(
                F("over_at"),
                condition=Q(outcome="stopped", seen_at=None),
                name="schedule_stopped_unseen",
            ),
            models.Index(F("article"), F("id"), name="schedule_of_its_article"),
        ]

    def __str__(self) -> str:
        return f"Article {self.article_id} at {self.due_at:%d %B %Y %H:%M} UTC"

    @property
    def is_open(self) -> bool:
        return self.over_at is None

    @property
    def is_first(self) -> bool:
        """Return whether it publishes an article that was never public."""
        return not self.kind

    def is_late(self, at: datetime) -> bool:
        """Return whether it should have gone out more than a minute ago."""
        return self.is_open and self.due_at <= at - LATE_AFTER

    def end(self, outcome: str, *, at: datetime, **fields: Any) -> None:
        """Write what became of it, and empty its words."""
        self.over_at, self.outcome, self.draft, self.note = at, outcome, {}, ""
        self.lease_until = None
        for name, value in fields.items():
            setattr(self, name, value)
        names = ["over_at", "outcome", "draft", "note", "lease_until", *fields]
        self.save(update_fields=names)
