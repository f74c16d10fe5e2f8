"""Words of doubt in an English sentence."""

import re
from collections.abc import Iterable, Sequence

from articles.vetting.lexicon.doubts import HEDGES, KEPT


def _compiled(phrases: Iterable[str]) -> re.Pattern[str]:
    spelled = sorted((_spelled(phrase) for phrase in phrases), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(spelled)})\b", re.IGNORECASE)


def _spelled(phrase: str) -> str:
    return r"\s+".join(
        r"\w+" if word == "*" else re.escape(word).replace(r"\*", r"\w*") for word in phrase.split()
    )


class _Doubts:
    """Phrases that few sentences have, which is seen by a part of each without a pattern."""

    def __init__(self, phrases: Sequence[str]) -> None:
        self._pattern = _compiled(phrases)
        parts = {max(map(str.strip, phrase.split("*")), key=len) for phrase in phrases}
        self._parts = [one for one in parts if not any(each in one for each in parts - {one})]

    def search(self, sentence: str) -> re.Match[str] | None:
        folded = " ".join(sentence.casefold().split())
        for part in self._parts:
            if part in folded:
                return self._pattern.search(sentence)
        return None


_HEDGE = _Doubts(HEDGES)
_KEPT = _Doubts((*HEDGES, *KEPT))


def hedge_in(sentence: str) -> str:
    """Return the first words with which a sentence says less than that a thing is so, or ""."""
    found = _HEDGE.search(sentence)
    return found.group() if found else ""


def keeps_doubt(sentence: str) -> bool:
    """Return whether a sentence says in any words that what it tells is no settled fact."""
    return _KEPT.search(sentence) is not None
