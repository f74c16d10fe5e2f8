import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from benchmarks.trading_hours import differences, ours
from markets.hours import EXCHANGES

ROOT = Path(__file__).resolve().parents[2]
NINE, HALF_PAST_NINE, FOUR = (
    datetime(2026, 1, 5, *at, tzinfo=UTC) for at in ((9,), (9, 30), (16,))
)
MONDAY, TUESDAY, WEDNESDAY = (date(2026, 1, day) for day in (5, 6, 7))


def test_a_missing_session_and_another_time_are_differences():
    mine = {MONDAY: (NINE, FOUR), TUESDAY: (NINE, FOUR)}
    other = {MONDAY: (HALF_PAST_NINE, FOUR), WEDNESDAY: (NINE, FOUR)}

    assert list(differences(mine, other)) == [
        (MONDAY, (NINE, FOUR), (HALF_PAST_NINE, FOUR)),
        (TUESDAY, (NINE, FOUR), ()),
        (WEDNESDAY, (), (NINE, FOUR)),
    ]
    assert list(differences(mine, mine)) == []


def test_our_sessions_are_listed_by_local_day():
    found = ours(EXCHANGES["TSE"], date(2026, 12, 29), date(2027, 1, 4))

    assert list(found) == [date(2026, 12, 29), date(2026, 12, 30), date(2027, 1, 4)]
    assert [f"{at:%H:%M}" for at in found[date(2026, 12, 30)]] == [
        "00:00",
        "02:30",
        "03:30",
        "06:30",
    ]


def test_a_missing_reference_package_is_a_one_line_error_with_the_install_command():
    code = (
        "import sys; sys.modules['exchange_calendars'] = None;"
        "from benchmarks.trading_hours import main; sys.exit(main([2026]))"
    )

    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)

    assert done.returncode == 2
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert "uv sync --group evaluation" in done.stderr
