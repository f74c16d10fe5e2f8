"""Fixtures of every test: no network except loopback, and files of the test's own."""

import ipaddress
import itertools
import os
import resource
import socket
import sys
from pathlib import Path

import hypothesis
import pytest
import time_machine
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.core.management.commands import flush
from django.db import connections, transaction

from articles.search import ARTICLES
from tests import migrated
from tests.clock import NOON
from tests.newsroom.factories import make_user
from web import fragments
from wires import generations
from wires.search import POSTS, index

# No time limit on examples: the machine may be busy.
hypothesis.settings.register_profile(
    "project", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("project")

CORPORA = Path(__file__).parents[1] / "../shared/corpora"
# RFC 2606 and 6761: these never resolve, so no name server is needed.
NEVER_RESOLVE = {"test", "example", "invalid"}
# What migrating leaves in the table of each model: its columns and rows.
ROWS_MADE = {}


class NetworkRefused(BaseException):
    """A test tried to use the network. A BaseException, so that no `except Exception` hides it."""


def address_of(host):
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


def is_here(host):
    address = address_of(host)
    return host in {None, "", "localhost"} or (address is not None and address.is_loopback)


def refuse_the_network(event, arguments):
    """Audit hook that allows only Unix sockets, loopback and lookups of literal addresses."""
    if event in {"socket.connect", "socket.sendto"}:
        sock, address = arguments
        if sock.family != socket.AF_UNIX and not is_here(address[0]):
            message = f"a test connects to {address!r}"
            raise NetworkRefused(message)
    elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
        host = arguments[0].decode() if isinstance(arguments[0], bytes) else arguments[0]
        if is_here(host) or address_of(host):
            return
        if host.rstrip(".").rpartition(".")[2] in NEVER_RESOLVE:
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        message = f"a test looks up {host!r}"
        raise NetworkRefused(message)


sys.addaudithook(refuse_the_network)


def pytest_collection_modifyitems(config, items):
    """With DATABASE_URL set, run only tests that use a database: the others do not depend on it.

    Except where mutants are tried, each of which is tried once, with all its tests.
    """
    if not os.environ.get("DATABASE_URL") or "MUTANT_UNDER_TEST" in os.environ:
        return
    left_out = [item for item in items if not uses_the_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = filter(uses_the_database, items)


def uses_the_database(item):
    return item.get_closest_marker("django_db") or {"db", "transactional_db"} & {*item.fixturenames}


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, django_db_blocker):
    """Let the database begin as one that was migrated before, where one is kept."""
    default = connections["default"]
    opened = None
    if default.vendor == "postgresql":
        with django_db_blocker.unblock():
            if migrated.name_on_server() in migrated.databases_of(default):
                default.settings_dict["TEST"]["TEMPLATE"] = migrated.name_on_server()
    if default.vendor == "sqlite" and migrated.kept().is_file():
        # What is in shared memory lasts until its last connection closes.
        opened = migrated.fill(default.creation._get_test_db_name())
    yield
    if opened:
        opened.close()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Keep the migrated database for the next run, and the rows that it begins with."""
    default = connections["default"]
    with django_db_blocker.unblock(), default.cursor() as cursor:
        for model in (ContentType, Permission, Group, Group.permissions.through):
            cursor.execute(f"SELECT * FROM {model._meta.db_table}")  # noqa: S608  # of Django
            ROWS_MADE[model] = [column[0] for column in cursor.description], cursor.fetchall()
    if default.vendor == "sqlite" and not migrated.kept().is_file():
        with django_db_blocker.unblock():
            default.ensure_connection()
            migrated.keep(default.connection)


@pytest.fixture(scope="session", autouse=True)
def own_generations(tmp_path_factory):
    """Give each test process its own generation counters, apart from the site's."""
    generations.configure(tmp_path_factory.mktemp("generations"))


@pytest.fixture(autouse=True)
def own_fragments():
    """Let no test see parts of pages that another made, nor the languages of its texts."""
    fragments.forget()
    index._languages.clear()


@pytest.fixture(scope="session", autouse=True)
def quick_flush():
    """Let a test with transactions of its own leave the tables as migrations make them, quickly.

    Django empties them and sends post_migrate: 15 times, for each to look for what permissions and
    groups lack, which takes longer than most tests.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(flush, "emit_post_migrate_signal", put_back)
        yield


def put_back(verbosity, interactive, db, **others):
    """Fill the tables that migrating fills, and empty what has no model."""
    with connections[db].cursor() as cursor:
        for searched in (POSTS, ARTICLES):
            cursor.execute(f"DELETE FROM {searched.table}")  # noqa: S608  # a name of our own
    with transaction.atomic(using=db), connections[db].cursor() as cursor:
        for model, (columns, rows) in ROWS_MADE.items():
            into = f"{model._meta.db_table} ({', '.join(columns)})"
            values = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {into} VALUES ({values})", rows)  # noqa: S608
        # A flush by hand begins to count again.
        for statement in connections[db].ops.sequence_reset_sql(no_style(), [*ROWS_MADE]):
            cursor.execute(statement)
    ContentType.objects.clear_cache()


@pytest.fixture(scope="session")
def places(tmp_path_factory):
    """Return paths of folders that are still to be made, one for each test."""
    folder = tmp_path_factory.mktemp("places")
    return (folder / str(n) for n in itertools.count())


@pytest.fixture(autouse=True)
def own_media(settings, places):
    # Not in tmp_path: it looks through the folders of all tests before it makes the next one.
    place = next(places)
    place.mkdir()
    settings.MEDIA_ROOT = place / "media"
    settings.BACKUP_DIR = place / "backup"


@pytest.fixture(scope="session")
def in_ci():
    """Return whether skipping a test counts as a failure."""
    return os.environ.get("CI") == "true"


@pytest.fixture(scope="session")
def corpora(in_ci):
    """Return the folder of real feeds and pages. Skip the test if it is missing, except in CI."""
    if not CORPORA.is_dir():
        (pytest.fail if in_ci else pytest.skip)("the corpora are not at ../shared/corpora")
    return CORPORA


@pytest.fixture
def log_in(client):
    """Return a function that logs the client in as a new user in a group."""

    def as_one_of(group):
        client.force_login(make_user(group=group))
        return client

    return as_one_of


@pytest.fixture
def at_noon():
    """Stop the clock at NOON and yield it; it can be moved."""
    with time_machine.travel(NOON, tick=False) as clock:
        yield clock


@pytest.fixture
def small_disk():
    """Limit files of this process to 4 kB, so that writes fail midway as on a full disk."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
