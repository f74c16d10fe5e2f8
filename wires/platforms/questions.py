"""What is asked of a platform that answers in several steps, as plain data.

Nothing here goes to the network: a platform says which address comes first and which one after
each answer; wires.ingest.conversations asks.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from wires.platforms.addresses import is_number
from wires.platforms.base import Document, RawPost


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """Whose posts are wanted, or which post.

    account, numeric_id  as a channel has them; the number is "" until an answer gave it
    host     the server of the account, or the one that a pasted link leads to
    number   the number of the one post that is wanted; "" for the latest ones
    newest   the highest number of a post that is known; "" where none is
    most     how many posts may be read where each is paid for; None where none is
    """

    account: str
    numeric_id: str = ""
    host: str = ""
    number: str = ""
    newest: str = ""
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """An address to ask. `step` is what it is asked for, in the platform's own word."""

    url: str
    step: str


def ask(step: str, url: str, **parameters: str) -> Question:
    """Return a question with those of its parameters that are not empty.

    Half an emoji in what a platform sent, such as a cursor, is replaced.
    """
    given = {name: value for name, value in parameters.items() if value}
    query = urlencode(given, errors="replace")
    return Question(url=f"{url}?{query}" if query else url, step=step)


def nothing_instead(subject: Subject, question: Question, kind: str) -> Question | None:
    return None


def plain_number(native_id: str) -> str:
    return native_id if is_number(native_id) else ""


def no_history(subject: Subject, post: RawPost) -> Question | None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Questions:
    """How a platform is asked.

    posts        what comes first where the latest posts of an account are wanted
    post         what comes first where one post is wanted
    page         one page of the posts of an account, from a cursor on, "" for the newest
    instead      what is asked instead where a site refuses; the word is that of the error
    history      what has the earlier words of a post that was edited
    number_of    the number in the id of a post, later ones being higher; "" where it has none
    fewest       the smallest page that can be asked for
    first_pages  how many pages are read of a channel that was never read
    rereads      whether an edit is seen only where the post stands, on pages that were read before
    shows_all    whether a page leaves no post out, so that an empty one is an error where some are
                 known
    by_name      whether an account is found by its name alone, and not by its number
    refusals     what an error means here, by its word; {account} is filled in
    """

    posts: Callable[[Subject], Question]
    post: Callable[[Subject], Question]
    page: Callable[[Subject, str], Question]
    instead: Callable[[Subject, Question, str], Question | None] = nothing_instead
    history: Callable[[Subject, RawPost], Question | None] = no_history
    number_of: Callable[[str], str] = plain_number
    fewest: int = 1
    first_pages: int = 1
    rereads: bool = False
    shows_all: bool = False
    by_name: bool = False
    refusals: Mapping[str, str] = field(default_factory=dict)

    def after(self, subject: Subject, question: Question, document: Document) -> Question | None:
        """Return what comes after an answer: the next page, or the posts once the account is known."""
        if question.step == "account" and subject.numeric_id:
            return self.post(subject) if subject.number else self.page(subject, "")
        if question.step == "posts" and document.cursor:
            return self.page(subject, document.cursor)
        return None
