"""What still looks like markup in words as readers see them, whatever it was typed as.

Markup that works leaves no sign in the words shown. So a sign that is still there either was
never markup, as in $5, [sic] and f***, or it is a slip: this tells the two apart.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from html.entities import html5
from typing import Literal

from articles.prose.stars import left_stars

type Kind = Literal[
    "link", "voice", "mark", "tag", "stars", "number", "address", "comment", "bracket",
    "uncommented", "footnote", "signs", "heading", "table", "cell", "entity", "task", "picture",
]  # fmt: skip
type Span = tuple[Kind, int, int]

# Nothing to look for in words without one of these.
_SIGN = re.compile(r"[\[\]{}<*_~=+^|&#@:]|--")
_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
# Full-width forms, and the brackets that a Chinese or Japanese keyboard writes for [ and ].
_FOLD = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | str.maketrans(
    "【】\u3014\u3015〖〗﹝﹞﹛﹜﹫", "[][][][]{}@"
)
_WIDE = re.compile("[\uff01-\uff5e【】\u3014\u3015〖〗﹝﹞﹛﹜﹫]")
_LINK = re.compile(r"\]\(")
_VOICE = re.compile(r"\]?[ \t]?\{[ \t]*\.[ \t]*[A-Za-z]+[ \t]*\}")
_MARK = re.compile(r"\[[ \t]*@")
_TAG = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)([^<>\n]{0,200})>")
# "x <y and z> 2" compares: a tag has attributes with values, or nothing between its name and >.
_ATTRIBUTES = re.compile(r"[=:]|\A[^\s]*\Z|\A\s*/?\s*\Z")
_UNCOMMENTED = re.compile(r"<(?:!|[ \t]+![ \t]*-)[^<>\n]{0,200}>?")
_AFTER_COMMENT = re.compile(r"-->")
_HANDLE = re.compile(r"@(?<![\w@./]@)[ \t]?([A-Za-z0-9][A-Za-z0-9_-]*)(?![\w@]|\.\w)")
_ADDRESS = r"[ \t]*<?(?:https?:|mailto:|www\.|image:)"
_PARTED_LINK = re.compile(rf"\][ \t\n]?\((?={_ADDRESS})|\)\[(?={_ADDRESS})", re.IGNORECASE)
_ATTRIBUTE = re.compile(r":?\s*[.#]\s*[A-Za-z][\w-]*(?:\s+\S+)*|own|background|class\s*=.*", re.I)
_OPEN_VOICE = re.compile(r"\{\s*\.\s*(?:own|background)\b", re.IGNORECASE)
_BRACKETED_VOICE = re.compile(r"[.](?:own|background)", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\^[\w-]{1,20}")
_FORUM_TAG = re.compile(r"/[A-Za-z]{1,12}|(?:url|img|quote|color|size)=.+", re.IGNORECASE)
_REFERENCE = re.compile(r"(?:\w*\d\w*)?")
_BETWEEN_KEYS = re.compile(r"[;,\s]+")
_DOUBLED = r"~~|==|\+\+|\|\||\^\^"
_SIGNS = re.compile(
    rf"(?<![\w~=+|^])(?P<sign>{_DOUBLED})(?=[^\s~=+|^])[^\n]{{1,200}}?(?<=[^\s~=+|^])(?P=sign)(?![\w~=+|^])"
    r"|\{\{[^{}\n]{1,100}\}\}|\{%[^{}\n]{1,100}%\}|^[ \t]*:{3,}[ \t]*(?:\w.*)?$",
    re.MULTILINE,
)
_HEADING = re.compile(
    r"^[ \t]*#{1,9}[ \t]+(?=\S)|(?<!\S)#{2,9}(?=[^\W\d_])|(?<=[.!?:…”’)] )#{2,9}[ \t]+(?=[^\W\d_])",
    re.MULTILINE,
)
_ROW = re.compile(r"^[ \t]*\|[^|\n]*\|(?:[^|\n]*\|)+[ \t]*$", re.MULTILINE)
_RULED = re.compile(r"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(?:\|[ \t:-]*)+$", re.MULTILINE)
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_OPEN_ENTITY = re.compile(r"&(?:nbsp|quot|#\d{3,7})(?![;\d=])")
_LONGEST = 200
_CHECKBOX = re.compile(r"\[[ x]?\](?=[ \t])")


@dataclass(frozen=True, slots=True)
class Shape:
    """Words that look like markup; start and end are their place in the words shown."""

    kind: Kind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Words:
    """Words as seen, and folded to the signs of an English keyboard; both have one length."""

    seen: str
    folded: str
    places: Sequence[int]
    groups: Sequence[tuple[int, int]]
    keys: Collection[str]

    @classmethod
    def of(cls, shown: str, keys: Collection[str]) -> "_Words | None":
        """Return the words to look at; None where they have no sign of markup."""
        places: Sequence[int] = range(len(shown))
        if _UNSEEN.search(shown):
            places = [n for n, character in enumerate(shown) if not _UNSEEN.match(character)]
        seen = shown if isinstance(places, range) else "".join(shown[n] for n in places)
        folded = seen.translate(_FOLD) if _WIDE.search(seen) else seen
        if not _SIGN.search(folded):
            return None
        return cls(seen, folded, places, list(_groups(folded)), keys)

    def inside(self, group: tuple[int, int]) -> str:
        return self.folded[group[0] + 1 : group[1] - 1]


def shapes(
    shown: str, *, keys: Collection[str] = (), follows_comment: bool = False
) -> Iterator[Shape]:
    """Yield what looks like markup in words as readers see them, kind by kind, none twice.

    keys are those of the sources; follows_comment says that a comment was taken out before.
    """
    words = _Words.of(shown, keys)
    if words is None:
        return
    taken = bytearray(len(words.seen))
    closings = dict(words.groups)
    for kind, start, end in _spans(words, follows_comment=follows_comment):
        if not any(taken[start:end]):
            # What else is in the same brackets is the same slip.
            reach = max(end, closings.get(start, end))
            taken[start:reach] = b"\1" * (reach - start)
            yield Shape(kind, words.places[start], words.places[end - 1] + 1)


def starts_with_checkbox(shown: str) -> int:
    """Return the length of the checkbox that a block starts with, else 0."""
    found = _CHECKBOX.match(shown)
    return found.end() if found else 0


def _spans(words: _Words, *, follows_comment: bool) -> Iterator[Span]:
    for signs, read in _READERS:
        # Most words have one sign at most, and a search for it costs next to nothing.
        if any(sign in words.folded for sign in signs):
            yield from read(words)
    if follows_comment:
        yield from _each("uncommented", _AFTER_COMMENT, words.folded)


def _each(kind: Kind, pattern: re.Pattern[str], text: str) -> Iterator[Span]:
    for match in pattern.finditer(text):
        yield kind, *match.span()


def _groups(text: str) -> Iterator[tuple[int, int]]:
    """Yield each pair of square brackets or braces that is not too long, inner ones first."""
    closed_by = {"]": "[", "}": "{"}
    opened: dict[str, list[int]] = {"[": [], "{": []}
    for match in re.finditer(r"[\[\]{}]", text):
        sign = match.group()
        if sign in opened:
            opened[sign].append(match.start())
        elif opened[closed_by[sign]]:
            start = opened[closed_by[sign]].pop()
            # Markup is short; the bound keeps text of nothing but brackets linear.
            if match.end() - start <= _LONGEST:
                yield start, match.end()


def _tags(words: _Words) -> Iterator[Span]:
    for match in _TAG.finditer(words.folded):
        if _ATTRIBUTES.search(match[2]):
            yield "tag", *match.span()
    for group in words.groups:
        if words.folded[group[0]] == "[" and _FORUM_TAG.fullmatch(words.inside(group)):
            yield "tag", *group


def _uncommented(words: _Words) -> Iterator[Span]:
    yield from _each("uncommented", _UNCOMMENTED, words.folded)


def _voices(words: _Words) -> Iterator[Span]:
    text = words.folded
    for start, end in words.groups:
        inside = words.inside((start, end)).strip()
        follows_bracket = start > 0 and text[start - 1] == "]"
        if text[start] == "[":
            if _BRACKETED_VOICE.fullmatch(inside):
                yield "voice", start, end
        elif _ATTRIBUTE.fullmatch(inside) or follows_bracket:
            yield "voice", start - follows_bracket, end
    yield from _each("voice", _OPEN_VOICE, text)


def _marks(words: _Words) -> Iterator[Span]:
    """Yield the keys of sources that readers see, since a mark that works shows none."""
    if not words.keys:
        return
    known = {key.casefold() for key in words.keys}
    for match in _HANDLE.finditer(words.folded):
        name = match[1].rstrip("-_").casefold()
        # A key such as "harbourwire" may be the name of an account, too.
        if name in known and (_has_digit(name) or _is_bracketed(words.folded, match.start())):
            yield "mark", match.start(), match.start(1) + len(name)
    for group in words.groups:
        names = _BETWEEN_KEYS.split(words.inside(group).strip().lstrip("#"))
        if words.folded[group[0]] == "[" and all(
            name in words.keys and _has_digit(name) for name in names
        ):
            yield "mark", *group


def _has_digit(name: str) -> bool:
    return any(character.isdigit() for character in name)


def _is_bracketed(text: str, start: int) -> bool:
    before = text[max(0, start - _LONGEST) : start]
    return before.rfind("[") > before.rfind("]")


def _links(words: _Words) -> Iterator[Span]:
    yield from _each("link", _PARTED_LINK, words.folded)
    text, closings = words.folded, {end: start for start, end in words.groups}
    for start, end in words.groups:
        if text[start] != "[":
            continue
        if closings.get(end - 1) == start + 1:
            yield "link", start, end
        before = closings.get(start)
        if before is not None and text[before] == "[":
            name, reference = words.inside((before, start)), words.inside((start, end))
            if any(map(str.isalpha, name)) and _REFERENCE.fullmatch(reference):
                yield "link", before, end


def _footnotes(words: _Words) -> Iterator[Span]:
    text = words.folded
    for start, end in words.groups:
        if text[start] != "[":
            continue
        if _FOOTNOTE.fullmatch(words.inside((start, end))):
            yield "footnote", start, end
        elif (
            text[max(0, start - 1) : start] == "^"
            and not text[max(0, start - 2) : max(0, start - 1)].isalnum()
        ):
            yield "footnote", start - 1, end


def _pictures(words: _Words) -> Iterator[Span]:
    text = words.folded
    for start, end in words.groups:
        is_alone = not text[max(0, start - 2) : max(0, start - 1)].isalnum()
        if text[max(0, start - 1) : start + 1] == "![" and is_alone and text[end : end + 1] != "(":
            yield "picture", start - 1, end


def _signs(words: _Words) -> Iterator[Span]:
    yield from _each("signs", _SIGNS, words.seen)


def _headings(words: _Words) -> Iterator[Span]:
    yield from _each("heading", _HEADING, words.folded)


def _tables(words: _Words) -> Iterator[Span]:
    """Yield the first row of a table that is none."""
    found = _ROW.search(words.seen) or _RULED.search(words.seen)
    if found:
        yield "table", *found.span()


def _entities(words: _Words) -> Iterator[Span]:
    for match in _ENTITY.finditer(words.seen):
        if match.group()[1] == "#" or match.group()[1:] in html5:
            yield "entity", *match.span()
    yield from _each("entity", _OPEN_ENTITY, words.seen)


def _broken_links(words: _Words) -> Iterator[Span]:
    yield from _each("link", _LINK, words.seen)


def _broken_voices(words: _Words) -> Iterator[Span]:
    yield from _each("voice", _VOICE, words.seen)


def _broken_marks(words: _Words) -> Iterator[Span]:
    yield from _each("mark", _MARK, words.seen)


def _stars(words: _Words) -> Iterator[Span]:
    yield from (("stars", start, end) for start, end in left_stars(words.seen))


# Each with the signs without one of which it finds nothing; the first to find a place has it.
_READERS: tuple[tuple[tuple[str, ...], Callable[[_Words], Iterable[Span]]], ...] = (
    (("](",), _broken_links),
    (("{",), _broken_voices),
    (("@",), _broken_marks),
    (("<", "["), _tags),
    (("*", "_"), _stars),
    (("<",), _uncommented),
    (("![",), _pictures),
    (("{", "[."), _voices),
    (("@", "["), _marks),
    (("](", "] ", "]\n", "][", "[[", ")["), _links),
    (("^",), _footnotes),
    (("~~", "==", "++", "||", "^^", ":::", "{{", "{%"), _signs),
    (("#",), _headings),
    (("|",), _tables),
    (("&",), _entities),
)
