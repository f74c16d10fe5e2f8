"""Which post carries what some sentences say: every quotation, figure and date of them."""

from collections.abc import Iterator

from articles.vetting import quotes
from articles.vetting.content import content
from articles.vetting.counted import counted
from articles.vetting.dated import carries_date, dated
from articles.vetting.facts.matching import Match
from articles.vetting.marking import keys_over
from articles.vetting.piece import SourceRef
from articles.vetting.quantified import compare
from articles.vetting.scopes import Paragraph, paragraphs
from articles.vetting.spot import Spot


def best_carriers(here: Spot, start: int, end: int) -> list[SourceRef]:
    """Return the source that carries all that these sentences say, where one does best."""
    cited = keys_over(here, start, end)
    fitting = [
        source
        for source in here.piece.sources
        if source.text is not None
        and source.key not in cited
        and _carries(here, source, start, end)
    ]
    about = content(here.finding.excerpt)
    shared = [len(about & content(source.text or "")) for source in fitting]
    best = [s for s, n in zip(fitting, shared, strict=True) if n == max(shared) and n]
    return best if len(best) == 1 else []


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
        match, _ = compare(one.quantity, [text], here.context)
        yield one.paragraph, one.start, one.end, match is Match.SAME
    for day in dated(here.piece, here.context):
        yield (
            day.paragraph,
            day.stated.start,
            day.stated.end,
            carries_date(source, day, here.context),
        )
    for paragraph in paragraphs(here.piece, here.context):
        for quote in quotes.read_quotes(paragraph.text):
            yield paragraph, quote.start, quote.end, bool(quotes.passages(quote, text))
