"""Measure figure-not-found on the real claims of WiCE (Kamoi et al., 2023).

    .venv/bin/python -m benchmarks.claims [--misses] [WICE.jsonl]

Claims with a digit outside a bare year count; each cites its evidence. Claims that the evidence
does not support should be flagged, supported ones should not, and partly supported ones may be
either. Needs no database. Exit status 1 if a goal is missed, 2 if the file is missing.
"""

import argparse
import json
import os
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from articles.vetting import Finding, Piece, SourceRef, check
from articles.vetting.report import Ink
from benchmarks.intervals import shown

NOW = datetime(2026, 6, 25, 10, 0, tzinfo=UTC)
WICE = Path("../shared/corpora/claims/wice_dev.jsonl")
CODE = "figure-not-found"
# The minimum and maximum shares to be flagged.
LEAST = {"not_supported": 0.88}
MOST = {"supported": 0.06}
_BARE_YEAR = re.compile(r"(?<![\d.,])(?:1\d|20)\d\d(?!\d|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with the annotators' verdict and the result of the check."""

    label: str
    claim: str
    flagged: tuple[Finding, ...]


def judged(path: Path) -> Iterator[Judged]:
    """Yield the claims with a figure. Raises OSError."""
    for line in path.read_text().splitlines():
        row = json.loads(line)
        if not re.search(r"\d", _BARE_YEAR.sub("", row["claim"])):
            continue
        source = SourceRef(
            key="r1", outlet="Z", platform="rss", url="https://z.example/1",
            text=" ".join(row["evidence"]),
        )  # fmt: skip
        body = row["claim"].rstrip(" .") + " [@r1]."
        piece = Piece.written(body=body, framing_note="Ours.", sources=[source])
        found = tuple(finding for finding in check(piece, now=NOW) if finding.code == CODE)
        yield Judged(row["label"], row["claim"], found)


def table(claims: list[Judged]) -> Iterator[str]:
    counts = counted(claims)
    yield f"| WiCE dev, claims with a figure | claims | {CODE} (95 %) | goal |"
    yield "|---|---|---|---|"
    for label, (n, flagged) in sorted(counts.items()):
        goal = (
            f"≥ {LEAST[label]}" if label in LEAST else f"≤ {MOST[label]}" if label in MOST else "–"
        )
        yield f"| {label} | {n} | {shown(flagged, n)} | {goal} |"


def counted(claims: list[Judged]) -> dict[str, tuple[int, int]]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for claim in claims:
        counts[claim.label][0] += 1
        counts[claim.label][1] += bool(claim.flagged)
    return {label: (n, flagged) for label, (n, flagged) in counts.items()}


def misses(claims: list[Judged]) -> Iterator[str]:
    for claim in claims:
        if claim.label in LEAST and not claim.flagged:
            yield f"MISSED {claim.claim}"
        if claim.label in MOST and claim.flagged:
            yield f"FALSE {claim.claim}\n  {claim.flagged[0].message}"


def missed_goals(claims: list[Judged]) -> Iterator[str]:
    counts = counted(claims)
    for goals, sign in ((LEAST, 1), (MOST, -1)):
        for label, goal in goals.items():
            n, flagged = counts.get(label, (0, 0))
            if not n or (flagged / n - goal) * sign < 0:
                yield f"{flagged} of {n} {label} claims are flagged, the goal is {goal}"


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.claims",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("path", nargs="?", type=Path, default=WICE, metavar="WICE.jsonl")
    parser.add_argument("--misses", action="store_true", help="print what was missed or wrong")
    given = parser.parse_args()
    if not given.path.is_file():
        print(f"{given.path} is absent: name the dev set of WiCE.", file=sys.stderr)
        return 2
    claims = list(judged(given.path))
    print("\n".join(table(claims)))
    if given.misses:
        print("\n" + "\n".join(misses(claims)))
    ink = Ink(is_coloured=sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
    goals = list(missed_goals(claims))
    for goal in goals:
        print(f"{ink.paint('Missed', '1;31')}: {goal}.")
    return 1 if goals else 0


if __name__ == "__main__":
    sys.exit(main())
