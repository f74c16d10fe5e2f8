"""Questions that may never be answered, asked in a thread of their own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Lock


class InThread[**P, T]:
    """Asks one question at a time; one that hangs keeps no more than this one thread. Thread-safe."""

    def __init__(self, question: Callable[P, T], *, name: str) -> None:
        self._question = question
        self._lock = Lock()
        self.asked: Future[T] | None = None
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=name)

    def ask(self, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """Begin to ask, unless a question is under way; return what its answer will be in."""
        with self._lock:
            if self.asked is None or self.asked.done():
                self.asked = self._thread.submit(self._question, *args, **kwargs)
            return self.asked
