"""Which post an item is: by its own id, by another id it had, or by its link."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from wires.ingest.item import Item
from wires.ingest.moved import find_moved
from wires.models import Channel, Post, PostAlias, native_id_hash
from wires.platforms.base import RawPost
from wires.platforms.link_keys import link_key, names_a_story, path_key
from wires.platforms.titles import (
    FEWEST_WORDS,
    OTHER_TITLE,
    alike,
    are_two_stories,
    shared_words,
)

# Two texts of one story share at least so many of their words, whatever its headline.
SAME_STORY = 0.5
ROWS = 500

# What store() needs of a post that it finds: the words too, for by them it is known again.
FOUND = (
    "channel_id", "native_id_hash", "state", "last_seen_at", "wire_at", "posted_at", "canonical_url",
    "went_back_at", "pruned_at",
    *(
        f"{version}__{name}"
        for version in ("latest_version", "unconfirmed_version")
        for name in (
            "n", "title", "text", "author", "media", "source_edited_at", "erased_at", "captured_by",
            "flags",
        )
    ),
    "latest_version__confirmation__how", "latest_version__confirmation__content_hash",
)  # fmt: skip


def find_posts(
    channel: Channel, items: Sequence[Item], *, present: Collection[str], at: datetime
) -> None:
    """Set `post` on each item whose post the channel has. Two queries, four where some are new,
    up to six in a channel of many posts.

    Safe to repeat.

    `present` are the hashes of all ids of the whole document: a post that is still there under
    its own id was not rewritten.
    """
    doubtful = {item.key: tuple(map(native_id_hash, item.doubtful)) for item in items}
    others = {item.key: _other_hashes(item) for item in items}
    hashes = {hash_ for item in items for hash_ in (*item.hashes, *doubtful[item.key])}
    hashes |= {hash_ for pairs in others.values() for hash_ in pairs}
    known = _posts_by_hash(channel, hashes)
    for item in items:
        key = item.key
        _tell_stories_apart(item, others[key], known)
        item.post, item.others = _one_of(known.get(hash_) for hash_ in item.hashes)
        item.rewritten = False
        ids = zip(item.hashes, (item.key, *item.aliases), strict=True)
        item.unknown = tuple((hash_, native_id) for hash_, native_id in ids if hash_ not in known)
        if item.post is None:
            item.post = _first_alike(item.raw, (known.get(hash_) for hash_ in doubtful[key]))
    if not channel.on_platform.ids_are_stable:
        _find_moved([item for item in items if item.post is None], items, channel, present, at)


def _one_of(found: Iterable[Post | None]) -> tuple[Post | None, tuple[Post, ...]]:
    """Return the post that an item is, None where it is new, and any others that it is too.

    Two links of an edit chain, pasted before anybody knew of the chain, made two posts. What was
    erased of one must not come back as the other's.
    """
    posts = list({post.pk: post for post in found if post}.values())
    posts.sort(key=lambda post: not (post.newest_version and post.newest_version.is_erased))
    return (posts[0], tuple(posts[1:])) if posts else (None, ())


def _other_hashes(item: Item) -> dict[str, str]:
    """Return by hash the ids that the item has if its own is another story's."""
    return {native_id_hash(key): key for key in (item.reused, item.story) if key}


def _tell_stories_apart(item: Item, others: Mapping[str, str], known: Mapping[str, Post]) -> None:
    """Give the item an id of its own where the one it came with is another story's."""
    kept = next((hash_ for hash_ in others if hash_ in known), None)
    if kept is not None and not item.is_reused:
        item.become(others[kept])
        return
    post = known.get(item.hashes[0])
    if item.is_reused or not _is_another_story(item, post):
        return
    is_other_page = post is not None and item.canonical_url != post.canonical_url
    item.become(item.reused if item.reused and is_other_page else item.story)


def _find_moved(
    unknown: Sequence[Item],
    items: Sequence[Item],
    channel: Channel,
    present: Collection[str],
    at: datetime,
) -> None:
    if not unknown:
        return
    taken = {item.post.pk for item in items if item.post}
    pairs = find_moved(unknown, channel, present=present, taken=taken, at=at)
    if not pairs:
        return
    posts = {post.pk: post for post in _found(Post.objects.filter(pk__in=pairs.values()))}
    for item in unknown:
        if item.key in pairs:
            item.post = posts.get(pairs[item.key])
            if item.is_passing:
                item.unknown = ()


def _is_another_story(item: Item, post: Post | None) -> bool:
    """Return whether the source gave a new story the id of an old one.

    Headline and a later date must say so, and a link of its own; where the link is the same, or
    there are no dates, the words of the text: headlines are rewritten, dates moved and links fixed
    of one story too.
    """
    raw = item.raw
    if item.story and post is not None and post.is_pruned:
        # Its headline is gone. What is dated later than it, and than we last saw it, is news.
        known_until = max(post.posted_at or post.last_seen_at, post.last_seen_at)
        return raw.posted_at is not None and raw.posted_at > known_until
    latest = post.newest_version if post else None
    if not item.story or post is None or latest is None or latest.erased_at is not None:
        return False
    if item.shares_id and are_two_stories(raw.title, latest.title):
        return True
    if not post.canonical_url or (
        min(len(title.split()) for title in (raw.title, latest.title)) < FEWEST_WORDS
        or shared_words(raw.title, latest.title) >= OTHER_TITLE
    ):
        return False
    has_other_words = not _is_one_text(raw.text, latest.text)
    if raw.posted_at is None and post.posted_at is None:
        return _has_other_page(item, post) and has_other_words
    if raw.posted_at is None or post.posted_at is None or raw.posted_at <= post.posted_at:
        return False
    # A permalink keeps its story; the page of a section or a live page does not.
    is_section = not names_a_story(item.canonical_url)
    return _has_other_page(item, post) or (is_section and has_other_words)


def _has_other_page(item: Item, post: Post) -> bool:
    """Return whether the item has a link of its own beside its id, and another than the post."""
    is_its_id = link_key(item.raw.native_id) == link_key(item.canonical_url)
    return not is_its_id and path_key(item.canonical_url) != path_key(post.canonical_url)


def _is_one_text(one: str, other: str) -> bool:
    return bool(one or other) and shared_words(one, other) >= SAME_STORY


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


def _first_alike(raw: RawPost, posts: Iterable[Post | None]) -> Post | None:
    return next((post for post in posts if post and _can_be(raw, post)), None)


def _can_be(raw: RawPost, post: Post) -> bool:
    """Return whether an item can be the post that an uncertain id led to.

    An erased one has no title left to compare, and must not come back as a new post.
    """
    newest = post.newest_version
    if newest is None:
        is_same_time = raw.posted_at is not None and raw.posted_at == post.posted_at
        return post.is_pruned and is_same_time
    return newest.is_erased or alike(raw.title, newest.title)


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
