"""One item of a document, and the ids by which its post may be known."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256

from wires.models import Post, native_id_hash
from wires.platforms import platform_of
from wires.platforms.base import Document, RawPost
from wires.platforms.permalinks import canonical_url
from wires.platforms.titles import are_two_stories


@dataclass(slots=True, kw_only=True)
class Item:
    """One item of a document and the ids by which its post may be known.

    key       the id that a new post is stored by
    aliases   further ids that name this post for certain
    doubtful  ids that name it only where the titles agree as well
    link      its canonical address, "" where several items of the document share it
    reused    the id of its post should the key turn out to be that of another story; else ""
    story     the id it has then where that is taken too, made of its title and date
    shares_id whether another item of the document has its id
    not_after the time of the dated item above it, where it has none itself
    is_reused whether its key is another story's
    is_passing whether its id will be another one tomorrow
    post      the post it turned out to be; None while it is new
    others    further posts that its ids lead to: it is one with them
    rewritten whether its link led to the post, and its id had never been seen
    unknown   its ids, with their hashes, that no row holds yet
    """

    raw: RawPost
    key: str
    canonical_url: str
    aliases: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    link: str = ""
    reused: str = ""
    story: str = ""
    shares_id: bool = False
    not_after: datetime | None = None
    is_reused: bool = False
    is_passing: bool = False
    post: Post | None = None
    others: tuple[Post, ...] = ()
    rewritten: bool = False
    hashes: tuple[str, ...] = field(init=False)
    unknown: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        self.hashes = tuple(map(native_id_hash, (self.key, *self.aliases)))

    def become(self, key: str) -> None:
        """Be known by this id alone from now on, because the one it came with is another story's."""
        self.key, self.aliases, self.reused, self.is_reused = key, (), "", True
        self.hashes = (native_id_hash(self.key),)


def items_of(document: Document, *, by_link: bool) -> list[Item]:
    """Return each post of the document once, oldest first as far as its order tells."""
    links = [raw.link_id or canonical_url(raw.url) for raw in document.posts]
    count_links = Counter(links)
    count_ids = Counter(raw.native_id for raw in document.posts)
    platform = platform_of(document.kind)
    times = _times_above(document.posts, oldest_first=platform.oldest_first)
    chosen: dict[str, Item] = {}
    for raw, link, not_after in zip(document.posts, links, times, strict=True):
        is_lone_link = bool(link) and count_links[link] == 1
        can_be_reused = not platform.ids_are_stable and link not in ("", raw.native_id)
        item = Item(
            raw=raw,
            key=_link_key(raw, link, is_lone=is_lone_link) if by_link else raw.native_id,
            canonical_url=link,
            aliases=() if by_link else raw.aliases,
            doubtful=(raw.native_id,) if by_link and count_ids[raw.native_id] == 1 else (),
            link=link if is_lone_link else "",
            reused="" if by_link or not can_be_reused else f"{raw.native_id}#{link}",
            story="" if by_link or platform.ids_are_stable else _story_id(raw),
            shares_id=count_ids[raw.native_id] > 1,
            not_after=not_after,
        )
        first = chosen.get(item.key)
        if item.story and first and are_two_stories(raw.title, first.raw.title):
            item.become(item.story)
            item.doubtful = (raw.native_id,)
        if item.key not in chosen or _edited_later(raw, than=chosen[item.key].raw):
            chosen[item.key] = item
    items = list(chosen.values())
    # Of posts with the same time the later row leads the wire.
    return items if platform.oldest_first else items[::-1]


def _story_id(raw: RawPost) -> str:
    return f"{raw.native_id}#{_said(raw)}"


def _said(raw: RawPost) -> str:
    """Return a digest of title and date, which tell apart what shares an id or a link."""
    return sha256(f"{raw.title}\x1f{raw.posted_raw}".encode(errors="replace")).hexdigest()


def _times_above(posts: Sequence[RawPost], *, oldest_first: bool) -> list[datetime | None]:
    """Return for each undated post the time of the next newer one with a date.

    None where there is none, and everywhere in a document that is not in the order of its dates.
    """
    if all(post.posted_at for post in posts):
        return [None] * len(posts)
    ordered = posts[::-1] if oldest_first else posts
    dates = [post.posted_at for post in ordered if post.posted_at]
    if dates != sorted(dates, reverse=True):
        return [None] * len(posts)
    above: datetime | None = None
    found: list[datetime | None] = []
    for post in ordered:
        above = post.posted_at or above
        found.append(None if post.posted_at else above)
    return found[::-1] if oldest_first else found


def _link_key(raw: RawPost, link: str, *, is_lone: bool) -> str:
    if not link:
        return raw.native_id
    return link if is_lone else f"{link}#{_said(raw)}"


def _edited_later(raw: RawPost, *, than: RawPost) -> bool:
    """Return whether a repeated item is the newer one. If no date says so, the first one is kept."""
    if raw.source_edited_at is None or than.source_edited_at is None:
        return False
    return raw.source_edited_at > than.source_edited_at
