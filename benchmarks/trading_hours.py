"""Compare our trading hours with those of the package exchange_calendars, session by session.

    .venv/bin/python -m benchmarks.trading_hours [YEAR …]

Default: 2025 to 2027. Ours are computed as for readers, by walking from change to change. Prints
each difference, then a table. The exit status is 0 when every session agrees, 1 when one
does not, 2 when exchange_calendars is not installed. Needs no database.
"""

import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from types import ModuleType
from zoneinfo import ZoneInfo

from benchmarks.options import parser
from markets.hours import EXCHANGES, Exchange, status

YEARS = (2025, 2026, 2027)
# The ISO 10383 codes under which the package knows the exchanges.
THEIRS = {
    "NYSE": "XNYS",
    "NASDAQ": "XNAS",
    "LSE": "XLON",
    "XETRA": "XETR",
    "TSE": "XTKS",
    "HKEX": "XHKG",
}
INSTALL = (
    "trading_hours: exchange_calendars is not installed; `uv sync --group evaluation` installs it "
    "(uv from PATH, or .venv/bin/uv), and `bin/setup` takes it out again"
)

type Times = tuple[datetime, ...]
"""When a session opens, breaks for lunch, goes on and closes, or only opens and closes: in UTC."""


def ours(exchange: Exchange, first: date, last: date) -> dict[date, Times]:
    """Return the sessions of the local days from first to last, by walking from change to change."""
    zone = ZoneInfo(exchange.zone)
    found: dict[date, list[datetime]] = {}
    now = status(exchange, datetime.combine(first, datetime.min.time(), zone))
    while now.changes_at:
        on = now.changes_at.astimezone(zone).date()
        if on > last:
            break
        found.setdefault(on, []).append(now.changes_at)
        now = status(exchange, now.changes_at)
    return {on: tuple(times) for on, times in found.items()}


def theirs(calendars: ModuleType, code: str, first: date, last: date) -> dict[date, Times]:
    calendar = calendars.get_calendar(THEIRS[code], start=first.isoformat(), end=last.isoformat())
    found = {}
    for session, row in calendar.schedule.iterrows():
        times = (row["open"], row["break_start"], row["break_end"], row["close"])
        # A missing time (NaT) does not equal itself.
        found[session.date()] = tuple(t.to_pydatetime() for t in times if t == t)
    return found


def differences(
    mine: Mapping[date, Times], other: Mapping[date, Times]
) -> Iterator[tuple[date, Times, Times]]:
    """Yield the days on which the two disagree, with the session of each; () for no session."""
    for on in sorted(mine.keys() | other.keys()):
        if mine.get(on, ()) != other.get(on, ()):
            yield on, mine.get(on, ()), other.get(on, ())


def shown(times: Times, zone: ZoneInfo) -> str:
    return " ".join(f"{time.astimezone(zone):%H:%M}" for time in times) or "no session"


def compare(calendars: ModuleType, first: date, last: date) -> int:
    rows, unlike = [], 0
    for code, exchange in EXCHANGES.items():
        mine, other = ours(exchange, first, last), theirs(calendars, code, first, last)
        found = list(differences(mine, other))
        zone = ZoneInfo(exchange.zone)
        for on, we, they in found:
            print(f"{code} {on:%a %Y-%m-%d}: ours {shown(we, zone)}, theirs {shown(they, zone)}")
        short = sum(
            times[-1] - times[0] < timedelta(hours=5, minutes=30) for times in mine.values()
        )
        rows.append((code, THEIRS[code], len(mine), len(other), short, len(found)))
        unlike += len(found)
    print("| exchange | theirs | sessions, ours | theirs | half days | differ |")
    print("|---|---|---|---|---|---|")
    for row in rows:
        print("| " + " | ".join(map(str, row)) + " |")
    together = sum(row[2] for row in rows)
    print(
        f"\n{together} sessions from {first} to {last}, opening, lunch and close: {unlike} differ."
    )
    return unlike


def main(years: list[int]) -> int:
    try:
        import exchange_calendars
    except ImportError:
        print(INSTALL, file=sys.stderr)
        return 2
    print(f"exchange_calendars {exchange_calendars.__version__}, {datetime.now(UTC):%d %B %Y}\n")
    return 1 if compare(exchange_calendars, date(min(years), 1, 1), date(max(years), 12, 31)) else 0


if __name__ == "__main__":
    asked = parser(__doc__)
    asked.add_argument("years", type=int, nargs="*", metavar="YEAR", default=list(YEARS))
    sys.exit(main(asked.parse_args().years))
