"""Headlines, words and languages as sources send them, made fit to show.

The rules are those of a wire: a headline is one line of visible characters, at most 220 graphemes,
that cannot reorder, overprint or hide the text next to it.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from html import unescape

from wires.html import join_references, without_heaps, without_surrogates
from wires.platforms.base import Media

LONGEST_TITLE = 220  # graphemes
LONGEST_TITLE_CODE_POINTS = 1_000  # a grapheme has no length of its own
LONGEST_RAW_TITLE = 8_000  # what is looked at before tags and entities are out
LONGEST_BODY_AS_TITLE = 120
MOST_MARKS = 4  # combining marks on one base; Vietnamese needs 2, Tibetan 4, zalgo 40

_ZWNJ, _ZWJ = "\u200c", "\u200d"
_FLAG, _END_OF_TAGS = "\U0001f3f4", "\U000e007f"
# Every format character of Unicode (category Cf) but the two joiners, which many scripts and
# emoji need. Listed, because asking unicodedata for 1.1 million code points costs 150 ms.
_FORMAT_RANGES = (
    (0x00AD, 0x00AD), (0x0600, 0x0605), (0x061C, 0x061C), (0x06DD, 0x06DD), (0x070F, 0x070F),
    (0x0890, 0x0891), (0x08E2, 0x08E2), (0x180E, 0x180E), (0x200B, 0x200B), (0x200E, 0x200F),
    (0x202A, 0x202E), (0x2060, 0x2064), (0x2066, 0x206F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB),
    (0x110BD, 0x110BD), (0x110CD, 0x110CD), (0x13430, 0x1343F), (0x1BCA0, 0x1BCA3),
    (0x1D173, 0x1D17A), (0xE0001, 0xE0001),
)  # fmt: skip
_NONCHARACTERS = (
    *range(0xFDD0, 0xFDF0),
    *(plane << 16 | low for plane in range(17) for low in (0xFFFE, 0xFFFF)),
)
_CONTROLS = (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)
_DROPPED: dict[int, str | None] = dict.fromkeys(
    (*_NONCHARACTERS, *(n for first, last in _FORMAT_RANGES for n in range(first, last + 1)))
)
_IN_A_LINE = _DROPPED | dict.fromkeys(_CONTROLS, " ")
_IN_A_TEXT = (
    _DROPPED | {n: None for n in _CONTROLS if chr(n) not in "\t\n"} | {0x2028: "\n", 0x2029: "\n"}
)
# Letters by category that show nothing: a headline of them alone is empty.
_BLANK = {"\u115f", "\u1160", "\u2800", "\u3164", "\uffa0"}

_PLAIN = re.compile(r"[\x20-\x7e\n]*\Z")
_FLAG_TAGS = re.compile("\U0001f3f4[\U000e0020-\U000e007e]{1,8}\U000e007f")
_TAGS = re.compile("[\U000e0020-\U000e007f]+")
_SILENT = re.compile(r"<(script|style|head)\b.*?</\1\s*>", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?-->|<!\[CDATA\[|\]\]>|<[!?][^<>]*>", re.DOTALL)
_TAG = re.compile(r"""<(/?)([a-zA-Z][\w:.-]*)(?:[\s/](?:"[^"<]*"|'[^'<]*'|[^<>"'])*)?/?>""")
_ODD_TAG = re.compile(r"</?[a-zA-Z][\w:.-]*(?:[\s/][^<>]*)?>")
# What stands escaped once more in a headline is markup when it is one of these, and otherwise the
# publisher's own words ("History of the <blink> tag").
_FORMATTING = re.compile(
    r"</?(?:a|abbr|b|big|br|center|cite|div|em|font|h[1-6]|i|img|mark|nobr|p|q|script|small|span"
    r"|strike|strong|style|sub|sup|tt|u|wbr)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
# Of these a closing tag is often left out; a lone <script> or <table> is a word of the headline.
_LEFT_OPEN = re.compile(
    r"<(?:b|big|br|center|em|font|h[1-6]|i|img|mark|nobr|p|q|small|strike|strong|sub|sup|tt|u|wbr)>",
    re.IGNORECASE,
)
_BARE_TAG = re.compile(r"<([a-zA-Z][\w.-]*)>")
_CLOSING = re.compile(r"</([a-zA-Z][\w:.-]*)")
# Stand for angle brackets while tags are taken out; no text has noncharacters left by then.
_OPEN_WORD, _CLOSE_WORD = "\ufdd0", "\ufdd1"
_BRACKETS = {0xFDD0: "<", 0xFDD1: ">"}
_ENTITIES = re.compile(r"&[A-Za-z][\w.:-]*;(?: ?&[A-Za-z][\w.:-]*;)*…?")
_WORD_BREAKS = {"br", "div", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li", "p", "td", "tr"}
_HASHTAG = re.compile(r"#\w+")
_SAYS = re.compile(r"\w")
NO_TEXT = "[no text]"
_MEDIA_TITLES = ("photo", "video", "audio", "document", "poll", "location", "sticker")


def title_of(html: str) -> str:
    """Return the headline in a title as sources write them; "" when nothing visible is in it.

    Tags are taken out and entities decoded, twice at most: once because titles are HTML, once
    more because so many are escaped once too often. Entities that nobody declared are no headline.
    """
    line = _headline(html)
    return "" if _is_undeclared(line) else line


def says_nothing(html: str) -> bool:
    """Return whether all that stands here are entities that nobody declared, as entity bombs leave them."""
    return "&" in html and _is_undeclared(_headline(html))


def _is_undeclared(line: str) -> bool:
    return bool(_ENTITIES.fullmatch(line)) and unescape(line) == line


def _headline(html: str) -> str:
    html = join_references(html[:LONGEST_RAW_TITLE])
    if "<" in html:
        html = _SILENT.sub(" ", _COMMENT.sub("", html))
        html = _words_in_brackets(html)
        html = _ODD_TAG.sub("", _TAG.sub(_gap, html)).translate(_BRACKETS)
    if "&" in html:
        html = unescape(html)
        if "<" in html:
            html = _FORMATTING.sub("", _SILENT.sub(" ", html))
        html = unescape(html)
    return line_of(html)


def _words_in_brackets(html: str) -> str:
    """Set apart what only looks like a tag: "Why <main> matters" is about a word.

    A name without attributes, which formats nothing and is never closed, is no markup.
    """
    closed = {name.lower() for name in _CLOSING.findall(html)}

    def kept(tag: re.Match[str]) -> str:
        is_markup = tag[1].lower() in closed or _LEFT_OPEN.fullmatch(tag[0])
        return tag[0] if is_markup else f"{_OPEN_WORD}{tag[1]}{_CLOSE_WORD}"

    return _BARE_TAG.sub(kept, html)


def line_of(text: str, *, longest: int = LONGEST_TITLE) -> str:
    """Return text as one safe line of at most `longest` graphemes; what it returns it leaves alone.

    Where it must be cut it is cut between words, and ends in an ellipsis.
    """
    return _shortened(_line(text), longest)


def _line(text: str) -> str:
    """Return text as one line of visible characters, however long; "" where none is visible."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    line = unicodedata.normalize("NFC", _visible(text, _IN_A_LINE))
    line = _few_marks(" ".join(line.split()))
    return line if any(_shows(character) for character in line) else ""


def _shortened(line: str, longest: int) -> str:
    if _cut(line, longest) == line:
        return line
    kept = _cut(line, longest - 1, code_points=LONGEST_TITLE_CODE_POINTS - 1)
    words = kept if line[len(kept)] == " " else _whole_words(kept)
    kept = words.rstrip(" ,;:–—-…") or kept
    return f"{kept}…" if kept else ""


def words(text: str) -> str:
    """Return plain text without controls, overrides and invisible characters; line breaks stay."""
    if _PLAIN.match(text):
        return text.strip()
    return _visible(text.replace("\r\n", "\n").replace("\r", "\n"), _IN_A_TEXT).strip()


def title_or_stand_in(title: str, text: str, media: Iterable[Media] = ()) -> str:
    """Return a headline for a post: its own, else its first words, else what it shows."""
    if title:
        return title
    line = _line(text)
    first = _cut(line, LONGEST_BODY_AS_TITLE)
    if first:
        return first if first == line else f"{_whole_words(first)}…"
    kinds = [item.kind for item in media]
    return next((f"[{kind}]" for kind in _MEDIA_TITLES if kind in kinds), NO_TEXT)


def first_line(text: str) -> str:
    """Return the first line of a text that says something: letters beyond a hashtag, or a number."""
    lines = [line for line in text.splitlines() if line.strip()]
    return next((line for line in lines if _SAYS.search(_HASHTAG.sub("", line))), text)


def _whole_words(line: str) -> str:
    """Return a line that was cut without the word it was cut in, unless that is most of it."""
    head, _, tail = line.rpartition(" ")
    return head.rstrip(" ,;:–—-") if len(head) > len(tail) else line


def graphemes(text: str) -> Iterator[str]:
    """Split text into what a reader takes for single characters.

    Close to UAX #29 with what the standard library knows: marks, joined emoji, flags, skin tones,
    tag sequences, Hangul syllables. Where they differ this joins less.
    """
    start = 0
    for at in range(1, len(text)):
        if not _joins(text, start, at):
            yield text[start:at]
            start = at
    if text:
        yield text[start:]


def _joins(text: str, start: int, at: int) -> bool:
    before, here = text[at - 1], text[at]
    code = ord(here)
    if code < 0x300:
        return False
    if here in (_ZWJ, _ZWNJ) or unicodedata.category(here) in {"Mn", "Me", "Mc"}:
        return True
    if 0x1F3FB <= code <= 0x1F3FF or 0xE0020 <= code <= 0xE007F:
        return True
    if before == _ZWJ:
        return code > 0x2000
    if 0x1F1E6 <= code <= 0x1F1FF:
        return at - start == 1 and 0x1F1E6 <= ord(before) <= 0x1F1FF
    return 0x1160 <= code <= 0x11FF and 0x1100 <= ord(before) <= 0x11FF


def _visible(text: str, table: dict[int, str | None]) -> str:
    text = without_heaps(without_surrogates(text).translate(table))
    if not _TAGS.search(text):
        return text
    # Tag characters spell the name of a region after a black flag, and are invisible elsewhere.
    kept = [match.group() for match in _FLAG_TAGS.finditer(text)]
    between = [_TAGS.sub("", part) for part in _FLAG_TAGS.split(text)]
    return between[0] + "".join(flag + part for flag, part in zip(kept, between[1:], strict=True))


def _few_marks(line: str) -> str:
    if line.isascii():
        return line
    marks = 0
    kept = []
    for character in line:
        marks = marks + 1 if _is_mark(character) else 0
        if marks <= MOST_MARKS:
            kept.append(character)
    return "".join(kept)


def _is_mark(character: str) -> bool:
    # Joiners count with the marks, so that a chain of them neither hides marks nor grows.
    return character >= "\u0300" and (
        character in (_ZWJ, _ZWNJ) or unicodedata.category(character) in {"Mn", "Me"}
    )


def _shows(character: str) -> bool:
    return not (character.isspace() or character in _BLANK or _is_mark(character))


def _cut(line: str, longest: int, *, code_points: int = LONGEST_TITLE_CODE_POINTS) -> str:
    if len(line) <= min(longest, code_points):
        return line
    if line.isascii():
        return line[: min(longest, code_points)].rstrip()
    size = 0
    for count, grapheme in enumerate(graphemes(line)):
        if count == longest or size + len(grapheme) > code_points:
            return line[:size].rstrip()
        size += len(grapheme)
    return line


def _gap(tag: re.Match[str]) -> str:
    return " " if tag[2].lower() in _WORD_BREAKS else ""
