"""Consecutive words of a post are a quotation and need quotation marks."""

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from articles.vetting.finding import Finding, Level
from articles.vetting.normal import normal
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import Rule
from articles.vetting.scopes import Paragraph, paragraphs
from articles.vetting.texts_read import read_text

_RUN = 12
_WORD = re.compile(r"[^\W_]+(?:['’\u2011-][^\W_]+)*")


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    pairs: set[tuple[str, str]] = set()
    for source in piece.sources:
        pairs.update(pairwise(read_text(source.text or "", context).words))
    may_copy = [one for one in paragraphs(piece, context) if _may_copy(one.text, pairs)]
    # Few pieces have such a paragraph, and a long post has very many runs.
    posts = _runs(piece, context) if may_copy else {}
    for paragraph in may_copy:
        yield from _copied(paragraph, posts, pairs, context)


def _runs(piece: Piece, context: Context) -> dict[tuple[str, ...], str]:
    """Return each run of words of the posts, with the key of the first post that has it."""
    posts: dict[tuple[str, ...], str] = {}
    for source in piece.sources:
        given = read_text(source.text or "", context).words
        for n in range(len(given) - _RUN + 1):
            posts.setdefault(tuple(given[n : n + _RUN]), source.key)
    return posts


def _copied(
    paragraph: Paragraph,
    posts: dict[tuple[str, ...], str],
    pairs: set[tuple[str, str]],
    context: Context,
) -> Iterator[Finding]:
    inside = read_text(paragraph.text, context).quoted
    starts = [start for start, _ in inside]
    run: list[re.Match[str]] = []
    said: list[str] = []
    last, key = -1, ""
    first = together = 0
    before = ""
    for match in _WORD.finditer(paragraph.text):
        n = bisect_right(starts, match.start()) - 1
        if n >= 0 and match.start() < inside[n][1]:
            yield from _finding(paragraph, run[first : last + 1], key)
            run, said, last = [], [], -1
            continue
        run.append(match)
        word = match.group()
        folded = _folded(word)
        # Hardly any words are copied: a run begins with pairs of words that some post has.
        together = together + 1 if (before, folded) in pairs else 1
        before = folded
        said.append(folded)
        is_long = together >= _RUN and len(said) >= _RUN
        found = posts.get(tuple(said[-_RUN:])) if is_long else None
        if found is None:
            continue
        if last < len(run) - _RUN:
            yield from _finding(paragraph, run[first : last + 1], key)
            first = len(run) - _RUN
        last, key = len(run) - 1, found
    yield from _finding(paragraph, run[first : last + 1], key)


def _may_copy(text: str, pairs: set[tuple[str, str]]) -> bool:
    """Return whether a text has enough pairs of words in a row that some post has: few have."""
    words = _WORD.findall(text)
    folded = {word: _folded(word) for word in set(words)}
    run = pairwise(map(folded.__getitem__, words))
    return b"\1" * (_RUN - 1) in bytes(map(pairs.__contains__, run))


def _folded(word: str) -> str:
    return word.casefold() if word.isascii() else normal(word)


def _finding(paragraph: Paragraph, run: list[re.Match[str]], key: str) -> Iterator[Finding]:
    if not run or not key:
        return
    start, end = run[0].start(), run[-1].end()
    place = paragraph.locate(start, end)
    if place is None:
        return
    yield Finding(
        code="verbatim-copy",
        level=Level.QUERY,
        field="body",
        start=place[0],
        end=place[1],
        excerpt=paragraph.excerpt(start, end),
        message=f"{len(run)} words in a row are copied from {key}. Put them in quotation marks, or use your own words.",
        evidence={"key": key, "words": paragraph.text[start:end]},
    )


RULE = Rule(
    code="verbatim-copy",
    title="Copied without quotation marks",
    find=find,
)
