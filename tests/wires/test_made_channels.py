"""Channels and outlets that are made on the way, and whose page an address is."""

import pytest

from tests.wires.documents import document
from tests.wires.factories import make_channel, make_outlet
from wires.ingest.channels import (
    BadCode,
    FileChannels,
    channel_by_hand,
    channels_of_site,
    free_code,
    free_slug,
)
from wires.ingest.channels import (
    make_outlet as outlet_of,
)
from wires.models import Channel, Outlet

pytestmark = pytest.mark.django_db


def on(address, *, outlet="Harbour Wire", **fields):
    return make_channel(outlet=make_outlet(outlet), address=address, **fields)


# Whose page it is


def test_the_feeds_on_the_host_of_a_page_come_before_those_on_its_domain():
    on("https://harbour.example/rss", outlet="Harbour Wire")
    one = on("https://news.harbour.example/rss", outlet="Harbour News")
    two = on("https://www.news.harbour.example/more", outlet="Harbour News")

    assert channels_of_site("https://news.harbour.example/one") == [one, two]


def test_the_feeds_on_the_domain_of_a_page_are_those_of_one_outlet():
    one = on("https://feeds.harbour.example/rss")
    on("https://feeds.harbour.example.evil.example/rss", outlet="Evil")
    on("https://notharbour.example/rss", outlet="Other")
    on("https://elsewhere.example/harbour.example", outlet="Another")

    assert channels_of_site("https://www.harbour.example/one") == [one]


@pytest.mark.parametrize("url", ["https://harbour.example/one", "https://news.harbour.example/one"])
def test_nothing_says_whose_page_it_is_where_two_outlets_share_the_site(url):
    on("https://harbour.example/rss", outlet="Harbour Wire")
    on("https://harbour.example/sport", outlet="Harbour Sport")

    assert channels_of_site(url) == []


@pytest.mark.parametrize("fields", [{"origin": "file"}, {"platform": "telegram"}])
def test_a_page_is_not_that_of_a_channel_that_is_no_feed_of_a_site(fields):
    on("https://harbour.example/rss", **fields)

    assert channels_of_site("https://harbour.example/one") == []


def test_a_page_without_a_readable_host_belongs_to_nobody():
    on("https://harbour.example/rss")

    assert channels_of_site("http://[broken/one") == []


# Names that nobody has


@pytest.mark.parametrize(
    ("account", "code"),
    [
        ("portwatch", "PORTWATCH"),
        ("port_watch.bsky", "PORT-WATCH"),
        ("portauthority", "PORTAUTHORI"),
        ("a", "A-1"),
        ("ap", "AP"),
        ("xinhua_x", "XINHUA-X"),
        ("港", "LINK"),
        ("", "LINK"),
    ],
)
def test_a_code_is_made_of_the_letters_of_an_account(account, code):
    assert free_code(account) == code


def test_a_code_that_is_taken_gets_the_next_number():
    for code in ("PORT", "PORT-2", "PORTAL"):
        make_channel(code=code)

    assert [free_code("port"), free_code("portal"), free_code("por")] == [
        "PORT-3",
        "PORTAL-2",
        "POR",
    ]


def test_an_outlet_is_found_again_by_its_name_and_made_once():
    known = make_outlet("Harbour Wire")

    found, made, again = (outlet_of(name) for name in ("Harbour Wire", "Harbour", "Harbour"))

    assert found == known
    assert made == again
    assert (made.name, made.slug, Outlet.objects.count()) == ("Harbour", "harbour", 2)


def test_a_slug_that_is_taken_gets_the_next_number():
    for name in ("Port", "Port 2"):
        make_outlet(name)

    assert [free_slug(name) for name in ("Port", "PORT!", "Portal", "港")] == [
        "port-3",
        "port-3",
        "portal",
        "outlet",
    ]


def test_the_second_outlet_of_a_name_gets_the_number_two():
    make_outlet("Port")

    assert free_slug("PORT!") == "port-2"


def test_a_name_is_cut_to_its_column():
    outlet = outlet_of("x" * 121)

    assert (outlet.name, outlet.slug) == ("x" * 120, "x" * 110)
    assert outlet_of("x" * 122) == outlet


def test_a_channel_made_by_hand_is_never_polled():
    channel = channel_by_hand(
        platform="x",
        account="a" * 256,
        address="https://x.com/" + "a" * 2000,
        name="  Port \n Watch",
    )

    channel.refresh_from_db()
    assert (channel.origin, channel.paused, channel.platform) == ("by_hand", True, "x")
    assert (len(channel.account), len(channel.address)) == (255, 2000)
    assert (channel.outlet.name, channel.code) == ("Port Watch", "A" * 11)
    assert not Channel.objects.polled().exists()


@pytest.mark.parametrize(
    ("account", "name", "outlet", "code"),
    [
        ("", "harbour.example", "harbour.example", "HARBOUR-EXA"),
        ("port", "", "port", "PORT"),
        ("", "", "Unknown", "LINK"),
    ],
)
def test_a_channel_made_by_hand_is_named_by_what_is_known(account, name, outlet, code):
    channel = channel_by_hand(platform="rss", account=account, address="a", name=name)

    assert (channel.outlet.name, channel.code) == (outlet, code)


# A channel a file


def test_a_code_leaves_room_for_four_digits():
    FileChannels("A" * 11)

    for code in ("A" * 12, "A", "a b", "", "PORT\n"):
        with pytest.raises(BadCode):
            FileChannels(code)


def test_files_are_numbered_after_the_highest_number_of_their_code():
    outlet = make_outlet("Case Agency")
    known = make_channel(outlet=outlet, code="CASE-0007", origin="file", address="a.xml")
    make_channel(code="CASE-0009", origin="polled", address="https://case.example/")
    make_channel(code="CASE-A-0012", origin="file", address="b.xml")
    make_channel(code="CASE-12", origin="file", address="c.xml")
    files = FileChannels("CASE")

    made = files.make("d.xml", document(account="p" * 256, numeric_id="7" * 65, language="l" * 36))

    assert (made.code, made.outlet, made.origin, made.platform) == (
        "CASE-0008",
        outlet,
        "file",
        "rss",
    )
    assert (made.account, made.numeric_id, made.language) == ("p" * 255, "7" * 64, "l" * 35)
    assert [files.find(path) for path in ("a.xml", "d.xml", "b.xml")] == [known, made, None]


def test_a_code_has_numbers_until_its_column_is_full():
    make_channel(code="AAAAAAAAAA-9999", origin="file", address="a.xml")
    make_channel(code="AAAAAAAAAAA-9999", origin="file", address="c.xml")

    assert FileChannels("A" * 10).make("b.xml", document()).code == "AAAAAAAAAA-10000"
    with pytest.raises(BadCode, match="AAAAAAAAAAA has no numbers left"):
        FileChannels("A" * 11).make("b.xml", document())
    assert Channel.objects.count() == 3
