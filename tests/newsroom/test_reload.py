"""Workers come and go, by reload or by a kill, and no request is lost."""

import os
import signal
import threading
from contextlib import suppress
from pathlib import Path

import pytest

from newsroom.web_worker import LONGEST_REPLACEMENT
from tests.newsroom.test_web_worker import HEAD, Gunicorn
from tests.waiting import CEILING, Stopwatch, wait_until

ASK = f"GET /healthz HTTP/1.1\r\n{HEAD}Connection: close\r\n\r\n"
RELOADS, CLIENTS, CONNECTIONS = 10, 4, 24


@pytest.fixture
def server(tmp_path):
    started = Gunicorn(tmp_path, "--workers", "2", "--threads", "4")
    yield started
    started.stop()


def workers(server):
    children = Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children")
    return [int(pid) for pid in children.read_text().split()]


def status_of(client):
    """Return the status of an answer that is read to its end; "" where it was lost."""
    answer = b""
    with suppress(OSError):
        while part := client.recv(65536):
            answer += part
    client.close()
    return answer.partition(b"\r\n")[0].decode()


def is_answered(client):
    client.settimeout(0.5)
    try:
        return bool(client.recv(1, 2))  # MSG_PEEK
    except OSError:
        return False
    finally:
        client.settimeout(CEILING)


def test_both_workers_get_connections_and_a_killed_one_loses_none_that_waits(server):
    assert wait_until(lambda: len(workers(server)) == 2)
    frozen, _ = workers(server)
    # Both have their socket: else the other one would answer for it.
    assert wait_until(lambda: splits_connections(server, frozen))
    os.kill(frozen, signal.SIGSTOP)

    clients = [server.connect(ASK) for _ in range(CONNECTIONS)]
    waiting = [client for client in clients if not is_answered(client)]
    os.kill(frozen, signal.SIGKILL)
    statuses = {status_of(client) for client in clients}

    assert 0 < len(waiting) < CONNECTIONS
    assert statuses == {"HTTP/1.1 200 OK"}
    assert wait_until(lambda: len(workers(server)) == 2 and frozen not in workers(server))


def splits_connections(server, frozen):
    """Return whether some of many new connections wait while one worker is stopped."""
    os.kill(frozen, signal.SIGSTOP)
    try:
        clients = [server.connect(ASK) for _ in range(CONNECTIONS // 2)]
        answered = [is_answered(client) for client in clients]
    finally:
        os.kill(frozen, signal.SIGCONT)
    assert {status_of(client) for client in clients} == {"HTTP/1.1 200 OK"}
    return not all(answered)


@pytest.mark.long
def test_no_request_is_lost_over_ten_reloads_under_load(server):
    seen, is_over = [], threading.Event()

    def ask_on():
        while not is_over.is_set():
            try:
                seen.append(status_of(server.connect(ASK)))
            except OSError as error:
                seen.append(str(error))

    clients = [threading.Thread(target=ask_on) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    for number in range(RELOADS):
        before = len(seen)
        server.process.send_signal(signal.SIGHUP)
        # Some while workers start, some when they have.
        assert wait_until(
            lambda before=before, n=number: len(seen) > before + 100 * (n % 3 * 5 + 1)
        )
    assert wait_until(lambda: len(workers(server)) == 2)
    is_over.set()
    for client in clients:
        client.join(CEILING)

    assert {*seen} == {"HTTP/1.1 200 OK"}, {*seen}
    assert len(seen) > 100 * RELOADS


def test_told_to_end_a_server_ends_at_once_also_after_a_reload(server):
    before = workers(server)
    server.process.send_signal(signal.SIGHUP)
    assert wait_until(lambda: not {*before} & {*workers(server)} and len(workers(server)) == 2)

    watch = Stopwatch()
    server.process.terminate()

    assert server.process.wait(CEILING) == 0
    # No worker waits for another that will never come.
    assert watch.lap() < LONGEST_REPLACEMENT
