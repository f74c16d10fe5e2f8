import pytest

from articles import publishing
from tests.articles.factories import make_article, make_live_article
from tests.clock import NOON, later
from tests.pages import shown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public_address")]


def test_the_sitemap_lists_live_articles_and_sections_by_their_public_addresses(client):
    article = make_live_article()
    publishing.update(article, by=None, at=later(days=1), note="Clearer.")
    make_article(headline="A draft")

    xml = client.get("/sitemap.xml").content.decode()

    assert f"<loc>https://paper.example{article.get_absolute_url()}</loc>" in xml
    assert "<lastmod>2026-06-26" in xml
    assert "<loc>https://paper.example/sections/world/</loc>" in xml
    assert xml.count("<url>") == 2


def test_a_withdrawn_article_leaves_the_sitemap(client):
    stays, leaves = make_live_article(), make_live_article()
    publishing.withdraw(leaves, by=None, at=NOON, note="Wrong.")

    xml = shown(client, "/sitemap.xml")

    assert stays.get_absolute_url() in xml
    assert leaves.get_absolute_url() not in xml


@pytest.mark.parametrize("rows", [1, 6])
def test_the_sitemap_takes_the_same_queries_however_many_rows(
    client, django_assert_max_num_queries, rows
):
    for n in range(rows):
        make_live_article(headline=f"Piece {n}")

    with django_assert_max_num_queries(5):
        xml = shown(client, "/sitemap.xml")

    # Their section too.
    assert xml.count("<url>") == rows + 1
