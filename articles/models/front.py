"""How editors arranged the front page, and the line above it for breaking news."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.models.article import Article

LONGEST_BANNER = 160
# The lead, its side and the second row.
MOST_PINS = 9


class FrontOrderQuerySet(models.QuerySet["FrontOrder"]):
    def newest_first(self) -> Self:
        return self.order_by("-n")


class FrontOrder(models.Model):
    """One arrangement of the front page. The newest counts; to undo one writes an older one again."""

    n = models.PositiveIntegerField(unique=True)
    pins = models.JSONField(default=list, help_text="Articles from the lead on, by id.")
    two_leads = models.BooleanField(default=False, db_default=False)
    banner = models.CharField(max_length=LONGEST_BANNER, blank=True)
    banner_article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    banner_until = models.DateTimeField(null=True, blank=True)
    what = models.CharField(max_length=40, help_text="What was done, in our words.")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()

    objects = FrontOrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(banner="") | Q(banner_until__isnull=False),
                name="front_banner_has_an_end",
            ),
        ]
        indexes = [models.Index(F("n").desc(), name="front_order_newest_first")]

    def __str__(self) -> str:
        return f"Front page {self.n}"
