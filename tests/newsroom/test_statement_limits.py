"""A statement of a public page is broken off; at the desk it takes as long as it needs."""

import pytest
from django.db import OperationalError, connection

from newsroom.statement_limits import limit_statements
from tests.waiting import Stopwatch

pytestmark = pytest.mark.django_db
ENDLESS = (
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {})"
    " SELECT count(*) FROM n"
)


@pytest.fixture
def sqlite():
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL breaks statements off itself")


@pytest.fixture
def postgresql(monkeypatch):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no such setting")
    options = connection.settings_dict["OPTIONS"] | {"options": "-c statement_timeout=3000"}
    monkeypatch.setitem(connection.settings_dict, "OPTIONS", options)


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchone()[0]


def ask(rf, path, sql):
    return limit_statements(lambda request: run(sql))(rf.get(path))


def test_sqlite_breaks_off_a_statement_of_a_public_page(sqlite, rf, settings):
    settings.PUBLIC_STATEMENT_SECONDS = 0.05

    with pytest.raises(OperationalError, match="interrupted"):
        ask(rf, "/wire/", ENDLESS.format(10**12))


def test_each_statement_has_the_whole_time_and_nothing_is_limited_afterwards(sqlite, rf, settings):
    settings.PUBLIC_STATEMENT_SECONDS = 0.3
    watch, size = Stopwatch(), 100_000
    while run(ENDLESS.format(size)) and watch.lap() < 0.1:
        size *= 2

    def page(request):
        return [run(ENDLESS.format(size)) for _ in range(4)]

    assert limit_statements(page)(rf.get("/")) == [size] * 4
    settings.PUBLIC_STATEMENT_SECONDS = 0.0
    ask(rf, "/", "SELECT 1")
    assert run(ENDLESS.format(size)) == size


def test_the_desk_is_not_limited_on_sqlite(sqlite, rf, settings):
    settings.PUBLIC_STATEMENT_SECONDS = 0

    assert ask(rf, "/desk/articles/", ENDLESS.format(100_000)) == 100_000


def test_the_desk_lifts_the_limit_of_a_connection_and_gives_it_back(postgresql, rf):
    run("SELECT set_config('statement_timeout', '3000', false)")

    public, desk = (ask(rf, path, "SHOW statement_timeout") for path in ("/", "/desk/"))

    assert (public, desk) == ("3s", "0")
    # Of the tests' own connection, which begins without one.
    assert run("SHOW statement_timeout") == "0"
