"""Links that show a draft to somebody outside the newsroom for a while."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.models.article import Article


class PreviewLinkQuerySet(models.QuerySet["PreviewLink"]):
    def open(self, at: datetime) -> "PreviewLinkQuerySet":
        """Return the links that show something: neither over nor revoked, and the article neither
        withdrawn nor under embargo.
        """
        rows = self.filter(revoked_at=None, expires_at__gt=at)
        rows = rows.exclude(article__embargo_until__gt=at)
        return rows.exclude(article__status=Article.Status.WITHDRAWN)

    def newest_first(self) -> "PreviewLinkQuerySet":
        return self.order_by("-made_at", "-pk")


class PreviewLink(models.Model):
    """A draft as it was saved when the link was made, for anybody who has the address.

    It does not follow the draft: what leaves the newsroom is what somebody decided to send, and
    a reader without a login costs no checks. Only a hash of the address is kept.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="preview_links")
    token_hash = models.CharField(max_length=64, unique=True)
    headline = models.CharField(max_length=200)
    language = models.CharField(max_length=35)
    page = models.TextField(blank=True, help_text="What the page shows, as HTML of our templates.")
    posts = models.JSONField(default=list, help_text="The posts that the draft cited.")
    saved_at = models.DateTimeField(help_text="When the draft that it shows was saved.")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = PreviewLinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="preview_link_ends_after_it_began"
            ),
            # Of what nobody may read any more, no words stay.
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(page="", headline=""),
                name="revoked_preview_link_has_no_words",
            ),
        ]
        indexes = [
            models.Index(
                F("article"), F("made_at").desc(), F("id").desc(), name="preview_link_of_article"
            ),
            models.Index("expires_at", name="preview_link_by_end"),
        ]

    def __str__(self) -> str:
        return f"Preview link {self.pk}"

    def is_open(self, at: datetime) -> bool:
        return self.revoked_at is None and self.expires_at > at
