"""A platform new to the project, added only by its literal as CONTRIBUTING.md says."""

import re

import pytest
from django.core.management import call_command

from tests.clock import NOON
from tests.newsroom.factories import make_user
from tests.wires.factories import make_channel, make_outlet, make_post
from wires.models import Channel, Post
from wires.platforms import PLATFORMS
from wires.platforms.addresses import Permalink
from wires.platforms.platform import Platform

pytestmark = pytest.mark.django_db

ADD = "/desk/wires/channel/add/"
PASTE = "/desk/wires/post/paste/"


def read_permalink(address):
    found = re.fullmatch(r"(?P<account>[a-z]+)/(?P<number>[0-9]+)", address.path)
    if address.host != "talk.example" or found is None:
        return None
    return Permalink(
        platform="harbourtalk",
        kind="post",
        host="talk.example",
        account=found["account"],
        native_id=found["number"],
        url=f"https://talk.example/{found['account']}/{found['number']}",
        number=found["number"],
    )


HARBOUR_TALK = Platform(
    code="harbourtalk",
    label="Harbour Talk",
    read_permalink=read_permalink,
    account_url="https://talk.example/{}".format,
    names=("Harbour Talk",),
)


@pytest.fixture(autouse=True)
def harbour_talk(monkeypatch):
    first, *others = PLATFORMS
    monkeypatch.setattr("wires.platforms.PLATFORMS", (first, HARBOUR_TALK, *others))


@pytest.fixture
def desk(client):
    client.force_login(make_user(group="Wire desk"))
    return client


def channel_fields(**fields):
    return {
        "outlet": make_outlet("Harbour Wire").pk,
        "platform": "harbourtalk",
        "address": "https://talk.example/wire",
        "account": "wire",
        "code": "WIRE-HT",
        "on_ticker": "on",
        "origin": "by_hand",
        "interval_minutes": "10",
        "identity": "native",
    } | fields


def test_a_new_platform_needs_no_migration():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_a_new_platform_is_offered_for_a_channel(desk):
    form = desk.get(ADD).content.decode()

    assert '<option value="harbourtalk">Harbour Talk</option>' in form


def test_a_channel_on_a_new_platform_can_be_saved_in_the_admin(desk):
    response = desk.post(ADD, channel_fields())

    assert response.status_code == 302, response.context["errors"]
    assert Channel.objects.get().platform == "harbourtalk"


def test_polling_is_refused_for_a_platform_without_an_adapter(desk):
    response = desk.post(ADD, channel_fields(origin="polled"))

    message = "Harbour Talk cannot be polled yet. Choose “by hand”."
    assert message in response.content.decode()
    assert not Channel.objects.exists()


def test_polling_is_not_offered_for_a_channel_without_an_adapter(desk):
    unread = make_channel(platform="harbourtalk", origin=Channel.Origin.BY_HAND)
    read = make_channel(platform="rss")

    forms = [
        desk.get(f"/desk/wires/channel/{channel.pk}/change/").content.decode()
        for channel in (unread, read)
    ]

    assert ['<option value="polled"' in form for form in forms] == [False, True]


def test_a_channel_without_an_adapter_is_never_polled():
    make_channel(platform="harbourtalk", origin=Channel.Origin.POLLED, paused=False)
    read = make_channel(platform="rss", origin=Channel.Origin.POLLED, paused=False)

    assert list(Channel.objects.polled()) == [read]
    assert list(Channel.objects.due(NOON)) == [read]


def test_a_pasted_link_on_a_new_platform_asks_for_the_text(desk):
    response = desk.post(PASTE, {"address": "https://talk.example/wire/7"})

    page = response.content.decode()
    assert "This platform is not fetched. Paste the text of the post." in page
    assert "For Harbour Talk and X: the text of the post" in page


def test_a_pasted_post_on_a_new_platform_is_stored_with_its_account(desk):
    fields = {"text": "The harbour is closed.", "posted_at": "2026-06-25T02:40"}

    desk.post(PASTE, {"address": "https://talk.example/wire/7", **fields})

    post = Post.objects.select_related("channel").get()
    assert (post.channel.platform, post.channel.account) == ("harbourtalk", "wire")
    assert post.channel.address == "https://talk.example/wire"


def test_a_post_on_a_new_platform_shows_its_label_to_readers(client):
    channel = make_channel(platform="harbourtalk", account="wire", code="WIRE-HT")
    post = make_post(channel=channel)

    page = client.get(post.get_absolute_url()).content.decode()

    assert "Harbour Talk" in page
    assert "@wire" in page
