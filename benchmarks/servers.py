"""Start and stop servers for a benchmark, and a bare Django application to compare with."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SECONDS_TO_START = 60
NOT_OURS = ("DATABASE_URL", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL", "WIRE_POLL")

BARE_DJANGO = """
import django
from django.conf import settings
settings.configure(SECRET_KEY="x" * 50, ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], MIDDLEWARE=[])
django.setup()
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path
urlpatterns = [path("", lambda request: HttpResponse("ok"))]
application = get_wsgi_application()
"""


def environment(folder: Path) -> dict[str, str]:
    """Return an environment in which the site stores everything below the folder."""
    inherited = {name: value for name, value in os.environ.items() if name not in NOT_OURS}
    return inherited | {"RUNTIME_DIR": str(folder), "PYTHONPATH": f"{ROOT}:{folder}"}


@contextmanager
def bare_folder() -> Iterator[tuple[Path, dict[str, str]]]:
    """Yield a folder with a bare Django site, `bare:application`, and an environment below it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bare.py").write_text(BARE_DJANGO)
        yield folder, environment(folder)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]


def status(port: int, path: str) -> int:
    """Return the status of one GET, or 0 if nothing is listening."""
    web = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS_TO_START)
    try:
        web.request("GET", path)
        answer = web.getresponse()
        answer.read()
    except OSError:
        return 0
    else:
        return answer.status
    finally:
        web.close()


@contextmanager
def serving(
    *command: str, port: int, path: str, env: dict[str, str]
) -> Iterator[tuple[int, float]]:
    """Run a server until the block ends; yield its process id and the seconds to its first 200."""
    began = time.perf_counter()
    server = subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.DEVNULL)
    try:
        while status(port, path) != 200:
            if server.poll() is not None or time.perf_counter() - began > SECONDS_TO_START:
                sys.exit(f"{' '.join(command)} does not serve {path}")
            time.sleep(0.02)
        yield server.pid, time.perf_counter() - began
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(SECONDS_TO_START)


def gunicorn(application: str, port: int) -> tuple[str, ...]:
    return (
        sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "--workers", "2",
        "--log-level", "error", "--bind", f"127.0.0.1:{port}", application,
    )  # fmt: skip
