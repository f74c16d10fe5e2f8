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
    name = page.locator(".quote__label").get_by_text(label, exact=True)
    return page.locator(".quote").filter(has=name)


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


def test_the_market_strip_is_a_list_of_each_group_with_spelled_out_units(page, article):
    page.goto("/")

    strip = page.locator(".markets")
    coins = strip.get_by_role("list", name="Crypto").get_by_role("listitem")
    expect(coins).to_have_count(9)
    euro = strip.get_by_role("link", name="EUR/USD in US dollars for a euro 1.1340 +0.11%")
    expect(euro).to_be_attached()
    expect(
        strip.get_by_role("link", name=re.compile(r"^ETH in US dollars.* stale, "))
    ).to_be_attached()
    expect(strip.get_by_role("link", name=re.compile("^RAIN"))).to_have_count(0)
    expect(strip.get_by_role("link", name=re.compile("^Gold.* by hand$"))).to_be_attached()


@pytest.mark.parametrize("script", [True, False])
def test_a_quote_leads_to_its_time_and_its_source(visitor, article, script):
    page = visitor(java_script_enabled=script, viewport={"width": 1280, "height": 800})
    page.goto("/")

    quote(page, "Dow").get_by_role("link").click()

    row = page.locator("#DJI")
    expect(row).to_be_in_viewport()
    expect(row).to_contain_text(re.compile(r"\d\d:\d\d UTC"))
    expect(row).to_contain_text("Stooq")


def test_each_group_is_reached_by_the_keyboard(visitor, article):
    page = visitor(viewport={"width": 1280, "height": 800})
    page.goto("/")

    page.locator(".markets__quotes").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/markets/#\w+$"))


def in_view(page):
    return page.evaluate(
        "(() => { const line = document.querySelector('.markets__quotes'), at = line.getBoundingClientRect();"
        " return [...line.querySelectorAll('.quote')].map(one => one.getBoundingClientRect())"
        ".map(one => one.left >= at.left - 1 && one.right <= at.right + 1); })()"
    )


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
@pytest.mark.parametrize("how", ["wheel", "keys"])
def test_every_quote_comes_into_view_in_few_steps(visitor, article, direction, how):
    page = visitor(viewport={"width": 1280, "height": 800})
    page.goto("/")
    page.evaluate(f"document.documentElement.dir = '{direction}'")
    line = page.locator(".markets__quotes")
    line.hover() if how == "wheel" else line.focus()
    seen = in_view(page)

    assert sum(seen) >= 12
    for _ in range(3):
        # At the end of the line the wheel is the page's.
        if all(seen):
            break
        before = line.evaluate("node => node.scrollLeft")
        if how == "wheel":
            page.mouse.wheel(0, 120)
        else:
            page.keyboard.press("ArrowRight" if direction == "ltr" else "ArrowLeft")
        page.wait_for_function(
            "before => { const line = document.querySelector('.markets__quotes');"
            " const room = line.scrollWidth - line.clientWidth;"
            " return line.scrollLeft !== before || Math.abs(line.scrollLeft) >= room - 1 }",
            arg=before,
        )
        seen = [was or now for was, now in zip(seen, in_view(page), strict=True)]

    assert all(seen)
    assert page.evaluate("scrollY") == 0


def test_the_wheel_is_the_pages_at_the_end_of_the_quotes(visitor, article):
    page = visitor(viewport={"width": 1280, "height": 500})
    page.goto("/")
    page.locator(".markets__quotes").evaluate("node => { node.scrollLeft = node.scrollWidth }")
    page.locator(".markets__quotes").hover()

    page.mouse.wheel(0, 120)

    page.wait_for_function("() => scrollY > 0")


@pytest.mark.parametrize("width", [320, 360])
def test_the_market_strip_takes_one_line_on_a_phone(visitor, article, width):
    page = visitor(viewport={"width": width, "height": 700})
    page.goto("/")

    assert page.locator(".markets").bounding_box()["height"] <= 40


def test_the_list_of_exchanges_closes_by_escape_and_by_a_click_outside(visitor, article):
    page = visitor(viewport={"width": 1280, "height": 800})
    page.goto("/")
    first, every = page.locator(".exchanges summary"), page.locator(".exchanges li").first

    first.click()
    every.click()
    expect(every).to_be_visible()
    page.keyboard.press("Escape")
    expect(every).to_be_hidden()
    first.click()
    expect(every).to_be_visible()
    page.locator(".masthead__tag").click()

    expect(every).to_be_hidden()


def test_the_market_strip_and_its_page_can_be_read_in_forced_colours(
    visitor, article, assert_accessible
):
    page = visitor(forced_colors="active", viewport={"width": 1280, "height": 800})

    for path in ("/", "/markets/"):
        page.goto(path)
        assert_accessible(page)
        price = page.locator(".quote__price, .quotes__figure").first
        assert price.evaluate("node => getComputedStyle(node).color") != price.evaluate(
            "node => getComputedStyle(document.documentElement).backgroundColor"
        )


def test_a_clock_changes_its_name_with_its_hour_while_the_page_is_open(visitor, article):
    page = visitor(viewport={"width": 1280, "height": 800})
    page.goto("/")
    zone = page.locator(".clocks__item").nth(1)
    name = zone.locator(".clocks__zone")
    expect(name).to_have_text(re.compile("E[SD]T"))

    zone.evaluate(
        "item => { item.dataset.next = 'XYZ'; item.dataset.changes = '2020-01-01T00:00:00Z' }"
    )

    expect(name).to_have_text("XYZ", timeout=15_000)


@pytest.mark.parametrize(("width", "scheme"), [(320, "dark"), (1280, "light")])
@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_page_of_the_markets_is_accessible_and_fits_without_script(
    visitor, article, assert_accessible, width, scheme, direction
):
    size = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    page = visitor(java_script_enabled=False, **size)
    page.goto("/")
    page.locator(".site-foot").get_by_role("link", name="Markets").click()
    expect(page.get_by_role("heading", name="Markets", level=1)).to_be_visible()
    row = page.locator("#EURUSD")
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
