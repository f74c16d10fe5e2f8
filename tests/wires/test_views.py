import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session

from articles import publishing
from articles.models import Article, ArticleVersion, VersionSource
from tests.articles.factories import cite, make_live_article
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.pages import shown
from tests.plans import plan_of
from tests.wires.factories import add_version, make_channel, make_outlet, make_post, withdraw
from wires import generations
from wires.models import Post, PostVersion

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]

CARETAKERS = 3  # the sections, the live wire and the quotes, which are on every page


def hide(post):
    post.hidden_at, post.hidden_reason = NOON, "Spam"
    post.save(update_fields=["hidden_at", "hidden_reason"])


def main(page):
    return page.partition("<main")[2]


# The list


def test_an_empty_wire_says_so(client):
    assert "No posts yet" in shown(client, "/wire/")


def test_the_wire_shows_channel_code_time_and_text(client):
    make_post(channel=make_channel(code="HARBOUR"), text="The harbour is closed 🚢")

    page = shown(client, "/wire/")

    assert "HARBOUR" in page
    assert "12:00:00" in page
    assert "The harbour is closed 🚢" in page


def test_the_wire_groups_posts_by_day_and_hour(client):
    for hours in (0, 1, 13):
        make_post(at=NOON - timedelta(hours=hours))

    page = shown(client, "/wire/")

    assert page.index("Thursday, 25 June 2026, 12:00 UTC") < page.index(">11:00 UTC")
    assert "Wednesday, 24 June 2026, 23:00 UTC" in page


@pytest.mark.parametrize("rows", [1, 40])
def test_the_wire_takes_six_queries_however_many_rows(client, django_assert_num_queries, rows):
    for n in range(rows):
        make_post(channel=make_channel(outlet=make_outlet(f"Outlet {n}")), at=later(minutes=-n))

    with django_assert_num_queries(3 + CARETAKERS):
        page = client.get("/wire/").context["page"]

    assert len(page.rows) == rows


def test_older_wire_pages_continue_where_the_newer_ended(client):
    # All at the same time: only the primary key orders them.
    for n in range(120):
        make_post(text=f"Post number {n}.")

    first = client.get("/wire/")
    second = client.get(f"/wire/?{first.context['page'].older}")
    third = client.get(f"/wire/?{second.context['page'].older}")
    back = client.get(f"/wire/?{third.context['page'].newer}")

    pages = [answer.context["page"] for answer in (first, second, third)]
    assert [len(page.rows) for page in pages] == [50, 50, 20]
    assert len({post.pk for page in pages for post in page.rows}) == 120
    assert (pages[0].newer, pages[2].older) == ("", "")
    assert back.context["page"].rows == pages[1].rows


@pytest.mark.parametrize("cursor", ["x", "1-", "-1", "1-2-3", "9" * 30 + "-1", "٣-٣", "%00"])
def test_an_invalid_cursor_is_not_found(client, cursor):
    assert client.get(f"/wire/?older={cursor}").status_code == 404


def test_the_wire_is_filtered_by_outlet_platform_and_language(client):
    arabic = make_channel(outlet=make_outlet("Radio Nahr", language="ar"), platform="telegram")
    post = make_post(channel=arabic, text="Nahr speaks.")
    add_version(post, text="Nahr speaks again.", language="ar-EG")
    make_post(text="Harbour speaks.")

    for query in (
        "outlet=radio-nahr",
        "platform=telegram",
        "language=ar",
        "platform=telegram&platform=x",
    ):
        page = client.get(f"/wire/?{query}").context["page"]
        assert page.rows == [post], query


def test_filters_are_kept_in_the_pager(client):
    channel = make_channel(outlet=make_outlet("Radio Nahr"))
    for n in range(51):
        make_post(channel=channel, at=later(minutes=-n))

    page = client.get("/wire/?outlet=radio-nahr&platform=rss&platform=x").context["page"]

    assert "outlet=radio-nahr" in page.older
    assert "platform=rss&platform=x" in page.older


def test_a_filter_without_results_says_so(client):
    make_post()

    assert "No posts match these filters" in shown(client, "/wire/?outlet=nobody")


@pytest.mark.parametrize("name", ["outlet", "language", "platform"])
def test_a_filter_with_a_nul_character_is_not_an_error(client, name):
    assert client.get("/wire/", {name: "\0"}).status_code == 200


def test_a_hidden_post_appears_in_no_list(client):
    hide(make_post(text="Buy this."))
    make_post(text="Ships wait.")

    for address in ("/wire/", "/wire/live/", "/", "/wire/outlets/harbour-wire/"):
        page = shown(client, address)
        assert ("Ships wait." in page, "Buy this." in page) == (True, False), address


def test_a_withdrawn_post_shows_the_fact_without_the_words(client):
    withdraw(make_post(text="The strait is open."))

    page = shown(client, "/wire/")

    assert "Withdrawn by the outlet" in page
    assert "The strait is open" not in page
    assert "The strait is open" not in shown(client, "/wire/live/")


def test_text_of_a_post_is_escaped(client):
    make_post(text='<script>alert(1)</script> "AT&T"')

    for address in ("/wire/", "/wire/live/"):
        page = shown(client, address)
        assert "&lt;script&gt;alert(1)" in page, address
        assert "<script>alert" not in page, address


def test_a_post_is_marked_as_cited_only_while_the_article_is_live(client):
    post = make_post()
    article = cite(post)
    assert "In an article" in shown(client, "/wire/")

    publishing.withdraw(article, by=None, at=NOON, note="Wrong.")

    assert "In an article" not in shown(client, "/wire/")


def test_a_cited_post_leads_to_the_first_sentence_that_rests_on_it(client):
    post = make_post(text="Nine ships turned back.")
    article = cite(post, body="Rain fell. {.own}\n\nNine ships turned back [@r1].")
    (link,) = re.findall(r'post__used" href="([^"]+)"', shown(client, "/wire/"))

    led = client.get(link)

    address, _, anchor = led["Location"].partition("#")
    assert (led.status_code, address) == (302, article.get_absolute_url())
    page = shown(client, article)
    begins = page.index(f'id="{anchor}"')
    assert page.index("Rain fell") < begins < page.index("Nine ships turned back", begins)


def test_a_post_that_no_article_cites_leads_to_itself(client):
    post, gone = make_post(), make_post()
    hide(gone)

    led = [client.get(f"/wire/posts/{each.pk}/article/") for each in (post, gone)]

    assert [answer["Location"] for answer in led] == [
        post.get_absolute_url(),
        gone.get_absolute_url(),
    ]
    assert client.get("/wire/posts/999999/article/").status_code == 404


@pytest.mark.parametrize(
    "address", ["/wire/", "/wire/?platform=rss", "/wire/outlets/harbour-wire/"]
)
def test_a_list_looks_up_citations_for_its_own_rows_only(
    client, django_assert_max_num_queries, address
):
    for n in range(60):
        make_post(at=later(minutes=-n))
    newest, oldest = Post.objects.order_by("-wire_at")[0], Post.objects.order_by("wire_at")[0]
    for post in (newest, oldest):
        cite(post)

    with django_assert_max_num_queries(12) as captured:
        page = shown(client, address)

    queries = [
        query["sql"]
        for query in captured.captured_queries
        if "articles_versionsource" in query["sql"]
    ]
    assert page.count("In an article") == 1
    # One query for the keys on the page; the list query itself does not join articles.
    assert len(queries) == 1
    assert "LIMIT" not in queries[0].replace("LIMIT 1)", "")
    assert f'"wires_post"."id" IN ({newest.pk}, ' in queries[0]
    assert not re.search(rf"[(, ]{oldest.pk}[,)]", queries[0].partition(" IN ")[2])


def test_citations_of_a_page_are_looked_up_by_index():
    posts = [make_post() for _ in range(3)]
    cite(posts[0])

    rows = Post.objects.filter(pk__in=[post.pk for post in posts]).in_live_articles()

    assert list(rows) == posts[:1]
    plan = plan_of(rows)
    for model in (Post, PostVersion, VersionSource, ArticleVersion, Article):
        assert not plan.reads_whole(model), plan.text


# The live wire


def test_the_live_wire_fragment_shows_the_eight_newest_posts(client):
    for n in range(9):
        make_post(text=f"Post {n}.", at=later(minutes=-n))
    make_post(text="Old news.", is_backfill=True, at=later(minutes=1))
    make_post(text="Off the ticker.", channel=make_channel(on_ticker=False))

    fragment = shown(client, "/wire/live/")

    assert fragment.count("wire-strip__link") == 8
    assert "Post 0." in fragment
    assert "Post 8." not in fragment
    assert "Old news" not in fragment
    assert "Off the ticker" not in fragment


def test_the_live_wire_fragment_takes_one_query(client, django_assert_num_queries):
    for _ in range(9):
        make_post()

    with django_assert_num_queries(1):
        fragment = shown(client, "/wire/live/")

    assert fragment.count("wire-strip__link") == 8


def test_an_unchanged_wire_answers_304_without_a_query(client, django_assert_num_queries):
    make_post()
    etag = client.get("/wire/live/")["ETag"]

    with django_assert_num_queries(0):
        answer = client.get("/wire/live/", headers={"If-None-Match": etag})

    assert answer.status_code == 304
    assert answer["Cache-Control"] == "public, no-cache"
    assert etag.startswith('W/"')


def test_a_changed_wire_is_sent_again(client):
    make_post()
    etag = client.get("/wire/live/")["ETag"]

    # The wire generation moves at most once a second.
    with time_machine.travel(later(seconds=5), tick=False):
        generations.bump("wire")
        answer = client.get("/wire/live/", headers={"If-None-Match": etag})

    assert answer.status_code == 200
    assert answer["ETag"] != etag


def test_a_new_post_does_not_invalidate_other_pages(client):
    etag = client.get("/")["ETag"]

    with time_machine.travel(later(seconds=5), tick=False):
        generations.bump("wire")
        answer = client.get("/", headers={"If-None-Match": etag})

    assert answer.status_code == 304


# One post


def test_a_post_shows_where_it_comes_from_and_an_excerpt(client):
    outlet = make_outlet("Payam", affiliation="State-owned daily")
    post = make_post(
        channel=make_channel(outlet=outlet, platform="x", account="payam"),
        text="word " * 200,
        url="https://x.com/payam/status/1",
    )

    answer = client.get(post.get_absolute_url())
    page = answer.content.decode()

    assert "State-owned daily" in page
    assert "@payam" in page
    assert 'href="https://x.com/payam/status/1"' in page
    assert 50 < main(page).count("word ") <= 60
    assert answer["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in page


def test_an_outlet_may_allow_a_shorter_excerpt(client):
    post = make_post(
        channel=make_channel(outlet=make_outlet("Terse", excerpt_length=20)), text="word " * 200
    )

    page = shown(client, post)

    assert 3 <= main(page).count("word ") <= 4


@pytest.mark.parametrize("versions", [1, 9])
def test_a_post_takes_six_queries_however_many_versions(
    client, django_assert_num_queries, versions
):
    post = make_post()
    cite(post)
    for n in range(versions - 1):
        add_version(post, text=f"Version {n}.")

    with django_assert_num_queries(3 + CARETAKERS):
        page = shown(client, post)

    assert page.count("<span>Version ") == versions


def test_a_hidden_post_is_not_found(client):
    post = make_post()
    hide(post)

    assert client.get(post.get_absolute_url()).status_code == 404


def test_a_hidden_post_that_a_live_article_cites_is_found(client):
    post = make_post()
    article = cite(post)
    hide(post)
    assert client.get(post.get_absolute_url()).status_code == 200

    publishing.withdraw(article, by=None, at=NOON, note="Wrong.")

    assert client.get(post.get_absolute_url()).status_code == 404


def test_a_withdrawn_post_shows_its_text_only_if_an_article_cites_it(client):
    cited, uncited = make_post(text="The strait is open."), make_post(text="The strait is shut.")
    cite(cited)
    withdraw(cited)
    withdraw(uncited)

    assert "The strait is open." in shown(client, cited)
    assert "The strait is shut." not in shown(client, uncited)


def test_a_withdrawn_post_shows_the_version_that_is_cited_not_a_later_one(client):
    post = make_post(text="Nine ships turned back.")
    cite(post)
    add_version(post, text="Nobody turned back.", at=later(minutes=5))
    withdraw(post, at=later(minutes=6))

    page = shown(client, post)

    assert "Nine ships turned back." in page
    assert "Nobody" not in page


def test_a_hidden_post_shows_only_the_version_that_is_cited(client):
    post = make_post(text="Nine ships turned back.")
    cite(post)
    add_version(post, text="Nobody turned back.", at=later(minutes=5))
    hide(post)

    page = shown(client, post)

    assert "Nine ships turned back." in page
    assert "Nobody" not in page


def test_a_cited_post_shows_what_changed(client):
    post = make_post(text="Tracks show nine carriers.")
    cite(post)
    add_version(post, text="Tracks show twelve carriers.", at=later(minutes=5))

    page = shown(client, post)

    # A line of the template may break within a tag.
    assert "<del>nine</del> <ins>twelve</ins>" in page.replace("\n>", ">")


def test_a_cited_post_shows_the_changes_as_they_were_stored(client):
    post = make_post(text="one " * 900)
    cite(post)
    add_version(post, text="two " * 900, at=later(minutes=5), changes=[["new", "As stored."]])

    page = shown(client, post)

    assert "<ins>As stored.</ins>" in page.replace("\n>", ">")


def test_a_rewritten_post_says_so_in_a_sentence(client):
    post = make_post(text=" ".join(f"old{n}" for n in range(900)))
    cite(post)
    add_version(post, text=" ".join(f"new{n}" for n in range(900)), at=later(minutes=5))

    page = shown(client, post)

    assert "Rewritten: too much changed to show word by word." in page
    assert "<ins" not in page


def test_a_version_that_was_never_compared_shows_no_changes(client):
    post = make_post(text="Tracks show nine carriers.")
    cite(post)
    add_version(post, text="Tracks show twelve carriers.", at=later(minutes=5), changes=None)

    page = shown(client, post)

    assert "Tracks show twelve carriers." in page
    assert "What changed" not in page


def test_a_post_page_loads_the_text_of_the_shown_version_only(
    client, django_assert_max_num_queries
):
    post = make_post(text="Nine ships turned back.")
    cite(post)
    add_version(post, text="Ten ships turned back.", at=later(minutes=5))

    with django_assert_max_num_queries(3 + CARETAKERS) as captured:
        page = shown(client, post)

    assert "Ten ships turned back." in page
    with_words = [
        query["sql"]
        for query in captured.captured_queries
        # Not the beginning of a text, as the live wire shows it.
        if re.search(r'(?<!\()"\w+"\."text"', query["sql"]) and f"{post.pk}" in query["sql"]
    ]
    assert len(with_words) == 1
    assert not re.search(r'"wires_postversion"\."html"|T\d+"?\."html"', with_words[0])


def test_a_post_with_many_versions_lists_the_newest_and_counts_the_others(client):
    post = make_post()
    for n in range(54):
        add_version(post, text=f"Version {n}.", at=later(minutes=n), changes=None)

    page = main(shown(client, post))

    assert "5 earlier versions" in page
    assert page.count("<span>Version ") == 50
    assert "<span>Version 55</span>" in page


def test_an_uncited_post_shows_only_when_it_changed(client):
    post = make_post(text="Tracks show nine carriers.")
    add_version(post, text="Tracks show twelve carriers.", at=later(minutes=5))

    page = shown(client, post)

    assert "nine" not in page
    assert "25 June 2026, 12:05 UTC" in page


def test_a_pasted_post_says_that_it_was_not_fetched(client):
    post = make_post()
    add_version(post, text="Pasted words.", captured_by=make_user(), confirmed_by=make_user())

    page = shown(client, post)

    assert "Copied by the desk, not fetched; confirmed by a second person." in page
    assert "· copied by the desk, not fetched" in page


def test_an_unknown_post_is_not_found(client):
    assert client.get("/wire/posts/1/").status_code == 404


# One outlet


def test_an_outlet_page_shows_its_description_and_posts(client):
    outlet = make_outlet("Radio Nahr", affiliation="Public broadcaster")
    make_post(channel=make_channel(outlet=outlet, code="RNAHR"), text="Nahr speaks.")
    make_post(text="Somebody else speaks.")

    page = main(shown(client, "/wire/outlets/radio-nahr/"))

    assert "Public broadcaster" in page
    assert "Nahr speaks." in page
    assert "Somebody else" not in page


def test_an_imported_file_path_is_not_shown_to_readers(client):
    channel = make_channel(origin="file", address="/home/somebody/feeds/one.xml")

    page = shown(client, channel.outlet.get_absolute_url())

    assert channel.outlet.name in page
    assert "/home/somebody" not in page


@pytest.mark.parametrize("rows", [1, 30])
def test_an_outlet_takes_seven_queries_however_many_rows(client, django_assert_num_queries, rows):
    outlet = make_outlet()
    for _ in range(rows):
        make_post(channel=make_channel(outlet=outlet))

    with django_assert_num_queries(4 + CARETAKERS):
        page = client.get(outlet.get_absolute_url()).context["page"]

    assert len(page.rows) == rows


# Every page


def test_public_pages_set_no_cookie_and_use_no_session(client):
    client.force_login(make_user())
    sessions = Session.objects.count()
    post = make_post()
    article = make_live_article()

    for address in ("/", "/wire/", post.get_absolute_url(), article.get_absolute_url(), "/feed/"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert not answer.cookies, address
        assert "Cookie" not in answer.get("Vary", ""), address
    assert Session.objects.count() == sessions


@pytest.mark.parametrize("address", ["/wire/", "/wire/live/", "/", "/feed/", "/sitemap.xml"])
def test_public_wire_pages_refuse_post(client, address):
    assert client.post(address).status_code == 405
    assert client.head(address).status_code == 200


def test_all_shown_edits_together_keep_to_the_excerpt_limit_of_the_outlet(client):
    post = make_post(channel=make_channel(outlet=make_outlet("Terse", excerpt_length=60)))
    cite(post)
    for n in range(4):
        add_version(post, text=f"edited {n} " * 20, at=later(minutes=n))

    changes = main(shown(client, post)).partition('id="changes"')[2]

    assert 0 < changes.partition("</section>")[0].count("edited") <= 8
