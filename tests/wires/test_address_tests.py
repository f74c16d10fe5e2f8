"""“Test this address”: what would come in is shown, nothing is stored, nobody reads pages by it."""

from types import SimpleNamespace
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import make_channel
from tests.wires.platforms.bluesky import answers as bluesky
from tests.wires.platforms.x import answers as x
from tests.wires.test_conversations import RKEYS
from tests.wires.test_paste import page as telegram_page
from wires import ingest, schedule
from wires.http import FetchError, Response
from wires.models import AddressTest, Capture, Channel, Domain, Post, TooOften
from wires.platforms import parse

pytestmark = pytest.mark.django_db

FEED = "https://harbour.example/feed"


def feed(*items, head=""):
    body = "".join(
        f"<item><title>{title}</title><guid>{title}</guid>{date and f'<pubDate>{date}</pubDate>'}</item>"
        for title, date in items
    )
    return f"<rss><channel><title>Harbour Wire</title>{head}{body}</channel></rss>".encode()


class Site:
    """Answers every address with one body, or raises; keeps what was asked."""

    def __init__(self, body=b"", *, error=None, **fields):
        self.body, self.error, self.fields, self.asked = body, error, fields, []

    def __call__(self, url, **options):
        self.asked.append(url)
        if self.error:
            raise self.error
        return Response(
            **{"url": url, "status": 200, "headers": {}, "body": self.body} | self.fields
        )


def ask(editor, entered=FEED, **fields):
    return ingest.ask_for_test(entered, by=editor, at=NOON, **fields)


def answer(site, *, at=NOON, parse=parse):
    tester = ingest.AddressTester(
        fetch=site,
        parsers=SimpleNamespace(parse=parse),
        now=lambda: at,
        sleep=lambda seconds: None,
        worker="tester",
    )
    return tester.answer_all()


def result_of(editor, site, entered=FEED, **fields):
    test = ask(editor, entered, **fields)
    assert answer(site) == 1
    test.refresh_from_db()
    return test


def test_a_feed_shows_its_name_and_newest_headlines_and_stores_no_post(editor):
    items = [(f"Tide {n}", f"Thu, 25 Jun 2026 {n:02}:00:00 GMT") for n in range(1, 8)]

    test = result_of(editor, Site(feed(*items)))

    assert (test.problem, test.found["title"], test.found["count"]) == ("", "Harbour Wire", 7)
    assert [item["title"] for item in test.found["items"]] == [
        "Tide 7", "Tide 6", "Tide 5", "Tide 4", "Tide 3",
    ]  # fmt: skip
    assert test.found["items"][0]["posted_at"] == "2026-06-25T07:00:00+00:00"
    stored = [model.objects.exists() for model in (Post, Capture, Channel)]
    assert stored == [False, False, False]


def test_a_telegram_channel_and_a_bluesky_account_are_tested_by_their_names(editor):
    telegram = Site(telegram_page(6, 7))
    bluesky_site = Site(bluesky.feed(bluesky.post("Tide.", RKEYS[0])))

    channel = result_of(editor, telegram, "@portwatch", platform="telegram")
    account = result_of(editor, bluesky_site, "@harbour.example")

    assert telegram.asked == ["https://t.me/s/portwatch"]
    assert channel.found["count"] == 2
    assert "getAuthorFeed" in bluesky_site.asked[0]
    assert (account.found["numeric_id"], account.found["account"]) == (
        bluesky.DID, "harbour.example",
    )  # fmt: skip


def test_a_saved_account_is_asked_for_by_its_number_and_a_new_one_by_its_name(editor):
    channel = make_channel(platform="bluesky", account="harbour.example", numeric_id=bluesky.DID)
    body = bluesky.feed(bluesky.post("Tide.", RKEYS[0]))
    asked = []
    for entered, fields in (
        ("@harbour.example", {"channel": channel}),
        ("@harbour.example", {}),
        # Another account is typed into the form of this one.
        ("@tide.example", {"channel": channel}),
    ):
        Domain.objects.all().delete()
        site = Site(body)
        result_of(editor, site, entered, **fields)
        asked += [parse_qs(urlsplit(url).query)["actor"] for url in site.asked]

    assert asked == [[bluesky.DID], ["harbour.example"], ["tide.example"]]


@pytest.mark.parametrize(
    ("date", "said"),
    [
        ("", "it has no date"),
        ("the other day", "its date cannot be read: “the other day”"),
        ("Fri, 25 Jun 2027 12:00:00 GMT", "its date is in the future"),
        ("2026-06-25 09:00:00", "its date names no time zone"),
        ("Thu, 25 Jun 2026 09:00:00 GMT", ""),
    ],
)
def test_each_headline_says_how_it_is_dated(editor, date, said):
    test = result_of(editor, Site(feed(("Tide", date))))

    dating = test.found["items"][0]["dating"]
    assert said in dating
    assert bool(dating) == bool(said)


@pytest.mark.parametrize(
    ("body", "fields", "said"),
    [
        (feed(), {}, "It has no entries now."),
        (feed(("Tide", "")), {}, "No entry has a date that can be read."),
        (feed(("Tide", "Mon, 05 Jan 2026 09:00:00 GMT")), {}, "Nothing was posted in the last 30 days."),
        (b"Warning: x\n" + feed(("Tide", "")), {}, "Something stands before the feed"),
        (feed(("Tide", "")), {"url": "https://other.example/feed"}, "The address redirects"),
        (
            feed(("Tide", "")),
            {"url": "https://new.example/feed", "moved_to": "https://new.example/feed"},
            "moved for good: enter https://new.example/feed instead",
        ),
    ],
)  # fmt: skip
def test_what_is_odd_is_said_in_words(editor, body, fields, said):
    test = result_of(editor, Site(body, **fields))

    assert any(said in odd for odd in test.found["odd"]), test.found


def test_the_interval_is_the_one_that_the_site_asks_for(editor):
    slow = feed(("Tide", ""), head="<ttl>90</ttl>")

    assert result_of(editor, Site(slow)).found["minutes"] == 90
    assert (
        result_of(editor, Site(feed(("Tide", ""))), "a.example/feed", minutes=25).found["minutes"]
        == 25
    )


PAGE = """<html><head><title>Payroll of the harbour</title>
<link rel="alternate" type="application/rss+xml" href="/news.xml">
<link rel="alternate" type="application/rss+xml" href="http://10.0.0.1/inside">
<link rel="alternate" type="application/rss+xml" href="javascript:alert(1)">
</head><body>Salaries are secret.</body></html>"""


def test_a_web_page_offers_its_feeds_and_shows_nothing_else(editor):
    test = result_of(editor, Site(PAGE.encode()))

    kept = f"{test.found} {test.problem}"
    assert test.found["feeds"] == ["https://harbour.example/news.xml"]
    assert "this is a web page, not a feed" in test.problem
    assert not [word for word in ("Payroll", "secret", "10.0.0.1", "javascript") if word in kept]


@pytest.mark.parametrize(
    "body",
    [
        b"<html><title>Secret</title><body>Secret</body></html>",
        b"<secret><a/></secret>",
        b'{"secret": 1}',
        b"{secret",
        b"secret=1",
        b"",
    ],
)
def test_nothing_of_what_is_no_feed_is_shown(editor, body):
    test = result_of(editor, Site(body))

    assert test.problem
    assert "secret" not in f"{test.found} {test.problem}".lower()


def test_an_account_that_shows_nothing_is_refused_in_our_words(editor):
    test = result_of(editor, Site(PAGE.encode()), "t.me/portwatch")

    assert test.problem == (
        "Telegram shows the public no posts of t.me/portwatch: check the name, and whether the"
        " account is public"
    )
    assert test.found["feeds"] == []


def test_a_refused_fetch_says_why(editor):
    error = FetchError("http_404", "harbour.example has nothing at this address (404)", status=404)

    assert "has nothing at this address" in result_of(editor, Site(error=error)).problem


@pytest.mark.parametrize(
    ("entered", "said"),
    [
        ("http://10.0.0.1/feed", "private address"),
        ("http://localhost/feed", "private address"),
        ("file:///etc/passwd", "does not begin with http"),
        ("https://a:b@harbour.example/", "user name"),
        ("https://harbour.example:8080/feed", "port 8080"),
        ("facebook.com/harbour", "use what the outlet says"),
        ("https://x.com/harbour", "cannot be polled"),
        ("", "Enter the address"),
    ],
)
def test_an_address_that_is_never_asked_is_refused_at_once(editor, entered, said):
    with pytest.raises(ingest.NotTested, match=said):
        ask(editor, entered)

    assert not AddressTest.objects.exists()


def test_what_costs_money_is_tested_of_saved_channels_alone_and_counted(editor, settings):
    settings.PLATFORMS_OFF = {}
    with pytest.raises(ingest.NotTested, match="Save the channel first"):
        ask(editor, "https://x.com/harbour")
    channel = make_channel(platform="x", account="harbour", monthly_limit=0)
    site = Site()

    test = result_of(editor, site, "https://x.com/harbour", channel=channel)

    assert "its limit of 0 posts a month is reached" in test.problem
    assert site.asked == []


def test_the_posts_that_a_test_read_are_counted_where_they_are_paid_for(editor, settings):
    settings.PLATFORMS_OFF = {}
    channel, other = (
        make_channel(platform="x", account=name, numeric_id=number, monthly_limit=100)
        for name, number in (("harbour", x.USER["id"]), ("tide", "7"))
    )
    site = Site(x.page(x.post(), x.post("And back.", x.SECOND)))

    result_of(editor, site, "https://x.com/harbour", channel=channel)

    for each in (channel, other):
        each.refresh_from_db()
    assert (channel.billed_in(NOON), other.billed_in(NOON)) == (2, 0)


def test_tests_are_limited_for_each_person(editor):
    for n in range(20):
        ask(editor, f"https://harbour.example/{n}")

    with pytest.raises(TooOften):
        ask(editor)

    assert ask(make_user(group="Wire desk")).pk


def test_a_site_that_was_asked_a_moment_ago_is_asked_after_its_pause(editor):
    schedule.lease_domain("harbour.example", worker="a", at=NOON)
    schedule.leave_domain("harbour.example", worker="a", at=NOON)
    ask(editor)
    site = Site(feed(("Tide", "")))

    at_once, a_little_later = answer(site), answer(site, at=later(seconds=1))

    assert (at_once, a_little_later, len(site.asked)) == (0, 1, 1)


def test_a_site_with_a_longer_pause_is_waited_for_that_long_and_others_go_before(editor):
    schedule.lease_domain("t.me", worker="a", at=NOON)
    waiting = ask(editor, "@portwatch", platform="telegram")
    site = Site(telegram_page(6, 7))

    at_once = answer(site)
    waiting.refresh_from_db()

    assert (at_once, site.asked) == (0, [])
    assert waiting.lease_until == NOON + schedule.patience_with("t.me") == later(seconds=2)


@pytest.mark.parametrize(("seconds", "waits"), [(60, True), (61, False)])
def test_a_site_is_waited_for_up_to_a_minute(editor, seconds, waits):
    Domain.objects.create(name="harbour.example", not_before=later(seconds=seconds))
    test = ask(editor)

    answered = answer(Site())

    test.refresh_from_db()
    assert answered == (not waits)
    assert test.problem == (
        "" if waits else "harbour.example asked us to stay away until 12:01 UTC"
    )


def test_a_site_that_asked_us_to_stay_away_is_not_asked(editor):
    Domain.objects.create(name="harbour.example", not_before=later(hours=2))
    site = Site()

    test = result_of(editor, site)

    assert test.problem == "harbour.example asked us to stay away until 14:00 UTC"
    assert site.asked == []


def test_answering_an_address_takes_the_same_queries_with_a_channel_and_without(
    editor, django_assert_max_num_queries
):
    ask(editor)
    with django_assert_max_num_queries(30) as alone:
        assert answer(Site(feed(("Tide", "")))) == 1
    Domain.objects.all().delete()
    ask(editor, channel=make_channel(address=FEED))

    with django_assert_max_num_queries(len(alone)):
        assert answer(Site(feed(("Tide", "")))) == 1


def test_a_refusal_of_a_test_keeps_the_poller_away_too(editor):
    busy = FetchError("rate_limited", "harbour.example asks us to come back later", status=429)

    result_of(editor, Site(error=busy))

    assert Domain.objects.get(name="harbour.example").not_before > later(minutes=29)
    assert Domain.objects.get(name="harbour.example").lease_owner == ""


def test_a_right_that_was_taken_away_meanwhile_is_missed(editor):
    ask(editor)
    editor.groups.clear()
    site = Site(feed(("Tide", "")))

    answer(site)

    assert "does not have permission" in AddressTest.objects.get().problem
    assert site.asked == []


def test_a_test_that_cannot_be_stored_does_not_stop_the_next(editor):
    ask(editor)
    ask(editor, "https://tide.example/feed")

    def explode(body, **options):
        raise ValueError

    answered = answer(Site(b"x"), parse=explode)

    assert answered == 2
    assert set(AddressTest.objects.values_list("problem", flat=True)) == {
        "what the site sent cannot be read: ask the publisher"
    }


def test_what_no_database_takes_is_replaced(editor):
    test = result_of(editor, Site(feed(("Tide &#xD800; &#0;", "\x00"))))

    assert test.problem == ""
    assert "Tide" in test.found["items"][0]["title"]


def test_tests_are_forgotten_after_a_day(editor):
    ask(editor)

    answer(Site(), at=later(hours=25))

    assert not AddressTest.objects.exists()
