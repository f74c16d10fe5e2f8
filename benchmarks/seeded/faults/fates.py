"""What became of a post after it was cited, what we hold of it, and how many origins there are."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random

from benchmarks.seeded.articles import Article, Post
from benchmarks.seeded.fault import QUERY, Fault, first, of_sources, put
from benchmarks.seeded.places import MARK, numbers

_SOON = timedelta(minutes=20)
_RESTING = frozenset({
    "headline-drift", "outlet-not-linked", "outlet-mismatch", "citation-unknown", "source-uncited",
    "unsourced-claim", "figure-not-found", "quote-not-found", "quote-elsewhere", "stated-time",
    "hedge-lost", "conflict", "quote-ambiguous", "verbatim-copy",
})  # fmt: skip


def erase_text(article: Article, rng: Random) -> Fault | None:
    def erased(post: Post) -> Fault:
        return of_sources(
            article.with_post(replace(post, text=None, versions=())),
            post.key,
            code="source-unarchived",
            what="no text",
        )

    return first(rng, article.posts, erased)


def enter_by_hand(article: Article, rng: Random) -> Fault | None:
    """Let one person have copied a post, and nobody have confirmed it."""

    def entered(post: Post) -> Fault | None:
        if post.text is None:
            return None
        return of_sources(
            article.with_post(replace(post, is_unconfirmed=True)),
            post.key,
            code="source-unconfirmed",
            what="entered by hand",
        )

    return first(rng, article.posts, entered)


def edit_later(article: Article, rng: Random) -> Fault | None:
    """Let the outlet edit a post after it was cited: another figure, a "not", a sentence more or less."""
    found = [post for post in article.posts if post.text and not post.versions and post.cited_at]

    def edited(post: Post) -> Fault | None:
        text = _edited(post.text or "", rng)
        at = (post.cited_at or article.now) + _SOON
        if text is None or at > article.now:
            return None
        return of_sources(
            article.with_post(replace(post, versions=((at, text),))),
            post.key,
            code="source-changed",
            what=f"now {text!r}",
        )

    return first(rng, found, edited)


def _edited(text: str, rng: Random) -> str | None:
    counts = [number for number in numbers(text) if number.values[0] > 1]
    spaces = [found.start() for found in re.finditer(r"(?<=[a-z]) (?=[a-z])", text)]
    kind = rng.choice(["figure", "not", "more", "less", "hedge"])
    if kind == "figure" and counts:
        number = rng.choice(counts)
        digit = text[number.start]
        return put(
            text, number.start, number.start + 1, rng.choice([d for d in "2345678" if d != digit])
        )
    if kind == "not" and spaces:
        at = rng.choice(spaces)
        return put(text, at, at, " not")
    if kind == "less" and len(text.split()) > 6:
        return " ".join(text.split()[:-4])
    if kind == "hedge":
        return f"UNCONFIRMED: {text}"
    return f"{text} Update: the ministry denies this."


def withdraw_post(article: Article, rng: Random) -> Fault | None:
    def withdrawn(post: Post) -> Fault | None:
        at = (post.cited_at or article.published_at) + _SOON
        if at > article.now:
            at = article.now - timedelta(minutes=1)
        return of_sources(
            article.with_post(replace(post, deleted_at=at)),
            post.key,
            code="source-deleted",
            what=f"deleted at {at}",
        )

    return first(rng, article.posts, withdrawn)


def one_outlet(article: Article, rng: Random) -> Fault | None:
    """Keep only the paragraphs that rest on one outlet, and its posts."""

    def kept(outlet: str) -> Fault | None:
        keys = {post.key for post in article.posts if post.outlet == outlet}
        return _resting_on(article, keys, f"all of {outlet}")

    return first(rng, sorted({post.outlet for post in article.posts}), kept)


def same_words_again(article: Article, rng: Random) -> Fault | None:
    """Rest on one post and on another outlet's near copy of it."""

    def copied(post: Post) -> Fault | None:
        spoilt = _resting_on(article, {post.key}, "")
        if spoilt is None or post.text is None or len(post.text.split()) < 12:
            return None
        copy = replace(
            post, key="copy", outlet="Harbour Wire", aliases=(), platform="rss",
            url="https://harbourwire.example/news/1", text=f"{post.text} (HW)", versions=(),
        )  # fmt: skip
        body = re.sub(
            rf"@{re.escape(post.key)}(?=[\s\];,])", f"@{post.key}; @copy", spoilt.article.body
        )
        twice = replace(spoilt.article.with_post(copy), body=body)
        return replace(spoilt, article=twice, keys=frozenset({post.key, "copy"}), what="a copy")

    return first(rng, article.posts, copied)


def only_repeat(article: Article, rng: Random) -> Fault | None:
    """Let every other outlet's post say no more than that the first one reports it."""
    outlets = sorted({post.outlet for post in article.posts})
    short = all(
        post.text and len(post.text.split()) <= 40 and not post.is_edited for post in article.posts
    )
    if not article.is_english or not short or len(outlets) < 2:
        return None
    origin = rng.choice(outlets)
    posts = tuple(
        post if post.outlet == origin else replace(post, text=f"{origin} reports: {post.text}")
        for post in article.posts
    )
    cited = {key for claim in article.claims() for key in claim.keys}
    keys = [post.key for post in posts if post.key in cited and not post.links_only]
    return of_sources(
        replace(article, posts=posts), *keys, code="single-origin", level=QUERY,
        what=f"the others repeat {origin}", also=_RESTING,
    )  # fmt: skip


def _resting_on(article: Article, keys: set[str], what: str) -> Fault | None:
    kept = [
        block
        for block in _blocks(article.body)
        if not MARK.search(block) or set(re.findall(r"@([^\s;,\]]+)", block)) <= keys
    ]
    body = "\n\n".join(kept)
    cited = set(re.findall(r"(?<=@)[^\s;,\]]+", body)) & keys
    if not cited:
        return None
    posts = tuple(post for post in article.posts if post.key in cited)
    return of_sources(
        replace(article, body=body + "\n", posts=posts), *cited, code="single-origin", level=QUERY,
        what=what, also=_RESTING,
    )  # fmt: skip


def _blocks(body: str) -> Iterator[str]:
    yield from (block for block in re.split(r"\n\s*\n", body.strip()) if block.strip())
