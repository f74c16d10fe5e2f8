"""The strip on pages, and its fragment."""

import re
from datetime import UTC, datetime

import pytest

from tests.articles.factories import make_live_article
from tests.clock import NOON, later
from tests.markets.factories import make_instrument, make_provider, make_quote
from tests.newsroom.factories import make_user
from tests.pages import shown, words
from wires import generations

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]
STRIP = "/markets/strip/"


def text(client, path=STRIP):
    return words(shown(client, path))


def test_a_quote_shows_label_unit_price_arrow_and_change(client):
    make_quote(make_instrument("BTC", decimals=0), "61594", previous="62410")

    assert "BTC in US dollars $61,594 ▼ −1.31%" in text(client)


def test_the_arrow_is_hidden_from_screen_readers_and_the_unit_spelled_out(client):
    make_quote()

    html = client.get(STRIP).content.decode()

    assert '<span class="quote__arrow" aria-hidden="true">▲</span>+1.01%' in html
    assert '<span class="unseen">in US dollars</span>' in html


def test_the_strip_is_a_labelled_list_of_each_group(client):
    make_quote(make_instrument("Gold"))
    make_quote(make_instrument("Bitcoin", group="crypto"))

    html = client.get(STRIP).content.decode()

    assert re.findall(r'<ul class="markets__list" aria-label="(\w+)">', html) == [
        "Commodities", "Crypto",
    ]  # fmt: skip
    assert 'role="row' not in html
    assert "<table" not in html


def test_each_quote_leads_to_its_time_and_source(client):
    make_quote(make_instrument("Gold", symbol="GOLD"))
    link = re.search(r'<a class="quote__link" href="([^"]+)"', client.get(STRIP).content.decode())

    row = client.get("/markets/").content.decode().partition(f'id="{link[1].partition("#")[2]}"')[2]

    assert link[1] == "/markets/#GOLD"
    assert re.search(r"12:00 UTC</time>\s*<span[^>]*>15 min late, Stooq", row)


def test_a_group_whose_quotes_all_come_late_says_so(client):
    make_quote(make_instrument("Gold"))
    make_quote(make_instrument("Euro", group="currencies", provider=make_provider("ecb")))
    make_quote(make_instrument("Yen", group="currencies"))

    assert "Commodities, 15 min late" in text(client)
    assert "Currencies Euro" in text(client)


def test_the_invented_quotes_of_the_demo_are_grey_and_said_to_be_invented(client):
    make_quote(origin="demo")

    html, page = client.get(STRIP).content.decode(), client.get(PAGE).content.decode()

    assert 'class="quote quote--demo"' in html
    assert "quote__change--" not in html + page
    assert "quotes__row--old" in page
    assert ", articles, posts and “Demo quotes”</span>" in page


@pytest.mark.parametrize(
    ("minutes", "in_strip", "on_page"),
    [(0, None, "20:00 UTC , close"), (-16, "at 19:44", "19:44 UTC , before the close")],
)
def test_a_price_before_the_close_is_not_passed_off_as_the_close(
    client, at_noon, minutes, in_strip, on_page
):
    index = make_instrument("Dow", group="indices", calendar="NYSE", stale_after_minutes=60)
    make_quote(index, at=later(hours=8, minutes=minutes))
    at_noon.move_to(later(hours=9))

    strip, page = text(client), text(client, PAGE)

    assert (in_strip or "close") in (strip if in_strip else page)
    assert ("at 20:00" in strip) is False
    assert on_page in page


def test_a_stale_quote_says_since_when_and_no_change(client):
    make_quote(at=later(hours=-4, minutes=-20))

    strip = text(client)

    assert "stale, 07:40 UTC" in strip
    assert "%" not in strip
    assert 'class="quote quote--stale"' in client.get(STRIP).content.decode()


def test_a_quote_stale_since_another_day_says_the_day(client):
    make_quote(at=later(days=-2))

    assert "stale, 23 Jun 12:00" in text(client)


def test_a_fresh_quote_of_another_day_says_the_day(client):
    make_quote(make_instrument(stale_after_minutes=3000), at=later(days=-1))

    assert "24 Jun" in text(client)
    assert (
        "Gold, for tests. Stooq, 24 Jun 12:00 UTC, 15 min late"
        in client.get(STRIP).content.decode()
    )
    assert "stale" not in text(client)


def test_a_quote_by_hand_says_so(client):
    make_quote(make_instrument("Gold"), origin="by_hand", corrected_by=make_user(), previous="")

    assert "no previous close by hand" in text(client)


def test_the_strip_shows_the_time_of_the_newest_quote(client):
    make_quote(at=later(minutes=-2))

    assert "Latest quote 11:58 UTC" in text(client)


def test_demo_quotes_are_labelled_as_invented(client):
    make_quote(at=later(minutes=-2), origin="demo")

    assert "Demo quotes, 11:58 UTC" in text(client)


def test_without_any_quote_the_strip_has_the_exchanges_and_leads_to_the_markets(client):
    make_instrument("Lead")

    assert "Lead" not in text(client)
    assert text(client).startswith("OPEN LSE")
    assert text(client).endswith("Markets")


PAGE = "/markets/"


def test_the_page_of_the_markets_has_each_quote_with_its_time_and_its_source(
    client, at_noon, django_assert_num_queries
):
    make_quote(make_instrument("Gold", stands_for="The price of an ounce of gold"), at=NOON)
    make_quote(make_instrument("Lead", provider=make_provider("ecb")), previous="", at=NOON)
    client.get(PAGE)

    for _ in range(20):
        make_quote()
    with django_assert_num_queries(1):
        page = text(client, PAGE)

    assert (
        "Gold The price of an ounce of gold $100.00 US dollars ▲ +1.01% 12:00 UTC 15 min late, Stooq"
        in page
    )
    assert (
        "Lead Lead, for tests $100.00 US dollars no close 12:00 UTC daily, European Central Bank"
        in page
    )
    assert "New York Stock Exchange CLOSED NYSE opens in 1h 30m" in page


def test_an_old_quote_is_called_stale_on_the_page(client):
    make_quote(at=later(days=-2))

    page = text(client, PAGE)

    assert "stale 23 Jun 12:00 UTC 15 min late, Stooq" in page


def test_the_page_of_the_markets_without_a_quote_has_the_hours(client):
    page = text(client, PAGE)

    assert "No quotes yet." in page
    assert "London Stock Exchange OPEN LSE" in page


def test_the_page_says_when_each_exchange_changes_and_which_days_are_special(client, at_noon):
    at_noon.move_to(datetime(2026, 11, 25, 22, tzinfo=UTC))

    page = text(client, PAGE)

    new_york = page[page.index("New York Stock Exchange") : page.index("Nasdaq Stock Market")]
    assert "Opens Fri 27 Nov 14:30 UTC , 09:30 EST there: half day" in new_york
    assert "Thu 26 Nov: closed, Thanksgiving" in new_york
    assert "Fri 27 Nov: half day" in new_york
    assert "Fri 25 Dec: closed, Christmas Day" in new_york


def test_each_exchange_shows_its_state_and_countdown(client, at_noon):
    at_noon.move_to(NOON.replace(hour=10, minute=12))

    html = client.get(STRIP).content.decode()

    first = re.search(r"<summary.*?</summary>", html, re.DOTALL)[0]
    assert "opens in" in words(first) or "closes in" in words(first)
    assert re.search(
        r"CLOSED NYSE opens in 3h 18m 3 hours 18 minutes", words(html[html.index("<ul") :])
    )


def test_an_exchange_at_lunch_says_lunch(client, at_noon):
    at_noon.move_to(NOON.replace(hour=3))

    assert "CLOSED TSE lunch opens in 30m 30 minutes" in text(client)


def test_a_calendar_that_is_not_announced_yet_is_called_provisional(client, at_noon):
    at_noon.move_to(NOON.replace(year=2045))

    assert re.search(r"NYSE opens in \S+ \S+ [\w ]+ provisional", text(client))


def test_a_holiday_is_named_in_the_list_of_exchanges(client, at_noon):
    at_noon.move_to(NOON.replace(month=12, day=25))

    first, _, others = text(client).partition("CLOSED NASDAQ")

    assert "holiday: Christmas Day" in others
    assert first.count("holiday: Christmas Day") == 1


def test_instrument_labels_are_escaped(client):
    make_quote(make_instrument("S&P <b>500</b>"))

    assert "S&amp;P &lt;b&gt;500&lt;/b&gt;" in client.get(STRIP).content.decode()


# The fragment


def test_the_strip_fragment_takes_one_query(client, django_assert_num_queries):
    for _ in range(40):
        make_quote()

    with django_assert_num_queries(1):
        html = shown(client, STRIP)

    assert html.count('class="quote__arrow"') == 40


def test_the_strip_answers_304_without_a_query_within_the_same_minute(
    client, at_noon, django_assert_num_queries
):
    make_quote()
    etag = client.get(STRIP)["ETag"]
    at_noon.shift(59)

    with django_assert_num_queries(0):
        answer = client.get(STRIP, headers={"If-None-Match": etag})

    assert (answer.status_code, etag[:2]) == (304, "W/")


def test_a_new_minute_or_a_new_quote_changes_the_etag(client, at_noon):
    make_quote()
    etag = client.get(STRIP)["ETag"]

    at_noon.shift(60)
    next_minute = client.get(STRIP, headers={"If-None-Match": etag})
    generations.bump("quotes")
    next_quote = client.get(STRIP, headers={"If-None-Match": next_minute["ETag"]})

    assert (next_minute.status_code, next_quote.status_code) == (200, 200)


def test_wire_and_page_changes_do_not_change_the_strip_etag(client):
    etag = client.get(STRIP)["ETag"]

    generations.bump("wire")
    generations.bump("pages")

    assert client.get(STRIP)["ETag"] == etag


def test_the_strip_refuses_post(client):
    assert client.post(STRIP).status_code == 405


# Pages


@pytest.mark.parametrize("path", ["/", "/wire/", "/nothing-here/"])
def test_every_page_carries_the_strip_before_its_masthead(client, path):
    make_quote(make_instrument("Gold"))

    html = client.get(path).content.decode()

    assert html.index("Gold") < html.index('class="masthead')
    assert f'<live-part class="markets__live" src="{STRIP}">' in html


def test_a_new_quote_does_not_invalidate_cached_pages_within_their_minute(client, at_noon):
    article = make_live_article()
    etag = client.get(article.get_absolute_url())["ETag"]

    generations.bump("quotes")
    at_noon.shift(59)

    response = client.get(article.get_absolute_url(), headers={"If-None-Match": etag})
    assert response.status_code == 304


def test_the_server_error_page_has_no_strip(client):
    from newsroom.views import server_error

    page = server_error(client.get("/").wsgi_request).content.decode()

    assert "Something went wrong" in page
    assert "live-part class" not in page
