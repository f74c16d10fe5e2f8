"""A stated post time must match the post, and a time given in two zones must agree."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise

from articles.vetting import word_fixers
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.postings import Posting, says_again
from articles.vetting.readings import Read, reading
from articles.vetting.rule import ENGLISH, NOTHING, Rule
from articles.vetting.sentences import Sentence
from articles.vetting.texts_read import read_text
from web.words import time_and_date

# Stated to the minute, cut off or rounded.
_EXACT = timedelta(seconds=60)
_TO_THE_HOUR = timedelta(minutes=5)
_LOOSE = timedelta(minutes=15)


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    held: set[tuple[str, int]] = set()
    known = reading(piece, context)
    for stated in known.stated_postings():
        sentence, posting = stated.sentence, stated.posting
        timed = [source for source in stated.posts if source.posted_at is not None]
        if timed and not any(_agrees(posting, source) for source in timed):
            held.add((sentence.field, sentence.start))
            yield _finding(sentence, stated.place, posting, timed)
    for read in known.sentences:
        if (read.sentence.field, read.sentence.start) not in held:
            yield from _at_odds(read, context)


def _at_odds(read: Read, context: Context) -> Iterator[Finding]:
    """Yield a time that is said in two zones and is not one moment: "09:30 Korean time (01:30 UTC)"."""
    text = read.plain.text
    for one, other in pairwise(
        read_text(text, context).times if ":" in text or "." in text else ()
    ):
        if one.zones == other.zones or not (one.is_precise and other.is_precise):
            continue
        if (
            not says_again(text, one, other)
            or text[other.clock_end - 1 : other.clock_end + 1].count(")") < 1
        ):
            continue
        # The date may stand beside either.
        dated, bare = (one, other) if other.day is None else (other, one)
        first = dated.moments(near=context.now)
        again = [moment for at in first for moment in bare.moments(near=at)]
        place = read.locate(one.clock_start, other.clock_end)
        if place is None or not first or any(moment in first for moment in again):
            continue
        said = text[one.clock_start : other.clock_end]
        yield Finding(
            code="stated-time",
            level=Level.HOLD,
            field=read.sentence.field,
            start=place[0],
            end=place[1],
            excerpt=read.sentence.text,
            message=f"The two times in “{said}” are not the same moment. Correct one of them.",
            evidence={"said": said, "sentence": read.sentence.text},
        )


def _agrees(posting: Posting, source: SourceRef) -> bool:
    leeway = _EXACT if posting.time.is_precise else _TO_THE_HOUR
    if posting.is_loose:
        leeway = _LOOSE
    posted = [source.posted_at, *source.edits]
    return any(
        abs(moment - at) <= leeway
        for at in posted
        if at is not None
        for moment in posting.time.moments(near=at)
    )


def _finding(
    sentence: Sentence, place: tuple[int, int], posting: Posting, sources: list[SourceRef]
) -> Finding:
    right = [source.posted_at for source in sources if source.posted_at is not None]
    said = ", ".join(time_and_date(at) for at in right[:3])
    return Finding(
        code="stated-time",
        level=Level.HOLD,
        field=sentence.field,
        start=place[0],
        end=place[1],
        excerpt=sentence.text,
        message=f"The post is dated {said}, not {posting.time.text}. Correct the time, or cite the post from that time.",
        evidence={
            "said": posting.time.text,
            "keys": sorted(source.key for source in sources),
            "posted": [at.isoformat() for at in right],
        },
    )


RULE = Rule(
    code="stated-time",
    title="Stated time does not match",
    find=find,
    compares=NOTHING,
    languages=ENGLISH,
    subject="stated times",
    is_about_words=True,
    fix=word_fixers.write_post_time,
)
