"""Characters that no text of ours may hold, and those that nobody sees.

XML cannot carry the first and PostgreSQL refuses NUL.
"""

import re
import unicodedata
from typing import Any

# What turns the text after it around, and has better successors: embeddings and overrides.
OVERRIDES = "\u202a-\u202e"
# Controls of both blocks but tab and line ends, halves of surrogate pairs, noncharacters, overrides.
_UNWANTED = re.compile(
    f"[{OVERRIDES}"
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(
        f"{chr(plane | 0xFFFE)}{chr(plane | 0xFFFF)}" for plane in range(0, 0x110000, 0x10000)
    )
    + "]"
)

_OPENS, _CLOSES = "\u2066\u2067\u2068", "\u2069"
# Isolates, and the marks that stand for a letter of a direction.
_DIRECTIONS = re.compile("[\u2066-\u2069\u200e\u200f\u061c]")
# Hebrew, Arabic and their neighbours, with the planes of old scripts and of Arabic mathematics.
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u05ff\u0600-\u061b\u061d-\u08ff\ufb1d-\ufdcf\ufdf0-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
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
    """Return a text without control characters, overrides, lone surrogates and noncharacters."""
    # None of them is printable, and that is told twenty times as fast as the expression looks.
    if text.isprintable() or _without_common_blanks(text).isprintable():
        return text
    return _UNWANTED.sub("", text)


def _without_common_blanks(text: str) -> str:
    """Return a text without what is allowed, common, and not printable to Python."""
    return text.replace("\n", "").replace("\t", "").replace("\xa0", "").replace("\u200d", "")


def settle_direction(text: str) -> str:
    """Return a text in which isolates and direction marks do what they are for, or are gone.

    Where nothing runs from right to left they only reorder digits and signs. Elsewhere each line
    closes the isolates that it opens, so that none reaches into what is shown after the text.
    """
    if not _DIRECTIONS.search(text):
        return text
    if not _RIGHT_TO_LEFT.search(text):
        return _DIRECTIONS.sub("", text)
    return "".join(map(_closed, text.splitlines(keepends=True)))


def _closed(line: str) -> str:
    """Return a line without an isolate's end that ends nothing, and with those that it lacks."""
    words, end = line.rstrip("\r\n"), line[len(line.rstrip("\r\n")) :]
    kept, depth = [], 0
    for character in words:
        if character == _CLOSES and not depth:
            continue
        depth += (character in _OPENS) - (character == _CLOSES)
        kept.append(character)
    return "".join(kept) + _CLOSES * depth + end


def drop_controls_within(value: Any) -> Any:
    """Return plain data, as JSON or TOML gives it, whose every text is without them."""
    if isinstance(value, str):
        return drop_controls(value)
    if isinstance(value, list):
        return [drop_controls_within(each) for each in value]
    if isinstance(value, dict):
        return {drop_controls(name): drop_controls_within(each) for name, each in value.items()}
    return value
