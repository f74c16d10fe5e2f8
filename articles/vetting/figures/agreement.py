"""Whether what an article says of a figure is what a post gives."""

from articles.vetting.figures.figure import Figure
from articles.vetting.figures.words import is_countable


def agree(said: Figure, given: Figure) -> bool:
    """Tell whether what an article says of a figure is what a post gives."""
    if said.unit != given.unit and not _is_open(given if said.unit else said):
        return False
    if said.partner and given.partner and said.partner != given.partner:
        return False
    if said.side * given.side < 0 and not _only_approaches(said, given):
        return False
    return any(_near(said, mine, given, theirs) for mine in said.values for theirs in given.values)


def _is_open(figure: Figure) -> bool:
    """Tell whether a figure may have a unit that is said elsewhere, as in "from 0.1 to 4%"."""
    if figure.unit or not figure.after:
        return not figure.unit
    return figure.after[0] in ("point", "points") or not is_countable(figure.after[0])


def _only_approaches(said: Figure, given: Figure) -> bool:
    return said.values[0] != given.values[0]


def _near(said: Figure, mine: float, given: Figure, theirs: float) -> bool:
    if mine == theirs or abs(mine - theirs) <= 1e-9 * max(abs(mine), abs(theirs)):
        return True
    # Rounding says fewer digits, never others.
    if not theirs or said.significant > given.significant:
        return False
    off = (mine - theirs) / theirs
    if said.side > 0:
        # "More than 1,000" is said of 1,075: cut down to the digits that are said.
        return -0.13 <= off < 0
    if said.side < 0:
        return 0 < off <= 0.05
    if said.is_hedged:
        return abs(off) <= 0.05
    # "1.2bn" is said flatly of 1,230,000,000, but "9 million" not of 8.6 million.
    rounds = (
        abs(off) <= 0.025
        and (said.is_scaled or said.unit in ("%", "points"))
        and said.significant < given.significant
    )
    return rounds and _rounded(theirs, said.significant) == _rounded(mine, said.significant)


def _rounded(value: float, digits: int) -> float:
    return float(f"{value:.{max(digits, 1) - 1}e}")
