"""Articles are found by their words on both databases, as long as they are public and no longer."""

import re

import pytest
from django.core.management import call_command
from django.db import connection

from articles import publishing, search
from articles.erasure import erase_version
from articles.models import Article, FormerSlug
from newsroom.demo.removal import remove
from tests.articles.factories import (
    cite,
    make_article,
    make_live_article,
    make_section,
    make_source,
    make_topic,
    post_of,
)
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.search_tables import all_that_is_in
from tests.wires.factories import make_channel, make_outlet, make_post
from tests.wires.test_search import HOSTILE
from wires import ingest
from wires.search import SearchQuery
from wires.search.index import IDS, Row, key_of
from wires.search.terms import tokens

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_noon")]


def find(text, **options):
    keys = search.find_keys(SearchQuery.read(text, at=NOON), most=50, **options)
    return [key & IDS for key in keys]


def main_of(client, address):
    """Return what a reader sees of a page: its text, and what is marked in brackets."""
    response = client.get(address)
    assert response.status_code == 200
    main = re.search(r'<div class="search__results">.*</main>', response.content.decode(), re.S)[0]
    main = main.replace('<mark class="search__mark">', "[").replace("</mark>", "]")
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


@pytest.mark.parametrize(
    ("asked", "words", "language"),
    [
        ("harbour", "The HARBOUR is closed", "en"),
        ("closing harbours", "The harbour closes", "en"),
        ("elections", "L’élection présidentielle", "fr"),
        ("Lodz", "Łódź", "pl"),
        ("税金", "政府が税金を上げる", "ja"),
        ("AT&T", "Shares of AT&T fell", "en"),
        ('"is closed"', "The harbour is closed", "en"),
        ("-rain harbour", "The harbour is closed", "en"),
        ("“is ebbing", "The tide is ebbing", "en"),
    ],
)
def test_search_finds_an_article_however_its_words_are_written(asked, words, language):
    article = make_live_article(headline=words, language=language)
    make_live_article(headline="Rain", standfirst="Rain falls.", body="Rain [@r1].")

    assert find(asked) == [article.pk]


@pytest.mark.parametrize(
    "asked", ['"closed is"', "closed -harbour", "source", "desk", "claim", "lang:fr harbour"]
)
def test_search_does_not_find_what_an_article_does_not_say(asked):
    make_live_article(body="The harbour is closed [@r1]. [So it seems]{.own}.")

    assert find(asked) == []


def test_search_finds_words_of_headline_standfirst_heading_and_table():
    body = "## Quaysides\n\nThe harbour is closed [@r1].\n\n| Berth | Ship |\n|---|---|\n| Nine | Thetis |"
    article = make_live_article(headline="Gates shut", standfirst="A notice.", body=body)

    assert [find(word) for word in ("gates", "notice", "quaysides", "thetis")] == [[article.pk]] * 4


def test_search_finds_only_articles_that_are_public():
    editor = make_user(group="Editor")
    draft = make_article(headline="Zanzibar draft")
    make_article(headline="Zanzibar in review", status=Article.Status.REVIEW)
    scheduled = make_article(headline="Zanzibar later")
    publishing.schedule(scheduled, due_at=later(hours=4), by=editor, at=NOON)
    embargoed = make_article(headline="Zanzibar under embargo")
    publishing.set_embargo(embargoed, until=later(hours=8), by=editor, at=NOON)
    withdrawn = make_live_article(headline="Zanzibar withdrawn")
    publishing.withdraw(withdrawn, by=None, at=NOON, note="Wrong.")

    assert find("zanzibar") == []
    assert "zanzibar" not in repr(rows_of(search.ARTICLES))

    publishing.publish(draft, by=None, at=NOON)
    assert find("zanzibar") == [draft.pk]


def test_a_withdrawn_article_is_gone_from_the_page_at_once(client):
    article = make_live_article(headline="Zanzibar is closed")
    assert "[Zanzibar]" in main_of(client, "/search/?q=zanzibar")

    publishing.withdraw(article, by=None, at=later(seconds=1), note="Wrong.")

    assert "No article has these words." in main_of(client, "/search/?q=zanzibar")


def test_a_correction_is_found_by_its_new_words_and_not_by_the_old():
    article = make_live_article(body="The zanzibarite is closed [@r1].")
    article.body = "The harbour is closed [@r1]."
    article.save()

    publishing.correct(article, by=None, at=later(hours=1), note="It was the harbour.")

    assert (find("zanzibarite"), find("harbour")) == ([], [article.pk])
    assert "zanzibarite" not in repr(rows_of(search.ARTICLES))


def test_an_erased_version_leaves_no_word_in_the_tables_of_the_index():
    article = make_live_article(headline="Zanzibar closed")
    make_live_article(headline="Fog")

    erase_version(article.live_version, reason="A court.", by=None, at=later(hours=1))

    kept = all_that_is_in(search.ARTICLES)
    assert "fog" in kept
    assert "zanzibar" not in kept


def test_the_index_holds_nothing_of_the_demo_once_it_is_removed():
    article = make_live_article(headline="Zanzibar closed")
    Article.objects.filter(pk=article.pk).update(is_demo=True)

    remove()

    assert rows_of(search.ARTICLES) == []


def test_rebuilding_writes_the_rows_of_live_articles_as_publishing_did():
    post = make_post(channel=make_channel(outlet=make_outlet("Meridian Press")))
    article = cite(post, headline="Zanzibar & closed", topics=[make_topic("Ports")])
    gone = make_live_article(headline="Withdrawn")
    publishing.withdraw(gone, by=None, at=NOON, note="Wrong.")
    written = rows_of(search.ARTICLES)
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM articles_search")
    assert search.ARTICLES.is_empty()

    call_command("rebuild_search", verbosity=0)

    assert rows_of(search.ARTICLES) == written
    assert find("zanzibar", outlets=[post.channel.outlet_id]) == [article.pk]


def rows_of(index):
    names = "key, words::text"
    if connection.vendor == "sqlite":
        names = "rowid, head, head_stems, rest, rest_stems, facts"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {index.table} ORDER BY 1")  # noqa: S608
        return cursor.fetchall()


# The page


def test_the_page_marks_the_words_as_they_are_printed_and_escapes_them(client):
    make_live_article(
        headline="Élections & <b>harbours</b>",
        standfirst="A notice.",
        body="Rain falls. " * 60 + "The HARBOUR’s gates close at AT&T <now> [@r1].",
    )

    page = client.get("/search/", {"q": "elections gates"}).content.decode()

    assert '<mark class="search__mark">Élections</mark> &amp; &lt;b&gt;harbours&lt;/b&gt;' in page
    assert '’s <mark class="search__mark">gates</mark> close at AT&amp;T &lt;now&gt;' in page
    assert "… " in page
    assert "[@r1]" not in page


def test_the_page_of_the_wire_marks_words_of_the_excerpt(client):
    outlet = make_outlet("Harbour Wire", excerpt_length=60)
    text = "The harbour is closed to all ships until noon on Friday. " * 3
    make_post(channel=make_channel(outlet=outlet), title="Notice", text=text)

    main = main_of(client, "/search/?q=harbour&in=wire")

    assert "Notice The [harbour] is closed to all ships until noon" in main
    assert "Friday" not in main
    assert "No post on the wire" in main_of(client, "/search/?q=friday&in=wire")


def test_the_page_never_shows_posts_that_readers_may_not_see(client):
    desk = make_user(group="Wire desk")
    post = make_post(title="Zanzibar closed")
    ingest.hide(post, by=desk, reason="Twice.", at=NOON)
    make_post(title="Zanzibar by hand", captured_by=desk)

    assert "No post on the wire" in main_of(client, "/search/?q=zanzibar&in=wire")
    # Nor is such a word proposed to somebody who nearly wrote it.
    assert "Did you mean" not in main_of(client, "/search/?q=zanzibaar&in=wire")


def test_filters_narrow_articles_by_section_outlet_and_date(client):
    bbc = make_channel(outlet=make_outlet("BBC News", slug="bbc"), code="BBC1")
    cited = cite(make_post(channel=bbc), headline="Fog in Kent", at=later(days=-3))
    sport = make_section("Sport")
    make_live_article(headline="Fog on the pitch", section=sport)

    def headlines(**asked):
        main = main_of(client, f"/search/?{'&'.join(f'{k}={v}' for k, v in asked.items())}")
        return [name for name in ("Kent", "pitch") if name in main]

    assert headlines(q="fog") == ["Kent", "pitch"]
    assert headlines(q="fog", section="sport") == ["pitch"]
    assert headlines(section="sport") == ["pitch"]
    assert headlines(q="fog", section="gone") == []
    assert headlines(q="fog", outlet="bbc") == ["Kent"]
    assert headlines(q="outlet:bbc1") == ["Kent"]
    assert headlines(q="fog", outlet="gone") == []
    day = f"{cited.first_published_at:%Y-%m-%d}"
    assert headlines(q="fog", until=day) == headlines(since=day, until=day) == ["Kent"]
    assert headlines(q="fog", since=f"{NOON:%Y-%m-%d}") == ["pitch"]
    assert headlines(q="since:2d fog") == ["pitch"]


def test_a_topic_narrows_articles_as_long_as_they_have_it(client):
    ports, rare = make_topic("Ports"), make_topic("Rare earths")
    article = make_live_article(headline="Fog in Kent", topics=[ports])
    make_live_article(headline="Fog on the pitch")

    def headlines(asked):
        main = main_of(client, f"/search/?{asked}")
        return [name for name in ("Kent", "pitch") if name in main]

    assert headlines("q=fog") == ["Kent", "pitch"]
    assert headlines("q=fog&topic=ports") == headlines("topic=ports") == ["Kent"]
    assert headlines("q=fog&topic=gone") == headlines("topic=rare-earths") == []
    assert headlines("q=pitch&topic=ports&in=wire") == []

    article.topics.set([rare])
    publishing.update(article, by=None, at=later(hours=1), note="Of another topic.")

    assert headlines("q=fog&topic=ports") == []
    assert headlines("topic=rare-earths") == ["Kent"]
    publishing.withdraw(article, by=None, at=later(hours=2), note="Wrong.")
    assert headlines("topic=rare-earths") == []


def test_a_topic_is_chosen_by_its_present_name_however_rare_it_is(client, monkeypatch):
    monkeypatch.setattr("articles.search.asked.TOPICS", 1)
    article = make_live_article(headline="Fog", topics=[make_topic("Ports")])
    topic = make_topic("Harbours")
    FormerSlug.objects.create(topic=topic, slug="quays", created_at=NOON)
    other = make_live_article(headline="Fog", at=later(hours=-1), topics=[topic])

    def choice(asked):
        page = client.get(f"/search/?{asked}").content.decode()
        names = re.findall(
            r'<option value="([^"]*)"( selected)?>', page.partition("search-topic")[2]
        )
        return [name for name, chosen in names if chosen], other.slug in page, article.slug in page

    assert choice("topic=harbours") == choice("topic=quays") == (["harbours"], True, False)
    assert choice("topic=ports") == (["ports"], False, True)


def test_a_word_is_looked_for_in_the_languages_of_the_texts_and_at_once_in_a_new_one(monkeypatch):
    monkeypatch.setattr("wires.search.index._languages", {})
    make_live_article(headline="Fog", language="en-GB")
    before = search.ARTICLES.languages()

    article = make_live_article(headline="Les élections", language="fr")

    # PostgreSQL passes over a lexeme that is nowhere.
    is_sqlite = connection.vendor == "sqlite"
    assert before == (("en",) if is_sqlite else ("und",))
    assert search.ARTICLES.languages() == (("en", "fr") if is_sqlite else ("und",))
    assert find("élection") == [article.pk]
    monkeypatch.setattr("wires.search.index._languages", {})
    assert find("élection") == [article.pk]


def test_rows_of_an_earlier_release_are_known_to_lack_something():
    article = make_live_article(headline="Fog")
    make_live_article(headline="Rain")
    assert not search.is_outdated()

    row = Row(
        key=key_of(article.pk, article.first_published_at),
        head=tokens("Fog", "en"),
        rest=[],
        language="en",
        facts=("public", "len"),
    )
    search.ARTICLES.write([row])

    assert search.is_outdated()
    call_command("rebuild_search", verbosity=0)
    assert not search.is_outdated()


def test_dates_that_are_none_are_said_to_be_none(client):
    make_live_article(headline="Fog")

    odd = main_of(client, "/search/?q=fog&since=soon&until=0000-00-00")
    turned = main_of(client, "/search/?q=fog&since=2026-06-25&until=2026-06-24")

    assert "“soon” is no date. Write one such as 2026-06-25." in odd
    assert "[Fog]" in odd
    assert "The first date is after the last" in turned
    assert "[Fog]" in main_of(client, "/search/?q=fog&until=9999-12-31&since=0001-01-01")


def test_results_are_turned_page_by_page_without_a_row_twice(client, monkeypatch):
    monkeypatch.setattr("articles.search.page.PAGE_SIZE", 2)
    for n in range(5):
        make_live_article(headline=f"Fog number{n}", at=later(minutes=n))

    shown, address = [], "?q=fog"
    while address:
        page = client.get(f"/search/{address}").content.decode()
        numbers = re.findall(r"number\d", page.partition("search__results")[2])
        shown.append(list(dict.fromkeys(numbers)))
        older = re.search(r'href="(\?[^"]+)" rel="next"', page)
        address = older[1].replace("&amp;", "&") if older else ""

    assert shown == [["number4", "number3"], ["number2", "number1"], ["number0"]]
    assert client.get("/search/?q=fog&older=1-1").status_code == 200
    assert client.get("/search/?q=fog&older=x").status_code == 404


def test_a_slip_of_the_hand_is_put_right(client):
    make_live_article(headline="Harbour closed in élections")

    def proposed(words):
        main = main_of(client, f"/search/?q={words}")
        found = re.search(r"Did you mean (.+?) \?", main)
        return found[1] if found else ""

    assert [proposed(word) for word in ("habrour", "harbur", "harbourr", "harbuor", "harXour")] == [
        "harbour"
    ] * 5
    assert proposed("electoins -fog") == "elections -fog"
    assert proposed("closed since:2d harbur") == "closed since:2d harbour"
    assert proposed("zeppelin") == proposed('"harbur closed"') == proposed("closde harbur") == ""
    # No word is wrong: they are in no article together.
    make_live_article(headline="Rain", standfirst="Rain.", body="Rain [@r1].")
    assert proposed("rain harbour") == ""


def test_who_finds_nothing_is_told_what_to_try(client):
    main = main_of(client, '/search/?q="zeppelin+moored"&section=world')

    assert "No article has these words." in main
    assert "Leave the marks out." in main
    assert "Search without section, topic, outlet and date" in main
    assert "Search the posts on the wire" in main


def test_search_engines_are_kept_out_of_results(client):
    empty, asked = client.get("/search/"), client.get("/search/?q=fog")

    assert "X-Robots-Tag" not in empty.headers
    assert asked.headers["X-Robots-Tag"] == "noindex"
    assert b'<meta name="robots" content="noindex">' in asked.content


@pytest.mark.parametrize("group", ["", "wire"])
def test_no_search_fails_whatever_is_typed(client, group):
    make_live_article(headline="Fog")
    make_post(title="Fog")

    statuses = {
        asked: client.get("/search/", {"q": asked, "in": group, **page}).status_code
        for asked in HOSTILE
        for page in ({}, {"older": f"{10**17}-{10**9}"})
    }

    assert statuses == dict.fromkeys(HOSTILE, 200)
    assert client.get("/search/?q=fog&older=999999999999999999-1").status_code == 404


def test_what_was_cut_off_is_said(client):
    assert "Only the first 500 characters were searched for." in main_of(
        client, f"/search/?q={'x' * 10_000}"
    )


@pytest.mark.parametrize(
    ("address", "most"),
    [
        ("/search/", 0),
        ("/search/?q=fog", 2),
        ("/search/?q=fgo", 3),
        ("/search/?q=fog&section=world&topic=ports&outlet=bbc&since=2026-01-01", 2),
        ("/search/?topic=ports", 2),
        ("/search/?q=fog&in=wire", 3),
        ("/search/?q=fog&in=wire&outlet=bbc", 4),
        ("/search/?q=fgo&in=wire", 3),
    ],
)
def test_a_search_costs_four_queries_at_most(client, django_assert_max_num_queries, address, most):
    channel = make_channel(outlet=make_outlet("BBC News", slug="bbc"))
    ports = make_topic("Ports")
    for n in range(3):
        article = make_article(headline=f"Fog {n}", sources=False, topics=[ports])
        make_source(article, post=make_post(channel=channel, title=f"Fog {n}"))
        publishing.publish(article, by=None, at=NOON)
    assert post_of(article)
    # What can be chosen, and the languages of the texts, are read once a minute.
    for group in ("articles", "wire"):
        client.get(f"/search/?q=nothing&in={group}")

    # On PostgreSQL what matches is looked for among the newest first, and then everywhere.
    with django_assert_max_num_queries(most + (connection.vendor == "postgresql")):
        page = client.get(address).content.decode()

    assert page.count('<li class="found') == (0 if "fgo" in address or address.endswith("/") else 3)
