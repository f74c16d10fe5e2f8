"""What fails in mid-sentence is killed for real: browser, server, session, network, disk."""

import pytest
from playwright.sync_api import expect

from tests.browser.writing_screen import body_of, change

pytestmark = pytest.mark.browser

EDITION = """
from tests.articles.factories import make_article
made = [make_article(headline=f"Ships turn back {n}", body="The harbour is closed [@r1].",
                     standfirst="Old.", slug=f"ships-turn-back-{n}") for n in range(8)]
print(*[article.pk for article in made])
"""
HALF, REST = "The harbour opened", " again [@r1]."
STORED = "The harbour is closed [@r1]."


@pytest.fixture(scope="module")
def articles(site):
    return iter(site.run(EDITION).split())


@pytest.fixture
def path(articles):
    """Return the form of an article that no other test has used."""
    return change(next(articles))


@pytest.fixture(scope="module")
def desk_group():
    return "Writer"


@pytest.fixture
def colleague(visitor, site):
    """Return a page of somebody else, logged in."""
    page = visitor()
    site.log_in(page, site.make_login("Editor"))
    return page


def begin(page):
    """Type half a sentence in the place of what the body holds."""
    body_of(page).click()
    page.keyboard.press("Control+a")
    page.keyboard.type(HALF)


def status(page):
    return page.locator("desk-keeping [role=status]")


def wait_until_kept(page):
    expect(page.locator("[data-kept]")).to_contain_text("Unsaved text kept")


def save(page):
    page.get_by_role("button", name="Save draft").click(no_wait_after=True)


def assert_saved(page, words=HALF + REST):
    expect(page.locator(".messagelist")).to_contain_text("Saved.")
    expect(body_of(page)).to_have_value(words)


def test_a_killed_browser_loses_no_text_of_somebody_who_never_paused(
    browser_to_kill, desk, site, path
):
    context, kill = browser_to_kill
    login = site.make_login("Writer")
    page = context.new_page()
    site.log_in(page, login)
    page.goto(path)
    begin(page)
    typed = 0
    while "kept" not in page.locator("[data-kept]").inner_text():
        page.keyboard.type(" and on")
        typed += 1
        assert typed < 1_000, "nothing is kept of a text without a pause"

    kill()
    again = desk(path, java_script_enabled=False)
    expect(again.get_by_label("Unsaved text at the desk")).to_have_count(0)
    again.context.clear_cookies()
    site.log_in(again, login)
    again.goto(path)

    offer = again.get_by_label("Unsaved text at the desk")
    offer.locator("summary").click()
    expect(offer).to_contain_text("opened and on")


def test_a_killed_server_takes_no_text_of_two_editors_with_it(desk, colleague, site, path):
    ada, grace = desk(path), colleague
    grace.goto(path)
    begin(ada)
    grace.get_by_label("Standfirst").fill("Hers.")
    wait_until_kept(ada)
    wait_until_kept(grace)

    site.server.kill()
    ada.keyboard.type(REST)
    save(ada)
    expect(status(ada)).to_contain_text("No connection to the desk")
    expect(status(ada)).to_contain_text("Nothing was saved")
    expect(body_of(ada)).to_have_value(HALF + REST)
    site.server.start()

    # What was kept before is there on another machine.
    other = desk(path)
    expect(body_of(other)).to_have_value(STORED)
    offer = other.get_by_label("Unsaved text at the desk")
    offer.locator("summary").click()
    expect(offer.locator("ins").first).to_contain_text("opened")
    save(grace)
    assert_saved(grace, STORED)
    save(ada)
    assert_saved(ada)
    expect(ada.get_by_role("textbox", name="Standfirst")).to_have_value("Hers.")
    # All of it is saved, so nothing of it is offered.
    expect(ada.locator(".local-copy")).to_have_count(0)


def test_a_server_killed_with_the_window_of_the_text_loses_nothing(desk, site, path):
    page = desk(path)
    begin(page)
    wait_until_kept(page)

    site.server.kill()
    page.keyboard.type(REST)
    expect(status(page)).to_contain_text("This browser keeps your text")
    window = page.context.new_page()
    page.close()
    site.server.start()
    window.goto(path)

    notice = window.get_by_label("Unsaved text", exact=True)
    expect(notice.get_by_label("Body, kept in this browser")).to_have_text(HALF + REST)
    notice.get_by_role("button", name="Restore this text").click()
    save(window)
    assert_saved(window)


def test_a_deleted_session_is_renewed_over_the_sentence(visitor, site, path):
    login = site.make_login("Writer")
    page = visitor()
    site.log_in(page, login)
    page.goto(path)
    begin(page)
    [session] = [each["value"] for each in page.context.cookies() if each["name"] == "sessionid"]

    site.run(
        "from django.contrib.sessions.models import Session\n"
        f"assert Session.objects.filter(session_key={session!r}).delete()[0] == 1"
    )
    page.keyboard.type(REST)

    dialog = page.get_by_role("dialog", name="You are no longer logged in")
    dialog.get_by_label("Username").fill(login.username)
    dialog.get_by_label("Password").fill(login.password)
    dialog.get_by_role("button", name="Log in").click()
    expect(dialog).to_be_hidden()
    wait_until_kept(page)
    save(page)
    assert_saved(page)


def test_a_lost_network_and_a_closed_window_lose_no_sentence(desk, path):
    page = desk(path)
    begin(page)
    page.context.set_offline(True)
    page.keyboard.type(REST)
    expect(status(page)).to_contain_text("This browser keeps your text")
    window = page.context.new_page()
    page.close()

    window.context.set_offline(False)
    window.goto(path)

    notice = window.get_by_label("Unsaved text", exact=True)
    notice.get_by_role("button", name="Restore this text").click()
    expect(body_of(window)).to_have_value(HALF + REST)
    save(window)
    assert_saved(window)


def test_a_desk_whose_disk_is_full_says_so_and_takes_the_text_once_there_is_room(desk, site, path):
    page = desk(path)
    begin(page)

    with site.server.without_room():
        page.keyboard.type(REST)
        expect(status(page)).to_contain_text("The disk of the desk is full")
        expect(status(page)).to_contain_text("This browser keeps your text")
        save(page)
        expect(status(page)).to_contain_text("Nothing was saved")
        expect(body_of(page)).to_have_value(HALF + REST)

    wait_until_kept(page)
    save(page)
    assert_saved(page)
