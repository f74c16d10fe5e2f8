"""Pictures at the desk, in a real browser: the dialogue of the library, the focal point."""

import io
import re

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.writing_screen import open_tab

pytestmark = pytest.mark.browser

EDITION = """
from articles.pictures import render_image
from tests.articles.factories import make_article
from tests.articles.pictures.drawing import drawn, make_image
ship = make_image(size=(640, 320), body=drawn((640, 320), quality=95), alt="Ships at anchor")
make_image(alt="A bank", credit="Ada")
render_image(ship)
print(make_article(headline="Ships turn back", image=None).pk, ship.pk)
"""
ADD = "/desk/articles/article/add/"


@pytest.fixture(scope="module")
def edition(site):
    return dict(zip(("article", "ship"), site.run(EDITION).split(), strict=True))


@pytest.fixture(scope="module")
def desk_group():
    return "Writer"


def file(name, *, body=None, colour="navy"):
    out = io.BytesIO()
    Image.new("RGB", (300, 200), colour).save(out, format="PNG")
    return {"name": name, "mimeType": "image/png", "buffer": body or out.getvalue()}


def opened(page):
    open_tab(page, "Settings")
    page.get_by_role("button", name="Choose image…").click()
    dialog = page.get_by_role("dialog", name="Images")
    expect(dialog.get_by_role("listitem").first).to_be_visible()
    return dialog


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_the_library_over_an_article_is_accessible_and_fits(
    desk, assert_desk_accessible, width, scheme
):
    page = desk(ADD, viewport={"width": width, "height": 800}, color_scheme=scheme)
    dialog = opened(page)
    assert_desk_accessible(page)

    dialog.get_by_role("button", name="Edit details of Ships at anchor").click()
    expect(dialog.get_by_label("Credit")).to_be_visible()

    assert_desk_accessible(page)
    assert dialog.evaluate("e => e.scrollWidth <= e.clientWidth")


def test_an_article_is_illustrated_by_keyboard_alone(desk, edition):
    page = desk("/desk/articles/article/{article}/change/")
    open_tab(page, "Settings")
    button = page.get_by_role("button", name="Choose image…")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Search images")).to_be_focused()
    page.keyboard.type("ships")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 image on this page.")).to_be_visible()
    expect(page.get_by_label("Search images")).to_be_focused()
    # Search, upload, and the first picture.
    for _ in range(3):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_role("dialog")).not_to_be_visible()
    expect(button).to_be_focused()
    field = page.locator("picture-field")
    expect(field).to_contain_text("Ships at anchor")
    assert "-320-" in field.locator("img").get_attribute("src")
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    expect(page.locator("#id_image")).to_have_value(edition["ship"])

    page.get_by_role("button", name="Remove image").click()
    expect(field).to_contain_text("No image")
    expect(page.locator("#id_image")).to_have_value("")


def test_escape_leaves_the_dialogue_and_what_was_chosen(desk):
    page = desk(ADD)
    opened(page)

    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).not_to_be_visible()
    expect(page.get_by_role("button", name="Choose image…")).to_be_focused()
    expect(page.locator("#id_image")).to_have_value("")


def test_several_files_are_uploaded_and_those_that_cannot_be_are_named(desk):
    page = desk(ADD)
    dialog = opened(page)

    dialog.locator("input[type=file]").set_input_files(
        [
            file("one.png"),
            file("notes.txt", body=b"hello"),
            file("short.png", body=file("x")["buffer"][:60]),
            file("two.png", colour="teal"),
        ]
    )

    lines = dialog.locator("[data-uploads] li")
    expect(lines).to_have_text(
        [
            re.compile("one.png: uploaded"),
            re.compile("notes.txt: This is not an image that can be read"),
            re.compile("short.png: This image file is damaged or was cut short"),
            re.compile("two.png: uploaded"),
        ]
    )
    forms = dialog.locator("form[data-words]")
    expect(forms).to_have_count(2)
    two = dialog.locator("li:has(form[data-words])").first
    two.get_by_label("Alternative text").fill("A teal square")
    two.get_by_label("Credit").fill("Ada")
    two.get_by_label("Rights").fill("Ours")
    two.get_by_role("button", name="Use image").click()

    expect(page.locator("picture-field")).to_contain_text("A teal square")
    assert page.locator("#id_image").input_value()


def test_words_that_are_refused_keep_the_dialogue_open(desk):
    page = desk(ADD)
    dialog = opened(page)
    dialog.get_by_role("button", name="Edit details of A bank").click()
    item = dialog.locator("li:has(form[data-words])")
    item.get_by_label("Decorative").check()

    item.get_by_role("button", name="Use image").click()

    expect(item).to_contain_text("A decorative image has no alternative text")
    expect(dialog).to_be_visible()
    expect(page.locator("#id_image")).to_have_value("")


def test_a_lost_connection_is_said_and_nothing_is_lost(desk):
    page = desk(ADD)
    dialog = opened(page)
    dialog.get_by_role("button", name="Edit details of A bank").click()
    credit = dialog.get_by_label("Credit")
    credit.fill("Ines")
    page.context.set_offline(True)

    dialog.get_by_role("button", name="Save details").click()
    dialog.locator("input[type=file]").set_input_files([file("one.png")])

    expect(dialog.locator("[data-uploads]")).to_contain_text("one.png: The desk did not answer.")
    expect(dialog).to_contain_text("The desk did not answer. Try again.")
    expect(credit).to_have_value("Ines")
    page.context.set_offline(False)
    dialog.get_by_role("button", name="Save details").click()
    expect(dialog.get_by_role("status").first).to_contain_text("Details saved.")


def test_a_picture_is_put_into_the_body(desk, edition):
    page = desk(ADD)
    dialog = opened(page)

    dialog.get_by_role("button", name="Insert into body Ships at anchor").click()

    body = page.get_by_role("textbox", name="Body")
    expect(body).to_have_value(re.compile(rf"!\[Ships at anchor\]\(image:{edition['ship']}\)"))


def test_a_click_sets_the_focal_point_and_the_crops_follow(desk, assert_desk_accessible):
    page = desk("/desk/articles/image/{ship}/change/")
    whole = page.locator(".focus__image")
    whole.scroll_into_view_if_needed()
    box = whole.bounding_box()

    whole.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})

    expect(page.get_by_label("Focal point, % from the left")).to_have_value("25")
    expect(page.get_by_label("Focal point, % from the top")).to_have_value("75")
    cut = page.locator(".focus__cut").first
    assert cut.evaluate("e => getComputedStyle(e).objectPosition") == "25% 75%"
    page.get_by_label("Focal point, % from the left").fill("90")
    assert cut.evaluate("e => getComputedStyle(e).objectPosition") == "90% 75%"
    assert_desk_accessible(page)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist")).to_contain_text("changed successfully")


def test_without_script_the_field_is_a_select_and_the_focal_point_two_numbers(desk):
    page = desk(ADD, java_script_enabled=False)
    expect(page.locator("#id_image")).to_be_visible()
    expect(page.get_by_role("button", name="Choose image…")).not_to_be_visible()

    page.goto(re.sub("/article/.*", "/image/", page.url))
    page.get_by_role("link", name="A bank").click()
    page.get_by_label("Focal point, % from the left").fill("10")
    page.get_by_role("button", name="Save and continue editing").click()

    expect(page.get_by_label("Focal point, % from the left")).to_have_value("10")
    cut = page.locator(".focus__cut").first
    assert cut.evaluate("e => getComputedStyle(e).objectPosition") == "10% 50%"


# The preview


def test_the_preview_is_shown_at_a_width_and_shared_with_a_link(
    desk, visitor, edition, assert_desk_accessible
):
    page = desk("/desk/articles/article/{article}/previews/")
    frame = page.frame_locator("iframe")
    expect(frame.get_by_role("heading", level=1)).to_have_text("Ships turn back")
    assert page.locator("iframe").evaluate("e => e.clientWidth") == 390
    page.get_by_role("link", name="Tablet").click()
    assert page.locator("iframe").evaluate("e => e.clientWidth") == 820
    page.get_by_role("button", name="Make link").click()
    address = page.get_by_label("The link is made.").input_value()
    assert_desk_accessible(page)

    outside = visitor(java_script_enabled=False, viewport={"width": 320, "height": 700})
    outside.goto(re.sub(r"^https?://[^/]+", "", address))

    expect(outside.get_by_role("heading", level=1)).to_have_text("Ships turn back")
    expect(outside.get_by_text("this draft is not published")).to_be_visible()
    assert outside.evaluate("document.documentElement.scrollWidth") <= 320
    assert outside.context.cookies() == []

    page.get_by_role("button", name="Revoke link").click()
    expect(page.locator(".messagelist")).to_contain_text("The link is revoked.")
    outside.reload()
    expect(outside.get_by_role("heading", level=1)).to_have_text("This preview is over")


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (360, "dark")])
def test_the_pages_of_previews_and_of_a_picture_are_accessible_and_fit(
    desk, edition, assert_desk_accessible, width, scheme
):
    page = desk(
        "/desk/articles/article/{article}/previews/",
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
    )
    for path in ("previews", "change", "replace"):
        if path != "previews":
            page.goto(f"/desk/articles/image/{edition['ship']}/{path}/")
        assert_desk_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
