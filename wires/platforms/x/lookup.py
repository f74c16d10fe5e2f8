"""Whether posts are still there: X says of each that it was deleted or is not shown."""

from collections.abc import Sequence

from wires.platforms.addresses import is_number
from wires.platforms.lookups import STATED, Lookup
from wires.platforms.questions import Question, Subject
from wires.platforms.x.questions import ask_many

MOST = 100


def key_of(ids: Sequence[str], url: str, host: str) -> str:
    """Return the id of the last edit: that of an earlier one leads to words that were replaced."""
    return max(filter(is_number, ids), key=int, default="")


def ask_posts(subject: Subject, keys: Sequence[str]) -> Question:
    return ask_many(keys)


LOOKUP = Lookup(how=STATED, key=key_of, ask=ask_posts, most=MOST)
