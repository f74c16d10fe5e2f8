"""Passwords are hashed one after the other, so that many logins at once do not slow readers.

argon2 takes 100 MB and a core for a moment, on purpose. gunicorn's threads would all wait for it,
and no page would come. So a thread of its own hashes, which gives way to those of readers. Those who
wait for it hold a thread each, so the door lets only so many of them in
(accounts.middleware.limit_logins).
"""

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from django.contrib.auth.hashers import Argon2PasswordHasher

LONGEST_WAIT = 1.0  # seconds
# Of 20: about a tenth of a core that readers need too, and all of one that they leave. Lower, and a
# thread that was put aside while it held the interpreter's lock would hold up the readers itself.
NICENESS = 10


class TooBusy(Exception):
    """Too many passwords are being looked at; see `accounts.middleware`."""


class BoundedArgon2(Argon2PasswordHasher):
    """Django's, one at a time in each process and on one core each. Raises TooBusy."""

    # The same work on eight threads at once would leave a reader's page a ninth of the machine.
    parallelism = 1

    def verify(self, password: str, encoded: str) -> bool:
        return hash_in_turn(super().verify, password, encoded)

    def encode(self, password: str, salt: str) -> str:
        return hash_in_turn(super().encode, password, salt)


def hash_in_turn[**P, T](work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Have the thread do it when what came before is done. Raises TooBusy after LONGEST_WAIT."""
    asked = _thread.submit(work, *args, **kwargs)
    try:
        return asked.result(timeout=LONGEST_WAIT)
    except TimeoutError:
        if asked.cancel():
            raise TooBusy from None
        # It has begun, and what it cost would be lost.
        return asked.result()


def _give_way() -> None:
    """Lower the priority of this thread. Elsewhere than on Linux it would be the whole process's."""
    if sys.platform == "linux":
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)


# In each process one; the others of a host want cores too.
_thread = ThreadPoolExecutor(1, thread_name_prefix="hasher", initializer=_give_way)
