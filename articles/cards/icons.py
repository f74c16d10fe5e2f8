"""The icons of the site, drawn from the first letter of its name."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from unicodedata import category

from PIL import Image, ImageDraw

from articles.cards.drawing import Ground, NoFont
from articles.cards.fonts import font_for, sized

# Of a maskable icon a phone may show no more than the inner circle, four fifths wide.
_LETTER, _MASKABLE_LETTER = 0.86, 0.58
_IN_FAVICON = [(16, 16), (32, 32), (48, 48)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Icon:
    """A file with an icon, as wide as high."""

    size: int
    media_type: str = "image/png"
    is_maskable: bool = False
    in_manifest: bool = False


# By the name under which browsers ask for it, or are told of it.
ICONS: Mapping[str, Icon] = {
    "favicon.ico": Icon(size=48, media_type="image/x-icon"),
    "apple-touch-icon.png": Icon(size=180),
    "icon-192.png": Icon(size=192, in_manifest=True),
    "icon-512.png": Icon(size=512, in_manifest=True),
    "icon-maskable-512.png": Icon(size=512, is_maskable=True, in_manifest=True),
}


@lru_cache(maxsize=2 * len(ICONS))
def draw_icon(name: str, site: str, ground: Ground) -> bytes:
    """Return an icon of ICONS for a site of this name. Raises NoFont."""
    icon = ICONS[name]
    # Small ones are made small from a large one: letters drawn small are thin.
    image = _drawn(_letter_of(site), 512, ground, is_maskable=icon.is_maskable)
    out = BytesIO()
    if name == "favicon.ico":
        image.save(out, format="ICO", sizes=_IN_FAVICON)
    else:
        size = (icon.size, icon.size)
        small = image.resize(size, Image.Resampling.LANCZOS).quantize(64)
        small.save(out, format="PNG", optimize=True)
    return out.getvalue()


def _letter_of(site: str) -> str:
    return next((sign.upper() for sign in site if category(sign)[0] in "LN"), "N")


def _drawn(letter: str, size: int, ground: Ground, *, is_maskable: bool) -> Image.Image:
    font = font_for(letter, ground.display)
    if font is None:
        message = f"no font here can draw “{letter}”, the first letter of the site's name"
        raise NoFont(message)
    image = Image.new("RGB", (size, size), ground.accent)
    draw = ImageDraw.Draw(image)
    height = size * (_MASKABLE_LETTER if is_maskable else _LETTER)
    # The letter itself is to be in the middle, not its line.
    left, top, right, bottom = sized(font, round(height)).getbbox(letter)
    place = ((size - left - right) / 2, (size - top - bottom) / 2)
    draw.text(place, letter, font=sized(font, round(height)), fill=ground.paper)
    return image
