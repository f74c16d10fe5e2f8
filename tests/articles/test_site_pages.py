"""Pages that editors write about the site: versions, the desk, and where they may stand."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from articles import publishing
from articles.forms.site_pages import taken_slugs
from articles.models import SitePage, SitePageVersion, Topic
from newsroom import demo
from tests.articles.factories import make_site_page
from tests.clock import NOON, later
from tests.newsroom.factories import make_user

pytestmark = pytest.mark.django_db

# The sections, the live wire and the quotes, which are on every page.
CARETAKERS = 3
ADD = "/desk/articles/sitepage/add/"


def form(**fields):
    return {
        "title": "About", "slug": "about", "body": "We report.", "position": 0, "note": "",
    } | fields  # fmt: skip


def change(page):
    return f"/desk/articles/sitepage/{page.pk}/change/"


def text_of(response):
    return " ".join(response.content.decode().split())


# What readers get


def test_a_page_is_rendered_as_articles_are(client, django_assert_num_queries):
    make_site_page(body="## Who we are\n\nWe *report*.\n\n| a | b |\n|---|---|\n| 1 | 2 |")

    with django_assert_num_queries(1 + CARETAKERS):
        response = client.get("/about/")

    page = text_of(response)
    assert response.status_code == 200
    assert "Who we are</h2>" in page
    assert "<em>report</em>" in page
    assert '<div class="prose__table"' in page
    assert "As of" in page


def test_nothing_of_a_draft_is_public(client):
    page = make_site_page(public=False)
    assert client.get("/about/").status_code == 404

    publishing.publish_page(page, by=None, at=NOON)
    SitePage.objects.update(body="A secret.", title="Secret")
    shown = text_of(client.get("/about/"))

    assert "We report from the wire." in shown
    assert "ecret" not in shown


def test_readers_see_what_changed_and_when(client):
    page = make_site_page()
    page.body = "We report from the wire, and correct."
    page.save()

    publishing.publish_page(page, by=None, at=later(hours=1), note="Corrections are named.")

    shown = text_of(client.get("/about/"))
    assert "and correct." in shown
    assert "Corrections are named." in shown


def test_a_page_taken_down_answers_404_and_comes_back(client):
    page = make_site_page()

    publishing.take_down_page(page, by=None, at=later(hours=1), note="It was wrong.")
    assert client.get("/about/").status_code == 404
    publishing.publish_page(page, by=None, at=later(hours=2))

    shown = text_of(client.get("/about/"))
    assert "We report from the wire." in shown
    assert "It was wrong." not in shown
    assert [version.kind for version in page.versions.order_by("n")] == [
        "publish", "take_down", "publish",
    ]  # fmt: skip


@pytest.mark.parametrize("path", ["/none/", "/ABOUT-US/", f"/{'a' * 3_000}/", "/--/"])
def test_what_there_is_not_answers_404(client, path):
    assert client.get(path).status_code == 404


def test_the_sitemap_lists_public_pages_only(client):
    make_site_page("About")
    make_site_page("Privacy", public=False)

    sitemap = client.get("/sitemaps/pages.xml").content.decode()

    assert "/about/" in sitemap
    assert "/privacy/" not in sitemap


# Versions and acts


def test_a_version_stays_as_it_was_written():
    version = make_site_page().versions.get()

    for column in ("title", "body", "html", "note"):
        with pytest.raises(IntegrityError), transaction.atomic():
            SitePageVersion.objects.filter(pk=version.pk).update(**{column: "Other."})


def test_a_change_of_what_is_public_needs_a_note():
    page = make_site_page()

    with pytest.raises(publishing.NoteMissing, match="A changed page needs a public note that"):
        publishing.publish_page(page, by=None, at=NOON, note="  ")
    with pytest.raises(publishing.NoteMissing, match="Taking a page down needs a note that says w"):
        publishing.take_down_page(page, by=None, at=NOON, note="")


def test_only_what_is_public_can_be_taken_down():
    page = make_site_page(public=False)

    with pytest.raises(publishing.WrongState, match="The page is not public"):
        publishing.take_down_page(page, by=None, at=NOON, note="Gone.")


@pytest.mark.parametrize(
    "fields", [{"body": ""}, {"body": "  \n"}, {"body": "<!-- nothing -->"}, {"title": " "}]
)
def test_a_page_without_words_is_not_published(fields):
    page = make_site_page(**{"public": False, "slug": "about"} | fields)

    with pytest.raises(publishing.NothingToRead, match="no text that can be shown yet"):
        publishing.publish_page(page, by=None, at=NOON)


def test_who_may_not_publish_is_refused():
    page, ada = make_site_page(public=False), make_user(group="Writer", name="ada")

    with pytest.raises(publishing.NotAllowed, match=r"^ada may not publish a page\.$"):
        publishing.publish_page(page, by=ada, at=NOON)
    with pytest.raises(publishing.NotAllowed, match=r"^ada may not take down a page\.$"):
        publishing.take_down_page(page, by=ada, at=NOON, note="So.")


def test_each_version_says_who_made_it_when_and_why():
    page, editor = make_site_page(public=False), make_user(group="Editor")

    publishing.publish_page(page, by=editor, at=NOON, note=" First. ")
    publishing.take_down_page(page, by=None, at=later(hours=1), note=" Wrong. ")

    columns = ("n", "kind", "title", "body", "html", "note", "by", "at")
    body = "We report from the wire."
    first, second = page.versions.order_by("n").values_list(*columns)
    assert first[:4] == (1, "publish", "About", body)
    assert (body in first[4], first[5:]) == (True, ("First.", editor.pk, NOON))
    assert second == (2, "take_down", "About", "", "", "Wrong.", None, later(hours=1))


def test_of_two_who_publish_at_once_one_is_refused(monkeypatch):
    from articles.publishing import site_pages

    page = make_site_page()
    before = site_pages.newest_version(page)
    publishing.publish_page(page, by=None, at=NOON, note="First.")
    monkeypatch.setattr(site_pages, "newest_version", lambda page: before)

    with pytest.raises(publishing.ChangedMeanwhile, match="Somebody else published or took down"):
        publishing.publish_page(page, by=None, at=NOON, note="Second.")


# At the desk


def test_an_editor_writes_publishes_changes_and_takes_down_a_page(log_in):
    editor, reader = log_in("Editor"), Client()

    added = editor.post(ADD, form(), follow=True)
    page = SitePage.objects.get()
    assert "Readers do not see this page yet." in text_of(added)
    assert reader.get("/about/").status_code == 404

    editor.post(change(page), form(_publish="1"))
    assert "We report." in text_of(reader.get("/about/"))

    refused = editor.post(change(page), form(body="We report it.", _publish="1"), follow=True)
    assert "needs a public note" in text_of(refused)
    assert "This draft differs from what readers see." in text_of(refused)
    assert "We report it." not in text_of(reader.get("/about/"))

    editor.post(change(page), form(body="We report it.", note="One word.", _publish="1"))
    assert "We report it." in text_of(reader.get("/about/"))

    shown = editor.post(change(page), form(note="Unneeded.", _take_down="1"), follow=True)
    assert "The page was taken down." in text_of(shown)
    assert reader.get("/about/").status_code == 404
    assert SitePageVersion.objects.get(n=2).by is not None


def test_the_address_of_a_page_that_was_public_stays(log_in):
    page = make_site_page()

    log_in("Editor").post(change(page), form(slug="us", title="Us"))

    page.refresh_from_db()
    assert (page.slug, page.title) == ("about", "Us")


@pytest.mark.parametrize(
    "slug", ["wire", "Feed", "corrections", "desk", "healthz", "2026", "static", "media", "topics"]
)
def test_a_page_takes_no_address_of_the_site(log_in, slug):
    response = log_in("Editor").post(ADD, form(slug=slug))

    assert "is an address of the site itself" in text_of(response)
    assert not SitePage.objects.exists()


def test_a_page_takes_no_address_of_another_page_in_any_case(log_in):
    make_site_page()

    response = log_in("Editor").post(ADD, form(slug="About"))

    assert "Another page has the address" in text_of(response)


@pytest.mark.parametrize("body", ["It stands [@r1].", "![A boat](image:7)"])
def test_marks_and_pictures_are_refused_with_what_to_do(log_in, body):
    response = log_in("Editor").post(ADD, form(body=body))

    assert "no citation marks and no pictures" in text_of(response)
    assert body in response.content.decode()


def test_a_save_over_somebody_elses_save_is_refused_and_keeps_the_text(log_in):
    page, editor = make_site_page(public=False), log_in("Editor")
    seen = page.updated_at.isoformat()
    page.body = "Theirs."
    page.save()

    response = editor.post(change(page), form(body="Mine.", seen_at=seen))

    assert "saved this page after you opened it" in text_of(response)
    assert "Mine." in response.content.decode()
    page.refresh_from_db()
    assert page.body == "Theirs."


def test_the_slugs_that_are_taken_are_first_parts_of_addresses():
    assert {"wire", "sections", "feed", "markets", "desk", "preview", "sitemaps"} <= taken_slugs()


# The demo


def test_the_demo_has_pages_and_removes_those_that_nobody_rewrote():
    demo.load(at=NOON)
    assert list(SitePage.objects.public().in_order().values_list("slug", flat=True)) == [
        "about", "contact", "privacy", "ethics",
    ]  # fmt: skip
    SitePage.objects.filter(slug="about").update(body="We are the Harbour Post.")

    removed = demo.remove()

    assert list(SitePage.objects.values_list("slug", "is_demo")) == [("about", False)]
    assert "the page About" in removed.kept
    assert not Topic.objects.exists()


def test_the_demo_leaves_a_page_of_the_site_alone():
    make_site_page("About", body="We are the Harbour Post.")

    demo.load(at=NOON)
    demo.remove()

    assert SitePage.objects.get().versions.count() == 1
