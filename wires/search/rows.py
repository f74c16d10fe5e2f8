"""The rows of posts: written in the transaction that writes the post, removed with its words.

A row's key is the post's place on the wire.
"""

from collections.abc import Collection, Iterator
from typing import Any

from django.db import transaction

from web.excerpts import cut
from wires.models import Post
from wires.search.dialects import ALL, PUBLIC
from wires.search.expressions import language_fact
from wires.search.index import NO_KEY, Index, Row, key_of
from wires.search.terms import indexed_language, tokens

POSTS = Index("wires_search")
# What stands where an excerpt ends is found as a phrase too.
OVERLAP = 40
ROWS_A_TRANSACTION = 500

_WORDS = ("title", "text", "language", "erased_at")
_VERSIONS = ("latest_version", "unconfirmed_version")
_COLUMNS = (
    "pk", "wire_at", "channel", "channel__platform", "channel__outlet__excerpt_length",
    "is_service", "hidden_at", "state", "latest_version", "unconfirmed_version",
    *(f"{version}__{name}" for version in _VERSIONS for name in _WORDS),
)  # fmt: skip


def write_rows(posts: Collection[int]) -> None:
    """Index these posts as they are now; those whose words are gone are removed. Two queries, or three.

    Call it in the transaction that wrote the posts.
    """
    if not posts:
        return
    stored = list(Post.objects.filter(pk__in=posts).values(*_COLUMNS))
    rows = [row for row in map(_row, stored) if row is not None]
    written = {row.key for row in rows}
    keys = (key_of(each["pk"], each["wire_at"]) for each in stored)
    POSTS.remove([key for key in keys if key not in written])
    POSTS.write(rows)


def rebuild(*, first: int = 0) -> Iterator[int]:
    """Write the rows of all posts again, newest ids first; yield how many, a transaction at a time."""
    last = first or NO_KEY
    while True:
        with transaction.atomic():
            posts = Post.objects.filter(pk__lt=last).order_by("-pk")
            # A change of one of them meanwhile writes its row after us.
            locked = posts.select_for_update(no_key=True).values_list("pk", flat=True)
            keys = list(locked[:ROWS_A_TRANSACTION])
            write_rows(keys)
        if not keys:
            return
        yield len(keys)
        last = keys[-1]


def _row(post: dict[str, Any]) -> Row | None:
    """Return what the index keeps of a post, None where it has no words."""
    newest = _VERSIONS[1] if post[_VERSIONS[1]] else _VERSIONS[0]
    if not post[newest] or post[f"{newest}__erased_at"] is not None:
        return None
    is_shown = bool(
        post["latest_version"]
        and post["latest_version__erased_at"] is None
        and post["hidden_at"] is None
        and not post["is_service"]
        and post["state"] != Post.State.WITHDRAWN
    )
    language = post[f"{newest}__language"]
    words = _words(post, newest)
    shown = _words(post, "latest_version") if is_shown else words
    excerpt = cut(shown, post["channel__outlet__excerpt_length"]).removesuffix("…")
    rest = words
    if words.startswith(excerpt):
        begins = max(0, len(excerpt) - OVERLAP)
        rest = words[begins:] if len(words) > len(excerpt) else ""
        if begins:
            rest = rest.partition(" ")[2] or rest
    return Row(
        key=key_of(post["pk"], post["wire_at"]),
        head=tokens(excerpt, language),
        rest=tokens(rest, language),
        language=indexed_language(language),
        facts=tuple(_facts(post, is_shown=is_shown, language=language)),
    )


def _words(post: dict[str, Any], version: str) -> str:
    return joined(post[f"{version}__title"], post[f"{version}__text"])


def joined(title: str, text: str) -> str:
    """Return all words of a post; a headline that is how the text begins is not repeated."""
    title, text = title.strip(), text.strip()
    return text if text.startswith(title.removesuffix("…")) else f"{title}\n{text}".strip()


def _facts(post: dict[str, Any], *, is_shown: bool, language: str) -> Iterator[str]:
    yield from (ALL, f"c{post['channel']}", language_fact(language))
    yield platform_fact(post["channel__platform"])
    if is_shown:
        yield PUBLIC
    if post["hidden_at"] is not None:
        yield state_fact("hidden")
    if post["unconfirmed_version"]:
        yield state_fact("unconfirmed")
    if post["state"] != Post.State.LIVE:
        yield state_fact(post["state"])


def channel_fact(channel: int) -> str:
    return f"c{channel}"


def platform_fact(code: str) -> str:
    return f"p{''.join(filter(str.isalnum, code))}"


def state_fact(state: str) -> str:
    return f"s{state}"
