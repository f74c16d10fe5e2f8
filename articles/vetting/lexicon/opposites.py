"""English words that have an opposite, and where in a sentence the thing stands that they tell of.

A group holds words of opposed sides: what rose did not fall. Data, and no pattern.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum, auto

from articles.vetting.lexicon.lexicon import words
from articles.vetting.lexicon.movement import (
    CURBING,
    DOWNWARD,
    ENDED_HIGHER,
    ENDED_LOWER,
    FALLING,
    FALLING_BY,
    FALLS,
    IMPROVING,
    LOWERING,
    PACE_DOWN,
    PACE_UP,
    PUSHED_DOWN,
    PUSHED_UP,
    RAISING,
    RISES,
    RISING,
    RISING_BY,
    UPWARD,
    WORSENING,
)


class Frame(Enum):
    """Where the thing stands that a word tells of."""

    # Prices rose. What follows, if not a measure, makes it another word: "fell ill".
    MOVES = auto()
    # Raised prices; prices were raised.
    MOVED = auto()
    # Lost 4 points: only with a figure.
    MEASURED = auto()
    # A rise in prices.
    NOUN = auto()
    # Lindow won the cup: who did it counts as much as what was done.
    ACTED = auto()
    # Paid $2bn for Tolland.
    PAID = auto()
    # North of Calvera, the left knee.
    BESIDE = auto()
    # Resigned after the vote.
    AROUND = auto()
    # Exports: the word is the thing.
    WORD = auto()


@dataclass(frozen=True, slots=True)
class Entry:
    """What a word says. Sides that share a letter do not contradict each other: north, north-west."""

    group: str
    side: str
    frame: Frame


# (group, frame, side, words): each word in the forms that wires write.
_TABLE = (
    ("better", Frame.MOVES, "+", IMPROVING),
    ("better", Frame.MOVES, "-", WORSENING),
    ("move", Frame.MOVES, "+", RISING | PACE_UP | UPWARD | ENDED_HIGHER),
    ("move", Frame.MOVES, "-", FALLING | PACE_DOWN | DOWNWARD | ENDED_LOWER | words("""
        slow, contract, retreat, retreats, retreated, recede, recedes, receded, subside, subsides, subsided,
        collapse, collapses, collapsed
    """)),
    ("move", Frame.MOVED, "+", RAISING | PUSHED_UP | words("""
        lift, lifts, lifted, increase, increases, increased, increasing, widen, widens, widened, double,
        doubles, doubled, doubling, expand, expands, expanded, upgrade, upgrades, upgraded
    """)),
    ("move", Frame.MOVED, "-", LOWERING | CURBING | PUSHED_DOWN | words("""
        decrease, decreases, decreased, narrow, narrows, narrowed, halve, halves, halved, halving, shrank,
        downgrade, downgrades, downgraded
    """)),
    ("move", Frame.MEASURED, "+", words("plus, up, gain, gains, gained, gaining, add, adds, added") | RISING_BY),
    ("move", Frame.MEASURED, "-", words("minus, down, lose, loses, lost, losing, shed, sheds") | FALLING_BY),
    ("move", Frame.NOUN, "+", RISES),
    ("move", Frame.NOUN, "-", FALLS),
    ("contest", Frame.ACTED, "+", "win, wins, won, winning, clinch, clinched, clinches"),
    ("contest", Frame.ACTED, "-", "lose, loses, lost, losing, conceded, concedes"),
    ("contest", Frame.MEASURED, "+", "led, leads, lead, leading"),
    ("contest", Frame.MEASURED, "-", "trailed, trails, trail, trailing"),
    ("trade", Frame.ACTED, "+", """
        buy, buys, bought, buying, acquire, acquires, acquired, acquiring, purchase, purchases,
        purchased
    """),
    ("trade", Frame.PAID, "+", "pay, pays, paid, paying"),
    ("trade", Frame.ACTED, "-", "sell, sells, sold, selling"),
    ("verdict", Frame.MOVED, "+", """
        accept, accepts, accepted, accepting, approve, approves, approved, approving, endorse,
        endorses, endorsed, ratify, ratifies, ratified, adopt, adopts, adopted, back, backs, backed,
        pass, passes, passed, clear, clears, cleared, confirm, confirms, confirmed
    """),
    ("verdict", Frame.MOVED, "-", """
        reject, rejects, rejected, rejecting, refuse, refuses, refused, veto, vetoes, vetoed,
        turn down, turns down, turned down, vote down, votes down, voted down, throw out,
        throws out, threw out, oppose, opposes, opposed, block, blocks, blocked, blocking, strike down,
        strikes down, struck down, quash, quashes, quashed, overturn, overturns, overturned
    """),
    ("vote", Frame.MOVED, "+", """
        voted for, votes for, vote for, voted in favour of, votes in favour of, voted in favor of,
        votes in favor of, ruled for, ruled in favour of, ruled in favor of, rules in favour of
    """),
    ("vote", Frame.MOVED, "-", "voted against, votes against, vote against, ruled against, rules against"),
    ("leave", Frame.MOVED, "+", """
        allow, allows, allowed, allowing, permit, permits, permitted, legalise, legalises, legalised,
        legalize, legalizes, legalized, authorise, authorised, authorize, authorized, unblock,
        unblocks, unblocked
    """),
    ("leave", Frame.MOVED, "-", """
        ban, bans, banned, banning, bar, bars, barred, prohibit, prohibits, prohibited, forbid,
        forbids, forbade, outlaw, outlaws, outlawed, block, blocks, blocked
    """),
    ("measure", Frame.MOVED, "+", """
        impose, imposes, imposed, imposing, reimpose, reimposes, reimposed, introduce, introduces,
        introduced, tighten, tightens, tightened, extend, extends, extended, declare, declares,
        declared
    """),
    ("measure", Frame.MOVED, "-", """
        lift, lifts, lifted, lifting, scrap, scraps, scrapped, scrapping, repeal, repeals, repealed,
        abolish, abolishes, abolished, ease, eases, eased, relax, relaxes, relaxed, end, ends, ended
    """),
    ("gate", Frame.MOVED, "+", "open, opens, opened, reopen, reopens, reopened, reopening"),
    ("gate", Frame.MOVED, "-", "close, closes, closed, closing, shut, shuts, shutting"),
    ("course", Frame.MOVED, "+", """
        begin, begins, began, begun, start, starts, started, launch, launches, launched, resume,
        resumes, resumed
    """),
    ("course", Frame.MOVED, "-", """
        end, ends, ended, finish, finishes, finished, halt, halts, halted, suspend, suspends,
        suspended, call off, calls off, called off, cancel, cancels, cancelled, canceled
    """),
    ("post", Frame.MOVED, "+", "appoint, appoints, appointed, hire, hires, hired, reinstate, reinstated"),
    ("post", Frame.MOVED, "-", "dismiss, dismisses, dismissed, sack, sacks, sacked, oust, ousts, ousted"),
    ("court", Frame.MOVED, "+", """
        convict, convicts, convicted, convicting, found guilty, finds guilty
    """),
    ("court", Frame.MOVED, "-", """
        acquit, acquits, acquitted, acquitting, exonerate, exonerates, exonerated, clear, clears,
        cleared
    """),
    ("custody", Frame.MOVED, "+", """
        arrest, arrests, arrested, detain, detains, detained, jail, jails, jailed, imprison,
        imprisoned, capture, captures, captured
    """),
    ("custody", Frame.MOVED, "-", "free, frees, freed, release, releases, released"),
    ("word", Frame.MOVED, "+", "confirm, confirms, confirmed, admit, admits, admitted"),
    ("word", Frame.MOVED, "-", "deny, denies, denied, denying"),
    ("side", Frame.BESIDE, "l", "left"),
    ("side", Frame.BESIDE, "r", "right"),
    ("order", Frame.AROUND, "b", "before"),
    ("order", Frame.AROUND, "a", "after"),
    ("trade abroad", Frame.WORD, "x", "exports"),
    ("trade abroad", Frame.WORD, "m", "imports"),
)  # fmt: skip

_COMPASS = {
    "north": "n", "south": "s", "east": "e", "west": "w", "north east": "ne", "northeast": "ne",
    "north west": "nw", "northwest": "nw", "south east": "se", "southeast": "se", "south west": "sw",
    "southwest": "sw", "nw": "nw", "sw": "sw",
}  # fmt: skip

# What is closed now was open before: only at one time these contradict each other.
PASSING = frozenset({"measure", "gate", "course", "post", "custody"})
# Cities fall, people rise to power: there it is no direction.
NO_DIRECTION_TO = words(
    "power, fame, prominence, office, challenge, occasion, feet, throne, death, knees, ground,"
    " stardom, presidency, rank"
)
NO_DIRECTION_OF = words(
    "sun, moon, night, darkness, smoke, silence, rain, snow, curtain, dust, star"
)


def _entries() -> Iterator[tuple[str, Entry]]:
    for group, frame, side, listed in _TABLE:
        for word in sorted(words(listed)):
            yield word, Entry(group, side, frame)
    for word, side in _COMPASS.items():
        yield word, Entry("compass", side, Frame.BESIDE)
        if word.endswith(("th", "st")):
            yield f"{word}ern", Entry("compass", side, Frame.BESIDE)


def _by_first_word() -> Mapping[str, tuple[tuple[tuple[str, ...], Entry], ...]]:
    """Return the entries by their first word, those of more words first."""
    found: dict[str, list[tuple[tuple[str, ...], Entry]]] = {}
    for phrase, entry in _entries():
        parts = tuple(phrase.split())
        found.setdefault(parts[0], []).append((parts, entry))
    return {word: tuple(sorted(each, key=_length)) for word, each in found.items()}


def _length(entry: tuple[tuple[str, ...], Entry]) -> int:
    return -len(entry[0])


OPPOSITES = _by_first_word()
# The groups and sides that a sentence with a word may tell of, to see quickly that it does not.
SIDES = {
    word: frozenset((entry.group, entry.side) for _, entry in each)
    for word, each in OPPOSITES.items()
}
