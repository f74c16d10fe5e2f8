"""Cards for social networks, drawn: what stands for an address where somebody shares it."""

from dataclasses import astuple, dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageOps

from articles.cards.fonts import can_shape, drawable, font_for, sized

# To be raised with every change that makes another card of the same words: all are drawn again.
RECIPE = 2
WIDTH, HEIGHT = 1200, 630
MARGIN, BAND = 64, 92
LARGEST, SMALLEST, STEP = 84, 34, 5
LEADING = 1.16
_TOP, _BOTTOM = 150, HEIGHT - BAND - 40
_JPEG = {"quality": 88, "optimize": True}
ELLIPSIS = "…"


class NoFont(Exception):
    """No font on this machine has the letters of a card; the message says which words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CardFace:
    """What a card shows: `words` large, unless it has a picture; the site below.

    `picture` is the hash of the picture's file, `focus` what a crop must show, in per cent.
    """

    site: str
    words: str
    kicker: str = ""
    detail: str = ""
    is_right_to_left: bool = False
    picture: str = ""
    focus: tuple[int, int] = (50, 50)

    @property
    def mark(self) -> str:
        """The hash of all that it shows, which is its address: another card, another address."""
        return sha256(repr((RECIPE, *astuple(self))).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The folder of the site's fonts, and the colours, as #rrggbb."""

    fonts: Path
    paper: str
    ink: str
    soft: str
    rule: str
    accent: str

    @property
    def display(self) -> Path:
        return self.fonts / "newsreader-display.woff2"


def draw_card(face: CardFace, ground: Ground, *, picture: bytes = b"") -> bytes:
    """Return a card as JPEG. Raises NoFont, and what Pillow raises on a damaged picture."""
    card = Image.new("RGB", (WIDTH, HEIGHT), ground.paper)
    draw = ImageDraw.Draw(card)
    if picture:
        card.paste(_cropped(picture, face.focus), (0, 0))
    else:
        _words(draw, face, ground)
    _band(draw, face, ground, is_ruled=not picture)
    out = BytesIO()
    card.save(out, format="JPEG", **_JPEG)
    return out.getvalue()


def _cropped(picture: bytes, focus: tuple[int, int]) -> Any:
    """Return the part of a picture that a card shows, as pages crop it: its focus stays in sight."""
    opened: Image.Image = Image.open(BytesIO(picture), formats=("JPEG", "PNG", "WEBP", "GIF"))
    size = (WIDTH, HEIGHT - BAND)
    opened.draft("RGB", size)
    if opened.has_transparency_data:
        # Drawings in black on nothing are made for paper.
        shown = opened.convert("RGBA")
        opened = Image.alpha_composite(Image.new("RGBA", shown.size, "white"), shown)
    return ImageOps.fit(opened.convert("RGB"), size, centering=(focus[0] / 100, focus[1] / 100))


def _words(draw: Any, face: CardFace, ground: Ground) -> None:
    draw.rectangle((0, 0, WIDTH, 12), fill=ground.accent)
    begin, end = ((WIDTH - MARGIN, 70), "ra"), ((MARGIN, 70), "la")
    if not face.is_right_to_left:
        begin, end = end, begin
    if face.kicker:
        _line(draw, face.kicker, begin[0], 36, ground.accent, ground, anchor=begin[1])
    if face.detail:
        _line(draw, face.detail, end[0], 32, ground.soft, ground, anchor=end[1])
    text, font = _large(face, ground)
    size, lines = fitted(text, font, width=WIDTH - 2 * MARGIN, height=_BOTTOM - _TOP)
    side, anchor = (WIDTH - MARGIN, "ra") if face.is_right_to_left else (MARGIN, "la")
    # What leaves much room stands a little lower.
    top = _TOP + round((_BOTTOM - _TOP - len(lines) * size * LEADING) / 3)
    for number, line in enumerate(lines):
        draw.text(
            (side, top + round(number * size * LEADING)),
            line,
            font=sized(font, size),
            fill=ground.ink,
            anchor=anchor,
            direction=_direction(is_right_to_left=face.is_right_to_left),
        )


def _large(face: CardFace, ground: Ground) -> tuple[str, Path]:
    """Return what stands large, and its font: the words, or the name of the site in their place.

    That is for letters that no font here has, and for emoji alone. Raises NoFont where the card
    would say no more than that of the site.
    """
    try:
        font = _font(face.words, ground, is_right_to_left=face.is_right_to_left)
    except NoFont:
        if not face.kicker:
            raise
    else:
        if text := drawable(face.words, font):
            return text, font
    font = _font(face.site, ground, is_right_to_left=False)
    return drawable(face.site, font), font


def _band(draw: Any, face: CardFace, ground: Ground, *, is_ruled: bool) -> None:
    top = HEIGHT - BAND
    if is_ruled:
        draw.line((MARGIN, top, WIDTH - MARGIN, top), fill=ground.rule, width=2)
    _line(draw, face.site, (MARGIN, top + BAND // 2), 40, ground.ink, ground, anchor="lm")
    if not is_ruled and face.kicker:
        place = (WIDTH - MARGIN, top + BAND // 2)
        _line(draw, face.kicker, place, 32, ground.accent, ground, anchor="rm")


def _line(
    draw: Any,
    text: str,
    place: tuple[int, int],
    size: int,
    fill: str,
    ground: Ground,
    *,
    anchor: str = "la",
) -> None:
    font = font_for(text, ground.display)
    if font is None:
        # The name of a section in letters that no font has: the rest of the card is worth having.
        return
    [line, *rest] = _broken(drawable(text, font), font, size, WIDTH // 2) or [""]
    draw.text(
        place, line + (ELLIPSIS if rest else ""), font=sized(font, size), fill=fill, anchor=anchor
    )


def _font(text: str, ground: Ground, *, is_right_to_left: bool) -> Path:
    font = font_for(text, ground.display)
    if font is None or (is_right_to_left and not can_shape()):
        message = f"no font here can draw “{text[:60]}”; install one, such as fonts-noto"
        raise NoFont(message)
    return font


def _direction(*, is_right_to_left: bool) -> str | None:
    if not can_shape():
        return None
    return "rtl" if is_right_to_left else "ltr"


def fitted(text: str, font: Path, *, width: int, height: int) -> tuple[int, list[str]]:
    """Return the largest size at which a text fits, and its lines; what is too long is cut."""
    for size in range(LARGEST, SMALLEST, -STEP):
        lines = _broken(text, font, size, width)
        if len(lines) * size * LEADING <= height:
            return size, lines
    lines = _broken(text, font, SMALLEST, width)
    most = int(height / (SMALLEST * LEADING))
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1].rstrip() + ELLIPSIS]
    return SMALLEST, lines


def _broken(text: str, font: Path, size: int, width: int) -> list[str]:
    """Return a text in lines no wider than this: between words, inside one where it must be."""
    measured = sized(font, size).getlength
    lines = [""]
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines[-1] else word
        if measured(longer) <= width:
            lines[-1] = longer
            continue
        *full, rest = _pieces(word, measured, width)
        lines += [*full, rest]
    return [line for line in lines if line]


def _pieces(word: str, measured: Any, width: int) -> list[str]:
    """Return a word, or the pieces of one that no line holds, as of scripts without spaces."""
    pieces = [""]
    for sign in word:
        if pieces[-1] and measured(pieces[-1] + sign) > width:
            pieces.append("")
        pieces[-1] += sign
    return pieces
