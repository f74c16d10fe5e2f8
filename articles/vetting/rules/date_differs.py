"""A weekday, month or year must be the one that the cited post gives for the same thing."""

from collections.abc import Iterator

from articles.vetting.differing_days import Differing, differing_days
from articles.vetting.finding import Finding, Level
from articles.vetting.misdated import misdated
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.rule import WESTERN, Rule
from articles.vetting.scopes import Paragraph


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    for found in differing_days(piece, context):
        said = found.paragraph.text[found.mention.start : found.mention.end]
        place = (found.mention.start, found.mention.end)
        yield from _finding(
            found.paragraph, place, found.source, found.given, _message(said, found)
        )
    for other in misdated(piece, context):
        stated = other.dated.stated
        message = _otherwise(stated.text, other.source.key, other.given)
        place = (stated.start, stated.end)
        yield from _finding(other.dated.paragraph, place, other.source, other.given, message)


def _finding(
    paragraph: Paragraph, span: tuple[int, int], source: SourceRef, given: str, message: str
) -> Iterator[Finding]:
    place = paragraph.locate(*span)
    if place is None:
        return
    excerpt = paragraph.excerpt(*span)
    yield Finding(
        code="date-differs",
        level=Level.QUERY,
        field="body",
        start=place[0],
        end=place[1],
        excerpt=excerpt,
        message=message,
        evidence={
            "said": paragraph.text[slice(*span)],
            "given": given,
            "key": source.key,
            "sentence": excerpt,
        },
    )


def _otherwise(said: str, key: str, given: str) -> str:
    return f"The sentence says {said}, but {key} says {given}. Check which one is right."


def _message(said: str, found: Differing) -> str:
    key = found.source.key
    if found.given:
        return _otherwise(said, key, found.given)
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
