"""Links that lead to no post, to the wrong one, or to one twice; clocks that contradict an id."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from random import Random
from urllib.parse import urlsplit

from benchmarks.seeded import ids
from benchmarks.seeded.articles import Article, Post
from benchmarks.seeded.dates import postings
from benchmarks.seeded.fault import HOLD, QUERY, Fault, first, of_sources, put
from benchmarks.seeded.places import MARK

_ALL = frozenset({
    "citation-unknown", "unsourced-claim", "outlet-not-linked", "outlet-mismatch", "single-origin",
    "source-uncited", "figure-not-found", "quote-not-found", "quote-elsewhere", "stated-time",
    "headline-drift", "hedge-lost", "conflict", "place-differs",
})  # fmt: skip
_NOT_POSTS = {
    "x": ("https://x.com/{account}", "https://x.com/search?q={account}", "https://x.com/i/status/",
          "https://twitter.com/{account}/with_replies", "https://x.com/hashtag/{account}"),
    "telegram": ("https://t.me/{account}", "https://t.me/s/{account}", "https://t.me/+Zx0aQ91bT2k",
                 "https://t.me/joinchat/AAAAAEkk2WdoDrB4"),
    "bluesky": ("https://bsky.app/profile/{account}", "https://bsky.app/search?q={account}"),
    "mastodon": ("{home}/@{account}", "{home}/explore", "{home}/tags/{account}"),
    "rss": ("{home}/", "{home}", "{home}/feed.xml", "{home}/rss"),
}  # fmt: skip


def no_sources(article: Article, rng: Random) -> Fault | None:
    return replace(
        of_sources(
            replace(article, posts=()), code="source-missing", what="no sources at all", also=_ALL
        ),
        keys=frozenset(),
    )


def no_sources_nor_marks(article: Article, rng: Random) -> Fault | None:
    bare = replace(article, posts=(), body=MARK.sub("", article.body))
    return replace(
        of_sources(bare, code="source-missing", what="no sources, no marks", also=_ALL),
        keys=frozenset(),
    )


def cut_to_channel(article: Article, rng: Random) -> Fault | None:
    """Link the account, its channel, a search or the home page instead of the post."""

    def cut(post: Post) -> Fault:
        parts = urlsplit(post.url)
        names = [part for part in parts.path.split("/") if part and part not in ("profile", "s")]
        url = rng.choice(_NOT_POSTS[post.platform]).format(
            account=names[0].lstrip("@"), home=f"{parts.scheme}://{parts.netloc}"
        )
        return _linked(article, post, url, code="source-not-a-post")

    return first(rng, article.posts, cut)


def break_id(article: Article, rng: Random) -> Fault | None:
    """Lose the id to a slip of the pen: a letter in it, or three dots for its end."""
    found = [post for post in article.posts if post.platform in ("x", "telegram", "bluesky")]

    def broken(post: Post) -> Fault:
        head, _, number = post.url.rpartition("/")
        slips = [f"{number[:-2]}…", f"{number[:2]}o{number[2:]}", f"{number}x"]
        slips = slips[:1] + slips[2:] if post.platform == "bluesky" else slips
        return _linked(article, post, f"{head}/{rng.choice(slips)}", code="source-not-a-post")

    return first(rng, found, broken)


def share_an_id(article: Article, rng: Random) -> Fault | None:
    """Put the id of one post under the account of another."""
    posts = [post for post in article.posts if post.platform in ("x", "mastodon")]
    pairs = [
        (one, other)
        for one in posts
        for other in posts
        if one.platform == other.platform and one.url.rpartition("/")[0] != other.url.rpartition("/")[0]
        and urlsplit(one.url).netloc == urlsplit(other.url).netloc
    ]  # fmt: skip

    def shared(pair: tuple[Post, Post]) -> Fault:
        one, other = pair
        url = f"{one.url.rpartition('/')[0]}/{other.url.rpartition('/')[2]}"
        return of_sources(
            article.with_post(replace(one, url=url)),
            one.key,
            other.key,
            code="source-shared-id",
            what=url,
            also=("source-id-time",),
        )

    return first(rng, pairs, shared)


def same_id_elsewhere(article: Article, rng: Random) -> Fault | None:
    """Cite a second post whose address has the id of the first, under another account."""
    posts = [post for post in article.posts if post.platform in ("x", "mastodon")]

    def doubled(post: Post) -> Fault:
        head, _, number = post.url.rpartition("/")
        account = "harbourwire" if post.platform == "x" else "@harbourwire"
        url = f"{_before_account(head, post)}{account}{'/status' if post.platform == 'x' else ''}/{number}"
        second = replace(post, key="dup", url=url, outlet="Harbour Wire", aliases=())
        return of_sources(
            _cited_too(article, post, second),
            post.key,
            "dup",
            code="source-shared-id",
            what=url,
            also=("quote-ambiguous", "source-id-time", "conflict"),
        )

    return first(rng, posts, doubled)


def _before_account(head: str, post: Post) -> str:
    return "https://x.com/" if post.platform == "x" else head[: head.rindex("/") + 1]


def link_twice(article: Article, rng: Random) -> Fault | None:
    """Link one post a second time, by another spelling of its address."""

    def linked(post: Post) -> Fault:
        url = rng.choice(spellings(post))
        second = replace(post, key="dup", url=url)
        return of_sources(
            _cited_too(article, post, second),
            post.key,
            "dup",
            code="source-duplicate",
            level=QUERY,
            what=url,
            also=("quote-ambiguous",),
        )

    return first(rng, article.posts, linked)


def spellings(post: Post) -> list[str]:
    """Return other addresses under which this very post stands."""
    url = post.url
    if post.platform == "x":
        path = urlsplit(url).path
        return [
            f"https://twitter.com{path}", f"https://mobile.twitter.com{path}", f"{url}?s=20",
            f"https://www.x.com{path}?t=Ab3&s=19", f"https://x.com{path.lower()}/photo/1",
        ]  # fmt: skip
    if post.platform == "telegram":
        path = urlsplit(url).path
        return [f"https://t.me/s{path}", f"{url}?single", f"https://telegram.me{path}"]
    if post.platform == "rss":
        return [
            f"{url}?utm_source=rss&utm_medium=feed", f"{url}#comments",
            url.replace("https://", "HTTPS://"),
        ]  # fmt: skip
    return [f"{url}?ref=share", f"{url}/"]


def shift_posted_at(article: Article, rng: Random) -> Fault | None:
    """Date a post an hour, or some minutes, from what its id says."""
    return first(rng, _clocked(article), lambda post: _dated(article, post, _slip(rng)))


def shift_id(article: Article, rng: Random) -> Fault | None:
    """Link a post of the same account from another hour."""

    def shifted(post: Post) -> Fault | None:
        url = ids.moved(post.url, post.platform, _slip(rng))
        return _off(article, replace(post, url=url), f"{url}") if url else None

    return first(rng, _clocked(article), shifted)


def shift_untimed_id(article: Article, rng: Random) -> Fault | None:
    """Give no time to a post whose id contradicts the time that the text states."""

    def shifted(found: tuple) -> Fault | None:
        stated, post = found
        url = ids.moved(post.url, post.platform, _slip(rng))
        if url is None:
            return None
        spoilt = article.with_post(replace(post, url=url, posted_at=None))
        return Fault(
            article=spoilt,
            code="source-id-time",
            level=HOLD if post.platform == "x" else QUERY,
            start=stated.start,
            end=stated.end,
            what=f"{url} of no time",
            also=frozenset({"figure-not-found", "stated-time"}),
        )

    return first(rng, postings(article), shifted)


def _slip(rng: Random) -> timedelta:
    return timedelta(minutes=rng.choice([-1440, -60, -37, -9, 9, 41, 60, 720]))


def _clocked(article: Article) -> Iterator[Post]:
    """Yield the posts whose id has a clock, and no edit ever replaced."""
    for post in article.posts:
        clock = ids.clock(post.url, post.platform)
        if clock and post.posted_at and not post.versions:
            yield post


def _dated(article: Article, post: Post, by: timedelta) -> Fault | None:
    at = post.posted_at + by if post.posted_at else None
    return _off(article, replace(post, posted_at=at), f"{by}") if at else None


def _off(article: Article, post: Post, what: str) -> Fault:
    return of_sources(
        article.with_post(post),
        post.key,
        code="source-id-time",
        level=HOLD if post.platform == "x" else QUERY,
        what=what,
        also=("stated-time", "figure-not-found", "future-time"),
    )


def _linked(article: Article, post: Post, url: str, *, code: str) -> Fault:
    return of_sources(
        article.with_post(replace(post, url=url)),
        post.key,
        code=code,
        what=url,
        also=("source-id-time", "source-shared-id", "source-duplicate"),
    )


def _cited_too(article: Article, post: Post, second: Post) -> Article:
    """Add a source and name it beside another one, wherever that is cited."""
    pattern = rf"(?<=[\s\[;,])@{re.escape(post.key)}(?=[\s\];,])"
    body = re.sub(pattern, lambda found: f"{found.group()}; @{second.key}", article.body)
    return replace(article.with_post(second), body=body)


def misspell_mark(article: Article, rng: Random) -> Fault | None:
    marks = [mark for claim in article.claims() for mark in claim.marks]
    known = {post.key for post in article.posts}

    def misspelt(mark) -> Fault | None:
        slips = (f"{mark.key}{rng.randrange(10)}", mark.key[:-1] + "l", mark.key[::-1])
        new = rng.choice(slips)
        if new in known or not new:
            return None
        body = put(article.body, mark.start, mark.end, f"@{new}")
        return Fault(
            article=replace(article, body=body),
            code="citation-unknown",
            start=mark.start,
            end=mark.start + len(new) + 1,
            what=f"@{mark.key} -> @{new}",
            also=_ALL,
        )

    return first(rng, marks, misspelt)


def remove_a_source(article: Article, rng: Random) -> Fault | None:
    """Remove a source and leave its marks."""
    marks = [mark for claim in article.claims() for mark in claim.marks]

    def removed(mark) -> Fault:
        posts = tuple(post for post in article.posts if post.key != mark.key)
        return Fault(
            article=replace(article, posts=posts),
            code="citation-unknown",
            start=mark.start,
            end=mark.end,
            what=f"{mark.key} removed",
            also=_ALL | {"source-missing"},
        )

    return first(rng, marks, removed)


def link_without_citing(article: Article, rng: Random) -> Fault | None:
    """Link one more post of an outlet, and forget it."""

    def added(post: Post) -> Fault:
        more = replace(
            post,
            key="more",
            platform="rss",
            url=f"https://wire.example/{article.id}/{rng.randrange(1000)}",
            text=None if post.text is None else "More follows.",
            versions=(),
        )
        return of_sources(
            article.with_post(more), "more", code="source-uncited", level=QUERY, what=more.url
        )

    return first(rng, article.posts, added)


def forget_one_of_two(article: Article, rng: Random) -> Fault | None:
    """Drop the only mark of a post that stands beside another one in a mark."""
    marks = [mark for claim in article.claims() for mark in claim.marks]
    once = {mark.key for mark in marks if sum(other.key == mark.key for other in marks) == 1}

    def dropped(key: str) -> Fault | None:
        body = re.sub(rf"; ?@{re.escape(key)}(?=[\];])|@{re.escape(key)} ?; ?", "", article.body)
        if body == article.body:
            return None
        return of_sources(
            replace(article, body=body), key, code="source-uncited", level=QUERY,
            what=f"@{key} dropped", also=_ALL,
        )  # fmt: skip

    return first(rng, sorted(once), dropped)
