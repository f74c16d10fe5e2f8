"""Several posts of one origin count as one source: one outlet, reposts, or identical text."""

import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache

from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.readings import Reading, reading
from articles.vetting.rule import Rule

# A longer post that names another outlet has most often something of its own to say.
_REPETITION = 60
_SHINGLE = 3
_NEAR_IDENTICAL = 0.6
_FEWEST_WORDS = 6
_COMPARED = 20
_WORD = re.compile(r"\w+")
_ADDRESS = re.compile(r"\b[A-Za-z][A-Za-z0-9+.-]{0,30}://\S+")

type _Shingles = frozenset[tuple[str, ...]]


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    resting = _resting(piece)
    if not resting:
        return
    known = reading(piece, context)
    passed_on = _passed_on(piece, known)
    origins = [passed_on.get(source.key) or _origin(source, known) for source in resting]
    # Most posts have an origin of their own, and only the first are compared by their words.
    shingles = cache(lambda n: _shingles(resting[n].text or ""))
    if not _is_one(origins, shingles):
        return
    keys = [source.key for source in resting]
    names = sorted({source.outlet for source in resting})
    yield Finding(
        code="single-origin",
        level=Level.QUERY,
        field="sources",
        excerpt=", ".join(keys),
        message=(
            f"Every source goes back to one origin ({', '.join(names)}). Find a second one, or "
            "say so in the framing note."
        ),
        evidence={"keys": sorted(keys), "outlets": names},
    )


def _resting(piece: Piece) -> list[SourceRef]:
    """Return what the article rests on: the cited sources, background left out where there is more."""
    cited = [source for source in piece.sources if source.key in piece.prose.marks]
    basis = [source for source in cited or piece.sources if source.role != "background"]
    return basis or cited


def _passed_on(piece: Piece, known: Reading) -> dict[str, frozenset[str]]:
    """Return by key the outlets whose words a source passes on in every sentence that cites it."""
    origins: dict[str, list[frozenset[str]]] = {}
    for read in known.sentences:
        claim = known.citations.claim(read.sentence)
        cited = known.citations.of(claim)
        relayed = [
            (relay.key, named.outlets)
            for named in read.attributed
            for relay in known.relayed_by(named, read, cited)
        ]
        for source in cited:
            named_by_it = [outlets for key, outlets in relayed if key == source.key]
            origins.setdefault(source.key, []).append(frozenset().union(*named_by_it))
    return {key: frozenset().union(*each) for key, each in origins.items() if all(each)}


def _origin(source: SourceRef, known: Reading) -> frozenset[str]:
    """Return the outlet that a short post repeats, else the post's own."""
    own, outlets = known.outlets_of(source), known.outlets
    text = source.text or ""
    if len(text.split()) > _REPETITION:
        return own
    others = [named.outlets for named in outlets.given_as_source(text) if not named.outlets & own]
    return others[0] if others else own


def _is_one(origins: list[frozenset[str]], shingles: Callable[[int], _Shingles]) -> bool:
    """Return whether all hang together, by origin or by words."""
    names, group, rest = set(origins[0]), [0], list(range(1, len(origins)))
    while rest:
        joined = [
            n
            for n in rest
            if origins[n] & names or any(_alike(shingles(n), shingles(one)) for one in group)
        ]
        if not joined:
            return False
        for n in joined:
            names |= origins[n]
        group = joined[:_COMPARED]
        rest = [n for n in rest if n not in set(joined)]
    return True


def _shingles(text: str) -> _Shingles:
    folded = unicodedata.normalize("NFKC", _ADDRESS.sub(" ", text)).casefold()
    words = _WORD.findall(folded)
    if len(words) < _FEWEST_WORDS:
        return frozenset()
    return frozenset(tuple(words[n : n + _SHINGLE]) for n in range(len(words) - _SHINGLE + 1))


def _alike(one: _Shingles, other: _Shingles) -> bool:
    if not one or not other:
        return False
    return len(one & other) >= _NEAR_IDENTICAL * min(len(one), len(other)) and (
        min(len(one), len(other)) >= max(len(one), len(other)) / 2
    )


RULE = Rule(
    code="single-origin",
    title="Only one origin",
    find=find,
)
