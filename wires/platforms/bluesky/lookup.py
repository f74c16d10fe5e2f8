"""Whether posts are still there: Bluesky leaves out what it does not show."""

from collections.abc import Sequence
from urllib.parse import urlencode

from wires.platforms.base import Document
from wires.platforms.bluesky.permalink import POST_TYPE
from wires.platforms.bluesky.questions import API
from wires.platforms.lookups import ELSEWHERE, OMITTED, Lookup
from wires.platforms.questions import Question, Subject, ask

MOST = 25


def key_of(ids: Sequence[str], url: str, host: str) -> str:
    """Return the address of a post; a repost has none that can be asked for."""
    return ids[0] if ids[0].startswith("at://did:") and f"/{POST_TYPE}/" in ids[0] else ""


def ask_posts(subject: Subject, keys: Sequence[str]) -> Question:
    query = urlencode([("uris", key) for key in keys], errors="replace")
    return Question(url=f"{API}/app.bsky.feed.getPosts?{query}", step="lookup")


def ask_account(subject: Subject, key: str) -> Question:
    return ask("profile", f"{API}/app.bsky.actor.getProfile", actor=_did(key))


def is_shown(document: Document, subject: Subject, key: str) -> bool:
    """Return whether the account is there: of one that was closed, every post is left out."""
    return document.numeric_id == _did(key) and ELSEWHERE.isdisjoint(document.faults)


def _did(key: str) -> str:
    return key.removeprefix("at://").partition("/")[0]


LOOKUP = Lookup(
    how=OMITTED,
    key=key_of,
    ask=ask_posts,
    most=MOST,
    account=ask_account,
    is_shown=is_shown,
)
