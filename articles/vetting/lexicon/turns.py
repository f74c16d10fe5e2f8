"""English words that turn a phrase round when one takes the other's place: lost and gained, up and down.

They are compared only where both stand beside the same word or figure. Data only.
"""

from collections.abc import Mapping

from articles.vetting.lexicon.lexicon import words
from articles.vetting.lexicon.movement import FALLING, LOWERING, RAISING, RISING

_RISE = RISING | RAISING | words("higher, up")
_FALL = FALLING | LOWERING | words("lower, down")
_LOSE = "lose, loses, lost, losing"
_WIN = "win, wins, won, winning"
_PAIRS: Mapping[str, tuple[str | frozenset[str], str | frozenset[str]]] = {
    "move": (_RISE, _FALL),
    "gain": (
        f"gain, gains, gained, gaining, add, adds, added, earned, profit, profits, {_WIN}",
        f"{_LOSE}, loss, losses, shed, sheds, shedding, gone, bled, bleed, bleeds, bleeding, short, missing,"
        " died, dies, dead, killed, defeated, beaten",
    ),
    "keep": (
        "survive, survives, survived, keep, keeps, kept, save, saves, saved, retain, retains, retained",
        f"{_LOSE}, loss, losses, gone, bled, bleeds, bleeding, short, defeated, beaten",
    ),
    "contest": (
        f"{_WIN}, victory, victories, lead, leads, led, beat, beats, unbeaten, champion, champions",
        f"{_LOSE}, loss, losses, defeat, defeated, beaten",
    ),
    "ahead": ("ahead, up, led, leads, leading", "behind, down, trailed, trails, trailing"),
    "gate": (
        "open, opens, opened, opening, reopen, reopens, reopened",
        "closed, closes, close, closing, shut, shuts, sealed, gone",
    ),
    "over": ("above, over", "below, under"),
    "most": (
        "highest, largest, biggest, longest, greatest, tallest, heaviest, widest, fastest, quickest, oldest, best",
        "lowest, smallest, shortest, lightest, narrowest, slowest, youngest, worst",
    ),
    "life": ("alive, survived, survives, survive", "dead, dies, died, killed, drowned"),
    "answer": (
        "accept, accepts, accepted, agree, agrees, agreed, approve, approves, approved, back, backs, backed",
        "reject, rejects, rejected, refuse, refuses, refused, oppose, opposes, opposed",
    ),
    "custody": (
        "arrest, arrests, arrested, detained, jailed, held",
        "release, releases, released, freed, free",
    ),
    "leave": ("allow, allows, allowed, permit, permits, permitted", "ban, bans, banned, barred, forbidden"),
    "ruling": ("uphold, upholds, upheld, confirmed", "quash, quashes, quashed, overturn, overturned"),
}  # fmt: skip
_COMPASS = (
    ("n", "north, northern"),
    ("s", "south, southern"),
    ("e", "east, eastern"),
    ("w", "west, western"),
)


def _by_word() -> Mapping[str, frozenset[tuple[str, str]]]:
    found: dict[str, set[tuple[str, str]]] = {}
    for group, (one, other) in _PAIRS.items():
        for side, listed in (("+", one), ("-", other)):
            for word in words(listed):
                found.setdefault(word, set()).add((group, side))
    for side, listed in _COMPASS:
        for word in words(listed):
            found[word] = {("compass", side)}
    return {word: frozenset(sides) for word, sides in found.items()}


# The groups and sides of each word.
TURNS = _by_word()
# What these tell of may stand before them, though it stands behind their opposite.
GOING = words("gone, died, dies, dead, killed, short, missing, defeated, beaten")
