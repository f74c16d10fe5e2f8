"""Measure the one-click fixes: apply each, and compare the outcome with the clean text.

    .venv/bin/python -m benchmarks.fixes [--wrong] [--stories FOLDER] [CODE …]

Every fix that is offered for a finding of a seeded fault is applied, then every one for the errors
of FOLDER (../shared/corpora/corrections unless named), whose right words it has. A fix is right
where the clean text is back to the letter; equal where it says the same; true where the fault had
added a statement that the cited post now bears out (benchmarks/seeded/verdicts.py says how that is
judged); else it is wrong. Decisions, such as “Mark as own”, are counted apart: only an editor knows
which one is right. Needs no database. Exit status 1 if a fix is wrong.
"""

import argparse
import json
import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from articles.vetting import Context, Finding, Piece, findings
from articles.vetting.cases import Case, read_case
from articles.vetting.fix import Fix
from articles.vetting.fixes import fixes
from benchmarks.checks import RECOMBINED, SEED
from benchmarks.intervals import shown
from benchmarks.options import parser
from benchmarks.published_errors import STORIES
from benchmarks.seeded.articles import Article, as_case, chance, load
from benchmarks.seeded.faults import FAULTS
from benchmarks.seeded.measuring import Plan, plans
from benchmarks.seeded.recombined import recombined
from benchmarks.seeded.verdicts import Verdict, fix_applied, judge, with_texts

# No fix is looked for in a text that is refused.
_LARGE = "too-large"
_CASE_NAMES = {"dek": "standfirst"}


@dataclass(frozen=True, slots=True)
class Offered:
    """A finding of a faulty article, and what was made of it by each fix offered for it."""

    code: str
    verdicts: tuple[Verdict, ...]
    decisions: tuple[Verdict, ...]
    wrong: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """The counts of a corpus, by code."""

    findings: Counter[str] = field(default_factory=Counter)
    fixed: Counter[str] = field(default_factory=Counter)
    verdicts: dict[str, Counter[Verdict]] = field(default_factory=lambda: defaultdict(Counter))
    decided: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, offered: Offered) -> None:
        self.findings[offered.code] += 1
        self.fixed[offered.code] += bool(offered.verdicts)
        self.verdicts[offered.code].update(offered.verdicts)
        self.decided[offered.code] += bool(offered.decisions)
        self.wrong += offered.wrong


def tried(case: Case, clean: Piece, known: frozenset[str], title: str) -> Iterator[Offered]:
    """Yield what the fixes of a faulty case come to; known are the findings of the clean one."""
    if case.now is None:
        return
    context = Context(now=case.now, outlet_directory=case.outlets)
    for finding in list(findings(case.piece, context)):
        if finding.fingerprint not in known:
            yield _offered(finding, fixes(finding, case.piece, context), case.piece, clean, title)


def _offered(
    finding: Finding, offered: Iterable[Fix], piece: Piece, clean: Piece, title: str
) -> Offered:
    judged = [(fix, judge(fix_applied(piece, fix), piece, clean)) for fix in offered]
    return Offered(
        code=finding.code,
        verdicts=tuple(verdict for fix, verdict in judged if not fix.is_decision),
        decisions=tuple(verdict for fix, verdict in judged if fix.is_decision),
        wrong=tuple(
            f"WRONG {finding.code} | {title} | {fix.label}\n  {finding.excerpt[:600]}\n"
            f"  {[edit.text for edit in fix.edits]}"
            for fix, verdict in judged
            if verdict is Verdict.WRONG and not fix.is_decision
        ),
    )


def try_plan(plan: Plan) -> list[Offered]:
    """Try the fixes of one article with each of its faults."""
    clean = _case(plan.article)
    known = _fingerprints(clean)
    return [
        offered
        for name, article in _spoilt(plan)
        for offered in tried(_case(article), clean.piece, known, f"{article.id}: {name}")
    ]


def _spoilt(plan: Plan) -> Iterator[tuple[str, Article]]:
    for code, mutators in FAULTS.items():
        if code not in plan.codes or code == _LARGE:
            continue
        for mutator in mutators:
            rng = chance(plan.seed, plan.article.id, code, mutator.__name__)
            if rng.random() < plan.share and (fault := mutator(plan.article, rng)) is not None:
                yield mutator.__name__, fault.article


def _case(article: Article) -> Case:
    return read_case(json.dumps(as_case(article)).encode())


def _fingerprints(case: Case) -> frozenset[str]:
    if case.now is None:
        return frozenset()
    context = Context(now=case.now, outlet_directory=case.outlets)
    return frozenset(finding.fingerprint for finding in findings(case.piece, context))


def try_stories(folder: Path) -> Iterator[Offered]:
    """Try the fixes of the stories with published errors. Raises OSError and UnreadableCase."""
    clean = {
        path.stem.partition("-")[2]: _fingerprints(read_case(path.read_bytes()))
        for path in sorted((folder / "clean").glob("*.json"))
    }
    for path in sorted((folder / "fault").glob("*.json")):
        expected = json.loads((folder / "expected" / path.name).read_bytes())
        case, known = read_case(path.read_bytes()), clean[expected["base"]]
        yield from _tried_one_by_one(case, expected["expect"], known, path.stem)


def _tried_one_by_one(
    case: Case, errors: list[dict[str, str | int]], known: frozenset[str], title: str
) -> Iterator[Offered]:
    """Judge each fix by the story with one of its errors put right, whichever fits best."""
    if case.now is None:
        return
    context = Context(now=case.now, outlet_directory=case.outlets)
    targets = [case.piece, *(_put_right(case.piece, error) for error in errors)]
    for finding in list(findings(case.piece, context)):
        if finding.fingerprint in known:
            continue
        offered = fixes(finding, case.piece, context)
        yield min(
            (_offered(finding, offered, case.piece, target, title) for target in targets),
            key=lambda each: len(each.wrong),
        )


def _put_right(piece: Piece, error: dict[str, str | int]) -> Piece:
    name = _CASE_NAMES.get(str(error["field"]), str(error["field"]))
    text = str(getattr(piece, name))
    return with_texts(
        piece, {name: text[: int(error["start"])] + str(error["was"]) + text[int(error["end"]) :]}
    )


def table(tally: Tally) -> Iterator[str]:
    yield "| check | findings | with a fix (95 %) | right | equal | true | wrong | with a decision |"
    yield "|---|---|---|---|---|---|---|---|"
    for code in sorted(tally.findings):
        if tally.fixed[code] or tally.decided[code]:
            yield _row(code, [code], tally)
    yield _row("**all**", list(tally.findings), tally)


def _row(name: str, codes: list[str], tally: Tally) -> str:
    found = sum(tally.findings[code] for code in codes)
    fixed = sum(tally.fixed[code] for code in codes)
    counts = [sum(tally.verdicts[code][verdict] for code in codes) for verdict in Verdict]
    decided = sum(tally.decided[code] for code in codes)
    cells = " | ".join(map(str, [*counts, decided]))
    return f"| {name} | {found} | {shown(fixed, found)} | {cells} |"


def arguments() -> argparse.Namespace:
    asked = parser(__doc__)
    asked.add_argument("codes", nargs="*", metavar="CODE", help="seed faults of these checks only")
    asked.add_argument("--wrong", action="store_true", help="print each wrong fix")
    asked.add_argument("--stories", type=Path, default=STORIES, metavar="FOLDER")
    asked.add_argument("--seed", type=int, default=SEED, help="put the faults at other places")
    asked.add_argument(
        "--share", type=float, default=1.0, help="the part of all faults to try (all)"
    )
    asked.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N", help="work in N processes"
    )
    given = asked.parse_args()
    if unknown := sorted(set(given.codes) - set(FAULTS)):
        asked.error(f"no check has the code {', '.join(unknown)}")
    return given


def main() -> int:
    given = arguments()
    written = list(load())
    work = plans(
        written,
        recombined(written, count=RECOMBINED, seed=given.seed),
        seed=given.seed,
        codes=given.codes,
        share=given.share,
    )
    seeded, stories = Tally(), Tally()
    with ProcessPoolExecutor(max(1, given.jobs)) as pool:
        for outcomes in pool.map(try_plan, work):
            for offered in outcomes:
                seeded.add(offered)
    if (given.stories / "expected").is_dir():
        for offered in try_stories(given.stories):
            stories.add(offered)
    for name, tally in (("Seeded faults", seeded), ("Published errors", stories)):
        print(f"{name}:\n\n" + "\n".join(table(tally)) + "\n")
    wrong = [*seeded.wrong, *stories.wrong]
    if given.wrong and wrong:
        print("\n\n".join(wrong))
    if wrong:
        print(f"Missed: {len(wrong)} fixes are wrong, the goal is 0.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
