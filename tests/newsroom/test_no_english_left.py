"""Readers of a site in German meet no English of ours, on any page."""

import re
from itertools import chain

import pytest
from babel.messages.pofile import read_po
from django.conf import settings as of_project
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory
from django.urls import reverse
from lxml import html

from articles import publishing
from articles.models import Article, ArticleVersion, Author, Section, SitePage, Topic
from articles.page_parts.signs import VOICES
from articles.pages import methods
from articles.prose.inline import VOICE_LABELS
from articles.told_rules import FOLDER, read_told, title_told
from articles.vetting import RULES
from newsroom.views import not_allowed, server_error
from tests.articles.factories import cite, make_author, make_site_page, make_topic
from tests.catalogue import marked_strings
from tests.clock import NOON, later
from tests.markets.factories import make_instrument, make_quote
from tests.newsroom import demo_pages
from tests.pages import shown
from tests.wires.factories import add_version, make_channel, make_outlet, make_post
from web.interface import in_site_language
from wires.models import Channel, Outlet, Post, PostVersion

TEMPLATES = of_project.BASE_DIR / "templates"
# Of the desk, which is in English; the rest is for readers.
OF_DESK = ("admin", "accounts")
TAG = re.compile(
    r"{% blocktranslate.*?{% endblocktranslate %}|{% comment.*?{% endcomment %}|{[%{#].*?[%}#]}",
    re.S,
)
SPOKEN = re.compile(r'\b(?:aria-label|title|alt|placeholder)="([^"]*)"')
# What is the same in any language.
SAME_EVERYWHERE = {"UTC"}


def words_in(text):
    return re.findall(r"[^\W\d_]{3,}", text)


def literal_words(source):
    """Return the words that a template writes itself, in text and in what is read aloud."""
    bare = TAG.sub("\0", source)
    bare = re.sub(r"<(script|style)\b.*?</\1>", "", bare, flags=re.S)
    texts = [*re.sub(r"<[^>]*>", "\0", bare).split("\0"), *SPOKEN.findall(bare)]
    return {word for text in texts for word in words_in(text)} - SAME_EVERYWHERE


def test_no_template_of_readers_pages_has_words_that_are_not_marked():
    found = {}
    for path in sorted(TEMPLATES.rglob("*.html")):
        if not set(OF_DESK) & set(path.relative_to(TEMPLATES).parts):
            found[path.name] = literal_words(path.read_text(encoding="utf-8"))

    assert len(found) > 60
    assert {name: words for name, words in found.items() if words} == {}


def test_words_of_a_template_are_found():
    template = '<a title="Back {{ x }}">{% translate "No" %} More<!-- --></a>{# not #}{{ y }} UTC'

    assert literal_words(template) == {"Back", "More"}


# Words that stand in English strings of the catalogue and in no German one


def english_only():
    with (of_project.BASE_DIR / "locale/de/LC_MESSAGES/django.po").open("rb") as file:
        catalogue = [message for message in read_po(file, locale="de") if message.id]
    english, german = set(), set()
    for message in catalogue:
        ids = message.id if message.pluralizable else (message.id,)
        strings = message.string if message.pluralizable else (message.string,)
        for texts, found in ((ids, english), (strings, german)):
            plain = (re.sub(r"%\(\w+\)s|<[^>]*>", " ", text) for text in texts)
            found |= {word.casefold() for text in plain for word in words_in(text)}
    told = (FOLDER / "checks.de.toml").read_text(encoding="utf-8")
    return english - german - {word.casefold() for word in words_in(told)}


def said(page):
    """Return the words of a page that are in its own language, and what is read aloud of them."""
    root = html.fromstring(page)
    for each in root.xpath(
        "//script | //style | //code | //*[@lang and not(starts-with(@lang, 'de'))]"
    ):
        if each is not root:
            each.drop_tree()
    spoken = root.xpath("//@aria-label | //@title | //@alt | //@placeholder")
    return {word.casefold() for text in chain(root.itertext(), spoken) for word in words_in(text)}


def names(*rows):
    """Return the words by which editors called something."""
    return {word.casefold() for text in rows for word in words_in(str(text or ""))}


def content():
    """Return the words of what is no interface: names, descriptions, notes."""
    texts = chain(
        *(Section.objects.values_list("name", "description")),
        *(Topic.objects.values_list("name", "description")),
        *(Author.objects.values_list("name", "bio")),
        *(Outlet.objects.values_list("name", "affiliation", "country")),
        *(Channel.objects.values_list("code", "account", "address")),
        *(PostVersion.objects.values_list("title", "text", "post__url", "post__native_id")),
        *(SitePage.objects.values_list("title", "body")),
        *(Article.objects.values_list("headline", "image_caption", "image__alt", "image__credit")),
        *(Article.objects.values_list("corrections__note", "versions__framing_note", "wire_sources__note")),
        *(ArticleVersion.objects.values_list("overrides", "acknowledgements")),
        (of_project.SITE_NAME, of_project.PUBLISHER_NAME, of_project.DEFAULT_BYLINE),
        ("New York London Paris Tokyo Hong Kong",),
    )  # fmt: skip
    return names(*texts)


@pytest.fixture
def german(settings):
    settings.SITE_LANGUAGE = "de"
    return settings


@pytest.mark.django_db
def test_every_kind_of_page_is_in_german(client, german, at_noon):
    outlet = make_outlet("Ora")
    post, other = (make_post(channel=make_channel(outlet=outlet), language="de") for _ in range(2))
    article = cite(
        post, other, headline="Nebel", language="de", body="Nebel [@r1].\n\n[Nebel]{.own} [@r2].",
        standfirst="Nebel.", framing_note="Nebel.", topics=[make_topic("Nebel")],
    )  # fmt: skip
    article.authors.add(make_author("Ada"))
    article.body = "Regen [@r1].\n\n[Nebel]{.own} [@r2]."
    article.save()
    publishing.correct(article, by=None, at=later(minutes=5), note="Regen.")
    gone = cite(make_post(), headline="Falsch", language="de")
    publishing.withdraw(gone, by=None, at=NOON, note="Falsch.")
    add_version(post, text="Sturm.", at=later(minutes=7))
    Post.objects.filter(pk=other.pk).update(state="withdrawn", withdrawn_at=later(minutes=8))
    make_site_page("Impressum", body="Wir.")
    make_quote(make_instrument("Copper", description="Gold for delivery at once (spot)"))
    note = article.corrections.get()
    address = article.get_absolute_url()

    found = {
        path: said(shown(client, path, status=status))
        for path, status in {
            "/": 200, address: 200, f"{address}corrections/": 200,
            f"{address}corrections/{note.pk}/": 200, gone.get_absolute_url(): 410,
            "/nichts/": 404, "/wire/": 200, "/wire/?q=xyz": 200, post.get_absolute_url(): 200,
            f"/wire/posts/{post.pk}/versions/1/": 200, outlet.get_absolute_url(): 200,
            "/corrections/": 200, "/corrections/?kind=update": 200, "/sources/": 200, "/methods/": 200,
            "/topics/": 200, "/authors/": 200, "/topics/nebel/": 200, "/authors/ada/": 200,
            "/search/?q=nebel": 200, "/search/?q=a*&in=wire": 200, "/markets/": 200,
            reverse("articles:archive_day", args=["2026", "06", "25"]): 200, "/sections/world/": 200, "/offline/": 200,
            "/impressum/": 200, other.get_absolute_url(): 200,
        }.items()
    }  # fmt: skip

    left = english_only() - content()
    assert len(left) > 300
    assert {path: words & left for path, words in found.items() if words & left} == {}


@pytest.mark.django_db
def test_answers_without_a_page_of_their_own_are_in_german(client, german, monkeypatch):
    german.ALLOWED_HOSTS = ["testserver"]
    refusing = Client(enforce_csrf_checks=True)
    answers = {
        400: client.get("/", headers={"host": "elsewhere.example"}),
        403: refusing.post("/search/", {"q": "nebel"}),
        404: client.get(f"/media/{'c' * 64}.jpg"),
        "403 of a right": not_allowed(RequestFactory().get("/"), PermissionDenied()),
    }
    monkeypatch.setattr("newsroom.views.render", fail)
    answers[500] = server_error(RequestFactory().get("/"))
    texts = {status: answer.content.decode() for status, answer in answers.items()}

    assert [answer.status_code for answer in answers.values()] == [400, 403, 404, 403, 500]
    left = english_only() - content()
    assert {status: said(text) & left for status, text in texts.items() if said(text) & left} == {}
    for status, words in {
        400: "nicht zu verstehen", 403: "Formular wurde nicht angenommen", 404: "Dieses Bild gibt es nicht.",
        "403 of a right": "nicht für alle", 500: "schiefgegangen",
    }.items():  # fmt: skip
        assert words in texts[status]


def fail(*given, **named):
    message = "No page can be made."
    raise RuntimeError(message)


@pytest.mark.django_db
def test_the_words_of_an_editor_stand_as_they_are_in_the_table_of_quotes(client, german):
    make_quote(
        make_instrument("Silver", description="Silver bars of ours", unit="US dollars a bar")
    )

    page = shown(client, "/markets/")

    assert "Silver bars of ours" in page
    assert "US dollars a bar" in page
    assert "Silber" in page


def test_an_english_word_on_a_page_is_found():
    page = '<html lang="de"><body><p lang="en">withdrawn</p><p title="edited">Readers</p></body></html>'

    assert said(page) == {"edited", "readers"}
    assert {"withdrawn", "edited"} <= english_only()


@pytest.mark.long
@pytest.mark.django_db
def test_the_demo_edition_is_in_german(client, german):
    demo_pages.load()
    left = english_only() - content()

    answers = {path: client.get(path) for path in demo_pages.addresses().values()}
    found = {
        path: said(answer.content.decode()) & left
        for path, answer in answers.items()
        if answer.headers["Content-Type"].startswith("text/html")
    }

    assert len(found) > 40
    assert {path: words for path, words in found.items() if words} == {}


# What is told of the checks


def test_each_check_is_told_in_german_too(german):
    english = {rule.code for rule in RULES}
    with in_site_language():
        told = read_told()
        titles = {code: title_told(code) for code in english}
        shown_rules = methods.shown_rules()

    assert set(told) == english == set(titles)
    assert all(
        {"title", "level", "fires"} == set(each) and all(each.values()) for each in told.values()
    )
    assert not {rule.title for rule in RULES} & set(titles.values())
    assert shown_rules[0].level == "Sperre"
    assert (FOLDER / "checks.de.toml").is_file()


def test_what_no_check_looks_for_and_what_the_renderer_says_is_marked():
    marked = {text for _, text, _ in marked_strings()}

    assert {kind["name"] for kind in methods.read_measured()["unlooked_for"]} <= marked
    assert set(VOICES) == set(VOICE_LABELS.values())
