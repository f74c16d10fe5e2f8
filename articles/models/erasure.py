"""Legal erasures: what was erased, why, and where the words are still printed."""

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from articles.models.article import Article
from articles.models.version import ArticleVersion
from wires.models import Post


class ErasureQuerySet(models.QuerySet["Erasure"]):
    def open(self) -> Self:
        """Return erasures with places about which nobody has decided yet."""
        places = ErasurePlace.objects.open().filter(erasure=models.OuterRef("pk"))
        return self.filter(models.Exists(places))

    def with_open_places(self) -> Self:
        """Count as `open_places` how many places of each are not decided."""
        is_open = Q(places__closed_at__isnull=True, places__version__erased_at__isnull=True)
        return self.annotate(open_places=models.Count("places", filter=is_open))

    def newest_first(self) -> Self:
        return self.order_by("-at", "-pk")


class Erasure(models.Model):
    """A post or a version of an article that was erased on legal request.

    It holds no word of what was erased; `subject` stays when the row itself is removed.
    """

    class Kind(models.TextChoices):
        POST = "post", "Post"
        VERSION = "version", "Version of an article"

    kind = models.CharField(max_length=7, choices=Kind)
    subject = models.CharField(max_length=200, help_text="Which one, by number and code.")
    post = models.ForeignKey(Post, on_delete=models.SET_NULL, null=True, related_name="erasures")
    version = models.ForeignKey(
        ArticleVersion, on_delete=models.SET_NULL, null=True, related_name="erasures"
    )
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    emptied = models.JSONField(
        default=list, help_text="[[what, rows]]: how many rows of each kind were emptied."
    )

    objects = ErasureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="erasure_has_a_reason"),
            models.CheckConstraint(
                condition=Q(kind="post", version__isnull=True)
                | Q(kind="version", post__isnull=True),
                name="erasure_is_of_a_post_or_a_version",
            ),
        ]
        indexes = [models.Index(F("at").desc(), F("id").desc(), name="erasure_newest_first")]

    def __str__(self) -> str:
        return f"{self.subject}, {self.at:%d %B %Y}"


class ErasurePlaceQuerySet(models.QuerySet["ErasurePlace"]):
    def open(self) -> Self:
        """Return places that print the words, and about which nobody has decided yet."""
        return self.filter(closed_at__isnull=True).exclude(version__erased_at__isnull=False)


class ErasurePlace(models.Model):
    """A version, or a working copy, that itself printed words of what was erased."""

    erasure = models.ForeignKey(Erasure, on_delete=models.CASCADE, related_name="places")
    # Its draft can be deleted, and its words with it.
    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(
        ArticleVersion,
        on_delete=models.CASCADE,
        null=True,
        related_name="erasure_places",
        help_text="None for the working copy.",
    )
    text_hash = models.CharField(
        max_length=64, blank=True, help_text="Of the working copy as it was then."
    )
    kept_reason = models.CharField(
        max_length=500, blank=True, help_text="Why it may stay; empty where it was rewritten."
    )
    closed_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = ErasurePlaceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["erasure", "version"], name="a_version_is_listed_once_an_erasure"
            ),
            models.UniqueConstraint(
                fields=["erasure", "article"],
                condition=Q(version__isnull=True),
                name="a_working_copy_is_listed_once_an_erasure",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(version__isnull=True) | ~Q(kept_reason=""),
                name="a_version_is_kept_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"Article {self.article_id}, {self.version_id or 'working copy'}"

    @property
    def is_open(self) -> bool:
        """Return whether somebody has to decide. A query unless version is selected."""
        return self.closed_at is None and not (self.version and self.version.is_erased)
