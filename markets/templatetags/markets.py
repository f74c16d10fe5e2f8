"""The strip of quotes, as every page carries it."""

from dataclasses import dataclass
from datetime import UTC, datetime

from django import template
from django.template.loader import render_to_string
from django.utils import dateformat, timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from markets.day_names import KINDS
from markets.strip import Row, strip
from web.days import today
from web.fragments import shared
from wires import generations

register = template.Library()


_numbers = generations.reader("quotes")


@register.simple_tag
def market_strip() -> SafeString:
    """Return the strip of this moment as pages carry it. One query, none while it is kept."""
    at = timezone.now()

    def make() -> SafeString:
        return render_to_string("markets/_strip.html", {"quotes": quotes(at)})

    return shared("market strip", at=at, numbers=_numbers(), make=make)


@dataclass(frozen=True, slots=True)
class QuotesPart:
    """What is in the strip as HTML, and the time of its newest quote."""

    html: SafeString
    newest_at: datetime | None

    def __len__(self) -> int:
        """Return how many characters it keeps."""
        return len(self.html)


def quotes(at: datetime) -> SafeString:
    """Return what is in the strip. One query, none while it is kept."""
    return _part(at).html


def newest_quote_at(at: datetime) -> datetime | None:
    """Return the time of the newest quote in the strip. One query, none while it is kept."""
    return _part(at).newest_at


def _part(at: datetime) -> QuotesPart:
    def make() -> QuotesPart:
        found = strip(at)
        html = render_to_string("markets/_quotes.html", {"strip": found})
        return QuotesPart(html, found.newest_at)

    return shared("quotes", at=at, numbers=_numbers(), make=make)


@register.filter
def when(at: datetime) -> str:
    """Return a moment in UTC: 10:08, or 24 Jun 20:00 where the masthead has another day."""
    now, at = timezone.now(), at.astimezone(UTC)
    if at.date() == today(now):
        return f"{at:%H:%M}"
    form = gettext("j M") if at.year == now.year else gettext("j M Y")
    return f"{dateformat.format(at, form)} {at:%H:%M}"


@register.filter
def whence(row: Row) -> str:
    """Return who gave what, its time, whether it is a close, and how late or seldom it comes."""
    parts = (row.source, row.note, f"{when(row.at)} UTC", row.session, row.pace)
    return ", ".join(told(part) for part in parts if part)


@register.filter
def told(text: str) -> str:
    """Return words of the strip in the language of the page.

    Those of the lists that come with the program are in the catalogue; what an editor wrote in
    their place stays as it is, and so do names of providers.
    """
    return gettext(text) if text else ""


@register.filter
def day_reason(reason: str) -> str:
    """Return what is special about a day in the language of the page: “holiday: Good Friday”."""
    for sign in (": ", ", "):
        kind, found, name = reason.partition(sign)
        if found and kind in KINDS:
            return f"{gettext(kind)}{sign}{gettext(name)}"
    return told(reason)


@register.filter
def weekday_time(at: datetime) -> str:
    """Return a moment to come in UTC, with its day: Mon 30 Nov 14:30."""
    return f"{dateformat.format(at, gettext('D j M'))} {at:%H:%M}"
