"""How gunicorn serves the paper. Every figure can be set by the environment or on its command line."""

import os
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

wsgi_app = "newsroom.wsgi"
bind = os.environ.get("BIND", "127.0.0.1:8000")

worker_class = "gthread"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# Each worker has a socket of its own: with one for all, keep-alive gave one worker every connection.
# A second gunicorn on the same port would share it silently; `manage.py serve` looks first.
reuse_port = True
timeout = 60
graceful_timeout = 15
keepalive = 5
# A heartbeat file on a disk can stall a worker; one in memory cannot.
MEMORY = Path("/dev") / "shm"
worker_tmp_dir = str(MEMORY) if MEMORY.is_dir() else None

# Nobody manages a running paper through a socket in somebody's home.
control_socket_disable = True
# The threads of a worker share its connections to PostgreSQL; on SQLite this says nothing.
raw_env = [f"DATABASE_POOL={os.environ.get('DATABASE_POOL', '1')}"]
accesslog = None
errorlog = "-"
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "info")


def post_worker_init(worker: object) -> None:
    """Have the exchanges' holidays read before a reader asks: that takes most of a second."""
    Thread(target=read_holidays, daemon=True).start()


def read_holidays() -> None:
    # gunicorn's master reads this file too, and serves no page.
    from markets.hours import UnknownZone, foremost

    # Whoever asks for the page is told.
    with suppress(UnknownZone):
        foremost(datetime.now(UTC))
