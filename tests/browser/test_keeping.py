"""A browser, a session and a network that fail in mid-sentence: the text is there again."""

import pytest
from playwright.sync_api import expect

from tests.browser.writing_screen import open_tab

pytestmark = pytest.mark.browser

EDITION = """
from tests.articles.factories import make_article
made = [make_article(headline=f"Ships turn back {n}", body="The harbour is closed [@r1].",
                     standfirst="Old.", slug=f"ships-turn-back-{n}") for n in range(20)]
print(*[article.pk for article in made])
"""
TYPED = "The harbour opened again [@r1]."
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
    return site.make_login("Writer")


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
        page.goto(path)
        return page

    return open_at


def body_of(page):
    return page.get_by_role("textbox", name="Body")


def type_into(page, words):
    body_of(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.type(words)


def wait_until_kept(page):
    expect(page.locator("[data-kept]")).to_contain_text("Unsaved text kept")


def save(page):
    page.get_by_role("button", name="Save draft").click(no_wait_after=True)


def assert_saved(page, words=TYPED):
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    expect(body_of(page)).to_have_value(words)


def at_desk(page):
    return page.get_by_label("Unsaved text at the desk")


def refuse_storage(page):
    page.add_init_script("""
        const setItem = Storage.prototype.setItem;
        Storage.prototype.setItem = function (key, value) {
          if (key.startsWith("local-copy:")) throw new DOMException("full", "QuotaExceededError");
          setItem.call(this, key, value);
        };
    """)


def test_a_text_is_taken_on_another_machine_after_the_browser_was_killed(desk, change):
    page = desk(change)
    type_into(page, TYPED)
    wait_until_kept(page)
    page.context.close()

    page = desk(change)

    expect(at_desk(page)).to_contain_text("and did not save it")
    expect(body_of(page)).to_have_value(STORED)
    at_desk(page).get_by_role("link", name="Take this text").click()
    expect(body_of(page)).to_have_value(TYPED)
    save(page)
    assert_saved(page)
    expect(at_desk(page)).to_have_count(0)


def test_a_text_that_both_have_is_offered_once_and_discarded_in_both(desk, change):
    page = desk(change)
    type_into(page, TYPED)
    wait_until_kept(page)

    page.reload()
    expect(at_desk(page)).to_be_visible()
    expect(page.get_by_label("Unsaved text", exact=True)).to_have_count(0)
    at_desk(page).get_by_role("button", name="Discard this text").click()
    expect(at_desk(page)).to_have_count(0)
    page.reload()

    expect(body_of(page)).to_have_value(STORED)
    expect(page.locator(".local-copy")).to_have_count(0)


def test_a_refused_text_that_is_left_at_once_is_offered_once(desk, change):
    page = desk(change)
    type_into(page, TYPED)
    open_tab(page, "Settings")
    page.get_by_label("Slug").fill("not a slug")
    save(page)
    expect(page.locator(".errorlist", has_text="slug")).to_be_visible()
    # Before the page has sent its text to the desk again.
    page.route("**/desk/keep/**", lambda route: route.abort())

    page.goto(change)

    expect(page.locator(".local-copy:visible")).to_have_count(1)
    page.get_by_role("button", name="Restore this text").click()
    expect(body_of(page)).to_have_value(TYPED)


def test_a_public_note_is_offered_after_a_save_that_does_not_store_it(desk, site):
    pk = site.run(
        "from tests.articles.factories import make_live_article\n"
        "print(make_live_article(headline='Already public', slug='already-public').pk)"
    ).strip()
    page = desk(f"/desk/articles/article/{pk}/change/")
    page.get_by_label("Public note").fill("The harbour was never closed.")
    page.get_by_role("textbox", name="Standfirst").fill("New.")

    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    notice = page.get_by_label("Unsaved text", exact=True)
    expect(notice.get_by_label("Public note, kept in this browser")).to_have_text(
        "The harbour was never closed."
    )


def test_a_text_is_discarded_without_script(desk, change):
    page = desk(change)
    type_into(page, TYPED)
    wait_until_kept(page)

    page = desk(change, java_script_enabled=False)
    at_desk(page).get_by_role("button", name="Discard this text").click()

    expect(body_of(page)).to_have_value(STORED)
    expect(at_desk(page)).to_have_count(0)


def test_an_unsaved_new_article_is_offered_where_the_page_opens(desk):
    page = desk("/desk/articles/article/add/")
    type_into(page, TYPED)
    page.get_by_role("textbox", name="Framing note").scroll_into_view_if_needed()
    wait_until_kept(page)

    page.reload()

    expect(at_desk(page).get_by_role("heading")).to_be_in_viewport()
    at_desk(page).get_by_role("button", name="Discard this text").click()
    expect(at_desk(page)).to_have_count(0)


def test_a_session_that_ends_in_mid_sentence_is_renewed_over_the_text(desk, change, login):
    page = desk(change)
    page.context.clear_cookies(name="sessionid")
    type_into(page, TYPED)

    dialog = page.get_by_role("dialog", name="You are no longer logged in")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Username").fill(login.username)
    dialog.get_by_label("Password").fill("wrong")
    dialog.get_by_role("button", name="Log in").click()
    expect(dialog).to_contain_text("Wrong username or password")
    dialog.get_by_label("Password").fill(login.password)
    dialog.get_by_role("button", name="Log in").click()

    expect(dialog).to_be_hidden()
    wait_until_kept(page)
    expect(body_of(page)).to_have_value(TYPED)
    save(page)
    assert_saved(page)


def test_a_save_without_a_session_is_sent_after_the_login(desk, change, login):
    page = desk(change)
    page.context.clear_cookies()
    type_into(page, TYPED)
    save(page)

    dialog = page.get_by_role("dialog", name="You are no longer logged in")
    dialog.get_by_label("Username").fill(login.username)
    dialog.get_by_label("Password").fill(login.password)
    dialog.get_by_role("button", name="Log in").click()

    assert_saved(page)


def test_a_login_over_the_text_asks_for_the_second_factor(visitor, site, change):
    login = site.make_login("Writer")
    site.run(
        "from django.contrib.auth.models import User\n"
        "from django_otp.plugins.otp_static.models import StaticDevice\n"
        "from django_otp.plugins.otp_totp.models import TOTPDevice\n"
        f"user = User.objects.get(username={login.username!r})\n"
        "TOTPDevice.objects.create(user=user, name='app', confirmed=True)\n"
        "device = StaticDevice.objects.create(user=user, name='recovery codes')\n"
        "[device.token_set.create(token=code) for code in ('abcdefghjk', 'bcdefghjkm')]\n"
    )
    page = visitor()
    page.goto(f"/desk/login/?next={change}")
    for label, words in (("Username", login.username), ("Password", login.password)):
        page.get_by_label(label).fill(words)
    page.get_by_role("button", name="Log in").click()
    page.get_by_label("Code").fill("abcde-fghjk")
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url(f"**{change}")
    page.context.clear_cookies(name="sessionid")

    type_into(page, TYPED)
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Username").fill(login.username)
    dialog.get_by_label("Password").fill(login.password)
    dialog.get_by_role("button", name="Log in").click()
    dialog.get_by_label("Code").fill("bcdef-ghjkm")
    dialog.get_by_role("button", name="Log in", exact=True).click()

    expect(dialog).to_be_hidden()
    wait_until_kept(page)
    save(page)
    assert_saved(page)


def test_a_save_without_a_network_keeps_the_text_and_goes_out_later(desk, change):
    page = desk(change)
    page.context.set_offline(True)
    type_into(page, TYPED)
    save(page)

    expect(page.locator("desk-keeping [role=status]")).to_contain_text("No connection to the desk")
    expect(page.locator("desk-keeping [role=status]")).to_contain_text("Nothing was saved")
    expect(body_of(page)).to_have_value(TYPED)
    page.context.set_offline(False)
    wait_until_kept(page)
    save(page)
    assert_saved(page)


def test_a_save_on_a_server_that_cannot_write_stays_with_the_text(desk, change):
    page = desk(change)
    full = {"is": True}
    page.route(
        "**/desk/keep/**",
        lambda route: route.fulfill(status=500) if full["is"] else route.continue_(),
    )
    type_into(page, TYPED)
    save(page)

    expect(page.locator("desk-keeping [role=status]")).to_contain_text("(error 500)")
    expect(page.locator("desk-keeping [role=status]")).to_contain_text("Nothing was saved")
    expect(body_of(page)).to_have_value(TYPED)
    full["is"] = False
    save(page)
    assert_saved(page)


def test_leaving_warns_only_where_neither_has_the_text(visitor, logged_in, change):
    page = visitor(storage_state=logged_in)
    refuse_storage(page)
    page.goto(change)
    warnings = []
    page.on("dialog", lambda dialog: (warnings.append(dialog.type), dialog.accept()))
    type_into(page, TYPED)
    wait_until_kept(page)
    page.reload()
    kept = list(warnings)

    page.route("**/desk/keep/**", lambda route: route.abort())
    type_into(page, "Words that nobody has.")
    expect(page.locator("desk-keeping [role=status]")).to_contain_text("in this window only")
    page.reload()

    assert (kept, warnings) == ([], ["beforeunload"])


def test_two_editors_see_each_other_and_lose_nothing(desk, visitor, site, change):
    ada = desk(change)
    grace = visitor()
    site.log_in(grace, site.make_login("Editor"))
    grace.goto(change)
    type_into(ada, TYPED)
    wait_until_kept(ada)
    grace.reload()
    expect(grace.locator("[data-others]")).to_contain_text("is editing, 1 min")
    grace.get_by_label("Standfirst").fill("Hers.")
    body_of(grace).fill("The harbour is shut [@r1].")
    save(grace)
    assert_saved(grace, "The harbour is shut [@r1].")

    save(ada)
    body = ada.get_by_role("group", name="Body: both of you changed it")
    expect(body.get_by_label("Body, theirs")).to_have_text("The harbour is shut [@r1].")
    expect(ada.get_by_role("textbox", name="Standfirst")).to_have_value("Hers.")
    body.get_by_label("Take theirs").check()
    save(ada)

    assert_saved(ada, "The harbour is shut [@r1].")


def test_somebody_who_only_reads_an_article_is_named_and_sees_who_edits_it(
    desk, visitor, site, change, assert_desk_accessible
):
    reader = visitor()
    reader.clock.install()
    site.log_in(reader, site.make_login("Wire desk"))
    reader.goto(change)
    writer = desk(change)
    expect(writer.locator("[data-others]")).to_contain_text("has it open, 1 min")
    type_into(writer, TYPED)
    wait_until_kept(writer)

    reader.clock.fast_forward(31_000)

    expect(reader.locator("desk-presence")).to_contain_text("is editing, 1 min")
    assert_desk_accessible(reader)


def test_a_double_click_on_save_makes_one_article(desk, site, articles):
    page = desk("/desk/articles/article/add/")
    page.get_by_label("Headline").fill("Written once")

    page.get_by_role("button", name="Save draft").dblclick()

    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    count = "from articles.models import Article\nprint(Article.objects.filter(headline='Written once').count())"
    assert site.run(count).strip() == "1"


def test_without_a_script_an_unsaved_text_is_taken_and_a_conflict_chosen(desk, change):
    page = desk(change)
    type_into(page, TYPED)
    wait_until_kept(page)
    page.context.close()

    page = desk(change, java_script_enabled=False)
    at_desk(page).locator("summary").click()
    expect(at_desk(page).locator("ins")).to_have_text("opened again")
    at_desk(page).get_by_role("link", name="Take this text").click()
    page.get_by_role("button", name="Save draft").click()

    assert_saved(page)


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (320, "dark")])
def test_notices_conflicts_and_the_login_are_accessible_and_fit(
    desk, visitor, site, change, width, scheme, assert_desk_accessible
):
    size = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    page = desk(change, **size)
    type_into(page, TYPED)
    wait_until_kept(page)
    grace = desk(change)
    body_of(grace).fill("The harbour is shut [@r1].")
    save(grace)
    assert_saved(grace, "The harbour is shut [@r1].")

    page.reload()
    at_desk(page).locator("summary").click()
    assert_desk_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    at_desk(page).get_by_role("link", name="Take this text").click()
    save(page)
    expect(page.get_by_role("group", name="Body: both of you changed it")).to_be_visible()
    assert_desk_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.context.clear_cookies(name="sessionid")
    save(page)
    expect(page.get_by_role("dialog").get_by_label("Password")).to_be_visible()
    assert_desk_accessible(page)
