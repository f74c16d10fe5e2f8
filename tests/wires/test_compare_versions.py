"""The migration that compares versions stored before comparisons were."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from tests.clock import NOON, later
from tests.wires.factories import add_version, make_post
from wires.models import PostVersion
from wires.retention import erase

pytestmark = pytest.mark.django_db(transaction=True)

migration = import_module("wires.migrations.0005_compare_versions")


def compare_versions():
    migration.compare_versions(apps, SimpleNamespace(connection=connection))


def test_the_migration_compares_versions_stored_before_it(monkeypatch):
    # Small enough to need several transactions.
    monkeypatch.setattr(migration, "ROWS", 2)
    post = make_post(text="Ship 0 waits.")
    for n in range(1, 6):
        add_version(post, text=f"Ship {n} waits.", at=later(hours=n), changes=None)

    compare_versions()

    stored = list(post.versions.order_by("n").values_list("changes", flat=True))
    assert stored[0] is None
    assert [changes[1:3] for changes in stored[1:]] == [
        [["gone", str(n - 1)], ["new", str(n)]] for n in range(1, 6)
    ]


def test_the_migration_skips_compared_and_erased_versions():
    post, erased = make_post(text="Nine ships."), make_post(text="Nine ships.")
    add_version(post, text="Ten ships.", at=later(hours=1), changes=[["new", "As stored."]])
    add_version(erased, text="Ten ships.", at=later(hours=1), changes=None)
    erase(erased, reason="Court order", by=None, at=NOON)

    compare_versions()

    assert post.versions.get(n=2).changes == [["new", "As stored."]]
    assert erased.versions.get(n=2).changes is None


def test_the_triggers_guard_versions_again_after_the_migration():
    post = make_post(text="Nine ships.")
    add_version(post, text="Ten ships.", at=later(hours=1), changes=None)

    compare_versions()

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        PostVersion.objects.filter(post=post).update(text="Rewritten.")
