"""The pictures of the library."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse


class Image(models.Model):
    """A picture of the library, decoded and encoded anew; `![alt](image:17)` puts it in a text."""

    class Format(models.TextChoices):
        JPEG = "jpg", "JPEG"
        PNG = "png", "PNG"
        WEBP = "webp", "WebP"
        GIF = "gif", "GIF"

    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    extension = models.CharField(max_length=4, choices=Format, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    size = models.PositiveIntegerField(editable=False, help_text="Bytes.")
    alt = models.CharField(
        max_length=500, blank=True, help_text="What it shows, for those who cannot see it."
    )
    is_decorative = models.BooleanField(default=False)
    credit = models.CharField(max_length=200, blank=True)
    caption = models.CharField(max_length=500, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_decorative=False) | Q(alt=""), name="a_decorative_image_has_no_alt"
            ),
        ]

    def __str__(self) -> str:
        return self.alt or f"Image {self.pk}"

    @property
    def filename(self) -> str:
        return f"{self.sha256}.{self.extension}"

    @property
    def url(self) -> str:
        return reverse("articles:media", args=[self.sha256, self.extension])
