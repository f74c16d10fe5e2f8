"""Which addresses of Bluesky's public API are asked, one after the other."""

from wires.platforms.bluesky.permalink import POST_TYPE
from wires.platforms.questions import Question, Questions, Subject, ask

API = "https://public.api.bsky.app/xrpc"
PAGE_SIZE = "50"

_REFUSALS = {
    "http_400": "Bluesky does not know {account}, or does not show it to the public: check the account",
}


def ask_post(subject: Subject) -> Question:
    """Ask for the post, or for the DID first: posts are not found by the handle of their author."""
    did = subject.account if subject.account.startswith("did:") else subject.numeric_id
    if did:
        uri = f"at://{did}/{POST_TYPE}/{subject.number}"
        return ask("post", f"{API}/app.bsky.feed.getPosts", uris=uri)
    return ask("account", f"{API}/com.atproto.identity.resolveHandle", handle=subject.account)


def ask_page(subject: Subject, cursor: str = "") -> Question:
    return ask(
        "posts",
        f"{API}/app.bsky.feed.getAuthorFeed",
        # The DID outlives the handle, which another account may take over.
        actor=subject.numeric_id or subject.account,
        limit=PAGE_SIZE,
        # Its own threads are news, what it answers to others is not.
        filter="posts_and_author_threads",
        cursor=cursor,
    )


QUESTIONS = Questions(posts=ask_page, post=ask_post, page=ask_page, refusals=_REFUSALS)
