"""`manage.py upgrade` and `version`: which database, what happens to it, and one at a time."""

import json
import tomllib
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from django.apps import apps
from django.core.checks import Warning as Caution
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from newsroom.management.commands import upgrade
from newsroom.management.commands.migrate import place_of
from newsroom.upgrading import alone_with, waiting_migrations
from newsroom.version import release
from tests.clock import NOON
from tests.commands import run_command
from tests.newsroom.factories import make_user
from tests.pages import shown
from tests.processes import ROOT, run_manage
from tests.waiting import CEILING
from tests.wires.factories import make_post
from wires import search

# Migrations of ours that cannot be undone, and what is to be done instead.
WITHOUT_WAY_BACK: dict[tuple[str, str], str] = {}


@pytest.fixture
def runtime(settings, tmp_path):
    settings.RUNTIME_DIR = tmp_path
    settings.STATIC_ROOT = tmp_path / "static"
    return tmp_path


def test_each_migration_can_be_undone_or_says_what_to_do_instead():
    ours = {config.label for config in apps.get_app_configs() if (ROOT / config.label).is_dir()}
    found = MigrationLoader(None, ignore_no_migrations=True).disk_migrations

    lost = {
        key
        for key, migration in found.items()
        if key[0] in ours and not all(operation.reversible for operation in migration.operations)
    }

    assert len([key for key in found if key[0] in ours]) > 30
    assert lost == WITHOUT_WAY_BACK.keys()
    assert all(WITHOUT_WAY_BACK.values())


def test_the_release_is_that_of_the_project():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]

    assert release() == project["version"]


@pytest.mark.django_db
def test_an_upgrade_says_which_database_and_asks_before_it_does_anything(runtime):
    MigrationRecorder.Migration.objects.filter(app="mail").delete()

    with pytest.raises(CommandError, match="Nobody is there to say yes, so nothing was done"):
        run_command("upgrade")

    assert "mail.0001_initial" in waiting_migrations(DEFAULT_DB_ALIAS)
    assert not (runtime / "static").exists()


@pytest.mark.django_db(transaction=True)
def test_an_upgrade_is_done_and_can_be_repeated(runtime):
    for _ in range(2):
        ran = run_command("upgrade", "--yes")

        assert ran.status == 0
        assert f"Database: {place_of(DEFAULT_DB_ALIAS)}\n0 migrations to apply." in ran.out
        assert f"Upgraded to {release()}." in ran.out
    assert (runtime / "static" / "css" / "tokens.css").is_file()


@pytest.mark.django_db(transaction=True)
def test_an_upgrade_indexes_posts_and_names_pages_that_nobody_can_open(runtime, monkeypatch):
    # What it names: tests/newsroom/test_page_checks.py.
    found = [Caution("Readers cannot open /search/.", hint="Write it again.")]
    monkeypatch.setattr(upgrade, "site_pages_are_reachable", lambda apps, databases: found)
    post = make_post(text="The harbour is closed.")
    search.POSTS.remove([search.key_of(post.pk, post.wire_at)])
    query = search.SearchQuery.read("harbour", at=NOON)
    before = search.find_keys(query, most=5, is_public=False)

    ran = run_command("upgrade", "--yes")

    assert "Readers cannot open /search/. Write it again." in ran.err
    found = search.find_keys(query, most=5, is_public=False)
    assert (before, search.posts_of(found)) == ([], [post.pk])


@pytest.mark.django_db
def test_a_database_of_a_newer_release_is_not_upgraded(runtime):
    MigrationRecorder(connection).record_applied("wires", "9999_comments")

    with pytest.raises(
        CommandError, match=r"of a newer release: its migration wires.9999_comments"
    ):
        run_command("upgrade", "--yes")


@pytest.mark.django_db(transaction=True)
def test_a_second_upgrade_of_a_database_is_refused_while_one_runs(runtime):
    held, over = Event(), Event()

    def hold():
        # A thread has a connection of its own, as another process has.
        try:
            with alone_with(DEFAULT_DB_ALIAS):
                held.set()
                over.wait(CEILING)
        finally:
            connection.close()

    with ThreadPoolExecutor(max_workers=1) as threads:
        another = threads.submit(hold)
        assert held.wait(CEILING)
        with pytest.raises(CommandError, match="Another upgrade of this database is running"):
            run_command("upgrade", "--yes")
        over.set()
        another.result()

    with alone_with(DEFAULT_DB_ALIAS):
        assert not (runtime / "static").exists()


@pytest.mark.django_db
def test_the_command_names_the_release_the_database_and_what_waits():
    MigrationRecorder.Migration.objects.filter(app="mail").delete()

    said = run_command("release").out
    found = json.loads(run_command("release", "--json").out)

    assert said.startswith(f"Release {release()}\nDatabase: {place_of(DEFAULT_DB_ALIAS)}\n")
    assert found["release"] == release()
    assert found["database"] == place_of(DEFAULT_DB_ALIAS)
    assert "mail.0001_initial" in found["migrations_waiting"]


@pytest.mark.parametrize("name", ["version", "--version"])
def test_manage_py_names_our_release_and_not_djangos(tmp_path, name):
    done = run_manage(name, RUNTIME_DIR=str(tmp_path))

    assert done.stdout.startswith(f"Release {release()}\n"), done


@pytest.mark.django_db
def test_the_desk_names_the_release_to_who_is_logged_in(client):
    assert f"Release {release()}" not in shown(client, "/desk/login/")

    client.force_login(make_user(group="Publisher"))

    assert f"Release {release()}" in shown(client, "/desk/")
