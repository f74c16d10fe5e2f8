"""The archive by day: what was first published on a UTC day, with the calendar of its month."""

from calendar import Calendar
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date

from django.db.models import Exists, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Article
from articles.templatetags.articles import archive_day
from articles.views import cards
from web.conditional import public_page
from web.days import bounds_of
from web.keyset import CURSORS, window
from wires import generations

PAGE = 50


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
    """Show the newest day with articles. Three queries of its own."""
    at = Article.objects.live().newest_first().values_list("first_published_at", flat=True).first()
    return _show(request, at.astimezone(UTC).date() if at else None)


@public_page(generations.reader("pages"), query=CURSORS)
def day(request: HttpRequest, year: str, month: str, day: str) -> HttpResponse:
    """Show the articles of a day, newest first; 404 where it has none. Two queries of its own."""
    try:
        on = date(int(year), int(month), int(day))
    except ValueError as error:
        message = "There is no such day."
        raise Http404(message) from error
    return _show(request, on)


def _show(request: HttpRequest, on: date | None) -> HttpResponse:
    if on is None:
        return render(request, "articles/archive.html", {"on": None})
    articles = cards().filter(first_published_at__range=bounds_of(on))
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
    """Return the calendar of a day's month and the days beside it. One query.

    It looks whether each day has an article, however many that are.
    """
    weeks = Calendar().monthdatescalendar(on.year, on.month)
    month = sorted({each for week in weeks for each in week if each.month == on.month})
    live = Article.objects.live()
    before = live.filter(first_published_at__lt=bounds_of(month[0])[0])
    after = live.filter(first_published_at__gt=bounds_of(month[-1])[1])
    nearest = (before.order_by("-first_published_at"), after.order_by("first_published_at"))
    row = live.newest_first().values_list(
        *(Subquery(rows.values("first_published_at")[:1]) for rows in nearest),
        *(Exists(live.filter(first_published_at__range=bounds_of(each))) for each in month),
    )
    earlier, later, *has_any = row.first() or (None, None, *(False for _ in month))
    first, last = (at.astimezone(UTC).date() if at else None for at in (earlier, later))
    days = [each for each, is_there in zip(month, has_any, strict=True) if is_there]
    return Month(
        first=month[0],
        weeks=[[_calendar_day(each, on, days) for each in week] for week in weeks],
        earlier=max((each for each in days if each < on), default=first),
        later=min((each for each in days if each > on), default=last),
        before=first,
        after=last,
    )


def _calendar_day(each: date, on: date, days: Collection[date]) -> CalendarDay | None:
    if each.month != on.month:
        return None
    return CalendarDay(on=each, path=archive_day(each) if each in days else "", is_here=each == on)
