"""JSON Feed 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Iterator
from html import escape
from typing import Any

from wires.html import clean_foreign, escaped_once, words_of
from wires.platforms.base import UNKNOWN_FORMAT, Document, Media, RawPost, UnreadableBody
from wires.platforms.bodies import DecodedBody
from wires.platforms.dates import read_date
from wires.platforms.languages import tag_of
from wires.platforms.links import identity_of, media_id, web_address
from wires.platforms.rss.items import MOST_MEDIA, MOST_POSTS, build_document, build_post
from wires.platforms.text import line_of, title_of, title_or_stand_in, words

_KINDS = {"image": "photo", "video": "video", "audio": "audio", "application": "document"}

type Record = dict[str, Any]


def parse_json(body: DecodedBody, *, url: str = "") -> Document | None:
    """Read a JSON Feed; None for other JSON. Raises UnreadableBody for what only begins like JSON."""
    feed = _loaded(body.text)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not (feed.get("version") or feed.get("title")):
        return None
    base = web_address(_text(feed, "home_page_url"), base=url) or url
    language = tag_of(_text(feed, "language"))
    authors = _authors(feed)
    posts = (
        _post(item, base=base, language=language, authors=authors)
        for item in items[:MOST_POSTS]
        if isinstance(item, dict)
    )
    return build_document(
        body,
        posts,
        kind="jsonfeed",
        title=_text(feed, "title"),
        language=language,
        faults=["too_many_items"] if len(items) > MOST_POSTS else [],
    )


def _loaded(text: str) -> Any:
    try:
        # Numbers stay as they are written: ids that are numbers are compared as strings, and one
        # of 5,000 digits is nothing to calculate with.
        return json.loads(text, parse_int=str, parse_float=str, parse_constant=str)
    except ValueError as error:
        raise UnreadableBody(
            UNKNOWN_FORMAT, f"it looks like JSON but is not valid: {error}"
        ) from error
    except RecursionError as error:
        raise UnreadableBody(UNKNOWN_FORMAT, "JSON nested too deep") from error


def _post(item: Record, *, base: str, language: str, authors: str) -> RawPost:
    link = web_address(_text(item, "url") or _text(item, "external_url"), base=base)
    html, text = _body(item, link or base)
    media = _media(item, base)
    raw_title = title_of(_text(item, "title"))
    posted_raw = _text(item, "date_published") or _text(item, "date_modified")
    return build_post(
        declared_id=words(_text(item, "id")),
        link=link,
        link_id=identity_of(link),
        declared_title=raw_title,
        title=title_or_stand_in(raw_title, text, media),
        text=text,
        html=html,
        author=_authors(item) or authors,
        declared_language=_text(item, "language") or language,
        posted_raw=posted_raw,
        posted=read_date(posted_raw),
        edited=read_date(_text(item, "date_modified")),
        media=media,
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
        cleaned = clean_foreign(escaped_once(html), base=base)
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
