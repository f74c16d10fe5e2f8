"""The local copy of unsaved text in a real browser: kept, recovered, restored, dropped."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.writing_screen import open_tab

pytestmark = pytest.mark.browser

EDITION = """
from tests.articles.factories import make_article, make_live_article
from tests.clock import later
from tests.wires.factories import make_outlet, make_channel, make_post
agency = make_channel(outlet=make_outlet("Harbour Wire"), platform="x", code="HARBOUR",
                      account="harbourwire")
posts = [make_post(channel=agency, at=later(minutes=n), title=f"Post {n} of the harbour",
                   text=f"Post {n}: all vessels hold west of Meray Light.",
                   url=f"https://x.com/harbourwire/status/{1937720000000000000 + n}")
         for n in range(3)]
make_live_article(headline="Already public", slug="already-public")
made = [make_article(headline=f"Ships turn back {n}", body="The harbour is closed [@r1].",
                     slug=f"ships-turn-back-{n}") for n in range(20)]
print(*[article.pk for article in made])
"""
TYPED = "The harbour opened again [@r1]."
KEEP = "**/desk/keep/**"
STORED = "The harbour is closed [@r1]."


@pytest.fixture(scope="module")
def articles(site):
    return iter(site.run(EDITION).split())


@pytest.fixture
def change(articles):
    """Return the form of an article that no other test has used."""
    return f"/desk/articles/article/{next(articles)}/change/"


@pytest.fixture(scope="module")
def login(site):
    return site.make_login("Publisher")


@pytest.fixture(scope="module")
def logged_in(site, browser, login):
    context = browser.new_context(base_url=site.url)
    site.log_in(context.new_page(), login)
    yield context.storage_state()
    context.close()


@pytest.fixture
def desk(visitor, logged_in):
    def open_at(path, **options):
        page = visitor(storage_state=logged_in, **options)
        # The desk keeps no copy here: tests/browser/test_keeping.py is about both.
        page.context.route(KEEP, lambda route: route.abort())
        page.goto(path)
        return page

    return open_at


def body_of(page):
    return page.get_by_role("textbox", name="Body")


def notice(page):
    return page.get_by_label("Unsaved text", exact=True)


def copies(page):
    return page.evaluate("Object.keys(localStorage).filter((key) => key.startsWith('local-copy:'))")


def wait_for_copy(page, words):
    page.wait_for_function(
        "(words) => Object.values(localStorage).some((copy) => copy.includes(words))", arg=words
    )


def type_into(page, words):
    """Type with key events, so that the browser allows the page to warn on leaving."""
    body_of(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def submit_unasked(page):
    """Send the form as a browser does whose script was never loaded."""
    page.evaluate("HTMLFormElement.prototype.submit.call(document.querySelector('#article_form'))")


def save(page):
    """Save, for which the desk has to answer."""
    page.context.unroute(KEEP)
    page.get_by_role("button", name="Save draft").click()


def assert_offered(page, words=TYPED):
    expect(notice(page)).to_contain_text("This browser has unsaved text")
    expect(notice(page).get_by_label("Body, kept in this browser")).to_have_text(words)
    expect(notice(page).get_by_label("Body, saved at the desk")).to_have_text(STORED)
    expect(body_of(page)).to_have_value(STORED)


def test_text_is_recovered_after_a_closed_tab_and_dropped_once_saved(desk, change):
    page = desk(change)
    type_into(page, TYPED)
    wait_for_copy(page, TYPED)
    context = page.context
    page.close()

    page = context.new_page()
    page.goto(change)

    assert_offered(page)
    notice(page).get_by_role("button", name="Restore this text").click()
    expect(body_of(page)).to_have_value(TYPED)
    expect(notice(page)).to_have_count(0)
    save(page)
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    expect(body_of(page)).to_have_value(TYPED)
    expect(notice(page)).to_have_count(0)
    assert copies(page) == []


def test_text_is_recovered_after_a_reload_before_the_autosave_delay(desk, change):
    page = desk(change)
    warnings = []
    page.on("dialog", lambda dialog: (warnings.append(dialog.type), dialog.accept()))
    type_into(page, TYPED)

    page.reload()

    # This browser has the text, so that nothing is lost by leaving.
    assert warnings == []
    assert_offered(page)


def test_text_is_recovered_after_the_session_was_deleted(desk, change, login):
    page = desk(change)
    type_into(page, TYPED)
    page.context.clear_cookies(name="sessionid")

    submit_unasked(page)

    expect(page.get_by_role("heading", name="You are no longer logged in")).to_be_visible()
    expect(page.get_by_label("Body")).to_have_text(TYPED)
    page.get_by_role("link", name="Log in", exact=True).click()
    page.get_by_label("Username").fill(login.username)
    page.get_by_label("Password").fill(login.password)
    page.locator("[type=submit]").click()
    assert_offered(page)


def test_text_is_recovered_after_a_csrf_failure(desk, change):
    page = desk(change)
    type_into(page, TYPED)
    page.context.clear_cookies(name="csrftoken")

    submit_unasked(page)

    expect(page.get_by_role("heading", name="This form was not accepted")).to_be_visible()
    expect(page.get_by_label("Body")).to_have_text(TYPED)
    page.get_by_role("link", name="Open the page again").click()
    assert_offered(page)


def test_text_is_recovered_after_a_network_failure(desk, change):
    page = desk(change)
    type_into(page, TYPED)
    page.route(
        "**/change/",
        lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
    )

    with page.expect_event("requestfailed"):
        page.context.unroute(KEEP)
        page.get_by_role("button", name="Save draft").click(no_wait_after=True)
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(change)

    # The save had the desk keep the text first, so it is the desk's that is offered.
    expect(page.locator(".local-copy:not([hidden])")).to_have_count(1)
    page.get_by_role("link", name="Take this text").click()
    expect(body_of(page)).to_have_value(TYPED)


def test_the_local_copy_is_kept_when_the_server_returns_form_errors(desk, change):
    page = desk(change)
    type_into(page, TYPED)
    open_tab(page, "Settings")
    page.get_by_label("Slug").fill("already-public")

    save(page)
    expect(page.locator(".errornote")).to_be_visible()

    expect(body_of(page)).to_have_value(TYPED)
    expect(notice(page)).to_have_count(0)
    assert len(copies(page)) == 1
    page.goto(change)
    # One of them offers it: the desk, if the page with the errors was open long enough to tell it.
    offer = page.locator(".local-copy:visible")
    expect(offer).to_have_count(1)
    offer.get_by_text(re.compile("^(Restore|Take) this text$")).click()
    expect(body_of(page)).to_have_value(TYPED)


def test_a_local_copy_older_than_the_stored_text_is_shown_next_to_it(desk, change, site):
    page = desk(change)
    type_into(page, TYPED)
    wait_for_copy(page, TYPED)
    context = page.context
    page.close()
    newer = "A colleague wrote this since [@r1]."
    site.run(
        "from articles.models import Article\n"
        f"article = Article.objects.get(pk={change.split('/')[-3]})\n"
        f"article.body = {newer!r}; article.save()"
    )

    page = context.new_page()
    page.goto(change)

    expect(notice(page)).to_contain_text("The article was saved after that")
    expect(notice(page).get_by_label("Body, kept in this browser")).to_have_text(TYPED)
    expect(notice(page).get_by_label("Body, saved at the desk")).to_have_text(newer)
    expect(body_of(page)).to_have_value(newer)
    page.reload()
    expect(notice(page).get_by_label("Body, kept in this browser")).to_have_text(TYPED)
    notice(page).get_by_role("button", name="Restore this text").click()
    expect(body_of(page)).to_have_value(TYPED)
    stored = site.run(
        f"from articles.models import Article; print(Article.objects.get(pk={change.split('/')[-3]}).body)"
    )
    assert newer in stored


def test_restoring_a_local_copy_keeps_newer_typing_as_another_copy(desk, change):
    page = desk(change)
    type_into(page, TYPED)
    wait_for_copy(page, TYPED)
    context = page.context
    page.close()
    page = context.new_page()
    page.goto(change)
    type_into(page, "Something else altogether.")

    notice(page).get_by_role("button", name="Restore this text").click()

    expect(body_of(page)).to_have_value(TYPED)
    expect(notice(page).get_by_label("Body, kept in this browser")).to_have_text(
        "Something else altogether."
    )
    notice(page).get_by_role("button", name="Discard this text").click()
    expect(notice(page)).to_have_count(0)
    assert len(copies(page)) == 1


def test_a_new_article_and_its_sources_are_recovered_and_dropped_once_added(desk):
    page = desk("/desk/articles/article/add/")
    page.get_by_label("Headline").click()
    page.keyboard.type("A new story")
    open_tab(page, "Sources")
    page.get_by_role("button", name="Add another wire source").click()
    page.locator("#wire_sources-0 .select2-selection").click()
    page.keyboard.type("harb Post 1")
    page.locator(".select2-results__option", has_text="Post 1 of the harbour").click()
    page.locator("#wire_sources-0").get_by_text("Role, order, note for readers").click()
    page.locator("#wire_sources-0").get_by_label("Note for readers").fill("Seen first.")
    wait_for_copy(page, "Seen first.")

    page.goto("/desk/articles/article/add/")
    expect(notice(page)).to_contain_text("A new story")
    expect(notice(page)).to_contain_text("h1")
    notice(page).get_by_role("button", name="Restore this text").click()

    expect(page.get_by_label("Headline")).to_have_value("A new story")
    expect(page.locator("[name=wire_sources-0-key]")).to_have_value("h1")
    expect(page.locator("[name=wire_sources-0-note]")).to_have_value("Seen first.")
    save(page)
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    expect(page.locator("[name=wire_sources-0-key]")).to_have_value("h1")
    assert copies(page) == []


def test_the_local_copies_of_another_user_are_neither_offered_nor_dropped(desk, change, site):
    page = desk(change)
    type_into(page, TYPED)
    wait_for_copy(page, TYPED)
    page.context.clear_cookies(name="sessionid")
    page.on("dialog", lambda dialog: dialog.accept())

    site.log_in(page, site.make_login("Editor"))
    page.goto(change)

    expect(body_of(page)).to_have_value(STORED)
    expect(notice(page)).to_have_count(0)
    assert len(copies(page)) == 1


def test_a_browser_without_storage_says_so_and_still_works(visitor, logged_in, change):
    page = visitor(storage_state=logged_in)
    page.context.route(KEEP, lambda route: route.abort())
    page.add_init_script("""
        const setItem = Storage.prototype.setItem;
        Storage.prototype.setItem = function (key, value) {
          if (key.startsWith("local-copy:")) throw new DOMException("full", "QuotaExceededError");
          setItem.call(this, key, value);
        };
    """)
    page.goto(change)

    type_into(page, TYPED)

    expect(page.locator(".local-copy__status")).to_contain_text("cannot keep a copy")
    save(page)
    expect(page.locator(".messagelist")).to_contain_text("Saved.")


def test_leaving_an_unchanged_or_submitted_form_gives_no_warning(desk, change):
    page = desk(change)
    warnings = []
    page.on("dialog", lambda dialog: (warnings.append(dialog.type), dialog.accept()))
    body_of(page).click()

    page.goto(change)
    type_into(page, TYPED)
    save(page)
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    page.goto("/desk/")

    assert warnings == []


def test_leaving_a_page_with_a_typed_reason_gives_a_warning(desk):
    page = desk("/desk/wires/post/paste/")
    warnings = []
    page.on("dialog", lambda dialog: (warnings.append(dialog.type), dialog.accept()))
    page.get_by_label("Text").click()
    page.keyboard.type("The harbour is closed.")

    page.goto("/desk/")

    assert warnings == ["beforeunload"]


@pytest.mark.parametrize(
    ("width", "scheme"), [(1440, "light"), (1440, "dark"), (360, "light"), (360, "dark")]
)
def test_the_local_copy_notice_is_accessible_and_fits(
    desk, change, assert_desk_accessible, width, scheme
):
    page = desk(change, viewport={"width": width, "height": 900}, color_scheme=scheme)
    type_into(page, TYPED + " " + "It goes on. " * 60)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    expect(notice(page)).to_be_visible()

    assert_desk_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
