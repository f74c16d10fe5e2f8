"""For what a provider is asked, when it is left alone, and who stands in for whom."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from markets.ingest.asking import next_day, question, weekend
from markets.ingest.poll import QuotePoller
from markets.models import HeldQuote, Provider, Quote
from tests.markets.factories import make_held, make_instrument, make_provider, make_quote
from wires.http import FetchError, Response

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2026, 6, 25, 15, tzinfo=UTC)
CLOSE = datetime(2026, 6, 26, 20, tzinfo=UTC)
SATURDAY = datetime(2026, 6, 27, 12, tzinfo=UTC)
MONDAYS_OPENING = datetime(2026, 6, 29, 13, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def polled(code="stooq", *, read_at, **fields):
    provider = make_provider(code)
    known = {"last_read_at": read_at, "next_poll_at": read_at, "failures": 0} | fields
    Provider.objects.filter(pk=provider.pk).update(**known)
    provider.refresh_from_db()
    return provider


def asked(provider, at):
    return list(question(provider, at=at).wanted.instruments)


# When nothing can have changed


@pytest.mark.parametrize(
    ("held", "at", "is_asked"),
    [
        ({"at": CLOSE + HOUR}, CLOSE + 2 * HOUR, True),
        # It was wrong before, and still was at the close.
        ({"at": CLOSE - HOUR}, CLOSE + 2 * HOUR, True),
        # It came right since.
        ({"at": CLOSE, "over_at": CLOSE + HOUR}, CLOSE + 2 * HOUR, False),
        # What is wrong for so long is wrong until somebody looks at it.
        ({"at": CLOSE + HOUR}, CLOSE + 7 * HOUR, False),
    ],
)
def test_a_close_that_came_wrong_is_asked_for_again(held, at, is_asked):
    provider = polled(read_at=CLOSE + HOUR)
    wrong = make_instrument(group="indices", calendar="NYSE", provider_symbol="^spx")
    right = make_instrument("Dow", group="indices", calendar="NYSE", provider_symbol="^dji")
    make_quote(wrong, at=CLOSE if "over_at" in held else CLOSE - HOUR)
    make_quote(right, at=CLOSE)
    make_held(wrong, **held)

    assert asked(provider, at) == (["^spx"] if is_asked else [])


@pytest.mark.parametrize(
    ("code", "before", "hours", "is_asked"),
    [
        # Who gives prices a quarter of an hour late gave one of before the close, and goes on to.
        ("stooq", timedelta(minutes=31), 2, True),
        ("stooq", timedelta(minutes=31), 7, False),
        # The last trade may have been some minutes before.
        ("stooq", timedelta(minutes=30), 2, False),
        # A close of the day is told by the hour of another exchange; yesterday's is not it.
        ("eodhd", 6 * HOUR, 7, False),
        ("eodhd", 24 * HOUR, 7, True),
    ],
)
def test_a_price_of_before_the_close_is_no_close(code, before, hours, is_asked):
    provider = polled(code, read_at=CLOSE + hours * HOUR - timedelta(minutes=30))
    late = make_instrument(
        group="indices", calendar="NYSE", provider=provider, provider_symbol="GSPC.INDX"
    )
    make_quote(late, at=CLOSE - before)

    assert asked(provider, CLOSE + hours * HOUR) == (["GSPC.INDX"] if is_asked else [])


@pytest.mark.parametrize(
    ("read_at", "at", "rests_until"),
    [
        (CLOSE - HOUR, CLOSE - HOUR, None),
        # The close is a quarter of an hour late, and may not have been read.
        (CLOSE + timedelta(minutes=10), CLOSE + timedelta(minutes=20), None),
        (CLOSE + HOUR, CLOSE + 2 * HOUR, MONDAYS_OPENING),
        (CLOSE + HOUR, SATURDAY, MONDAYS_OPENING),
        # The provider was away at the close.
        (CLOSE - 2 * HOUR, SATURDAY, None),
        (CLOSE + HOUR, MONDAYS_OPENING, None),
    ],
)
def test_an_exchange_that_is_closed_is_asked_about_until_its_close_is_read(
    read_at, at, rests_until
):
    provider = polled(read_at=read_at)
    make_quote(make_instrument(group="indices", calendar="NYSE", provider_symbol="^spx"), at=CLOSE)

    found = question(provider, at=at)

    assert found.rests_until == rests_until
    assert list(found.wanted.instruments) == ([] if rests_until else ["^spx"])


@pytest.mark.parametrize(
    ("code", "hours", "is_asked"),
    [("fred", 13, True), ("fred", 14, False), ("eodhd", 5, True), ("eodhd", 6, False)],
)
def test_who_gives_the_close_of_the_day_late_is_asked_until_then(code, hours, is_asked):
    provider = polled(code, read_at=CLOSE + hours * HOUR)
    make_quote(make_instrument(group="indices", calendar="NYSE", provider=provider), at=CLOSE)

    assert bool(asked(provider, CLOSE + (hours + 1) * HOUR)) is is_asked


def test_a_holiday_is_not_polled():
    thanksgiving = datetime(2026, 11, 26, 16, tzinfo=UTC)
    provider = polled(read_at=thanksgiving - 12 * HOUR)
    make_quote(make_instrument(group="indices", calendar="NYSE"))

    assert question(provider, at=thanksgiving).rests_until == datetime(
        2026, 11, 27, 14, 30, tzinfo=UTC
    )


def test_a_holiday_that_nobody_has_announced_is_polled():
    christmas = datetime(2045, 12, 25, 16, tzinfo=UTC)
    provider = polled(read_at=christmas - HOUR)
    make_quote(make_instrument(group="indices", calendar="NYSE", provider_symbol="^spx"))

    assert asked(provider, christmas) == ["^spx"]


@pytest.mark.parametrize(
    ("at", "is_weekend"),
    [
        (datetime(2026, 6, 26, 20, 59, tzinfo=UTC), False),
        (datetime(2026, 6, 26, 21, tzinfo=UTC), True),
        (datetime(2026, 6, 28, 20, 59, tzinfo=UTC), True),
        (datetime(2026, 6, 28, 21, tzinfo=UTC), False),
        # Winter, and the week in which New York alone has changed its clocks.
        (datetime(2026, 1, 9, 21, 30, tzinfo=UTC), False),
        (datetime(2026, 1, 9, 22, tzinfo=UTC), True),
        (datetime(2026, 3, 8, 21, tzinfo=UTC), False),
    ],
)
def test_the_weekend_of_currencies_and_metals_is_new_yorks(at, is_weekend):
    assert (weekend(at) != (None, None)) is is_weekend


def test_a_coin_has_no_weekend_and_gold_has_one():
    provider = polled(read_at=SATURDAY - HOUR)
    make_quote(make_instrument(group="crypto", provider_symbol="bitcoin"))
    make_quote(make_instrument(group="commodities", provider_symbol="xauusd", calendar="NYSE"))

    assert asked(provider, SATURDAY) == ["bitcoin"]


@pytest.mark.parametrize(
    ("quoted_on", "at", "until"),
    [
        # Read: nothing before tomorrow at 16:00 in Frankfurt.
        ((2026, 6, 25), (2026, 6, 25, 15), (2026, 6, 26, 14)),
        # Not yet published: the one of the day before is the newest.
        ((2026, 6, 24), (2026, 6, 25, 13), (2026, 6, 25, 14)),
        # Late: asked for.
        ((2026, 6, 24), (2026, 6, 25, 15), None),
        ((2026, 6, 26), (2026, 6, 27, 9), (2026, 6, 29, 14)),
        # Good Friday and Easter Monday; the exchange is closed on 24 December, the bank is not.
        ((2026, 4, 2), (2026, 4, 3, 20), (2026, 4, 7, 14)),
        ((2026, 12, 23), (2026, 12, 24, 16), None),
    ],
)
def test_a_daily_rate_is_asked_for_once_a_day(quoted_on, at, until):
    moment = datetime(*at, tzinfo=UTC)
    provider = polled("ecb", read_at=moment - HOUR)
    rate = make_instrument(group="currencies", calendar="XETRA", provider=provider)
    make_quote(rate, at=datetime(*quoted_on, 12, 15, tzinfo=UTC))

    found = question(provider, at=moment).rests_until

    assert found == (datetime(*until, tzinfo=UTC) if until else None)


def test_what_the_desk_asks_for_is_asked_at_any_hour():
    provider = polled(read_at=CLOSE + HOUR, next_poll_at=None)
    make_quote(make_instrument(group="indices", calendar="NYSE", provider_symbol="^spx"))

    assert asked(provider, SATURDAY) == ["^spx"]


def test_a_rest_is_looked_at_again_after_six_hours_and_is_no_poll():
    provider = polled(read_at=CLOSE + HOUR, next_poll_at=SATURDAY)
    make_quote(make_instrument(group="indices", calendar="NYSE"), at=CLOSE)

    poller, log = world(lambda url: b"", at=SATURDAY)
    tally = poller.poll_due()

    provider.refresh_from_db()
    assert (log, tally.providers, provider.asked_times) == ([], 0, 0)
    assert provider.next_poll_at == SATURDAY + 6 * HOUR


def test_a_rest_that_a_wrong_clock_wrote_is_over():
    polled(read_at=THURSDAY, next_poll_at=THURSDAY.replace(year=2027))
    make_instrument()

    assert Provider.objects.due(THURSDAY).exists()


# Who stands in


def with_standby(**fields):
    return make_instrument(
        provider_symbol="^spx",
        standby=make_provider("fred"),
        standby_symbol="SP500",
        **{"group": "indices", "calendar": "NYSE"} | fields,
    )


@pytest.mark.parametrize(
    ("of_its_own", "quoted_at", "is_held", "is_asked"),
    [
        ({}, THURSDAY, False, False),
        ({"failures": 1}, THURSDAY, False, True),
        ({"paused": True}, THURSDAY, False, True),
        ({}, THURSDAY - 3 * HOUR, False, True),
        ({}, None, False, True),
        ({}, THURSDAY, True, True),
    ],
)
def test_a_standby_is_asked_while_the_provider_is_in_trouble(
    of_its_own, quoted_at, is_held, is_asked
):
    fred = polled("fred", read_at=THURSDAY - HOUR)
    polled(read_at=THURSDAY - HOUR, **of_its_own)
    spx = with_standby()
    # In trading hours, and at three of them stale.
    if quoted_at:
        make_quote(spx, at=quoted_at)
    if is_held:
        make_held(spx)

    assert asked(fred, THURSDAY) == (["SP500"] if is_asked else [])


def test_a_standby_does_not_count_in_the_units_of_the_provider():
    copper = make_instrument(
        "Copper", divided_by=100, standby=make_provider("fred"), standby_symbol="COPPER"
    )

    wanted = question(make_provider("fred"), at=THURSDAY).wanted

    assert wanted.undivided == {copper.pk}


# A few at a time, and no more than a day allows


def world(answers, *, at, keys=None):
    """Poll once with what a function answers to an address; times and addresses are recorded."""
    log = []

    def fetch(url, **_):
        log.append(url)
        found = answers(url)
        if isinstance(found, Exception):
            raise found
        return Response(url=url, status=200, headers={}, body=found)

    poller = QuotePoller(
        fetch=fetch,
        addresses={},
        keys=keys or {},
        now=lambda: at,
        chance=SimpleNamespace(uniform=lambda low, high: low),
    )
    return poller, log


def test_a_provider_of_few_symbols_is_asked_for_all_in_turn():
    provider = make_provider("twelvedata")
    for n in range(20):
        make_instrument(provider=provider, provider_symbol=f"T{n:02}", group="crypto")
    seen = []

    for n in range(3):
        at = THURSDAY + n * HOUR
        poller, log = world(lambda url: FetchError("away", "away"), at=at, keys={"twelvedata": "k"})
        poller.poll_due()
        seen += log
        Provider.objects.update(next_poll_at=at)

    wanted = [url.partition("symbol=")[2].partition("&")[0].split(",") for url in seen]
    assert [len(symbols) for symbols in wanted] == [8, 8, 4]
    assert len({symbol for symbols in wanted for symbol in symbols}) == 20


def test_a_daily_limit_is_kept_until_midnight_and_said(caplog):
    provider = make_provider("twelvedata")
    make_instrument(provider=provider, group="crypto")
    Provider.objects.update(asked_on=THURSDAY.date(), asked_times=100)
    poller, log = world(lambda url: b"{}", at=THURSDAY, keys={"twelvedata": "k"})

    tally = poller.poll_due()

    provider.refresh_from_db()
    assert (log, tally.providers) == ([], 0)
    assert provider.next_poll_at == datetime(2026, 6, 26, tzinfo=UTC)
    assert "Twelve Data was asked 100 times today, which is its limit" in caplog.text
    assert not provider.is_used_up(provider.next_poll_at)


def test_a_provider_that_needs_a_key_says_which():
    make_instrument(provider=make_provider("fred"))

    tally = world(lambda url: b"{}", at=THURSDAY)[0].poll_due()

    assert "set MARKETS_FRED_KEY" in tally.failures[0]


def test_what_a_standby_gave_is_said_to_be_its_own():
    spx = with_standby(currency="USD")
    polled(read_at=THURSDAY - HOUR, failures=3, next_poll_at=THURSDAY + HOUR)
    body = b'{"observations":[{"date":"2026-06-24","value":"6106.75"}]}'

    world(lambda url: body, at=THURSDAY, keys={"fred": "k"})[0].poll_due()

    quote = Quote.objects.get(instrument=spx)
    assert (quote.price, quote.given_by.code) == (Decimal("6106.75"), "fred")


def test_what_a_standby_gave_and_is_held_is_said_to_be_its_own():
    spx = with_standby(currency="USD", least=Decimal(7000))
    polled(read_at=THURSDAY - HOUR, failures=3, next_poll_at=THURSDAY + HOUR)
    body = b'{"observations":[{"date":"2026-06-24","value":"6106.75"}]}'

    world(lambda url: body, at=THURSDAY, keys={"fred": "k"})[0].poll_due()

    held = HeldQuote.objects.get(instrument=spx)
    assert (held.price, held.given_by.code) == (Decimal("6106.75"), "fred")


def test_a_standby_that_is_not_needed_is_left_alone_and_is_no_failure():
    make_quote(with_standby(), at=THURSDAY)

    poller, log = world(lambda url: b"{}", at=THURSDAY, keys={"fred": "k"})
    Provider.objects.filter(code="stooq").update(next_poll_at=THURSDAY + HOUR)
    tally = poller.poll_due()

    fred = Provider.objects.get(code="fred")
    assert (log, tally.failures, fred.failures) == ([], [], 0)
    assert fred.next_poll_at > THURSDAY


@pytest.mark.parametrize("zone", [UTC, ZoneInfo("America/New_York")])
def test_a_daily_limit_begins_again_at_midnight_in_utc(zone):
    at = datetime(2026, 6, 25, 23, 59, 58, 999, tzinfo=UTC).astimezone(zone)

    assert next_day(at) == datetime(2026, 6, 26, tzinfo=UTC)
