"""Print the memory of a web worker and of a bare Django worker. Goal: at most 110 MB."""

import subprocess
import sys
from pathlib import Path

from benchmarks.options import parser
from benchmarks.servers import ROOT, bare_folder, free_port, gunicorn, serving, status

REQUESTS = 300
PAGES = ("/", "/wire/", "/wire/live/", "/feed/", "/sitemap.xml")


def megabytes(pid: int) -> float:
    """Return the largest resident set size among the children of a process, in MB. Linux only."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    sizes = []
    for child in children:
        lines = Path(f"/proc/{child}/status").read_text().splitlines()
        sizes += [int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")]
    return max(sizes)


def measure(application: str, pages: tuple[str, ...], env: dict[str, str]) -> tuple[float, float]:
    port = free_port()
    with serving(*gunicorn(application, port), port=port, path=pages[0], env=env) as (pid, _):
        fresh = megabytes(pid)
        for n in range(REQUESTS):
            status(port, pages[n % len(pages)])
        return fresh, megabytes(pid)


def main() -> None:
    parser(__doc__).parse_args()
    with bare_folder() as (_, env):
        for command in (
            ["migrate", "-v0"],
            ["load_demo", "-v0"],
            ["collectstatic", "--no-input", "-v0"],
        ):
            subprocess.run([sys.executable, "manage.py", *command], cwd=ROOT, env=env, check=True)
        _, bare = measure("bare:application", ("/",), env)
        fresh, ours = measure("newsroom.wsgi", PAGES, env)
    print(f"bare Django worker  {bare:6.1f} MB  (after {REQUESTS} requests)")
    print(
        f"newsroom worker     {ours:6.1f} MB  (after the first {fresh:.1f} MB), {ours / bare:.2f} x bare"
    )
    print(f"goal 110 MB: {'met' if ours <= 110 else 'MISSED'}")


if __name__ == "__main__":
    main()
