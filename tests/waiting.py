"""Wait for what is to happen, never for a time: how long it takes is the machine's affair."""

import time

# Only what hangs takes so many seconds, also on a machine that has much else to do.
CEILING = 120


def wait_until(condition):
    """Ask again and again; return whether it came true before the ceiling."""
    deadline = time.monotonic() + CEILING
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
