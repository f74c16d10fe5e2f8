"""How a platform is asked whether posts are still there, and what proves that one is not."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from wires.platforms.base import Document
from wires.platforms.questions import Question, Subject

# What proves it, each in the word that is stored with the post.
MISSING = "missing"  # left out between two others, on two fetches
NOT_FOUND = "not_found"  # the server answers that there is none, and shows the account
OMITTED = "omitted"  # left out of the answer, while the account is shown
STATED = "stated"  # the answer says that it was deleted, or is shown to nobody

# What an account is that was moved elsewhere or suspended: its posts went with it.
ELSEWHERE = frozenset({"account_moved", "account_suspended"})


def never(body: bytes) -> bool:
    return False


@dataclass(frozen=True, slots=True, kw_only=True)
class Lookup:
    """How posts are looked up.

    how        what proves that a post is not there: one of the words above
    key        what a post is asked for by, from its ids, its address and the host of its channel;
               "" where it cannot be looked up
    ask        the question for some keys
    most       how many keys fit into one question
    account    the question whether the account is shown at all: without it silence proves nothing
    is_shown   whether the answer to that shows the account of a key
    not_found  whether the body of a 404 or 410 says that there is no such post
    """

    how: str
    key: Callable[[Sequence[str], str, str], str]
    ask: Callable[[Subject, Sequence[str]], Question]
    most: int = 1
    account: Callable[[Subject, str], Question] | None = None
    is_shown: Callable[[Document, Subject, str], bool] = lambda document, subject, key: True
    not_found: Callable[[bytes], bool] = never
