"""Articles that cite words entered by hand: they may as drafts, and are held until these are confirmed."""

import pytest
from django.urls import reverse

from articles import archive, publishing
from articles.models import Fault, WireSource
from tests.articles.factories import cite, make_article, make_source
from tests.articles.form_fields import fields_of
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_post
from wires.ingest import confirm
from wires.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor():
    return make_user(group="Editor", name="ines")


def make_waiting():
    """Make a post whose words somebody entered by hand and nobody confirmed."""
    post = make_post(text="The harbour is closed.", captured_by=make_user(name="ada"))
    assert post.latest_version is None
    return post


def make_draft(post):
    article = make_article(sources=False)
    make_source(article, post=post, archived=False)
    WireSource.objects.update(version=post.newest_version)
    return article


def holds(article):
    return {each.code for each in publishing.vet(article, at=NOON) if each.level.name == "HOLD"}


def test_an_article_over_unconfirmed_words_is_held(editor):
    article = make_draft(make_waiting())

    with pytest.raises(publishing.HeldByChecks) as refused:
        publishing.publish(article, by=editor, at=NOON)

    assert [each.code for each in refused.value.findings] == ["source-unconfirmed"]


def test_an_article_over_confirmed_words_is_published_and_says_how_they_came(client, editor):
    post = make_waiting()
    article = make_draft(post)

    confirm(post.newest_version, by=editor, at=NOON)
    publishing.publish(article, by=editor, at=NOON)

    article.refresh_from_db()
    pages = [client.get(page).content.decode() for page in (article.get_absolute_url(), "/feed/")]
    assert "Copied by the desk, not fetched; confirmed by a second person." in pages[0]
    assert "copied by the desk, not fetched" in pages[1]


def test_nobody_overrides_the_hold_on_unconfirmed_words(editor):
    article = make_draft(make_waiting())
    [finding] = [f for f in publishing.vet(article, at=NOON) if f.code == "source-unconfirmed"]

    with pytest.raises(publishing.NeverOverridden):
        publishing.override(
            article,
            fingerprint=finding.fingerprint,
            reason="It is true.",
            by=make_user(group="Publisher"),
            at=NOON,
        )


def test_words_that_were_replaced_before_anybody_confirmed_them_stay_held():
    post = make_waiting()
    article = make_draft(post)
    add_version(post, text="The harbour is closed.", at=later(hours=1))

    assert "source-unconfirmed" in holds(article)


def test_an_update_over_words_whose_confirmation_was_taken_back_is_held(editor):
    live = cite(make_post(text="It stands."))
    make_source(live, key="r2", post=make_waiting(), archived=False)
    WireSource.objects.filter(key="r2").update(version=Post.objects.latest("pk").newest_version)

    with pytest.raises(publishing.HeldByChecks):
        publishing.update(live, by=editor, at=NOON, note="One more source.")


def test_a_published_article_has_no_new_fault_by_its_confirmed_words(editor):
    post = make_waiting()
    confirm(post.newest_version, by=editor, at=NOON)
    cite(Post.objects.get(pk=post.pk), body="The harbour is closed [@r1].")

    [vetted] = archive.vet(archive.live_articles(), at=later(days=1))

    assert (vetted.holds, Fault.objects.count()) == (0, 0)


def test_a_draft_pins_the_newest_words_and_the_form_says_that_they_wait(client):
    post = make_waiting()
    client.force_login(make_user(group="Writer"))
    form = f"{reverse('admin:articles_article_add')}?post={post.pk}"

    page = client.get(form).content.decode()
    article = make_article(sources=False)
    fields = fields_of(article, sources=[{"post": post.pk, "key": "r1", "role": "basis"}])
    client.post(reverse("admin:articles_article_change", args=[article.pk]), fields)
    saved = client.get(reverse("admin:articles_article_change", args=[article.pk])).content.decode()

    confirming = reverse("admin:wires_post_confirm", args=[post.pk, 1])
    assert "The harbour is closed." in page
    assert WireSource.objects.get().version == post.newest_version
    for each in (page, saved):
        assert "Copied by the desk, not fetched, not confirmed." in each
        assert confirming in each
    # The findings panel names the source with how it came.
    assert "copied by the desk, not fetched, not confirmed" in saved
    assert "source-unconfirmed" in saved
