"""The writing screen in a real browser: its tabs, its strip, its keys, at any width and zoom."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.writing_screen import body_of, change, open_tab, set_caret

pytestmark = pytest.mark.browser

EDITION = """
from tests.articles.factories import make_article, make_live_article, make_source
from tests.wires.factories import make_outlet, make_channel, make_post
harbour = make_channel(outlet=make_outlet("Harbour Wire"), code="HARBOUR")
nahr = make_channel(outlet=make_outlet("Radio Nahr"), code="NAHR")
posts = [
    make_post(channel=harbour, title="Ships hold", text="The master orders 25,437 vessels to hold."),
    make_post(channel=nahr, text="No pilot has boarded a grain ship since dawn."),
]
made = []
for n in range(6):
    article = make_article(headline="Ships turn back", slug=f"ships-{n}", sources=False,
        standfirst="", framing_note="We lead with the order.",
        body="The master ordered 25,347 vessels to hold [@h1].\\n\\nNo pilot has boarded [@n1].")
    for key, post in zip(("h1", "n1"), posts):
        make_source(article, key=key, post=post)
    made.append(article.pk)
print(*made)
"""


@pytest.fixture(scope="module")
def articles(site):
    return site.run(EDITION).split()


def tab(page, name):
    return page.get_by_role("tab", name=name)


def strip(page):
    return page.get_by_role("group", name="Findings in this sentence")


@pytest.mark.parametrize(
    ("width", "height", "scheme"),
    [(1280, 720, "light"), (1280, 720, "dark"), (640, 360, "light"), (360, 740, "dark")],
)
def test_the_screen_is_accessible_and_its_main_buttons_stay_in_reach(
    desk, articles, assert_desk_accessible, width, height, scheme
):
    # 640 by 360 is 1280 by 720 at a zoom of 200 %.
    size = {"width": width, "height": height}
    page = desk(change(articles[0]), "Publisher", viewport=size, color_scheme=scheme)
    expect(tab(page, "Findings 1")).to_have_attribute("aria-selected", "true")

    for name in ("Sources", "Findings", "Preview", "Settings"):
        open_tab(page, name)
        assert_desk_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    for place in (0, 10_000):
        page.evaluate(f"window.scrollTo(0, {place})")
        expect(page.get_by_role("button", name="Save draft")).to_be_in_viewport(ratio=1)
        expect(page.get_by_role("button", name="Publish now")).to_be_in_viewport(ratio=1)


def test_text_and_sources_share_the_width_and_scroll_apart(desk, articles):
    page = desk(change(articles[0]), viewport={"width": 1280, "height": 720})
    text, side = page.locator(".desk__pane--text"), page.locator(".desk__pane--side")
    open_tab(page, "Sources")

    page.mouse.move(200, 500)
    page.mouse.wheel(0, 400)
    page.wait_for_function("() => window.scrollY > 0")

    share = text.bounding_box()["width"] / 1280
    assert 0.58 < share < 0.62
    box, bar = side.bounding_box(), page.locator(".desk-bar--act").bounding_box()
    assert abs(box["y"] - bar["height"]) <= 1
    assert abs(box["y"] + box["height"] - 720) <= 1
    assert side.evaluate("e => getComputedStyle(e).overflowY") == "auto"


def test_the_arrows_move_between_tabs_and_the_choice_outlives_a_save(desk, articles):
    page = desk(change(articles[1]))
    tab(page, "Findings").press("ArrowLeft")
    expect(tab(page, "Sources")).to_be_focused()
    page.keyboard.press("End")
    expect(tab(page, "Settings")).to_be_focused()
    expect(page.get_by_label("Slug")).to_be_visible()
    expect(page.locator(".desk-source").first).to_be_hidden()

    page.keyboard.press("Control+s")

    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    expect(tab(page, "Settings")).to_have_attribute("aria-selected", "true")


def test_a_field_that_is_wrong_is_shown_whatever_its_tab(desk, articles, site):
    page = desk(change(articles[1]))
    open_tab(page, "Settings")
    page.get_by_label("Slug").fill("not a slug")
    open_tab(page, "Preview")

    page.get_by_role("button", name="Save draft").click()

    expect(page.locator(".errorlist", has_text="slug")).to_be_visible()
    expect(tab(page, "Settings")).to_have_attribute("aria-selected", "true")


def test_without_script_the_parts_stand_one_under_the_other(desk, articles):
    page = desk(change(articles[2]), java_script_enabled=False)

    for part in (".desk-source__words", ".finding", "[name=slug]"):
        expect(page.locator(part).first).to_be_visible()
    expect(page.get_by_role("tablist")).to_be_hidden()
    expect(page.locator(".finding__code").first).to_have_text("figure-not-found")


def test_the_finding_of_the_carets_sentence_is_shown_under_the_body_and_fixed_there(desk, articles):
    page = desk(change(articles[2]))
    expect(tab(page, "Findings 1")).to_be_visible()
    set_caret(page, 60)
    expect(strip(page)).to_be_hidden()

    set_caret(page, 3)
    expect(strip(page)).to_contain_text("25,347")
    expect(strip(page)).to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(strip(page).get_by_role("button", name="Write 25,437")).to_be_focused()
    page.keyboard.press("Enter")

    expect(body_of(page)).to_have_value(re.compile("25,437"))
    expect(strip(page)).to_be_hidden()
    expect(body_of(page)).to_be_focused()
    expect(tab(page, "Findings")).to_have_text("Findings")


def test_the_finding_of_a_headline_is_shown_under_it_while_the_caret_is_there(desk, articles):
    page = desk(change(articles[5]))
    expect(tab(page, "Findings 1")).to_be_visible()
    headline = page.get_by_label("Headline")
    headline.fill("25,999 ships turn back")
    expect(page.locator(".finding[data-field=headline]")).to_have_count(1)

    expect(strip(page)).to_contain_text("25,999")
    box, field = strip(page).bounding_box(), headline.bounding_box()
    assert 0 <= box["y"] - (field["y"] + field["height"]) < 20
    expect(page.locator(".field", has=headline)).to_contain_text("25,999")
    page.keyboard.press("Tab")
    expect(strip(page).get_by_role("button").first).to_be_focused()

    page.get_by_label("Standfirst").focus()
    expect(strip(page)).to_be_hidden()
    set_caret(page, 3)
    expect(strip(page)).to_contain_text("25,347")
    expect(page.locator("desk-strip")).to_contain_text("25,347")
    headline.fill("Ships turn back")


def test_six_keys_lead_from_the_body_to_save_without_script(desk, articles):
    page = desk(change(articles[3]), java_script_enabled=False)
    body_of(page).focus()

    passed = []
    for _ in range(6):
        page.keyboard.press("Shift+Tab")
        passed.append(page.evaluate("document.activeElement.name"))

    assert "_save" in passed


def test_the_sheet_of_keys_opens_outside_fields_only(desk, articles, assert_desk_accessible):
    page = desk(change(articles[3]))
    sheet = page.get_by_role("dialog", name="Keys")
    set_caret(page, 0)
    page.keyboard.type("?")
    expect(body_of(page)).to_have_value(re.compile(r"^\?"))
    expect(sheet).to_be_hidden()

    tab(page, "Findings").focus()
    page.keyboard.type("?")

    expect(sheet).to_be_visible()
    assert_desk_accessible(page)
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    page.get_by_role("button", name="Keys").click()
    expect(sheet).to_be_visible()


def test_a_form_without_its_findings_asks_for_them(desk, articles):
    page = desk(change(articles[4]))
    expect(page.locator(".finding__code")).to_have_text("figure-not-found")

    # The browser has said that it has script: the second form is the quick one.
    answer = page.goto(change(articles[4]))

    assert "figure-not-found" not in answer.text()
    assert "?findings=1" in answer.text()
    expect(page.locator(".finding__code")).to_have_text("figure-not-found")
    asked = page.goto(change(articles[4]) + "?findings=1")
    assert "figure-not-found" in asked.text()


def test_a_form_says_so_when_its_text_could_not_be_checked(desk, articles):
    page = desk(change(articles[4]))
    page.route("**/desk/vet/**", lambda route: route.fulfill(status=503, body="busy"))

    page.goto(change(articles[4]))

    expect(page.locator("[data-later]")).to_contain_text("could not be checked (error 503)")
    page.unroute("**/desk/vet/**")
    set_caret(page, 0)
    page.keyboard.type("So: ")
    expect(page.locator(".finding__code")).to_have_text("figure-not-found")


def test_the_panel_sends_only_the_findings_that_changed(desk, articles):
    page = desk(change(articles[5]))
    expect(page.locator(".finding__code")).to_have_text("figure-not-found")
    set_caret(page, 80)

    with page.expect_response("**/desk/vet/**") as answered:
        page.keyboard.type("s")
    sent = answered.value.text()

    assert "data-same" in sent
    assert "figure-not-found" not in sent
    expect(page.locator(".finding__code")).to_have_text("figure-not-found")
    page.locator(".finding").get_by_role("button", name="Go to sentence 1").click()
    assert (
        body_of(page).evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)") == "25,347"
    )
