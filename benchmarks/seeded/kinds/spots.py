"""Where an error can be put: words and numbers of cited sentences that the cited posts have, too.

What a number means is of no interest here. If every post cited for it has it and none has the
one that takes its place, the sentence is wrong, whatever the checks call a figure.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random

from benchmarks.seeded.articles import Article
from benchmarks.seeded.fault import Fault, in_body
from benchmarks.seeded.places import in_cited_scope, is_within, masked, quoted_at_all
from benchmarks.seeded.world import BEFORE_COUNTS, LOWERING, RAISING

_DIGITS = re.compile(r"\d+(?:[.,]\d+)*")
_NUMBER = re.compile(
    r"(?<![\w.,:/'’–+-])\d{1,3}(?:,\d{3})+(?![\d,])|(?<![\w.,:/'’–+-])\d+(?:\.\d+)?(?![\d:h/–-]|[.,]\d)"
)


@dataclass(frozen=True, slots=True)
class Spot:
    """Words of the body, and the texts of all posts cited for them."""

    start: int
    end: int
    text: str
    posts: tuple[str, ...]

    def is_in_posts(self, words: str) -> bool:
        """Return whether a post cited here has these words, in any case."""
        return any(has_words(post, words) for post in self.posts)


def has_words(text: str, words: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text, re.IGNORECASE) is not None


def spots(article: Article, pattern: str | re.Pattern[str], *, group: int = 0) -> Iterator[Spot]:
    """Yield the matches in cited sentences of English articles, outside quotations and marks."""
    if not article.is_english:
        return
    body, inside = masked(article.body), quoted_at_all(article.body)
    for match in re.finditer(pattern, body):
        start, end = match.span(group)
        if start == end or is_within(start, inside):
            continue
        texts = [article.post(key).pinned for key in in_cited_scope(article, start)]
        if texts and all(texts):
            yield Spot(start, end, match[group], tuple(text for text in texts if text))


def words(article: Article, choice: Iterable[str], *, after: str = "") -> Iterator[Spot]:
    """Yield where one of these words stands, as written here; after is a pattern of what follows."""
    longest_first = sorted(set(choice), key=len, reverse=True)
    either = "|".join(map(re.escape, longest_first))
    yield from spots(article, rf"(?<![\w-])(?:{either})(?![\w-]){after and f'(?={after})'}")


def counts(article: Article, *, after: str = r" ") -> Iterator[Spot]:
    """Yield the numbers in digits that each cited post has, too; after is what follows them."""
    for spot in spots(
        article, re.compile(_NUMBER.pattern.replace("|", f"(?={after})|", 1) + f"(?={after})")
    ):
        value = value_of(spot.text)
        named = re.search(r"([A-Z][a-z]+)\.? \Z", article.body[: spot.start])
        # 0700 and 4 p.m. are times of day, Highway 32 is a name.
        if spot.text[0] == "0" or re.match(r" ?[ap]\.?m\b", article.body[spot.end :]):
            continue
        if named and named[1] not in BEFORE_COUNTS:
            continue
        if value > 1 and all(value in values_of(post) for post in spot.posts):
            yield spot


def value_of(digits: str) -> float:
    return float(digits.replace(",", ""))


def values_of(text: str) -> set[float]:
    """Return all that stands in digits in a text, and numbers joined to others or to letters."""
    found = {value_of(digits) for digits in _DIGITS.findall(text) if digits.count(".") < 2}
    return found | {float(part) for part in re.findall(r"\d+", text)}


def another(spot: Spot, article: Article, rng: Random) -> float:
    """Return a number that no cited post has, on the wrong side of "at least" and "nearly"."""
    value = value_of(spot.text)
    before = set(re.findall(r"[a-z]+", article.body[max(0, spot.start - 18) : spot.start]))
    factors = [1.4, 1.7, 2.3, 3.1] if before & RAISING else [0.4, 0.6, 0.7]
    if not before & (RAISING | LOWERING):
        factors = [0.6, 0.7, 1.4, 1.7, 2.3]
    known = set().union(*map(values_of, spot.posts))
    rng.shuffle(factors)
    places = len(spot.text.partition(".")[2])
    made = [round(value * factor, places) for factor in factors] + [value + 3, value + 7]
    return next((number for number in made if number > 1 and number not in known), value * 11)


def written(number: float, like: str) -> str:
    """Return a number with the decimals and the commas of another one."""
    places = len(like.partition(".")[2])
    return f"{number:,.{places}f}" if "," in like or number >= 10_000 else f"{number:.{places}f}"


def spoilt(article: Article, spot: Spot, new: str, *, kind: str, around: str = "") -> Fault:
    """Put new for a spot; any finding that points there notices it.

    around is a pattern of the phrase that the words belong to, such as a whole date: a finding
    may point at any of it.
    """
    fault = in_body(article, spot.start, spot.end, new, code="")
    low, high = fault.start, fault.end
    for match in re.finditer(around, fault.article.body) if around else ():
        if match.start() <= spot.start and spot.start + len(new) <= match.end():
            low, high = match.span()
    was = (low, high - len(new) + len(spot.text))
    return replace(fault, start=low, end=high, was=was, what=f"{kind}: {spot.text!r} -> {new!r}")


def cased(new: str, like: str) -> str:
    return new[0].upper() + new[1:] if like[0].isupper() else new
