"""The kinds of error that newsrooms publish corrections for, whichever check should see them.

The mutators of `faults` say which check has to find what they did. These do not: an error is
noticed where any finding points at it. Words, units and names come from tables of the world.
"""

from dataclasses import dataclass

from benchmarks.seeded.fault import Mutator
from benchmarks.seeded.kinds import dates, figures, names, senses

_FIGURE, _DRIFT = "figure-not-found", "headline-drift"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of error. looked_for_by are the codes that promise to see it, () if none does.

    A code that is no check's yet promises nothing; the day it is one, the kind becomes a goal.
    """

    name: str
    mutator: Mutator
    looked_for_by: tuple[str, ...] = ()


KINDS: tuple[Kind, ...] = (
    Kind("a count", figures.other_count, (_FIGURE,)),
    Kind("a count from 1000 to 2100", figures.other_count_like_a_year, (_FIGURE,)),
    Kind("a count after an opening in capitals", figures.other_count_after_a_capital, (_FIGURE,)),
    Kind("a count put in words", figures.other_count_in_words, (_FIGURE,)),
    Kind("a number word", figures.other_word, (_FIGURE,)),
    Kind("a number that is part of a name", figures.other_number_after_a_name, (_FIGURE,)),
    Kind("a figure of the headline", figures.other_headline_figure, (_FIGURE, _DRIFT)),
    Kind("a measure", figures.other_measure, (_FIGURE,)),
    Kind("a share in per cent", figures.other_share, (_FIGURE,)),
    Kind("an age", figures.other_age, (_FIGURE,)),
    Kind("a score", figures.other_score, (_FIGURE,)),
    Kind("a time or split", figures.other_split, (_FIGURE,)),
    Kind("a unit", figures.other_unit, (_FIGURE,)),
    Kind("per cent and points", figures.percent_for_points, (_FIGURE,)),
    Kind("million and billion", figures.million_for_billion, (_FIGURE,)),
    Kind("a currency", figures.other_currency, (_FIGURE,)),
    Kind("a day of a date", dates.other_day_of_a_date, (_FIGURE,)),
    Kind("a month of a date", dates.other_month_of_a_date, (_FIGURE,)),
    Kind("two figures exchanged", figures.exchange_two, (_FIGURE,)),
    Kind("more than and less than", figures.other_bound),
    Kind("a year", dates.other_year, ("date-differs",)),
    Kind("a bare month", dates.other_bare_month, ("date-differs",)),
    Kind("a bare weekday", dates.other_bare_weekday, ("date-differs",)),
    Kind("one letter of a name", names.one_letter, ("name-not-found",)),
    Kind("two letters of a name", names.two_letters, ("name-not-found",)),
    Kind("a surname", names.other_surname, ("name-not-found",)),
    Kind("a first name", names.other_first_name, ("name-not-found",)),
    Kind("a title", names.other_title, ("name-not-found",)),
    Kind("an office", names.other_office, ("role-differs",)),
    Kind("a place", names.other_place, ("place-differs",)),
    Kind("a point of the compass", names.other_compass_point, ("opposite-told",)),
    Kind("a direction", senses.turned_direction, ("opposite-told",)),
    Kind("an outcome", senses.turned_outcome, ("opposite-told",)),
    Kind("killed and injured", senses.killed_for_injured),
    Kind("a not gained", senses.gained_not, ("negation-differs",)),
    Kind("a not lost", senses.lost_not, ("negation-differs",)),
    Kind("a speaker", senses.other_speaker, ("speaker-differs",)),
)
