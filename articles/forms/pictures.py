"""Uploaded pictures: decoded, turned upright, stripped of metadata and re-encoded."""

import errno
import logging
import struct
import warnings
import zlib
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

from articles.models import Image
from desk.forms import PlainForm

logger = logging.getLogger(__name__)

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
LARGEST_SIDE = 12_000
MOST_PIXELS = 50_000_000
NOT_AN_IMAGE = "This is not an image that can be read. Use a JPEG, PNG, WebP or GIF file."

# Pillow's name: our extension, the modes we keep, how it is written.
FORMATS: dict[str, tuple[str, tuple[str, ...], dict[str, Any]]] = {
    "JPEG": ("jpg", ("L", "RGB"), {"quality": 88, "progressive": True, "optimize": True}),
    "PNG": ("png", ("L", "RGB", "RGBA"), {}),
    "WEBP": ("webp", ("RGB", "RGBA"), {"quality": 88}),
    "GIF": ("gif", ("L", "RGB", "RGBA"), {}),
}
# What Pillow's decoders raise on files that lie about themselves.
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error)


class PictureNotStored(Exception):
    """The file of a picture could not be written; the message is for the editor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A picture re-encoded by us: only the pixels of the upload are kept."""

    body: bytes
    extension: str
    width: int
    height: int

    @property
    def sha256(self) -> str:
        return sha256(self.body).hexdigest()


def decode(body: bytes) -> Decoded:
    """Return the picture upright, in sRGB and without metadata; only the first of several frames.

    Raises ValidationError for a file that is too large or not a JPEG, PNG, WebP or GIF.
    """
    if len(body) > LARGEST_FILE:
        message = f"The file is larger than {LARGEST_FILE // MEGABYTE} MB."
        raise ValidationError(message)
    try:
        with warnings.catch_warnings():
            # Pillow warns about pictures that our own limit refuses one line below.
            warnings.simplefilter("ignore", Pillow.DecompressionBombWarning)
            picture = Pillow.open(BytesIO(body), formats=tuple(FORMATS))
        _measure(*picture.size)
        return _encoded(picture)
    except Pillow.DecompressionBombError as error:
        raise ValidationError(_too_many_pixels()) from error
    except UNREADABLE as error:
        raise ValidationError(NOT_AN_IMAGE) from error


def _measure(width: int, height: int) -> None:
    if width * height > MOST_PIXELS or max(width, height) > LARGEST_SIDE:
        raise ValidationError(_too_many_pixels())


def _too_many_pixels() -> str:
    return (
        f"The image is too large. The limits are {MOST_PIXELS // 1_000_000} megapixels "
        f"and {LARGEST_SIDE:,} pixels a side."
    )


def _encoded(picture: Any) -> Decoded:
    name = picture.format
    extension, modes, options = FORMATS[name]
    profile = picture.info.get("icc_profile")
    upright = ImageOps.exif_transpose(picture)
    clean = _in_mode(upright, modes, profile)
    # Encoders would write the comments, profiles and XMP they find here.
    clean.info = {}
    out = BytesIO()
    clean.save(out, format=name, **options)
    return Decoded(body=out.getvalue(), extension=extension, width=clean.width, height=clean.height)


def _in_mode(picture: Any, modes: tuple[str, ...], profile: bytes | None) -> Any:
    has_alpha = picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info
    wanted = "RGBA" if has_alpha and "RGBA" in modes else "L" if picture.mode == "L" else "RGB"
    if profile and picture.mode == "RGB":
        picture = _in_srgb(picture, profile)
    return picture.convert(wanted if wanted in modes else "RGB")


def _in_srgb(picture: Any, profile: bytes) -> Any:
    """Convert wide-gamut camera colours to sRGB before the profile is dropped."""
    try:
        return ImageCms.profileToProfile(
            picture, ImageCms.ImageCmsProfile(BytesIO(profile)), ImageCms.createProfile("sRGB")
        )
    except (ImageCms.PyCMSError, *UNREADABLE):
        return picture


def store_picture(name: str, body: bytes) -> None:
    """Store the file atomically, unless one of the same size is already there.

    Raises PictureNotStored, after logging, if it cannot be written; no partial file is left.
    """
    try:
        if default_storage.exists(name) and default_storage.size(name) == len(body):
            return
        default_storage.save(name, ContentFile(body))
    except OSError as error:
        reason = error.strerror or type(error).__name__
        logger.error("Picture %s could not be stored: %s", name, reason)
        is_full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        message = (
            f"The image could not be stored: {'the disk is full' if is_full else reason}. "
            "Tell the people who run the site, then upload it again."
        )
        raise PictureNotStored(message) from error


class ImageForm(PlainForm):
    """The alternative text, credit and caption of a picture in the library."""

    class Meta:
        model = Image
        fields = ("alt", "is_decorative", "credit", "caption")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("is_decorative") and data.get("alt"):
            self.add_error("alt", "A decorative image has no alternative text. Leave this empty.")
        return data


class ImageUploadForm(ImageForm):
    """A new picture. `save_picture` returns the existing row if the library already has it."""

    image = forms.FileField(
        label="File",
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,image/webp,image/gif"}),
    )
    field_order = ("image", "alt", "is_decorative", "credit", "caption")

    def clean_image(self) -> Decoded:
        upload = self.cleaned_data["image"]
        if (upload.size or 0) > LARGEST_FILE:
            message = f"The file is larger than {LARGEST_FILE // MEGABYTE} MB."
            raise ValidationError(message)
        return decode(upload.read())

    def save_picture(self, *, by: User, at: datetime) -> Image:
        """Store the file and its row, once each. Call it outside a transaction.

        Raises PictureNotStored.
        """
        picture: Decoded = self.cleaned_data["image"]
        store_picture(f"{picture.sha256}.{picture.extension}", picture.body)
        texts = {field: self.cleaned_data[field] for field in ImageForm.Meta.fields}
        image, is_new = Image.objects.get_or_create(
            sha256=picture.sha256,
            defaults={
                "extension": picture.extension,
                "width": picture.width,
                "height": picture.height,
                "size": len(picture.body),
                "uploaded_by": by,
                "uploaded_at": at,
                **texts,
            },
        )
        if not is_new and not image.is_decorative:
            _fill_in(image, texts)
        return image


def _fill_in(image: Image, said: dict[str, Any]) -> None:
    """Fill in texts that the library row lacks; existing ones are kept."""
    fields = [
        name for name in ("alt", "credit", "caption") if said[name] and not getattr(image, name)
    ]
    for name in fields:
        setattr(image, name, said[name])
    if fields:
        image.save(update_fields=fields)
