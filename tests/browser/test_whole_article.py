"""A whole article in a real browser: by keyboard alone, and in how many clicks."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.writing_screen import body_of

pytestmark = pytest.mark.browser

EDITION = """
from articles.pictures import render_image
from tests.articles.factories import make_section
from tests.articles.pictures.drawing import drawn, make_image
from tests.clock import later
from tests.wires.factories import make_outlet, make_channel, make_post
make_section("World")
harbour = make_channel(outlet=make_outlet("Harbour Wire"), platform="telegram", code="HARBOUR",
                       account="harbourwire")
nahr = make_channel(outlet=make_outlet("Radio Nahr"), code="NAHR")
make_post(channel=harbour, title="Ships hold", url="https://t.me/harbourwire/7", at=later(hours=1),
          text="The master orders all ships to hold.")
make_post(channel=nahr, text="Pilots have not boarded a grain ship since dawn.", at=later(hours=2))
make_image(alt="A bank", credit="Ines")
ship = make_image(size=(640, 320), body=drawn((640, 320), quality=95), alt="Ships at anchor",
                  credit="Ada")
render_image(ship)
"""
FIRST = "The master orders all ships to hold, Harbour Wire reports [@harb"
SECOND = ". Pilots have not boarded a grain ship since dawn, Radio Nahr says [@nahr"
LIVE = """
from articles.models import Article
for article in Article.objects.live().order_by("pk"):
    print(article.live_version.claims, article.live_version.image)
"""
COUNT_CLICKS = """
window.addEventListener("pointerdown", (event) => { if (event.isTrusted) countClick(); }, true);
"""


@pytest.fixture(scope="module")
def edition(site):
    site.run(EDITION)
    return {}


def offered(page):
    return page.get_by_role("listbox", name="Sources")


def assert_published(page, site, *, is_illustrated):
    expect(page.locator(".messagelist")).to_contain_text("The article is public.")
    newest = site.run(LIVE).splitlines()[-1]
    assert "Pilots have not boarded" in newest
    assert newest.endswith("Ships at anchor") is is_illustrated


def test_by_keyboard_alone_an_article_is_written_illustrated_and_published(desk, site):
    page = desk("/desk/articles/article/add/")
    keys = page.keyboard
    expect(page.get_by_label("Headline")).to_be_focused()
    keys.type("Ships hold, and pilots stay ashore")

    def tab_until(locator, key="Tab", most=40):
        for _ in range(most):
            if locator.evaluate("e => e === document.activeElement"):
                return
            keys.press(key)
        expect(locator).to_be_focused()

    # Two posts of the wire become sources.
    tab_until(page.get_by_role("tab", name="Sources"))
    tab_until(page.locator("[data-search] summary"))
    keys.press("Enter")
    expect(page.get_by_label("Search the wire")).to_be_focused()
    for words in ("orders all ships", "pilots"):
        page.get_by_label("Search the wire").press("Control+a")
        keys.type(words)
        expect(page.locator("[data-results] li")).to_have_count(1)
        expect(page.locator("[data-results] li")).to_contain_text(re.compile(words, re.IGNORECASE))
        tab_until(page.locator("[data-results] input"))
        keys.press("Space")
        tab_until(page.locator("[data-add]"))
        keys.press("Enter")
        expect(page.get_by_label("Search the wire")).to_be_focused()

    # The text, each sentence with its mark.
    tab_until(body_of(page), "Shift+Tab")
    for words in (FIRST, SECOND):
        keys.type(words)
        expect(offered(page)).to_be_visible()
        keys.press("Enter")
    keys.type(".")
    tab_until(page.get_by_label("Framing note"))
    keys.type("We lead with the order.")

    # A picture of the library.
    tab_until(page.get_by_role("tab", name="Sources"))
    keys.press("End")
    button = page.get_by_role("button", name="Choose image…")
    tab_until(button)
    keys.press("Enter")
    expect(page.get_by_label("Search images")).to_be_focused()
    keys.type("ships")
    keys.press("Enter")
    expect(page.get_by_text("1 image on this page.")).to_be_visible()
    # Search, upload, and the first picture.
    for _ in range(3):
        keys.press("Tab")
    keys.press("Enter")
    expect(button).to_be_focused()
    expect(page.locator("picture-field")).to_contain_text("Ships at anchor")

    expect(page.locator(".coverage__sum")).to_have_text("2 of 2 claims cited")
    expect(page.locator("section .finding--hold")).to_have_count(0)
    tab_until(page.get_by_role("button", name="Publish now"), "Shift+Tab", most=80)
    keys.press("Enter")

    assert_published(page, site, is_illustrated=True)


@pytest.mark.parametrize(("has_picture", "most"), [(False, 12), (True, 16)])
def test_from_two_ticks_to_a_published_article_takes_few_clicks(desk, site, has_picture, most):
    page = desk("/desk/")
    clicks = []
    page.expose_function("countClick", lambda: clicks.append(page.url))
    page.add_init_script(COUNT_CLICKS)
    page.goto("/desk/wires/post/")

    for words in ("Ships hold", "Pilots have"):
        page.locator("#result_list tr", has_text=words).get_by_role("checkbox").click()
    page.get_by_role("button", name="Draft article from selection").click()
    # The headline is filled in; the caret stands in the body.
    expect(body_of(page)).to_be_focused()
    for words, outlet in ((FIRST, "Harbour Wire"), (SECOND, "Radio Nahr")):
        page.keyboard.type(words)
        offered(page).get_by_role("option", name=outlet).click()
    page.keyboard.type(".")
    page.get_by_label("Framing note").click()
    page.keyboard.type("We lead with the order.")
    if has_picture:
        page.get_by_role("tab", name="Settings").click()
        page.get_by_role("button", name="Choose image…").click()
        dialog = page.get_by_role("dialog", name="Images")
        dialog.get_by_role("button", name="Use image Ships at anchor").click()
        expect(page.locator("picture-field")).to_contain_text("Ships at anchor")
    expect(page.locator(".coverage__sum")).to_have_text("2 of 2 claims cited")
    page.get_by_role("tab", name="Findings").click()
    expect(page.locator("section .finding--hold")).to_have_count(0)
    page.get_by_role("button", name="Publish now").click()

    assert_published(page, site, is_illustrated=has_picture)
    # Some were made, or nothing was counted.
    assert 8 <= len(clicks) <= most, clicks
