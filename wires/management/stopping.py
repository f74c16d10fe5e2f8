"""Ending a long command cleanly."""

import os
import select
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class SignalledEvent(threading.Event):
    """An event that a signal handler may set.

    The handler runs in the main thread, between any two of its steps: an ordinary event takes a
    lock there that the interrupted step may hold. This one writes to a pipe.

    The main thread, which alone runs handlers, may itself be waiting for the event, and is not woken
    by a signal that another thread receives or that comes just before the wait begins. So the pipe
    is also written to the moment a signal arrives, as signal.set_wakeup_fd does: give it `fileno()`.
    """

    def __init__(self) -> None:
        super().__init__()
        self._ours, self._theirs = os.pipe()
        os.set_blocking(self._theirs, False)
        self._is_set = False

    def fileno(self) -> int:
        """Return where a byte sets the event."""
        return self._theirs

    def set(self) -> None:
        if not self._is_set:
            self._is_set = True
            # A full pipe has woken everybody.
            with suppress(BlockingIOError):
                os.write(self._theirs, b"!")

    def is_set(self) -> bool:
        return self._is_set

    def clear(self) -> None:
        raise NotImplementedError

    def wait(self, timeout: float | None = None) -> bool:
        if not self._is_set and select.select([self._ours], [], [], timeout)[0]:
            self._is_set = True
        return self._is_set

    def __del__(self) -> None:
        os.close(self._ours)
        os.close(self._theirs)


@contextmanager
def told_to_stop() -> Iterator[threading.Event]:
    """Yield an event that SIGINT and SIGTERM set, instead of breaking off what is under way.

    Outside the main thread, where Python takes no signals, nothing sets it.
    """
    over = SignalledEvent()
    if threading.current_thread() is not threading.main_thread():
        yield over
        return
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = {number: signal.getsignal(number) for number in numbers}
    for number in numbers:
        signal.signal(number, lambda *received: over.set())
    woken_before = signal.set_wakeup_fd(over.fileno(), warn_on_full_buffer=False)
    try:
        yield over
    finally:
        signal.set_wakeup_fd(woken_before)
        for number, handler in before.items():
            signal.signal(number, handler)
