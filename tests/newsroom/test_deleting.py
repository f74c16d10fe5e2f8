"""What the desk deletes: it works, or says in our words what holds a row and what to do instead."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import CASCADE, PROTECT, RESTRICT
from django.test import RequestFactory

from articles import publishing
from articles.models import Article, Image, Redirect
from tests.articles.factories import (
    make_article,
    make_live_article,
    make_section,
    make_site_page,
    make_topic,
)
from tests.articles.test_counterparts import translate
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.pages import words
from tests.wires.factories import make_channel, make_outlet, make_post
from wires import generations

# What is said of these without a holder: of a picture by what shows it, of an article by its state.
OTHERWISE = {
    Image: {("Article", "image"), ("ArticleVersion", "image")},
    Article: {("ArticleVersion", "article"), ("Correction", "article")},
}


def protecting(model, seen=()):
    """Yield each column that protects a row of a model, or what is deleted with it."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and not relation.concrete and relation.one_to_many):
            continue
        if relation.on_delete in (PROTECT, RESTRICT):
            yield relation.related_model.__name__, relation.field.name
        elif relation.on_delete is CASCADE and relation.related_model not in seen:
            yield from protecting(relation.related_model, (*seen, relation.related_model))


def by_anybody():
    request = RequestFactory().get("/desk/")
    request.user = User(pk=1, is_staff=True, is_superuser=True)
    return request


def test_each_row_that_keeps_another_is_told_where_the_desk_deletes(db):
    deletable = {
        model: site_admin
        for model, site_admin in admin.site._registry.items()
        if site_admin.has_delete_permission(by_anybody())
    }
    told = {
        model.__name__: {(holder.model.__name__, holder.field) for holder in site_admin.holders}
        | OTHERWISE.get(model, set())
        for model, site_admin in deletable.items()
    }

    assert {"Section", "Outlet", "Channel", "Article", "Image", "SitePage"} <= told.keys()
    assert told == {model.__name__: set(protecting(model)) for model in deletable}


def test_nothing_is_deleted_in_bulk():
    lists = [*admin.site._registry.values()]

    assert len(lists) > 15
    assert [each for each in lists if "delete_selected" in each.get_actions(by_anybody())] == []


def section_of_a_draft():
    return make_article(headline="Fog in Kent", section=make_section("Ports")).section


def section_of_a_version():
    article = make_live_article(headline="Fog in Kent", section=make_section("Ports"))
    section = article.section
    article.section = make_section("Trade")
    article.save()
    publishing.update(article, by=None, at=later(hours=1), note="Moved.")
    return section


def outlet():
    return make_channel(code="ORA", outlet=make_outlet("Ora")).outlet


def channel():
    return make_post().channel


def page():
    return make_site_page("About")


def original():
    article = make_article(headline="Never public")
    translate(article, "de")
    return article


def former_original():
    article = make_article(headline="Never public")
    german = translate(article, "de")
    german.original = None
    german.save()
    publishing.update(german, by=None, at=later(hours=1), note="On its own.")
    return article


def imported():
    article = make_article(headline="From another program")
    Redirect.objects.create(path="/2019/fog/", article=article, created_at=NOON)
    return article


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("make", "said"),
    [
        (section_of_a_draft, "This section cannot be deleted: “Fog in Kent” is in it. Move that article to another section"),
        (section_of_a_version, "This section cannot be deleted: Fog in Kent (version 1) was published in it, which stays on record. Rename"),
        (outlet, "This outlet cannot be deleted: ORA is a channel of it. Delete its channels first"),
        (channel, "This channel cannot be deleted: it has posts. Pause it instead."),
        (page, "cannot be deleted: it was public, and its versions are the record of it. Take it down instead."),
        (original, "This article cannot be deleted: “Calvera weist Schiffe ab” is published as a translation of it. Publish this"),
        (former_original, "This article cannot be deleted: Calvera weist Schiffe ab (version 1) was published as a translation"),
        (imported, "it came from another program, and by its address there (/2019/fog/) another import"),
    ],
)  # fmt: skip
def test_a_row_that_something_holds_says_what_and_what_to_do(client, make, said):
    row = make()
    form = f"/desk/{row._meta.app_label}/{row._meta.model_name}/{row.pk}"
    client.force_login(make_user(is_superuser=True))

    shown = client.get(f"{form}/change/").content.decode()
    answer = client.post(f"{form}/delete/", {"post": "yes"}, follow=True)

    assert f"{row.pk}/delete/" not in shown
    assert said in words(answer.content.decode())
    assert answer.redirect_chain == [(f"{form}/change/", 302)]
    assert type(row)._default_manager.filter(pk=row.pk).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "make", [lambda: make_section("Empty"), lambda: make_outlet("Ora"), make_channel, make_topic]
)
def test_a_row_that_nothing_holds_is_deleted_and_pages_learn_of_it(
    client, make, django_capture_on_commit_callbacks
):
    row = make()
    form = f"/desk/{row._meta.app_label}/{row._meta.model_name}/{row.pk}"
    client.force_login(make_user(is_superuser=True))
    pages = generations.reader("pages")
    before = pages()

    shown = client.get(f"{form}/change/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{form}/delete/", {"post": "yes"})

    assert f"{row.pk}/delete/" in shown
    assert not type(row)._default_manager.filter(pk=row.pk).exists()
    assert pages() != before
