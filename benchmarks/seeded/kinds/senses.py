"""Sentences turned round: a rise for a fall, a "not" more or less, the dead for the injured."""

import re
from dataclasses import replace
from random import Random

from benchmarks.seeded.articles import Article
from benchmarks.seeded.fault import Fault, first
from benchmarks.seeded.kinds.spots import Spot, cased, spoilt, spots, words
from benchmarks.seeded.places import masked
from benchmarks.seeded.world import AUXILIARIES, CASUALTIES, DIRECTIONS, ONES, OUTCOMES, both_ways

# "Up to 40" is no direction.
_LIMIT = " to "
_PERSON = r"[A-Z][a-z]+(?: [A-Z][a-z]+)?"
_SPEAKERS = (
    rf"(?<=[”\"’] )(?:said|says) (?:the [a-z ]+, )?({_PERSON})",
    rf"(?<=[”\"’] )({_PERSON}) (?:said|says|told)",
)
# "Talks broke down", "shut down": where no amount is near, up is not the opposite of down.
_AMOUNT_AFTER = re.compile(
    r" (?:(?:by|from|about|some|nearly|almost|more than|as much as) )*(?:on |[$€£]?\d)"
)
_AMOUNT_BEFORE = re.compile(r"\d(?: ?%| [a-z]+){0,2} \Z")
_BEING = re.compile(
    r"(?i)\b(?:is|are|was|were|be|been|being|stay|stays|stayed|remain|remains|remained) \Z"
)
_TO = re.compile(r"(?i)\bto \Z")
# "Their sixth win": the noun has another opposite than the verb.
_BEFORE_A_NOUN = re.compile(
    r"(?i)(?:\b(?:an?|the|its|his|her|their|this|\w+(?:th|st|nd|rd|ond|ird))|\d) \Z"
)
_A_RECORD = re.compile(r" (?:an?|the|its|his|her|their) .{0,20}record")
_IN_CUSTODY = re.compile(
    r"(?i)\b(?:man|men|woman|women|suspects?|prisoners?|detainees?|held|jail|prison|custody|bail|sentence)\b"
)
_NOT = re.compile(
    r"(?<=[a-z]) not(?= [a-z])|\bNo (?=[a-z])|\bNobody\b|\bnever (?=[a-z])|(?<=[a-z])n[’']t(?= )"
)


def turned_direction(article: Article, rng: Random) -> Fault | None:
    """Write "fell" for "rose"."""
    return _opposed(article, rng, DIRECTIONS, "direction")


def turned_outcome(article: Article, rng: Random) -> Fault | None:
    """Write "lost to" for "beat"."""
    return _opposed(article, rng, OUTCOMES, "outcome")


def killed_for_injured(article: Article, rng: Random) -> Fault | None:
    """Write "17 were killed" for "17 were injured"."""

    def made(spot: Spot) -> Fault | None:
        new = dict(CASUALTIES)[spot.text]
        before = article.body[max(0, spot.start - 40) : spot.start].rpartition("\n")[2]
        if not re.search(rf"\d|\b(?:people|{'|'.join(ONES[1:])})\b", before, re.IGNORECASE):
            return None
        return spoilt(article, spot, new, kind="killed or injured")

    return first(rng, words(article, dict(CASUALTIES)), made)


def gained_not(article: Article, rng: Random) -> Fault | None:
    """Write "was not hurt" for "was hurt"."""
    either = "|".join(AUXILIARIES)

    def made(spot: Spot) -> Fault | None:
        low = article.body.rfind("\n", 0, spot.start) + 1
        before = re.split(r"[.\]]", article.body[low : spot.start])[-1]
        after = re.split(r"[.,;\]]", article.body[spot.end :])[0]
        if re.search(r"(?i)\b(?:not|no|never|nobody|none|neither|nor)\b", before + after):
            return None
        return spoilt(article, spot, f"{spot.text} not", kind="not gained")

    return first(
        rng,
        spots(article, rf"\b(?:{either})\b(?= (?!it\b)[a-z]+(?:ed|en|ing|ly|n|t)\b)(?! not)"),
        made,
    )


def lost_not(article: Article, rng: Random) -> Fault | None:
    """Write "was named" for "was not named"."""
    found = {"No ": "A ", "Nobody": "Somebody"}

    def made(spot: Spot) -> Fault | None:
        word = article.body[: spot.start].rpartition(" ")[2]
        if spot.text.startswith("n") and spot.text[-1] == "t" and word in {"ca", "wo"}:
            return None
        fault = spoilt(article, spot, found.get(spot.text, ""), kind="not lost")
        return _at_words(fault, spot, word)

    return first(rng, spots(article, _NOT), made)


def _at_words(fault: Fault, spot: Spot, word: str) -> Fault:
    """Let a finding point at the words before and after what is gone."""
    return replace(fault, start=max(0, spot.start - len(word)), end=spot.start + 12)


def other_speaker(article: Article, rng: Random) -> Fault | None:
    """Give a quotation to somebody else who is named in the article."""
    told = r"([A-Z][a-z]{2,} [A-Z][a-z]{3,})(?:, (?:aged )?\d\d\b|,[”\"’]? (?:said|told))|said ([A-Z][a-z]{2,} [A-Z][a-z]{3,})"
    people = {one or other for one, other in re.findall(told, masked(article.body))}
    found = [spot for pattern in _SPEAKERS for spot in spots(article, pattern, group=1)]

    def made(spot: Spot) -> Fault | None:
        outlets = {name for post in article.posts for name in post.names}
        others = sorted(
            name
            for name in people
            if not set(name.split()) & set(spot.text.split())
            and not any(name in each or each in name for each in outlets)
        )
        return spoilt(article, spot, rng.choice(others), kind="speaker") if others else None

    return first(rng, found, made)


def _opposed(
    article: Article, rng: Random, pairs: tuple[tuple[str, str], ...], kind: str
) -> Fault | None:
    """Put the opposite of a word where no cited post has that; a post that has neither is enough."""
    opposites: dict[str, list[str]] = {}
    for one, other in both_ways(pairs):
        opposites.setdefault(one, []).append(other)

    def made(spot: Spot) -> Fault | None:
        new = rng.choice(opposites[spot.text.casefold()])
        if spot.is_in_posts(new) or article.body[spot.end :].startswith(_LIMIT):
            return None
        if not _is_opposite_there(article.body, spot, new):
            return None
        if new == "lost to" and _TO.search(article.body[: spot.start]):
            new = "lose to"
        return spoilt(article, spot, cased(new, spot.text), kind=kind)

    return first(rng, words(article, opposites), made)


def _is_opposite_there(body: str, spot: Spot, new: str) -> bool:
    """Return whether a word is English in the place of its opposite, and says the opposite there.

    What was sold was bought, a report that was released was not arrested, and who is survived by
    a son has not lost by one.
    """
    was, before, after = spot.text.casefold(), body[: spot.start], body[spot.end :]
    if was in {"up", "down"}:
        return bool(_AMOUNT_AFTER.match(after) or _AMOUNT_BEFORE.search(before))
    if was in {"win", "lose"}:
        return _BEFORE_A_NOUN.search(before) is None
    if was == "released":
        line = before.rpartition("\n")[2] + after.partition("\n")[0]
        return _IN_CUSTODY.search(line) is not None
    if was == "beating":
        return _A_RECORD.match(after) is None
    if was == "closed" and new == "open":
        return _BEING.search(before) is not None
    if was in {"sold", "bought", "lost to"}:
        return _BEING.search(before) is None
    return was != "survived" or not after.startswith(" by ")
