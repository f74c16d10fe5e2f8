"""Figures that are wrong: counts, measures, scores, ages, units, currencies, orders of magnitude."""

import re
from dataclasses import replace
from itertools import pairwise
from random import Random

from benchmarks.seeded.articles import Article
from benchmarks.seeded.fault import Fault, first, put
from benchmarks.seeded.kinds.spots import (
    Spot,
    another,
    cased,
    counts,
    has_words,
    spoilt,
    spots,
    value_of,
    values_of,
    words,
    written,
)
from benchmarks.seeded.world import (
    BOUNDS,
    CURRENCIES,
    LARGE,
    MEASURES,
    OPENINGS,
    UNITS,
    both_ways,
    in_words,
)

_NOUN = r" [a-z]"
# A finding may point at the number that a unit, a sign or "more than" belongs to.
_WITH_NUMBER = r"\d[\d.,]*[ -]?[A-Za-z/]+(?: miles)?"
_MONEY = rf"(?:[A-Z]{{1,2}})?[{CURRENCIES}]\d[\d.,]*\d|[{CURRENCIES}]\d"
_BOUND = r"[A-Za-z]+ (?:[a-z]+ ){0,2}[$€£]?\d[\d.,]*"
_PERCENT = r" ?%| per ?cent\b| pc\b"


def other_count(article: Article, rng: Random) -> Fault | None:
    """Write 24 houses for 14 houses."""
    return first(
        rng, counts(article, after=_NOUN), lambda spot: _recounted(article, spot, rng, "count")
    )


def other_count_like_a_year(article: Article, rng: Random) -> Fault | None:
    """Write 1840 or 1,840 people for 17 people."""

    def made(spot: Spot) -> Fault | None:
        number = rng.randrange(1001, 2100)
        if any(number in values_of(post) for post in spot.posts):
            return None
        return spoilt(article, spot, rng.choice([f"{number}", f"{number:,}"]), kind="1000 to 2100")

    return first(rng, counts(article, after=rf"{_NOUN}\w+s\b| people"), made)


def other_count_in_words(article: Article, rng: Random) -> Fault | None:
    """Write twenty-four houses for 14 houses."""

    def made(spot: Spot) -> Fault | None:
        number = another(spot, article, rng)
        if not 2 <= number < 1000 or number != int(number) or _is_in_words(spot, int(number)):
            return None
        start = article.body[: spot.start].rstrip()[-1:] in {"", ".", "]", "\n"}
        new = in_words(int(number))
        return spoilt(article, spot, new.capitalize() if start else new, kind="in words")

    return first(rng, counts(article, after=_NOUN), made)


def other_word(article: Article, rng: Random) -> Fault | None:
    """Write seven villages for three villages."""
    small = [in_words(n) for n in range(2, 21)]

    def made(spot: Spot) -> Fault | None:
        value = small.index(spot.text.casefold()) + 2
        there = [spot.is_in_posts(spot.text) or value in values_of(post) for post in spot.posts]
        others = [w for n, w in enumerate(small, 2) if n != value and not _is_in_words(spot, n)]
        if not all(there) or not others:
            return None
        return spoilt(article, spot, cased(rng.choice(others), spot.text), kind="number word")

    either = "|".join(small)
    return first(
        rng, spots(article, rf"(?i)(?<![\w-])(?:{either})(?= [a-z]{{2,}}s\b| people\b)"), made
    )


def other_count_after_a_capital(article: Article, rng: Random) -> Fault | None:
    """Write "In Karvo 24 houses burnt" for "14 houses burnt"."""

    def made(spot: Spot) -> Fault | None:
        opening = rng.choice(OPENINGS)
        word = spot.text.partition(" ")[0]
        lead = (
            "" if word[0].isdigit() else word[0].lower() + spot.text[1 : spot.text.rindex(" ") + 1]
        )
        figure = replace(spot, start=spot.end - len(_last(spot)), text=_last(spot))
        new = written(another(figure, article, rng), figure.text)
        if not all(value_of(figure.text) in values_of(post) for post in spot.posts):
            return None
        fault = spoilt(article, spot, f"{opening} {lead}{new}", kind="after a capital")
        return replace(fault, start=fault.end - len(new))

    pattern = r"(?m)(?:^|(?<=[.\]] )(?<![A-Z]o\. )(?<![A-Z][a-z]{2}\. ))(?:(?:About|Some|At least|Another|More than|Nearly) )?\d+(?:,\d{3})*(?= [a-z])"
    return first(rng, spots(article, pattern), made)


def other_number_after_a_name(article: Article, rng: Random) -> Fault | None:
    """Write Highway 9 for Highway 7, No. 5 for No. 4."""
    named = (
        replace(spot, start=spot.end - len(_last(spot)), text=_last(spot))
        for spot in spots(article, r"\b[A-Z][a-z]+\.? \d{1,3}(?![\d.,:%-]| [A-Z]| ?per)(?!\w)")
        if not re.match(
            r"(?:[JFMASOND][a-z]{2,8}|On|In|At|By|Some|About|Another|The)\b\.?", spot.text
        )
    )
    return first(rng, named, lambda spot: _recounted(article, spot, rng, "number of a name"))


def other_headline_figure(article: Article, rng: Random) -> Fault | None:
    """Spoil a figure of a headline, in title case as often as not."""
    if not article.is_english:
        return None
    headline = _title_case(article.headline) if rng.random() < 0.5 else article.headline
    known = values_of(article.body)
    found = [
        match
        for match in re.finditer(r"(?<![\w.,:-])\d+(?:[.,]\d+)*(?![\d:-])", headline)
        if value_of(match[0]) in known
    ]

    def made(match: re.Match[str]) -> Fault | None:
        value = value_of(match[0])
        number = next(
            n for n in (round(value * f, 1) for f in (1.5, 1.7, 2.3, 3.1, 5, 7)) if n not in known
        )
        new = written(number if "." in match[0] else int(number) + 1, match[0])
        if value_of(new) in known:
            return None
        return Fault(
            article=replace(article, headline=put(headline, *match.span(), new)),
            code="", field="headline", start=match.start(), end=match.start() + len(new),
            was=match.span(), what=f"headline: {match[0]!r} -> {new!r}",
        )  # fmt: skip

    return first(rng, found, made)


def other_measure(article: Article, rng: Random) -> Fault | None:
    """Write 940 km for 640 km."""
    either = "|".join(sorted(map(re.escape, MEASURES), key=len, reverse=True))
    return first(
        rng,
        counts(article, after=rf"[ -](?:{either})\b"),
        lambda spot: _recounted(article, spot, rng, "measure"),
    )


def other_share(article: Article, rng: Random) -> Fault | None:
    """Write 8.4 per cent for 7.4 per cent."""
    return first(
        rng, counts(article, after=_PERCENT), lambda spot: _recounted(article, spot, rng, "share")
    )


def other_unit(article: Article, rng: Random) -> Fault | None:
    """Write 60 miles for 60 km."""

    def made(pair: tuple[str, str]) -> Fault | None:
        one, other = pair
        found = spots(
            article,
            rf"(?<=\d[ -]){re.escape(one)}(?![\w/-]|\. ?m\.)|(?<=\d){re.escape(one)}(?![\w/-])",
        )

        def changed(spot: Spot) -> Fault | None:
            there = any(re.search(rf"\d[ -]?{re.escape(other)}\b", post) for post in spot.posts)
            if there or _is_money(article, spot):
                return None
            return spoilt(article, spot, other, kind="unit", around=_WITH_NUMBER)

        return first(rng, found, changed)

    return first(rng, both_ways(UNITS), made)


def percent_for_points(article: Article, rng: Random) -> Fault | None:
    """Write 2 percentage points for 2 per cent, and the other way round."""

    def made(spot: Spot) -> Fault | None:
        is_percent = "point" not in spot.text
        if not is_percent and any(re.search(r"%|pct|per ?cent", post) for post in spot.posts):
            return None
        if is_percent and any(
            re.search(r"\bp\.?p\b|\bpts?\b|points?\b", post) for post in spot.posts
        ):
            return None
        return spoilt(
            article, spot, " percentage points" if is_percent else " percent", kind="percent"
        )

    pattern = r"(?<=\d)(?: ?%| per ?cent\b| percentage points?\b)"
    return first(rng, spots(article, pattern), made)


def million_for_billion(article: Article, rng: Random) -> Fault | None:
    def made(pair: tuple[str, str]) -> Fault | None:
        one, other = pair
        found = spots(article, rf"(?<=\d) ?{one}\b")
        # An m without a currency is as often a metre.
        sure = (spot for spot in found if len(one) > 1 or _is_money(article, spot))
        return first(
            rng,
            sure,
            lambda spot: spoilt(article, spot, spot.text.replace(one, other), kind="magnitude"),
        )

    return first(rng, both_ways(LARGE), made)


def other_currency(article: Article, rng: Random) -> Fault | None:
    def made(spot: Spot) -> Fault | None:
        others = [sign for sign in CURRENCIES if not any(sign in post for post in spot.posts)]
        return spoilt(article, spot, rng.choice(others), kind="currency", around=_MONEY)

    return first(rng, spots(article, rf"[{CURRENCIES}](?=\d)"), made)


def other_age(article: Article, rng: Random) -> Fault | None:
    """Write "Mbeki, 29," for "Mbeki, 22,"."""
    ages = spots(article, r"(?<=, )\d{2}(?=,|\.)|(?<=aged )\d{2}\b|\b\d{2}(?=-year-old)")
    return first(rng, ages, lambda spot: _recounted(article, spot, rng, "age"))


def other_score(article: Article, rng: Random) -> Fault | None:
    """Write 3-2 for 3-1."""

    def made(spot: Spot) -> Fault | None:
        one, other = spot.text.split("-")
        new = rng.choice(
            [f"{int(one) + rng.randint(1, 3)}-{other}", f"{one}-{int(other) + rng.randint(1, 3)}"]
        )
        turned = "-".join(reversed(new.split("-")))
        if any(new in post or turned in post for post in spot.posts) or not spot.is_in_posts(
            spot.text
        ):
            return None
        return spoilt(article, spot, new, kind="score")

    return first(rng, spots(article, r"(?<![\w.-])\d{1,2}-\d{1,2}(?![\w-]|\.\d| [A-Z]|%)"), made)


def other_split(article: Article, rng: Random) -> Fault | None:
    """Write 2:04:57 for 2:04:51, 37.96 for 37.91."""

    def made(spot: Spot) -> Fault | None:
        at = len(spot.text) - 1
        new = put(spot.text, at, at + 1, rng.choice([d for d in "2345678" if d != spot.text[at]]))
        if any(new in post for post in spot.posts) or not spot.is_in_posts(spot.text):
            return None
        return spoilt(article, spot, new, kind="split")

    pattern = (
        r"(?<![\w:.])(?:\d:\d\d:\d\d|\d{1,2}:\d\d\.\d+|\d{2}\.\d{2}|\dh\d\d(?::\d\d)?)(?![\w:])"
    )
    return first(rng, spots(article, pattern), made)


def exchange_two(article: Article, rng: Random) -> Fault | None:
    """Write "41 of 47" as "47 of 41": both figures are in the post, of another thing."""

    def made(pair: tuple[Spot, Spot]) -> Fault | None:
        one, other = pair
        between = article.body[one.end : other.start]
        if one.text == other.text or re.search(r"[.\n\[]", between) or len(between) > 90:
            return None
        # Games 3, 14 and 11 are those that games 3, 11 and 14 are.
        if re.fullmatch(r",? (?:and|or) (?:(?:at|in|on) )?[$€£]?", between):
            return None
        whole = Spot(one.start, other.end, article.body[one.start : other.end], one.posts)
        return spoilt(
            article, whole, f"{other.text}{between}{one.text}", kind="two figures exchanged"
        )

    found = list(counts(article, after=r" "))
    return first(rng, pairwise(found), made)


def other_bound(article: Article, rng: Random) -> Fault | None:
    """Write "less than 300" for "more than 300"."""
    pairs = dict(both_ways(BOUNDS))

    def made(spot: Spot) -> Fault | None:
        new = pairs[spot.text.casefold()]
        return (
            None
            if spot.is_in_posts(new)
            else spoilt(article, spot, cased(new, spot.text), kind="bound", around=_BOUND)
        )

    lowered = [word for each in pairs for word in (each, each.capitalize())]
    return first(rng, words(article, lowered, after=r" [$€£]?\d"), made)


def _recounted(article: Article, spot: Spot, rng: Random, kind: str) -> Fault | None:
    if not all(value_of(spot.text) in values_of(post) for post in spot.posts):
        return None
    new = written(another(spot, article, rng), spot.text)
    if new == spot.text or _is_in_words(spot, int(value_of(new))):
        return None
    return spoilt(article, spot, new, kind=kind)


def _is_money(article: Article, spot: Spot) -> bool:
    return re.search(rf"[{CURRENCIES}][\d.,]+ ?\Z", article.body[: spot.start]) is not None


def _is_in_words(spot: Spot, number: int) -> bool:
    if any(number in values_of(post) for post in spot.posts):
        return True
    return 0 < number < 1000 and any(has_words(post, in_words(number)) for post in spot.posts)


def _last(spot: Spot) -> str:
    return spot.text.rpartition(" ")[2]


def _title_case(text: str) -> str:
    return re.sub(r"(?<![\w'’-])[a-z](?=\w{3})", lambda found: found[0].upper(), text)
