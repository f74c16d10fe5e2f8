"""From a body to rows, unless the channel has stored these very bytes before."""

from collections.abc import Callable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from wires.ingest.bodies import FetchedBody, Parse
from wires.ingest.deciding import FLAPPING
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
    """Parse and store a body, unless this channel has stored these very bytes before.

    `fields` says what else to write on the channel in the last transaction, given the document,
    or None where it was not parsed again. `charset` is what it was served with. Raises UnreadableBody, and has then stored nothing.
    """
    known = seen_before(channel, body, at=at)
    if known is not None:
        write_fields(channel, {"last_read_at": at, **fields(None)})
        return known
    document = parse(body, url=url, account=channel.account, charset=charset)
    return store(
        channel, document, at=at, body=FetchedBody.of(body, url=url), fields=fields(document)
    )


def seen_before(
    channel: Channel, body: bytes, *, at: datetime | None = None
) -> IngestOutcome | None:
    """Return the posts that rest on these bytes as seen; None where they must be read. Three queries.

    They are read where they are new, and where the channel has said something else for a day: a
    source that takes an edit back may send the very bytes from before it. Sooner it is more likely
    to be a copy that some server on the way had kept. Without `at`, as for files that may be
    imported again, bytes that are known are never read.
    """
    captures = Capture.objects.filter(channel=channel).defer("body")
    capture = captures.filter(sha256=sha256(body).hexdigest()).first()
    if capture is None:
        return None
    if at is not None:
        edits_since = captures.filter(
            pk__gt=capture.pk, versions__n__gt=1, versions__captured_at__lte=at - FLAPPING
        )
        if edits_since.exists():
            return None
    posts = capture.versions.order_by().values("post").distinct().count()
    return IngestOutcome(seen=posts)
