"""Trading hours: whether a stock exchange is open at a moment, and when that changes.

Open means the continuous session of the cash market, the one whose prices are quoted. Auctions
before and after it, and extended hours, count as closed. Pure: no Django, no clock of its own.
"""

from markets.hours.calendars import special_days
from markets.hours.exchange import Exchange, Hours, State, Status, UnknownZone
from markets.hours.exchanges import EXCHANGES
from markets.hours.opening import WEEKEND, foremost, last_stop, special_days_ahead, status

__all__ = [
    "EXCHANGES",
    "WEEKEND",
    "Exchange",
    "Hours",
    "State",
    "Status",
    "UnknownZone",
    "foremost",
    "last_stop",
    "special_days",
    "special_days_ahead",
    "status",
]
