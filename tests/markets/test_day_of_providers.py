"""A day on which every provider goes wrong in its own way: what the strip says at every hour.

What is true is a function of the minute, so a price can be held against the time it is shown with.
"""

import json
import math
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace

import pytest

from markets.ingest.poll import QuotePoller
from markets.models import HeldQuote, Provider
from markets.strip import strip
from tests.markets.factories import make_instrument, make_provider
from wires.http import FetchError, Response

pytestmark = pytest.mark.django_db
DAY = datetime(2026, 6, 25, tzinfo=UTC)  # a Thursday
OPENS, CLOSES = DAY + timedelta(hours=13, minutes=30), DAY + timedelta(hours=20)
STEP = timedelta(minutes=5)
LATE = timedelta(minutes=15)
PUZZLE = b"<html><script src=/v.js></script><body>Solve the captcha to go on</body></html>"

# At the end of each of the last days; today's prices follow from the minute.
ENDS = {"SPX": (6050, 6100), "QQQ": (538, 541), "DAX": (23_900, 24_050)}
# Frankfurt's session of that day.
OPENS_THERE, CLOSES_THERE = DAY + timedelta(hours=7), DAY + timedelta(hours=15, minutes=30)
RAIN = "arbitrum:0x25118290e6a5f4139381d072181157035864099d"
CRASH = DAY + timedelta(hours=16)


def index(symbol, at):
    """Return price, time and close before, as a provider without delay would give them."""
    before, last = ENDS[symbol]
    opens, closes = (OPENS_THERE, CLOSES_THERE) if symbol == "DAX" else (OPENS, CLOSES)
    if at < opens:
        return last, closes - timedelta(days=1), before
    at = min(at, closes)
    minutes = (at - opens).total_seconds() / 60
    return last * (1 + 0.01 * math.sin(minutes / 60)), at, last


def gold(at):
    return 3330 * (1 + 0.004 * math.sin(at.timestamp() / 5000))


def bitcoin(at):
    """It falls by a seventh at 16:00, which is true."""
    return 61_000 * (1 + 0.01 * math.sin(at.timestamp() / 9000)) * (1 if at < CRASH else 0.86)


def hype(at):
    return 38 * (1 + 0.01 * math.sin(at.timestamp() / 7000))


def rain(at):
    return 0.0081 * (1 + 0.01 * math.sin(at.timestamp() / 6000))


COINS = {"bitcoin": bitcoin, "hyperliquid": hype, "rain": rain}
TRUE = {"GOLD": gold, "BTC": bitcoin, "HYPE": hype, "RAIN": rain, "EURUSD": lambda at: 1.134}


def truth(symbol, at):
    return index(symbol, at)[0] if symbol in ENDS else TRUE[symbol](at)


# What the providers send


def stooq_rows(at):
    """Yield symbol, time, price and close before, a quarter of an hour late."""
    seen = at - LATE
    for symbol, name in (("SPX", "^SPX"), ("QQQ", "QQQ.US"), ("DAX", "^DAX")):
        price, quoted_at, before = index(symbol, seen)
        yield name, quoted_at, price, before
    yield "XAUUSD", seen, gold(seen), 3325


def stooq_csv(rows):
    lines = ["Symbol,Date,Time,Open,High,Low,Close,Volume,Prev"]
    for name, at, price, before in rows:
        warsaw = at + timedelta(hours=2)
        shown = price if isinstance(price, str) else f"{price:.2f}"
        lines.append(f"{name},{warsaw:%Y-%m-%d,%H:%M:%S},1,1,1,{shown},1,{before}")
    return "\n".join(lines).encode()


def stooq(at):
    hour, rows = at.hour, list(stooq_rows(at))
    if hour == 14:
        return PUZZLE
    if hour == 15:
        # The index and the fund in hundredths.
        return stooq_csv((n, t, p * 100 if n != "XAUUSD" else p, b) for n, t, p, b in rows)
    if hour == 16:
        return b"Exceeded the daily hits limit"
    if hour == 17:
        return stooq_csv((n, t.replace(year=2020), p, b) for n, t, p, b in rows)
    if hour == 18:
        return stooq_csv((n, t, "NaN" if n == "^SPX" else p, b) for n, t, p, b in rows)
    if hour == 19:
        return stooq_csv([*rows, ("^SPX", at, 61.0, 60.0)])
    return stooq_csv(rows)


def coingecko(at):
    if at.hour == 13:
        return FetchError("http_429", "asks us to come back later (429)", status=429)
    if at.hour == 14:
        return b'{"error":"coin not found"}'
    factor = 1000 if at.hour == 18 else 1
    ahead = timedelta(minutes=3 if at.hour == 19 else 0)
    coins = {
        name: {
            "usd": price(at) * factor,
            "usd_24h_change": 100 * (price(at) / price(at - timedelta(days=1)) - 1),
            "last_updated_at": int((at + ahead).timestamp()),
        }
        for name, price in COINS.items()
    }
    return json.dumps(coins).encode()


def coinpaprika(at):
    """Of HYPE, which is all it is asked for."""
    if at.hour == 13:
        return b'{"error":"too many requests"}'
    # Cents, where the other sends thousands; then another coin than was asked for.
    price = hype(at) * (100 if at.hour == 18 else 1)
    name = "hype-other" if at.hour == 19 else "hype-hyperliquid"
    change = 100 * (hype(at) / hype(at - timedelta(days=1)) - 1)
    quotes = {"USD": {"price": price, "percent_change_24h": change}}
    return json.dumps(
        {"id": name, "last_updated": f"{at:%Y-%m-%dT%H:%M:%SZ}", "quotes": quotes}
    ).encode()


def defillama(at):
    if at.hour == 13:
        return b'{"coins":{}}'
    coin = {"price": rain(at), "timestamp": int(at.timestamp()), "confidence": 0.99}
    if at.hour == 18:
        # Of a pool with little in it.
        coin |= {"price": rain(at) * 1.4, "confidence": 0.3}
    return json.dumps({"coins": {RAIN: coin}}).encode()


def eodhd(at):
    """The closes before today's, which it has some hours after the end of the day."""
    if at.hour < 15:
        return FetchError("http_402", "is not free for that (402)", status=402)
    days = [("2026-06-24", ENDS["DAX"][1]), ("2026-06-23", ENDS["DAX"][0])]
    if at.hour < 18:
        return b'{"message":"You have exceeded your daily API requests limit"}'
    return json.dumps([{"date": day, "close": close} for day, close in days]).encode()


def ecb(at):
    if at.hour < 15:
        return FetchError("timeout", "took too long")
    rate = 1 / 1.134 if at.hour == 15 else 1.134
    return (
        f'<Envelope><Cube><Cube time="2026-06-25"><Cube currency="USD" rate="{rate:.4f}"/></Cube>'
        '<Cube time="2026-06-24"><Cube currency="USD" rate="1.1328"/></Cube></Cube></Envelope>'
    ).encode()


def twelvedata(at):
    if at.hour == 17:
        return b'{"code":429,"message":"You have run out of API credits","status":"error"}'
    price, quoted_at, before = index("QQQ", at)
    fund = {
        "symbol": "QQQ", "currency": "EUR" if at.hour == 18 else "USD", "close": f"{price:.2f}",
        "previous_close": str(before), "last_quote_at": int(quoted_at.timestamp()),
    }  # fmt: skip
    coin = {
        "symbol": "BTC/USD", "close": f"{bitcoin(at):.2f}", "last_quote_at": int(at.timestamp()),
        "currency_base": "Bitcoin", "rolling_1d_change": "-1",
    }  # fmt: skip
    metal = {
        "symbol": "XAU/USD", "close": f"{gold(at):.2f}", "last_quote_at": int(at.timestamp()),
        "previous_close": "3325",
    }  # fmt: skip
    return json.dumps({"QQQ": fund, "BTC/USD": coin, "XAU/USD": metal}).encode()


def fred(at):
    if at.hour < 16:
        return b'{"error_code":500,"error_message":"Internal error"}'
    days = [("2026-06-24", ENDS["SPX"][1]), ("2026-06-23", ENDS["SPX"][0])]
    return json.dumps({"observations": [{"date": d, "value": str(v)} for d, v in days]}).encode()


SITES = {
    "stooq.com": stooq,
    "coingecko": coingecko,
    "ecb.europa": ecb,
    "twelvedata": twelvedata,
    "stlouisfed": fred,
    "coinpaprika": coinpaprika,
    "llama.fi": defillama,
    "eodhd": eodhd,
}


@pytest.fixture
def paper():
    index = {"group": "indices", "calendar": "NYSE", "currency": "USD"}
    fund = index | {"group": "funds"}
    a, b, c = make_provider("stooq"), make_provider("coingecko"), make_provider("ecb")
    twelve, closes = make_provider("twelvedata"), make_provider("fred", interval_minutes=30)
    paprika, llama, ends = (make_provider(code) for code in ("coinpaprika", "defillama", "eodhd"))
    coin = {"group": "crypto", "stale_after_minutes": 30}
    Provider.objects.filter(pk=twelve.pk).update(interval_minutes=15)
    Provider.objects.filter(pk=c.pk).update(interval_minutes=60)
    for label, fields in {
        "SPX": {"provider": a, "provider_symbol": "^spx", "standby": closes, "standby_symbol": "SP500",
                "least": 500, "most": 35_000} | index,
        "QQQ": {"provider": a, "provider_symbol": "qqq.us", "standby": twelve, "standby_symbol": "QQQ",
                "least": 40, "most": 3_200} | fund,
        "GOLD": {"provider": a, "provider_symbol": "xauusd", "standby": twelve,
                 "standby_symbol": "XAU/USD", "least": 200, "most": 50_000, "calendar": "NYSE"},
        "BTC": {"provider": b, "provider_symbol": "bitcoin", "standby": twelve,
                "standby_symbol": "BTC/USD", "least": 1000, "most": 650_000, "group": "crypto",
                "stale_after_minutes": 30},
        "DAX": {"provider": a, "provider_symbol": "^dax", "standby": ends, "standby_symbol": "GDAXI.INDX",
                "least": 2000, "most": 120_000} | index | {"calendar": "XETRA", "currency": "EUR"},
        "HYPE": {"provider": b, "provider_symbol": "hyperliquid", "standby": paprika,
                 "standby_symbol": "hype-hyperliquid", "least": 1, "most": 300} | coin,
        "RAIN": {"provider": b, "provider_symbol": "rain", "standby": llama,
                 "standby_symbol": RAIN, "decimals": 8, "least": Decimal("0.0004"), "most": 4} | coin,
        "EURUSD": {"provider": c, "provider_symbol": "EURUSD", "least": Decimal("0.3"), "most": 3,
                   "group": "currencies", "calendar": "XETRA", "stale_after_minutes": 1620},
    }.items():  # fmt: skip
        make_instrument(label, **{"symbol": label, "prefix": "", "decimals": 4} | fields)


class Clock:
    """Polls whatever is due every five minutes, as the worker does."""

    def __init__(self, at):
        self.at = at
        self.reasons = set()

    def fetch(self, url, **_):
        site = next(answer for name, answer in SITES.items() if name in url)
        found = site(self.at)
        if isinstance(found, Exception):
            raise found
        return Response(url=url, status=200, headers={}, body=found)

    def run_until(self, moment):
        while self.at < moment:
            QuotePoller(
                fetch=self.fetch,
                addresses={},
                keys={"twelvedata": "k", "fred": "k", "eodhd": "k"},
                now=lambda: self.at,
                chance=SimpleNamespace(uniform=lambda low, high: low),
            ).poll_due()
            self.reasons |= {*HeldQuote.objects.values_list("instrument__symbol", "reason")}
            self.at += STEP


def rows_at(at):
    return {row.instrument.symbol: row for group in strip(at).groups for row in group.rows}


def is_wrong(row):
    """Return whether a row shows as current what was not so at the time it gives."""
    if row.is_stale:
        return False
    price, true = float(row.price.replace(",", "")), truth(row.instrument.symbol, row.at)
    return abs(price / true - 1) > 0.001


def errors():
    return dict(Provider.objects.values_list("code", "last_error"))


def percent(row):
    return float(row.change.percent.replace("−", "-").replace("±", "").rstrip("%"))


def nothing_wrong(moment):
    """Assert that what stands in the strip was true at the time it gives, and is not called new."""
    rows = rows_at(moment)
    wrong = {symbol: (row.price, row.at) for symbol, row in rows.items() if is_wrong(row)}
    assert not wrong, moment
    for symbol, row in rows.items():
        # A change that is shown is one that a day can bring; an old price has none.
        assert row.is_stale or not row.change or abs(percent(row)) < 16, (moment, symbol)
        is_trading = OPENS + timedelta(hours=1) <= moment <= CLOSES
        if symbol not in {"EURUSD", "DAX"} and is_trading and not row.is_stale:
            assert moment - row.at <= row.instrument.stale_after, (moment, symbol)
    return rows


def test_nothing_wrong_is_shown_all_day_and_what_is_missing_is_said(paper):
    clock = Clock(DAY + timedelta(hours=12))
    said, shown = {}, {}

    for hour in range(13, 23):
        moment = DAY + timedelta(hours=hour)
        clock.run_until(moment)
        shown[hour], said[hour] = nothing_wrong(moment), errors()
        if moment == CRASH:
            clock.run_until(CRASH + timedelta(minutes=11))
            after_the_crash = nothing_wrong(clock.at)["BTC"]

    # What each provider sent in place of quotes is said in those words.
    assert "puzzle page" in said[15]["stooq"]
    assert "its limit is reached" in said[17]["stooq"]
    assert "took too long" in said[13]["ecb"]
    assert "429" in said[14]["coingecko"]
    assert "coin not found" in said[15]["coingecko"]
    assert "Internal error" in said[15]["fred"]
    assert "too many requests" in said[14]["coinpaprika"]
    assert "402" in said[15]["eodhd"]
    assert "its limit is reached" in said[17]["eodhd"]
    # So is what it sent of one instrument.
    assert {
        ("RAIN", "DefiLlama gives no price for it"),
        ("RAIN", "DefiLlama is sure of it only to 30%"),
        ("DAX", "it is of 25 June 2020, 2191 days old"),
        ("SPX", "NaN is not a price"),
    } <= clock.reasons
    assert "EURUSD" not in shown[14]
    # Others stand in, under their own names; a close that is older than the price does not.
    assert [shown[15][symbol].source for symbol in ("QQQ", "GOLD", "BTC", "HYPE", "RAIN")] == [
        "Twelve Data", "Twelve Data", "Twelve Data", "CoinPaprika", "DefiLlama"
    ]  # fmt: skip
    standing_in = ("QQQ", "GOLD", "BTC", "HYPE", "RAIN")
    assert not any(shown[15][symbol].is_stale for symbol in standing_in)
    # While both send what cannot be true, the last right price stands, and says that it is old.
    assert [shown[19][symbol].is_stale for symbol in ("HYPE", "RAIN")] == [True, True]
    assert shown[16]["SPX"].is_stale
    # A coin that has fallen by a seventh is shown so within ten minutes.
    assert after_the_crash.at >= CRASH
    assert not after_the_crash.is_stale
    # The day ends with the close, also of what came wrong when its exchange had closed already,
    # and with nothing held.
    assert [shown[22][symbol].session for symbol in ENDS] == 3 * ["close"]
    assert not any(row.is_stale for row in shown[22].values())
    assert not HeldQuote.objects.filter(over_at__isnull=True).exists()
