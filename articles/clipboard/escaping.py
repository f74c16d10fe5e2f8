"""Words written so that Markdown reads them as these words, and as nothing else.

What cannot be misread is left as it is, for an editor reads it. The parser itself is asked
whether it took the words for words, so no list of signs here has to be complete.
"""

import re

from articles.prose import without_comments
from articles.prose.marks import markdown

_SIGN = re.compile(r"([!-/:-@\[-`{-~])")
_MINIMAL = (
    r"\\(?=[!-/:-@\[-`{-~\n]|$)"
    r"|`"
    # Not 3*4, nor an asterisk that stands alone.
    r"|(?<![\d\s])\*|\*(?![\d\s])|(?<=\s)\*(?=\d)|(?<=\d)\*(?=\s)"
    # Not within a word: an underscore there emphasises nothing.
    r"|(?<!\w)_|_(?!\w)"
    r"|<(?=[A-Za-z/!?])"
    # Comments are looked for before any sign is unescaped.
    r"|(?<=<)!(?=--)|(?<=--)>"
    r"|&(?=\#?\w{1,31};)"
    r"|\[(?=\s*@)"
    r"|\{(?=\s*\.)"
)
_SIGNS = re.compile(_MINIMAL)
_SIGNS_AND_BRACKETS = re.compile(rf"{_MINIMAL}|[\[\]]")
_BRACKET = re.compile(r"[\[\]]")
# A pair of brackets that something follows which may make it a link, a voice or a definition.
_BOUND = re.compile(r"\](?=[({\[:])|\]\s*\(")
_AT_START = re.compile(
    r"^(?:(?=\#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|(?:-[ \t]*){3,}$|(?:_[ \t]*){3,}$|=+\s*$|~~~|\||:?-+:?\s*\|)"
    r"|(?P<number>\d{1,9})(?=[.)](?:\s|$)))",
    re.MULTILINE,
)
_AS_TEXT = frozenset({"text", "text_special"})
_AROUND_TEXT = frozenset({
    "em_open", "em_close", "strong_open", "strong_close", "link_open", "link_close",
})  # fmt: skip


def escaped(text: str, *, in_link: bool = False) -> str:
    """Return words with a backslash before each sign that Markdown would take for its own."""
    with_brackets = in_link or _BOUND.search(text) or not _is_balanced(text)
    return (_SIGNS_AND_BRACKETS if with_brackets else _SIGNS).sub(r"\\\g<0>", text)


def escaped_throughout(text: str) -> str:
    """Return words with a backslash before every sign."""
    return _SIGN.sub(r"\\\1", text)


def escaped_at_start(markdown_text: str) -> str:
    """Escape what would make a line a heading, an item, a quotation, a rule or a row."""
    return _AT_START.sub(lambda found: f"{found['number'] or ''}\\", markdown_text)


def reads_as(markdown_text: str, words: str) -> bool:
    """Return whether a paragraph or subhead of Markdown shows these words, and nothing else."""
    tokens = markdown(marks=True).parse(without_comments(markdown_text))
    if len(tokens) != 3 or tokens[0].type not in {"paragraph_open", "heading_open"}:
        return False
    shown = []
    for token in tokens[1].children or ():
        if token.type in _AS_TEXT:
            shown.append(token.content)
        elif token.type == "hardbreak":
            shown.append("\n")
        elif token.type not in _AROUND_TEXT:
            return False
    return "".join(shown).strip() == words.strip()


def _is_balanced(text: str) -> bool:
    depth = 0
    for bracket in _BRACKET.findall(text):
        depth += 1 if bracket == "[" else -1
        if depth < 0:
            return False
    return depth == 0
