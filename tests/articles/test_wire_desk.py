"""The wire desk: the list, a post beside it, what is picked, quoted, saved, hidden."""

from urllib.parse import parse_qs, urlsplit

import pytest

from tests.articles.factories import make_article, make_source
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_channel, make_outlet, make_post
from web.keyset import PAGE
from wires import ingest
from wires.lists import MOST_LINES
from wires.models import Post, SavedSearch, WireReader

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("noon")]

DESK = "/desk/wire/"


@pytest.fixture
def noon(time_machine):
    time_machine.move_to(later(minutes=30), tick=False)


@pytest.fixture
def desk(client):
    """Return a client logged in as a writer, who may draft."""
    client.user = make_user(group="Writer")
    client.force_login(client.user)
    return client


def page_of(desk, **query):
    response = desk.get(DESK, query)
    assert response.status_code == 200
    return response


def lines(response):
    return [row.line for row in response.context["page"].rows]


def basket_of(desk):
    return WireReader.objects.get(user=desk.user).basket


def pick(desk, *posts):
    return desk.post(f"{DESK}basket/", {"post": [post.pk for post in posts]})


def test_the_list_is_newest_first_and_leaves_out_what_is_hidden(desk):
    make_post(title="Fog", at=later(hours=-2))
    make_post(title="Rain", at=later(hours=-1))
    hidden = make_post(title="Twice")
    ingest.hide(hidden, by=make_user(group="Wire desk"), reason="Twice.", at=NOON)

    assert lines(page_of(desk)) == ["Rain", "Fog"]
    assert lines(page_of(desk, q="is:hidden")) == ["Twice"]


@pytest.mark.parametrize("q", ["", "fog"])
def test_pages_show_every_post_once_and_lead_back(desk, q):
    for n in range(PAGE + 3):
        make_post(title=f"Fog {n}", at=later(seconds=-n))

    first = page_of(desk, q=q)
    second = desk.get(f"{DESK}?{first.context['page'].older}")
    back = desk.get(f"{DESK}?{second.context['page'].newer}")

    assert lines(first) + lines(second) == [f"Fog {n}" for n in range(PAGE + 3)]
    assert lines(back) == lines(first)
    assert not first.context["page"].newer
    assert not second.context["page"].older


@pytest.mark.parametrize("query", [{}, {"q": "fog -rain lang:en"}])
def test_the_wire_desk_takes_the_same_queries_however_many_posts(
    desk, query, django_assert_max_num_queries
):
    for n in range(3):
        source = make_source(make_article(sources=False), post=make_post(title=f"Fog {n}"))
        add_version(source.post, title="Fog still", text="Fog still.")
    page_of(desk, **query)
    for n in range(20):
        make_source(make_article(sources=False), post=make_post(title=f"Fog {n}"))

    # Of these PostgreSQL takes up to nine for a search.
    with django_assert_max_num_queries(28):
        response = page_of(desk, **query, post=Post.objects.earliest("pk").pk)

    assert len(lines(response)) == 23


def test_a_post_is_unread_until_it_is_opened_or_all_are_marked_as_read(desk):
    page_of(desk)
    first, second = make_post(title="Fog"), make_post(title="Rain")

    def unread():
        return [row.post.pk for row in page_of(desk).context["page"].rows if row.is_unread]

    assert unread() == [second.pk, first.pk]
    page_of(desk, post=first.pk)
    assert unread() == [second.pk]
    desk.post(f"{DESK}read/")
    assert unread() == []


def test_an_open_post_shows_every_version_and_what_it_changed(desk):
    post = make_post(title="Ships", text="The harbour is closed to 9 ships.")
    add_version(post, title="Ships", text="The harbour is closed to 12 ships.", at=later(minutes=9))

    html = page_of(desk, post=post.pk).content.decode()

    assert "<del>9</del>" in html
    assert ">12</ins>" in html
    assert "closed to 9 ships." in html
    assert "Version 2" in html


def test_who_took_a_post_stands_in_the_list_and_at_the_post(desk):
    post = make_post(title="Fog")
    article = make_article(headline="Fog in the strait", sources=False, created_by=desk.user)
    make_source(article, post=post)

    html = page_of(desk, post=post.pk).content.decode()

    assert html.count("Fog in the strait") >= 2
    assert f'href="/desk/articles/article/{article.pk}/change/"' in html
    assert desk.user.username in html


def test_the_basket_survives_searches_and_becomes_a_draft_oldest_first(desk):
    rain = make_post(title="Rain", at=later(minutes=-1))
    fog = make_post(title="Fog", at=later(minutes=-5))
    page_of(desk, q="rain")
    pick(desk, rain)
    page_of(desk, q="fog")
    pick(desk, fog)
    assert "2 posts picked" in page_of(desk).content.decode()

    response = desk.post(f"{DESK}basket/", {"act": "draft"})

    address = urlsplit(response.url)
    assert address.path == "/desk/articles/article/add/"
    assert parse_qs(address.query)["post"] == [str(fog.pk), str(rain.pk)]
    form = desk.get(response.url).content.decode()
    assert "Fog" in form
    assert basket_of(desk) == []


def test_what_is_picked_attaches_to_an_open_draft(desk):
    post, draft = make_post(title="Fog"), make_article(headline="Weather")
    pick(desk, post)

    response = desk.post(f"{DESK}basket/", {"act": "attach", "article": draft.pk})

    assert response.url == f"/desk/articles/article/{draft.pk}/change/?post={post.pk}"


def test_picking_twice_puts_back_and_an_unknown_post_is_not_picked(desk):
    post = make_post()
    pick(desk, post)
    desk.post(f"{DESK}basket/", {"post": ["999999", "x", "9" * 30]})
    assert basket_of(desk) == [post.pk]

    pick(desk, post)

    assert basket_of(desk) == []


def test_an_empty_basket_makes_no_draft_and_says_so(desk):
    response = desk.post(f"{DESK}basket/", {"act": "draft", "here": "q=fog"}, follow=True)

    assert response.redirect_chain == [(f"{DESK}?q=fog", 302)]
    assert "Pick a post first." in response.content.decode()


def added_key(desk, url):
    """Return the key of the row that the form adds."""
    (formset,) = desk.get(url).context["inline_admin_formsets"]
    return formset.formset.initial_extra[0]["key"]


@pytest.mark.parametrize("is_linked", [True, False])
def test_quoted_words_come_into_the_draft_with_their_mark(desk, is_linked):
    post = make_post(title="Notice", text="The harbour is closed to all ships.")
    draft = make_article(body="Before.", sources=False)
    if is_linked:
        make_source(draft, post=post, key="h7")
    fields = {"quote": "closed to  all ships", "act": "attach", "article": draft.pk}

    response = desk.post(f"{DESK}posts/{post.pk}/quote/", fields)
    form = desk.get(response.url).context["adminform"].form

    key = "h7" if is_linked else added_key(desk, response.url)
    assert form.initial["body"] == f"Before.\n\n“closed to all ships” [@{key}]"
    assert "“closed" not in type(draft).objects.get().body


def test_words_that_the_post_does_not_say_are_not_quoted(desk):
    post = make_post(text="The harbour is closed.")

    fields = {"quote": "The harbour is open.", "act": "draft"}
    response = desk.post(f"{DESK}posts/{post.pk}/quote/", fields, follow=True)

    assert "not in the newest version" in response.content.decode()


def test_a_saved_search_is_a_tab_and_others_see_it_where_it_is_shared(desk, client):
    make_post(title="Fog")
    for name, shared in (("Mine", {}), ("Ours", {"shared": "on"})):
        desk.post(f"{DESK}searches/", {"name": name, "q": "fog lang:en", **shared})
    other = make_user(group="Wire desk")
    mine = page_of(desk).content.decode()

    client.force_login(other)
    theirs = client.get(DESK).content.decode()

    assert "Mine</a>" in mine
    assert ("Mine</a>" in theirs, "Ours</a>" in theirs) == (False, True)
    assert (
        client.post(f"{DESK}searches/{SavedSearch.objects.first().pk}/delete/").status_code == 404
    )


def test_a_search_needs_a_name_of_its_own(desk):
    fields = {"name": "Fog", "q": "fog"}
    desk.post(f"{DESK}searches/", fields)

    again = desk.post(f"{DESK}searches/", fields, follow=True)
    empty = desk.post(f"{DESK}searches/", {"name": "", "q": "fog"}, follow=True)

    assert "You have a search called “Fog” already." in again.content.decode()
    assert "give the search a name" in empty.content.decode()
    assert SavedSearch.objects.count() == 1


def test_an_empty_result_says_why_and_offers_wider_searches(desk):
    make_channel(outlet=make_outlet("BBC", slug="bbc"))
    make_post(title="Fog")

    gone = page_of(desk, q="outlet:gone fog").content.decode()
    offers = page_of(desk, q="fog outlet:bbc since:2h").context["offers"]

    assert "No outlet or channel is called “gone”" in gone
    assert [offer.left_out for offer in offers] == ["outlet:bbc"]


def test_the_bar_counts_what_came_in_since_however_old_it_says_it_is(desk):
    newest = page_of(desk).context["page"].newest
    make_post(title="Fog", at=later(hours=-3))
    make_post(title="Rain")

    def count(q=""):
        return desk.get(f"{DESK}new/", {"q": q, "since": newest}).json()["count"]

    assert (count(), count("fog"), count("snow"), count("fog -fog")) == (2, 1, 0, 0)


def test_hiding_and_withdrawing_at_the_post_need_a_reason_and_are_logged(desk):
    post = make_post(title="Fog")
    address = f"{DESK}posts/{post.pk}/"

    refused = desk.post(address, {"act": "hide", "reason": " "}, follow=True)
    desk.post(address, {"act": "hide", "reason": "Twice."})
    desk.post(address, {"act": "withdraw", "reason": "They said so."})

    post.refresh_from_db()
    assert "Give a reason" in refused.content.decode()
    assert (post.hidden_reason, post.withdrawn_reason) == ("Twice.", "They said so.")
    log = desk.get(f"/desk/wires/post/{post.pk}/history/").content.decode()
    assert "Hidden: Twice." in log
    for act in ("unhide", "reinstate"):
        desk.post(address, {"act": act})
    post.refresh_from_db()
    assert (post.is_hidden, post.state) == (False, Post.State.LIVE)


@pytest.mark.parametrize(
    "query",
    [
        {"q": '"'}, {"q": "x" * 10_000}, {"q": "🌫️"}, {"q": "-fog"}, {"post": "x"}, {"q": "\x00"},
        {"q": "outlet:gone"}, {"post": "9" * 30}, {"q": "AT&T"},
    ],
)  # fmt: skip
def test_no_query_string_breaks_the_page(desk, query):
    make_post(title="Rain")

    assert desk.get(DESK, query).status_code == 200


def test_a_post_that_is_gone_and_a_page_that_never_was_are_not_found(desk):
    assert desk.get(DESK, {"post": "999999"}).status_code == 404
    assert desk.get(DESK, {"older": "x"}).status_code == 404
    assert desk.get(DESK, {"older": str(10**9)}).status_code == 404
    assert desk.get(DESK, {"q": "fog", "older": "x"}).status_code == 404


def test_the_wire_desk_is_for_those_who_may_see_posts(client):
    client.force_login(make_user(group="Administrator"))

    assert client.get(DESK).status_code == 403
    assert client.post(f"{DESK}basket/", {"act": "empty"}).status_code == 403


def test_the_list_walks_the_index_of_the_wire(desk):
    from articles.admin.wire_desk.rows import _posts
    from tests.plans import plan_of

    make_post()

    plan = plan_of(_posts().filter(hidden_at__isnull=True).newest_first()[:51], unsorted=True)

    assert not plan.reads_whole(Post)
    assert "post_on_the_wire" in plan or "post_listed" in plan


def test_a_burst_folds_in_the_list_and_says_how_much_of_it_is_unread(desk):
    page_of(desk)
    flood = make_channel(code="FLOOD", outlet=make_outlet("Flood", slug="flood"))
    posts = [
        make_post(channel=flood, title=f"Line {n}", at=later(minutes=20, seconds=-n))
        for n in range(MOST_LINES + 5)
    ]
    quiet = make_post(title="Quiet", at=later(minutes=19))

    folded = page_of(desk, post=posts[-1].pk)
    asked = page_of(desk, q="outlet:flood")

    *_, last, after = folded.context["page"].rows
    assert len(folded.context["page"].rows) == MOST_LINES + 1
    assert [row.post.pk for row in last.burst] == [post.pk for post in posts[MOST_LINES:]]
    assert (last.unread_in_burst, last.is_open_in_burst, after.post) == (4, True, quiet)
    html = folded.content.decode()
    assert "5 more from FLOOD" in html
    assert "<details open>" in html
    assert len(asked.context["page"].rows) == MOST_LINES + 5


def test_a_saved_search_of_an_outlet_that_is_gone_says_so(desk):
    outlet = make_outlet("Tide Wire", slug="tide")
    channel = make_channel(outlet=outlet, code="TIDE")
    make_post(title="Fog")
    desk.post(f"{DESK}searches/", {"name": "Tides", "q": "outlet:tide fog"})
    before = page_of(desk, q="outlet:tide fog").content.decode()
    channel.delete()
    outlet.delete()

    gone = page_of(desk, q="outlet:tide fog")

    assert "not any more" not in before
    assert "No outlet or channel is called “tide”, or not any more." in gone.content.decode()
    assert [offer.left_out for offer in gone.context["offers"]] == ["outlet:tide"]
    assert "Tides</a>" in gone.content.decode()
