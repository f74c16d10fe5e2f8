"""A claim that a post calls alleged or unconfirmed must not be stated as a fact."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from articles.prose import Claim
from articles.vetting.facts.doubts import hedge_in, keeps_doubt
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.rule import ENGLISH, Rule
from articles.vetting.texts_read import ReadText, read_text

# "Reuters reports" says as much as "reportedly" does, and "the ministry says" as "claims".
_REPORTED = re.compile(
    r"\b(?:report(?:s|ed)?|according to|said|says|told|quot(?:es|ed|ing)|citing)\b", re.IGNORECASE
)
_AS_MUCH_AS_SAID = ("reportedly", "claim", "alleges", "alleging")
_SHARED = 0.5
_FEWEST = 3


@dataclass(frozen=True)
class _Post:
    """The sentences of a post, told apart by their words of doubt when somebody asks."""

    sentences: tuple[ReadText, ...]

    @classmethod
    def of(cls, source: SourceRef, context: Context) -> "_Post":
        said = read_text(source.text or "", context).sentences
        return cls(tuple(read_text(sentence, context) for sentence in said))

    @cached_property
    def hedged(self) -> tuple[tuple[ReadText, str], ...]:
        """Those that have a reservation, each with its first."""
        found = ((sentence, hedge_in(sentence.text)) for sentence in self.sentences)
        return tuple((sentence, hedge) for sentence, hedge in found if hedge)

    @cached_property
    def flat(self) -> tuple[ReadText, ...]:
        return tuple(sentence for sentence in self.sentences if not keeps_doubt(sentence.text))


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    posts = {source.key: _Post.of(source, context) for source in piece.sources}
    for claim in piece.prose.claims:
        if claim.voice != "cited" or keeps_doubt(claim.text):
            continue
        said = read_text(claim.text, context)
        for key in claim.keys:
            hedge = _lost(said, posts[key])
            # Another post that states it flatly is reason enough to do so.
            if hedge and not any(_is_flat(said, posts[other]) for other in claim.keys):
                yield _finding(claim, key, hedge)
                break


def _lost(said: ReadText, post: _Post) -> str:
    for sentence, word in post.hedged:
        if _says_the_same(said, sentence):
            if word.casefold().startswith(_AS_MUCH_AS_SAID) and _REPORTED.search(said.text):
                continue
            return word
    return ""


def _is_flat(said: ReadText, post: _Post) -> bool:
    return any(_says_the_same(said, sentence) for sentence in post.flat)


def _says_the_same(said: ReadText, sentence: ReadText) -> bool:
    mine, theirs = said.content, sentence.content
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
