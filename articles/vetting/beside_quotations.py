"""The words that lead into a quotation, in the sentence and in the passage that it is from.

"To rise “towards but not yet to” the target" is held against "before falling “towards but …”".
"""

from collections.abc import Iterator, Sequence

from articles.vetting.facts.words import Word
from articles.vetting.normal import normal
from articles.vetting.piece import SourceRef
from articles.vetting.told import Saying, Told

_FEWEST_WORDS = 3


def led_into(
    each: Told,
) -> Iterator[tuple[SourceRef, Saying, Sequence[Word], Sequence[Word]]]:
    """Yield the words before each quotation that a passage has too, and those before it there.

    A quotation of fewer than three words, or one that two passages have, says too little.
    """
    if not each.saying.quoted:
        return
    for start, mine in _quotations(each.saying):
        found = [
            (source, saying, place)
            for source, sayings in each.posts
            for saying in sayings
            for place, theirs in _quotations(saying)
            if theirs == mine
        ]
        if len(found) == 1:
            source, saying, place = found[0]
            yield source, saying, _before(each.saying, start), _before(saying, place)


def _quotations(saying: Saying) -> Iterator[tuple[int, str]]:
    """Yield where each quotation of three words or more begins, and its words."""
    for start, end in saying.quoted:
        words = normal(saying.view.text[start:end]).strip(" ,.;:!?")
        if len(words.split()) >= _FEWEST_WORDS:
            yield start, words


def _before(saying: Saying, start: int) -> Sequence[Word]:
    """Return the words up to a quotation, none of another one."""
    return [word for word in saying.words if word.end <= start and not saying.is_quoted(word.start)]
