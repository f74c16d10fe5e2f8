"""What feeds in XML and in JSON share: how many items are read, and how one becomes a post."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from wires.platforms.base import EDITED_NO_ZONE, NO_ZONE, Document, Media, RawPost
from wires.platforms.bodies import DecodedBody
from wires.platforms.dates import DateReading
from wires.platforms.identity import disambiguated, native_id
from wires.platforms.languages import language_of
from wires.platforms.text import title_of, words

MOST_POSTS = 10_000
MOST_MEDIA = 20


def build_post(
    *,
    declared_id: str,
    link: str,
    link_id: str,
    declared_title: str,
    title: str,
    text: str,
    html: str,
    author: str,
    declared_language: str,
    posted_raw: str,
    posted: DateReading,
    edited: DateReading,
    media: tuple[Media, ...],
    captions: tuple[str, ...] = (),
) -> RawPost:
    """Make the post of one item. `title` stands in where none is declared."""
    flags = {
        "no_id": not declared_id,
        "no_title": not declared_title,
        "bad_date": bool(posted_raw) and posted.at is None,
        NO_ZONE: posted.at is not None and not posted.has_zone,
        EDITED_NO_ZONE: edited.at is not None and not edited.has_zone,
    }
    return RawPost(
        native_id=native_id(
            declared_id,
            link_id=link_id,
            title=declared_title or title,
            posted_raw=posted_raw,
            enclosure=media[0].url if media else "",
        ),
        url=link,
        title=title,
        text=text,
        html=html,
        author=author,
        language=language_of(declared_language, f"{declared_title} {text[:500]}"),
        posted_at=posted.at,
        posted_raw=words(posted_raw)[:200],
        source_edited_at=edited.at,
        media=media,
        captions=captions,
        link_id=link_id,
        flags=frozenset(flag for flag, holds in flags.items() if holds),
    )


def build_document(
    body: DecodedBody,
    posts: Iterable[RawPost],
    *,
    kind: str,
    title: str,
    language: str,
    faults: Sequence[str],
    ttl: timedelta | None = None,
) -> Document:
    """Make the document of a feed, each post once. `faults` are those found beyond the body's."""
    different, guids_repeat = disambiguated(posts)
    return Document(
        kind=kind,
        posts=different,
        title=title_of(title),
        language=language,
        faults=(*body.faults, *faults),
        truncated=body.truncated,
        ttl=ttl,
        guids_repeat=guids_repeat,
    )
