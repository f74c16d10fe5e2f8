"""Print how fast pages are served, compared with a bare WSGI application that sends the same bytes.

All servers are up at once and asked in turn, so that a busy machine slows each of them; quote ratios
only. `bare` sends the bytes of our own answers from memory, under the same gunicorn. "Cold" is ours
without its page cache, with the shared fragments warm. Exit status 1 where a goal is missed.

    python -m benchmarks.serving                            # SQLite
    bin/postgres run python -m benchmarks.serving           # PostgreSQL too
    python -m benchmarks.serving --large 2000 --posts 2000 --rounds 3 --requests 300 --growth 3000
"""

import argparse
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from urllib.parse import urlsplit

from benchmarks.load import Load, Question, ask_on, ask_once, children, load, megabytes
from benchmarks.options import parser
from benchmarks.servers import ROOT, environment, free_port, gunicorn, serving

SMALL = 1_000
# Goals: see the table at the end of docs/performance.md.
WARM, COLD, FRAGMENT = 0.85, 0.05, 0.30
COLD_MS, FEED_MS, GROWTH = 6.0, 10.0, 1.5
MEGABYTES, GROWTH_MEGABYTES = 110, 2.0
FIRST_REQUESTS = 5_000
PAGES = ("article", "front", "section", "fragment", "feed")
COLD_REQUESTS = 10  # of so many warm ones, one is asked cold

BARE = """
import pickle
ANSWERS = pickle.load(open({path!r}, "rb"))

def application(environ, start):
    status, headers, body = ANSWERS[environ["PATH_INFO"], "HTTP_IF_NONE_MATCH" in environ]
    start(status, headers)
    return [body] if body else []
"""
# The tag of a page is another each minute; who has any copy of it is answered 304.
KNOWN = "If-None-Match: *"


@dataclass(slots=True)
class Server:
    """A server under measurement, and its loads by the name of a page."""

    name: str
    port: int
    master: int
    database: list[int] = field(default_factory=list)
    loads: dict[str, list[Load]] = field(default_factory=dict)

    def ask(self, page: str, question: Question, requests: int) -> None:
        done = load(question, master=self.master, requests=requests, database=self.database)
        self.loads.setdefault(page, []).append(done)

    def milliseconds(self, page: str) -> float:
        return median(each.milliseconds for each in self.loads[page])


@dataclass(slots=True)
class Goals:
    """Prints each figure beside its goal, and counts those that are missed."""

    missed: int = 0

    def least(self, what: str, found: float, goal: float, note: str = "") -> None:
        self._say(what, found, f"≥ {goal:g}", is_met=found >= goal, note=note)

    def most(self, what: str, found: float, goal: float, note: str = "") -> None:
        self._say(what, found, f"≤ {goal:g}", is_met=found <= goal, note=note)

    def _say(self, what: str, found: float, goal: str, *, is_met: bool, note: str) -> None:
        self.missed += not is_met
        print(f"  {what:44} {found:9.3f}  goal {goal:8} {'met' if is_met else 'MISSED':7} {note}")


def arguments() -> argparse.Namespace:
    asked = parser(__doc__)
    asked.add_argument("--large", type=int, default=100_000, help="articles of the large site")
    asked.add_argument("--posts", type=int, default=1_000_000, help="posts of the large site")
    asked.add_argument("--rounds", type=int, default=11)
    asked.add_argument("--requests", type=int, default=2_000, help="warm ones a page and round")
    asked.add_argument("--growth", type=int, default=50_000, help="requests for growth of memory")
    return asked.parse_args()


# Sites


def seed(env: dict[str, str], *, articles: int, posts: int) -> dict[str, str]:
    """Fill an empty database; return the paths of the pages to ask for."""
    seeding = [sys.executable, "-m", "benchmarks.serving_seed", str(articles), str(posts)]
    printed = subprocess.run(
        seeding, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    return dict(line.split(" ", 1) for line in printed.splitlines())


@contextmanager
def second_database(url: str) -> Iterator[str]:
    """Make another database on the same PostgreSQL, and drop it afterwards."""
    import psycopg

    name = "newsroom_serving_small"
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {name}")
        connection.execute(f"CREATE DATABASE {name}")
        yield urlsplit(url)._replace(path=f"/{name}").geturl()
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def backends(url: str) -> list[int]:
    """Return the processes of a PostgreSQL on this machine."""
    import psycopg

    with psycopg.connect(url) as connection:
        (pid,) = connection.execute("SELECT pg_backend_pid()").fetchone() or (0,)
    parent = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1]) if pid else 0
    return children(parent)


# Measuring


def started(
    stack: ExitStack, name: str, application: str, env: dict[str, str], path: str
) -> Server:
    port = free_port()
    pid, seconds = stack.enter_context(
        serving(*gunicorn(application, port), port=port, path=path, env=env)
    )
    print(f"  {name}: {seconds:.1f} s from start to first page")
    return Server(name, port, pid)


def bare(stack: ExitStack, ours: Server, paths: dict[str, str], folder: Path) -> Server:
    """Start a bare application that answers with the bytes of ours."""
    import pickle

    answers = {}
    for path in paths.values():
        whole = ask_once(Question(ours.port, path))
        known = (KNOWN, "Accept-Encoding: gzip")
        for is_known, answer in (
            (False, whole),
            (True, ask_once(Question(ours.port, path, known))),
        ):
            lines = answer.head.decode("latin-1").split("\r\n")
            headers = [tuple(line.split(": ", 1)) for line in lines[1:]]
            # gunicorn adds these itself.
            sent = [one for one in headers if one[0] not in {"Server", "Date", "Connection"}]
            answers[path, is_known] = (lines[0].split(" ", 1)[1], sent, answer.body)
    (folder / "answers").write_bytes(pickle.dumps(answers))
    (folder / "bare.py").write_text(BARE.format(path=str(folder / "answers")))
    env = environment(folder)
    return started(stack, "bare", "bare:application", env, paths["article"])


def measure_warm(
    both: tuple[Server, Server], paths: dict[str, str], *, rounds: int, requests: int
) -> None:
    for number in range(rounds):
        for page in (*PAGES[:4], "304"):
            path = paths["article" if page == "304" else page]
            known = (KNOWN,) if page == "304" else ()
            # In turn, and each goes first as often as the other.
            for server in both if number % 2 else both[::-1]:
                server.ask(
                    page, Question(server.port, path, ("Accept-Encoding: gzip", *known)), requests
                )


def compare_warm(plain: Server, ours: Server, goals: Goals) -> None:
    for page in (*PAGES[:4], "304"):
        pairs = list(zip(ours.loads[page], plain.loads[page], strict=True))
        ratios = sorted(mine.rate / theirs.rate for mine, theirs in pairs)
        share = max(mine.largest_share for mine, _ in pairs)
        note = (
            f"({ratios[0]:.2f}-{ratios[-1]:.2f}); by processor time"
            f" {plain.milliseconds(page) / ours.milliseconds(page):.2f},"
            f" {ours.milliseconds(page):.2f} ms; busiest worker {share:.0%}"
        )
        goals.least(f"{ours.name}: {page}, × bare", median(ratios), WARM, note)


def measure_cold(
    servers: list[Server], paths: list[dict[str, str]], *, rounds: int, requests: int
) -> None:
    for number in range(rounds):
        for page in PAGES:
            pairs = list(zip(servers, paths, strict=True))
            for server, known in pairs if number % 2 else pairs[::-1]:
                server.ask(
                    page, Question(server.port, known[page]), max(requests // COLD_REQUESTS, 8)
                )


def compare_cold(plain: Server, small: Server, large: Server, goals: Goals) -> None:
    for page, least, most in (
        ("article", COLD, COLD_MS), ("front", COLD, COLD_MS), ("fragment", FRAGMENT, COLD_MS),
    ):  # fmt: skip
        ratio = plain.milliseconds(page) / large.milliseconds(page)
        goals.least(f"{large.name}: {page}, × bare by processor time", ratio, least)
        goals.most(f"{large.name}: {page}, ms a request", large.milliseconds(page), most)
    goals.most(f"{large.name}: feed, ms a request", large.milliseconds("feed"), FEED_MS)
    for page in PAGES:
        ratios = [
            mine.milliseconds / max(theirs.milliseconds, 0.01)
            for mine, theirs in zip(large.loads[page], small.loads[page], strict=True)
        ]
        goals.most(f"{large.name}: {page}, large / small", median(ratios), GROWTH)


def measure_memory(ours: Server, paths: dict[str, str], goals: Goals, *, requests: int) -> None:
    """Fill the page cache with pages of lists, then ask on."""
    for number in range(1_500):
        ask_once(Question(ours.port, f"/wire/?outlet=none-{number}"))
    question = Question(ours.port, paths["article"])
    ask_on(question, requests=FIRST_REQUESTS)
    before = max(map(megabytes, children(ours.master)))
    ask_on(question, requests=requests)
    after = max(map(megabytes, children(ours.master)))
    goals.most(f"{ours.name}: MB of a worker, cache full", after, MEGABYTES)
    goals.most(f"{ours.name}: MB more over {requests} requests", after - before, GROWTH_MEGABYTES)


def measure(
    name: str, urls: tuple[str, str], folder: Path, asked: argparse.Namespace, goals: Goals
) -> None:
    """Measure one kind of database: a small site and a large one."""
    print(f"\n{name}")
    envs = []
    for size, url in zip(("small", "large"), urls, strict=True):
        home = folder / f"{name}-{size}".lower()
        home.mkdir()
        envs.append(environment(home) | {"DATABASE_URL": url})
    paths = [
        seed(envs[0], articles=SMALL, posts=SMALL),
        seed(envs[1], articles=asked.large, posts=asked.posts),
    ]
    first = paths[1]["article"]
    with ExitStack() as stack:
        warm = started(stack, f"{name}, kept", "newsroom.wsgi", envs[1], first)
        plain = bare(stack, warm, paths[1], folder)
        cold = [
            started(
                stack,
                f"{name}, cold, {size}",
                "newsroom.wsgi",
                env | {"PAGE_CACHE_MB": "0"},
                known["article"],
            )
            for size, env, known in zip(("small", "large"), envs, paths, strict=True)
        ]
        measure_warm((plain, warm), paths[1], rounds=asked.rounds, requests=asked.requests)
        for server in cold:
            for page in PAGES:
                ask_on(
                    Question(server.port, paths[0][page] if server is cold[0] else paths[1][page]),
                    requests=32,
                )
            server.database = backends(urls[1]) if name == "PostgreSQL" else []
        plain_feed = Question(plain.port, paths[1]["feed"])
        plain.ask("feed", plain_feed, asked.requests)
        measure_cold(cold, paths, rounds=asked.rounds, requests=asked.requests)
        compare_warm(plain, warm, goals)
        compare_cold(plain, *cold, goals)
        measure_memory(warm, paths[1], goals, requests=asked.growth)


def main() -> None:
    asked, goals = arguments(), Goals()
    with tempfile.TemporaryDirectory() as name, ExitStack() as stack:
        folder = Path(name)
        lite = (f"sqlite:///{folder / 'small.sqlite3'}", f"sqlite:///{folder / 'large.sqlite3'}")
        measure("SQLite", lite, folder, asked, goals)
        if url := os.environ.get("DATABASE_URL", ""):
            small = stack.enter_context(second_database(url))
            measure("PostgreSQL", (small, url), folder, asked, goals)
        else:
            print("\nPostgreSQL was not measured: bin/postgres run python -m benchmarks.serving")
    print(f"\n{goals.missed} goals missed" if goals.missed else "\nall goals met")
    sys.exit(1 if goals.missed else 0)


if __name__ == "__main__":
    main()
