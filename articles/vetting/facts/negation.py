"""What a sentence denies: the word after "not", "no", "never", "without" or "failed to"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from articles.vetting.facts.words import PREPOSITIONS, Word, root_of, roots
from articles.vetting.lexicon.negations import DENYING, IDIOMS, IMPLIED, NEGATORS, NOBODY, REFUSALS
from articles.vetting.lexicon.verbs import MODAL, REAL_BEFORE_TO

# What goes before a figure alone, where a figure follows.
_ABOUT = frozenset({"about", "some", "around", "roughly", "nearly", "almost"})
# So far a negation reaches.
_REACH = 5
# "Did not say how many": what follows is not denied.
_ASKING = frozenset({"where", "how", "what", "when", "whether", "whom", "which"})
_WHERE = frozenset({"in", "on", "at"})
# "Were not told", "did not last", "was not down 8%": after an auxiliary these are denied, too.
_DENIED_AS_WELL = frozenset(
    {"told", "last", "done", "down", "up", "below", "above", "under", "over", "that", "due"}
)
_WHO = frozenset({"who", "whose"})
# "Leaves out a rule" says that there is none.
_LEFT_OUT = frozenset({"leave out", "leaves out", "left out", "leaving out"})
_LIMITING = NEGATORS | IMPLIED | NOBODY
# Under these the same limit may be another one: "paid only when they play".
_CONDITIONS = frozenset({
    "when", "whenever", "if", "unless", "until", "till", "whether", "only", "without", "never", "not", "no",
    "despite", "except", "?",
})  # fmt: skip
_DENIED = frozenset({"deny", "denies", "denied", "denying"})
# What limits a word that is only asked about.
_ASKED = "?"
_SAYING = frozenset({"say", "said", "tell", "told", "report", "reported", "that", "who", "which"})


@dataclass(frozen=True, slots=True)
class Act:
    """A word that a sentence states or denies, by its root.

    start and end enclose it, with its negation. subject has the words before it in its clause.
    limits are the words there that deny or limit anything else, is_modal tells that it may happen.
    """

    root: str
    start: int
    end: int
    subject: frozenset[str]
    limits: frozenset[str]
    is_modal: bool
    is_refusal: bool = False

    @property
    def is_sure(self) -> bool:
        """Whether nothing else there denies or limits anything."""
        return not self.limits

    def is_as_sure_as(self, other: "Act") -> bool:
        """Return whether what limits the one limits the other: "whose flights were cancelled"."""
        return self.limits == other.limits and self.limits.isdisjoint(_CONDITIONS)

    def is_like(self, other: "Act") -> bool:
        """Return whether both speak of the same act, in the same mood, as far as they say."""
        # What is refused was to be done: "refused to pay", "will pay".
        is_open = self.is_refusal or other.is_refusal
        if self.is_modal != other.is_modal and not is_open:
            return False
        return not self.subject or not other.subject or bool(self.subject & other.subject)


def read_denials(said: Sequence[Word], *, is_anywhere: bool = False) -> Iterator[Act]:
    """Yield what an English sentence denies; is_anywhere of a place or a state too: "not on fire"."""
    for n, word in enumerate(said):
        after = _negation(said, n)
        target = _target(said, after, is_anywhere=is_anywhere) if after else None
        if target is None:
            continue
        others = [*said[:n], *said[after:]]
        before = [each for each in said[:n] if each.clause == word.clause]
        yield Act(
            root=target.root,
            start=word.start,
            end=target.end,
            subject=roots(before),
            limits=_limits(others, word.clause) | _limits(others, target.clause),
            is_modal=_is_modal([*before, word]),
            is_refusal=word.key.startswith(("refus", "declin")),
        )


def read_statement(said: Sequence[Word], root: str) -> Act | None:
    """Return where an English sentence states a word; None where it has it twice or not at all."""
    found = [word for word in said if word.root == root]
    if len(found) != 1:
        return None
    word = found[0]
    before = [each for each in said if each.clause == word.clause and each.start < word.start]
    return Act(
        root=root,
        start=word.start,
        end=word.end,
        subject=roots(before),
        limits=_limits(said, word.clause)
        | (
            {_ASKED} if _is_only_asked(before) or _is_told_to_be_untrue(said, word) else frozenset()
        ),
        is_modal=_is_modal(before),
    )


def _is_told_to_be_untrue(said: Sequence[Word], word: Word) -> bool:
    """Return whether it is what somebody denies: "denied that it had withheld results"."""
    return any(
        each.key in _DENIED and that.key == "that"
        for each, that in pairwise(said)
        if that.start < word.start
    )


def _is_only_asked(before: Sequence[Word]) -> bool:
    """Return whether a word is of a question: "where to send it"."""
    keys = [word.key for word in before[-2:]]
    return len(keys) == 2 and keys[1] == "to" and keys[0] in _ASKING


def _is_modal(said: Sequence[Word]) -> bool:
    keys = [word.key for word in said]
    # "Were able to" says that it happened.
    return any(
        key in MODAL and not (key == "to" and before in REAL_BEFORE_TO)
        for before, key in pairwise(["", *keys])
    )


def _limits(said: Sequence[Word], clause: int) -> frozenset[str]:
    """Return the words of a clause that deny or limit what it says."""
    keys = [word.key for word in said if word.clause == clause]
    if keys[:1] and keys[0] in _WHO and _follows_comma(said, clause):
        # Of somebody named, not of "those who".
        keys = keys[1:]
    pairs = {f"{one} {two}" for one, two in pairwise(keys)}
    return (_LIMITING & frozenset(keys)) | ((REFUSALS | _LEFT_OUT) & pairs)


def _follows_comma(said: Sequence[Word], clause: int) -> bool:
    first = next(n for n, word in enumerate(said) if word.clause == clause)
    return first > 0 and said[first - 1].key == ","


def _negation(said: Sequence[Word], n: int) -> int:
    """Return where the negation ends that begins at n; 0 where none does."""
    if said[n].key not in DENYING:
        return 0
    pair = " ".join(word.key for word in said[n : n + 2])
    if pair in IDIOMS:
        return 0
    before = said[n - 1].key if n else ""
    if f"{before} {said[n].key}" in IDIOMS or (before == "no" and said[n].key == "one"):
        return 0
    if pair in REFUSALS or pair in NOBODY:
        return n + 2
    return n + 1 if said[n].key in NEGATORS or said[n].key in NOBODY else 0


def _target(said: Sequence[Word], after: int, *, is_anywhere: bool) -> Word | None:
    """Return the word that a negation denies: the next that says something."""
    if is_anywhere and after + 1 < len(said):
        after += said[after].key == "been"
        opens = said[after]
        if opens.key in _DENIED_AS_WELL and not opens.root:
            return opens._replace(root=root_of(opens.key))
        if opens.key in _WHERE:
            return _first_said(said[after + 1 : after + 1 + _REACH], is_counted=True)
    return _first_said(said[after : after + _REACH])


def _first_said(said: Sequence[Word], *, is_counted: bool = False) -> Word | None:
    """Return the first word that says something, before what ends its phrase.

    is_counted of "at 38 per cent": there the figure is what is denied.
    """
    for word in said:
        if word.root:
            return word
        if word.key in _ABOUT:
            is_counted = True
            continue
        if word.is_number and is_counted:
            # "Are not about 6 per cent": the figure is what is denied.
            return word._replace(root=word.key)
        if word.key in PREPOSITIONS or word.is_number or word.time or not word.key[:1].isalpha():
            return None
        if word.key in _SAYING:
            return None
    return None
