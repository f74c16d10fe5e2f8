"""What hangs on a post, as its version keeps it: pictures, and which other posts it is about."""

from collections.abc import Iterator

from wires.ingest.storable import storable
from wires.platforms.base import Media, RawPost

# Where the words of a post come from, and which post it answers.
FORWARD, REPLY = "forward", "reply"


def media_rows(raw: RawPost) -> list[dict[str, str]]:
    """Return the rows of PostVersion.media."""
    return [
        {
            "kind": media.kind,
            "id": storable(media.id),
            "url": storable(media.url),
            "alt": storable(media.alt),
        }
        for media in (*raw.media, *_relations(raw))
    ]


def _relations(raw: RawPost) -> Iterator[Media]:
    """Yield whose words a post passes on, and from where, and which post it answers.

    They have no id, so that a version is not another one because of them: accounts come and go.
    """
    passed_on = (raw.forwarded_from, raw.forwarded_by, raw.forwarded_url)
    if any(passed_on):
        said = ", ".join(filter(None, passed_on))
        yield Media(kind=FORWARD, url=raw.forwarded_url, alt=said)
    if raw.reply_to:
        yield Media(kind=REPLY, alt=raw.reply_to)
