"""Which versions print the words that are to be erased: in their text or in what stands beside it."""

import pytest

from articles import publishing
from articles.erasure.printed import find_printed, words_of_post
from articles.models import Article, Correction, WireSource
from tests.articles.factories import make_article, make_live_article, make_source, post_of
from tests.clock import NOON, later
from tests.wires.factories import make_post
from wires.shared_words import SharedWords

pytestmark = pytest.mark.django_db

WORDS = "Grimthorpe stole it, they say."


def publish_with(**beside):
    """Return an article of which only the live version has a source with this beside it."""
    article = make_article(headline="Tides", sources=False)
    make_source(article, **beside)
    publishing.publish(article, by=None, at=NOON)
    WireSource.objects.filter(article=article).update(note="", translation="")
    article.refresh_from_db()
    return article


def printed(*articles, **known):
    found = find_printed([each.pk for each in articles], SharedWords([WORDS]), **known)
    return [(one.article, one.version and one.version.n, one.is_live) for one in found]


@pytest.mark.parametrize("beside", ["note", "translation"])
def test_a_version_prints_what_its_sources_say_and_not_what_is_said_of_the_post_itself(beside):
    article = publish_with(**{beside: WORDS})

    assert printed(article) == [(article, 1, True)]
    assert printed(article, post=post_of(article)) == []


def test_the_words_of_a_post_are_its_own_and_those_of_its_translations_alone():
    post, other = make_post(text="Eels ran."), make_post(text="Tugs wait.")
    article = make_article(sources=False)
    make_source(article, post=post, translation="Gestohlen hat es Grimthorpe.")
    make_source(article, key="r2", post=other, translation="Der Schlepper Merle wartet.")

    words = words_of_post(post, list(post.versions.all()))

    assert words.printed_in("Es war Grimthorpe.")
    assert not words.printed_in("Es war Merle.")


def test_a_public_note_belongs_to_the_version_that_it_led_to():
    article = make_live_article(headline="Tides")
    Article.objects.filter(pk=article.pk).update(standfirst="Port news.")
    article.refresh_from_db()
    publishing.update(article, by=None, at=later(hours=1), note=WORDS)
    article.refresh_from_db()

    assert Correction.objects.get().note == WORDS
    assert printed(article) == [(article, 2, True)]
    assert printed(article, but=article.live_version) == []


def test_live_versions_come_first_and_then_of_each_article_its_copy_and_versions_newest_first():
    draft = make_article(framing_note=WORDS)
    article = make_live_article(framing_note=WORDS)
    for hours, standfirst in ((1, "Port news."), (2, "Harbour news.")):
        Article.objects.filter(pk=article.pk).update(standfirst=standfirst)
        article.refresh_from_db()
        publishing.update(article, by=None, at=later(hours=hours), note="More.")
    article.refresh_from_db()
    late = make_article(framing_note=WORDS)

    assert printed(late, article, draft) == [
        (article, 3, True), (draft, None, False), (article, None, False),
        (article, 2, False), (article, 1, False), (late, None, False),
    ]  # fmt: skip
