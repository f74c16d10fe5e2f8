"""The moment at which tests stand, and moments counted from it. All in UTC."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 6, 25, 12, 0, tzinfo=UTC)


def later(**by):
    return NOON + timedelta(**by)
