"""Figures are read, not matched: 25k, 25,000, 25.000 and twenty-five thousand are one value.

Read are counts, shares, sums and measures. Years, dates, times, ordinals, "one" and the numbers
inside names are none. Digits of every script are read; number words are English.
"""

from articles.vetting.figures.agreement import agree
from articles.vetting.figures.figure import Figure, of_consequence
from articles.vetting.figures.reading import read_figures

__all__ = ["Figure", "agree", "of_consequence", "read_figures"]
