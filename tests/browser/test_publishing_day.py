"""The publishing day in a browser: schedule, review, compare, comment, and the front page."""

import re
from datetime import datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.browser.writing_screen import body_of

pytestmark = pytest.mark.browser

EDITION = """
from articles import publishing
from articles.models import Article
from tests.articles.factories import make_article, make_live_article
from tests.clock import later
draft = make_article(headline="Ships turn back")
live = make_live_article(headline="Already public")
Article.objects.filter(pk=live.pk).update(standfirst="The port is open.")
publishing.update(live, by=None, at=later(hours=1), note="It opened.")
others = [make_live_article(headline=f"Piece {n}", at=later(minutes=-n)) for n in range(4)]
print(draft.pk, live.pk, make_article(headline="Wanted twice").pk)
"""
SHAPES = [(1440, "light"), (360, "dark")]


@pytest.fixture(scope="module")
def edition(site):
    return dict(zip(("draft", "live", "wanted"), site.run(EDITION).split(), strict=True))


@pytest.fixture(scope="module")
def desk_group():
    return "Publisher"


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
def test_every_page_of_the_publishing_day_is_accessible_and_fits(
    desk, edition, assert_desk_accessible, width, scheme
):
    page = desk("/desk/front/", viewport={"width": width, "height": 900}, color_scheme=scheme)
    for path in (
        "/desk/front/", "/desk/articles/article/{draft}/schedule/",
        "/desk/articles/article/{live}/schedule/", "/desk/articles/article/{draft}/embargo/",
        "/desk/articles/article/{draft}/submit/", "/desk/articles/article/{draft}/send-back/",
        "/desk/articles/article/{live}/compare/", "/desk/articles/article/{draft}/comments/",
    ):  # fmt: skip
        assert page.goto(path.format(**edition)).ok, path
        assert_desk_accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} px wide"


@pytest.mark.parametrize("has_script", [True, False])
def test_an_article_is_scheduled_and_cancelled_with_and_without_script(desk, edition, has_script):
    page = desk("/desk/articles/article/{draft}/schedule/", java_script_enabled=has_script)
    when = (datetime.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")  # noqa: DTZ005  # as typed

    page.get_by_label("Time in UTC").fill(when)
    page.get_by_role("button", name="Choose this time").click()
    page.locator(".field__acts .button--main", has_text="Publish").click()

    expect(page.locator(".desk-bar--act")).to_contain_text("Goes out")
    page.goto("/desk/")
    expect(page.get_by_label("Scheduled")).to_contain_text("Ships turn back")
    page.goto("/desk/articles/article/{draft}/schedule/".format(**edition))
    page.get_by_role("button", name="Cancel schedule").click()
    expect(page.locator(".messagelist")).to_contain_text("Nothing goes out by itself.")


def test_a_comment_is_made_on_words_selected_in_the_text(desk, edition):
    page = desk("/desk/articles/article/{draft}/change/".format(**edition))
    body = body_of(page)
    expect(page.get_by_role("toolbar", name="Format the body")).to_be_visible()
    body.evaluate("text => text.setSelectionRange(4, 11)")

    with page.expect_popup() as opened:
        page.get_by_role("button", name="Comment…").click()
    window = opened.value
    expect(window.get_by_label("Passage")).to_have_value("harbour")
    expect(window.get_by_role("textbox", name="Comment")).to_be_focused()
    window.keyboard.type("Which one?")
    window.get_by_role("button", name="Comment", exact=True).click()

    expect(window.locator("blockquote")).to_have_text("harbour")
    expect(window.get_by_role("button", name="Resolve")).to_be_visible()
    # The text is where it was, and nothing of it was sent.
    expect(page).to_have_url(re.compile("/change/"))
    expect(body).to_have_value("The harbour is closed [@r1].")


def test_two_browsers_that_publish_at_once_make_one_version(desk, visitor, site, edition):
    path = "/desk/articles/article/{wanted}/change/".format(**edition)
    ada, grace = desk(path), visitor()
    site.log_in(grace, site.make_login("Editor"))
    grace.goto(path)
    for page in (ada, grace):
        expect(page.locator(".coverage__sum")).to_be_visible()

    for page in (ada, grace):
        page.get_by_role("button", name="Publish now").click(no_wait_after=True)

    # The other one is told that somebody was first: by the act, or by the form if it came later.
    told = re.compile("The article is public|so nothing|nothing public|Your text is still below")
    for page in (ada, grace):
        expect(page.locator("main")).to_contain_text(told)
    said = [page.locator("main").inner_text() for page in (ada, grace)]
    assert sum("The article is public." in words for words in said) == 1, said
    made = site.run(
        "from articles.models import Act, ArticleVersion\n"
        f"mine = {{'article': {edition['wanted']}}}\n"
        "print(ArticleVersion.objects.filter(**mine).count(),"
        " Act.objects.filter(verb='publish', **mine).count())"
    )
    assert made.split() == ["1", "1"]


def headlines(page):
    return page.locator("[data-rows] .front__head").all_inner_texts()


def test_the_front_is_ordered_by_keys_and_by_dragging_and_launched(desk, visitor):
    page = desk("/desk/front/")
    for name in ("Pin: Piece 3", "Pin: Piece 2"):
        page.get_by_role("button", name=name, exact=True).click()
        page.wait_for_load_state()
    assert headlines(page) == ["Piece 3", "Piece 2"]

    page.get_by_role("button", name="Down: Piece 3").focus()
    page.keyboard.press("Enter")
    assert headlines(page) == ["Piece 2", "Piece 3"]
    expect(page.locator("[data-said]")).to_have_text(
        "Piece 3: place 2 of 2. Not live before Launch."
    )
    rows = page.locator("[data-rows] li")
    box = rows.nth(1).bounding_box()
    rows.nth(0).drag_to(rows.nth(1), target_position={"x": 200, "y": box["height"] - 2})
    assert headlines(page) == ["Piece 3", "Piece 2"]
    page.get_by_role("button", name="Launch").click()
    expect(page.locator(".messagelist")).to_contain_text("Readers now see the front page")

    reader = visitor()
    reader.goto("/")
    expect(reader.locator(".card--lead")).to_contain_text("Piece 3")
    page.get_by_role("button", name="Undo last change").click()
    expect(page.locator(".messagelist")).to_contain_text("as it was before")
