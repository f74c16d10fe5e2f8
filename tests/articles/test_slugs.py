"""Slugs of articles: letters of other alphabets, and live slugs that differ by more than case."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from articles.models import Article, Redirect
from tests.articles.factories import make_article, make_live_article
from tests.articles.form_fields import saved_form
from tests.clock import NOON
from web.slugs import make_slug


@pytest.mark.parametrize(
    ("headline", "slug"),
    [
        ("Straße in Łódź, Ærø and Đakovo", "strasse-in-lodz-aero-and-dakovo"),
        ("ISPARTA’da kıyı İzmir", "ispartada-kiyi-izmir"),
        ("Київ: щит і їжак", "kiyiv-shchit-i-yizhak"),
        ("Ёлки и Йод", "yolki-i-yod"),
        ("Ψωμί στην Αθήνα", "psomi-stin-athina"),
        ("2010–2020: US/EU don’t agree", "2010-2020-us-eu-dont-agree"),
        ("  --Ships__turn—back--  ", "ships-turn-back"),
        ("ﬁve ships at ½ speed", "five-ships-at-1-2-speed"),
        ("船が戻る", ""),
        ("", ""),
    ],
)
def test_letters_of_a_headline_become_a_slug(headline, slug):
    assert make_slug(headline, longest=100) == slug


def test_a_slug_is_cut_without_a_hyphen_at_its_end():
    assert make_slug("harbour ships", longest=8) == "harbour"


@pytest.mark.django_db
def test_a_slug_that_differs_from_a_live_one_by_case_alone_is_taken():
    make_live_article(slug="Ships-Turn-Back")
    article = make_article(slug="draft")

    form = saved_form(article, slug="ships-turn-back")

    assert not form.is_valid()
    assert list(form.errors) == ["slug"]


@pytest.mark.django_db
def test_the_database_refuses_live_slugs_that_differ_by_case_alone():
    make_live_article(slug="ships")
    other = make_live_article(slug="boats")

    with pytest.raises(IntegrityError, match="live_slug"), transaction.atomic():
        Article.objects.filter(pk=other.pk).update(live_slug="SHIPS")


@pytest.mark.django_db
def test_live_slugs_that_differ_by_case_alone_are_parted_and_the_old_address_leads_on(client):
    first = make_live_article(slug="ships")
    twin = make_live_article(slug="boats")
    third = make_live_article(slug="ships-2")
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX live_slug_is_unique_in_any_case")
    Article.objects.filter(pk=twin.pk).update(slug="Ships", live_slug="Ships")
    before = Article.objects.get(pk=twin.pk).get_absolute_url()
    migration = import_module("articles.migrations.0015_live_slugs_by_case")

    migration.part_twins(apps, SimpleNamespace(connection=connection))

    live = dict(Article.objects.values_list("pk", "live_slug"))
    assert live == {first.pk: "ships", twin.pk: "Ships-3", third.pk: "ships-2"}
    assert Article.objects.get(pk=twin.pk).slug == "Ships-3"
    assert Redirect.objects.get(path=before).article_id == twin.pk
    assert client.get(before).headers["Location"].endswith("/Ships-3/")


@pytest.mark.django_db
def test_a_parted_slug_is_never_the_former_one_of_another_article():
    first = make_live_article(slug="ships")
    twin = make_live_article(slug="boats")
    Redirect.objects.create(path="/2026/06/25/Ships-2/", article=first, created_at=NOON)
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX live_slug_is_unique_in_any_case")
    Article.objects.filter(pk=twin.pk).update(slug="Ships", live_slug="Ships")

    import_module("articles.migrations.0015_live_slugs_by_case").part_twins(
        apps, SimpleNamespace(connection=connection)
    )

    assert Article.objects.get(pk=twin.pk).live_slug == "Ships-3"
