"""The tables of the suite, each figure with its count and its Wilson interval at 95 per cent."""

from collections.abc import Iterable, Iterator

from benchmarks.intervals import shown
from benchmarks.seeded.faults import FAULTS
from benchmarks.seeded.kinds import KINDS, Kind
from benchmarks.seeded.tally import Noticed, Quiet, Tally


def clean_table(tally: Tally) -> Iterator[str]:
    """Yield what was raised where nothing is wrong. Holds and queries are counted by article."""
    yield "| without a fault | articles | held (95 %) | holds each | asked (95 %) | queries each |"
    yield "|---|---|---|---|---|---|"
    for name, quiet in (
        ("clean, wire-style", tally.clean_wire),
        ("clean, longer", tally.clean),
        ("**clean, all**", tally.clean_wire + tally.clean),
        ("benign variants, wire-style", tally.variants_wire),
        ("benign variants, longer", tally.variants),
        ("**benign variants, all**", tally.variants_wire + tally.variants),
    ):
        yield _quiet_row(name, quiet)


def _quiet_row(name: str, quiet: Quiet) -> str:
    n = quiet.articles
    if not n:
        return f"| {name} | 0 | – | – | – | – |"
    held, asked = shown(quiet.held, n), shown(quiet.asked, n)
    return (
        f"| {name} | {n} | {held} | {quiet.holds / n:.3f} ({quiet.holds}) "
        f"| {asked} | {quiet.queries / n:.3f} ({quiet.queries}) |"
    )


def false_table(tally: Tally) -> Iterator[str]:
    """Yield which codes are raised in clean articles."""
    both = tally.clean_wire + tally.clean
    yield "| raised in clean articles | level | findings | articles with one (95 %) | of them wire-style |"
    yield "|---|---|---|---|---|"
    for (code, level), n in both.raised.most_common():
        articles = shown(both.raised_in[code, level], both.articles)
        wire = tally.clean_wire.raised_in[code, level]
        yield f"| {code} | {level} | {n} | {articles} | {wire} of {tally.clean_wire.articles} |"


def codes_table(tally: Tally) -> Iterator[str]:
    """Yield the recall of each check, and how often it was right and wrong anywhere."""
    yield "| check | faults | recall (95 %) | right | wrong | precision (95 %) |"
    yield "|---|---|---|---|---|---|"
    for code in [*FAULTS, *(code for code in tally.codes if code not in FAULTS)]:
        n, right, wrong = tally.faults[code], tally.right(code), tally.wrong[code]
        if n or right or wrong:
            recall = shown(tally.met[code], n)
            yield f"| {code} | {n} | {recall} | {right} | {wrong} | {shown(right, right + wrong)} |"
    n, met = tally.faults.total(), tally.met.total()
    right, wrong = sum(map(tally.right, tally.codes)), tally.wrong.total()
    yield f"| **all** | {n} | {shown(met, n)} | {right} | {wrong} | {shown(right, right + wrong)} |"


def looked_for(tally: Tally, codes: Iterable[str]) -> dict[str, Noticed]:
    """Return the counts of the kinds that a check with one of these codes promises to see."""
    return {kind.name: tally.kinds[kind.name] for kind in _kinds(tally, codes, promised=True)}


def kinds_table(tally: Tally, codes: Iterable[str], *, promised: bool) -> Iterator[str]:
    """Yield how often each kind of error was noticed at its place, by any code."""
    what = "errors that a check looks for" if promised else "errors that no check looks for"
    yield f"| {what} | errors | held (95 %) | noticed (95 %) | by |"
    yield "|---|---|---|---|---|"
    sums = Noticed()
    for kind in _kinds(tally, codes, promised=promised):
        found = tally.kinds[kind.name]
        sums.errors += found.errors
        sums.held += found.held
        sums.noticed += found.noticed
        yield _kind_row(kind.name, found)
    yield _kind_row("**all**", sums)


def _kinds(tally: Tally, codes: Iterable[str], *, promised: bool) -> list[Kind]:
    known = frozenset(codes)
    return [
        kind
        for kind in KINDS
        if kind.name in tally.kinds and bool(known & set(kind.looked_for_by)) is promised
    ]


def _kind_row(name: str, found: Noticed) -> str:
    by = ", ".join(f"{code} {n}" for code, n in found.codes.most_common()) or "–"
    held, noticed = shown(found.held, found.errors), shown(found.noticed, found.errors)
    return f"| {name} | {found.errors} | {held} | {noticed} | {by} |"


def mutators_table(tally: Tally) -> Iterator[str]:
    yield "| check | fault | faults | recall (95 %) |"
    yield "|---|---|---|---|"
    for (code, name), (n, met) in sorted(tally.mutators.items()):
        yield f"| {code} | {name} | {n} | {shown(met, n)} |"
