"""What a worker is called: whose leases are whose."""

import os
import secrets
import socket


def name_worker() -> str:
    """Return a name that no other process has or will have, and that says where to find it."""
    return f"{socket.gethostname()[:60]}:{os.getpid()}:{secrets.token_hex(4)}"
