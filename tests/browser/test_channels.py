"""Channels at the desk in a real browser: tested and added by keyboard, without script, any width."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_desk import SHAPES
from tests.wires.http_servers import RawServer, answer
from tests.wires.platforms.bluesky import answers as bluesky
from tests.wires.test_paste import page as telegram_page

pytestmark = pytest.mark.browser

ADD = "/desk/wires/channel/add/"
FEED = (
    b"<rss><channel><title>Harbour Wire</title><language>en</language>"
    b"<item><title>The harbour is closed</title><guid>1</guid>"
    b"<pubDate>Thu, 25 Jun 2026 09:00:00 GMT</pubDate></item>"
    b"<item><title>Pilots on strike</title><guid>2</guid></item></channel></rss>"
)
PAGE = (
    b"<html><head><title>Harbour</title><link rel='alternate' type='application/rss+xml'"
    b" href='https://harbour.example/feed'></head></html>"
)
KEY = "3lesheq2xbk2s"

# What the worker does, with the internet on loopback.
WORK = """
import random
from dataclasses import replace
from types import SimpleNamespace
from django.utils import timezone
from wires import http
from wires.ingest import AddressTester
from wires.ingest.poll import ChannelPoller
from wires.platforms import parse

def fetch(url, **options):
    here = "http://{host}/" + url.partition("://")[2]
    response = http.fetch(here, trusted_hosts=["{host}"], user_agent="tests", **options)
    return replace(response, url=url)

Domain.objects.all().delete()
common = dict(fetch=fetch, now=timezone.now, sleep=lambda seconds: None)
AddressTester(parsers=SimpleNamespace(parse=parse), worker="tests", **common).answer_all()
ChannelPoller(parse=parse, chance=random.Random(1), **common).poll_due()
print(*Channel.objects.filter(posts__isnull=False).order_by("code").values_list("code", flat=True).distinct())
"""


@pytest.fixture
def internet():
    """Answer as the sites that are asked, by the host that begins the path."""
    bodies = {
        "harbour.example/feed": FEED,
        "harbour.example/": PAGE,
        "t.me/": telegram_page(6, 7),
        "public.api.bsky.app/": bluesky.feed(bluesky.post("Tide at noon.", KEY)),
    }

    def talk(connection):
        asked = server.requests[-1].split(b" ")[1].decode().removeprefix("/")
        body = next((bodies[name] for name in bodies if asked.startswith(name)), b"")
        connection.sendall(answer(body))

    server = RawServer(talk)
    with server:
        yield server


@pytest.fixture(scope="module")
def desk_group():
    return "Wire desk"


@pytest.mark.parametrize(
    ("entered", "code", "shown"),
    [
        ("https://t.me/PortWatch", "PORTWATCH", "Message 7"),
        ("@harbour.example", "HARBOUR", "Tide at noon."),
        ("harbour.example/feed", "HARBOUR-2", "The harbour is closed"),
    ],
)
def test_a_channel_is_added_by_keyboard_without_a_script(
    site, desk, internet, entered, code, shown
):
    page = desk(ADD, java_script_enabled=False)

    # The address, Enter; the worker answers; Enter adds; Enter saves.
    expect(page.get_by_label("Address")).to_be_focused()
    page.keyboard.type(entered)
    page.keyboard.press("Enter")
    expect(page.get_by_text("The worker is reading")).to_be_visible()
    site.run(WORK.format(host=internet.host))
    expect(page.get_by_text(shown)).to_be_visible()
    expect(page.get_by_role("link", name="Add this channel")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Code")).to_have_value(code)
    expect(page.get_by_label("Address")).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_text("was added successfully")).to_be_visible()
    assert code in site.run(WORK.format(host=internet.host)).split()


def test_a_web_page_leads_to_its_feed_by_keyboard(site, desk, internet):
    page = desk(ADD)

    expect(page.get_by_label("Address")).to_be_focused()
    page.keyboard.type("https://harbour.example/")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/test/\d+/"))
    site.run(WORK.format(host=internet.host))
    feed = page.get_by_role("link", name="https://harbour.example/feed")
    expect(feed).to_be_visible()
    feed.focus()
    page.keyboard.press("Enter")

    expect(page.get_by_label("Address")).to_have_value("https://harbour.example/feed")


STORED = """
from django.utils import timezone
from tests.wires.factories import make_channel, make_outlet
channel = make_channel(outlet=make_outlet("Radio Nahr"), code="NAHR", paused=True,
                       paused_reason="The site is being moved.", paused_at=timezone.now())
person = User.objects.get(username={username!r})
common = dict(by=person, asked_at=timezone.now(), entered="harbour.example", platform="rss",
              address="https://harbour.example/")
item = dict(title="The harbour is closed until further notice", language="en",
            posted_at="2026-06-25T09:00:00+00:00", dating="")
odd = item | dict(posted_at="", dating="it has no date; it is dated by when it is first seen")
found = dict(title="Harbour Wire", account="", numeric_id="", language="en", count=2, minutes=30,
             items=[item, odd], odd=["Its end is missing."], feeds=[])
done = AddressTest.objects.create(answered_at=timezone.now(), found=found, **common)
page = AddressTest.objects.create(answered_at=timezone.now(), problem="this is a web page, not a feed",
                                  found=found | dict(feeds=["https://harbour.example/" + "feed" * 20]), **common)
waiting = AddressTest.objects.create(**common)
print(channel.pk, done.pk, page.pk, waiting.pk)
"""
OPML = """<opml><body><outline text="A very long name of an outlet in a port"
 xmlUrl="https://harbour.example/a/rather/long/address/of/a/feed.xml"/><outline text="Lost"/>
 <outline text="Known" xmlUrl="https://harbour.example/a/rather/long/address/of/a/feed.xml"/>
</body></opml>"""


@pytest.mark.parametrize(("width", "scheme"), [*SHAPES, (320, "dark")])
def test_every_page_of_channels_is_accessible_and_fits(
    site, visitor, assert_desk_accessible, width, scheme
):
    login = site.make_login("Wire desk")
    rows = site.run(
        "Channel.objects.filter(code='NAHR').delete()\n" + STORED.format(username=login.username)
    )
    channel, done, offered, waiting = rows.split()
    page = visitor(viewport={"width": width, "height": 900}, color_scheme=scheme)
    # Each stays for as long as it is looked at.
    page.route("**/desk/wires/channel/test/*/", without_refresh)
    site.log_in(page, login)

    for path in (
        "/desk/wires/channel/", ADD, f"/desk/wires/channel/{channel}/change/",
        f"/desk/wires/channel/test/{done}/", f"/desk/wires/channel/test/{offered}/",
        f"/desk/wires/channel/test/{waiting}/", "/desk/wires/channel/import/",
    ):  # fmt: skip
        page.goto(path)
        check(page, path, width, assert_desk_accessible)
    page.get_by_label("OPML file").set_input_files(
        {"name": "list.opml", "mimeType": "text/x-opml", "buffer": OPML.encode()}
    )
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_role("button", name="Add 1 channel")).to_be_visible()
    check(page, "import", width, assert_desk_accessible)


def without_refresh(route):
    answer = route.fetch()
    headers = {name: value for name, value in answer.headers.items() if name != "refresh"}
    route.fulfill(response=answer, headers=headers)


def check(page, path, width, assert_desk_accessible):
    assert_desk_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width, path
