"""Atom, RSS 2.0 and JSON Feed 1.1: how a feed and each of its entries are written."""

import json
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape, quoteattr
from xml.sax.xmlreader import AttributesImpl

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, rfc2822_date, rfc3339_date
from django.utils.xmlutils import SimplerXMLGenerator

from articles.feeds.entry import Feed, FeedEntry
from web.addresses import absolute
from web.characters import drop_controls
from web.interface import told_language

logger = logging.getLogger(__name__)

LEFT_OUT = "An entry that XML cannot carry is left out of the feed: %a"

CONTENT = "http://purl.org/rss/1.0/modules/content/"
TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A format of feeds.

    ending      what its address has behind that of the page
    name        part of the names of its addresses: feed, feed_rss
    is_xml      whether it cannot carry every character
    write_entry what an entry is in it
    write       the whole feed, with its entries as they were written
    """

    ending: str
    name: str
    label: str
    media_type: str
    is_xml: bool
    write_entry: Callable[[FeedEntry], str]
    write: Callable[[Feed, list[tuple[FeedEntry, str]]], str]

    def address(self, page: str) -> str:
        """Return the path of the feed of a page."""
        return f"{page}{self.ending}"

    def whole(self, feed: Feed) -> str:
        """Return a feed in this format, without entries that it cannot carry."""
        return self.write(feed, [*self._written(feed)])

    def _written(self, feed: Feed) -> Iterator[tuple[FeedEntry, str]]:
        for kept in feed.entries:
            if kept.entry is None:
                continue
            if self.is_xml and not kept.is_xml:
                # It would break the feed for every reader.
                logger.error(LEFT_OUT, kept.entry.id)
                continue
            yield kept.entry, self.write_entry(kept.entry)


def _element(name: str, text: str, **attributes: str) -> str:
    """Return an element of XML without controls, as XMLGenerator writes it in twenty calls."""
    told = "".join(f" {key}={quoteattr(value)}" for key, value in attributes.items())
    return f"<{name}{told}>{escape(text)}</{name}>"


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
    # What add_item would note besides is in the text already.
    xml.items += [
        {"updateddate": entry.updated, "xml": text, "of": entry} for entry, text in written
    ]
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


def _write_atom_entry(entry: FeedEntry) -> str:
    author = f"<author>{_element('name', entry.author)}</author>" if entry.author else ""
    categories = [_element("category", "", term=category) for category in entry.categories]
    return "".join((
        _element("title", entry.title),
        _element("link", "", href=entry.link, rel="alternate"),
        _element("published", rfc3339_date(entry.published)),
        _element("updated", rfc3339_date(entry.updated)),
        author,
        _element("id", entry.id),
        _element("summary", entry.summary),
        *categories,
        _element("content", entry.content, **{"type": "html", "xml:lang": entry.language}),
    ))  # fmt: skip


def _write_atom(feed: Feed, written: list[tuple[FeedEntry, str]]) -> str:
    return _fill(_Atom(**_head(feed, ATOM_FEED)), written)


# RSS


class _Rss(_WrittenEntries, Rss201rev2Feed):
    def rss_attributes(self) -> dict[str, str]:
        more = {"xmlns:content": CONTENT, "xmlns:dc": "http://purl.org/dc/elements/1.1/"}
        return {**super().rss_attributes(), **more}


def _write_rss_entry(entry: FeedEntry) -> str:
    return "".join((
        _element("title", entry.title),
        _element("link", entry.link),
        _element("description", entry.summary),
        _element("content:encoded", entry.content),
        _element("dc:creator", entry.author) if entry.author else "",
        _element("dc:language", entry.language),
        _element("pubDate", rfc2822_date(entry.published)),
        # RSS has no word for it.
        _element("atom:updated", rfc3339_date(entry.updated)),
        _element("guid", entry.id, isPermaLink="false"),
        *(_element("category", category) for category in entry.categories),
    ))  # fmt: skip


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
    is_xml=True,
    write_entry=_write_atom_entry,
    write=_write_atom,
)
RSS_FEED = Format(
    ending="feed.rss",
    name="_rss",
    label="RSS",
    media_type="application/rss+xml",
    is_xml=True,
    write_entry=_write_rss_entry,
    write=_write_rss,
)
JSON_FEED = Format(
    ending="feed.json",
    name="_json",
    label="JSON",
    media_type="application/feed+json",
    is_xml=False,
    write_entry=_write_json_entry,
    write=_write_json,
)
FORMATS = (ATOM_FEED, RSS_FEED, JSON_FEED)
