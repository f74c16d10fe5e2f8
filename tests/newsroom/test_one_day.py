"""A page is of one day, wherever the newsroom is, and says what is newest on it."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.template import Context, Template

from tests.articles.factories import make_live_article
from tests.clock import NOON, later
from tests.markets.factories import make_instrument, make_quote
from tests.pages import shown, words
from wires import generations

pytestmark = pytest.mark.django_db
NEW_YEARS_EVE = datetime(2026, 12, 31, tzinfo=UTC)


def the_page(client, path="/"):
    return words(shown(client, path))


@pytest.mark.parametrize(
    ("zone", "hour", "minute", "date", "volume", "year"),
    [
        ("Asia/Tokyo", 14, 59, "Thursday, 31 December 2026", "Vol. I · No. 365", "© 2026"),
        ("Asia/Tokyo", 15, 0, "Friday, 1 January 2027", "Vol. II · No. 1", "© 2027"),
        ("Pacific/Apia", 10, 59, "Thursday, 31 December 2026", "Vol. I · No. 365", "© 2026"),
        ("Pacific/Apia", 11, 0, "Friday, 1 January 2027", "Vol. II · No. 1", "© 2027"),
        # Half past three in the morning of UTC, the day after.
        ("America/St_Johns", 27, 29, "Thursday, 31 December 2026", "Vol. I · No. 365", "© 2026"),
        ("America/St_Johns", 27, 30, "Friday, 1 January 2027", "Vol. II · No. 1", "© 2027"),
    ],
)
def test_date_volume_and_copyright_turn_in_the_same_minute(
    client, settings, at_noon, zone, hour, minute, date, volume, year
):
    settings.NEWSROOM_TIME_ZONE = ZoneInfo(zone)
    settings.LAUNCHED_ON = NEW_YEARS_EVE.date().replace(month=1, day=1)
    at_noon.move_to(NEW_YEARS_EVE + timedelta(hours=hour, minutes=minute))

    page = the_page(client)

    assert date in page
    assert volume in page
    assert year in page


@pytest.mark.parametrize(
    ("zone", "updated", "text"),
    [
        ("UTC", NOON, "12:00 UTC"),
        # The masthead has the 26th already: 12:00 alone would be of that day.
        ("Pacific/Apia", NOON, "25 June, 12:00 UTC"),
        ("Pacific/Apia", later(hours=-2), "25 June, 10:00 UTC"),
        ("America/St_Johns", NOON, "12:00 UTC"),
        ("Asia/Tokyo", later(hours=-13), "24 June, 23:00 UTC"),
    ],
)
def test_a_time_without_a_date_is_of_the_day_in_the_masthead(
    settings, at_noon, zone, updated, text
):
    settings.NEWSROOM_TIME_ZONE = ZoneInfo(zone)

    html = Template("{% load paper %}{% moment at %}").render(Context({"at": updated}))

    assert f">{text}<" in html


def test_a_quote_of_another_day_than_the_mastheads_says_its_day(client, settings, at_noon):
    settings.NEWSROOM_TIME_ZONE = ZoneInfo("Pacific/Apia")
    make_quote(make_instrument("Gold"), at=NOON)

    assert "25 Jun 12:00 UTC" in the_page(client, "/markets/strip/")


def test_updated_is_the_newest_thing_on_the_page_strips_included(client, at_noon):
    article = make_live_article()
    at_noon.move_to(later(minutes=10))
    alone = the_page(client, article.get_absolute_url())
    make_quote(at=later(minutes=7))
    generations.bump("quotes")

    with_a_quote = the_page(client, article.get_absolute_url())

    assert "Updated 12:00 UTC" in alone
    assert "Updated 12:07 UTC" in with_a_quote


def test_updated_is_never_to_come(client, at_noon):
    article = make_live_article()
    make_quote(at=later(minutes=2))
    generations.bump("quotes")

    assert "Updated 12:00 UTC" in the_page(client, article.get_absolute_url())


def test_a_readers_copy_is_not_confirmed_once_its_minute_is_over(client, at_noon):
    article = make_live_article()
    make_quote(make_instrument("Gold", prefix="$"), "100")
    etag = client.get(article.get_absolute_url())["ETag"]
    at_noon.shift(59)
    within = client.get(article.get_absolute_url(), headers={"If-None-Match": etag})
    at_noon.shift(1)

    after = client.get(article.get_absolute_url(), headers={"If-None-Match": etag})

    assert (within.status_code, after.status_code) == (304, 200)
