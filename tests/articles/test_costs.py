"""What a page of articles may cost, however much was stored: issue 11, point 1."""

import pytest

from articles import publishing
from articles.feeds.of_articles import LONGEST_TEXT
from articles.models import Article, ArticleVersion, Correction, VersionSource
from articles.page_parts import FEED_SOURCES
from articles.templatetags.articles import SENTENCES, TICKS, ribbon, sentence_links, source_ribbon
from articles.views import CORRECTIONS, published_on
from tests.articles.factories import cite, make_live_article
from tests.clock import later
from tests.pages import shown
from tests.plans import plan_of
from tests.wires.factories import make_post
from web.keyset import Cursor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def correct(article, number):
    Correction.objects.bulk_create(
        Correction(article=article, kind="update", note=f"Note {n}.", at=later(minutes=n))
        for n in range(1, number + 1)
    )


def a_version(claims):
    voices = ["bare"] * claims
    return ArticleVersion(claims=[{"number": n, "voice": v} for n, v in enumerate(voices, start=1)])


def test_a_ribbon_has_a_tick_a_claim_until_they_are_too_many_to_be_told_apart():
    ticks = [ribbon(a_version(claims)).count("<i ") for claims in (0, 3, TICKS, 30_000)]

    assert ticks == [0, 3, TICKS, TICKS]


def test_a_tick_of_many_claims_is_filled_where_one_of_them_cites_the_source():
    version = a_version(10 * TICKS)
    version.claims[15]["voice"] = "cited"
    source = VersionSource(number=1, sentences=[16, 10 * TICKS])

    whole, of_source = str(ribbon(version)), str(source_ribbon(source, 10 * TICKS))

    on = '<i class="ribbon__claim ribbon__claim--on">'
    assert [whole.split("</i>").index(on), whole.count(on)] == [1, 1]
    assert [n for n, tick in enumerate(of_source.split("</i>")) if tick == on] == [1, TICKS - 1]


def test_a_source_links_to_its_first_sentences_and_counts_the_others():
    few, many = (VersionSource(number=2, sentences=[*range(1, n)]) for n in (3, SENTENCES + 8))

    assert str(sentence_links(few)).count("<a ") == 2
    assert "more" not in sentence_links(few)
    assert str(sentence_links(many)).count("<a ") == SENTENCES
    assert sentence_links(many).endswith("</a> and 7 more")


def test_an_article_shows_its_newest_corrections_and_links_to_all(
    client, django_assert_num_queries
):
    article = make_live_article()
    correct(article, CORRECTIONS + 3)

    with django_assert_num_queries(9):
        page = shown(client, article)

    # The newest stands at the head too.
    assert page.count("Note ") == CORRECTIONS + 1
    assert f"Note {CORRECTIONS + 3}." in page
    assert f'href="{article.get_absolute_url()}corrections/"' in page


def test_an_article_with_few_corrections_shows_them_all(client):
    article = make_live_article()
    correct(article, CORRECTIONS)

    page = shown(client, article)

    assert page.count("Note ") == CORRECTIONS + 1
    assert f"{article.get_absolute_url()}corrections/" not in page


def test_the_corrections_page_walks_through_every_correction(client, django_assert_num_queries):
    article = make_live_article()
    correct(article, CORRECTIONS + 3)
    address = f"{article.get_absolute_url()}corrections/"
    last = Correction.objects.order_by("-at", "-pk")[CORRECTIONS - 1]

    with django_assert_num_queries(5):
        first = shown(client, address)
    second = shown(client, f"{address}?older={Cursor.of(last, 'at')}")

    assert [page.count("Note ") for page in (first, second)] == [CORRECTIONS, 3]
    assert f"?older={Cursor.of(last, 'at')}" in first
    assert client.get(f"{address}?older=x").status_code == 404


def test_the_corrections_of_a_withdrawn_article_or_of_none_are_not_found(client):
    article = make_live_article()
    publishing.withdraw(article, by=None, at=later(hours=1), note="Wrong.")

    for address in (article.get_absolute_url(), "/2026/06/25/nothing/", "/2026/13/45/nothing/"):
        assert client.get(f"{address}corrections/").status_code == 404


def test_corrections_of_an_article_are_read_from_their_index_in_order():
    article = make_live_article()

    plan = plan_of(article.corrections.order_by("-at", "-pk")[:20], unsorted=True)

    assert "correction_of_its_article" in plan, plan.text
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan


@pytest.mark.parametrize("day", [("2026", "06", "24"), ("2026", "13", "45"), ("0000", "01", "01")])
def test_a_wrong_day_in_an_address_fetches_no_article(day):
    make_live_article()

    assert not published_on(*day).exists()
    assert published_on("2026", "06", "25").exists()


def test_the_last_day_of_the_calendar_is_a_day():
    assert not published_on("9999", "12", "31").exists()


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
    cite(*(make_post(url=f"https://wire.example/{n}") for n in range(FEED_SOURCES + 2)))

    with django_assert_num_queries(4) as captured:
        feed = shown(client, "/feed/")

    assert feed.count("https://wire.example/") == 2 * FEED_SOURCES
    assert f"All {FEED_SOURCES + 2} posts" in feed
    # The words of posts stay in the database.
    assert "wires_postversion" in captured[3]["sql"]
    assert '"wires_postversion"."text"' not in captured[3]["sql"]
    assert '"wires_postversion"."html"' not in captured[3]["sql"]
