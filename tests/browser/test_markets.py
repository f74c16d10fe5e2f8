"""The market strip in a real browser: narrow, right-to-left, screen readers, no script, live."""

import re

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser
STRIP = "/markets/strip/"

MARKETS = """
from datetime import timedelta
from decimal import Decimal
from django.core.management import call_command
from django.utils import timezone
from markets.models import Instrument, Quote
from newsroom.demo.quotes import read_quotes
from tests.articles.factories import make_live_article
from tests.newsroom.factories import make_user

now = timezone.now()
call_command("load_instruments", verbosity=0)
Instrument.objects.update(calendar="", stale_after_minutes=60)
Instrument.objects.filter(symbol="BTC").update(position=1)
for instrument in Instrument.objects.exclude(symbol="RAIN"):
    price, close = read_quotes()[instrument.symbol]
    Quote.objects.create(instrument=instrument, price=price, previous_close=close, quoted_at=now,
                         stored_at=now, origin="provider")
Quote.objects.filter(instrument__symbol="ETH").update(quoted_at=now - timedelta(days=3))
Quote.objects.filter(instrument__symbol="GOLD").update(origin="by_hand", corrected_by=make_user())
print(make_live_article().get_absolute_url())
"""
STORE = """
from datetime import timedelta
from decimal import Decimal
from django.utils import timezone
from markets.models import Quote
from wires import generations
Quote.objects.filter(instrument__symbol={symbol!r}).update({change})
generations.bump("quotes")
"""


@pytest.fixture(scope="module")
def article(site):
    return site.run(MARKETS).split()[-1]


@pytest.fixture
def change(site):
    """Change the quote of an instrument, as the worker would."""

    def run(symbol, expression):
        site.run(STORE.format(symbol=symbol, change=expression))

    return run


def quote(page, label):
    return page.locator(".quote").filter(has=page.get_by_role("rowheader", name=label))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_market_strip_is_accessible_at_320_pixels(
    visitor, article, assert_accessible, scheme, direction
):
    page = visitor(viewport={"width": 320, "height": 700}, color_scheme=scheme)

    for path in ("/", article):
        page.goto(path)
        page.evaluate(f"document.documentElement.dir = '{direction}'")
        page.locator(".exchanges summary").click()
        assert_accessible(page)


@pytest.mark.parametrize("width", [320, 800, 1440, 2200])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_market_strip_does_not_overflow_open_or_closed(visitor, article, width, direction):
    page = visitor(viewport={"width": width, "height": 700})
    page.goto("/")
    page.evaluate(f"document.documentElement.dir = '{direction}'")

    closed = page.evaluate("document.documentElement.scrollWidth")
    page.locator(".exchanges summary").click()
    opened = page.evaluate("document.documentElement.scrollWidth")

    assert (closed, opened) == (width, width)


def test_quotes_keep_their_order_right_to_left(visitor, article):
    page = visitor()
    page.goto("/")
    page.evaluate("document.documentElement.dir = 'rtl'")
    change_of_gold = quote(page, "Nikkei").locator(".quote__change")

    # The position of each character, in reading order.
    places = change_of_gold.evaluate(
        "cell => { const text = cell.lastChild, range = new Range(); return [...text.data].map("
        "(sign, n) => { range.setStart(text, n); range.setEnd(text, n + 1);"
        " return range.getBoundingClientRect().left; }); }"
    )

    assert change_of_gold.inner_text().startswith("▼−")
    assert places == sorted(places)


def test_the_market_strip_is_a_table_with_spelled_out_units_for_screen_readers(page, article):
    page.goto("/")

    table = page.locator(".markets").get_by_role("table")
    expect(table.get_by_role("columnheader")).to_have_text(["Instrument", "Price", "Change"])
    row = table.get_by_role("row", name="EUR/USD in US dollars for a euro 1.1340 +0.11%")
    expect(row.get_by_role("cell")).to_have_count(2)
    expect(
        table.get_by_role("row", name=re.compile(r"^ETH in US dollars.* stale, "))
    ).to_be_visible()
    expect(table.get_by_role("row", name=re.compile("^RAIN"))).to_have_count(0)
    expect(table.get_by_role("row", name=re.compile("^Gold.* by hand$"))).to_be_attached()


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_page_of_the_markets_is_accessible_and_fits_without_script(
    visitor, article, assert_accessible, width, scheme, direction
):
    size = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    page = visitor(java_script_enabled=False, **size)
    page.goto("/")
    page.get_by_role("link", name=re.compile("^Latest quote")).click()
    expect(page.get_by_role("heading", name="Markets", level=1)).to_be_visible()
    row = page.get_by_role("row", name=re.compile("^EUR.USD"))
    expect(row).to_contain_text("European Central Bank")

    page = visitor(**size)
    page.goto("/markets/")
    page.evaluate(f"document.documentElement.dir = '{direction}'")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.get_by_role("table").get_by_role("columnheader")).to_have_count(4)


def test_the_list_of_exchanges_opens_without_script(visitor, article):
    page = visitor(java_script_enabled=False)
    page.goto("/")
    first = page.locator(".exchanges summary")
    every = page.locator(".exchanges li")

    expect(every.first).to_be_hidden()
    first.click()

    expect(every.first).to_be_visible()
    assert re.match(r"(OPEN|CLOSED) [A-Z]+( lunch)? (opens|closes) in ", first.inner_text())
    names = [re.match(r"(?:OPEN|CLOSED) ([A-Z]+)", text)[1] for text in every.all_inner_texts()]
    assert names[:2] == ["NYSE", "NASDAQ"]
    assert page.get_by_text("$61,594").is_visible()


def test_the_keyboard_scrolls_the_quotes(visitor, article):
    page = visitor(viewport={"width": 800, "height": 600})
    page.goto("/")
    quotes = page.locator(".markets__quotes")

    quotes.focus()
    page.keyboard.press("ArrowRight")

    page.wait_for_function("() => document.querySelector('.markets__quotes').scrollLeft > 0")


def test_a_new_quote_appears_without_a_reload_or_layout_shift(visitor, article, change):
    page = visitor(viewport={"width": 800, "height": 600})
    page.clock.install()
    page.goto("/", wait_until="networkidle")
    page.locator(".exchanges summary").click()
    page.locator(".markets__quotes").evaluate("node => { node.scrollLeft = 200 }")
    page.evaluate("window.before = document.querySelector('.quote')")
    expect(quote(page, "BTC")).to_contain_text("$61,594")

    change("BTC", "price=Decimal('63333'), quoted_at=timezone.now()")
    page.clock.fast_forward(25_000)

    expect(quote(page, "BTC")).to_contain_text("$63,333")
    expect(quote(page, "BTC")).to_contain_text("+1.48%")
    assert page.evaluate("document.querySelector('.exchanges').open")
    assert page.evaluate("document.activeElement.matches('.exchanges summary')")
    assert page.locator(".markets__quotes").evaluate("node => node.scrollLeft") == 200
    # A screen reader's focus stays on the same element.
    assert page.evaluate("window.before === document.querySelector('.quote')")


def test_a_stale_quote_is_greyed_out_without_a_reload(page, article, change):
    page.clock.install()
    page.goto("/", wait_until="networkidle")
    price = quote(page, "SOL").locator(".quote__price")
    fresh = price.evaluate("node => getComputedStyle(node).color")
    expect(quote(page, "SOL")).to_contain_text("+1.71%")

    # As if an hour and a half had passed.
    change("SOL", "quoted_at=timezone.now() - timedelta(minutes=90)")
    page.clock.fast_forward(25_000)

    expect(quote(page, "SOL")).to_contain_text(re.compile(r"stale, (\d+ \w+ )?\d\d:\d\d"))
    expect(quote(page, "SOL")).not_to_contain_text("%")
    assert price.evaluate("node => getComputedStyle(node).color") != fresh
    assert "line-through" in price.evaluate("node => getComputedStyle(node).textDecorationLine")


def test_the_market_strip_keeps_its_quotes_when_the_server_is_away(page, article):
    page.clock.install()
    page.goto("/", wait_until="networkidle")
    page.route(f"**{STRIP}", lambda route: route.abort())

    # The quotes are there from the start: only after a second failure is the first dealt with.
    for milliseconds in (65_000, 600_000):
        with page.expect_event("requestfailed", lambda request: STRIP in request.url):
            page.clock.fast_forward(milliseconds)

    expect(quote(page, "Nasdaq 100")).to_contain_text("22,412")
    expect(page.locator(".markets__asof")).to_contain_text("UTC")
