"""Findings as text: level and code, what to do, the sentence, and a caret under the span."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.vetting import not_run
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Piece
from web.words import count_of

_WIDEST = 96


@dataclass(frozen=True, slots=True)
class Ink:
    """Terminal colours, or no colours."""

    is_coloured: bool

    def paint(self, text: str, code: str) -> str:
        return f"\x1b[{code}m{text}\x1b[0m" if self.is_coloured else text

    def level(self, level: Level) -> str:
        return self.paint(level.value.upper(), "1;31" if level is Level.HOLD else "1;33")


def lines(name: str, piece: Piece, findings: Sequence[Finding], ink: Ink) -> Iterator[str]:
    """Yield the report on one piece, line by line, without control characters of its text."""
    holds = sum(finding.level is Level.HOLD for finding in findings)
    queries = len(findings) - holds
    verdict = ink.paint("held", "1;31") if holds else ink.paint("passes", "1;32")
    yield f"{ink.paint(_shown(name), '1')}: {verdict}, {count_of(holds, 'hold')}, {count_of(queries, 'query', 'queries')}"
    if subjects := not_run(piece):
        yield f"  Not checked in this language ({_shown(piece.language)}): {', '.join(subjects)}."
    for finding in findings:
        yield f"  {ink.level(finding.level)} {ink.paint(finding.code, '1')} in {finding.field.replace('_', ' ')}"
        yield f"    {_shown(finding.message)}"
        yield from _pointed_at(piece, finding, ink)


def _pointed_at(piece: Piece, finding: Finding, ink: Ink) -> Iterator[str]:
    text = getattr(piece, finding.field, "")
    if not isinstance(text, str) or finding.end <= finding.start:
        if finding.excerpt:
            yield f"    | {_shown(finding.excerpt)}"
        return
    start, end = _line(text, finding.start)
    stop = min(finding.end, end)
    if stop - start > _WIDEST:
        start = max(start, finding.start - _WIDEST // 2)
        end = min(end, max(stop, start + _WIDEST))
    before, span = _shown(text[start : finding.start]), _shown(text[finding.start : stop])
    yield f"    | {before}{span}{_shown(text[stop : min(end, stop + _WIDEST)])}".rstrip()
    yield f"    | {' ' * _width(before)}{ink.paint('^' * max(1, _width(span)), '1;31')}"


def _line(text: str, at: int) -> tuple[int, int]:
    """Return the line around a place."""
    end = text.find("\n", at)
    return text.rfind("\n", 0, at) + 1, len(text) if end < 0 else end


def _shown(text: str) -> str:
    """Return a text on one line, with control and invisible characters as ·, so that none acts."""
    return "".join(
        " "
        if character.isspace()
        else "·"
        if unicodedata.category(character)[0] == "C"
        else character
        for character in text
    )


def _width(text: str) -> int:
    """Return the columns that a terminal gives a text: two for wide letters, none for accents."""
    return sum(
        0 if unicodedata.combining(each) else 2 if unicodedata.east_asian_width(each) in "WF" else 1
        for each in text
    )
