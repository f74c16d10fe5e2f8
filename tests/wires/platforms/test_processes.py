"""Real parser processes: whatever kills them is bounded, reported and survived."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.waiting import wait_until
from tests.wires.platforms.documents import item, rss
from wires.platforms import UnreadableBody, parse, processes
from wires.platforms.base import ParserNotStarted
from wires.platforms.processes import Limits, ParserDied, Parsers

ROOT = Path(__file__).parents[3]
FEED = rss(item()).encode()
# feedparser's regular expressions take minutes of CPU time over these.
ATTRIBUTES = " ".join(f'a{n}="1"' for n in range(50_000))
SLOW = f"<rss><channel><item><title {ATTRIBUTES}>x & y</title></item></channel></rss>".encode()
# Two bytes of JSON become an object of 64 bytes.
GREEDY = b'{"version": "https://jsonfeed.org/version/1", "items": [' + b"{}," * 6_000_000 + b"{}]}"


@pytest.fixture(scope="module")
def parsers():
    with Parsers() as running:
        yield running


def process_of(parsers):
    return parsers._workers[0]._process.pid


def has_ended(pid):
    status = Path(f"/proc/{pid}/stat")
    return not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z"


def test_a_worker_process_reads_a_body_like_a_direct_call(parsers):
    arguments = {"url": "https://paper.example/feed", "account": "x"}

    assert parsers.parse(FEED, **arguments) == parse(FEED, **arguments)


def test_a_refused_body_does_not_end_the_worker_process(parsers):
    parsers.parse(FEED)
    before = process_of(parsers)

    with pytest.raises(UnreadableBody) as caught:
        parsers.parse(b"<html><link rel=alternate type=text/xml href=https://a.example/f></html>")

    assert (caught.value.kind, caught.value.feeds) == ("not_a_feed", ("https://a.example/f",))
    assert process_of(parsers) == before


def test_worker_processes_do_not_import_django(parsers):
    parsers.parse(FEED)
    maps = Path(f"/proc/{process_of(parsers)}/maps").read_text()

    assert "selectolax" in maps
    assert "psycopg" not in maps
    code = (
        "import sys, wires.platforms.processes, wires.platforms.unclaimed;"
        "import wires.platforms.rss.adapter, wires.platforms.telegram.adapter;"
        "assert 'django' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_importing_the_package_imports_no_parser():
    code = (
        "import sys, wires.platforms, wires.platforms.processes, wires.html;"
        "assert not {'feedparser', 'selectolax', 'django'} & set(sys.modules), sys.modules"
    )

    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)


def test_an_endless_body_is_poison_and_the_next_one_is_read():
    with Parsers(limits=Limits(cpu_seconds=1)) as parsers:
        with pytest.raises(ParserDied) as caught:
            parsers.parse(SLOW)

        assert caught.value.kind == "poison"
        assert "processor time" in str(caught.value)
        assert len(parsers.parse(FEED).posts) == 1


def test_a_body_over_the_wall_clock_limit_is_poison():
    with Parsers(limits=Limits(wall_seconds=0.5)) as parsers:
        with pytest.raises(ParserDied) as caught:
            parsers.parse(SLOW)

        assert "no answer in 0.5 s" in str(caught.value)


def test_the_first_try_of_a_body_is_over_in_ten_seconds():
    assert Limits().first_wall_seconds == 10
    assert Limits(wall_seconds=0.5).first_wall_seconds == 0.5


def test_a_hostile_body_is_tried_again_after_those_that_came_meanwhile(monkeypatch):
    monkeypatch.setattr(processes, "FIRST_WALL_SECONDS", 1.0)
    order = []

    def read(name, body):
        with contextlib.suppress(ParserDied):
            parsers.parse(body)
        order.append(name)

    with Parsers(limits=Limits(wall_seconds=5)) as parsers, ThreadPoolExecutor(9) as threads:
        hostile = threads.submit(read, "hostile", SLOW)
        assert wait_until(lambda: not parsers._free)
        good = [threads.submit(read, "good", FEED) for _ in range(8)]
        for each in (hostile, *good):
            each.result()

    assert order == ["good"] * 8 + ["hostile"]


def test_hostile_bodies_that_are_tried_again_leave_a_process_to_the_others(monkeypatch):
    monkeypatch.setattr(processes, "FIRST_WALL_SECONDS", 0.5)

    def read(body):
        with pytest.raises(ParserDied):
            parsers.parse(body)

    with (
        Parsers(workers=2, limits=Limits(wall_seconds=3)) as parsers,
        ThreadPoolExecutor(2) as threads,
    ):
        hostile = [threads.submit(read, SLOW) for _ in range(2)]
        assert wait_until(lambda: parsers._trying_again.locked() and not parsers._waiting)
        posts = parsers.parse(FEED).posts
        are_over = [each.done() for each in hostile]
        for each in hostile:
            each.result()

    assert len(posts) == 1
    assert are_over == [False] * 2


def test_a_body_that_always_finds_others_before_it_is_tried_again_all_the_same(monkeypatch):
    monkeypatch.setattr(processes, "LONGEST_IN_QUEUE", 0.1)
    with Parsers(limits=Limits(wall_seconds=0.5)) as parsers:
        parsers._waiting += 1  # somebody who never gets on

        with pytest.raises(ParserDied):
            parsers.parse(SLOW)

    assert processes.LONGEST_IN_QUEUE < 600


def test_a_body_over_the_memory_limit_is_poison():
    with Parsers(limits=Limits(memory=400_000_000)) as parsers:
        with pytest.raises(ParserDied) as caught:
            parsers.parse(GREEDY)

        assert caught.value.kind == "poison"
        assert len(parsers.parse(FEED).posts) == 1


def test_a_process_that_fails_to_start_does_not_make_the_body_poison():
    with Parsers(limits=Limits(memory=1_000_000)) as parsers, pytest.raises(ParserNotStarted):
        parsers.parse(FEED)


def test_cpu_time_is_counted_separately_for_each_body():
    body = rss(*[item(str(n), str(n)) for n in range(400)]).encode()
    with Parsers(limits=Limits(cpu_seconds=2)) as parsers:
        parsers.parse(body)
        before = process_of(parsers)
        for _ in range(12):
            parsers.parse(body)

        assert process_of(parsers) == before


def test_a_killed_worker_process_loses_no_body():
    with Parsers() as parsers:
        parsers.parse(FEED)
        os.kill(process_of(parsers), signal.SIGKILL)

        assert len(parsers.parse(FEED).posts) == 1


def test_a_worker_process_is_replaced_after_its_quota(monkeypatch):
    monkeypatch.setattr(processes, "BODIES_PER_PROCESS", 2)
    with Parsers() as parsers:
        seen = []
        for _ in range(5):
            parsers.parse(FEED)
            seen.append(process_of(parsers))

    assert len(set(seen)) == 3
    assert wait_until(lambda: all(map(has_ended, seen)))


def test_threads_share_the_worker_processes():
    with Parsers(workers=2) as parsers, ThreadPoolExecutor(6) as threads:
        documents = list(threads.map(parsers.parse, [FEED] * 30))

    assert {document.kind for document in documents} == {"rss"}
    assert len(documents) == 30


def test_closing_ends_the_worker_processes():
    parsers = Parsers()
    parsers.parse(FEED)
    pid = process_of(parsers)

    parsers.close()
    parsers.close()

    assert wait_until(lambda: has_ended(pid))


def test_closing_while_bodies_are_read_is_told_to_each_that_waits():
    told = []
    for _ in range(4):
        parsers = Parsers(workers=3)
        with ThreadPoolExecutor(3) as threads:
            list(threads.map(parsers.parse, [FEED] * 3))
            waiting = [threads.submit(parsers.parse, SLOW) for _ in range(3)]
            wait_until(lambda busy=parsers: not busy._free)
            # As a second signal would, and the end of the process after it.
            closing = [threading.Thread(target=parsers.close) for _ in range(3)]
            for thread in closing:
                thread.start()
            told += [future.exception() for future in waiting]
            for thread in closing:
                thread.join()

    assert {type(error) for error in told} == {ParserNotStarted}


def test_worker_processes_do_not_outlive_a_killed_parent():
    code = (
        "import time\n"
        "from wires.platforms.processes import Parsers\n"
        "if __name__ == '__main__':\n"
        "    parsers = Parsers()\n"
        "    parsers.parse(b'<rss><channel><item><title>x</title></item></channel></rss>')\n"
        "    print(parsers._workers[0]._process.pid, flush=True)\n"
        "    time.sleep(600)\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as parent:
        child = int(parent.stdout.readline())
        parent.kill()

    assert wait_until(lambda: has_ended(child))
