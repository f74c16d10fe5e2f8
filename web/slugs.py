"""Slugs: the part of an address that is made from a headline or a name.

The browser makes the same ones while one types (static/desk/js/desk-slug.js), from this table.
"""

import re
import unicodedata

# Letters that are no Latin letter with a mark, and signs that part words. Small letters only.
LETTERS = {
    # Latin
    "ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ħ": "h",
    "ı": "i", "ĸ": "k", "ŀ": "l", "ŋ": "n", "ŧ": "t", "ə": "e", "ɛ": "e", "ɔ": "o", "ƒ": "f",
    "ɖ": "d", "ɣ": "g", "ŉ": "n", "ǥ": "g", "ƙ": "k", "ɓ": "b", "ɗ": "d", "ƴ": "y", "ɲ": "n",
    # Greek
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
    # Cyrillic
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s",
    "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch",
    "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya", "ё": "yo", "є": "ye", "і": "i",
    "ї": "yi", "ґ": "g", "ў": "u", "ђ": "dj", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "џ": "dz",
    "ѕ": "dz", "ѓ": "gj", "ќ": "kj", "ә": "a", "ғ": "gh", "қ": "q", "ң": "ng", "ө": "o", "ұ": "u",
    "ү": "u", "һ": "h", "җ": "zh", "ҳ": "h", "ҷ": "j", "ӣ": "i", "ӯ": "u",
    # What parts words
    "/": "-", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "⁄": "-",
    "\u2028": "-", "\u2029": "-", "\u1680": "-", "·": "-", "…": "-", "_": "-", "\x85": "-",
}  # fmt: skip

_GAP = re.compile(r"[\t\n\v\f\r -]+")
_UNFIT = re.compile(r"[^a-z0-9-]")


def make_slug(text: str, *, longest: int) -> str:
    """Return a slug of at most so many characters; "" for a text without a letter that we read."""
    letters = _read(_read(unicodedata.normalize("NFC", text)), decomposed=True)
    slug = _UNFIT.sub("", _GAP.sub("-", letters))
    return re.sub("-+", "-", slug).strip("-")[:longest].rstrip("-")


def _read(text: str, *, decomposed: bool = False) -> str:
    """Return a text in small letters, each exchanged by the table, one by one.

    One by one, because what lower() makes of a letter may depend on the next: browsers differ.
    """
    if decomposed:
        text = unicodedata.normalize("NFKD", text)
    small = (character.lower() for character in text)
    return "".join(
        LETTERS.get(letter, letter)
        for letters in small
        for letter in letters
        if not decomposed or not unicodedata.category(letter).startswith("M")
    )
