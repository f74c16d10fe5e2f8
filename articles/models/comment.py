"""What people at the desk say to each other about a passage of an article."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import F, Q

from articles.models.article import Article

LONGEST_PASSAGE = 300


class CommentQuerySet(models.QuerySet["Comment"]):
    def open(self) -> Self:
        return self.filter(resolved_at=None)

    def mentioning(self, person: User) -> Self:
        return self.filter(mentioned=person)

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")


class Comment(models.Model):
    """A remark on a passage, or on the whole article, until somebody resolves it. Never public."""

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="comments")
    passage = models.CharField(
        max_length=LONGEST_PASSAGE, blank=True, help_text="The words that it is about."
    )
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    mentioned = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="comments_mentioning"
    )
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="comment_says_something"),
            models.CheckConstraint(
                condition=Q(resolved_at=None, resolved_by=None)
                | Q(resolved_at__isnull=False, resolved_by__isnull=False),
                name="comment_is_resolved_by_somebody",
            ),
        ]
        indexes = [
            models.Index(F("article"), F("at").desc(), F("id").desc(), name="comment_of_article"),
        ]

    def __str__(self) -> str:
        return f"Comment by {self.by} on article {self.article_id}"
