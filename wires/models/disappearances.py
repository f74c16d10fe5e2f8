"""Posts that their source does not show any more, by evidence, and whether they came back."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from wires.models.evidence import Evidence
from wires.models.posts import Post


class DisappearanceQuerySet(models.QuerySet["Disappearance"]):
    def open(self) -> "DisappearanceQuerySet":
        """Those of posts that are not there again."""
        return self.filter(back_at__isnull=True)


class Disappearance(models.Model):
    """A post that was asked for and is not there. Both facts stay when it comes back.

    That a post is no longer in a feed is none: only what `how` says is evidence.
    """

    class How(models.TextChoices):
        MISSING = "missing", "missing between two posts that are there, on two fetches"
        NOT_FOUND = "not_found", "its server answers that there is no such post"
        OMITTED = "omitted", "left out where it was asked for"
        STATED = "stated", "the platform says that it was deleted, or is shown to nobody"

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="disappearances")
    how = models.CharField(max_length=9, choices=How)
    missed_at = models.DateTimeField(help_text="When it was first found missing.")
    withdrawn_at = models.DateTimeField(
        null=True, help_text="When that was certain; null while it was found missing once only."
    )
    checked_at = models.DateTimeField(help_text="When it was last found missing.")
    back_at = models.DateTimeField(null=True, help_text="When it was there again.")
    proof = models.ForeignKey(
        Evidence,
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
        help_text="Of its absence.",
    )
    proof_of_return = models.ForeignKey(
        Evidence, on_delete=models.SET_NULL, null=True, related_name="+"
    )

    objects = DisappearanceQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["post"],
                condition=Q(back_at__isnull=True),
                name="post_is_missing_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=Q(back_at__isnull=True) | Q(withdrawn_at__isnull=False),
                name="only_what_was_withdrawn_came_back",
            ),
        ]

    def __str__(self) -> str:
        return f"Post {self.post_id} {self.how}"

    def is_certain(self, at: datetime) -> bool:
        """Return whether a post that is missing at a moment was so on an earlier fetch too."""
        return self.missed_at < at
