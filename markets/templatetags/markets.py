"""The strip of quotes, as every page carries it."""

from datetime import datetime

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString

from markets.strip import strip
from web.fragments import shared
from web.words import short_time
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


def quotes(at: datetime) -> SafeString:
    """Return what is in the strip. One query, none while it is kept."""

    def make() -> SafeString:
        return render_to_string("markets/_quotes.html", {"strip": strip(at)})

    return shared("quotes", at=at, numbers=_numbers(), make=make)


@register.filter
def when(at: datetime) -> str:
    """Return a moment in UTC: 10:08, or 24 Jun 20:00 where that was another day."""
    now = timezone.now()
    return f"{at:%H:%M}" if at.date() == now.date() else short_time(at, now=now)
