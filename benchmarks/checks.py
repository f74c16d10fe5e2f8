"""Measure the checks: seed faults into clean articles and count what is found.

    .venv/bin/python -m benchmarks.checks [--misses] [CODE …]

The clean articles are those of benchmarks/cases and others recombined from them. Each is vetted
unchanged, in benign variants, and with one fault at a time; a fault counts as found if a finding
with its code points at its exact place. Needs no database. Exit status 1 if a goal is missed.
docs/checks.md has the table, with its date.
"""

import argparse
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor

from articles.vetting.report import Ink
from benchmarks.intervals import shown, wilson
from benchmarks.seeded.articles import load
from benchmarks.seeded.faults import FAULTS
from benchmarks.seeded.measuring import Plan, Tally, carry_out, plans
from benchmarks.seeded.recombined import recombined

SEED = 20260625
RECOMBINED = 150
LEAST_RECALL = 0.97
LEAST_RECALL_OF_EACH = 0.90
MOST_FALSE_HOLDS = 0.02
MOST_FALSE_HOLDS_SURELY = 0.05


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.checks",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("codes", nargs="*", metavar="CODE", help="seed faults of these checks only")
    parser.add_argument("--misses", action="store_true", help="print what was missed or wrong")
    parser.add_argument("--kinds", action="store_true", help="print recall by kind of fault too")
    parser.add_argument("--seed", type=int, default=SEED, help="put the faults at other places")
    parser.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="work in N processes"
    )
    given = parser.parse_args()
    unknown = sorted(set(given.codes) - set(FAULTS))
    if unknown:
        parser.error(f"no check has the code {', '.join(unknown)}")
    return given


def measure(work: list[Plan], *, jobs: int) -> Tally:
    """Run plans in several processes; progress is shown on a terminal only."""
    tally = Tally()
    with ProcessPoolExecutor(max(1, jobs)) as pool:
        for done, outcomes in enumerate(pool.map(carry_out, work), 1):
            for outcome in outcomes:
                tally.add(outcome)
            _progress(done, len(work))
    return tally


def _progress(done: int, of: int) -> None:
    if sys.stderr.isatty():
        end = "\n" if done == of else ""
        print(f"\r{done} of {of} articles vetted", end=end, file=sys.stderr, flush=True)


def table(tally: Tally) -> Iterator[str]:
    yield "| check | faults | recall (95 %) | precision (95 %) |"
    yield "|---|---|---|---|"
    for code in FAULTS:
        if n := tally.faults[code]:
            met = tally.met[code]
            precision = shown(met, met + tally.strays[code])
            yield f"| {code} | {n} | {shown(met, n)} | {precision} |"
    met, n = tally.met.total(), tally.faults.total()
    strays = sum(tally.strays[code] for code in tally.faults)
    yield f"| **all** | {n} | {shown(met, n)} | {shown(met, met + strays)} |"
    yield ""
    yield "| without a fault | articles | held | false holds each (95 %) |"
    yield "|---|---|---|---|"
    yield (
        f"| clean | {tally.clean} | {tally.clean_held} | {shown(tally.clean_holds, tally.clean)} |"
    )
    yield (
        f"| benign variants | {tally.variants} | {tally.variants_held} "
        f"| {shown(tally.variant_holds, tally.variants)} |"
    )
    yield ""
    yield f"False queries on clean articles: {tally.clean_queries}."


def kinds(tally: Tally) -> Iterator[str]:
    yield "| check | kind of fault | faults | recall (95 %) |"
    yield "|---|---|---|---|"
    for (code, name), (n, met) in sorted(tally.kinds.items()):
        yield f"| {code} | {name} | {n} | {shown(met, n)} |"


def missed_goals(tally: Tally) -> Iterator[str]:
    n = tally.faults.total()
    if n and tally.met.total() / n < LEAST_RECALL:
        yield f"recall over all faults is {tally.met.total() / n:.3f}, the goal {LEAST_RECALL}"
    for code, faults in tally.faults.items():
        if tally.met[code] / faults < LEAST_RECALL_OF_EACH:
            share = tally.met[code] / faults
            yield f"recall of {code} is {share:.3f}, the goal {LEAST_RECALL_OF_EACH}"
    for what, holds, count in (
        ("clean article", tally.clean_holds, tally.clean),
        ("benign variant", tally.variant_holds, tally.variants),
    ):
        share, _, high = wilson(holds, count)
        if share > MOST_FALSE_HOLDS or high > MOST_FALSE_HOLDS_SURELY:
            yield (
                f"false holds per {what} are {share:.3f}, at most {high:.3f}; the goal is "
                f"{MOST_FALSE_HOLDS}, at most {MOST_FALSE_HOLDS_SURELY}"
            )


def main() -> int:
    given = arguments()
    began = time.perf_counter()
    written = list(load())
    made = recombined(written, count=RECOMBINED, seed=given.seed)
    tally = measure(plans(written, made, seed=given.seed, codes=given.codes), jobs=given.jobs)
    for line in table(tally):
        print(line)
    if given.kinds:
        print("\n" + "\n".join(kinds(tally)))
    if given.misses:
        print("\n" + "\n\n".join(tally.reports))
    ink = Ink(is_coloured=sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
    goals = list(missed_goals(tally))
    for goal in goals:
        print(f"{ink.paint('Missed', '1;31')}: {goal}.")
    print(f"Took {time.perf_counter() - began:.0f} s.", file=sys.stderr)
    return 1 if goals else 0


if __name__ == "__main__":
    sys.exit(main())
