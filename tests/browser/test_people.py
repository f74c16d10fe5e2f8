"""People, groups and the account log in a real browser: any width, light and dark, keyboard only."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

ACCOUNTS = """
from datetime import timedelta
from django.utils import timezone
from accounts import acts
from accounts.models import AccountAct
from tests.newsroom.factories import make_user
now = timezone.now()
root = make_user(group="Administrator", name="root")
pia = make_user(group="Publisher", name="pia", first_name="Pia", last_name="Lund")
acts.record_made(pia, by=root, at=now - timedelta(hours=2))
acts.record(pia, AccountAct.Verb.ROLES, by=root, at=now, **{"from": [], "to": ["Publisher"]})
acts.record(pia, AccountAct.Verb.PASSWORD, by=None, at=now)
print(pia.pk)
"""
SHAPES = [(1440, "light"), (320, "dark")]


@pytest.fixture(scope="module")
def edition(site):
    return {"pia": site.run(ACCOUNTS).strip()}


@pytest.fixture(scope="module")
def desk_group():
    return "Administrator"


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
def test_every_page_of_accounts_is_accessible_and_fits(
    desk, edition, assert_desk_accessible, width, scheme
):
    page = desk("/desk/", viewport={"width": width, "height": 900}, color_scheme=scheme)
    for path in (
        "/desk/", "/desk/auth/user/", "/desk/auth/user/{pia}/change/",
        "/desk/auth/user/{pia}/confirm/", "/desk/auth/user/{pia}/password/", "/desk/auth/user/add/",
        "/desk/auth/group/", "/desk/auth/group/add/", "/desk/accounts/accountact/",
        "/desk/accounts/accountact/?person={pia}", "/desk/health/",
    ):  # fmt: skip
        assert page.goto(path.format(**edition)).ok, path
        page.wait_for_load_state("networkidle")
        assert_desk_accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} px wide"


def test_an_administrator_confirms_an_account_with_the_keyboard_alone(desk, site):
    page = desk("/desk/auth/user/{pia}/change/", java_script_enabled=False)

    page.get_by_role("link", name="Confirm account…").focus()
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Confirm account").focus()
    page.keyboard.press("Enter")

    expect(page.locator(".messagelist")).to_contain_text("The account of pia counts from now on.")
    expect(page.get_by_role("link", name="Confirm account…")).to_have_count(0)
