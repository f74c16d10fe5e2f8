"""Measure figure-not-found on the real claims of WiCE (Kamoi et al., 2023).

    .venv/bin/python -m benchmarks.claims [--misses] [WICE.jsonl]

Claims with a digit outside a bare year count; each cites its evidence. Claims that the evidence
does not support should be flagged, supported ones should not, and partly supported ones may be
either. A claim comes several times, each time with the sentences it needs among others: claims
are counted, not rows. The goals are for the worse: a claim without support has to be flagged
with all of its chunks, and one with support must be flagged with none. Needs no database. Exit
status 1 if a goal is missed, 2 if the file is missing.
"""

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
from benchmarks.options import parser

NOW = datetime(2026, 6, 25, 10, 0, tzinfo=UTC)
WICE = Path("../shared/corpora/claims/wice_dev.jsonl")
CODE = "figure-not-found"
# The fewest claims flagged with every chunk, of 12, and the most with any, of 37.
LEAST = {"not_supported": 11 / 12}
MOST = {"supported": 2 / 37}
_BARE_YEAR = re.compile(r"(?<![\d.,])(?:1\d|20)\d\d(?!\d|[.,]\d)")


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with the annotators' verdict and the result of the check, by chunk of evidence."""

    label: str
    claim: str
    chunks: tuple[tuple[Finding, ...], ...]

    @property
    def is_flagged_with_any(self) -> bool:
        return any(self.chunks)

    @property
    def is_flagged_with_all(self) -> bool:
        return all(self.chunks)


@dataclass(frozen=True, slots=True)
class Counts:
    """Of claims with one verdict: how many there are, and how many are flagged."""

    claims: int
    with_any: int
    with_all: int
    rows: int
    flagged_rows: int


def judged(path: Path) -> list[Judged]:
    """Return the claims with a figure. Raises OSError."""
    chunks: dict[tuple[str, str], list[tuple[Finding, ...]]] = defaultdict(list)
    for line in path.read_text().splitlines():
        row = json.loads(line)
        if re.search(r"\d", _BARE_YEAR.sub("", row["claim"])):
            chunks[row["label"], row["claim"]].append(_flagged(row["claim"], row["evidence"]))
    return [Judged(label, claim, tuple(found)) for (label, claim), found in chunks.items()]


def _flagged(claim: str, evidence: list[str]) -> tuple[Finding, ...]:
    source = SourceRef(
        key="r1", outlet="Z", platform="rss", url="https://z.example/1", text=" ".join(evidence)
    )
    body = claim.rstrip(" .") + " [@r1]."
    piece = Piece.written(body=body, framing_note="Ours.", sources=[source])
    return tuple(finding for finding in check(piece, now=NOW) if finding.code == CODE)


def table(claims: list[Judged]) -> Iterator[str]:
    yield (
        f"| WiCE dev, claims with a figure | claims | {CODE} with any chunk (95 %) "
        "| with every chunk (95 %) | rows | rows flagged (95 %) | goal |"
    )
    yield "|---|---|---|---|---|---|---|"
    for label, n in sorted(counted(claims).items()):
        goal = "–"
        if label in LEAST:
            goal = f"every ≥ {LEAST[label]:.3f}"
        elif label in MOST:
            goal = f"any ≤ {MOST[label]:.3f}"
        yield (
            f"| {label} | {n.claims} | {n.with_any}: {shown(n.with_any, n.claims)} "
            f"| {n.with_all}: {shown(n.with_all, n.claims)} "
            f"| {n.rows} | {n.flagged_rows}: {shown(n.flagged_rows, n.rows)} | {goal} |"
        )


def counted(claims: list[Judged]) -> dict[str, Counts]:
    labels = {claim.label for claim in claims}
    return {label: _counts([each for each in claims if each.label == label]) for label in labels}


def _counts(claims: list[Judged]) -> Counts:
    return Counts(
        claims=len(claims),
        with_any=sum(claim.is_flagged_with_any for claim in claims),
        with_all=sum(claim.is_flagged_with_all for claim in claims),
        rows=sum(len(claim.chunks) for claim in claims),
        flagged_rows=sum(bool(found) for claim in claims for found in claim.chunks),
    )


def misses(claims: list[Judged]) -> Iterator[str]:
    for claim in claims:
        flagged = [found[0].message for found in claim.chunks if found]
        if claim.label in LEAST and not claim.is_flagged_with_all:
            yield f"MISSED {claim.claim}\n  flagged with {len(flagged)} of {len(claim.chunks)} chunks"
        if claim.label in MOST and flagged:
            yield f"FALSE {claim.claim}\n  {flagged[0]}"


def missed_goals(claims: list[Judged]) -> Iterator[str]:
    counts = counted(claims)
    for label, goal in LEAST.items():
        n = counts.get(label)
        if n is None or n.with_all / n.claims < goal:
            yield f"{n.with_all if n else 0} {label} claims are flagged with every chunk, the goal is {goal:.3f}"
    for label, goal in MOST.items():
        n = counts.get(label)
        if n is None or n.with_any / n.claims > goal:
            yield f"{n.with_any if n else 0} {label} claims are flagged with a chunk, the goal is {goal:.3f}"


def main() -> int:
    asked = parser(__doc__)
    asked.add_argument("path", nargs="?", type=Path, default=WICE, metavar="WICE.jsonl")
    asked.add_argument("--misses", action="store_true", help="print what was missed or wrong")
    given = asked.parse_args()
    if not given.path.is_file():
        print(f"{given.path} is absent: name the dev set of WiCE.", file=sys.stderr)
        return 2
    claims = judged(given.path)
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
