"""The words, numbers and marks of a text, and what is one thing although it has several numbers."""

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import partial
from typing import NamedTuple

from articles.vetting.lexicon import bare
from articles.vetting.text import View

VULGAR = {
    "½": 1 / 2, "⅓": 1 / 3, "⅔": 2 / 3, "¼": 1 / 4, "¾": 3 / 4, "⅕": 1 / 5, "⅖": 2 / 5, "⅗": 3 / 5,
    "⅘": 4 / 5, "⅙": 1 / 6, "⅚": 5 / 6, "⅛": 1 / 8, "⅜": 3 / 8, "⅝": 5 / 8, "⅞": 7 / 8,
}  # fmt: skip


class TokenKind(Enum):
    NUMBER = auto()
    WORD = auto()
    MARK = auto()
    # These have numbers that count nothing, or, for a duration, count together.
    ADDRESS = auto()
    CLOCK = auto()
    DATE = auto()
    SEASON = auto()
    PHRASE = auto()
    DURATION = auto()


class Token(NamedTuple):
    """A piece of a view: a tuple, because a text has thousands.

    key is its word in the lexicon; is_glued: nothing is before it but text.
    """

    start: int
    end: int
    kind: TokenKind
    key: str
    is_glued: bool
    is_capital: bool
    begins_line: bool = False


NO_TOKEN = Token(0, 0, TokenKind.MARK, "", is_glued=False, is_capital=False)
# Each is bounded, so that a text of one endless word is read in linear time.
_ADDRESS = re.compile(
    r"\b\w{1,20}://\S+|\bwww\.\S+|(?<![\w.+-])[\w.+-]{1,64}@\w[\w.-]{1,250}|[@#]\w+"
)
_MAY_HAVE_ADDRESS = re.compile(r"://|www\.|[@#]")
_ZONE = r"(?:gmt|utc|z|bst|cet|cest|est|edt|et|msk|uhr|local time)\b"
_WHOLE = re.compile(
    r"(?<![\w.,:/])(?:"
    r"(?P<duration>(?:(?<![\d-])[+-]\d{1,2}:\d{2}(?:\.\d+)?|\d{1,2}:\d{2}:\d{2}(?:\.\d+)?|\d{1,2}:\d{2}\.\d+)(?![\w:]))"
    rf"|(?P<clock>\d{{1,2}}:\d{{2}}(?!\d)(?: ?[ap]\.?m\b)?|\d{{1,2}}(?:\.\d{{2}})? ?(?:[ap]\.?m\b|o'clock|uhr\b)|\d{{4}} ?{_ZONE})"
    r"|(?P<date>\d{4}-\d{2}-\d{2}|\d{1,2}([./])\d{1,2}\4(?:19|20)?\d{2}|\d{4}([./])\d{1,2}\5\d{1,2})(?![\w/-])"
    r"|(?P<season>(?:1\d|20)\d{2}[/-]\d{2})(?![\w/-]|[.,]\d)"
    r"|(?P<phrase>9/11|24/7|4x4|7/7)(?![\w/])"
    r")|(?<!\w)utc ?(?P<zone>[+-]\d{1,2})"
)
_DIGITS = re.compile(r"[-+\d]\d*")
_PIECE = re.compile(
    rf"(?P<number>\d+(?:[.,']\d+)*)|(?P<word>[{''.join(VULGAR)}千万萬만億亿억兆조천円元원]"
    r"|(?:[^\W\d_½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞])+(?:'[^\W\d_]+)*)|(?P<mark>\S)"
)
# "D'euros".
_ELIDED = re.compile(r"(?<![^\W\d_])[^\W\d_]'")
_KINDS = {
    "duration": TokenKind.DURATION, "clock": TokenKind.CLOCK, "date": TokenKind.DATE,
    "season": TokenKind.SEASON, "phrase": TokenKind.PHRASE, "zone": TokenKind.CLOCK,
    "number": TokenKind.NUMBER, "word": TokenKind.WORD, "mark": TokenKind.MARK,
}  # fmt: skip
_WORD = TokenKind.WORD
# Made of all fields at once, in half the time: they are a third of what it takes to read a text.
_token = partial(tuple.__new__, Token)


def tokens_of(view: View) -> list[Token]:
    """Return the tokens of a view in order."""
    found: list[Token] = []
    at = 0
    for start, end, kind in _wholes(view.folded):
        found += _pieces(view, at, start)
        found.append(_whole(view, start, end, kind))
        at = end
    found += _pieces(view, at, len(view.folded))
    return found


def _wholes(folded: str) -> Iterator[tuple[int, int, TokenKind]]:
    """Yield addresses, times and dates, none inside another."""
    at = 0
    addresses = _ADDRESS.finditer(folded) if _MAY_HAVE_ADDRESS.search(folded) else iter(())
    for address in addresses:
        yield from _between(folded, at, address.start())
        yield address.start(), address.end(), TokenKind.ADDRESS
        at = address.end()
    yield from _between(folded, at, len(folded))


def _between(folded: str, start: int, end: int) -> Iterator[tuple[int, int, TokenKind]]:
    has_zone = folded.find("utc", start, end) >= 0
    found = _WHOLE.finditer(folded, start, end) if has_zone else _at_digits(folded, start, end)
    for match in found:
        yield match.start(), match.end(), _KINDS[match.lastgroup or "phrase"]


def _at_digits(folded: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield what the whole pattern finds, tried at digits only: at every letter it takes four times as long."""
    at = start
    for run in _DIGITS.finditer(folded, start, end):
        if run.start() < at:
            continue
        match = _WHOLE.match(folded, run.start(), end)
        if match is None and run.group()[0] in "+-":
            match = _WHOLE.match(folded, run.start() + 1, end)
        if match:
            at = match.end()
            yield match


def _pieces(view: View, start: int, end: int) -> list[Token]:
    found: list[Token] = []
    text, folded = view.text, view.folded
    # The same few words make up most of a text.
    keys: dict[str, str] = {}
    # Most words are plain, and their own keys: in most texts all of them are.
    is_plain = folded.isascii() and not _ELIDED.search(folded[start:end])
    has_lines = "\n" in text
    # Every character but a blank is part of a token.
    done = start or -1
    for match in _PIECE.finditer(folded, start, end):
        first, last = match.span()
        key = match[0]
        kind = _KINDS[match.lastgroup or "mark"]
        if not is_plain and kind is _WORD and not (key.isascii() and key[1:2] != "'"):
            known = keys.get(key)
            key = keys.setdefault(key, _key(key)) if known is None else known
        is_glued = first == done
        begins_line = has_lines and not is_glued and first > 0 and text[first - 1] == "\n"
        found.append(_token((first, last, kind, key, is_glued, text[first].isupper(), begins_line)))
        done = last
    return found


def _whole(view: View, start: int, end: int, kind: TokenKind) -> Token:
    """Return the token of an address, a time or a date."""
    before = view.text[start - 1 : start]
    return Token(
        start=start,
        end=end,
        kind=kind,
        key=view.folded[start:end],
        is_glued=bool(before) and not before.isspace(),
        is_capital=view.text[start].isupper(),
        begins_line=before == "\n",
    )


def _key(folded: str) -> str:
    """Return what a lexicon knows a word by: "euros" for "d'euros"."""
    return bare(folded[2:] if folded[1:2] == "'" and len(folded) > 3 else folded)
