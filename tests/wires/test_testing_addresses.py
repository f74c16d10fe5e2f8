"""Adding a channel at the desk: the address is tested, what it has fills the form, one more click."""

from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from django.contrib.auth.models import Permission
from django.test import Client

from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import make_channel, make_outlet
from tests.wires.platforms.bluesky import answers as bluesky
from tests.wires.test_address_tests import PAGE, Site, answer, feed
from tests.wires.test_conversations import RKEYS
from wires.models import AddressTest, Channel, Outlet

pytestmark = pytest.mark.django_db

ADD, TEST = "/desk/wires/channel/add/", "/desk/wires/channel/test/"
CHANNEL = {"on_ticker": "on", "origin": "polled", "interval_minutes": "10", "identity": "native"}


def shown(response):
    return response.content.decode()


def links_of(page, begin):
    """Return the addresses of the links on a page that begin so."""
    parts = page.split('href="')[1:]
    found = [part.partition('"')[0].replace("&amp;", "&") for part in parts]
    return [href for href in found if href.startswith(begin)]


def form_values(page):
    """Return what the inputs of a form hold."""
    inputs = [part.partition(">")[0] for part in page.split("<input ")[1:]]
    values = {}
    for each in inputs:
        if 'name="' in each and 'value="' in each:
            values[each.split('name="')[1].partition('"')[0]] = each.split('value="')[1].partition(
                '"'
            )[0]
    return values


def test_an_address_is_left_to_the_worker_and_asked_nowhere_in_the_web_request(log_in):
    # A request on the network would fail the test.
    response = log_in("Wire desk").post(TEST, {"address": "harbour.example/feed"})

    test = AddressTest.objects.get()
    assert response.url == f"{TEST}{test.pk}/"
    assert (test.address, test.answered_at) == ("https://harbour.example/feed", None)


def test_the_page_of_a_test_waits_and_says_when_the_worker_is_late(log_in):
    desk = log_in("Wire desk")
    with time_machine.travel(NOON, tick=False):
        page = desk.post(TEST, {"address": "harbour.example/feed"}).url
        waiting = desk.get(page)
    with time_machine.travel(later(minutes=1)):
        late = shown(desk.get(page))

    assert waiting["Refresh"] == "2"
    assert "stopped" not in shown(waiting)
    assert "stopped" in late


def test_a_tested_feed_is_added_with_what_the_test_found(log_in, at_noon):
    desk = log_in("Wire desk")
    page = desk.post(TEST, {"address": "harbour.example/feed", "interval_minutes": "30"}).url
    answer(Site(feed(("Tide", "Thu, 25 Jun 2026 09:00:00 GMT"), head="<language>en</language>")))

    result = desk.get(page)
    (form,) = links_of(shown(result), f"{ADD}?")[:1]
    values = form_values(shown(desk.get(form)))
    saved = desk.post(form, CHANNEL | {"start": "on"} | {
        name: values[name] for name in ("address", "outlet_name", "code", "language", "interval_minutes")
    })  # fmt: skip

    assert "Refresh" not in result
    assert all(word in shown(result) for word in ("Tide", "25 Jun 09:00 UTC", "30 min"))
    assert saved.status_code == 302, saved.context["errors"]
    channel = Channel.objects.get()
    assert (channel.outlet.name, channel.outlet.slug, channel.code) == (
        "Harbour Wire", "harbour-wire", "HARBOUR",
    )  # fmt: skip
    assert (channel.paused, channel.language, channel.interval_minutes) == (False, "en", 30)


def test_what_was_typed_before_the_test_is_there_after_it(log_in):
    desk = log_in("Wire desk")
    typed = {"address": "harbour.example/feed", "code": "MINE", "outlet_name": "The Tide"}
    page = desk.post(TEST, typed).url
    answer(Site(feed(("Tide", ""))))

    form = links_of(shown(desk.get(page)), f"{ADD}?")[0]

    query = {name: values[0] for name, values in parse_qs(urlsplit(form).query).items()}
    assert (query["code"], query["outlet_name"]) == ("MINE", "The Tide")


def test_characters_that_no_database_takes_are_left_out_of_what_was_typed(log_in):
    desk = log_in("Wire desk")

    response = desk.post(
        TEST, {"address": "harbour.example/fe\0ed", "code": "HAR\0B", "platform": "r\0ss"}
    )

    test = AddressTest.objects.get()
    assert response.status_code == 302
    assert (test.entered, test.platform, test.typed) == (
        "harbour.example/feed", "rss", {"code": "HARB"},
    )  # fmt: skip


def test_the_did_that_a_test_found_is_kept_with_the_channel(log_in):
    desk = log_in("Wire desk")
    page = desk.post(TEST, {"address": "@harbour.example"}).url
    answer(Site(bluesky.feed(bluesky.post("Tide.", RKEYS[0]))))

    form = links_of(shown(desk.get(page)), f"{ADD}?")[0]
    desk.post(form, CHANNEL | {"address": "@harbour.example", "outlet_name": "Tide", "code": "T"})
    desk.post(
        form, CHANNEL | {"address": "@harbour.example", "outlet_name": "Tide", "code": "TIDE"}
    )

    channel = Channel.objects.get()
    assert (channel.account, channel.numeric_id) == ("harbour.example", bluesky.DID)


def test_the_test_of_one_account_says_nothing_of_another(log_in):
    desk = log_in("Wire desk")
    page = desk.post(TEST, {"address": "@harbour.example"}).url
    answer(Site(bluesky.feed(bluesky.post("Tide.", RKEYS[0]))))
    form = links_of(shown(desk.get(page)), f"{ADD}?")[0]

    desk.post(form, CHANNEL | {"address": "@other.example", "outlet_name": "Tide", "code": "TIDE"})

    assert Channel.objects.get().numeric_id == ""


def test_the_test_of_somebody_else_is_nobodys(log_in):
    page = log_in("Wire desk").post(TEST, {"address": "@harbour.example"}).url
    answer(Site(bluesky.feed(bluesky.post("Tide.", RKEYS[0]))))
    other = Client()
    other.force_login(make_user(group="Wire desk"))

    looked = other.get(page)
    other.post(
        f"{ADD}?test={AddressTest.objects.get().pk}",
        CHANNEL | {"address": "@harbour.example", "outlet_name": "Tide", "code": "TIDE"},
    )

    assert looked.status_code == 404
    assert Channel.objects.get().numeric_id == ""


def test_a_test_leads_to_the_channel_that_reads_the_account_under_another_name(log_in):
    desk = log_in("Wire desk")
    there = make_channel(
        platform="bluesky", account="old.example", numeric_id=bluesky.DID, code="FIRST",
        address="https://bsky.app/profile/old.example",
    )  # fmt: skip
    page = desk.post(TEST, {"address": "@harbour.example"}).url
    answer(Site(bluesky.feed(bluesky.post("Tide.", RKEYS[0]))))

    said = " ".join(shown(desk.get(page)).split())

    assert f'<a href="/desk/wires/channel/{there.pk}/change/">FIRST</a> is the channel' in said
    assert "Add this channel" not in said


def test_a_page_offers_its_feeds_as_links_that_fill_the_form(log_in):
    desk = log_in("Wire desk")
    page = desk.post(TEST, {"address": "harbour.example", "code": "MINE"}).url
    answer(Site(PAGE.encode()))

    said = shown(desk.get(page))
    form = links_of(said, f"{ADD}?")[0]

    values = form_values(shown(desk.get(form)))
    assert (values["address"], values["code"]) == ("https://harbour.example/news.xml", "MINE")
    assert "Payroll" not in said


def test_a_saved_channel_is_tested_and_takes_over_a_feed_that_was_offered(log_in):
    desk = log_in("Wire desk")
    channel = make_channel(address="https://harbour.example/")
    page = desk.post(TEST, {"address": channel.address, "channel": channel.pk}).url
    answer(Site(PAGE.encode()))

    form = links_of(shown(desk.get(page)), f"/desk/wires/channel/{channel.pk}/change/?")[0]
    values = form_values(shown(desk.get(form)))

    assert values["address"] == "https://harbour.example/news.xml"
    channel.refresh_from_db()
    assert channel.address == "https://harbour.example/"


@pytest.mark.parametrize(
    "address", ["", "http://10.0.0.1/", "javascript:alert(1)", "x\x00y", "é" * 3000]
)
def test_an_address_that_is_never_asked_is_refused_on_the_page(log_in, address):
    response = log_in("Wire desk").post(TEST, {"address": address, "channel": "9" * 30})

    assert response.status_code == 200
    assert "Nothing would come in" in shown(response)
    assert not AddressTest.objects.exists()


def test_who_tests_too_often_is_told_until_when(log_in, at_noon):
    desk = log_in("Wire desk")
    for n in range(20):
        desk.post(TEST, {"address": f"harbour.example/{n}"})

    response = desk.post(TEST, {"address": "harbour.example/21"})

    assert response.status_code == 429
    assert "Try again at 12:10 UTC" in shown(response)


def test_only_who_may_add_or_change_channels_tests_addresses(client):
    onlooker = make_user()
    onlooker.user_permissions.add(Permission.objects.get(codename="view_channel"))
    client.force_login(onlooker)

    response = client.post(TEST, {"address": "harbour.example/feed"})

    assert response.status_code == 403
    assert not AddressTest.objects.exists()


def test_a_test_needs_a_post_with_a_token():
    desk = Client(enforce_csrf_checks=True)
    desk.force_login(make_user(group="Wire desk"))

    refused = desk.post(TEST, {"address": "harbour.example/feed"})

    assert (refused.status_code, desk.get(TEST).status_code) == (403, 405)
    assert not AddressTest.objects.exists()


def test_an_outlet_is_found_by_its_name_in_any_case(log_in):
    outlet = make_outlet("Harbour Wire")

    fields = {"address": "harbour.example/feed", "outlet_name": " harbour  WIRE", "code": "NEW"}
    log_in("Wire desk").post(ADD, CHANNEL | fields)

    assert Channel.objects.get().outlet == outlet
    assert Outlet.objects.count() == 1


def test_a_channel_without_an_outlet_is_refused(log_in):
    page = shown(log_in("Wire desk").post(ADD, CHANNEL | {"address": "a.example/f", "code": "NEW"}))

    assert "Enter the name of an outlet, or choose one." in page
    assert not Channel.objects.exists()


def test_who_may_not_poll_adds_channels_that_stay_paused(client):
    person = make_user()
    for codename in ("add_channel", "view_channel", "add_outlet"):
        person.user_permissions.add(Permission.objects.get(codename=codename))
    client.force_login(person)
    fields = {"address": "a.example/feed", "outlet_name": "A", "code": "NEW", "start": "on"}

    offered = shown(client.get(ADD))
    client.post(ADD, CHANNEL | fields)

    assert "Start polling at once" not in offered
    assert Channel.objects.get().paused


def test_the_page_of_a_test_takes_the_same_queries_however_many_channels_there_are(
    log_in, django_assert_max_num_queries
):
    desk = log_in("Wire desk")
    for _ in range(20):
        make_channel()
    page = desk.post(TEST, {"address": "harbour.example/feed"}).url
    answer(Site(feed(("Tide", ""))))

    with django_assert_max_num_queries(8):
        said = shown(desk.get(page))

    assert "Add this channel" in said
