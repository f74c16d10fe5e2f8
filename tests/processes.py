"""Processes of their own: Python, manage.py, and a port for a server."""

import os
import socket
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
# Variables that choose a production or a database, or make a process believe it is the test.
NOT_INHERITED = {
    "DATABASE_URL", "DATABASE_POOL", "DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "SITE_URL",
    "RUNTIME_DIR", "SERVED_AT", "MEDIA_ROOT", "BACKUP_DIR", "WIRE_POLL", "WIRE_TRUSTED_HOSTS",
    "SESSIONS_URL", "REPLICA_URL", "PYTEST_VERSION",
    "PYTEST_CURRENT_TEST",
}  # fmt: skip


def clean_environment(**more):
    inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
    return inherited | more


def run_python(*arguments, **environment):
    """Run Python on the project and return what became of it."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=clean_environment(**environment),
        capture_output=True,
        text=True,
        check=False,
    )


def run_manage(*arguments, **environment):
    return run_python("manage.py", *arguments, **environment)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return listener.getsockname()[1]
