"""Vet clean articles, their benign variants and their faults, and say what was right."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from articles.vetting import Finding
from benchmarks.seeded.articles import Article, chance, vet
from benchmarks.seeded.benign import BENIGN
from benchmarks.seeded.fault import HOLD, Fault
from benchmarks.seeded.faults import FAULTS
from benchmarks.seeded.kinds import KINDS, Kind

# Rendering and refusing a megabyte takes long; so many articles are enough to see it.
_LARGE = "too-large"
_LARGE_ARTICLES = 12
# The part of mutators, kinds and variations that an article gets which others were made of.
_SHARE_OF_RECOMBINED = 0.1


@dataclass(frozen=True, slots=True)
class Plan:
    """What one article is put through. share is the part of mutators and variations it gets."""

    article: Article
    seed: int
    share: float
    codes: frozenset[str]
    with_large: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one vetting came to.

    code is that of the fault, kind the kind of error; both are "" of a clean article or variant,
    as name is of a clean article. wrong are the findings that should not be there, as (code,
    level), noticed_by the codes that point at an error whichever it is.
    """

    name: str = ""
    code: str = ""
    kind: str = ""
    is_wire: bool
    is_met: bool = False
    is_held: bool = False
    noticed_by: tuple[str, ...] = ()
    wrong: tuple[tuple[str, str], ...] = ()
    report: str = ""

    def wrong_at(self, level: str) -> int:
        return sum(each == level for _, each in self.wrong)


def plans(
    written: Iterable[Article],
    made: Iterable[Article],
    *,
    seed: int,
    codes: Iterable[str] = (),
    share: float = 1.0,
) -> list[Plan]:
    """Return what to do. The written articles get a share of all mutators, those made of them less."""
    wanted = frozenset(codes) or frozenset(FAULTS)
    less = share * _SHARE_OF_RECOMBINED
    return [
        *(
            Plan(article, seed, share, wanted, n < _LARGE_ARTICLES)
            for n, article in enumerate(written)
        ),
        *(Plan(article, seed, less, wanted, with_large=False) for article in made),
    ]


def carry_out(plan: Plan) -> list[Outcome]:
    """Vet the article of a plan, then what became of it by each variation, mutator and kind."""
    clean = vet(plan.article)
    outcomes = [_clean(plan.article, "", clean, [])]
    for variation in BENIGN:
        rng = chance(plan.seed, plan.article.id, variation.__name__)
        if rng.random() < plan.share and (variant := variation(plan.article, rng)) is not None:
            outcomes.append(_clean(variant, variation.__name__, vet(variant), clean))
    outcomes += [
        judged(fault, name, clean)
        for name, fault in _faults(plan)
        if not any(map(fault.is_clouded_by, clean))
    ]
    outcomes += [
        noticed(fault, kind, clean)
        for kind, fault in _errors(plan)
        if not any(map(fault.is_clouded_by, clean))
    ]
    return outcomes


def _faults(plan: Plan) -> Iterator[tuple[str, Fault]]:
    for code, mutators in FAULTS.items():
        if code not in plan.codes or (code == _LARGE and not plan.with_large):
            continue
        for mutator in mutators:
            rng = chance(plan.seed, plan.article.id, code, mutator.__name__)
            if rng.random() < plan.share and (fault := mutator(plan.article, rng)) is not None:
                yield mutator.__name__, fault


def _errors(plan: Plan) -> Iterator[tuple[Kind, Fault]]:
    if plan.codes != frozenset(FAULTS):
        return
    for kind in KINDS:
        rng = chance(plan.seed, plan.article.id, kind.name)
        if rng.random() < plan.share and (fault := kind.mutator(plan.article, rng)) is not None:
            yield kind, fault


def _clean(article: Article, name: str, found: list[Finding], before: list[Finding]) -> Outcome:
    """Count every finding of a clean article; of a variant those that the article has not."""
    new = _new(found, before, frozenset())
    title = f"{article.id}: {name or 'clean'}"
    return Outcome(
        name=name,
        is_wire=article.is_wire,
        wrong=tuple((finding.code, finding.level.value) for finding in new),
        report="\n".join(f"FALSE {_told(title, finding)}" for finding in new),
    )


def judged(fault: Fault, name: str, clean: list[Finding]) -> Outcome:
    """Vet a spoilt article; clean is what was found in it before, which is not counted again."""
    found = vet(fault.article)
    is_met = any(fault.is_met_by(finding) for finding in found)
    strays = _new(found, clean, fault.also | {fault.code})
    title = f"{fault.article.id}: {name}"
    lines = [f"FALSE {_told(title, finding)}" for finding in strays]
    if not is_met:
        lines.append(_missed(fault, f"{fault.code} | {title}", found))
    return Outcome(
        name=name,
        code=fault.code,
        is_wire=fault.article.is_wire,
        is_met=is_met,
        wrong=tuple(sorted({(finding.code, finding.level.value) for finding in strays})),
        report="\n".join(lines),
    )


def noticed(fault: Fault, kind: Kind, clean: list[Finding]) -> Outcome:
    """Vet an article with an error of a kind: whichever finding points at it has noticed it.

    What is found elsewhere is not counted: a changed body rightly differs from its headline.
    """
    found = vet(fault.article)
    old = {(finding.code, finding.excerpt) for finding in clean}
    there = [
        finding
        for finding in found
        if fault.is_met_by(finding) and (finding.code, finding.excerpt) not in old
    ]
    title = f"{kind.name} | {fault.article.id}"
    return Outcome(
        name=kind.name,
        kind=kind.name,
        is_wire=fault.article.is_wire,
        is_met=bool(there),
        is_held=any(finding.level == HOLD for finding in there),
        noticed_by=tuple(sorted({finding.code for finding in there})),
        report="" if there else _missed(fault, title, found),
    )


def _missed(fault: Fault, title: str, found: list[Finding]) -> str:
    instead = ", ".join(sorted({finding.code for finding in found})) or "nothing"
    return f"MISSED {title} | {fault.what}\n  {fault.sentence()[:600]}\n  found instead: {instead}"


def _new(found: list[Finding], before: list[Finding], also: frozenset[str]) -> list[Finding]:
    """Leave out what the clean article raises as well, where it is counted."""
    known = {finding.code for finding in before} | also
    return [finding for finding in found if finding.code not in known]


def _told(title: str, finding: Finding) -> str:
    return (
        f"{finding.code} ({finding.level}) | {title} | in {finding.field}\n"
        f"  {finding.excerpt[:600]}\n  {finding.message[:300]}"
    )
