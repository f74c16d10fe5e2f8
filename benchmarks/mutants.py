"""Print the share of small faults that the tests notice, and each fault that they do not.

mutmut makes the faults, one for each argument, comparison, string and so on, and finds out which
tests reach the function. Here they are drawn in an order that a seed decides, tried until the
time is up, and compared with tests/mutants.toml, which lists those that hurt nobody, and why.
Verdicts are kept in .var/mutants: the same command goes on where it stopped, and asks again where
the function changed or, of a survivor, its tests did.
"""

import argparse
import difflib
import fnmatch
import itertools
import os
import random
import re
import shutil
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

ROOT = Path(__file__).resolve().parents[1]
# mutmut copies the tree below its working directory; tests look for the corpora beside the copy.
PLACE = ROOT / ".var" / "mutants"
LISTED = ROOT / "tests" / "mutants.toml"
# What mutmut copies of itself, and reads where it works.
ALSO_LINKED = ("tests", "pyproject.toml", "uv.lock")
UNNOTICED = frozenset({"survived", "no tests", "unclear"})


@dataclass(frozen=True, slots=True)
class Change:
    """What a mutant changes: the lines of one function before and after, in one line each."""

    function: str  # its dotted path
    line: int
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Harmless:
    """An entry of tests/mutants.toml: faults that no test needs to notice, and why."""

    reason: str
    function: str = "*"
    # What is replaced by what: the whole line or a part of it.
    old: str = ""
    new: str = ""
    # Instead of these: what alone differs, and what a line looks like of which this is true.
    differs: Literal["", "case", "wording"] = ""
    pattern: str = ""

    def covers(self, change: Change) -> bool:
        if not fnmatch.fnmatchcase(change.function, self.function):
            return False
        if self.differs:
            looks_like = re.search(self.pattern, change.old) is not None
            return looks_like and self.differs == how_strings_differ(change)
        if not self.old:
            return (change.old, change.new) == ("", self.new)
        return change.new in {
            change.old.replace(self.old, self.new),
            change.old.replace(self.old, self.new, 1),
        }


@dataclass(slots=True)
class Outcome:
    """How many mutants of a module met which fate."""

    fates: Counter[str] = field(default_factory=Counter)

    @property
    def noticed(self) -> int:
        return self.fates["killed"] + self.fates["timeout"]

    @property
    def judged(self) -> int:
        """Return how many count: all but those listed as harmless."""
        return self.fates.total() - self.fates["harmless"]


def how_strings_differ(change: Change) -> str:
    """Return what alone differs: the case of one string, or the wording of one of three words."""
    old, new = re.findall(r'"([^"]*)"', change.old), re.findall(r'"([^"]*)"', change.new)
    pairs = [(a, b) for a, b in zip(old, new, strict=False) if a != b]
    if len(pairs) != 1 or change.old.replace(pairs[0][0], pairs[0][1]) != change.new:
        return ""
    ((before, after),) = pairs
    if before.lower() != after.removeprefix("XX").removesuffix("XX").lower():
        return ""
    if len(before.split()) >= 3:
        return "wording"
    return "" if before.lower() != after.lower() else "case"


def read_listed(text: str) -> list[Harmless]:
    """Return the entries of tests/mutants.toml. Raises ValueError where one is incomplete."""
    entries = [Harmless(**entry) for entry in tomllib.loads(text).get("harmless", [])]
    for entry in entries:
        if not entry.reason.strip():
            message = f"tests/mutants.toml gives no reason for {entry.function}: {entry.old}"
            raise ValueError(message)
        if not entry.old and not entry.new and not entry.differs:
            message = f"tests/mutants.toml does not say what differs: {entry.reason}"
            raise ValueError(message)
    return entries


def draw(
    names: Iterable[str], *, seed: int, only: str = "*", count: int | None = None
) -> list[str]:
    """Return the mutants to try, in the order that the seed decides."""
    chosen = sorted(name for name in names if fnmatch.fnmatchcase(name, only))
    random.Random(seed).shuffle(chosen)  # noqa: S311
    return chosen[:count]


def module_of(name: str) -> str:
    """Return the module of a mutant, such as wires.schedule of wires.schedule.x_claim__mutmut_1."""
    return re.split(r"\.x[_ǁ]", name)[0]


def function_of(name: str) -> str:
    """Return the dotted path of the function that a mutant is made of."""
    module, _, mangled = name.partition("__mutmut_")[0].rpartition(".")
    return f"{module}.{mangled.removeprefix('x_').removeprefix('xǁ').replace('ǁ', '.')}"


def change_of(name: str, old: Sequence[str], new: Sequence[str], *, starts: int) -> Change:
    """Compare the lines of a function, which starts at that line of its file, before and after."""
    parts = [
        part
        for part in difflib.SequenceMatcher(a=old, b=new, autojunk=False).get_opcodes()
        if part[0] != "equal"
    ]
    before = " ".join(line.strip() for _, a, b, _, _ in parts for line in old[a:b])
    after = " ".join(line.strip() for _, _, _, a, b in parts for line in new[a:b])
    return Change(function_of(name), starts + parts[0][1], before, after)


def is_listed(change: Change, listed: Iterable[Harmless]) -> bool:
    """Return whether a change is one that no test needs to notice."""
    return any(entry.covers(change) for entry in listed)


def stale_entries(listed: Iterable[Harmless], changes: Iterable[Change]) -> list[Harmless]:
    """Return the entries that cover none of the changes."""
    there = [*changes]
    return [entry for entry in listed if not any(map(entry.covers, there))]


def prefix_judged(order: Iterable[str], verdicts: Mapping[str, str | None]) -> list[str]:
    """Return the mutants up to the first without a verdict, so that nothing biases the sample."""
    return list(itertools.takewhile(lambda name: verdicts.get(name), order))


def count_outcomes(fates: Mapping[str, str]) -> dict[str, Outcome]:
    """Count the fates by module."""
    modules: dict[str, Outcome] = {}
    for name, fate in sorted(fates.items()):
        modules.setdefault(module_of(name), Outcome()).fates[fate] += 1
    return modules


def table(modules: Mapping[str, Outcome]) -> Iterator[str]:
    """Yield a line for each module, and one for all."""
    columns = ("killed", "timeout", "survived", "no tests", "unclear", "harmless")
    everything = Outcome(sum((each.fates for each in modules.values()), Counter()))
    yield f"{'':44}" + "".join(f"{column:>10}" for column in columns) + f"{'noticed':>9}"
    for name, outcome in [*modules.items(), ("all", everything)]:
        share = f"{outcome.noticed / outcome.judged:9.2f}" if outcome.judged else f"{'-':>9}"
        yield f"{name:44}" + "".join(f"{outcome.fates[each]:10}" for each in columns) + share


def survivor(change: Change) -> Iterator[str]:
    """Yield the place of a mutant, and its lines before and after."""
    yield f"{change.function}, line {change.line}"
    if change.old:
        yield f"  - {change.old}"
    if change.new:
        yield f"  + {change.new}"


def lay_out(place: Path, root: Path, folders: Iterable[str]) -> None:
    """Make the place where mutmut works: links to the project, and to the corpora beside it."""
    place.mkdir(parents=True, exist_ok=True)
    for name in folders:
        link = place / name
        if not link.is_symlink():
            link.symlink_to(os.path.relpath(root / name, place))
    shared = place / "shared"
    if not shared.is_symlink():
        shared.symlink_to(os.path.relpath(root.parent / "shared", place))


def forget_when_settings_change(place: Path, settings: Mapping[str, Any]) -> None:
    """Start afresh where mutmut's settings are others than those of the copy."""
    seen = place / "settings"
    if seen.is_file() and seen.read_text() == repr(settings):
        return
    shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True)
    seen.write_text(repr(settings))


def drop_stale_files(copy: Path, root: Path, is_mutated: Callable[[str], bool]) -> None:
    """Delete what mutmut would not copy again: all but mutated files, and what it knows of them."""
    for path in [*copy.rglob("*")]:
        source = str(path.relative_to(copy)).removesuffix(".meta").removesuffix(".spans")
        is_kept = is_mutated(source) and (root / source).is_file()
        is_about_all = path.suffix == ".json" and path.parent == copy
        if path.is_file() and path.suffix != ".pyc" and not is_kept and not is_about_all:
            path.unlink()


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutants", description=__doc__.split("\n\n")[0])
    parser.add_argument(
        "--minutes", type=float, default=30, help="stop after these (30); 0 reports only"
    )
    parser.add_argument("--seed", type=int, default=1, help="decides the order (1)")
    parser.add_argument("--only", default="*", help="such as 'wires.ingest*'")
    parser.add_argument("--tests", nargs="*", help="look at these only, such as tests/wires (all)")
    parser.add_argument(
        "--seconds",
        type=float,
        nargs="*",
        help="ask of a mutant only the nearest tests, so many seconds of them (all); who survives"
        " these is asked so many as the next number says: 20 300",
    )
    parser.add_argument("--count", type=int, help="at most so many")
    parser.add_argument("--workers", type=int, default=os.cpu_count(), help="at once (all cores)")
    parser.add_argument("--fresh", action="store_true", help="forget the verdicts there are")
    return parser.parse_args()


def report(order: list[str], verdicts: Mapping[str, Any], run: Any, listed: list[Harmless]) -> int:
    """Print what became of the mutants. Return how many survived that are not listed."""
    fates: dict[str, str] = {}
    lines: list[str] = []
    for name in prefix_judged(order, verdicts):
        change = run.change(name)
        fates[name] = "harmless" if is_listed(change, listed) else verdicts[name]
        if fates[name] in UNNOTICED:
            lines += ["", f"{name}: {fates[name]}", *survivor(change)]
    print("\n".join([*lines, "", *table(count_outcomes(fates))]))
    print(f"{len(fates)} of {len(order)} mutants tried.")
    for entry in stale_entries(*known_by_function(listed, run)):
        print(f"tests/mutants.toml covers nothing with {entry.function}: {entry.old}")
    return sum(fate in UNNOTICED for fate in fates.values())


def known_by_function(listed: list[Harmless], run: Any) -> tuple[list[Harmless], list[Change]]:
    """Return the entries for one function, and every change that is made to these functions."""
    entries = [entry for entry in listed if "*" not in entry.function]
    functions = {entry.function for entry in entries}
    return entries, [run.change(name) for name in run.names() if function_of(name) in functions]


def main() -> int:
    given = arguments()
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["mutmut"]
    if given.fresh:
        shutil.rmtree(PLACE, ignore_errors=True)
    forget_when_settings_change(PLACE, settings)
    lay_out(PLACE, ROOT, [*settings["source_paths"], *settings["also_copy"], *ALSO_LINKED])
    os.chdir(PLACE)
    sys.path[:] = [path for path in sys.path if Path(path).resolve() != ROOT]
    # mutmut reads its settings where it is imported, so that is done here.
    sys.path.append(str(ROOT))
    from benchmarks.mutmut_runner import Run

    sys.path.remove(str(ROOT))
    listed = read_listed(LISTED.read_text()) if LISTED.is_file() else []
    run = Run(workers=given.workers, tests=given.tests)
    if given.minutes:
        run.find_tests()
    else:
        run.use_known_tests()
    order = draw(run.names(), seed=given.seed, only=given.only, count=given.count)
    looks = given.seconds or [None]
    until = time.monotonic() + given.minutes * 60
    for number, seconds in enumerate(looks):
        verdicts = run.verdicts(looks[number:])
        left = [name for name in order if verdicts[name] is None]
        if number:
            # What is listed counts for nothing, no matter what notices it.
            left = [name for name in left if not is_listed(run.change(name), listed)]
        kind = "mutants" if number == 0 else "mutants, survivors looked at again"
        print(f"Seed {given.seed}: {len(order)} {kind}, {len(order) - len(left)} of them known.")
        if left and time.monotonic() < until:
            run.try_out(left, seconds=seconds, until=until, tell=teller(len(left)))
    if given.minutes:
        run.close()
    return 1 if report(order, run.verdicts(looks), run, listed) else 0


def teller(total: int) -> Callable[[int, str], None]:
    """Return a function that says every half minute how far it is."""
    fates: Counter[str] = Counter()
    said = time.monotonic()

    def tell(done: int, fate: str) -> None:
        nonlocal said
        fates[fate] += 1
        if time.monotonic() - said > 30 or done == total:
            said = time.monotonic()
            counts = ", ".join(f"{count} {fate}" for fate, count in sorted(fates.items()))
            print(f"  {done} of {total}: {counts}", file=sys.stderr, flush=True)

    return tell


if __name__ == "__main__":
    sys.exit(main())
