"""Asking a platform whether posts are still there. Runs in a thread, without the database."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from wires.http import FetchError
from wires.ingest.conversations import Conversation
from wires.ingest.known import hashed, hashes_in
from wires.platforms.base import Document, UnreadableBody
from wires.platforms.lookups import MISSING, OMITTED, STATED, Lookup
from wires.platforms.questions import Question, Subject

# Questions of one visit to a channel; what is left is asked for at the next one.
MOST_QUESTIONS = 20
_GONE = frozenset({"http_404", "http_410"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """A post that is looked for: what it is asked for by, and the hashes of all its ids."""

    pk: int
    key: str
    hashes: frozenset[str]


@dataclass(frozen=True, slots=True)
class Sight:
    """One answer: what is in it, and the posts that it proves not to be there."""

    document: Document
    body: bytes
    url: str
    absent: tuple[Wanted, ...] = ()


@dataclass(slots=True)
class Look:
    """What a visit saw until it was done, or until a failure that ended it."""

    sights: list[Sight] = field(default_factory=list)
    failure: FetchError | UnreadableBody | None = None
    questions: int = 0


def look_for(
    conversation: Conversation, lookup: Lookup, subject: Subject, wanted: Sequence[Wanted]
) -> Look:
    """Ask for posts, several at a time where the platform takes that. Raises nothing of a site's."""
    look, left = Look(), list(wanted)
    try:
        while left and look.questions < MOST_QUESTIONS:
            batch, left = left[: lookup.most], left[lookup.most :]
            sight = _ask(conversation, lookup, subject, batch, look)
            look.sights.append(sight)
            told = {*hashed(sight.document.missing)}
            told |= _present(sight.document)
            # A page shows its neighbours too.
            left = [each for each in left if each.hashes.isdisjoint(told)]
    except (FetchError, UnreadableBody) as error:
        look.failure = error
    if lookup.account is not None:
        _drop_unproven(conversation, lookup, subject, look)
    return look


def _ask(
    conversation: Conversation,
    lookup: Lookup,
    subject: Subject,
    batch: Sequence[Wanted],
    look: Look,
) -> Sight:
    question = lookup.ask(subject, [each.key for each in batch])
    look.questions += 1
    try:
        turn = conversation.look_up(subject, question, is_first=look.questions == 1)
    except FetchError as error:
        if error.kind not in _GONE or not lookup.not_found(error.body):
            raise
        document = Document(kind=conversation.platform.code)
        return Sight(document, error.body, question.url, tuple(batch))
    absent = _absent(lookup, batch, turn.document)
    return Sight(turn.document, turn.response.body, question.url, tuple(absent))


def _absent(lookup: Lookup, batch: Sequence[Wanted], document: Document) -> list[Wanted]:
    """Return which of the posts that were asked for an answer proves not to be there."""
    there = _present(document)
    gone = [each for each in batch if each.hashes.isdisjoint(there)]
    if lookup.how == OMITTED:
        return [] if document.truncated else gone
    if lookup.how == STATED:
        stated = {*hashed(document.missing)}
        return [each for each in gone if not each.hashes.isdisjoint(stated)]
    return []


def _drop_unproven(
    conversation: Conversation, lookup: Lookup, subject: Subject, look: Look
) -> None:
    """Believe in no absence where the account itself is not shown, or nobody knows."""
    absent = [each for sight in look.sights for each in sight.absent]
    shown: dict[Question, bool] = {}
    for each in absent:
        question = lookup.account(subject, each.key) if lookup.account else None
        if question is None or question in shown:
            continue
        try:
            turn = conversation.look_up(subject, question, is_first=False)
        except (FetchError, UnreadableBody) as error:
            shown[question], look.failure = False, look.failure or error
        else:
            shown[question] = lookup.is_shown(turn.document, subject, each.key)
    if not all(shown.values()):
        look.sights = [
            Sight(sight.document, sight.body, sight.url) if sight.absent else sight
            for sight in look.sights
        ]


def _present(document: Document) -> set[str]:
    return {*hashes_in(document)}


def is_on_page(lookup: Lookup) -> bool:
    """Return whether the answers are pages, which say themselves what is missing on them."""
    return lookup.how == MISSING
