from dataclasses import replace
from io import BytesIO, StringIO
from xml.etree import ElementTree

import feedparser
import pytest
from django.db.models.sql.compiler import SQLCompiler
from django.utils.xmlutils import SimplerXMLGenerator

from articles import publishing
from articles.feeds import Feed, FeedEntry
from articles.feeds.entry import KeptEntry
from articles.feeds.formats import ATOM_FEED, RSS_FEED, _element
from tests.articles.factories import make_article, make_live_article, make_section, make_source
from tests.clock import NOON, later
from tests.wires.factories import make_post
from wires import generations

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public_address")]
ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client, address="/feed/"):
    answer = client.get(address)
    assert answer["Content-Type"].startswith("application/atom+xml")
    return ElementTree.fromstring(answer.content).findall(f"{ATOM}entry")  # noqa: S314 - our own


def test_the_feed_carries_the_whole_text_and_the_bare_addresses(client):
    post = make_post(url="https://harbour.example/posts/77")
    article = make_article(
        sources=False, headline="Ships & tides", body="The harbour is closed [@r1]."
    )
    make_source(article, post=post)
    publishing.publish(article, by=None, at=NOON)

    [entry] = entries(client)

    content = entry.findtext(f"{ATOM}content")
    assert entry.findtext(f"{ATOM}title") == "Ships & tides"
    assert "The harbour is closed" in content
    assert "This editorial synthesis draws on the following public wire/social posts:" in content
    assert ">https://harbour.example/posts/77<" in content


def test_every_address_in_the_feed_is_absolute(client):
    article = make_live_article(body="The harbour is closed [@r1]. See [the wire](/wire/).")

    [entry] = entries(client)

    link = f"https://paper.example{article.get_absolute_url()}"
    content = entry.findtext(f"{ATOM}content")
    assert entry.find(f"{ATOM}link").get("href") == link
    assert f'href="{link}#source-r1"' in content
    assert 'href="https://paper.example/wire/"' in content
    assert 'href="/' not in content
    assert 'href="#' not in content


def test_an_entry_keeps_its_id_when_the_address_changes(client):
    article = make_live_article()
    [before] = entries(client)
    article.slug = "another"
    article.save()

    publishing.update(article, by=None, at=later(hours=1), note="Another address.")
    # The test's transaction never ends, which is when publishing says so itself.
    generations.bump("pages")

    [after] = entries(client)
    assert after.findtext(f"{ATOM}id") == before.findtext(f"{ATOM}id")
    assert after.findtext(f"{ATOM}updated") == "2026-06-25T13:00:00+00:00"
    assert after.findtext(f"{ATOM}published") == "2026-06-25T12:00:00+00:00"


@pytest.mark.usefixtures("at_noon")
def test_a_withdrawn_article_leaves_its_note_in_the_feed_in_place_of_its_text(client):
    make_live_article(headline="It stays")
    article = make_live_article(headline="Ships turn back", body="The harbour is closed [@r1].")
    before = {entry.findtext(f"{ATOM}id") for entry in entries(client)}
    publishing.withdraw(article, by=None, at=later(hours=1), note="The post was forged.")
    generations.bump("pages")

    stays, gone = entries(client)

    assert stays.findtext(f"{ATOM}title") == "It stays"
    assert gone.findtext(f"{ATOM}title") == "Withdrawn: Ships turn back"
    assert gone.findtext(f"{ATOM}updated") == "2026-06-25T13:00:00+00:00"
    assert "The post was forged." in gone.findtext(f"{ATOM}content")
    assert "harbour" not in ElementTree.tostring(gone, encoding="unicode")
    assert {stays.findtext(f"{ATOM}id"), gone.findtext(f"{ATOM}id")} == before


def test_a_section_feed_lists_only_that_section(client):
    make_live_article(headline="In World", section=make_section("World"))
    make_live_article(headline="In Culture", section=make_section("Culture"))

    titles = [
        entry.findtext(f"{ATOM}title") for entry in entries(client, "/sections/culture/feed/")
    ]

    assert titles == ["In Culture"]


def test_the_feed_of_an_unknown_section_is_not_found(client):
    assert client.get("/sections/nowhere/feed/").status_code == 404


@pytest.mark.parametrize("rows", [1, 6])
def test_the_feed_takes_the_same_queries_however_many_rows(
    client, django_assert_max_num_queries, rows
):
    for n in range(rows):
        make_live_article(headline=f"Piece {n}")

    with django_assert_max_num_queries(7):
        assert len(entries(client)) == rows


def test_an_entry_is_written_once_for_every_feed(client, django_assert_num_queries):
    for n in range(3):
        make_live_article(headline=f"Piece {n}", section=make_section("World"))
    first = entries(client)

    # The lists of the newest and of what was changed, and the section.
    with django_assert_num_queries(3):
        of_section = entries(client, "/sections/world/feed/")

    assert list(map(ElementTree.tostring, of_section)) == list(map(ElementTree.tostring, first))


def test_what_the_feed_of_all_articles_asks_is_written_once(client, monkeypatch):
    make_live_article()
    entries(client)
    written, write = [], SQLCompiler.pre_sql_setup
    monkeypatch.setattr(
        SQLCompiler, "pre_sql_setup", lambda *given: written.append(given) or write(*given)
    )

    assert len(entries(client)) == 1
    assert written == []


@pytest.mark.parametrize(
    "text", ["", "a < b & c > d", "line\nline\ttab", "\"both\" 'quotes'", '"one"']
)
def test_an_element_is_what_django_writes(text):
    out = StringIO()
    django = SimplerXMLGenerator(out, "utf-8")
    django.addQuickElement("title", text, {"href": text, "rel": "self"})

    assert _element("title", text, href=text, rel="self") == out.getvalue()


def test_an_unchanged_feed_answers_304(client, django_assert_num_queries):
    make_live_article()
    etag = client.get("/feed/")["ETag"]

    with django_assert_num_queries(0):
        assert client.get("/feed/", headers={"If-None-Match": etag}).status_code == 304


@pytest.mark.parametrize("address", ["/feed/", "/sections/world/feed/"])
def test_rows_with_control_characters_do_not_break_the_feed(client, address):
    section = make_section(name="World\x0b\ufffe", slug="world")
    make_live_article(
        section=section, standfirst="Lights\x0b fail\x02 at\ufffe the\U0001ffff quay\x85."
    )

    [entry] = entries(client, address)

    assert entry.findtext(f"{ATOM}summary") == "Lights fail at the quay."
    assert entry.find(f"{ATOM}category").get("term") == "World"


@pytest.mark.parametrize(
    "fault", ["\x0b", "\ufffe", "\ud800"], ids=["control", "no letter", "half"]
)
@pytest.mark.parametrize("where", ["title", "content", "categories"])
@pytest.mark.parametrize("form", [ATOM_FEED, RSS_FEED], ids=["Atom", "RSS"])
def test_an_entry_that_xml_cannot_carry_is_left_out_and_logged(caplog, form, fault, where):
    calm = FeedEntry(
        id="tag:a",
        title="Calm",
        link="https://paper.example/a/",
        summary="",
        content="Calm",
        language="en",
        published=NOON,
        updated=NOON,
        categories=("World",),
    )
    faulty = replace(calm, id="tag:b", **{where: (fault,) if where == "categories" else fault})
    feed = Feed(
        title="Paper", page="/", description="", entries=[KeptEntry(faulty), KeptEntry(calm)]
    )

    written = feedparser.parse(BytesIO(form.whole(feed).encode()))

    assert [entry.id for entry in written.entries] == ["tag:a"]
    assert [record.getMessage() for record in caplog.records] == [
        "An entry that XML cannot carry is left out of the feed: 'tag:b'"
    ]


def test_a_feed_of_many_long_reads_carries_the_newest_whole_and_the_rest_in_short(
    client, monkeypatch
):
    for n in range(4):
        body = f"{'Ships wait. ' * 80}[@r1]"
        make_live_article(slug=f"read-{n}", headline="A long read", at=later(hours=n), body=body)
    [length] = {len(entry.findtext(f"{ATOM}content")) for entry in entries(client, "/feed/")}
    monkeypatch.setattr("articles.feeds.of_articles.MOST_TEXT", length * 2 - 1)

    texts = [entry.findtext(f"{ATOM}content") for entry in entries(client, "/feed/")]

    assert ["Ships wait." in text for text in texts] == [True, True, False, False]
    assert ["Wire provenance" in text for text in texts] == [True, True, False, False]
    assert all("too long for the feed" in text for text in texts[2:])
