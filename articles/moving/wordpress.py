"""A WordPress export, WXR, read as a stream: what is held of it does not grow with the file.

Knows no Django.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any
from xml.etree.ElementTree import Element, ParseError  # the types alone

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import iterparse

from articles.moving.foreign import ForeignArticle, ForeignPicture
from articles.moving.refusals import BadExport

# No article is as long; what is between two items may not be either.
LARGEST_ITEM = 20_000_000
LEFT_OUT = {"auto-draft", "inherit", "trash"}
_SHORTCODE = re.compile(r"\[/?(?:caption|gallery|embed|audio|video|playlist)\b[^\]\n]{0,500}\]")
_BLOCK = re.compile(
    r"<(?:p|div|h[1-6]|ul|ol|table|blockquote|figure|pre|section|article)[\s>]", re.IGNORECASE
)
_EMPTY_LINES = re.compile(r"\n[ \t\r]*\n\s*")


@dataclass(slots=True)
class Blog:
    """What stands once in a file: people, pictures and the language."""

    language: str = ""
    people: dict[str, str] = field(default_factory=dict)
    pictures: dict[str, ForeignPicture] = field(default_factory=dict)
    articles: int = 0
    others: int = 0


class _Bounded:
    """A file that is not read on where one item does not end."""

    def __init__(self, file: IO[bytes], path: Path) -> None:
        self._file, self._path = file, path
        self.since_item = 0

    def read(self, size: int) -> bytes:
        read = self._file.read(size)
        self.since_item += len(read)
        if self.since_item > LARGEST_ITEM:
            message = f"{self._path} has an item of more than {LARGEST_ITEM // 10**6} MB."
            raise BadExport(message)
        return read


def read_blog(path: Path) -> Blog:
    """Read a file to its end and return what stands once in it. Raises BadExport.

    Nothing need be written of a file that is cut off.
    """
    blog = Blog()
    for name, element in _elements(path):
        if name == "author":
            texts = _texts(element)
            blog.people[texts.get("author_login", "")] = texts.get("author_display_name", "")
        elif name == "language":
            blog.language = (element.text or "").strip()
        elif name == "item":
            _note_item(blog, element)
    if not (blog.articles or blog.others or blog.pictures):
        message = f"{path} has no item. Export everything in WordPress, under Tools."
        raise BadExport(message)
    return blog


def read_articles(path: Path, blog: Blog) -> Iterator[ForeignArticle]:
    """Yield the articles of a file in its order. Raises BadExport."""
    for name, element in _elements(path):
        if name == "item" and _is_article(texts := _texts(element)):
            yield _article(element, texts, blog)


def _note_item(blog: Blog, item: Element) -> None:
    texts = _texts(item)
    if _is_article(texts):
        blog.articles += 1
    elif texts.get("post_type") == "attachment":
        blog.pictures[texts.get("post_id", "")] = ForeignPicture(
            address=texts.get("attachment_url", ""),
            alt=_meta(item).get("_wp_attachment_image_alt", ""),
            caption=texts.get("excerpt", ""),
        )
    elif texts.get("post_type") == "page":
        blog.others += 1


def _is_article(texts: dict[str, str]) -> bool:
    return texts.get("post_type") == "post" and texts.get("status") not in LEFT_OUT


def _article(item: Element, texts: dict[str, str], blog: Blog) -> ForeignArticle:
    author = texts.get("creator", "")
    return ForeignArticle(
        address=texts.get("link") or texts.get("guid", ""),
        headline=texts.get("title", ""),
        slug=texts.get("post_name", ""),
        html=as_paragraphs(texts.get("content", "")),
        standfirst=texts.get("excerpt", ""),
        authors=tuple(filter(None, [blog.people.get(author) or author])),
        categories=tuple(
            (each.text or "").strip()
            for each in item
            if _name(each.tag) == "category" and each.get("domain") == "category"
        ),
        picture=blog.pictures.get(_meta(item).get("_thumbnail_id", "")),
        language=blog.language,
        published_at=_moment(texts.get("post_date_gmt", "")),
    )


def as_paragraphs(text: str) -> str:
    """Return the HTML of a body, in which WordPress leaves out paragraphs and writes shortcodes."""
    text = _SHORTCODE.sub("", text)
    if "<!-- wp:" in text or re.search(r"<p[\s>]", text, re.IGNORECASE):
        return text
    parts = (part.strip() for part in _EMPTY_LINES.split(text))
    return "\n".join(
        part if _BLOCK.match(part) else f"<p>{part.replace('\n', '<br>')}</p>"
        for part in parts
        if part
    )


def _elements(path: Path) -> Iterator[tuple[str, Element]]:
    """Yield what stands in the channel of a file, each whole and then forgotten. Raises BadExport."""
    try:
        with path.open("rb") as file:
            bounded = _Bounded(file, path)
            depth, channel = 0, None
            events: Any = iterparse(bounded, events=("start", "end"), forbid_dtd=True)
            for event, element in events:
                if event == "start":
                    depth += 1
                    channel = element if depth == 2 else channel  # rss, channel
                    continue
                depth -= 1
                if depth == 2 and channel is not None:
                    yield _name(element.tag), element
                    channel.clear()
                    bounded.since_item = 0
    except ParseError as error:
        line, _ = error.position
        message = (
            f"{path}, line {line}, is no XML, or the file was cut off: {error}. Export it again."
        )
        raise BadExport(message) from error
    except DefusedXmlException as error:
        message = f"{path} declares entities or a document type, which WordPress never writes."
        raise BadExport(message) from error
    except (OSError, UnicodeError, LookupError, ValueError) as error:
        message = f"{path}: {getattr(error, 'strerror', None) or error}."
        raise BadExport(message) from error


def _name(tag: str) -> str:
    """Return the name of an element; of the two that are called "encoded" what they hold."""
    space, _, name = tag.rpartition("}")
    if name == "encoded":
        return "excerpt" if space.rstrip("/").endswith("excerpt") else "content"
    return name


def _texts(element: Element) -> dict[str, str]:
    return {_name(each.tag): (each.text or "").strip() for each in element}


def _meta(item: Element) -> dict[str, str]:
    found = (_texts(each) for each in item if _name(each.tag) == "postmeta")
    return {each.get("meta_key", ""): each.get("meta_value", "") for each in found}


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=UTC)
    except ValueError:
        # A draft was published at 0000-00-00 00:00:00.
        return None
