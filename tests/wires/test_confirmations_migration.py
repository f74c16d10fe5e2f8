"""The migration that confirms what was published, and takes other words by hand off the wire."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from tests.articles.factories import cite
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_channel, make_post
from wires.models import Channel, Confirmation, Post, PostVersion

pytestmark = pytest.mark.django_db

migration = import_module("wires.migrations.0011_confirmations")


def migrate():
    migration.confirm_what_was_published(apps, SimpleNamespace(connection=connection))


def make_old(post):
    """Let a post be as it was stored before words had to be confirmed."""
    Confirmation.objects.all().delete()
    Post.objects.filter(pk=post.pk).update(
        latest_version=post.versions.latest("n"), unconfirmed_version=None
    )


def test_words_that_a_published_article_cites_count_as_confirmed_and_the_page_claims_no_more(
    client,
):
    ada = make_user()
    post = make_post()
    add_version(post, text="Pasted words.", captured_by=ada, confirmed_by=make_user())
    article = cite(post)
    make_old(post)

    migrate()

    confirmation = Confirmation.objects.get()
    pages = [client.get(page.get_absolute_url()).content.decode() for page in (article, post)]
    assert (confirmation.how, confirmation.by, confirmation.entered_by) == ("published", None, ada)
    assert Post.objects.get().unconfirmed_version is None
    assert all("Copied by the desk, not fetched." in page for page in pages)
    assert not any("confirmed" in page for page in pages)


def test_words_that_nothing_cites_go_back_to_the_desk(client):
    channel = make_channel(origin=Channel.Origin.BY_HAND, last_post_at="2026-06-25T12:00Z")
    post = make_post(channel=channel, captured_by=make_user())
    make_old(post)

    migrate()

    post = Post.objects.get()
    assert (post.latest_version, post.unconfirmed_version) == (None, PostVersion.objects.get())
    assert Channel.objects.get().last_post_at is None
    assert client.get(post.get_absolute_url()).status_code == 404


def test_a_post_keeps_the_words_that_were_fetched_before_others_were_entered(client):
    post = make_post(text="Fetched words.")
    add_version(post, text="Pasted words.", captured_by=make_user())
    make_old(post)
    Post.objects.update(state="edited")

    migrate()

    post = Post.objects.get()
    assert (post.latest_version.n, post.unconfirmed_version.n, post.state) == (1, 2, "live")
    assert "Fetched words." in client.get(post.get_absolute_url()).content.decode()
