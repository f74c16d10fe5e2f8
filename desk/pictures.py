"""Uploaded pictures: decoded, turned upright, stripped of metadata and re-encoded.

What cameras, phones and scanners write is taken in; what browsers do not show becomes JPEG.
"""

import re
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from io import BytesIO
from math import ceil, sqrt
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from PIL import Image as Pillow

from desk.colours import on_screen

MEGABYTE = 1024 * 1024
LARGEST_FILE = 20 * MEGABYTE
LARGEST_SIDE = 12_000
MOST_PIXELS = 50_000_000
# What is larger is stored at half its width and height, or less: to turn, convert and encode 50
# megapixels took up to 1.5 GB, and no page shows as many.
MOST_STORED = 24_000_000
# For the accept of a file input: some systems know a type by its ending alone.
PICTURE_TYPES = (
    "image/jpeg,image/png,image/webp,image/gif,image/avif,image/heic,image/heif,image/tiff,"
    "image/bmp,.heic,.heif,.tif,.tiff"
)
PICTURE_HELP = (
    f"JPEG, PNG, WebP, GIF, AVIF, HEIC, TIFF or BMP, up to {LARGEST_FILE // MEGABYTE} MB and "
    f"{MOST_PIXELS // 1_000_000} megapixels. Metadata is removed. Of an animation or of several "
    "pages the first picture is kept; AVIF, HEIC, TIFF and BMP become JPEG. Above "
    f"{MOST_STORED // 1_000_000} megapixels the picture is stored at half its width and height."
)
NOT_AN_IMAGE = "This is not an image that can be read. Use a JPEG, PNG, WebP, GIF, AVIF, HEIC, TIFF or BMP file."
DAMAGED = "This image file is damaged or was cut short. Copy or export it again, then upload that."
RAW = "This is a raw file of a camera, whose picture is not developed yet. Export it as a JPEG."


@dataclass(frozen=True, slots=True)
class _Format:
    """What is stored: our extension, how it is written, what it holds."""

    extension: str
    name: str
    modes: tuple[str, ...]
    options: dict[str, Any]


_JPEG = _Format("jpg", "JPEG", ("L", "RGB"), {"quality": 88, "progressive": True, "optimize": True})
_PNG = _Format("png", "PNG", ("L", "RGB", "RGBA"), {})
_WEBP = _Format("webp", "WEBP", ("RGB", "RGBA"), {"quality": 88})
_LOSSLESS_WEBP = _Format("webp", "WEBP", ("RGB", "RGBA"), {"lossless": True})
_GIF = _Format("gif", "GIF", ("L", "RGB", "RGBA"), {})
# Pillow's name of what is read: what is stored, without and with transparency.
_STORED = {
    "JPEG": (_JPEG, _JPEG),
    # A JPEG with a second picture: of the other lens, or smaller for a screen.
    "MPO": (_JPEG, _JPEG),
    "PNG": (_PNG, _PNG),
    "WEBP": (_WEBP, _WEBP),
    "GIF": (_GIF, _GIF),
    "AVIF": (_JPEG, _WEBP),
    "HEIF": (_JPEG, _WEBP),
    "TIFF": (_JPEG, _PNG),
    "BMP": (_JPEG, _PNG),
}
_READ = tuple(name for name in _STORED if name != "MPO")
_LOSSLESS_ONLY = frozenset({"TIFF", "BMP"})
_ORIENTATION = 0x0112
_UPRIGHT: dict[int, Callable[[Any], Any]] = {
    2: lambda picture: picture.transpose(Pillow.Transpose.FLIP_LEFT_RIGHT),
    3: lambda picture: picture.transpose(Pillow.Transpose.ROTATE_180),
    4: lambda picture: picture.transpose(Pillow.Transpose.FLIP_TOP_BOTTOM),
    5: lambda picture: picture.transpose(Pillow.Transpose.TRANSPOSE),
    6: lambda picture: picture.transpose(Pillow.Transpose.ROTATE_270),
    7: lambda picture: picture.transpose(Pillow.Transpose.TRANSVERSE),
    8: lambda picture: picture.transpose(Pillow.Transpose.ROTATE_90),
}
# Its decoder keeps four copies of a picture, of four bytes a pixel.
_MOST_OF_WEBP = 24_000_000
# What can be made smaller as it is; the others once their colours are converted.
_REDUCIBLE = frozenset({"L", "RGB", "RGBA", "CMYK"})
# Of TIFF: a smaller picture stands first, and the version of Adobe's raw format.
_REDUCED, _DNG = 0x00FE, 0xC612

# How a file of each begins: what its bytes are, whatever anybody calls them.
_BEGINNINGS = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb".{4}ftyp(?:avif|avis)", re.DOTALL), "image/avif"),
    (re.compile(rb".{4}ftyp(?:hei[cxms]|hev[cxms]|mif1|msf1)", re.DOTALL), "image/heic"),
    (re.compile(rb"(?:II\*\0|MM\0\*)"), "image/tiff"),
    (re.compile(rb"BM.{12}", re.DOTALL), "image/bmp"),
)
# What Pillow's decoders raise on files that lie about themselves.
UNREADABLE = (
    OSError, SyntaxError, ValueError, TypeError, KeyError, EOFError, IndexError, MemoryError,
    RuntimeError, struct.error, zlib.error,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A picture re-encoded by us: only the pixels of the upload are kept.

    lost says for the editor what else of it is not.
    """

    body: bytes
    extension: str
    width: int
    height: int
    lost: tuple[str, ...] = ()

    @property
    def sha256(self) -> str:
        return sha256(self.body).hexdigest()


@cache
def _teach_heif() -> None:
    """Let Pillow read what iPhones take."""
    # Loads its decoder, which web processes do without until somebody uploads a picture.
    import pillow_heif

    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False)


def decode(body: bytes) -> Decoded:
    """Return the picture upright, in sRGB and without metadata; only the first of several.

    Raises ValidationError for a file that is too large, damaged, or no picture that we read.
    """
    _refuse_large(len(body))
    _teach_heif()
    try:
        with warnings.catch_warnings():
            # Pillow warns about pictures that our own limit refuses one line below, and about
            # metadata that we drop.
            warnings.simplefilter("ignore")
            picture = Pillow.open(BytesIO(body), formats=_READ)
            _measure(*picture.size)
            _refuse_large_webp(picture)
            _refuse_raw(picture)
            return _encoded(picture, body)
    except Pillow.DecompressionBombError as error:
        raise ValidationError(_too_many_pixels()) from error
    except ValidationError:
        raise
    except UNREADABLE as error:
        raise ValidationError(DAMAGED if media_type(body) else NOT_AN_IMAGE) from error


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


def _refuse_large_webp(picture: Any) -> None:
    if picture.format == "WEBP" and picture.width * picture.height > _MOST_OF_WEBP:
        message = (
            f"A WebP image may have {_MOST_OF_WEBP // 1_000_000} megapixels. "
            "Save this one as a JPEG, or smaller, and upload that."
        )
        raise ValidationError(message)


def _refuse_raw(picture: Any) -> None:
    """Refuse a raw file of a camera, which is a TIFF whose first picture is a thumbnail."""
    tags = getattr(picture, "tag_v2", {}) if picture.format == "TIFF" else {}
    if _DNG in tags or tags.get(_REDUCED) == 1:
        raise ValidationError(RAW)


def _encoded(picture: Any, body: bytes) -> Decoded:
    name = str(picture.format)
    # Once it is read, the frames of a file cannot be counted in every format.
    lost = tuple(_lost(picture, name))
    factor = _too_large_by(picture)
    if factor > 1:
        # Of a JPEG only as much is decoded; elsewhere this does nothing.
        picture.draft(None, tuple(side // factor for side in picture.size))
    # A TIFF turns itself upright while it is read, and says so then.
    picture.load()
    turn = _UPRIGHT.get(_orientation(picture))
    if picture.mode in _REDUCIBLE:
        picture = _reduced(picture)
    clean = _reduced(on_screen(turn(picture) if turn else picture))
    if factor > 1:
        lost = (*lost, f"It was stored at {clean.width:,} × {clean.height:,} pixels.")
    form = _STORED[name][clean.mode == "RGBA"]
    if name == "WEBP" and b"VP8L" in body[:64]:
        form = _LOSSLESS_WEBP
    clean = clean if clean.mode in form.modes else clean.convert("RGB")
    # Encoders would write the comments, profiles and XMP they find here.
    clean.info = {}
    out = BytesIO()
    clean.save(out, format=form.name, **form.options)
    return Decoded(
        body=out.getvalue(),
        extension=form.extension,
        width=clean.width,
        height=clean.height,
        lost=lost,
    )


def _too_large_by(picture: Any) -> int:
    """Return by what whole number its sides are divided to have no more pixels than are stored."""
    pixels = picture.width * picture.height
    return ceil(sqrt(pixels / MOST_STORED)) if pixels > MOST_STORED else 1


def _reduced(picture: Any) -> Any:
    factor = _too_large_by(picture)
    return picture.reduce(factor) if factor > 1 else picture


def _orientation(picture: Any) -> int:
    """Return how the camera was held; 1, upright, where its metadata are damaged."""
    try:
        return int(picture.getexif().get(_ORIENTATION, 1))
    except UNREADABLE:
        return 1


def _lost(picture: Any, name: str) -> Iterator[str]:
    # The second picture of a JPEG is the first one again, from beside it or smaller. To count
    # them all takes time that grows with their square in a TIFF.
    if getattr(picture, "is_animated", False) and name != "MPO":
        kind = "page" if name == "TIFF" else "picture"
        yield f"Only the first {kind} was kept."
    if name in _LOSSLESS_ONLY:
        yield "It was stored as a JPEG or PNG."


def read_upload(upload: UploadedFile) -> Decoded:
    """Return the picture of an uploaded file. Raises ValidationError, as decode does."""
    _refuse_large(upload.size or 0)
    return decode(upload.read())


def media_type(body: bytes) -> str:
    """Return the media type of a stored picture by its first bytes; "" of anything else."""
    return next((name for start, name in _BEGINNINGS if start.match(body)), "")
