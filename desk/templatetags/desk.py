"""What templates of the desk share."""

from django import template

from desk.times import clock_time, desk_time, long_time, record_time

register = template.Library()
register.filter(clock_time)
register.filter(desk_time)
register.filter(long_time)
register.filter(record_time)
