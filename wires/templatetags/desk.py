"""Times as the desk shows them."""

from datetime import datetime

from django import template
from django.utils import timezone

from web.words import short_time

register = template.Library()


@register.filter
def desk_time(at: datetime | None) -> str:
    """Return the moment in UTC as "25 Jun 12:00", with the year where it is not this one."""
    if at is None:
        return ""
    return short_time(at, now=timezone.now())
