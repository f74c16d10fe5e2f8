"""What a place answered that may be slow or away: its last answer, where a new one is late."""

from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TooLate
from dataclasses import dataclass
from datetime import datetime

from django.db import connection

from newsroom.in_thread import InThread


@dataclass(frozen=True, slots=True)
class Answer[T]:
    """An answer, and when it was asked for; `is_late` where a newer question got none."""

    value: T
    at: datetime
    is_late: bool = False


class LastKnown[T]:
    """Asks in a thread, one question at a time, and remembers the answer. Thread-safe.

    `question` raises OSError where there is no answer; other exceptions reach who waits.
    """

    def __init__(self, question: Callable[[], T], *, name: str) -> None:
        self._question = question
        self._answer: Answer[T] | None = None
        self._thread = InThread(self._take_and_close, name=name)

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
        under_way = self._thread.ask(at)
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
