"""Print the cost of asking whether an exchange is open. Goal: under 50 µs per call.

    .venv/bin/python -m benchmarks.trading_hours_speed

Each figure is from a fresh process: the very first call, which loads the holidays; the first call
of a day; later calls. Also prints what importing the package `holidays` would cost a web process
in time and peak memory. Needs no database; Linux only.
"""

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.options import parser

ROOT = Path(__file__).resolve().parents[1]
GOAL = 50  # µs
CALLS = 20_000

OURS = f"""
import json, time, timeit
from datetime import UTC, datetime, timedelta
def peak():
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
before = peak()
from markets.hours import EXCHANGES, foremost, status
at = datetime(2026, 11, 23, 15, tzinfo=UTC)
def took(*calls):
    start = time.perf_counter()
    for exchange, moment in calls:
        status(exchange, moment)
    return (time.perf_counter() - start) / len(calls) * 1e6
print(json.dumps({{
    "first": took((EXCHANGES["NYSE"], at)),
    "day": took(*((e, at + timedelta(days=n)) for e in EXCHANGES.values() for n in range(1, 29))),
    "later": max(
        timeit.timeit(lambda: status(e, at), number={CALLS}) / {CALLS} * 1e6
        for e in EXCHANGES.values()
    ),
    "foremost": timeit.timeit(lambda: foremost(at), number={CALLS}) / {CALLS} * 1e6,
    "memory": peak() - before,
}}))
"""
PACKAGE = """
import json, time
def peak():
    lines = open("/proc/self/status").read().splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))
before, start = peak(), time.perf_counter()
import holidays
for name in ("NYSE", "NASDAQ", "LSE", "XETR", "TSE", "HKEX"):
    len(getattr(holidays, name)(years=(2026, 2027)))
print(json.dumps({"first": (time.perf_counter() - start) * 1e6, "memory": peak() - before}))
"""


def measured(code: str) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True, text=True
    )
    return json.loads(done.stdout)


def main() -> None:
    parser(__doc__).parse_args()
    ours, package = measured(OURS), measured(PACKAGE)
    print(f"first call of a process   {ours['first'] / 1000:8.0f} ms, reads two years of holidays")
    print(f"first call of a day       {ours['day']:8.1f} µs")
    print(f"every other call          {ours['later']:8.1f} µs, the slowest exchange")
    print(f"the foremost exchange     {ours['foremost']:8.1f} µs")
    print(f"memory at its peak        {ours['memory']:8.1f} MB more than before")
    print(
        f"holidays imported instead {package['first'] / 1000:8.0f} ms, all threads waiting, and "
        f"{package['memory']:.1f} MB: {package['memory'] / ours['memory']:.0f} x"
    )
    print(f"goal {GOAL} µs: {'met' if ours['later'] < GOAL else 'MISSED'}")


if __name__ == "__main__":
    main()
