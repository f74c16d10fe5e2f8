"""English words that may deny, in whatever way, and what sentences deny of themselves. Data alone."""

from collections.abc import Mapping

from articles.vetting.lexicon.lexicon import words
from articles.vetting.lexicon.negations import DENYING, IMPLIED

# Beside a negation these limit it; alone they deny nothing.
_OF_ANYTHING = words(
    "who, whose, all, every, everyone, always, far, than, ago, even, too, enough, used, formerly, once, then,"
    " when, whenever, end, ends, ended, ruled, rule"
)
# A passage with any of these may say what a "not" says. More words cost no more than a query.
MAY_DENY = DENYING | (IMPLIED - _OF_ANYTHING) | words(
    "0, zero, nil, nobody, none, absent, absence, missed, misses, missing, spared, spare, free, out, off,"
    " shut, closed, close, gone, left, leaves, leave, pending, wait,"
    " waits, waiting, awaiting, await, delayed, delays, delay, postponed, postpones, postpone, put, late,"
    " against, opposed, opposes, oppose, away, apart, other, another, different, rest,"
    " remaining, however, although, though, false, wrong, untrue, empty, vacant, alone, excluded, excluding,"
    " except, exempt, refuses, dismiss, dismissed, dismisses, clear, cleared, safe, "
    " halted, suspended, suspends, rejects, struck, strike, blocked, blocks, abandoned, abandons, scrubbed,"
    " withdrawn, withdraws, withdrew, cuts, cut, escaped, escapes, escape, silent, silence, hard, difficult,"
    " impossible, cannot, minus, only, just, almost, nearly, short, half, part, partly,"
    " avoided, seldom, rare, bar, but, if, unless, may, might"
)  # fmt: skip
# These deny, and hardly do anything else.
DENIES_SURELY = DENYING | (IMPLIED - _OF_ANYTHING - words("few, little, only, if, whether, until, till, yet")) | words(
    "0, zero, nil, none, nobody, absent, absence, misses, spared, spare, pending, waiting, awaiting, wait,"
    " postponed, postpones, postpone, opposed, opposes, oppose, false, wrong, untrue, empty, vacant, excluded,"
    " except, exempt, refuses, dismiss, dismissed, clear, cleared, halted, suspended, rejects, blocked,"
    " abandoned, scrubbed, withdrawn, withdraws, withdrew, escaped, escapes, cannot, avoided, seldom, rare"
)  # fmt: skip
# Where no passage denies for sure, these say as much: "will keep open" is "not close".
SAYS_AS_MUCH = DENIES_SURELY | words(
    "missed, misses, safe, await, awaits, behind, leaves, ends, ended, end, held, holds, hold, open, still, keep,"
    " keeps, kept, remain, remains, continue, continues, alive, well, stay, stays, off, ill, instead"
)
# What did not end, break or close went on: posts say so in any words.
ENDING = words(
    "end, stop, close, shut, break, collapse, fail, leave, quit, change, cease, suspend, cancel, resign"
)
# Verbs of reporting that are also plain acts, where a figure stands beside them.
ALSO_PLAIN = words("add, want")
# "The desk could not confirm it": a sentence says this of itself, whatever its posts say.
OF_REPORTING = words(
    "confirm, verify, comment, respond, reply, name, identify, disclose, specify, elaborate, explain, clear,"
    " know, known, answer, immediately, reach, attribute, publish, release, independent, possible, available,"
    " yet, clarify, detail, reveal, give, add, discuss, mention, ask, want"
)
# Words that begin like a denial and are none.
NO_DENIAL = words(
    "under, union, unions, united, unit, units, until, university, universities, universe, unique, uncle,"
    " understand, understood, undertake, unite, unity"
)
# Where sentence and passage both have one of these they tell of the same thing, and deny nothing by it.
SAID_OF_BOTH = words(
    "false, wrong, untrue, empty, vacant, late, free, missing, closed, shut, gone, different, other, another,"
    " rest, remaining, excluded, hard, difficult, dismissed, suspended, struck, strike, cut, cuts, safe, alone,"
    " short, half, part, delayed, delay, blocked, abandoned, silence, silent"
)
# What comes before a noun or a verb that a telegraphic post denies: "0 deaths", "nothing confirmed".
NONE_OF = words(
    "no, zero, 0, nil, nothing, none, nobody, not, never, without, w/o, cannot, neither"
)
# Acts that are denied in one word and stated in another: "no injuries", "somebody was hurt".
SAME_ACTS: Mapping[str, frozenset[str]] = {
    "harm": words(
        "hurt, injured, injure, injury, injuries, wounded, casualty, casualties, harmed, hurting"
    ),
    "death": words("died, die, death, deaths, dead, killed, fatality, fatalities, perished"),
    "knowledge": words(
        "clear, known, know, knows, confirmed, confirm, confirms, verified, verify, established, establish,"
        " identified, determined, certain"
    ),
    "damage": words("damage, damaged, damages"),
    "closure": words("closed, closure, closures, shut, shutdown, shutdowns"),
    "part": words("involved, part, participated, participate, participating"),
    "stop": words(
        "suspended, suspend, halted, halt, stopped, stop, paused, pause, abandoned, abandon"
    ),
    "effect": words("affected, affect, hit, disrupted, disrupt"),
    "custody": words("arrested, arrest, booked, detained, jailed"),
    "use": words("vaccinated, vaccine, vax, shots, jab, jabs"),
}
# One word that says "not", by the act that it denies.
DENIES_BY_ITSELF: Mapping[str, str] = {
    "spared": "affected", "unhurt": "hurt", "unscathed": "hurt", "unharmed": "hurt", "uninjured": "hurt",
    "unbeaten": "lost", "scratched": "start", "unclear": "clear", "unknown": "known", "unaffected": "affected",
    "unverified": "verified", "unconfirmed": "confirmed", "unvaccinated": "vaccinated", "unsolved": "solved",
    "unpaid": "paid", "unsold": "sold", "unopposed": "opposed", "undamaged": "damaged", "unarmed": "armed",
    "unnamed": "named", "unidentified": "identified", "uninsured": "insured", "unexploded": "exploded",
    "unlicensed": "licensed", "untreated": "treated", "unauthorised": "authorised", "unauthorized": "authorized",
}  # fmt: skip
