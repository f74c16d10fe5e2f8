"""The pictures of the library."""

import re

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from articles.prose import Picture, drop_comments

# The name of a picture in a body: ![alt](image:17).
REFERENCE = re.compile(r"image:([1-9][0-9]{0,17})\b")


class ImageQuerySet(models.QuerySet["Image"]):
    def pictures_in(self, *bodies: str) -> dict[int, Picture]:
        """Return the pictures of the library that bodies name, by id. One query, or none."""
        named = {int(pk) for body in bodies for pk in REFERENCE.findall(body)}
        return {image.pk: image.picture for image in self.filter(pk__in=named)} if named else {}


class Image(models.Model):
    """A re-encoded picture in the library; `![alt](image:17)` inserts it into a text."""

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

    objects = ImageQuerySet.as_manager()

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

    @property
    def picture(self) -> Picture:
        """The picture as the renderer and the checks take it."""
        return Picture(
            id=self.pk,
            url=self.url,
            alt=self.alt,
            credit=self.credit,
            width=self.width,
            height=self.height,
            caption=drop_comments(self.caption),
            is_decorative=self.is_decorative,
        )
