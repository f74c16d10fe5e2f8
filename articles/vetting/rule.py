"""A rule: what holds an article or asks about it, and what people have to know of that."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from articles.vetting.finding import Finding
from articles.vetting.fix import Fix
from articles.vetting.piece import Context, Piece
from articles.vetting.spot import Spot
from web.language_tags import primary

ENGLISH = frozenset({"en"})
WESTERN = frozenset({"en", "de", "fr", "es", "it", "pt"})

# What most rules set against each other; see Rule.compares.
BODY_AND_POSTS = frozenset({"body", "posts"})
POSTS = frozenset({"posts"})
NOTHING: frozenset[str] = frozenset()

type Find = Callable[[Piece, Context], Iterator[Finding]]
# Yields ways to fix a finding, each as the forms it can take: the first that holds is offered.
type Fixer = Callable[[Spot], Iterator[Iterable[Fix]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One check of a piece.

    title is what people call its findings. languages are those it reads, None for every one, and
    subject is what is not looked at in the others. is_about_words tells that its findings stand
    at some words of the body, so that a change of these words can cause one. compares are the
    parts of a piece, fields or "posts", without which its findings would be wrong: where one is
    too large to be read, the rule is silent about it. can_be_overridden is false for what nobody
    can answer for.
    """

    code: str
    title: str
    find: Find
    languages: frozenset[str] | None = None
    subject: str = ""
    is_about_words: bool = False
    fix: Fixer | None = None
    compares: frozenset[str] = BODY_AND_POSTS
    can_be_overridden: bool = True

    def reads(self, language: str) -> bool:
        """Return whether the rule reads texts in a language, a BCP 47 code."""
        return self.languages is None or primary(language) in self.languages
