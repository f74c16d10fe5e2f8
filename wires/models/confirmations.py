"""Who said that words entered by hand are the words of their post."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from wires.models.evidence import Capture


class Confirmation(models.Model):
    """That a post says what somebody entered of it by hand; words without one stay at the desk.

    Each version needs its own: other words are another version.
    """

    class How(models.TextChoices):
        SECOND = "second", "by a second person"
        ALONE = "alone", "by one person, without a second"
        FETCHED = "fetched", "fetched from the outlet later, with the same words"
        PUBLISHED = "published", "in a published article before words had to be confirmed"

    post_version = models.OneToOneField(
        "wires.PostVersion", on_delete=models.CASCADE, related_name="confirmation"
    )
    how = models.CharField(max_length=9, choices=How)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="As in the version, so that a constraint can compare it.",
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    at = models.DateTimeField()
    capture = models.ForeignKey(
        Capture,
        on_delete=models.PROTECT,
        null=True,
        related_name="confirmations",
        help_text="The bytes in which the same words came.",
    )
    content_hash = models.CharField(
        max_length=64, blank=True, help_text="Of what was fetched; another one is an edit."
    )

    class Meta:
        # It is made and taken back by its own acts, by those who may add posts.
        default_permissions = ()
        constraints = [
            models.CheckConstraint(
                condition=Q(how__in=["second", "alone"], by__isnull=False)
                | Q(how__in=["fetched", "published"], by__isnull=True),
                name="words_are_confirmed_by_a_person_or_by_what_happened",
            ),
            models.CheckConstraint(
                condition=~Q(how="second") | ~Q(by=F("entered_by")),
                name="a_second_person_did_not_enter_the_words",
            ),
            models.CheckConstraint(
                condition=Q(how="fetched") | Q(capture__isnull=True, content_hash=""),
                name="only_what_was_fetched_has_bytes",
            ),
        ]

    def __str__(self) -> str:
        return f"Version {self.post_version_id} confirmed {self.get_how_display()}"
