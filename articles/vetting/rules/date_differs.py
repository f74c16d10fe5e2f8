"""A weekday, month or year must be the one that the cited post gives for the same thing."""

from collections.abc import Iterator

from articles.vetting.differing_days import Differing, differing_days
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.rule import WESTERN, Rule


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    for found in differing_days(piece, context):
        start, end = found.mention.start, found.mention.end
        place = found.paragraph.locate(start, end)
        if place is None:
            continue
        said = found.paragraph.text[start:end]
        excerpt = found.paragraph.excerpt(start, end)
        yield Finding(
            code="date-differs",
            level=Level.QUERY,
            field="body",
            start=place[0],
            end=place[1],
            excerpt=excerpt,
            message=_message(said, found),
            evidence={
                "said": said,
                "given": found.given,
                "key": found.source.key,
                "sentence": excerpt,
            },
        )


def _message(said: str, found: Differing) -> str:
    key = found.source.key
    if found.given:
        return f"The sentence says {said}, but {key} says {found.given}. Check which one is right."
    posted = found.source.posted_at
    when = f", of {posted.day} {posted:%B %Y}" if posted else ""
    if found.is_ahead:
        return (
            f"The sentence tells of {said} as past, and {key}{when}, has it only as a day to come. "
            "Check the day, or cite the post that has it."
        )
    return f"The sentence says {said}, which {key}{when} does not say. Check the day, or cite the post that has it."


RULE = Rule(
    code="date-differs",
    title="Day differs from the cited post",
    find=find,
    languages=WESTERN,
    subject="differing days",
    is_about_words=True,
)
