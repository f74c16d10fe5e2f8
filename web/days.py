"""The day it is for the newspaper: the one in its masthead, to which every page keeps."""

from datetime import date, datetime

from django.conf import settings


def today(at: datetime) -> date:
    """Return the day that a moment falls on in the newsroom's time zone."""
    return at.astimezone(settings.NEWSROOM_TIME_ZONE).date()
