"""How many times in a row something rose or fell: "for a third day", "the third straight fall"."""

from collections.abc import Iterator, Sequence

from articles.vetting.facts.words import Word
from articles.vetting.lexicon.english import LEXICON
from articles.vetting.lexicon.movement import REPEATED, REPEATING, RUNNING

_ENDINGS = frozenset({"st", "nd", "rd", "th"})
# Words before and after the one that tells of the movement.
_BEFORE, _AFTER = 5, 7


def read_runs(said: Sequence[Word], first: int, after: int) -> Iterator[str]:
    """Yield "run 3" for a phrase from first to after that is one of three in a row.

    Every third of something is read, but no "third quarter".
    """
    last = min(after + _AFTER, len(said) - 1)
    for n in range(max(0, first - _BEFORE), last):
        key = said[n].key
        if key in LEXICON.ordinals:
            value = str(LEXICON.ordinals[key])
        elif key in _ENDINGS and n and said[n - 1].is_number:
            value = said[n - 1].key
        elif said[n].is_number and said[n + 1].key in RUNNING:
            # "Three straight weeks".
            yield f"run {key}"
            continue
        else:
            continue
        if (n < first and _are_repeated(said[n + 1 : first])) or (
            n >= after and _is_of_a_run(said, n)
        ):
            yield f"run {value}"


def _are_repeated(between: Sequence[Word]) -> bool:
    """Return whether only "straight" and "daily" stand before the noun: "third daily fall"."""
    return len(between) <= 2 and all(word.key in REPEATED for word in between)


def _is_of_a_run(said: Sequence[Word], at: int) -> bool:
    """Return whether an ordinal opens "third straight session", or closes "for a third day"."""
    if said[at + 1].key in RUNNING:
        return True
    opens = [word.key for word in said[max(0, at - 3) : at]]
    return "for" in opens and said[at + 1].key in REPEATED | REPEATING
