"""The whole journey on real feeds: from the wire to a published page and its withdrawal."""

import shutil

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

FEEDS = ("pypy.xml", "postgis.xml", "osm.xml")
CLICKS = 12


class Hand:
    """A user who clicks, and counts the clicks."""

    def __init__(self):
        self.clicks = 0

    def click(self, what):
        self.clicks += 1
        what.click()

    def choose(self, what, label):
        # The list must be opened before an option is clicked.
        self.clicks += 2
        what.select_option(label=label)


@pytest.fixture
def feeds(corpora, tmp_path):
    for name in FEEDS:
        shutil.copy(corpora / "feeds/real/fastfeedparser" / name, tmp_path)
    return tmp_path


def test_from_two_posts_to_a_page_and_its_withdrawal(site, page, visitor, feeds):
    # Real feeds are imported.
    output = site.manage("import_posts", str(feeds), "--channel", "REAL", "--per-file")
    assert "new posts" in output
    site.run(
        "from articles.models import Section; Section.objects.create(name='World', slug='world')"
    )
    site.log_in(page, site.make_login("Editor"))
    hand = Hand()

    # Two posts are selected for a draft.
    page.get_by_role("link", name="Wire", exact=True).click()
    rows = page.locator(".wire-row")
    headline = rows.nth(1).locator(".wire-row__line").inner_text()
    hand.click(rows.nth(0).get_by_role("button"))
    expect(page.get_by_text("1 post picked")).to_be_visible()
    hand.click(rows.nth(1).get_by_role("button"))
    expect(page.get_by_text("2 posts picked")).to_be_visible()
    hand.click(page.get_by_role("button", name="Draft article"))
    expect(page.get_by_label("Headline")).to_have_value(headline)
    # The headline has a figure that the body will not have, so the editor writes another.
    hand.clicks += 1
    page.get_by_label("Headline").fill("Two posts agree")
    page.get_by_role("textbox", name="Body").focus()

    # The caret is already in the body. One mark is wrong.
    body = page.get_by_role("textbox", name="Body")
    expect(body).to_be_focused()
    page.keyboard.type("The first of them says so ")
    hand.click(page.get_by_role("button", name="Insert mark").nth(0))
    page.keyboard.type(". The second agrees [@nobody].")
    hand.click(page.get_by_label("Framing note"))
    page.keyboard.type("We lead with what came first.")
    hand.click(page.get_by_role("tab", name="Settings"))
    hand.choose(page.get_by_label("Section"), "World")

    # The hold is shown while writing, and again on trying to publish.
    hold = page.locator(".finding--hold")
    expect(hold).to_have_count(1)
    expect(hold).to_contain_text("citation-unknown")
    hand.click(page.get_by_role("button", name="Publish now"))
    expect(page.locator(".messagelist")).to_contain_text("Nothing public has changed")

    # It is fixed where "Go to" leads.
    hand.click(hold.get_by_role("button", name="Go to"))
    selected = body.evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)")
    assert "@nobody" in selected
    second = page.locator("[name=wire_sources-1-key]").input_value()
    page.keyboard.type(selected.replace("@nobody", f"@{second}"))
    expect(hold).to_have_count(0)
    hand.click(page.get_by_role("button", name="Publish now"))
    expect(page.locator(".messagelist")).to_contain_text("The article is public.")
    assert hand.clicks <= CLICKS, f"{hand.clicks} clicks"

    # A reader opens it, follows a mark to its source, and opens the archived post.
    path = page.get_by_role("link", name="View public page").get_attribute("href")
    reader = visitor()
    reader.goto("/")
    reader.locator(f'a[href="{path}"]').first.click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Two posts agree")
    reader.locator("a[role=doc-noteref]").nth(1).click()
    source = reader.locator(f"#source-{second}")
    assert reader.url.endswith(f"#source-{second}")
    expect(source).to_be_in_viewport()
    source.locator('a[href*="/wire/posts/"]').first.click()
    expect(reader.locator("main")).to_contain_text("Two posts agree")

    # It is withdrawn, and its address says why.
    page.get_by_role("link", name="Withdraw article…").click()
    page.get_by_label("Public note").fill("Both posts were of another year.")
    page.get_by_role("button", name="Withdraw article").click()
    expect(page.locator(".messagelist")).to_contain_text("The article is withdrawn.")
    response = reader.goto(path)
    assert response.status == 410
    expect(reader.locator("main")).to_contain_text("Both posts were of another year.")
