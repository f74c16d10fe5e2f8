"""Names, titles and places that are wrong, by a letter or altogether."""

import re
from collections.abc import Iterator
from random import Random

from benchmarks.seeded.articles import Article
from benchmarks.seeded.fault import Fault, first, put
from benchmarks.seeded.kinds.spots import Spot, cased, has_words, spoilt, spots
from benchmarks.seeded.world import (
    ARTICLES,
    COMPASS,
    FIRST_NAMES,
    GEOGRAPHY,
    MONTHS,
    OFFICES,
    SAME_TITLES,
    SURNAMES,
    TITLES,
    TOWNS,
    WEEKDAYS,
)

_VOWELS = "aeiou"
_FULL = r"\b[A-Z][a-z]{2,} [A-Z][a-z]{3,}\b(?! [A-Z])"


def one_letter(article: Article, rng: Random) -> Fault | None:
    """Write Brandd for Brandt, Kerrigen for Kerrigan."""
    return first(rng, _surnames(article), lambda spot: _misspelt(article, spot, rng, letters=1))


def two_letters(article: Article, rng: Random) -> Fault | None:
    return first(rng, _surnames(article), lambda spot: _misspelt(article, spot, rng, letters=2))


def other_surname(article: Article, rng: Random) -> Fault | None:
    return first(
        rng, _surnames(article), lambda spot: _replaced(article, spot, SURNAMES, rng, "surname")
    )


def other_first_name(article: Article, rng: Random) -> Fault | None:
    names = (
        Spot(spot.start, spot.start + len(name), name, spot.posts)
        for spot in _full_names(article)
        for name in [spot.text.split()[0]]
        if spot.is_in_posts(spot.text) and name not in (*GEOGRAPHY, *TITLES)
    )
    return first(rng, names, lambda spot: _replaced(article, spot, FIRST_NAMES, rng, "first name"))


def other_title(article: Article, rng: Random) -> Fault | None:
    """Write Colonel Moll for Captain Moll."""
    either = "|".join(sorted(TITLES, key=len, reverse=True))
    found = (
        spot
        for spot in spots(article, rf"\b(?:{either})(?= [A-Z][a-z]+)")
        if spot.is_in_posts(spot.text)
    )

    def made(spot: Spot) -> Fault | None:
        # Anybody may be a doctor, and a doctor is often a professor.
        same = {"Dr", "Professor"} if spot.text == "Dr" else {"Dr"}
        same.update(*(pair for pair in SAME_TITLES if spot.text in pair))
        others = tuple(title for title in TITLES if title not in same)
        return _replaced(article, spot, others, rng, "title")

    return first(rng, found, made)


def other_office(article: Article, rng: Random) -> Fault | None:
    """Write "the sheriff, Oona Farrelly" for "the rescue chief, Oona Farrelly"."""
    either = "|".join(sorted(OFFICES, key=len, reverse=True))
    found = spots(article, rf"\b(?:{either})(?=,? [A-Z][a-z]+ [A-Z][a-z]+)")
    return first(
        rng,
        (spot for spot in found if spot.is_in_posts(spot.text)),
        lambda spot: _replaced(article, spot, OFFICES, rng, "office"),
    )


def other_place(article: Article, rng: Random) -> Fault | None:
    """Write "near Farsund" for "near Hollenau"."""
    found = spots(
        article,
        r"\b(?:in|near|off|at|from|above|outside) ([A-Z][a-z]{3,})\b(?! [A-Z\d]| \d)",
        group=1,
    )
    places = (
        spot
        for spot in found
        if spot.is_in_posts(spot.text) and spot.text not in (*MONTHS, *WEEKDAYS)
    )
    return first(rng, places, lambda spot: _replaced(article, spot, TOWNS, rng, "place"))


def other_compass_point(article: Article, rng: Random) -> Fault | None:
    """Write "south-west of" for "north-east of"; none of which a post has a letter."""

    def made(spot: Spot) -> Fault | None:
        others = [
            point
            for point in COMPASS
            if set(_initials(point)).isdisjoint(_initials(spot.text))
            and not any(re.search(rf"(?i)\b{point}|\b[NS]?{_initials(point)}\b", p) for p in spot.posts)
        ]  # fmt: skip
        return spoilt(article, spot, rng.choice(others), kind="compass") if others else None

    either = "|".join(sorted(COMPASS, key=len, reverse=True))
    return first(rng, spots(article, rf"(?<!-)\b(?:{either})(?= of\b|ern\b)"), made)


def _initials(point: str) -> str:
    return "".join(part[0] for part in point.split("-"))


def _full_names(article: Article) -> Iterator[Spot]:
    """Yield two capitalised words that are not those of an outlet and do not open a sentence."""
    outlets = {name for post in article.posts for name in post.names}
    outlets |= {name for outlet in article.outlets for name in (outlet.name, *outlet.aliases)}
    for spot in spots(article, _FULL):
        opens = re.search(r"(?:^|[.!?\]] |\n)\Z", article.body[: spot.start])
        known = any(name in spot.text or spot.text in name for name in outlets)
        # "The Lamp" is a title, "the African bloc" no person: their last words are no surnames.
        known = known or spot.text.split()[0] in ARTICLES
        if not known and not (opens and not spot.is_in_posts(spot.text)):
            yield spot


def _surnames(article: Article) -> Iterator[Spot]:
    """Yield the last words of full names that each cited post has just so."""
    for spot in _full_names(article):
        last = spot.text.split()[1]
        if all(has_words(post, last) for post in spot.posts):
            yield Spot(spot.end - len(last), spot.end, last, spot.posts)


def _misspelt(article: Article, spot: Spot, rng: Random, *, letters: int) -> Fault | None:
    new = spot.text
    for _ in range(letters):
        new = _changed(new, rng)
    texts = [article.body, *(post.text or "" for post in article.posts)]
    if new == spot.text or any(has_words(text, new) for text in texts):
        return None
    return spoilt(article, spot, new, kind=f"{letters} letters of a name")


def _changed(name: str, rng: Random) -> str:
    """Return a name with a vowel changed, a consonant doubled or halved, or two letters exchanged."""
    at = rng.randrange(1, len(name))
    kind = rng.choice(["vowel", "double", "exchange"])
    vowels = [n for n in range(1, len(name)) if name[n] in _VOWELS]
    if kind == "vowel" and vowels:
        at = rng.choice(vowels)
        return put(name, at, at + 1, rng.choice([v for v in _VOWELS if v != name[at]]))
    if kind == "exchange" and at + 1 < len(name) and name[at] != name[at + 1]:
        return put(name, at, at + 2, name[at + 1] + name[at])
    if name[at - 1 : at].casefold() == name[at]:
        return put(name, at, at + 1, "")
    return put(name, at, at, name[at])


def _replaced(
    article: Article, spot: Spot, choice: tuple[str, ...], rng: Random, kind: str
) -> Fault | None:
    texts = [article.body, *(post.text or "" for post in article.posts)]
    others = [
        word
        for word in choice
        # Beatrice Lindo may be Bea Lindo.
        if not (word.startswith(spot.text) or spot.text.startswith(word))
        and not any(has_words(text, word) for text in texts)
    ]
    if not others:
        return None
    return spoilt(article, spot, cased(rng.choice(others), spot.text), kind=kind)
