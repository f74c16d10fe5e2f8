"""Where an English text says when an outlet posted: "Reuters at 02:40 UTC on 25 June 2026".

The time has to stand right beside the outlet, its verb or the word post. In "the blast came at
02:40 UTC, Reuters said" it is the time of the blast, and nothing here reads it.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from articles.vetting import times
from articles.vetting.outlets import Attribution, Outlets
from articles.vetting.platform_names import PLATFORM_NAMES
from articles.vetting.texts_read import ReadText

_POST = r"(?:post|message|update|alert|dispatch|tweet|report|bulletin|flash)"
_REPORTED = (
    r"(?:(?:has |had )?(?:(?:first|later|also|then|again|since) )?(?:said|says|reported|reports|posted"
    r"|wrote|writes|tweeted|published|carried|quoted (?:\w+ ){1,2}as saying|follow(?:ed|s)(?: up| suit)?|confirm(?:ed|s)"
    r"|broke|ran|flashed|filed|sent|issued|moved|had|relayed|repeated|noted|added|announced|corrected|updated|matched"
    r"|put|came (?:first|next|second|later)|caught up|(?:was|were) (?:the )?first(?: (?:with (?:it|the news|the story)|to (?:report|say|have) (?:it|so)))?))"
)
_MEANS = (
    rf"(?:,? (?:(?:in|on) (?:{PLATFORM_NAMES}|Persian|Arabic|French|Spanish|German"
    rf"|Russian|Turkish|Hebrew|English|its \w+)|in an? (?:\w+ )?{_POST}),?)"
)
_LOOSELY = r"(?:about|around|roughly|nearly|almost|circa|shortly (?:after|before)|just (?:after|before)|before|after|some time \w+)"  # fmt: skip
_AT = rf",? ?\(?(?:(?:first )?(?:at|on|from|of)\b)?(?: ?{_LOOSELY})? ?"
# What an outlet publishes, whatever it is called; "reported the attack at 02:40" may be the attack's time.
_PUBLISHED = (
    r"(?:(?:had |has )?(?:(?:first|later|also|then) )?(?:published|posted|ran|broke|issued|sent(?: out)?|put out|carried)"
    r"|first reported) (?:the|its|this|that|an?) [\w-]+(?: [\w-]+)?"
)
_PUT = r"put (?:it|them|this|that|the \w+) (?:at|above|below|over|under|near|around|close to) [\w.,%$€£-]*\w"
_ASIDE = r"(?:, (?:which|who)\b|, [^,;.]{1,60},)?"
_OUTLET_FIRST = re.compile(
    rf"(?:'s?)?{_ASIDE} (?:{_PUBLISHED}|{_PUT}){_AT}|(?:'s?)?{_ASIDE}(?: {_REPORTED}(?: (?:it|this|that|so|them|(?:out |off )?(?:the|its|an?)(?: (?:first|own|short|later|full|urgent))?"
    rf" (?:news|story|statement|reports?|alert|flash|figures?|toll|number|count|correction|update|{_POST}))(?: out)?)?)?"
    rf"(?: (?:\w+ ){{1,3}}later,?)?"
    rf"(?: {_POST} (?:came|went out|moved|landed|dropped|arrived|appeared|followed|(?:is|was) (?:posted|published|sent|stamped|dated|timed)|dates))?{_MEANS}{{0,3}}{_AT}"
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
# "At 09:30 Korean time (00:30 UTC)": one moment, said twice.
_SAME_MOMENT = re.compile(
    r"(?:,? (?:on )?(?:[A-Z][a-z]+day,?)?(?: ?\d{1,2} [A-Z][a-z]+\.?| ?[A-Z][a-z]+\.? \d{1,2})?(?:,? \d{4})?)?"
    r" ?(?:\(|/|, or | or |, (?:i\.e\.|that is),? )"
)
_FURTHEST = 80


@dataclass(frozen=True, slots=True)
class Posting:
    """A time at which something was posted, by one of outlets; None where only a post is named."""

    time: times.StatedTime
    outlets: frozenset[str] | None
    is_loose: bool


def read_postings(read: ReadText, outlets: Outlets) -> Iterator[Posting]:
    """Yield the postings of a text that has single spaces and straight quotes."""
    text, stated = read.text, read.times
    if not stated:
        return
    mentions = outlets.mentioned(read.plain)
    attributed = frozenset(outlets.attributed(read.plain))
    first = {time.start: _before(text, time, mentions) for time in stated}
    taken = frozenset(first.values())
    free = [each for each in mentions if each not in taken]
    last: Posting | None = None
    for time in stated:
        if last and says_again(text, last.time, time):
            last = Posting(time, last.outlets, last.is_loose)
            yield last
            continue
        last = None
        # "At 4 a.m. Moscow time, TASS reported at 07:05": the outlet has a time of its own.
        owner = first[time.start] or _after(text, time, free, attributed)
        before = text[max(0, time.start - _FURTHEST) : time.start]
        if owner is None and not (_POSTED.search(before) or _OWN_POST.match(text, time.end)):
            continue
        last = Posting(time, owner.outlets if owner else None, _LOOSE.search(before) is not None)
        yield last


def says_again(text: str, one: times.StatedTime, other: times.StatedTime) -> bool:
    """Return whether a time only repeats the one before it, in another zone."""
    between = text[one.clock_end : other.clock_start]
    return len(between) <= _FURTHEST and (_SAME_MOMENT.fullmatch(between) is not None)


def _before(text: str, time: times.StatedTime, mentions: list[Attribution]) -> Attribution | None:
    n = bisect_right(mentions, time.start, key=lambda each: each.end) - 1
    if n < 0 or time.start - mentions[n].end > _FURTHEST:
        return None
    found = _OUTLET_FIRST.fullmatch(text, mentions[n].end, time.start)
    return mentions[n] if found else None


def _after(
    text: str,
    time: times.StatedTime,
    mentions: list[Attribution],
    attributed: frozenset[Attribution],
) -> Attribution | None:
    n = bisect_left(mentions, time.end, key=lambda each: each.start)
    if n == len(mentions) or mentions[n].start - time.end > _FURTHEST:
        return None
    later = mentions[n]
    before = text[max(0, time.start - _FURTHEST) : time.start]
    if _ENDS_A_SPAN.search(before):
        return None
    if _BY.fullmatch(text, time.end, later.start) and _POSTED.search(before):
        return later
    opens = _OPENING.search(before) and _TIME_FIRST.fullmatch(text, time.end, later.start)
    return later if opens and later in attributed else None
