"""JSON Feed 1 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

from html import escape

from wires.html import clean_foreign, escaped_once, words_of
from wires.platforms.base import Document, Media, RawPost
from wires.platforms.bodies import DecodedBody
from wires.platforms.dates import read_date
from wires.platforms.json_bodies import Record, load_json, records_of, text_of
from wires.platforms.languages import tag_of
from wires.platforms.links import identity_of, media_id, web_address
from wires.platforms.rss.items import MOST_MEDIA, MOST_POSTS, build_document, build_post
from wires.platforms.text import line_of, title_of, title_or_stand_in, words

_KINDS = {"image": "photo", "video": "video", "audio": "audio", "application": "document"}


def parse_json(body: DecodedBody, *, url: str = "") -> Document | None:
    """Read a JSON Feed; None for other JSON. Raises UnreadableBody for what only begins like JSON."""
    feed = load_json(body.text)
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list) or not (feed.get("version") or feed.get("title")):
        return None
    base = web_address(text_of(feed, "home_page_url"), base=url) or url
    language = tag_of(text_of(feed, "language"))
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
        title=text_of(feed, "title"),
        language=language,
        faults=["too_many_items"] if len(items) > MOST_POSTS else [],
    )


def _post(item: Record, *, base: str, language: str, authors: str) -> RawPost:
    link = web_address(text_of(item, "url") or text_of(item, "external_url"), base=base)
    html, text = _body(item, link or base)
    media = _media(item, base)
    raw_title = title_of(text_of(item, "title"))
    posted_raw = text_of(item, "date_published") or text_of(item, "date_modified")
    return build_post(
        declared_id=words(text_of(item, "id")),
        link=link,
        link_id=identity_of(link),
        declared_title=raw_title,
        title=title_or_stand_in(raw_title, text, media),
        text=text,
        html=html,
        author=_authors(item) or authors,
        declared_language=text_of(item, "language") or language,
        posted_raw=posted_raw,
        posted=read_date(posted_raw),
        edited=read_date(text_of(item, "date_modified")),
        media=media,
    )


def _body(item: Record, base: str) -> tuple[str, str]:
    if html := text_of(item, "content_html"):
        cleaned = clean_foreign(escaped_once(html), base=base)
        return cleaned, words(words_of(cleaned))
    text = words(text_of(item, "content_text") or text_of(item, "summary"))
    return escape(text, quote=False).replace("\n", "<br>"), text


def _authors(record: Record) -> str:
    # Version 1 had one author, 1.1 has a list of them.
    one = record.get("author")
    people = [*records_of(record, "authors"), *([one] if isinstance(one, dict) else [])]
    names = dict.fromkeys(filter(None, (line_of(text_of(person, "name")) for person in people)))
    return line_of(", ".join(names), longest=200)


def _media(item: Record, base: str) -> tuple[Media, ...]:
    found: dict[str, Media] = {}
    for attachment in records_of(item, "attachments"):
        address = web_address(text_of(attachment, "url"), base=base)
        kind = _KINDS.get(text_of(attachment, "mime_type").partition("/")[0], "document")
        if address:
            alt = line_of(text_of(attachment, "title"))
            media = Media(kind=kind, id=media_id(address), url=address, alt=alt)
            found.setdefault(media.id, media)
    image = web_address(text_of(item, "image"), base=base)
    if image and not found:
        return (Media(kind="photo", id=media_id(image), url=image),)
    return tuple(found.values())[:MOST_MEDIA]
