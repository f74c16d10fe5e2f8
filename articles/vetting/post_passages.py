"""The words of a post that a quotation gets wrong, where there is no doubt which ones they are.

Certain is a passage of one or more whole clauses that begins and ends with the words of the
quotation, differs from it in a few words between, has no attribution, and is the only one like it
in all linked posts.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from articles.vetting import quotes
from articles.vetting.normal import Normal, normal
from articles.vetting.piece import SourceRef

_WORD = re.compile(r"[^\W_]+(?:['-][^\W_]+)*")
_FEWEST, _MOST = 6, 60
# Words at each end that are the same, so that the passage is no longer and no shorter.
_ENDS = 2
# Words that may differ, of ten.
_DIFFERENT = 0.21
# What parts clauses; a hyphen does where it stands alone.
_BREAKS = frozenset(".!?…:;,—–()\"“”‘’'«»„|\n")
_HYPHEN = "-"
# Signs that would end the quotation, part it, or be read as markup.
_SIGNS = re.compile(
    r"[\"“”„‟«»\u2039\u203a「」『』\[\]<>*_`\\…|]|\.\.\.|&#?\w+;|(?<!\w)['‘]|['’](?!\w)"
)
_SENTENCE_END = re.compile(r"[.!?]\s")
_ATTRIBUTING = frozenset({
    "said", "says", "say", "told", "tells", "added", "adds", "wrote", "writes", "according", "stated",
    "reported", "reports", "announced", "warned", "insisted", "quoted", "saying", "citing", "sagte",
    "sagt", "schrieb", "laut", "erklärte", "teilte", "dit", "déclaré", "selon", "affirmé", "dijo",
    "afirmó", "según", "declaró", "disse", "segundo", "afirmou", "detto", "secondo", "dichiarato",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class PostPassage:
    """Words of a post, as they stand there on one line."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class _Window:
    source: SourceRef
    start: int
    end: int
    differing: int


def certain_passage(quote: str, sources: Iterable[SourceRef]) -> PostPassage | None:
    """Return the passage of a post that was meant by a quotation; None where that is not certain."""
    said = quotes.words(quote)
    if not _FEWEST <= len(said) <= _MOST or re.search(r"[\[\]…]|\.\.\.", quote):
        return None
    found = [window for source in sources if source.text for window in _windows(said, source)]
    if not found:
        return None
    best = min(found, key=lambda window: window.differing)
    if any(not _overlaps(window, best) for window in found):
        return None
    if sum(window.differing == best.differing for window in found) > 1:
        return None
    words = _whole_clauses(best)
    same_ends = len(_SENTENCE_END.findall(words)) == len(_SENTENCE_END.findall(quote))
    return PostPassage(best.source.key, words) if words and same_ends else None


def _windows(said: list[str], source: SourceRef) -> Iterator[_Window]:
    """Yield the spans of a post that begin and end like the quotation and differ little from it."""
    text = normal(source.text or "")
    given = list(_WORD.finditer(text))
    words = [match.group() for match in given]
    reach = max(2, len(said) // 4)
    for first, word in enumerate(words):
        if word != said[0] or words[first : first + _ENDS] != said[:_ENDS]:
            continue
        for last in range(first + len(said) - 1 - reach, first + len(said) + reach):
            if last >= len(words) or words[last + 1 - _ENDS : last + 1] != said[-_ENDS:]:
                continue
            differing = _differing(said, words[first : last + 1])
            if 0 < differing <= max(1, int(_DIFFERENT * len(said))):
                yield _Window(source, given[first].start(), given[last].end(), differing)


def _differing(said: list[str], given: list[str]) -> int:
    matcher = SequenceMatcher(a=said, b=given, autojunk=False)
    same = sum(block.size for block in matcher.get_matching_blocks())
    return max(len(said), len(given)) - same


def _overlaps(one: _Window, other: _Window) -> bool:
    return one.source is other.source and one.start < other.end and other.start < one.end


def _whole_clauses(window: _Window) -> str:
    """Return the words of a passage as the post has them; "" where they are no whole clauses."""
    post = window.source.text or ""
    first, last = Normal(post).origin(window.start, window.end)
    words = post[first:last]
    if not _ends_clause(post[:first][::-1]) or not _ends_clause(post[last:]):
        return ""
    if _SIGNS.search(words) or not _ATTRIBUTING.isdisjoint(quotes.words(words)):
        return ""
    return " ".join(words.split())


def _ends_clause(rest: str) -> bool:
    """Return whether a text begins with what parts clauses; it is read away from the passage."""
    words = rest.lstrip()
    blank = rest[: len(rest) - len(words)]
    return (
        not words or "\n" in blank or words[0] in _BREAKS or (words[0] == _HYPHEN and bool(blank))
    )
