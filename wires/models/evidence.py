"""The bytes behind the words: as they were fetched, and those that are kept for ever."""

from datetime import datetime
from typing import Self

from django.db import models
from django.db.models import Q

from wires.models.outlets import Channel


class CaptureQuerySet(models.QuerySet["Capture"]):
    def with_body(self) -> Self:
        """Those whose bytes are still held, which is the condition of the index of that name."""
        return self.filter(body__isnull=False)

    def with_old_body(self, before: datetime) -> Self:
        return self.with_body().filter(fetched_at__lt=before)


class Capture(models.Model):
    """Bytes as they were fetched: the hash and what else is known of them for ever.

    The body is kept for 30 days, longer where it proves something: see `wires.pruning.captures`.
    A trigger lets a body go, or come back once where it went by age, and a provisional hash become
    final; nothing else.
    """

    channel = models.ForeignKey(Channel, on_delete=models.PROTECT, related_name="captures")
    sha256 = models.CharField(max_length=64)
    fetched_at = models.DateTimeField()
    url = models.CharField(max_length=2000, blank=True)
    size = models.PositiveIntegerField(help_text="Bytes before compression.")
    body = models.BinaryField(null=True, help_text="zlib; null after 30 days.")
    erased_at = models.DateTimeField(
        null=True, help_text="When the body was removed, or not kept, on legal request."
    )

    objects = CaptureQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True) | Q(body__isnull=True),
                name="erased_capture_has_no_body",
            ),
            models.UniqueConstraint(
                fields=["channel", "sha256"], name="capture_is_unique_in_its_channel"
            ),
        ]
        indexes = [
            models.Index(
                fields=["fetched_at", "id"],
                condition=Q(body__isnull=False),
                name="capture_with_body",
            ),
            models.Index(fields=["channel", "-fetched_at"], name="capture_last_of_its_channel"),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class Evidence(models.Model):
    """The bytes behind a cited version, kept for ever unless an erased post is in them."""

    class Kind(models.TextChoices):
        CAPTURE = "capture", "as fetched"
        SCREENSHOT = "screenshot", "screenshot"
        ABSENCE = "absence", "shows that the post was not there"
        RETURN = "return", "shows that the post was there again"

    post_version = models.ForeignKey(
        "wires.PostVersion", on_delete=models.PROTECT, related_name="evidence"
    )
    kind = models.CharField(max_length=10, choices=Kind, default=Kind.CAPTURE)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveIntegerField(help_text="Bytes before compression.")
    body = models.BinaryField(null=True, help_text="zlib; null once erased.")
    kept_at = models.DateTimeField()
    erased_at = models.DateTimeField(
        null=True, help_text="When the bytes were removed, because an erased post was in them."
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True, body__isnull=False)
                | Q(erased_at__isnull=False, body__isnull=True),
                name="evidence_has_bytes_until_erased",
            ),
            models.UniqueConstraint(
                fields=["post_version", "kind", "sha256"], name="evidence_is_kept_once"
            ),
        ]
        verbose_name_plural = "evidence"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.sha256[:12]}"
