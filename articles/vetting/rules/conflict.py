"""If cited posts give different figures for the same thing, the framing note must say so."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from articles.vetting import figures
from articles.vetting.content import content, sentences_of, stem
from articles.vetting.figures import Figure
from articles.vetting.figures.words import is_countable
from articles.vetting.finding import Finding, Level
from articles.vetting.languages import looks_english
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.rule import Rule

# So many words beside the counted thing have to be the same for it to be one thing.
_SHARED = 2
# Of shares, sums, spans of time and measures one text has several: these need more.
_SHARED_OF_MEASURES = 3
_SHARED_PART = 0.4
# A sentence that is the same but for the figure needs none of that.
_FEWEST_WORDS = 3
_REACH = 60
# What one event has one number of, however it is put, in the languages of most posts.
_TOLLS: Mapping[str, re.Pattern[str]] = {
    "dead": re.compile(
        r"dead|deaths?|died|dies|kill(?:s|ed|ing)?|fatalities|toll|mort[ie]s?|muert[oe]s?|mortos|tote[nr]?"
        r"|todesopfer|décès",
    ),
    "hurt": re.compile(
        r"injur(?:ed|es|ing|ies)|wound(?:ed|s|ing)|hurt|feriti|heridos|blessée?s|verletzte[nr]?|feridos"
    ),
    "missing": re.compile(r"missing|dispersi|desaparecidos|disparus|vermisste[nr]?"),
    "crowd": re.compile(
        r"march(?:ed|ers|es)?|protest(?:ed|ers|ors)?|demonstrat(?:ed|ors)|rall(?:y|ied)|turnout|crowd|attendance"
        r"|manifest(?:anti|antes|ants)|demonstranten"
    ),
}
_RISES = re.compile(
    r"\btoll\b[^.;,\d]{0,50} (?:to|at|of|was|is|now|reached|hits?)(?: at least)? ?\Z"
)
_MEASURES = {
    "kg": "kilo", "kilos": "kilo", "kilo": "kilo", "kilograms": "kilo", "kilogrammes": "kilo",
    "km": "kilometre", "kilometres": "kilometre", "kilometers": "kilometre", "tonnes": "tonne",
    "tons": "tonne", "metres": "metre", "meters": "metre", "miles": "mile", "hectares": "hectare",
    "minutes": "minute", "hours": "hour", "days": "day", "weeks": "week", "months": "month",
    "years": "year",
}  # fmt: skip
_MANY_MEANINGS = frozenset({*_MEASURES.values(), "%", "points", "ratio"})
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class _Given:
    source: SourceRef
    figure: Figure
    thing: str
    about: frozenset[str]
    frame: tuple[str, ...]


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    noted = figures.read_figures(piece.framing_note)
    seen: set[tuple[str, str, str]] = set()
    for thing, all_given in _by_thing(piece).items():
        for one, other in combinations(all_given[:40], 2):
            pair = (thing, one.source.key, other.source.key)
            if pair in seen or not _disagree(one, other):
                continue
            seen.add(pair)
            is_noted = any(figures.agree(note, g.figure) for note in noted for g in (one, other))
            if not is_noted and not _has_both(all_given, one, other):
                yield _finding(thing, one, other)


def _by_thing(piece: Piece) -> dict[str, list[_Given]]:
    cited = {key for claim in piece.prose.claims for key in claim.keys}
    by_thing: dict[str, list[_Given]] = {}
    for source in piece.sources:
        if source.key in cited and source.text:
            for given in _given(source, source.text):
                by_thing.setdefault(given.thing, []).append(given)
    return by_thing


def _given(source: SourceRef, text: str) -> Iterator[_Given]:
    english = looks_english(text)
    for sentence in sentences_of(text):
        for figure in figures.read_figures(sentence):
            if figure.is_name or not figures.of_consequence(figure):
                continue
            thing = _toll(figure, sentence)
            if not thing and english and figure.after:
                thing = figure.unit or _thing(figure)
            if thing:
                low = max(0, figure.start - _REACH)
                around = sentence[low : figure.start] + " " + sentence[figure.end :][:_REACH]
                yield _Given(source, figure, thing, _about(around, thing), _frame(figure, sentence))


def _frame(figure: Figure, sentence: str) -> tuple[str, ...]:
    """Return the words of a sentence without its figure."""
    rest = f"{sentence[: figure.start]} {sentence[figure.end :]}"
    return tuple(_WORD.findall(rest.casefold()))


def _about(around: str, thing: str) -> frozenset[str]:
    said = {stem(word) for word in _WORD.findall(around.casefold()) if _is_of(thing, word)}
    return content(around) - {thing} - said


def _is_of(thing: str, word: str) -> bool:
    return thing in _TOLLS and _TOLLS[thing].fullmatch(word) is not None


def _toll(figure: Figure, sentence: str) -> str:
    """Return which toll a figure is: "12 dead", "killing 12", "a toll of 12"; "" for none."""
    if figure.unit:
        return ""
    span = sentence[max(0, figure.start - _REACH) : figure.start].casefold()
    if _RISES.search(span):
        return "dead"
    before = _WORD.findall(span)[-3:]
    for words in (figure.after[:3], reversed(before)):
        for word in words:
            for toll in _TOLLS:
                if _is_of(toll, word):
                    return toll
    return ""


def _thing(figure: Figure) -> str:
    if figure.after[0] in _MEASURES:
        return _MEASURES[figure.after[0]]
    for word in figure.after[:2]:
        if is_countable(word):
            return stem(word)
    return ""


def _disagree(one: _Given, other: _Given) -> bool:
    if one.source.key == other.source.key or one.source.outlet == other.source.outlet:
        return False
    if _agree(one, other) or _agree(other, one):
        return False
    # "More than 20,000" leaves room for 25,000. Of the dead all say "at least".
    if one.thing not in _TOLLS and (
        _leaves_room(one.figure, other.figure) or _leaves_room(other.figure, one.figure)
    ):
        return False
    if one.frame == other.frame and len(one.frame) >= _FEWEST_WORDS:
        return True
    shared = len(one.about & other.about)
    if one.thing == "crowd":
        return shared >= 1
    if one.figure.unit or one.thing in _MANY_MEANINGS:
        fewest = min(len(one.about), len(other.about))
        return shared >= max(_SHARED_OF_MEASURES, _SHARED_PART * fewest)
    return shared >= _SHARED


def _has_both(given: list[_Given], one: _Given, other: _Given) -> bool:
    """Return whether a post has the figure of the other too: then it tells of a change, or of parts."""
    return any(
        each.source.key == mine.source.key and _agree(each, theirs)
        for mine, theirs in ((one, other), (other, one))
        for each in given[:40]
    )


def _agree(one: _Given, other: _Given) -> bool:
    if one.thing in _TOLLS and not (one.figure.is_hedged or other.figure.is_hedged):
        return one.figure.values[0] == other.figure.values[0]
    return figures.agree(one.figure, other.figure)


def _leaves_room(wide: Figure, exact: Figure) -> bool:
    return (exact.values[0] - wide.values[0]) * wide.side > 0


def _finding(thing: str, one: _Given, other: _Given) -> Finding:
    return Finding(
        code="conflict",
        level=Level.QUERY,
        field="sources",
        excerpt=f"{one.source.key}, {other.source.key}",
        message=(
            f"{one.source.key} has {_phrase(one)}, but {other.source.key} has {_phrase(other)}. "
            "Say in the framing note which you used, and why."
        ),
        evidence={
            "thing": thing,
            one.source.key: one.figure.text,
            other.source.key: other.figure.text,
        },
    )


def _phrase(given: _Given) -> str:
    return " ".join((given.figure.text, *given.figure.after[:1]))


RULE = Rule(
    code="conflict",
    title="Posts contradict each other",
    find=find,
    compares=frozenset({"body", "posts", "framing_note"}),
)
