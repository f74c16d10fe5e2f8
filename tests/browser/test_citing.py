"""Citing in a real browser: marks offered, words quoted, posts found on the wire, all by keys too."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.writing_screen import body_of, change, open_tab, set_caret, text_around_caret

pytestmark = pytest.mark.browser

EDITION = """
from tests.articles.factories import make_article, make_section, make_source
from tests.clock import later
from tests.wires.factories import make_outlet, make_channel, make_post
section = make_section("World")
harbour = make_channel(outlet=make_outlet("Harbour Wire"), platform="telegram", code="HARBOUR",
                       account="harbourwire")
nahr = make_channel(outlet=make_outlet("Radio Nahr"), code="NAHR")
posts = [
    make_post(channel=harbour, title="Ships hold", url="https://t.me/harbourwire/7", at=later(hours=1),
              text="The master orders all ships to hold.\\n\\nHe said: “No ship will pass without my leave”.\\n\\nIn <!-- [full](https://x.example/) *now* _[so]{.own} &amp; C:\\\\*."),
    make_post(channel=nahr, text="Pilots have not boarded a grain ship since dawn.", at=later(hours=2)),
    make_post(channel=nahr, text="The lighthouse keeper has gone home.", at=later(hours=3)),
]
made = []
for n in range(20):
    article = make_article(headline="Ships turn back", slug=f"ships-{n}", sources=False, section=section,
        standfirst="", body="One.\\n\\nTwo.", framing_note="We lead with the order.")
    for key, post in zip(("h1", "n1"), posts):
        make_source(article, key=key, post=post)
    made.append(article.pk)
print(*made)
"""
SELECT = """([row, words]) => {
  const text = document.querySelector(`#wire_sources-${row} .desk-source__text`).firstChild;
  const start = text.data.indexOf(words);
  const range = document.createRange();
  range.setStart(text, start);
  range.setEnd(text, start + words.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.fixture(scope="module")
def articles(site):
    return iter(site.run(EDITION).split())


@pytest.fixture
def page(desk, articles):
    page = desk(change(next(articles)))
    expect(page.locator(".coverage__sum")).to_be_visible()
    return page


def offered(page):
    return page.get_by_role("listbox", name="Sources")


def option(page, words):
    return offered(page).get_by_role("option", name=words)


# Marks


def test_a_key_that_is_changed_in_its_middle_is_replaced_whole(page):
    body_of(page).fill("One [@h1].")
    set_caret(page, 6)
    page.keyboard.type("n")
    expect(option(page, "n1 Radio Nahr")).to_be_visible()

    page.keyboard.press("Enter")

    assert text_around_caret(page) == ["One [@n1", "", "]."]


def test_a_mark_is_completed_by_outlet_and_words_and_undone(page, assert_desk_accessible):
    set_caret(page, 3)
    page.keyboard.type(" [@")
    expect(offered(page).get_by_role("option")).to_have_count(2)
    assert_desk_accessible(page)
    expect(body_of(page)).to_have_attribute("aria-autocomplete", "list")
    expect(body_of(page)).to_have_attribute("aria-controls", offered(page).get_attribute("id"))

    page.keyboard.type("radio pilots")
    expect(offered(page).get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")

    assert text_around_caret(page) == ["One [@n1]", "", ".\n\nTwo."]
    expect(offered(page)).to_be_hidden()
    expect(body_of(page)).to_be_focused()
    assert body_of(page).get_attribute("aria-activedescendant") is None
    page.keyboard.press("Control+z")
    # The browser may take back what was typed for it at once.
    assert text_around_caret(page)[0] in ("One [@radio pilots", "One [@")


def test_arrows_choose_escape_leaves_and_the_mouse_works_too(page):
    set_caret(page, 3)
    page.keyboard.type(" [@")
    expect(option(page, "h1 Harbour Wire")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(option(page, "n1 Radio Nahr")).to_have_attribute("aria-selected", "true")
    chosen = body_of(page).get_attribute("aria-activedescendant")
    assert option(page, "n1 Radio Nahr").get_attribute("id") == chosen

    page.keyboard.press("Escape")
    expect(offered(page)).to_be_hidden()
    page.keyboard.press("Enter")
    assert text_around_caret(page)[0] == "One [@\n"

    page.keyboard.press("Backspace")
    expect(offered(page)).to_be_visible()
    option(page, "n1 Radio Nahr").click()
    assert text_around_caret(page) == ["One [@n1]", "", ".\n\nTwo."]


def test_a_second_key_is_offered_within_a_mark_and_no_bracket_doubled(page):
    body_of(page).fill("One [@h1; @].")
    set_caret(page, 11)
    page.keyboard.type("n")
    expect(option(page, "n1 Radio Nahr")).to_be_visible()

    page.keyboard.press("Tab")

    assert text_around_caret(page) == ["One [@h1; @n1", "", "]."]


def test_a_source_that_is_to_be_removed_is_not_offered(page):
    open_tab(page, "Sources")
    page.locator("#wire_sources-0").get_by_role("checkbox", name="Remove").check()

    set_caret(page, 3)
    page.keyboard.type(" [@")

    expect(offered(page).get_by_role("option")).to_have_count(1)
    expect(option(page, "n1 Radio Nahr")).to_be_visible()


def test_an_address_with_an_at_sign_is_left_alone(page):
    set_caret(page, 3)
    page.keyboard.type(" desk@harbour.example [see")
    expect(offered(page)).to_be_hidden()


# Quotations


def test_selected_words_become_a_quotation_with_its_mark(page):
    set_caret(page, 3)
    open_tab(page, "Sources")
    expect(page.locator("#wire_sources-0 .desk-source__title")).to_have_text("Ships hold")
    # Part of a word is taken for all of it.
    page.evaluate(SELECT, [0, "o ship will pass without my lea"])

    page.locator("#wire_sources-0").get_by_role("button", name="Quote selection").click()

    expect(body_of(page)).to_have_value("One “No ship will pass without my leave” [@h1].\n\nTwo.")
    expect(page.locator(".finding__code", has_text="quote-not-found")).to_have_count(0)
    expect(page.get_by_role("button", name="Quote selection").first).to_be_disabled()
    page.keyboard.press("Control+z")
    expect(body_of(page)).to_have_value("One.\n\nTwo.")


def test_words_are_chosen_and_quoted_by_keyboard_alone(page, assert_desk_accessible):
    set_caret(page, 3)
    open_tab(page, "Sources")
    words = page.locator("#wire_sources-0 [data-words]")
    words.focus()
    expect(words).to_have_accessible_description(re.compile("Shift and the arrows more, Enter"))

    chosen = page.locator("[data-chosen-words]")
    for word in ("Ships", "hold", "The", "master", "orders"):
        page.keyboard.press("ArrowRight")
        expect(chosen).to_have_text(word)
    page.keyboard.press("ArrowLeft")
    expect(chosen).to_have_text("master")
    for _ in range(2):
        page.keyboard.press("Shift+ArrowRight")
    expect(chosen).to_have_text("master orders all")
    expect(chosen).to_have_role("status")
    assert_desk_accessible(page)
    page.keyboard.press("Enter")

    expect(body_of(page)).to_have_value("One “master orders all” [@h1].\n\nTwo.")
    expect(body_of(page)).to_be_focused()


def test_arrows_do_not_lead_out_of_the_words_of_a_post(page):
    open_tab(page, "Sources")
    words = page.locator("#wire_sources-1 [data-words]")
    words.focus()

    page.keyboard.press("ArrowLeft")
    for _ in range(30):
        page.keyboard.press("Shift+ArrowRight")

    expect(words).to_be_focused()
    expect(page.locator("[data-chosen-words]")).to_have_text(re.compile("^Pilots .* since dawn"))
    assert page.evaluate("getSelection().toString()").strip().endswith("dawn.")


def test_quotation_marks_follow_the_language_and_nest(page):
    open_tab(page, "Settings")
    page.get_by_label("Language", exact=True).select_option("de")
    open_tab(page, "Sources")
    set_caret(page, 4)
    page.evaluate(SELECT, [0, "He said: “No ship will pass without my leave”."])

    page.locator("#wire_sources-0").get_by_role("button", name="Quote selection").click()

    expect(body_of(page)).to_have_value(
        re.compile("^One. „He said: ‚No ship will pass without my leave‘.“ \\[@h1\\]")
    )


# The toolbar


def test_buttons_and_keys_format_what_is_selected_and_take_it_back(page):
    body_of(page).fill("One two.\n\nThree.\nFour.")
    set_caret(page, 5)
    for key, made in (("b", "One **two**."), ("b", "One two."), ("i", "One *two*.")):
        page.keyboard.press(f"Control+{key}")
        expect(body_of(page)).to_have_value(f"{made}\n\nThree.\nFour.")
    page.keyboard.press("Control+k")
    expect(body_of(page)).to_have_value("One *[two](https://)*.\n\nThree.\nFour.")
    assert text_around_caret(page)[1] == "https://"
    for _ in range(4):
        page.keyboard.press("Control+z")
    expect(body_of(page)).to_have_value("One two.\n\nThree.\nFour.")

    set_caret(page, 12, 20)
    for name, sign in (("List", "- "), ("Quote", "> "), ("Subhead", "## ")):
        button = page.get_by_role("button", name=name, exact=True)
        button.click()
        expect(body_of(page)).to_have_value(f"One two.\n\n{sign}Three.\n{sign}Four.")
        button.click()
        expect(body_of(page)).to_have_value("One two.\n\nThree.\nFour.")


def test_the_toolbar_is_one_stop_and_markdownx_has_none_of_its_keys(page):
    set_caret(page, 3)
    page.keyboard.press("Control+d")
    page.keyboard.press("Control+]")
    expect(body_of(page)).to_have_value("One.\n\nTwo.")

    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Bold")).to_be_focused()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Italic")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_label("Standfirst")).to_be_focused()


# From the wire


def test_posts_are_found_and_linked_without_leaving_the_text(
    desk, articles, assert_desk_accessible
):
    pk = next(articles)
    page = desk(change(pk))
    set_caret(page, 3)
    page.keyboard.type(" Unsaved")
    open_tab(page, "Sources")
    page.get_by_text("Add from the wire").click()
    # The browser tells a script of an opened block later: what is typed before that goes elsewhere.
    expect(page.get_by_label("Search the wire")).to_be_focused()
    page.keyboard.type("lighthouse")
    found = page.locator("[data-results] li")
    expect(found).to_have_count(1)
    expect(found).to_contain_text("The lighthouse keeper has gone home.")
    # Enter searches; it does not save.
    page.keyboard.press("Enter")
    assert_desk_accessible(page)

    found.get_by_role("checkbox").check()
    page.get_by_role("button", name="Add post").click()

    row = page.locator("#wire_sources-2")
    expect(row.get_by_label("Key")).to_have_value("n2")
    expect(row.locator(".desk-source__text")).to_have_text("The lighthouse keeper has gone home.")
    expect(found.get_by_role("checkbox")).to_be_disabled()
    expect(body_of(page)).to_have_value("One Unsaved.\n\nTwo.")
    page.keyboard.press("Control+s")
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    expect(page.locator("#wire_sources-2 .desk-source__text")).to_have_text(
        "The lighthouse keeper has gone home."
    )


def test_without_script_a_page_finds_posts_and_the_form_takes_them(
    desk, articles, assert_desk_accessible
):
    pk = next(articles)
    scripted = desk(f"/desk/articles/article/{pk}/sources/?q=lighthouse")
    assert_desk_accessible(scripted)
    page = desk(change(pk), java_script_enabled=False)
    page.get_by_role("link", name="Add from the wire").click()
    page.get_by_label("Search the wire").fill("lighthouse")
    page.get_by_role("button", name="Search the wire").click()
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Add to the form").click()
    expect(page.locator("#wire_sources-2 .desk-source__text")).to_have_text(
        "The lighthouse keeper has gone home."
    )

    page.get_by_role("button", name="Save draft").click()

    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    expect(page.locator("[name=wire_sources-2-key]")).to_have_value("n2")


def test_signs_of_markdown_in_quoted_words_stay_the_words_of_the_post(page):
    words = "In <!-- [full](https://x.example/) *now* _[so]{.own} &amp; C:\\*."
    body_of(page).fill("One.")
    set_caret(page, 4)
    open_tab(page, "Sources")
    page.evaluate(SELECT, [0, words])
    page.locator("#wire_sources-0").get_by_role("button", name="Quote selection").click()
    page.keyboard.type(" Two.")
    open_tab(page, "Preview")

    shown = page.locator(".markdownx-preview")
    expect(shown).to_contain_text("Two.")
    expect(shown).to_contain_text(words)
    expect(shown.locator("a[href*='x.example'], em")).to_have_count(0)
