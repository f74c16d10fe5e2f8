"""Whether what an article says of a figure is what a post gives."""

from articles.vetting.figures.figure import Figure
from articles.vetting.figures.words import DIMENSIONS, is_countable


def agree(said: Figure, given: Figure) -> bool:
    """Return whether what an article says of a figure is what a post gives."""
    if "ratio" in (said.unit, given.unit):
        return _same_share(said, given)
    mine, theirs = _measure(said), _measure(given)
    if mine and theirs and mine[0] == theirs[0] and mine[1] != theirs[1]:
        return _converts(said.values[0] * mine[1], given.values[0] * theirs[1])
    if said.unit != given.unit and not _is_open(given if said.unit else said):
        return False
    if said.partner and given.partner and said.partner != given.partner:
        return False
    if said.side * given.side < 0 and not _only_approaches(said, given):
        return False
    return any(_near(said, mine, given, theirs) for mine in said.values for theirs in given.values)


def _same_share(said: Figure, given: Figure) -> bool:
    """Return whether "one in five" meets itself, or about 20 per cent."""
    if "%" not in (said.unit, given.unit):
        return said.values[0] == given.values[0]
    return _converts(_in_percent(said), _in_percent(given))


def _in_percent(figure: Figure) -> float:
    return 100 / figure.values[0] if figure.unit == "ratio" else figure.values[0]


def _measure(figure: Figure) -> tuple[str, float] | None:
    return DIMENSIONS.get(figure.after[0]) if figure.after else None


def _converts(mine: float, theirs: float) -> bool:
    """Return whether a measure in other units is the same, rounded."""
    return abs(mine - theirs) <= 0.055 * abs(theirs)


def _is_open(figure: Figure) -> bool:
    """Return whether a figure may have a unit that is said elsewhere, as in "from 0.1 to 4%"."""
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
