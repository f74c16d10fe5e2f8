"""What is read of a figure, and whether a source has to carry it."""

from dataclasses import dataclass

from articles.vetting.figures.words import NO_COUNT_AFTER, NO_COUNT_OF, is_countable

# From here on a number in words is a figure wherever it stands.
_SMALL = 10


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a text.

    values are its possible readings, the likeliest first: 25.000 is 25 or 25,000. unit is "%",
    "points" of percentage, "ratio" of "one in five", a currency sign or "". side is 1 for "more than", -1 for "nearly" or "up to". significant counts
    the digits that are said. is_name is true of a year, a label ("article 9") or part of a name
    ("Kvern 2"), which are no figures but may still be what another text counts. before and after
    are the words around it, folded. partner is the other number of a score or a range.
    """

    start: int
    end: int
    text: str
    values: tuple[float, ...]
    unit: str
    side: int
    is_hedged: bool
    in_digits: bool
    is_scaled: bool
    significant: int
    is_name: bool
    before: str
    after: tuple[str, ...]
    partner: float | None = None


def of_consequence(figure: Figure) -> bool:
    """Return whether a figure says something that a source has to carry.

    Small numbers in words do where they count things or people, as in "three ships", but not
    in "the two sides" or "two reports".
    """
    if figure.is_name:
        return False
    if figure.values[0] in (0, 1) and not figure.unit and not figure.is_scaled:
        return False
    if figure.in_digits or figure.unit or figure.is_scaled or figure.values[0] >= _SMALL:
        return True
    if figure.before in NO_COUNT_AFTER or not figure.after:
        return False
    counted = [word for word in figure.after[:2] if is_countable(word)]
    return bool(counted) and counted[0] not in NO_COUNT_OF
