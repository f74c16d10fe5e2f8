"""Measure the checks on the kinds of error that newsrooms publish corrections for.

    .venv/bin/python -m benchmarks.published_errors [--misses] [FOLDER]

FOLDER holds clean/, fault/ and expected/, stories written without sight of the checks. An error
is noticed where a hold or a query points into its words and the clean story does not raise the
same one. A wrong mark is noticed, too, where a finding in the words that the mark covers names its
key. Needs no database. Exit status 1 if a goal is missed, 2 if the folder is missing.
"""

import json
import os
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from articles.vetting import Finding, Level, check
from articles.vetting.cases import Case, UnreadableCase, as_case, read_case
from articles.vetting.report import Ink
from benchmarks.intervals import shown
from benchmarks.options import parser

STORIES = Path("../shared/corpora/corrections")
# Kinds that the text of the cited posts decides: a number, a date, a name, a quotation …
DECIDED_BY_THE_POSTS = frozenset({
    "age", "currency", "date", "dropped-not", "headline-magnitude", "magnitude", "misquote",
    "misquote-negation", "name-spelling", "number", "pct-vs-points", "score", "swapped-figures",
    "swapped-in-post", "toll", "transposed", "unit", "weekday", "weekday-bare", "wrong-source",
    "wrong-speaker", "year",
})  # fmt: skip
_KEY = re.compile(r"@([\w-]+)")
# What a mark covers begins after these.
_ENDS = re.compile(r"\[@|\n\n|[.?!] ")
LEAST_NOTICED, LEAST_DECIDED = 0.75, 0.95
MOST_HOLDS, MOST_QUERIES = 0.0, 0.5


@dataclass(frozen=True, slots=True)
class PublishedError:
    """An error, where it stands, and the findings that point into it."""

    story: str
    kind: str
    span: str
    was: str
    findings: tuple[Finding, ...]

    @property
    def is_held(self) -> bool:
        return any(finding.level is Level.HOLD for finding in self.findings)


@dataclass(frozen=True, slots=True)
class CleanStory:
    """A story without an error, and what is raised there all the same."""

    name: str
    findings: tuple[Finding, ...]

    def count(self, level: Level) -> int:
        return sum(finding.level is level for finding in self.findings)


def read_stories(folder: Path) -> tuple[list[CleanStory], list[PublishedError]]:
    """Check every story of the folder. Raises OSError and UnreadableCase."""
    clean = {
        path.stem.partition("-")[2]: CleanStory(path.stem, _findings(read_case(path.read_bytes())))
        for path in sorted((folder / "clean").glob("*.json"))
    }
    errors: list[PublishedError] = []
    for path in sorted((folder / "fault").glob("*.json")):
        expected = json.loads((folder / "expected" / path.name).read_bytes())
        known = {_identity(finding) for finding in clean[expected["base"]].findings}
        case = read_case(path.read_bytes())
        findings = _findings(case)
        new = [finding for finding in findings if _identity(finding) not in known]
        errors += [
            PublishedError(
                path.stem,
                fault["kind"],
                fault["span"],
                fault["was"],
                tuple(_noticing(fault, new, case.piece.body)),
            )
            for fault in expected["expect"]
        ]
    return [*clean.values()], errors


def _findings(case: Case) -> tuple[Finding, ...]:
    if case.now is None:
        message = f"{case.id} does not say when it was checked"
        raise UnreadableCase(message)
    return tuple(check(case.piece, now=case.now, outlet_directory=case.outlets))


def _identity(finding: Finding) -> tuple[str, str]:
    return finding.evidence_fingerprint, finding.excerpt


def _noticing(
    fault: dict[str, str | int], findings: Iterable[Finding], body: str
) -> Iterator[Finding]:
    """Yield the findings that point into the words of an error, or at what a wrong mark covers."""
    start, end = int(fault["start"]), int(fault["end"])
    for finding in findings:
        if as_case(finding)["field"] != fault["field"]:
            continue
        is_inside = finding.start < end and start < finding.end
        if is_inside or _is_of_mark(fault, finding, body[finding.start : start]):
            yield finding


def _is_of_mark(fault: dict[str, str | int], finding: Finding, between: str) -> bool:
    """Return whether a finding names the key of a mark that is the error, and stands under it."""
    wrong = {*_KEY.findall(str(fault["span"]))} - {*_KEY.findall(str(fault["was"]))}
    named = finding.evidence.get("cited", finding.evidence.get("keys", ()))
    is_named = isinstance(named, Sequence) and not wrong.isdisjoint(named)
    return is_named and finding.field == "body" and bool(between) and not _ENDS.search(between)


def table(clean: list[CleanStory], errors: list[PublishedError]) -> Iterator[str]:
    yield "| kind of error | errors | held | queried | noticed (95 %) |"
    yield "|---|---|---|---|---|"
    kinds: dict[str, list[PublishedError]] = defaultdict(list)
    for error in errors:
        kinds[error.kind].append(error)
    for kind, found in sorted(kinds.items()):
        yield _row(kind, found)
    yield _row("**decided by the posts**", _decided(errors))
    yield _row("**all**", errors)
    yield ""
    yield "| clean stories | level | stories with one (95 %) | findings each |"
    yield "|---|---|---|---|"
    for level in Level:
        counts = [story.count(level) for story in clean]
        having, findings = sum(n > 0 for n in counts), sum(counts)
        each = f"{findings / len(clean):.3f} ({findings})" if clean else "–"
        yield f"| {len(clean)} | {level.value} | {shown(having, len(clean))} | {each} |"


def _row(name: str, errors: list[PublishedError]) -> str:
    held, noticed = sum(error.is_held for error in errors), _noticed(errors)
    return f"| {name} | {len(errors)} | {held} | {noticed - held} | {shown(noticed, len(errors))} |"


def _decided(errors: list[PublishedError]) -> list[PublishedError]:
    return [error for error in errors if error.kind in DECIDED_BY_THE_POSTS]


def _noticed(errors: list[PublishedError]) -> int:
    return sum(bool(error.findings) for error in errors)


def misses(clean: list[CleanStory], errors: list[PublishedError]) -> Iterator[str]:
    for error in errors:
        if not error.findings:
            yield f"MISSED {error.story} ({error.kind}): {error.span!r}, which was {error.was!r}"
    for story in clean:
        for finding in story.findings:
            yield f"FALSE {story.name}, {finding.level}, {finding.code}: {finding.message}"


def missed_goals(clean: list[CleanStory], errors: list[PublishedError]) -> Iterator[str]:
    for name, chosen, goal in (
        ("errors", errors, LEAST_NOTICED),
        ("errors that the posts decide", _decided(errors), LEAST_DECIDED),
    ):
        if not chosen or _noticed(chosen) / len(chosen) < goal:
            yield f"{_noticed(chosen)} of {len(chosen)} {name} are noticed, the goal is {goal}"
    raised = Counter(finding.level for story in clean for finding in story.findings)
    for level, goal in ((Level.HOLD, MOST_HOLDS), (Level.QUERY, MOST_QUERIES)):
        if not clean or raised[level] / len(clean) > goal:
            count = f"{raised[level]} {level.value} findings in {len(clean)} clean stories"
            yield f"{count}, the goal is {goal} each"


def main() -> int:
    asked = parser(__doc__)
    asked.add_argument("folder", nargs="?", type=Path, default=STORIES, metavar="FOLDER")
    asked.add_argument("--misses", action="store_true", help="print what was missed or wrong")
    given = asked.parse_args()
    if not (given.folder / "expected").is_dir():
        print(f"{given.folder} is absent: name a folder of stories.", file=sys.stderr)
        return 2
    clean, errors = read_stories(given.folder)
    print("\n".join(table(clean, errors)))
    if given.misses:
        print("\n" + "\n".join(misses(clean, errors)))
    ink = Ink(is_coloured=sys.stdout.isatty() and not os.environ.get("NO_COLOR"))
    goals = list(missed_goals(clean, errors))
    for goal in goals:
        print(f"{ink.paint('Missed', '1;31')}: {goal}.")
    return 1 if goals else 0


if __name__ == "__main__":
    sys.exit(main())
