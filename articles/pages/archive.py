"""The archive by day: what was first published on a UTC day, with the calendar of its month."""

from calendar import Calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Article, ArticleQuerySet
from articles.templatetags.articles import archive_day
from articles.views import cards
from web.conditional import public_page
from web.keyset import CURSORS, window
from wires import generations

PAGE = 50
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A day of a month's calendar; `path` is "" where nothing was published."""

    on: date
    path: str
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The month of a day of the archive in weeks from Monday on, None for days of other months.

    `earlier` and `later` are the nearest days with articles on either side of the day, and
    `before` and `after` those on either side of the month.
    """

    first: date
    weeks: list[list[CalendarDay | None]]
    earlier: date | None
    later: date | None
    before: date | None
    after: date | None


@public_page(generations.reader("pages"), query=CURSORS)
def newest_day(request: HttpRequest) -> HttpResponse:
    """Show the newest day with articles. Five queries of its own."""
    at = Article.objects.live().newest_first().values_list("first_published_at", flat=True).first()
    return _show(request, at.astimezone(UTC).date() if at else None)


@public_page(generations.reader("pages"), query=CURSORS)
def day(request: HttpRequest, year: str, month: str, day: str) -> HttpResponse:
    """Show the articles of a day, newest first; 404 where it has none. Four queries of its own."""
    try:
        on = date(int(year), int(month), int(day))
    except ValueError as error:
        message = "There is no such day."
        raise Http404(message) from error
    return _show(request, on)


def _show(request: HttpRequest, on: date | None) -> HttpResponse:
    if on is None:
        return render(request, "articles/archive.html", {"on": None})
    begins = _midnight(on)
    # Not the next day's midnight: the last day of the calendar has none.
    ends = begins.replace(hour=23, minute=59, second=59, microsecond=999_999)
    articles = cards().filter(first_published_at__range=(begins, ends))
    page = window(articles, request.GET, field="first_published_at", size=PAGE)
    if not page.rows:
        message = "Nothing that is public was first published on this day."
        raise Http404(message)
    context = {
        "on": on,
        "path": archive_day(on),
        "page": page,
        "month": month_of(on),
        "updated_at": max(row.live_version.at for row in page.rows if row.live_version),
        "is_demo": any(row.is_demo for row in page.rows),
    }
    return render(request, "articles/archive.html", context)


def month_of(on: date) -> Month:
    """Return the calendar of a day's month and the days beside it. Three queries."""
    first = on.replace(day=1)
    weeks = Calendar().monthdatescalendar(on.year, on.month)
    last = max(each for week in weeks for each in week if each.month == on.month)
    begins, ends = _midnight(first), _midnight(last) + (DAY - timedelta(microseconds=1))
    live = Article.objects.live()
    of_month = live.filter(first_published_at__range=(begins, ends))
    days = [at.date() for at in of_month.datetimes("first_published_at", "day", tzinfo=UTC)]
    before = _day_of(live.filter(first_published_at__lt=begins).order_by("-first_published_at"))
    after = _day_of(live.filter(first_published_at__gt=ends).order_by("first_published_at"))
    return Month(
        first=first,
        weeks=[[_calendar_day(each, on, days) for each in week] for week in weeks],
        earlier=max((each for each in days if each < on), default=before),
        later=min((each for each in days if each > on), default=after),
        before=before,
        after=after,
    )


def _day_of(articles: ArticleQuerySet) -> date | None:
    at = articles.values_list("first_published_at", flat=True).first()
    return at.astimezone(UTC).date() if at else None


def _calendar_day(each: date, on: date, days: Collection[date]) -> CalendarDay | None:
    if each.month != on.month:
        return None
    return CalendarDay(on=each, path=archive_day(each) if each in days else "", is_here=each == on)


def _midnight(on: date) -> datetime:
    return datetime(on.year, on.month, on.day, tzinfo=UTC)
