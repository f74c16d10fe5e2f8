"""A "not" where no near passage of the cited posts denies anything.

The sentences need not be told alike: what is denied, or a figure of its clause, is in both. So
whatever may deny anything, in the sentence or the passage, is enough for silence.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.vetting.contradicted import contradicted, denied_twice
from articles.vetting.facts.acts import ACT_OF
from articles.vetting.facts.negation import Act, read_denials, read_statement
from articles.vetting.facts.words import Word, is_of_another_time, numbers, root_of, roots
from articles.vetting.lexicon.denying import (
    ALSO_PLAIN,
    DENIES_BY_ITSELF,
    DENIES_SURELY,
    ENDING,
    MAY_DENY,
    NO_DENIAL,
    OF_REPORTING,
    SAID_OF_BOTH,
    SAYS_AS_MUCH,
)
from articles.vetting.lexicon.negations import DENYING
from articles.vetting.lexicon.verbs import AUXILIARIES
from articles.vetting.piece import SourceRef
from articles.vetting.told import PRONOUNS, Saying, Told

# Words that sentence and passage share, besides what is denied: where both have that, where they
# have figures in common, and with neither.
_SHARED, _SHARED_WITH_FIGURE, _SHARED_WITHOUT = 2, 3, 5
# What the sentence says that the passage does not, at most, where only figures tell.
_PART = 0.4
_PREFIXES, _SUFFIX = ("un", "non", "dis"), "less"
_SHORTEST = 5
_TURNS = frozenset({"but", "rather", "instead", "only", "whether", "if"})
_MAY = "month 5"
# These say when or of whom, and limit no denial.
_NO_LIMITS = frozenset({"ago", "when", "who", "whose"})
# Nor do these where nobody denies anything.
_NO_SURE_LIMITS = _NO_LIMITS | {"than", "all", "every", "only", "whether", "even"}
_SINCE, _FIRST = (
    frozenset({"since", "before", "ever", "previously"}),
    frozenset({"first", "last", "record"}),
)
_GOING_ON = frozenset({"that", "which", "who", "when"})
_BEFORE_A_VERB = AUXILIARIES | {"to"}
# Of fewer words a passage goes on with the sentence before.
_FEW = 2
# "All safe" denies that anybody was hurt, and nothing else.
_HARM, _UNHARMED = frozenset({"harm", "death"}), frozenset({"safe", "unhurt", "unharmed"})
_REPORTING = frozenset(map(root_of, OF_REPORTING))
_ENDING = frozenset(map(root_of, ENDING))
_ALSO_PLAIN = frozenset(map(root_of, ALSO_PLAIN))


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
    for found_twice in denied_twice(each):
        yield OtherNegation(*found_twice)
    for denial in read_denials(said.words, is_anywhere=True):
        if said.is_quoted(denial.start):
            continue
        clause = _clause_of(said, denial)
        if not _is_of_a_verb(clause, denial):
            continue
        found = _near_alone(each, denial, clause) or _denied_by_nobody(each, denial, clause)
        if found is None:
            against = contradicted(each, denial)
            if against is not None:
                yield OtherNegation(denial, *against)
            continue
        source, saying = found
        if not _is_only_of_reporting(denial, said, saying):
            yield OtherNegation(denial, source, saying, _stated(saying, denial.root))


def _near_alone(each: Told, denial: Act, clause: list[Word]) -> tuple[SourceRef, Saying] | None:
    """Return the first passage that tells of the same, where none of those may deny anything."""
    said = each.saying
    if not denial.limits <= _NO_LIMITS:
        return None
    figures = numbers(_with_what_it_tells_of(said, clause))
    near = [
        (source, saying)
        for source, sayings in each.posts
        for saying in sayings
        if _is_near(said, saying, denial.root, figures)
    ]
    if not near or any(_may_deny(saying, said, denial.root, figures) for _, saying in near):
        return None
    return near[0] if _is_of_one_time(said, near[0][1]) else None


def _denied_by_nobody(
    each: Told, denial: Act, clause: list[Word]
) -> tuple[SourceRef, Saying] | None:
    """Return the nearest passage, where nothing that any cited post says of it denies for sure."""
    said = each.saying
    own = frozenset(said.view.folded[denial.start : denial.end].split())
    if not denial.limits - own <= _NO_SURE_LIMITS or _goes_on(each, denial):
        return None
    near = list(_near_to(each, denial))
    if any(_denies_for_sure(said, saying, is_near=n >= _SHARED) for n, _, saying in near):
        return None
    alike, source, saying = max(near, key=lambda one: one[0], default=(0, None, None))
    if source is None or saying is None or not _is_of_one_time(said, saying):
        return None
    figures = said.numbers & saying.numbers
    told_of = [word for word in said.words if word.clause - clause[0].clause in (0, 1)]
    in_both = (roots(told_of) & (saying.roots | saying.about)) | (figures & numbers(told_of))
    in_clause = bool(in_both) or (alike >= _SHARED_WITH_FIGURE and clause[0].key != "that")
    is_enough = alike >= _SHARED or any(len(figure) > _SHARED for figure in figures)
    return (source, saying) if is_enough and in_clause else None


def _goes_on(each: Told, denial: Act) -> bool:
    """Return whether something did not end, which the posts may say in any words."""
    return denial.root in _ENDING and not any(
        denial.root in saying.roots for _, sayings in each.posts for saying in sayings
    )


def _near_to(each: Told, denial: Act) -> Iterator[tuple[int, SourceRef, Saying]]:
    """Yield the passages that may tell of what is denied, with how much is alike."""
    for source, sayings in each.posts:
        for saying in sayings:
            alike = _alike(each.saying, saying, denial.root)
            if alike or len(saying.roots) <= _FEW or denial.root in saying.roots:
                yield alike, source, saying


def _is_of_one_time(said: Saying, saying: Saying) -> bool:
    # "Had not happened since 1998" is "for the first time since 1998".
    is_first = not said.keys.isdisjoint(_SINCE) and not saying.keys.isdisjoint(_FIRST)
    is_open = is_first or saying.is_question
    return not is_open and not is_of_another_time(said.times, saying.times)


def _alike(said: Saying, saying: Saying, root: str) -> int:
    shared = (said.roots & (saying.roots | saying.about)) - {root}
    in_both = said.numbers & saying.numbers
    return len(shared) + len(in_both) + len(said.times & saying.times)


def _denies_for_sure(said: Saying, saying: Saying, *, is_near: bool) -> bool:
    """Return whether a passage denies anything; what both say tells no difference."""
    denying = SAYS_AS_MUCH if is_near else DENIES_SURELY
    if any(_is_sure_denial(key, denying) for key in saying.keys - (said.keys - DENYING)):
        return True
    # What is more than planned is not in the plan.
    pairs = pairwise(saying.words) if "than" in saying.keys else ()
    return any(one.key == "than" and other.root in said.roots for one, other in pairs)


def _is_only_of_reporting(denial: Act, said: Saying, saying: Saying) -> bool:
    """Return whether the desk may say it of itself: "not confirmed", but not "86 not confirmed"."""
    if denial.root not in _REPORTING:
        return False
    telling = any(_is_telling(figure) for figure in said.numbers & saying.numbers)
    return not (telling and (denial.root in _ALSO_PLAIN or denial.root in saying.roots))


def lost(each: Told) -> Iterator[OtherNegation]:
    """Yield what a passage denies, where a sentence that denies nothing states the same of it."""
    said = each.saying
    if each.sentence.field != "body" or not said.keys.isdisjoint(DENYING):
        return
    for source, sayings in each.posts:
        for saying in sayings:
            if not saying.may_deny or saying.is_question:
                continue
            for denial in saying.denials:
                mine = _stated_flatly(each, saying, denial)
                if mine is not None:
                    yield OtherNegation(mine, source, saying, denial)


def _stated_flatly(each: Told, saying: Saying, denial: Act) -> Act | None:
    """Return where the sentence states what a passage denies; None where any passage may state it."""
    said = each.saying
    if denial.root not in said.roots or not denial.is_sure:
        return None
    mine = read_statement(said.words, denial.root)
    if mine is None or not mine.is_sure or said.is_quoted(mine.start):
        return None
    at = next(n for n, word in enumerate(said.words) if word.start == mine.start)
    # A noun, or a verb that nothing could deny there, is told of something else as often.
    if not at or said.words[at - 1].key not in _BEFORE_A_VERB:
        return None
    is_open = mine.is_modal != denial.is_modal or is_of_another_time(said.times, saying.times)
    shared = (said.roots & (saying.roots | saying.about)) - {denial.root}
    in_both = said.numbers & saying.numbers
    if is_open or not (shared or in_both):
        return None
    # What limits the clause may say the same as the "not": "only", "all but".
    if any(_denies(word.key) for word in _clause_of(said, mine)):
        return None
    states = any(
        denial.root in other.roots and denial.root not in {one.root for one in other.denials}
        for _, sayings in each.posts
        for other in sayings
    )
    return None if states else mine


def _is_near(said: Saying, saying: Saying, root: str, figures: frozenset[str]) -> bool:
    """Return whether a passage tells of what is denied, or has the figures of its clause."""
    if saying.is_question or is_of_another_time(said.times, saying.times):
        return False
    shared = (said.roots & saying.roots) - {root}
    if any(_is_telling(one) or (len(one) > 1 and shared) for one in figures & saying.numbers):
        return True
    in_both = said.numbers & saying.numbers
    alike = len(shared) + len(in_both) + len(said.times & saying.times)
    if root in saying.roots:
        return alike >= _SHARED
    if len(in_both) > 1 and alike >= _SHARED_WITH_FIGURE:
        return alike >= _PART * (len(said.roots) + len(said.numbers))
    return alike >= _SHARED_WITHOUT


def _is_telling(figure: str) -> bool:
    """Return whether a figure is hardly that of another thing: 86 and 3.0, but not 3 or 200."""
    return len(figure if "." in figure else figure.strip("0")) > 1


def _may_deny(saying: Saying, said: Saying, root: str, figures: frozenset[str]) -> bool:
    """Return whether a passage may deny anything in any way, where it tells of the same.

    That is where it states what is denied, beside a figure that both have, or else anywhere, and in
    the sentence before if it goes on with that. What the article says, too, tells no difference:
    "under a false name".
    """
    if any(one.key == "than" and other.root == root for one, other in pairwise(saying.words)):
        # What is more than planned is not in the plan.
        return True
    found = set(_denying(saying, _beside(saying, root, figures) or saying.keys))
    if saying.before and (len(saying.roots) <= _FEW or saying.words[0].key in PRONOUNS):
        found.update(key for key in saying.before.keys if _is_sure_denial(key, DENIES_SURELY))
    if saying.denials and _denied_elsewhere(said, root) >= {one.root for one in saying.denials}:
        # "A slick was not seen, though its origin is unclear": of "source not clear" that is the denial.
        found -= DENYING
    if ACT_OF.get(root) not in _HARM:
        found -= _UNHARMED
    return not found <= said.keys & SAID_OF_BOTH


def _denied_elsewhere(said: Saying, root: str) -> frozenset[str]:
    """Return what a sentence denies besides a root, by a "not" or in one word."""
    by_itself = {root_of(word) for key, word in DENIES_BY_ITSELF.items() if key in said.keys}
    return frozenset(by_itself | {one.root for one in said.denials}) - {root}


def _beside(saying: Saying, root: str, figures: frozenset[str]) -> frozenset[str]:
    """Return the words of the clauses with a root or one of some figures, and of those beside."""
    there = {
        word.clause
        for word in saying.words
        if word.root == root or (word.is_number and word.key in figures)
    }
    near = {clause + step for clause in there for step in (-1, 0, 1)}
    return frozenset(word.key for word in saying.words if word.clause in near)


def _denying(saying: Saying, keys: Iterable[str]) -> Iterator[str]:
    yield from (key for key in keys if _denies(key) and not _is_no_word(key, saying))


def _is_no_word(key: str, saying: Saying) -> bool:
    """Return whether it is the 0 of "0.6%", the month of May or the sign of a change."""
    if key == "0":
        return "0" not in saying.numbers
    if key == "minus":
        return key not in saying.text.casefold()
    if key == "off":
        # "Aground off Sule Point" says where.
        return all(
            n + 1 < len(saying.words) and saying.words[n + 1].is_capital
            for n, word in enumerate(saying.words)
            if word.key == key
        )
    return key == "may" and _MAY in saying.times


def _denies(key: str) -> bool:
    if key in MAY_DENY or key.endswith("n't"):
        return True
    is_long = len(key) > _SHORTEST and key not in NO_DENIAL
    return is_long and (key.startswith(_PREFIXES) or key.endswith(_SUFFIX))


def _is_sure_denial(key: str, denying: frozenset[str]) -> bool:
    if key in denying or key.endswith("n't"):
        return True
    is_long = len(key) > _SHORTEST and key not in NO_DENIAL
    return is_long and (key.startswith(_PREFIXES) or key.endswith(_SUFFIX))


def _is_of_a_verb(clause: Sequence[Word], denial: Act) -> bool:
    """Return whether a verb is denied, and nothing is put in its place: "not X but Y"."""
    keys = [word.key for word in clause]
    at = next((n for n, word in enumerate(clause) if word.start == denial.start), 0)
    is_of_one = keys[at] == "never" or (
        keys[at] == "not" and keys[at - 1] in AUXILIARIES and at > 0
    )
    return (is_of_one or keys[at].endswith("n't")) and _TURNS.isdisjoint(keys)


def _clause_of(said: Saying, denial: Act) -> list[Word]:
    at = next(word.clause for word in said.words if word.start == denial.start)
    return [word for word in said.words if word.clause == at]


def _with_what_it_tells_of(said: Saying, clause: list[Word]) -> Sequence[Word]:
    """Return a clause with the one before, where it goes on with that: "the 14 that nobody saw"."""
    if clause[0].key not in _GOING_ON:
        return clause
    return [word for word in said.words if word.clause in (clause[0].clause - 1, clause[0].clause)]


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
