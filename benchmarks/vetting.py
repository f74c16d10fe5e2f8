"""Measure how long all checks take: while typing, on growing texts, at night, on hostile texts.

    .venv/bin/python -m benchmarks.vetting [ROUNDS]

Texts are assembled from the written cases in this folder. Each round starts with empty caches, as
after a deploy; a worker with warm caches is faster. Needs no database.
"""

import functools
import gc
import re
import sys
import time
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle, islice
from statistics import median
from typing import Any

from articles.vetting import (
    RULES,
    Context,
    OutletName,
    Piece,
    SourceRef,
    bind,
    cases,
    check,
    findings,
    limits,
)
from articles.vetting.rules import too_large
from benchmarks.hostile import PIECES
from benchmarks.options import parser
from benchmarks.seeded.articles import CASES

NOW = datetime(2026, 11, 25, 12, tzinfo=UTC)
GOAL_MS = 150
GOAL_NIGHTLY = 50
GOAL_HOSTILE = 1.0
MEGABYTE = 1_000_000
type Parts = tuple[str, list[SourceRef], Sequence[OutletName]]


def article(words: int, posts: int, *, first: int = 0) -> Parts:
    """Return a body of at least so many words, with so many sources, from the first case on."""
    body: list[str] = []
    sources: list[SourceRef] = []
    outlets: Sequence[OutletName] = ()
    written = 0
    for number, path in enumerate(islice(cycle(sorted(CASES.glob("*.json"))), first, None), 1):
        case = cases.read_case(path.read_bytes())
        if case.piece.language != "en":
            continue
        outlets = case.outlets
        keys = {source.key for source in case.piece.sources}
        own = functools.partial(_renamed, keys, number)
        body.append(re.sub(r"@([\w-]+)", own, case.piece.body))
        sources += [replace(s, key=f"n{number}{s.key}") for s in case.piece.sources]
        written += len(case.piece.body.split())
        if written >= words:
            break
    return "\n\n".join(body), sources[:posts], outlets


def _renamed(keys: set[str], number: int, match: re.Match[str]) -> str:
    return f"@n{number}{match[1]}" if match[1] in keys else match[0]


def forget() -> None:
    """Clear the caches of the text readers."""
    for each in gc.get_objects():
        if isinstance(each, functools._lru_cache_wrapper) and each.__module__.startswith(
            "articles"
        ):
            each.cache_clear()


def read(parts: Parts) -> Piece:
    body, sources, _ = parts
    return Piece.written(
        headline="Ships wait", body=body, framing_note="So.", sources=sources, published_at=NOW
    )


def all_checks(parts: Parts) -> None:
    context = Context(now=NOW, outlet_directory=parts[2])
    piece = read(parts)
    list(findings(piece, context))
    bind(piece, context)


def milliseconds(act: Callable[[], Any], rounds: int, *, cold: bool = True) -> float:
    """Return the median CPU time of a call, in milliseconds."""
    taken = []
    for _ in range(rounds):
        if cold:
            forget()
        start = time.process_time()
        act()
        taken.append(time.process_time() - start)
    return 1000 * median(taken)


def growth(rounds: int) -> bool:
    print(
        "| words | posts | render and all checks, cold | again, warm | a word, to the first row |"
    )
    print("|---|---|---|---|---|")
    first = one_word = 0.0
    for times in (1, 4, 16):
        parts = article(2_000 * times, 30 * times)
        words = len(parts[0].split())
        act = functools.partial(all_checks, parts)
        cold = milliseconds(act, max(3, rounds // times))
        warm = milliseconds(act, max(3, rounds // times), cold=False)
        one_word = one_word or cold / words
        first = first or cold
        print(
            f"| {words:,} | {len(parts[1])} | {cold:.0f} ms | {warm:.0f} ms"
            f" | {cold / words / one_word:.2f} |"
        )
    return first <= GOAL_MS


def by_check() -> None:
    parts = article(2_000, 30)
    forget()
    piece, context = read(parts), Context(now=NOW, outlet_directory=parts[2])
    taken = {}
    for rule in RULES:
        start = time.process_time()
        list(rule.find(piece, context))
        taken[rule.code] = time.process_time() - start
    whole = sum(taken.values())
    print("\nThe check that asks first reads for the others:")
    for name, seconds in sorted(taken.items(), key=lambda item: -item[1])[:8]:
        print(f"  {name:20} {1000 * seconds:6.1f} ms  {seconds / whole:4.0%}")


def nightly(rounds: int) -> bool:
    """Vet articles one after another, each with its own posts, as vet_archive does."""
    night = [article(400, 5, first=n) for n in range(0, 60, 3)]
    words = sum(len(body.split()) for body, _, _ in night) / len(night)

    def one_night() -> None:
        for parts in night:
            # A site has one outlet directory.
            list(findings(read(parts), Context(now=NOW, outlet_directory=night[0][2])))

    rate = 1000 * len(night) / milliseconds(one_night, max(3, rounds // 2))
    print(f"\nAt night, {words:.0f} words and 5 posts each: {rate:.0f} articles a second a core.")
    return rate >= GOAL_NIGHTLY


def is_read(given: Mapping[str, Any]) -> bool:
    """Return whether nothing of a piece is too large. Its body is not rendered for that."""
    rest = Piece.written(**{**given, "body": ""})
    return limits.is_readable(given.get("body", "")) and not any(
        too_large.find(rest, Context(now=NOW))
    )


def largest(make: Callable[[int], Mapping[str, Any]]) -> int:
    """Return the size of the longest text of its kind that is read."""
    sizes = range(1_000, MEGABYTE, 100)
    return sizes[max(0, bisect_left(sizes, x=True, key=lambda n: not is_read(make(n))) - 1)]


def seconds_of(given: Mapping[str, Any]) -> float:
    start = time.process_time()
    list(check(Piece.written(**given), now=NOW))
    return time.process_time() - start


def hostile() -> bool:
    """Print the slowest of the texts that are just read, and of a megabyte, which is refused."""
    refused = max((seconds_of(make(MEGABYTE)), name) for name, make in PIECES.items())
    read = [(seconds_of(make(size := largest(make))), name, size) for name, make in PIECES.items()]
    slow = sorted((one for one in read if one[0] > GOAL_HOSTILE), reverse=True) or [max(read)]
    print(f"\nOf a megabyte of each of {len(PIECES)} hostile texts the slowest, {refused[1]},")
    print(f"takes {refused[0]:.2f} s to refuse. As much as is read takes at most:")
    for seconds, name, size in slow:
        print(f"  {seconds:5.2f} s  {name}, {size:,} characters")
    return max(refused[0], slow[0][0]) <= GOAL_HOSTILE


def main(rounds: int) -> int:
    met = [growth(rounds)]
    by_check()
    met += [nightly(rounds), hostile()]
    print(f"\nGoals met: {sum(met)} of {len(met)}.")
    return 0 if all(met) else 1


if __name__ == "__main__":
    asked = parser(__doc__)
    asked.add_argument("rounds", type=int, nargs="?", default=9, help="(9)")
    sys.exit(main(asked.parse_args().rounds))
