"""Every feed in every format: valid, read by another program, and one with the page and each other."""

import json
import re
from html import unescape
from io import BytesIO
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import feedparser
import jsonschema
import pytest
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from lxml import etree

from articles import erasure, publishing
from articles.feeds import FORMATS, KINDS, FeedKind, FeedMoved, feed_of_articles
from articles.feeds.kinds import view_of
from articles.models import Article, Correction
from tests.articles.factories import (
    cite,
    make_article,
    make_author,
    make_live_article,
    make_section,
    make_topic,
)
from tests.clock import NOON, later
from tests.pages import shown
from tests.wires.factories import make_channel, make_outlet, make_post
from wires import generations
from wires.models import Post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public_address", "at_noon")]

FORMS = {"Atom": FORMATS[0], "RSS": FORMATS[1], "JSON": FORMATS[2]}
of_each_format = pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
PAPER = "https://paper.example"
ATOM_RULES = etree.RelaxNG(etree.parse(Path(__file__).parents[1] / "data/formats/atom.rng"))
ADDRESS = {"type": "string", "pattern": "^https?://"}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"}
AUTHORS = {
    "type": "array",
    "minItems": 1,
    "items": {
        "type": "object",
        "minProperties": 1,
        "properties": {"name": {"type": "string"}, "url": ADDRESS},
    },
}
# https://www.jsonfeed.org/version/1.1/
JSON_RULES = {
    "type": "object",
    "required": ["version", "title", "items"],
    "additionalProperties": False,
    "properties": {
        "version": {"const": "https://jsonfeed.org/version/1.1"},
        "title": {"type": "string", "minLength": 1},
        "home_page_url": ADDRESS,
        "feed_url": ADDRESS,
        "description": {"type": "string"},
        "language": {"type": "string"},
        "authors": AUTHORS,
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id"],
                "anyOf": [{"required": ["content_html"]}, {"required": ["content_text"]}],
                "additionalProperties": False,
                "properties": {
                    "id": {"type": "string", "minLength": 1},
                    "url": ADDRESS,
                    "title": {"type": "string"},
                    "summary": {"type": "string"},
                    "content_html": {"type": "string"},
                    "language": {"type": "string"},
                    "image": ADDRESS,
                    "date_published": MOMENT,
                    "date_modified": MOMENT,
                    "authors": AUTHORS,
                    "tags": {"type": "array", "items": {"type": "string"}},
                },
            },
        },
    },
}


def read(client, form, page="/"):
    """Return the entries of a feed as another program reads them, after the rules of its format."""
    answer = client.get(form.address(page))
    assert answer.status_code == 200
    assert answer["Content-Type"] == f"{form.media_type}; charset=utf-8"
    if form is FORMS["JSON"]:
        feed = json.loads(answer.content)
        jsonschema.validate(feed, JSON_RULES)
        assert feed["feed_url"] == f"{PAPER}{form.address(page)}"
        return [entry_of_json(item) for item in feed["items"]]
    if form is FORMS["Atom"]:
        ATOM_RULES.assertValid(etree.fromstring(answer.content))
    feed = feedparser.parse(
        BytesIO(answer.content), sanitize_html=False, resolve_relative_uris=False
    )
    assert not feed.bozo, feed.get("bozo_exception")
    assert f"{PAPER}{form.address(page)}" in {link.href for link in feed.feed.links}
    return [entry_of_parser(entry) for entry in feed.entries]


def entry_of_json(item):
    return {
        "id": item["id"],
        "link": item["url"],
        "title": item["title"],
        "summary": item.get("summary", ""),
        "content": item["content_html"].strip(),
        "language": item["language"],
        "published": parse_datetime(item["date_published"]),
        "updated": parse_datetime(item["date_modified"]),
        "author": item["authors"][0]["name"] if "authors" in item else "",
        "sections": item.get("tags", []),
    }


def entry_of_parser(entry):
    [content] = entry.content
    return {
        "id": entry.id,
        "link": entry.link,
        "title": unescape(entry.title),
        "summary": unescape(entry.get("summary", "")),
        "content": content.value.strip(),
        "language": content.language or entry.get("language"),
        "published": moment(entry.published_parsed),
        "updated": moment(entry.updated_parsed),
        "author": entry.get("author", ""),
        "sections": [tag.term for tag in entry.get("tags", [])],
    }


def moment(parsed):
    return timezone.datetime(*parsed[:6], tzinfo=timezone.get_default_timezone())


def a_full_article():
    post = make_post(
        url="https://kestrel.example/posts/7", channel=make_channel(outlet=make_outlet("Kestrel"))
    )
    article = cite(
        post,
        headline="Ships & <tides>",
        standfirst="A notice bars <large> & small vessels.",
        section=make_section("World"),
    )
    publishing.correct(article, by=None, at=later(hours=1), note="Three ships, not four.")
    article.refresh_from_db()
    return article


@of_each_format
@pytest.mark.parametrize("page", ["/", "/sections/world/"])
def test_an_entry_says_in_every_format_what_the_page_says(client, form, page):
    article = a_full_article()
    version = article.live_version

    [entry] = read(client, form, page)

    told = {name: entry[name] for name in ("title", "summary", "link", "published", "updated")}
    assert told == {
        "title": version.headline,
        "summary": version.standfirst,
        "link": f"{PAPER}{article.get_absolute_url()}",
        "published": article.first_published_at,
        "updated": version.at,
    }
    assert (entry["author"], entry["sections"], entry["language"]) == (
        "Monexus News",
        ["World"],
        "en",
    )
    content = entry["content"]
    page = shown(client, article)
    for words in ("It stands", "We lead with the harbour.", "Three ships, not four.", "Kestrel"):
        assert words in content
        assert words in page
    assert ">https://kestrel.example/posts/7<" in content
    assert 'href="/' not in content


def test_the_entries_of_all_formats_are_the_same(client):
    a_full_article()
    make_live_article(headline="Another", at=later(hours=2))
    publishing.withdraw(make_live_article(), by=None, at=later(hours=3), note="Forged & wrong.")

    atom, rss, other = (read(client, form) for form in FORMATS)

    assert len(atom) == 3
    for name in atom[0]:
        assert [entry[name] for entry in rss] == [entry[name] for entry in atom], name
        assert [entry[name] for entry in other] == [entry[name] for entry in atom], name


def test_a_correction_of_an_old_article_reaches_subscribers(client):
    old = make_live_article(headline="An old piece", at=later(days=-400))
    make_a_full_feed()
    before = [[entry["title"] for entry in read(client, form)] for form in FORMATS]

    publishing.correct(old, by=None, at=later(hours=1), note="It was Tuesday.")
    generations.bump("pages")

    assert [len(titles) for titles in before] == [20, 20, 20]
    for form in FORMATS:
        after = {entry["title"]: entry for entry in read(client, form)}
        assert "It was Tuesday." in after["An old piece"]["content"]
        assert after["An old piece"]["updated"] == later(hours=1)
        assert len(after) == 21
    assert "An old piece" not in before[0] + before[1] + before[2]


def test_the_withdrawal_of_an_old_article_reaches_subscribers(client):
    old = make_live_article(headline="Old", at=later(days=-400), section=make_section("World"))
    ids = {entry["id"] for entry in read(client, FORMATS[0])}
    make_a_full_feed()

    publishing.withdraw(old, by=None, at=later(hours=1), note="The post was forged.")
    generations.bump("pages")

    for form, page in product(FORMATS, ["/", "/sections/world/"]):
        gone = read(client, form, page)[-1]
        assert {gone["id"]} == ids
        assert gone["title"] == "Withdrawn: Old"
        assert gone["updated"] == later(hours=1)
        assert "The post was forged." in gone["content"]
        assert "harbour" not in gone["content"]
    assert client.get(urlsplit(gone["link"]).path).status_code == 410


def make_a_full_feed():
    for n in range(20):
        make_live_article(headline=f"Piece {n}", at=later(minutes=n))


def test_a_withdrawal_is_a_tombstone_in_atom(client):
    article = make_live_article()
    publishing.withdraw(article, by=None, at=later(hours=1), note="Forged & <wrong>.")

    feed = etree.fromstring(client.get("/feed/").content)

    at = "{http://purl.org/atompub/tombstones/1.0}"
    [stone] = feed.findall(f"{at}deleted-entry")
    assert stone.get("ref") == feed.findtext("{*}entry/{*}id")
    assert stone.get("when") == "2026-06-25T13:00:00+00:00"
    assert stone.findtext(f"{at}comment") == "Forged & <wrong>."


@of_each_format
def test_the_withdrawal_in_a_section_stays_out_of_the_feeds_of_others(client, form):
    make_section("Culture")
    publishing.withdraw(make_live_article(), by=None, at=later(hours=1), note="Wrong.")

    assert read(client, form, "/sections/culture/") == []


@of_each_format
def test_ids_stay_when_the_site_moves_and_the_slug_changes(client, form, settings):
    article = a_full_article()
    pages = ("/", "/sections/world/", "/corrections/", "/wire/")
    before = [[entry["id"] for entry in read(client, form, page)] for page in pages]

    settings.SITE_URL = "https://moved.example"
    Article.objects.filter(pk=article.pk).update(slug="another")
    publishing.update(article, by=None, at=later(hours=2), note="Another address.")
    generations.bump("pages")
    after = []
    for page in pages:
        answer = client.get(form.address(page))
        text = answer.content.decode()
        assert "https://moved.example" in text
        after.append(text)

    lost = [one for ids, text in zip(before, after, strict=True) for one in ids if one not in text]
    assert [bool(ids) for ids in before] == [True] * 4
    assert lost == []


def test_ids_are_those_that_earlier_releases_wrote(client):
    article = make_live_article()
    Article.objects.filter(pk=article.pk).update(tag_host="")
    publishing.update(article, by=None, at=later(hours=1), note="Clearer.")
    note = Correction.objects.get()

    [entry], [told] = read(client, FORMATS[0]), read(client, FORMATS[0], "/corrections/")

    assert entry["id"] == f"tag:paper.example,2026-06-25:article-{article.pk}"
    assert told["id"] == f"tag:paper.example,2026-06-25:correction-{note.pk}"


@of_each_format
def test_the_feed_of_the_wire_has_a_line_a_post_and_its_bare_address(client, form):
    post = make_post(
        text="The mine & the quay are closed.",
        url="https://kestrel.example/posts/8",
        channel=make_channel(outlet=make_outlet("Kestrel")),
    )
    hidden = make_post(text="Nobody sees this.")
    Post.objects.filter(pk=hidden.pk).update(hidden_at=NOON, hidden_reason="Spam")

    [entry] = read(client, form, "/wire/")

    assert entry["title"] == "The mine & the quay are closed."
    assert entry["link"] == f"{PAPER}{post.get_absolute_url()}"
    assert ">https://kestrel.example/posts/8<" in entry["content"]
    assert entry["author"] == "Kestrel"


@of_each_format
def test_a_withdrawn_post_stays_in_the_feed_of_the_wire_without_its_words(client, form):
    post = make_post(text="The mine is closed.")
    [before] = read(client, form, "/wire/")

    Post.objects.filter(pk=post.pk).update(state="withdrawn", withdrawn_at=later(hours=1))

    [after] = read(client, form, "/wire/")
    assert after["id"] == before["id"]
    assert after["title"] == "Withdrawn by the outlet"
    assert "mine" not in after["content"]
    assert after["updated"] == later(hours=1)


@of_each_format
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_an_unchanged_feed_is_not_sent_again(client, django_assert_num_queries, form, kind):
    make_live_article(section=make_section("World"), topics=[make_topic("World")])
    make_author("World")
    address = form.address(f"/{kind.route.replace('<slug:slug>', 'world')}")
    etag = client.get(address)["ETag"]

    with django_assert_num_queries(0):
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


@of_each_format
def test_a_draft_and_an_erased_version_are_in_no_feed(
    client, form, django_capture_on_commit_callbacks
):
    make_article(headline="A draft")
    article = make_live_article(headline="Quillfeather named")
    with django_capture_on_commit_callbacks(execute=True):
        erasure.erase_version(article.live_version, reason="Order", by=None, at=later(hours=1))

    for page in ("/", "/corrections/", "/sections/world/"):
        text = client.get(form.address(page)).content.decode()
        assert "Quillfeather" not in text
        assert "draft" not in text
    [gone] = read(client, form)
    assert gone["title"] == "Withdrawn"


@pytest.mark.parametrize("page", ["/", "/sections/world/", "/wire/"])
def test_a_page_names_its_feeds_in_every_format(client, page):
    make_live_article(section=make_section("World"))

    head = shown(client, page).partition("<body>")[0]

    named = re.findall(r'<link rel="alternate" type="([^"]+)" title="[^"]+" href="([^"]+)"', head)
    assert named == [(form.media_type, form.address(page)) for form in FORMATS]


@of_each_format
@pytest.mark.parametrize("rows", [1, 5])
def test_a_feed_of_kept_entries_takes_two_queries(client, django_assert_num_queries, form, rows):
    for n in range(rows):
        make_live_article(headline=f"Piece {n}", at=later(minutes=n))
    publishing.withdraw(Article.objects.first(), by=None, at=later(hours=1), note="Wrong.")
    read(client, FORMATS[0])

    with django_assert_num_queries(2):
        assert len(read(client, form)) == rows


@of_each_format
def test_the_feed_of_a_page_that_moved_leads_to_that_of_the_new_one(rf, form):
    moved = FeedMoved("/sections/abroad/")

    def find(at, slug):
        raise moved

    view = view_of(FeedKind(name="moved_feed", route="sections/<slug:slug>/", find=find), form)

    answer = view(rf.get("/sections/world/feed/"), slug="world")

    assert (answer.status_code, answer["Location"]) == (301, form.address("/sections/abroad/"))


def test_a_feed_tells_of_changes_in_all_that_ever_belonged_to_it():
    old = make_live_article(headline="Old", at=later(days=-400))
    newest = Article.objects.filter(pk=make_live_article(headline="New").pk)
    publishing.withdraw(old, by=None, at=NOON, note="Wrong.")
    told = {"title": "", "page": "/", "at": NOON}

    of_newest = feed_of_articles(newest, **told)
    of_all = feed_of_articles(newest, ever=Article.objects.all(), **told)

    assert [kept.entry.title for kept in of_newest.entries] == ["New"]
    assert [kept.entry.title for kept in of_all.entries] == ["New", "Withdrawn: Old"]
