"""What templates of the desk share."""

from collections.abc import Iterable

from django import template
from django.template import Engine
from django.template.context import Context
from django.utils.safestring import SafeString

from desk.rows import Row, write_rows
from desk.times import clock_time, desk_time, long_time, record_time

register = template.Library()
register.filter(clock_time)
register.filter(desk_time)
register.filter(long_time)
register.filter(record_time)


@register.simple_tag(takes_context=True)
def written_rows(context: Context, template_name: str, rows: Iterable[Row]) -> SafeString:
    """Return the rows of a long list in HTML, each by the traits and words that it has."""
    return write_rows(Engine.get_default().get_template(template_name), rows, context)
