"""Figures that the cited posts do not have, and figures that two posts have differently."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from random import Random

from benchmarks.seeded.articles import Article
from benchmarks.seeded.fault import QUERY, Fault, first, in_body, of_sources, put
from benchmarks.seeded.places import (
    WORDS,
    Number,
    given,
    in_cited_scope,
    in_words,
    is_figure,
    is_hedged,
    is_in_english,
    is_within,
    numbers,
    quoted_at_all,
)

CODE = "figure-not-found"
# A figure is wrong beyond doubt when it is so far from all that the posts give.
_APART = 0.06
_COUNTED = re.compile(r" (?:[a-z]+ )?(?:[a-z]{3,}s|people|men|women|children)\b")


def swap_digit(article: Article, rng: Random) -> Fault | None:
    return first(rng, _figures(article), lambda number: _with_other_digit(article, number, rng))


def swap_two_digits(article: Article, rng: Random) -> Fault | None:
    """Write 31,604 for 31,406."""

    def swapped(number: Number) -> Fault | None:
        at = [n for n in range(number.start, number.digits_end) if article.body[n].isdecimal()]
        pairs = [(a, b) for a, b in pairwise(at) if b == a + 1]
        return first(rng, pairs, lambda pair: _swapped(article, number, *pair))

    return first(rng, _figures(article), swapped)


def shift_point(article: Article, rng: Random) -> Fault | None:
    """Write 940,000 for 94,000, or billion for million."""

    def shifted(number: Number) -> Fault | None:
        body = article.body
        text = body[number.start : number.end]
        zero = chr(ord(text[0]) - int(text[0]))
        other = re.sub(
            r"(?i)million\b|billion\b|(?<=\d)bn\b|(?<=\d)m\b",
            lambda found: _NEXT[found.group().casefold()],
            text,
        )
        if other == text and re.fullmatch(r"\d{1,3},\d{3}", text):
            whole = str(int(text.replace(",", "")) * 10)
            other = f"{whole[:-3]},{whole[-3:]}"
        elif other == text and text.isdecimal():
            other = text + zero
        return _spoilt(article, number, other)

    return first(rng, _figures(article), shifted)


_NEXT = {"million": "billion", "billion": "million", "bn": "m", "m": "bn"}


def swap_word(article: Article, rng: Random) -> Fault | None:
    """Write "four villages" for "two villages"."""
    if not article.is_english:
        return None
    body = article.body
    inside = quoted_at_all(body)

    def swapped(place: tuple[int, int, float]) -> Fault | None:
        start, end, value = place
        word = body[start:end].casefold()
        if word not in WORDS or is_within(start, inside) or not _COUNTED.match(body[end:]):
            return None
        if re.search(r"(?:\bthe|\bby|\bof|hundred|thousand|-)\s*\Z", body[:start], re.IGNORECASE):
            return None
        posts = _cited(article, start)
        known = frozenset[float]().union(*map(given, posts))
        if value not in known or not all(map(is_in_english, posts)):
            return None
        others = [
            other
            for other, number in WORDS.items()
            if number < 13 and all(abs(number - each) > 0.2 * each for each in known)
        ]
        if not others or is_hedged(body, start):
            return None
        other = rng.choice(others)
        new = other.capitalize() if body[start].isupper() else other
        return in_body(article, start, end, new, code=CODE, also=_ALSO)

    return first(rng, in_words(body), swapped)


def swap_currency(article: Article, rng: Random) -> Fault | None:
    """Write €94,000 for $94,000."""
    found = [n for n in _figures(article) if n.sign in {"$", "€", "£"}]

    def swapped(number: Number) -> Fault | None:
        at = article.body.rindex(number.sign, 0, number.start)
        posts = _cited(article, at)
        new = rng.choice([sign for sign in "$€£" if sign != number.sign])
        same = [n for post in posts for n in numbers(post) if set(n.values) & set(number.values)]
        if any(n.sign != number.sign for n in same):
            return None
        return in_body(article, at, at + 1, new, code=CODE, also=_ALSO, shown=(at, number.end))

    return first(rng, found, swapped)


def cite_another_post(article: Article, rng: Random) -> Fault | None:
    """Let the mark of a figure name a post of the same outlet that does not have it."""
    body = article.body

    def moved(number: Number) -> Fault | None:
        keys = in_cited_scope(article, number.start)
        claim = next(c for c in article.claims() if c.start <= number.start < c.end)
        if len(keys) != 1 or len(claim.marks) != 1:
            return None
        mark, post = claim.marks[0], article.post(keys[0])
        others = [
            other.key
            for other in article.posts
            if other.key != post.key and other.outlet == post.outlet and other.pinned
            and _is_wrong(number.values, number, other.pinned, body)
        ]  # fmt: skip
        if not others:
            return None
        new = "@" + rng.choice(others)
        fault = in_body(article, mark.start, mark.end, new, code=CODE, also=MOVED_MARK)
        grown = len(new) - (mark.end - mark.start) if mark.start < number.start else 0
        return replace(fault, start=number.start + grown, end=number.end + grown)

    return first(rng, _figures(article), moved)


def contradict_a_post(article: Article, rng: Random) -> Fault | None:
    """Let a post of another outlet give another figure for the same thing; the note is silent."""
    if not article.is_english:
        return None
    cited = {key for claim in article.claims() for key in claim.keys}
    posts = [
        post
        for post in article.posts
        if post.key in cited and post.text and not post.is_edited and is_in_english(post.text)
    ]
    pairs = [(one, other) for one in posts for other in posts if one.outlet != other.outlet]

    def contradicted(pair: tuple) -> Fault | None:
        one, other = pair
        for sentence in re.split(r"(?<=[.!?]) |\n", one.text):
            counts = [
                n
                for n in numbers(sentence)
                if is_figure(sentence, n) and not n.sign and not n.scale and not is_hedged(sentence, n.start)
                and (n.is_percent or _COUNTED.match(sentence[n.end :])) and n.text.rstrip(" %").isdigit()
            ]  # fmt: skip
            if not counts or len(sentence.split()) < 8 or set(sentence) & set('“”"[|'):
                continue
            number = rng.choice(counts)
            value = int(number.values[0] * rng.choice([1.5, 2, 3])) + 1
            figure = f"{value}{sentence[number.digits_end : number.end]}"
            claim = put(sentence, number.start, number.end, figure)
            note = "The outlets tell of the same events, and this paper has asked neither of them."
            changed = replace(other, text=f"{other.text}\n{claim}")
            return of_sources(
                replace(article.with_post(changed), framing_note=note),
                one.key,
                other.key,
                code="conflict",
                level=QUERY,
                what=f"{one.key} {number.text!r}, {other.key} {figure!r}",
                also=("single-origin", "hedge-lost", "verbatim-copy", "quote-ambiguous"),
            )
        return None

    return first(rng, pairs, contradicted)


MOVED_MARK = frozenset({
    "source-uncited", "single-origin", "quote-elsewhere", "quote-ambiguous", "outlet-mismatch",
    "stated-time", "source-id-time", "hedge-lost", "figure-not-found", "conflict",
})  # fmt: skip
_ALSO = frozenset({"headline-drift", "verbatim-copy", "conflict"})


def _figures(article: Article) -> Iterator[Number]:
    """Yield the figures of the body that every post cited there has, outside quotations."""
    inside = quoted_at_all(article.body)
    for number in numbers(article.body):
        if is_within(number.start, inside) or not is_figure(article.body, number):
            continue
        posts = _cited(article, number.start)
        if posts and set(number.values) & set().union(*map(given, posts)):
            yield number


def _cited(article: Article, place: int) -> list[str]:
    """Return the texts of the posts cited for a place; none where one of them is not archived."""
    texts = [article.post(key).pinned for key in in_cited_scope(article, place)]
    return [text for text in texts if text] if all(texts) else []


def _with_other_digit(article: Article, number: Number, rng: Random) -> Fault | None:
    digits = [n for n in range(number.start, number.digits_end) if article.body[n].isdecimal()]
    choices = [(at, digit) for at in digits for digit in "23456789"]

    def changed(choice: tuple[int, str]) -> Fault | None:
        at, digit = choice
        # The new digit is of the same script.
        zero = ord(article.body[at]) - int(article.body[at])
        text = put(article.body, at, at + 1, chr(zero + int(digit)))[number.start : number.end]
        return _spoilt(article, number, text)

    return first(rng, choices, changed)


def _swapped(article: Article, number: Number, one: int, other: int) -> Fault | None:
    body = article.body
    if body[one] == body[other] or (one == number.start and int(body[other]) == 0):
        return None
    text = put(put(body, one, one + 1, body[other]), other, other + 1, body[one])
    return _spoilt(article, number, text[number.start : number.end])


def _spoilt(article: Article, number: Number, new: str) -> Fault | None:
    body = put(article.body, number.start, number.end, new)
    read = next((n for n in numbers(body) if n.start == number.start), None)
    if read is None or new == number.text or not is_figure(body, read):
        return None
    posts = _cited(article, number.start)
    if not all(_is_wrong(read.values, number, post, article.body) for post in posts):
        return None
    return in_body(article, number.start, number.end, new, code=CODE, also=_ALSO)


def _is_wrong(values: tuple[float, ...], number: Number, post: str, body: str) -> bool:
    """Return whether a value is in a post neither exactly, nor rounded, nor by a comparator.

    Nobody here reads the number words of other languages: of their posts nothing is sure but a
    figure of several digits, and only where they write figures in digits.
    """
    digits = f"{values[0]:.10g}".replace(".", "").strip("0")
    if not is_in_english(post) and (len(digits) < 2 or not numbers(post)):
        return False
    hedge = is_hedged(body, number.start)
    apart = 0.2 if hedge else _APART
    for value in values:
        for other in given(post):
            if value == other or (other and abs(value - other) / other < 1e-9):
                return False
            is_exact = not hedge and other in number.values and not number.scale
            if not is_exact and other and abs(value - other) / other < apart:
                return False
    if hedge == "up":
        return values[0] > max(number.values)
    return hedge != "down" or values[0] < max(number.values)
