"""Addresses that the desk has tested before it adds or changes a channel."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from wires.models.asked import AskedQuerySet
from wires.models.outlets import Channel


class AddressTestQuerySet(AskedQuerySet["AddressTest"]):
    pass


class AddressTest(models.Model):
    """An address that the worker reads once, to show what would come in. No post is stored.

    Kept for a day, for the page of the person who asked.
    """

    entered = models.CharField(max_length=2000)
    platform = models.CharField(max_length=32)
    account = models.CharField(max_length=255, blank=True)
    address = models.CharField(max_length=2000)
    interval_minutes = models.PositiveIntegerField(default=10)
    channel = models.ForeignKey(
        Channel, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    typed = models.JSONField(default=dict, help_text="The other fields of the form, to go on with.")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    asked_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    found = models.JSONField(default=dict, help_text="A SourcePreview.")
    problem = models.CharField(max_length=1000, blank=True, help_text="Why nothing would come in.")

    objects = AddressTestQuerySet.as_manager()

    class Meta:
        # Who may add or change a channel may test its address.
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=False) | Q(problem=""),
                name="an_address_test_has_a_problem_once_it_is_answered",
            ),
        ]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(answered_at=None), name="address_test_waiting"
            )
        ]

    def __str__(self) -> str:
        return self.entered
