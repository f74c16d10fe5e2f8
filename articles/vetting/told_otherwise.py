"""A sentence and a sentence of its post that cannot both be so."""

from typing import Protocol

from articles.vetting.finding import Finding, Level
from articles.vetting.piece import SourceRef
from articles.vetting.told import Saying, Told


class _Placed(Protocol):
    """What stands somewhere in a saying."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


def told_otherwise(
    code: str,
    each: Told,
    mine: _Placed,
    source: SourceRef,
    saying: Saying,
    theirs: _Placed,
    *,
    advice: str,
    around: _Placed | None = None,
) -> Finding:
    """Return the query that shows both words, and the sentence of the post.

    It points at the words around, if they are given: evidence stays what it is.
    """
    place = around or mine
    start, end = each.locate(place.start, place.end)
    here = each.saying.view.excerpt(mine.start, mine.end)
    there = saying.view.excerpt(theirs.start, theirs.end)
    return Finding(
        code=code,
        level=Level.QUERY,
        field=each.sentence.field,
        start=start,
        end=end,
        excerpt=each.sentence.text,
        message=f"{source.key} says “{there}” where the sentence says “{here}”. {advice}",
        evidence={
            "key": source.key,
            "here": here,
            "there": there,
            "sentence": each.sentence.text,
            "passage": saying.text,
        },
    )
