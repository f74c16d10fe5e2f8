"""RSS, Atom, RDF and CDF, through feedparser."""

import io
import re
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from html import escape
from typing import Any
from urllib.parse import urlsplit

import feedparser

from wires.html import clean_foreign, escaped_once, words_of
from wires.platforms.base import (
    PARSER_FAILED,
    UNKNOWN_FORMAT,
    Document,
    Media,
    RawPost,
    UnreadableBody,
)
from wires.platforms.bodies import DecodedBody
from wires.platforms.dates import DateReading, read_date
from wires.platforms.languages import tag_of
from wires.platforms.links import identity_of, media_id, web_address
from wires.platforms.rss.captions import TITLE, captions_of, set_apart
from wires.platforms.rss.items import MOST_MEDIA, MOST_POSTS, build_document, build_post
from wires.platforms.text import NO_TEXT, line_of, says_nothing, title_of, title_or_stand_in, words

_LONGEST_NAME = 200  # graphemes
_LONGEST_TTL = timedelta(days=7)
_PERIODS = {"hourly": 1, "daily": 24, "weekly": 168, "monthly": 720, "yearly": 8760}  # hours
_EMAIL = re.compile(r"[(<\[]?\s*[\w.+-]+@[\w-]+(?:\.[\w-]+)+\s*[)>\]]?")
_KINDS = {
    "jpg": "photo", "jpeg": "photo", "png": "photo", "gif": "photo", "webp": "photo",
    "avif": "photo", "mp4": "video", "m4v": "video", "webm": "video", "mov": "video",
    "m3u8": "video", "mp3": "audio", "m4a": "audio", "ogg": "audio", "oga": "audio",
    "wav": "audio", "aac": "audio", "pdf": "document",
}  # fmt: skip
_MEDIUMS = {"image": "photo", "photo": "photo", "video": "video", "audio": "audio"}

type Entry = Mapping[str, Any]


def parse_xml(body: DecodedBody, *, url: str = "") -> Document:
    """Read a feed. Raises UnreadableBody where feedparser finds none in it."""
    parsed = _feedparser(body)
    if not parsed.version and not parsed.entries and not parsed.feed:
        raise UnreadableBody(UNKNOWN_FORMAT, "XML, but feedparser finds no feed in it")
    feed, faults = parsed.feed, list[str]()
    if parsed.get("bozo") and not body.truncated:
        faults.append("not_well_formed")
    if len(parsed.entries) > MOST_POSTS:
        faults.append("too_many_items")
    home = identity_of(web_address(_first(feed, "link"), base=url))
    language = tag_of(_first(feed, "language"))
    entries = parsed.entries[:MOST_POSTS]
    undeclared = [says_nothing(_first(entry, "title")) for entry in entries]
    if any(undeclared):
        faults.append("undeclared_entities")
    read = (_post(entry, base=url, home=home, language=language) for entry in entries)
    posts = (
        post
        for post, is_undeclared in zip(read, undeclared, strict=True)
        if not (is_undeclared and post.title == NO_TEXT)
    )
    document = build_document(
        body,
        posts,
        kind="rss",
        title=_first(feed, "title"),
        language=language,
        faults=faults,
        ttl=_ttl(feed),
    )
    if not _has_one_date_for_all(document.posts):
        return document
    return replace(document, faults=(*document.faults, "one_date_for_all"))


def _has_one_date_for_all(posts: Sequence[RawPost]) -> bool:
    return (
        len(posts) > 3 and bool(posts[0].posted_at) and len({post.posted_at for post in posts}) == 1
    )


def _feedparser(body: DecodedBody) -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            # A stream, never the bytes: feedparser would open bytes that name a file or an
            # address. Its sanitiser costs more than all its parsing, and clean_foreign does it.
            # It is not told the address either: it would make ids of it, and they would change
            # on the day the publisher moves to https.
            return feedparser.parse(
                io.BytesIO(set_apart(body.text).encode("utf-8", "replace")),
                response_headers={"content-type": "application/xml; charset=utf-8"},
                sanitize_html=False,
                resolve_relative_uris=False,
            )
        except MemoryError:
            raise  # the end of the process, not of the body
        except Exception as error:
            # It meets hostile input with whatever its depths raise: ValueError, KeyError,
            # RecursionError, AssertionError …
            message = f"feedparser gave up: {type(error).__name__}: {error}"
            raise UnreadableBody(PARSER_FAILED, line_of(message, longest=200)) from error


def _post(entry: Entry, *, base: str, home: str, language: str) -> RawPost:
    link = web_address(_first(entry, "feedburner_origlink") or _link(entry), base=base)
    link_id = identity_of(link)
    if link_id == home and not _first(entry, "id"):
        link_id = ""  # the front page is nobody's identity
    html, text, body_language = _body(entry, base)
    media = _media(entry, base)
    raw_title = title_of(_first(entry, "title", TITLE))
    posted = _date(entry, "published", "updated", "created")
    edited = _date(entry, "updated")
    declared_id = words(_first(entry, "id"))
    if declared_id.startswith("/"):
        declared_id = web_address(declared_id, base=base) or declared_id
    return build_post(
        declared_id=declared_id,
        link=link,
        link_id=link_id,
        declared_title=raw_title,
        title=title_or_stand_in(raw_title, "" if says_nothing(text) else text, media),
        text=text,
        html=html,
        author=_author(entry),
        declared_language=(
            tag_of(_first(entry.get("title_detail") or {}, "language")) or body_language or language
        ),
        posted_raw=_first(entry, "published", "updated", "created"),
        posted=posted,
        edited=edited,
        media=media,
        captions=tuple(
            words(words_of(clean_foreign(escaped_once(each))))
            for each in (*captions_of(entry), *_other_bodies(entry))
        ),
    )


def _first(record: Entry, *keys: str) -> str:
    """Return the first of the named values that says something.

    Past FeedParserDict, whose own look-ups answer `updated` with `published`.
    """
    for key in keys:
        value = dict.get(record, key) if isinstance(record, dict) else None
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _link(entry: Entry) -> str:
    """Return the address of the page; feedparser's own choice may be an enclosure's."""
    chosen = _first(entry, "link")
    links = entry.get("links") or ()
    pages = [_first(link, "href") for link in links if _first(link, "rel") == "alternate"]
    return chosen if chosen in pages or not any(pages) else next(filter(None, pages))


def _bodies(entry: Entry) -> list[Entry]:
    return [*(entry.get("content") or ()), entry.get("summary_detail") or {}]


def _other_bodies(entry: Entry) -> list[str]:
    """Return the bodies of an entry that are nearly as full as the one that is shown."""
    values = sorted((_first(found, "value") for found in _bodies(entry)), key=len)
    return [
        value for value in values[:-1] if len(value) * 2 > len(values[-1]) and value != values[-1]
    ]


def _body(entry: Entry, base: str) -> tuple[str, str, str]:
    """Return the fullest body of an entry as HTML and as text, and the language it declares."""
    detail = max(_bodies(entry), key=lambda found: len(_first(found, "value")))
    value, language = _first(detail, "value"), tag_of(_first(detail, "language"))
    if not value:
        value = next(captions_of(entry), "")
    if detail.get("type") == "text/plain" and value:
        text = words(value)
        return escape(text, quote=False).replace("\n", "<br>"), text, language
    page = web_address(_first(detail, "base"), base=base) or base
    html = clean_foreign(escaped_once(value), base=page)
    return html, words(words_of(html)), language


def _date(entry: Entry, *names: str) -> DateReading:
    """Return the first of the named dates that can be read; feedparser is not asked, it guesses."""
    readings = (read_date(_first(entry, name)) for name in names)
    return next((reading for reading in readings if reading.at), DateReading(None))


def _author(entry: Entry) -> str:
    """Return the names of the authors, without their addresses.

    feedparser takes desk@paper.example for desk@paper.exam and somebody called ple, so what it
    split is only believed where there are several.
    """
    raw, authors = _first(entry, "author"), entry.get("authors") or ()
    names = [raw] if len(authors) < 2 else [
        _first(author, "name")
        for author in authors
        if f"{_first(author, 'email')}{_first(author, 'name')}" not in raw or not author.get("email")
    ]  # fmt: skip
    cleaned = (title_of(_EMAIL.sub("", name)).strip(" (),") for name in names)
    return line_of(", ".join(dict.fromkeys(filter(None, cleaned))), longest=_LONGEST_NAME)


def _media(entry: Entry, base: str) -> tuple[Media, ...]:
    found: dict[str, Media] = {}
    for item in (*(entry.get("enclosures") or ()), *(entry.get("media_content") or ())):
        address = web_address(_first(item, "href", "url"), base=base)
        kind = _kind(item, address)
        if address and kind:
            found.setdefault(media_id(address), Media(kind=kind, id=media_id(address), url=address))
    if not found:
        # Thumbnails come in sizes and are exchanged: shown, but no part of the content's hash.
        for item in entry.get("media_thumbnail") or ():
            if address := web_address(_first(item, "url"), base=base):
                return (Media(kind="photo", url=address),)
    return tuple(found.values())[:MOST_MEDIA]


def _kind(item: Entry, address: str) -> str:
    kind, medium = _first(item, "type").partition("/")[0], _first(item, "medium")
    ending = urlsplit(address).path.rpartition(".")[2].lower()
    return (
        _MEDIUMS.get(medium)
        or _MEDIUMS.get(kind)
        or _KINDS.get(ending)
        or ("document" if kind else "")
    )


def _ttl(feed: Entry) -> timedelta | None:
    minutes: float = _number(_first(feed, "ttl"))
    if not minutes:
        hours = _PERIODS.get(_first(feed, "sy_updateperiod").strip().lower(), 0)
        minutes = hours * 60 / (_number(_first(feed, "sy_updatefrequency")) or 1)
    return min(timedelta(minutes=minutes), _LONGEST_TTL) if minutes else None


def _number(text: str) -> int:
    text = text.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 8 else 0
