"""A statement that a telegraphic post denies: "somebody was hurt", where it has "no injuries".

The post need not use the word of the sentence, nor be like it. So no passage of the cited posts may
state the act in any of its words.
"""

from collections.abc import Iterator
from itertools import islice

from articles.vetting.facts.acts import ACT_OF
from articles.vetting.facts.negation import Act
from articles.vetting.facts.words import Word, is_of_another_time, root_of
from articles.vetting.lexicon.denying import (
    DENIES_BY_ITSELF,
    MAY_DENY,
    NONE_OF,
)
from articles.vetting.lexicon.negations import NEGATORS
from articles.vetting.lexicon.verbs import AUXILIARIES, MODAL, STAYING
from articles.vetting.other_negations import OtherNegation
from articles.vetting.piece import SourceRef
from articles.vetting.told import Saying, Told

# Words and figures that sentence and passage share, and how few a short passage has.
_SHARED, _FEW = 2, 2
# What is denied stands so near to "no" or "not".
_REACH = 4
_BEFORE_A_VERB = AUXILIARIES | STAYING | {"to"}
_JOINING = frozenset({"but", "though", "although", "however"})
_BY_ITSELF = {key: root_of(word) for key, word in DENIES_BY_ITSELF.items()}
_DENYING = NONE_OF | NEGATORS | _BY_ITSELF.keys()
# A passage of no more words is read though it shares none.
_BRIEF = 6


def denied_otherwise(each: Told) -> Iterator[OtherNegation]:
    """Yield what a sentence states flatly and a passage denies, in whatever words."""
    if each.sentence.field != "body":
        return
    denying = [
        (source, saying)
        for source, sayings in each.posts
        for saying in sayings
        if _may_deny(saying) and not saying.is_question and _is_about(each.saying, saying)
    ]
    if not denying:
        return
    stated = {_act(mine): mine for mine in _statements(each.saying)}
    for source, saying in denying:
        denials = list(_denials(saying))
        if len(denials) > 1:
            # Which of the two is meant nobody can tell: "who do not register will not receive".
            continue
        for theirs in denials:
            mine = stated.get(_act(theirs))
            if mine is None or (_is_open(each.saying, mine) and _is_of_a_verb(saying, theirs)):
                continue
            if not _is_stated(each, theirs):
                yield _found(each.saying, mine, source, saying, theirs)
                return


def _found(
    said: Saying, mine: Word, source: SourceRef, saying: Saying, theirs: Word
) -> OtherNegation:
    return OtherNegation(_as_act(mine), source, saying, _as_act(theirs))


def _as_act(word: Word) -> Act:
    return Act(
        root=word.root,
        start=word.start,
        end=word.end,
        subject=frozenset(),
        limits=frozenset(),
        is_modal=False,
    )


def _may_deny(saying: Saying) -> bool:
    return not saying.keys.isdisjoint(_DENYING)


def _is_about(said: Saying, saying: Saying) -> bool:
    """Return whether a passage tells of what a sentence does; a short one goes on with another."""
    if len(saying.keys) > _BRIEF and said.gist.isdisjoint(saying.gist):
        return False
    if is_of_another_time(said.times, saying.times):
        return False
    is_short = len(saying.roots) <= _FEW
    shared = said.roots & (saying.roots | saying.about)
    alike = len(shared) + len(said.numbers & saying.numbers) + _has_one_act(said, saying)
    if len(said.roots) == 1:
        # "Somebody was hurt."
        return alike > 0
    return alike >= _SHARED or (is_short and (alike > 0 or len(said.roots) <= _FEW))


def _has_one_act(said: Saying, saying: Saying) -> bool:
    """Return whether both have an act that is called by more than one word."""
    mine, theirs = ({ACT_OF.get(root) for root in each.roots} for each in (said, saying))
    return bool((mine & theirs) - {None}) and said.roots.isdisjoint(saying.roots)


def _statements(said: Saying) -> Iterator[Word]:
    """Yield the verbs and predicates that a sentence states with nothing in their clause that denies."""
    for n, word in enumerate(said.words):
        if n and word.root and said.words[n - 1].key in _BEFORE_A_VERB:
            clause = [each for each in said.words if each.clause == word.clause]
            # "But have confirmed it": what joins the clause to the one before denies nothing in it.
            told = clause[1:] if clause[0].key in _JOINING else clause
            is_flat = not any(_denies(each.key) for each in told if each.start != word.start)
            if is_flat and not said.is_quoted(word.start):
                yield word


def _denies(key: str) -> bool:
    return key in MAY_DENY or key in _BY_ITSELF or key.endswith("n't")


def _denials(saying: Saying) -> Iterator[Word]:
    """Yield what a passage denies; a word that denies by itself with the root of what it denies."""
    for n, word in enumerate(saying.words):
        if word.key in _BY_ITSELF:
            yield word._replace(root=_BY_ITSELF[word.key])
        elif (word.key in NONE_OF and _is_none(saying, word)) or word.key.endswith("n't"):
            following = islice(saying.words, n + 1, n + 1 + _REACH)
            denied = next(
                (each for each in following if each.root or not each.key[:1].isalnum()), None
            )
            if denied is not None and denied.root:
                yield denied._replace(start=word.start)


def _is_none(saying: Saying, word: Word) -> bool:
    """Return whether it is no 0 of "3-0"."""
    return word.key != "0" or saying.view.text[max(0, word.start - 1) : word.start].strip() == ""


def _is_open(said: Saying, mine: Word) -> bool:
    """Return whether a sentence says no more than that it may be, or is to come."""
    before = {
        word.key for word in said.words if word.clause == mine.clause and word.end <= mine.start
    }
    return not before.isdisjoint(MODAL - {"to"})


def _is_of_a_verb(saying: Saying, denied: Word) -> bool:
    """Return whether "not" denies it: "no further appeal" may be of what is to come."""
    key = next((word.key for word in saying.words if word.start == denied.start), "")
    return key in ("not", "never") or key.endswith("n't")


def _is_stated(each: Told, denied: Word) -> bool:
    """Return whether any passage has the act where it does not deny it."""
    act = _act(denied)
    return any(
        _act(word) == act and word.end not in ends
        for _, sayings in each.posts
        for saying in sayings
        for ends in ({one.end for one in _denials(saying)},)
        for word in saying.words
        if word.root
    )


def _act(word: Word) -> str:
    return ACT_OF.get(word.root, word.root)
