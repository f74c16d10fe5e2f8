"""JSON Feed 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from wires.html import clean_foreign, words_of
from wires.platforms.base import UNKNOWN_FORMAT, Document, Media, RawPost, Unreadable
from wires.platforms.bodies import Body
from wires.platforms.dates import moment
from wires.platforms.identity import native_id, told_apart
from wires.platforms.languages import language_of, tag_of
from wires.platforms.links import identity_of, media_id, web_address
from wires.platforms.text import line_of, title_of, title_or_stand_in, words

MOST_POSTS = 10_000
MOST_MEDIA = 20
_KINDS = {"image": "photo", "video": "video", "audio": "audio", "application": "document"}

type Record = dict[str, Any]


def parse(body: Body, *, url: str = "", account: str = "") -> Document:
    """Read a JSON Feed. Raises Unreadable for JSON that is none."""
    feed = _loaded(body.text)
    items = feed.get("items")
    if not isinstance(items, list) or not (feed.get("version") or feed.get("title")):
        raise Unreadable(UNKNOWN_FORMAT, "JSON, but no JSON Feed: it has no list of items")
    base = web_address(_text(feed, "home_page_url"), base=url) or url
    language = tag_of(_text(feed, "language"))
    authors = _authors(feed)
    faults = list(body.faults)
    if len(items) > MOST_POSTS:
        faults.append("too_many_items")
    posts, guids_repeat = told_apart(
        _post(item, base=base, language=language, authors=authors)
        for item in items[:MOST_POSTS]
        if isinstance(item, dict)
    )
    return Document(
        kind="jsonfeed",
        posts=posts,
        title=title_of(_text(feed, "title")),
        language=language,
        faults=tuple(faults),
        truncated=body.truncated,
        guids_repeat=guids_repeat,
    )


def _loaded(text: str) -> Record:
    try:
        # Numbers stay as they are written: ids that are numbers are compared as strings, and one
        # of 5,000 digits is nothing to calculate with.
        loaded = json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except ValueError as error:
        raise Unreadable(UNKNOWN_FORMAT, f"it begins like JSON and is none: {error}") from error
    except RecursionError as error:
        raise Unreadable(UNKNOWN_FORMAT, "JSON nested too deep") from error
    if not isinstance(loaded, dict):
        raise Unreadable(UNKNOWN_FORMAT, "JSON, but no JSON Feed: it is a list")
    return loaded


def _post(item: Record, *, base: str, language: str, authors: str) -> RawPost:
    link = web_address(_text(item, "url") or _text(item, "external_url"), base=base)
    link_id = identity_of(link)
    html, text = _body(item, link or base)
    media = _media(item, base)
    raw_title = title_of(_text(item, "title"))
    title = title_or_stand_in(raw_title, text, media)
    posted_raw = _text(item, "date_published") or _text(item, "date_modified")
    posted_at = moment(posted_raw)
    declared_id = words(_text(item, "id"))
    flags = {
        "no_id": not declared_id,
        "no_title": not raw_title,
        "bad_date": bool(posted_raw) and posted_at is None,
    }
    return RawPost(
        native_id=native_id(
            declared_id,
            link_id=link_id,
            title=raw_title or title,
            posted_raw=posted_raw,
            enclosure=media[0].url if media else "",
        ),
        url=link,
        title=title,
        text=text,
        html=html,
        author=_authors(item) or authors,
        language=language_of(_text(item, "language") or language, f"{raw_title} {text[:500]}"),
        posted_at=posted_at,
        posted_raw=words(posted_raw)[:200],
        source_edited_at=moment(_text(item, "date_modified")),
        media=media,
        link_id=link_id,
        flags=frozenset(flag for flag, holds in flags.items() if holds),
    )


def _text(record: Record, key: str) -> str:
    value = record.get(key)
    return value if isinstance(value, str) else ""


def _records(record: Record, key: str) -> Iterator[Record]:
    values = record.get(key)
    if isinstance(values, list):
        yield from (value for value in values if isinstance(value, dict))


def _body(item: Record, base: str) -> tuple[str, str]:
    if html := _text(item, "content_html"):
        cleaned = clean_foreign(html, base=base)
        return cleaned, words(words_of(cleaned))
    text = words(_text(item, "content_text") or _text(item, "summary"))
    return escape(text, quote=False).replace("\n", "<br>"), text


def _authors(record: Record) -> str:
    # Version 1 had one author, 1.1 has a list of them.
    one = record.get("author")
    people = [*_records(record, "authors"), *([one] if isinstance(one, dict) else [])]
    names = dict.fromkeys(filter(None, (line_of(_text(person, "name")) for person in people)))
    return line_of(", ".join(names), longest=200)


def _media(item: Record, base: str) -> tuple[Media, ...]:
    found: dict[str, Media] = {}
    for attachment in _records(item, "attachments"):
        address = web_address(_text(attachment, "url"), base=base)
        kind = _KINDS.get(_text(attachment, "mime_type").partition("/")[0], "document")
        if address:
            alt = line_of(_text(attachment, "title"))
            media = Media(kind=kind, id=media_id(address), url=address, alt=alt)
            found.setdefault(media.id, media)
    image = web_address(_text(item, "image"), base=base)
    if image and not found:
        return (Media(kind="photo", id=media_id(image), url=image),)
    return tuple(found.values())[:MOST_MEDIA]
