"""A past event must not have a future time.

Future times are often right ("the truce begins at 06:00 GMT"): only the time of a post, or a time
after a verb in the past tense, is checked.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from articles.vetting.facts.dates import DateMention
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.readings import Read, reading
from articles.vetting.rule import ENGLISH, NOTHING, Rule
from articles.vetting.sentences import Sentence
from articles.vetting.span_sets import SpanSet
from articles.vetting.texts_read import read_text

_CLOCKS = timedelta(minutes=1)
# On this side of the world a day may begin so long before it does in UTC.
_EARLIEST_DAWN = timedelta(hours=14)
_STRONG = (
    r"said|struck|began|hit|fell|rose|came|left|sank|broke|went|spoke|met|told|wrote|shut|sent|held|won|lost|shot"
    r"|caught|found|gave|made|saw|took|brought|flew|drove|burst|blew|stood|swore|stole|became|withdrew|threw"
)
_PAST = re.compile(
    rf"(?P<before>(?:\b[\w']+,? ){{0,3}})\b(?P<verb>[a-z]{{2,}}ed|{_STRONG}|was|were)"
    r"(?: (?:again|early|late|first|there|here|over|up|down|off|out|back|away|in|through|together|place|effect|office|power"
    r"|office|shortly|only|finally))*,?"
    r"(?: (?:at|on)(?: about| around| exactly| precisely| shortly after| just after)?| (?:shortly|just|soon) (?:after|before)) \Z"
)
# "Confirmed the order at 11:30": what it is done to stands between. What does not pass into that
# may be what happens then: "a ticket for the match on 27 June".
_DONE_TO = re.compile(
    rf"(?P<before>(?:\b[\w']+,? ){{0,3}})\b(?P<verb>[a-z]{{2,}}ed|{_STRONG})"
    r"(?: (?:(?:of|about) )?(?:him|her|them|it|this|that|(?:the|his|her|its|their|two|three|four|five|six|\d+) (?P<what>(?:(?!(?:to|for|that|which|who|will|by"
    r"|until|of|from|and|or|at|on|with)\b)[\w'-]+ ?){1,3}?)))(?: (?:in|near|outside|off|to|into) (?:the )?[\w'-]+)?,? (?:at|on) \Z"
)
# The last words of both.
_BEFORE_TIMES = (
    " at ", " on ", " about ", " around ", " exactly ", " precisely ", " after ", " before ",
)  # fmt: skip
# "At 20:15 the cup was handed over": the time stands first.
_OPENS = re.compile(r"(?:\A|[;.] ?)(?:(?:At|On|Shortly after|Just after) (?:about |around )?)?\Z")
_FOLLOWS = re.compile(
    rf",? (?P<subject>(?:(?!(?:that|which|who|whose|where|when|as)\b)[\w'-]+,? ){{1,6}}?)(?:(?:was|were|had) [a-z]{{2,}}(?:ed|en|wn|pt|ght)|{_STRONG})\b(?P<rest>[^.;]*)"
)
# What can be in the diary: confirmed, or ordered, today for tomorrow.
_DIARY = frozenset(
    {
        "meeting", "hearing", "vote", "election", "elections", "strike", "talks", "summit", "game",
        "match", "launch", "flight", "flights", "session", "debate", "conference", "ceremony",
        "concert", "deadline", "opening", "release", "closure", "trial", "event", "march", "protest",
        "rally", "visit", "date", "start", "end", "handover", "ceasefire", "truce", "referendum",
        "ballot", "hearings", "meetings", "show", "final", "tour", "festival", "exam", "exams",
        "funeral", "wedding", "parade", "poll", "polls", "premiere", "sale", "auction", "run-off",
        "second", "round", "first", "next", "departure", "arrival", "train", "slot", "time",
        "appointment", "interview", "briefing", "speech", "address", "test", "tests", "gates", "doors",
        "seat", "seats", "ticket", "tickets", "table", "place", "inauguration", "execution",
    }
)  # fmt: skip
_NOT_YET = frozenset(
    [
        "scheduled",
        "expected",
        "planned",
        "slated",
        "timed",
        "due",
        "supposed",
        "set",
        "called",
        "invited",
        "asked",
        "agreed",
        "need",
        "proposed",
        "delayed",
        "postponed",
        "extended",
        "moved",
        "adjourned",
        "announced",
        "fixed",
        "tabled",
        "booked",
        "promised",
        "vowed",
        "threatened",
    ]
)
_AHEAD = frozenset(
    [
        "will",
        "would",
        "to",
        "be",
        "is",
        "are",
        "being",
        "may",
        "might",
        "can",
        "could",
        "should",
        "shall",
        "must",
        "if",
        "until",
    ]
)
_FURTHEST = 96
_SHORT = 24
_DIGIT = re.compile(r"\d")


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    for read in reading(piece, context).sentences:
        for start, end in _ahead(read, context):
            place = read.locate(start, end)
            if place is not None:
                yield _finding(read.sentence, place, read.plain.text[start:end])


def _ahead(read: Read, context: Context) -> Iterator[tuple[int, int]]:
    """Yield where a sentence tells of something past at a time that is ahead."""
    text, now = read.plain.text, context.now
    if not _DIGIT.search(text):
        return
    posted = {posting.time.start for posting in read.postings}
    stated_times = read_text(text, context).times
    taken = SpanSet((stated.start, stated.end) for stated in stated_times)
    for stated in stated_times:
        # Few times are ahead, which the calendar tells sooner than the words do.
        moments = () if stated.day is None else stated.moments(near=now)
        if not moments or min(moments) <= now + _CLOCKS:
            continue
        if stated.start in posted or _is_past(text, stated.start, stated.end):
            yield stated.start, stated.end
    for day in read_text(text, context).dates("en"):
        if day.is_range_end or day.certain_year is None or day.start in taken:
            continue
        if _is_ahead(day, now) and _is_past(text, day.start, day.end):
            yield day.start, day.end


def _is_ahead(day: DateMention, now: datetime) -> bool:
    begins = [datetime.combine(each, time(), UTC) for each in day.readings(near=[now.date()])]
    return bool(begins) and min(begins) > now + _EARLIEST_DAWN


def _is_past(text: str, start: int, end: int) -> bool:
    """Return whether what happened at the time of text[start:end] is told as past."""
    low = max(0, start - _FURTHEST)
    is_led_to = text.endswith(_BEFORE_TIMES, low, start)
    found = _PAST.search(text, low, start) if is_led_to else None
    if is_led_to and found is None and (found := _DONE_TO.search(text, low, start)):
        what = set((found["what"] or "").casefold().split())
        if what & _DIARY:
            return False
    if found is not None:
        return found["verb"] not in _NOT_YET and not _words(found["before"]) & (_AHEAD | _NOT_YET)
    if _OPENS.search(text, max(0, start - _SHORT), start) is None:
        return False
    told = _FOLLOWS.match(text, end, end + _FURTHEST)
    return told is not None and not _words(told.group()) & (_AHEAD | _NOT_YET)


def _words(text: str) -> set[str]:
    # "According to a survey published on …" looks back.
    said = text.casefold().replace("according to", "")
    return {word.strip(",") for word in said.split()}


def _finding(sentence: Sentence, place: tuple[int, int], said: str) -> Finding:
    return Finding(
        code="future-time",
        level=Level.HOLD,
        field=sentence.field,
        start=place[0],
        end=place[1],
        excerpt=sentence.text,
        message=f"{said} is still to come, but the sentence is in the past tense. Correct the time.",
        evidence={"said": said, "sentence": sentence.text},
    )


RULE = Rule(
    code="future-time",
    title="Future date in the past tense",
    find=find,
    compares=NOTHING,
    languages=ENGLISH,
    subject="future dates",
    is_about_words=True,
)
