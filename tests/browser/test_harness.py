"""The browser fixtures do what every browser test relies on."""

import pytest

pytestmark = pytest.mark.browser


def test_a_member_of_staff_logs_in_at_the_desk(site, page):
    login = site.make_login("Editor")

    site.log_in(page, login)

    assert page.title().startswith("The desk")


def test_axe_fails_a_page_that_is_not_accessible(page, assert_desk_accessible):
    page.goto("/desk/login/")
    page.evaluate("document.body.append(document.createElement('img'))")

    with pytest.raises(AssertionError, match="image-alt"):
        assert_desk_accessible(page)


def test_chromium_reports_a_csp_violation_on_the_console(browser, site):
    messages = []
    context = browser.new_context()
    page = context.new_page()
    page.on("console", lambda message: messages.append(message.text))

    page.goto(f"{site.url}/desk/login/")
    page.evaluate("document.body.setAttribute('onclick', '1')")
    page.evaluate("document.body.click()")
    context.close()

    assert any("Content Security Policy" in message for message in messages)
