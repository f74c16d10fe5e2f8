"""The time inside a post id is the platform's own record of when the post was made.

If the client or the server owner chooses the id, a difference is only a query. Some platforms give
each edit of a post its own id for a while: the id may be that of a known edit.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from articles.vetting.finding import Finding, Level
from articles.vetting.links import CLOCKS_AGREE, Link, links
from articles.vetting.piece import Context, Piece
from articles.vetting.readings import reading
from articles.vetting.rule import NOTHING, Rule
from web.words import time_and_date
from wires.platforms import platform_of


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    for link in links(piece, context):
        clock, posted_at = link.to.id_time, link.source.posted_at
        if clock is None or posted_at is None or _agree(link, clock, posted_at):
            continue
        yield _finding(link, clock, posted_at)
    yield from _against_the_text(piece, context)


def _against_the_text(piece: Piece, context: Context) -> Iterator[Finding]:
    """Compare the time that the text states with the id of a post that has no time of its own."""
    untimed = {
        link.source.key: link for link in links(piece, context) if link.source.posted_at is None
    }
    if not untimed:
        return
    for stated in reading(piece, context).stated_postings():
        sentence, place, posting = stated.sentence, stated.place, stated.posting
        for link in (untimed[source.key] for source in stated.posts if source.key in untimed):
            clock = link.to.id_time
            moments = posting.time.moments(near=clock) if clock and not posting.is_loose else []
            if clock is None or not moments or _agree(link, clock, moments[0]):
                continue
            finding = _finding(link, clock, moments[0])
            yield replace(
                finding,
                field=sentence.field,
                start=place[0],
                end=place[1],
                excerpt=sentence.text,
            )


def _agree(link: Link, clock: datetime, posted_at: datetime) -> bool:
    if abs(clock - posted_at) <= CLOCKS_AGREE:
        return True
    id_clock = platform_of(link.to.platform).id_clock
    editable_for = id_clock.editable_for if id_clock else timedelta()
    if not editable_for or abs(clock - posted_at) > editable_for + CLOCKS_AGREE:
        return False
    return any(abs(clock - edit) <= CLOCKS_AGREE for edit in link.source.edits)


def _finding(link: Link, clock: datetime, posted_at: datetime) -> Finding:
    key, id_clock = link.source.key, platform_of(link.to.platform).id_clock
    return Finding(
        code="source-id-time",
        level=Level.HOLD if id_clock and id_clock.is_trusted else Level.QUERY,
        field="sources",
        excerpt=key,
        message=(
            f"The ID of source {key} was created at {time_and_date(clock)}, "
            f"but the post is dated {time_and_date(posted_at)}. "
            "Correct the address or the time."
        ),
        evidence={
            "key": key,
            "id": link.to.number,
            "clock": clock.isoformat(timespec="seconds"),
            "said": posted_at.isoformat(timespec="seconds"),
        },
    )


RULE = Rule(
    code="source-id-time",
    title="Post ID and time disagree",
    find=find,
    compares=NOTHING,
)
