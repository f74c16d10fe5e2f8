"""A claim that a post calls alleged or unconfirmed must not be stated as a fact."""

import re
from collections.abc import Iterator
from functools import lru_cache

from articles.prose import Claim
from articles.vetting.content import content, sentences_of
from articles.vetting.facts.doubts import hedge_in, keeps_doubt
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import ENGLISH, Rule

# "Reuters reports" says as much as "reportedly" does, and "the ministry says" as "claims".
_REPORTED = re.compile(
    r"\b(?:report(?:s|ed)?|according to|said|says|told|quot(?:es|ed|ing)|citing)\b", re.IGNORECASE
)
_AS_MUCH_AS_SAID = ("reportedly", "claim", "alleges", "alleging")
_SHARED = 0.5
_FEWEST = 3


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    texts = {source.key: source.text or "" for source in piece.sources}
    for claim in piece.prose.claims:
        if claim.voice != "cited" or keeps_doubt(claim.text):
            continue
        for key in claim.keys:
            hedge = _lost(claim, texts[key])
            # Another post that states it flatly is reason enough to do so.
            if hedge and not any(_is_flat(claim, texts[other]) for other in claim.keys):
                yield _finding(claim, key, hedge)
                break


def _lost(claim: Claim, text: str) -> str:
    for sentence, word in _hedged(text):
        if _says_the_same(claim, sentence):
            if word.casefold().startswith(_AS_MUCH_AS_SAID) and _REPORTED.search(claim.text):
                continue
            return word
    return ""


@lru_cache(maxsize=512)
def _hedged(text: str) -> tuple[tuple[str, str], ...]:
    """Return the sentences of a post that have a reservation, each with its first."""
    found = ((sentence, hedge_in(sentence)) for sentence in sentences_of(text))
    return tuple((sentence, hedge) for sentence, hedge in found if hedge)


def _is_flat(claim: Claim, text: str) -> bool:
    return any(
        not keeps_doubt(sentence) and _says_the_same(claim, sentence)
        for sentence in sentences_of(text)
    )


def _says_the_same(claim: Claim, sentence: str) -> bool:
    mine, theirs = content(claim.text), content(sentence)
    shared = len(mine & theirs)
    # A short sentence that is in there whole says the same, too.
    if shared < _FEWEST and not shared == len(mine) >= _FEWEST - 1:
        return False
    return shared >= _SHARED * min(len(mine), len(theirs))


def _finding(claim: Claim, key: str, hedge: str) -> Finding:
    return Finding(
        code="hedge-lost",
        level=Level.QUERY,
        field="body",
        start=claim.start,
        end=claim.end,
        excerpt=claim.text,
        message=f"{key} says “{hedge}”, but the sentence states it as fact. Keep the hedge.",
        evidence={"key": key, "hedge": hedge, "sentence": claim.text},
    )


RULE = Rule(
    code="hedge-lost",
    title="The post’s hedge was dropped",
    find=find,
    languages=ENGLISH,
    subject="dropped hedges",
)
