"""The Alerts page, and the usage pages of posts, channels and outlets."""

import re

import pytest
import time_machine

from articles import archive
from articles.models import ArchiveRun, Fault, LiveVetting
from tests.articles.factories import make_article, make_live_article, make_source
from tests.clock import later
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_channel, make_outlet, make_post

pytestmark = pytest.mark.django_db

REPORT = "/desk/alerts/"


@pytest.fixture(autouse=True)
def at_nine():
    with time_machine.travel(later(hours=9), tick=False):
        yield


def changed(*, at=None, **fields):
    article = make_live_article(**fields)
    post = article.wire_sources.get().post
    add_version(post, text="The harbour is open.", at=at or later(hours=1))
    return article


def check_all(*, at=None):
    at = at or later(hours=6)
    return list(archive.go_on(archive.begin(at=at), now=lambda: at, is_over=lambda: False))


def against(response):
    found = re.findall(r'alert__head">\s*<a[^>]*><bdi[^>]*>([^<]*)', response.content.decode())
    return [headline.strip() for headline in found]


# The report


def test_alerts_say_so_when_nothing_needs_attention(log_in):
    make_live_article()

    page = log_in("Wire desk").get(REPORT).content.decode()

    assert "No alerts: no cited post was edited or withdrawn" in page
    assert "have not been checked yet" in page
    assert "every night at 03:30 (UTC)" in page


def test_alerts_show_an_edited_post_at_once_with_its_sentence_and_article(log_in):
    article = changed(headline="Ships turn back", body="The harbour is closed [@r1].")
    post = article.wire_sources.get().post

    page = log_in("Wire desk").get(REPORT).content.decode()

    assert "Since the last check" in page
    assert "source-changed" in page
    assert "“harbour is closed” is now “harbour is open”" in page
    assert "1. The harbour is closed." in page
    for address in (
        f"/desk/articles/article/{article.pk}/change/",
        f"/desk/wires/post/{post.pk}/change/",
        article.get_absolute_url(),
    ):
        assert f'href="{address}"' in page


def test_alerts_list_the_nightly_findings_below_with_the_age_of_the_run(log_in):
    changed(headline="Found by night")
    check_all(at=later(hours=6))
    changed(headline="Edited since", at=later(hours=8))

    response = log_in("Wire desk").get(REPORT)

    page = response.content.decode()
    assert against(response) == ["Edited since", "Found by night"]
    assert re.search(r"3\xa0hours ago", page)
    assert "1 article." in page


def test_alerts_show_the_progress_of_a_running_check(log_in):
    ArchiveRun.objects.create(started_at=later(hours=8), articles=40)

    assert (
        "A check is running: 40 articles so far." in log_in("Editor").get(REPORT).content.decode()
    )


def test_alerts_are_filtered_by_kind_and_paginated(log_in):
    for n in range(60):
        changed(headline=f"Article {n}")
    check_all()
    Fault.objects.filter(article__headline="Article 7").update(code="weekday", moved_at=None)
    desk = log_in("Wire desk")

    first = desk.get(REPORT)
    second = desk.get(REPORT + re.search(r'href="(\?older=[^"]+)"', first.content.decode())[1])
    narrowed = desk.get(f"{REPORT}?kind=weekday")

    assert len(against(first)) == 50
    assert len(against(second)) == 10
    assert against(narrowed) == ["Article 7"]
    assert "older" not in narrowed.content.decode()


@pytest.mark.parametrize("query", ["kind=none", "kind=%00", "older=1-1", "newer=1-1"])
def test_an_unknown_filter_value_of_alerts_is_not_an_error(log_in, query):
    assert log_in("Wire desk").get(f"{REPORT}?{query}").status_code == 200


@pytest.mark.parametrize("rows", [1, 12])
def test_alerts_take_the_same_queries_however_many_rows(log_in, rows, django_assert_num_queries):
    for _ in range(rows):
        changed()
    check_all()
    for _ in range(rows):
        changed(at=later(hours=8))
    desk = log_in("Wire desk")
    desk.get(REPORT)

    # Session and user, two for permissions; four for recorded faults, seven for new changes, one
    # for erasures.
    with django_assert_num_queries(15):
        assert len(against(desk.get(REPORT))) == 2 * rows


def test_alerts_are_hidden_from_staff_without_a_group(client):
    article = changed()
    client.force_login(make_user())

    assert client.get(REPORT).status_code == 403
    assert client.post(f"{REPORT}{article.pk}/").status_code == 403
    assert client.get(f"/desk/usage/post/{article.wire_sources.get().post_id}/").status_code == 403


def test_check_now_checks_one_article_for_anyone_who_may_write(log_in):
    article = changed(headline="Ships turn back")
    desk = log_in("Writer")

    response = desk.post(f"{REPORT}{article.pk}/", follow=True)

    page = response.content.decode()
    assert "Checked “Ships turn back”: 1 new hold and 0 new queries." in page
    assert LiveVetting.objects.get().vetted_at == later(hours=9)
    assert against(response) == ["Ships turn back"]


def test_check_now_says_so_when_it_finds_nothing(log_in):
    article = make_live_article(headline="Ships turn back")

    page = log_in("Writer").post(f"{REPORT}{article.pk}/", follow=True).content.decode()

    assert "nothing new found" in page


def test_the_wire_desk_sees_alerts_but_cannot_check_an_article(log_in):
    article = changed()
    desk = log_in("Wire desk")

    assert "Check now" not in desk.get(REPORT).content.decode()
    assert desk.post(f"{REPORT}{article.pk}/").status_code == 403
    assert desk.get(f"{REPORT}{article.pk}/").status_code == 405


def test_check_now_refuses_a_draft(log_in):
    assert log_in("Writer").post(f"{REPORT}{make_article().pk}/").status_code == 404


def test_the_desk_index_counts_open_alerts(log_in):
    desk = log_in("Wire desk")
    make_live_article()
    assert "No problems with live articles." in desk.get("/desk/").content.decode()

    changed()
    check_all()
    changed(at=later(hours=8))

    page = " ".join(desk.get("/desk/").content.decode().split())
    assert "2 live articles</b>: a cited post" in page


# Used in


def rows(response):
    found = re.findall(
        r'usage__head">(.*?)</p>\s*<p class="usage__facts">(.*?)</p>',
        response.content.decode(),
        re.S,
    )
    return [tuple(" ".join(re.sub(r"<[^>]+>", "", part).split()) for part in row) for row in found]


def test_usage_of_a_post_lists_live_articles_then_old_versions_then_drafts(log_in):
    from articles import publishing

    post = make_post()
    draft = make_article(headline="A draft", sources=False)
    make_source(draft, key="d1", post=post)
    live = make_article(headline="It is live", sources=False)
    make_source(live, key="r1", post=post)
    publishing.publish(live, by=None, at=later())
    once = make_article(headline="It was withdrawn", sources=False)
    make_source(once, key="r1", post=post)
    publishing.publish(once, by=None, at=later(hours=1))
    publishing.withdraw(once, by=None, at=later(hours=2), note="It was wrong.")
    make_live_article(headline="Another")

    response = log_in("Writer").get(f"/desk/usage/post/{post.pk}/")

    assert rows(response) == [
        ("Live It is live", "Version 1, live: source 1. Working copy: r1. View public page"),
        ("Withdrawn It was withdrawn", "Version 1: source 1. Working copy: r1."),
        ("Draft A draft", "Working copy: d1."),
    ]
    assert f"/desk/articles/article/{draft.pk}/change/" in response.content.decode()
    assert "Used in 3 articles." in " ".join(response.content.decode().split())


def test_usage_of_a_channel_and_an_outlet_covers_all_their_posts(log_in):
    outlet = make_outlet("Radio Nahr")
    one, other = make_channel(outlet=outlet), make_channel(outlet=outlet)
    for channel in (one, other):
        article = make_article(headline=f"On {channel.code}", sources=False)
        make_source(article, post=make_post(channel=channel))
    desk = log_in("Writer")

    of_channel = desk.get(f"/desk/usage/channel/{one.pk}/")
    of_outlet = desk.get(f"/desk/usage/outlet/{outlet.pk}/")

    assert [head for head, _ in rows(of_channel)] == [f"Draft On {one.code}"]
    assert [head for head, _ in rows(of_outlet)] == [
        f"Draft On {other.code}",
        f"Draft On {one.code}",
    ]


@pytest.mark.parametrize("kind", ["post", "channel", "outlet"])
def test_post_channel_and_outlet_pages_link_to_their_usage(log_in, kind):
    post = make_post()
    pk = {"post": post.pk, "channel": post.channel_id, "outlet": post.channel.outlet_id}[kind]

    page = log_in("Wire desk").get(f"/desk/wires/{kind}/{pk}/change/").content.decode()

    assert f'href="/desk/usage/{kind}/{pk}/"' in page


def test_usage_says_so_when_no_article_uses_the_post(log_in):
    page = log_in("Wire desk").get(f"/desk/usage/post/{make_post().pk}/").content.decode()

    assert "Not used in any article or working copy." in page


@pytest.mark.parametrize("path", ["/desk/usage/story/1/", "/desk/usage/post/999/"])
def test_usage_of_an_unknown_row_is_not_found(log_in, path):
    assert log_in("Wire desk").get(path).status_code == 404


def test_usage_of_more_than_a_hundred_articles_gives_the_count(log_in):
    post = make_post()
    for n in range(101):
        make_source(make_article(headline=f"Draft {n}", sources=False), post=post)

    response = log_in("Wire desk").get(f"/desk/usage/post/{post.pk}/")

    assert len(rows(response)) == 100
    assert "Used in 101 articles; the first 100 are shown" in response.content.decode()


@pytest.mark.parametrize("kind", ["post", "channel", "outlet"])
@pytest.mark.parametrize("count", [1, 12])
def test_usage_takes_the_same_queries_however_many_rows(
    log_in, kind, count, django_assert_num_queries
):
    from articles import publishing

    post = make_post()
    for _ in range(count):
        article = make_article(sources=False)
        make_source(article, post=post)
        publishing.publish(article, by=None, at=later())
    pk = {"post": post.pk, "channel": post.channel_id, "outlet": post.channel.outlet_id}[kind]
    desk = log_in("Wire desk")
    desk.get(f"/desk/usage/{kind}/{pk}/")

    # Session, user, permissions; the subject itself, articles, versions, working copies, the
    # count; for an outlet also its channels, each time they are named.
    with django_assert_num_queries({"post": 8, "channel": 8, "outlet": 9}[kind]):
        response = desk.get(f"/desk/usage/{kind}/{pk}/")

    assert len(rows(response)) == count
