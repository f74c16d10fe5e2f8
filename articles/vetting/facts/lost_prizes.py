"""Losses that their sentence alone gives the lie: "lost two Grammys", "lost the race, 39 seconds ahead"."""

from collections.abc import Iterator, Sequence

from articles.vetting.facts.order import Placed
from articles.vetting.facts.words import Word
from articles.vetting.lexicon.contests import ELECTED, LOST, PRIZES, RIVALS, WON

# A number and a word or two stand before the prize.
_REACH = 4
# "Six hundredths of a second after", "after her great rival to win".
_SPAN = 6
_TO_WIN = ("to", "win")
_ENDS = {"after": WON, "behind": WON, "before": LOST, "ahead": LOST}


def read_lost_prizes(said: Sequence[Word]) -> Iterator[Placed]:
    """Yield a loss of counted prizes, one that ends ahead, and one of somebody who is elected."""
    keys = [word.key for word in said]
    for n, word in enumerate(said):
        if word.key not in LOST:
            continue
        following = said[n + 1 : n + 1 + _REACH]
        prize = next((each for each in following if each.key in PRIZES), None)
        if prize is not None and following[0].is_number:
            yield Placed(word.start, prize.end)
        ahead = _ahead(said, n)
        if ahead is not None:
            yield Placed(word.start, ahead.end)
        is_participle = word.key == "losing" and keys[n + 1 : n + 2] == ["to"]
        if is_participle and not ELECTED.isdisjoint(keys[:n]):
            yield Placed(word.start, said[n + 1].end)


def read_won_behind(said: Sequence[Word]) -> Iterator[Placed]:
    """Yield "six hundredths after her rival to win", and "three seconds before his rival to lose"."""
    for n, word in enumerate(said):
        ends = _ENDS.get(word.key)
        if ends is None or not any(
            each.is_number or each.key == "hundredths" for each in said[max(0, n - _SPAN) : n]
        ):
            continue
        following = said[n + 1 : n + 1 + _SPAN]
        at = next((k for k, each in enumerate(following) if each.key in RIVALS), None)
        if at is None:
            continue
        keys = [each.key for each in following[at + 1 : at + 3]]
        if len(keys) == len(_TO_WIN) and keys[0] in ("to", "and") and keys[1] in ends:
            yield Placed(word.start, following[at + 2].end)


def _ahead(said: Sequence[Word], at: int) -> Word | None:
    """Return the "ahead" of "39 seconds ahead of Tola", which goes on with a loss."""
    for n in range(at + 1, len(said) - 1):
        if said[n].key in (".", ";", "but", "while", "after", "before", "when", "who"):
            return None
        is_measured = any(word.is_number or word.key == "hundredths" for word in said[n - 3 : n])
        if said[n].key == "ahead" and said[n + 1].key == "of" and is_measured:
            return said[n]
    return None
