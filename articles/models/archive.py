"""The nightly check of everything live, and the faults it found."""

from typing import Self

from django.db import models
from django.db.models import F, Q

from articles.models.article import Article
from articles.models.clearance import Acknowledgement, Override
from articles.models.version import ArticleVersion
from wires.models import Post


class ArchiveRun(models.Model):
    """One pass of the checks over all live articles; at most one runs at a time.

    It is leased in batches, so that any number of workers share it and a killed worker loses only
    its own batch.
    """

    night_on = models.DateField(
        null=True, unique=True, help_text="The night it was due; none where a person asked for it."
    )
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    reached = models.BigIntegerField(default=0, help_text="The last article handed out.")
    articles = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0, help_text="Articles that a new hold is against.")
    queried = models.PositiveIntegerField(default=0, help_text="Those with new queries alone.")
    failed = models.PositiveIntegerField(default=0, help_text="Articles that no check could read.")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                models.Value(1),
                condition=Q(finished_at__isnull=True),
                name="one_archive_run_is_under_way",
            ),
        ]
        indexes = [models.Index(F("started_at").desc(), name="archive_run_newest_first")]

    def __str__(self) -> str:
        return f"Run of {self.started_at:%d %B %Y %H:%M}"


class ArchiveBatch(models.Model):
    """Article ids of a run that a worker holds until its lease expires."""

    run = models.ForeignKey(ArchiveRun, on_delete=models.CASCADE, related_name="batches")
    after = models.BigIntegerField()
    through = models.BigIntegerField()
    lease_until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.after} to {self.through}"


class LiveVetting(models.Model):
    """When the public version of an article was last checked, and how many faults are new."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="vetting")
    version = models.ForeignKey(ArticleVersion, on_delete=models.CASCADE, related_name="+")
    vetted_at = models.DateTimeField()
    holds = models.PositiveIntegerField(default=0)
    queries = models.PositiveIntegerField(default=0)
    known = models.PositiveIntegerField(
        default=0, help_text="Findings that were there when it was published."
    )
    failure = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"Article {self.article_id}, {self.holds} holds, {self.queries} queries"


class FaultQuerySet(models.QuerySet["Fault"]):
    def open(self) -> Self:
        """Return faults of current live versions that still apply and are not cleared."""
        same = {
            "article": models.OuterRef("article"),
            "fingerprint": models.OuterRef("fingerprint"),
        }
        return (
            self.filter(article__live_version=F("version"))
            .filter(
                Q(moved_at__isnull=True)
                | Q(code="source-deleted", moved_at=F("post__withdrawn_at"))
                | Q(code="source-changed", moved_at=F("post__latest_version__captured_at"))
            )
            .exclude(models.Exists(Acknowledgement.objects.filter(**same)))
            .exclude(models.Exists(Override.objects.filter(**same)))
        )


class Fault(models.Model):
    """A finding on a live article that it did not have when it was published."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="faults")
    version = models.ForeignKey(ArticleVersion, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=40)
    level = models.CharField(max_length=5)
    fingerprint = models.CharField(max_length=64)
    finding = models.JSONField(help_text="As vetting.Finding.as_dict has it.")
    post = models.ForeignKey(
        Post,
        on_delete=models.CASCADE,
        null=True,
        related_name="+",
        help_text="The post that was edited or withdrawn, where that is the fault.",
    )
    moved_at = models.DateTimeField(null=True, help_text="When it was, as we saw it.")
    found_at = models.DateTimeField()

    objects = FaultQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article", "fingerprint"], name="a_fault_is_recorded_once"
            ),
        ]
        indexes = [models.Index(F("found_at").desc(), F("id").desc(), name="fault_newest_first")]

    def __str__(self) -> str:
        return f"{self.code} against article {self.article_id}"


class AlertTally(models.Model):
    """How many live articles have alerts, as the worker last counted them. At most one row.

    The desk's first page reads it with what the count rests on, so it costs no query of its own.
    """

    articles = models.PositiveIntegerField()
    is_more = models.BooleanField()
    made_of = models.CharField(max_length=200, help_text="What was newest when it was counted.")
    counted_at = models.DateTimeField()

    class Meta:
        # Nobody has it before them.
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(models.Value(1), name="there_is_one_alert_tally"),
        ]

    def __str__(self) -> str:
        return f"{self.articles} articles"
