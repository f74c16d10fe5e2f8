"""Print how long all checks take: by length, by check, over a whole archive, and of hostile texts.

Goals: 2,000 words with 30 posts in 150 ms at the median, rendering included; the time grows no
faster than words and posts; 50 articles a second when all that is live is checked; whatever a
text is made of, 1 MB of it ends within 2 s or is refused. Times are those of the processor, so
that a busy machine changes them little. Needs no database.

    .venv/bin/python -m benchmarks.vetting
"""

import time
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from statistics import median
from typing import Any

from articles.vetting import CHECKS, Context, Finding, Piece, bind, check, limits
from benchmarks.hostile import PIECES
from benchmarks.invented import NOW, gazetteer, written

OUTLETS = gazetteer()
RUNS = 15
WORDS, POSTS = 2_000, 30
ARTICLES = 100
HOSTILE = 1_000_000
JUST_READ = limits.BODY - 1_000
SLOWEST = 15
GOAL_MS, GOAL_HOSTILE, GOAL_ARTICLES, GOAL_GROWTH = 150, 2, 50, 1.3


def seconds(work: Callable[[], object]) -> float:
    started = time.process_time()
    work()
    return time.process_time() - started


def vet(given: Mapping[str, Any]) -> list[Finding]:
    return list(check(Piece.written(**given), now=NOW, gazetteer=OUTLETS))


def of_new(*, words: int, posts: int, runs: int = RUNS) -> float:
    """Return the median seconds for articles of which no sentence was read before."""
    first = (words * 1_000 + posts) * 1_000
    given = [written(words=words, posts=posts, seed=first + n) for n in range(runs)]
    return median(seconds(partial(vet, one)) for one in given)


def whole() -> None:
    given = [written(words=WORDS, posts=POSTS, seed=n) for n in range(RUNS)]
    rendered = median(seconds(partial(Piece.written, **one)) for one in given)
    new = median(seconds(partial(vet, one)) for one in given)
    edits = [
        given[0] | {"body": given[0]["body"].replace("the tide", f"the tide {n}", 1)}
        for n in range(RUNS)
    ]
    edited = median(seconds(partial(vet, one)) for one in edits)
    bound = median(seconds(partial(_bind, one)) for one in given)
    print(f"{WORDS:,} words and {POSTS} posts, median of {RUNS}, ms:")
    print(f"  rendering alone                     {rendered * 1e3:8.0f}")
    print(f"  rendering and all checks, all new   {new * 1e3:8.0f}")
    print(f"  the same, a sentence edited         {edited * 1e3:8.0f}")
    print(f"  rendering, checks and passages      {bound * 1e3:8.0f}")
    print(f"goal {GOAL_MS} ms: {said(new * 1e3 <= GOAL_MS)}\n")


def _bind(given: Mapping[str, Any]) -> object:
    piece = Piece.written(**given)
    context = Context(now=NOW, gazetteer=OUTLETS)
    return [list(find(piece, context)) for find in CHECKS], bind(piece, context)


def growth() -> None:
    print("| growth | 1x | 4x | 16x | each word or post, 4x | 16x |\n|---|---|---|---|---|---|")
    rows = {
        "words (500, 30 posts)": [of_new(words=500 * n, posts=30, runs=5) for n in (1, 4, 16)],
        "posts (8, 2,000 words)": [of_new(words=2_000, posts=8 * n, runs=5) for n in (1, 4, 16)],
        "both (500 words, 8 posts)": [
            of_new(words=500 * n, posts=8 * n, runs=5) for n in (1, 4, 16)
        ],
    }
    for name, (once, four, sixteen) in rows.items():
        print(
            f"| {name} | {once * 1e3:.0f} ms | {four * 1e3:.0f} ms | {sixteen * 1e3:.0f} ms"
            f" | {four / once / 4:.2f} | {sixteen / once / 16:.2f} |"
        )
    worst = max(row[n] / row[0] / by for row in rows.values() for n, by in ((1, 4), (2, 16)))
    print(
        f"\ngoal at most {GOAL_GROWTH} times the time each: {worst:.2f}, {said(worst <= GOAL_GROWTH)}\n"
    )


def by_check() -> None:
    """Print the share of each check. What several read in common, the first of them pays for."""
    spent = dict.fromkeys((find.__name__ for find in CHECKS), 0.0)
    for n in range(RUNS):
        piece = Piece.written(**written(words=WORDS, posts=POSTS, seed=90_000 + n))
        context = Context(now=NOW, gazetteer=OUTLETS)
        for find in CHECKS:
            spent[find.__name__] += seconds(partial(_exhaust, find, piece, context))
    total = sum(spent.values())
    print("| check | ms | share |\n|---|---|---|")
    for name, took in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"| {name.replace('_', '-')} | {took / RUNS * 1e3:.1f} | {took / total:.0%} |")
    print()


def _exhaust(find: Callable[..., Iterable[Finding]], piece: Piece, context: Context) -> None:
    for _ in find(piece, context):
        pass


def nightly() -> None:
    given = [written(words=500, posts=5, seed=70_000 + n) for n in range(ARTICLES)]
    rate = ARTICLES / seconds(lambda: [vet(one) for one in given])
    print(f"{ARTICLES} articles of 500 words and 5 posts, all new: {rate:.0f} a second on one core")
    print(f"goal {GOAL_ARTICLES} a second: {said(rate >= GOAL_ARTICLES)}\n")


def hostile(size: int) -> None:
    """Print the slowest of the hostile texts, whole, and about as long as is just read."""
    took: list[tuple[float, str, str]] = []
    for name, make in PIECES.items():
        for length in (size, min(size, JUST_READ)):
            given, found = make(length), list[Finding]()
            spent = seconds(lambda given=given, found=found: found.extend(vet(given)))
            is_refused = bool(found) and {one.code for one in found} == {"too-large"}
            ends = "refused" if is_refused else f"{len(found)} findings"
            took.append((spent, f"{name}, {length:,}", ends))
    print("| hostile text, characters | seconds | ends |\n|---|---|---|")
    for spent, name, ends in sorted(took, reverse=True)[:SLOWEST]:
        print(f"| {name} | {spent:.2f} | {ends} |")
    worst = max(took)[0]
    refused = sum(ends == "refused" for _, _, ends in took)
    print(f"\n{len(took)} texts, of which {refused} refused")
    print(f"goal {GOAL_HOSTILE} s each: {worst:.2f}, {said(worst <= GOAL_HOSTILE)}")


def said(is_met: object) -> str:
    return "met" if is_met else "MISSED"


if __name__ == "__main__":
    whole()
    growth()
    by_check()
    nightly()
    hostile(HOSTILE)
