"""Posts that come under an id never seen: their site moved, or their id follows the headline."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from wires.ingest.erased import erased_posts, has_words_of
from wires.ingest.item import Item
from wires.models import Channel, Post, native_id_hash
from wires.platforms.base import RawPost
from wires.platforms.link_keys import folder_of, link_key, page_name, page_number, path_key
from wires.platforms.titles import alike, similarity

REWRITE_WINDOW = timedelta(days=14)
# An unknown id is compared with the newest posts of its channel: a document shows the newest, so
# what it shows under other ids is among some times as many.
TIMES_THE_DOCUMENT, FEWEST_POSTS, MOST_POSTS = 3, 300, 2_000
MOST = 0.8
# Comparisons of an unknown item with an erased post: each takes some hashes.
MOST_HASHED = 5_000
# Where more posts than this stand, the address is that of a section or of the site: it names none.
MOST_AT_ONE_ADDRESS = 8
_LIKE_TITLE, _LIKE_AT_ONE_TIME = 0.5, 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPost:
    """What an unknown item is compared with. Of an erased or pruned post the title is gone."""

    pk: int
    native_id: str
    native_id_hash: str
    canonical_url: str
    posted_at: datetime | None
    wire_at: datetime
    title: str
    url: str
    content_hash: str
    is_erased: bool
    is_pruned: bool = False

    def has_only_time(self, posted_at: datetime | None) -> bool:
        """Return whether all that could tell it from an item is its time, which is the same."""
        return self.is_pruned and posted_at is not None and posted_at == self.posted_at


@dataclass(slots=True)
class _Pairs:
    """Which item turned out to be which post; each post is one item's."""

    found: dict[str, int]
    taken: set[int]

    def add(self, item: Item, known: KnownPost) -> None:
        self.found[item.key] = known.pk
        self.taken.add(known.pk)


def find_moved(
    items: Sequence[Item],
    channel: Channel,
    *,
    present: Collection[str],
    taken: Collection[int],
    at: datetime,
) -> dict[str, int]:
    """Return by key the posts that unknown items are. One query, three in a channel of many posts.

    Sets `rewritten` on items whose link alone led to the post, and `is_passing` on those whose id
    holds a visit's key, for which no alias is worth keeping. `present` as in find_posts; `taken`
    are posts that other items of the document are.
    """
    most = min(max(len(present) * TIMES_THE_DOCUMENT, FEWEST_POSTS), MOST_POSTS)
    known = [post for post in _known(channel, most) if post.native_id_hash not in present]
    pairs = _Pairs({}, set(taken))
    if not known:
        return pairs.found
    for match in (_by_link, _by_number, _by_slug, _by_name, _by_path, _by_erased_words):
        left = [item for item in items if item.key not in pairs.found]
        match(left, [post for post in known if post.pk not in pairs.taken], pairs, at)
    return pairs.found


def _known(channel: Channel, most: int) -> list[KnownPost]:
    newest = Post.objects.filter(channel=channel).order_by("-wire_at", "-pk")
    known = [*map(_known_post, newest.values_list(*_COLUMNS)[:most])]
    if len(known) < most:
        return known
    # However old: what was erased must not come back.
    rows = Post.objects.filter(channel=channel, pk__in=erased_posts())
    every = (*known, *map(_known_post, rows.values_list(*_COLUMNS)))
    # One that is among the newest is one post all the same.
    return [*{post.pk: post for post in every}.values()]


_COLUMNS = (
    "pk", "native_id", "native_id_hash", "canonical_url", "posted_at", "wire_at", "pruned_at",
    "url",
    "latest_version__content_hash", "latest_version__title", "latest_version__erased_at",
    "unconfirmed_version__title", "unconfirmed_version__erased_at",
)  # fmt: skip


def _known_post(row: Sequence[Any]) -> KnownPost:
    pk, native_id, digest, address, posted_at, wire_at, pruned_at, url, *words = row
    digest_of_words, title, erased_at, later, later_erased = words
    return KnownPost(
        pk=pk,
        native_id=native_id,
        native_id_hash=digest,
        canonical_url=address,
        posted_at=posted_at,
        wire_at=wire_at,
        title=later or title or "",
        url=url,
        content_hash=digest_of_words or "",
        is_erased=bool(erased_at or later_erased),
        is_pruned=pruned_at is not None,
    )


def resembles(raw: RawPost, *, title: str, posted_at: datetime | None) -> bool:
    """Return whether title and date together say that an item is a post."""
    if alike(raw.title, title):
        return True
    is_same_time = raw.posted_at is not None and raw.posted_at == posted_at
    enough = _LIKE_AT_ONE_TIME if is_same_time else _LIKE_TITLE
    undated = raw.posted_at is None and posted_at is None
    return (is_same_time or undated) and similarity(raw.title, title) >= enough


def _is_it(item: Item, known: KnownPost) -> bool:
    if known.is_erased or known.has_only_time(item.raw.posted_at):
        return True
    return resembles(item.raw, title=known.title, posted_at=known.posted_at)


_KEYS = {"link": link_key, "number": page_number, "name": page_name, "path": path_key}


def _index(known: Iterable[KnownPost], key_of: str) -> dict[str, list[KnownPost]]:
    """Return by key the few posts that stand there; without keys at which many do."""
    keys = _KEYS[key_of]
    index: dict[str, list[KnownPost]] = {}
    for post in known:
        for key in dict.fromkeys(map(keys, (post.canonical_url, post.native_id))):
            if key:
                index.setdefault(key, []).append(post)
    return {key: posts for key, posts in index.items() if len(posts) <= MOST_AT_ONE_ADDRESS}


def _by_link(
    items: Sequence[Item], known: Sequence[KnownPost], pairs: _Pairs, at: datetime
) -> None:
    """Same page: whatever its scheme, www, slash, visit's key or the guid beside it."""
    index = _index(known, "link")
    for item in items:
        own_id = "" if item.shares_id else link_key(item.raw.native_id)
        here = index.get(link_key(item.canonical_url), ())
        for post in (*index.get(own_id, ()), *here):
            if post.pk in pairs.taken:
                continue
            ids = (link_key(post.native_id), link_key(post.canonical_url))
            is_same_id = bool(own_id) and own_id in ids
            if post.is_erased and not is_same_id and len(here) > 1:
                # It has no title left to compare, and others stand at this address too.
                continue
            if _is_same_page(item, post, at, is_same_id=is_same_id):
                item.rewritten = not is_same_id
                item.is_passing = _has_visit(item.raw.native_id)
                pairs.add(item, post)
                break


def _is_same_page(item: Item, post: KnownPost, at: datetime, *, is_same_id: bool) -> bool:
    if not (_is_it(item, post) or (_is_its_id(item, post) and not item.is_reused)):
        return False
    is_recent = bool(item.link) and post.wire_at >= at - REWRITE_WINDOW
    return is_same_id or is_recent or post.is_erased


def _is_its_id(item: Item, post: KnownPost) -> bool:
    """Return whether the address is surely the same, so that the headline may be another."""
    if post.native_id_hash == native_id_hash(item.link or "-"):
        # What was pasted is known by its link alone.
        return True
    return item.raw.native_id != post.native_id and _plain(item.raw.native_id) == _plain(
        post.native_id
    )


def _plain(address: str) -> str:
    """Return an address without its scheme, www and last slash, its query as it is."""
    _, scheme, rest = address.partition("://")
    return rest.lower().removeprefix("www.").rstrip("/") if scheme else address


def _has_visit(address: str) -> bool:
    """Return whether an id holds a parameter that its key leaves out."""
    return bool(urlsplit(address).query) and "?" not in link_key(address)


def _by_number(
    items: Sequence[Item], known: Sequence[KnownPost], pairs: _Pairs, at: datetime
) -> None:
    """Same number in the same folder, while the slug follows the headline."""
    for item, post in _lone_pairs(items, known, pairs, "number"):
        is_alike = similarity(item.raw.title, post.title) >= _LIKE_TITLE
        # A folder or a parameter of that number may hold more than one story.
        number = page_number(item.canonical_url)
        is_number_of_one = "?" not in number and not number.endswith("/")
        if (post.is_erased and is_number_of_one) or _is_same_time(item, post) or is_alike:
            pairs.add(item, post)


def _by_name(
    items: Sequence[Item], known: Sequence[KnownPost], pairs: _Pairs, at: datetime
) -> None:
    """Same number or slug in another folder, with title and time: put into another section."""
    for item, post in _lone_pairs(items, known, pairs, "name"):
        is_alike = post.is_erased or alike(item.raw.title, post.title)
        if is_alike and item.raw.posted_at == post.posted_at:
            pairs.add(item, post)


def _lone_pairs(
    items: Sequence[Item], known: Sequence[KnownPost], pairs: _Pairs, key_of: str
) -> Iterator[tuple[Item, KnownPost]]:
    """Yield items at another address than the one post that shares a key with them alone."""
    index, key = _index(known, key_of), _KEYS[key_of]
    count = Counter(key(item.canonical_url) for item in items)
    for item in items:
        own = key(item.canonical_url)
        if not own or count[own] > 1:
            continue
        posts = {
            post.pk: post
            for post in index.get(own, ())
            if post.pk not in pairs.taken and _is_elsewhere(item, post)
        }
        if len(posts) == 1:
            yield item, next(iter(posts.values()))


def _is_same_time(item: Item, post: KnownPost) -> bool:
    return item.raw.posted_at is not None and item.raw.posted_at == post.posted_at


def _by_slug(
    items: Sequence[Item], known: Sequence[KnownPost], pairs: _Pairs, at: datetime
) -> None:
    """Same folder and same time, and a headline that is nearly the same: its slug followed it."""
    here = Counter((folder_of(item.canonical_url), item.raw.posted_at) for item in items)
    there = Counter((folder_of(post.canonical_url), post.posted_at) for post in known)
    by_place = {(folder_of(post.canonical_url), post.posted_at): post for post in known}
    for item in items:
        place = (folder_of(item.canonical_url), item.raw.posted_at)
        post = by_place.get(place)
        if post is None or not all(place) or here[place] > 1 or there[place] > 1:
            continue
        if not _is_elsewhere(item, post):
            continue
        if _digits(item.canonical_url) != _digits(post.canonical_url):
            continue
        is_alike = similarity(item.raw.title, post.title) >= _LIKE_TITLE and _digits(
            item.raw.title
        ) == _digits(post.title)
        if post.is_erased or post.has_only_time(item.raw.posted_at) or is_alike:
            pairs.add(item, post)


def _is_elsewhere(item: Item, post: KnownPost) -> bool:
    """Return whether the addresses differ, for what is at the same one was judged already."""
    return link_key(item.canonical_url) != link_key(post.canonical_url)


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


def _by_path(
    items: Sequence[Item], known: Sequence[KnownPost], pairs: _Pairs, at: datetime
) -> None:
    """Same path on another host, where most items of the document are found so: the site moved."""
    index = _index(known, "path")
    matched: list[tuple[Item, KnownPost]] = []
    for item in items:
        found = index.get(path_key(item.canonical_url), ())
        posts = [post for post in found if _is_elsewhere(item, post)]
        post = next((post for post in posts if _is_it(item, post)), None) or next(iter(posts), None)
        if post is not None:
            matched.append((item, post))
    sure = [pair for pair in matched if _is_it(*pair)]
    is_move = len(sure) >= MOST * len(items)
    for item, post in matched if is_move else sure:
        is_sure = is_move or (_is_same_time(item, post) and not post.is_erased)
        if post.pk not in pairs.taken and is_sure:
            pairs.add(item, post)


def _by_erased_words(
    items: Sequence[Item], known: Sequence[KnownPost], pairs: _Pairs, at: datetime
) -> None:
    """Word for word what was erased, wherever it stands now: of that only the hash is left."""
    erased = [post for post in known if post.is_erased and post.content_hash]
    if len(erased) * len(items) > MOST_HASHED:
        return
    for item in items:
        for post in erased:
            if post.pk not in pairs.taken and has_words_of(
                item.raw, post.content_hash, (post.canonical_url, post.url)
            ):
                pairs.add(item, post)
                break
