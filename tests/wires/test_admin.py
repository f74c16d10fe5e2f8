import re

import pytest
import time_machine
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from tests.articles.factories import make_article, make_source
from tests.clock import later
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_channel, make_outlet, make_post
from wires import generations
from wires.models import Channel, Outlet, Post

pytestmark = pytest.mark.django_db

WIRE = "/desk/wires/post/"


def headlines(response):
    return re.findall(r'class="wire-words"[^>]*>([^<]*)<', response.content.decode())


def queries_of(captured):
    return [query["sql"] for query in captured.captured_queries]


def tick(client, action, *posts, **fields):
    data = {"action": action, "index": 0, ACTION_CHECKBOX_NAME: [post.pk for post in posts]}
    return client.post(WIRE, data | fields)


@time_machine.travel(later(hours=2))
def test_the_wire_desk_list_is_newest_first_with_outlet_time_and_state(log_in):
    desk = log_in("Wire desk")
    channel = make_channel(code="HARBOUR", platform="telegram", outlet=make_outlet("Harbour Wire"))
    make_post(channel=channel, title="Older", at=later())
    newer = make_post(channel=channel, title="Newer", at=later(hours=1), state="live")
    make_source(make_article(sources=False), post=newer)

    response = desk.get(WIRE)

    assert headlines(response) == ["Newer", "Older"]
    for word in ("HARBOUR", "Harbour Wire", "Telegram", "25 Jun 13:00", "Cited"):
        assert word in response.content.decode()


def test_a_post_title_is_wrapped_in_a_bdi_with_direction_and_language(log_in):
    desk = log_in("Wire desk")
    make_post(title="السفن تنتظر")

    response = desk.get(WIRE)

    assert '<bdi class="wire-words" dir="auto" lang="en">السفن تنتظر</bdi>' in (
        response.content.decode()
    )


@pytest.mark.parametrize("path", [WIRE, f"{WIRE}?q=harbour", f"{WIRE}?cited=no&hidden=no"])
def test_the_wire_desk_list_takes_the_same_queries_however_many_rows(
    log_in, path, django_assert_num_queries, django_assert_max_num_queries
):
    desk = log_in("Wire desk")
    make_post()
    # In which languages there are texts is read once a minute.
    desk.get(path)
    with django_assert_max_num_queries(16) as few:
        desk.get(path)
    for _ in range(70):
        make_post()

    with django_assert_num_queries(len(few)) as many:
        response = desk.get(path)

    assert len(headlines(response)) == 50
    assert not [sql for sql in queries_of(many) if "COUNT(" in sql]


def test_the_wire_desk_list_is_paginated_without_a_total(log_in):
    desk = log_in("Wire desk")
    for n in range(60):
        make_post(title=f"Post {n}", at=later(minutes=n))

    first, second = desk.get(WIRE), desk.get(f"{WIRE}?p=2")

    assert headlines(first)[0] == "Post 59"
    assert headlines(second)[0] == "Post 9"
    assert "Older" in first.content.decode()
    assert "Older</a>" not in second.content.decode()
    assert 'href="?p=1"' in second.content.decode()


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 40, "2001"])
def test_an_invalid_page_number_redirects_to_the_first_page(log_in, page):
    desk = log_in("Wire desk")
    make_post(title="Here")

    response = desk.get(f"{WIRE}?p={page}", follow=True)

    assert headlines(response) == ["Here"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("platform=telegram", ["In Telegram"]),
        ("language=fa", ["In Persian"]),
        ("cited=yes", ["Cited"]),
        ("hidden=yes", ["Hidden"]),
        ("q=trawler", ["Told of in the text"]),
        ("q=nahr+in", ["In Telegram"]),
    ],
)
def test_filters_and_search_narrow_the_wire_desk_list(log_in, query, found):
    desk = log_in("Wire desk")
    nahr = make_channel(platform="telegram", code="NAHR", outlet=make_outlet("Radio Nahr"))
    make_outlet("Payam", language="fa")
    make_post(title="In Telegram", channel=nahr, at=later())
    persian = make_post(title="In Persian", at=later())
    add_version(persian, title="In Persian", text="x", at=later(), language="fa-IR")
    make_source(make_article(sources=False), post=make_post(title="Cited", at=later()))
    make_post(title="Hidden", hidden_at=later(), hidden_reason="Wrong.", at=later())
    make_post(title="Told of in the text", text="A trawler turned back.", at=later())

    response = desk.get(f"{WIRE}?{query}")

    assert headlines(response) == found


def test_the_outlet_filter_covers_all_channels_of_the_outlet(log_in):
    desk = log_in("Wire desk")
    outlet = make_outlet("Radio Nahr")
    for platform in ("rss", "telegram"):
        make_post(title=f"On {platform}", channel=make_channel(outlet=outlet, platform=platform))
    make_post(title="Another's")

    response = desk.get(f"{WIRE}?outlet={outlet.pk}")

    assert sorted(headlines(response)) == ["On rss", "On telegram"]


def test_draft_from_selection_opens_a_form_and_saves_nothing(log_in):
    writer = log_in("Writer")
    second, first = make_post(at=later(hours=1)), make_post(title="It closed", at=later())

    response = tick(writer, "draft_from_selection", second, first)

    assert (
        response.url == f"{reverse('admin:articles_article_add')}?post={first.pk}&post={second.pk}"
    )
    form = writer.get(response.url)
    assert "It closed" in form.content.decode()
    assert [f'value="c{n}"' in form.content.decode() for n in (1, 2, 3)] == [True, True, False]
    assert Article.objects.count() == 0


def test_the_wire_desk_cannot_start_a_draft(log_in):
    desk = log_in("Wire desk")

    response = tick(desk, "draft_from_selection", make_post())

    assert response.url == WIRE
    assert "Draft article from selection" not in desk.get(WIRE).content.decode()


def test_a_post_is_hidden_once_a_reason_is_given(log_in):
    desk = log_in("Wire desk")
    post = make_post(title="A leak")

    form = tick(desk, "hide", post)
    without = desk.post(WIRE, {"action": "hide", ACTION_CHECKBOX_NAME: post.pk, "reason": " "})
    post.refresh_from_db()
    assert not post.is_hidden
    desk.post(WIRE, {"action": "hide", ACTION_CHECKBOX_NAME: post.pk, "reason": "A private name."})

    post.refresh_from_db()
    assert "A leak" in form.content.decode()
    assert "This field is required" in without.content.decode()
    assert (post.is_hidden, post.hidden_reason) == (True, "A private name.")
    assert post.hidden_by.groups.get().name == "Wire desk"


def test_a_hidden_post_can_be_unhidden(log_in):
    desk = log_in("Wire desk")
    post = make_post(hidden_at=later(), hidden_reason="Wrong.")

    tick(desk, "unhide", post)

    post.refresh_from_db()
    assert not post.is_hidden


def test_a_post_can_be_marked_as_withdrawn_by_its_source(log_in):
    desk = log_in("Wire desk")
    post = make_post()

    form = tick(desk, "mark_withdrawn", post)
    tick(desk, "mark_withdrawn", post, reason="Its page answers 404.")

    assert "How you know" in form.content.decode()
    post.refresh_from_db()
    assert post.is_withdrawn
    assert post.withdrawn_at <= timezone.now()
    assert post.withdrawn_by.groups.get().name == "Wire desk"
    page = desk.get(f"{WIRE}{post.pk}/change/").content.decode()
    assert "Its page answers 404." in page
    assert "Undo withdrawal" in page


def test_a_withdrawal_without_a_reason_asks_again(log_in):
    desk = log_in("Wire desk")
    post = make_post()

    form = tick(desk, "mark_withdrawn", post, reason=" ")

    post.refresh_from_db()
    assert not post.is_withdrawn
    assert "This field is required." in form.content.decode()


def test_undoing_a_withdrawal_keeps_both_acts_in_the_log(log_in):
    desk = log_in("Wire desk")
    post = make_post()
    tick(desk, "mark_withdrawn", post, reason="Its page answers 404.")

    tick(desk, "mark_back", post)

    post.refresh_from_db()
    assert (post.state, post.withdrawn_reason) == (Post.State.LIVE, "")
    log = desk.get(f"{WIRE}{post.pk}/history/").content.decode()
    assert "Marked as withdrawn by the outlet: Its page answers 404." in log
    assert "Withdrawal undone." in log


@pytest.mark.parametrize(
    "action", ["hide", "unhide", "mark_withdrawn", "mark_back", "draft_from_selection"]
)
def test_a_user_with_view_permission_only_cannot_act_on_a_post(client, action):
    reader = make_user()
    reader.user_permissions.add(Permission.objects.get(codename="view_post"))
    client.force_login(reader)
    post = make_post()
    before = Post.objects.values().get()

    tick(client, action, post, reason="Because.")

    assert Post.objects.values().get() == before


def test_an_action_never_reaches_beyond_the_ticked_rows(log_in):
    desk = log_in("Wire desk")
    ticked, other = make_post(), make_post()

    tick(desk, "mark_withdrawn", ticked, select_across="1", reason="Gone.")

    ticked.refresh_from_db()
    other.refresh_from_db()
    assert ticked.is_withdrawn
    assert not other.is_withdrawn


def test_a_post_page_shows_every_version_and_the_citing_articles(
    log_in, django_assert_max_num_queries
):
    desk = log_in("Wire desk")
    post = make_post(text="Eleven ships.")
    add_version(post, text="Twelve ships.", at=later(hours=2))
    make_source(make_article(headline="Ships turn back", sources=False), post=post, key="h1")

    with django_assert_max_num_queries(14):
        page = desk.get(f"{WIRE}{post.pk}/change/").content.decode()

    for words in ("Eleven ships.", "Twelve ships.", "Version 2", "Edited since", "Ships turn back"):
        assert words in page


def test_posts_cannot_be_added_edited_or_deleted_in_the_admin(client):
    client.force_login(make_user(is_superuser=True))
    post = make_post()

    statuses = [
        client.post(f"{WIRE}{post.pk}/change/", {"url": "https://evil.example/"}).status_code,
        client.post(f"{WIRE}add/", {}).status_code,
        client.post(f"{WIRE}{post.pk}/delete/", {"post": "yes"}).status_code,
    ]

    assert statuses == [403, 403, 403]


# Add a post


def paste(client, **fields):
    return client.post(f"{WIRE}paste/", fields)


def test_pasting_a_post_already_on_file_says_so(log_in):
    desk = log_in("Wire desk")
    post = {
        "address": "https://x.com/reuters/status/1937700000000000000",
        "text": "Meta removed 25,000 accounts.",
        "posted_at": "2026-06-25T02:40",
    }

    pages = [desk.get(paste(desk, **post).url).content.decode() for _ in range(2)]

    assert "Post added." in pages[0]
    assert "This post was already on file." in pages[1]
    assert Post.objects.get().versions.count() == 1


def test_a_post_on_an_unfetched_platform_is_copied_by_hand(log_in):
    desk = log_in("Wire desk")

    response = paste(
        desk,
        address="https://x.com/reuters/status/1937700000000000000",
        text="Meta removed 25,000 accounts.",
        posted_at="2026-06-25T02:40",
    )

    post = Post.objects.get()
    assert response.url == f"{WIRE}{post.pk}/change/"
    assert post.unconfirmed_version.text == "Meta removed 25,000 accounts."
    assert post.unconfirmed_version.captured_by.groups.get().name == "Wire desk"
    assert "not fetched" in desk.get(response.url).content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"address": "https://x.com/reuters/status/1937700000000000000"}, "Paste the text"),
        ({"address": "https://x.com/reuters", "text": "Words"}, "cannot be cited"),
        ({"address": "nonsense"}, "errorlist"),
        ({"address": ""}, "This field is required"),
        (
            {"address": "https://harbour.example/2026/one"},
            "None of our channels covers harbour.example",
        ),
    ],
)
def test_an_invalid_paste_gets_one_message_and_stores_nothing(log_in, fields, said):
    desk = log_in("Wire desk")

    response = paste(desk, **fields)

    assert response.status_code == 200
    assert said in response.content.decode()
    assert not Post.objects.exists()
    assert not Channel.objects.exists()


def test_a_writer_without_the_permission_cannot_paste(client):
    client.force_login(make_user())

    assert paste(client, address="https://x.com/a/status/1").status_code == 403


# Channels and outlets


@time_machine.travel(later(hours=1))
def test_a_channel_describes_its_problem_in_words(log_in):
    desk = log_in("Wire desk")
    make_channel(health="failing", last_error="the server answered 503", last_error_at=later())

    page = desk.get("/desk/wires/channel/").content.decode()

    assert "Cannot be read since 12:00 UTC: the server answered 503." in page


@time_machine.travel(later(hours=1))
def test_the_last_post_time_shows_the_year_when_it_is_not_this_one(log_in):
    desk = log_in("Wire desk")
    make_channel(last_post_at=later(days=-573, hours=3))

    assert "29 Nov 2024 15:00 UTC" in desk.get("/desk/wires/channel/").content.decode()


def test_the_form_of_a_new_channel_shows_no_health(log_in):
    desk = log_in("Wire desk")
    old = make_channel()

    added = desk.get("/desk/wires/channel/add/").content.decode()
    changed = desk.get(f"/desk/wires/channel/{old.pk}/change/").content.decode()

    assert "Last polled" not in added
    assert "Last polled" in changed


def test_one_button_starts_every_channel_that_can_be_polled(log_in):
    desk = log_in("Wire desk")
    polled = make_channel(paused=True)
    by_hand = make_channel(paused=True, origin="by_hand")

    desk.post(reverse("admin:wires_channel_start"))

    polled.refresh_from_db()
    by_hand.refresh_from_db()
    assert (polled.paused, by_hand.paused) == (False, True)


def test_selected_channels_can_be_started_and_paused(log_in):
    desk = log_in("Wire desk")
    channel = make_channel(paused=True, health="gone", failures=9)
    other = make_channel(paused=True)

    def act(action, **fields):
        ticked = {"action": action, "index": 0, ACTION_CHECKBOX_NAME: channel.pk}
        desk.post("/desk/wires/channel/", ticked | fields)
        channel.refresh_from_db()

    act("start_polling")
    assert (channel.paused, channel.health, channel.failures) == (False, "sound", 0)
    act("pause", reason="The site moves.")
    assert channel.paused
    other.refresh_from_db()
    assert other.paused


def test_starting_channels_requires_permission_and_a_post_request(client, log_in):
    channel = make_channel(paused=True)
    client.force_login(make_user())
    refused = client.post(reverse("admin:wires_channel_start"))
    desk = log_in("Wire desk")
    looked = desk.get(reverse("admin:wires_channel_start"))

    channel.refresh_from_db()
    assert (refused.status_code, looked.status_code, channel.paused) == (403, 405, True)


def test_changing_a_channel_address_clears_its_fetch_state(log_in):
    desk = log_in("Wire desk")
    channel = make_channel(etag="W/1", last_modified="Thu", health="broken", failures=5)
    form = {
        "outlet": channel.outlet_id, "platform": "rss", "code": channel.code, "origin": "polled",
        "address": "https://new.example/feed", "interval_minutes": 10, "identity": "native",
    }  # fmt: skip

    desk.post(f"/desk/wires/channel/{channel.pk}/change/", form)

    channel.refresh_from_db()
    assert (channel.address, channel.etag, channel.health) == (
        "https://new.example/feed", "", "sound",
    )  # fmt: skip


def test_outlet_aliases_are_entered_one_per_line(log_in):
    desk = log_in("Wire desk")
    outlet = make_outlet("Radio Nahr", aliases=["Nahr"])
    page = desk.get(f"/desk/wires/outlet/{outlet.pk}/change/").content.decode()

    desk.post(
        f"/desk/wires/outlet/{outlet.pk}/change/",
        {"name": "Radio Nahr", "slug": "radio-nahr", "excerpt_length": 300,
         "aliases": "Nahr\r\n\r\n  the  river \r\nNahr\r\n"},
    )  # fmt: skip

    assert re.search(r"<textarea[^>]*>\s*Nahr</textarea>", page)
    assert Outlet.objects.get().aliases == ["Nahr", "the river"]


def test_changing_an_outlet_invalidates_cached_pages(log_in, django_capture_on_commit_callbacks):
    desk = log_in("Wire desk")
    outlet = make_outlet("Radio Nahr")
    before = generations.current("pages")

    with django_capture_on_commit_callbacks(execute=True):
        desk.post(
            f"/desk/wires/outlet/{outlet.pk}/change/",
            {"name": "Radio Nahr", "slug": "radio-nahr", "excerpt_length": 40, "aliases": ""},
        )

    assert Outlet.objects.get().excerpt_length == 40
    assert generations.current("pages") != before


def test_no_group_can_delete_outlets_or_channels(log_in):
    publisher = log_in("Publisher")
    channel = make_channel()

    statuses = [
        publisher.post(f"/desk/wires/channel/{channel.pk}/delete/", {"post": "yes"}).status_code,
        publisher.post(
            f"/desk/wires/outlet/{channel.outlet_id}/delete/", {"post": "yes"}
        ).status_code,
    ]

    assert statuses == [403, 403]


# Autocomplete


@time_machine.travel(later(hours=2))
def test_post_suggestions_show_outlet_and_time_without_a_count_query(
    log_in, django_assert_max_num_queries
):
    writer = log_in("Writer")
    channel = make_channel(code="NAHR", outlet=make_outlet("Radio Nahr"))
    make_post(title="Ships wait", text="Ships wait west.", channel=channel)
    for _ in range(30):
        make_post()
    query = {"app_label": "articles", "model_name": "wiresource", "field_name": "post"}

    with django_assert_max_num_queries(13) as captured:
        found = writer.get("/desk/autocomplete/", query | {"term": "nahr wait"}).json()
    page = writer.get("/desk/autocomplete/", query | {"term": ""}).json()

    assert [result["text"] for result in found["results"]] == ["NAHR 25 Jun 12:00 Ships wait"]
    assert found["results"][0]["words"] == "Ships wait west."
    assert (len(page["results"]), page["pagination"]["more"]) == (20, True)
    assert not [sql for sql in queries_of(captured) if "COUNT(" in sql]
