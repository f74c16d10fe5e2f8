"""What every page carries is made once for all of them, and is never old."""

import pytest

from articles.models import Section
from tests.articles.factories import make_live_article
from tests.clock import later
from tests.markets.factories import make_instrument, make_quote
from tests.wires.factories import make_post
from wires import generations
from wires.models import Post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

# The live wire, the quotes, the sections.
PARTS = 3


def page(client, address="/"):
    return client.get(address).content.decode()


def test_the_second_page_asks_nothing_that_the_first_asked_for_every_page(
    client, django_assert_num_queries
):
    make_live_article()
    make_post()

    with django_assert_num_queries(2 + PARTS):
        first = page(client, "/sections/world/")
    with django_assert_num_queries(2):
        second = page(client, "/sections/world/?page=2")
    with django_assert_num_queries(0):
        parts = [page(client, "/wire/live/"), page(client, "/markets/strip/")]

    assert second == first
    assert parts[0].strip() in first
    assert parts[1].strip() in first


def test_a_post_is_on_every_page_as_soon_as_the_wire_moves(client, at_noon):
    make_live_article()
    addresses = ("/", "/sections/world/", "/nothing/", "/wire/live/")
    before = "".join(page(client, address) for address in addresses)
    make_post(text="The lock gates are open.")

    at_noon.shift(2)
    generations.bump("wire")
    after = [page(client, address) for address in addresses]

    assert "The lock gates are open." not in before
    assert ["The lock gates are open." in each for each in after] == [True] * len(addresses)


def test_a_quote_is_on_every_page_as_soon_as_it_is_stored(client):
    before = page(client)
    make_quote(make_instrument("Nutmeg"), price="4321")

    generations.bump("quotes")
    after = [page(client), page(client, "/markets/strip/")]

    assert "Nutmeg" not in before
    assert ["Nutmeg" in each and ">$4,321" in each for each in after] == [True, True]


def test_a_renamed_section_is_on_every_page_at_the_next_request(client):
    article = make_live_article()
    page(client)

    Section.objects.filter(pk=article.section_id).update(name="The wide world")
    generations.bump("pages")

    assert ">The wide world</a>" in page(client)


def test_each_page_marks_its_own_place_in_the_navigation(client):
    make_live_article()
    here = ["/", "/sections/world/", "/wire/"] * 2

    pages = [page(client, address) for address in here]

    marked = [each.partition("aria-current")[0].rpartition("href=")[2] for each in pages]
    assert [mark.split('"')[1] for mark in marked] == here


def test_the_clocks_go_on_from_one_minute_to_the_next(client, at_noon):
    first = page(client)
    at_noon.shift(60)

    assert 'data-zone="UTC">12:00<' in first
    assert 'data-zone="UTC">12:01<' in page(client)


def test_the_live_wire_is_emptied_when_its_only_post_is_hidden(client, at_noon):
    post = make_post(text="Hidden soon.")
    assert "Hidden soon." in page(client)

    Post.objects.filter(pk=post.pk).update(hidden_at=later(seconds=1), hidden_reason="Legal.")
    at_noon.shift(2)
    generations.bump("wire")

    assert "Hidden soon." not in page(client)


def test_a_new_article_is_under_the_others_of_its_section_at_once(
    client, django_assert_num_queries
):
    first, second = make_live_article(headline="First"), make_live_article(headline="Second")
    before = page(client, first.get_absolute_url())
    with django_assert_num_queries(4):
        beside = page(client, second.get_absolute_url())

    make_live_article(headline="Third")
    generations.bump("pages")
    after = page(client, first.get_absolute_url())

    assert [headline in before for headline in (">Second<", ">Third<")] == [True, False]
    assert [headline in beside for headline in (">First<", ">Third<")] == [True, False]
    assert [headline in after for headline in (">Second<", ">Third<")] == [True, True]
