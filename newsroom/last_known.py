"""What a place answered that may be slow or away: its last answer, where a new one is late."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass
from datetime import datetime
from threading import Lock

from django.db import connection


@dataclass(frozen=True, slots=True)
class Answer[T]:
    """An answer, and when it was asked for; `is_late` where a newer question got none."""

    value: T
    at: datetime
    is_late: bool = False


class LastKnown[T]:
    """Asks in a thread of its own, one question at a time, and remembers the answer. Thread-safe.

    `question` raises OSError where there is no answer; other exceptions reach who waits.
    """

    def __init__(self, question: Callable[[], T], *, name: str) -> None:
        self._question = question
        self._lock = Lock()
        self._asked: Future[None] | None = None
        self._answer: Answer[T] | None = None
        # A place that never answers keeps no more than this one thread.
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    def ask(self, *, at: datetime) -> Callable[[float], Answer[T] | None]:
        """Begin to ask, unless a question is under way.

        Return what waits so many seconds for the answer, and then takes the last one; None where
        there has been none.
        """
        if connection.in_atomic_block:
            # What a transaction wrote is seen by its own thread alone.
            asked: Future[None] = Future()
            try:
                self._take(at)
            except OSError as error:
                asked.set_exception(error)
            else:
                asked.set_result(None)
            return lambda seconds: self._wait(asked, seconds)
        with self._lock:
            if self._asked is None or self._asked.done():
                self._asked = self._thread.submit(self._take_and_close, at)
            under_way = self._asked
        return lambda seconds: self._wait(under_way, seconds)

    def _take(self, at: datetime) -> None:
        self._answer = Answer(self._question(), at)

    def _take_and_close(self, at: datetime) -> None:
        try:
            self._take(at)
        finally:
            connection.close()

    def _wait(self, asked: Future[None], seconds: float) -> Answer[T] | None:
        try:
            asked.result(seconds)
        except (OSError, TooLate):
            last = self._answer
            return last and Answer(last.value, last.at, is_late=True)
        return self._answer
