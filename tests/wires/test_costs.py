"""What a page of the wire may cost, however much was stored: issue 11, point 1."""

import pytest

from articles import publishing
from tests.articles.factories import cite, make_live_article
from tests.clock import later
from tests.pages import shown
from tests.plans import plan_of
from tests.wires.factories import make_channel, make_outlet, make_post
from web.keyset import Cursor, window
from wires import archived_post, filters
from wires.filters import Filters
from wires.lists import listed_posts, live_posts
from wires.models import Channel, Post, PostVersion
from wires.newest import first_of_all, of_channels

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def make_posts(number, **fields):
    return [make_post(text=f"Post {n}.", at=later(minutes=-n), **fields) for n in range(number)]


def newest_first():
    return listed_posts().newest_first()


@pytest.fixture
def short_reach(monkeypatch):
    monkeypatch.setattr(filters, "REACH", 4)


def listed_on(client, address):
    """Return what a page lists, without the live wire that every page has."""
    return shown(client, address).partition("<main")[2]


# The newest of some channels


def test_the_newest_of_some_channels_come_in_order_and_from_these_only():
    one, two, other = (make_channel() for _ in range(3))
    posts = [
        make_post(channel=channel, at=later(minutes=-n))
        for n, channel in enumerate((one, other, two, two, other, one, two))
    ]

    rows = of_channels(newest_first(), Channel.objects.filter(pk__in=[one.pk, two.pk]), most=2)

    assert list(rows) == [posts[0], posts[2], posts[3], posts[5]]


def test_the_newest_of_channels_keep_the_order_of_a_page_that_goes_back():
    channel = make_channel()
    posts = [make_post(channel=channel, at=later(minutes=n)) for n in range(4)]

    rows = of_channels(listed_posts().order_by("wire_at", "pk"), Channel.objects.all(), most=3)

    assert list(rows) == posts[:3]


@pytest.mark.parametrize(
    "above", [{"is_service": True}, {"hidden_at": later(), "hidden_reason": "Legal."}]
)
def test_posts_that_are_not_listed_take_no_place_among_the_newest(above):
    channel = make_channel()
    old = make_post(channel=channel, at=later(hours=-1))
    make_posts(3, channel=channel, **above)

    assert list(of_channels(newest_first(), Channel.objects.all(), most=1)) == [old]
    assert list(first_of_all(newest_first(), most=1)) == [old]


def test_the_live_wire_is_found_below_any_number_of_other_posts():
    shown_post = make_post(at=later(hours=-1))
    make_posts(20, channel=make_channel(on_ticker=False))
    make_posts(20, is_backfill=True)
    make_posts(20, is_service=True)

    assert list(live_posts(8)) == [shown_post]


def walked(rows):
    """Return the plan of rows, which must come from few lookups and not from a walk of all posts."""
    for n in range(3):
        make_post(at=later(minutes=n))
    plan = plan_of(rows())
    assert not plan.reads_whole(Post), plan.text
    return plan


@pytest.mark.parametrize(
    ("rows", "index"),
    [
        (lambda: live_posts(8), "post_on_live_wire"),
        (lambda: newest_first()[:51], "post_listed"),
        (lambda: of_channels(newest_first(), Channel.objects.filter(outlet=1), most=51)[:51],
         "post_listed_of_its_channel"),
        (lambda: Filters(language="cy").narrow(newest_first(), most=51)[:51], "post_listed"),
    ],
    ids=["live wire", "wire", "outlet", "language"],
)  # fmt: skip
def test_each_list_of_posts_reads_the_index_made_for_it(rows, index):
    assert index in walked(rows)


def test_a_page_deep_among_posts_of_one_moment_begins_at_its_cursor():
    posts = [make_post() for _ in range(6)]
    query = {"older": str(Cursor.of(posts[3], "wire_at"))}

    page = window(listed_posts(), query, field="wire_at", size=2)

    assert page.rows == [posts[2], posts[1]]
    assert page.newer == f"newer={Cursor.of(posts[2], 'wire_at')}".replace("+", "%2B")
    assert page.older == f"older={Cursor.of(posts[1], 'wire_at')}"


# Filters


def test_an_outlet_is_found_below_any_number_of_posts_of_others(client, short_reach):
    make_post(
        text="Far below.", at=later(hours=-1), channel=make_channel(outlet=make_outlet("Far"))
    )
    make_posts(6)

    assert "Far below." in listed_on(client, "/wire/?outlet=far")
    assert "Far below." in listed_on(client, "/wire/outlets/far/")
    assert "Post 0." not in listed_on(client, "/wire/?outlet=far&platform=rss")


def test_a_language_is_looked_for_among_so_many_posts_and_the_pager_goes_on(client, short_reach):
    make_post(text="Ymhell i lawr.", language="cy", at=later(hours=-1))
    fourth = make_posts(6)[3]

    first = listed_on(client, "/wire/?language=cy")
    second = listed_on(client, f"/wire/?language=cy&older={Cursor.of(fourth, 'wire_at')}")

    assert "Ymhell" not in first
    assert "None of the 4 posts looked through here match" in first
    assert f"?language=cy&amp;older={Cursor.of(fourth, 'wire_at')}" in first
    assert "Ymhell i lawr." in second
    assert "Older</a>" not in second


def test_a_language_is_looked_for_both_ways(client, short_reach):
    newest = make_post(text="Y diweddaraf.", language="cy", at=later(hours=1))
    posts = make_posts(6)

    page = listed_on(client, f"/wire/?language=cy&newer={Cursor.of(posts[5], 'wire_at')}")
    next_page = listed_on(client, f"/wire/?language=cy&newer={Cursor.of(posts[1], 'wire_at')}")

    assert newest.latest_version.text not in page
    assert f"newer={Cursor.of(posts[1], 'wire_at')}" in page
    assert newest.latest_version.text in next_page


def test_a_platform_asked_for_many_times_is_asked_for_once(client):
    make_posts(60)

    page = listed_on(client, "/wire/?" + "&".join(["platform=rss"] * 200))

    assert page.count("platform=rss") == 1


@pytest.mark.parametrize("asked", ["", "outlet=far", "language=en", "platform=rss"])
def test_a_filtered_wire_takes_the_same_queries_however_many_rows(
    client, django_assert_num_queries, asked
):
    make_posts(60, channel=make_channel(outlet=make_outlet("Far")))

    with django_assert_num_queries(6):
        page = listed_on(client, f"/wire/?{asked}")

    assert page.count('class="post__text"') == 50


def test_posts_without_a_title_take_no_query_each(client, django_assert_num_queries):
    for n, post in enumerate(make_posts(6)):
        text = "Words alone. " * 50 if n else ""
        version = PostVersion.objects.create(
            post=post, n=2, captured_at=later(), text=text, content_hash=f"{n}"
        )
        Post.objects.filter(pk=post.pk).update(latest_version=version)

    with django_assert_num_queries(6):
        page = listed_on(client, "/wire/")

    assert page.count(">Words alone. Words alone.") >= 5
    assert "Post without text" in page


# A post


def test_a_post_is_cited_whatever_number_of_old_versions_cite_it_too(client, monkeypatch):
    monkeypatch.setattr(archived_post, "CITATIONS_LOOKED_AT", 2)
    post = make_post()
    cite(post, headline="It stays")
    other = cite(post, headline="Often updated")
    for n in range(3):
        publishing.update(other, by=None, at=later(minutes=n + 1), note="Clearer.")
    publishing.withdraw(other, by=None, at=later(hours=1), note="Wrong.")

    Post.objects.filter(pk=post.pk).update(hidden_at=later(), hidden_reason="Legal.")

    assert "It stays" in shown(client, post)


def test_where_a_post_is_cited_is_read_of_those_shown_only(django_assert_num_queries):
    post = make_post()
    for n in range(3):
        cite(post, headline=f"Article {n}", at=later(minutes=n))

    with django_assert_num_queries(1):
        found = archived_post.citations_of(post)

    assert [citation.headline for citation in found] == ["Article 2", "Article 1", "Article 0"]


def test_a_post_of_many_articles_is_cited_in_the_newest(monkeypatch):
    monkeypatch.setattr(archived_post, "CITATIONS_SHOWN", 2)
    post = make_post()
    for n in range(4):
        cite(post, headline=f"Article {n}", at=later(minutes=n))
    make_live_article(headline="Another")

    found = archived_post.citations_of(post)

    assert [citation.headline for citation in found] == ["Article 3", "Article 2"]
