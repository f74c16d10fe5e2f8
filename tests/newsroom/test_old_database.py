"""A database filled under the original names of models and fields migrates without loss.

tests/data/first_names.jsonl.gz has one object per line, {"model", "rows"}: the demo edition as the
project stored it before anything was renamed, and at least one row in every other table.
"""

import base64
import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.apps import apps as present_apps
from django.contrib.auth.models import Group, Permission
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import IntegrityError, connections, transaction
from django.db.migrations.executor import MigrationExecutor

ROWS = Path(__file__).parents[1] / "data" / "first_names.jsonl.gz"
FIRST_NAMES = [
    ("articles", "0005_second_person"),
    ("markets", "0001_initial"),
    ("wires", "0003_withdrawals"),
]
MODELS_RENAMED = {
    "articles.stretch": "articles.archivebatch",
    "articles.referral": "articles.overriderequest",
}
FIELDS_RENAMED = {("markets.quote", "stands_until"): "current_until"}


def rows_stored():
    """Return the rows by model label, in their JSON form."""
    lines = gzip.decompress(ROWS.read_bytes()).decode().splitlines()
    return {line["model"]: line["rows"] for line in map(json.loads, lines)}


def as_stored(field, value):
    return base64.b64decode(value["base64"]) if is_bytes(value) else field.to_python(value)


def is_bytes(value):
    return isinstance(value, dict) and set(value) == {"base64"}


def field_of(model, attname):
    return next(field for field in model._meta.concrete_fields if field.attname == attname)


def plain(value):
    return bytes(value) if isinstance(value, memoryview) else value


@pytest.fixture
def old(django_db_blocker, tmp_path):
    """Return the alias of a separate empty database, on the same kind of server as the tests'."""
    with django_db_blocker.unblock():
        own = dict(connections.settings["default"])
        if own["ENGINE"].endswith("sqlite3"):
            own["NAME"] = tmp_path / "old.sqlite3"
        else:
            own["NAME"] = f"old_{tmp_path.name}_{tmp_path.parent.name}".replace("-", "_").lower()
            on_server(f'CREATE DATABASE "{own["NAME"]}"')
        connections.settings["old"] = own
        yield "old"
        connections["old"].close()
        del connections["old"], connections.settings["old"]
        if not own["ENGINE"].endswith("sqlite3"):
            on_server(f'DROP DATABASE "{own["NAME"]}" WITH (FORCE)')


def on_server(statement):
    with connections["default"]._nodb_cursor() as cursor:
        cursor.execute(statement)


def fill(alias):
    """Migrate an empty database to the original names, insert the rows and return them."""
    executor = MigrationExecutor(connections[alias])
    others = [
        key for key in executor.loader.graph.leaf_nodes()
        if key[0] not in {app for app, _ in FIRST_NAMES}
    ]  # fmt: skip
    state = executor.migrate([*others, *FIRST_NAMES])
    stored = rows_stored()
    with transaction.atomic(using=alias):
        for label, rows in stored.items():
            model = state.apps.get_model(label)
            for field in model._meta.concrete_fields:
                # Otherwise auto_now would store the time of this test instead.
                field.auto_now = field.auto_now_add = False
            model._base_manager.using(alias).bulk_create(
                model(**{name: as_stored(field_of(model, name), row[name]) for name in row})
                for row in rows
            )
    models = [state.apps.get_model(label) for label in stored]
    with connections[alias].cursor() as cursor:
        for statement in connections[alias].ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    return stored


def differences(alias, stored):
    """Yield every value that differs from the stored one, under the present names."""
    for label, rows in stored.items():
        model = present_apps.get_model(MODELS_RENAMED.get(label, label))
        present = model._base_manager.using(alias).in_bulk()
        if len(present) != len(rows):
            yield f"{label}: {len(rows)} rows were written and {len(present)} are there"
        for row in rows:
            for name, value in row.items():
                now = FIELDS_RENAMED.get((label, name), name)
                wanted = as_stored(field_of(model, now), value)
                if plain(getattr(present[row["id"]], now)) != wanted:
                    yield f"{label} {row['id']}: {now} differs"


def test_rows_of_every_table_were_stored():
    tables = {label for label, rows in rows_stored().items() if rows}

    assert len(tables) == 33
    assert set(MODELS_RENAMED) <= tables


@pytest.mark.django_db
@pytest.mark.parametrize(
    "half_way",
    [
        pytest.param([], id="whole"),
        pytest.param([("wires", None)], id="wires first", marks=pytest.mark.long),
        pytest.param([("articles", "0006_archive_batch")], id="half-way", marks=pytest.mark.long),
    ],
)
def test_a_database_of_the_first_names_migrates_with_nothing_lost(old, half_way):
    stored = fill(old)
    for app, migration in half_way:
        call_command("migrate", app, *filter(None, [migration]), database=old, verbosity=0)

    call_command("migrate", database=old, verbosity=0)

    assert list(differences(old, stored)) == []
    permissions = Group.objects.using(old).get(name="Publisher").permissions
    assert permissions.filter(codename="override_hold").exists()
    stale = {"referral", "stretch"}
    named = Permission.objects.using(old).values_list("codename", flat=True)
    assert not {name for name in named if name.rpartition("_")[2] in stale}
    versions = present_apps.get_model("articles.articleversion")._base_manager.using(old)
    with transaction.atomic(using=old), pytest.raises(IntegrityError):
        versions.update(headline="Written over")


# Accounts


@pytest.mark.django_db
def test_accounts_from_before_the_record_count_as_confirmed(old):
    apps = migrate_to(old, ("auth", "0012_alter_user_first_name_max_length"))
    joined = datetime(2026, 6, 25, tzinfo=UTC)
    apps.get_model("auth.User").objects.using(old).create(username="ada", date_joined=joined)

    call_command("migrate", "accounts", database=old, verbosity=0)

    account = present_apps.get_model("accounts.Account").objects.using(old).get()
    assert (account.made_by, account.made_at) == (None, joined)
    assert (account.confirmed_by, account.confirmed_at) == (None, joined)


# Clearances by sentence


BEFORE_SENTENCES = ("articles", "0008_plain_words")
MARK, OTHER, UNTIED = ("d" * 64, "e" * 64, "f" * 64)


def migrate_to(alias, target):
    """Migrate, and return the models as they are then."""
    executor = MigrationExecutor(connections[alias])
    return executor.migrate([target]).apps


def store_override(apps, alias, **fields):
    """Store an override of any article by any person."""
    articles, users = apps.get_model("articles.Article"), apps.get_model("auth.User")
    return apps.get_model("articles.Override").objects.using(alias).create(
        article=articles.objects.using(alias).first(),
        by=users.objects.using(alias).first(),
        **{"code": "figure-not-found", "reason": "By hand.", "at": datetime(2026, 6, 25, tzinfo=UTC)}
        | fields,
    )  # fmt: skip


def fingerprints(apps, alias):
    overrides = apps.get_model("articles.Override").objects.using(alias)
    return sorted(overrides.filter(reason="By hand.").values_list("fingerprint", flat=True))


@pytest.mark.django_db
def test_overrides_of_text_that_is_too_large_are_dropped(old):
    fill(old)
    apps = migrate_to(old, BEFORE_SENTENCES)
    store_override(apps, old, fingerprint=MARK, code="too-large")
    store_override(apps, old, fingerprint=OTHER)

    call_command("migrate", database=old, verbosity=0)

    assert fingerprints(present_apps, old) == [OTHER]


@pytest.mark.django_db
def test_clearances_by_sentence_go_back_to_what_they_were(old):
    fill(old)
    call_command("migrate", database=old, verbosity=0)
    of_two_sentences = {"evidence_fingerprint": MARK}
    store_override(present_apps, old, fingerprint="1" * 64, **of_two_sentences)
    store_override(present_apps, old, fingerprint="2" * 64, **of_two_sentences)
    store_override(present_apps, old, fingerprint=OTHER, evidence_fingerprint=OTHER)
    store_override(present_apps, old, fingerprint=UNTIED)

    apps = migrate_to(old, BEFORE_SENTENCES)

    assert fingerprints(apps, old) == [MARK, OTHER, UNTIED]
