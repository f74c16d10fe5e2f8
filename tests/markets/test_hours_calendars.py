import logging
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

from markets.hours import EXCHANGES
from markets.hours.calendars import Special, read_lists, special_days
from markets.hours.holiday_lists import LISTS
from markets.ingest.asking import CLOSING_DAYS

ROOT = Path(__file__).resolve().parents[2]


def test_a_year_has_its_holidays_and_half_days():
    days = special_days("NYSE", 2026)

    assert days[date(2026, 11, 26)] == Special(name="Thanksgiving Day", is_half=False)
    assert days[date(2026, 11, 27)].is_half
    assert date(2027, 1, 1) not in days


def test_an_unknown_calendar_or_year_has_no_days():
    assert special_days("ATLANTIS", 2026) == {}
    assert special_days("TSE", 1850) == {}


def test_every_exchange_has_a_calendar_and_every_calendar_but_the_central_banks_an_exchange():
    calendars = {exchange.calendar for exchange in EXCHANGES.values()}

    assert calendars | {CLOSING_DAYS} == set(LISTS)
    assert all(special_days(name, 2026) for name in LISTS)


def test_concurrent_threads_load_a_calendar_once():
    with ThreadPoolExecutor(4) as threads:
        lists = list(threads.map(lambda _: special_days("LSE", 2031), range(4)))

    assert all(days is lists[0] for days in lists)
    assert lists[0]


def test_holidays_are_loaded_even_if_no_process_can_be_started(caplog, tmp_path):
    years = range(2026, 2028)

    with caplog.at_level(logging.WARNING):
        here = read_lists(years, python=str(tmp_path / "no-python"))

    assert here == read_lists(years)
    assert "read in this process" in caplog.text


def test_computing_hours_imports_neither_holidays_nor_django():
    code = (
        "import sys; from datetime import UTC, datetime; from markets.hours import *;"
        "now = status(EXCHANGES['NYSE'], datetime(2026, 11, 26, 15, tzinfo=UTC));"
        "assert now.reason == 'holiday: Thanksgiving Day', now;"
        "assert not {'holidays', 'django'} & set(sys.modules), sys.modules"
    )

    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
