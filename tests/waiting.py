"""Wait for a condition, never for a fixed time."""

import time

# Long enough for a busy machine: only something that hangs takes this many seconds.
CEILING = 120


def wait_until(condition):
    """Poll a condition; return whether it became true before the ceiling."""
    deadline = time.monotonic() + CEILING
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
