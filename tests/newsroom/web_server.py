"""Real gunicorn with one worker, for tests of what only a server does."""

import contextlib
import http.client
import re
import socket
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from tests.processes import clean_environment, free_port
from tests.waiting import CEILING, wait_until

THREADS = 2


class Gunicorn:
    """One worker with few threads, and what it said."""

    def __init__(self, folder, *arguments, **environment):
        self.port = free_port()
        self.log = folder / f"said-{self.port}"
        with self.log.open("w") as said:
            self.process = subprocess.Popen(
                [
                    sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{self.port}",
                    "--workers", "1", "--threads", str(THREADS), *arguments,
                ],
                cwd=settings.BASE_DIR,
                # Static files need not be collected then.
                env=clean_environment(**{"RUNTIME_DIR": str(folder), "DEBUG": "1"} | environment),
                stdout=said,
                stderr=said,
            )  # fmt: skip
        assert wait_until(lambda: self.answers() or self.process.poll() is not None)
        assert self.process.poll() is None, self.text()

    def text(self):
        return self.log.read_text()

    def answers(self):
        with contextlib.suppress(OSError):
            return self.status_of("/healthz") == 200

    def status_of(self, path):
        web = http.client.HTTPConnection("127.0.0.1", self.port, timeout=CEILING)
        try:
            web.request("GET", path)
            return web.getresponse().status
        finally:
            web.close()

    def connect(self, sent=""):
        client = socket.create_connection(("127.0.0.1", self.port), timeout=CEILING)
        client.sendall(sent.encode() if isinstance(sent, str) else sent)
        return client

    def worker(self):
        (children,) = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return int(children.read_text().split()[0])

    def memory(self):
        status = Path(f"/proc/{self.worker()}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) * 1024

    def stop(self):
        self.process.terminate()
        self.process.wait(CEILING)
