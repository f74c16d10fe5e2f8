"""Which post carries what some sentences say: every quotation, figure and date of them."""

from collections.abc import Iterator

from articles.vetting import quotes
from articles.vetting.content import content
from articles.vetting.counted import counted
from articles.vetting.dated import carries_date, dated
from articles.vetting.facts.matching import Match
from articles.vetting.facts.quantity import Quantity
from articles.vetting.marking import keys_over
from articles.vetting.piece import SourceRef
from articles.vetting.quantified import compare
from articles.vetting.scopes import Paragraph, paragraphs
from articles.vetting.spot import Spot
from articles.vetting.texts_read import read_text

# Words of meaning that a post shares with a sentence that it carries, within a sentence of its own.
FEWEST_SHARED = 3


def best_carriers(here: Spot, start: int, end: int) -> list[SourceRef]:
    """Return the source that carries all that these sentences say, where one alone does so best.

    A number or a name stands in many posts: its sentence has to be like that of the text too, and
    more so than any sentence of a post that is cited already.
    """
    cited = keys_over(here, start, end)
    about = content(here.finding.excerpt)
    likeness = {source.key: kinship(here, about, source) for source in here.piece.sources}
    least = max((likeness[key] for key in cited if key in likeness), default=0)
    fitting = [
        source
        for source in here.piece.sources
        if source.key not in cited
        and likeness[source.key] >= max(FEWEST_SHARED, least + 1)
        and source.text is not None
        and _carries(here, source, start, end)
    ]
    most = max((likeness[source.key] for source in fitting), default=0)
    best = [source for source in fitting if likeness[source.key] == most]
    return best if len(best) == 1 else []


def supports(here: Spot, source: SourceRef, start: int, end: int, about: frozenset[str]) -> bool:
    """Return whether a post lacks nothing that is said in a span, and has a sentence like these words."""
    return kinship(here, about, source) >= FEWEST_SHARED and all(_weighed(here, source, start, end))


def kinship(here: Spot, about: frozenset[str], source: SourceRef) -> int:
    """Return how many of these words the sentence of a post has that has most of them."""
    said = read_text(source.text or "", here.context).sentences
    return max(
        (len(about & read_text(sentence, here.context).content) for sentence in said), default=0
    )


def _carries(here: Spot, source: SourceRef, start: int, end: int) -> bool:
    """Return whether a post has every quotation, figure and date in a span, and some there is."""
    held = list(_weighed(here, source, start, end))
    return bool(held) and all(held)


def _weighed(here: Spot, source: SourceRef, start: int, end: int) -> Iterator[bool]:
    """Yield for each thing said in a span whether the post has it."""
    for paragraph, low, high, has in _said(here, source):
        place = paragraph.locate(low, high)
        if place and place[0] < end and start < place[1]:
            yield has


def _said(here: Spot, source: SourceRef) -> Iterator[tuple[Paragraph, int, int, bool]]:
    text = source.text or ""
    for one in counted(here.piece, here.context):
        match, given = compare(one.quantity, [text], here.context)
        is_there = match is Match.SAME and not _is_converted(one.quantity, given)
        yield one.paragraph, one.start, one.end, is_there
    for day in dated(here.piece, here.context):
        yield (
            day.paragraph,
            day.stated.start,
            day.stated.end,
            carries_date(source, day, here.context),
        )
    for paragraph in paragraphs(here.piece, here.context):
        for quote in read_text(paragraph.text, here.context).quotes:
            is_there = bool(quotes.passages(quote, read_text(text, here.context).normal))
            yield paragraph, quote.start, quote.end, is_there


def _is_converted(said: Quantity, given: Quantity | None) -> bool:
    """Return whether a post has a measure in another unit: 280 square kilometres of 70,000 acres.

    It bears the figure out, but who converted it was the desk: a mark would give it to the post.
    """
    if given is None or said.unit is None or given.unit is None:
        return False
    return said.unit != given.unit and said.dimension == given.dimension
