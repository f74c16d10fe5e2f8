"""Renditions: a stored picture in several widths and formats, for pages to choose from."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from typing import Any

from PIL import Image as Pillow

# To be raised with every change below that makes other files: the worker then makes all again.
RECIPE = 1
WIDTHS = (320, 640, 960, 1280, 1920)
# Of a long chart only the narrow ones are made: encoding takes memory by the pixel.
MOST_PIXELS = 6_000_000
# The encoder is slow: at 8 it takes a second for the widest, and its files are hardly larger.
_AVIF = {"quality": 58, "speed": 8, "max_threads": 1}
_DRAWN = {"quality": 70, "speed": 8, "max_threads": 1, "subsampling": "4:4:4"}
_WEBP = {"quality": 78, "method": 4}
_JPEG = {"quality": 80, "progressive": True, "optimize": True}
_PNG = {"optimize": True}
_LIGHT = ("avif", "webp")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rendition:
    """One file of a picture."""

    extension: str
    width: int
    height: int
    body: bytes

    @property
    def mark(self) -> str:
        """What tells it from another of the same width: eight digits of its hash."""
        return sha256(self.body).hexdigest()[:8]


def make_renditions(original: bytes, *, extension: str) -> list[Rendition]:
    """Return the renditions of a picture that `desk.pictures` encoded, the widest first.

    None is wider than the picture, nor as large a file. Raises what Pillow raises on a damaged
    file: `desk.pictures.UNREADABLE`.
    """
    made = [r for r in _made(original, extension) if len(r.body) < len(original)]
    sizes = {kind: sum(len(r.body) for r in made if r.extension == kind) for kind in _LIGHT}
    # Browsers take the first form that they know: of a drawing that is often the larger one.
    useless = "avif" if sizes["avif"] >= sizes["webp"] > 0 else ""
    return [rendition for rendition in made if rendition.extension != useless]


def _made(original: bytes, extension: str) -> Iterator[Rendition]:
    picture = Pillow.open(BytesIO(original), formats=("JPEG", "PNG", "WEBP", "GIF"))
    full = picture.size
    sizes = [(width, _height(width, full)) for width in _widths(full)]
    if not sizes:
        return
    # A JPEG is decoded at a half, a quarter or an eighth if that is enough.
    picture.draft(None, sizes[0])
    picture.load()
    base = _plain(picture)
    for width, height in sizes:
        scaled = base.resize((width, height), Pillow.Resampling.LANCZOS, reducing_gap=3.0)
        for kind, form, options in _forms(scaled, is_drawn=extension in {"png", "gif"}):
            if (width, height) != full or kind != extension:
                body = _encoded(scaled, form, options)
                yield Rendition(extension=kind, width=width, height=height, body=body)


def _widths(full: tuple[int, int]) -> list[int]:
    """Return the widths to make of a picture of this size, the widest first."""
    widths = sorted({*(w for w in WIDTHS if w < full[0]), min(full[0], WIDTHS[-1])}, reverse=True)
    return [width for width in widths if width * _height(width, full) <= MOST_PIXELS]


def _height(width: int, full: tuple[int, int]) -> int:
    return max(1, round(full[1] * width / full[0]))


def _plain(picture: Any) -> Any:
    if picture.mode in {"L", "RGB", "RGBA"}:
        return picture
    return picture.convert("RGBA" if picture.has_transparency_data else "RGB")


def _forms(picture: Any, *, is_drawn: bool) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Yield the extension, Pillow's format and its options, of each form that is made."""
    yield "avif", "AVIF", _DRAWN if is_drawn else _AVIF
    yield "webp", "WEBP", _WEBP
    if picture.mode == "RGBA":
        yield "png", "PNG", _PNG
    else:
        yield "jpg", "JPEG", _JPEG


def _encoded(picture: Any, form: str, options: dict[str, Any]) -> bytes:
    # These two know no grey.
    shown = picture.convert("RGB") if form in {"AVIF", "WEBP"} and picture.mode == "L" else picture
    # Encoders would write what they find here.
    shown.info = {}
    out = BytesIO()
    shown.save(out, format=form, **options)
    return out.getvalue()
