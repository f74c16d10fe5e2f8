"""Wait for a condition, never for a fixed time; or until a moment that nobody chose."""

import time

# Long enough for a busy machine: only something that hangs takes this many seconds.
CEILING = 120


class Stopwatch:
    """How long something takes here, so that a test can break it off at any moment of it."""

    def __init__(self):
        self._began = time.monotonic()

    def lap(self):
        """Return the seconds since it was made, or since the last lap."""
        now = time.monotonic()
        self._began, seconds = now, now - self._began
        return seconds


def wait_at_random(chance, *, seconds):
    """Sleep until any moment of so many seconds, by a seeded Random."""
    time.sleep(chance.uniform(0, seconds))


def wait_until(condition):
    """Poll a condition; return whether it became true before the ceiling."""
    deadline = time.monotonic() + CEILING
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True
