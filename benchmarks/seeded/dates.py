"""Dates and times of English articles, as far as a fault needs them; read without the checks."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from benchmarks.seeded.articles import Article, Post
from benchmarks.seeded.places import in_cited_scope, is_within, masked, quoted_at_all
from web.words import time_and_date

MONTHS = tuple(calendar.month_name)
WEEKDAYS = tuple(calendar.day_name)
_MONTH = "|".join(MONTHS[1:])
_WEEKDAY = "|".join(WEEKDAYS)
DATE = re.compile(
    rf"(?:(?P<weekday>{_WEEKDAY}),? )?(?:(?P<day>\d{{1,2}}) (?P<month>{_MONTH})(?: (?P<year>\d{{4}}))?"
    rf"|(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}})(?:,? (?P<year2>\d{{4}}))?)(?![\w-])(?! ?[–/]\d)"
)
_IN_PAIR = re.compile(r"\d(?:st|nd|rd|th)? ?(?:-|–|/|and|or|to) ?\Z")
_NEAR = timedelta(days=120)
# Hours from UTC of the zones that the articles use.
ZONES = {
    "UTC": 0, "GMT": 0, "BST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "EDT": -4, "EST": -5,
    "CDT": -5, "PDT": -7, "PST": -8, "JST": 9, "KST": 9, "MSK": 3, "Moscow time": 3, "IST": 5.5,
}  # fmt: skip
_TIME = re.compile(
    r"(?<![\d:])(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?: ?(?P<half>[ap])\.?m\.?)? "
    rf"(?P<zone>{'|'.join(ZONES)})\b"
)
_SAME_POST = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class StatedDate:
    """A date of the body: day is the one it means; end includes the year, start the weekday."""

    start: int
    end: int
    day: date
    weekday: str
    has_year: bool
    text: str
    at: int


@dataclass(frozen=True, slots=True)
class StatedTime:
    """A time of day with a zone; start and end enclose hour to minute, or to "p.m."."""

    start: int
    end: int
    hour: int
    minute: int
    zone: str
    text: str

    def agrees(self, moment: datetime) -> bool:
        local = moment.astimezone(timezone(timedelta(hours=ZONES[self.zone])))
        stated = local.replace(hour=self.hour, minute=self.minute, second=0, microsecond=0)
        return abs(stated - local) <= _SAME_POST


def stated_dates(article: Article) -> Iterator[StatedDate]:
    """Yield the dates of the body whose day is sure, outside quotations and ranges."""
    body = masked(article.body)
    inside = quoted_at_all(article.body)
    for match in DATE.finditer(body):
        before = body[max(0, match.start() - 12) : match.start()]
        if is_within(match.start(), inside) or _IN_PAIR.search(before):
            continue
        day = _meant(article, match)
        if day is not None:
            at = match.end("weekday") if match["weekday"] else match.start()
            at += re.match(r",? ?", body[at:]).end() if match["weekday"] else 0
            yield StatedDate(
                match.start(), match.end(), day, match["weekday"] or "",
                bool(match["year"] or match["year2"]), match.group(), at,
            )  # fmt: skip


def _meant(article: Article, match: re.Match[str]) -> date | None:
    day, month = int(match["day"] or match["day2"]), match["month"] or match["month2"]
    year = match["year"] or match["year2"]
    published = article.published_at.astimezone(UTC).date()
    years = [int(year)] if year else [published.year - 1, published.year, published.year + 1]
    found = []
    for each in years:
        try:
            found.append(date(each, MONTHS.index(month), day))
        except ValueError:
            continue
    if year:
        return found[0] if found else None
    # Without a year, only a date not far from the day of publication is sure.
    return next((each for each in found if abs(each - published) <= _NEAR), None)


def stated_times(text: str) -> Iterator[StatedTime]:
    for match in _TIME.finditer(text):
        hour = int(match["hour"])
        if match["half"]:
            hour = hour % 12 + (12 if match["half"] == "p" else 0)
        if hour < 24 and int(match["minute"]) < 60:
            end = match.start("zone") - 1
            yield StatedTime(
                match.start(), end, hour, int(match["minute"]), match["zone"], text[match.start() : end]
            )  # fmt: skip


def postings(article: Article) -> list[tuple[StatedTime, Post]]:
    """Return the times of the body that are those of a post cited there, by an outlet it names."""
    if not article.is_english:
        return []
    found = []
    for stated in stated_times(article.body):
        cited = [article.post(key) for key in in_cited_scope(article, stated.start)]
        outlets = {post.outlet for post in cited}
        same = [post for post in cited if post.posted_at and stated.agrees(post.posted_at)]
        before = article.body[max(0, stated.start - 90) : stated.start]
        after = article.body[stated.end : stated.end + 60]
        if len(outlets) == 1 and same and _is_posted(before, after, same[0].names):
            found.append((stated, same[0]))
    return found


def _is_posted(before: str, after: str, names: tuple[str, ...]) -> bool:
    """Return whether a time stands with an outlet and its verb, and is not that of an event."""
    name = "|".join(map(re.escape, names))
    if re.search(rf"(?:{name})\b[^.;\n]*?{_POSTED}", before):
        return True
    opens = re.search(r"(?:^|[.;\n] ?|and )(?:[Aa]t|[Oo]n) \Z", before)
    return bool(opens and re.match(rf" [^,.;]{{0,40}},? (?:the )?(?:{name}) {_VERB}", after))


_VERB = "(?:first |also )?(?:reported|posted|published|noted|wrote|tweeted|said|alert|post)"
_POSTED = (
    rf"\b{_VERB}\b(?: (?:the|its|it|this)(?: \w+)?)?(?: went out| came)?,? \(?(?:at|on|from)"
    r"(?: [^()]{1,40}\()? ?\Z"
)


def written(moment: datetime) -> str:
    """Return a moment as an article states it: 02:40 UTC on 25 June 2026."""
    return time_and_date(moment.astimezone(UTC))
