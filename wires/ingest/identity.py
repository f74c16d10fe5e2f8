"""Which post an item is: by its own id, by another id it had, or by its link."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hashlib import sha256

from django.db import transaction
from django.db.models import QuerySet

from wires.ingest.storable import storable
from wires.models import Channel, Post, PostAlias, PostVersion, native_id_hash
from wires.platforms import platform_of
from wires.platforms.base import Document, RawPost
from wires.platforms.permalinks import canonical_url

REWRITE_WINDOW = timedelta(days=14)
SAME_TITLE = 0.8
OTHER_TITLE = 0.2
# Of fewer words little can be told; and scripts without spaces have one.
FEWEST_WORDS = 3
ROWS = 500

# What store() needs of a post that it finds; the words of its latest version stay unread.
FOUND = (
    "channel_id", "native_id_hash", "state", "last_seen_at", "wire_at", "posted_at", "canonical_url",
    *(
        f"{version}__{name}"
        for version in ("latest_version", "unconfirmed_version")
        for name in (
            "n", "title", "content_hash", "source_edited_at", "erased_at", "captured_by", "flags",
        )
    ),
    "latest_version__confirmation__how", "latest_version__confirmation__content_hash",
)  # fmt: skip


@dataclass(slots=True, kw_only=True)
class Item:
    """One item of a document and the ids by which its post may be known.

    key       the id that a new post is stored by
    aliases   further ids that name this post for certain
    doubtful  ids that name it only where the titles agree as well
    link      its canonical address, "" where several items of the document share it
    reused    the id of its post should the key turn out to be that of another story; else ""
    post      the post it turned out to be; None while it is new
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
    post: Post | None = None
    rewritten: bool = False
    hashes: tuple[str, ...] = field(init=False)
    unknown: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        self.hashes = tuple(map(native_id_hash, (self.key, *self.aliases)))

    def become_reused(self) -> None:
        """Be known by the key together with the link from now on."""
        self.key, self.aliases, self.reused = self.reused, (), ""
        self.hashes = (native_id_hash(self.key),)


def items_of(document: Document, *, by_link: bool) -> list[Item]:
    """Return each post of the document once, oldest first as far as its order tells."""
    links = [raw.link_id or canonical_url(raw.url) for raw in document.posts]
    count_links = Counter(links)
    count_ids = Counter(raw.native_id for raw in document.posts)
    platform = platform_of(document.kind)
    chosen: dict[str, Item] = {}
    for raw, link in zip(document.posts, links, strict=True):
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
        )
        if item.key not in chosen or _edited_later(raw, than=chosen[item.key].raw):
            chosen[item.key] = item
    items = list(chosen.values())
    # Of posts with the same time the later row leads the wire.
    return items if platform.oldest_first else items[::-1]


def _link_key(raw: RawPost, link: str, *, is_lone: bool) -> str:
    if not link:
        return raw.native_id
    if is_lone:
        return link
    return (
        f"{link}#{sha256(f'{raw.title}\x1f{raw.posted_raw}'.encode(errors='replace')).hexdigest()}"
    )


def _edited_later(raw: RawPost, *, than: RawPost) -> bool:
    """Return whether a repeated item is the newer one. If no date says so, the first one is kept."""
    if raw.source_edited_at is None or than.source_edited_at is None:
        return False
    return raw.source_edited_at > than.source_edited_at


def find_posts(
    channel: Channel, items: Sequence[Item], *, present: Collection[str], at: datetime
) -> None:
    """Set `post` on each item whose post the channel has. Two queries, a third where some are new.

    Safe to repeat.

    `present` are the hashes of all ids of the whole document: a post that is still there under
    its own id was not rewritten.
    """
    doubtful = {item.key: tuple(map(native_id_hash, item.doubtful)) for item in items}
    reused = {item.key: native_id_hash(item.reused) for item in items if item.reused}
    hashes = {hash_ for item in items for hash_ in (*item.hashes, *doubtful[item.key])}
    known = _posts_by_hash(channel, hashes | set(reused.values()))
    for item in items:
        if reused.get(item.key) in known or _is_another_story(item, known.get(item.hashes[0])):
            doubtful[item.reused] = ()
            item.become_reused()
        item.post = next((known[hash_] for hash_ in item.hashes if hash_ in known), None)
        item.rewritten = False
        ids = zip(item.hashes, (item.key, *item.aliases), strict=True)
        item.unknown = tuple((hash_, native_id) for hash_, native_id in ids if hash_ not in known)
        if item.post is None:
            item.post = _first_alike(item.raw, (known.get(hash_) for hash_ in doubtful[item.key]))
    if not channel.on_platform.ids_are_stable:
        _find_rewritten([item for item in items if item.post is None], channel, present, at)


def _is_another_story(item: Item, post: Post | None) -> bool:
    """Return whether the source gave a new story the id of an old one: words, link and a later date say so.

    All three, because headlines are rewritten, dates moved and links fixed of one story too.
    """
    latest = post.newest_version if post else None
    if not item.reused or post is None or latest is None or latest.erased_at is not None:
        return False
    return (
        bool(post.canonical_url)
        and item.canonical_url != post.canonical_url
        and item.raw.posted_at is not None
        and post.posted_at is not None
        and item.raw.posted_at > post.posted_at
        and min(len(title.split()) for title in (item.raw.title, latest.title)) >= FEWEST_WORDS
        and _shared(item.raw.title, latest.title) < OTHER_TITLE
    )


def _posts_by_hash(channel: Channel, hashes: Collection[str]) -> dict[str, Post]:
    aliases = PostAlias.objects.filter(channel=channel, native_id_hash__in=hashes)
    pairs = dict(aliases.values_list("native_id_hash", "post_id"))
    own = Post.objects.filter(channel=channel, native_id_hash__in=hashes)
    known = {post.native_id_hash: post for post in _found(own)}
    missing = {pk for hash_, pk in pairs.items() if hash_ not in known}
    if missing:
        by_pk = {post.pk: post for post in known.values()}
        by_pk |= {post.pk: post for post in _found(Post.objects.filter(pk__in=missing))}
        known |= {hash_: by_pk[pk] for hash_, pk in pairs.items() if hash_ not in known}
    return known


def _found(posts: QuerySet[Post]) -> QuerySet[Post]:
    found = posts.select_related("latest_version__confirmation", "unconfirmed_version")
    return found.only(*FOUND)


def _find_rewritten(
    items: Sequence[Item], channel: Channel, present: Collection[str], at: datetime
) -> None:
    """Look whether an unknown id is the new id of a post whose link and title we know."""
    by_link = {storable(item.link): item for item in items if item.link}
    if not by_link:
        return
    posts = Post.objects.filter(
        channel=channel, wire_at__gte=at - REWRITE_WINDOW, canonical_url__in=by_link
    ).order_by("-wire_at", "-pk")
    for post in _found(posts):
        item = by_link[post.canonical_url]
        if item.post is None and post.native_id_hash not in present:
            # What was pasted is known by its link alone.
            is_link_its_id = post.native_id_hash == native_id_hash(item.link)
            item.post = post if is_link_its_id else _first_alike(item.raw, (post,))
            item.rewritten = item.post is not None


def _first_alike(raw: RawPost, posts: Iterable[Post | None]) -> Post | None:
    return next((post for post in posts if post and _can_be(raw, post.newest_version)), None)


def _can_be(raw: RawPost, newest: PostVersion | None) -> bool:
    """Return whether an item can be the post that an uncertain id led to.

    An erased one has no title left to compare, and must not come back as a new post.
    """
    return newest is not None and (newest.is_erased or alike(raw.title, newest.title))


def alike(one: str, other: str) -> bool:
    """Return whether two titles share at least four fifths of their words."""
    return _shared(one, other) >= SAME_TITLE


def _shared(one: str, other: str) -> float:
    """Return how many of all the words of two titles stand in both (Jaccard): 0 to 1."""
    left, right = set(one.casefold().split()), set(other.casefold().split())
    return len(left & right) / len(left | right) if left | right else 1.0


def switch_to_links(channel: Channel, *, at: datetime) -> None:
    """Know the posts of this channel by their links from now on, because its ids cannot be trusted.

    Every post it has is given its link as an alias, so that none comes back as new; where posts
    share a link the newest gets it. Safe to repeat: the switch is recorded last.
    """
    last: int | None = None
    while True:
        posts = Post.objects.filter(channel=channel).exclude(canonical_url="")
        if last is not None:
            posts = posts.filter(pk__lt=last)
        rows = list(posts.order_by("-pk").values_list("pk", "canonical_url")[:ROWS])
        if not rows:
            break
        _add_aliases(channel, {url: pk for pk, url in reversed(rows)})
        last = rows[-1][0]
    channel.identity, channel.identity_switched_at = Channel.Identity.LINK, at
    channel.save(update_fields=["identity", "identity_switched_at"])


def _add_aliases(channel: Channel, posts_by_id: Mapping[str, int]) -> None:
    hashes = {native_id_hash(native_id): native_id for native_id in posts_by_id}
    with transaction.atomic():
        taken = set(
            Post.objects.filter(channel=channel, native_id_hash__in=hashes).values_list(
                "native_id_hash", flat=True
            )
        )
        PostAlias.objects.bulk_create(
            (
                PostAlias(
                    channel=channel,
                    native_id=native_id,
                    native_id_hash=hash_,
                    post_id=posts_by_id[native_id],
                )
                for hash_, native_id in hashes.items()
                if hash_ not in taken
            ),
            ignore_conflicts=True,
        )
