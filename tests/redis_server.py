"""A Redis of its own on loopback, for tests of sessions that are kept in one."""

import os
import shutil
import signal
import subprocess

import pytest

from tests.processes import free_port
from tests.waiting import CEILING, wait_until

PASSWORD = "only-for-this/test"  # noqa: S105
QUOTED = "only-for-this%2Ftest"


class RedisServer:
    """A server that can be killed and started again. It keeps what it was told only if asked to."""

    def __init__(self, folder, *, is_durable=False):
        program = shutil.which("redis-server")
        if program is None:
            pytest.skip("redis-server is not installed here")
        self.port = free_port()
        self.url = f"redis://:{QUOTED}@127.0.0.1:{self.port}/0"
        self._arguments = [
            program, "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(folder),
            "--requirepass", PASSWORD, "--save", "", "--maxmemory-policy", "noeviction",
            "--appendonly", "yes" if is_durable else "no", "--appendfsync", "always",
        ]  # fmt: skip
        self.start()

    def start(self):
        self.process = subprocess.Popen(self._arguments, stdout=subprocess.DEVNULL)
        assert wait_until(lambda: self.answers() or self.process.poll() is not None)
        assert self.process.poll() is None, "redis-server has ended"

    def client(self):
        from accounts.redis_sessions import connect

        return connect(self.url)

    def answers(self):
        from redis.exceptions import RedisError

        try:
            return self.client().ping()
        except RedisError:
            return False

    def freeze(self):
        os.kill(self.process.pid, signal.SIGSTOP)

    def thaw(self):
        if self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGCONT)

    def kill(self):
        """Let it lose its power, frozen or not."""
        self.process.kill()
        self.process.wait(CEILING)
