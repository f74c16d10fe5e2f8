"""Channels that move, break, or say nothing new for too long."""

from datetime import timedelta

import pytest

from tests.clock import NOON, later
from tests.wires.factories import make_channel, make_feed, make_outlet
from tests.wires.sites import World, answer
from wires.http import FetchError
from wires.known_sources import source_key_of
from wires.models import Channel
from wires.schedule.moves import after_redirect

pytestmark = pytest.mark.django_db

OLD, NEW = "https://old.example/feed", "https://new.example/feed"


def poll_times(world, times, *, every=timedelta(hours=1)):
    for _ in range(times):
        world.poll()
        world.at += every


def moved(to=NEW):
    return answer(make_feed("One"), moved_to=to)


def test_an_address_that_redirects_for_good_is_taken_over_the_tenth_time():
    channel = make_channel(address=OLD)
    world = World(*(moved() for _ in range(11)))

    poll_times(world, 9)
    channel.refresh_from_db()
    before = (channel.address, channel.moved_seen)
    poll_times(world, 2)

    channel.refresh_from_db()
    assert before == (OLD, 9)
    assert (channel.address, channel.moved_from, channel.moved_at) == (NEW, OLD, later(hours=9))
    assert [asked.url for asked in world.asked[-2:]] == [OLD, NEW]


@pytest.mark.parametrize("between", [moved("https://other.example/feed"), answer(make_feed("One"))])
def test_a_redirect_that_changes_or_ends_is_counted_from_the_beginning(between):
    make_channel(address=OLD, moved_to=NEW, moved_seen=9)
    world = World(between, moved())

    poll_times(world, 2)

    channel = Channel.objects.get()
    assert (channel.address, channel.moved_to, channel.moved_seen) == (OLD, NEW, 1)


@pytest.mark.parametrize("to", ["http://10.0.0.1/feed", "https://new.example:8080/feed", NEW])
def test_an_address_that_cannot_be_ours_is_not_taken_over(to):
    channel = make_channel(address=OLD, moved_to=to, moved_seen=9)
    make_channel(address=NEW, paused=True)

    World(moved(to)).poll()

    channel.refresh_from_db()
    assert (channel.address, channel.health) == (OLD, "sound")


def test_an_address_that_another_outlet_reads_in_another_spelling_is_not_taken_over():
    channel = make_channel(address=OLD, moved_to=NEW, moved_seen=9)
    other = make_channel(outlet=make_outlet("Kestrel"), address=f"{NEW}/", paused=True)
    Channel.objects.filter(pk=other.pk).update(source_key=source_key_of(other))
    fields = after_redirect(channel, NEW, at=NOON)

    assert fields == {"moved_to": NEW, "moved_seen": 10}


def test_what_a_move_writes_names_the_old_address_and_the_new_source():
    channel = make_channel(address=OLD, moved_to=NEW, moved_seen=9)

    fields = after_redirect(channel, NEW, at=NOON)

    moved_channel = Channel(platform="rss", address=NEW)
    assert fields == {
        "address": NEW,
        "source_key": source_key_of(moved_channel),
        "moved_from": OLD,
        "moved_at": NOON,
        "moved_to": "",
        "moved_seen": 0,
    }


@pytest.mark.parametrize(
    ("to", "fields"),
    [
        ("", {"moved_to": "", "moved_seen": 0}),
        (OLD, {"moved_to": "", "moved_seen": 0}),
        (f"{NEW}/".ljust(2000, "a"), {"moved_to": f"{NEW}/".ljust(2000, "a"), "moved_seen": 1}),
        (f"{NEW}/".ljust(2001, "a"), {"moved_to": "", "moved_seen": 0}),
    ],
)
def test_an_address_that_leads_nowhere_new_is_counted_from_the_beginning(to, fields):
    assert after_redirect(Channel(address=OLD, moved_to=NEW, moved_seen=9), to, at=NOON) == fields


def test_the_address_of_a_telegram_channel_stays_as_the_editor_wrote_it():
    channel = make_channel(
        platform="telegram", account="portwatch", address="https://t.me/portwatch", moved_seen=9
    )
    Channel.objects.update(moved_to="https://t.me/s/other")

    World(moved("https://t.me/s/other")).poll()

    channel.refresh_from_db()
    assert channel.address == "https://t.me/portwatch"


@pytest.mark.parametrize(
    ("since", "failures", "health"),
    [(-3, 9, "broken"), (-3, 8, "failing"), (-2, 9, "failing")],
    ids=["ten times over three days", "nine times", "two days"],
)
def test_a_channel_that_is_not_found_for_days_is_broken_and_asked_once_a_day(
    since, failures, health
):
    make_channel(
        failures=failures,
        health="failing",
        failing_since=later(days=since),
        error_kind="http_404",
    )

    World(FetchError("http_404", "Nothing there.", status=404)).poll()

    channel = Channel.objects.get()
    assert channel.health == health
    if health == "broken":
        assert channel.next_poll_at == later(days=1)
    assert Channel.objects.polled().exists()


def test_a_server_that_was_out_of_order_for_days_is_not_broken_by_one_404():
    make_channel(failures=20, health="failing", failing_since=later(days=-9), error_kind="http_503")

    World(FetchError("http_404", "Nothing there.", status=404)).poll()

    assert Channel.objects.get().health == "failing"


def test_a_broken_channel_that_is_read_again_works():
    make_channel(failures=20, health="broken", failing_since=later(days=-9))

    World(answer(make_feed("One"))).poll()

    channel = Channel.objects.get()
    assert (channel.health, channel.failures, channel.failing_since) == ("sound", 0, None)


@pytest.mark.parametrize(("days", "sent"), [(6, "old"), (7, "")])
def test_a_site_that_says_not_modified_for_a_week_is_read_in_full(days, sent):
    make_channel(etag="old", last_modified="Thursday", last_read_at=NOON - timedelta(days=days))
    world = World(answer(make_feed("One"), etag="new"))

    world.poll()

    assert world.asked[0].etag == sent
    assert Channel.objects.get().etag == "new"


def test_the_feeds_that_a_page_offers_are_kept_for_the_editor(log_in):
    page = b"""<!doctype html><html><head><title>Harbour</title>
        <link rel="alternate" type="application/rss+xml" href="https://harbour.example/rss">
        </head><body><p>News.</p></body></html>"""
    channel = make_channel(address=OLD)

    World(answer(page)).poll()

    channel.refresh_from_db()
    assert channel.offered_feeds == ["https://harbour.example/rss"]
    shown = log_in("Wire desk").get(f"/desk/wires/channel/{channel.pk}/change/").text
    assert "https://harbour.example/rss" in shown
