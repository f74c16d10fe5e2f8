"""What the page cache keeps, for whom, and until when: around an application that counts."""

import gzip
import io
import threading
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.utils.http import http_date

from newsroom import pagecache, plain_requests
from newsroom.database_away import MARK, DatabaseWatch
from newsroom.pagecache import PageCache
from tests.clock import NOON, later
from tests.waiting import CEILING, wait_until
from wires import generations

TAG = 'W/"tag"'
PUBLIC = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "public, no-cache"),
    ("ETag", TAG),
]
SENT_ALONG = {
    "HTTP_COOKIE": "theme=dark",
    "HTTP_X_FORWARDED_HOST": "evil.example",
    "HTTP_X_FORWARDED_FOR": "192.0.2.1",
    "HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE",
    "HTTP_X_ORIGINAL_URL": "/desk/",
    "HTTP_ACCEPT_LANGUAGE": "de",
    "HTTP_USER_AGENT": "<script>",
    "HTTP_IF_NONE_MATCH": '"another"',
    "HTTP_RANGE": "bytes=0-3",
    "REMOTE_ADDR": "192.0.2.1",
    "RAW_URI": "//evil.example/",
}


class Site:
    """Django's place: counts what it is asked, and answers what a test says."""

    def __init__(self):
        self.asked = []
        self.status, self.headers, self.body = "200 OK", PUBLIC, None
        self.is_away = False
        self.entered, self.may_go_on = threading.Semaphore(0), threading.Event()
        self.may_go_on.set()

    def __call__(self, environ, start):
        self.asked.append(environ)
        number = len(self.asked)
        self.entered.release()
        assert self.may_go_on.wait(CEILING)
        if self.is_away:
            environ[MARK] = True
        start(self.status, list(self.headers))
        return [self.body or f"page {number}".encode()]


class Clock:
    def __init__(self, at):
        self.at = at

    def __call__(self):
        return self.at.timestamp()


@pytest.fixture
def site():
    return Site()


@pytest.fixture
def clock():
    return Clock(NOON)


@pytest.fixture
def outage():
    """Whether the database answers, and the seconds of the watch's clock."""
    found = SimpleNamespace(answers=True, at=100.0, probes=0)
    yield found
    # Ends the thread that asks.
    found.answers = True


@pytest.fixture
def cache(site, clock, outage, settings):
    settings.ALLOWED_HOSTS = ["paper.example", ".papers.example"]
    plain_requests.domain_of.cache_clear()

    def answers():
        outage.probes += 1
        return outage.answers

    watch = DatabaseWatch(answers, clock=lambda: outage.at, ask_every=0.01)
    yield PageCache(site, most=100_000, watch=watch, clock=clock)
    plain_requests.domain_of.cache_clear()


def ask(cache, path="/", query="", *, method="GET", host="paper.example", **more):
    environ = {
        "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "HTTP_HOST": host,
        "SCRIPT_NAME": "", "SERVER_NAME": "server", "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), **more,
    }  # fmt: skip
    told = []
    body = b"".join(cache(environ, lambda status, headers: told.append((status, headers))))
    status, headers = told[0]
    return SimpleNamespace(
        status=int(status[:3]), headers={name.lower(): value for name, value in headers}, body=body
    )


class Asking(threading.Thread):
    """A request in a thread of its own."""

    def __init__(self, cache, **more):
        super().__init__(daemon=True)
        self.cache, self.more, self.answer = cache, more, None
        self.start()

    def run(self):
        self.answer = ask(self.cache, **self.more)

    def result(self):
        self.join(CEILING)
        assert self.answer is not None
        return self.answer


# What is given again


def test_a_page_is_made_once_for_all_who_ask(cache, site):
    bodies = [
        ask(cache, **more).body for more in ({}, SENT_ALONG, {}, {"host": "PAPER.example:80"})
    ]

    assert bodies == [b"page 1"] * 4
    assert len(site.asked) == 1
    assert len(cache.shelf) == 1


def test_a_page_is_made_from_nothing_that_a_reader_sends(cache, site):
    ask(cache, query="utm=<script>", host="paper.example:81", **SENT_ALONG)

    (environ,) = site.asked
    assert not {*environ} & {*SENT_ALONG}
    assert {name: environ[name] for name in environ if name.startswith("HTTP_")} == {
        "HTTP_HOST": "paper.example"
    }
    assert (environ["REQUEST_METHOD"], environ["QUERY_STRING"]) == ("GET", "")


def test_a_kept_page_has_the_headers_of_the_first_and_its_own_length(cache):
    first, second = ask(cache), ask(cache)

    assert second.headers == first.headers
    assert second.headers["content-length"] == str(len(second.body))
    assert second.headers["vary"] == "Accept-Encoding"
    assert second.headers["etag"] == TAG


def test_head_has_the_headers_of_the_page_and_no_body(cache, site):
    head, page = ask(cache, method="HEAD"), ask(cache)

    assert head.body == b""
    assert head.headers == page.headers
    assert len(site.asked) == 1
    assert site.asked[0]["REQUEST_METHOD"] == "GET"


@pytest.mark.parametrize("sent", [TAG, '"tag"', f'"other", {TAG}', "*"])
def test_who_has_the_page_is_answered_304(cache, site, sent):
    ask(cache)

    answer = ask(cache, HTTP_IF_NONE_MATCH=sent)

    assert (answer.status, answer.body) == (304, b"")
    assert {"etag", "vary", "cache-control"} == {*answer.headers}
    assert len(site.asked) == 1


@pytest.mark.parametrize("sent", ['"other"', "tag", "", "W/tag"])
def test_who_has_another_page_gets_this_one(cache, sent):
    ask(cache)

    assert ask(cache, HTTP_IF_NONE_MATCH=sent).status == 200


def test_a_page_with_a_date_is_compared_by_it_unless_a_tag_is_sent(cache, site):
    site.headers = [*PUBLIC, ("Last-Modified", http_date(NOON.timestamp()))]
    since = [http_date(later(seconds=seconds).timestamp()) for seconds in (-1, 0, 1)]

    statuses = [ask(cache, HTTP_IF_MODIFIED_SINCE=date).status for date in [*since, "soon"]]
    with_tag = ask(cache, HTTP_IF_MODIFIED_SINCE=since[1], HTTP_IF_NONE_MATCH='"other"')

    assert statuses == [200, 304, 304, 200]
    assert with_tag.status == 200


@pytest.mark.parametrize(
    ("sent", "is_compressed"),
    [
        ("gzip", True), ("br, GZIP ;q=0.5", True), ("*", True), ("*;q=0, gzip", True),
        ("gzip; q=1.0", True), ("", False), ("gzip;q=0", False), ("gzip; q = 0.0", False),
        ("*;q=0", False), ("identity", False), ("gzip;q=x", False), ("gzipped", False),
        ("gzip;q=0, *", False), (",;,;;", False), ("gzip\t, \xff", True), ("gzip, " * 60, False),
    ],
)  # fmt: skip
def test_a_page_is_compressed_for_who_takes_gzip(cache, sent, is_compressed):
    ask(cache)

    answer = ask(cache, HTTP_ACCEPT_ENCODING=sent)

    assert (answer.headers.get("content-encoding") == "gzip") is is_compressed
    assert (gzip.decompress(answer.body) if is_compressed else answer.body) == b"page 1"
    assert answer.headers["content-length"] == str(len(answer.body))


def test_a_page_is_compressed_once(cache):
    sent = {"HTTP_ACCEPT_ENCODING": "gzip"}

    first, second = ask(cache, **sent), ask(cache, **sent)

    assert second.body is first.body


# What makes another page, and what none


@pytest.mark.parametrize(
    "query", ["", "utm_source=feed", "a=1&b=2", "older=&newer=", "%ff=%00", "&&;", "=", "page=2"]
)
def test_a_query_that_no_view_reads_makes_no_new_page(cache, site, query):
    ask(cache, "/sections/world/")

    assert ask(cache, "/sections/world/", query).body == b"page 1"
    assert len(cache.shelf) == 1


def test_a_parameter_that_the_view_reads_makes_another_page(cache, site):
    queries = ["", "older=1-2", "newer=1-2", "older=1-3"]

    bodies = {ask(cache, "/sections/world/", query).body for query in queries * 2}

    assert len(bodies) == len(site.asked) == 4
    assert [environ["QUERY_STRING"] for environ in site.asked] == queries


def test_one_set_of_parameters_is_one_page_however_it_is_written(cache, site):
    written = [
        "outlet=dawn&platform=rss&platform=bluesky",
        "platform=bluesky&outlet=dawn&platform=rss&platform=rss&utm=1",
        "outlet=other&outlet=d%61wn&platform=bluesky&platform=rss&language=",
    ]

    bodies = {ask(cache, "/wire/", query).body for query in written}

    assert bodies == {b"page 1"}
    assert site.asked[0]["QUERY_STRING"] == "outlet=dawn&platform=bluesky&platform=rss"


@pytest.mark.parametrize(
    "host", ["evil.example", "", "paper.example.evil", "paper.example:x", "a b"]
)
def test_a_host_that_is_not_the_sites_is_left_to_django(cache, site, host):
    ask(cache)

    assert ask(cache, host=host).body == b"page 2"
    assert site.asked[-1]["HTTP_HOST"] == host
    assert len(cache.shelf) == 1


def test_hosts_and_schemes_never_share_a_page(cache, site):
    ask(cache)
    ask(cache, host="one.papers.example")
    ask(cache, **{"wsgi.url_scheme": "https"})

    assert len(site.asked) == len(cache.shelf) == 3


def test_a_production_keeps_only_what_came_by_https(cache, site, settings):
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.SECURE_SSL_REDIRECT = True

    for sent in ({}, {"HTTP_X_FORWARDED_PROTO": "http"}, {"HTTP_X_FORWARDED_PROTO": "HTTPS"}):
        ask(cache, **sent)
    ask(cache, HTTP_X_FORWARDED_PROTO="https, http")

    assert len(cache.shelf) == 1
    assert site.asked[-1]["HTTP_X_FORWARDED_PROTO"] == "https"


@pytest.mark.parametrize(
    "sent",
    [
        {"HTTP_COOKIE": "sessionid=abc"}, {"HTTP_AUTHORIZATION": "Basic x"}, {"method": "POST"},
        {"method": "DELETE"}, {"CONTENT_TYPE": "text/plain; charset=utf-7"},
        {"CONTENT_LENGTH": "3"}, {"HTTP_IF_MATCH": '"x"'}, {"SCRIPT_NAME": "/other"},
        {"path": "/caf\xc3\xa9/"}, {"query": "a=" * 1_500}, {"path": "/desk/"},
        {"path": "/static/x.css"}, {"path": "/robots.txt"}, {"path": "/nothing/at/all/"}, {"path": ""},
        {"HTTP_TRANSFER_ENCODING": "chunked"},
    ],
)  # fmt: skip
def test_whatever_is_no_plain_page_is_left_to_django_as_it_came(cache, site, sent):
    ask(cache)

    answer = ask(cache, **sent)
    ask(cache, **sent)

    assert answer.body == b"page 2"
    assert len(site.asked) == 3
    assert site.asked[1].items() >= {k: v for k, v in sent.items() if k.isupper()}.items()
    assert len(cache.shelf) == 1


@pytest.mark.parametrize(
    "headers",
    [
        [*PUBLIC, ("Set-Cookie", "a=1")],
        [*PUBLIC, ("Vary", "Accept-Encoding, Cookie")],
        [*PUBLIC, ("Vary", "*")],
        [("Cache-Control", "private")],
        [("Cache-Control", "no-store")],
        [*PUBLIC, ("Content-Encoding", "br")],
        [],
    ],
)
def test_an_answer_that_is_not_the_same_for_all_is_not_kept(cache, site, headers):
    site.headers = headers

    bodies = [ask(cache).body for _ in range(2)]

    assert bodies == [b"page 1", b"page 2"]
    assert len(cache.shelf) == 0


@pytest.mark.parametrize(
    ("status", "times"),
    [("200 OK", 1), ("301 Moved", 1), ("410 Gone", 1), ("404 Not Found", 2), ("500 Error", 2)],
)
def test_pages_moved_addresses_and_withdrawals_are_kept_and_errors_are_not(
    cache, site, status, times
):
    site.status = status

    statuses = {ask(cache, HTTP_IF_NONE_MATCH='"x"').status for _ in range(2)}

    assert statuses == {int(status[:3])}
    assert len(site.asked) == times


def test_a_withdrawal_is_never_called_unchanged(cache, site):
    site.status = "410 Gone"

    assert [ask(cache, HTTP_IF_NONE_MATCH=TAG).status for _ in range(2)] == [410, 410]


# Until when


def test_the_next_request_after_a_publish_shows_it(cache):
    ask(cache)
    generations.bump("quotes")
    before = ask(cache)

    generations.bump("pages")

    assert [before.body, ask(cache).body] == [b"page 1", b"page 2"]


def test_a_post_throws_away_the_wires_pages_at_most_once_a_second_and_no_others(
    cache, clock, monkeypatch
):
    monkeypatch.setattr(generations, "_shared", generations.Generations(clock=clock))
    bodies = []
    for seconds in (0, 5, 5.3, 5.6, 6.1):
        clock.at = later(seconds=seconds)
        if seconds:
            generations.bump("wire")
        bodies.append((ask(cache, "/wire/").body, ask(cache, "/").body))

    wire, front = zip(*bodies, strict=True)
    assert len({*front}) == 1
    assert wire[1] == wire[2] == wire[3]
    assert len({*wire}) == 3


@pytest.mark.parametrize(
    "moment",
    [later(minutes=1), later(days=1), later(days=-1), later(seconds=-1), later(minutes=61)],
)
def test_a_page_that_shows_clocks_is_true_for_its_minute_alone(cache, site, clock, moment):
    ask(cache)
    clock.at = later(seconds=59)
    same = ask(cache)

    clock.at = moment

    assert same.body == b"page 1"
    assert ask(cache).body == b"page 2"


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kathmandu", "America/St_Johns", "Pacific/Chatham"])
def test_a_feed_outlives_the_minute_and_no_midnight(cache, site, clock, zone):
    there = NOON.astimezone(ZoneInfo(zone))
    midnight = there.replace(hour=0, minute=0)

    bodies = []
    for minutes in (-2, -1, 0):
        clock.at = midnight + (later(minutes=minutes) - NOON)
        bodies.append(ask(cache, "/feed/").body)

    assert bodies == [b"page 1", b"page 1", b"page 2"]


def test_while_one_makes_a_page_anew_the_others_get_the_last_one(cache, site, clock):
    ask(cache)
    clock.at = later(minutes=1)
    site.may_go_on.clear()
    maker = Asking(cache)
    assert site.entered.acquire(timeout=CEILING)
    assert site.entered.acquire(timeout=CEILING)

    meanwhile = [ask(cache).body for _ in range(3)]
    site.may_go_on.set()

    assert meanwhile == [b"page 1"] * 3
    assert maker.result().body == b"page 2"
    assert ask(cache).body == b"page 2"


@pytest.mark.parametrize("moment", [later(days=1), later(days=-1), later(minutes=15)])
def test_nobody_gets_a_page_of_another_day_while_one_makes_it_anew(cache, site, clock, moment):
    ask(cache)
    clock.at = moment
    site.may_go_on.clear()
    site.entered.acquire()
    askers = [Asking(cache) for _ in range(3)]
    assert site.entered.acquire(timeout=CEILING)
    site.may_go_on.set()

    assert {asker.result().body for asker in askers} == {b"page 2"}


def test_a_crowd_makes_a_page_once(cache, site):
    site.may_go_on.clear()
    crowd = [Asking(cache, query=f"noise={n}") for n in range(12)]
    assert site.entered.acquire(timeout=CEILING)
    site.may_go_on.set()

    assert {one.result().body for one in crowd} == {b"page 1"}
    assert len(site.asked) == 1


def test_who_waits_a_second_for_a_page_is_asked_to_come_again(cache, site):
    site.may_go_on.clear()
    maker = Asking(cache)
    assert site.entered.acquire(timeout=CEILING)

    answer = ask(cache)
    site.may_go_on.set()

    assert (answer.status, answer.headers["retry-after"]) == (503, "1")
    assert answer.headers["cache-control"] == "no-store"
    assert maker.result().status == 200


def test_who_waits_never_gets_the_cookie_of_the_one_who_made_it(cache, site):
    site.headers = [*PUBLIC, ("Set-Cookie", "sessionid=of-the-first")]
    site.may_go_on.clear()
    crowd = [Asking(cache) for _ in range(3)]
    assert site.entered.acquire(timeout=CEILING)
    site.may_go_on.set()

    bodies = [one.result().body for one in crowd]

    assert len({*bodies}) == 3


def test_what_changes_while_a_page_is_made_is_in_no_later_answer_missing(cache, site):
    site.may_go_on.clear()
    before = Asking(cache)
    assert site.entered.acquire(timeout=CEILING)
    generations.bump("pages")
    after = Asking(cache)
    assert site.entered.acquire(timeout=CEILING)
    site.may_go_on.set()

    assert before.result().body == b"page 1"
    assert after.result().body == b"page 2"
    assert ask(cache).body == b"page 2"
    assert len(cache.shelf) == 1


def test_a_page_that_cannot_be_made_keeps_nobody_waiting(cache, site):
    def fail(environ, start):
        message = "the application is broken"
        raise RuntimeError(message)

    cache.application = fail
    with pytest.raises(RuntimeError):
        ask(cache)
    cache.application = site

    assert ask(cache).status == 200


def test_where_the_counters_are_lost_nothing_is_taken_for_fresh(cache, site, tmp_path, monkeypatch):
    lost = generations.Generations()
    lost.configure(tmp_path / "counters")
    monkeypatch.setattr(generations, "_shared", lost)
    ask(cache)
    monkeypatch.setattr(generations.os, "pread", fail_to_read)

    bodies = [ask(cache).body for _ in range(2)]

    assert bodies == [b"page 2", b"page 3"]


def fail_to_read(*arguments):
    message = "the disk is gone"
    raise OSError(message)


# How much


def test_a_page_larger_than_the_cache_is_given_and_not_kept(cache, site):
    site.body = bytes(range(256)) * 2_000
    cache.shelf._most = 4_000

    bodies = {ask(cache).body for _ in range(2)}

    assert bodies == {site.body}
    assert (len(cache.shelf), cache.shelf.size) == (0, 0)


def test_the_page_that_was_asked_for_longest_ago_makes_room(cache, site):
    cache.shelf._most = 10_000
    for path in ("/", "/wire/", "/feed/", "/", "/sitemap.xml", "/"):
        ask(cache, path, HTTP_ACCEPT_ENCODING="gzip")
    asked = len(site.asked)

    ask(cache, "/feed/")
    ask(cache, "/wire/")

    assert asked == 4
    assert [environ["PATH_INFO"] for environ in site.asked[asked:]] == ["/wire/"]
    assert cache.shelf.size <= 10_000


def test_the_uncompressed_page_counts_too(cache, site):
    site.body = b"x" * 50_000

    ask(cache, HTTP_ACCEPT_ENCODING="gzip")
    compressed = cache.shelf.size
    ask(cache)
    both = cache.shelf.size
    ask(cache)

    assert compressed < 5_000
    assert both == cache.shelf.size == compressed + 50_000


def test_what_is_dropped_is_no_longer_counted(cache, site):
    for _ in range(3):
        for number in range(60):
            ask(cache, "/wire/", f"outlet=o{number}")
        generations.bump("pages")

    shelf = cache.shelf_asked
    assert shelf.size == sum(map(len, shelf._pages.values())) <= 100_000 // pagecache.SHARE_ASKED


def test_a_flood_of_questions_displaces_no_page_that_is_asked_for_without_one(cache, site):
    site.body = b"x" * 50_000
    ask(cache, "/")

    for n in range(40):
        ask(cache, "/wire/", query=f"q=word{n}")

    asked = len(site.asked)
    ask(cache, "/")
    assert len(site.asked) == asked
    assert cache.shelf_asked.size <= 100_000 // pagecache.SHARE_ASKED


# While the database is away


def lose_the_database(site, outage, cache):
    site.is_away, site.status = True, "503 Service Unavailable"
    site.headers = [("Retry-After", "3"), ("Cache-Control", "no-store")]
    outage.answers = False
    cache._watch.note_failure()


def test_while_the_database_is_away_the_last_page_is_given_for_a_minute_and_says_so(
    cache, site, clock, outage
):
    ask(cache)
    clock.at = later(minutes=1)
    lose_the_database(site, outage, cache)

    first = ask(cache)
    outage.at += 59
    last = ask(cache)
    outage.at += 2
    none = ask(cache)

    assert [answer.status for answer in (first, last, none)] == [200, 200, 503]
    assert first.body == last.body == b"page 1"
    assert first.headers["warning"] == last.headers["warning"] == '110 - "Response is Stale"'
    assert none.headers["retry-after"] == "3"
    assert len(site.asked) == 2


def test_while_the_database_is_away_nothing_of_an_older_generation_is_given(
    cache, site, clock, outage
):
    ask(cache)
    lose_the_database(site, outage, cache)
    generations.bump("pages")

    assert [ask(cache).status for _ in range(2)] == [503, 503]


def test_while_the_database_is_away_no_reader_waits_for_it(cache, site, outage):
    lose_the_database(site, outage, cache)
    ask(cache)

    statuses = {ask(cache, path).status for path in ("/", "/wire/", "/feed/") for _ in range(9)}

    assert statuses == {503}
    assert len(site.asked) == 1


def test_one_thread_asks_for_the_database_until_it_is_back(cache, site, outage):
    before = {*threading.enumerate()}
    lose_the_database(site, outage, cache)
    for _ in range(9):
        cache._watch.note_failure()

    watching = [thread for thread in threading.enumerate() if thread not in before]

    assert len(watching) == 1
    assert wait_until(lambda: outage.probes > 3)
    outage.answers = True
    watching[0].join(CEILING)
    assert cache._watch.seconds_away() is None


def test_when_the_database_is_back_the_page_is_made_again(cache, site, clock, outage):
    ask(cache)
    clock.at = later(minutes=1)
    lose_the_database(site, outage, cache)
    ask(cache)

    site.is_away, site.status, site.headers = False, "200 OK", PUBLIC
    outage.answers = True
    assert wait_until(lambda: cache._watch.seconds_away() is None)
    back = ask(cache)

    assert (back.status, back.body) == (200, b"page 3")
    assert "warning" not in back.headers
