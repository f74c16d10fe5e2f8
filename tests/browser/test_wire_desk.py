"""The wire desk in a real browser: by keyboard alone, without script, and new posts as they come."""

import re
from urllib.parse import quote_plus

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

EDITION = """
from datetime import timedelta
from django.utils import timezone
from tests.articles.factories import make_article, make_source
from tests.wires.factories import add_version, make_channel, make_outlet, make_post, withdraw
from wires.models import Story
at = timezone.now() - timedelta(minutes=40)
agency = make_channel(outlet=make_outlet("Harbour Wire"), code="HARBOUR")
radio = make_channel(outlet=make_outlet("Radio Nahr", language="ar"), platform="telegram", code="NAHR", account="radionahr", address="https://t.me/radionahr")
story = Story.objects.create(created_at=at)
for n in range(55):
    make_post(channel=agency, title=f"Notice {n} of the port", at=at - timedelta(minutes=n))
fog = make_post(channel=agency, title="Fog in the strait", text="The harbour is closed to 9 ships.", at=at, story=story)
add_version(fog, title="Fog in the strait", text="The harbour is closed to 12 ships.", at=at + timedelta(minutes=5))
rain = make_post(channel=radio, title="السفن تنتظر", text="السفن تنتظر غرب المنارة", language="ar", at=at, story=story)
storm = make_post(channel=agency, title="Storm warning lifted", at=at)
withdraw(storm, at=at)
make_source(make_article(headline="Weather", sources=False), post=fog)
print(fog.pk, rain.pk, story.pk)
"""
ANOTHER = """
from django.utils import timezone
from tests.wires.factories import make_post
make_post(title="Late fog", at=timezone.now())
"""
SHAPES = [(1440, "light"), (320, "dark")]
PAGES = (
    "/desk/wire/",
    "/desk/wire/?q=harbour&post={post}",
    "/desk/wire/?post={arabic}",
    "/desk/wire/?q=outlet:gone+fog",
)


@pytest.fixture(scope="module")
def edition(site):
    return dict(zip(("post", "arabic", "story"), site.run(EDITION).split(), strict=True))


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
def test_the_wire_desk_is_accessible_and_fits(desk, edition, assert_desk_accessible, width, scheme):
    page = desk("/desk/wire/", viewport={"width": width, "height": 900}, color_scheme=scheme)
    for path in PAGES:
        assert page.goto(path.format(**edition)).ok, path
        assert_desk_accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} px wide"


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
def test_a_story_page_is_accessible_and_fits(visitor, edition, assert_accessible, width, scheme):
    page = visitor(viewport={"width": width, "height": 900}, color_scheme=scheme)
    for path in ("/wire/stories/{story}/", "/wire/?q=fog"):
        assert page.goto(path.format(**edition)).ok, path
        assert_accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} px wide"


def focused(page):
    return page.evaluate(
        "document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent.trim()"
    )


def test_the_tab_key_reaches_the_search_line_and_the_list_first(desk):
    page = desk("/desk/wire/")
    expect(page.get_by_role("searchbox")).to_be_visible()

    page.keyboard.press("Tab")
    skip = focused(page)
    page.keyboard.press("Tab")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")

    assert skip == "Skip to main content"
    assert focused(page).startswith("Pick ")


def test_two_posts_of_two_searches_become_a_draft_by_keyboard_alone(desk):
    page = desk("/desk/wire/")
    for words, picked in (
        ("fog in the strait", "1 post picked"),
        ("outlet:nahr", "2 posts picked"),
    ):
        page.keyboard.press("/")
        expect(page.get_by_role("searchbox")).to_be_focused()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.type(words)
        page.keyboard.press("Enter")
        # The list of the search before has one row too.
        page.wait_for_url(re.compile(re.escape(f"q={quote_plus(words)}")))
        expect(page.locator(".wire-row")).to_have_count(1)
        page.keyboard.press("j")
        page.keyboard.press("Enter")
        expect(page.locator(".wire-post")).to_be_visible()
        page.keyboard.press("x")
        expect(page.locator(".wire-basket__count")).to_have_text(picked)

    page.locator("[name=act][value=draft]").last.focus()
    page.keyboard.press("Enter")

    page.wait_for_url("**/desk/articles/article/add/?post=*")
    expect(page.locator(".desk-source:not(.empty-form)")).to_have_count(2)


def test_opening_a_post_marks_it_read_and_leaves_the_list_where_it_was(desk):
    page = desk("/desk/wire/")
    row = page.locator(".wire-row").filter(has_text="Notice 3 of the port")
    expect(row).to_contain_class("wire-row--unread")

    row.get_by_role("link").click()

    expect(page.locator(".wire-post__name")).to_have_text("Notice 3 of the port")
    expect(row).not_to_contain_class("wire-row--unread")
    expect(page.locator(".wire-row")).to_have_count(50)


def test_selected_words_are_quoted_in_a_draft_with_their_mark(desk, edition):
    page = desk("/desk/wire/?post={post}")
    words = page.locator("[data-words]")
    expect(words).to_contain_text("closed to 12 ships")
    words.locator("p").select_text()
    expect(page.get_by_label("Words to quote")).to_have_value("The harbour is closed to 12 ships.")

    page.get_by_role("button", name="Quote in a new draft").click()

    expect(page.locator("[name=body]")).to_have_value(
        re.compile(r"“The harbour is closed to 12 ships\.” \[@\w+\]")
    )


def test_new_posts_are_announced_and_the_list_stays_until_they_are_asked_for(desk, site):
    page = desk("/desk/wire/?q=fog")
    expect(page.locator(".wire-row").first).to_be_visible()
    before = page.locator(".wire-row").count()

    site.run(ANOTHER)

    bar = page.get_by_role("link", name="1 new post")
    expect(bar).to_be_visible()
    assert page.locator(".wire-row").count() == before
    bar.click()
    expect(page.locator(".wire-row")).to_have_count(before + 1)
    expect(page.locator(".wire-row").first).to_contain_text("Late fog")


def test_a_question_mark_shows_the_keys_and_escape_closes_them(desk):
    page = desk("/desk/wire/")
    expect(page.locator(".wire-row").first).to_be_visible()

    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Search and keys")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)


def test_the_wire_desk_works_without_script(desk, edition):
    page = desk("/desk/wire/?q=fog+strait", java_script_enabled=False)
    page.get_by_role("link", name="Fog in the strait").first.click()
    expect(page.locator(".wire-post")).to_contain_text("closed to 9 ships.")
    page.get_by_role("button", name="Pick HARBOUR Fog").click()
    expect(page.locator(".wire-basket__count")).to_have_text("1 post picked")

    page.get_by_role("button", name="Draft article").click()

    assert "/desk/articles/article/add/?post=" in page.url
