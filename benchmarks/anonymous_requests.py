"""Print what every anonymous request costs on a hostile site, compared with the demo's same page.

Goal: no more than 5 times the dearest page of the same view of the demo, and never over 250 ms of
processor time, web process and database together; of the sitemap's index and files, 300 ms each.
Rows are as large and as many as can be stored; each view is asked for all its kinds of pages, deep
in its lists, and with whatever may stand behind a question mark. Runs on SQLite, or on the empty
database named by DATABASE_URL:
`python -m benchmarks.anonymous_requests [ARTICLES [ROUNDS]] [--only feed]` and
`bin/postgres run python -m benchmarks.anonymous_requests`.
"""

import os
import sys
import tempfile
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from benchmarks.options import parser

ARTICLES = 100_000
ROUNDS = 3
MOST, TIMES = 250, 5
# They list the archive: what they may cost is said for themselves, not by the demo's few articles.
LISTS_OF_ALL = dict.fromkeys(
    ("articles:sitemap", "articles:sitemap_articles", "articles:sitemap_news"), 300
)
# Below this a ratio says nothing: a page that takes a millisecond may take five.
FLOOR = 2.0
WORST = 12


def measure_all(addresses: dict[str, list[str]], *, rounds: int) -> list[Any]:
    """Return the costs of all addresses, of each view. Raises SystemExit for an answer of 500."""
    from django.test import Client

    from benchmarks.anonymous.costs import Clock, measure

    clock, client = Clock.of_connection(), Client(raise_request_exception=False)
    client.get("/")
    costs = []
    for view, asked in addresses.items():
        costs += [measure(client, view, one, clock=clock, rounds=rounds) for one in asked]
        # Said as it goes: on a slow machine this takes minutes.
        sys.stderr.write(f"{view}: {len(asked)} addresses\n")
    if broken := [cost.address for cost in costs if cost.status >= 500]:
        sys.exit(f"{len(broken)} addresses answer 500 or 503, the first: {broken[0][:200]}")
    return costs


def dearest(costs: Iterable[Any]) -> dict[str, Any]:
    """Return the dearest cost of each view."""
    found: dict[str, Any] = {}
    for cost in costs:
        if cost.view not in found or cost.all > found[cost.view].all:
            found[cost.view] = cost
    return found


def is_too_dear(cost: Any, demo: Any) -> bool:
    if cost.view in LISTS_OF_ALL:
        return cost.all > LISTS_OF_ALL[cost.view]
    return cost.all > MOST or cost.all > TIMES * max(demo.all, FLOOR)


def compare(demo: list[Any], hostile: list[Any]) -> list[Any]:
    """Print each view's dearest pages, then the dearest of all; return those over the goal."""
    bases, worst = dearest(demo), dearest(hostile)
    print("view                       demo ms  hostile ms   ratio  queries     kB")
    for view, cost in worst.items():
        base = bases[view]
        print(
            f"{view:25} {base.all:8.1f}    {cost.all:8.1f}  {cost.all / max(base.all, FLOOR):6.1f}"
            f"    {cost.queries:5}  {cost.size / 1024:6.0f}"
            f"{'  MISSED' if is_too_dear(cost, base) else ''}"
        )
    print("\nthe dearest: status, ms in all, web, database, queries, kB, view, address")
    for cost in sorted(hostile, key=lambda cost: -cost.all)[:WORST]:
        print(cost)
    return [cost for cost in hostile if is_too_dear(cost, bases[cost.view])]


def run(size: Any, *, rounds: int = ROUNDS, only: str = "") -> list[Any]:
    """Measure the demo, then the hostile site; return what is over the goal. Needs an empty site.

    `only` is part of the names of the views to be measured.
    """
    from django.core.management import call_command
    from django.db import connection

    from benchmarks.anonymous import addresses, hostile

    if unlisted := addresses.unlisted():
        sys.exit(f"List these views in benchmarks/anonymous/addresses.py: {sorted(unlisted)}")
    measured = {view: pages for view, pages in addresses.PAGES.items() if only in view}
    if not measured:
        sys.exit(f"No view has {only!r} in its name.")
    call_command("load_demo", verbosity=0)
    asked = {view: pages.demo() for view, pages in measured.items()}
    demo = measure_all(asked, rounds=rounds)
    call_command("remove_demo", verbosity=0)
    began = time.perf_counter()
    site = hostile.fill(size, at=datetime.now(UTC).replace(microsecond=0))
    # As it would be some minutes later: what was written in one go is slow to read at first.
    tidy = "VACUUM ANALYZE" if connection.vendor == "postgresql" else "PRAGMA wal_checkpoint"
    if not connection.in_atomic_block:
        with connection.cursor() as cursor:
            cursor.execute(tidy)
    print(
        f"{connection.vendor}, {size.articles} articles, filled in {time.perf_counter() - began:.0f} s"
    )
    asked = {
        view: addresses.with_queries(view, pages.hostile(site)) for view, pages in measured.items()
    }
    return compare(demo, measure_all(asked, rounds=rounds))


def main() -> None:
    asked = parser(__doc__)
    asked.add_argument("articles", type=int, nargs="?", default=ARTICLES, help=f"({ARTICLES})")
    asked.add_argument("rounds", type=int, nargs="?", default=ROUNDS, help=f"({ROUNDS})")
    asked.add_argument("--only", default="", metavar="PART", help="views with this in their name")
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        os.environ.setdefault("DATABASE_URL", f"sqlite:///{folder / 'paper.sqlite3'}")
        os.environ |= {"DJANGO_SETTINGS_MODULE": "newsroom.settings", "RUNTIME_DIR": str(folder)}
        # Importable only once it is set which database to use.
        import django

        django.setup()
        from django.core.management import call_command

        from articles.models import Article
        from benchmarks.anonymous.hostile import Size

        call_command("migrate", verbosity=0)
        call_command("collectstatic", verbosity=0, interactive=False)
        if Article.objects.exists():
            sys.exit("This database holds articles; name an empty one in DATABASE_URL.")
        size = Size(articles=given.articles, posts=given.articles)
        missed = run(size, rounds=given.rounds, only=given.only)
        print(f"\ngoal {TIMES} x the demo and {MOST} ms: {'MISSED' if missed else 'met'}")
        sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
