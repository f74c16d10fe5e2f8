"""Ending a long command cleanly."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def told_to_stop() -> Iterator[threading.Event]:
    """Yield an event that SIGINT and SIGTERM set, instead of breaking off what is under way.

    Outside the main thread, where Python takes no signals, nothing sets it.
    """
    over = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield over
        return
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        signal.signal(number, lambda *received: over.set())
    try:
        yield over
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
