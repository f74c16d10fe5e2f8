"""Links that the desk pasted and the worker has to fetch."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from wires.models.asked import AskedQuerySet
from wires.models.posts import Post


class PastedLinkQuerySet(AskedQuerySet["PastedLink"]):
    pass


class PastedLink(models.Model):
    """A link whose post must be fetched and parsed, which no web request does.

    Kept for a day, for the page of the person who pasted it.
    """

    address = models.CharField(max_length=2000)
    screenshot = models.BinaryField(default=bytes, help_text="Bytes of an image; may be empty.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    post = models.ForeignKey(Post, on_delete=models.CASCADE, null=True, related_name="+")
    problem = models.CharField(max_length=1000, blank=True, help_text="Why there is no post.")

    objects = PastedLinkQuerySet.as_manager()

    class Meta:
        # Who may add a post may leave a link.
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, post=None, problem="")
                | (Q(answered_at__isnull=False) & (Q(post=None) ^ Q(problem=""))),
                name="a_pasted_link_is_answered_by_a_post_or_a_problem",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(answered_at=None), name="pasted_link_waiting"
            )
        ]

    def __str__(self) -> str:
        return self.address
