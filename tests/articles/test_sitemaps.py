import re
from pathlib import Path
from xml.etree import ElementTree

import pytest
from django.utils.http import http_date
from lxml import etree

from articles import publishing, sitemaps
from articles.models import Article, Correction
from tests.articles.factories import make_article, make_live_article
from tests.articles.test_frozen import make_image
from tests.clock import NOON, later
from tests.pages import shown
from tests.plans import plan_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public_address", "at_noon")]
RULES = Path(__file__).parents[1] / "data/formats"
SITEMAP_RULES = etree.RelaxNG(etree.parse(RULES / "sitemap.rng"))
NEWS_RULES = etree.RelaxNG(etree.parse(RULES / "news_sitemap.rng"))
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def listed(client, address):
    """Return the addresses of a sitemap's file with their dates, "" for none."""
    root = ElementTree.fromstring(shown(client, address))  # noqa: S314 - our own
    return {one.findtext(f"{SITEMAP}loc"): one.findtext(f"{SITEMAP}lastmod", "") for one in root}


def file_of(article):
    return f"/sitemaps/articles-{article.pk // sitemaps.FILE}.xml"


def paper(path):
    return f"https://paper.example{path}"


@pytest.fixture
def small_files(monkeypatch):
    """Files of ten articles each."""
    monkeypatch.setattr(sitemaps, "FILE", 10)


def test_the_sitemap_names_its_files_with_the_newest_change_in_each(client):
    article = make_live_article()
    publishing.update(article, by=None, at=later(days=1), note="Clearer.")

    files = listed(client, "/sitemap.xml")

    assert files == {
        paper("/sitemaps/news.xml"): "",
        paper("/sitemaps/sections.xml"): "",
        paper("/sitemaps/pages.xml"): "",
        paper(file_of(article)): "2026-06-26T12:00:00Z",
    }


def test_a_file_lists_live_articles_by_their_public_addresses(client):
    article, untouched = make_live_article(), make_live_article()
    publishing.update(article, by=None, at=later(days=1), note="Clearer.")
    make_article(headline="A draft")

    found = listed(client, file_of(article)) | listed(client, file_of(untouched))

    assert found == {
        paper(article.get_absolute_url()): "2026-06-26T12:00:00Z",
        paper(untouched.get_absolute_url()): "2026-06-25T12:00:00Z",
    }


def test_the_sitemap_lists_the_sections(client):
    make_live_article()

    assert listed(client, "/sitemaps/sections.xml") == {paper("/sections/world/"): ""}


def test_every_live_article_is_in_one_file_of_the_sitemap(client, small_files):
    articles = [make_live_article(headline=f"Piece {n}") for n in range(12)]

    files = [file for file in listed(client, "/sitemap.xml") if "articles-" in file]
    found = [one for file in files for one in listed(client, file.removeprefix(paper("")))]

    assert len(files) >= 2
    assert sorted(found) == sorted(paper(article.get_absolute_url()) for article in articles)


def test_a_withdrawn_article_leaves_the_sitemap_which_is_new_by_then(client):
    stays, leaves = make_live_article(), make_live_article()
    publishing.withdraw(leaves, by=None, at=later(hours=3), note="Wrong.")

    files = listed(client, "/sitemap.xml")
    found = listed(client, file_of(stays))

    assert paper(stays.get_absolute_url()) in found
    assert paper(leaves.get_absolute_url()) not in found
    assert files[paper(file_of(leaves))] == "2026-06-25T15:00:00Z"


@pytest.mark.parametrize("number", [7_000_000, 10**15, 10**18, "9" * 5_000])
def test_a_file_that_no_article_is_in_is_not_found(client, number):
    make_live_article()

    assert client.get(f"/sitemaps/articles-{number}.xml").status_code == 404


def test_a_sitemap_of_nothing_names_no_file_of_articles(client):
    fixed = ("/sitemaps/news.xml", "/sitemaps/sections.xml", "/sitemaps/pages.xml")
    assert listed(client, "/sitemap.xml") == dict.fromkeys(map(paper, fixed), "")


@pytest.mark.parametrize("rows", [1, 6])
def test_the_sitemap_takes_the_same_queries_however_many_rows(
    client, django_assert_num_queries, rows
):
    articles = [make_live_article(headline=f"Piece {n}") for n in range(rows)]

    # Two for the date of the file, and the rows.
    with django_assert_num_queries(4):
        index = shown(client, "/sitemap.xml")
    with django_assert_num_queries(3):
        file = shown(client, file_of(articles[0]))
    with django_assert_num_queries(1):
        sections = shown(client, "/sitemaps/sections.xml")

    assert file_of(articles[0]) in index
    assert file.count("<loc>") == rows
    assert "<loc>" in sections


@pytest.mark.parametrize("of_article", [True, False])
def test_an_unchanged_sitemap_is_not_sent_again_to_who_has_its_date_or_its_tag(client, of_article):
    article = make_live_article()
    address = file_of(article) if of_article else "/sitemap.xml"
    answer = client.get(address)
    publishing.update(article, by=None, at=later(minutes=1), note="Clearer.")
    changed = client.get(address, headers={"If-Modified-Since": answer["Last-Modified"]})

    by_date = client.get(address, headers={"If-Modified-Since": changed["Last-Modified"]})
    by_tag = client.get(address, headers={"If-None-Match": changed["ETag"]})

    assert answer["Last-Modified"] == http_date(NOON.timestamp())
    assert (changed.status_code, by_date.status_code, by_tag.status_code) == (200, 304, 304)


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (lambda: sitemaps._by_file(Article.objects.live(), sitemaps.F("pk"), "first_published_at"),
         "article_live_"),
        (lambda: sitemaps._by_file(Correction.objects.all(), sitemaps.F("article_id"), "at"),
         "correction_of_its_article"),
        (lambda: sitemaps.articles_of(3).annotate(noted_at=sitemaps._last_note()).values_list("noted_at"),
         "correction_of_its_article"),
    ],
)  # fmt: skip
def test_the_sitemap_reads_indexes(rows, index):
    plan = plan_of(rows())

    assert index in plan, plan.text
    assert not plan.reads_whole(Article), plan.text
    assert not plan.reads_whole(Correction), plan.text


NEWS = {
    "map": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "image": "http://www.google.com/schemas/sitemap-image/1.1",
}


def news(client):
    """Return what the news sitemap says of each article, in its order, after its rules."""
    root = etree.fromstring(client.get("/sitemaps/news.xml").content)
    NEWS_RULES.assertValid(root)
    return [
        {
            name.rpartition(":")[2] if name != "image:loc" else "image": url.findtext(
                f".//{name}", "", NEWS
            )
            for name in (
                "map:loc",
                "news:name",
                "news:language",
                "news:publication_date",
                "news:title",
                "image:loc",
            )
        }
        for url in root.findall("map:url", NEWS)
    ]


def test_the_news_sitemap_lists_the_articles_of_the_last_48_hours(client, at_noon):
    image = make_image("c" * 64)
    article = make_live_article(headline="Ships & <tides>", image=image, language="pt-BR")
    make_live_article(headline="Old", at=later(hours=-48))
    newer = make_live_article(headline="Newer", at=later(hours=1))
    withdrawn = make_live_article()
    publishing.withdraw(withdrawn, by=None, at=later(hours=1), note="Wrong.")
    make_article(headline="A draft")

    assert news(client) == [
        {
            "loc": paper(newer.get_absolute_url()),
            "name": "The Monexus",
            "language": "en",
            "publication_date": "2026-06-25T13:00:00Z",
            "title": "Newer",
            "image": "",
        },
        {
            "loc": paper(article.get_absolute_url()),
            "name": "The Monexus",
            "language": "pt",
            "publication_date": "2026-06-25T12:00:00Z",
            "title": "Ships & <tides>",
            "image": paper(image.url),
        },
    ]


def test_the_news_sitemap_takes_one_query_and_reads_an_index(client, django_assert_num_queries):
    for n in range(3):
        make_live_article(headline=f"Piece {n}")

    with django_assert_num_queries(1):
        assert len(news(client)) == 3


def test_an_article_leaves_the_news_sitemap_after_48_hours(client, at_noon):
    make_live_article()
    before = len(news(client))

    at_noon.move_to(later(hours=48))

    assert (before, len(news(client))) == (1, 0)


@pytest.mark.parametrize(
    ("code", "told"),
    [("en", "en"), ("pt-BR", "pt"), ("zh", "zh-cn"), ("zh-Hant", "zh-tw"), ("zh-TW", "zh-tw")],
)
def test_languages_are_written_as_news_sitemaps_want_them(code, told):
    assert sitemaps.news_language(code) == told


def test_every_sitemap_follows_the_rules_of_the_format(client):
    article = make_live_article()

    for path in ("/sitemap.xml", "/sitemaps/sections.xml", file_of(article)):
        SITEMAP_RULES.assertValid(etree.fromstring(client.get(path).content))


def test_robots_txt_names_both_sitemaps(client):
    robots = client.get("/robots.txt").content.decode()

    assert re.findall(r"^Sitemap: (.+)$", robots, re.M) == [
        paper("/sitemap.xml"),
        paper("/sitemaps/news.xml"),
    ]
