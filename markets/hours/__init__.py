"""Trading hours: whether a stock exchange is open at a moment, and when that changes.

Open means the continuous session of the cash market, the one whose prices are quoted. Auctions
before and after it, and extended hours, count as closed. Pure: no Django, no clock of its own.
"""

from markets.hours.exchange import Exchange, Hours, State, Status, UnknownZone
from markets.hours.exchanges import EXCHANGES
from markets.hours.opening import foremost, status

__all__ = [
    "EXCHANGES",
    "Exchange",
    "Hours",
    "State",
    "Status",
    "UnknownZone",
    "foremost",
    "status",
]
