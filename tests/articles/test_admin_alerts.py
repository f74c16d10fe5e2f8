"""The report on what no longer stands, and the pages that say what rests on what."""

import re

import pytest
import time_machine

from articles import archive
from articles.models import ArchiveRun, Fault, LiveVetting
from tests.factories import (
    add_version,
    later,
    make_article,
    make_channel,
    make_live_article,
    make_outlet,
    make_post,
    make_source,
    make_user,
)

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


def test_where_everything_stands_it_says_so(log_in):
    make_live_article()

    page = log_in("Wire desk").get(REPORT).content.decode()

    assert "No alerts: no cited post was edited or withdrawn" in page
    assert "have not been checked yet" in page
    assert "every night at 03:30 (UTC)" in page


def test_an_edited_post_shows_at_once_with_sentence_post_and_article(log_in):
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


def test_what_the_night_found_stands_below_with_the_age_of_the_run(log_in):
    changed(headline="Found by night")
    check_all(at=later(hours=6))
    changed(headline="Edited since", at=later(hours=8))

    response = log_in("Wire desk").get(REPORT)

    page = response.content.decode()
    assert against(response) == ["Edited since", "Found by night"]
    assert re.search(r"3\xa0hours ago", page)
    assert "1 article." in page


def test_a_run_under_way_says_how_far_it_is(log_in):
    ArchiveRun.objects.create(started_at=later(hours=8), articles=40)

    assert (
        "A check is running: 40 articles so far." in log_in("Editor").get(REPORT).content.decode()
    )


def test_it_is_narrowed_by_kind_and_pages_lead_on(log_in):
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
def test_what_nobody_offers_finds_nothing_and_breaks_nothing(log_in, query):
    assert log_in("Wire desk").get(f"{REPORT}?{query}").status_code == 200


@pytest.mark.parametrize("rows", [1, 12])
def test_any_number_takes_the_same_queries(log_in, rows, django_assert_num_queries):
    for _ in range(rows):
        changed()
    check_all()
    for _ in range(rows):
        changed(at=later(hours=8))
    desk = log_in("Wire desk")
    desk.get(REPORT)

    # Session and user, two for permissions; four of what is on record, seven of what is new.
    with django_assert_num_queries(15):
        assert len(against(desk.get(REPORT))) == 2 * rows


def test_a_member_of_no_group_sees_none_of_it(client):
    article = changed()
    client.force_login(make_user())

    assert client.get(REPORT).status_code == 403
    assert client.post(f"{REPORT}{article.pk}/").status_code == 403
    assert client.get(f"/desk/usage/post/{article.wire_sources.get().post_id}/").status_code == 403


def test_one_article_is_checked_now_by_who_may_write(log_in):
    article = changed(headline="Ships turn back")
    desk = log_in("Writer")

    response = desk.post(f"{REPORT}{article.pk}/", follow=True)

    page = response.content.decode()
    assert "Checked “Ships turn back”: 1 new hold and 0 new queries." in page
    assert LiveVetting.objects.get().vetted_at == later(hours=9)
    assert against(response) == ["Ships turn back"]


def test_checking_what_stands_says_so(log_in):
    article = make_live_article(headline="Ships turn back")

    page = log_in("Writer").post(f"{REPORT}{article.pk}/", follow=True).content.decode()

    assert "nothing new found" in page


def test_the_wire_desk_looks_and_does_not_check(log_in):
    article = changed()
    desk = log_in("Wire desk")

    assert "Check now" not in desk.get(REPORT).content.decode()
    assert desk.post(f"{REPORT}{article.pk}/").status_code == 403
    assert desk.get(f"{REPORT}{article.pk}/").status_code == 405


def test_a_draft_is_not_checked_here(log_in):
    assert log_in("Writer").post(f"{REPORT}{make_article().pk}/").status_code == 404


def test_the_first_page_of_the_desk_counts_what_no_longer_stands(log_in):
    desk = log_in("Wire desk")
    make_live_article()
    assert "No problems with live articles." in desk.get("/desk/").content.decode()

    changed()
    check_all()
    changed(at=later(hours=8))

    assert "2 live articles</b>" in desk.get("/desk/").content.decode()


# Used in


def rows(response):
    found = re.findall(
        r'usage__head">(.*?)</p>\s*<p class="usage__facts">(.*?)</p>',
        response.content.decode(),
        re.S,
    )
    return [tuple(" ".join(re.sub(r"<[^>]+>", "", part).split()) for part in row) for row in found]


def test_a_post_shows_live_articles_first_then_old_versions_then_drafts(log_in):
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


def test_a_channel_and_an_outlet_show_what_rests_on_any_of_their_posts(log_in):
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
def test_each_page_leads_there(log_in, kind):
    post = make_post()
    pk = {"post": post.pk, "channel": post.channel_id, "outlet": post.channel.outlet_id}[kind]

    page = log_in("Wire desk").get(f"/desk/wires/{kind}/{pk}/change/").content.decode()

    assert f'href="/desk/usage/{kind}/{pk}/"' in page


def test_what_nothing_rests_on_says_so(log_in):
    page = log_in("Wire desk").get(f"/desk/usage/post/{make_post().pk}/").content.decode()

    assert "Not used in any article or working copy." in page


@pytest.mark.parametrize("path", ["/desk/usage/story/1/", "/desk/usage/post/999/"])
def test_what_is_not_there_is_not_found(log_in, path):
    assert log_in("Wire desk").get(path).status_code == 404


def test_more_than_a_hundred_are_counted_in_words(log_in):
    post = make_post()
    for n in range(101):
        make_source(make_article(headline=f"Draft {n}", sources=False), post=post)

    response = log_in("Wire desk").get(f"/desk/usage/post/{post.pk}/")

    assert len(rows(response)) == 100
    assert "Used in 101 articles; the first 100 are shown" in response.content.decode()


@pytest.mark.parametrize("kind", ["post", "channel", "outlet"])
@pytest.mark.parametrize("count", [1, 12])
def test_what_rests_takes_the_same_queries(log_in, kind, count, django_assert_num_queries):
    from articles import publishing

    post = make_post()
    for _ in range(count):
        article = make_article(sources=False)
        make_source(article, post=post)
        publishing.publish(article, by=None, at=later())
    pk = {"post": post.pk, "channel": post.channel_id, "outlet": post.channel.outlet_id}[kind]
    desk = log_in("Wire desk")
    desk.get(f"/desk/usage/{kind}/{pk}/")

    # Session, user, permissions; the ground itself, articles, versions, working copies, the
    # count; of an outlet its channels, each time they are named.
    with django_assert_num_queries({"post": 9, "channel": 9, "outlet": 10}[kind]):
        desk.get(f"/desk/usage/{kind}/{pk}/")
