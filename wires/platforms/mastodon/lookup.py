"""Whether posts are still there: their own server says 404 or 410, each by itself."""

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from wires.platforms.base import Document, UnreadableBody
from wires.platforms.json_bodies import load_json, text_of
from wires.platforms.lookups import ELSEWHERE, NOT_FOUND, Lookup
from wires.platforms.mastodon.questions import STATUS_ID, api_of
from wires.platforms.questions import Question, Subject, ask


def key_of(ids: Sequence[str], url: str, host: str) -> str:
    """Return the number of a post on the server of its channel; a boosted one is another's."""
    found = STATUS_ID.search(url)
    return found["number"] if found and urlsplit(url).netloc.lower() == host.lower() else ""


def ask_status(subject: Subject, keys: Sequence[str]) -> Question:
    return ask("lookup", f"{api_of(subject)}/statuses/{quote(keys[0], safe='')}")


def ask_account(subject: Subject, key: str) -> Question:
    """Ask for the account, by a step of its own: the feed is no answer to that."""
    if subject.numeric_id:
        return ask("profile", f"{api_of(subject)}/accounts/{quote(subject.numeric_id, safe='')}")
    name = subject.account.partition("@")[0]
    return ask("profile", f"{api_of(subject)}/accounts/lookup", acct=name)


def is_shown(document: Document, subject: Subject, key: str) -> bool:
    is_asked_for = document.numeric_id == (subject.numeric_id or document.numeric_id)
    return bool(document.numeric_id) and is_asked_for and ELSEWHERE.isdisjoint(document.faults)


def says_not_found(body: bytes) -> bool:
    """Return whether an answer is Mastodon's own, and is about the post.

    What stands before a server has pages, and the server itself refuses for other reasons.
    """
    try:
        answer = load_json(body.decode())
    except (UnicodeDecodeError, UnreadableBody):
        return False
    return isinstance(answer, dict) and "not found" in text_of(answer, "error").lower()


LOOKUP = Lookup(
    how=NOT_FOUND,
    key=key_of,
    ask=ask_status,
    account=ask_account,
    is_shown=is_shown,
    not_found=says_not_found,
)
