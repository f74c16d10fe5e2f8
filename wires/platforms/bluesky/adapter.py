"""Answers of Bluesky's public API: the feed of an account, single posts, the DID of a handle."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from wires.platforms.attachments import MOST_MEDIA, QUOTE, described
from wires.platforms.base import NOT_AVAILABLE, Document, Media, RawPost, UnreadableBody
from wires.platforms.bluesky.facets import html_of
from wires.platforms.bluesky.permalink import POST_TYPE, account_url, post_url
from wires.platforms.bodies import DecodedBody
from wires.platforms.dates import moment
from wires.platforms.identity import disambiguated
from wires.platforms.json_bodies import Record, load_json, record_of, records_of, text_of
from wires.platforms.languages import language_of
from wires.platforms.links import identity_of, media_id, web_address
from wires.platforms.text import line_of, title_or_stand_in, words

_POST_URI = re.compile(rf"at://(did:[^/\s]+)/{re.escape(POST_TYPE)}/([^/\s]+)")
# An empty list may be anybody's.
_EMPTY_AT = re.compile(r"/xrpc/app\.bsky\.feed\.")
_DID = re.compile(r"did:[a-z]+:[\w.:%-]{1,250}", re.ASCII)
# The hash of a picture is in its address; the rest names a size and a server.
_CID = re.compile(r"/(baf[a-z2-7]{20,})(?:@|/|$)")
_OURS = frozenset({"did", "feed", "posts"})
# By these labels an account is hidden with all that it ever posted: by Bluesky, or from programs
# that are not logged in.
_HIDDEN = frozenset({"!takedown", "!suspend", "!hide", "!no-unauthenticated"})
_REPOST = "reasonRepost"
_NO_HANDLE = "handle.invalid"
# createdAt is the claim of a client; indexedAt is Bluesky's own.
_CLAIM_SLACK = timedelta(minutes=5)


def parse(body: DecodedBody, *, url: str = "", account: str = "") -> Document | None:
    """Read an answer of the API; None for any other body. Raises UnreadableBody for broken JSON."""
    answer = load_json(body.text) if body.kind == "json" else None
    if not isinstance(answer, dict):
        return None
    said = text_of(answer, "error")
    if said and not _OURS.isdisjoint(answer):
        # What stands beside an error says nothing.
        raise UnreadableBody(NOT_AVAILABLE, f"Bluesky answers: {line_of(said)[:100]}")
    if _DID.fullmatch(text_of(answer, "did")) and "posts" not in answer:
        hidden = ("account_suspended",) if _is_hidden(answer) else ()
        return Document(kind="bluesky", numeric_id=answer["did"], faults=(*body.faults, *hidden))
    views = _views(answer, url)
    if views is None:
        return None
    account = account.strip().removeprefix("@").lower()
    posts, _ = disambiguated(filter(None, map(_post, views)))
    authors = [_author(view) for view in views if _is_by(_author(view), account)]
    author: Record = next(iter(authors), {})
    return Document(
        kind="bluesky",
        posts=posts,
        title=line_of(text_of(author, "displayName")),
        account=_name_of(author, account),
        numeric_id=text_of(author, "did"),
        cursor=text_of(answer, "cursor"),
        faults=body.faults,
    )


def _is_hidden(profile: Record) -> bool:
    labels = {text_of(label, "val") for label in records_of(profile, "labels")}
    return not _HIDDEN.isdisjoint(labels)


def _name_of(author: Record, account: str) -> str:
    """Return the handle of an account that was asked for by its DID, or by nothing at all."""
    handle = text_of(author, "handle").lower()
    is_named = handle not in ("", _NO_HANDLE)
    return handle if is_named and account[:4] in ("", "did:") else account


def _views(answer: Record, url: str) -> list[Record] | None:
    """Return the items of a feed, or single posts as such; None where it is another body."""
    if isinstance(answer.get("feed"), list):
        views = list(records_of(answer, "feed"))
    elif isinstance(answer.get("posts"), list):
        views = [{"post": post} for post in records_of(answer, "posts")]
    else:
        return None
    is_empty = not views and _EMPTY_AT.search(url) is not None
    is_ours = any(text_of(record_of(view, "post"), "uri").startswith("at://") for view in views)
    return views if is_empty or is_ours else None


def _is_repost(view: Record) -> bool:
    return text_of(record_of(view, "reason"), "$type").endswith(_REPOST)


def _author(view: Record) -> Record:
    """Return who put an item into the feed: who reposted it, or who wrote it."""
    keys = ("reason", "by") if _is_repost(view) else ("post", "author")
    return record_of(view, *keys)


def _is_by(author: Record, account: str) -> bool:
    return account in ("", text_of(author, "did"), text_of(author, "handle").lower())


def _post(view: Record) -> RawPost | None:
    """Return the post of one item; None for anything else."""
    post = record_of(view, "post")
    found = _POST_URI.fullmatch(text_of(post, "uri"))
    if found is None or not _author(view):
        return None
    written = _written(post, *found.groups())
    return _reposted(written, view) if _is_repost(view) else written


def _written(post: Record, did: str, rkey: str) -> RawPost:
    """Return a post as its author wrote it."""
    record = record_of(post, "record")
    own = words(text_of(record, "text"))
    media = tuple(_media(post))[:MOST_MEDIA]
    text, html = described(own, html_of(record), media)
    created, indexed = text_of(record, "createdAt"), text_of(post, "indexedAt")
    posted_at = _posted_at(created, indexed)
    handle = text_of(record_of(post, "author"), "handle").lower()
    is_named = handle not in ("", _NO_HANDLE)
    reply = text_of(record_of(record, "reply", "parent"), "uri")
    flags = {
        "bad_date": posted_at is None,
        "reply": bool(reply),
        "unsupported": not text and not media,
    }
    return RawPost(
        native_id=post["uri"],
        url=post_url(handle if is_named else did, rkey),
        title=title_or_stand_in("", own or text, media),
        text=text,
        html=html,
        language=language_of(_first_language(record), own),
        posted_at=posted_at,
        posted_raw=words(created or indexed)[:200],
        media=media,
        # The id by which a pasted link with a handle knows it.
        aliases=(f"at://{handle}/{POST_TYPE}/{rkey}",) if is_named else (),
        link_id=identity_of(post_url(did, rkey)),
        reply_to=reply,
        flags=frozenset(flag for flag, holds in flags.items() if holds),
    )


def _reposted(post: RawPost, view: Record) -> RawPost:
    """Return a post as it stands in the feed of another account, at the time of its repost."""
    writer = text_of(record_of(view, "post", "author"), "handle").lower()
    raw = text_of(record_of(view, "reason"), "indexedAt")
    posted_at = moment(raw)
    flags = post.flags - {"bad_date"} | ({"forwarded"} if posted_at else {"forwarded", "bad_date"})
    return replace(
        post,
        native_id=f"repost:{text_of(_author(view), 'did')}:{post.native_id}",
        author=f"@{writer}" if writer else "",
        forwarded_from=f"@{writer}" if writer else "",
        forwarded_ids=(post.native_id, *post.aliases),
        posted_at=posted_at,
        posted_raw=words(raw)[:200],
        aliases=(),
        # The link leads to the words of another account.
        link_id="",
        flags=flags,
    )


def _first_language(record: Record) -> str:
    languages = record.get("langs")
    first = languages[0] if isinstance(languages, list) and languages else ""
    return first if isinstance(first, str) else ""


def _posted_at(created: str, indexed: str) -> datetime | None:
    claimed, seen = moment(created), moment(indexed)
    if claimed is None or seen is None:
        return claimed or seen
    return claimed if abs(claimed - seen) <= _CLAIM_SLACK else seen


def _media(post: Record) -> Iterator[Media]:
    embed = record_of(post, "embed")
    for part in (embed, record_of(embed, "media")):
        yield from _pictures(part)
        yield from _video(part)
        yield from _card(part)
    quoted = record_of(embed, "record")
    # With pictures beside it, the quoted record is one level deeper.
    yield from _quote(record_of(quoted, "record") or quoted)


def _pictures(embed: Record) -> Iterator[Media]:
    for image in records_of(embed, "images"):
        address = web_address(text_of(image, "fullsize"))
        yield Media(kind="photo", id=_file_id(address), url=address, alt=text_of(image, "alt"))


def _video(embed: Record) -> Iterator[Media]:
    address = web_address(text_of(embed, "playlist"))
    if address:
        file_id = text_of(embed, "cid") or _file_id(address)
        yield Media(kind="video", id=file_id, url=address, alt=text_of(embed, "alt"))


def _card(embed: Record) -> Iterator[Media]:
    external = record_of(embed, "external")
    address = web_address(text_of(external, "uri"))
    if address:
        title = line_of(text_of(external, "title"))
        yield Media(kind="link", id=address, url=address, alt=title or address)


def _quote(record: Record) -> Iterator[Media]:
    found = _POST_URI.fullmatch(text_of(record, "uri"))
    if found is None:
        return
    author = record_of(record, "author")
    said = line_of(text_of(record_of(record, "value"), "text"))
    handle = text_of(author, "handle") or found[1]
    yield Media(
        kind=QUOTE,
        id=record["uri"],
        url=post_url(*found.groups()),
        alt=f"@{handle}: {said}" if said else account_url(handle),
    )


def _file_id(address: str) -> str:
    found = _CID.search(address)
    return found[1] if found else media_id(address)
