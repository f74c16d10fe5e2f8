"""The list of places names every column that can hold words, and the erasures keep to it."""

import pytest
from django.apps import apps
from django.db import connection

from articles.erasure.places import EMPTIED, NO_WORDS, PLACES, PLACES_WITHOUT_MODEL, Place
from articles.models.frozen import FROZEN_OF_ARTICLE, FROZEN_OF_SOURCE, erasable, redactable
from wires.retention import ERASED_POST_VERSION

APPS = ("articles", "wires", "admin", "sessions", "axes")
MODEL_TABLES = {model._meta.db_table for model in apps.get_models(include_auto_created=True)}
HOLDS_WORDS = {
    "BinaryField", "CharField", "EmailField", "FileField", "FilePathField", "GenericIPAddressField",
    "ImageField", "JSONField", "SlugField", "TextField", "URLField", "UUIDField",
}  # fmt: skip


def columns_of(models):
    """Return every column of these models that can hold text or bytes, as app.Model.column."""
    return {
        f"{model._meta.label}.{field.name}"
        for model in models
        for field in model._meta.local_concrete_fields
        if field.get_internal_type() in HOLDS_WORDS or field.get_internal_type() not in KNOWN
    }


KNOWN = HOLDS_WORDS | {
    "AutoField", "BigAutoField", "BigIntegerField", "BooleanField", "DateField", "DateTimeField",
    "ForeignKey", "IntegerField", "OneToOneField", "PositiveIntegerField",
    "PositiveSmallIntegerField", "SmallIntegerField",
}  # fmt: skip


def listed():
    return [f"{place.table}.{name}" for place in PLACES for name in place.names]


def test_every_column_that_can_hold_words_says_what_an_erasure_does_to_it():
    models = [
        model
        for app in APPS
        for model in apps.get_app_config(app).get_models(include_auto_created=True)
    ]

    there = columns_of(models)

    # A new column gets a line in articles/erasure/places.py, and what the line says is done.
    assert (sorted(there - {*listed()}), sorted({*listed()} - there)) == ([], [])
    assert len(there) > 100


@pytest.mark.django_db
def test_every_table_that_no_model_describes_is_listed_too():
    tables = {name for name in connection.introspection.table_names() if name not in MODEL_TABLES}

    # FTS5 keeps a table of its own in several others that are named after it.
    left = {
        name
        for name in tables - {"django_migrations"}
        if not any(
            name == place.table or name.startswith(f"{place.table}_")
            for place in PLACES_WITHOUT_MODEL
        )
    }

    assert left == set()


def test_no_column_is_listed_twice():
    assert len(listed()) == len(set(listed()))


def columns_that_are(said, table, *, by):
    return {
        name
        for place in PLACES
        if place.table == table and getattr(place, by) == said
        for name in place.names
    }


def test_what_is_said_to_be_emptied_is_what_the_triggers_let_be_emptied():
    post_version = columns_that_are(EMPTIED, "wires.PostVersion", by="post")
    source = columns_that_are(EMPTIED, "articles.VersionSource", by="post")
    version = {
        name
        for place in PLACES
        if place.table == "articles.ArticleVersion" and place.version not in {NO_WORDS}
        for name in place.names
    }

    assert post_version == {*ERASED_POST_VERSION} - {"capture_id"}
    assert source == {*erasable(FROZEN_OF_SOURCE)}
    assert version - {"bylines", "topics", "reason"} == {*erasable(FROZEN_OF_ARTICLE)}
    assert {*redactable(FROZEN_OF_ARTICLE)} <= version


@pytest.mark.parametrize("missing", ["wires.Post hidden_reason", "articles.Act headline detail"])
def test_a_column_that_is_not_listed_is_found(missing):
    table, *columns = missing.split()
    there = columns_of([apps.get_model(table)])

    left = there - {
        f"{place.table}.{name}"
        for place in PLACES
        for name in place.names
        if not {*place.names} & {*columns}
    }

    assert {f"{table}.{column}" for column in columns} <= left


def test_a_place_reads_its_columns_from_one_line():
    assert Place("app.Model", "one two", EMPTIED).names == ("one", "two")
