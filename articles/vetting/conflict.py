"""Where cited posts give different figures for one thing, the framing note has to say so."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from articles.vetting import figures
from articles.vetting.content import content, sentences_of, stem
from articles.vetting.figures import Figure
from articles.vetting.figures.words import is_countable
from articles.vetting.finding import Finding, Level
from articles.vetting.languages import looks_english
from articles.vetting.piece import Context, Piece, SourceRef

# So many words beside the counted thing have to be the same for it to be one thing.
_SHARED = 2
_REACH = 60


@dataclass(frozen=True, slots=True)
class _Given:
    source: SourceRef
    figure: Figure
    thing: str
    about: frozenset[str]


def conflict(piece: Piece, context: Context) -> Iterator[Finding]:
    cited = {key for claim in piece.prose.claims for key in claim.keys}
    by_thing: dict[str, list[_Given]] = {}
    for source in piece.sources:
        if source.key not in cited or not source.text or not looks_english(source.text):
            continue
        for given in _given(source, source.text):
            by_thing.setdefault(given.thing, []).append(given)
    noted = figures.read(piece.framing_note)
    seen: set[tuple[str, str, str]] = set()
    for thing, all_given in by_thing.items():
        for one, other in combinations(all_given[:40], 2):
            pair = (thing, one.source.key, other.source.key)
            if pair in seen or not _disagree(one, other):
                continue
            seen.add(pair)
            if not any(figures.agree(note, g.figure) for note in noted for g in (one, other)):
                yield _finding(thing, one, other)


def _given(source: SourceRef, text: str) -> Iterator[_Given]:
    for sentence in sentences_of(text):
        for figure in figures.read(sentence):
            if figure.is_name or not figures.of_consequence(figure) or not figure.after:
                continue
            thing = figure.unit or _thing(figure)
            if thing:
                low = max(0, figure.start - _REACH)
                around = sentence[low : figure.start] + " " + sentence[figure.end :][:_REACH]
                yield _Given(source, figure, thing, content(around) - {thing})


def _thing(figure: Figure) -> str:
    for word in figure.after[:2]:
        if is_countable(word):
            return stem(word)
    return ""


def _disagree(one: _Given, other: _Given) -> bool:
    if one.source.key == other.source.key or one.source.outlet == other.source.outlet:
        return False
    if figures.agree(one.figure, other.figure) or figures.agree(other.figure, one.figure):
        return False
    # "More than 20,000" leaves room for 25,000.
    if _leaves_room(one.figure, other.figure) or _leaves_room(other.figure, one.figure):
        return False
    return len(one.about & other.about) >= _SHARED


def _leaves_room(wide: Figure, exact: Figure) -> bool:
    return (exact.values[0] - wide.values[0]) * wide.side > 0


def _finding(thing: str, one: _Given, other: _Given) -> Finding:
    return Finding(
        code="conflict",
        level=Level.QUERY,
        field="sources",
        excerpt=f"{one.source.key}, {other.source.key}",
        message=(
            f"{one.source.key} has {_phrase(one)}, {other.source.key} {_phrase(other)}: "
            "say in the framing note which you take, and why."
        ),
        evidence={
            "thing": thing,
            one.source.key: one.figure.text,
            other.source.key: other.figure.text,
        },
    )


def _phrase(given: _Given) -> str:
    return " ".join((given.figure.text, *given.figure.after[:1]))
