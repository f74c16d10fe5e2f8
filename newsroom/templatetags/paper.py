"""What every page carries: the masthead of the moment, the live wire, the sections."""

from datetime import UTC, datetime

from django import template
from django.conf import settings
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from articles.models import Section
from newsroom import masthead
from web.addresses import absolute
from wires.lists import ON_TICKER, live_posts
from wires.models import Post

register = template.Library()
register.filter("absolute", absolute)


@register.simple_tag
def issue() -> masthead.Issue:
    return masthead.issue(
        timezone.now(), launched_on=settings.LAUNCHED_ON, zone=settings.NEWSROOM_TIME_ZONE
    )


@register.simple_tag
def clocks() -> tuple[masthead.Clock, ...]:
    return masthead.clocks(timezone.now())


@register.simple_tag
def live_wire() -> list[Post]:
    """Return the entries of the live wire. One query."""
    return list(live_posts(ON_TICKER))


@register.simple_tag
def sections() -> list[Section]:
    """Return the sections in the order of the navigation. One query."""
    return list(Section.objects.only("name", "slug").order_by("position", "name"))


@register.simple_tag
def moment(at: datetime | None, form: str = "short") -> SafeString | str:
    """Show a moment in UTC; a script adds the reader's own hour.

    Forms: short ("10:11 UTC", with the date on another day), day ("25 June, 10:11 UTC") and full
    ("25 June 2026, 10:11 UTC"). Another year than this is always said.
    """
    if at is None:
        return ""
    at, now = at.astimezone(UTC), timezone.now()
    day = f"{at.day} {at:%B}"
    if form == "full" or at.year != now.year:
        shown = f"{day} {at.year}, {at:%H:%M} UTC"
    elif form == "day" or at.date() != now.date():
        shown = f"{day}, {at:%H:%M} UTC"
    else:
        shown = f"{at:%H:%M} UTC"
    return format_html(
        '<local-time><time datetime="{}">{}</time></local-time>', f"{at:%Y-%m-%dT%H:%M:%SZ}", shown
    )
