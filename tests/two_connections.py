"""Two connections to the test database: what one does while the other's transaction is open.

For locks and races. Only PostgreSQL locks rows; SQLite has one writer at a time.
"""

from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from queue import SimpleQueue

import pytest
from django.db import connection, transaction

from tests.waiting import wait_until

on_two_connections = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time."),
]


@dataclass(frozen=True)
class ActBeside:
    """What was begun on the second connection; `waits` if it could not end before our commit."""

    future: Future
    waits: bool

    def result(self):
        """Return what it returned or raise what it raised, once our transaction has ended."""
        return self.future.result()


@contextmanager
def transaction_with_another_beside():
    """Open a transaction, and yield a function that begins an act on a second connection.

    The function returns once the act has ended or waits for our transaction, which is committed at
    the end of the block.
    """
    with ThreadPoolExecutor() as threads, transaction.atomic():

        def beside(act, *args, **kwargs):
            pids = SimpleQueue()
            future = threads.submit(_on_its_own_connection, pids, act, args, kwargs)
            pid = pids.get()
            assert wait_until(lambda: future.done() or _waits_for_us(pid))
            return ActBeside(future, waits=not future.done())

        yield beside


@contextmanager
def just_before(query, act):
    """Act right before the first query that contains some SQL, as if somebody came in between.

    Yields a list, in which stands what the act returned.
    """
    waiting, returned = [act], []

    def act_once(execute, sql, *args):
        if waiting and query in sql:
            returned.append(waiting.pop()())
        return execute(sql, *args)

    with connection.execute_wrapper(act_once):
        yield returned
    assert returned, f"no query contains {query}"


def _on_its_own_connection(pids, act, args, kwargs):
    try:
        connection.ensure_connection()
        pids.put(connection.connection.info.backend_pid)
        return act(*args, **kwargs)
    finally:
        connection.close()


def _waits_for_us(pid):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid() = ANY(pg_blocking_pids(%s))", [pid])
        return cursor.fetchone()[0]
