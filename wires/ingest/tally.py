"""What polling brought in a while, counted."""

from collections import Counter
from dataclasses import dataclass, field

from wires.ingest.outcome import IngestOutcome


@dataclass(slots=True)
class PollTally:
    """Channels read or unchanged, posts, who could not be read and why, and how late they were.

    `kinds` counts the failures by kind; `lags` are seconds between falling due and being asked.
    """

    channels: int = 0
    unchanged: int = 0
    outcome: IngestOutcome = field(default_factory=IngestOutcome)
    failures: list[str] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    lags: list[float] = field(default_factory=list)
    parser_failures: int = 0
    lost_leases: int = 0

    @property
    def is_empty(self) -> bool:
        return not self.channels and not self.failures

    def lag(self, share: float) -> float:
        """Return the lag, in seconds, that this share of the channels did not pass; 0 for none."""
        if not self.lags:
            return 0.0
        ordered = sorted(self.lags)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)]
