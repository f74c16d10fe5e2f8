"""More clean articles out of the written ones: paragraphs of one set into another.

The host keeps its headline, standfirst and note. A guest's paragraphs come with their posts under
new keys, moved by whole weeks so that weekdays stay true and nothing is newer than the host; with
the posts move the clocks inside their ids. A paragraph that says a date, a clock time or a year
stays at home. The order is shuffled, and a paragraph of the host that says nothing which headline,
standfirst or other paragraphs need may go.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import product
from random import Random

from benchmarks.seeded import ids
from benchmarks.seeded.articles import Article, Outlet, Post, chance
from benchmarks.seeded.places import in_words, numbers

_KEYS = re.compile(r"(?<=@)[^\s;,\]]+")
_DATED = re.compile(
    r"\d[:.h]\d\d|\b(?:1[89]|20)\d\d\b|\d ?[ap]\.?m\b|\b(?:noon|midnight|o['’]clock|half past|Uhr|today|"
    r"yesterday|tomorrow|UTC|GMT)\b|\b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|ene|abr|ago|dic|"
    r"janv|févr|avril|juin|juil|août|déc|mär|okt|dez)[a-z]*\b(?! be)|ساعت|الساعة|ي?ناير|فبراير|مارس|أغسطس",
    re.IGNORECASE,
)
_WEEK = timedelta(weeks=1)


def recombined(written: Sequence[Article], *, count: int, seed: int) -> Iterator[Article]:
    """Yield so many articles at most, the same for the same seed."""
    pairs = [
        (host, guest)
        for host, guest in product(written, written)
        if host.id != guest.id and host.language == guest.language
    ]
    rng = chance(seed, "pairs")
    rng.shuffle(pairs)
    made = 0
    for host, guest in pairs:
        if made == count:
            return
        article = _joined(host, guest, chance(seed, host.id, guest.id))
        if article is not None:
            made += 1
            yield article


def _joined(host: Article, guest: Article, rng: Random) -> Article | None:
    paragraphs = [block for block in _blocks(guest.body) if _can_travel(block, guest)]
    if not paragraphs:
        return None
    chosen = rng.sample(paragraphs, min(len(paragraphs), rng.choice([1, 2, 3])))
    wanted = list(dict.fromkeys(key for block in chosen for key in _KEYS.findall(block)))
    weeks = -(-(guest.published_at - host.published_at) // _WEEK)
    posts = [_moved(guest.post(key), f"z{n}", -weeks * _WEEK) for n, key in enumerate(wanted, 1)]
    if any(post is None for post in posts) or _clash(host.posts, posts):
        return None
    keys = {key: f"z{n}" for n, key in enumerate(wanted, 1)}
    blocks = _thinned(host, rng) + [
        _KEYS.sub(lambda found: keys[found.group()], block) for block in chosen
    ]
    rng.shuffle(blocks)
    return replace(
        host,
        id=f"{host.id}+{guest.id.partition('-')[0]}",
        body="\n\n".join(blocks) + "\n",
        posts=(*host.posts, *posts),
        outlets=_gazetteer(host, guest),
    )


def _blocks(body: str) -> list[str]:
    return [block for block in re.split(r"\n\s*\n", body.strip()) if block.strip()]


def _can_travel(block: str, guest: Article) -> bool:
    """Return whether a paragraph stands for itself, rests on posts, and says no day or hour."""
    if block.startswith("#") or not _KEYS.search(block) or _DATED.search(block):
        return False
    posts = [guest.post(key) for key in _KEYS.findall(block)]
    return not any(post.versions or post.deleted_at or post.links_only for post in posts)


def _moved(post: Post, key: str, by: timedelta) -> Post | None:
    url = post.url
    if ids.clock(post.url, post.platform):
        url = ids.moved(post.url, post.platform, by) or ""
    return replace(
        post,
        key=key,
        url=url,
        posted_at=post.posted_at + by if post.posted_at else None,
        cited_at=post.cited_at + by if post.cited_at else None,
    )


def _clash(posts: Sequence[Post], others: Sequence[Post | None]) -> bool:
    """Return whether two posts would have one address, or two outlets one name."""
    for post, other in product(posts, others):
        if other is None or post.url == other.url:
            return True
        if post.outlet != other.outlet and set(post.names) & set(other.names):
            return True
    return False


def _thinned(host: Article, rng: Random) -> list[str]:
    """Return the paragraphs of the host, sometimes without one that nothing else needs."""
    blocks = _blocks(host.body)
    names = {name for post in host.posts for name in post.names}
    spare = [
        block
        for block in blocks
        if not (numbers(block) or list(in_words(block)) or set(block) & set('“”‘«»„"#'))
        and not any(name in block for name in names)
        and all(_KEYS.findall(host.body).count(key) > 1 for key in _KEYS.findall(block))
    ]
    if spare and rng.random() < 0.5:
        blocks.remove(rng.choice(spare))
    return blocks


def _gazetteer(host: Article, guest: Article) -> tuple[Outlet, ...]:
    names = {outlet.name for outlet in host.outlets}
    return (*host.outlets, *(outlet for outlet in guest.outlets if outlet.name not in names))
