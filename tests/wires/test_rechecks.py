"""Whether posts are still there: what is asked, what proves that one is gone, and what does not."""

import json
from datetime import timedelta
from itertools import count
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.management import CommandError

from articles import publishing
from tests.articles.factories import cite, make_source
from tests.clock import NOON, later
from tests.commands import run_command
from tests.wires.factories import make_channel, make_outlet, make_post
from tests.wires.platforms.bluesky import answers as bluesky
from tests.wires.platforms.mastodon import answers as mastodon
from tests.wires.platforms.telegram.pages import page
from tests.wires.platforms.x import answers as x
from tests.wires.sites import World, answer
from tests.wires.test_telegram_pages import read_channel
from wires import schedule
from wires.http import FetchError
from wires.ingest import due_rechecks, looking
from wires.ingest.rechecks import Rechecker, lookup_of
from wires.models import Channel, Disappearance, Domain, Post, PostVersion
from wires.platforms import parse
from wires.platforms.base import ParserNotStarted, UnreadableBody

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
NOT_FOUND = json.dumps({"error": "Record not found"}).encode()


def recheck(*answers, at=NOON):
    """Recheck what is due at a moment; return the world, whose every answer was asked for."""
    world = World(*(each if isinstance(each, Exception) else answer(each) for each in answers))
    world.at = at
    world.tally = rechecker_of(world).recheck_due()
    assert world.answers == []
    return world


def rechecker_of(world, **fields):
    return Rechecker(
        fetch=world.fetch, parse=world.parse, now=lambda: world.at, sleep=world.sleep, **fields
    )


def refused(status, **fields):
    return FetchError(f"http_{status}", f"answered {status}", status=status, **fields)


def asked_for(world, name):
    return [parse_qs(urlsplit(asked.url).query).get(name, []) for asked in world.asked]


def paths(world):
    return [urlsplit(asked.url).path for asked in world.asked]


def states():
    return list(Post.objects.order_by("pk").values_list("state", flat=True))


# Bluesky

RKEYS = ["3lesheq2xbk2s", "3lesheq2xbk2r"]


def uri(rkey):
    return f"at://{bluesky.DID}/app.bsky.feed.post/{rkey}"


def bluesky_channel(*rkeys, posted=NOON - 2 * DAY, **fields):
    fields = {"account": bluesky.HANDLE, "numeric_id": bluesky.DID, "last_read_at": NOON} | fields
    channel = make_channel(
        platform="bluesky", address="https://bsky.app/profile/harbour.example", **fields
    )
    for rkey in rkeys:
        link = f"https://bsky.app/profile/{bluesky.HANDLE}/post/{rkey}"
        make_post(channel=channel, native_id=uri(rkey), url=link, text="Tide.", at=posted)
    return channel


def shown(*rkeys):
    return bluesky.posts(*(bluesky.post("Tide.", rkey) for rkey in rkeys))


def profile(did=bluesky.DID):
    return json.dumps({"did": did, "handle": bluesky.HANDLE, "displayName": "Harbour"}).encode()


def labelled(label):
    account = bluesky.author() | {"labels": [{"val": label}]}
    return json.dumps(account).encode()


def test_a_post_that_bluesky_leaves_out_is_withdrawn():
    bluesky_channel(*RKEYS)

    world = recheck(shown(RKEYS[0]), profile())

    assert asked_for(world, "uris")[0] == [uri(rkey) for rkey in RKEYS]
    assert asked_for(world, "actor")[1] == [bluesky.DID]
    assert states() == ["live", "withdrawn"]
    row = Disappearance.objects.get()
    assert (row.how, row.proof.kind) == ("omitted", "absence")
    assert "Bluesky leaves it out" in row.post.withdrawn_reason


@pytest.mark.parametrize(
    "account",
    [
        refused(400),
        refused(502),
        profile("did:plc:somebodyelse"),
        b"<html>Maintenance</html>",
        json.dumps({"did": bluesky.DID, "error": "AccountDeactivated"}).encode(),
        *(labelled(label) for label in ("!takedown", "!suspend", "!no-unauthenticated")),
    ],
)
def test_where_bluesky_does_not_show_the_account_nothing_is_withdrawn(account):
    bluesky_channel(*RKEYS)

    recheck(shown(), account)

    assert states() == ["live", "live"]
    assert not Disappearance.objects.exists()


@pytest.mark.parametrize(
    "error",
    [
        refused(404),
        refused(401),
        refused(500),
        b"<html>No</html>",
        json.dumps({"error": "RateLimitExceeded", "posts": []}).encode(),
    ],
)
def test_an_error_of_bluesky_withdraws_nothing(error):
    bluesky_channel(*RKEYS)

    world = recheck(error)

    assert states() == ["live", "live"]
    assert len(world.tally.failures) == 1


def test_bluesky_is_asked_for_twenty_five_posts_at_a_time():
    rkeys = [f"3lesheq2xb{n:03}" for n in range(30)]
    bluesky_channel(*rkeys)

    world = recheck(shown(*rkeys[:25]), shown(*rkeys[25:]))

    assert [len(uris) for uris in asked_for(world, "uris")] == [25, 5]


def test_a_repost_is_not_looked_up():
    channel = bluesky_channel()
    make_post(channel=channel, native_id=f"repost:{bluesky.DID}:{uri(RKEYS[0])}", at=NOON - DAY)

    assert recheck().asked == []


def test_a_post_that_is_there_again_is_back():
    bluesky_channel(*RKEYS)
    recheck(shown(RKEYS[0]), profile())

    recheck(shown(*RKEYS), at=NOON + 2 * DAY)

    assert states() == ["live", "live"]
    assert Disappearance.objects.get().back_at == NOON + 2 * DAY


def test_an_edit_seen_in_a_recheck_is_a_version_and_nothing_new_comes_in():
    channel = bluesky_channel(RKEYS[0])

    recheck(bluesky.posts(bluesky.post("Tide, corrected.", RKEYS[0]), bluesky.post("N", RKEYS[1])))

    channel.refresh_from_db()
    assert PostVersion.objects.filter(text="Tide, corrected.").exists()
    assert (Post.objects.count(), channel.last_read_at) == (1, NOON)


# Mastodon


def mastodon_channel(*numbers, posted=NOON - 2 * DAY, **fields):
    fields = {"account": "desk@social.example", "numeric_id": "77", "last_read_at": NOON} | fields
    channel = make_channel(platform="mastodon", address="https://social.example/@desk", **fields)
    for number in numbers:
        make_post(
            channel=channel,
            native_id=f"https://social.example/users/desk/statuses/{number}",
            url=f"https://social.example/@desk/{number}",
            at=posted,
        )
    return channel


@pytest.mark.parametrize("status", [404, 410])
def test_a_status_that_its_server_does_not_find_is_withdrawn(status):
    mastodon_channel("1")

    world = recheck(refused(status, body=NOT_FOUND), mastodon.body(mastodon.account()))

    assert paths(world) == ["/api/v1/statuses/1", "/api/v1/accounts/77"]
    assert states() == ["withdrawn"]
    assert Disappearance.objects.get().how == "not_found"
    assert Disappearance.objects.get().proof.size == len(NOT_FOUND)


@pytest.mark.parametrize(
    "error",
    [
        refused(404, body=b"<html>Not found</html>"),
        refused(404, body=json.dumps({"error": "Too many requests"}).encode()),
        refused(404, body=json.dumps({"error": "This method requires a user"}).encode()),
        refused(404),
        refused(401, body=NOT_FOUND),
        refused(403),
        refused(422),
        refused(503),
        FetchError("dns", "The host was not found."),
        b"<html>Checking your browser</html>",
    ],
)
def test_an_error_page_or_a_lock_out_of_mastodon_withdraws_nothing(error):
    mastodon_channel("1")

    recheck(error)

    assert states() == ["live"]


@pytest.mark.parametrize(
    "fate", [{"moved": {"id": "9", "acct": "new"}}, {"suspended": True}, {"id": "78"}]
)
def test_an_account_that_moved_was_suspended_or_is_another_withdraws_nothing(fate):
    mastodon_channel("1")

    recheck(refused(404, body=NOT_FOUND), mastodon.body(mastodon.account() | fate))

    assert states() == ["live"]


def test_a_server_on_which_the_account_is_not_found_withdraws_nothing():
    mastodon_channel("1")

    recheck(refused(404, body=NOT_FOUND), refused(404, body=NOT_FOUND))

    assert states() == ["live"]


def test_a_status_that_was_boosted_is_not_looked_up():
    channel = mastodon_channel()
    make_post(
        channel=channel,
        native_id="https://social.example/users/desk/statuses/5",
        url="https://other.example/@tide/9",
        at=NOON - DAY,
    )

    assert recheck().asked == []


# X


def x_channel(*numbers, **fields):
    fields = {"account": "harbour", "numeric_id": "4711", "last_read_at": NOON} | fields
    channel = make_channel(platform="x", address="https://x.com/harbour", **fields)
    for number in numbers:
        make_post(
            channel=channel,
            native_id=number,
            url=f"https://x.com/harbour/status/{number}",
            text="The ferry leaves at noon.",
            at=NOON - timedelta(hours=30),
        )
    return channel


def x_error(number, problem="resource-not-found", **fields):
    return {
        "resource_id": number,
        "resource_type": "tweet",
        "parameter": "ids",
        "type": f"https://api.twitter.com/2/problems/{problem}",
        "title": "Not Found Error",
        "detail": f"Could not find tweet with ids: [{number}].",
    } | fields


def looked_up(*records, errors=()):
    answer = {"includes": {"users": [x.USER]}, "errors": list(errors)}
    return json.dumps(answer | ({"data": records} if records else {})).encode()


@pytest.fixture
def with_token(settings):
    settings.PLATFORMS_OFF = {}


@pytest.mark.parametrize("problem", ["resource-not-found", "not-authorized-for-resource"])
def test_a_post_of_which_x_says_that_it_is_gone_is_withdrawn(with_token, problem):
    x_channel(x.FIRST, x.SECOND)

    world = recheck(looked_up(x.post(number=x.SECOND), errors=[x_error(x.FIRST, problem)]))

    assert asked_for(world, "ids") == [[f"{x.FIRST},{x.SECOND}"]]
    assert states() == ["withdrawn", "live"]
    assert Disappearance.objects.get().how == "stated"


def test_an_answer_of_x_with_nothing_but_errors_is_read(with_token):
    x_channel(x.FIRST)

    recheck(looked_up(errors=[x_error(x.FIRST)]))

    assert states() == ["withdrawn"]


@pytest.mark.parametrize(
    "error",
    [
        {"parameter": "referenced_tweets.id"},
        {"resource_type": "user"},
        {"type": "https://api.twitter.com/2/problems/disallowed-resource"},
        {"detail": "User has been suspended: [4711]."},
    ],
)
def test_another_error_of_x_withdraws_nothing(with_token, error):
    x_channel(x.FIRST)

    recheck(looked_up(errors=[x_error(x.FIRST) | error]))

    assert states() == ["live"]


@pytest.mark.parametrize("status", [401, 402, 403, 429, 503])
def test_a_lock_out_of_x_withdraws_nothing(with_token, status):
    x_channel(x.FIRST)

    recheck(refused(status))

    assert states() == ["live"]


def test_what_a_recheck_reads_on_x_counts_for_the_month(with_token):
    channel = x_channel(x.FIRST, x.SECOND)

    recheck(looked_up(x.post(number=x.FIRST), x.post(number=x.SECOND)))

    channel.refresh_from_db()
    assert channel.billed_posts == 2


def test_a_quarter_of_the_limit_is_left_to_polling(with_token):
    x_channel(x.FIRST, x.SECOND, monthly_limit=100, billed_month="2026-06", billed_posts=74)

    world = recheck(looked_up(x.post(number=x.FIRST)))

    assert asked_for(world, "ids") == [[x.FIRST]]


def test_a_channel_at_its_reserve_is_not_rechecked(with_token):
    x_channel(x.FIRST, monthly_limit=100, billed_month="2026-06", billed_posts=75)

    assert recheck().asked == []


def test_x_is_asked_for_the_last_edit_of_a_post(with_token):
    channel = x_channel(x.FIRST)
    post = Post.objects.get()
    post.aliases.create(channel=channel, native_id=x.THIRD, native_id_hash="h")

    world = recheck(looked_up(x.post(number=x.THIRD, edits=[x.FIRST])))

    assert asked_for(world, "ids") == [[x.THIRD]]


def test_without_a_token_x_is_not_rechecked(settings):
    settings.PLATFORMS_OFF = {"x": "it needs a token"}
    x_channel(x.FIRST)

    assert recheck().asked == []


# Telegram


def test_a_cited_message_of_long_ago_is_looked_for_on_the_page_round_it():
    read_channel(40, 41, 42)
    old = NOON - timedelta(days=30)
    Post.objects.update(wire_at=old, posted_at=old, last_seen_at=old)
    cite(Post.objects.get(native_id="100/41"))

    first = recheck(page(40, 42, 43))
    second = recheck(page(40, 42, 43), at=NOON + timedelta(hours=2))

    assert asked_for(first, "before") == asked_for(second, "before") == [["51"]]
    assert Post.objects.get(native_id="100/41").state == "withdrawn"
    assert Post.objects.count() == 3


def test_what_two_pages_of_one_visit_leave_out_was_missing_once():
    read_channel(40, 41, 42, 60)
    old = NOON - timedelta(days=30)
    Post.objects.update(wire_at=old, posted_at=old, last_seen_at=old)
    cite(*Post.objects.filter(native_id__in=["100/41", "100/60"]).order_by("pk"))
    world, seconds = World(answer(page(40, 42, 43)), answer(page(40, 42, 60))), count()
    rechecker = Rechecker(
        fetch=world.fetch,
        parse=world.parse,
        now=lambda: later(seconds=next(seconds)),
        sleep=world.sleep,
    )

    rechecker.recheck_due()

    assert len(world.asked) == 2
    assert Post.objects.get(native_id="100/41").state == "live"


def test_a_recheck_of_a_channel_that_was_polled_meanwhile_does_not_set_it_back():
    read_channel(40, 41, 42)
    stale = Channel.objects.get()
    Channel.objects.update(last_read_at=later(minutes=30))

    claimed = schedule.claim_channel(stale, at=later(hours=2), worker="here:1")

    assert claimed.channel.last_read_at == later(minutes=30)


def test_one_page_answers_for_all_the_messages_on_it():
    read_channel(*range(81, 101))
    Post.objects.update(last_seen_at=NOON - 2 * DAY)

    world = recheck(page(*range(81, 101)))

    assert (len(world.asked), world.tally.posts) == (1, 20)


# What is due


@pytest.mark.parametrize(
    ("age", "unseen", "is_due"),
    [
        (timedelta(hours=20), timedelta(minutes=59), False),
        (timedelta(hours=20), timedelta(hours=1), True),
        (timedelta(days=3), timedelta(hours=23), False),
        (timedelta(days=3), timedelta(days=1), True),
        (timedelta(days=8), timedelta(days=8), False),
    ],
)
def test_recent_posts_are_asked_for_hourly_for_a_day_and_daily_for_a_week(age, unseen, is_due):
    bluesky_channel(RKEYS[0], posted=NOON - age)
    Post.objects.update(last_seen_at=NOON - unseen)

    world = recheck(*([shown(RKEYS[0])] if is_due else []))

    assert bool(world.asked) is is_due


def test_a_cited_post_is_asked_for_as_long_as_its_article_is_public():
    bluesky_channel(RKEYS[0], posted=NOON - timedelta(days=300), paused=True, origin="by_hand")
    article = cite(Post.objects.get())
    while_public = recheck(shown(RKEYS[0]))
    type(article).objects.update(status="withdrawn", live_version=None)
    Post.objects.update(last_seen_at=NOON - 2 * DAY)

    afterwards = recheck(at=NOON + 2 * DAY)

    assert (len(while_public.asked), afterwards.asked) == (1, [])


def test_recent_posts_of_a_paused_channel_are_left_alone():
    bluesky_channel(RKEYS[0], paused=True)

    assert recheck().asked == []


def test_a_channel_is_looked_at_once_an_hour():
    bluesky_channel(RKEYS[0])

    recheck(refused(502))
    soon = recheck(at=later(minutes=59))
    later_on = recheck(shown(RKEYS[0]), at=later(minutes=61))

    assert (soon.asked, len(later_on.asked)) == ([], 1)


def test_a_time_of_a_wrong_clock_stops_no_recheck():
    bluesky_channel(RKEYS[0], recheck_at=NOON + timedelta(days=400))

    assert len(recheck(shown(RKEYS[0])).asked) == 1


def test_the_posts_of_the_demo_are_never_asked_for():
    bluesky_channel(RKEYS[0], outlet=make_outlet("Demo", is_demo=True))

    assert recheck().asked == []


@pytest.mark.parametrize(
    ("age", "unseen", "is_due"),
    [(47, 23, False), (47, 24, True), (48, 25, True), (49, 25, False)],
)
def test_where_each_post_read_is_paid_for_it_is_asked_for_daily_for_two_days(
    with_token, age, unseen, is_due
):
    x_channel(x.FIRST)
    Post.objects.update(
        wire_at=later(hours=-age), posted_at=later(hours=-age), last_seen_at=later(hours=-unseen)
    )

    world = recheck(*([looked_up(x.post(number=x.FIRST))] if is_due else []))

    assert bool(world.asked) is is_due


@pytest.mark.parametrize("health", ["gone", "poison"])
def test_a_channel_that_is_not_fetched_any_more_is_not_rechecked(health):
    bluesky_channel(RKEYS[0], health=health)
    cite(Post.objects.get())

    assert recheck().asked == []


def test_a_post_that_only_an_older_version_or_a_draft_cites_is_not_asked_for():
    bluesky_channel(*RKEYS, posted=NOON - timedelta(days=300))
    once, drafted = Post.objects.order_by("pk")
    article = cite(once)
    article.wire_sources.update(post=(other := make_post()), version=other.latest_version)
    publishing.update(article, by=None, at=later(hours=1), note="Another source.")
    make_source(article, key="r2", post=drafted)

    assert recheck().asked == []


def test_a_withdrawn_post_is_asked_for_once_a_day_whether_it_is_there_again():
    bluesky_channel(*RKEYS)
    recheck(shown(RKEYS[0]), profile())
    Post.objects.update(last_seen_at=NOON - 2 * DAY)

    soon = recheck(shown(RKEYS[0]), at=later(hours=23))
    Post.objects.update(last_seen_at=NOON - 2 * DAY)
    tomorrow = recheck(shown(RKEYS[0]), profile(), at=later(hours=25))
    Post.objects.update(last_seen_at=NOON - 2 * DAY)
    after_that = recheck(shown(RKEYS[0]), at=later(hours=48))

    uris = [asked_for(world, "uris")[0] for world in (soon, tomorrow, after_that)]
    assert [len(each) for each in uris] == [1, 2, 1]
    row = Disappearance.objects.get()
    # Each second question is asked after a pause.
    assert later() < row.withdrawn_at < later(seconds=1)
    assert later(hours=25) < row.checked_at < later(hours=25, seconds=1)


def test_the_channels_and_the_posts_that_waited_longest_are_asked_first(monkeypatch):
    monkeypatch.setattr(due_rechecks, "MOST_POSTS", 2)
    waited = {"LATE": NOON, "NEVER": None, "EARLY": later(hours=-1), "LATER": later(seconds=1)}
    for code, at in waited.items():
        make_channel(code=code, platform="bluesky", recheck_at=at)
    channel = Channel.objects.get(code="EARLY")
    for n in (3, 1, 2):
        make_post(
            channel=channel, native_id=str(n), at=NOON - DAY, last_seen_at=later(hours=-9 - n)
        )

    codes = [each.code for each in due_rechecks.due_channels(NOON)]
    posts = [each.native_id for each in due_rechecks.due_posts(channel, at=NOON)]

    assert codes == ["NEVER", "EARLY", "LATE"]
    assert posts == ["3", "2"]


def test_a_visit_asks_so_many_questions_with_pauses_and_leaves_the_rest(monkeypatch):
    monkeypatch.setattr(looking, "MOST_QUESTIONS", 2)
    mastodon_channel("1", "2", "3")

    world = recheck(*(mastodon.body(mastodon.status(number=n)) for n in ("1", "2")))

    assert paths(world) == ["/api/v1/statuses/1", "/api/v1/statuses/2"]
    assert world.at == later(seconds=1)
    assert world.tally.failures == []


def test_a_failure_before_says_more_than_that_of_the_account():
    mastodon_channel("1", "2")

    world = recheck(refused(404, body=NOT_FOUND), refused(502), refused(503))

    (failure,) = world.tally.failures
    assert "answered 502" in failure
    assert states() == ["live", "live"]


def test_a_post_left_out_of_a_feed_is_never_looked_for():
    make_post(channel=make_channel(last_read_at=NOON), at=NOON - 2 * DAY)

    assert recheck().asked == []


def test_a_site_that_another_worker_asks_is_left_for_later():
    channel = bluesky_channel(RKEYS[0])
    until = later(seconds=20)
    Channel.objects.update(lease_owner="other", lease_until=until)

    busy = recheck()

    channel.refresh_from_db()
    assert (busy.asked, channel.recheck_at, channel.lease_owner) == ([], None, "other")


def test_a_site_that_was_asked_a_moment_ago_is_asked_after_its_pause():
    first, second = bluesky_channel(RKEYS[0]), bluesky_channel(RKEYS[1], outlet=make_outlet("Tide"))
    Domain.objects.create(name="bsky.app", not_before=later(seconds=2))

    world = recheck(shown(RKEYS[0]), shown(RKEYS[1]))

    assert [uris for [uris] in asked_for(world, "uris")] == [uri(rkey) for rkey in RKEYS]
    assert (world.tally.channels, later(seconds=2) <= world.at < later(minutes=1)) == (2, True)
    for channel in (first, second):
        channel.refresh_from_db()
        assert (channel.recheck_at > NOON, channel.lease_owner) == (True, "")


def test_a_site_that_asked_us_to_stay_away_is_not_waited_for():
    channel = bluesky_channel(RKEYS[0])
    Domain.objects.create(name="bsky.app", not_before=later(hours=2))

    world = recheck()

    channel.refresh_from_db()
    assert (world.asked, world.at, channel.recheck_at) == ([], NOON, None)


def test_a_site_that_refuses_is_left_alone_by_everybody():
    bluesky_channel(RKEYS[0])

    recheck(refused(429, retry_after=timedelta(minutes=7)))

    assert Domain.objects.get().not_before == later(minutes=7)
    assert Channel.objects.get().lease_owner == ""


def test_a_site_that_answers_a_recheck_is_forgiven_that_it_refused_before():
    bluesky_channel(RKEYS[0])
    for name in ("bsky.app", "other.example"):
        Domain.objects.create(name=name, refusals=3)

    recheck(shown(RKEYS[0]))

    assert dict(Domain.objects.values_list("name", "refusals")) == {
        "bsky.app": 0, "other.example": 3,
    }  # fmt: skip


def test_rechecks_of_channels_without_due_posts_cost_two_queries_each(django_assert_num_queries):
    for _ in range(3):
        make_channel(platform="bluesky", last_read_at=NOON)

    with django_assert_num_queries(1 + 3 * 2):
        world = recheck()

    assert world.tally.channels == 0


def test_the_posts_of_a_visit_cost_the_same_queries_however_many(django_assert_max_num_queries):
    rkeys = [f"3lesheq2xb{n:03}" for n in range(25)]
    bluesky_channel(rkeys[0])
    with django_assert_max_num_queries(60) as few:
        recheck(shown(rkeys[0]))
    channel = Channel.objects.get()
    for rkey in rkeys[1:]:
        make_post(channel=channel, native_id=uri(rkey), text="Tide.", at=NOON - 2 * DAY)
    Post.objects.update(last_seen_at=NOON - 2 * DAY)

    with django_assert_max_num_queries(len(few) + 1):
        world = recheck(shown(*rkeys), at=later(hours=2))

    assert world.tally.posts == 25


def test_rechecks_end_between_two_channels_where_the_process_is_to_stop():
    bluesky_channel(RKEYS[0])
    left = bluesky_channel(RKEYS[1], outlet=make_outlet("Tide"))
    world = World(answer(shown(RKEYS[0])))
    ends = iter([False, True])

    tally = rechecker_of(world, is_over=lambda: next(ends)).recheck_due()

    left.refresh_from_db()
    assert (len(world.asked), tally.channels, left.recheck_at) == (1, 1, None)


@pytest.mark.parametrize(
    ("error", "failures", "logged"),
    [
        (ParserNotStarted("no memory"), [], "HARBOUR-BS was not rechecked: no memory"),
        (
            ValueError("a number too long"),
            ["HARBOUR-BS: what it answered could not be stored"],
            "HARBOUR-BS could not be rechecked",
        ),
        (
            UnreadableBody("empty", "no post is in it"),
            ["HARBOUR-BS: no post is in it"],
            "HARBOUR-BS could not be rechecked: no post is in it",
        ),
    ],
)
def test_an_answer_that_no_parser_can_take_stops_its_channel_only(error, failures, logged, caplog):
    caplog.set_level("INFO")
    channel = bluesky_channel(RKEYS[0], code="HARBOUR-BS")
    bluesky_channel(RKEYS[1], outlet=make_outlet("Tide"))
    errors = iter([error])

    def parse_second(body, **how):
        for each in errors:
            raise each
        return parse(body, **how)

    world = World(answer(shown(RKEYS[0])), answer(shown(RKEYS[1])), parse=parse_second)
    tally = rechecker_of(world).recheck_due()

    channel.refresh_from_db()
    assert (tally.failures, len(world.asked)) == (failures, 2)
    assert logged in caplog.messages
    assert (channel.recheck_at > NOON, channel.lease_owner) == (True, "")


def test_only_posts_of_a_platform_that_can_be_asked_are_looked_up():
    assert lookup_of(Channel(platform="bluesky")).most == 25

    with pytest.raises(ValueError, match=r"^posts on Feed cannot be looked up$"):
        lookup_of(Channel(platform="rss"))


# The command


def test_a_dry_run_says_what_would_be_asked_for_and_asks_nothing(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    bluesky_channel(*RKEYS, code="HARBOUR-BS")

    ran = run_command("recheck_posts", "--dry-run")

    assert ran.out.splitlines() == [
        "HARBOUR-BS  2 posts",
        "2 posts would be asked for. Nothing was.",
    ]
    assert Channel.objects.get().recheck_at is None


def test_the_command_does_nothing_where_polling_is_switched_off(settings):
    settings.WIRE_POLL = False

    with pytest.raises(CommandError, match="WIRE_POLL=0"):
        run_command("recheck_posts")
