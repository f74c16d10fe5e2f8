"""Print what readers cost the processors, by kind of answer, and how many a core serves.

The processor time of all of gunicorn's processes is counted, not the time that passes, so the
machine may be busy. Each request has a connection of its own, as from nginx; TLS and compression
for the way are nginx's. Pages are those of the demo edition, kept in the page cache.
`python -m benchmarks.readers [REQUESTS]`
"""

import http.client
import os
import re
import subprocess
import sys
from pathlib import Path

from benchmarks.options import parser
from benchmarks.servers import ROOT, bare_folder, free_port, gunicorn, serving

REQUESTS = 2_000
READERS = 1_000_000
# What one reader asks for in a visit: the front page, two articles, and the live wire as it is read.
VISIT = {"front page": 1, "article": 2, "live wire, unchanged": 10, "live wire, changed": 5}
TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(pid: int) -> float:
    """Return what a process and its children have used, of both kinds of processor time."""
    pids = [pid]
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        pids += map(int, children.read_text().split())
    stats = [Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split() for one in pids]
    return sum(int(stat[11]) + int(stat[12]) for stat in stats) / TICKS


def ask(port: int, path: str, tag: str = "") -> http.client.HTTPResponse:
    """Return the answer to one GET on a connection of its own, read to its end."""
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Accept-Encoding": "gzip"} | ({"If-None-Match": tag} if tag else {})
    web.request("GET", path, headers=headers)
    answer = web.getresponse()
    answer.read()
    web.close()
    return answer


def article_of(port: int) -> str:
    """Return the address of an article on the front page."""
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    web.request("GET", "/")
    page = web.getresponse().read().decode()
    web.close()
    found = re.search(r'href="(/\d{4}/\d\d/\d\d/[^"/]+/)"', page)
    return found[1] if found else sys.exit("The front page has no article.")


def milliseconds(pid: int, port: int, path: str, *, requests: int, is_known: bool) -> float:
    """Return what one answer costs, after each worker has made the page once."""
    for _ in range(20):
        tag = ask(port, path).headers["ETag"]
    before = processor_seconds(pid)
    unchanged = 0
    for _ in range(requests):
        answer = ask(port, path, tag if is_known else "")
        # At a full minute the page is another, and is sent whole once more.
        if answer.status not in {200, 304}:
            sys.exit(f"{path} was answered {answer.status}.")
        unchanged += answer.status == 304
        tag = answer.headers["ETag"]
    if is_known and unchanged < 0.9 * requests:
        sys.exit(f"{path} was sent whole {requests - unchanged} times of {requests}.")
    return (processor_seconds(pid) - before) / requests * 1000


def measure(requests: int) -> dict[str, float]:
    """Return the milliseconds of each kind of answer, from a server of its own."""
    with bare_folder() as (_, env):
        for command in (["migrate"], ["load_demo"], ["collectstatic", "--no-input"]):
            subprocess.run(
                [sys.executable, "manage.py", *command, "-v0"], cwd=ROOT, env=env, check=True
            )
        port = free_port()
        with serving(*gunicorn("newsroom.wsgi", port), port=port, path="/", env=env) as (pid, _):
            asked = {
                "front page": ("/", False),
                "article": (article_of(port), False),
                "live wire, changed": ("/wire/live/", False),
                "live wire, unchanged": ("/wire/live/", True),
            }
            return {
                name: milliseconds(pid, port, path, requests=requests, is_known=is_known)
                for name, (path, is_known) in asked.items()
            }


def main() -> None:
    asked = parser(__doc__)
    asked.add_argument("requests", type=int, nargs="?", default=REQUESTS, help=f"({REQUESTS})")
    found = measure(asked.parse_args().requests)
    print("                       processor ms   answers a second of one core")
    for name, cost in found.items():
        print(f"{name:22} {cost:12.2f}   {1000 / cost:12.0f}")
    visit = sum(found[name] * times for name, times in VISIT.items())
    told = ", ".join(f"{times} x {name}" for name, times in VISIT.items())
    print(f"A visit ({told}): {visit:.1f} ms.")
    print(f"{READERS:,} visits in an hour: {READERS * visit / 1000 / 3600:.1f} cores.")


if __name__ == "__main__":
    main()
