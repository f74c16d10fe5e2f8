"""A prepared query finds what its queryset would, and its SQL is written once."""

import pytest
from django.db import router
from django.db.models import BigIntegerField, CharField, DateTimeField, F
from django.db.models.lookups import In
from django.db.models.sql.compiler import SQLCompiler
from django.utils.connection import ConnectionDoesNotExist

from articles.models import Article, Section
from tests.articles.factories import make_live_article, make_section
from tests.clock import NOON, later
from web.prepared import Given, Prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def by_name():
    return Prepared(lambda: Section.objects.filter(name=Given("name", CharField())).order_by("pk"))


@pytest.fixture
def written(monkeypatch):
    """Return the queries whose SQL was written meanwhile."""
    seen, write = [], SQLCompiler.pre_sql_setup

    def note(compiler, *arguments, **named):
        seen.append(compiler.query.model.__name__)
        return write(compiler, *arguments, **named)

    monkeypatch.setattr(SQLCompiler, "pre_sql_setup", note)
    return seen


def test_each_time_it_finds_the_rows_for_the_values_of_that_time(by_name):
    world, europe = make_section("World"), make_section("Europe")

    found = [by_name.rows(name=name) for name in ("World", "Europe", "Asia")]

    assert found == [[world], [europe], []]
    assert [by_name.first(name="World"), by_name.first(name="Asia")] == [world, None]


def test_its_sql_is_written_once(by_name, written, django_assert_num_queries):
    make_section("World")
    written.clear()

    with django_assert_num_queries(2):
        by_name.rows(name="World")
        by_name.rows(name="Europe")

    assert written == ["Section"]


def test_what_converts_columns_is_asked_once_for_a_connection(monkeypatch):
    article = make_live_article(at=NOON)
    prepared = Prepared(
        lambda: Article.objects.filter(pk=Given("pk", BigIntegerField())).only("first_published_at")
    )
    first = prepared.first(pk=article.pk)
    asked, get = [], SQLCompiler.get_converters
    monkeypatch.setattr(
        SQLCompiler, "get_converters", lambda *given: asked.append(given) or get(*given)
    )

    second = prepared.first(pk=article.pk)

    assert first.first_published_at == second.first_published_at == NOON
    assert asked == []


def test_rows_are_the_same_objects_with_the_same_values_as_of_the_queryset():
    make_live_article(at=NOON)
    moments = (Given("begins", DateTimeField()), Given("ends", DateTimeField()))
    articles = Article.objects.select_related("live_version__section", "live_version__image")
    articles = articles.defer("body", "live_version__html").annotate(called=F("headline"))
    prepared = Prepared(lambda: articles.filter(first_published_at__range=moments))

    found = prepared.first(begins=NOON, ends=later(seconds=1))

    expected = articles.get()
    assert vars_of(found) == vars_of(expected)
    assert vars_of(found.live_version) == vars_of(expected.live_version)
    assert found.live_version.section == expected.live_version.section
    assert prepared.first(begins=later(seconds=1), ends=later(seconds=2)) is None


def vars_of(row):
    return {name: value for name, value in vars(row).items() if name != "_state"}


def test_columns_alone_are_found_for_a_list_of_keys():
    keys = [make_section(name).pk for name in ("World", "Europe", "Asia")]
    wanted = [Given(f"key_{n}", BigIntegerField()) for n in range(2)]
    prepared = Prepared(
        lambda: Section.objects.filter(In(F("pk"), wanted)).order_by("name").values_list("name")
    )

    assert prepared.plain_rows(key_0=keys[0], key_1=keys[2]) == [("Asia",), ("World",)]


def test_the_router_names_the_database_each_time(by_name, monkeypatch):
    by_name.rows(name="World")
    monkeypatch.setattr(router, "db_for_read", lambda model, **hints: "elsewhere")

    with pytest.raises(ConnectionDoesNotExist, match="elsewhere"):
        by_name.rows(name="World")


def test_a_value_that_was_not_told_is_an_error(by_name):
    with pytest.raises(KeyError, match="name"):
        by_name.rows(title="World")
