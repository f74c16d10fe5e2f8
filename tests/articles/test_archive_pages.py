"""The log of corrections, and the archive by day."""

from datetime import UTC, date, datetime, timedelta

import pytest

from articles import publishing
from articles.pages.archive import month_of
from tests.articles.factories import make_live_article
from tests.clock import NOON, later

pytestmark = pytest.mark.django_db

# The sections, the live wire and the quotes, which are on every page.
CARETAKERS = 3


def main_of(response):
    page = " ".join(response.content.decode().split())
    return page[page.index("<main") : page.index("</main>")]


def noted(note, kind="update", *, at=None, **fields):
    at = at or later(hours=1)
    article = make_live_article(**fields)
    act = {"update": publishing.update, "correct": publishing.correct}.get(kind)
    (act or publishing.withdraw)(article, by=None, at=at, note=note)
    return article


# The log of corrections


@pytest.mark.parametrize("rows", [1, 8])
def test_the_log_takes_one_query_however_many_notes(client, django_assert_num_queries, rows):
    for n in range(rows):
        noted(f"Note {n}.", at=later(minutes=n), headline=f"Piece {n}")

    with django_assert_num_queries(1 + CARETAKERS):
        shown = main_of(client.get("/corrections/"))

    places = [shown.index(f"Note {n}.") for n in reversed(range(rows))]
    assert places == sorted(places)
    assert shown.count("What changed</a>") == rows


def test_the_log_holds_withdrawals_and_leads_to_what_stands_there_now(client):
    article = noted("It was a forgery.", "withdraw", headline="Calvera turns ships back")

    shown = main_of(client.get("/corrections/"))

    assert "Withdrawal" in shown
    assert f'<a href="{article.get_absolute_url()}"' in shown
    assert "Calvera turns ships back" in shown
    assert "What changed</a>" not in shown


def test_the_log_can_be_narrowed_to_a_kind(client):
    noted("A comma.", "update")
    noted("Nine, not ten.", "correct")

    shown = main_of(client.get("/corrections/?kind=correct"))

    assert "Nine, not ten." in shown
    assert "A comma." not in shown
    assert client.get("/corrections/?kind=other").status_code == 404


def test_the_log_goes_on_with_the_kind_that_was_chosen(client, monkeypatch):
    monkeypatch.setattr("articles.pages.corrections.PAGE", 1)
    noted("The first.", "correct", at=later(hours=1))
    noted("An update.", "update", at=later(hours=2))
    noted("The last.", "correct", at=later(hours=3))

    shown = main_of(client.get("/corrections/?kind=correct"))
    older = shown.partition('href="?kind=correct&amp;older=')[2].partition('"')[0]
    further = main_of(client.get(f"/corrections/?kind=correct&older={older}"))

    assert "The last." in shown
    assert "The first." in further
    assert "An update." not in further


def test_an_empty_log_says_so(client):
    assert "There is no such note yet." in main_of(client.get("/corrections/"))


@pytest.mark.parametrize("query", ["older=x", "newer=%00", "kind=%00", "older=" + "9" * 3000])
def test_what_nobody_links_to_answers_404(client, query):
    assert client.get(f"/corrections/?{query}").status_code == 404


# The archive by day


def on(day, hour=12, **fields):
    at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    return make_live_article(at=at, **fields)


def test_a_day_shows_its_articles_newest_first_and_those_of_no_other_day(client):
    on(date(2026, 6, 24), 23, headline="The evening before")
    on(date(2026, 6, 25), 0, headline="At midnight")
    on(date(2026, 6, 25), 23, headline="Late")
    on(date(2026, 6, 26), 0, headline="The next day")

    shown = main_of(client.get("/archive/2026/06/25/"))

    assert shown.index("Late") < shown.index("At midnight")
    assert "The evening before" not in shown
    assert "The next day" not in shown
    assert "Thursday, 25 June 2026" in shown


def test_a_day_leads_to_its_neighbours_over_months_without_articles(client):
    for day in (date(2025, 12, 31), date(2026, 6, 3), date(2026, 6, 25), date(2026, 9, 1)):
        on(day)

    shown = main_of(client.get("/archive/2026/06/25/"))

    assert '<a href="/archive/2026/06/03/" rel="prev">' in shown
    assert '<a href="/archive/2026/09/01/" rel="next">' in shown
    assert '<a href="/archive/2025/12/31/">Earlier month: December 2025' in shown
    assert "Later month" not in shown
    assert 'href="/archive/2026/06/04/"' not in shown


def test_the_calendar_begins_on_monday_and_knows_its_days():
    on(date(2026, 6, 1))
    on(date(2026, 6, 30))

    month = month_of(date(2026, 6, 30))

    assert [day and day.on.day for day in month.weeks[0]] == [1, 2, 3, 4, 5, 6, 7]
    assert [day.on.day for week in month.weeks for day in week if day and day.path] == [1, 30]
    assert [day.on.day for week in month.weeks for day in week if day and day.is_here] == [30]
    assert (month.earlier, month.later) == (date(2026, 6, 1), None)


@pytest.mark.parametrize("rows", [1, 8])
def test_a_day_takes_two_queries_however_many_articles(client, django_assert_num_queries, rows):
    for n in range(rows):
        make_live_article(headline=f"Piece {n}", at=NOON + timedelta(minutes=n))

    with django_assert_num_queries(2 + CARETAKERS):
        shown = main_of(client.get("/archive/2026/06/25/"))

    assert shown.count('class="card__link"') == rows


def test_the_archive_opens_on_the_newest_day(client):
    on(date(2026, 6, 3), headline="Older")
    on(date(2026, 6, 25), headline="Newest")

    shown = client.get("/archive/")

    assert "Newest" in main_of(shown)
    assert "Older" not in main_of(shown)
    assert '/archive/2026/06/25/">' in shown.content.decode()


def test_an_archive_of_nothing_says_so(client):
    assert "Nothing has been published yet." in main_of(client.get("/archive/"))


def test_a_day_whose_only_article_was_withdrawn_is_no_day_of_the_archive(client):
    article = on(date(2026, 6, 3))
    on(date(2026, 6, 25))

    publishing.withdraw(article, by=None, at=later(hours=9), note="A forgery.")

    assert client.get("/archive/2026/06/03/").status_code == 404
    assert "/archive/2026/06/03/" not in main_of(client.get("/archive/2026/06/25/"))


@pytest.mark.parametrize(
    "day", ["2026/06/24", "2026/02/30", "0000/01/01", "9999/12/31", "0001/01/01", "2026/13/01"]
)
def test_a_day_that_there_is_not_answers_404(client, day):
    assert client.get(f"/archive/{day}/").status_code == 404
