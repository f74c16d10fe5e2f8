"""If cited posts give different figures for the same thing, the framing note must say so."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from articles.prose import split
from articles.vetting.content import content, stem
from articles.vetting.facts.matching import Match, match
from articles.vetting.facts.quantity import Kind, Quantity
from articles.vetting.facts.reading import read_quantities
from articles.vetting.facts.things import is_countable
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.quantified import quantities_of_post
from articles.vetting.rule import Rule
from articles.vetting.texts_read import read_text

# So many words beside the counted thing have to be the same for it to be one thing.
_SHARED = 2
# Of shares, sums, spans of time and measures one text has several: these need more.
_SHARED_OF_MEASURES = 3
_SHARED_PART = 0.4
# A sentence that is the same but for the figure needs none of that.
_FEWEST_WORDS = 3
_REACH = 60
# What one event has one number of, however it is put, in the languages of most posts.
_TOLLS: Mapping[str, frozenset[str]] = {
    "dead": frozenset({
        "dead", "death", "deaths", "died", "dies", "kill", "kills", "killed", "killing",
        "fatalities", "toll", "morti", "morte", "mortis", "mortes", "muerto", "muertos",
        "muerte", "muertes", "mortos", "tote", "toten", "toter", "todesopfer", "décès",
    }),
    "hurt": frozenset({
        "injured", "injures", "injuring", "injuries", "wounded", "wounds", "wounding", "hurt",
        "feriti", "heridos", "blessés", "blessées", "verletzte", "verletzten", "verletzter",
        "feridos",
    }),
    "missing": frozenset({
        "missing", "dispersi", "desaparecidos", "disparus", "vermisste", "vermissten",
        "vermisster",
    }),
    "crowd": frozenset({
        "march", "marched", "marchers", "marches", "protest", "protested", "protesters",
        "protestors", "demonstrated", "demonstrators", "rally", "rallied", "turnout", "crowd",
        "attendance", "manifestanti", "manifestantes", "manifestants", "demonstranten",
    }),
}  # fmt: skip
_TOLL_OF = {word: toll for toll, said in _TOLLS.items() for word in said}
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
_MANY_MEANINGS = frozenset({*_MEASURES.values(), "%", "points"})
# The thing itself, where it is no noun.
_OF_UNITS = frozenset({"money", "share", "points"})
_WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True)
class _Given:
    """A figure of a post; span encloses its sentence there, around has the words beside it."""

    source: SourceRef
    quantity: Quantity
    thing: str
    around: str
    span: tuple[int, int]

    @cached_property
    def about(self) -> frozenset[str]:
        """What the words around say, asked of the few figures that differ."""
        return _about(self.around, self.thing)

    @cached_property
    def frame(self) -> tuple[str, ...]:
        """The words around the figure. A sentence may have thousands, of which few are compared."""
        text, (start, end) = self.source.text or "", self.span
        around = f"{text[start : self.quantity.start]} {text[self.quantity.figure_end : end]}"
        return tuple(_WORD.findall(around.casefold()))


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    noted = read_quantities(piece.framing_note, piece.language)
    seen: set[tuple[str, str, str]] = set()
    for thing, all_given in _by_thing(piece, context).items():
        for one, other in combinations(all_given[:40], 2):
            pair = (thing, one.source.key, other.source.key)
            if pair in seen or not _disagree(one, other) or _has_both(all_given, one, other):
                continue
            seen.add(pair)
            is_noted = any(_equal(note, g.quantity) for note in noted for g in (one, other))
            if not is_noted:
                yield _finding(thing, one, other)


def _by_thing(piece: Piece, context: Context) -> dict[str, list[_Given]]:
    cited = {key for claim in piece.prose.claims for key in claim.keys}
    by_thing: dict[str, list[_Given]] = {}
    for source in piece.sources:
        if source.key in cited and source.text:
            for given in _given(source, source.text, context):
                by_thing.setdefault(given.thing, []).append(given)
    return by_thing


def _given(source: SourceRef, text: str, context: Context) -> Iterator[_Given]:
    quantities = [one for one in quantities_of_post(text, context) if _may_conflict(one)]
    if not quantities:
        return
    english = read_text(text, context).is_english
    sentences = list(_sentences(text))
    starts = [start for start, _ in sentences]
    for one in quantities:
        start, end = sentences[max(bisect_right(starts, one.start) - 1, 0)]
        before = text[max(start, one.start - _REACH) : one.start]
        after = text[one.figure_end : min(end, one.figure_end + _REACH)]
        thing = _toll(one, before)
        if not thing and english:
            thing = one.unit.code if one.unit and one.dimension in _OF_UNITS else _thing(one)
        if thing:
            yield _Given(source, one, thing, f"{before} {after}", (start, end))


def _may_conflict(one: Quantity) -> bool:
    return one.kind is not Kind.UNSURE and one.needs_source()


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a post stand; a line break ends one too."""
    at = 0
    for line in text.splitlines(keepends=True):
        yield from ((at + start, at + end) for start, end in split(line))
        at += len(line)


def _about(around: str, thing: str) -> frozenset[str]:
    said = _TOLLS.get(thing, frozenset()).intersection(_WORD.findall(around.casefold()))
    return content(around) - {thing} - set(map(stem, said))


def _toll(one: Quantity, before: str) -> str:
    """Return which toll a figure is: "12 dead", "killing 12", "a toll of 12"; "" for none."""
    if one.dimension in _OF_UNITS:
        return ""
    span = before.casefold()
    if _RISES.search(span):
        return "dead"
    last = _WORD.findall(span)[-3:]
    return next((_TOLL_OF[word] for word in (*one.after, *reversed(last)) if word in _TOLL_OF), "")


def _thing(one: Quantity) -> str:
    if one.after and one.after[0] in _MEASURES:
        return _MEASURES[one.after[0]]
    return next((stem(word) for word in one.after[:2] if is_countable(word)), "")


def _disagree(one: _Given, other: _Given) -> bool:
    if one.source.key == other.source.key or one.source.outlet == other.source.outlet:
        return False
    if _agree(one, other) or _agree(other, one):
        return False
    # "More than 20,000" leaves room for 25,000. Of the dead all say "at least".
    if one.thing not in _TOLLS and (
        _leaves_room(one.quantity, other.quantity) or _leaves_room(other.quantity, one.quantity)
    ):
        return False
    if one.frame == other.frame and len(one.frame) >= _FEWEST_WORDS:
        return True
    shared = len(one.about & other.about)
    if one.thing == "crowd":
        return shared >= 1
    if one.quantity.dimension in _OF_UNITS or one.thing in _MANY_MEANINGS:
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
    if one.thing in _TOLLS and not (one.quantity.is_hedged or other.quantity.is_hedged):
        return one.quantity.value == other.quantity.value
    return _equal(one.quantity, other.quantity)


def _equal(one: Quantity, other: Quantity) -> bool:
    return match(one, other) in (Match.SAME, Match.OTHER_THING)


def _leaves_room(wide: Quantity, exact: Quantity) -> bool:
    return (exact.value - wide.value) * wide.bound > 0


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
            one.source.key: one.quantity.figure,
            other.source.key: other.quantity.figure,
        },
    )


def _phrase(given: _Given) -> str:
    return " ".join((given.quantity.figure, *given.quantity.after[:1]))


RULE = Rule(
    code="conflict",
    title="Posts contradict each other",
    find=find,
    compares=frozenset({"body", "posts", "framing_note"}),
)
