"""The quantities of posts and of the body, each text read once a context."""

from collections.abc import Iterable, Sequence
from datetime import UTC

from articles.vetting.facts.given import Given
from articles.vetting.facts.matching import Match, best_match
from articles.vetting.facts.quantity import Quantity
from articles.vetting.facts.reading import read_quantities
from articles.vetting.facts.spans import clock_span, day_span, listed, named
from articles.vetting.facts.sums import worked_out
from articles.vetting.kept import kept
from articles.vetting.languages import spells_numbers
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.scopes import paragraphs
from articles.vetting.texts_read import ReadText, read_text

# Number words are read up to here, in some languages.
_SPELLED = 1_000
# From here on no other word stands for a number.
_BY_NUMBER = 13


def quantities_of_post(text: str, context: Context) -> tuple[Quantity, ...]:
    """Return the quantities of a post, whose language nobody states."""
    return read_text(text, context).quantities_of_post


@kept
def body_quantities(piece: Piece, context: Context) -> list[tuple[Quantity, ...]]:
    """Return the quantities of each paragraph of the body, with places in its text."""
    return [
        read_quantities(read_text(paragraph.text, context).view, piece.language)
        for paragraph in paragraphs(piece, context)
    ]


def given_by(texts: tuple[str, ...], context: Context) -> Given:
    """Return the quantities of some posts, in order; looked up once for all figures that cite these."""
    found = context.memory.get((Given, texts))
    if not isinstance(found, Given):
        found = Given(one for text in texts for one in quantities_of_post(text, context))
        context.memory[Given, texts] = found
    return found


def compare(
    said: Quantity, posts: Iterable[str], context: Context
) -> tuple[Match, Quantity | None]:
    """Return how what an article says compares with what posts give, and with which of it.

    A post in words that are not read here may say anything: it is held to say the same.
    """
    texts = tuple(posts)
    best = best_match(said, given_by(texts, context))
    if best[0] is Match.SAME:
        return best
    given = [quantities_of_post(text, context) for text in texts]
    read = [read_text(text, context) for text in texts]
    if any(_may_spell(said, text, found) for text, found in zip(read, given, strict=True)):
        return Match.SAME, None
    return best


def _may_spell(said: Quantity, text: ReadText, given: Sequence[Quantity]) -> bool:
    """Return whether a post that is not English may have a figure in words that are not read."""
    if text.is_english:
        return False
    # "Two" may be a couple or both; "fifteen" is said by its number.
    is_number = said.in_digits or said.value >= _BY_NUMBER or said.unit is not None
    if is_number and said.value < _SPELLED and spells_numbers(text.text):
        return False
    # 25,437 is written in digits in every language; "two" and "a thousand" may be words.
    has_digits = any(one.in_digits and not one.is_named for one in given)
    return not (said.in_digits and said.significant > 1 and has_digits)


def worked_out_of(said: Quantity, sources: Iterable[SourceRef], context: Context) -> str:
    """Return how a figure follows from the posts, by a sum, two days or a list; empty if it does not."""
    cited = [(source, read_text(source.text or "", context)) for source in sources]
    sum_ = worked_out(said, given_by(tuple(read.text for _, read in cited), context))
    if sum_:
        return sum_
    dates = [one for _, read in cited for one in read.days_of_post.dates]
    posted = [source.posted_at.astimezone(UTC).date() for source, _ in cited if source.posted_at]
    return day_span(said, dates, max(posted, default=None)) or next(
        filter(None, (_counted_or_timed(said, read.text) for _, read in cited)), ""
    )


def _counted_or_timed(said: Quantity, text: str) -> str:
    return listed(said, text) or named(said, text) or clock_span(said, text)


def worked_out_of_body(said: Quantity, body: str, given: Given, context: Context) -> str:
    """Return how a figure follows from the body of an article; empty where it does not."""
    return (
        worked_out(said, given)
        or day_span(said, read_text(body, context).days_of_post.dates, None)
        or listed(said, body)
    )
