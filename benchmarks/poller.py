"""Print how late two workers poll many channels, and what that costs in memory and processor time.

    python -m benchmarks.poller --channels 10000 --minutes 40
    python -m benchmarks.poller --channels 2000 --interval 2 --minutes 6

The second asks as many sites a minute, in a shorter time.
Goals at 10,000 channels with an interval of 10 minutes: 95 of 100 are asked within 60 s of falling
due, each worker with its parsers needs less than 400 MB, and a fetch 10 ms of processor time.
"""

import asyncio
import gzip
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.options import parser
from benchmarks.servers import ROOT, environment, free_port

CHANGES_EVERY = 1800  # seconds
# Out of a hundred channels: what is not named here is a feed that changes now and then.
KINDS = {"error": 4, "drip": 1, "bomb": 1, "redirect": 2, "page": 2}
TICK = os.sysconf("SC_CLK_TCK")
MAKE = """
import random
from datetime import timedelta
from django.utils import timezone
from wires.models import Channel, Outlet
outlet = Outlet.objects.create(name="Benchmark", slug="benchmark")
at, chance = timezone.now(), random.Random(1)
Channel.objects.bulk_create([Channel(outlet=outlet, platform="rss", code=f"C-{{n}}", address=address,
    paused=False, interval_minutes={minutes}, next_poll_at=at + timedelta(seconds=chance.uniform(0, {interval})))
    for n, address in enumerate(open({path!r}).read().split())], batch_size=500)
"""
FIGURES = """
from wires.models import Channel, PollMinute, Post
rows = list(PollMinute.objects.order_by("at").values_list("at", "lag_p95", "channels", "unchanged", "failed"))
first = rows[0][0]
after = [row for row in rows if (row[0] - first).total_seconds() > {interval}] or rows
lags = sorted(row[1] for row in after)
print("minutes counted", len(after), "of", len(rows), "(those after the first round, if there are any)")
print(f"p95 due lag of a minute: median {{lags[len(lags) // 2]:.1f}} s, worst {{lags[-1]:.1f}} s")
print("fetches", sum(row[2] for row in rows), "unchanged", sum(row[3] for row in rows), "failed", sum(row[4] for row in rows))
print("never reached", Channel.objects.filter(last_polled_at=None).count(), "posts", Post.objects.count())
"""


def kind_of(n: int) -> str:
    place = n % 100
    for kind, share in KINDS.items():
        if place < share:
            return kind
        place -= share
    return "feed"


def feed(n: int, generation: int) -> bytes:
    items = "".join(
        f"<item><title>Notice {generation}-{i} of harbour {n}</title>"
        f"<link>https://harbour{n}.example/{generation}/{i}</link>"
        f"<description>{'The ferry leaves an hour later today. ' * 12}</description></item>"
        for i in range(20)
    )
    title = f"<title>Harbour {n}</title>"
    return (
        f'<?xml version="1.0"?><rss version="2.0"><channel>{title}{items}</channel></rss>'.encode()
    )


BOMB = gzip.compress(b"<a>" + bytes(40_000_000))


def said(n: int, head: str) -> tuple[str, str, bytes]:
    """Return what a site answers: status, more headers, body."""
    kind = kind_of(n)
    etag = f'"{int(time.time() + n * 7) // CHANGES_EVERY}"'
    if kind == "error":
        return "500 Oh", "", b""
    if kind == "redirect":
        return "301 Moved", f"Location: http://127.0.0.1:1/{n}\r\n", b""
    if kind == "page":
        return "200 OK", "", b"<!doctype html><html><body><p>Log in</p></body></html>"
    if kind == "bomb":
        return "200 OK", "Content-Encoding: gzip\r\n", BOMB
    if etag in head:
        return "304 Not Modified", "", b""
    return "200 OK", f"ETag: {etag}\r\n", feed(n, int(etag.strip('"')))


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    n = int(head.split(" ", 2)[1].rpartition("/")[2])
    status, more, body = said(n, head)
    # A drip sends on, for longer than anybody waits.
    piece = 50 if kind_of(n) == "drip" else len(body) or 1
    length = "" if status.startswith("304") else f"Content-Length: {len(body)}\r\n"
    try:
        writer.write(f"HTTP/1.1 {status}\r\n{more}{length}Connection: close\r\n\r\n".encode())
        for at in range(0, len(body), piece):
            writer.write(body[at : at + piece])
            await writer.drain()
            await asyncio.sleep(1 if piece < len(body) else 0)
        writer.close()
    except ConnectionError:
        pass


@contextmanager
def sites(port: int) -> Iterator[None]:
    """Serve every site, each a loopback address of its own, from one thread."""

    async def serve() -> None:
        server = await asyncio.start_server(answer, "0.0.0.0", port, backlog=1000)  # noqa: S104
        await server.serve_forever()

    threading.Thread(target=lambda: asyncio.run(serve()), daemon=True).start()
    yield


def family(pid: int) -> list[int]:
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(one for child in children for one in family(int(child)))]


def cost(pid: int) -> tuple[float, float]:
    """Return MB of memory, shared pages divided, and seconds of processor time of a family."""
    memory = seconds = 0.0
    for one in family(pid):
        try:
            rollup = Path(f"/proc/{one}/smaps_rollup").read_text().splitlines()
            times = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        memory += sum(int(line.split()[1]) for line in rollup if line.startswith("Pss:")) / 1024
        seconds += (int(times[11]) + int(times[12])) / TICK
    return memory, seconds


def main() -> None:
    asked = parser(__doc__)
    asked.add_argument("--channels", type=int, default=1000)
    asked.add_argument("--minutes", type=float, default=5)
    asked.add_argument("--workers", type=int, default=2)
    asked.add_argument("--interval", type=int, default=10, help="minutes")
    given = asked.parse_args()
    port = free_port()
    hosts = [
        f"127.{1 + n // 62500}.{n // 250 % 250}.{1 + n % 250}:{port}" for n in range(given.channels)
    ]
    with tempfile.TemporaryDirectory() as name, sites(port):
        folder = Path(name)
        (folder / "hosts").write_text(",".join(hosts))
        (folder / "addresses").write_text(
            "\n".join(f"http://{host}/{n}" for n, host in enumerate(hosts))
        )
        env = environment(folder) | {"WIRE_TRUSTED_HOSTS_FILE": str(folder / "hosts")}
        interval = given.interval * 60
        addresses = str(folder / "addresses")
        make = MAKE.format(path=addresses, minutes=given.interval, interval=interval)

        def manage(*arguments: str) -> None:
            command = [sys.executable, "manage.py", *arguments]
            subprocess.run(command, cwd=ROOT, env=env, check=True)

        manage("migrate", "-v0")
        manage("shell", "-v0", "-c", make)
        command = [sys.executable, "manage.py", "work"]
        workers = [subprocess.Popen(command, cwd=ROOT, env=env) for _ in range(given.workers)]
        ends_at, worst = time.monotonic() + given.minutes * 60, 0.0
        spent = [0.0] * given.workers
        while time.monotonic() < ends_at:
            time.sleep(2)
            for at, worker in enumerate(workers):
                memory, spent[at] = cost(worker.pid)
                worst = max(worst, memory)
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        print("exit statuses", [worker.wait() for worker in workers])
        print(f"{given.channels} channels, {given.minutes:g} minutes, {given.workers} workers")
        print(f"most memory of a worker with its parsers {worst:.0f} MB")
        print(f"processor time {sum(spent):.1f} s, starting included: divide by the fetches")
        manage("shell", "-v0", "-c", FIGURES.format(interval=interval))


if __name__ == "__main__":
    main()
