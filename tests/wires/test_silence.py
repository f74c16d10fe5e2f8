"""From when on a channel's silence is remarkable: by its own rhythm, and what the desk is told."""

from collections import Counter
from datetime import timedelta

import pytest

from benchmarks.silences import RHYTHMS, START, WARM_UP, measure
from tests.clock import NOON, later
from tests.wires.factories import make_channel, make_post
from wires.models import Channel
from wires.rhythm import rhythm_of
from wires.watching import find_ailing, measure_rhythms, posts_today

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def hours(*, days, of_day, weekdays=range(7), each=1, last=NOON):
    """Return posts by hour, from some days before a moment; NOON is a Thursday."""
    begin = last.replace(hour=0) - days * DAY
    found = (begin + n * DAY + hour * HOUR for n in range(days + 1) for hour in of_day)
    return Counter({at: each for at in found if at <= last and at.weekday() in weekdays})


def test_the_night_adds_nothing_to_the_silence_of_an_office():
    office = hours(days=56, of_day=range(9, 17), weekdays=range(5))
    friday = NOON + DAY

    rhythm = rhythm_of(office, last=NOON)

    assert rhythm.usual_gap == HOUR
    assert NOON + 3 * HOUR <= rhythm.silent_at < friday


def test_the_weekend_adds_nothing_to_the_silence_of_an_office():
    friday = NOON + DAY + 4 * HOUR
    office = hours(days=55, of_day=range(9, 17), weekdays=range(5), last=friday)

    rhythm = rhythm_of(office, last=friday)

    assert rhythm.silent_at > NOON.replace(hour=8) + 4 * DAY
    assert rhythm.silent_at < NOON.replace(hour=20) + 4 * DAY


def test_a_channel_that_posts_all_the_time_is_missed_after_hours():
    busy = hours(days=56, of_day=range(24), each=6)

    rhythm = rhythm_of(busy, last=NOON)

    assert rhythm.usual_gap == timedelta(minutes=10)
    assert NOON + 3 * HOUR <= rhythm.silent_at <= NOON + 6 * HOUR


@pytest.mark.parametrize(
    "counts",
    [{}, {NOON: 5}, hours(days=10, of_day=range(24)), hours(days=56, of_day=[9], weekdays=[])],
    ids=["nothing", "one hour", "ten days", "no days"],
)
def test_a_channel_with_too_few_posts_has_no_rhythm(counts):
    assert rhythm_of(counts, last=NOON) is None


@pytest.mark.parametrize("name", sorted(RHYTHMS))
def test_an_alarm_seldom_cries_wolf_and_comes(name):
    found = measure(RHYTHMS[name], weeks=6, channels=1)

    assert found.alarms <= 1
    assert len(found.delays) >= 4
    assert found.median_delay < 24 * 28
    assert START + WARM_UP < NOON


@pytest.fixture
def quiet():
    """Make a channel that posted twice a day for two weeks, and is silent for three days."""
    channel = make_channel(code="QUIET", last_post_at=later(days=-3), last_polled_at=NOON)
    for day in range(3, 19):
        for hour in (0, 2):
            make_post(channel=channel, at=later(days=-day, hours=-hour))
    return channel


@pytest.mark.django_db
def test_a_silent_channel_needs_attention_until_it_posts_again(quiet, django_assert_num_queries):
    with django_assert_num_queries(3):
        measured = measure_rhythms(NOON)
    with django_assert_num_queries(1):
        found = find_ailing(5, at=NOON)

    quiet.refresh_from_db()
    assert measured == 1
    assert [row.channel for row in found.first] == [quiet]
    assert found.first[0].health.words == "Silent for 3 days; usually posts every 2 hours."
    assert quiet.is_silent()
    assert measure_rhythms(NOON) == 0
    Channel.objects.update(last_post_at=later(minutes=1))
    quiet.refresh_from_db()
    assert (find_ailing(5, at=NOON).count, quiet.is_silent()) == (0, False)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        {"paused": True},
        {"origin": "by_hand"},
        {"last_polled_at": later(days=-3, hours=1)},
        {"last_polled_at": None},
        {"silent_at": None},
        {"silent_at": later(hours=1)},
    ],
    ids=lambda change: " ".join(change),
)
def test_a_channel_that_nobody_reads_is_not_said_to_be_silent(quiet, change):
    measure_rhythms(NOON)
    Channel.objects.update(**change)

    quiet.refresh_from_db()
    assert not quiet.is_silent()
    assert not Channel.objects.silent().exists()
    assert find_ailing(5, at=NOON).count == 0


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "count"),
    [
        ({"health": "failing", "failing_since": later(minutes=-29)}, 0),
        ({"health": "failing", "failing_since": later(minutes=-30)}, 1),
        ({"health": "broken", "failing_since": None}, 1),
        ({"health": "gone", "failing_since": later(days=-3)}, 1),
        ({"health": "poison", "failing_since": later(days=-3)}, 1),
        ({"health": "failing", "failing_since": later(days=-3), "paused": True}, 0),
        ({"health": "sound"}, 0),
    ],
)
def test_what_fails_for_a_while_needs_attention(fields, count):
    make_channel(**fields)

    assert find_ailing(5, at=NOON).count == count


@pytest.mark.django_db
def test_more_channels_than_are_counted_are_said_to_be_more(monkeypatch):
    monkeypatch.setattr("wires.watching.MOST_COUNTED", 2)
    for _ in range(3):
        make_channel(health="broken")

    found = find_ailing(1, at=NOON)

    assert (len(found.first), found.count, found.is_more) == (1, 2, True)


@pytest.mark.django_db
def test_posts_of_a_day_are_counted_by_channel(django_assert_num_queries):
    channel, other = make_channel(), make_channel()
    make_post(channel=channel, at=later(hours=-1))
    make_post(channel=channel, at=later(hours=-24))

    with django_assert_num_queries(1):
        found = posts_today([channel.pk, other.pk], at=NOON)

    assert found == {channel.pk: 1}


@pytest.mark.django_db
def test_the_list_says_how_each_channel_is_and_asks_no_more_for_many(
    log_in, at_noon, django_assert_num_queries, quiet
):
    desk = log_in("Wire desk")
    measure_rhythms(NOON)
    make_channel(
        code="BROKEN", health="broken", error_kind="http_404", failing_since=later(days=-3)
    )
    busy = make_channel(code="BUSY", last_polled_at=later(minutes=-4), last_post_at=later(hours=-1))
    make_post(channel=busy, at=later(hours=-1))
    make_channel(code="GAP", last_polled_at=NOON, gap_cursor="93", gap_since=later(hours=-2))
    desk.get("/desk/wires/channel/")

    with django_assert_num_queries(5):
        page = desk.get("/desk/wires/channel/").text
    for _ in range(20):
        make_channel(last_polled_at=NOON)
    with django_assert_num_queries(5):
        desk.get("/desk/wires/channel/")
    needy = desk.get("/desk/wires/channel/?attention=yes").text

    assert "Read 4 minutes ago; 1 post in the last 24 hours." in page
    assert "Silent for 3 days; usually posts every 2 hours." in page
    assert "Nothing is at this address since Monday (404)." in page
    assert "Some posts from before 10:00 UTC are still missing" in page
    assert ("QUIET" in needy, "BROKEN" in needy, "BUSY" in needy) == (True, True, False)
    assert desk.get("/desk/wires/channel/?attention=no").status_code == 200
