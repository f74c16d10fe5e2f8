"""The strip of quotes, as every page carries it."""

from datetime import datetime

from django import template
from django.utils import timezone

from markets.strip import Strip, strip
from web.words import short_time

register = template.Library()


@register.simple_tag
def market_strip() -> Strip:
    """Return the strip of this moment. One query."""
    return strip(timezone.now())


@register.filter
def when(at: datetime) -> str:
    """Return a moment in UTC: 10:08, or 24 Jun 20:00 where that was another day."""
    now = timezone.now()
    return f"{at:%H:%M}" if at.date() == now.date() else short_time(at, now=now)
