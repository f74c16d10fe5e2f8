"""English words of opposed sides, whatever they tell of: what a figure did, what became of people.

Unlike those of `opposites`, which are read with the thing that they tell of, these are compared
only where a clause and a post have the same figure, or much else, in common. Data, and no pattern.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto

from articles.vetting.lexicon.lexicon import words
from articles.vetting.lexicon.movement import (
    CHEAPER,
    DEARER,
    DOWNWARD,
    FALLING,
    FALLING_BY,
    FEWER,
    IMPROVING,
    LARGER,
    LOWERING,
    MORE,
    PACE_DOWN,
    PACE_UP,
    PUSHED_DOWN,
    PUSHED_UP,
    RAISING,
    RISING,
    RISING_BY,
    SMALLER,
    UPWARD,
    WORSENING,
)


class Needs(Enum):
    """What a word needs beside it to be of its side."""

    NOTHING = auto()
    # "Up 4%", "lost 12 points": a number follows.
    NUMBER_AFTER = auto()
    # "Recovered to 71%": a number follows, after "to" as well.
    AMOUNT_AFTER = auto()
    # "Four points more", "5 per cent fewer": a number goes before.
    NUMBER_BEFORE = auto()
    # "Fewer births, 612,000": what there is more or less of, and then how many.
    COMPARED = auto()
    # "E plain", "140 km NW": in capitals.
    CAPITALS = auto()
    # "Opened 2% lower", "ended down 8": of a day's trade.
    CHANGE = auto()


@dataclass(frozen=True, slots=True)
class Sided:
    """The group of a word and its sides; two that share no letter contradict each other."""

    group: str
    sides: str
    needs: Needs = Needs.NOTHING


LEVEL, MOST, FATE, COMPASS, ORDER = "level", "most", "fate", "compass", "order"
COURT, SESSION, CHANGE = "court", "session", "change"
RISE = "+"
# What is compared by the figure that it goes with, whatever else two sentences share.
FIGURED = frozenset({LEVEL, SESSION, CHANGE, "better", "pace", "length", "years"})
# The side that comes first, of what passes.
EARLIER: Mapping[str, str] = {"gate": "-", "custody": "+"}

_TABLE = (
    (LEVEL, "+", Needs.NOTHING, RISING | PACE_UP | RAISING | UPWARD | PUSHED_UP | words("""
        higher, lifts, lifted, premium, plus, gain, gains, gained, gaining
    """)),
    (LEVEL, "-", Needs.NOTHING, FALLING | PACE_DOWN | LOWERING | DOWNWARD | PUSHED_DOWN | words("""
        reduction, reductions, discount, minus, sheds, shedding
    """)),
    (LEVEL, "+", Needs.AMOUNT_AFTER, RISING_BY | DEARER),
    (LEVEL, "-", Needs.AMOUNT_AFTER, FALLING_BY | CHEAPER),
    (LEVEL, "+", Needs.NUMBER_BEFORE, LARGER),
    (LEVEL, "-", Needs.NUMBER_BEFORE, SMALLER),
    (LEVEL, "+", Needs.COMPARED, MORE),
    (LEVEL, "-", Needs.COMPARED, FEWER),
    ("better", "+", Needs.NOTHING, IMPROVING),
    ("better", "-", Needs.NOTHING, WORSENING),
    (LEVEL, "+", Needs.NUMBER_AFTER, """
        up, add, adds, added, adding, above, win, wins, won, winning, survive, survives, survived, profit
    """),
    (LEVEL, "-", Needs.NUMBER_AFTER, "down, lose, loses, lost, losing, shed, below, loss, losses"),
    (LEVEL, "+", Needs.NUMBER_BEFORE, "up, more, above, over"),
    (LEVEL, "-", Needs.NUMBER_BEFORE, "down, less, fewer, below, under, lost"),
    (LEVEL, "+", Needs.NOTHING, "above zero"),
    (LEVEL, "-", Needs.NOTHING, "below zero, sub zero"),
    (MOST, "+", Needs.NOTHING, "highest, largest, biggest, longest, greatest, tallest, heaviest, widest, top, the most"),
    (MOST, "-", Needs.NOTHING, "lowest, smallest, shortest, the least, fewest, lightest, narrowest"),
    (MOST, "+", Needs.NOTHING, "record high, record highs, all time high"),
    (MOST, "-", Needs.NOTHING, "record low, record lows, all time low"),
    (MOST, "+", Needs.NUMBER_BEFORE, "high, highs"),
    (MOST, "-", Needs.NUMBER_BEFORE, "low, lows"),
    (ORDER, "+", Needs.NOTHING, "after, aft ., aft, following, preceded by"),
    (ORDER, "-", Needs.NOTHING, "before, bef ., bef, ahead of, until, then, followed by, prior to"),
    ("pace", "+", Needs.NUMBER_BEFORE, "faster, quicker"),
    ("pace", "-", Needs.NUMBER_BEFORE, "slower"),
    ("length", "+", Needs.NUMBER_BEFORE, "longer"),
    ("length", "-", Needs.NUMBER_BEFORE, "shorter"),
    ("years", "+", Needs.NUMBER_BEFORE, "older"),
    ("years", "-", Needs.NUMBER_BEFORE, "younger"),
    ("speed", "+", Needs.NOTHING, "fastest, quickest"),
    ("speed", "-", Needs.NOTHING, "slowest"),
    ("age", "+", Needs.NOTHING, "oldest"),
    ("age", "-", Needs.NOTHING, "youngest"),
    ("worth", "+", Needs.NOTHING, "best"),
    ("worth", "-", Needs.NOTHING, "worst"),
    (SESSION, "o", Needs.CHANGE, "open, opens, opened, opening, began, started"),
    (SESSION, "c", Needs.CHANGE, """
        close, closes, closed, closing, end, ends, ended, finish, finishes, finished, settle, settles, settled
    """),
    ("gate", "+", Needs.NOTHING, "open, opens, opened, reopen, reopens, reopened, reopening"),
    ("gate", "-", Needs.NOTHING, "closed, closes, close, shut, shuts, sealed, closing"),
    ("verdict", "+", Needs.NOTHING, """
        accept, accepts, accepted, approve, approves, approved, endorse, endorsed, ratify, ratifies, ratified,
        backs, backed, agreed
    """),
    ("verdict", "-", Needs.NOTHING, """
        reject, rejects, rejected, rejecting, veto, vetoes, vetoed, turned down, turns down, voted down,
        throws out, threw out, rebuffed, spurned
    """),
    ("custody", "+", Needs.NOTHING, """
        arrest, arrests, arrested, detain, detains, detained, jailed, imprisoned, captured, seized, held, booked, remanded
    """),
    ("custody", "-", Needs.NOTHING, "free, freed, frees, release, releases, released, let go"),
    ("leave", "+", Needs.NOTHING, "allow, allows, allowed, permits, permitted, legalised, legalized"),
    ("leave", "-", Needs.NOTHING, "ban, bans, banned, barred, prohibits, prohibited, forbids, forbade, outlawed"),
    (COURT, "+", Needs.NOTHING, "convict, convicts, convicted, found guilty, pleaded guilty, pleads guilty"),
    (COURT, "-", Needs.NOTHING, """
        acquit, acquits, acquitted, exonerated, found not guilty, not guilty, pleaded not guilty
    """),
    (FATE, "d", Needs.NOTHING, """
        dead, death, deaths, died, dies, die, dying, killed, kills, kill, killing, fatal, fatally, drowned,
        murdered, murder, body, bodies, perished, toll, fatalities, manslaughter
    """),
    (FATE, "h", Needs.NOTHING, """
        injured, injures, injuries, injury, injuring, wounded, wounds, wounding, hurt, hurts, hospital,
        hospitalised, hospitalized, hosp, treated
    """),
    (FATE, "m", Needs.NOTHING, "missing, unaccounted, disappeared, vanished"),
    (FATE, "s", Needs.NOTHING, "survived, survives, survivor, survivors, survive, rescued, unhurt, alive, safe"),
    (FATE, "dhms", Needs.NOTHING, "casualties, casualty, victims, victim, lost, obituary, aged, leaves"),
    (COMPASS, "n", Needs.NOTHING, "north, northern, northward"),
    (COMPASS, "s", Needs.NOTHING, "south, southern, southward"),
    (COMPASS, "e", Needs.NOTHING, "east, eastern, eastward"),
    (COMPASS, "w", Needs.NOTHING, "west, western, westward"),
    (COMPASS, "ne", Needs.NOTHING, "north east, northeast, north eastern, northeastern"),
    (COMPASS, "nw", Needs.NOTHING, "north west, northwest, north western, northwestern"),
    (COMPASS, "se", Needs.NOTHING, "south east, southeast, south eastern, southeastern"),
    (COMPASS, "sw", Needs.NOTHING, "south west, southwest, south western, southwestern"),
    *((COMPASS, side, Needs.CAPITALS, side) for side in ("n", "s", "e", "w", "ne", "nw", "se", "sw")),
)  # fmt: skip


def _by_first_word() -> Mapping[str, tuple[tuple[tuple[str, ...], Sided], ...]]:
    """Return what may begin with a word, the phrases of more words first."""
    found: dict[str, list[tuple[tuple[str, ...], Sided]]] = {}
    for group, side, needs, listed in _TABLE:
        for phrase in sorted(words(listed)):
            parts = tuple(phrase.split())
            found.setdefault(parts[0], []).append((parts, Sided(group, side, needs)))
    return {word: tuple(sorted(each, key=lambda one: -len(one[0]))) for word, each in found.items()}


SIDED = _by_first_word()
# The words of a day's trade.
OF_SESSIONS = frozenset(
    phrase for group, _, _, listed in _TABLE if group == SESSION for phrase in words(listed)
)
# "CPI 2.8% y/y": what it grew by in a year, a quarter or a month, where no sign says otherwise.
OF_GROWTH = frozenset({("y", "y"), ("q", "q"), ("m", "m"), ("yoy",), ("qoq",), ("mom",)})
GROWTH_KEYS = frozenset(key for keys in OF_GROWTH for key in keys)
# What a market did in a day's trade.
CHANGES = words("up, down, higher, lower, plus, minus, flat, unchanged")
