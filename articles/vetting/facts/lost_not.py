"""Words that a "not" has gone from, as its sentence alone tells: "leaned, but did fall"."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from articles.vetting.facts.words import Word

_STRESSING = frozenset({"did", "does"})
# Before these "did" is turned round, or stands for another verb: "as did the mayor", "so does rain".
_TURNED_ROUND = frozenset({
    "as", "so", "nor", "neither", "than", "what", "how", "why", "when", "where", "which", "who", "whom",
    "little", "only", "or", "if", "rarely", "seldom", "never", "not", "whether", "all", "everything",
    "indeed", "still", "although", "though",
})  # fmt: skip
_NO_BASE = ("ed", "ing", "en")
# What sources ask of those who quote them is the opposite.
_ASKING = frozenset({"ask", "asks", "asked", "asking", "requested", "requesting"})
_TO_BE = ("to", "be")
# "Asked that her name be used".
_NAME, _USED = "name", frozenset({"used", "published", "printed", "given"})
_FAR = 8
_NAMED = frozenset({"named", "identified", "quoted"})
# Without one of these a sentence has none, seen quickly.
MAY_LACK_A_NOT = _STRESSING | _ASKING


class LostNot(NamedTuple):
    """Words of a sentence, from start to end of its view."""

    start: int
    end: int


def read_lost_nots(said: Sequence[Word]) -> Iterator[LostNot]:
    """Yield the words of an English sentence that hardly stand so without a "not"."""
    for n, word in enumerate(said[:-1]):
        following = said[n + 1]
        if word.key in _STRESSING and n and _is_stressed(said[n - 1], following):
            yield LostNot(word.start, following.end)
        elif word.key in _ASKING:
            keys = tuple(each.key for each in said[n + 1 : n + 4])
            if keys[:2] == _TO_BE and keys[2:] and keys[2] in _NAMED:
                yield LostNot(word.start, said[n + 3].end)
            elif keys[:1] == ("that",):
                yield from _asked_for_a_name(said, n)


def _asked_for_a_name(said: Sequence[Word], at: int) -> Iterator[LostNot]:
    keys = [word.key for word in said[at : at + _FAR]]
    is_named = _NAME in keys and "be" in keys and "not" not in keys
    used = next((n for n, key in enumerate(keys) if key in _USED), None)
    if is_named and used is not None and keys[used - 1] == "be":
        yield LostNot(said[at].start, said[at + used].end)


def _is_stressed(before: Word, verb: Word) -> bool:
    """Return whether "did" stands between a subject and the bare form of a verb."""
    is_base = bool(verb.root) and not verb.is_capital and not verb.key.endswith(_NO_BASE)
    return (
        is_base
        and before.key not in _TURNED_ROUND
        and (before.key[:1].isalnum() or before.key == ":")
    )
