"""Atom, RSS 2.0 and JSON Feed 1.1: how a feed and each of its entries are written."""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, rfc2822_date, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator, UnserializableContentError

from articles.feeds.entry import Feed, FeedEntry
from web.addresses import absolute
from web.characters import drop_controls
from web.interface import told_language

logger = logging.getLogger(__name__)

CONTENT = "http://purl.org/rss/1.0/modules/content/"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of feeds.

    ending      what its address has behind that of the page
    name        part of the names of its addresses: feed, feed_rss
    write_entry what an entry is in it; None where it cannot carry it
    write       the whole feed, with its entries as they were written
    """

    ending: str
    name: str
    label: str
    media_type: str
    write_entry: Callable[[FeedEntry], str | None]
    write: Callable[[Feed, list[tuple[FeedEntry, str]]], str]

    def address(self, page: str) -> str:
        """Return the path of the feed of a page."""
        return f"{page}{self.ending}"

    def whole(self, feed: Feed) -> str:
        """Return a feed in this format, without entries that it cannot carry."""
        return self.write(feed, [*self._written(feed)])

    def _written(self, feed: Feed) -> Iterator[tuple[FeedEntry, str]]:
        for kept in feed.entries:
            if kept.entry is not None and (text := self.write_entry(kept.entry)) is not None:
                yield kept.entry, text


def _as_xml(
    entry: FeedEntry, write: Callable[[SimplerXMLGenerator, FeedEntry], None]
) -> str | None:
    """Return the XML inside an entry; None, and logged, where XML cannot carry it.

    It would break the feed for every reader.
    """
    out = StringIO()
    try:
        write(SimplerXMLGenerator(out, "utf-8"), entry)
    except UnserializableContentError:
        xml = None
    else:
        xml = out.getvalue()
    # Django checks only some of the characters XML forbids, and not in attributes.
    if xml is None or drop_controls(xml) != xml:
        logger.error("An entry that XML cannot carry is left out of the feed: %a", entry.id)
        return None
    return xml


class _WrittenEntries:
    """Puts in what was written before, as it stands: for a feed of django.utils.feedgenerator."""

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        handler.ignorableWhitespace(item["xml"])


def _head(feed: Feed, form: Format) -> dict[str, Any]:
    return {
        "title": drop_controls(feed.title),
        "link": absolute(feed.home or feed.page),
        "description": feed.description,
        "language": told_language(),
        "author_name": settings.PUBLISHER_NAME,
        "feed_url": absolute(form.address(feed.page)),
    }


def _fill(xml: Atom1Feed | Rss201rev2Feed, written: list[tuple[FeedEntry, str]]) -> str:
    for entry, text in written:
        xml.add_item(
            title="", link=entry.link, description="", updateddate=entry.updated, xml=text, of=entry
        )
    return xml.writeString("utf-8")


# Atom


class _Atom(_WrittenEntries, Atom1Feed):
    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:at": TOMBSTONES}

    def write_items(self, handler: SimplerXMLGenerator) -> None:
        super().write_items(handler)
        for item in self.items:
            if item["of"].withdrawal:
                _write_tombstone(handler, item["of"])


def _write_tombstone(handler: SimplerXMLGenerator, entry: FeedEntry) -> None:
    """Say by RFC 6721 that the entry is gone; who does not know it shows the entry that says so."""
    gone = entry.withdrawal
    if gone is None:
        return
    place = {"ref": entry.id, "when": rfc3339_date(gone.at)}
    handler.startElement("at:deleted-entry", AttributesImpl(place))
    handler.addQuickElement("at:comment", drop_controls(gone.note))
    handler.endElement("at:deleted-entry")


def _write_atom_entry(handler: SimplerXMLGenerator, entry: FeedEntry) -> None:
    handler.addQuickElement("title", entry.title)
    handler.addQuickElement("link", "", {"href": entry.link, "rel": "alternate"})
    handler.addQuickElement("published", rfc3339_date(entry.published))
    handler.addQuickElement("updated", rfc3339_date(entry.updated))
    if entry.author:
        handler.startElement("author", AttributesImpl({}))
        handler.addQuickElement("name", entry.author)
        handler.endElement("author")
    handler.addQuickElement("id", entry.id)
    handler.addQuickElement("summary", entry.summary)
    for category in entry.categories:
        handler.addQuickElement("category", "", {"term": category})
    handler.addQuickElement("content", entry.content, {"type": "html", "xml:lang": entry.language})


def _write_atom(feed: Feed, written: list[tuple[FeedEntry, str]]) -> str:
    return _fill(_Atom(**_head(feed, ATOM_FEED)), written)


# RSS


class _Rss(_WrittenEntries, Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        more = {"xmlns:content": CONTENT, "xmlns:dc": "http://purl.org/dc/elements/1.1/"}
        return {**super().rss_attributes(), **more}


def _write_rss_entry(handler: SimplerXMLGenerator, entry: FeedEntry) -> None:
    handler.addQuickElement("title", entry.title)
    handler.addQuickElement("link", entry.link)
    handler.addQuickElement("description", entry.summary)
    handler.addQuickElement("content:encoded", entry.content)
    if entry.author:
        handler.addQuickElement("dc:creator", entry.author)
    handler.addQuickElement("dc:language", entry.language)
    handler.addQuickElement("pubDate", rfc2822_date(entry.published))
    # RSS has no word for it.
    handler.addQuickElement("atom:updated", rfc3339_date(entry.updated))
    handler.addQuickElement("guid", entry.id, {"isPermaLink": "false"})
    for category in entry.categories:
        handler.addQuickElement("category", category)


def _write_rss(feed: Feed, written: list[tuple[FeedEntry, str]]) -> str:
    return _fill(_Rss(**_head(feed, RSS_FEED)), written)


# JSON Feed


def _write_json_entry(entry: FeedEntry) -> str:
    told = {
        "id": entry.id,
        "url": entry.link,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.content,
        "language": entry.language,
        "image": entry.picture,
        "date_published": rfc3339_date(entry.published),
        "date_modified": rfc3339_date(entry.updated),
        "authors": [{"name": entry.author}] if entry.author else [],
        "tags": list(entry.categories),
    }
    return _json({name: value for name, value in told.items() if value})


def _write_json(feed: Feed, written: list[tuple[FeedEntry, str]]) -> str:
    head = _head(feed, JSON_FEED)
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": head["title"],
        "home_page_url": head["link"],
        "feed_url": head["feed_url"],
        "description": head["description"],
        "language": head["language"],
        "authors": [{"name": head["author_name"], "url": absolute("/")}],
    }
    items = ",\n".join(text for _, text in written)
    return f'{_json(told)[:-1]},"items":[{items}]}}\n'


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


ATOM_FEED = Format(
    ending="feed/",
    name="",
    label="Atom",
    media_type="application/atom+xml",
    write_entry=lambda entry: _as_xml(entry, _write_atom_entry),
    write=_write_atom,
)
RSS_FEED = Format(
    ending="feed.rss",
    name="_rss",
    label="RSS",
    media_type="application/rss+xml",
    write_entry=lambda entry: _as_xml(entry, _write_rss_entry),
    write=_write_rss,
)
JSON_FEED = Format(
    ending="feed.json",
    name="_json",
    label="JSON",
    media_type="application/feed+json",
    write_entry=_write_json_entry,
    write=_write_json,
)
FORMATS = (ATOM_FEED, RSS_FEED, JSON_FEED)
