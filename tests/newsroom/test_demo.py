"""The demo edition: its contents, and that the checks find nothing in it."""

import re

import pytest
from django.test import override_settings
from PIL import Image as Decoder

from articles import publishing
from articles.models import Article, Image, Section
from newsroom import demo
from newsroom.demo.edition import Edition
from tests.articles.cited_pages import walk_every_citation
from tests.articles.for_machines import SITE, walk_every_article
from tests.clock import NOON, later
from wires.models import Channel, Outlet, Post
from wires.platforms import PLATFORMS
from wires.platforms.permalinks import recognise, why_not_a_post

# What outlets did to their posts after these articles were last updated; the ledger shows it.
HAPPENED_SINCE = {
    "orrery-outage-expired-certificate": {"source-changed"},
    "calvera-turns-grain-ships-back": {"source-deleted"},
}


@pytest.fixture(scope="module")
def edition(django_db_setup, django_db_blocker, tmp_path_factory):
    """Load the edition once for all read-only tests, and yield the folder of its pictures."""
    folder = tmp_path_factory.mktemp("demo-media")
    with override_settings(MEDIA_ROOT=folder), django_db_blocker.unblock():
        loaded = demo.load(at=NOON)
    yield loaded, folder
    with override_settings(MEDIA_ROOT=folder), django_db_blocker.unblock():
        demo.remove()


@pytest.fixture
def loaded(edition, db):
    return edition[0]


# Its contents


def test_every_cited_span_is_marked_on_the_page_it_links_to(loaded, client):
    walk = walk_every_citation(client)

    assert walk.broken == []
    assert walk.spans > 100


def test_what_programs_read_of_every_article_is_what_its_page_says(loaded, client, settings):
    settings.SITE_URL = SITE

    walk = walk_every_article(client)

    assert walk.differing == []
    assert (walk.articles, walk.posts > 40) == (12, True)


def test_the_demo_edition_is_as_large_as_a_small_newspaper(loaded):
    articles = Article.objects.live().filter(is_demo=True)

    assert (articles.count(), loaded.articles) == (12, 12)
    assert articles.values("live_section").distinct().count() == 5
    assert set(Section.objects.values_list("name", flat=True)) == {
        "World",
        "Business",
        "Technology",
        "Climate",
        "Culture",
    }
    assert 140 <= Post.objects.count() == loaded.posts <= 160
    assert 10 <= Outlet.objects.filter(is_demo=True).count() <= 14
    assert Image.objects.filter(is_demo=True).count() == 6


def test_the_demo_wire_is_recent_and_mixed(loaded):
    recent = Post.objects.filter(wire_at__gt=later(hours=-3))
    ticker = Post.objects.on_ticker()

    assert ticker.count() == loaded.posts
    assert loaded.posts * 0.4 < recent.count()
    assert not Post.objects.filter(wire_at__gt=NOON).exists()
    assert not Post.objects.filter(wire_at__lt=later(hours=-36)).exists()
    assert set(ticker.values_list("channel__platform", flat=True)) == {
        platform.code for platform in PLATFORMS
    }
    languages = set(ticker.values_list("latest_version__language", flat=True))
    assert {"en", "ar", "fa", "fr", "es"} == languages


def test_demo_channels_are_never_polled(loaded):
    assert not Channel.objects.polled().exists()
    assert not Channel.objects.due(later(days=400)).exists()


def test_demo_addresses_are_valid_posts_whose_ids_match_their_time(loaded):
    dated = 0
    for post in Post.objects.select_related("channel"):
        assert why_not_a_post(post.url, platform=post.channel.platform) == ""
        link = recognise(post.url)
        if link and link.id_time:
            dated += 1
            assert abs((link.id_time - post.posted_at).total_seconds()) < 1

    assert dated > 20


def test_demo_accounts_cannot_belong_to_anyone():
    accounts = [channel.account for outlet in Edition.read().outlets for channel in outlet.channels]

    assert len(accounts) > 14
    assert [name for name in accounts if not name.endswith(("_demo", ".example"))] == []


def test_the_demo_has_edited_withdrawn_and_pasted_posts(loaded):
    edited = Post.objects.filter(state=Post.State.EDITED, wire_sources__isnull=False)
    withdrawn = Post.objects.filter(state=Post.State.WITHDRAWN, wire_sources__isnull=False)
    flags = [post.latest_version.flags for post in Post.objects.with_words()]

    assert edited.count() == 2
    assert withdrawn.count() == 1
    assert flags.count(["pasted"]) == 1


def test_a_demo_article_is_updated_after_a_post_edit(loaded):
    article = Article.objects.get(slug="calvera-turns-grain-ships-back")
    first, second = article.versions.order_by("n")

    assert "puts the number at nine" in first.body
    assert "now puts the number at twelve" in second.body
    assert first.sources.get(key="tracks").post_version.n == 1
    assert second.sources.get(key="tracks").post_version.n == 2
    assert [note.kind for note in article.corrections.all()] == ["update"]


def test_a_demo_article_gains_a_source_in_an_update(loaded):
    article = Article.objects.get(slug="orrery-outage-expired-certificate")
    first, second = article.versions.order_by("n")

    assert "The colour green" not in first.body
    assert not first.sources.filter(key="regulator").exists()
    assert second.sources.filter(key="regulator").exists()


def test_times_stated_in_demo_articles_match_their_posts(loaded):
    article = Article.objects.get(slug="calvera-turns-grain-ships-back")
    posted_at = article.wire_sources.get(key="denial").post.posted_at

    assert (
        f"{posted_at:%H:%M} UTC on {posted_at.day} {posted_at:%B %Y}" in article.live_version.body
    )


# Its quality


def test_demo_articles_have_no_findings_but_what_outlets_did_since(loaded):
    found = {
        article.slug: {finding.code for finding in publishing.vet(article, at=NOON)}
        for article in Article.objects.live()
    }

    assert len(found) == 12
    assert {slug: codes for slug, codes in found.items() if codes} == HAPPENED_SINCE


def test_demo_articles_are_valid_and_cite_every_linked_source(loaded):
    articles = Article.objects.live().select_related("live_version")

    assert len(articles) == 12
    for article in articles:
        article.full_clean()
        version = article.live_version
        claimed = {key for claim in version.claims for key in claim["keys"]}
        voices = [claim["voice"] for claim in version.claims]

        assert 250 <= len(version.body.split()) <= 600
        assert "{{" not in version.body
        assert claimed == set(version.sources.values_list("key", flat=True))
        assert version.outlets_cited >= 3
        assert "bare" not in voices
        assert {"own", "background"} <= set(voices)


def test_quotations_in_demo_articles_appear_in_the_cited_posts(loaded):
    quotes = 0
    for article in Article.objects.live().select_related("live_version"):
        version = article.live_version
        posts = {
            source.key: bare(f"{source.post_version.title} {source.post_version.text}")
            for source in version.sources.select_related("post_version")
        }
        for claim in version.claims:
            for quote in re.findall("“([^”]+)”", claim["text"] if claim["keys"] else ""):
                quotes += 1
                assert any(bare(quote.rstrip(".,")) in posts[key] for key in claim["keys"]), quote

    assert quotes > 12


def bare(text):
    return " ".join(text.casefold().split())


def test_demo_articles_name_no_date_that_would_go_stale():
    dated = re.compile(
        r"\b(\d{1,2} (January|March|June|July)|(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
        r"|yesterday|tomorrow|today)\b",
        re.IGNORECASE,
    )
    texts = {
        article.slug: " ".join(
            (article.headline, article.standfirst, article.body, article.framing_note)
        )
        for article in Edition.read().articles
    }

    assert len(texts) == 12
    assert [slug for slug, words in texts.items() if dated.search(words)] == []


def test_demo_pictures_are_small_and_all_the_same_size():
    pictures = Edition.read().pictures

    assert len(pictures) == 6
    for picture in pictures:
        with Decoder.open(picture.path) as decoded:
            assert decoded.size == (1200, 675)
        assert picture.path.stat().st_size <= 60_000
        assert picture.path.with_suffix(".svg").exists()


def test_every_demo_page_answers(edition, loaded, client, settings):
    settings.MEDIA_ROOT = edition[1]
    pages = ["/", "/wire/", "/wire/live/", "/feed/", "/sitemap.xml"]
    pages += [article.get_absolute_url() for article in Article.objects.live()]
    pages += [section.get_absolute_url() for section in Section.objects.all()]
    pages += [outlet.get_absolute_url() for outlet in Outlet.objects.all()]
    pages += [post.get_absolute_url() for post in Post.objects.filter(wire_sources__isnull=False)]
    pages += [image.url for image in Image.objects.all()]

    answers = {page: client.get(page).status_code for page in pages}

    assert {page: status for page, status in answers.items() if status != 200} == {}
