"""From a body to rows, unless these are the very bytes that the channel stored last."""

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from wires.ingest.bodies import FetchedBody, Parse
from wires.ingest.outcome import IngestOutcome
from wires.ingest.store import store
from wires.ingest.writing import write_fields
from wires.models import Capture, Channel
from wires.platforms.base import Document


def read_body(
    channel: Channel,
    body: bytes,
    *,
    at: datetime,
    parse: Parse,
    url: str = "",
    charset: str = "",
    fields: Callable[[Document | None], Mapping[str, Any]] = lambda document: {},
) -> IngestOutcome:
    """Parse and store a body, unless these are the very bytes that this channel stored last.

    `fields` says what else to write on the channel in the last transaction, given the document,
    or None where it was not parsed again. `charset` is what it was served with. Raises UnreadableBody, and has then stored nothing.
    """
    known = unchanged(channel, body)
    if known is not None:
        write_fields(channel, {"last_read_at": at, **fields(None)})
        return known
    document = parse(body, url=url, account=channel.account, charset=charset)
    return store(
        channel, document, at=at, body=FetchedBody.of(body, url=url), fields=fields(document)
    )


def unchanged(channel: Channel, body: bytes) -> IngestOutcome | None:
    """Return the posts that rest on these bytes as seen; None where they are not what was read last.

    Bytes of an earlier reading are read again: their source has taken back what it said since.
    """
    if channel.body_sha256 != sha256(body).hexdigest():
        return None
    return seen_before(channel, body)


def seen_before(channel: Channel, body: bytes) -> IngestOutcome | None:
    """Return the posts that rest on these bytes as seen; None where the bytes are new. Two queries.

    For files, which may be imported again in any order.
    """
    captures = Capture.objects.filter(channel=channel).defer("body")
    capture = captures.filter(sha256=sha256(body).hexdigest()).first()
    if capture is None:
        return None
    posts = capture.versions.order_by().values("post").distinct().count()
    return IngestOutcome(seen=posts)
