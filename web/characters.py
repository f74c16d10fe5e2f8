"""Characters that no text of ours may hold, and those that nobody sees.

XML cannot carry the first and PostgreSQL refuses NUL.
"""

import re
import unicodedata
from typing import Any

# Controls of both blocks but tab and line ends, halves of surrogate pairs, noncharacters.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)

# Letters and a sign by name, and blank: the fillers of Hangul, and Braille without a dot.
_BLANK = frozenset("\u115f\u1160\u3164\uffa0\u2800")


def is_blank(text: str) -> bool:
    """Return whether nothing of a text can be seen, whatever it is made of."""
    return all(
        # Controls, separators, and marks that have no letter to stand on.
        unicodedata.category(character)[0] in "CZM" or character in _BLANK
        for character in text
    )


def drop_controls(text: str) -> str:
    """Return a text without control characters, lone surrogates and noncharacters."""
    return _UNWANTED.sub("", text) if _UNWANTED.search(text) else text


def drop_controls_within(value: Any) -> Any:
    """Return plain data, as JSON or TOML gives it, whose every text is without them."""
    if isinstance(value, str):
        return drop_controls(value)
    if isinstance(value, list):
        return [drop_controls_within(each) for each in value]
    if isinstance(value, dict):
        return {drop_controls(name): drop_controls_within(each) for name, each in value.items()}
    return value
