"""Logging in, a second factor, a forgotten password: with a real browser, by keyboard alone."""

import re
import time
from base64 import b32decode

import pytest
from django_otp.oath import hotp
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

SHAPES = [(1280, "light"), (320, "dark")]
REQUIRED = {"SECOND_FACTOR_REQUIRED": "1"}


@pytest.fixture(scope="module")
def paper_settings():
    return REQUIRED


def code_for(secret, *, steps=0):
    key = b32decode(secret.replace(" ", "") + "=" * (-len(secret.replace(" ", "")) % 8))
    return f"{hotp(key, int(time.time()) // 30 + steps):06}"


def give_password(page, login):
    """Log in without a mouse."""
    page.goto("/desk/login/")
    page.get_by_label("Username").focus()
    page.keyboard.type(login.username)
    page.keyboard.press("Tab")
    page.keyboard.type(login.password)
    page.keyboard.press("Enter")


def fits(page, width):
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= width, f"{page.url} is {wide} px wide"


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
def test_the_pages_of_a_forgotten_password_are_accessible_and_fit(
    visitor, assert_desk_accessible, width, scheme
):
    page = visitor(viewport={"width": width, "height": 800}, color_scheme=scheme)
    for path in (
        "/desk/login/", "/desk/forgotten/", "/desk/forgotten/sent/", "/desk/forgotten/done/",
        "/desk/forgotten/x/y/",
    ):  # fmt: skip
        assert page.goto(path).ok, path
        assert_desk_accessible(page)
        fits(page, width)


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
@pytest.mark.parametrize("script", [True, False])
def test_an_editor_sets_up_a_second_factor_and_logs_in_with_it_by_keyboard(
    site, visitor, assert_desk_accessible, width, scheme, script
):
    shape = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    login = site.make_login("Editor")
    page = visitor(**shape, java_script_enabled=script)

    give_password(page, login)
    page.wait_for_url(re.compile("/desk/second-factor/"))
    if script:
        assert_desk_accessible(page)
    fits(page, width)
    drawn = page.locator(".set-up__code").evaluate("image => image.naturalWidth") if script else 1
    secret = page.locator(".set-up__secret").inner_text()
    expect(page.locator("[autofocus]")).to_be_focused()
    page.keyboard.type(code_for(secret, steps=-1))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your recovery codes")).to_be_visible()
    if script:
        assert_desk_accessible(page)
    fits(page, width)
    recovery = page.locator(".recovery code").first.inner_text()
    page.get_by_role("link", name="I have kept them").press("Enter")
    page.wait_for_url(f"{site.url}/desk/")

    assert drawn > 0
    # Each made when it is typed: a code is of half a minute.
    for make in (lambda: code_for(secret), lambda: recovery):
        page.context.clear_cookies()
        give_password(page, login)
        page.wait_for_url(re.compile("/desk/second-step/"))
        expect(page.locator("[autofocus]")).to_be_focused()
        page.keyboard.type(make())
        page.keyboard.press("Enter")
        page.wait_for_url(f"{site.url}/desk/")
    page.goto("/desk/account/")
    expect(page.get_by_text("9 recovery codes left")).to_be_visible()
    if script:
        assert_desk_accessible(page)
    fits(page, width)


def test_a_wrong_code_is_said_beside_its_field(site, visitor, assert_desk_accessible):
    login = site.make_login("Editor")
    site.run(
        "from django.contrib.auth.models import User\n"
        "from django_otp.plugins.otp_totp.models import TOTPDevice\n"
        f"user = User.objects.get(username={login.username!r})\n"
        "TOTPDevice.objects.create(user=user, name='app', confirmed=True)\n"
    )
    page = visitor(viewport={"width": 320, "height": 800})

    give_password(page, login)
    page.wait_for_url(re.compile("/desk/second-step/"))
    assert_desk_accessible(page)
    expect(page.locator("[autofocus]")).to_be_focused()
    page.keyboard.type("000000")
    page.keyboard.press("Enter")

    expect(page.get_by_text("This code is wrong or used up")).to_be_visible()
    assert_desk_accessible(page)
    fits(page, 320)
