"""The counts of many outcomes."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from benchmarks.seeded.fault import HOLD, QUERY
from benchmarks.seeded.measuring import Outcome


@dataclass(slots=True)
class Noticed:
    """How often errors of a kind were made, held and at least asked about, and by which codes."""

    errors: int = 0
    held: int = 0
    noticed: int = 0
    codes: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class Quiet:
    """What was raised in articles without a fault."""

    articles: int = 0
    held: int = 0
    holds: int = 0
    asked: int = 0
    queries: int = 0
    raised: Counter[tuple[str, str]] = field(default_factory=Counter)
    raised_in: Counter[tuple[str, str]] = field(default_factory=Counter)

    def add(self, outcome: Outcome) -> None:
        holds, queries = outcome.wrong_at(HOLD), outcome.wrong_at(QUERY)
        self.articles += 1
        self.held += holds > 0
        self.holds += holds
        self.asked += queries > 0
        self.queries += queries
        self.raised.update(outcome.wrong)
        self.raised_in.update(set(outcome.wrong))

    def __add__(self, other: "Quiet") -> "Quiet":
        return Quiet(
            articles=self.articles + other.articles,
            held=self.held + other.held,
            holds=self.holds + other.holds,
            asked=self.asked + other.asked,
            queries=self.queries + other.queries,
            raised=self.raised + other.raised,
            raised_in=self.raised_in + other.raised_in,
        )


@dataclass(slots=True)
class Tally:
    """What many outcomes came to. Wrong findings are counted by code, wherever they are."""

    faults: Counter[str] = field(default_factory=Counter)
    met: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    mutators: dict[tuple[str, str], list[int]] = field(
        default_factory=lambda: defaultdict(lambda: [0, 0])
    )
    kinds: dict[str, Noticed] = field(default_factory=lambda: defaultdict(Noticed))
    clean: Quiet = field(default_factory=Quiet)
    clean_wire: Quiet = field(default_factory=Quiet)
    variants: Quiet = field(default_factory=Quiet)
    variants_wire: Quiet = field(default_factory=Quiet)
    reports: list[str] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        self.wrong.update(code for code, _ in outcome.wrong)
        if outcome.report:
            self.reports.append(outcome.report)
        if outcome.kind:
            self._add_error(outcome)
        elif outcome.code:
            self._add_fault(outcome)
        elif outcome.name:
            (self.variants_wire if outcome.is_wire else self.variants).add(outcome)
        else:
            (self.clean_wire if outcome.is_wire else self.clean).add(outcome)

    def _add_error(self, outcome: Outcome) -> None:
        kind = self.kinds[outcome.kind]
        kind.errors += 1
        kind.held += outcome.is_held
        kind.noticed += outcome.is_met
        kind.codes.update(outcome.noticed_by)

    def _add_fault(self, outcome: Outcome) -> None:
        self.faults[outcome.code] += 1
        self.met[outcome.code] += outcome.is_met
        mutator = self.mutators[outcome.code, outcome.name]
        mutator[0] += 1
        mutator[1] += outcome.is_met

    def right(self, code: str) -> int:
        """Return how often a code was right: a fault of its own found, or an error noticed."""
        return self.met[code] + sum(kind.codes[code] for kind in self.kinds.values())

    @property
    def codes(self) -> list[str]:
        """The codes that found something anywhere, right or wrong."""
        by_kind = {code for kind in self.kinds.values() for code in kind.codes}
        return sorted({*self.faults, *self.wrong, *by_kind})
