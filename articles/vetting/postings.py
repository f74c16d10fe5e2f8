"""Where an English text says when an outlet posted: "Reuters at 02:40 UTC on 25 June 2026".

The time has to stand right beside the outlet, its verb or the word post. In "the blast came at
02:40 UTC, Reuters said" it is the time of the blast, and nothing here reads it.
"""

import re
from collections.abc import Iterator, Set
from dataclasses import dataclass

from articles.vetting import nearby, times
from articles.vetting.outlets import Attribution, Outlets

_POST = r"(?:post|message|update|alert|dispatch|tweet|report|bulletin|flash)"
_REPORTED = (
    r"(?:(?:has |had )?(?:(?:first|later|also|then|again|since) )?(?:said|says|reported|reports|posted"
    r"|wrote|writes|tweeted|published|carried|quoted (?:\w+ ){1,2}as saying))"
)
_MEANS = (
    r"(?:,? (?:(?:in|on) (?:X|Twitter|Telegram|Bluesky|Mastodon|Persian|Arabic|French|Spanish|German"
    rf"|Russian|Turkish|Hebrew|English|its \w+)|in an? (?:\w+ )?{_POST}),?)"
)
_LOOSELY = r"(?:about|around|roughly|nearly|almost|circa|shortly (?:after|before)|just (?:after|before)|before|after|some time \w+)"  # fmt: skip
_AT = rf",? ?\(?(?:(?:first )?(?:at|on|from|of)\b)?(?: ?{_LOOSELY})? ?"
_OUTLET_FIRST = re.compile(
    rf"(?:'s?)?(?: {_REPORTED}(?: (?:it|this|that|so))?)?{_MEANS}{{0,3}}{_AT}"
)
_TIME_FIRST = re.compile(r",? (?:the )?")
_OPENING = re.compile(
    rf"(?:\A|[;:.—] ?|\b(?:and|but|when|while) )\(?(?:(?:at|on|by)(?: {_LOOSELY})? )?\Z",
    re.IGNORECASE,
)
_ENDS_A_SPAN = re.compile(r"\b(?:between|from)\b[^.;]{1,48}\b(?:and|to|until)\b[^.;]{0,12}\Z")
_BY = re.compile(r",? by (?:the )?")
_POSTED = re.compile(
    rf"\b(?:posted|tweeted|time-?stamped|(?:\b{_POST}|reported|published)(?=(?: \w+ \w+)? (?:at|of|from|on)))"
    rf"{_MEANS}{{0,2}}{_AT}\Z"
)
_OWN_POST = re.compile(rf"\)? {_POST}\b")
_LOOSE = re.compile(rf"\b{_LOOSELY} ?\Z", re.IGNORECASE)
_FURTHEST = 80


@dataclass(frozen=True, slots=True)
class Posting:
    """A time at which something was posted, by one of outlets; None where only a post is named."""

    time: times.StatedTime
    outlets: frozenset[str] | None
    is_loose: bool


def read(text: str, outlets: Outlets) -> Iterator[Posting]:
    """Yield the postings of a text that has single spaces and straight quotes."""
    stated = times.read(text)
    if not stated:
        return
    mentions = outlets.mentioned(text)
    first = {time.start: _before(text, time, mentions) for time in stated}
    owners = {owner.start for owner in first.values() if owner}
    free = [each for each in mentions if each.start not in owners]
    speaking = {each.start for each in outlets.attributed(text)}
    for time in stated:
        # "At 4 a.m. Moscow time, TASS reported at 07:05": the outlet has a time of its own.
        owner = first[time.start] or _after(text, time, free, speaking)
        before = text[max(0, time.start - _FURTHEST) : time.start]
        if owner is None and not (_POSTED.search(before) or _OWN_POST.match(text, time.end)):
            continue
        yield Posting(time, owner.outlets if owner else None, _LOOSE.search(before) is not None)


def _before(text: str, time: times.StatedTime, mentions: list[Attribution]) -> Attribution | None:
    earlier = nearby.before(mentions, time.start, within=_FURTHEST)
    if earlier and _OUTLET_FIRST.fullmatch(text, earlier[-1].end, time.start):
        return earlier[-1]
    return None


def _after(
    text: str, time: times.StatedTime, mentions: list[Attribution], speaking: Set[int]
) -> Attribution | None:
    """Return the outlet that follows a time as its own; speaking are the places of sources."""
    found = nearby.after(mentions, time.end, within=_FURTHEST)
    if not found:
        return None
    later = found[0]
    before = text[max(0, time.start - _FURTHEST) : time.start]
    if _ENDS_A_SPAN.search(before):
        return None
    if _BY.fullmatch(text, time.end, later.start) and _POSTED.search(before):
        return later
    opens = _OPENING.search(before) and _TIME_FIRST.fullmatch(text, time.end, later.start)
    return later if opens and later.start in speaking else None
