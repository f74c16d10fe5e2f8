"""What templates of the desk share."""

from django import template

from desk.times import desk_time

register = template.Library()
register.filter(desk_time)
