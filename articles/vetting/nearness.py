"""The passage of a post that is nearest to a quotation, and what differs, word by word.

It explains a failure and never passes a quotation: similarity does not see an inserted "not".
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from articles.vetting.quotes import words

# Longer texts are not compared: what is said of the first words is enough to find the rest.
_QUOTE_WORDS = 60
_POST_WORDS = 20_000
_ENOUGH = 0.5
_NEGATIONS = frozenset({
    "not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot",
    "can't", "won't", "don't", "doesn't", "didn't", "isn't", "aren't", "wasn't", "weren't", "hasn't",
    "haven't", "hadn't", "wouldn't", "shouldn't", "couldn't", "mustn't", "ne", "pas", "jamais", "nunca",
    "nicht", "kein", "keine", "nie", "sin", "لا", "لم", "لن", "ليس",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Nearest:
    """diff holds ["=", words], ["-", only in the quotation] and ["+", only in the post].

    changed are the differing words that turn a meaning round: negations and numbers.
    """

    key: str
    passage: str
    diff: tuple[tuple[str, str], ...]
    changed: tuple[str, ...]


def nearest(quote: str, posts: Iterable[tuple[str, Sequence[str]]]) -> Nearest | None:
    """Return the nearest passage of posts (key, words); None where half of the words are missing."""
    said = words(quote)[:_QUOTE_WORDS]
    wanted = Counter(said)
    best: tuple[int, str, Sequence[str]] = (0, "", [])
    for key, given in posts:
        score, window = _window(wanted, len(said), given[:_POST_WORDS])
        if score > best[0]:
            best = (score, key, window)
    score, key, window = best
    if not said or score < _ENOUGH * len(said):
        return None
    return _compared(key, said, window)


def _window(wanted: Counter[str], size: int, given: Sequence[str]) -> tuple[int, Sequence[str]]:
    """Return the span of a post that holds most of the wanted words. Linear."""
    reach = size + max(2, size // 4)
    have: Counter[str] = Counter()
    score = best = at = 0
    # Most words are not wanted, and change no score.
    for n, word in enumerate(given):
        if n >= reach and (left := given[n - reach]) in wanted:
            score -= have[left] <= wanted[left]
            have[left] -= 1
        if word in wanted:
            have[word] += 1
            score += have[word] <= wanted[word]
            if score > best:
                best, at = score, n
    return best, given[max(0, at - reach + 1) : at + 3]


def _compared(key: str, said: Sequence[str], window: Sequence[str]) -> Nearest:
    codes = SequenceMatcher(a=said, b=window, autojunk=False).get_opcodes()
    # What only stands before and after the passage in the post is no difference.
    while codes and codes[0][0] == "insert":
        codes = codes[1:]
    while codes and codes[-1][0] == "insert":
        codes = codes[:-1]
    diff: list[tuple[str, str]] = []
    changed: list[str] = []
    for op, low, high, first, last in codes:
        if op == "equal":
            diff.append(("=", " ".join(said[low:high])))
            continue
        diff.extend(
            (sign, " ".join(part))
            for sign, part in (("-", said[low:high]), ("+", window[first:last]))
            if part
        )
        changed.extend(word for word in (*said[low:high], *window[first:last]) if _turns(word))
    passage = " ".join(window[codes[0][3] : codes[-1][4]]) if codes else ""
    return Nearest(key, passage, tuple(diff), tuple(dict.fromkeys(changed)))


def _turns(word: str) -> bool:
    return word in _NEGATIONS or any(character.isdigit() for character in word)
