"""How commands that prune go through their batches."""

from collections.abc import Iterable

from wires.management.stopping import told_to_stop

# Between two batches others write.
REST = 0.1  # seconds


def prune(batches: Iterable[int]) -> int:
    """Go through the batches until the process is told to stop; return the sum of them."""
    total = 0
    with told_to_stop() as over:
        for count in batches:
            total += count
            if over.is_set():
                break
            if count:
                over.wait(REST)
    return total
