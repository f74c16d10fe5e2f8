"""Who won against whom, and by which score. English alone.

Read are "Ravens beat Mellin 3-2", "Mellin were beaten by Ravens", "Mellin lost 3-2 to Ravens",
"Ravens won the cup 3-2", "Varn Ravens 3-2 Athletic Mellin".
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from articles.vetting.facts.words import Word
from articles.vetting.lexicon import bare
from articles.vetting.lexicon.contests import BEATING, CONTEST_WORDS, LOSING, WINNING
from articles.vetting.lexicon.negations import NEGATORS

_NOBODY: frozenset[str] = frozenset()
_HIGHEST = 199
_SCORE = re.compile(
    r"[^\W\d_] \d{1,3} ?[-–—] ?\d{1,3} [^\W\d_]|[^\W\d_] \d[\d.]*[,;]? [^\W\d_]+ \d[\d.]*"
)
_DASHES = frozenset({"-", "–", "—"})
_BEING = frozenset({"was", "were", "been", "being", "is", "are", "get", "got", "gets"})
# Before a verb these make no deed of it: "hope to beat".
_POSSIBLE = frozenset({
    "will", "would", "could", "can", "may", "might", "must", "should", "if", "unless",
})  # fmt: skip
# "Rallied to beat", but not "hope to beat".
_WANTING = frozenset({
    "hope", "hopes", "hoped", "want", "wants", "wanted", "aim", "aims", "aimed", "expect", "expects", "expected",
    "need", "needs", "needed", "try", "tries", "trying", "tried", "bid", "chance", "fail", "fails", "failed",
    "likely", "set", "tipped", "plan", "plans", "looking", "due", "going", "ready", "about", "able", "how", "way",
    "favourite", "favourites", "favorite", "favorites", "vow", "vows", "vowed", "unable", "enough", "seek", "seeks",
})  # fmt: skip
_SHORT = frozenset({"d", "bt", "def"})
# How far a name stands from its verb.
_REACH = 4


@dataclass(frozen=True, slots=True)
class Result:
    """A result, at start to end of its view; the sides are folded words of names."""

    start: int
    end: int
    winner: frozenset[str] = _NOBODY
    loser: frozenset[str] = _NOBODY
    score: tuple[int, ...] = ()

    def contradicts(self, other: "Result") -> bool:
        """Return whether the winner of one contest lost it in the other text."""
        mine, theirs = _apart(self, other), _apart(other, self)
        if not _is_same_contest(mine, theirs) or mine.agrees_with(theirs):
            return False
        return bool(mine.winner & theirs.loser or mine.loser & theirs.winner)

    def agrees_with(self, other: "Result") -> bool:
        """Return whether somebody won, or lost, in both."""
        return bool(self.winner & other.winner or self.loser & other.loser)


def _apart(one: Result, other: Result) -> Result:
    """Return a result without the words that both sides of one share: two clubs of one town."""
    shared = (one.winner & one.loser) | (other.winner & other.loser)
    return replace(one, winner=one.winner - shared, loser=one.loser - shared)


def _is_same_contest(one: Result, other: Result) -> bool:
    if one.score and other.score:
        return one.score == other.score
    both = one.winner and one.loser and other.winner and other.loser
    return bool(both and one.winner & other.loser and one.loser & other.winner)


def may_tell_result(text: str, keys: frozenset[str]) -> bool:
    """Return whether a text with these folded words may tell a result, seen quickly."""
    return not keys.isdisjoint(CONTEST_WORDS) or _SCORE.search(text) is not None


def read_results(said: Sequence[Word], text: str) -> Iterator[Result]:
    """Yield the results of an English sentence; text is that of the view of its words."""
    reader = _Sentence(said, text)
    for n, word in enumerate(said):
        found = reader.told_at(n) if word.key in BEATING | WINNING | LOSING else None
        if found is None and word.is_number:
            found = reader.listed_at(n) or reader.listed_apart_at(n)
        if found is not None and (found.winner or found.loser):
            yield found


@dataclass(frozen=True, slots=True)
class _Sentence:
    said: Sequence[Word]
    text: str

    def told_at(self, at: int) -> Result | None:
        """Return what the verb at a place says of two sides."""
        if not self._is_done(at):
            return None
        key = self.said[at].key
        before, after = self._before(at), self._after(at)
        score = self._score_after(at)
        place = (self.said[at].start, self.said[at].end)
        if key in BEATING:
            if self._is_passive(at):
                return Result(*place, self._after_word(at, "by"), before, score)
            return Result(*place, before, after, score) if after else None
        if key in WINNING:
            loser = self._after_word(at, "against") or self._after_word(at, "over")
            return Result(*place, before, loser, score) if score or loser else None
        winner = self._after_word(at, "to") or self._after_word(at, "against")
        return Result(*place, winner, before, score) if winner and before else None

    def listed_at(self, n: int) -> Result | None:
        """Return "Varn Ravens 3-2 Athletic Mellin" with its higher number at n or after it."""
        score = self._score_at(n)
        if not score or score[0] == score[1]:
            return None
        before, after = self._run_to(n), self._run_from(n + 2)
        if not before or not after:
            return None
        home, away = self._names(before), self._names(after)
        winner, loser = (home, away) if score[0] > score[1] else (away, home)
        end = self.said[after[-1]].end
        return Result(self.said[before[0]].start, end, winner, loser, _sorted(score))

    def listed_apart_at(self, n: int) -> Result | None:
        """Return "Pikes 4, Generals 3" or "Castellan 50.4, Hartigan 49.6" with its first number at n."""
        before = self._run_to(n)
        comma = n + 1 < len(self.said) and self.said[n + 1].key in (",", ";")
        after = self._run_from(n + 2) if before and comma else []
        last = after[-1] + 1 if after else len(self.said)
        if last >= len(self.said) or not self.said[last].is_number:
            return None
        high, low = (_value(self.said[at].key) for at in (n, last))
        is_whole = self.said[n].key.isdigit() and self.said[last].key.isdigit()
        if high == low or max(high, low) > _HIGHEST or self._is_followed_by_a_word(last):
            return None
        home, away = self._names(before), self._names(after)
        winner, loser = (home, away) if high > low else (away, home)
        score = _sorted((int(high), int(low))) if is_whole else ()
        return Result(self.said[before[0]].start, self.said[last].end, winner, loser, score)

    def _has_score(self) -> bool:
        return any(self._score_at(n) for n in range(len(self.said)))

    def _is_followed_by_a_word(self, at: int) -> bool:
        """Return whether a number counts something: "Lindow 4, Calvera 3 dead"."""
        following = self.said[at + 1 : at + 2]
        return (
            bool(following)
            and bool(following[0].root)
            and following[0].clause == self.said[at].clause
        )

    def _is_done(self, at: int) -> bool:
        clause = self.said[at].clause
        keys = {word.key for word in self.said[max(0, at - _REACH) : at] if word.clause == clause}
        if "to" in keys and not (keys.isdisjoint(_WANTING) and self._has_score()):
            return False
        return keys.isdisjoint(_POSSIBLE) and keys.isdisjoint(NEGATORS)

    def _is_passive(self, at: int) -> bool:
        return any(word.key in _BEING for word in self.said[max(0, at - 2) : at])

    def _score_at(self, n: int) -> tuple[int, ...]:
        pair = self.said[n : n + 2]
        if len(pair) < 2 or not all(word.is_number and word.key.isdigit() for word in pair):
            return ()
        if self.text[pair[0].end : pair[1].start].strip() not in _DASHES:
            return ()
        found = tuple(int(word.key) for word in pair)
        return found if max(found) <= _HIGHEST else ()

    def _score_after(self, at: int) -> tuple[int, ...]:
        """Return the only score of the sentence after a verb: of several each is of a part."""
        found = [score for n in range(at, len(self.said)) if (score := self._score_at(n))]
        return _sorted(found[0]) if len(found) == 1 else ()

    def _is_name(self, n: int) -> bool:
        word = self.said[n] if 0 <= n < len(self.said) else None
        return word is not None and word.is_capital and bool(word.root)

    def _run_to(self, after: int) -> list[int]:
        first = after
        while self._is_name(first - 1):
            first -= 1
        return list(range(first, after))

    def _run_from(self, first: int) -> list[int]:
        after = first
        while self._is_name(after):
            after += 1
        return list(range(first, after))

    def _names(self, run: Sequence[int]) -> frozenset[str]:
        return frozenset(bare(self.said[n].key).removesuffix("'s") for n in run)

    def _before(self, at: int) -> frozenset[str]:
        """Return the name before a verb, over a word or two: "Ravens have beaten"."""
        for n in range(at - 1, max(at - 1 - _REACH, -1), -1):
            if self._is_name(n):
                return self._names(self._run_to(n + 1))
            if not self.said[n].key[:1].isalnum() or self.said[n].root:
                break
        is_participle = self.said[at].key.endswith("ing") or self.said[at - 1].key == "to"
        return self._first_name() if at and is_participle else _NOBODY

    def _first_name(self) -> frozenset[str]:
        """Return whom a sentence is about: "Castellan was elected, beating Hartigan"."""
        first = next((n for n in range(len(self.said)) if self._is_name(n)), None)
        return _NOBODY if first is None else self._names(self._run_from(first))

    def _after(self, at: int) -> frozenset[str]:
        # "Okoye d. (2) Brandt".
        if self.said[at].key in _SHORT:
            at = next((n for n in range(at + 1, len(self.said)) if self._is_name(n)), at + 1) - 1
        for n in range(at + 1, min(at + 1 + _REACH, len(self.said))):
            if self._is_name(n):
                return self._names(self._run_from(n))
            if not self.said[n].key[:1].isalnum() or self.said[n].is_number:
                return _NOBODY
        return _NOBODY

    def _after_word(self, at: int, key: str) -> frozenset[str]:
        """Return the name after a preposition that follows the verb in its clause."""
        for n in range(at + 1, len(self.said)):
            if self.said[n].clause != self.said[at].clause:
                return _NOBODY
            if self.said[n].key == key:
                return self._after(n)
        return _NOBODY


def _value(key: str) -> float:
    try:
        return float(key)
    except ValueError:
        return -1.0


def _sorted(score: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(score, reverse=True))
