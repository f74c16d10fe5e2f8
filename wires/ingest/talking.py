"""What a poll asks of a platform that answers in several steps, and what becomes of an answer."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from typing import Any

from wires import schedule
from wires.ingest.absences import note_what_is_there
from wires.ingest.billing import LimitReached, posts_left
from wires.ingest.bodies import FetchedBody, Parse
from wires.ingest.conversations import Conversation, Get, Reading, Turn
from wires.ingest.known import errand_of, known_of, subject_of
from wires.ingest.outcome import IngestOutcome
from wires.ingest.store import store
from wires.models import Channel
from wires.platforms.questions import Questions


def prepare_talk(
    channel: Channel,
    *,
    at: datetime,
    get: Get,
    parse: Parse,
    sleep: Callable[[float], Any],
    charge: Callable[[int], None],
) -> Callable[[], Reading]:
    """Look up what a channel has, and return what asks for the rest: that needs no database.

    Two queries; four where something was left out before. Raises LimitReached.
    """
    questions = questions_of(channel)
    most = posts_left(channel, at=at)
    if most is not None and most < questions.fewest:
        raise LimitReached(channel, at=at)
    conversation = conversation_with(channel, get=get, parse=parse, sleep=sleep, charge=charge)
    known = known_of(channel)
    subject = subject_of(channel, known, most=most)
    errand = errand_of(channel, questions, at=at)
    return partial(conversation.read_posts, subject, known, errand)


def conversation_with(
    channel: Channel,
    *,
    get: Get,
    parse: Parse,
    sleep: Callable[[float], Any],
    charge: Callable[[int], None],
) -> Conversation:
    """Return a conversation with the platform of a channel, at the pace that it bears."""
    platform = channel.on_platform
    pause = max(platform.patience.values(), default=schedule.BETWEEN_STARTS).total_seconds()
    return Conversation(
        platform=platform,
        questions=questions_of(channel),
        get=get,
        parse=parse,
        rest=lambda: sleep(pause),
        charge=charge,
    )


def store_turn(
    channel: Channel, turn: Turn, *, at: datetime, fields: Mapping[str, Any]
) -> IngestOutcome:
    """Store an answer, and what it says of posts that are there or missing."""
    body = FetchedBody.of(turn.response.body, url=turn.response.url)
    outcome = store(channel, turn.document, at=at, body=body, fields=fields)
    if channel.on_platform.questions:
        note_what_is_there(channel, turn.document, body, at=at)
    return outcome


def questions_of(channel: Channel) -> Questions:
    """Return how the platform of a channel is asked, which is one of those that have questions."""
    questions = channel.on_platform.questions
    if questions is None:
        message = f"{channel.on_platform.label} is not asked in steps"
        raise ValueError(message)
    return questions
