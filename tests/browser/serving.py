"""A running gunicorn that tests can kill and start again, or leave without room on its disk."""

import http.client
import os
import resource
import signal
import subprocess
import sys
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.waiting import CEILING, wait_until

ROOT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"


def kill_processes_of(folder):
    """Kill the processes that were started on a folder: a browser's, whose profile it is."""
    for process in Path("/proc").glob("[0-9]*"):
        try:
            is_its = str(folder).encode() in (process / "cmdline").read_bytes()
        except OSError:
            # It ended in between.
            continue
        if is_its:
            os.kill(int(process.name), signal.SIGKILL)


@dataclass
class Server:
    """gunicorn with two workers on a port of this machine."""

    port: int
    environment: dict
    log: Path
    process: subprocess.Popen | None = field(default=None, init=False)

    @property
    def url(self):
        return f"http://{HOST}:{self.port}"

    def start(self):
        """Start it, and wait until it answers."""
        with self.log.open("a") as output:
            self.process = subprocess.Popen(
                [
                    sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py",
                    "--bind", f"{HOST}:{self.port}", "--workers", "2", "newsroom.wsgi",
                ],
                cwd=ROOT,
                env=self.environment,
                stdout=output,
                stderr=output,
            )  # fmt: skip
        assert wait_until(self._answers), f"gunicorn does not answer:\n{self.log.read_text()}"

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(CEILING)

    def kill(self):
        """End every process of it without a warning, as a machine that lost its power does."""
        # The first one first, or it would start others.
        for pid in self._pids():
            os.kill(pid, signal.SIGKILL)
        self.process.wait(CEILING)

    @contextmanager
    def without_room(self):
        """Let none of its processes make a file longer, as on a full disk. It can still read."""
        limits = {pid: resource.prlimit(pid, resource.RLIMIT_FSIZE) for pid in self._pids()}
        for pid, (_, most) in limits.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (1, most))
        yield
        for pid, limit in limits.items():
            resource.prlimit(pid, resource.RLIMIT_FSIZE, limit)

    def _pids(self):
        first = self.process.pid
        children = Path(f"/proc/{first}/task/{first}/children").read_text().split()
        return [first, *map(int, children)]

    def _answers(self):
        assert self.process.poll() is None, f"gunicorn ended:\n{self.log.read_text()}"
        web = http.client.HTTPConnection(HOST, self.port, timeout=CEILING)
        try:
            web.request("GET", "/healthz")
            web.getresponse()
        except OSError:
            return False
        finally:
            web.close()
        return True
