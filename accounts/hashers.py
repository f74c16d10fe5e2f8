"""Passwords are hashed a few at a time, so that many logins at once do not slow readers.

argon2 takes 100 MB and a core for a moment, on purpose. gunicorn's threads would all wait for it,
and no page would come. Those who wait for a turn hold a thread each, so the door lets only so
many of them in (accounts.middleware.limit_logins).
"""

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher

# In each process; the others of a host want cores too.
AT_ONCE = 1
LONGEST_WAIT = 1.0  # seconds

_turns = threading.BoundedSemaphore(AT_ONCE)


class TooBusy(Exception):
    """Too many passwords are being looked at; see `accounts.middleware`."""


class BoundedArgon2(Argon2PasswordHasher):
    """Django's, AT_ONCE at a time in each process and on one core each. Raises TooBusy."""

    # The same work on eight threads at once would leave a reader's page a ninth of the machine.
    parallelism = 1

    def verify(self, password: str, encoded: str) -> bool:
        with _Turn():
            return super().verify(password, encoded)

    def encode(self, password: str, salt: str) -> str:
        with _Turn():
            return super().encode(password, salt)


class _Turn:
    def __enter__(self) -> None:
        if not _turns.acquire(timeout=LONGEST_WAIT):
            raise TooBusy

    def __exit__(self, *raised: object) -> None:
        _turns.release()
