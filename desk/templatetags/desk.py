"""What templates of the desk share."""

from django import template

from desk.times import desk_time, long_time, record_time

register = template.Library()
register.filter(desk_time)
register.filter(long_time)
register.filter(record_time)
