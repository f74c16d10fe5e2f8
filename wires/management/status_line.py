"""What polling says of itself, in one line."""

from wires.ingest.tally import PollTally


def status_line(tally: PollTally) -> str:
    """Return what came in, what failed and how late it was asked for, in one line."""
    outcome = tally.outcome
    words = [
        f"{tally.channels} channels polled, {tally.unchanged} unchanged,"
        f" {len(tally.failures)} failed: {outcome.new} new posts, {outcome.versions} new versions,"
        f" {outcome.seen} known"
    ]
    if tally.lags:
        words.append(f"95 of 100 were asked within {tally.lag(0.95):.1f} s of falling due")
    if tally.kinds:
        words.append(
            "failures: " + ", ".join(f"{kind} {n}" for kind, n in tally.kinds.most_common(5))
        )
    if tally.lost_leases:
        words.append(f"{tally.lost_leases} leases lost")
    return "; ".join(words)
