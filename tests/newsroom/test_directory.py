"""What navigation and foot name, on pages of readers and on those that the database fails."""

import pytest
from django.test import RequestFactory

from articles import publishing
from newsroom import directory as module
from newsroom.directory import directory
from newsroom.views import server_error
from tests.articles.factories import (
    make_article,
    make_section,
    make_site_page,
    make_topic,
)
from tests.clock import NOON, later
from web.conditional import appearance


def published_under(topic, at):
    article = make_article()
    article.topics.add(topic)
    publishing.publish(article, by=None, at=at)
    return article


def foot_of(response):
    page = " ".join(response.content.decode().split())
    return page[page.index("<footer") : page.index("</footer>")]


def names(rows):
    return [row.name for row in rows]


@pytest.mark.django_db
def test_each_kind_stands_in_its_order(django_assert_num_queries):
    make_section("World", position=2)
    make_section("Business", position=1)
    make_site_page("Privacy", position=2)
    make_site_page("About", position=1)
    make_site_page("Draft", public=False)
    published_under(make_topic("Trade"), NOON)
    published_under(make_topic("Ports"), NOON)
    make_topic("Empty")

    with django_assert_num_queries(1):
        found = directory(NOON)

    assert names(found.sections) == ["Business", "World"]
    assert names(found.topics) == ["Ports", "Trade"]
    assert names(found.pages) == ["About", "Privacy"]


@pytest.mark.django_db
def test_of_many_topics_those_with_the_newest_articles_are_named(monkeypatch):
    monkeypatch.setattr(module, "TOPICS", 1)
    published_under(make_topic("Newest"), later(hours=1))
    published_under(make_topic("Oldest"), NOON)

    assert names(directory(NOON).topics) == ["Newest"]


@pytest.mark.django_db
def test_the_foot_leads_everywhere_and_every_link_of_it_answers(client):
    make_site_page("About")
    published_under(make_topic("Ports"), NOON)

    foot = foot_of(client.get("/"))

    paths = [part.partition('"')[0] for part in foot.split('href="')[1:]]
    assert {"/about/", "/topics/ports/", "/corrections/", "/sources/", "/methods/", "/feed/"} <= {
        *paths
    }
    assert {path: client.get(path).status_code for path in paths} == dict.fromkeys(paths, 200)


@pytest.mark.django_db
def test_a_renamed_page_is_named_so_only_once_it_is_published(client):
    page = make_site_page("About")
    page.title = "About us"
    page.save()
    assert "About us</a>" not in foot_of(client.get("/"))

    publishing.publish_page(page, by=None, at=later(hours=1), note="A name.")

    assert names(directory(later(minutes=1)).pages) == ["About us"]


def test_the_page_of_an_error_has_a_foot_without_a_query():
    response = server_error(RequestFactory().get("/"))

    assert "Corrections" in foot_of(response)
    assert "Topics" not in foot_of(response)


def test_where_the_page_of_an_error_cannot_be_made_there_are_words(monkeypatch, caplog):
    def missing(*arguments, **options):
        message = "Missing staticfiles manifest entry for “fonts/serif.woff2”\nand more"
        raise ValueError(message)

    monkeypatch.setattr("newsroom.views.render", missing)
    response = server_error(RequestFactory().get("/"))

    assert response.status_code == 500
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert response.content.decode().startswith("Something went wrong.")
    assert [record.getMessage() for record in caplog.records] == [
        "The page of a fault could not be made: Missing staticfiles manifest entry for"
        " “fonts/serif.woff2”"
    ]


def test_what_a_browser_keeps_for_when_it_is_offline_asks_for_nothing(client):
    page = client.get("/offline/")
    script = client.get("/service-worker.js")

    assert "You are not connected" in page.content.decode()
    assert "Corrections" in foot_of(page)
    assert script.headers["Content-Type"].startswith("text/javascript")
    assert f'"offline-{appearance()}"' in script.content.decode()
    assert '"/offline/"' in script.content.decode()
    # The page of a pause, which is a 503, is never put away.
    assert script.content.index(b"if (!answer.ok) throw") < script.content.index(b"cache.put(")
