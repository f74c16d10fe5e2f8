"""The desk in a real browser: strict CSP, keyboard, any width, light and dark, no script."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.writing_screen import open_tab

pytestmark = pytest.mark.browser

EDITION = """
import io
from PIL import Image
from wires.retention import keep_screenshot
from tests.articles.factories import make_source, make_article, make_live_article
from tests.clock import later
from tests.newsroom.factories import make_user
from tests.wires.factories import make_outlet, make_channel, make_post
from tests.markets.factories import *
agency = make_channel(outlet=make_outlet("Harbour Wire"), platform="x", code="HARBOUR",
                      account="harbourwire")
radio = make_channel(outlet=make_outlet("Radio Nahr", language="ar"), platform="telegram",
                     code="NAHR", account="radionahr", health="failing",
                     last_error="the server answered 503")
for n in range(12):
    make_post(channel=agency, at=later(minutes=n), title=f"Post {n} of the harbour",
              text=f"Post {n}: all vessels hold west of Meray Light.",
              url=f"https://x.com/harbourwire/status/{1937720000000000000 + n}")
arabic = make_post(channel=radio, at=later(minutes=30), text="السفن تنتظر غرب المنارة 🚢",
                   url="https://t.me/radionahr/9")
make_post(channel=radio, hidden_at=later(), hidden_reason="Wrong.", url="https://t.me/radionahr/8")
article = make_article(headline="Ships turn back", body="🚢 The harbour is closed [@r1]. It is [@zz].",
                       slug="ships-turn-back")
make_source(article, key="n1", post=arabic)
make_live_article(headline="Already public", slug="already-public")
bare = make_article(headline="No sources yet", body="The harbour is closed.", sources=False)
make_channel(code="REFUSED", health="broken", error_kind="http_403", failing_since=later(days=-2))
make_channel(code="PAGE", health="failing", error_kind="not_a_feed", failing_since=later(days=-2),
             offered_feeds=["https://harbour.example/" + "a-long-way-down/" * 12 + "feed.xml"])
silent = make_channel(code="SILENT", last_post_at=later(days=-3), last_polled_at=later(),
                      silent_at=later(days=-1), rhythm_at=later(days=-3),
                      usual_gap=later(hours=2) - later())
gold = make_instrument("Gold", provider=make_provider(health="failing", last_error="It is down.",
                                                      last_error_at=later()))
make_quote(gold, origin="by_hand", corrected_by=make_user(), reason="The feed is a day behind.",
           current_until=later(hours=1))
make_held(make_instrument("China 50 · FXI"), reason="its price is zero")
make_instrument("Lead", is_shown=False)
waiting = make_post(channel=agency, at=later(minutes=40), captured_by=make_user(name="ada"),
                    text="All vessels hold west of Meray Light until noon.",
                    url="https://x.com/harbourwire/status/1937720000000000100")
picture = io.BytesIO()
Image.new("RGB", (1200, 500), "steelblue").save(picture, format="PNG")
keep_screenshot(waiting.newest_version, picture.getvalue(), sha256="0" * 64, at=later(minutes=41))
print(article.pk, arabic.pk, bare.pk, gold.pk, waiting.pk, silent.pk)
"""
SHAPES = [(1440, "light"), (768, "dark"), (360, "light")]


@pytest.fixture(scope="module")
def edition(site):
    names = ("article", "post", "bare", "gold", "waiting", "silent")
    return dict(zip(names, site.run(EDITION).split(), strict=True))


@pytest.fixture(scope="module")
def desk_group():
    return "Publisher"


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
def test_every_desk_page_is_accessible_and_fits(
    desk, edition, assert_desk_accessible, width, scheme
):
    page = desk("/desk/", viewport={"width": width, "height": 900}, color_scheme=scheme)
    for path in (
        "/desk/", "/desk/wires/post/", "/desk/wires/post/{post}/change/", "/desk/wires/post/paste/",
        "/desk/wires/post/{waiting}/change/", "/desk/wires/post/{waiting}/versions/1/confirm/",
        "/desk/wires/channel/", "/desk/wires/channel/?attention=yes",
        "/desk/wires/channel/{silent}/change/", "/desk/wires/outlet/", "/desk/articles/article/",
        "/desk/articles/article/add/?post={post}", "/desk/articles/article/{article}/change/",
        "/desk/articles/article/{article}/history/", "/desk/articles/article/{article}/sources/",
        "/desk/articles/image/",
        "/desk/articles/image/add/", "/desk/articles/act/", "/desk/markets/instrument/",
        "/desk/markets/instrument/{gold}/change/", "/desk/markets/instrument/{gold}/correct/",
        "/desk/markets/provider/",
    ):  # fmt: skip
        assert page.goto(path.format(**edition)).ok, path
        page.wait_for_load_state("networkidle")
        assert_desk_accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} px wide"


def test_the_login_page_is_accessible(visitor, assert_desk_accessible):
    for scheme in ("light", "dark"):
        page = visitor(color_scheme=scheme, viewport={"width": 360, "height": 800})
        page.goto("/desk/login/")
        assert_desk_accessible(page)


def test_findings_update_while_typing_and_nothing_is_saved(desk, site):
    page = desk("/desk/articles/article/{article}/change/")
    expect(page.locator(".finding__code", has_text="citation-unknown")).to_be_visible()

    body = page.get_by_role("textbox", name="Body")
    body.fill("The harbour is closed [@r1]. Ships wait [@n1].")

    expect(page.locator(".coverage__sum")).to_have_text("2 of 2 claims cited")
    expect(page.locator(".finding__code", has_text="citation-unknown")).to_have_count(0)
    stored = site.run(
        "from articles.models import Article; print(Article.objects.get(slug='ships-turn-back').body)"
    )
    assert "[@zz]" in stored


def test_go_to_selects_the_right_words_after_an_emoji(desk):
    page = desk("/desk/articles/article/{article}/change/")

    page.locator(".finding").get_by_role("button", name="Go to sentence 2").click()

    body = page.get_by_role("textbox", name="Body")
    expect(body).to_be_focused()
    selected = body.evaluate("e => e.value.slice(e.selectionStart, e.selectionEnd)")
    assert "@zz" in selected
    assert selected in "[@zz]" or selected == "It is [@zz]."


def test_a_missing_source_finding_links_to_the_add_button(desk):
    page = desk("/desk/articles/article/{bare}/change/")
    faults = []
    page.on("pageerror", lambda error: faults.append(error))
    finding = page.locator(".finding", has_text="source-missing")

    finding.get_by_role("button", name="Go to the text").click()

    expect(page.get_by_role("button", name="Add another wire source")).to_be_focused()
    page.reload()
    expect(finding.get_by_role("button", name="Go to the text")).to_be_visible()
    assert faults == []


def test_marks_and_voices_are_inserted_at_the_caret_and_can_be_undone(desk):
    page = desk("/desk/articles/article/{article}/change/")
    body = page.get_by_role("textbox", name="Body")
    body.fill("One. Two.")
    body.evaluate("e => e.setSelectionRange(3, 3)")

    open_tab(page, "Sources")
    page.get_by_role("button", name="Insert mark").nth(1).click()
    expect(body).to_have_value("One[@n1]. Two.")
    body.evaluate("e => { const at = e.value.indexOf('Two'); e.setSelectionRange(at, at + 4) }")
    page.get_by_role("button", name="Own", exact=True).click()
    expect(body).to_have_value("One[@n1]. [Two.]{.own}")
    page.keyboard.press("Control+z")
    expect(body).to_have_value("One[@n1]. Two.")


def test_the_preview_numbers_the_marks_as_the_public_page_does(desk):
    page = desk("/desk/articles/article/{article}/change/")

    page.get_by_role("textbox", name="Body").fill("Ships wait [@n1]. It is closed [@r1].")

    preview = page.get_by_label("Preview of the body")
    expect(preview.locator("a[role=doc-noteref]")).to_have_text(["1", "2"])
    assert preview.locator("a[role=doc-noteref]").first.get_attribute("href") == "#source-n1"


def test_the_keyboard_can_leave_the_body_field(desk):
    page = desk("/desk/articles/article/{article}/change/")
    body = page.get_by_role("textbox", name="Body")
    before = body.input_value()
    body.focus()

    page.keyboard.press("Tab")

    expect(page.get_by_label("Framing note")).to_be_focused()
    expect(body).to_have_value(before)
    page.keyboard.press("Shift+Tab")
    expect(body).to_be_focused()


def test_a_post_found_by_search_fills_in_its_key_and_text(desk):
    page = desk("/desk/articles/article/{article}/change/")

    open_tab(page, "Sources")
    page.get_by_role("button", name="Add another wire source").click()
    row = page.locator("#wire_sources-2")
    row.locator(".select2-selection").click()
    page.keyboard.type("harb Post 7")
    page.locator(".select2-results__option", has_text="Post 7 of the harbour").click()

    expect(row.get_by_label("Key")).to_have_value("h1")
    expect(row.locator(".desk-source__text")).to_have_text(
        "Post 7: all vessels hold west of Meray Light."
    )
    row.get_by_role("button", name="Insert mark").click()
    expect(page.get_by_role("textbox", name="Body")).to_have_value(re.compile(re.escape("[@h1]")))
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator("[name=wire_sources-2-key]")).to_have_value("h1")


def test_the_slug_follows_the_headline_of_a_new_article(desk):
    page = desk("/desk/articles/article/add/")
    expect(page.get_by_label("Headline")).to_be_focused()

    page.keyboard.type("Calvera turns ships back")
    page.keyboard.press("Tab")

    expect(page.get_by_label("Slug")).to_have_value("calvera-turns-ships-back")


def test_a_picture_is_inserted_into_the_body_and_a_bad_file_is_reported(desk):
    page = desk("/desk/articles/article/{article}/change/")
    chooser = page.locator("input[type=file]")
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "navy").save(out, format="PNG")

    chooser.set_input_files({"name": "x.svg", "mimeType": "image/svg+xml", "buffer": b"<svg/>"})
    expect(page.locator("span.field__note")).to_contain_text(
        "This is not an image that can be read"
    )
    chooser.set_input_files({"name": "x.png", "mimeType": "image/png", "buffer": out.getvalue()})

    expect(page.get_by_role("textbox", name="Body")).to_have_value(
        re.compile(r"!\[\]\(image:\d+\)")
    )
    open_tab(page, "Preview")
    shown = page.get_by_label("Preview of the body").locator("img")
    expect(shown).to_be_visible()
    assert shown.evaluate("e => e.naturalWidth") == 30


def test_the_preview_opens_the_public_page_of_unsaved_text(desk):
    page = desk("/desk/articles/article/{article}/change/")
    page.get_by_label("Headline").fill("Not saved anywhere")

    with page.context.expect_page() as opened:
        page.get_by_role("button", name="Preview").click()

    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Not saved anywhere")


def test_a_ticked_post_is_hidden_with_a_reason(desk):
    page = desk("/desk/wires/post/?q=Post+3")

    page.get_by_role("checkbox", name="Select HARBOUR").click()
    page.get_by_role("button", name="Hide…").click()
    page.get_by_label("Reason").fill("A private name.")
    page.get_by_role("button", name="Hide").click()

    expect(page.locator(".messagelist")).to_contain_text("1 post hidden.")


def test_the_desk_works_without_script(desk):
    page = desk("/desk/articles/article/{article}/change/", java_script_enabled=False)
    expect(page.locator(".finding__code", has_text="citation-unknown")).to_be_visible()
    page.get_by_label("Headline").fill("Saved without script")

    page.get_by_role("button", name="Save draft").click()

    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    expect(page.get_by_label("Headline")).to_have_value("Saved without script")
