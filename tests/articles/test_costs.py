"""What a page of articles may cost, however much was stored: issue 11, point 1."""

import pytest

from articles.feeds import LONGEST_TEXT, SOURCES
from articles.models import Article, ArticleVersion
from tests.articles.factories import cite, make_live_article
from tests.pages import shown
from tests.wires.factories import make_post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def test_a_feed_leaves_out_a_text_that_is_too_long_and_says_where_it_is(client):
    article = make_live_article(standfirst="A notice.")
    long = "x" * (LONGEST_TEXT + 1)
    version = article.live_version
    copy = ArticleVersion.objects.get(pk=version.pk)
    copy.pk, copy.n, copy.html = None, 2, f"<p>{long}</p>"
    copy.save()
    Article.objects.filter(pk=article.pk).update(live_version=copy)

    feed = shown(client, "/feed/")

    assert long not in feed
    assert "A notice." in feed
    assert "This article is too long for the feed" in feed


def test_a_feed_names_the_first_sources_of_an_article_and_links_to_all(
    client, django_assert_num_queries
):
    cite(*(make_post(url=f"https://wire.example/{n}") for n in range(SOURCES + 2)))

    with django_assert_num_queries(2) as captured:
        feed = shown(client, "/feed/")

    assert feed.count("https://wire.example/") == 2 * SOURCES
    assert f"All {SOURCES + 2} posts" in feed
    # The words of posts stay in the database.
    assert "wires_postversion" in captured[1]["sql"]
    assert '"wires_postversion"."text"' not in captured[1]["sql"]
    assert '"wires_postversion"."html"' not in captured[1]["sql"]
