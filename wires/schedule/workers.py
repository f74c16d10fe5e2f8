"""What a worker is called, whose leases are whose, and how it says that it lives."""

import os
import secrets
import socket
from datetime import datetime

from wires.models import Worker


def name_worker() -> str:
    """Return a name that no other process has or will have, and that says where to find it."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"


def report_alive(name: str, *, at: datetime) -> None:
    """Write down that a worker lives. One query; two the first time."""
    if not Worker.objects.filter(name=name).update(heartbeat_at=at):
        row = Worker(name=name, started_at=at, heartbeat_at=at)
        Worker.objects.bulk_create([row], ignore_conflicts=True)
