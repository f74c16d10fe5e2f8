import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import ProtectedError

from articles.models import Act, Article, ArticleVersion, Correction, VersionSource, WireSource
from articles.publishing import withdraw
from tests.articles.factories import make_article, make_live_article, make_source
from tests.clock import NOON, later
from wires.models import Channel, Post

pytestmark = pytest.mark.django_db


def refused(by):
    """Expect the named constraint, or trigger, to refuse: another might, and hide that it is gone."""
    return pytest.raises(IntegrityError, match=by)


def test_an_article_cannot_be_live_without_a_version():
    draft = make_article()

    with refused("article_is_live_with_a_version"), transaction.atomic():
        Article.objects.filter(pk=draft.pk).update(
            status="live",
            live_slug="a-slug",
            live_section=draft.section,
            first_published_at=NOON,
        )


def test_a_live_article_cannot_lose_its_live_version():
    live = make_live_article()

    with refused("article_is_live_with_a_version"), transaction.atomic():
        Article.objects.filter(pk=live.pk).update(live_version=None)


def test_a_published_version_cannot_be_rewritten():
    version = make_live_article().live_version

    for change in ({"headline": "Other"}, {"body": ""}, {"n": 9}, {"at": later(days=1)}):
        with refused("append-only"), transaction.atomic():
            ArticleVersion.objects.filter(pk=version.pk).update(**change)


def test_a_citation_cannot_be_moved_to_another_post_version():
    source = make_live_article().live_version.sources.get()

    with refused("append-only"), transaction.atomic():
        VersionSource.objects.filter(pk=source.pk).update(post_version=source.post_version_id + 1)
    with refused("append-only"), transaction.atomic():
        VersionSource.objects.filter(pk=source.pk).update(number=9)


def test_a_correction_is_neither_changed_nor_deleted():
    live = make_live_article()
    withdraw(live, by=None, at=NOON, note="The notice was forged.")
    correction = Correction.objects.get()

    with refused("append-only"), transaction.atomic():
        Correction.objects.update(note="Nothing happened.")
    with pytest.raises(ProtectedError):
        correction.delete()
    with refused("articles_act"), transaction.atomic():
        Correction.objects.filter(pk=correction.pk)._raw_delete("default")
        connection.check_constraints()

    assert Act.objects.filter(correction=correction).exists()


def test_an_article_that_was_ever_public_cannot_be_deleted_but_a_draft_can():
    live, draft = make_live_article(), make_article()

    with pytest.raises(ProtectedError):
        live.delete()
    draft.delete()

    assert list(Article.objects.all()) == [live]


def test_a_source_key_is_unique_in_its_article():
    article = make_article()

    with (
        refused("wire_source_key_is_unique_in_its_article|article_id, .*key"),
        transaction.atomic(),
    ):
        make_source(article, key="r1")
    for key in ("", "a b", "-r1", "é1", "k" * 33):
        with pytest.raises((IntegrityError, DataError)), transaction.atomic():
            make_source(article, key=key)

    assert WireSource.objects.count() == 1


def test_two_public_articles_cannot_share_a_slug():
    one, other = make_live_article(), make_live_article()

    with refused("live_slug"), transaction.atomic():
        Article.objects.filter(pk=other.pk).update(live_slug=one.live_slug)


def test_a_channel_code_is_capitals_digits_and_hyphens():
    channel = make_article().wire_sources.get().post.channel

    for code in ("A", "reuters", "A B", "A" * 17):
        with pytest.raises((IntegrityError, DataError)), transaction.atomic():
            Channel.objects.filter(pk=channel.pk).update(code=code)


def test_a_post_is_hidden_only_with_a_reason():
    post = make_article().wire_sources.get().post

    with refused("post_is_hidden_for_a_reason"), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(hidden_at=NOON)
