"""Markdown with citation marks and voices; each token knows its position in its block.

`[@key]` and `[@k1; @k2]` are marks, `[text]{.own}` and `[text]{.background}` voices. The rules
run before `link`, so that a reference definition `[@r1]: url` cannot turn a mark into a link.
Token.map, which markdown-it leaves empty for inline tokens, holds (start, end) in the block.
"""

import re
from collections.abc import Callable
from functools import cache
from typing import Literal, override

from markdown_it import MarkdownIt
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline, autolink, backtick, entity, escape, image, link
from markdown_it.token import Token
from markdown_it.utils import EnvType

from articles.prose.lists import list_of_several

_KEY = r"@[^\s\[\]();,@]+"
_MARK = re.compile(rf"\[\s*{_KEY}(?:\s*[;,]\s*{_KEY})*\s*\]")
_ONE_KEY = re.compile(_KEY)
_VOICE = re.compile(r"\]\{\s*\.(own|background)\s*\}")

# Markdown-it passes it as a positional argument.
type Silent = bool
type Rule = Callable[[StateInline, Silent], bool]


class PositionedState(StateInline):
    """An inline state whose tokens know where they start.

    Relies on append_pending being called before pos moves, as markdown-it-py does since 4.3; the
    tests of offsets fail if that changes.
    """

    def __init__(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> None:
        super().__init__(src, md, env, tokens)
        self._pending_at = 0
        self._delimiter_at = -1
        self.last_voice_at = src.rfind("]{")

    @override
    def append_pending(self, text: str) -> None:
        if not self.pending:
            self._pending_at = self.pos
        super().append_pending(text)

    @override
    def pushPending(self) -> Token:
        token = super().pushPending()
        token.map = [self._pending_at, self._pending_at + len(token.content)]
        return token

    @override
    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        start = self.pos
        if ttype == "text":
            # A run of delimiters is pushed one character at a time without moving pos.
            start = max(start, self._delimiter_at)
            self._delimiter_at = start + 1
        token.map = [start, start + 1]
        return token


class PositionedInline(ParserInline):
    """The inline parser over PositionedState."""

    @override
    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = PositionedState(src, md, env, tokens)
        self.tokenize(state)
        for finish in self.ruler2.getRules(""):
            finish(state)
        return state.tokens


def citation_mark(state: StateInline, silent: Silent) -> bool:
    """Read `[@key]`; its token holds the keys in meta, each with its start and end."""
    match = _MARK.match(state.src, state.pos, state.posMax)
    if match is None or _is_inline_link(state, match.end()):
        return False
    if not silent:
        token = state.push("mark", "", 0)
        keys = _ONE_KEY.finditer(state.src, match.start(), match.end())
        token.meta = {"keys": [(key.group()[1:], key.start(), key.end()) for key in keys]}
        token.map = [match.start(), match.end()]
    state.pos = match.end()
    return True


def _is_inline_link(state: StateInline, label_end: int) -> bool:
    """Return whether `[@handle](https://…)` starts here, which is meant as a link."""
    if not state.src.startswith("(", label_end):
        return False
    start, found = state.pos, link(state, silent=True)
    end, state.pos = state.pos, start
    return found and end > label_end


def voice(state: StateInline, silent: Silent) -> bool:
    """Read `[text]{.own}` and `[text]{.background}`; the text may be any inline content."""
    if state.src[state.pos] != "[" or _last_voice_at(state) < state.pos:
        return False
    label_end = state.md.helpers.parseLinkLabel(state, state.pos)
    if label_end < 0:
        return False
    match = _VOICE.match(state.src, label_end, state.posMax)
    if match is None:
        return False
    if not silent:
        _push_voice(state, match[1], label_end)
    state.pos = match.end()
    return True


def _last_voice_at(state: StateInline) -> int:
    return state.last_voice_at if isinstance(state, PositionedState) else -1


def _push_voice(state: StateInline, name: str, label_end: int) -> None:
    maximum = state.posMax
    state.pos += 1
    state.posMax = label_end
    state.push("voice_open", "span", 1).meta = {"voice": name}
    state.md.inline.tokenize(state)
    state.push("voice_close", "span", -1)
    state.posMax = maximum


def times_sign(state: StateInline, silent: Silent) -> bool:
    """Read the asterisk of 3*4 as it stands: as emphasis, 3*4*5 would be shown as 345."""
    at = state.pos
    if state.src[at] != "*" or not 0 < at < state.posMax - 1:
        return False
    if not (state.src[at - 1].isdecimal() and state.src[at + 1].isdecimal()):
        return False
    if not silent:
        state.append_pending("*")
    state.pos += 1
    return True


def _spanning(rule: Rule) -> Rule:
    """Make the tokens pushed by a rule span everything the rule read."""

    def spanning(state: StateInline, silent: Silent) -> bool:
        start, count = state.pos, len(state.tokens)
        if not rule(state, silent):
            return False
        if not silent:
            _enclose(state.tokens[count:], start, state.pos)
        return True

    return spanning


def _enclose(tokens: list[Token], start: int, end: int) -> None:
    # The first token may be plain text that was pending before.
    for token in tokens:
        if token.map is None or token.map[0] >= start:
            token.map = [start, end]


class _Markdown(MarkdownIt):
    @override
    def validateLink(self, url: str) -> bool:
        # Which href and src values are allowed is decided on rendering.
        return True


@cache
def markdown(*, marks: bool) -> MarkdownIt:
    """Return the parser, with or without marks and voices. It keeps no state between texts."""
    parser = _Markdown()
    parser.inline = PositionedInline()
    parser.configure("commonmark", {"html": False})
    parser.enable("table")
    # A line of dashes under a paragraph must not make it a heading: headings are not claims.
    parser.disable(["lheading", "html_block", "html_inline"])
    # Writers mean an indented paragraph as a paragraph; as code it would escape every check.
    parser.disable("code")
    parser.block.ruler.at(
        "list", list_of_several, {"alt": ["paragraph", "reference", "blockquote"]}
    )
    parser.core.ruler.enableOnly(["normalize", "block", "inline"])
    parser.inline.ruler2.enableOnly(["balance_pairs", "emphasis"])
    rules = {
        "backticks": backtick,
        "escape": escape,
        "entity": entity,
        "autolink": autolink,
        "image": image,
    }
    for name, rule in rules.items():
        parser.inline.ruler.at(name, _spanning(rule))
    parser.inline.ruler.enable(list(rules))
    parser.inline.ruler.before("emphasis", "times_sign", times_sign)
    if marks:
        parser.inline.ruler.before("link", "citation_mark", citation_mark)
        parser.inline.ruler.before("link", "voice", voice)
    return parser
