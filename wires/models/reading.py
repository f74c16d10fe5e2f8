"""How a person reads the wire at the desk: what they have opened, picked, and searched for."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q


class WireReader(models.Model):
    """What somebody has read, and the posts in their basket. One row a person."""

    MOST_OPENED = 2_000
    MOST_IN_BASKET = 50

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="wire_reader"
    )
    read_until = models.DateTimeField(help_text="What came in before this counts as read.")
    opened = models.JSONField(default=list, help_text="The ids of posts opened since, newest last.")
    basket = models.JSONField(default=list, help_text="The ids of the posts picked, newest last.")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return f"Reader {self.user_id}"

    def is_unread(self, pk: int, first_seen_at: datetime) -> bool:
        return first_seen_at > self.read_until and pk not in self.opened


class SavedSearchQuerySet(models.QuerySet["SavedSearch"]):
    def shown_to(self, user: object) -> "SavedSearchQuerySet":
        """Those of a person, and those that others share."""
        return self.filter(Q(owner=user) | Q(is_shared=True))


class SavedSearch(models.Model):
    """A search under a name, one tab of the wire desk."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_searches"
    )
    name = models.CharField(max_length=40)
    query = models.CharField(max_length=500)
    is_shared = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects = SavedSearchQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"], name="saved_search_has_one_name_of_its_owner"
            ),
        ]
        default_permissions = ()
        verbose_name_plural = "saved searches"

    def __str__(self) -> str:
        return self.name
