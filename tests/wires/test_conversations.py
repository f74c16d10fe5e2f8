"""Platforms that answer in several steps, polled: what is asked, and what becomes of it."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.clock import NOON, later
from tests.wires.factories import make_channel, make_post
from tests.wires.platforms.bluesky import answers as bluesky
from tests.wires.platforms.mastodon import answers as mastodon
from tests.wires.platforms.x import answers as x
from tests.wires.sites import World, answer
from tests.wires.test_paste import paste
from tests.wires.test_paste_fetched import Web
from wires.http import FetchError
from wires.ingest.conversations import Reading, Turn
from wires.ingest.known import Gap
from wires.ingest.outcome import IngestOutcome
from wires.ingest.poll import _UnderWay
from wires.models import Channel, Domain, Post, PostVersion

pytestmark = pytest.mark.django_db

RKEYS = ["3lesheq2xbk2s", "3lesheq2xbk2r", "3lesheq2xbk2q", "3lesheq2xbk2p"]


def bluesky_channel(**fields):
    return make_channel(
        platform="bluesky",
        account=bluesky.HANDLE,
        address="https://bsky.app/profile/harbour.example",
        **fields,
    )


def mastodon_channel(**fields):
    return make_channel(
        platform="mastodon",
        account="desk@social.example",
        address="https://social.example/@desk",
        **fields,
    )


def skeets(*numbers, cursor=""):
    return bluesky.feed(*(bluesky.post(f"Post {n}.", RKEYS[n]) for n in numbers), cursor=cursor)


def query(asked):
    return {name: values[0] for name, values in parse_qs(urlsplit(asked.url).query).items()}


def texts():
    return sorted(Post.objects.values_list("latest_version__text", flat=True))


def paths(world):
    return [urlsplit(asked.url).path for asked in world.asked]


def refused(status, **fields):
    return FetchError(f"http_{status}", f"answered {status}", status=status, **fields)


# Bluesky


def test_a_bluesky_account_is_polled_by_its_handle_and_then_by_its_did():
    channel = bluesky_channel()
    world = World(answer(skeets(0)), answer(skeets(0)))

    world.poll()
    world.at = later(hours=1)
    world.poll()

    channel.refresh_from_db()
    assert (channel.numeric_id, channel.health, texts()) == (bluesky.DID, "sound", ["Post 0."])
    assert [query(asked)["actor"] for asked in world.asked] == [bluesky.HANDLE, bluesky.DID]
    assert {urlsplit(asked.url).hostname for asked in world.asked} == {"public.api.bsky.app"}


def test_the_first_poll_reads_one_page_and_later_ones_all_up_to_what_is_known():
    bluesky_channel()
    world = World(
        answer(skeets(3, cursor="a")),
        answer(skeets(0, cursor="b")),
        answer(skeets(1, 2, cursor="c")),
        answer(skeets(3, cursor="d")),
    )

    world.poll()
    world.at = later(hours=1)
    world.poll()

    assert [query(asked).get("cursor", "") for asked in world.asked] == ["", "", "b", "c"]
    assert texts() == ["Post 0.", "Post 1.", "Post 2.", "Post 3."]


def test_a_post_that_was_pasted_hides_none_before_it_on_bluesky(editor):
    bluesky_channel()
    world = World(
        answer(skeets(3)),
        answer(skeets(0, cursor="b")), answer(skeets(1, 2, cursor="c")), answer(skeets(3)),
    )  # fmt: skip
    world.poll()
    newest = bluesky.posts(bluesky.post("Post 0.", RKEYS[0]))
    link = f"https://bsky.app/profile/{bluesky.DID}/post/{RKEYS[0]}"
    paste(link, editor, web=Web(newest), at=later(minutes=9))

    world.at = later(hours=1)
    world.poll()

    assert texts() == ["Post 0.", "Post 1.", "Post 2.", "Post 3."]


def test_a_page_that_fails_takes_the_newer_ones_with_it_so_that_nothing_is_skipped():
    channel = bluesky_channel()
    world = World(
        answer(skeets(3)), answer(skeets(0, cursor="b")), refused(502),
        answer(skeets(0, cursor="b")), answer(skeets(1, 2, 3)),
    )  # fmt: skip
    world.poll()

    world.at = later(hours=1)
    world.poll()
    after_failure = texts()
    world.at = later(hours=3)
    world.poll()

    assert after_failure == ["Post 3."]
    assert texts() == ["Post 0.", "Post 1.", "Post 2.", "Post 3."]
    channel.refresh_from_db()
    assert channel.failures == 0


def test_after_some_failures_what_comes_is_taken_although_a_page_is_missing():
    bluesky_channel()
    world = World(answer(skeets(3)), answer(skeets(0, cursor="b")), refused(502))
    world.poll()
    Channel.objects.update(failures=3)

    world.at = later(hours=1)
    world.poll()

    assert texts() == ["Post 0.", "Post 3."]


def test_requests_of_one_poll_are_apart():
    make_post(channel=bluesky_channel(last_read_at=NOON))
    world = World(answer(skeets(0, cursor="b")), answer(skeets(1)))

    world.poll()

    assert world.at - NOON == timedelta(seconds=0.25)


def test_reading_the_same_pages_again_adds_nothing():
    bluesky_channel()
    theirs = bluesky.post("Tide.", RKEYS[3], by=bluesky.author(bluesky.OTHER_DID, "tide.example"))
    page = bluesky.feed(bluesky.reposted(theirs), bluesky.post("Own.", RKEYS[0]))
    world = World(answer(page), answer(page))

    world.poll()
    world.at = later(hours=1)
    tally = world.poll()

    assert (tally.outcome.new, tally.outcome.versions, tally.outcome.seen) == (0, 0, 2)


def test_an_unknown_account_is_said_in_words():
    channel = bluesky_channel()

    World(refused(400)).poll()

    channel.refresh_from_db()
    assert channel.last_error == (
        "Bluesky does not know harbour.example, or does not show it to the public: check the account"
    )


def test_a_refusal_keeps_the_whole_platform_waiting():
    bluesky_channel()
    make_channel(
        platform="bluesky", account="tide.example", address="https://bsky.app/profile/tide.example"
    )
    busy = FetchError("rate_limited", "later", status=429, retry_after=timedelta(minutes=9))
    world = World(busy)

    world.poll()

    assert len(world.asked) == 1


# X


@pytest.fixture
def with_token(settings):
    settings.PLATFORMS_OFF = {}


def x_channel(**fields):
    return make_channel(
        platform="x",
        account="harbour",
        address="https://x.com/harbour",
        numeric_id="4711",
        **fields,
    )


def test_an_x_account_is_looked_up_once_and_asked_for_what_is_newer(with_token):
    channel = x_channel(monthly_limit=500)
    Channel.objects.update(numeric_id="")
    world = World(
        answer(x.account()), answer(x.page(x.post())), answer(x.page(x.post("Two.", x.SECOND)))
    )

    world.poll()
    world.at = later(hours=1)
    world.poll()

    channel.refresh_from_db()
    assert (channel.numeric_id, texts()) == ("4711", ["The ferry leaves at noon.", "Two."])
    assert [query(asked).get("since_id") for asked in world.asked] == [None, None, x.FIRST]
    assert {urlsplit(asked.url).hostname for asked in world.asked} == {"api.x.com"}


def test_a_post_that_was_pasted_hides_none_before_it_on_x(with_token, editor):
    x_channel()
    second, third = x.post("Two.", x.SECOND), x.post("Three.", x.THIRD)
    world = World(answer(x.page(x.post("One."))), answer(x.page(third, second)))
    world.poll()
    paste(
        f"https://x.com/harbour/status/{x.THIRD}",
        editor,
        web=Web(x.single(third)),
        at=later(minutes=9),
    )

    world.at = later(hours=1)
    world.poll()

    assert query(world.asked[1])["since_id"] == x.FIRST
    assert texts() == ["One.", "Three.", "Two."]


def test_a_number_that_somebody_entered_by_hand_stops_no_channel(with_token, editor):
    channel = x_channel()
    world = World(answer(x.page(x.post("One."))), answer(x.page()), answer(x.page()))
    world.poll()
    make_post(channel=channel, native_id=str(2**62), captured_by=editor)

    for hours in (1, 2):
        world.at = later(hours=hours)
        world.poll()

    assert [query(asked)["since_id"] for asked in world.asked[1:]] == [x.FIRST, x.FIRST]


def test_an_edit_chain_on_x_is_one_post_with_a_version_for_each_edit(with_token):
    x_channel()
    edited = x.post("At noon.", x.SECOND, edits=[x.FIRST])
    world = World(answer(x.page(x.post("At ten."))), answer(x.page(edited)), answer(x.page(edited)))

    for hours in range(3):
        world.at = later(hours=hours)
        world.poll()

    assert Post.objects.get().native_id == x.FIRST
    assert list(PostVersion.objects.order_by("n").values_list("text", flat=True)) == [
        "At ten.", "At noon."
    ]  # fmt: skip


def test_what_a_channel_reads_in_a_month_is_counted_and_stops_at_its_limit(with_token):
    channel = x_channel(monthly_limit=8)
    texts_ = [(f"Post {n}.", str(int(x.FIRST) + n)) for n in range(4)]
    world = World(answer(x.page(*(x.post(*each) for each in texts_))))

    world.poll()
    Channel.objects.update(next_poll_at=None)
    world.at = later(hours=1)
    world.poll()

    channel.refresh_from_db()
    assert query(world.asked[0])["max_results"] == "8"
    assert (channel.billed_month, channel.billed_posts, len(world.asked)) == ("2026-06", 4, 1)
    assert channel.last_error == (
        "its limit of 8 posts a month is reached: polling goes on on 1 July, or as soon as the"
        " limit is raised"
    )
    assert channel.next_poll_at.isoformat() == "2026-07-01T00:00:00+00:00"


def test_a_new_month_counts_anew(with_token):
    channel = x_channel(monthly_limit=8)
    Channel.objects.update(billed_month="2026-05", billed_posts=8)

    World(answer(x.page(x.post()))).poll()

    channel.refresh_from_db()
    assert (channel.billed_month, channel.billed_posts) == ("2026-06", 1)


def test_what_was_paid_for_is_counted_although_a_later_page_failed(with_token):
    channel = x_channel(last_read_at=NOON)
    make_post(channel=channel)

    World(answer(x.page(x.post(), next_token="b")), refused(503)).poll()

    channel.refresh_from_db()
    assert (channel.billed_posts, channel.failures) == (1, 1)


def test_a_rate_limit_that_is_used_up_keeps_every_channel_of_x_waiting(with_token):
    x_channel()
    world = World(answer(x.page(x.post()), retry_after=timedelta(minutes=9)))

    world.poll()

    assert Domain.objects.get(name="x.com").not_before == later(minutes=9)


def test_without_a_token_x_is_not_polled_at_all(settings):
    settings.PLATFORMS_OFF = {"x": "its API needs a token (X_BEARER_TOKEN)"}
    x_channel()
    world = World()

    world.poll()

    assert world.asked == []
    assert not Channel.objects.polled().exists()
    # Switched on again, it is asked soon, and was not late.
    channel = Channel.objects.get()
    assert (channel.next_poll_at, channel.due_since) == (later(minutes=10), None)


# Mastodon


def statuses(*items):
    return answer(mastodon.body(items))


def looked_up():
    return answer(mastodon.body(mastodon.account()))


def test_a_mastodon_account_is_looked_up_once():
    channel = mastodon_channel()
    world = World(looked_up(), statuses(mastodon.status()), statuses(mastodon.status()))

    world.poll()
    world.at = later(hours=1)
    world.poll()

    channel.refresh_from_db()
    assert (channel.numeric_id, texts()) == ("77", ["The ferry leaves at noon."])
    assert paths(world) == [
        "/api/v1/accounts/lookup", "/api/v1/accounts/77/statuses", "/api/v1/accounts/77/statuses"
    ]  # fmt: skip


def test_the_server_of_an_account_is_that_of_its_page():
    make_channel(
        platform="mastodon", account="desk@port.example", address="https://m.port.example/@desk"
    )
    world = World(looked_up(), statuses())

    world.poll()

    assert urlsplit(world.asked[0].url).netloc == "m.port.example"


def test_an_edit_is_a_version_and_the_words_between_two_polls_are_not_lost():
    mastodon_channel(numeric_id="77")
    first, second, third = "<p>At ten.</p>", "<p>At eleven.</p>", "<p>At noon.</p>"
    times = [f"2026-06-25T11:{minute}:00Z" for minute in ("00", "20", "40")]
    edits = [
        mastodon.edit(words, at) for words, at in zip((first, second, third), times, strict=True)
    ]
    world = World(
        statuses(mastodon.status(first)),
        statuses(mastodon.status(third, edited_at=times[2])),
        answer(mastodon.body(edits)),
        statuses(mastodon.status(third, edited_at=times[2])),
    )

    for hours in range(3):
        world.at = later(hours=hours)
        world.poll()

    versions = PostVersion.objects.order_by("n").values_list("n", "text")
    assert list(versions) == [(1, "At ten."), (2, "At eleven."), (3, "At noon.")]
    assert paths(world)[2].endswith(f"/statuses/{mastodon.NUMBER}/history")
    # The edit is on file, so nobody asks for its history again.
    assert len(world.asked) == 4


def test_an_edit_without_a_history_is_a_version_all_the_same():
    mastodon_channel(numeric_id="77")
    world = World(
        statuses(mastodon.status("<p>At ten.</p>")),
        statuses(mastodon.status("<p>At noon.</p>", edited_at="2026-06-25T11:40:00Z")),
        refused(404),
    )

    world.poll()
    world.at = later(hours=1)
    world.poll()

    assert list(PostVersion.objects.order_by("n").values_list("text", flat=True)) == [
        "At ten.", "At noon."
    ]  # fmt: skip


FEED = f"""<?xml version="1.0"?><rss version="2.0"><channel><title>Port Desk</title>
<link>https://social.example/@desk</link><item>
<guid isPermaLink="true">https://social.example/@desk/{mastodon.NUMBER}</guid>
<link>https://social.example/@desk/{mastodon.NUMBER}</link>
<pubDate>Thu, 25 Jun 2026 11:00:00 +0000</pubDate>
<description>&lt;p&gt;The ferry leaves at noon.&lt;/p&gt;</description></item></channel></rss>""".encode()


@pytest.mark.parametrize("status", [401, 403, 404, 422])
def test_a_closed_server_is_read_by_its_feed(status):
    channel = mastodon_channel()
    world = World(refused(status), answer(FEED))

    world.poll()

    channel.refresh_from_db()
    assert (texts(), channel.health) == (["The ferry leaves at noon."], "sound")
    assert world.asked[1].url == "https://social.example/@desk.rss"


FOREIGN = FEED.replace(b"social.example/@desk/", b"tides.example/@tide/")


@pytest.mark.parametrize("field", [b"guid", b"link"])
def test_a_feed_puts_no_words_into_the_mouth_of_another_server_s_account(field):
    mastodon_channel()
    start = FOREIGN.index(b"<item>")
    ours, theirs = b"social.example/@desk/", b"tides.example/@tide/"
    # One of its two addresses is its own, or neither.
    mixed = b"".join(
        line.replace(theirs, ours) if line.startswith(b"<" + field) else line
        for line in FOREIGN[start:].splitlines(keepends=True)
    )
    world = World(refused(401), answer(FOREIGN), refused(401), answer(FOREIGN[:start] + mixed))

    for hours in range(2):
        world.at = later(hours=hours)
        world.poll()

    assert len(world.asked) == 4
    assert not Post.objects.exists()


def test_a_server_that_closes_and_opens_again_doubles_nothing():
    mastodon_channel(numeric_id="77")
    shown = mastodon.status(media_attachments=[mastodon.media("Waves")])
    world = World(statuses(shown), refused(401), answer(FEED), statuses(shown))

    for hours in range(3):
        world.at = later(hours=hours)
        world.poll()

    assert (Post.objects.count(), PostVersion.objects.count()) == (1, 1)


def test_a_server_without_a_feed_is_said_in_words():
    channel = mastodon_channel()

    World(refused(401), refused(404)).poll()

    channel.refresh_from_db()
    assert channel.last_error == (
        "this server shows @desk@social.example only to its own members, and has no feed of it"
    )


def test_a_post_that_left_the_page_is_not_taken_for_deleted():
    mastodon_channel(numeric_id="77")
    world = World(statuses(mastodon.status()), statuses())

    world.poll()
    world.at = later(hours=1)
    world.poll()

    assert Post.objects.get().state == "live"


def test_a_channel_without_an_account_says_so():
    channel = make_channel(platform="mastodon", address="https://social.example/about")

    World().poll()

    channel.refresh_from_db()
    assert channel.last_error == "the channel has no account on Mastodon: enter it"


def test_an_answer_that_breaks_off_stores_nothing():
    channel = bluesky_channel()

    World(answer(skeets(0)[:-20])).poll()

    channel.refresh_from_db()
    assert (texts(), channel.health) == ([], "failing")


@pytest.mark.parametrize("is_wider", [True, False])
def test_a_gap_that_grew_is_on_file_before_its_posts_and_one_that_shrank_after_them(
    monkeypatch, is_wider
):
    channel = bluesky_channel()
    written = []
    monkeypatch.setattr(
        "wires.ingest.poll.store_turn",
        lambda channel, turn, at, fields: written.append(fields) or IngestOutcome(),
    )
    body = answer(skeets(0))
    gap = Gap(cursor="older", since=later(days=-1))
    reading = Reading(turns=[Turn(body, None), Turn(body, None)], gap=gap, is_wider=is_wider)

    _UnderWay(World().poller())._store(channel, reading)

    assert ["older" in fields.values() for fields in written] == [is_wider, True]
