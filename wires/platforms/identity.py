"""Which posts of one document are the same, and whether its ids can be trusted."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from wires.platforms.base import RawPost
from wires.platforms.titles import are_two_stories

_LONGEST_ID = 2_000


def native_id(declared: str, *, link_id: str, title: str, posted_raw: str, enclosure: str) -> str:
    """Return a post's identity: what the source declares, else its link, else what it says.

    Never the body, which is edited, nor the date as we read it, which changes when we read better.
    """
    declared = " ".join(declared.split())
    if len(declared) > _LONGEST_ID:
        return f"sha256:{hashlib.sha256(declared.encode()).hexdigest()}"
    return declared or link_id or said_id(title, posted_raw, enclosure)


def said_id(title: str, posted_raw: str, enclosure: str) -> str:
    """Return an identity made of what a post says of itself."""
    said = "\x1f".join((title, posted_raw, enclosure))
    return f"sha256:{hashlib.sha256(said.encode('utf-8', 'replace')).hexdigest()}"


def disambiguated(posts: Iterable[RawPost]) -> tuple[tuple[RawPost, ...], bool]:
    """Return the posts, each once, and whether different ones share a declared id."""
    found = _by_words_where_links_repeat(list(posts))
    kept: dict[str, list[RawPost]] = {}
    order: list[RawPost] = []
    for post in found:
        namesakes = kept.setdefault(post.native_id, [])
        if any(_same(post, other) for other in namesakes):
            continue
        namesakes.append(post)
        order.append(post)
    # Where the link is one too, knowing them by their links would not help.
    repeat = any(
        len({post.link_id or post.title for post in namesakes}) > 1 for namesakes in kept.values()
    )
    return tuple(order), repeat


def _by_words_where_links_repeat(posts: list[RawPost]) -> list[RawPost]:
    """Give posts without an id one made of their words when several have the same link."""
    titles = {(post.link_id, post.title) for post in posts if "no_id" in post.flags}
    uses = Counter(link for link, _ in titles if link)
    return [
        replace(post, native_id=said_id(post.title, post.posted_raw, ""))
        if "no_id" in post.flags and uses[post.link_id] > 1
        else post
        for post in posts
    ]


def _same(post: RawPost, other: RawPost) -> bool:
    """Return whether two posts with one id are one post, listed twice."""
    if post.link_id and other.link_id:
        return post.link_id == other.link_id and not are_two_stories(post.title, other.title)
    return post.title == other.title
