"""Legal erasure in a real browser: accessible, by keyboard, and without script."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

EDITION = """
from datetime import timedelta
from django.utils import timezone
from articles import erasure
from tests.articles.factories import cite
from tests.wires.factories import make_channel, make_outlet, make_post
at = timezone.now() - timedelta(days=2)
agency = make_channel(outlet=make_outlet("Harbour Wire"), code="HARBOUR")
def post_of(name):
    return make_post(channel=agency, at=at, text=f"Marta {name} owes nine million crowns to the port of Lindow.")
asked, erased, by_keys = post_of("Quillfeather"), post_of("Grimthorpe"), post_of("Pennyworth")
article = cite(asked, body="Marta Quillfeather owes nine million crowns [@r1].", headline="A debt at the port of Lindow grows, and nobody says who is to pay it in the end", at=at)
cite(erased, body="Grimthorpe owes [@r1].", headline="Another debt", at=at)
cite(by_keys, body="A debt is owed [@r1].", headline="A third debt", at=at)
record = erasure.erase_post(erased, reason="Court of Lindow, 12/26.", by=None, at=at)
print(asked.pk, by_keys.pk, record.pk, article.live_version_id)
"""
SHAPES = [(1440, "dark"), (320, "light")]
PAGES = (
    "/desk/erasures/post/{post}/",
    "/desk/erasures/version/{version}/",
    "/desk/erasures/",
    "/desk/erasures/{record}/",
    "/desk/alerts/",
)


@pytest.fixture(scope="module")
def edition(site):
    names = ("post", "by_keys", "record", "version")
    return dict(zip(names, site.run(EDITION).split(), strict=True))


@pytest.fixture(scope="module")
def desk_group():
    return "Publisher"


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
def test_every_page_of_an_erasure_is_accessible_and_fits(
    desk, edition, assert_desk_accessible, width, scheme
):
    page = desk("/desk/", viewport={"width": width, "height": 900}, color_scheme=scheme)
    for path in PAGES:
        assert page.goto(path.format(**edition)).ok, path
        assert_desk_accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} px wide"


def test_a_post_is_erased_by_keyboard_alone(desk, edition):
    page = desk("/desk/wires/post/{by_keys}/change/".format(**edition))
    page.get_by_role("link", name="Erase…").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Emptied at once")).to_be_visible()
    page.get_by_label("Reason").focus()
    page.keyboard.type("Court of Lindow, 13/26.")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    expect(page.get_by_text("No article prints its words.")).to_be_visible()
    expect(page.get_by_text("Court of Lindow, 13/26.")).to_be_visible()


def test_the_places_of_an_erasure_are_decided_without_script(desk, edition):
    page = desk("/desk/alerts/", java_script_enabled=False)
    page.get_by_role("region", name="Erasures").get_by_role("link").click()
    expect(page.get_by_text("Not decided.")).to_have_count(2)

    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("Reason").fill("A matter of record.")
    page.get_by_role("button", name="Keep for this reason").click()

    expect(page.get_by_text("2 texts kept.")).to_be_visible()
    expect(page.get_by_text("Complete", exact=True)).to_be_visible()
    page.goto("/desk/alerts/")
    expect(page.get_by_text("Erasures that are not complete")).to_have_count(0)
