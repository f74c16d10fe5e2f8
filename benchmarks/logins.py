"""Print what readers notice of sixteen people who all log in twice a second, by quiet seconds.

Goal: the slowest page of the rounds with logins takes at most 250 ms, the median at most three
times that of the quiet rounds. The server is gunicorn as in production, with two workers; every
attempt comes from another address and names another person, so that each is hashed or refused for
want of a turn, never for the limits of logins. Quiet and busy rounds take turns.
`python -m benchmarks.logins [ROUNDS]`
"""

import http.client
import subprocess
import sys
import threading
import time
from collections import Counter
from itertools import count
from statistics import median
from urllib.parse import urlencode

from benchmarks.options import parser
from benchmarks.servers import ROOT, bare_folder, free_port, gunicorn, serving

AT_ONCE = 16
SECONDS = 3
ROUNDS = 5
# Nobody types a password again sooner.
PAUSE = 0.5
PAGES = ("/", "/wire/")
LOGIN = "/desk/login/"
MOST, TIMES = 250, 3


def read_pages(port: int, *, until: float) -> list[float]:
    """Ask for pages one after the other; return the milliseconds each took."""
    took = []
    reader = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    while time.perf_counter() < until:
        began = time.perf_counter()
        reader.request("GET", PAGES[len(took) % len(PAGES)])
        answer = reader.getresponse()
        answer.read()
        if answer.status != 200:
            sys.exit(f"A reader was answered {answer.status}.")
        took.append((time.perf_counter() - began) * 1000)
        time.sleep(0.005)
    reader.close()
    return took


def log_in(port: int, token: str, numbers: "count[int]", fates: Counter[int], until: float) -> None:
    """Try to log in, twice a second, each time as somebody else from somewhere else."""
    while (began := time.perf_counter()) < until:
        n = next(numbers)
        form = {"username": f"nobody{n}", "password": "wrong", "csrfmiddlewaretoken": token}
        visitor = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
        visitor.request(
            "POST",
            LOGIN,
            urlencode(form),
            {
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": f"csrftoken={token}",
                "X-Forwarded-For": f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}",
            },
        )
        fates[visitor.getresponse().status] += 1
        visitor.close()
        time.sleep(max(0, PAUSE - (time.perf_counter() - began)))


def measure(port: int, *, rounds: int) -> tuple[list[float], list[float], Counter[int]]:
    """Return the milliseconds of readers' pages: quiet, beside logins; and how logins were answered."""
    quiet: list[float] = []
    busy: list[float] = []
    fates: Counter[int] = Counter()
    numbers = count()
    # Any token will do where the cookie and the form agree.
    token = "a" * 32
    for _ in range(rounds):
        quiet += read_pages(port, until=time.perf_counter() + SECONDS)
        until = time.perf_counter() + SECONDS
        people = [
            threading.Thread(target=log_in, args=(port, token, numbers, fates, until))
            for _ in range(AT_ONCE)
        ]
        for person in people:
            person.start()
        busy += read_pages(port, until=until)
        for person in people:
            person.join()
    return quiet, busy, fates


def main() -> int:
    asked = parser(__doc__)
    asked.add_argument("rounds", type=int, nargs="?", default=ROUNDS, help=f"({ROUNDS})")
    rounds = asked.parse_args().rounds
    with bare_folder() as (_, env):
        env["TRUSTED_PROXIES"] = "1"
        for command in (["migrate"], ["load_demo"], ["collectstatic", "--no-input"]):
            subprocess.run(
                [sys.executable, "manage.py", *command, "-v0"], cwd=ROOT, env=env, check=True
            )
        port = free_port()
        with serving(*gunicorn("newsroom.wsgi", port), port=port, path="/", env=env):
            read_pages(port, until=time.perf_counter() + 1)
            quiet, busy, fates = measure(port, rounds=rounds)
    said = ", ".join(f"{number} answered {status}" for status, number in sorted(fates.items()))
    print(f"{AT_ONCE} people at once, {rounds} rounds of {SECONDS} s: {said}")
    print("               median ms   slowest ms   pages")
    for name, took in (("quiet", quiet), ("beside logins", busy)):
        print(f"{name:14} {median(took):9.1f}    {max(took):9.1f}   {len(took):5}")
    is_met = max(busy) <= MOST and median(busy) <= TIMES * median(quiet)
    print(
        f"{median(busy) / median(quiet):.1f} x the quiet median;"
        f" goal {TIMES} x and {MOST} ms: {'met' if is_met else 'MISSED'}"
    )
    return 0 if is_met else 1


if __name__ == "__main__":
    sys.exit(main())
