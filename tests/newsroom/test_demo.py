"""The demo edition: what it holds, that nothing speaks against it, and that it goes whole."""

import re
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from PIL import Image as Decoder

from articles import publishing
from articles.models import Article, Author, Correction, Image, Section
from newsroom import demo
from newsroom.demo.edition import Edition
from tests.factories import (
    NOON,
    later,
    make_article,
    make_channel,
    make_outlet,
    make_post,
    make_source,
)
from wires.models import Channel, Outlet, Post
from wires.permalinks import recognise, why_not_a_post

# What outlets did to their posts after the last word of these articles; the ledger shows it.
HAPPENED_SINCE = {
    "orrery-outage-expired-certificate": {"source-changed"},
    "calvera-turns-grain-ships-back": {"source-deleted"},
}


@pytest.fixture
def loaded(db):
    return demo.load(at=NOON)


def command(name, **options):
    """Run a command at noon and return what it printed."""
    out = StringIO()
    with time_machine.travel(NOON, tick=False):
        call_command(name, stdout=out, **options)
    return out.getvalue()


def rows():
    """How many rows each model of the paper has, where it has any."""
    models = [*apps.get_app_config("articles").get_models()]
    models += apps.get_app_config("wires").get_models()
    counts = {model._meta.label: model.objects.count() for model in models}
    return {label: count for label, count in counts.items() if count}


# What it holds


def test_the_edition_is_as_large_as_a_small_paper(loaded):
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


def test_the_wire_is_fresh_and_mixed(loaded):
    recent = Post.objects.filter(wire_at__gt=later(hours=-3))
    ticker = Post.objects.on_ticker()

    assert ticker.count() == loaded.posts
    assert loaded.posts * 0.4 < recent.count()
    assert not Post.objects.filter(wire_at__gt=NOON).exists()
    assert not Post.objects.filter(wire_at__lt=later(hours=-36)).exists()
    assert set(ticker.values_list("channel__platform", flat=True)) == set(Channel.Platform.values)
    languages = set(ticker.values_list("latest_version__language", flat=True))
    assert {"en", "ar", "fa", "fr", "es"} == languages


def test_no_channel_of_it_is_ever_polled(loaded):
    assert not Channel.objects.polled().exists()
    assert not Channel.objects.due(later(days=400)).exists()


def test_its_addresses_are_posts_whose_ids_tell_their_time(loaded):
    for post in Post.objects.select_related("channel"):
        assert why_not_a_post(post.url, platform=post.channel.platform) == ""
        link = recognise(post.url)
        if link and link.id_time:
            assert abs((link.id_time - post.posted_at).total_seconds()) < 1


def test_no_account_of_it_can_be_anybodys():
    for outlet in Edition.read().outlets:
        for channel in outlet.channels:
            assert channel.account.endswith(("_demo", ".example"))


def test_posts_were_edited_withdrawn_and_pasted(loaded):
    edited = Post.objects.filter(state=Post.State.EDITED, wire_sources__isnull=False)
    withdrawn = Post.objects.filter(state=Post.State.WITHDRAWN, wire_sources__isnull=False)
    flags = [post.latest_version.flags for post in Post.objects.with_words()]

    assert edited.count() == 2
    assert withdrawn.count() == 1
    assert flags.count(["pasted"]) == 1


def test_an_update_follows_an_edited_post(loaded):
    article = Article.objects.get(slug="calvera-turns-grain-ships-back")
    first, second = article.versions.order_by("n")

    assert "puts the number at nine" in first.body
    assert "now puts the number at twelve" in second.body
    assert first.sources.get(key="tracks").post_version.n == 1
    assert second.sources.get(key="tracks").post_version.n == 2
    assert [note.kind for note in article.corrections.all()] == ["update"]


def test_an_update_may_bring_a_source(loaded):
    article = Article.objects.get(slug="orrery-outage-expired-certificate")
    first, second = article.versions.order_by("n")

    assert "The colour green" not in first.body
    assert not first.sources.filter(key="regulator").exists()
    assert second.sources.filter(key="regulator").exists()


def test_a_stated_time_is_that_of_the_post(loaded):
    article = Article.objects.get(slug="calvera-turns-grain-ships-back")
    posted_at = article.wire_sources.get(key="denial").post.posted_at

    assert (
        f"{posted_at:%H:%M} UTC on {posted_at.day} {posted_at:%B %Y}" in article.live_version.body
    )


# That it is well made


def test_nothing_is_found_against_any_article(loaded):
    for article in Article.objects.live():
        codes = {finding.code for finding in publishing.vet(article, at=NOON)}

        assert codes <= HAPPENED_SINCE.get(article.slug, set()), article.slug


def test_every_article_fits_its_fields_and_cites_all_it_links(loaded):
    for article in Article.objects.live().select_related("live_version"):
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


def test_quotes_stand_in_the_posts_cited_there(loaded):
    for article in Article.objects.live().select_related("live_version"):
        version = article.live_version
        posts = {
            source.key: bare(f"{source.post_version.title} {source.post_version.text}")
            for source in version.sources.select_related("post_version")
        }
        for claim in version.claims:
            for quote in re.findall("“([^”]+)”", claim["text"] if claim["keys"] else ""):
                assert any(bare(quote.rstrip(".,")) in posts[key] for key in claim["keys"]), quote


def bare(text):
    return " ".join(text.casefold().split())


def test_articles_state_no_day_that_would_go_stale():
    dated = re.compile(
        r"\b(\d{1,2} (January|March|June|July)|(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
        r"|yesterday|tomorrow|today)\b",
        re.IGNORECASE,
    )
    for article in Edition.read().articles:
        words = " ".join((article.headline, article.standfirst, article.body, article.framing_note))

        assert not dated.search(words), article.slug


def test_pictures_are_small_and_all_of_one_size():
    for picture in Edition.read().pictures:
        with Decoder.open(picture.path) as decoded:
            assert decoded.size == (1200, 675)
        assert picture.path.stat().st_size <= 60_000
        assert picture.path.with_suffix(".svg").exists()


def test_every_page_of_it_answers(loaded, client):
    pages = ["/", "/wire/", "/wire/live/", "/feed/", "/sitemap.xml"]
    pages += [article.get_absolute_url() for article in Article.objects.live()]
    pages += [section.get_absolute_url() for section in Section.objects.all()]
    pages += [outlet.get_absolute_url() for outlet in Outlet.objects.all()]
    pages += [post.get_absolute_url() for post in Post.objects.filter(wire_sources__isnull=False)]
    pages += [image.url for image in Image.objects.all()]

    answers = {page: client.get(page).status_code for page in pages}

    assert {page: status for page, status in answers.items() if status != 200} == {}


# Loading


@pytest.mark.django_db
def test_loading_it_twice_adds_nothing():
    first = command("load_demo")
    before = rows()

    second = command("load_demo")

    assert first.startswith("Loaded the demo edition: 12 articles in 5 sections on 148 posts")
    assert second == "The demo edition is loaded already: nothing to do.\n"
    assert rows() == before


@pytest.mark.django_db
def test_a_paper_with_articles_of_its_own_is_left_alone():
    make_article()
    before = rows()

    line = command("load_demo")

    assert "articles of its own" in line
    assert rows() == before


@pytest.mark.django_db
def test_an_outlet_of_the_papers_own_is_never_made_a_demo():
    make_outlet("Harbour Wire")
    before = rows()

    with pytest.raises(CommandError, match="called Harbour Wire"):
        command("load_demo")

    assert rows() == before


@pytest.mark.django_db
def test_beside_real_posts_the_demo_stays_off_the_wire():
    make_post(channel=make_channel(outlet=make_outlet("City Desk")), native_id="real")

    demo.load(at=NOON)

    assert [post.native_id for post in Post.objects.on_ticker()] == ["real"]


# Removing


@pytest.mark.django_db
def test_removing_it_leaves_no_row_and_no_file(django_capture_on_commit_callbacks):
    demo.load(at=NOON)
    files = [image.filename for image in Image.objects.all()]

    with django_capture_on_commit_callbacks(execute=True):
        line = command("remove_demo")

    assert line.startswith("Removed the demo edition: 12 articles, 148 posts, 14 outlets")
    assert "Kept" not in line
    assert rows() == {}
    assert not any(default_storage.exists(name) for name in files)
    assert command("remove_demo") == "There is no demo edition to remove.\n"


@pytest.mark.django_db
def test_removing_it_leaves_real_articles_and_what_they_rest_on():
    demo.load(at=NOON)
    cited = Post.objects.with_words().first()
    picture = Image.objects.first()
    ours = make_article(
        headline="The paper’s own",
        section=Section.objects.get(slug="world"),
        image=picture,
        sources=False,
    )
    ours.authors.add(Author.objects.get(slug="ines-okonjo-hale"))
    make_source(ours, post=cited)
    publishing.publish(ours, by=None, at=NOON)

    line = command("remove_demo")

    ours.refresh_from_db()
    assert ours.is_live
    assert ours.live_version.sources.get().post_version.post == cited
    assert [*Post.objects.all()] == [cited]
    assert [*Outlet.objects.all()] == [cited.channel.outlet]
    assert [*Image.objects.all()] == [picture]
    assert default_storage.exists(picture.filename)
    assert line.splitlines()[1] == (
        "Kept, because the paper uses them: 1 post, 1 picture, the byline Ines Okonjo-Hale, "
        "the section World."
    )


@pytest.mark.django_db
def test_a_real_article_beside_it_is_untouched():
    ours = make_article(sources=False)
    make_source(ours, post=make_post(channel=make_channel(outlet=make_outlet("City Desk"))))
    publishing.publish(ours, by=None, at=NOON)
    before = rows()

    command("load_demo", force=True)
    command("remove_demo")

    assert rows() == before
    ours.refresh_from_db()
    assert ours.is_live
    assert not Correction.objects.exists()
