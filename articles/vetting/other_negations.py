"""A "not" where no near passage of the cited posts denies anything.

The sentences need not be told alike: what is denied, or a figure of its clause, is in both. So
whatever may deny anything, in the sentence or the passage, is enough for silence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.vetting.facts.negation import Act, read_statement
from articles.vetting.facts.words import Word, is_of_another_time, numbers, root_of
from articles.vetting.lexicon.denying import MAY_DENY, NO_DENIAL, OF_REPORTING, SAID_OF_BOTH
from articles.vetting.piece import SourceRef
from articles.vetting.told import Saying, Told

# Words that sentence and passage share, besides what is denied: where both have that, where a
# figure of its clause is in both, and with neither.
_SHARED, _SHARED_WITH_FIGURE, _SHARED_WITHOUT = 2, 1, 5
_PREFIXES, _SUFFIX = ("un", "non", "dis"), "less"
_SHORTEST = 5
_OF_VERBS = frozenset({"not", "never"})
_TURNS = frozenset({"but", "rather", "instead", "only", "whether", "if"})
_MAY = "month 5"
_REPORTING = frozenset(map(root_of, OF_REPORTING))


@dataclass(frozen=True, slots=True)
class OtherNegation:
    """An act of the sentence and one of a post, of which one is denied."""

    mine: Act
    source: SourceRef
    saying: Saying
    theirs: Act


def gained(each: Told) -> Iterator[OtherNegation]:
    """Yield what a sentence denies while no near passage denies anything."""
    said = each.saying
    for denial in said.denials:
        if not denial.is_sure or said.is_quoted(denial.start) or denial.root in _REPORTING:
            continue
        clause = _clause_of(said, denial)
        if not _is_of_a_verb(clause, denial):
            continue
        near = [
            (source, saying)
            for source, sayings in each.posts
            for saying in sayings
            if _is_near(said, saying, denial.root, numbers(clause))
        ]
        if near and not any(_may_deny(saying, said) for _, saying in near):
            source, saying = near[0]
            yield OtherNegation(denial, source, saying, _stated(saying, denial.root))


def _is_near(said: Saying, saying: Saying, root: str, figures: frozenset[str]) -> bool:
    """Return whether a passage tells of what is denied, or has the figures of its clause."""
    if saying.is_question or is_of_another_time(said.times, saying.times):
        return False
    shared = (said.roots & saying.roots) - {root}
    alike = len(shared) + len(said.numbers & saying.numbers) + len(said.times & saying.times)
    both = figures & saying.numbers
    if any(len(figure.strip("0.")) > 1 for figure in both):
        return True
    return alike >= (_SHARED if root in saying.roots else _SHARED_WITHOUT)


def _may_deny(saying: Saying, said: Saying) -> bool:
    """Return whether a sentence, or the one before it, may deny anything in any way.

    What the article says, too, tells no difference: "under a false name" is in both.
    """
    found = {*_denying(saying), *(_denying(saying.before) if saying.before else ())}
    return not found <= said.keys & SAID_OF_BOTH


def _denying(saying: Saying) -> Iterator[str]:
    yield from (key for key in saying.keys if _denies(key) and not _is_no_word(key, saying))


def _is_no_word(key: str, saying: Saying) -> bool:
    """Return whether it is the 0 of "0.6%", or the month of May."""
    if key == "0":
        return "0" not in saying.numbers
    return key == "may" and _MAY in saying.times


def _denies(key: str) -> bool:
    if key in MAY_DENY or key.endswith("n't"):
        return True
    is_long = len(key) > _SHORTEST and key not in NO_DENIAL
    return is_long and (key.startswith(_PREFIXES) or key.endswith(_SUFFIX))


def _is_of_a_verb(clause: Sequence[Word], denial: Act) -> bool:
    """Return whether a verb is denied, and nothing is put in its place: "not X but Y"."""
    keys = {word.start: word.key for word in clause}
    key = keys.get(denial.start, "")
    return (key in _OF_VERBS or key.endswith("n't")) and _TURNS.isdisjoint(keys.values())


def _clause_of(said: Saying, denial: Act) -> list[Word]:
    at = next(word.clause for word in said.words if word.start == denial.start)
    return [word for word in said.words if word.clause == at]


def _stated(saying: Saying, root: str) -> Act:
    """Return where a passage states a word; the whole passage where it has another for it."""
    stated = read_statement(saying.words, root)
    if stated is not None:
        return stated
    words = saying.words
    return Act(
        root="",
        start=words[0].start,
        end=words[-1].end,
        subject=frozenset(),
        limits=frozenset(),
        is_modal=False,
    )
