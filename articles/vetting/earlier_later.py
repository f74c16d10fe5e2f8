"""What a sentence puts before something that a cited post calls earlier, and the reverse.

"Hours before the Assembly had voted 341 to 82", where the post has "Assembly vote earlier: 341-82".
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.vetting.facts.words import Word, is_of_another_time, numbers, roots
from articles.vetting.lexicon.orders import AFTER, BEFORE
from articles.vetting.piece import SourceRef
from articles.vetting.told import Saying, Told

_ADVERBS = {
    BEFORE: frozenset({"earlier", "previously", "beforehand"}),
    AFTER: frozenset({"later", "afterwards", "subsequently", "afterward"}),
}
_ORDERING = frozenset({BEFORE, AFTER, "until", "till", "than", "ago"})
# So many words tell what something is before or after.
_TARGET = 14
# A figure of so many digits is hardly that of two things.
_TELLING = 2
_STOPS = frozenset({".", ";", ":"})


@dataclass(frozen=True, slots=True)
class OtherTurn:
    """The "before" of a sentence, and the "earlier" of a post."""

    mine: Word
    source: SourceRef
    saying: Saying
    theirs: Word


def earlier_for_later(each: Told) -> Iterator[OtherTurn]:
    """Yield each "before" whose target a post has earlier, and each "after" whose it has later."""
    said = each.saying
    for n, word in enumerate(said.words):
        if word.key not in _ADVERBS or said.is_quoted(word.start):
            continue
        target, main = _target(said.words[n + 1 :]), said.words[:n]
        figures = {one for one in numbers(target) if len(one) >= _TELLING} - numbers(main)
        for source, saying, adverb in _passages(each, _ADVERBS[word.key]):
            is_target = not figures.isdisjoint(saying.numbers) and roots(target) & saying.roots
            if is_target and numbers(main).isdisjoint(saying.numbers):
                yield OtherTurn(word, source, saying, adverb)
                return


def _target(following: Sequence[Word]) -> Sequence[Word]:
    end = next((n for n, word in enumerate(following) if word.key in _STOPS), len(following))
    return following[: min(end, _TARGET)]


def _passages(each: Told, adverbs: frozenset[str]) -> Iterator[tuple[SourceRef, Saying, Word]]:
    for source, sayings in each.posts:
        for saying in sayings:
            if adverbs.isdisjoint(saying.keys) or not saying.keys.isdisjoint(_ORDERING):
                continue
            if is_of_another_time(each.saying.times, saying.times):
                continue
            found = [word for word in saying.words if word.key in adverbs]
            # "An hour earlier", "3 days later": of what, nobody can tell.
            if len(found) == 1 and not _is_measured(saying.words, found[0]):
                yield source, saying, found[0]


def _is_measured(said: Sequence[Word], adverb: Word) -> bool:
    at = next(n for n, word in enumerate(said) if word.start == adverb.start)
    return any(
        word.is_number or word.key in ("a", "an", "year") for word in said[max(0, at - 2) : at]
    )
