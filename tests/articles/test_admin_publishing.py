"""The publishing buttons of the article form, its findings panel, and who may use which."""

import re

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from lxml import html

from articles.models import Act, Article, ArticleVersion, Correction, Image, WireSource
from tests.articles.factories import make_article, make_live_article, make_section, make_source
from tests.articles.form_fields import fields_of
from tests.clock import NOON
from tests.newsroom.factories import make_user
from tests.wires.factories import make_post

pytestmark = pytest.mark.django_db

LIST = "/desk/articles/article/"
VET = "/desk/vet/"
PAGE = "/desk/preview/page/"
BODY = "/desk/preview/"


def change(article):
    return f"{LIST}{article.pk}/change/"


def press(client, article, button, **fields):
    """Press a button of the form and return the page that follows."""
    data = fields_of(article, **{button: "1"}, **fields)
    return client.post(change(article), data, follow=True).content.decode()


def public_state():
    return (
        list(Article.objects.order_by("pk").values("status", "live_version", "live_slug")),
        ArticleVersion.objects.count(),
        Correction.objects.count(),
    )


# Verbs


def test_a_writer_submits_and_an_editor_publishes(log_in):
    article = make_article()

    page = press(log_in("Writer"), article, "_submit")
    article.refresh_from_db()
    assert (article.status, "in review" in page) == ("review", True)

    page = press(log_in("Editor"), article, "_publish")
    article.refresh_from_db()
    assert (article.status, "The article is public." in page) == ("live", True)
    assert article.live_version.author.groups.get().name == "Editor"


def test_publishing_stores_the_form_first(log_in):
    article = make_article()

    press(log_in("Editor"), article, "_publish", headline="Written in the last second")

    article.refresh_from_db()
    assert article.live_version.headline == "Written in the last second"


def test_a_new_article_is_published_with_its_first_save(log_in):
    editor, post = log_in("Editor"), make_post(text="The harbour is closed.")
    draft = Article(
        headline="Harbour closed", slug="harbour-closed", body="The harbour is closed [@r1].",
        framing_note="We lead with it.", section=make_section(), language="en",
    )  # fmt: skip
    rows = {
        "wire_sources-TOTAL_FORMS": 1, "wire_sources-0-key": "r1",
        "wire_sources-0-post": post.pk, "wire_sources-0-role": "basis",
    }  # fmt: skip

    editor.post(f"{LIST}add/", fields_of(draft, **rows, _publish="1"))

    assert Article.objects.get().is_live


def test_a_held_article_is_saved_and_not_published_and_says_why(log_in):
    article = make_article()

    page = press(log_in("Editor"), article, "_publish", body="Closed [@zz].")

    article.refresh_from_db()
    assert article.body == "Closed [@zz]."
    assert article.status == "draft"
    assert "citation-unknown" in page
    assert "1 hold must be fixed or overridden first." in page


def test_a_form_with_an_error_publishes_nothing(log_in):
    article = make_article()

    press(log_in("Editor"), article, "_publish", headline="")

    article.refresh_from_db()
    assert article.status == "draft"


def test_a_form_older_than_the_last_save_publishes_nothing(log_in):
    article = make_article()

    press(log_in("Editor"), article, "_publish", seen_at="2020-01-01T00:00:00+00:00")

    article.refresh_from_db()
    assert article.status == "draft"


def test_an_update_needs_a_public_note_and_carries_it(log_in):
    editor, live = log_in("Editor"), make_live_article()

    refused = press(editor, live, "_update", body="It is shut [@r1].", public_note=" ")
    live.refresh_from_db()
    assert "needs a public note" in refused
    assert (live.body, live.live_version.n) == ("It is shut [@r1].", 1)

    press(editor, live, "_update", public_note="We had the word wrong.")
    live.refresh_from_db()
    assert (live.live_version.n, live.live_version.body) == (2, "It is shut [@r1].")
    assert Correction.objects.get().note == "We had the word wrong."


def test_a_refusal_for_want_of_a_note_is_said_at_the_note_too(log_in):
    editor, live = log_in("Editor"), make_live_article()

    refused = press(editor, live, "_correct", public_note="")

    beside = html.fromstring(refused).get_element_by_id("id_public_note_helptext")
    assert "A correction needs a public note" in beside.text_content()
    field = html.fromstring(refused).get_element_by_id("id_public_note")
    assert field.get("aria-describedby") == beside.get("id")


def test_withdrawing_asks_for_the_note_and_then_the_address_answers_410(log_in):
    editor, live = log_in("Editor"), make_live_article()
    path = reverse("admin:articles_article_withdraw", args=[live.pk])

    form = editor.get(path).content.decode()
    without = editor.post(path, {"note": " "}).content.decode()
    live.refresh_from_db()
    assert ("Public note" in form, "This field is required" in without) == (True, True)
    assert live.is_live

    editor.post(path, {"note": "The notice was a forgery."})
    live.refresh_from_db()
    assert live.status == "withdrawn"
    response = editor.get(live.get_absolute_url())
    assert (response.status_code, "The notice was a forgery." in response.content.decode()) == (
        410,
        True,
    )


def test_a_draft_cannot_be_withdrawn(log_in):
    editor, draft = log_in("Editor"), make_article()

    page = editor.post(
        reverse("admin:articles_article_withdraw", args=[draft.pk]), {"note": "No."}, follow=True
    )

    assert "Only a live article can be withdrawn" in page.content.decode()


@pytest.mark.parametrize("button", ["_publish", "_submit"])
def test_a_live_article_is_not_published_again(log_in, button):
    editor, live = log_in("Editor"), make_live_article()

    press(editor, live, button)

    live.refresh_from_db()
    assert (live.status, live.live_version.n) == ("live", 1)


def test_the_form_shows_only_the_buttons_the_user_may_press(log_in):
    draft, live = make_article(), make_live_article()
    # Every combination in one place: group, article, names of the buttons.
    expected = {
        ("Wire desk", draft): set(),
        ("Writer", draft): {"_save", "_submit"},
        ("Writer", live): {"_save"},
        ("Editor", draft): {"_save", "_publish", "_schedule"},
        ("Editor", live): {"_save", "_update", "_correct", "_schedule"},
        ("Publisher", live): {"_save", "_update", "_correct", "_schedule"},
    }

    for (group, article), names in expected.items():
        page = log_in(group).get(change(article)).content.decode()
        bar, _, _ = page.partition("desk__pane")
        assert set(re.findall(r'<button[^>]*name="(_\w+)"', bar)) == names, (group, article)
        assert ("Withdraw article…" in page) == (
            group in {"Editor", "Publisher"} and article == live
        )


# A writer cannot publish in any way


@pytest.mark.parametrize("group", ["", "Wire desk", "Writer"])
@pytest.mark.parametrize("button", ["_publish", "_update"])
def test_nobody_below_an_editor_publishes_by_pressing_a_hidden_button(log_in, group, button):
    client, draft, live = log_in(group), make_article(), make_live_article()
    before = public_state()

    for article in (draft, live):
        data = fields_of(article, **{button: "1"}, body="New [@r1].", public_note="A note.")
        assert client.post(change(article), data).status_code == 403
        assert client.post(f"{LIST}add/", data).status_code == 403

    assert public_state() == before
    assert Article.objects.get(pk=draft.pk).body == "The harbour is closed [@r1]."


@pytest.mark.parametrize("group", ["", "Wire desk", "Writer"])
def test_nobody_below_an_editor_withdraws(log_in, group):
    client, live = log_in(group), make_live_article()
    before = public_state()
    path = reverse("admin:articles_article_withdraw", args=[live.pk])

    statuses = [client.get(path).status_code, client.post(path, {"note": "No."}).status_code]

    assert statuses == [403, 403]
    assert public_state() == before


@pytest.mark.parametrize("action", ["publish", "_publish", "update", "delete_selected", "withdraw"])
def test_a_writer_publishes_nothing_by_a_bulk_action(log_in, action):
    writer, draft = log_in("Writer"), make_article()
    before = public_state()

    writer.post(LIST, {"action": action, "index": 0, "_selected_action": draft.pk})

    assert public_state() == before
    assert Article.objects.filter(pk=draft.pk).exists()


def test_a_writer_publishes_nothing_by_tampering_with_the_form_or_the_list(log_in):
    writer, draft, live = log_in("Writer"), make_article(), make_live_article()
    before = public_state()
    tampered = {
        "status": "live", "live_version": live.live_version_id, "live_slug": "mine",
        "live_section": live.live_section_id, "first_published_at": NOON.isoformat(),
    }  # fmt: skip

    saved = [
        writer.post(change(draft), fields_of(draft) | tampered | {"_save": "1"}),
        writer.post(f"{LIST}add/", fields_of(slug="another") | tampered),
    ]
    writer.post(
        LIST, {"_save": "1", "form-TOTAL_FORMS": 1, "form-INITIAL_FORMS": 1, "form-0-id": draft.pk,
               "form-0-status": "live"},
    )  # fmt: skip

    assert [answer.status_code for answer in saved] == [302, 302]
    assert [row for row in public_state()[0] if row["status"] == "live"] == [
        row for row in before[0] if row["status"] == "live"
    ]
    assert public_state()[1:] == before[1:]


# Findings and preview


def test_the_form_shows_findings_for_the_stored_text_without_script(log_in):
    article = make_article(body="Closed [@r1]. Open [@zz].", framing_note="")

    page = log_in("Writer").get(change(article)).content.decode()

    assert "2 holds, 1 query" in page
    assert {"citation-unknown", "framing-note-missing"} <= set(
        re.findall(r'finding__code">([^<]+)<', page)
    )
    assert "Sentence 2." in page
    assert "Open [@zz]." in page


def test_findings_for_unsaved_text_are_returned_without_saving(
    log_in, django_assert_max_num_queries
):
    writer, article = log_in("Writer"), make_article()
    stored = Article.objects.values().get()

    with django_assert_max_num_queries(12) as captured:
        page = writer.post(
            f"{VET}?article={article.pk}", fields_of(article, body="Closed [@r1]. Open [@q9].")
        ).content.decode()

    assert "citation-unknown" in page
    assert "1 of 2 claims cited" in page
    assert 'data-goto="body"' in page
    assert Article.objects.values().get() == stored
    assert not [q for q in captured.captured_queries if re.match("INSERT|UPDATE|DELETE", q["sql"])]


def test_an_article_that_was_never_saved_is_vetted_with_its_unsaved_sources(log_in):
    writer, post = log_in("Writer"), make_post()
    rows = {
        "wire_sources-TOTAL_FORMS": "2",
        "wire_sources-0-post": post.pk, "wire_sources-0-key": "r1",
        "wire_sources-1-post": make_post().pk, "wire_sources-1-DELETE": "on",
    }  # fmt: skip

    page = writer.post(VET, {"headline": "New", "body": "It is shut [@r1]."} | rows)

    assert "1 post from 1 outlet" in " ".join(page.content.decode().split())
    assert "citation-unknown" not in page.content.decode()
    assert not Article.objects.exists()
    assert not WireSource.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"body": "\0"},
        {"wire_sources-TOTAL_FORMS": "9" * 30, "section": "x", "image": "-1", "authors": ["a", ""]},
        {"wire_sources-TOTAL_FORMS": "1", "wire_sources-0-post": "9" * 18},
        {"wire_sources-TOTAL_FORMS": "1", "wire_sources-0-post": "½", "section": "²"},
    ],
)
def test_any_posted_form_data_is_vetted_or_previewed_without_an_error(log_in, data):
    writer = log_in("Writer")

    assert writer.post(VET, data).status_code == 200
    assert writer.post(PAGE, data).status_code == 200


def test_finding_offsets_count_a_line_end_as_one_character(log_in):
    writer = log_in("Writer")

    page = writer.post(VET, {"body": "One.\r\n\r\nTwo [@zz]."}).content.decode()

    of_mark = r'data-start="(\d+)" data-end="(\d+)"(?:(?!<li).)*citation-unknown'
    start, end = map(int, re.search(of_mark, page, re.DOTALL).groups())
    assert "zz" in "One.\n\nTwo [@zz]."[start:end]


def test_the_preview_shows_the_stored_text_as_its_public_page(log_in):
    article = make_article(headline="Not public yet", body="The harbour is closed [@r1].")

    response = log_in("Writer").get(f"/desk/preview/{article.pk}/")

    page = response.content.decode()
    assert "Not public yet" in page
    assert 'id="source-r1"' in page
    assert "no-store" in response.headers["Cache-Control"]


def test_the_preview_shows_unsaved_text_and_saves_nothing(log_in):
    writer, article = log_in("Writer"), make_article(headline="Stored")

    response = writer.post(f"{PAGE}?article={article.pk}", fields_of(article, headline="Unsaved"))

    assert "Unsaved" in response.content.decode()
    assert "no-store" in response.headers["Cache-Control"]
    assert Article.objects.get().headline == "Stored"
    assert not ArticleVersion.objects.exists()


def test_the_body_preview_numbers_the_source_marks(log_in):
    writer = log_in("Writer")
    image = Image.objects.create(
        sha256="a" * 64, extension="png", width=4, height=2, size=9, uploaded_at=NOON, alt="A boat"
    )

    html = writer.post(
        f"{BODY}?key=r1&key=t1", {"content": f"Shut [@t1].\r\n\r\n![](image:{image.pk})"}
    ).content.decode()

    assert 'href="#source-t1"' in html
    assert image.url in html


@pytest.mark.parametrize(
    "content",
    ["<script>alert(1)</script>", "[x](javascript:alert(1))", "![](https://evil.example/)"],
)
def test_the_body_preview_has_no_script_and_no_external_request(log_in, content):
    answer = log_in("Writer").post(BODY, {"content": f"Ships wait.\n\n{content}"})

    html = answer.content.decode()
    assert "Ships wait." in html
    assert "<script" not in html
    assert "javascript:" not in re.sub(r">[^<]*<", "><", html)
    assert 'src="https://evil' not in html


@pytest.mark.parametrize("group", ["", "Wire desk"])
def test_preview_and_findings_are_refused_without_write_permission(log_in, group):
    client, article = log_in(group), make_article()

    answers = [
        client.post(VET, {"body": "x"}), client.post(BODY, {"content": "x"}),
        client.post(PAGE, {"body": "x"}), client.get(f"{PAGE}?article={article.pk}"),
    ]  # fmt: skip

    assert [answer.status_code for answer in answers] == [403, 403, 403, 403]


def test_preview_and_findings_of_an_unknown_article_are_404(log_in):
    writer = log_in("Writer")

    assert writer.post(f"{VET}?article=99", {}).status_code == 404
    assert writer.get("/desk/preview/99/").status_code == 404


def test_a_cross_site_post_is_refused(make_csrf_client):
    client, article = make_csrf_client("Editor"), make_article()

    for path in (VET, BODY, PAGE, "/desk/upload/", change(article)):
        assert client.post(path, {"_publish": "1"}).status_code == 403

    assert not Act.objects.exists()
    assert not LogEntry.objects.exists()


@pytest.fixture
def make_csrf_client():
    from django.test import Client

    def as_one_of(group):
        client = Client(enforce_csrf_checks=True)
        client.force_login(make_user(group=group))
        return client

    return as_one_of


def test_source_coverage_counts_the_sources_of_the_working_copy(log_in):
    article = make_article(body="Shut [@r1]. [It matters.]{.own} Bare words.")
    make_source(article, key="t1")

    page = log_in("Writer").get(change(article)).content.decode()

    assert "1 of 3 claims cited" in page
    assert "1 the desk’s own" in page
    assert re.search(r"<b>t1</b>\s*not cited yet", page)
