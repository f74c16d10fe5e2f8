"""Measure the checks: seed faults into clean articles and count what is found.

    .venv/bin/python -m benchmarks.checks [--misses] [--store] [CODE …]

The clean articles are those of benchmarks/cases, wire-style and longer, and others recombined from
them. Each is vetted unchanged, in benign variants, with one fault at a time that a check has to
find, and with one error at a time of the kinds that newsrooms correct. A fault counts as found if
a finding with its code points at its exact place, an error as noticed if any finding does. Faults
are sampled, by the seed. Needs no database. Exit status 1 if a goal is missed. docs/checks.md has
the tables, with their date; --store writes those of each check to where /methods/ reads them, and
a test compares both.
"""

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

from articles.vetting import RULES
from articles.vetting.report import Ink
from benchmarks.intervals import wilson
from benchmarks.options import parser
from benchmarks.seeded.articles import WIRE, Article, load
from benchmarks.seeded.faults import FAULTS
from benchmarks.seeded.measuring import Plan, carry_out, plans
from benchmarks.seeded.recombined import recombined
from benchmarks.seeded.tables import (
    clean_table,
    codes_table,
    false_table,
    kinds_table,
    looked_for,
    mutators_table,
)
from benchmarks.seeded.tally import Quiet, Tally

# What /methods/ shows; the checks themselves know no Django, so neither does this.
MEASURED = Path(__file__).parents[1] / "articles/pages/measured.json"
SEED = 20260625
# Three in ten of all articles are wire-style, written and recombined ones alike.
RECOMBINED, RECOMBINED_WIRE = 105, 45
SHARE = 0.5
LEAST_RECALL = 0.97
LEAST_RECALL_OF_EACH = 0.90
MOST_FALSE_HOLDS = 0.02
MOST_FALSE_HOLDS_SURELY = 0.05
MOST_FALSE_QUERIES = 0.2
CODES = frozenset(rule.code for rule in RULES)


def arguments() -> argparse.Namespace:
    asked = parser(__doc__)
    asked.add_argument("codes", nargs="*", metavar="CODE", help="seed faults of these checks only")
    asked.add_argument("--misses", action="store_true", help="print what was missed or wrong")
    asked.add_argument("--store", action="store_true", help="store the figures for /methods/")
    asked.add_argument("--mutators", action="store_true", help="print recall by mutator too")
    asked.add_argument("--seed", type=int, default=SEED, help="put the faults at other places")
    asked.add_argument(
        "--share", type=float, default=SHARE, help=f"the part of all faults to try ({SHARE})"
    )
    asked.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="work in N processes"
    )
    given = asked.parse_args()
    unknown = sorted(set(given.codes) - set(FAULTS))
    if unknown:
        asked.error(f"no check has the code {', '.join(unknown)}")
    if given.store and given.codes:
        asked.error("--store stores the figures of all checks: name none")
    return given


def clean_articles(seed: int) -> tuple[list[Article], list[Article]]:
    """Return the written articles, and those recombined from them, each of one style."""
    longer, wire = list(load()), list(load(WIRE))
    made = [
        *recombined(longer, count=RECOMBINED, seed=seed),
        *recombined(wire, count=RECOMBINED_WIRE, seed=seed),
    ]
    return [*longer, *wire], made


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


def report(tally: Tally) -> Iterator[str]:
    """Yield the tables, those that flatter least first."""
    for table in (
        kinds_table(tally, CODES, promised=False),
        kinds_table(tally, CODES, promised=True),
        clean_table(tally),
        false_table(tally),
        codes_table(tally),
    ):
        yield from table
        yield ""


def measured(tally: Tally, *, on: date) -> dict[str, Any]:
    """Return the figures that the page on methods shows."""
    unlooked_for = looked_for(tally, CODES)
    clean = tally.clean_wire + tally.clean
    return {
        "on": on.isoformat(),
        "codes": {
            code: {
                "faults": tally.faults[code],
                "found": tally.met[code],
                "right": tally.right(code),
                "wrong": tally.wrong[code],
            }
            for code in FAULTS
            if tally.faults[code]
        },
        "unlooked_for": [
            {"name": name, "errors": kind.errors, "noticed": kind.noticed}
            for name, kind in tally.kinds.items()
            if name not in unlooked_for
        ],
        "clean": {"articles": clean.articles, "held": clean.held, "asked": clean.asked},
    }


def missed_goals(tally: Tally) -> Iterator[str]:
    promised = looked_for(tally, CODES)
    n = tally.faults.total() + sum(kind.errors for kind in promised.values())
    met = tally.met.total() + sum(kind.noticed for kind in promised.values())
    if n and met / n < LEAST_RECALL:
        yield f"recall over all faults is {met / n:.3f}, the goal {LEAST_RECALL}"
    for name, faults, found in (
        *((code, faults, tally.met[code]) for code, faults in tally.faults.items()),
        *((name, kind.errors, kind.noticed) for name, kind in promised.items()),
    ):
        if found / faults < LEAST_RECALL_OF_EACH:
            yield f"recall of {name} is {found / faults:.3f}, the goal {LEAST_RECALL_OF_EACH}"
    for code in tally.codes:
        if tally.wrong[code] > tally.right(code):
            yield f"{code} is wrong {tally.wrong[code]} times and right {tally.right(code)}"
    for what, quiet in (
        ("clean article", tally.clean_wire + tally.clean),
        ("clean wire-style article", tally.clean_wire),
        ("benign variant", tally.variants_wire + tally.variants),
    ):
        yield from _missed_of(what, quiet)


def _missed_of(what: str, quiet: Quiet) -> Iterator[str]:
    if not quiet.articles:
        return
    share, _, high = wilson(quiet.holds, quiet.articles)
    if share > MOST_FALSE_HOLDS or high > MOST_FALSE_HOLDS_SURELY:
        yield (
            f"false holds per {what} are {share:.3f}, at most {high:.3f}; the goal is "
            f"{MOST_FALSE_HOLDS}, at most {MOST_FALSE_HOLDS_SURELY}"
        )
    if quiet.queries / quiet.articles > MOST_FALSE_QUERIES:
        queries = quiet.queries / quiet.articles
        yield f"false queries per {what} are {queries:.3f}, the goal is {MOST_FALSE_QUERIES}"


def main() -> int:
    given = arguments()
    began = time.perf_counter()
    written, made = clean_articles(given.seed)
    work = plans(written, made, seed=given.seed, codes=given.codes, share=given.share)
    tally = measure(work, jobs=given.jobs)
    print("\n".join(report(tally)))
    if given.store:
        MEASURED.write_text(json.dumps(measured(tally, on=date.today()), indent=1) + "\n")  # noqa: DTZ011
    if given.mutators:
        print("\n".join(mutators_table(tally)) + "\n")
    if given.misses:
        print("\n\n".join(tally.reports) + "\n")
    ink = Ink(is_coloured=sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
    goals = list(missed_goals(tally))
    for goal in goals:
        print(f"{ink.paint('Missed', '1;31')}: {goal}.")
    print(f"Took {time.perf_counter() - began:.0f} s.", file=sys.stderr)
    return 1 if goals else 0


if __name__ == "__main__":
    sys.exit(main())
