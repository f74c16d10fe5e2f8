"""Topics and authors: their pages and feeds, and what becomes of a slug that changes."""

import feedparser
import pytest
from django.test import Client

from articles import publishing
from articles.models import Article, Author, FormerSlug, Listing, Section, Topic
from tests.articles.factories import (
    make_article,
    make_author,
    make_live_article,
    make_section,
    make_topic,
)
from tests.articles.form_fields import fields_of
from tests.clock import NOON, later
from tests.plans import plan_of

pytestmark = pytest.mark.django_db

# The sections, the live wire and the quotes, which are on every page.
CARETAKERS = 3


def labelled(headline="Calvera turns ships back", *, topics=(), authors=(), at=NOON, **fields):
    article = make_article(headline=headline, **fields)
    article.topics.set(topics)
    article.authors.set(authors)
    publishing.publish(article, by=None, at=at)
    article.refresh_from_db()
    return article


def headlines(client, path):
    page = client.get(path).content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    return [part.partition("</a>")[0] for part in main.split('class="card__link"')[1:]]


def shown(client, path):
    return [text.rpartition(">")[2] for text in headlines(client, path)]


def entries(client, path):
    return [entry.title for entry in feedparser.parse(client.get(path).content).entries]


def update(article, **changes):
    for name, rows in changes.items():
        getattr(article, name).set(rows)
    publishing.update(article, by=None, at=later(hours=2), note="Filed again.")


# Their pages


@pytest.mark.parametrize("kind", ["topics", "authors"])
def test_a_page_lists_its_articles_newest_first_and_no_others(client, kind):
    row = make_topic("Ports") if kind == "topics" else make_author("Ada Byron")
    labelled("The first", **{kind: [row]})
    labelled("The second", **{kind: [row]}, at=later(hours=1))
    make_live_article(headline="Another piece")

    assert shown(client, row.get_absolute_url()) == ["The second", "The first"]
    assert entries(client, f"{row.get_absolute_url()}feed/") == ["The second", "The first"]


def test_a_page_says_what_a_topic_or_an_author_is(client):
    topic = make_topic("Ports", description="Quays & cranes.")
    labelled(topics=[topic])
    author = make_author("Ada Byron", bio="Counts ships.")

    topic_page = client.get(topic.get_absolute_url()).content.decode()
    author_page = client.get(author.get_absolute_url()).content.decode()

    assert "Quays &amp; cranes." in topic_page
    assert 'content="noindex"' not in topic_page
    assert "Counts ships." in author_page
    assert "No article of this author is public." in author_page
    assert 'content="noindex"' in author_page


@pytest.mark.usefixtures("at_noon")
def test_a_topic_is_not_there_until_something_public_carries_it(client):
    topic = make_topic("Ports", description="Quays.")
    FormerSlug.objects.create(topic=topic, slug="quays", created_at=NOON)
    draft = make_article(headline="Calvera turns ships back")
    draft.topics.set([topic])
    addresses = ("/topics/ports/", "/topics/ports/feed/", "/topics/ports/feed.json", "/topics/quays/", "/topics/quays/feed/")  # fmt: skip

    before = [client.get(path) for path in addresses]
    names = client.get("/search/?topic=ports"), client.get("/search/?topic=quays")
    publishing.publish(draft, by=None, at=NOON)
    after = [client.get(path).status_code for path in addresses]

    assert [answer.status_code for answer in before] == [404] * 5
    assert not [1 for answer in (*before, *names) if "Ports" in answer.content.decode()]
    assert after == [200, 200, 200, 301, 301]
    assert "Ports" in client.get("/search/?topic=quays").content.decode()


def test_a_topic_is_there_for_some_weeks_after_its_last_article_was_withdrawn(client, time_machine):
    topic = make_topic("Ports")
    article = labelled(topics=[topic])
    publishing.withdraw(article, by=None, at=later(hours=1), note="A forgery.")

    time_machine.move_to(later(days=29))
    page, feed = client.get("/topics/ports/"), client.get("/topics/ports/feed/")
    time_machine.move_to(later(days=31))
    gone = client.get("/topics/ports/"), client.get("/topics/ports/feed/")

    assert (page.status_code, feed.status_code) == (200, 200)
    assert "No article on this topic is public." in page.content.decode()
    assert 'content="noindex"' in page.content.decode()
    assert [answer.status_code for answer in gone] == [404, 404]


@pytest.mark.parametrize("rows", [1, 12])
@pytest.mark.parametrize("kind", ["topics", "authors"])
def test_a_page_takes_two_queries_however_many_rows(client, django_assert_num_queries, kind, rows):
    row = make_topic() if kind == "topics" else make_author()
    for n in range(rows):
        labelled(f"Piece {n}", **{kind: [row]}, at=later(minutes=n))

    with django_assert_num_queries(2 + CARETAKERS):
        assert len(shown(client, row.get_absolute_url())) == rows


def test_a_page_goes_on_where_the_one_before_ends(client):
    topic = make_topic()
    for n in range(22):
        labelled(f"Piece {n}", topics=[topic], at=later(minutes=n))

    first = client.get(topic.get_absolute_url()).content.decode()
    older = first.partition("?older=")[2].partition('"')[0]

    assert shown(client, f"{topic.get_absolute_url()}?older={older}") == ["Piece 1", "Piece 0"]


@pytest.mark.parametrize("path", ["/topics/none/", "/authors/none/", "/topics/none/feed/"])
def test_what_there_is_not_answers_404(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("query", ["older=x", "older=9" * 400, "newer=%00", "older=٣-٣"])
def test_a_place_that_there_is_not_answers_404(client, query):
    page = labelled(topics=[make_topic()]).topics.get().get_absolute_url()

    assert client.get(page).status_code == 200
    assert client.get(f"{page}?{query}").status_code == 404


def test_an_author_without_a_page_answers_404_and_the_name_is_no_link(client):
    author = make_author("Ada Byron", has_page=False)
    article = labelled(authors=[author])

    page = client.get(article.get_absolute_url()).content.decode()

    assert client.get(author.get_absolute_url()).status_code == 404
    assert client.get(f"{author.get_absolute_url()}feed/").status_code == 404
    assert "Ada Byron" in page
    assert 'href="/authors/ada-byron/"' not in page
    assert "/authors/ada" not in client.get("/sitemaps/pages.xml").content.decode()


def test_a_byline_leads_to_its_author_whatever_others_were_called_since(client):
    ada = make_author("Ada Byron", slug="ada")
    article = labelled(authors=[ada])
    Author.objects.filter(pk=ada.pk).update(slug="ada-byron")
    make_author("Ada Lovelace", slug="ada")

    page = client.get(article.get_absolute_url()).content.decode()

    assert '<a rel="author" href="/authors/ada-byron/">Ada Byron</a>' in page


def test_an_article_names_its_topics_as_they_are_called_now(client):
    topic = make_topic("Ports")
    article = labelled(topics=[topic])
    Topic.objects.filter(pk=topic.pk).update(name="Harbours")

    page = client.get(article.get_absolute_url()).content.decode()

    assert '<a href="/topics/ports/">Harbours</a>' in page


# What publishing lists


def test_the_working_copy_is_listed_nowhere_until_it_is_published(client):
    topic, other = make_topic("Ports"), make_topic("Trade")
    article = labelled(topics=[topic])

    article.topics.set([other])
    assert client.get(other.get_absolute_url()).status_code == 404
    assert len(shown(client, topic.get_absolute_url())) == 1

    update(article)
    assert len(shown(client, other.get_absolute_url())) == 1
    assert client.get(topic.get_absolute_url()).status_code == 404


@pytest.mark.usefixtures("at_noon")
def test_a_withdrawn_article_is_listed_nowhere(client):
    topic, author = make_topic(), make_author()
    article = labelled(topics=[topic], authors=[author])

    publishing.withdraw(article, by=None, at=later(hours=1), note="A forgery.")

    for row in (topic, author):
        assert shown(client, row.get_absolute_url()) == []
        assert entries(client, f"{row.get_absolute_url()}feed/") == [
            "Withdrawn: Calvera turns ships back"
        ]
    assert not Listing.objects.exists()


@pytest.mark.usefixtures("at_noon")
def test_a_withdrawal_is_told_where_readers_saw_the_article_whatever_its_draft_says_by_now(client):
    topic, author = make_topic("Ports"), make_author()
    others = make_topic("Trade"), make_author("Somebody Else")
    article = labelled(topics=[topic], authors=[author])
    publishing.withdraw(article, by=None, at=later(hours=1), note="A forgery.")
    article.topics.set([others[0]])
    article.authors.set([others[1]])

    told = [
        len(entries(client, f"{row.get_absolute_url()}feed/")) for row in (topic, author, *others)
    ]

    assert told == [1, 1, 0, 0]


def test_a_version_has_its_topics_by_name(client):
    version = labelled(topics=[make_topic("Ports"), make_topic("Trade")]).live_version

    assert version.topics == [
        {"name": "Ports", "slug": "ports"},
        {"name": "Trade", "slug": "trade"},
    ]


def test_publishing_takes_one_query_more_with_labels_and_none_without(
    django_assert_max_num_queries,
):
    def queries_of(**labels):
        article = make_article()
        for name, rows in labels.items():
            getattr(article, name).set(rows)
        with django_assert_max_num_queries(60) as counted:
            publishing.publish(article, by=None, at=NOON)
        return len(counted)

    plain = queries_of()

    assert queries_of(topics=[make_topic("Ports")], authors=[make_author()]) == plain + 1


def test_an_update_that_leaves_labels_alone_writes_no_listing():
    article = labelled(topics=[make_topic()], authors=[make_author()])
    before = set(Listing.objects.values_list("pk", flat=True))

    update(article)

    assert set(Listing.objects.values_list("pk", flat=True)) == before


def test_the_form_stores_topics_and_shows_them_in_the_preview(log_in):
    editor, topic = log_in("Editor"), make_topic("Ports")
    article = make_article()

    editor.post(
        f"/desk/articles/article/{article.pk}/change/", fields_of(article, topics=[topic.pk])
    )
    preview = editor.get(f"/desk/preview/{article.pk}/").content.decode()

    assert list(Article.objects.get(pk=article.pk).topics.all()) == [topic]
    assert "Topics: Ports" in " ".join(preview.split())


# Slugs that change


def rename(client, row, slug):
    model = row._meta.model_name
    names = {"author": ("name", "bio"), "topic": ("name", "description")}
    fields = {name: getattr(row, name) for name in names.get(model, ("name", "position"))}
    if model == "author":
        fields["has_page"] = "on"
    return client.post(f"/desk/articles/{model}/{row.pk}/change/", fields | {"slug": slug})


def make_public_topic(name, slug):
    """Return a topic that readers know of: an article is listed under it."""
    topic = make_topic(name, slug=slug)
    labelled(f"On {name}", topics=[topic])
    return topic


MAKERS = {
    "section": lambda name, slug: make_section(name, slug=slug),
    "topic": make_public_topic,
    "author": lambda name, slug: make_author(name, slug=slug),
}


@pytest.mark.parametrize("kind", MAKERS)
def test_an_address_that_changed_leads_to_the_present_one_and_its_feed_too(log_in, kind):
    row = MAKERS[kind]("Ports", "ports")
    editor, reader = log_in("Editor"), Client()

    assert rename(editor, row, "harbours").status_code == 302
    assert rename(editor, row, "quays").status_code == 302

    for former in ("ports", "harbours"):
        page = reader.get(f"/{kind}s/{former}/")
        feed = reader.get(f"/{kind}s/{former}/feed/")
        assert (page.status_code, page.url) == (301, f"/{kind}s/quays/")
        assert (feed.status_code, feed.url) == (301, f"/{kind}s/quays/feed/")


@pytest.mark.parametrize("kind", MAKERS)
def test_a_slug_that_was_anothers_is_its_new_owners_and_no_page_is_lost(log_in, kind):
    first = MAKERS[kind]("Ports", "ports")
    editor, reader = log_in("Editor"), Client()
    rename(editor, first, "harbours")
    second = MAKERS[kind]("Airports", "airports")

    rename(editor, second, "ports")

    assert reader.get(f"/{kind}s/ports/").status_code == 200
    assert "Airports" in reader.get(f"/{kind}s/ports/").content.decode()
    assert reader.get(f"/{kind}s/harbours/").status_code == 200
    assert reader.get(f"/{kind}s/airports/").url == f"/{kind}s/ports/"
    rename(editor, second, "airfields")
    assert reader.get(f"/{kind}s/ports/").url == f"/{kind}s/airfields/"


def test_a_slug_that_comes_back_leads_nowhere_else(log_in):
    topic, editor = make_public_topic("Ports", "ports"), log_in("Editor")
    rename(editor, topic, "harbours")

    rename(editor, topic, "ports")

    assert Client().get("/topics/ports/").status_code == 200
    assert Client().get("/topics/harbours/").url == "/topics/ports/"
    assert list(FormerSlug.objects.values_list("slug", flat=True)) == ["harbours"]


def test_a_former_slug_of_an_author_without_a_page_answers_404(log_in):
    author = make_author("Ada Byron", slug="ada")
    rename(log_in("Editor"), author, "ada-byron")
    Author.objects.update(has_page=False)

    assert Client().get("/authors/ada/").status_code == 404


@pytest.mark.parametrize("kind", ["topic", "author"])
def test_an_address_is_its_owners_alone_also_while_its_owner_has_no_page(client, kind):
    if kind == "author":
        make_author("Ada Byron", slug="ada", has_page=False)
        other = make_author("Ada Lovelace", slug="ada-lovelace")
    else:
        make_topic("Under embargo", slug="ada")
        other = make_topic("Ada", slug="ada-lovelace")
        labelled(topics=[other])
    FormerSlug.objects.create(slug="ada", created_at=NOON, **{kind: other})

    answers = [client.get(f"/{kind}s/ada/{part}").status_code for part in ("", "feed/")]

    assert answers == [404, 404]
    assert client.get(f"/{kind}s/ada-lovelace/").status_code == 200


def test_the_sitemap_lists_topics_and_authors_with_articles(client):
    labelled(topics=[make_topic("Ports")], authors=[make_author("Ada Byron")])
    make_topic("Empty")

    sitemap = client.get("/sitemaps/pages.xml").content.decode()

    assert "/topics/ports/" in sitemap
    assert "/authors/ada-byron/" in sitemap
    assert "/topics/empty/" not in sitemap
    assert "/sitemaps/pages.xml" in client.get("/sitemap.xml").content.decode()
    assert Section.objects.exists()


def test_topics_and_authors_with_articles_are_listed_by_name(client, django_assert_num_queries):
    labelled(topics=[make_topic("Trade"), make_topic("Ports")], authors=[make_author("Ada Byron")])
    make_topic("Empty")
    make_author("Tam Reed")

    with django_assert_num_queries(1 + CARETAKERS):
        page = client.get("/topics/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]

    assert main.index(">Ports</a>") < main.index(">Trade</a>")
    assert "Empty" not in main
    assert "Ada Byron" in client.get("/authors/").content.decode()
    assert "Tam Reed" not in client.get("/authors/").content.decode()


@pytest.mark.parametrize("kind", ["topic", "author"])
def test_a_page_walks_down_the_index_of_its_listings(kind):
    row = make_topic() if kind == "topic" else make_author()
    listings = Listing.objects.filter(**{kind: row})

    plan = plan_of(listings.newest_first()[:20], unsorted=True)

    assert f"listing_of_its_{kind}" in plan
    assert "TEMP B-TREE" not in plan
    assert "Sort" not in plan
