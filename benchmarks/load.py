"""Ask servers as fast as they answer, and read off what that cost them. Linux only."""

import os
import socket
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
CONNECTIONS = 8
SECONDS_TO_ANSWER = 30


@dataclass(frozen=True, slots=True)
class Question:
    """A GET of one address of a server on this machine."""

    port: int
    path: str
    headers: tuple[str, ...] = ("Accept-Encoding: gzip",)

    def bytes(self) -> bytes:
        lines = [f"GET {self.path} HTTP/1.1", "Host: 127.0.0.1", *self.headers, "", ""]
        return "\r\n".join(lines).encode()


@dataclass(frozen=True, slots=True)
class Answer:
    status: int
    head: bytes
    body: bytes

    def header(self, name: str) -> str:
        for line in self.head.decode("latin-1").split("\r\n")[1:]:
            key, _, value = line.partition(":")
            if key.lower() == name.lower():
                return value.strip()
        return ""


@dataclass(frozen=True, slots=True)
class Load:
    """What so many requests took: seconds on the clock, and of processor time by each worker."""

    requests: int
    seconds: float
    workers: tuple[float, ...]
    database: float = 0.0

    @property
    def rate(self) -> float:
        return self.requests / self.seconds

    @property
    def milliseconds(self) -> float:
        """Processor time a request, web and database together."""
        return 1000 * (sum(self.workers) + self.database) / self.requests

    @property
    def largest_share(self) -> float:
        return max(self.workers) / (sum(self.workers) or 1)


def read_answer(client: socket.socket) -> Answer:
    """Read one answer with a Content-Length, or a 304. Raises ConnectionError."""
    received = b""
    while (end := received.find(b"\r\n\r\n")) < 0:
        received += _more(client)
    head, body = received[:end], received[end + 4 :]
    answer = Answer(int(head[9:12]), head, body)
    length = 0 if answer.status == 304 else int(answer.header("Content-Length"))
    while len(body) < length:
        body += _more(client)
    return Answer(answer.status, head, body)


def ask_once(question: Question) -> Answer:
    with _connected(question.port) as client:
        client.sendall(question.bytes())
        return read_answer(client)


def ask_on(question: Question, *, requests: int, connections: int = CONNECTIONS) -> float:
    """Ask so often over kept connections; return the seconds. Ends the process at another status."""
    wanted = ask_once(question).status
    each = -(-requests // connections)
    clients = [_connected(question.port) for _ in range(connections)]
    threads = [
        threading.Thread(target=_repeat, args=[client, question.bytes(), each, wanted])
        for client in clients
    ]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    seconds = time.perf_counter() - began
    for client in clients:
        client.close()
    return seconds


def load(question: Question, *, master: int, requests: int, database: Iterable[int] = ()) -> Load:
    """Ask so often; `master` is gunicorn's, `database` the processes that answer its queries."""
    before = {pid: processor_seconds(pid) for pid in children(master)}
    of_database = sum(map(processor_seconds, database))
    seconds = ask_on(question, requests=requests)
    workers = tuple(processor_seconds(pid) - spent for pid, spent in before.items())
    spent = sum(map(processor_seconds, database)) - of_database
    return Load(requests, seconds, workers, spent)


def children(pid: int) -> list[int]:
    return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))


def processor_seconds(pid: int) -> float:
    """Return the processor time of a process and of those it waited for, 0 where it has ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS


def megabytes(pid: int) -> float:
    """Return the memory of a process now, in MB."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    (size,) = (line.split()[1] for line in lines if line.startswith("VmRSS"))
    return int(size) / 1024


def _connected(port: int) -> socket.socket:
    client = socket.create_connection(("127.0.0.1", port), timeout=SECONDS_TO_ANSWER)
    client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client


def _more(client: socket.socket) -> bytes:
    if data := client.recv(256 * 1024):
        return data
    message = "the server ended the connection"
    raise ConnectionError(message)


def _repeat(client: socket.socket, question: bytes, times: int, wanted: int) -> None:
    for _ in range(times):
        client.sendall(question)
        found = read_answer(client).status
        if found != wanted:
            sys.stderr.write(f"{question[:60]!r} was answered {found} instead of {wanted}\n")
            os._exit(1)
