"""Words of doubt in an English sentence."""

import re
from collections.abc import Iterable

from articles.vetting.lexicon.doubts import HEDGES, KEPT


def _compiled(phrases: Iterable[str]) -> re.Pattern[str]:
    spelled = sorted((_spelled(phrase) for phrase in phrases), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(spelled)})\b", re.IGNORECASE)


def _spelled(phrase: str) -> str:
    return r"\s+".join(
        r"\w+" if word == "*" else re.escape(word).replace(r"\*", r"\w*") for word in phrase.split()
    )


_HEDGE = _compiled(HEDGES)
_KEPT = _compiled((*HEDGES, *KEPT))


def hedge_in(sentence: str) -> str:
    """Return the first words with which a sentence says less than that a thing is so, or ""."""
    found = _HEDGE.search(sentence)
    return found.group() if found else ""


def keeps_doubt(sentence: str) -> bool:
    """Return whether a sentence says in any words that what it tells is no settled fact."""
    return _KEPT.search(sentence) is not None
