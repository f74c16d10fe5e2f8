import pytest
from django.db import OperationalError, connections
from django.test import Client

from articles import publishing
from newsroom.front import BLOCK, NEWEST, share_out
from newsroom.templatetags.paper import moment
from tests.articles.factories import make_live_article, make_section
from tests.clock import NOON, later
from tests.pages import shown
from tests.wires.factories import make_channel, make_outlet, make_post
from wires.models import Post

pytestmark = pytest.mark.usefixtures("at_noon")


def fill(articles, *, sections=5):
    places = [make_section(f"Section {n}", position=n) for n in range(sections)]
    for n in range(articles):
        section = places[n % sections]
        make_live_article(headline=f"Piece number {n}.", section=section, at=later(minutes=-n))


@pytest.mark.parametrize("count", range(NEWEST + 3))
def test_front_page_slots_take_each_article_once_in_order(count):
    newest = list(range(min(count, NEWEST)))

    lead, side, row, recent = share_out(newest)

    assert [*lead, *side, *row, *recent] == newest[: len([*lead, *side, *row, *recent])]
    assert bool(lead) == bool(count)


def test_a_dozen_articles_fill_every_front_page_slot():
    lead, side, row, recent = share_out(range(12))

    assert all((lead, side, row, recent))
    assert len([*lead, *side, *row, *recent]) < 12


@pytest.mark.django_db
@pytest.mark.parametrize("articles", [1, 2, 5, 12, 40])
def test_no_article_appears_twice_on_the_front_page(client, articles):
    fill(articles)

    page = client.get("/").content.decode()

    shown = [n for n in range(articles) if page.count(f">Piece number {n}.<")]
    assert all(page.count(f">Piece number {n}.<") == 1 for n in shown)
    assert shown[: min(articles, 12)] == list(range(min(articles, 12)))


@pytest.mark.django_db
@pytest.mark.parametrize("articles", [1, 30])
def test_the_front_page_takes_at_most_eight_queries(
    client, django_assert_max_num_queries, articles
):
    fill(articles)
    for n in range(20):
        make_post(channel=make_channel(outlet=make_outlet(f"Outlet {n}")), text=f"Wire post {n}.")

    with django_assert_max_num_queries(8):
        page = shown(client, "/")

    placed = [n for n in range(articles) if f">Piece number {n}.<" in page]
    assert len(placed) == min(articles, NEWEST + 5 * BLOCK)
    assert page.count(">Wire post ") >= 15


@pytest.mark.django_db
def test_the_front_page_works_without_articles(client):
    answer = client.get("/")

    assert answer.status_code == 200
    assert "Our first edition is on its way" in answer.content.decode()


@pytest.mark.django_db
def test_the_front_page_shows_the_wire_once(client):
    for n in range(16):
        make_post(text=f"Wire post {n}.", at=later(minutes=-n))
    make_live_article()

    page = client.get("/").content.decode()

    assert all(page.count(f">Wire post {n}.<") == 1 for n in range(15))


@pytest.mark.django_db
def test_the_latest_posts_equal_the_ticker_on_a_quiet_day(client):
    for n in range(5):
        make_post(text=f"Wire post {n}.", at=later(minutes=-n))
    make_live_article()

    page = client.get("/").content.decode()

    assert "Latest from the wire" in page
    assert page.count(">Wire post 4.<") == 2


def test_a_time_of_another_year_shows_the_year():
    last_year, today = NOON.replace(year=2025), NOON

    shown = {form: moment(last_year, form) for form in ("short", "day", "full")}

    assert all(">25 June 2025, 12:00 UTC<" in text for text in shown.values())
    assert ">12:00 UTC<" in moment(today)
    assert ">25 June, 12:00 UTC<" in moment(today, "day")


@pytest.mark.django_db
def test_the_updated_time_is_the_newest_change_on_the_page(client):
    article = make_live_article(at=later(hours=-5))
    Post.objects.update(wire_at=later(hours=-6))
    publishing.update(article, by=None, at=later(hours=-1), note="Clearer.")

    page = client.get("/").content.decode()

    assert 'Updated <local-time><time datetime="2026-06-25T11:00:00Z">11:00 UTC</time>' in page


@pytest.mark.django_db
def test_the_front_page_lists_corrections_and_withdrawals(client):
    updated = make_live_article(headline="The count of ships")
    publishing.update(updated, by=None, at=later(minutes=1), note="Twelve ships, not nine.")
    withdrawn = make_live_article(headline="What the ministry said")
    publishing.withdraw(withdrawn, by=None, at=later(minutes=2), note="It was forged.")

    page = client.get("/").content.decode()

    assert "Twelve ships, not nine." in page
    assert "It was forged." in page
    assert f'href="{withdrawn.get_absolute_url()}"' in page


@pytest.mark.django_db
def test_a_withdrawn_article_leaves_the_front_page(client):
    make_live_article(headline="It stays")
    withdrawn = make_live_article(headline="It goes")
    publishing.withdraw(withdrawn, by=None, at=NOON, note="Wrong.")

    assert client.get("/").context["front"].lead.live_version.headline == "It stays"


@pytest.mark.django_db
def test_the_masthead_shows_the_issue_number_and_the_clocks(client):
    page = client.get("/").content.decode()

    for words in (
        "Vol. I · No. 176",
        "Thursday, 25 June 2026",
        "Thursday Ed.",
        "EDT",
        "BST",
        "HKT",
    ):
        assert words in page


@pytest.mark.django_db
def test_the_front_page_says_when_it_shows_the_demo_edition(client):
    make_live_article(is_demo=True)

    assert "A demonstration edition:" in client.get("/").content.decode()


@pytest.mark.django_db
def test_the_not_found_page_links_to_other_pages(client):
    make_live_article(headline="Still there")

    answer = client.get("/nowhere/")

    assert answer.status_code == 404
    assert "There is no page at this address" in answer.content.decode()
    assert "Still there" in answer.content.decode()


@pytest.mark.django_db
def test_robots_txt_excludes_the_desk_and_names_the_sitemap(client, settings):
    settings.SITE_URL = "https://paper.example"

    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /desk/" in text
    assert "Sitemap: https://paper.example/sitemap.xml" in text


@pytest.mark.django_db
def test_the_health_check_answers_ok_and_nothing_else(client):
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok")


class Away:
    """A database that is unreachable."""

    def __call__(self, execute, *arguments):
        message = "the database is away"
        raise OperationalError(message)


@pytest.mark.django_db
def test_readiness_fails_and_health_passes_without_a_database(client):
    with connections["default"].execute_wrapper(Away()):
        assert client.get("/readyz").status_code == 503
        assert b"database: no answer" in client.get("/readyz").content
        assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_a_page_that_the_database_fails_says_when_to_come_again(client):
    with connections["default"].execute_wrapper(Away()):
        answer = client.get("/")

    assert (answer.status_code, answer["Retry-After"]) == (503, "3")
    assert answer["Cache-Control"] == "no-store"
    assert "This page is not available just now" in answer.content.decode()
    assert "The Monexus" in answer.content.decode()


@pytest.mark.django_db
def test_the_error_page_needs_no_database(monkeypatch):
    reader = Client(raise_request_exception=False)
    monkeypatch.setattr("newsroom.views.live_entries", lambda at: 1 / 0)

    with connections["default"].execute_wrapper(Away()):
        answer = reader.get("/")

    assert answer.status_code == 500
    assert "Something went wrong" in answer.content.decode()
    assert "The Monexus" in answer.content.decode()
