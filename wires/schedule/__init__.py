"""Which channels are due, who fetches them, and how politely their sites are asked.

Everything is in the database, so that any number of pollers on any number of hosts share it.
"""

from wires.schedule.claims import (
    ChannelLease,
    claim,
    claim_channel,
    give_back,
    leave,
    pause,
    pause_before,
    renew,
)
from wires.schedule.clocks import Ticker, forget_wrong_clock
from wires.schedule.domains import (
    BETWEEN_STARTS,
    keep_away,
    lease_domain,
    leave_domain,
    patience_with,
    registrable_domain,
)
from wires.schedule.moves import after_redirect
from wires.schedule.outcomes import after_failure, after_reading
from wires.schedule.pace import RELEASED, Pace
from wires.schedule.workers import name_worker, report_alive

__all__ = [
    "BETWEEN_STARTS",
    "RELEASED",
    "ChannelLease",
    "Pace",
    "Ticker",
    "after_failure",
    "after_reading",
    "after_redirect",
    "claim",
    "claim_channel",
    "forget_wrong_clock",
    "give_back",
    "keep_away",
    "lease_domain",
    "leave",
    "leave_domain",
    "name_worker",
    "patience_with",
    "pause",
    "pause_before",
    "registrable_domain",
    "renew",
    "report_alive",
]
