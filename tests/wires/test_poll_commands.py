"""manage.py poll_wires and the worker: their options, and how polling is switched off."""

import threading

import pytest
from django.core.management import CommandError
from pytest_httpserver import HTTPServer

from tests.clock import later
from tests.commands import run_command
from tests.waiting import CEILING
from tests.wires.databases import run_beside, shared_database
from tests.wires.factories import make_channel, make_feed
from tests.wires.sites import World, answer
from wires.models import Channel, Post
from wires.platforms import parse

__all__ = ["shared_database"]

pytestmark = pytest.mark.django_db


def trust(site, settings):
    settings.WIRE_TRUSTED_HOSTS = [f"{site.host}:{site.port}"]
    site.expect_request("/feed").respond_with_data(make_feed("One"))
    return site.url_for("/feed")


def test_one_channel_is_polled_though_it_is_paused_and_not_due(httpserver, settings):
    address = trust(httpserver, settings)
    make_channel(code="ONE", address=address, paused=True, next_poll_at=later(days=10_000))
    make_channel(code="OTHER", address="http://10.0.0.1/feed")

    ran = run_command("poll_wires", "--channel", "one")

    assert ran.out.startswith("1 channels polled, 0 unchanged, 0 failed: 1 new posts")
    assert Channel.objects.get(code="OTHER").last_polled_at is None
    assert Channel.objects.get(code="ONE").lease_owner == ""


@pytest.mark.parametrize(
    ("code", "fields", "message"),
    [
        ("BAD", {}, "BAD could not be read."),
        ("NONE", {}, "No channel has the code NONE."),
    ],
)
def test_a_channel_that_cannot_be_polled_ends_the_command_with_an_error(code, fields, message):
    make_channel(code="BAD", address="http://10.0.0.1/feed", **fields)

    with pytest.raises(CommandError) as raised:
        run_command("poll_wires", "--channel", code)

    assert str(raised.value) == message


def test_a_dry_run_says_what_is_due_and_asks_nobody(httpserver, settings):
    address = trust(httpserver, settings)
    make_channel(code="DUE", address=address)
    make_channel(code="PAUSED", address=address + "?2", paused=True)

    ran = run_command("poll_wires", "--dry-run")

    assert ran.out.splitlines() == [
        f"DUE  never polled  {address}",
        "1 channels would be polled. Nothing was.",
    ]
    assert (httpserver.log, Channel.objects.get(code="DUE").lease_until) == ([], None)


@pytest.mark.parametrize(
    ("command", "setting"), [("poll_wires", "WIRE_POLL"), ("poll_markets", "MARKETS_POLL")]
)
def test_polling_that_is_switched_off_is_refused(command, setting, settings):
    setattr(settings, setting, False)
    make_channel()

    with pytest.raises(CommandError) as raised:
        run_command(command, "--once")

    assert str(raised.value).startswith(f"Polling is switched off: {setting}=0.")
    assert Channel.objects.get().last_polled_at is None


@pytest.mark.django_db(transaction=True)
def test_a_worker_polls_nothing_where_polling_is_switched_off(shared_database):
    site = HTTPServer(port=0)
    site.start()
    make_channel(address=site.url_for("/feed"))
    more = {
        "WIRE_TRUSTED_HOSTS": f"{site.host}:{site.port}",
        "WIRE_POLL": "0",
        "MARKETS_POLL": "0",
    }

    try:
        with shared_database(more) as environment:
            worker = run_beside(environment, "work")
            lines = {worker.stdout.readline() for _ in range(2)}
            worker.terminate()
            status = worker.wait(timeout=CEILING)
    finally:
        site.stop()

    assert lines == {
        b"Polling is switched off: WIRE_POLL=0.\n",
        b"Polling is switched off: MARKETS_POLL=0.\n",
    }
    assert (status, site.log, worker.stderr.read()) == (0, [], b"")


def test_a_body_that_is_slow_to_parse_stops_no_fetch():
    for n in range(12):
        make_channel(address=f"https://site{n}.example/feed")
    world = World(*(answer(make_feed(f"Post{n}")) for n in range(12)))
    all_asked = threading.Event()

    def slow(body, **context):
        # No parser is done before every site has been asked, with eight places for twelve sites.
        assert all_asked.wait(CEILING)
        return parse(body, **context)

    def looks():
        if len(world.asked) == 12:
            all_asked.set()
        return False

    world.parse = slow
    tally = world.poll(is_over=looks)

    assert (tally.channels, Post.objects.count()) == (12, 12)
