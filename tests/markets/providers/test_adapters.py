"""Adapters on answers in the recorded format, and on anything else."""

import json
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from markets.providers import (
    PROVIDERS,
    UnreadableQuotes,
    coingecko,
    coinpaprika,
    defillama,
    ecb,
    eodhd,
    feed,
    fred,
    stooq,
    twelvedata,
)

ECB = """<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject><gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
<Cube><Cube time="2026-06-25"><Cube currency="USD" rate="1.1340"/><Cube currency="JPY" rate="183.35"/>
<Cube currency="GBP" rate="0.85185"/><Cube currency="CNY" rate="8.1321"/></Cube>
<Cube time="2026-06-24"><Cube currency="USD" rate="1.1328"/><Cube currency="JPY" rate="183.56"/>
<Cube currency="GBP" rate="0.85126"/></Cube></Cube></gesmes:Envelope>"""
STOOQ = (
    "Symbol,Date,Time,Open,High,Low,Close,Volume,Prev\r\n"
    "^SPX,2026-06-25,22:00:01,6106.75,6140.2,6100.1,6132.4,2345678901,6106.75\r\n"
    "QQQ.US,2026-06-25,21:59:58,541.4,546.0,540.9,545.21,31234567,541.37\r\n"
    "CB.F,N/D,N/D,N/D,N/D,N/D,N/D,N/D,N/D\r\n"
)
COINGECKO = (
    '{"bitcoin":{"usd":61594.12,"usd_24h_change":-1.3073,"last_updated_at":1782381602},'
    '"dogecoin":{"usd":0.07681,"usd_24h_change":null,"last_updated_at":1782381600},"rain":{}}'
)
FEED_CSV = (
    "symbol,price,previous_close,currency,time\n"
    "SPX,6132.40,6106.75,USD,2026-06-25T20:00:00Z\nDAX,23649,,EUR,1782381600\n"
)
FEED_JSON = (
    '{"quotes":[{"symbol":"spx","price":6132.40,"previous_close":"6106.75","currency":"usd",'
    '"time":"2026-06-25T22:00:00+02:00"}]}'
)
TWELVEDATA = json.dumps({
    "QQQ": {
        "symbol": "QQQ", "name": "Invesco QQQ Trust", "exchange": "NASDAQ", "currency": "USD",
        "datetime": "2026-06-25", "timestamp": 1782394200, "last_quote_at": 1782417540,
        "open": "541.40", "high": "546.00", "low": "540.90", "close": "545.21",
        "volume": "31234567", "previous_close": "541.37", "percent_change": "0.70931",
        "is_market_open": False, "fifty_two_week": {"low": "402.39", "high": "549.12"},
    },
    "BTC/USD": {
        "symbol": "BTC/USD", "currency_base": "Bitcoin", "currency_quote": "US Dollar",
        "datetime": "2026-06-25", "timestamp": 1782345600, "last_quote_at": 1782381600,
        "close": "61594.12", "previous_close": "61000", "rolling_1d_change": "-1.3073",
        "is_market_open": True,
    },
    "^NONE": {"code": 404, "message": "**symbol** not found: ^NONE", "status": "error"},
})  # fmt: skip
FRED = json.dumps({
    "realtime_start": "2026-06-26", "realtime_end": "2026-06-26", "units": "lin",
    "sort_order": "desc", "count": 2600, "offset": 0, "limit": 3,
    "observations": [
        {"realtime_start": "2026-06-26", "date": "2026-06-26", "value": "."},
        {"realtime_start": "2026-06-26", "date": "2026-06-25", "value": "6132.40"},
        {"realtime_start": "2026-06-26", "date": "2026-06-24", "value": "6106.75"},
    ],
})  # fmt: skip
EODHD = json.dumps([
    {"date": "2026-06-25", "open": 23610.2, "high": 23702.9, "low": 23551.8, "close": 23649.3,
     "adjusted_close": 23649.3, "volume": 61234500},
    {"date": "2026-06-24", "open": 23521.0, "high": 23630.4, "low": 23480.1, "close": 23575.5,
     "adjusted_close": 23575.5, "volume": 58001200},
])  # fmt: skip
COINPAPRIKA = json.dumps({
    "id": "hype-hyperliquid", "name": "Hyperliquid", "symbol": "HYPE", "rank": 11,
    "total_supply": 999990391, "max_supply": 1000000000, "beta_value": 1.1,
    "first_data_at": "2024-11-29T00:00:00Z", "last_updated": "2026-06-25T10:00:02Z",
    "quotes": {"USD": {
        "price": 38.4215, "volume_24h": 301234567.1, "market_cap": 12829000000,
        "percent_change_1h": 0.1, "percent_change_24h": -1.3073, "percent_change_7d": 4,
    }},
})  # fmt: skip
RAIN = "arbitrum:0x25118290e6a5f4139381d072181157035864099d"
DEFILLAMA = json.dumps({
    "coins": {RAIN: {"decimals": 18, "symbol": "RAIN", "price": 0.01439, "timestamp": 1782381602,
                     "confidence": 0.99}},
})  # fmt: skip
RECORDED = {
    "ecb": ECB,
    "coingecko": COINGECKO,
    "stooq": STOOQ,
    "twelvedata": TWELVEDATA,
    "fred": FRED,
    "feed": FEED_CSV,
    "eodhd": EODHD,
    "coinpaprika": COINPAPRIKA,
    "defillama": DEFILLAMA,
}
WANTED = ("^spx", "qqq.us", "SPX", "bitcoin", "EURUSD", "USDJPY", "QQQ", "BTC/USD")
PAGE = "<!DOCTYPE html><html><head><title>Sign in</title></head><body>Hello</body></html>"


def read(code, text, *wanted):
    return PROVIDERS[code].read(text.encode(), wanted)


# Valid answers


def test_ecb_gives_euro_pairs_and_cross_rates_of_the_same_day():
    quotes = read("ecb", ECB, "EURUSD", "USDJPY").quotes

    euro, yen = quotes["EURUSD"], quotes["USDJPY"]
    assert (euro.price, euro.previous_close) == (Decimal("1.1340"), Decimal("1.1328"))
    assert round(yen.price, 2) == Decimal("161.68")
    assert round(yen.previous_close, 2) == Decimal("162.04")
    assert (euro.currency, yen.currency) == ("USD", "JPY")


@pytest.mark.parametrize(("day", "hour"), [("2026-06-25", 12), ("2026-01-15", 13)])
def test_an_ecb_rate_is_timed_at_quarter_past_two_frankfurt_time_all_year(day, hour):
    quotes = read(
        "ecb", ECB.replace("2026-06-25", day).replace("2026-06-24", "2025-12-31"), "EURUSD"
    )

    at = quotes.quotes["EURUSD"].quoted_at
    assert (at.isoformat()[:10], at.hour, at.minute, at.tzinfo) == (day, hour, 15, UTC)


def test_a_currency_without_a_rate_the_day_before_has_no_previous_close():
    assert read("ecb", ECB, "USDCNY").quotes["USDCNY"].previous_close is None


def test_the_previous_close_of_a_coin_is_its_price_a_day_before():
    coin = read("coingecko", COINGECKO, "bitcoin").quotes["bitcoin"]

    assert coin.price == Decimal("61594.12")
    assert round(coin.previous_close) == 62410
    assert coin.quoted_at == datetime(2026, 6, 25, 10, 0, 2, tzinfo=UTC)
    assert coin.currency == "USD"


def test_a_coin_without_a_change_still_has_a_price():
    coin = read("coingecko", COINGECKO, "dogecoin").quotes["dogecoin"]

    assert (coin.price, coin.previous_close) == (Decimal("0.07681"), None)


def test_stooq_gives_its_own_previous_close_and_warsaw_time():
    quote = read("stooq", STOOQ, "^spx").quotes["^spx"]

    assert (quote.price, quote.previous_close) == (Decimal("6132.4"), Decimal("6106.75"))
    assert quote.quoted_at == datetime(2026, 6, 25, 20, 0, 1, tzinfo=UTC)


def test_twelve_data_gives_the_time_of_the_price_and_not_that_of_the_day():
    quote = read("twelvedata", TWELVEDATA, "QQQ").quotes["QQQ"]

    assert (quote.price, quote.previous_close) == (Decimal("545.21"), Decimal("541.37"))
    assert quote.quoted_at == datetime(2026, 6, 25, 19, 59, tzinfo=UTC)
    assert quote.currency == "USD"


def test_twelve_data_gives_a_coin_as_it_was_a_day_before():
    coin = read("twelvedata", TWELVEDATA, "BTC/USD").quotes["BTC/USD"]

    assert (round(coin.previous_close), coin.currency) == (62410, "USD")


def test_twelve_data_gives_one_symbol_without_its_name_around_it():
    alone = json.dumps(json.loads(TWELVEDATA)["QQQ"])

    assert read("twelvedata", alone, "QQQ") == read("twelvedata", TWELVEDATA, "QQQ")


def test_an_error_of_one_symbol_costs_no_other():
    answer = read("twelvedata", TWELVEDATA, "QQQ", "^NONE", "VOO")

    assert set(answer.quotes) == {"QQQ"}
    assert answer.faults == {
        "^NONE": "Twelve Data says: **symbol** not found: ^NONE",
        "VOO": "Twelve Data gives no quote for it",
    }


def test_a_quote_of_twelve_data_without_the_time_of_its_price_has_none():
    untimed = TWELVEDATA.replace("last_quote_at", "gone")

    assert read("twelvedata", untimed, "QQQ").faults == {"QQQ": "no time is given"}


@pytest.mark.parametrize(
    ("series", "at"),
    [("SP500", datetime(2026, 6, 25, 20, tzinfo=UTC)), ("NIKKEI225", datetime(2026, 6, 25, 6, 30, tzinfo=UTC))],
)  # fmt: skip
def test_a_close_of_fred_is_that_of_its_last_day_with_a_value(series, at):
    quote = read("fred", FRED, series).quotes[series]

    assert (quote.price, quote.previous_close) == (Decimal("6132.40"), Decimal("6106.75"))
    assert quote.quoted_at == at


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (FRED.replace("2026-06-24", "2026-06-25"), "the answer has 2026-06-25 twice"),
        (FRED.replace("2026-06-25", "soon"), "soon is not a date"),
        (FRED.replace("6132.40", "6,132"), "6,132 has a comma"),
        (FRED.replace('"value": "6', '"value": ".'), "FRED has no value for it"),
    ],
)
def test_a_bad_value_of_fred_is_reported(text, line):
    answer = read("fred", text.replace(".132.40", ".").replace(".106.75", "."), "SP500")

    assert not answer.quotes
    assert line in answer.faults["SP500"]


def test_a_spot_price_of_brent_is_timed_in_london():
    quote = read("fred", FRED, "DCOILBRENTEU").quotes["DCOILBRENTEU"]

    assert quote.quoted_at == datetime(2026, 6, 25, 15, 30, tzinfo=UTC)


def test_a_close_of_eodhd_is_timed_where_its_day_ends():
    quote = read("eodhd", EODHD, "GDAXI.INDX").quotes["GDAXI.INDX"]

    assert (quote.price, quote.previous_close) == (Decimal("23649.3"), Decimal("23575.5"))
    assert quote.quoted_at == datetime(2026, 6, 25, 15, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "symbol", "line"),
    [
        (EODHD.replace("2026-06-24", "2026-06-25"), "GDAXI.INDX", "has 2026-06-25 twice"),
        (EODHD.replace("23649.3", '"NaN"'), "GDAXI.INDX", "NaN is not a price"),
        ("[]", "GDAXI.INDX", "EODHD has no close for it in the last days"),
        (EODHD, "AAPL.US", "nothing says here when the day of AAPL.US ends"),
    ],
)
def test_a_bad_close_of_eodhd_is_reported(text, symbol, line):
    answer = read("eodhd", text, symbol)

    assert not answer.quotes
    assert line in answer.faults[symbol]


def test_coinpaprika_gives_a_coin_as_it_was_a_day_before():
    coin = read("coinpaprika", COINPAPRIKA, "hype-hyperliquid").quotes["hype-hyperliquid"]

    assert (coin.price, coin.currency) == (Decimal("38.4215"), "USD")
    assert round(coin.previous_close, 2) == Decimal("38.93")
    assert coin.quoted_at == datetime(2026, 6, 25, 10, 0, 2, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (COINPAPRIKA.replace("hype-hyperliquid", "hyper-other"), "CoinPaprika gives no price for it"),
        (COINPAPRIKA.replace("USD", "EUR"), "has no price in US dollars"),
        (COINPAPRIKA.replace('"price": 38.4215', '"price": 38.4215, "price": 3'), "is not a price"),
        (COINPAPRIKA.replace('"USD"', '"USD": {"price": 1}, "USD"'), "the answer has it twice"),
        (COINPAPRIKA.replace("2026-06-25T10", "25 June"), "is not a time"),
    ],
)  # fmt: skip
def test_a_bad_price_of_coinpaprika_is_reported(text, line):
    answer = read("coinpaprika", text, "hype-hyperliquid")

    assert not answer.quotes
    assert line in answer.faults["hype-hyperliquid"]


@pytest.mark.parametrize(
    "text", [DEFILLAMA, DEFILLAMA.replace("0x25118290e6a5f", "0x25118290E6A5F")]
)
def test_defillama_gives_a_token_without_a_close_in_capitals_or_not(text):
    token = read("defillama", text, RAIN).quotes[RAIN]

    assert (token.price, token.previous_close) == (Decimal("0.01439"), None)
    assert (token.quoted_at, token.currency) == (datetime(2026, 6, 25, 10, 0, 2, tzinfo=UTC), "USD")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (DEFILLAMA.replace("0.99", "0.3"), "DefiLlama is sure of it only to 30%"),
        (DEFILLAMA.replace('"confidence": 0.99', '"sure": 1'), "does not say how sure it is"),
        (DEFILLAMA.replace(RAIN, "arbitrum:0x1"), "DefiLlama gives no price for it"),
        (DEFILLAMA.replace(f'"{RAIN}"', f'"{RAIN.upper()}": {{"price": 5}}, "{RAIN}"'), "has it twice"),
        ('{"coins": {}}', "DefiLlama gives no price for it"),
    ],
)  # fmt: skip
def test_a_bad_price_of_defillama_is_reported(text, line):
    answer = read("defillama", text, RAIN)

    assert not answer.quotes
    assert line in answer.faults[RAIN]


def test_a_feed_is_read_as_csv_and_as_json_alike():
    by_csv = read("feed", FEED_CSV, "SPX").quotes["SPX"]
    by_json = read("feed", FEED_JSON, "SPX").quotes["SPX"]

    assert by_csv == by_json
    assert by_csv.previous_close == Decimal("6106.75")
    assert by_csv.quoted_at == datetime(2026, 6, 25, 20, tzinfo=UTC)


def test_csv_fields_may_be_separated_by_semicolons():
    text = FEED_CSV.replace(",", ";")

    assert read("feed", text, "SPX") == read("feed", FEED_CSV, "SPX")


def test_one_bad_quote_does_not_affect_the_others():
    answer = read("stooq", STOOQ, "^spx", "cb.f", "gc.f")

    assert set(answer.quotes) == {"^spx"}
    assert answer.faults == {
        "cb.f": "Stooq gives no quote for it",
        "gc.f": "Stooq gives no quote for it",
    }


# Invalid quotes


@pytest.mark.parametrize(
    ("price", "line"),
    [
        ('"6132,40"', "6132,40 has a comma instead of a decimal point"),
        ("6132,40", "its line has too many or too few fields: SPX,6132,40,USD,1782381600"),
        ("NaN", "NaN is not a price"),
        ("Infinity", "Infinity is not a price"),
        ("", "no price is given"),
        ("1e999", "1e999 is outside any plausible range"),
        ("१२", "१२ is not a price"),
        ("12 34", "12 34 is not a price"),
        ("9" * 41, f"{'9' * 41} is not a price"),
    ],
)
def test_an_invalid_price_is_reported(price, line):
    text = f"symbol,price,currency,time\nSPX,{price},USD,1782381600\n"

    assert read("feed", text, "SPX").faults == {"SPX": line}


@pytest.mark.parametrize(
    ("time", "line"),
    [
        ("yesterday", "yesterday is not a time"),
        ("2026-06-25T20:00:00", "the time 2026-06-25T20:00:00 has no time zone"),
        ("0001-01-01T00:00:00+14:00", "0001-01-01T00:00:00+14:00 is not a time"),
        ("99999999999999", "99999999999999 is not a time"),
        ("", "no time is given"),
    ],
)
def test_an_invalid_time_is_reported(time, line):
    text = f"symbol,price,time\nSPX,6132.40,{time}\n"

    assert read("feed", text, "SPX").faults == {"SPX": line}


@pytest.mark.parametrize(
    ("code", "body", "line"),
    [
        *[(code, PAGE, "the answer is a web page, not quotes") for code in PROVIDERS],
        *[(code, " \n", "the answer is empty") for code in PROVIDERS],
        ("stooq", STOOQ.replace("Close", "Last"), "the column close is missing"),
        ("stooq", "Exceeded the daily hits limit", "Exceeded the daily hits limit"),
        ("feed", FEED_CSV.replace("price", "last"), "the column price is missing"),
        ("feed", '{"quotes": 1}', "the answer contains no list of quotes"),
        ("feed", '[{"price": 1}]', "no quote in the answer has a symbol"),
        ("feed", "[" * 100_000, "not valid JSON"),
        ("coingecko", "[]", "not the expected JSON"),
        ("coingecko", '{"status":{"error_message":"Throttled"}}', "its limit is reached: Throttled"),
        ("twelvedata", "[]", "not the expected JSON"),
        ("twelvedata", '{"code":401,"message":"**apikey** is incorrect","status":"error"}', "the site refuses the key"),
        ("fred", "{}", "the answer contains no observations"),
        ("fred", FRED, "more than one symbol was asked for at once; FRED gives one"),
        ("eodhd", EODHD, "more than one symbol was asked for at once; EODHD gives one"),
        ("eodhd", "{}", "the answer contains no list of days"),
        ("eodhd", "Only EOD data allowed for free users. Your plan has no access", "refuses the key"),
        ("coinpaprika", '{"error":"id not found"}', "answers with an error: id not found"),
        ("coinpaprika", '{"error":"Too many requests"}', "its limit is reached"),
        ("defillama", '{"coins":[]}', "the answer contains no coins"),
        ("defillama", '{"message":"Internal server error"}', "Internal server error"),
        ("fred", '{"error_code":400,"error_message":"Bad Request. The series does not exist."}', "Bad Request"),
        ("ecb", "<a/>", "the answer contains no rates"),
        ("ecb", ECB[:300], "not valid XML"),
        ("ecb", ECB.replace("2026-06-25", "someday"), "someday is not a date"),
        ("ecb", ECB.replace("2026-06-25", "9999-99-99"), "9999-99-99 is not a date"),
    ],
)  # fmt: skip
def test_an_answer_without_quotes_is_unreadable_in_one_line(code, body, line):
    with pytest.raises(UnreadableQuotes) as raised:
        read(code, body, *WANTED)

    assert line in raised.value.message
    assert "\n" not in raised.value.message


def test_an_answer_may_declare_no_entities():
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "boom">]><Cube time="2026-06-25">&b;</Cube>'
    )

    with pytest.raises(UnreadableQuotes, match="declares a document type"):
        read("ecb", bomb, "EURUSD")


def test_undecodable_bytes_are_unreadable():
    for code in PROVIDERS:
        with pytest.raises(UnreadableQuotes, match="not text in UTF-8"):
            PROVIDERS[code].read(b"\xff\xfe\x00", WANTED)


def test_a_rate_of_zero_is_passed_on_to_be_held_back():
    quotes = read("ecb", ECB.replace("1.1340", "0"), "EURUSD", "USDJPY").quotes

    assert quotes["EURUSD"].price == 0
    assert quotes["USDJPY"].price == 0


def test_an_invalid_rate_affects_only_its_own_pairs():
    answer = read("ecb", ECB.replace("0.85185", "0,85185"), "GBPUSD", "EURUSD")

    assert set(answer.quotes) == {"EURUSD"}
    assert answer.faults["GBPUSD"] == "0,85185 has a comma instead of a decimal point"


# Addresses


def test_a_provider_address_contains_the_symbols_and_the_key():
    stooq_address = PROVIDERS["stooq"].address_for("", ["qqq.us", "^spx"], "")
    own = PROVIDERS["feed"].address_for("https://a.example/?s={symbols}&k={key}", ["A B"], "x&y")

    assert stooq_address == "https://stooq.com/q/l/?s=^spx+qqq.us&f=sd2t2ohlcvp&h&e=csv"
    assert own == "https://a.example/?s=A%20B&k=x%26y"


# Arbitrary answers


def mutated(text):
    """Return the recorded answer with a part replaced by arbitrary bytes."""
    return st.tuples(st.integers(0, len(text)), st.integers(0, 40), st.text(max_size=40)).map(
        lambda cut: text[: cut[0]] + cut[2] + text[cut[0] + cut[1] :]
    )


def assert_one_line(message):
    assert message.isprintable()
    assert len(message) < 200


def sound(code, body):
    """Read an answer and assert that the database can store its quotes."""
    try:
        answer = PROVIDERS[code].read(body, WANTED)
    except UnreadableQuotes as refusal:
        assert_one_line(refusal.message)
        return
    assert set(answer.quotes) | set(answer.faults) == set(WANTED)
    for quote in answer.quotes.values():
        assert quote.price.is_finite()
        assert quote.quoted_at.utcoffset() == timedelta(0)
        assert quote.previous_close is None or quote.previous_close.is_finite()
    for line in answer.faults.values():
        assert_one_line(line)


@pytest.mark.parametrize("code", sorted(PROVIDERS))
def test_a_mutated_answer_raises_only_unreadable(code):
    @given(mutated(RECORDED[code]))
    def check(text):
        sound(code, text.encode("utf-8", "surrogatepass"))

    check()


@pytest.mark.parametrize("code", sorted(PROVIDERS))
def test_any_bytes_raise_only_unreadable(code):
    @given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
    @example(b"{}")
    @example(b"[]")
    @example(b"null")
    @example(b"1")
    @example(b'[{"symbol": null}]')
    @example(b'[{"symbol": "SPX", "price": [], "time": {}}]')
    @example(b'{"bitcoin": {"usd": -0, "last_updated_at": true, "usd_24h_change": -100}}')
    @example(b'{"bitcoin": {"usd": "1", "last_updated_at": 1, "usd_24h_change": -99.99999999999}}')
    @example(b"symbol,price,time\n\0,\0,\0\n")
    @example(b'symbol,date,time,close\n"^spx')
    @example(b"date,time,close,symbol\n1")
    @example(b"price,time,symbol\n1")
    @example(b"\xef\xbb\xbf<?xml version='1.0' encoding='latin-7'?><a/>")
    def check(body):
        sound(code, body)

    check()


@given(
    st.dictionaries(
        st.sampled_from(["bitcoin", "status", "SPX"]),
        st.dictionaries(
            st.sampled_from(["usd", "usd_24h_change", "last_updated_at", "error_message"]),
            st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=9)),
        ),
    )
)
def test_any_coin_json_raises_only_unreadable(given_coins):
    sound("coingecko", json.dumps(given_coins).encode())


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["symbol", "price", "time", "previous_close", "currency"]),
            st.one_of(st.none(), st.just("SPX"), st.integers(), st.floats(), st.text(max_size=9)),
        )
    )
)
def test_any_feed_json_raises_only_unreadable(rows):
    sound("feed", json.dumps(rows).encode())


def test_every_adapter_module_is_in_the_registry():
    assert [*PROVIDERS.values()] == [
        ecb.ECB,
        coingecko.COINGECKO,
        stooq.STOOQ,
        twelvedata.TWELVEDATA,
        fred.FRED,
        eodhd.EODHD,
        coinpaprika.COINPAPRIKA,
        defillama.DEFILLAMA,
        feed.FEED,
    ]
