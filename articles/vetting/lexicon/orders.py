"""English words of what came first: before and after, spans of time, causes and what follows them.

Data only.
"""

from collections.abc import Mapping

from articles.vetting.lexicon.lexicon import words

AFTER, BEFORE = "after", "before"
# "11 minutes after": what these put behind another moment.
ORDERS: Mapping[str, str] = {"after": AFTER, "before": BEFORE, "ago": AFTER}
_SPANS = {
    "second": "second, seconds, sec, secs",
    "minute": "minute, minutes, min, mins",
    "hour": "hour, hours, hr, hrs, h",
    "day": "day, days, d",
    "week": "week, weeks, wk, wks",
    "month": "month, months",
    "year": "year, years, yr, yrs",
    "decade": "decade, decades",
}
# Each span of time by the words for it.
SPANS = {word: span for span, listed in _SPANS.items() for word in words(listed)}
# The same span in other words.
SAME_SPANS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("12", "month"): ("1", "year"),
    ("10", "year"): ("1", "decade"),
    ("24", "hour"): ("1", "day"),
    ("7", "day"): ("1", "week"),
}
# A post with one of these may put what it tells before something.
MAY_BE_BEFORE = words(
    "before, earlier, prior, previously, ahead, ago, until, till, then, later, followed, preceded, subsequently"
)
# These are limits: "within 71 days" is before they are over, "more than a year" after.
MAY_END_BEFORE = MAY_BE_BEFORE | words("within, inside, under, less")
MAY_END_AFTER = words(
    "after, following, later, since, past, behind, followed, then, when, as, over, more, post, ago, late, next"
)
# What follows from what stands in CAUSES: "four were killed after an avalanche".
CONSEQUENCES = words(
    "killed, dead, died, injured, hurt, wounded, missing, destroyed, homeless, outage, blackout, derailed,"
    " trapped, stranded, hospitalised, hospitalized, drowned, restored, reconnected, rescued, rebuilt"
)
CONSEQUENCE_PAIRS = words(
    "power cut, power cuts, ten men, 10 men, nine men, 9 men, on fire, without power, without electricity, set alight"
)
CAUSES = words(
    "avalanche, avalanches, earthquake, quake, tremor, blast, explosion, explosions, crash, collision, attack,"
    " attacks, landslide, mudslide, shooting, stampede, swept, exploded, crashed, collided, capsized, sank,"
    " collapsed, overturned, derailed, tripped, tsunami, ambush, airstrike, bombing, blackout, outage, outages,"
    " dismissal, card"
)
# "Hours before the blast" tells a moment, and "shortly before".
MOMENTS = words(
    "hours, minutes, seconds, days, weeks, months, years, hour, minute, day, night, week, month, year, moments,"
    " shortly, just, long, soon, immediately, evening, morning, afternoon, and, or"
)
