"""A link alone fetches the post, where its platform allows it."""

import json

import pytest
import time_machine
from django.forms import modelform_factory

from tests.clock import NOON
from tests.wires.factories import make_channel, make_outlet
from tests.wires.platforms.bluesky import answers as bluesky
from tests.wires.platforms.mastodon import answers as mastodon
from tests.wires.platforms.x import answers as x
from tests.wires.test_paste import paste
from wires import ingest
from wires.channel_forms import ChannelForm
from wires.forms import PasteForm
from wires.http import FetchError, Response
from wires.models import Channel, Post

pytestmark = pytest.mark.django_db

RKEY = "3lesheq2xbk2s"
DID_LINK = f"https://bsky.app/profile/{bluesky.DID}/post/{RKEY}"
HANDLE_LINK = f"https://bsky.app/profile/{bluesky.HANDLE}/post/{RKEY}"
TOOT = f"https://social.example/@desk/{mastodon.NUMBER}"
TWEET = f"https://x.com/harbour/status/{x.FIRST}"


class Web:
    """A web that answers in turn."""

    def __init__(self, *bodies):
        self.bodies, self.asked = list(bodies), []

    def __call__(self, url, *, trusted_hosts, user_agent):
        self.asked.append(url)
        body = self.bodies.pop(0)
        if isinstance(body, Exception):
            raise body
        return Response(url=url, status=200, headers={}, body=body)


@pytest.fixture
def with_token(settings):
    settings.PLATFORMS_OFF = {}


def test_a_bluesky_link_with_a_handle_is_resolved_and_fetched(editor):
    web = Web(json.dumps({"did": bluesky.DID}).encode(), bluesky.posts(bluesky.post()))

    post = paste(HANDLE_LINK, editor, web=web)

    version = post.newest_version
    assert (version.text, version.captured_by) == ("The ferry leaves at noon.", None)
    assert (post.channel.account, post.channel.outlet.name) == (bluesky.HANDLE, "Harbour Office")
    assert [url.partition("?")[0].rpartition("/")[2] for url in web.asked] == [
        "com.atproto.identity.resolveHandle", "app.bsky.feed.getPosts"
    ]  # fmt: skip


def test_handle_and_did_of_a_bluesky_post_lead_to_one_post(editor):
    first = paste(DID_LINK, editor, web=Web(bluesky.posts(bluesky.post())))

    again = paste(HANDLE_LINK, editor, web=Web())

    assert (first, Post.objects.count(), Channel.objects.count()) == (again, 1, 1)


def test_a_bluesky_post_goes_to_the_channel_that_is_polled(editor):
    channel = make_channel(
        platform="bluesky", account="old-name.example", numeric_id=bluesky.DID, on_ticker=False
    )

    post = paste(DID_LINK, editor, web=Web(bluesky.posts(bluesky.post())))

    assert post.channel == channel


def test_a_channel_made_for_a_pasted_post_has_the_number_of_its_account(editor):
    post = paste(DID_LINK, editor, web=Web(bluesky.posts(bluesky.post())))

    assert (post.channel.account, post.channel.numeric_id) == (bluesky.HANDLE, bluesky.DID)


def test_a_post_of_who_took_over_a_name_is_not_stored_as_that_of_who_had_it(editor):
    channel = make_channel(
        platform="bluesky", account=bluesky.HANDLE, numeric_id=bluesky.OTHER_DID, code="OLD"
    )
    web = Web(json.dumps({"did": bluesky.DID}).encode(), bluesky.posts(bluesky.post()))

    with pytest.raises(ingest.NotFetched, match=r"in OLD: the name @harbour\.example belongs"):
        paste(HANDLE_LINK, editor, web=web)

    channel.refresh_from_db()
    assert (channel.numeric_id, Post.objects.exists()) == (bluesky.OTHER_DID, False)


def test_a_mastodon_link_is_fetched_by_its_number(editor):
    web = Web(mastodon.body(mastodon.status()))

    post = paste(TOOT, editor, web=web)

    assert post.newest_version.text == "The ferry leaves at noon."
    assert web.asked == [f"https://social.example/api/v1/statuses/{mastodon.NUMBER}"]
    assert post.channel.account == "desk@social.example"
    # The number is that of an account on the server that was asked, which may be another one.
    assert post.channel.numeric_id == ""


SEEN = "https://social.example/@tide@tides.example/115000000000000001"
AT_HOME = f"https://tides.example/@tide/{mastodon.NUMBER}"


def tide(number=mastodon.NUMBER, *, name="tide", **fields):
    """A post of an account on tides.example."""
    writer = mastodon.account("tide", "9001", host="tides.example") | {"acct": name}
    status = mastodon.status(by=writer, number=number) | fields
    status["uri"] = f"https://tides.example/users/tide/statuses/{mastodon.NUMBER}"
    return status


def test_a_mastodon_post_seen_on_another_server_is_asked_of_its_own(editor):
    told = tide("115000000000000001", name="tide@tides.example", content="<p>Put into it.</p>")
    web = Web(mastodon.body(told), mastodon.body(tide()))

    first = paste(SEEN, editor, web=web)
    again = paste(AT_HOME, editor, web=Web())

    assert (first, first.channel.account) == (again, "tide@tides.example")
    assert first.newest_version.text == "The ferry leaves at noon."
    assert web.asked[1] == f"https://tides.example/api/v1/statuses/{mastodon.NUMBER}"


def test_a_server_puts_no_words_into_the_mouth_of_another_one_s_account(editor):
    told = tide("115000000000000001", name="tide@tides.example") | {
        "uri": "https://social.example/users/x/statuses/1", "url": "https://social.example/@x/1"
    }  # fmt: skip

    with pytest.raises(ingest.NotFetched, match=r"use its link on tides\.example"):
        paste(SEEN, editor, web=Web(mastodon.body(told)))

    assert not Post.objects.exists()


def test_a_server_that_gives_its_post_the_address_of_another_is_not_believed(editor):
    false = mastodon.status() | {
        "uri": "https://tides.example/users/tide/statuses/1", "url": AT_HOME
    }  # fmt: skip

    post = paste(TOOT, editor, web=Web(mastodon.body(false)))

    assert post.url == TOOT
    assert ingest.on_file(AT_HOME) is None


def test_an_x_link_is_fetched_with_a_token_and_stored_as_its_writer_s(editor, with_token):
    wrong_name = TWEET.replace("harbour", "somebody")

    post = paste(wrong_name, editor, web=Web(x.single(x.post())))

    assert (post.channel.account, Channel.objects.get().billed_posts) == ("harbour", 1)
    assert post.newest_version.text == "The ferry leaves at noon."


def test_a_later_edit_of_an_x_post_leads_to_the_same_post(editor, with_token):
    edited = x.post("At noon.", x.SECOND, edits=[x.FIRST])
    first = paste(TWEET.replace(x.FIRST, x.SECOND), editor, web=Web(x.single(edited)))

    again = paste(TWEET, editor, web=Web())

    assert first == again


def test_without_a_token_an_x_link_asks_for_the_words(editor):
    with pytest.raises(ingest.WordsMissing, match=r"X are not fetched"):
        paste(TWEET, editor)


@pytest.mark.parametrize("link", [TOOT, DID_LINK])
def test_a_post_that_is_gone_is_said_in_words(editor, link):
    gone = FetchError("http_404", "nothing here", status=404)
    web = Web(gone if link == TOOT else bluesky.posts())

    with pytest.raises(ingest.NotFetched, match=r"does not show this post.*deleted.*Paste"):
        paste(link, editor, web=web)

    assert not Channel.objects.exists()


def test_a_fetched_link_is_left_to_the_worker(log_in):
    response = log_in("Wire desk").post("/desk/wires/post/paste/", {"address": TOOT})

    assert response.status_code == 302
    assert not Post.objects.exists()


def test_the_form_asks_for_words_only_where_they_are_not_fetched(settings):
    asked = {}
    for is_off in (True, False):
        settings.PLATFORMS_OFF = {"x": "it is switched off (X_POLL=0)"} if is_off else {}
        asked[is_off] = [
            "text" in PasteForm({"address": link}).errors for link in (TOOT, HANDLE_LINK, TWEET)
        ]

    assert asked == {True: [False, False, True], False: [False, False, False]}


def groups_of(form):
    return {
        name: [label for _, label in each] for name, each in form.fields["platform"].choices[1:]
    }


def test_the_channel_form_does_not_offer_to_poll_x_without_a_token_and_says_why(settings):
    form_of = modelform_factory(Channel, form=ChannelForm, fields=["platform", "origin"])

    settings.PLATFORMS_OFF = {"x": "its API needs a token (X_BEARER_TOKEN)"}
    off = form_of()
    settings.PLATFORMS_OFF = {}
    on = form_of()

    assert groups_of(off) == {
        "Polled": ["Feed", "Telegram", "Bluesky", "Mastodon"],
        "By hand only: links are pasted": ["X"],
    }
    assert groups_of(on) == {"Polled": ["Feed", "Telegram", "X", "Bluesky", "Mastodon"]}
    assert (
        "X is not offered: its API needs a token (X_BEARER_TOKEN)."
        in off.fields["origin"].help_text
    )


def added(desk, **fields):
    usual = {"outlet": make_outlet().pk, "on_ticker": "on", "origin": "polled", "account": ""}
    usual |= {"interval_minutes": "10", "identity": "native", "code": "NEW"}
    return desk.post("/desk/wires/channel/add/", usual | fields)


@pytest.mark.parametrize(
    ("platform", "address", "account"),
    [
        ("bluesky", "https://bsky.app/profile/Harbour.example", "harbour.example"),
        ("mastodon", "https://social.example/@desk", "desk@social.example"),
    ],
)
def test_the_page_of_an_account_is_enough_to_add_its_channel(log_in, platform, address, account):
    response = added(log_in("Wire desk"), platform=platform, address=address)

    assert response.status_code == 302
    assert Channel.objects.get().account == account
    assert Channel.objects.get().monthly_limit == 2_000


def test_a_channel_whose_address_names_no_account_is_refused(log_in):
    response = added(
        log_in("Wire desk"), platform="mastodon", address="https://social.example/about"
    )

    assert "Enter the page of an account on Mastodon as the address" in response.content.decode()


def test_x_cannot_be_set_to_polling_without_a_token(log_in):
    response = added(log_in("Wire desk"), platform="x", address="https://x.com/harbour")

    said = "X cannot be polled: its API needs a token (X_BEARER_TOKEN). Choose “by hand”."
    assert said in response.content.decode()


def test_another_account_forgets_the_number_of_the_old_one(log_in):
    channel = make_channel(
        platform="bluesky", account="old.example", numeric_id=bluesky.DID, origin="polled",
        address="https://bsky.app/profile/old.example", code="OLD",
    )  # fmt: skip
    fields = {"outlet": channel.outlet.pk, "platform": "bluesky", "account": "new.example"}
    fields |= {"address": "https://bsky.app/profile/new.example", "code": "OLD", "origin": "polled"}
    fields |= {"interval_minutes": "10", "identity": "native"}

    log_in("Wire desk").post(f"/desk/wires/channel/{channel.pk}/change/", fields)

    channel.refresh_from_db()
    assert (channel.account, channel.numeric_id) == ("new.example", "")


def test_the_channel_s_page_says_what_was_spent_and_when_the_limit_is_reached(log_in, settings):
    settings.PLATFORMS_OFF = {}
    month = Channel.month_of(NOON)
    fields = {"platform": "x", "account": "harbour", "billed_month": month, "billed_posts": 40}
    some = make_channel(monthly_limit=500, **fields)
    spent = make_channel(monthly_limit=40, **fields)
    desk = log_in("Wire desk")

    shown = []
    for channel in (some, spent):
        with time_machine.travel(NOON, tick=False):
            page = desk.get(f"/desk/wires/channel/{channel.pk}/change/").content.decode()
        shown.append(page)

    assert "40 of 500 posts" in shown[0]
    assert "40 of 40 posts: the limit is reached, polling goes on on 1 July" in shown[1]


def test_a_copy_in_an_archive_and_a_mirror_lead_to_the_post_itself(editor, with_token):
    first = paste(
        f"https://mirror.example/harbour/status/{x.FIRST}", editor, web=Web(x.single(x.post()))
    )

    again = paste(f"https://web.archive.org/web/2026/{TWEET}", editor, web=Web())

    assert (first, first.channel.platform) == (again, "x")


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ("https://www.facebook.com/harbour/posts/1", "it is on Facebook"),
        ("https://www.youtube.com/watch?v=abc", "the pages of many accounts"),
        ("https://t.me/harbour_news/1?comment=2", "a reader’s comment"),
        ("https://web.telegram.org/a/#-1001234567890_55", "does not say whose post it is"),
    ],
)
def test_a_social_host_never_becomes_an_outlet(editor, link, said):
    with pytest.raises(ingest.NotAPost, match=said):
        paste(link, editor, text="The harbour is closed.", posted_at=NOON)

    assert not Channel.objects.exists()
