"""Polling with the real HTTP client, against servers on loopback."""

import logging
import re
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.management import CommandError
from django.db import connection
from pytest_httpserver import HTTPServer

from markets.ingest import QuotesOutcome
from markets.ingest.poll import (
    LARGEST,
    QuotePoller,
    QuotesTally,
    in_words_of_the_site,
    is_a_file,
    read_file,
)
from markets.management.commands import poll_markets
from markets.models import HeldQuote, Provider, Quote
from markets.providers import PROVIDERS, UnreadableQuotes
from tests.clock import later
from tests.commands import run_command
from tests.markets.factories import make_instrument, make_provider, make_quote
from tests.markets.providers.test_adapters import (
    COINGECKO,
    ECB,
    FEED_CSV,
    FRED,
    PAGE,
    STOOQ,
    TWELVEDATA,
)
from tests.waiting import CEILING
from tests.wires.databases import run_beside, shared_database
from tests.wires.http_servers import RawServer, answer, get, saying
from wires.http import FetchError
from wires.models import Domain

__all__ = ["shared_database"]

pytestmark = pytest.mark.django_db
AFTER_CLOSE = later(hours=9)


@pytest.fixture(scope="module")
def running_site():
    # Stopping it takes half a second, so that is done once.
    server = HTTPServer(port=0)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def site(running_site):
    yield running_site
    running_site.clear()


class World:
    """The real client with a stopped clock and no randomness."""

    def __init__(self, addresses, *, keys=None, trusted=(), at=AFTER_CLOSE, **options):
        self.addresses, self.keys, self.at = addresses, keys or {}, at
        self.trusted, self.options = trusted, options
        self.is_over = False

    def fetch(self, url, *, etag="", last_modified=""):
        return get(
            url,
            etag=etag,
            last_modified=last_modified,
            trusted_hosts=self.trusted,
            at=self.at,
            **self.options,
        )

    def poll(self):
        return QuotePoller(
            fetch=self.fetch,
            addresses=self.addresses,
            keys=self.keys,
            now=lambda: self.at,
            chance=SimpleNamespace(uniform=lambda low, high: high),
            is_over=lambda: self.is_over,
        ).poll_due()


def world_of(server, code, path="/quotes", **options):
    return World(
        {code: f"http://127.0.0.1:{server.port}{path}"},
        trusted=[f"127.0.0.1:{server.port}"],
        **options,
    )


def instrument_of(code, provider_symbol, **fields):
    return make_instrument(provider=make_provider(code), provider_symbol=provider_symbol, **fields)


# Each provider


@pytest.mark.parametrize(
    ("code", "symbol", "body", "price", "currency"),
    [
        ("ecb", "EURUSD", ECB, "1.1340", "USD"),
        ("coingecko", "bitcoin", COINGECKO, "61594.12", "USD"),
        ("stooq", "^spx", STOOQ, "6132.4", "USD"),
        ("twelvedata", "QQQ", TWELVEDATA, "545.21", "USD"),
        ("fred", "SP500", FRED, "6132.4", "USD"),
        ("feed", "DAX", FEED_CSV, "23649", "EUR"),
    ],
)
def test_polling_a_provider_stores_its_quote(site, code, symbol, body, price, currency):
    instrument = instrument_of(code, symbol, currency=currency)
    site.expect_request("/quotes").respond_with_data(body)

    tally = world_of(site, code).poll()

    assert (tally.providers, tally.new, tally.held, tally.failures) == (1, 1, [], [])
    assert f"{Quote.objects.get(instrument=instrument).price.normalize():f}" == price.rstrip("0")
    provider = Provider.objects.get()
    assert (provider.health, provider.last_read_at) == ("sound", AFTER_CLOSE)
    assert (provider.lease_until, provider.failures) == (None, 0)


def test_only_instruments_on_the_strip_are_polled(site):
    instrument_of("stooq", "^spx")
    instrument_of("stooq", "^ndq", is_shown=False)
    site.expect_request("/quotes", query_string={"s": "^spx", "k": "secret"}).respond_with_data(
        STOOQ
    )

    tally = world_of(site, "stooq", "/quotes?s={symbols}&k={key}", keys={"stooq": "secret"}).poll()

    assert (tally.new, tally.failures) == (1, [])


def test_a_quote_file_is_read_again_only_after_it_changed(tmp_path):
    path = tmp_path / "quotes.csv"
    path.write_text(FEED_CSV)
    instrument = instrument_of("feed", "SPX")
    world = World({"feed": str(path)})

    first = world.poll()
    world.at += timedelta(minutes=10)
    second = world.poll()
    path.write_text(FEED_CSV.replace("6132.40", "6140.00").replace("20:00:00Z", "20:10:00Z"))
    world.at += timedelta(minutes=10)
    third = world.poll()

    assert (first.new, second.unchanged, third.new) == (1, 1, 1)
    assert Quote.objects.get(instrument=instrument).price == 6140


@pytest.mark.parametrize("path", ["/nowhere/quotes.csv", "/dev/null", "."])
def test_a_provider_path_that_is_not_a_readable_file_is_reported(path):
    instrument_of("feed", "SPX")

    tally = World({"feed": path}).poll()

    assert tally.failures[0].startswith(f"Own feed: {path} ")


# Rate limits and waiting


def test_validators_are_sent_verbatim_and_304_keeps_the_quotes(site):
    instrument = instrument_of("coingecko", "bitcoin")
    site.expect_ordered_request("/quotes").respond_with_data(
        COINGECKO, headers={"ETag": 'W/"a"', "Last-Modified": "Thu, 25 Jun 2026 14:00:00 GMT"}
    )
    headers = {"If-None-Match": 'W/"a"', "If-Modified-Since": "Thu, 25 Jun 2026 14:00:00 GMT"}
    site.expect_ordered_request("/quotes", headers=headers).respond_with_data("", status=304)
    world = world_of(site, "coingecko")
    world.poll()
    world.at += timedelta(hours=2)

    tally = world.poll()

    assert (tally.unchanged, tally.known, tally.failures) == (1, 1, [])
    assert Quote.objects.get(instrument=instrument).quoted_at < AFTER_CLOSE
    assert Provider.objects.get().last_read_at == world.at


def test_a_changed_address_is_polled_without_the_old_validators(site):
    instrument_of("stooq", "^spx")
    site.expect_request("/quotes").respond_with_data(STOOQ, headers={"ETag": '"a"'})
    world = world_of(site, "stooq", "/quotes?s={symbols}")
    world.poll()
    instrument_of("stooq", "qqq.us")
    world.at += timedelta(minutes=10)

    tally = world.poll()

    assert (tally.new, tally.known) == (1, 1)
    assert "If-None-Match" not in site.log[-1][0].headers


def test_validators_are_dropped_after_a_quote_was_held_back(site):
    instrument_of("stooq", "^spx")
    instrument_of("stooq", "nothing")
    site.expect_request("/quotes").respond_with_data(STOOQ, headers={"ETag": '"a"'})

    tally = world_of(site, "stooq").poll()

    assert (tally.new, Provider.objects.get().etag) == (1, "")


def test_a_provider_waits_for_its_interval_or_what_the_site_asks(site):
    instrument_of("stooq", "^spx")
    site.expect_ordered_request("/quotes").respond_with_data(STOOQ)
    site.expect_ordered_request("/quotes").respond_with_data(
        STOOQ, headers={"Cache-Control": "max-age=1800"}
    )
    world = world_of(site, "stooq")

    world.poll()
    first = Provider.objects.get().next_poll_at
    at_once = world.poll()
    world.at = first
    world.poll()

    assert first == AFTER_CLOSE + timedelta(minutes=5.5)
    assert at_once.providers == 0
    assert Provider.objects.get().next_poll_at == first + timedelta(minutes=30)


def test_repeated_failures_back_off_and_are_logged_once(site, caplog):
    caplog.set_level(logging.WARNING)
    instrument_of("stooq", "^spx")
    site.expect_request("/quotes").respond_with_data("", status=500)
    world = world_of(site, "stooq")
    waits = []

    for _ in range(10):
        world.poll()
        provider = Provider.objects.get()
        waits.append((provider.next_poll_at - world.at) / timedelta(minutes=1))
        world.at = provider.next_poll_at

    assert waits == [10, 20, 40, 80, 160, 320, 360, 360, 360, 360]
    assert (provider.health, provider.failures, provider.last_error_at) == (
        "failing", 10, AFTER_CLOSE,
    )  # fmt: skip
    assert caplog.messages == [
        "No quotes from Stooq: 127.0.0.1 answered 500 instead of a feed: open the address in a browser"
    ]


def test_retry_after_from_a_provider_delays_the_wire_as_well(site):
    instrument_of("stooq", "^spx")
    site.expect_request("/quotes").respond_with_data(
        "", status=429, headers={"Retry-After": "7200"}
    )

    tally = world_of(site, "stooq").poll()

    assert "asks us to come back later (429)" in tally.failures[0]
    assert Provider.objects.get().next_poll_at == AFTER_CLOSE + timedelta(hours=2)
    domain = Domain.objects.get()
    assert (domain.not_before, domain.refusals) == (AFTER_CLOSE + timedelta(hours=2), 1)


def test_a_provider_waits_while_its_domain_is_leased(site):
    instrument_of("stooq", "^spx")
    site.expect_request("/quotes").respond_with_data(STOOQ)
    name = f"127.0.0.1:{site.port}"
    Domain.objects.create(name=name, lease_until=AFTER_CLOSE + timedelta(seconds=30))
    world = world_of(site, "stooq")

    meanwhile = world.poll()
    world.at += timedelta(minutes=1)
    afterwards = world.poll()

    assert (meanwhile.providers, afterwards.providers) == (0, 1)
    assert Domain.objects.get().lease_until is None


def test_a_provider_leased_by_another_worker_is_left_alone(site):
    instrument_of("stooq", "^spx")
    Provider.objects.update(lease_until=AFTER_CLOSE + timedelta(minutes=1))

    assert (world_of(site, "stooq").poll().providers, site.log) == (0, [])


@pytest.mark.parametrize("fields", [{"paused": True}, {"next_poll_at": later(days=1)}])
def test_a_provider_that_is_paused_or_not_due_is_not_polled(site, fields):
    instrument_of("stooq", "^spx")
    Provider.objects.update(**fields)

    assert (world_of(site, "stooq").poll().providers, site.log) == (0, [])


def test_stopping_releases_providers_that_were_being_polled():
    instrument_of("stooq", "^spx")
    over, left = threading.Event(), threading.Event()

    def talk(connection):
        world.is_over = True
        over.wait(CEILING)
        left.set()

    with RawServer(talk) as server:
        # Neither an answer nor the timeout can end the wait, so it must be the stop.
        world = world_of(server, "stooq", total_timeout=2 * CEILING)
        tally = world.poll()
        has_left = left.is_set()
        over.set()

    assert not has_left
    assert tally.providers == 0
    assert Provider.objects.get().lease_until is None
    assert Domain.objects.get().lease_until is None


def test_a_hanging_provider_does_not_delay_the_others(site):
    instrument_of("stooq", "^spx")
    euro = instrument_of("ecb", "EURUSD")
    site.expect_request("/rates").respond_with_data(ECB)
    over, left = threading.Event(), threading.Event()

    def talk(connection):
        over.wait(CEILING)
        left.set()

    with RawServer(talk) as server:
        world = World(
            {"stooq": server.url, "ecb": site.url_for("/rates")},
            trusted=[server.host, f"{site.host}:{site.port}"],
            # Enough time for the other answer on a loaded machine.
            total_timeout=5,
        )
        tally = world.poll()
        has_left = left.is_set()
        over.set()

    assert not has_left
    assert Quote.objects.get().instrument == euro
    assert tally.failures == [
        "Stooq: 127.0.0.1 took longer than 5 seconds: it will be tried again later"
    ]


# Bad answers: one line each, and the last good quote stays


def redirect_to(place):
    return saying(answer(status="302 Found", headers=[f"Location: {place}"]))


@pytest.mark.parametrize(
    ("server", "why"),
    [
        (lambda: saying(answer(PAGE.encode())), "web page"),
        (lambda: saying(answer(b"Symbol,Date\n^SPX,1")), "column time"),
        (lambda: redirect_to("http://192.168.0.1/"), "private address"),
        (lambda: redirect_to("http://169.254.169.254/latest/"), "private address"),
        (lambda: saying(answer(b"", status="403 Forbidden")), "403"),
        # Which of the two depends on when the client looks.
        (lambda: saying(b""), "in HTTP|closed the connection early"),
    ],
)
def test_an_answer_without_quotes_is_reported_and_the_last_quote_stays(server, why, caplog):
    caplog.set_level(logging.WARNING)
    spx = instrument_of("stooq", "^spx")
    make_quote(spx, "6000")

    with server() as running:
        tally = world_of(running, "stooq").poll()

    provider = Provider.objects.get()
    assert re.search(why, provider.last_error)
    assert tally.failures == [f"Stooq: {provider.last_error}"]
    assert caplog.messages == [f"No quotes from Stooq: {provider.last_error}"]
    assert "\n" not in provider.last_error
    assert Quote.objects.get(instrument=spx).price == 6000
    assert not HeldQuote.objects.exists()


def test_a_bad_row_is_held_back_and_a_good_one_stored(site):
    spx, qqq = instrument_of("stooq", "^spx"), instrument_of("stooq", "qqq.us")
    site.expect_request("/quotes").respond_with_data(STOOQ.replace("6132.4,", "NaN,"))

    tally = world_of(site, "stooq").poll()

    assert tally.held == [f"{spx.symbol}: NaN is not a price"]
    assert HeldQuote.objects.get().instrument == spx
    assert Quote.objects.get().instrument == qqq
    assert Provider.objects.get().health == "sound"


@pytest.mark.parametrize(
    ("code", "line"),
    [
        ("feed", "no address is set: set MARKETS_FEED to a file or an address"),
        ("gone", "gone is not a provider this version knows"),
        ("ecb", "no instrument on the strip uses it"),
    ],
)
def test_a_provider_that_cannot_be_polled_says_what_to_do(code, line):
    provider = make_provider(code)
    if code != "ecb":
        make_instrument(provider=provider)

    tally = World({}).poll()

    assert line in tally.failures[0]
    assert Provider.objects.get().health == "failing"


# The command


@pytest.fixture
def own_addresses(settings, site):
    settings.MARKETS_ADDRESSES = {"stooq": site.url_for("/quotes")}
    settings.WIRE_TRUSTED_HOSTS = {f"{site.host}:{site.port}"}


def stooq_of_yesterday():
    """Return the answer as of the day before this one, for a command that looks at the clock."""
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    return STOOQ.replace("2026-06-25", yesterday.isoformat())


def run_once():
    ran = run_command("poll_markets", once=True)
    return ran.out, ran.err


def test_poll_markets_prints_a_summary(site, own_addresses):
    instrument_of("stooq", "^spx", symbol="SPX")
    instrument_of("stooq", "cb.f", symbol="BRENT")
    site.expect_request("/quotes").respond_with_data(stooq_of_yesterday())

    out, err = run_once()

    assert out == "1 providers polled, 0 unchanged, 0 failed: 1 new quotes, 0 known, 1 held back\n"
    assert err == "held back: BRENT: Stooq gives no quote for it\n"


def test_an_endless_answer_is_aborted(site, own_addresses):
    instrument_of("stooq", "^spx")
    site.expect_request("/quotes").respond_with_data(STOOQ + "A,\n" * 700_000)

    _, err = run_once()

    assert err == "Stooq: localhost sent more than 2 MB: ask the publisher for a shorter feed\n"


def test_poll_markets_names_failed_providers(site, own_addresses):
    instrument_of("stooq", "^spx")
    site.expect_request("/quotes").respond_with_data(PAGE)

    out, err = run_once()

    assert "1 failed" in out
    assert err.startswith("Stooq: ")


def test_poll_markets_says_when_the_database_is_not_set_up(monkeypatch):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE markets_provider RENAME TO elsewhere")

    with pytest.raises(CommandError, match=r"run manage\.py migrate"):
        run_once()


@pytest.mark.django_db(transaction=True)
def test_the_worker_polls_markets_too(shared_database, site):
    instrument_of("stooq", "^spx", symbol="SPX")
    site.expect_request("/quotes").respond_with_data(stooq_of_yesterday())

    more = {
        "WIRE_TRUSTED_HOSTS": f"{site.host}:{site.port}",
        "MARKETS_STOOQ": site.url_for("/quotes"),
    }
    with shared_database(more) as environment:
        worker = run_beside(environment, "work")
        output = worker.stdout.readline()
        worker.terminate()
        status = worker.wait(timeout=CEILING)

    assert output == b"poll_markets: 1 new quotes, 0 known, 0 held back\n"
    assert status == 0


def test_the_market_poller_has_a_shorter_timeout_than_the_wire(monkeypatch):
    poller = poll_markets.poller_of(threading.Event())

    assert poller.fetch.keywords["total_timeout"] == 15
    with pytest.raises(FetchError, match="private address"):
        poller.fetch("http://127.0.0.1:1/")


# Two providers, and what is written of each


def world_of_both(ecb, stooq):
    """Return a world in which these two servers are the two providers."""
    return World({"ecb": ecb.url, "stooq": stooq.url}, trusted=[ecb.host, stooq.host])


def test_a_provider_that_fails_leaves_the_other_its_quotes_and_its_health():
    instrument_of("stooq", "^spx")
    euro = instrument_of("ecb", "EURUSD")
    with saying(answer(ECB.encode())) as one, saying(answer(status="500 What")) as other:
        tally = world_of_both(one, other).poll()

    ecb, stooq = Provider.objects.order_by("code")
    assert (tally.providers, tally.new, len(tally.failures)) == (2, 1, 1)
    assert Quote.objects.get().instrument == euro
    assert (ecb.health, ecb.last_error, ecb.failures) == ("sound", "", 0)
    assert (stooq.health, stooq.failures, stooq.last_read_at) == ("failing", 1, None)
    assert stooq.last_error.startswith("127.0.0.1 answered 500")
    assert {*Domain.objects.values_list("lease_until", flat=True)} == {None}


@pytest.mark.parametrize("kind", [KeyError, AttributeError, RecursionError, OverflowError])
def test_an_answer_that_an_adapter_stumbles_over_stops_its_provider_only(kind, monkeypatch, caplog):
    error = kind("no such field")

    def stumble(body, wanted):
        raise error

    instrument_of("ecb", "EURUSD")
    instrument_of("stooq", "^spx")
    odd = replace(PROVIDERS["stooq"], read=stumble)
    monkeypatch.setattr("markets.ingest.poll.PROVIDERS", {**PROVIDERS, "stooq": odd})
    with saying(answer(ECB.encode())) as one, saying(answer(STOOQ.encode())) as other:
        tally = world_of_both(one, other).poll()

    assert (tally.providers, tally.new) == (2, 1)
    assert [line.partition(":")[0] for line in tally.failures] == ["Stooq"]
    assert "The quotes of stooq could not be stored" in caplog.messages


def test_quotes_that_the_database_refuses_stop_their_provider_only(caplog):
    with connection.cursor() as cursor:
        cursor.execute("CREATE UNIQUE INDEX only_one ON markets_quote (origin)")
    euro, spx = instrument_of("ecb", "EURUSD"), instrument_of("stooq", "^spx")
    make_quote(euro, "1.1", at=later(days=-1))
    with saying(answer(ECB.encode())) as one, saying(answer(STOOQ.encode())) as other:
        tally = world_of_both(one, other).poll()

    stooq = Provider.objects.get(code="stooq")
    assert (tally.providers, tally.new) == (2, 1)
    assert [line.partition(":")[0] for line in tally.failures] == ["Stooq"]
    assert stooq.last_error.startswith("its quotes could not be stored: ")
    assert "\n" not in stooq.last_error
    assert (stooq.lease_until, stooq.failures) == (None, 1)
    assert "The quotes of stooq could not be stored" in caplog.messages
    assert Quote.objects.get(instrument=euro).stored_at == AFTER_CLOSE
    assert not Quote.objects.filter(instrument=spx).exists()


def test_each_provider_is_asked_with_its_own_key_and_for_its_own_symbols():
    instrument_of("stooq", "^spx")
    instrument_of("feed", "DAX", currency="EUR")
    with saying(answer(FEED_CSV.encode())) as one, saying(answer(STOOQ.encode())) as other:
        world = World(
            {"feed": one.url + "?s={symbols}&k={key}", "stooq": other.url + "?s={symbols}&k={key}"},
            keys={"stooq": "one", "feed": "two"},
            trusted=[one.host, other.host],
        )
        tally = world.poll()

    assert (tally.new, tally.failures) == (2, [])
    assert one.requests[0].startswith(b"GET /feed?s=DAX&k=two HTTP")
    assert other.requests[0].startswith(b"GET /feed?s=%5Espx&k=one HTTP")


@pytest.mark.parametrize(("status", "refusals"), [(429, 1), (503, 1), (500, 0), (404, 0)])
def test_only_a_site_that_asks_to_be_left_alone_is_left_alone_as_a_whole(status, refusals):
    instrument_of("stooq", "^spx")

    with saying(answer(status=f"{status} What")) as server:
        world_of(server, "stooq").poll()

    domain = Domain.objects.get()
    assert (domain.refusals, domain.lease_until) == (refusals, None)


PUZZLE = b"<!doctype html><title>Just a moment...</title><p>Verify that you are human."


@pytest.mark.parametrize(
    ("status", "body", "told"),
    [
        (403, PUZZLE, "the site answers with a puzzle page"),
        (503, PUZZLE, "the site answers with a puzzle page"),
        (401, b'{"code": 401, "message": "Invalid API key."}', "the site refuses the key"),
        (429, b'{"error": "Daily limit exceeded"}', "the site says that its limit is reached"),
        (403, b"<html><body>Forbidden", "127.0.0.1 "),
        (500, b"", "127.0.0.1 answered 500"),
        (404, b"\xff\xfe\x00 [[[[", "127.0.0.1 "),
    ],
)
def test_what_a_site_says_beside_its_status_is_told(status, body, told):
    instrument_of("stooq", "^spx")

    with saying(answer(body, status=f"{status} What")) as server:
        tally = world_of(server, "stooq").poll()

    error = Provider.objects.get(code="stooq").last_error
    assert error.startswith(told)
    assert (f"(status {status})" in error) == told.startswith("the site")
    assert tally.failures


@pytest.mark.parametrize(
    ("etag", "modified", "kept"),
    [
        ("a" * 1_000, "b" * 200, ("a" * 1_000, "b" * 200)),
        ("a" * 1_001, "b" * 200, ("", "b" * 200)),
        ("a" * 1_000, "b" * 201, ("a" * 1_000, "")),
    ],
)
def test_a_validator_too_long_for_the_database_is_not_kept(etag, modified, kept):
    instrument_of("stooq", "^spx")
    said = answer(STOOQ.encode(), headers=[f"ETag: {etag}", f"Last-Modified: {modified}"])

    with saying(said) as server:
        tally = world_of(server, "stooq").poll()

    provider = Provider.objects.get()
    assert (tally.new, tally.failures) == (1, [])
    assert (provider.etag, provider.last_modified) == kept
    assert len(provider.asked) == 64


def test_another_failure_of_a_provider_is_logged_and_the_same_is_not(caplog):
    caplog.set_level(logging.WARNING)
    instrument_of("stooq", "^spx")
    answers = [answer(status=f"{status} What") for status in (500, 500, 404)]

    with RawServer(lambda connection: connection.sendall(answers.pop(0))) as server:
        world = world_of(server, "stooq")
        for _ in range(3):
            world.poll()
            world.at += timedelta(days=1)

    assert [line.split("127.0.0.1 ")[1][:12] for line in caplog.messages] == [
        "answered 500",
        "has nothing ",
    ]
    assert Provider.objects.get().last_error_at == AFTER_CLOSE


def test_what_a_site_says_of_its_refusal_takes_the_place_of_our_words_and_of_nothing_else():
    wait, body = timedelta(hours=1), b'{"status": "error", "message": "Ask less often"}'
    bare = FetchError("http_429", "answered 429", status=429, retry_after=wait)
    telling = FetchError("http_429", "answered 429", status=429, retry_after=wait, body=body)

    told = in_words_of_the_site(telling)

    assert in_words_of_the_site(bare) is bare
    assert "Ask less often" in told.message
    assert told.message.endswith(" (status 429)")
    assert (told.kind, told.status, told.retry_after) == ("http_429", 429, wait)


def test_a_quotes_file_is_read_up_to_its_largest_size(tmp_path):
    path = tmp_path / "quotes.csv"
    path.write_bytes(b"a" * LARGEST)
    found = path.stat()
    whole = read_file(str(path), etag="")
    again = read_file(str(path), etag=whole.etag)
    other = read_file(str(path), etag=whole.etag + "0")

    path.write_bytes(b"a" * (LARGEST + 1))

    assert whole.etag == again.etag == f"{found.st_mtime_ns}-{LARGEST}"
    assert (whole.status, whole.body, whole.url) == (200, b"a" * LARGEST, str(path))
    assert (again.status, again.body, again.url) == (304, b"", str(path))
    assert (whole.content_type, again.content_type) == ("", "")
    assert other.status == 200
    with pytest.raises(UnreadableQuotes) as refused:
        read_file(str(path), etag="")
    assert refused.value.message == f"{path} is not a regular file of at most 2 MB"


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("http://a.example/", False), ("HTTPS://a.example/", False), ("/srv/quotes.csv", True),
        ("http:quotes", True), ("quotes-https://.csv", True),
    ],
)  # fmt: skip
def test_an_address_that_is_no_web_address_is_a_file(address, expected):
    assert is_a_file(address) is expected


def test_a_tally_is_empty_until_a_provider_was_asked_or_failed():
    assert QuotesTally().is_empty
    assert not QuotesTally(providers=1).is_empty
    assert not QuotesTally(failures=["Stooq: no"]).is_empty


def test_tallies_add_up_over_the_answers_of_a_round():
    tally = QuotesTally()

    tally.add(QuotesOutcome(new=1, known=2, held=["a"]))
    tally.add(QuotesOutcome(new=3, known=4, held=["b", "c"]))

    assert (tally.new, tally.known, tally.held) == (4, 6, ["a", "b", "c"])
