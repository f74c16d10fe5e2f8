"""What is pasted into the body in a real browser."""

import io
import re
from base64 import b64encode

import pytest
from PIL import Image
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

EDITION = """
from tests.articles.factories import make_article
print(make_article(headline="Ships turn back", body="", slug="ships-turn-back").pk)
"""
HTML = "<p>The harbour is <b>closed</b>.</p><ul><li>Meray</li><li>Tolan</li></ul>"
PLAIN = "The harbour is closed.\n\n\u2022\tMeray\n\u2022\tTolan"
MARKDOWN = "The harbour is **closed**.\n\n- Meray\n- Tolan"
# As a program puts it there: with the words, and in Word a picture of them too.
PASTE = """([html, text, types]) => {
  const data = new DataTransfer();
  if (html) data.setData("text/html", html);
  if (text) data.setData("text/plain", text);
  if (types === "picture") data.items.add(new File(["x"], "image.png", { type: "image/png" }));
  const field = document.getElementById("id_body");
  field.focus();
  const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
  return field.dispatchEvent(event);
}"""


@pytest.fixture(scope="module")
def edition(site):
    return {"article": site.run(EDITION).strip()}


@pytest.fixture
def page(desk):
    return desk("/desk/articles/article/{article}/change/")


def body_of(page):
    return page.get_by_role("textbox", name="Body")


def paste(page, html="", text="", types=""):
    """Paste, and return whether it was left to the browser."""
    return page.evaluate(PASTE, [html, text, types])


def note(page):
    return page.locator("desk-paste")


def test_formatted_text_becomes_markdown_and_undo_gives_the_plain_text_back(page):
    paste(page, HTML, PLAIN)

    expect(body_of(page)).to_have_value(MARKDOWN)
    page.keyboard.press("Control+z")
    expect(body_of(page)).to_have_value(PLAIN)
    page.keyboard.press("Control+z")
    expect(body_of(page)).to_have_value("")
    page.keyboard.press("Control+y")
    page.keyboard.press("Control+y")
    expect(body_of(page)).to_have_value(MARKDOWN)


def test_lines_of_plain_text_become_paragraphs_and_one_line_is_left_to_the_browser(page):
    is_left = paste(page, text="One line.")

    paste(page, text="The first paragraph.\nThe second one.")

    assert is_left
    expect(body_of(page)).to_have_value("The first paragraph.\n\nThe second one.")


def test_a_picture_inside_the_html_is_uploaded_and_takes_nothing_away(page):
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "navy").save(out, format="PNG")
    data = f"data:image/png;base64,{b64encode(out.getvalue()).decode()}"
    body_of(page).fill("Before.")

    paste(page, html=f'<img src="{data}" alt="A boat">')

    expect(body_of(page)).to_have_value(re.compile(r"^Before\.\s*!\[A boat\]\(image:\d+\)$"))
    expect(note(page)).to_have_text("1 picture was uploaded.")


def test_words_of_word_are_pasted_not_the_picture_of_them(page):
    paste(page, HTML, PLAIN, "picture")

    expect(body_of(page)).to_have_value(MARKDOWN)


def test_a_pasted_picture_is_uploaded_and_marked(page):
    png = (
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP8z8DAwMDAxMDAwMDAAAAN"
        "HQEDasKb6QAAAABJRU5ErkJggg=="
    )

    page.evaluate(
        """(png) => {
          const bytes = Uint8Array.from(atob(png), (letter) => letter.charCodeAt(0));
          const data = new DataTransfer();
          data.setData("text/html", "<img src='https://harbour.example/boat.png'>");
          data.items.add(new File([bytes], "boat.png", { type: "image/png" }));
          const field = document.getElementById("id_body");
          field.focus();
          field.dispatchEvent(
            new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
        }""",
        png,
    )

    expect(body_of(page)).to_have_value(re.compile(r"^\s*!\[\]\(image:\d+\)\s*$"))


def test_a_picture_that_comes_late_takes_neither_selected_words_nor_the_focus(page):
    out = io.BytesIO()
    Image.new("RGB", (30, 20), "teal").save(out, format="PNG")
    file = {"name": "boat.png", "mimeType": "image/png", "buffer": out.getvalue()}
    headline, held = page.get_by_label("Headline", exact=True), []
    body_of(page).fill("Before.")
    page.route("**/desk/upload/**", lambda route: held.append(route))

    with page.expect_request("**/desk/upload/**"):
        page.locator("desk-editor input[type=file]").set_input_files(file)
    body_of(page).select_text()
    headline.focus()
    held[0].continue_()

    expect(body_of(page)).to_have_value(re.compile(r"^Before\.\s*!\[\]\(image:\d+\)\s*$"))
    expect(headline).to_be_focused()


def test_blocks_pasted_into_a_line_stand_apart_and_typing_goes_on_behind_them(page):
    body_of(page).fill("Before. After.")
    page.evaluate("document.getElementById('id_body').setSelectionRange(8, 8)")

    paste(page, "<h2>Subhead</h2><p>New.</p>", "Subhead\nNew.")

    expect(body_of(page)).to_have_value("Before. \n\n## Subhead\n\nNew.After.")
    page.keyboard.type(" Typed. ")
    expect(body_of(page)).to_have_value("Before. \n\n## Subhead\n\nNew. Typed. After.")


def test_a_word_pasted_into_a_sentence_stays_in_it(page):
    body_of(page).fill("The  harbour")
    page.evaluate("document.getElementById('id_body').setSelectionRange(4, 4)")

    paste(page, "<meta charset='utf-8'><i>old</i>", "old")

    expect(body_of(page)).to_have_value("The *old* harbour")


def test_plain_text_stays_when_the_network_is_lost(page):
    page.context.set_offline(True)

    paste(page, HTML, PLAIN)

    expect(note(page)).to_contain_text("put in as plain text")
    expect(body_of(page)).to_have_value(PLAIN)


def test_plain_text_stays_when_the_session_has_ended(page):
    page.context.clear_cookies(name="sessionid")

    paste(page, HTML, PLAIN)

    expect(note(page)).to_contain_text("put in as plain text")
    expect(body_of(page)).to_have_value(PLAIN)


def test_a_paste_of_more_than_5_mb_goes_in_as_plain_text_and_says_so(page):
    paste(page, "<p>" + "<!-- -->" * 700_000 + "Words</p>", PLAIN)

    expect(note(page)).to_contain_text("More than 5 MB was pasted")
    expect(body_of(page)).to_have_value(PLAIN)


def test_text_that_is_typed_while_the_server_reads_stays(page):
    page.route("**/desk/paste/", lambda route: (page.keyboard.type(" Typed."), route.continue_()))

    paste(page, HTML, PLAIN)

    expect(body_of(page)).to_have_value(f"{MARKDOWN} Typed.")


def test_pictures_that_are_left_out_are_named(page, assert_desk_accessible):
    paste(
        page,
        "<p>Words</p><img src='https://harbour.example/boat.jpg' alt='A boat at sea'>",
        "Words\n",
    )

    expect(note(page)).to_have_text("Not taken over: 1 picture.")
    assert_desk_accessible(page)


def copy(page):
    """Put formatted text on the clipboard of the browser itself."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate(
        """([html, text]) => navigator.clipboard.write([new ClipboardItem({
          "text/html": new Blob([html], { type: "text/html" }),
          "text/plain": new Blob([text], { type: "text/plain" }),
        })])""",
        [HTML, PLAIN],
    )
    body_of(page).focus()


def test_control_v_pastes_what_the_browser_has_on_its_clipboard(page):
    copy(page)

    page.keyboard.press("Control+v")

    expect(body_of(page)).to_have_value(MARKDOWN)


def test_control_shift_v_is_the_browsers_own(page):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    copy(page)

    page.keyboard.press("Control+Shift+v")

    expect(body_of(page)).to_have_value(PLAIN)
    assert not any(url.endswith("/desk/paste/") for url in asked)
