"""One source has one channel, however its address is written and whatever name it has now."""

import pytest
from django.db import IntegrityError

from tests.clock import NOON, later
from tests.wires.factories import make_channel, make_outlet
from tests.wires.platforms.bluesky import answers as bluesky
from tests.wires.sites import World, answer
from tests.wires.test_conversations import RKEYS, bluesky_channel
from wires.known_sources import KnownSources
from wires.management.commands.load_channels import add_channel
from wires.models import Channel

pytestmark = pytest.mark.django_db

ADD = "/desk/wires/channel/add/"


def fields_of(**fields):
    usual = {"outlet": make_outlet().pk, "platform": "", "on_ticker": "on", "origin": "polled"}
    return usual | {"interval_minutes": "10", "identity": "native", "code": "NEW"} | fields


@pytest.mark.parametrize(
    ("address", "stored"),
    [
        ("@harbour.example", ("bluesky", "harbour.example", "https://bsky.app/profile/harbour.example")),
        ("t.me/PortWatch", ("telegram", "portwatch", "https://t.me/PortWatch")),
        ("https://b.example/@desk@a.example", ("mastodon", "desk@a.example", "https://a.example/@desk")),
        ("harbour.example/feed", ("rss", "", "https://harbour.example/feed")),
    ],
)  # fmt: skip
def test_an_address_in_any_form_is_enough_to_add_a_channel(log_in, address, stored):
    response = log_in("Wire desk").post(ADD, fields_of(address=address))

    assert response.status_code == 302, response.context["errors"]
    channel = Channel.objects.get()
    assert (channel.platform, channel.account, channel.address) == stored


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ({"platform": "rss", "address": "http://www.harbour.example/feed/"}, "https://harbour.example/feed"),
        ({"platform": "telegram", "account": "portwatch", "address": "https://t.me/s/portwatch"}, "telegram.me/PortWatch"),
        ({"platform": "mastodon", "account": "desk@a.example", "address": "https://a.example/@desk"}, "https://b.example/@desk@a.example"),
        ({"platform": "bluesky", "account": "old.example", "numeric_id": bluesky.DID, "address": "https://bsky.app/profile/old.example"}, bluesky.DID),
        ({"platform": "telegram", "account": "portwatch", "address": "https://t.me/s/portwatch", "origin": "by_hand"}, "t.me/portwatch"),
    ],
)  # fmt: skip
def test_a_second_channel_of_one_source_is_refused_with_a_link_to_the_first(log_in, first, second):
    there = make_channel(code="FIRST", **first)

    response = log_in("Wire desk").post(ADD, fields_of(address=second))

    page = response.content.decode()
    assert f'<a href="/desk/wires/channel/{there.pk}/change/">FIRST</a> is the channel' in page
    assert Channel.objects.count() == 1


def test_two_addresses_that_differ_only_at_their_far_end_are_two_sources(log_in):
    desk = log_in("Wire desk")
    addresses = [f"https://harbour.example/feed?token={'a' * 400}{n}" for n in range(2)]

    statuses = [
        desk.post(ADD, fields_of(address=address, code=f"FAR-{n}")).status_code
        for n, address in enumerate(addresses)
    ]

    assert statuses == [302, 302]
    assert {*Channel.objects.values_list("address", flat=True)} == {*addresses}


def test_an_imported_file_does_not_keep_its_account_from_being_polled(log_in):
    make_channel(platform="telegram", account="portwatch", address="a.html", origin="file")

    response = log_in("Wire desk").post(ADD, fields_of(address="t.me/portwatch"))

    assert response.status_code == 302


def test_two_channels_of_one_source_that_are_there_already_can_be_edited(log_in):
    make_channel(address="https://harbour.example/feed")
    channel = make_channel(address="https://www.harbour.example/feed", code="SECOND")
    kept = {"address": channel.address, "platform": "rss", "code": "SECOND"}

    response = log_in("Wire desk").post(
        f"/desk/wires/channel/{channel.pk}/change/", fields_of(interval_minutes="25", **kept)
    )

    channel.refresh_from_db()
    assert (response.status_code, channel.interval_minutes) == (302, 25)


def test_the_database_keeps_two_who_add_one_source_at_once_from_doubling_it():
    make_channel(source_key="rss:harbour.example/feed")

    with pytest.raises(IntegrityError):
        make_channel(source_key="rss:harbour.example/feed")


def test_the_later_of_two_who_add_one_source_at_once_is_told_so(log_in, monkeypatch):
    # As if the other one had been saved after this form was read.
    make_channel(
        outlet=make_outlet("The Tide"),
        code="FIRST",
        address="https://harbour.example/feed",
        source_key="rss:harbour.example/feed",
    )
    find, answers = KnownSources.find, iter([None])
    monkeypatch.setattr(
        KnownSources, "find", lambda known, channel: next(answers, find(known, channel))
    )

    page = log_in("Wire desk").post(ADD, fields_of(address="harbour.example/feed")).content.decode()

    assert ">FIRST</a> is the channel" in page


def test_another_address_leads_to_another_account(log_in):
    channel = bluesky_channel(code="OLD", numeric_id=bluesky.DID)
    fields = fields_of(
        address="@new.example", platform="bluesky", account=channel.account, code="OLD"
    )

    log_in("Wire desk").post(f"/desk/wires/channel/{channel.pk}/change/", fields)

    channel.refresh_from_db()
    assert (channel.account, channel.numeric_id) == ("new.example", "")


def test_a_listed_channel_of_a_known_source_is_not_added():
    make_channel(address="https://harbour.example/feed")

    listed = {"code": "NEW", "address": "http://harbour.example/feed/"}
    added = add_channel(make_outlet(), listed, KnownSources.read())

    assert (added, Channel.objects.count()) == (False, 1)


def feed_of(handle, *, did=bluesky.DID):
    post = bluesky.post("Tide.", RKEYS[0], by=bluesky.author(did, handle))
    return answer(bluesky.feed(post))


def test_a_changed_handle_keeps_the_channel_and_is_shown():
    channel = bluesky_channel(numeric_id=bluesky.DID, last_polled_at=NOON)

    World(feed_of("port.example")).poll()

    channel.refresh_from_db()
    assert (channel.account, channel.address, channel.health) == (
        "port.example", "https://bsky.app/profile/port.example", "sound",
    )  # fmt: skip


def test_a_changed_handle_frees_the_old_one_and_keeps_the_new_one():
    channel = bluesky_channel(
        numeric_id=bluesky.DID, last_polled_at=NOON, source_key="bluesky:harbour.example"
    )

    World(feed_of("port.example")).poll()

    channel.refresh_from_db()
    assert channel.source_key == "bluesky:port.example"


def test_a_changed_handle_that_has_a_channel_already_stops_neither():
    channel = bluesky_channel(numeric_id=bluesky.DID, last_polled_at=NOON)
    make_channel(
        outlet=channel.outlet,
        platform="bluesky",
        account="port.example",
        address="https://bsky.app/profile/port.example",
        paused=True,
    )

    World(feed_of("port.example")).poll()

    channel.refresh_from_db()
    assert (channel.health, channel.posts.count()) == ("sound", 1)


def test_a_channel_added_by_its_did_shows_the_handle():
    channel = make_channel(
        platform="bluesky", account=bluesky.DID, address=f"https://bsky.app/profile/{bluesky.DID}"
    )

    World(feed_of("port.example")).poll()

    channel.refresh_from_db()
    assert (channel.account, channel.numeric_id) == ("port.example", bluesky.DID)


def test_a_handle_that_turns_out_to_be_another_channels_account_brings_nothing():
    bluesky_channel(code="FIRST", numeric_id=bluesky.DID, next_poll_at=later(days=1))
    second = make_channel(
        platform="bluesky", account="port.example", address="https://bsky.app/profile/port.example"
    )

    World(feed_of("port.example")).poll()

    second.refresh_from_db()
    assert "this is the account of the channel FIRST" in second.last_error
    assert not second.posts.exists()


@pytest.mark.parametrize(
    "other",
    [
        {"platform": "telegram"},
        {"numeric_id": bluesky.OTHER_DID},
        # What was imported from a file is not polled, so nothing comes in twice.
        {"origin": "file"},
    ],
    ids=str,
)
def test_a_channel_of_another_account_does_not_keep_a_new_one_from_being_read(other):
    same = {"platform": "bluesky", "numeric_id": bluesky.DID, "next_poll_at": later(days=1)}
    make_channel(account="first.example", **same | other)
    channel = make_channel(
        platform="bluesky", account="port.example", address="https://bsky.app/profile/port.example"
    )

    World(feed_of("port.example")).poll()

    channel.refresh_from_db()
    assert (channel.last_error, channel.posts.count()) == ("", 1)
