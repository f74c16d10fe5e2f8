"""Uploaded pictures: decoded, turned upright, stripped of metadata and re-encoded."""

import re
import struct
import warnings
import zlib
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from PIL import Image as Pillow
from PIL import ImageCms, ImageOps

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
LARGEST_SIDE = 12_000
MOST_PIXELS = 50_000_000
# For the accept of a file input.
PICTURE_TYPES = "image/jpeg,image/png,image/webp,image/gif"
NOT_AN_IMAGE = "This is not an image that can be read. Use a JPEG, PNG, WebP or GIF file."

# Pillow's name: our extension, the modes we keep, how it is written.
FORMATS: dict[str, tuple[str, tuple[str, ...], dict[str, Any]]] = {
    "JPEG": ("jpg", ("L", "RGB"), {"quality": 88, "progressive": True, "optimize": True}),
    "PNG": ("png", ("L", "RGB", "RGBA"), {}),
    "WEBP": ("webp", ("RGB", "RGBA"), {"quality": 88}),
    "GIF": ("gif", ("L", "RGB", "RGBA"), {}),
}
# How a file of each begins: what its bytes are, whatever anybody calls them.
_BEGINNINGS = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
)
# What Pillow's decoders raise on files that lie about themselves.
UNREADABLE = (OSError, SyntaxError, ValueError, EOFError, IndexError, struct.error, zlib.error)


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
    _refuse_large(len(body))
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


def _refuse_large(size: int) -> None:
    if size > LARGEST_FILE:
        message = f"The file is larger than {LARGEST_FILE // MEGABYTE} MB."
        raise ValidationError(message)


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


def read_upload(upload: UploadedFile) -> Decoded:
    """Return the picture of an uploaded file. Raises ValidationError, as decode does."""
    _refuse_large(upload.size or 0)
    return decode(upload.read())


def media_type(body: bytes) -> str:
    """Return the media type of a stored picture by its first bytes; "" of anything else."""
    return next((name for start, name in _BEGINNINGS if start.match(body)), "")
