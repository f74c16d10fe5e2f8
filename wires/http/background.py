"""Work in a thread that can be given up on."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import AbstractContextManager
from types import TracebackType
from typing import Any


def in_a_thread[T](work: Callable[[], T]) -> Future[T]:
    future: Future[T] = Future()

    def run() -> None:
        with _Carried(future):
            future.set_result(work())

    # A daemon: a look-up that hangs must not keep the process from ending.
    threading.Thread(target=run, name="fetch", daemon=True).start()
    return future


class _Carried(AbstractContextManager[None]):
    """Whatever is raised inside is raised where the future is waited for."""

    def __init__(self, future: Future[Any]) -> None:
        self._future = future

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> bool:
        if error is not None:
            self._future.set_exception(error)
        return True
