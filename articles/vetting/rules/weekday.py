"""A weekday must match its date."""

from collections.abc import Collection, Iterator
from datetime import date

from articles.vetting import word_fixers
from articles.vetting.dated import dates_of_sentences, quoted_in_body
from articles.vetting.facts.dates import WEEKDAYS, DateMention, weekdays
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.readings import reading
from articles.vetting.rule import POSTS, WESTERN, Rule
from articles.vetting.sentences import Sentence
from articles.vetting.span_sets import SpanSet
from articles.vetting.texts_read import read_text
from articles.vetting.years_meant import is_long_ago, years_gone, years_named, years_of_posts
from web.words import long_date

# Some countries kept the Julian calendar until 1923.
_FIRST_YEAR = 1924


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    near = reading(piece, context).days_near
    before: set[int] = set()
    for sentence, mentions in dates_of_sentences(piece, context):
        here = years_named(sentence.text)
        named, before = here | before, here
        wrong = [
            (stated, readings[0])
            for stated in mentions
            if _is_wrong(stated, readings := stated.readings(near=near, years=named))
        ]
        yield from _findings(wrong, sentence, piece, context) if wrong else ()


def _findings(
    wrong: Collection[tuple[DateMention, date]],
    sentence: Sentence,
    piece: Piece,
    context: Context,
) -> Iterator[Finding]:
    # What is quoted is the speaker's, and a quotation may go on over several sentences.
    quoted = SpanSet((quote.start, quote.end) for quote in read_text(sentence.text, context).quotes)
    (in_body,) = quoted_in_body(piece, context) if sentence.field == "body" else (SpanSet(()),)
    long_ago = is_long_ago(sentence.text)
    for stated, day in wrong:
        place = sentence.locate(stated.weekday_start, stated.weekday_end)
        if stated.weekday_start in quoted or place[0] in in_body:
            continue
        years = years_of_posts(stated, piece, context)
        years.update(years_gone(stated, sentence.text, context.now.year, long_ago=long_ago))
        if not _is_right_in(years, stated):
            yield _finding(sentence, place, stated, day, weekdays(piece.language))


def _is_wrong(stated: DateMention, readings: Collection[date]) -> bool:
    if stated.weekday is None or not readings:
        return False
    if stated.year is not None and stated.year < _FIRST_YEAR:
        return False
    return all(day.weekday() != stated.weekday for day in readings)


def _is_right_in(years: Collection[int], stated: DateMention) -> bool:
    if stated.certain_year is not None:
        return False
    days = (stated.in_year(year) for year in years)
    return any(day is not None and day.weekday() == stated.weekday for day in days)


def _finding(
    sentence: Sentence,
    place: tuple[int, int],
    stated: DateMention,
    day: date,
    names: tuple[str, ...],
) -> Finding:
    said, right = WEEKDAYS[stated.weekday or 0], WEEKDAYS[day.weekday()]
    write = names[day.weekday()]
    # Without a year nobody knows which weekday it was.
    way_out = (
        "Correct one of the two, or say the year"
        if stated.certain_year is None
        else f"Write {write}, or correct the date"
    )
    return Finding(
        code="weekday",
        level=Level.HOLD,
        field=sentence.field,
        start=place[0],
        end=place[1],
        excerpt=sentence.text,
        message=f"{long_date(day)} is a {right}, not a {said}. {way_out}.",
        evidence={"said": said, "right": right, "date": day.isoformat(), "text": stated.text}
        | ({} if write == right else {"write": write}),
    )


RULE = Rule(
    code="weekday",
    title="Weekday does not match the date",
    find=find,
    compares=POSTS,
    languages=WESTERN,
    subject="weekdays",
    is_about_words=True,
    fix=word_fixers.write_weekday,
)
