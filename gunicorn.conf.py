"""How gunicorn serves the site. The environment or the command line can set every number."""

import gc
import os
import sys
from pathlib import Path

wsgi_app = "newsroom.wsgi"
bind = os.environ.get("BIND", "127.0.0.1:8000")

# gthread, but no client can keep a thread waiting.
worker_class = "newsroom.web_worker.WebWorker"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# Two files each at most, a picture and its client: a process may often open no more than 1,024.
worker_connections = 400
# Each worker has a socket that outlives it (newsroom/listeners.py). A second gunicorn on the same
# port would share it silently; `manage.py serve` checks first.
reuse_port = False
timeout = 60
graceful_timeout = 15
keepalive = 5
# A heartbeat file on a disk can stall a worker; one in memory cannot.
MEMORY = Path("/dev") / "shm"
worker_tmp_dir = str(MEMORY) if MEMORY.is_dir() else None

# Nobody manages a running site through a socket in a home directory.
control_socket_disable = True
# The threads of a worker share its connections to PostgreSQL; SQLite ignores this.
raw_env = [f"DATABASE_POOL={os.environ.get('DATABASE_POOL', '1')}"]
# The proxy has one; WEB_ACCESS_LOG=1 is for where there is none.
accesslog = "-" if os.environ.get("WEB_ACCESS_LOG", "0") == "1" else None
errorlog = "-"
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "info")
# The folder of the code is no part of the path yet where gunicorn is started by its own command.
sys.path.insert(0, str(Path(__file__).resolve().parent))
from newsroom import access_log, log_lines  # noqa: E402

logger_class = access_log.AccessLog
access_log_format = access_log.FORMAT
if os.environ.get("LOG_FORMAT", "words") == "json":
    logconfig_dict = log_lines.gunicorn_settings(level=loglevel)


def on_starting(server: object) -> None:
    # The folder of the code is on the path by now.
    from newsroom.listeners import open_listeners

    open_listeners(server)


def on_reload(server: object) -> None:
    from newsroom.listeners import note_reload

    note_reload()


def post_worker_init(worker: object) -> None:
    """Make a page before the first request: holidays, templates and models take a second."""
    # Another application may be served with this file, by a benchmark for one.
    if site := sys.modules.get("newsroom.wsgi"):
        site.warm_up()
    # What is there by now stays: to look through it for garbage would stop every thread of the
    # worker for two tenths of a second each time.
    gc.collect()
    gc.freeze()
