"""Passwords are hashed a few at a time, so that many logins at once do not slow readers.

argon2 takes 100 MB and all cores for a moment, on purpose. gunicorn's threads would all wait for
it, and no page would come.
"""

import threading

from django.contrib.auth.hashers import Argon2PasswordHasher

# A process has four threads unless WEB_THREADS says otherwise: half stay free for readers.
AT_ONCE = 2
# A person waits; a thread that waits serves nobody.
LONGEST_WAIT = 0.25  # seconds

_turns = threading.BoundedSemaphore(AT_ONCE)


class TooBusy(Exception):
    """Too many passwords are being looked at; see `accounts.middleware`."""


class BoundedArgon2(Argon2PasswordHasher):
    """Django's, AT_ONCE at a time in each process. Raises TooBusy."""

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
