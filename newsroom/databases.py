"""How a process of the site connects to its database, and to a Redis, by the environment."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from newsroom import env

POSTGRESQL = "django.db.backends.postgresql"


def read_databases(*, sqlite: Path, statement_seconds: int) -> dict[str, dict[str, Any]]:
    """Return Django's DATABASES; "replica" is among them only where REPLICA_URL names one.

    Raises ImproperlyConfigured.
    """
    primary = read_database(sqlite=sqlite, statement_seconds=statement_seconds)
    if not env.text("REPLICA_URL").strip():
        return {"default": primary}
    replica = parse("REPLICA_URL", env.text("REPLICA_URL").strip())
    if {primary["ENGINE"], replica["ENGINE"]} != {POSTGRESQL}:
        message = "REPLICA_URL needs PostgreSQL, in DATABASE_URL as well."
        raise ImproperlyConfigured(message)
    if env.flag("DATABASE_POOL"):
        pool = _of_pool(statement_seconds)
        # The primary is there to fall back on.
        pool["pool"] |= {"timeout": 1}
        replica["OPTIONS"] = replica.get("OPTIONS", {}) | pool
    # In tests it is the same database.
    return {"default": primary, "replica": replica | {"TEST": {"MIRROR": "default"}}}


def parse(name: str, address: str) -> dict[str, Any]:
    """Return what an address says, as Django has it. Raises ImproperlyConfigured."""
    try:
        return {**dj_database_url.parse(address)}
    except ValueError as error:
        message = f"{name} cannot be read. Use postgres://USER:PASSWORD@HOST:PORT/NAME."
        raise ImproperlyConfigured(message) from error


def read_database(*, sqlite: Path, statement_seconds: int) -> dict[str, Any]:
    """Return Django's settings of the database in DATABASE_URL, else of that SQLite file.

    `statement_seconds` limit what a web process asks PostgreSQL; newsroom.statement_limits lifts
    that at the desk, and sees to SQLite. Raises ImproperlyConfigured.
    """
    database = parse("DATABASE_URL", env.text("DATABASE_URL") or f"sqlite:///{sqlite}")
    # gunicorn.conf.py says it, for the threads of a web worker. A command has one connection, and a
    # pool would hide why it cannot be had.
    is_pooled = env.flag("DATABASE_POOL")
    if database["ENGINE"] == "django.db.backends.sqlite3":
        database |= _of_sqlite(is_pooled=is_pooled)
    elif is_pooled:
        # Beside what stands in the address, such as sslmode.
        database["OPTIONS"] = database.get("OPTIONS", {}) | _of_pool(statement_seconds)
    # A pooled connection is tried before a request gets it: a restart of the server leaves dead ones.
    database["CONN_HEALTH_CHECKS"] = True
    return database


def _of_sqlite(*, is_pooled: bool) -> dict[str, Any]:
    # Where several threads have a connection, each keeps less; the system keeps the file too.
    kilobytes = 2_000 if is_pooled else 16_000
    options = {
        # Writers queue for the lock when they begin, instead of failing when they first write.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            f"PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-{kilobytes};"
        ),
    }
    # To open a connection takes longer than a query, so each thread keeps its own.
    return {"OPTIONS": options} | ({"CONN_MAX_AGE": 60} if is_pooled else {})


def _of_pool(statement_seconds: int) -> dict[str, Any]:
    return {
        # A request waits two seconds for a connection: where those of the pool are dead, psycopg
        # makes another one after a second. One that cannot be made is given up soon, and
        # the next request tries again: else a server that is back would be waited for up to minutes.
        "pool": {"min_size": 1, "max_size": 8, "timeout": 2, "reconnect_timeout": 1},
        "connect_timeout": 2,
        # Milliseconds after which a server that no longer acknowledges anything is given up.
        "tcp_user_timeout": 3_000,
        "options": f"-c statement_timeout={statement_seconds * 1_000}",
    }


def read_sessions_url() -> str:
    """Return where the Redis of the sessions is, "" for the database. Raises ImproperlyConfigured.

    No message shows the address: a password stands in it.
    """
    address = env.text("SESSIONS_URL").strip()
    if address and not is_redis(address):
        message = (
            "SESSIONS_URL cannot be read. Use redis://:PASSWORD@HOST:PORT/0, rediss:// where it is"
            " encrypted, or unix:///PATH; percent-encode the password."
        )
        raise ImproperlyConfigured(message)
    if address and find_spec("redis") is None:
        message = (
            "SESSIONS_URL needs the package redis: run `uv sync --frozen --no-dev --group redis`."
        )
        raise ImproperlyConfigured(message)
    return address


def is_redis(address: str) -> bool:
    """Return whether an address can be one of a Redis."""
    if not (address.isascii() and address.isprintable() and " " not in address):
        return False
    try:
        parts = urlsplit(address)
        # A port that is no number: of a password with a slash, for one.
        is_ported = parts.port is None or parts.port > 0
    except ValueError:
        return False
    if parts.scheme == "unix":
        return bool(parts.path)
    name = parts.path.strip("/")
    is_numbered = not name or name.isdecimal()
    return (
        parts.scheme in {"redis", "rediss"} and bool(parts.hostname) and is_ported and is_numbered
    )
