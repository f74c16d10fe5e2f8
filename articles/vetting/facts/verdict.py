"""What a reason makes of a number."""

from dataclasses import dataclass

from articles.vetting.facts.quantity import Kind, Reason


@dataclass(frozen=True, slots=True)
class Verdict:
    """The kind that a reason makes of a number."""

    kind: Kind
    reason: Reason


def label(reason: Reason) -> Verdict:
    return Verdict(Kind.LABEL, reason)


def unsure(reason: Reason) -> Verdict:
    return Verdict(Kind.UNSURE, reason)
