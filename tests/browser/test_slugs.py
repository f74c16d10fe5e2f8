"""The browser makes the same slug as the server, for every letter."""

import unicodedata

import pytest
from playwright.sync_api import expect

from tests.browser.writing_screen import open_tab
from web.slugs import make_slug

pytestmark = pytest.mark.browser

HEADLINES = (
    "Straße in Łódź, Ærø and Đakovo", "İzmir ISPARTA kıyı", "ΟΔΟΣ και ΣΑΣ", "Київ: щит і їжак",
    "2010–2020: US/EU don’t agree", " --Ships__turn—back-- ", "ﬁve ½ ǅ K Å", "é é Ё Ё",
    "x" * 99 + " y", "船が戻る", "a\u00a0b\u2028c\u3000d",
)  # fmt: skip


def letters():
    """Return every assigned character of the first plane, and some beyond it, within a word."""
    every = map(chr, [*range(0x20, 0xD800), *range(0xE000, 0x10000), *range(0x1D400, 0x1D4A0)])
    return [f"a{letter}b" for letter in every if unicodedata.category(letter) not in ("Cn", "Co")]


def test_the_browser_makes_the_slug_that_the_server_makes(desk):
    page = desk("/desk/articles/article/add/")
    texts = [*HEADLINES, *letters()]

    made = page.evaluate("(texts) => texts.map((text) => URLify(text, 120))", texts)

    wanted = [make_slug(text, longest=100) for text in texts]
    assert [(t, m, w) for t, m, w in zip(texts, made, wanted, strict=True) if m != w] == []


def test_a_typed_headline_fills_the_slug(desk):
    page = desk("/desk/articles/article/add/")

    page.get_by_label("Headline").press_sequentially("Łódź: Straße")

    expect(page.get_by_label("Slug")).to_have_value("lodz-strasse")


def test_the_slug_of_a_section_is_made_in_the_same_way(desk):
    page = desk("/desk/articles/section/add/")

    page.get_by_label("Name").press_sequentially("Việt Nam: đảo")

    expect(page.get_by_label("Slug")).to_have_value("viet-nam-dao")


def test_a_language_is_found_by_typing_its_first_letters(desk, assert_desk_accessible):
    page = desk("/desk/articles/article/add/")
    open_tab(page, "Settings")
    page.get_by_label("Language", exact=True).focus()

    page.keyboard.type("ukr")

    expect(page.get_by_label("Language", exact=True)).to_have_value("uk")
    assert_desk_accessible(page)
