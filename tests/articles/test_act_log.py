"""The log of acts at the desk, and as a file."""

import csv
import re

import pytest

from articles import publishing
from articles.models import Act, Article
from tests.articles.factories import make_article, make_live_article
from tests.clock import NOON, later
from tests.newsroom.factories import make_user

pytestmark = pytest.mark.django_db

LOG = "/desk/articles/act/"


@pytest.fixture
def edda():
    return make_user(group="Editor", name="edda")


def rows(client, **query):
    text = client.get(f"{LOG}export/", query).content.decode()
    return list(csv.DictReader(text.splitlines()))


def test_the_export_says_who_did_what_when_and_what_it_changed(log_in, edda):
    live = make_live_article(headline="Ships wait", by=edda)
    publishing.update(live, by=edda, at=later(hours=1), note="A comma.")
    publishing.withdraw(live, by=edda, at=later(hours=2), note="Wrong.")

    found = rows(log_in("Editor"))

    told = [(row["Person"], row["Verb"], row["Before"], row["After"]) for row in found]
    assert told == [
        ("edda", "withdrew", "Version 2", "withdrawn"),
        ("edda", "updated", "Version 1", "Version 2"),
        ("edda", "published", "", ""),
    ]
    assert found[0]["Public note"] == "Wrong."
    assert found[0]["Time (UTC)"] == later(hours=2).isoformat(timespec="seconds")


@pytest.mark.parametrize(
    "headline", ["=1+1", " =1+1", "+1", "-1", "@x", "\uff1d1+1", "a;=1+1", "a\t=1", "a| =1"]
)
def test_no_cell_of_the_export_is_a_formula_for_a_spreadsheet(log_in, edda, headline):
    article = make_article()
    publishing.submit(article, by=edda, at=NOON)
    Act.objects.filter(article=article).update(headline=headline)

    [row] = rows(log_in("Editor"))

    cells = re.split(r"[;\t|]", row["Headline"])
    assert not any(cell.strip().startswith(("=", "+", "-", "@", "\uff1d")) for cell in cells)
    assert row["Headline"].replace("'", "") == headline


def test_the_list_and_the_export_are_narrowed_by_person_article_verb_and_time(
    log_in, edda, at_noon
):
    one, other = make_article(headline="Ships wait"), make_article(headline="Rain falls")
    publishing.publish(one, by=edda, at=later(days=-3))
    publishing.submit(other, by=None, at=later(hours=-1))
    client = log_in("Editor")

    for query, headline in (
        ({"q": "edda"}, "Ships wait"),
        ({"q": "rain"}, "Rain falls"),
        ({"verb__exact": "publish"}, "Ships wait"),
        ({"days": "1"}, "Rain falls"),
    ):
        page = client.get(LOG, query).content.decode()
        assert [row["Headline"] for row in rows(client, **query)] == [headline], query
        assert (page.count("Ships wait"), page.count("Rain falls")) == (
            int(headline == "Ships wait"), int(headline == "Rain falls"),
        )  # fmt: skip


def test_times_of_schedules_and_embargoes_are_told(log_in, edda):
    article = make_article()
    publishing.set_embargo(article, until=later(hours=1), by=edda, at=NOON)
    publishing.schedule(article, due_at=later(hours=8), by=edda, at=NOON)
    list(publishing.publish_due(now=lambda: later(hours=8, minutes=12)))

    page = log_in("Editor").get(LOG).content.decode()

    assert "none → Thu 25 Jun 13:00 UTC" in page
    assert "for Thu 25 Jun 20:00 UTC → 12 minutes late" in page


@pytest.mark.parametrize("headline", ["=1+1", "@SUM(A1)", "-2", "+3"])
def test_a_headline_is_no_formula_in_a_spreadsheet(log_in, headline, edda):
    Act.objects.create(headline=headline, verb="submit", by=edda, at=NOON)

    assert rows(log_in("Editor"))[0]["Headline"] == f"'{headline}"


def test_the_log_takes_the_same_queries_for_more_rows(log_in, edda, django_assert_num_queries):
    live = make_live_article()
    client = log_in("Editor")
    client.get(LOG)
    for n in range(1, 8):
        Article.objects.filter(pk=live.pk).update(standfirst=f"Change {n}.")
        publishing.update(live, by=edda, at=later(hours=n), note="So.")

    with django_assert_num_queries(4):
        page = client.get(LOG).content.decode()
    assert "Version 7 → Version 8" in page
