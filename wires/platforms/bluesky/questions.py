"""Which addresses of Bluesky's public API are asked, one after the other."""

from wires.platforms.base import Document
from wires.platforms.bluesky.permalink import POST_TYPE
from wires.platforms.questions import Question, Questions, Subject, ask

API = "https://public.api.bsky.app/xrpc"
PAGE_SIZE = "50"

_REFUSALS = {
    "http_400": "Bluesky does not know {account}, or does not show it to the public: check the account",
}


def ask_posts(subject: Subject) -> Question:
    # The DID outlives the handle, which another account may take over.
    return _page(subject.numeric_id or subject.account)


def ask_post(subject: Subject) -> Question:
    """Ask for the post, or for the DID first: posts are not found by the handle of their author."""
    if subject.account.startswith("did:"):
        return _post(subject.account, subject.number)
    return ask("account", f"{API}/com.atproto.identity.resolveHandle", handle=subject.account)


def ask_after(subject: Subject, question: Question, document: Document) -> Question | None:
    if question.step == "account":
        return _post(subject.numeric_id, subject.number) if subject.numeric_id else None
    if question.step == "posts" and document.cursor:
        return _page(subject.numeric_id or subject.account, cursor=document.cursor)
    return None


def _page(actor: str, *, cursor: str = "") -> Question:
    return ask(
        "posts",
        f"{API}/app.bsky.feed.getAuthorFeed",
        actor=actor,
        limit=PAGE_SIZE,
        # Its own threads are news, what it answers to others is not.
        filter="posts_and_author_threads",
        cursor=cursor,
    )


def _post(did: str, rkey: str) -> Question:
    return ask("post", f"{API}/app.bsky.feed.getPosts", uris=f"at://{did}/{POST_TYPE}/{rkey}")


QUESTIONS = Questions(posts=ask_posts, post=ask_post, after=ask_after, refusals=_REFUSALS)
