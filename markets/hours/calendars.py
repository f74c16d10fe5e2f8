"""The holidays and half days of a year, kept for as long as the process lives.

A short process of its own reads them, two years at once: who asks first waits most of a second,
other threads do not, and a web process keeps the dates and not the package they come from
(`benchmarks/trading_hours_speed.py` has the figures).
"""

import json
import logging
import subprocess
import sys
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from threading import Lock

from markets.hours import holiday_lists

logger = logging.getLogger(__name__)

SECONDS_TO_READ = 30
YEARS_KEPT = 16
_ROOT = Path(__file__).resolve().parents[2]

type Days = Mapping[date, Special]
type Lists = Mapping[str, Days]


@dataclass(frozen=True, slots=True, kw_only=True)
class Special:
    """A holiday, or a half day."""

    name: str
    is_half: bool


_kept: dict[int, Lists] = {}
_lock = Lock()


def special_days(calendar: str, year: int) -> Days:
    """Return the holidays and half days of a list in a year; none for a list that is unknown."""
    lists = _kept.get(year)
    if lists is None:
        lists = _read_once(year)
    return lists.get(calendar, {})


def read_lists(years: range, *, python: str = sys.executable) -> dict[int, Lists]:
    """Read the lists of some years in a process of its own, or here where none can be started."""
    try:
        rows = json.loads(_printed(years, python))
    # ValueError: its output is not JSON, because something else printed as well.
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        logger.warning("Holidays are read in this process, which costs it memory: %s", error)
        rows = holiday_lists.rows(years)
    found: dict[int, defaultdict[str, dict[date, Special]]] = {
        year: defaultdict(dict) for year in years
    }
    for calendar, day, name, is_half in rows:
        on = date.fromisoformat(day)
        # A list may keep a holiday in the year before or after its own.
        if on.year in found:
            found[on.year][calendar][on] = Special(name=name, is_half=is_half)
    return {year: dict(lists) for year, lists in found.items()}


def _read_once(year: int) -> Lists:
    with _lock:
        if year not in _kept:
            if len(_kept) >= YEARS_KEPT:
                _kept.clear()
            # The year to come as well: it costs nothing now, and a process in December.
            _kept.update(read_lists(range(year, year + 2)))
        return _kept[year]


def _printed(years: range, python: str) -> bytes:
    command = (python, "-m", holiday_lists.__name__, *map(str, years))
    return subprocess.run(  # noqa: S603 - our own module, with years
        command,
        cwd=_ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
        timeout=SECONDS_TO_READ,
    ).stdout
