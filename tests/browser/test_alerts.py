"""The Alerts page and usage pages in a real browser."""

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

EDITION = """
from tests.articles.factories import make_source, make_article
from tests.newsroom.factories import make_user
from tests.wires.factories import make_outlet, make_channel, make_post, add_version
from wires import ingest
from django.utils import timezone
from datetime import timedelta
from articles import archive, publishing
now = timezone.now()
at = now - timedelta(days=2)
agency = make_channel(outlet=make_outlet("Harbour Wire"), code="HARBOUR")
radio = make_channel(outlet=make_outlet("Radio Nahr", language="ar"), platform="telegram", code="NAHR", account="radionahr", address="https://t.me/radionahr")
def live(headline, post, body="The harbour is closed [@r1]. [We think that it will be for days.]{.own}", **fields):
    article = make_article(headline=headline, sources=False, body=body, **fields)
    make_source(article, post=post)
    publishing.publish(article, by=None, at=at)
    return article
one = make_post(channel=agency, at=at)
two = make_post(channel=radio, at=at, url="https://t.me/radionahr/9", native_id="9")
three = make_post(channel=radio, at=at, url="https://t.me/radionahr/10", native_id="10", text="السفن تنتظر غرب المنارة")
edited = live("Calvera turns grain ships back from the strait, hours after signing a text that calls it open", one)
gone = live("A second ship waits outside the harbour", two)
arabic = live("السفن تنتظر خارج الميناء", three, language="ar", body="السفن تنتظر غرب المنارة [@r1].")
sound = live("Nothing is wrong with this one", make_post(channel=agency, at=at))
make_source(make_article(headline="A draft on the same post", sources=False), post=one)
user = make_user(group="Wire desk")
ingest.withdraw(two, by=user, reason="Its page answers 404.", at=now - timedelta(hours=30))
run = archive.begin(at=now - timedelta(hours=20))
list(archive.go_on(run, now=lambda: now - timedelta(hours=20), is_over=lambda: False))
add_version(one, text="The harbour is closed to ships of more than eighty metres.", at=now - timedelta(hours=1))
add_version(three, text="السفن تدخل الميناء", at=now - timedelta(hours=2), language="ar")
print(edited.pk, one.pk, one.channel_id, one.channel.outlet_id, edited.get_absolute_url())
"""
SHAPES = [(1440, "light"), (1440, "dark"), (360, "light"), (320, "dark")]
PAGES = (
    "/desk/",
    "/desk/alerts/",
    "/desk/usage/post/{post}/",
    "/desk/usage/channel/{channel}/",
    "/desk/usage/outlet/{outlet}/",
    "/desk/wires/post/{post}/change/",
    "/desk/wires/post/{post}/history/",
)


@pytest.fixture(scope="module")
def edition(site):
    names = ("article", "post", "channel", "outlet", "public")
    return dict(zip(names, site.run(EDITION).split(), strict=True))


@pytest.mark.parametrize(("width", "scheme"), SHAPES)
def test_every_alerts_page_is_accessible_and_fits(
    desk, edition, assert_desk_accessible, width, scheme
):
    page = desk("/desk/", viewport={"width": width, "height": 900}, color_scheme=scheme)
    for path in PAGES:
        assert page.goto(path.format(**edition)).ok, path
        assert_desk_accessible(page)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{path} is {wide} px wide"


def test_an_editor_follows_an_alert_to_the_article_and_readers_see_the_update(desk, edition):
    page = desk("/desk/")
    page.get_by_role("link", name="Needs attention").click()
    report = page.get_by_role("article").filter(has_text="Calvera turns grain ships back")
    expect(report).to_contain_text("source-changed")
    expect(report).to_contain_text("1. The harbour is closed.")

    report.get_by_role("link", name="View public page").click()

    note = page.get_by_role("note")
    expect(note).to_contain_text("Harbour Wire has edited the post cited here as source 1")
    note.get_by_role("link").click()
    assert page.url.endswith("#source-r1")


def test_alerts_are_checked_and_filtered_by_kind_without_script(desk):
    page = desk("/desk/alerts/", java_script_enabled=False)
    page.get_by_role("link", name="Post withdrawn by its outlet").click()
    alerts = page.get_by_role("article")
    expect(alerts).to_have_count(1)

    alerts.get_by_role("button", name="Check now").click()

    expect(page.locator(".messagelist")).to_contain_text("1 new hold and 0 new queries")


def test_alerts_follow_a_withdrawal_and_its_undoing(desk, edition):
    page = desk("/desk/wires/post/{post}/change/")
    page.get_by_role("button", name="Mark as withdrawn").click()
    page.get_by_label("How you know").fill("Its page answers 404.")
    page.get_by_role("button", name="Mark as withdrawn").click()
    expect(page.locator(".messagelist")).to_contain_text("1 post marked as withdrawn.")
    page.goto("/desk/alerts/?kind=source-deleted")
    expect(page.get_by_role("article")).to_have_count(2)

    page.goto("/desk/wires/post/{post}/change/".format(**edition))
    page.get_by_role("button", name="Undo withdrawal").click()

    page.goto("/desk/alerts/?kind=source-deleted")
    expect(page.get_by_role("article")).to_have_count(1)
