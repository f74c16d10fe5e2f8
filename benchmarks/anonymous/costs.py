"""What one request costs: processor time of this process and of the database, bytes, queries."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Self

from django.db import connection
from django.test import Client

from web.fragments import forget

# Milliseconds after which it is known that an address is dear.
PATIENCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Milliseconds of processor time, of the web process and of the database."""

    view: str
    address: str
    status: int
    web: float
    database: float
    size: int
    queries: int

    @property
    def all(self) -> float:
        return self.web + self.database

    def __str__(self) -> str:
        shown = self.address if len(self.address) <= 60 else f"{self.address[:57]}…"
        return (
            f"{self.status} {self.all:8.1f} {self.web:8.1f} {self.database:8.1f}"
            f" {self.queries:4} {self.size / 1024:8.0f}  {self.view}  {shown}"
        )


@dataclass(slots=True)
class Clock:
    """Counts queries and the database's own time, by the clock of its process where it has one."""

    backend: int | None = None
    queries: int = 0
    inside: float = 0.0
    began: float = field(default=0.0)

    @classmethod
    def of_connection(cls) -> Self:
        """Return the clock for the present connection. Parallel workers would not be counted."""
        if connection.vendor != "postgresql":
            return cls()
        with connection.cursor() as cursor:
            cursor.execute("SET max_parallel_workers_per_gather = 0")
            cursor.execute("SELECT pg_backend_pid()")
            return cls(backend=_clock_of(cursor.fetchone()[0]))

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:  # noqa: FBT001 - as Django calls it
        self.queries += 1
        before = time.process_time()
        try:
            return execute(sql, params, many, context)
        finally:
            self.inside += time.process_time() - before

    @contextmanager
    def running(self) -> Iterator[Self]:
        self.queries, self.inside = 0, 0.0
        before = self._database()
        with connection.execute_wrapper(self):
            yield self
        # SQLite works in this process: its time is taken out of it.
        self.began = self._database() - before

    def _database(self) -> float:
        return time.clock_gettime(self.backend) if self.backend is not None else 0.0


def _clock_of(process: int) -> int:
    """Return the processor clock of another process on this machine (clock_getcpuclockid)."""
    return (~process << 3) | 2


def measure(client: Client, view: str, address: str, *, clock: Clock, rounds: int) -> Cost:
    """Ask for an address a few times and return the cheapest time: what is left is its own.

    A dear one is asked once more only.
    """
    costs: list[Cost] = []
    while len(costs) < (rounds if sum(cost.all for cost in costs) < PATIENCE else min(rounds, 2)):
        costs.append(_once(client, view, address, clock))
    return min(costs, key=lambda cost: cost.all)


def _once(client: Client, view: str, address: str, clock: Clock) -> Cost:
    # Who asks for one page after the other finds nothing kept of any of them.
    forget()
    with clock.running():
        before = time.process_time()
        answer = client.get(address)
        size = sum(map(len, answer)) if answer.streaming else len(answer.content)
        web = time.process_time() - before
    database = clock.began if clock.backend is not None else clock.inside
    if clock.backend is None:
        web -= database
    return Cost(
        view=view, address=address, status=answer.status_code, web=1000 * web,
        database=1000 * database, size=size, queries=clock.queries,
    )  # fmt: skip
