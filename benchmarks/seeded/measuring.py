"""Vet clean articles, their benign variants and their faults, and count what was right."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from articles.vetting import Finding
from benchmarks.seeded.articles import Article, chance, vet
from benchmarks.seeded.benign import BENIGN
from benchmarks.seeded.fault import HOLD, Fault
from benchmarks.seeded.faults import FAULTS

# Rendering and refusing a megabyte takes long; so many articles are enough to see it.
_LARGE = "too-large"
_LARGE_ARTICLES = 12


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

    code is that of the fault, "" of a clean article or variant; name the mutator's or variation's.
    strays are the codes, and false_holds how many holds, of findings that are wrong there.
    """

    name: str
    code: str
    is_met: bool
    strays: tuple[str, ...]
    false_holds: int
    report: str

    @property
    def is_clean_article(self) -> bool:
        return not self.name


@dataclass(slots=True)
class Tally:
    """The counts of many outcomes."""

    faults: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    strays: Counter[str] = field(default_factory=Counter)
    kinds: dict[tuple[str, str], list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0, 0])
    )
    clean: int = 0
    clean_held: int = 0
    clean_holds: int = 0
    clean_queries: int = 0
    variants: int = 0
    variants_held: int = 0
    variant_holds: int = 0
    reports: list[str] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        self.strays.update(outcome.strays)
        if outcome.report:
            self.reports.append(outcome.report)
        if outcome.code:
            self.faults[outcome.code] += 1
            self.met[outcome.code] += outcome.is_met
            kind = self.kinds[outcome.code, outcome.name]
            kind[0] += 1
            kind[1] += outcome.is_met
        elif outcome.is_clean_article:
            self.clean += 1
            self.clean_held += outcome.false_holds > 0
            self.clean_holds += outcome.false_holds
            self.clean_queries += len(outcome.strays) - outcome.false_holds
        else:
            self.variants += 1
            self.variants_held += outcome.false_holds > 0
            self.variant_holds += outcome.false_holds


def plans(
    written: Iterable[Article], made: Iterable[Article], *, seed: int, codes: Iterable[str] = ()
) -> list[Plan]:
    """Return what to do: the written articles get every mutator, those made of them a part."""
    wanted = frozenset(codes) or frozenset(FAULTS)
    return [
        *(
            Plan(article, seed, 1.0, wanted, n < _LARGE_ARTICLES)
            for n, article in enumerate(written)
        ),
        *(Plan(article, seed, 0.1, wanted, with_large=False) for article in made),
    ]


def carry_out(plan: Plan) -> list[Outcome]:
    """Vet the article of a plan, then what became of it by each variation and mutator."""
    clean = vet(plan.article)
    outcomes = [_clean(plan.article, "", clean, [])]
    for variation in BENIGN:
        rng = chance(plan.seed, plan.article.id, variation.__name__)
        if rng.random() < plan.share and (variant := variation(plan.article, rng)) is not None:
            outcomes.append(_clean(variant, variation.__name__, vet(variant), clean))
    outcomes.extend(judged(fault, name, clean) for name, fault in _faults(plan))
    return outcomes


def _faults(plan: Plan) -> Iterator[tuple[str, Fault]]:
    for code, mutators in FAULTS.items():
        if code not in plan.codes or (code == _LARGE and not plan.with_large):
            continue
        for mutator in mutators:
            rng = chance(plan.seed, plan.article.id, code, mutator.__name__)
            if rng.random() < plan.share and (fault := mutator(plan.article, rng)) is not None:
                yield mutator.__name__, fault


def _clean(article: Article, name: str, found: list[Finding], before: list[Finding]) -> Outcome:
    """Count every finding of a clean article; of a variant those that the article has not."""
    new = _new(found, before, frozenset())
    holds = [finding for finding in new if finding.level == HOLD]
    title = f"{article.id}: {name or 'clean'}"
    report = "\n".join(f"FALSE {_told(title, finding)}" for finding in new)
    strays = tuple(finding.code for finding in new)
    return Outcome(
        name=name, code="", is_met=False, strays=strays, false_holds=len(holds), report=report
    )


def judged(fault: Fault, name: str, clean: list[Finding]) -> Outcome:
    """Vet a spoilt article; clean is what was found in it before, which is not counted again."""
    found = vet(fault.article)
    is_met = any(fault.is_met_by(finding) for finding in found)
    strays = _new(found, clean, fault.also | {fault.code})
    title = f"{fault.article.id}: {name}"
    lines = [f"FALSE {_told(title, finding)}" for finding in strays]
    if not is_met:
        instead = ", ".join(sorted({finding.code for finding in found})) or "nothing"
        lines.append(
            f"MISSED {fault.code} | {title} | {fault.what}\n  {fault.sentence()[:600]}\n"
            f"  found instead: {instead}"
        )
    return Outcome(
        name=name,
        code=fault.code,
        is_met=is_met,
        strays=tuple(sorted({finding.code for finding in strays})),
        false_holds=0,
        report="\n".join(lines),
    )


def _new(found: list[Finding], before: list[Finding], also: frozenset[str]) -> list[Finding]:
    """Leave out what the clean article raises as well, where it is counted."""
    known = {finding.code for finding in before} | also
    return [finding for finding in found if finding.code not in known]


def _told(title: str, finding: Finding) -> str:
    return (
        f"{finding.code} ({finding.level}) | {title} | in {finding.field}\n"
        f"  {finding.excerpt[:600]}\n  {finding.message[:300]}"
    )
