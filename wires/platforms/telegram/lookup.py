"""Whether messages are still there: the page round each of them shows it."""

from collections.abc import Sequence

from wires.platforms.lookups import MISSING, Lookup
from wires.platforms.questions import Question, Subject
from wires.platforms.telegram.questions import ask_page, number_of

# A page ends before a number and has twenty messages: one in the middle has neighbours.
AFTER = 10


def key_of(ids: Sequence[str], url: str, host: str) -> str:
    return number_of(ids[0])


def ask_round(subject: Subject, keys: Sequence[str]) -> Question:
    """Ask for the page with a message and its neighbours, which has others that are looked for."""
    return ask_page(subject, str(int(keys[0]) + AFTER))


LOOKUP = Lookup(how=MISSING, key=key_of, ask=ask_round)
