"""The clock inside an id is the platform's own word on when the post was made.

X and Mastodon set it on the server; a client of Bluesky chooses it, and a server of Mastodon may
be set anyhow, so there it only raises a question. X gives each edit of a post, within half an
hour of the first, an id of its own: the id may be that of an edit that we know of.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from articles.vetting.finding import Finding, Level
from articles.vetting.links import CLOCKS_AGREE, Link, links
from articles.vetting.piece import Context, Piece

_EDITABLE = timedelta(minutes=30)


def source_id_time(piece: Piece, context: Context) -> Iterator[Finding]:
    for link in links(piece):
        clock, posted_at = link.to.id_time, link.source.posted_at
        if clock is None or posted_at is None or _agree(link, clock, posted_at):
            continue
        yield _finding(link, clock, posted_at)


def _agree(link: Link, clock: datetime, posted_at: datetime) -> bool:
    if abs(clock - posted_at) <= CLOCKS_AGREE:
        return True
    if link.to.platform != "x" or abs(clock - posted_at) > _EDITABLE + CLOCKS_AGREE:
        return False
    return any(abs(clock - edit) <= CLOCKS_AGREE for edit in link.source.edits)


def _finding(link: Link, clock: datetime, posted_at: datetime) -> Finding:
    key = link.source.key
    return Finding(
        code="source-id-time",
        level=Level.HOLD if link.to.platform == "x" else Level.QUERY,
        field="sources",
        excerpt=key,
        message=(
            f"The id of source {key} was made at {clock:%H:%M} UTC on {clock.day} {clock:%B %Y}, "
            f"and the post is dated {posted_at:%H:%M %Z} on {posted_at.day} {posted_at:%B %Y}: "
            "correct the address or the time."
        ),
        evidence={
            "key": key,
            "id": link.to.number,
            "clock": clock.isoformat(timespec="seconds"),
            "said": posted_at.isoformat(timespec="seconds"),
        },
    )
