"""Workers that start at once, forked from a process in which everything is loaded.

What is killed a hundred times cannot be started from nothing a hundred times.
"""

import os
import signal
import subprocess
import sys

from tests.processes import ROOT, clean_environment


class ForkedWorkers:
    """Starts `manage.py poll_wires`, and waits for its end, in processes that can be killed."""

    def __init__(self, environment):
        self._source = subprocess.Popen(
            [sys.executable, "-m", __name__],
            cwd=ROOT,
            env=clean_environment(**environment),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._source.stdin.close()
        self._source.wait()
        self._source.stdout.close()

    def start(self, *arguments):
        """Start the command and return the id of its process."""
        return self._ask("start", *arguments)

    def kill(self, pid):
        """Kill a process that has no time to do anything about it."""
        os.kill(pid, signal.SIGKILL)
        self.wait(pid)

    def wait(self, pid):
        """Return the exit status of a process once it has ended."""
        return self._ask("wait", str(pid))

    def _ask(self, *words):
        self._source.stdin.write(" ".join(words) + "\n")
        self._source.stdin.flush()
        return int(self._source.stdout.readline())


def say(number):
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def serve():
    """Start processes and wait for them as the lines of standard input say."""
    import django

    os.environ["DJANGO_SETTINGS_MODULE"] = "newsroom.settings"
    django.setup()
    from django.core.management import call_command

    from wires.management.commands import poll_wires  # noqa: F401 - loaded once, for all

    for line in sys.stdin:
        word, *arguments = line.split()
        if word == "wait":
            status = os.waitstatus_to_exitcode(os.waitpid(int(arguments[0]), 0)[1])
            say(status)
            continue
        pid = os.fork()
        if pid == 0:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            call_command("poll_wires", *arguments)
            os._exit(os.EX_OK)
        say(pid)


if __name__ == "__main__":
    serve()
