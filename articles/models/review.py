"""Drafts handed to the editors, and what these said."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q

from articles.models.article import Article


class ReviewQuerySet(models.QuerySet["Review"]):
    def open(self) -> Self:
        """Return the requests that nobody has answered."""
        return self.filter(answered_at=None)

    def of_article(self, article: Article) -> Self:
        return self.filter(article=article)

    def answer(
        self, *, by: User | None, at: datetime, is_returned: bool = False, answer: str = ""
    ) -> bool:
        """Answer those that are open; return whether there was one. One query."""
        rows = self.open()
        return bool(
            rows.update(answered_by=by, answered_at=at, is_returned=is_returned, answer=answer)
        )

    def newest_first(self) -> Self:
        return self.order_by("-asked_at", "-pk")


class Review(models.Model):
    """A writer hands in a draft; an editor publishes it, schedules it or sends it back."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="reviews")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        help_text="Nobody: any editor.",
    )
    comment = models.TextField(blank=True)
    asked_at = models.DateTimeField()
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True)
    is_returned = models.BooleanField(default=False, help_text="Changes were requested.")
    answer = models.TextField(blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["article"],
                condition=Q(answered_at=None),
                name="an_article_has_one_open_review",
            ),
            models.CheckConstraint(
                condition=~Q(answered_at=None) | Q(is_returned=False, answer=""),
                name="review_without_an_answer_says_nothing",
            ),
        ]
        indexes = [
            models.Index(F("article"), F("asked_at").desc(), name="review_of_its_article"),
            models.Index(F("by"), F("answered_at").desc(), name="review_of_who_asked"),
        ]

    def __str__(self) -> str:
        return f"Review of article {self.article_id}"
