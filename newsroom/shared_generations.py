"""The counters of wires.generations, kept in the database for hosts that share no directory."""

from concurrent.futures import TimeoutError as TooLate

from django.db import Error, connection

from newsroom.in_thread import InThread
from wires.models import ChangeCount

# How long a page waits for the counters of the other hosts. Longer, and it goes by the last known:
# a database that is away is told to readers elsewhere.
PATIENCE = 0.25  # seconds


class CountsInDatabase:
    """Reads the counters in a thread of its own, so that no request's connection is touched."""

    def __init__(self) -> None:
        self._thread = InThread(_read, name="generations")

    def read(self) -> dict[str, int] | None:
        """Return the counters, None where they cannot be had soon."""
        if connection.in_atomic_block:
            # What a transaction wrote is seen by its own thread alone.
            return ChangeCount.read_all()
        try:
            return self._thread.ask().result(PATIENCE)
        except (Error, TooLate):
            return None


def raise_one(name: str) -> None:
    """Raise a counter. Raises OSError where the database does not take it, as a file would."""
    try:
        ChangeCount.raise_one(name)
    except Error as error:
        message = str(error).strip().partition("\n")[0]
        raise OSError(message) from error


def _read() -> dict[str, int]:
    try:
        return ChangeCount.read_all()
    finally:
        connection.close()
