"""The fonts of cards: the site's own where they have the letters, else one of the machine's."""

from collections.abc import Iterator
from functools import cache, lru_cache
from pathlib import Path
from unicodedata import category

from PIL import ImageFont, features

from web.characters import drop_controls, settle_direction

# Where systems keep fonts, and those that we know, the best first: file names without their ending.
FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "/Library/Fonts",
    "/System/Library/Fonts/Supplemental",
)
KNOWN = (
    "NotoSerif-SemiBold", "NotoSerif-Bold",
    "NotoNaskhArabic-Bold", "NotoSansArabic-Bold", "NotoSerifHebrew-Bold", "NotoSansHebrew-Bold",
    "NotoSerifDevanagari-Bold", "NotoSansDevanagari-Bold", "NotoSerifBengali-Bold",
    "NotoSansThai-Bold", "NotoSerifCJK-Bold", "NotoSansCJK-Bold", "SourceHanSerif-Bold",
    "DejaVuSerif-Bold", "DejaVuSans-Bold", "FreeSerifBold", "LiberationSerif-Bold",
    "NotoSerifCJK-Regular", "NotoSansCJK-Regular", "wqy-zenhei", "DroidSansFallbackFull",
    "Times New Roman Bold", "Arial Unicode",
)  # fmt: skip
# No font has it, so what is drawn for it is drawn for everything that a font lacks.
_NO_LETTER = "\U0010fffe"
_PROBED = 24
# Of an emoji, whether it is in colour.
_VARIANTS = frozenset(map(chr, range(0xFE00, 0xFE10)))
# Stands in a text for a sign that is not drawn; no text of ours has it.
_LEFT_OUT = "\0"


def can_shape() -> bool:
    """Return whether this Pillow can set Arabic, Hebrew and their like."""
    return bool(features.check("raqm"))


def font_for(text: str, own: Path) -> Path | None:
    """Return the first font that has every letter and digit of a text; None where none has them.

    `own` is asked first. Signs such as emoji may be missing: `drawable` leaves them out.
    """
    needed = {sign for sign in text if category(sign)[0] in "LN"}
    return next((font for font in (own, *_installed()) if _has_all(font, needed)), None)


def drawable(text: str, font: Path) -> str:
    """Return a text without the signs that a font lacks, which would be boxes, and overrides.

    What was stored before the desk dropped them would stand backwards on the card.
    """
    kept: list[str] = []
    for sign in settle_direction(drop_controls(text)):
        if _joins(sign):
            # What is left of an emoji, such as its colour, is nothing by itself.
            is_drawn = _changes(kept[-1] if kept else " ", sign) and (
                can_shape() or _has(font, sign)
            )
        else:
            is_drawn = sign.isspace() or _has(font, sign)
        kept.append(sign if is_drawn else _LEFT_OUT)
    return " ".join("".join(kept).replace(_LEFT_OUT, "").split())


@lru_cache(maxsize=64)
def sized(font: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(font, size)


@cache
def _installed() -> tuple[Path, ...]:
    found = {path.stem: path for path in _files() if path.stem in KNOWN}
    return tuple(found[name] for name in KNOWN if name in found)


def _files() -> Iterator[Path]:
    for folder in map(Path, FOLDERS):
        if folder.is_dir():
            yield from folder.rglob("*.[to]t[fc]")


def _has_all(font: Path, signs: set[str]) -> bool:
    return all(_has(font, sign) for sign in signs)


def _changes(before: str, sign: str) -> bool:
    """Return whether a sign can change the one before it: a letter that is drawn, not an emoji."""
    return sign not in _VARIANTS and category(before)[0] in "LMN"


def _joins(sign: str) -> bool:
    """Return whether a sign only changes the letters beside it."""
    return sign in "\u200c\u200d" or category(sign) in ("Mn", "Mc")


@lru_cache(maxsize=20_000)
def _has(font: Path, sign: str) -> bool:
    return _shape(font, sign) != _shape(font, _NO_LETTER)


@lru_cache(maxsize=2_000)
def _shape(font: Path, sign: str) -> tuple[bytes, tuple[int, int]]:
    mask = sized(font, _PROBED).getmask(sign)
    return bytes(mask), mask.size
