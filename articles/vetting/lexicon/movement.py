"""English words of movement: what a figure did, in every form that news writes. Data only.

`opposites` reads them with the thing that moved, `sides` with the figure beside them, `turns` with
the words beside them: what one of the three knows as a rise the others know as well.
"""

from itertools import product

from articles.vetting.lexicon.lexicon import words

_VOWELS = "aeiou"
# "Drop" makes "dropped", but "slow" makes "slowed".
_NEVER_DOUBLED = "wxy"


def _forms(listed: str) -> frozenset[str]:
    """Return regular verbs in all their forms: climb, climbs, climbed, climbing."""
    return frozenset(form for verb in words(listed) for form in _forms_of(verb))


def _forms_of(verb: str) -> tuple[str, ...]:
    first, *rest = verb.split(" ")
    return tuple(" ".join([form, *rest]) for form in _inflected(first))


def _inflected(verb: str) -> tuple[str, str, str, str]:
    if verb.endswith("e"):
        return verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing"
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"
    if verb.endswith(("sh", "ch")):
        return verb, f"{verb}es", f"{verb}ed", f"{verb}ing"
    stem = f"{verb}{verb[-1]}" if _is_doubled(verb) else verb
    return verb, f"{verb}s", f"{stem}ed", f"{stem}ing"


def _is_doubled(verb: str) -> bool:
    """Return whether a verb of one syllable ends in one vowel and a consonant: not "open", "soar"."""
    is_consonant = verb[-1] not in _VOWELS and verb[-1] not in _NEVER_DOUBLED
    return is_consonant and verb[-2] in _VOWELS and sum(each in _VOWELS for each in verb) == 1


def _going(verbs: frozenset[str], ways: str) -> frozenset[str]:
    """Return "edged up" and "edged higher" for "edged" and the ways."""
    return frozenset(f"{verb} {way}" for verb, way in product(verbs, words(ways)))


_INCHING = _forms("edge, tick, inch, nudge, drift, trend, move") | words(
    "creep, creeps, crept, creeping, go, goes, went, gone, going"
)
_COMING = words("come, comes, came, coming")
_SHOOTING = words("shoot, shoots, shot, shooting")
_REVISING = _forms("revise, mark, push") | words("drive, drives, drove, driven, driving")
_TRADING = _forms("close, end, open, finish, settle, trade, edge, move, tick, inch, drift")

UPWARD = _going(_INCHING, "up, upwards, upward") | _going(_SHOOTING, "up")
DOWNWARD = _going(_INCHING | _COMING, "down, downwards, downward")
PUSHED_UP = _going(_REVISING, "up, upwards, upward, higher")
PUSHED_DOWN = _going(_REVISING, "down, downwards, downward, lower") | words(
    "bring down, brings down, brought down, bringing down"
)
ENDED_HIGHER, ENDED_LOWER = _going(_TRADING, "higher"), _going(_TRADING, "lower")

# How fast it moves: prices rise by 2.8%, while inflation slows to that.
PACE_UP = _forms("accelerate, quicken")
PACE_DOWN = _forms("ease, decelerate") | words("slows, slowed, slowing")
# Prices do it by themselves.
RISING = _forms(
    "climb, jump, surge, soar, rally, rebound, strengthen, increase, widen, double, triple, quadruple,"
    " swell, expand, escalate, skyrocket, multiply"
) | words(
    "rise, rises, rose, risen, rising, grow, grows, grew, grown, growing, leap, leaps, leapt, leaped,"
    " swollen, ballooned, ballooning, rocketed, rocketing, mushroomed, spiked, spiking"
)
FALLING = _forms(
    "drop, decline, slip, plunge, tumble, slump, dip, weaken, decrease, narrow, halve, dwindle, plummet,"
    " diminish, nosedive"
) | words(
    "fall, falls, fell, fallen, falling, slide, slides, slid, sliding, sink, sinks, sank, sunk, sinking,"
    " shrink, shrinks, shrank, shrunk, shrinking, contracts, contracted, contracting, cratered"
)
# Somebody does it to them.
RAISING = _forms("raise, hike, boost")
LOWERING = _forms("lower, reduce, slash, trim") | words("cut, cuts, cutting")
CURBING = _forms("curb, pare, prune, scale back, dial back, pare back") | words("dialled back")
COOLING = _forms("cool, moderate")
# Growth of 1.1% may be down from 1.4%.
PACE = PACE_UP | PACE_DOWN | COOLING | words("growth, expansion, contraction")
# Only beside an amount: bodies are recovered, troops advance, jobs are created.
RISING_BY = _forms(
    "recover, advance, mount, firm, inflate, intensify, deepen, lengthen, create, hire, recruit, upgrade, bounce"
) | words(
    "growth of, expansion of, put on, puts on, putting on, pick up, picks up, picked up, picking up, uptick,"
    " upturn, upswing, bounced back, win back, won back"
)
FALLING_BY = (
    COOLING
    | CURBING
    | _forms(
        "retreat, recede, subside, abate, soften, collapse, crash, ebb, wane, erode, dive, sag,"
        " axe, eliminate, shorten, downgrade, deflate"
    )
    | words(
        "dove, contraction of, slowdown, downturn, downtick, shrinkage, lay off, lays off, laid off, laying off,"
        " knocked off, shaved off, cooled off"
    )
)
# More of it, by an amount before it or of an amount after it: "5 tonnes larger", "cheaper, at 59 euros".
LARGER = words(
    "larger, bigger, greater, heavier, stronger, warmer, hotter, taller, deeper, wider, richer, dearer,"
    " costlier, pricier, more expensive, more numerous"
)
SMALLER = words(
    "smaller, lighter, weaker, colder, cooler, shallower, narrower, poorer, cheaper, less expensive"
)
DEARER = words("dearer, costlier, pricier, more expensive")
CHEAPER = words("cheaper, less expensive")
# "More births than in 2021", with a figure of them.
MORE, FEWER = words("more"), words("fewer, less")
# What got better, and worse: a deficit that worsened has grown, a record that improved has not.
IMPROVING = _forms("improve")
WORSENING = _forms("worsen, deteriorate")
# A figure and one that it is compared with: "5.1% vs 4.9% in July".
COMPARING = words("vs, versus, against, previous, previously, prior, prev, was")
# "Tolls go from 4 to 5 crowns", "at 812,000, lowest since 2021".
GOING = words(
    "go, goes, went, gone, going, move, moves, moved, change, changes, changed, shift, shifts, shifted"
)
EXTREMES = {"highest": "+", "lowest": "-"}
# What it is compared with is no earlier one: "5.1% vs 5.3% expected".
HOPED_FOR = words(
    "expected, expectations, forecast, forecasts, estimate, estimates, estimated, est, exp, fcst, consensus,"
    " poll, target, limit, average, median, seen, capacity, maximum, possible, votes, vote, voted"
)
# "For a third day", "the third straight fall", "three weeks running".
RUNNING = words("straight, consecutive, successive, running")
REPEATED = words("daily, weekly, monthly, quarterly, annual, yearly") | RUNNING
REPEATING = words("day, session, week, month, quarter, year, time")
RISES = words(
    "rise, rises, increase, increases, jump, jumps, surge, growth, gain, gains, rebound, hike, hikes, leap,"
    " climb, uptick, upturn, upswing, spike, boost, expansion, recovery"
)
FALLS = words(
    "fall, falls, drop, drops, decrease, decreases, decline, declines, slump, dip, dips, reduction,"
    " reductions, slide, plunge, cut, cuts, downturn, downtick, contraction, slowdown, collapse"
)
