"""What was erased on legal request stays away: in bodies, and where others pass it on or quote it."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import chain, zip_longest

from wires.ingest.known import hashed
from wires.models import Channel, Post, PostAlias, PostVersion
from wires.platforms.attachments import QUOTE
from wires.platforms.base import Document, Media, RawPost, with_posts
from wires.platforms.permalinks import canonical_url, recognise


def has_erased_post(
    channel: Channel, present: Collection[str], addresses: Collection[str] = ()
) -> bool:
    """Return whether an erased post is among these, known by the hashes of their ids or by address.

    One query, two more where anything was ever erased.
    """
    posts = erased_posts()
    if not posts:
        return False
    here = Post.objects.filter(pk__in=posts, channel=channel)
    aliases = PostAlias.objects.filter(post__in=posts, channel=channel)
    known = {hash_ for (hash_,) in aliases.values_list("native_id_hash")}
    for hash_, address in here.values_list("native_id_hash", "canonical_url"):
        known.add(hash_)
        if address and address in addresses:
            return True
    return not known.isdisjoint(present)


def without_erased(channel: Channel, document: Document) -> tuple[Document, bool]:
    """Return a document without the words of erased posts that its own pass on, quote or repeat.

    And whether there were any: its body is not kept then. When a post is passed on, its words are
    those that were erased; another channel of its outlet repeats it word for word at its address.
    One query, three more where anything was ever erased.
    """
    posts = erased_posts()
    if not posts:
        return document, False
    ids = _ids_of(posts, channel)
    hashes = _hashes_by_address(posts, channel)
    kept = tuple(
        _without_quotes(raw, ids)
        for raw in document.posts
        if ids.isdisjoint(hashed(_ids_passed_on(raw))) and not _is_repeated(raw, hashes)
    )
    is_changed = any(one is not other for one, other in zip_longest(kept, document.posts))
    return (with_posts(document, kept), True) if is_changed else (document, False)


def has_words_of(raw: RawPost, content_hash: str, links: Iterable[str]) -> bool:
    """Return whether a post would have the hash of an erased one, had it one of these links."""
    wanted = dict.fromkeys(filter(None, (*links, raw.link_id or raw.url)))
    return any(replace(raw, link_id=link).content_hash() == content_hash for link in wanted)


def erased_posts() -> list[int]:
    """Return the keys of all posts of which words were erased, in any channel. One query."""
    # Asked apart: joined to the posts of a channel, it would read all of them.
    erased = PostVersion.objects.filter(erased_at__isnull=False).values_list("post").distinct()
    return [pk for (pk,) in erased]


def _ids_of(posts: Collection[int], channel: Channel) -> frozenset[str]:
    """Return the hashes of the ids of erased posts on the platform of a channel, whosever."""
    on_platform = {"channel__platform": channel.platform}
    known = Post.objects.filter(pk__in=posts, **on_platform)
    aliases = PostAlias.objects.filter(post__in=posts, **on_platform)
    rows = (known.values_list("native_id_hash"), aliases.values_list("native_id_hash"))
    return frozenset(hash_ for (hash_,) in chain(*rows))


def _hashes_by_address(posts: Collection[int], channel: Channel) -> dict[str, set[str]]:
    """Return what other channels of the outlet said that was erased, by its address."""
    rows = PostVersion.objects.filter(
        post__in=posts, erased_at__isnull=False, post__channel__outlet=channel.outlet_id
    ).exclude(post__channel=channel)
    found: dict[str, set[str]] = {}
    for address, url, hash_ in rows.values_list("post__canonical_url", "post__url", "content_hash"):
        for each in filter(None, {address, url}):
            found.setdefault(each, set()).add(hash_)
    return found


def _is_repeated(raw: RawPost, hashes: Mapping[str, Collection[str]]) -> bool:
    link = raw.link_id or canonical_url(raw.url)
    links = (link, raw.url)
    wanted = {hash_ for each in links for hash_ in hashes.get(each, ())}
    return any(has_words_of(raw, hash_, links) for hash_ in wanted)


def _ids_passed_on(raw: RawPost) -> Iterator[str]:
    if "forwarded" in raw.flags:
        yield from raw.forwarded_ids
        # Where the words of another are passed on whole, the address is that of the other.
        yield from _ids_at(raw.url)
        yield from _ids_at(raw.forwarded_url)


def _ids_quoted(media: Media) -> Iterator[str]:
    if media.kind == QUOTE:
        if media.id:
            yield media.id
        yield from _ids_at(media.url)


def _ids_at(url: str) -> Iterator[str]:
    found = recognise(url) if url else None
    if found is not None and found.native_id:
        yield from (found.native_id, *found.aliases)


def _without_quotes(raw: RawPost, ids: frozenset[str]) -> RawPost:
    """Return a post without the words that it quotes; that it quotes something stays."""
    erased = {media for media in raw.media if not ids.isdisjoint(hashed(_ids_quoted(media)))}
    if not erased:
        return raw
    media = tuple(replace(each, alt="") if each in erased else each for each in raw.media)
    return replace(raw, media=media)
