"""What sites send in place of quotes, told from quotes and said in words."""

import pytest

from markets.providers import PROVIDERS, UnreadableQuotes
from markets.providers.base import LimitReached
from tests.markets.providers.test_adapters import COINGECKO, ECB, FEED_CSV, STOOQ, read

PUZZLE = """<!-- --><html><head><title>One moment</title>
<script src="/verify.js"></script></head><body>Please solve the captcha to go on.</body></html>"""
WORK = "<script>/* proof of work */ let nonce = 0;</script><noscript>Enable JavaScript</noscript>"
LIMIT_PAGE = "<html><body><h1>Too Many Requests</h1></body></html>"
XHTML = (
    '<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body>Sign in</body></html>'
)


def said(code, body, *wanted):
    with pytest.raises(UnreadableQuotes) as raised:
        read(code, body, *(wanted or ("SPX",)))
    return raised.value


@pytest.mark.parametrize("code", sorted(PROVIDERS))
@pytest.mark.parametrize("page", [PUZZLE, WORK])
def test_a_puzzle_page_is_called_one_whoever_sends_it(code, page):
    assert said(code, page).message.startswith("the site answers with a puzzle page")


@pytest.mark.parametrize("code", sorted(PROVIDERS))
@pytest.mark.parametrize("page", [XHTML, "<title>Sign in</title>Sign in"])
def test_another_web_page_is_called_one_whoever_sends_it(code, page):
    assert said(code, page).message.startswith("the answer is a web page, not quotes")


@pytest.mark.parametrize(
    ("code", "body"),
    [
        ("stooq", "Exceeded the daily hits limit"),
        ("stooq", LIMIT_PAGE),
        ("coingecko", '{"status":{"error_code":429,"error_message":"Slow down"}}'),
        ("coingecko", '{"error":{"code":"429","message":"Too many requests"}}'),
        ("feed", '{"Note":"Our standard call frequency is 5 calls per minute"}'),
        ("feed", '{"Information":"Our standard API rate limit is 25 requests per day."}'),
        ("feed", '{"code":429,"message":"Come back tomorrow","status":"error"}'),
    ],
)
def test_a_limit_that_is_reached_is_said_and_waited_for(code, body):
    error = said(code, body)

    assert error.message.startswith("the site says that its limit is reached")
    assert isinstance(error, LimitReached)
    assert error.retry_after.total_seconds() >= 3600


@pytest.mark.parametrize(
    ("body", "line"),
    [
        ('{"error":"no data"}', "the site answers with an error: no data"),
        ('{"error":true,"message":"no data"}', "the site answers with an error: no data"),
        ('{"error":true}', "the site answers with an error: error"),
        ('{"errors":[{"a":1}],"quotes":[]}', "the site answers with an error: {'a'"),
        ('{"Error Message":"Invalid API KEY."}', "the site refuses the key"),
        ('{"message":"Unauthorized"}', "the site refuses the key"),
        ('{"error":"no data","quotes":[{"symbol":"SPX","price":1,"time":1782381600}]}', "no data"),
    ],
)
def test_an_error_in_json_is_a_failure_whatever_the_status(body, line):
    assert line in said("feed", body).message


@pytest.mark.parametrize(
    "extra", ['"error":null', '"error":""', '"message":"Limit 5000 calls a day", "status":"ok"']
)
def test_an_empty_error_or_a_note_beside_quotes_is_none(extra):
    body = f'{{{extra},"quotes":[{{"symbol":"SPX","price":6132,"time":1782381600}}]}}'

    assert read("feed", body, "SPX").quotes["SPX"].price == 6132


# One bad row costs only itself


def test_a_symbol_that_stands_twice_has_no_price_and_costs_no_other():
    line = STOOQ.splitlines()[1]

    answer = read("stooq", STOOQ + line.replace("6132.4,", "613.24,"), "^spx", "qqq.us")

    assert set(answer.quotes) == {"qqq.us"}
    assert answer.faults["^spx"] == "the answer has it twice, so neither price counts"


@pytest.mark.parametrize(
    ("code", "body", "symbol"),
    [
        ("feed", FEED_CSV + "spx,1,1,USD,1782381600\n", "SPX"),
        ("coingecko", COINGECKO[:-1] + ',"bitcoin":{"usd":1,"last_updated_at":1}}', "bitcoin"),
        ("coingecko", COINGECKO.replace('"usd":6', '"usd":1,"usd":6'), "bitcoin"),
        ("ecb", ECB.replace("<Cube currency=", '<Cube currency="USD" rate="1"/><Cube currency=', 1), "EURUSD"),
    ],
)  # fmt: skip
def test_what_an_answer_gives_twice_does_not_count(code, body, symbol):
    answer = read(code, body, symbol)

    assert not answer.quotes
    assert "twice" in answer.faults[symbol]


def test_a_stray_quotation_mark_costs_one_row():
    text = FEED_CSV.replace("SPX,", '"SPX,')

    assert set(read("feed", text, "SPX", "DAX").quotes) == {"DAX"}


def test_a_quote_without_a_symbol_costs_no_other():
    body = '[{"price":1},7,{"symbol":"SPX","price":6132,"time":1782381600}]'

    assert set(read("feed", body, "SPX").quotes) == {"SPX"}


def test_a_column_that_stands_twice_is_ambiguous():
    text = FEED_CSV.replace("previous_close", "price")

    assert "the column price stands twice" in said("feed", text).message


@pytest.mark.parametrize("price", ["NaN", "1e400", "-1e400", "1e-11"])
def test_a_price_that_nothing_has_costs_only_its_row(price):
    answer = read("feed", FEED_CSV.replace("6132.40", price), "SPX", "DAX")

    assert set(answer.quotes) == {"DAX"}


def test_a_negative_price_is_read_for_the_desk_to_decide():
    assert read("feed", FEED_CSV.replace("6132.40", "-37.63"), "SPX").quotes["SPX"].price < 0
