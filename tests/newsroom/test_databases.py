"""How a process connects, by DATABASE_URL and DATABASE_POOL."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.databases import read_database, read_databases, read_sessions_url

HERE = Path("/srv/newsroom/newsroom.sqlite3")
POSTGRESQL = "postgres://newsroom:secret@db.example:5432/newsroom?sslmode=verify-full"


@pytest.fixture
def read(monkeypatch):
    def with_environment(url="", pool="0"):
        monkeypatch.setenv("DATABASE_URL", url)
        monkeypatch.setenv("DATABASE_POOL", pool)
        return read_database(sqlite=HERE, statement_seconds=3)

    return with_environment


def test_without_an_address_it_is_the_file_of_this_machine(read):
    assert read()["NAME"] == str(HERE)


@pytest.mark.parametrize(("pool", "age", "kilobytes"), [("0", 0, "-16000"), ("1", 60, "-2000")])
def test_threads_of_a_web_worker_keep_small_connections_to_sqlite(read, pool, age, kilobytes):
    found = read(pool=pool)

    assert found["CONN_MAX_AGE"] == age
    assert f"cache_size={kilobytes}" in found["OPTIONS"]["init_command"]


def test_a_command_has_one_connection_to_postgresql_and_no_limit(read):
    assert read(POSTGRESQL)["OPTIONS"] == {"sslmode": "verify-full"}


def test_a_web_worker_waits_two_seconds_for_a_connection_and_keeps_what_the_address_says(read):
    options = read(POSTGRESQL, "1")["OPTIONS"]

    assert options["sslmode"] == "verify-full"
    assert (options["pool"]["timeout"], options["pool"]["reconnect_timeout"]) == (2, 1)
    assert options["options"] == "-c statement_timeout=3000"


def test_an_address_that_cannot_be_read_says_how_one_looks(read):
    with pytest.raises(ImproperlyConfigured, match="postgres://USER:PASSWORD@HOST:PORT/NAME"):
        read("postgres://[")


@pytest.mark.parametrize(
    "address",
    [
        "", "redis://127.0.0.1", "redis://:p%2Fw@redis.example:6379/1", "rediss://u:p@[::1]:6380",
        "unix:///run/redis/redis.sock",
    ],
)  # fmt: skip
def test_sessions_are_in_the_database_or_in_a_redis(monkeypatch, address):
    monkeypatch.setenv("SESSIONS_URL", f" {address}\n")

    assert read_sessions_url() == address


@pytest.mark.parametrize(
    "address",
    [
        "redis:///0", "redis://:secret/word@redis.example:6379/0", "redis://redis.example:0",
        "memcached://:secret@redis.example", "redis.example:6379", "redis://redis.example/secret",
        "redis://:se cret@redis.example", "unix:?db=1", "redis://[secret",
    ],
)  # fmt: skip
def test_a_wrong_address_of_sessions_is_refused_and_not_shown(monkeypatch, address):
    monkeypatch.setenv("SESSIONS_URL", address)

    with pytest.raises(ImproperlyConfigured, match="SESSIONS_URL cannot be read") as refused:
        read_sessions_url()

    assert address not in str(refused.value)
    assert "secret" not in str(refused.value)


def test_sessions_in_a_redis_need_its_package(monkeypatch):
    monkeypatch.setenv("SESSIONS_URL", "redis://127.0.0.1")
    monkeypatch.setattr("newsroom.databases.find_spec", lambda name: None)

    with pytest.raises(ImproperlyConfigured, match="needs the package redis"):
        read_sessions_url()


@pytest.fixture
def read_both(monkeypatch):
    def with_environment(primary, replica, pool="1"):
        monkeypatch.setenv("DATABASE_URL", primary)
        monkeypatch.setenv("REPLICA_URL", replica)
        monkeypatch.setenv("DATABASE_POOL", pool)
        return read_databases(sqlite=HERE, statement_seconds=3)

    return with_environment


def test_without_an_address_there_is_no_replica(read_both):
    assert [*read_both("", "")] == ["default"]


def test_a_replica_is_waited_for_half_as_long_and_not_tried_before_each_request(read_both):
    found = read_both(POSTGRESQL, "postgres://newsroom:secret@copy.example/newsroom")

    assert found["replica"]["HOST"] == "copy.example"
    assert found["replica"]["OPTIONS"]["pool"]["timeout"] == 1
    assert found["default"]["OPTIONS"]["pool"]["timeout"] == 2
    assert not found["replica"].get("CONN_HEALTH_CHECKS")
    assert found["replica"]["OPTIONS"]["options"] == "-c statement_timeout=3000"


@pytest.mark.parametrize(
    ("primary", "replica", "said"),
    [
        ("", POSTGRESQL, "REPLICA_URL needs PostgreSQL"),
        (POSTGRESQL, "sqlite:////srv/copy.sqlite3", "REPLICA_URL needs PostgreSQL"),
        (POSTGRESQL, "postgres://[", "REPLICA_URL cannot be read"),
    ],
)
def test_a_replica_of_something_else_is_refused(read_both, primary, replica, said):
    with pytest.raises(ImproperlyConfigured, match=said):
        read_both(primary, replica)
