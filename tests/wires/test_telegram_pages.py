"""Channels on Telegram, polled: older pages, gaps, edits, and pages that are no news."""

from datetime import timedelta

import pytest

from tests.clock import NOON, later
from tests.wires.factories import make_channel, make_post
from tests.wires.platforms.bluesky import answers as bluesky
from tests.wires.platforms.mastodon import answers as mastodon
from tests.wires.platforms.telegram.pages import NONE_FOUND, album, page, post
from tests.wires.sites import World, answer
from wires.http import FetchError
from wires.ingest import conversations, store
from wires.models import Channel, Domain, Post, PostVersion

pytestmark = pytest.mark.django_db

FIRST = "https://t.me/s/harbour"


@pytest.fixture(autouse=True)
def few_pages(monkeypatch):
    """Four pages a poll, so that a gap is short to write down."""
    monkeypatch.setattr(conversations, "MOST_PAGES", 4)


def telegram_channel(**fields):
    fields = {"account": "harbour", "address": "https://t.me/harbour"} | fields
    return make_channel(platform="telegram", **fields)


def read_channel(*numbers, **fields):
    """Make a channel that was read at noon, when it had messages of these numbers."""
    channel = telegram_channel(numeric_id="100", last_read_at=NOON, reread_at=NOON, **fields)
    for number in numbers:
        make_post(
            channel=channel,
            native_id=f"100/{number}",
            url=f"https://t.me/Harbour/{number}",
            at=later(minutes=number - 100),
        )
    return channel


def refused(status, **fields):
    return FetchError(f"http_{status}", f"answered {status}", status=status, **fields)


def poll(*answers, at=NOON):
    """Poll at a moment; return the world, whose every answer was asked for."""
    world = World(*(each if isinstance(each, Exception) else answer(each) for each in answers))
    world.at = at
    world.tally = world.poll()
    assert world.answers == []
    return world


def urls(world):
    return [asked.url.removeprefix(FIRST) for asked in world.asked]


def numbers():
    return sorted(int(each.rpartition("/")[2]) for each in Post.objects.values_list("native_id", flat=True))  # fmt: skip


def gap(channel):
    channel.refresh_from_db()
    return channel.gap_cursor


# Older pages


def test_the_first_poll_of_a_telegram_channel_reads_three_pages():
    channel = telegram_channel()

    world = poll(page(98, 99, 100), page(95, 96, 97), page(93, 94))

    assert urls(world) == ["", "?before=98", "?before=95"]
    assert numbers() == [*range(93, 101)]
    assert gap(channel) == ""


def test_old_messages_of_the_first_poll_are_no_news():
    telegram_channel()
    old = post(1, at=later(days=-3))

    poll(page(old, post(100), more=False))

    backfill = Post.objects.order_by("wire_at").values_list("is_backfill", flat=True)
    assert list(backfill) == [True, False]


def test_older_pages_are_read_down_to_what_is_stored():
    read_channel(90)

    world = poll(page(99, 100), page(96, 97), page(89, 90, 95), at=later(hours=1))

    assert urls(world) == ["", "?before=99", "?before=96"]
    assert numbers() == [89, 90, 95, 96, 97, 99, 100]


def test_older_pages_end_where_the_message_read_last_was_deleted_since():
    read_channel(90)

    world = poll(page(99, 100), page(88, 89, 95), at=later(minutes=9))

    assert urls(world) == ["", "?before=99"]


def test_a_message_that_was_pasted_hides_none_before_it(editor):
    channel = read_channel(90)
    make_post(channel=channel, native_id="100/99", at=NOON, first_seen_at=later(minutes=1))

    poll(page(99, 100), page(96, 97), page(90, 95), at=later(minutes=9))

    assert numbers() == [90, 95, 96, 97, 99, 100]


def test_pages_are_two_seconds_apart():
    read_channel(90)

    world = poll(page(99, 100), page(90, 95), at=later(minutes=9))

    assert world.at - later(minutes=9) == timedelta(seconds=2)


# Gaps


def test_what_does_not_fit_into_a_poll_is_written_down_and_read_by_later_ones():
    channel = read_channel(80)

    poll(page(99, 100), page(97, 98), page(95, 96), page(93, 94), at=later(minutes=10))
    written_down = gap(channel)
    poll(page(99, 100), page(91, 92), page(89, 90), page(87, 88), at=later(minutes=30))
    further_down = gap(channel)
    world = poll(page(99, 100), page(80, 86), at=later(minutes=50))

    assert (written_down, further_down, gap(channel)) == ("93", "87", "")
    assert urls(world) == ["", "?before=87"]
    assert numbers() == [80, *range(86, 101)]


def test_a_gap_that_grows_before_it_is_read_loses_nothing():
    channel = read_channel(80)
    poll(page(99, 100), page(97, 98), page(95, 96), page(93, 94), at=later(minutes=10))

    poll(page(109, 110), page(107, 108), page(105, 106), page(103, 104), at=later(minutes=25))
    since = Channel.objects.get().gap_since
    poll(page(109, 110), page(101, 102), page(93, 99, 100), page(91, 92), at=later(minutes=40))
    poll(page(109, 110), page(80, 81, 90), at=later(minutes=55))

    assert since == later(minutes=10)
    assert gap(channel) == ""
    assert {80, 81, 90, 91, 92, 101, 102} <= set(numbers())


def test_a_page_that_fails_in_a_gap_costs_no_news():
    channel = read_channel(80, gap_cursor="93", gap_since=later(minutes=-1))

    world = poll(page(80, 100), refused(502), at=later(minutes=10))

    assert (world.tally.failures, gap(channel)) == ([], "93")
    assert 100 in numbers()


def test_a_refusal_in_a_gap_keeps_everybody_away():
    read_channel(80, gap_cursor="93", gap_since=NOON)

    world = poll(
        page(80, 100), refused(429, retry_after=timedelta(minutes=7)), at=later(minutes=10)
    )

    assert Domain.objects.get(name="t.me").not_before == world.at + timedelta(minutes=7)


def test_an_older_page_that_fails_takes_the_newer_ones_with_it():
    channel = read_channel(80)

    world = poll(page(99, 100), refused(502), at=later(minutes=10))
    after_failure = numbers()
    poll(page(99, 100), page(80, 98), at=later(minutes=60))

    assert (len(world.tally.failures), after_failure, gap(channel)) == (1, [80], "")
    assert numbers() == [80, 98, 99, 100]


def test_after_three_failures_what_a_page_would_have_had_is_written_down():
    channel = read_channel(80, failures=3)

    poll(page(99, 100), refused(502), at=later(minutes=10))

    assert (gap(channel), numbers()) == ("99", [80, 99, 100])


def test_an_older_page_that_breaks_off_is_read_again():
    read_channel(80)
    broken = page(96, 97)[:-200]

    world = poll(page(99, 100), broken, at=later(minutes=10))

    assert len(world.tally.failures) == 1
    assert numbers() == [80]


def test_a_worker_killed_between_two_pages_loses_none(monkeypatch):
    class Killed(BaseException):
        pass

    read_channel(80)
    reading = (page(99, 100), page(97, 98), page(95, 96), page(93, 94))
    world = World(*map(answer, reading))
    world.at = later(minutes=10)
    stored = []

    def dies(channel, document, **fields):
        if len(stored) == 2:
            raise Killed
        stored.append(document)
        return store(channel, document, **fields)

    monkeypatch.setattr("wires.ingest.talking.store", dies)
    with pytest.raises(Killed):
        world.poll()
    monkeypatch.setattr("wires.ingest.talking.store", store)
    poll(page(99, 100), page(96, 97, 98), page(91, 92), page(80, 90), at=later(hours=1))

    assert numbers() == [80, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100]


def test_a_site_that_turns_no_pages_is_not_asked_for_ever():
    channel = read_channel(80)
    same = page(99, 100)

    world = poll(same, same, at=later(minutes=10))

    assert (numbers(), gap(channel), world.tally.failures) == ([80, 99, 100], "99", [])


def test_a_gap_of_which_the_cursor_cannot_be_stored_stops_no_channel():
    channel = make_channel(
        platform="bluesky", account=bluesky.HANDLE, address="https://bsky.app/profile/h.example"
    )
    make_post(channel=channel, native_id="at://x", first_seen_at=NOON)
    Channel.objects.update(last_read_at=NOON)
    pages = [bluesky.feed(bluesky.post("P", f"3lesheq2xbk{n}s"), cursor=f"{n}\x00\ud800") for n in range(2, 6)]  # fmt: skip

    world = poll(*pages, at=later(minutes=10))

    assert (world.tally.failures, gap(channel)) == ([], "5\ufffd\ufffd")


def test_the_feed_of_a_closed_server_closes_no_gap():
    channel = make_channel(
        platform="mastodon", account="desk@social.example", address="https://social.example/@desk",
        numeric_id="77", last_read_at=NOON, gap_cursor="93", gap_since=later(minutes=-1),
    )  # fmt: skip
    known = mastodon.status()
    make_post(channel=channel, native_id=known["uri"], at=later(hours=-1))
    feed = b"<rss version='2.0'><channel><title>Desk</title></channel></rss>"

    poll(mastodon.body([known]), refused(403), feed, at=later(minutes=10))

    assert gap(channel) == "93"


def test_a_gap_that_no_page_shows_for_a_week_is_given_up_and_logged(caplog):
    channel = read_channel(80, gap_cursor="93", gap_since=later(days=-8))

    poll(page(80, 100), refused(404), at=NOON)

    assert gap(channel) == ""
    assert "93" in caplog.text


# Edits


@pytest.mark.parametrize(
    ("age", "since_reread", "is_due"),
    [
        (timedelta(hours=23), timedelta(hours=1), True),
        (timedelta(hours=23), timedelta(minutes=59), False),
        (timedelta(days=6), timedelta(hours=23), False),
        (timedelta(days=6), timedelta(days=1), True),
        (timedelta(days=8), timedelta(days=30), False),
    ],
)
def test_the_last_two_pages_are_read_again_hourly_for_a_day_and_daily_for_a_week(
    age, since_reread, is_due
):
    channel = read_channel(98, 100, last_post_at=NOON - age)
    Channel.objects.update(reread_at=NOON - since_reread)

    world = poll(page(100, more=True), *([page(98)] if is_due else []))

    channel.refresh_from_db()
    assert urls(world) == ["", *(["?before=100"] if is_due else [])]
    assert (channel.reread_at >= NOON) is is_due


def test_an_edit_on_the_second_page_is_a_version():
    read_channel(98, 100, last_post_at=NOON)

    poll(page(100), page(post(98, "Message 98, corrected.")), at=later(hours=1))

    assert PostVersion.objects.filter(post__native_id="100/98").count() == 2


def test_a_second_page_that_fails_costs_no_news():
    read_channel(98, last_post_at=NOON)

    world = poll(page(98, 100), refused(502), at=later(hours=1))

    assert (world.tally.failures, numbers()) == ([], [98, 100])


# Pages that are no news


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(page(), id="no messages found"),
        pytest.param(page(around="x" * 900).replace(NONE_FOUND.encode(), b""), id="empty history"),
        pytest.param(b"<html><body>" + b"Wait a moment. " * 99 + b"</body></html>", id="challenge"),
        pytest.param(b"<html><body>Wait.</body></html>", id="short"),
        pytest.param(b"<html><p>tme_no_messages_found</p></html>" + b" " * 900, id="substring"),
    ],
)
def test_a_page_without_messages_of_a_channel_that_has_some_is_an_error(body):
    channel = read_channel(80)

    world = poll(body, at=later(minutes=10))

    channel.refresh_from_db()
    assert len(world.tally.failures) == 1
    assert (channel.failures, channel.last_read_at) == (1, NOON)


def test_a_new_channel_in_which_nothing_was_posted_is_no_error():
    channel = telegram_channel()

    world = poll(page())

    channel.refresh_from_db()
    assert (world.tally.failures, channel.last_read_at) == ([], NOON)


def test_a_short_page_of_a_new_channel_is_an_error():
    telegram_channel()

    assert poll(page(around="")).tally.kinds == {"empty": 1}


def test_a_message_that_quotes_the_words_of_an_empty_page_is_news():
    read_channel(80)

    poll(page(post(100, "tme_no_messages_found: No posts found"), 80), at=later(minutes=10))

    assert numbers() == [80, 100]


def test_a_name_that_another_channel_took_over_is_refused():
    channel = read_channel(80)
    theirs = page(post(7, "Buy coins.", chat=-999))

    world = poll(theirs, at=later(minutes=10))

    channel.refresh_from_db()
    assert "belongs to another channel now" in channel.last_error
    assert (numbers(), world.tally.kinds) == ([80], {"name_taken": 1})


# What a message is


def test_all_numbers_of_an_album_are_one_post():
    read_channel(80)

    poll(page(80, album(96, 97, 98), 99), at=later(minutes=10))

    (pictures,) = Post.objects.filter(native_id="100/96")
    assert {"100/97", "100/98"} <= set(pictures.aliases.values_list("native_id", flat=True))
    assert numbers() == [80, 96, 99]


def test_a_service_message_is_stored_and_not_on_the_ticker():
    read_channel(80)

    poll(page(80, post(99, "Channel photo updated", classes="service_message")), at=later(hours=1))

    assert Post.objects.get(native_id="100/99").is_service
    assert not Post.objects.on_ticker().filter(native_id="100/99").exists()


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (
            '<a class="tgme_widget_message_forwarded_from_name" href="https://t.me/beacon/5">'
            "Beacon</a>",
            "Beacon, A. Keeper, https://t.me/beacon/5",
        ),
        ('<span class="tgme_widget_message_forwarded_from_name">Ann</span>', "Ann, A. Keeper"),
    ],
)
def test_a_forward_says_whose_words_it_passes_on_and_from_where(source, said):
    read_channel(80)
    inside = (
        f'<div class="tgme_widget_message_forwarded_from">Forwarded from {source}'
        '<span class="tgme_widget_message_forwarded_from_author">A. Keeper</span></div>'
    )

    poll(page(80, post(99, inside=inside)), at=later(hours=1))

    (forward,) = Post.objects.get(native_id="100/99").latest_version.media
    assert (forward["kind"], forward["alt"]) == ("forward", said)


def test_a_forward_stored_before_its_source_was_kept_is_no_new_version():
    read_channel(80)
    source = '<span class="tgme_widget_message_forwarded_from_name">Ann</span>'
    poll(page(80, post(99)), at=later(minutes=10))

    poll(page(80, post(99, inside=source)), at=later(minutes=30))

    assert PostVersion.objects.filter(post__native_id="100/99").count() == 1


def test_a_reply_says_what_it_answers():
    read_channel(80)
    inside = '<a class="tgme_widget_message_reply" href="https://t.me/Harbour/80">80</a>'

    poll(page(80, post(99, inside=inside)), at=later(hours=1))

    assert Post.objects.get(native_id="100/99").latest_version.media[-1]["alt"] == "100/80"


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        ('<div class="tgme_widget_message_voice_player"></div>', "[audio]"),
        ('<div class="tgme_widget_message_sticker_wrap"></div>', "[sticker]"),
        ('<a class="tgme_widget_message_photo_wrap"></a>', "[photo]"),
        (
            '<div class="tgme_widget_message_poll">'
            '<div class="tgme_widget_message_poll_question">Who won?</div>'
            '<div class="tgme_widget_message_poll_option_text">North</div></div>',
            "Who won?",
        ),
    ],
)
def test_a_message_without_text_is_called_by_what_it_shows(inside, title):
    read_channel(80)
    message = post(99, "gone", inside=inside).replace(
        '<div class="tgme_widget_message_text js-message_text">gone</div>', ""
    )

    poll(page(80, message), at=later(hours=1))

    assert Post.objects.get(native_id="100/99").latest_version.title == title


# Where the account is


def test_a_channel_without_an_account_is_read_by_its_address():
    telegram_channel(account="", address="https://t.me/s/harbour")

    world = poll(page(100, more=False), page(more=False))

    assert urls(world)[0] == ""
    assert numbers() == [100]


def test_the_address_that_an_editor_wrote_is_kept():
    channel = telegram_channel(address="https://telegram.me/Harbour")
    body = page(1, more=False)

    world = World(answer(body, moved_to="https://t.me/elsewhere"))
    world.poll()

    channel.refresh_from_db()
    assert (channel.address, channel.moved_to) == ("https://telegram.me/Harbour", "")


def test_a_page_of_known_messages_costs_few_queries(django_assert_num_queries):
    read_channel(*range(81, 101))
    Channel.objects.update(reread_at=NOON)
    poll(page(*range(81, 101)), at=later(minutes=10))
    world = World(answer(page(*range(81, 101))))
    world.at = later(minutes=30)

    with django_assert_num_queries(35):
        tally = world.poll()

    assert tally.outcome.seen == 20
