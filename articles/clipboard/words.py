"""Words as a text of ours has them: one kind of space, raised figures, numbers of notes."""

import re

from articles.clipboard.elements import Look

_WHITE = re.compile(r"[ \t\r\n\f\v\u2028\u2029]+")
_WHITE_IN_LINE = re.compile(r"[ \t\f\v]+")
_LINE_END = re.compile(r"\r\n?|\u2028|\u2029")
# French sets it before : ; ! ? » and after «, and many set it inside a figure or before its unit.
_FIXED = re.compile(
    r"(?<=\d)\xa0(?=[\d€$£%‰°])|(?:^|(?<=[^\s\xa0]))\xa0(?=[:;!?»])|(?<=«)\xa0(?=[^\s\xa0])"
)
_UNSEEN = re.compile("[\xad\u200b\u2060\ufeff]")
_RAISED = str.maketrans("0123456789+-−=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱ")
_NOTE = re.compile(r"\s*\[?\s*(\d{1,3}|[ivxIVX]{1,5}|[a-z]|[*†‡§]{1,3})\s*\]?\s*")


def spaced(text: str, *, keeps_lines: bool) -> str:
    """Return words with plain single spaces; a line end is one where lines are kept."""
    if not text.isascii():
        text = _UNSEEN.sub("", text)
        if "\xa0" in text:
            kept = _FIXED.sub("\0", text)
            text = kept.replace("\xa0", " ").replace("\0", "\xa0")
    if keeps_lines:
        return _WHITE_IN_LINE.sub(" ", _LINE_END.sub("\n", text))
    return _WHITE.sub(" ", text)


def raised(text: str) -> str:
    """Return raised figures as such: 10 with a raised 6 is not 106. Raised letters stay letters."""
    figures = text.translate(_RAISED)
    return figures if all(sign.isspace() or sign not in text for sign in figures) else text


def note_number(text: str, look: Look) -> str:
    """Return "[1]" for the number of a footnote, which must not run into the word before it."""
    if not look.href.startswith("#"):
        return ""
    note = _NOTE.fullmatch(text)
    if note is None:
        return ""
    return f"[{note[1]}]" if look.is_raised or "[" in text else f"[{note[1]}] "
