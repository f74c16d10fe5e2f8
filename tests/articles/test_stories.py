"""Stories as readers see them: folded in lists, and a page of their own; and the wire by words."""

import pytest

from articles import publishing
from articles.stories import differing_figures
from tests.articles.factories import make_article, make_source
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import make_channel, make_outlet, make_post, withdraw
from wires import ingest, search
from wires.models import Story
from wires.retention import erase

pytestmark = pytest.mark.django_db


@pytest.fixture
def story():
    return Story.objects.create(created_at=NOON)


def make_told(story, code, title, *, minutes=0, **fields):
    channel = make_channel(code=code, outlet=make_outlet(f"Outlet {code}"))
    at = later(minutes=minutes)
    return make_post(channel=channel, title=title, at=at, story=story, **fields)


def page_of(client, story):
    response = client.get(f"/wire/stories/{story.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def test_a_story_page_says_who_had_it_first_and_which_figures_differ(client, story):
    make_told(story, "SLOW", "Blast kills 6 people", text="Six people died.", minutes=9)
    make_told(story, "FAST", "Blast kills 4 people", text="Four people died.")

    page = page_of(client, story)

    first = page.index("First here")
    assert "Outlet FAST" in page[first : first + 300]
    assert page.index("Blast kills 6") < page.rindex("Blast kills 4")
    assert "Figures differ" in page
    assert "FAST" in page[page.index("Figures differ") :]
    assert 'name="robots" content="noindex"' in page


def test_figures_that_all_posts_have_do_not_differ():
    same = [("A", "en", "Blast kills 4 people."), ("B", "en", "Blast kills four people.")]
    other = [("A", "en", "Blast kills 4 people."), ("B", "en", "Blast kills 6 people.")]
    own = [("A", "en", "Blast kills 4 people, 6 people died.")]

    assert differing_figures(same) == []
    (figure,) = differing_figures(other)
    assert [codes for _, codes in figure.said] == [("A",), ("B",)]
    assert differing_figures(own) == []


def test_a_story_names_the_live_articles_that_cite_it(
    client, story, django_capture_on_commit_callbacks
):
    post = make_told(story, "FAST", "Harbour closed", text="The harbour is closed.")
    article = make_article(headline="Calvera turns ships back", sources=False)
    make_source(article, post=post)
    assert "Calvera turns ships back" not in page_of(client, story)

    publishing.publish(article, by=None, at=NOON)

    assert "Calvera turns ships back" in page_of(client, story)


def test_of_a_story_that_a_whole_archive_cites_the_newest_articles_are_named(
    client, story, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr("articles.stories.LOOKED_AT", 2)
    monkeypatch.setattr("articles.stories.ARTICLES_SHOWN", 3)
    post = make_told(story, "FAST", "Harbour closed", text="The harbour is closed.")
    for n in range(12):
        article = make_article(headline=f"Headline number {n}.", slug=f"n-{n}", sources=False)
        make_source(article, post=post)
        publishing.publish(article, by=None, at=later(minutes=n))

    page = page_of(client, story)

    named = [n for n in range(12) if f"Headline number {n}." in page]
    assert named == [9, 10, 11]


HIDING = {
    "hidden": lambda post: ingest.hide(
        post, by=make_user(group="Wire desk"), reason="Twice.", at=NOON
    ),
    "erased": lambda post: erase(post, reason="A court.", by=None, at=NOON),
    "withdrawn": withdraw,
}


@pytest.mark.parametrize("how", HIDING)
def test_a_story_page_repeats_no_words_that_readers_may_not_see(client, story, how):
    make_told(story, "FAST", "Blast kills 4 people in Zanzibar")
    post = make_told(story, "SLOW", "Blast kills 9 people in Zanadu", minutes=3)

    HIDING[how](post)

    page = page_of(client, story)
    assert "Zanadu" not in page
    assert "Figures differ" not in page


def test_a_story_without_public_posts_is_not_found(client, story):
    post = make_told(story, "FAST", "Blast")
    ingest.hide(post, by=make_user(group="Wire desk"), reason="Twice.", at=NOON)

    assert client.get(f"/wire/stories/{story.pk}/").status_code == 404
    assert client.get("/wire/stories/999999/").status_code == 404


def test_a_story_of_many_posts_takes_the_same_queries_and_has_pages(
    client, story, django_assert_num_queries, django_assert_max_num_queries
):
    make_told(story, "FAST", "Blast kills 4 people")
    # Fills what all pages share.
    page_of(client, story)
    with django_assert_max_num_queries(8) as few:
        page_of(client, story)
    channel = make_channel(code="FLOOD")
    for n in range(60):
        make_post(channel=channel, title="Blast kills 4 people", story=story, at=later(seconds=n))

    with django_assert_num_queries(len(few)):
        page = page_of(client, story)

    assert "older=" in page
    assert page.count('class="post post--') == 15


def test_the_public_wire_folds_the_posts_of_a_story_under_the_newest(client, story):
    make_told(story, "FAST", "Blast kills 4 people")
    make_told(story, "SLOW", "Blast in Zanzibar", minutes=3)
    make_told(None, "ELSE", "Rain", minutes=1)

    page = client.get("/wire/").content.decode()

    assert page.count('class="post post--') == 2
    assert f'href="/wire/stories/{story.pk}/"' in page
    assert "+1 in" in page
    assert page.count("Blast kills") == 1  # in the strip of the live wire, which folds nothing


def test_readers_search_the_wire_by_words_and_filters(client):
    bbc = make_channel(outlet=make_outlet("BBC", slug="bbc"), platform="telegram")
    make_post(channel=bbc, title="Fog in Kent")
    make_post(title="Fog elsewhere")
    make_post(title="Rain")

    def found(**query):
        rows = client.get("/wire/", query).context["page"].rows
        return sorted(post.latest_version.title for post in rows)

    assert found(q="fogs") == ["Fog elsewhere", "Fog in Kent"]
    assert found(q="fog", outlet="bbc") == ["Fog in Kent"]
    assert found(q="fog -kent") == ["Fog elsewhere"]
    assert found(q="fog", platform="telegram", language="en") == ["Fog in Kent"]
    assert found(q="fog", language="fr") == []
    assert found(q="") == ["Fog elsewhere", "Fog in Kent", "Rain"]


def test_what_readers_may_not_see_is_not_found_by_its_words(client):
    post = make_post(title="Fog in Kent")
    withdraw(post)

    page = client.get("/wire/", {"q": "kent"}).content.decode()

    assert "Withdrawn" not in page
    assert "No posts match these filters." in page


@pytest.mark.parametrize("q", ['"', "🌫️", "x" * 10_000, "-fog", "is:hidden", "\x00", "since:x"])
def test_no_words_break_the_public_wire(client, q):
    make_post(title="Fog")

    response = client.get("/wire/", {"q": q})

    assert response.status_code == 200


def test_pages_of_a_public_search_keep_its_words(client):
    for n in range(60):
        make_post(title=f"Fog {n}", at=later(seconds=n))

    first = client.get("/wire/", {"q": "fog"})
    page = first.context["page"]
    second = client.get(f"/wire/?{page.older}").content.decode()

    assert "q=fog" in page.older
    assert len(page.rows) == 50
    assert "Fog 9<" in second
    assert search.SearchQuery.read("fog", at=NOON).wanted


def test_a_public_search_takes_few_queries(client, django_assert_max_num_queries):
    for n in range(30):
        make_post(title=f"Fog {n}")
    client.get("/wire/", {"q": "warm"})

    with django_assert_max_num_queries(20):
        response = client.get("/wire/", {"q": "fog"})

    assert len(response.context["page"].rows) == 30
