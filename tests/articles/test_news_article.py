"""An article in JSON-LD says what its page says, and nothing breaks out of it."""

import json
import re

import pytest
from pyld import jsonld

from articles import publishing
from articles.models import Article, Correction, VersionSource
from articles.page_parts import render_newest
from articles.page_parts.linked_data import data_of_corrections, data_of_sources
from tests.articles.factories import cite, make_author, make_live_article, make_section
from tests.articles.test_frozen import make_image
from tests.clock import NOON, later
from tests.pages import shown
from tests.wires.factories import add_version, make_channel, make_outlet, make_post
from web import fragments
from web.json_in_html import as_json
from wires.models import Post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("public_address", "at_noon")]
SCHEMA = "https://schema.org/"
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


def data_of(client, article):
    """Return the JSON-LD in the page of an article as the next process to start would show it."""
    fragments.forget()
    [text] = SCRIPT.findall(shown(client, article))
    return json.loads(text)


def schema_org(url, options):
    """Stand in for the document at schema.org: every name is one of its own, addresses are links."""
    links = ("url", "mainEntityOfPage", "archivedAt", "publishingPrinciples")
    terms = {name: {"@id": f"{SCHEMA}{name}", "@type": "@id"} for name in links}
    context = {"@context": {"@vocab": SCHEMA} | terms}
    return {"contextUrl": None, "documentUrl": url, "document": context}


def read_by_another(data):
    """Return the article as a JSON-LD processor reads it, expanded."""
    [node] = jsonld.expand(data, {"documentLoader": schema_org})
    return node


def values(node, name):
    """Return what an expanded node says under a name of schema.org."""
    return [one.get("@value", one.get("@id")) for one in node.get(f"{SCHEMA}{name}", [])]


def test_the_data_of_an_article_says_what_its_page_says(client):
    author = make_author("Ada Brandt")
    article = make_live_article(
        headline="Ships & tides",
        standfirst="A “notice” bars vessels.",
        framing_note="We lead with the *harbour*.",
        section=make_section("World"),
    )
    article.authors.set([author])
    publishing.update(article, by=None, at=later(hours=1), note="Its author.")

    data = data_of(client, article)
    node = read_by_another(data)

    address = f"https://paper.example{article.get_absolute_url()}"
    assert node["@type"] == [f"{SCHEMA}NewsArticle"]
    assert values(node, "url") == values(node, "mainEntityOfPage") == [address]
    assert values(node, "headline") == ["Ships & tides"]
    assert values(node, "description") == ["A “notice” bars vessels."]
    assert values(node, "backstory") == ["We lead with the harbour."]
    assert values(node, "articleSection") == ["World"]
    assert values(node, "inLanguage") == ["en"]
    assert values(node, "datePublished") == ["2026-06-25T12:00:00Z"]
    assert values(node, "dateModified") == ["2026-06-25T13:00:00Z"]
    assert values(node, "isAccessibleForFree") == [True]
    page = "https://paper.example/authors/ada-brandt/"
    assert data["author"] == [{"@type": "Person", "name": "Ada Brandt", "url": page}]
    assert data["publisher"]["name"] == "Monexus Media"


def test_an_article_without_authors_is_signed_with_the_default_byline(client):
    assert data_of(client, make_live_article())["author"] == [
        {"@type": "Organization", "name": "Monexus News"}
    ]


def test_each_cited_post_stands_in_the_data_with_outlet_address_and_archived_copy(client):
    outlet = make_outlet("Kestrel")
    post = make_post(
        url="https://kestrel.example/posts/7", channel=make_channel(outlet=outlet), posted_at=NOON
    )
    article = cite(post, make_post())

    data = data_of(client, article)
    node = read_by_another(data)

    first = data["isBasedOn"][0]
    assert first["url"] == "https://kestrel.example/posts/7"
    assert first["publisher"] == {"@type": "Organization", "name": "Kestrel"}
    assert first["datePublished"] == "2026-06-25T12:00:00Z"
    assert client.get(first["archivedAt"].removeprefix("https://paper.example")).status_code == 200
    cited = [one["@id"] for one in node[f"{SCHEMA}citation"]]
    assert len(cited) == 2
    assert cited == [one["@id"] for one in node[f"{SCHEMA}isBasedOn"]]


def test_everything_is_told_of_a_post_and_nothing_that_is_not_known():
    outlet = make_outlet("Kestrel")
    posts = [
        make_post(
            url="https://kestrel.example/posts/7",
            channel=make_channel(outlet=outlet),
            posted_at=NOON,
        ),
        make_post(
            native_id="kestrel/8",
            url="https://t.me/kestrel/8",
            channel=make_channel(platform="telegram", account="kestrel", outlet=outlet),
        ),
    ]
    article = cite(*posts)
    Post.objects.filter(pk=posts[1].pk).update(url="http://10.0.0.7/posts/8", posted_at=None)
    sources = VersionSource.objects.filter(version=article.live_version).order_by("number")

    told = json.loads(f"{{{data_of_sources(sources)}}}")

    copies = [f"https://paper.example/wire/posts/{post.pk}/versions/1/" for post in posts]
    publisher = {"@type": "Organization", "name": "Kestrel"}
    assert told["citation"] == [{"@id": copy} for copy in copies]
    assert told["isBasedOn"] == [
        {
            "@type": "CreativeWork",
            "@id": copies[0],
            "url": "https://kestrel.example/posts/7",
            "archivedAt": copies[0],
            "datePublished": "2026-06-25T12:00:00Z",
            "publisher": publisher,
        },
        {
            "@type": "SocialMediaPosting",
            "@id": copies[1],
            "identifier": "10.0.0.7/posts/8",
            "archivedAt": copies[1],
            "publisher": publisher,
        },
    ]


def test_the_data_of_a_post_says_what_became_of_it_without_a_new_publication(client):
    article = cite(make_post())
    post = article.wire_sources.get().post
    before = data_of(client, article)["isBasedOn"][0]

    add_version(post, text="The harbour is open.", at=later(hours=1))

    after = data_of(client, article)["isBasedOn"][0]
    assert "creativeWorkStatus" not in before
    assert after["creativeWorkStatus"] == "edited"


def test_a_correction_stands_in_the_data_and_an_update_does_not(client):
    article = make_live_article()
    publishing.update(article, by=None, at=later(hours=1), note="Clearer.")
    publishing.correct(article, by=None, at=later(hours=2), note="Three ships, not four.")

    [note] = data_of(client, article)["correction"]

    assert note["text"] == "Three ships, not four."
    assert note["datePublished"] == "2026-06-25T14:00:00Z"
    assert client.get(note["url"].removeprefix("https://paper.example")).status_code == 200


def test_the_picture_stands_in_the_data_with_its_size_caption_and_credit(client):
    image = make_image("c" * 64)
    type(image).objects.filter(pk=image.pk).update(credit="A. Hale")
    article = make_live_article(image=image, image_caption="The quay.")

    [picture] = data_of(client, article)["image"]

    image.refresh_from_db()
    assert picture == {
        "@type": "ImageObject",
        "url": f"https://paper.example{image.url}",
        "width": image.width,
        "height": image.height,
        "caption": "The quay.",
        "creditText": "A. Hale",
    }


@pytest.mark.parametrize(
    "words",
    ["</script><script>alert(1)</script>", "<!-- <script>", "a\u2028b\u2029c", '"\\', "&lt;"],
)
def test_nothing_in_a_text_ends_the_script_or_changes_it(client, words):
    article = make_live_article(headline=f"Ships {words}", standfirst=words)

    data = data_of(client, article)
    [text] = SCRIPT.findall(shown(client, article))

    assert (data["headline"], data["description"]) == (f"Ships {words}", words)
    assert not set(text) & set("<>&\u2028\u2029")
    assert json.loads(as_json(words)) == words


def test_what_is_kept_of_the_data_is_made_again_for_another_address_of_the_site(client, settings):
    article = cite(make_post())
    data_of(client, article)

    settings.SITE_URL = "https://moved.example"

    data = data_of(client, article)
    assert data["isBasedOn"][0]["@id"].startswith("https://moved.example/wire/")
    assert render_newest(at=NOON).renewed == 1


def test_a_withdrawn_article_has_no_data(client):
    article = make_live_article()
    publishing.withdraw(article, by=None, at=NOON, note="Wrong.")

    assert "ld+json" not in shown(client, Article.objects.get(pk=article.pk), status=410)


@pytest.mark.parametrize("path", ["/", "/sections/world/", "/wire/", "/wire/outlets/kestrel/"])
def test_a_page_says_how_it_is_shown_where_it_is_shared(client, path):
    make_post(channel=make_channel(outlet=make_outlet("Kestrel", affiliation="Of the port")))
    make_live_article(section=make_section("World"))

    page = shown(client, path)

    told = dict(
        re.findall(r'<meta (?:property|name)="((?:og|twitter):[a-z:_]+)" content="([^"]*)"', page)
    )
    assert re.findall(r'rel="canonical" href="([^"]+)"', page) == [f"https://paper.example{path}"]
    assert told["og:url"] == f"https://paper.example{path}"
    assert told["og:site_name"] == "The Monexus"
    assert told["og:type"] == "website"
    assert told["og:title"]
    assert told["og:description"]
    assert told["twitter:card"].startswith("summary")


def test_an_article_says_how_it_is_shown_where_it_is_shared(client):
    image = make_image("c" * 64)
    article = make_live_article(headline='Ships & "tides"', social_text="Read <this>.", image=image)

    page = shown(client, article)

    assert '<meta property="og:type" content="article">' in page
    assert '<meta property="og:title" content="Ships &amp; &quot;tides&quot;">' in page
    assert '<meta property="og:description" content="Read &lt;this&gt;.">' in page
    assert f'<meta property="og:image" content="https://paper.example{image.url}">' in page
    assert f'<meta property="og:image:width" content="{image.width}">' in page


def test_a_correction_is_told_whole_and_an_update_is_none():
    article = make_live_article()
    wrong = Correction(
        pk=7, article=article, kind="correct", note="Ten, not two.", at=later(hours=1)
    )
    newer = Correction(pk=8, article=article, kind="update", note="It ended.", at=later(hours=2))

    told = json.loads(f"{{{data_of_corrections(article, [newer, wrong]).strip(' ,')}}}")

    address = f"https://paper.example{article.get_absolute_url()}corrections/7/"
    assert told == {
        "correction": [
            {
                "@type": "CorrectionComment",
                "text": "Ten, not two.",
                "datePublished": "2026-06-25T13:00:00Z",
                "url": address,
            }
        ]
    }
    assert data_of_corrections(article, [newer]) == ""
