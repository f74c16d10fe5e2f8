"""The article form: what it prefills, checks, saves and never touches."""

import re
from datetime import UTC, datetime

import pytest
import time_machine
from django.urls import reverse

from articles import publishing
from articles.models import Article, Redirect, WireSource
from tests.articles.factories import make_article, make_live_article, make_section, make_source
from tests.articles.form_fields import fields_of
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_channel, make_outlet, make_post

pytestmark = pytest.mark.django_db

ADD = "/desk/articles/article/add/"
LIST = "/desk/articles/article/"


def change(article):
    return f"{LIST}{article.pk}/change/"


@pytest.fixture
def editor_client(client):
    client.force_login(make_user(group="Editor", name="ines"))
    return client


def errors_in(response):
    return re.findall(r'class="errorlist[^>]*>.*?</ul>', response.content.decode(), re.DOTALL)


# A new article


@time_machine.travel(later(hours=1))
def test_a_draft_from_posts_is_prefilled_with_headline_keys_and_post_text(writer):
    harbour = make_channel(code="HARBOUR", outlet=make_outlet("Harbour Wire"))
    first = make_post(channel=harbour, title="It closed", text="The harbour is closed.")
    second = make_post(channel=make_channel(code="NAHR", outlet=make_outlet("Radio Nahr")))

    page = writer.get(f"{ADD}?post={first.pk}&post={second.pk}&post=999&post=x").content.decode()

    assert re.search(r"<textarea[^>]*name=\"headline\"[^>]*>\s*It closed</textarea>", page)
    assert re.findall(r'name="wire_sources-\d-key" value="(\w+)"', page) == ["h1", "n1"]
    assert "The harbour is closed." in page
    assert "Text of 25 Jun 12:00 UTC" in page
    assert not Article.objects.exists()


def test_a_prefilled_source_row_is_stored_even_if_unchanged(writer):
    post = make_post()

    response = writer.post(
        f"{ADD}?post={post.pk}",
        fields_of(sources=[{"post": post.pk, "key": "r1", "role": "basis"}]),
    )

    source = WireSource.objects.get()
    assert response.url == change(source.article)
    assert (source.post, source.version) == (post, post.latest_version)
    assert source.article.created_by.username == "ada"
    assert source.article.status == "draft"


def test_an_empty_key_becomes_the_channel_letter_and_a_number(writer):
    reuters = make_channel(code="REUTERS")
    rows = [
        {"post": make_post(channel=reuters).pk, "key": key, "role": "basis"}
        for key in ("", "r1", "")
    ]

    writer.post(ADD, fields_of(sources=rows))

    assert sorted(WireSource.objects.values_list("key", "position")) == [
        ("r1", 1), ("r2", 0), ("r3", 2),
    ]  # fmt: skip


def test_an_empty_slug_is_made_from_the_headline(writer):
    writer.post(ADD, fields_of(slug="", headline="Calvera turns  grain ships back"))

    article = Article.objects.get()
    assert article.slug == "calvera-turns-grain-ships-back"
    assert article.headline == "Calvera turns grain ships back"


def test_a_generated_slug_avoids_every_slug_that_was_ever_public(writer):
    live = make_live_article(slug="ships-turn-back")

    writer.post(ADD, fields_of(slug=""))

    assert Article.objects.exclude(pk=live.pk).get().slug == "ships-turn-back-2"


def test_a_headline_without_latin_letters_gets_a_numbered_slug(writer):
    newest = make_live_article(slug="ships")
    taken = f"article-{newest.pk + 1}"
    Redirect.objects.create(path=f"/2026/06/25/{taken}/", article=newest, created_at=NOON)

    writer.post(ADD, fields_of(slug="", headline="السفن تنتظر"))

    assert Article.objects.exclude(pk=newest.pk).get().slug == f"{taken}-2"


def test_a_headline_alone_is_saved_as_a_draft_in_the_first_section(writer):
    make_section("World", position=2)
    first = make_section("Harbour", position=1)
    page = writer.get(ADD).content.decode()
    chosen = re.search(r'<option value="(\d+)" selected>Harbour</option>', page)[1]

    writer.post(ADD, fields_of(slug="", body="", framing_note="", section=chosen))

    article = Article.objects.get()
    assert (article.section, article.status) == (first, "draft")


@pytest.mark.parametrize("headline", ["", " \n", "\u200b", "\u2060 \u00ad\ufeff", "\u3164"])
def test_an_article_without_a_headline_is_not_saved(writer, headline):
    response = writer.post(ADD, fields_of(slug="", headline=headline))

    assert any("This field is required." in error for error in errors_in(response))
    assert "Write a slug" not in response.content.decode()
    assert not Article.objects.exists()


def test_a_slug_used_now_or_before_by_another_article_is_a_form_error(writer):
    live = make_live_article(slug="taken")
    Redirect.objects.create(path="/2026/06/25/once/", article=live, created_at=NOON)

    for slug in ("taken", "once"):
        response = writer.post(ADD, fields_of(slug=slug))
        assert "Another article that is or was public has this slug" in response.content.decode()

    assert Article.objects.count() == 1


def test_an_article_may_reuse_its_own_slug_and_its_own_redirect(editor_client):
    live = make_live_article(slug="mine")
    Redirect.objects.create(path="/2026/06/25/once/", article=live, created_at=NOON)

    for slug in ("mine", "once"):
        editor_client.post(change(live), fields_of(live, slug=slug))
        live.refresh_from_db()
        assert live.slug == slug


def test_a_rejected_form_shows_the_post_text_of_its_source_rows_again(writer):
    post = make_post(text="Eleven ships turned.")

    response = writer.post(
        ADD, fields_of(headline="", sources=[{"post": post.pk, "key": "r1", "role": "basis"}])
    )

    assert "This field is required" in response.content.decode()
    assert "Eleven ships turned." in response.content.decode()


# Sources


def test_a_duplicate_source_key_is_an_error_in_its_row(writer):
    rows = [{"post": make_post().pk, "key": "r1", "role": "basis"} for _ in range(2)]

    response = writer.post(ADD, fields_of(sources=rows))

    assert "The key r1 is used twice" in response.content.decode()
    assert not Article.objects.exists()


@pytest.mark.parametrize("key", ["r 1", "@r1", "[r1]", "-r1", "x" * 33])
def test_a_source_key_that_cannot_be_used_in_a_mark_is_refused(writer, key):
    response = writer.post(
        ADD, fields_of(sources=[{"post": make_post().pk, "key": key, "role": "basis"}])
    )

    assert errors_in(response)
    assert not Article.objects.exists()


def test_a_source_stays_pinned_to_its_post_version_until_updated(writer):
    article = make_article()
    source = article.wire_sources.get()
    cited = source.version
    newer = add_version(source.post, text="The harbour is open.", at=later(hours=1))

    def save(**fields):
        article.refresh_from_db()
        writer.post(change(article), fields_of(article, **fields))
        source.refresh_from_db()
        return source.version

    assert save() == cited
    page = writer.get(change(article)).content.decode()
    assert "Cite the post’s current version" in page
    assert "Edited since" in page
    assert save(**{"wire_sources-0-repin": "on"}) == newer


def test_choosing_another_post_in_a_source_row_takes_its_latest_version(writer):
    article = make_article()
    other = make_post(text="Another's words.")

    writer.post(change(article), fields_of(article, **{"wire_sources-0-post": other.pk}))

    assert article.wire_sources.get().version == other.latest_version


def test_a_source_row_can_be_removed(writer):
    article = make_article()

    writer.post(change(article), fields_of(article, **{"wire_sources-0-DELETE": "on"}))

    assert not article.wire_sources.exists()


def test_a_form_whose_browser_has_script_comes_without_its_findings(writer):
    article = make_article(body="The harbour is closed [@zz].")
    page = writer.get(change(article)).content.decode()
    writer.cookies["desk-script"] = "1"

    quick = writer.get(change(article)).content.decode()
    asked = writer.get(f"{change(article)}?findings=1").content.decode()

    assert ">citation-unknown<" in page
    assert ">citation-unknown<" not in quick
    assert 'href="?findings=1"' in quick
    assert ">citation-unknown<" in asked


def test_posts_in_the_address_become_further_rows_of_a_saved_article(writer):
    article = make_article()
    linked = article.wire_sources.get().post
    post = make_post(channel=make_channel(code="RADIO"), text="The pilots went home.")

    page = writer.get(f"{change(article)}?post={linked.pk}&post={post.pk}").content.decode()

    assert re.findall(r'name="wire_sources-\d-key" value="(\w+)"', page) == ["r1", "r2"]
    assert "The pilots went home." in page
    assert article.wire_sources.count() == 1


def test_the_wire_is_searched_for_an_article_in_a_few_queries(
    writer, django_assert_max_num_queries
):
    article = make_article()
    for n in range(12):
        make_post(text=f"Post {n} of the lighthouse.")
    make_post(text="Of the harbour.")

    # A search takes one on SQLite, and up to seven with what lets PostgreSQL read its index.
    with django_assert_max_num_queries(15):
        page = writer.get(f"/desk/articles/article/{article.pk}/sources/?q=lighthouse")

    shown = page.content.decode()
    assert shown.count("of the lighthouse.") == 12
    assert "Of the harbour." not in shown
    assert not article.wire_sources.filter(key="r2").exists()


def test_a_save_takes_the_same_queries_however_many_sources(writer, django_assert_max_num_queries):
    article = make_article()
    for n in range(94):
        make_source(article, key=f"k{n}", position=n)
    data = fields_of(article, headline="Another headline")

    with django_assert_max_num_queries(30):
        response = writer.post(change(article), data)

    assert response.status_code == 302
    article.refresh_from_db()
    assert article.headline == "Another headline"
    assert article.wire_sources.count() == 95


def test_a_key_that_another_stored_source_has_is_refused(writer):
    article = make_article()
    make_source(article, key="r2", position=1)
    swapped = {"wire_sources-0-key": "r2", "wire_sources-1-key": "r1"}

    response = writer.post(change(article), fields_of(article, **swapped))

    assert "The key r2 is still that of another source" in response.content.decode()
    assert [row.key for row in article.wire_sources.order_by("pk")] == ["r1", "r2"]


def test_a_row_of_another_article_is_not_taken_for_one_of_this(writer):
    article, other = make_article(), make_article()
    theirs = other.wire_sources.get()
    data = fields_of(article, **{"wire_sources-0-id": theirs.pk, "wire_sources-0-note": "Mine."})

    writer.post(change(article), data)

    theirs.refresh_from_db()
    assert (theirs.article, theirs.note) == (other, "")


@pytest.mark.parametrize("post", ["", "999", "x", str(2**63)])
def test_a_source_without_a_post_that_is_there_is_refused(writer, post):
    article = make_article()

    response = writer.post(change(article), fields_of(article, **{"wire_sources-0-post": post}))

    assert response.status_code == 200
    assert errors_in(response)


def test_the_form_has_no_links_next_to_its_choices_which_lead_away_from_the_text(writer):
    page = writer.get("/desk/articles/article/add/").content.decode()

    assert 'name="wire_sources-__prefix__-post"' in page
    assert "related-widget-wrapper" not in page


def test_rows_that_are_only_shown_share_their_fields_and_keep_their_values(writer):
    article = make_article()
    make_source(article, key="t1", note="Ours")

    answer = writer.get(f"/desk/articles/article/{article.pk}/change/")

    (inline,) = answer.context["inline_admin_formsets"]
    first, second = inline.formset.forms
    assert first.fields["note"] is second.fields["note"]
    assert [each.value_of("key") for each in (first, second)] == ["r1", "t1"]
    assert [each.value_of("note") for each in (first, second)] == ["", "Ours"]
    assert [each.value_of("id") for each in (first, second)] == [
        each.pk for each in article.wire_sources.order_by("position", "pk")
    ]
    assert inline.formset.empty_form.value_of("id") is None


def test_the_article_form_takes_the_same_queries_however_many_sources(
    writer, django_assert_num_queries, django_assert_max_num_queries
):
    article = make_article()
    writer.get(change(article))
    with django_assert_max_num_queries(22) as few:
        writer.get(change(article))
    for n in range(29):
        make_source(article, key=f"k{n}")

    with django_assert_num_queries(len(few)):
        form = writer.get(change(article)).content.decode()

    keys = re.findall(r'name="wire_sources-\d+-key" value="(\w+)"', form)
    assert keys == ["r1", *(f"k{n}" for n in range(29))]


def test_the_article_list_takes_the_same_queries_however_many_rows_and_never_counts(
    writer, django_assert_num_queries, django_assert_max_num_queries
):
    make_article()
    with django_assert_max_num_queries(8) as few:
        writer.get(LIST)
    for _ in range(60):
        make_article(sources=False)

    with django_assert_num_queries(len(few)) as captured:
        response = writer.get(f"{LIST}?status__exact=draft")

    assert response.content.decode().count("field-headline_or_none") == 50
    assert not [q for q in captured.captured_queries if "COUNT(" in q["sql"]]


@time_machine.travel(later(hours=1))
def test_desk_times_show_the_year_when_it_is_not_this_one(writer):
    article = make_article(sources=False)
    Article.objects.update(updated_at=datetime(2024, 11, 28, 2, 54, tzinfo=UTC))
    make_source(article, post=make_post(at=datetime(2025, 1, 5, 2, 54, tzinfo=UTC)))

    form = writer.get(change(article)).content.decode()
    rows = writer.get(LIST).content.decode()

    assert "Text of 5 Jan 2025 02:54 UTC" in form
    assert "28 Nov 2024 02:54" in rows


# Saving


def test_line_ends_are_normalised_so_that_offsets_match(writer):
    article = make_article()

    writer.post(change(article), fields_of(article, body="One.\r\n\r\nTwo."))

    article.refresh_from_db()
    assert article.body == "One.\n\nTwo."


def test_an_edit_conflict_keeps_both_texts_and_says_who_saved_when(client):
    article = make_article(body="The old text.")
    mine = fields_of(article, body="My words.")
    ada, ines = (make_user(group="Writer", name=name) for name in ("ada", "ines"))
    client.force_login(ines)
    client.post(change(article), fields_of(article, body="Her words."))
    client.force_login(ada)

    response = client.post(change(article), mine)

    article.refresh_from_db()
    page = response.content.decode()
    assert article.body == "Her words."
    assert re.search(r"ines saved this article at \d\d:\d\d:\d\d UTC", page)
    assert re.search(r"<textarea[^>]*name=\"body\"[^>]*>\s*My words.</textarea>", page)
    assert re.search(r"<pre[^>]*>\s*<del>Her", page)

    seen_at = re.search(r'name="seen_at" value="([^"]+)"', page)[1]
    client.post(change(article), mine | {"seen_at": seen_at})

    article.refresh_from_db()
    assert article.body == "My words."


@pytest.mark.parametrize(
    "seen_at", ["", "nonsense", "9999-99-99T00:00", "2026-01-01T00:00:00+00:00"]
)
def test_a_form_without_the_version_it_was_loaded_from_saves_nothing(writer, seen_at):
    article = make_article(body="As it stood.")

    writer.post(change(article), fields_of(article, body="New.", seen_at=seen_at))

    article.refresh_from_db()
    assert article.body == "As it stood."


@time_machine.travel(later(hours=1), tick=False)
def test_saving_a_live_article_changes_nothing_public(editor_client):
    live = make_live_article(headline="As published", slug="as-published")
    path = live.get_absolute_url()
    before = editor_client.get(path).content

    response = editor_client.post(
        change(live), fields_of(live, headline="Rewritten", slug="rewritten", body="New [@r1]."),
        follow=True,
    )  # fmt: skip

    live.refresh_from_db()
    assert "Readers see no change until you update." in response.content.decode()
    assert (live.headline, live.live_slug, live.status) == ("Rewritten", "as-published", "live")
    assert live.live_version.headline == "As published"
    assert editor_client.get(path).content == before


def test_tampered_form_fields_cannot_change_publication_fields(editor_client):
    article, live = make_article(), make_live_article()
    tampered = {
        "status": "live", "live_version": live.live_version_id, "live_slug": "stolen",
        "live_section": live.live_section_id, "first_published_at": "2020-01-01",
        "embargo_until": "2020-01-01", "is_demo": "on", "created_by": "1",
    }  # fmt: skip
    guarded = ("status", "live_version", "live_slug", "live_section", "first_published_at",
               "embargo_until", "is_demo", "created_by")  # fmt: skip
    before = Article.objects.filter(pk=article.pk).values(*guarded).get()

    saved = editor_client.post(change(article), fields_of(article) | tampered)

    assert saved.status_code == 302
    assert Article.objects.filter(pk=article.pk).values(*guarded).get() == before


# Deleting


def test_an_article_that_was_ever_public_is_not_deleted_and_says_so(editor_client):
    live = make_live_article()
    publishing.withdraw(live, by=None, at=later(hours=1), note="It was wrong.")

    for method in (editor_client.get, editor_client.post):
        response = method(f"{LIST}{live.pk}/delete/", {"post": "yes"}, follow=True)
        assert "is or was public and cannot be deleted" in response.content.decode()

    assert Article.objects.filter(pk=live.pk).exists()


def test_an_editor_deletes_a_draft_with_its_sources(editor_client):
    draft = make_article()

    editor_client.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"})

    assert not Article.objects.exists()
    assert not WireSource.objects.exists()


def test_a_writer_deletes_nothing(writer):
    draft = make_article()

    assert writer.post(f"{LIST}{draft.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Article.objects.filter(pk=draft.pk).exists()


def test_articles_have_no_bulk_delete(editor_client):
    draft = make_article()

    editor_client.post(
        LIST, {"action": "delete_selected", "index": 0, "_selected_action": draft.pk, "post": "yes"}
    )

    assert Article.objects.filter(pk=draft.pk).exists()


def test_a_withdrawn_article_is_read_only(editor_client):
    live = make_live_article(body="The harbour is closed [@r1].")
    publishing.withdraw(live, by=None, at=later(hours=1), note="It was wrong.")

    page = editor_client.get(change(live)).content.decode()
    saved = editor_client.post(change(live), fields_of(live, body="Changed."))

    live.refresh_from_db()
    assert "Save" not in re.findall(r'<button[^>]*type="submit"[^>]*>([^<]*)', page)
    assert "The harbour is closed" in page
    assert (saved.status_code, live.body) == (403, "The harbour is closed [@r1].")


def test_list_filters_offer_only_possible_values(editor_client):
    live = make_live_article(headline="Already public")
    make_article(headline="Not public yet")

    articles = editor_client.get(f"{LIST}?status__exact=live").content.decode()
    log = editor_client.get("/desk/articles/act/?verb__exact=publish").content.decode()

    assert "Scheduled" in articles
    assert "Already public" in articles
    assert "Not public yet" not in articles
    assert re.findall(r'href="\?verb__exact=(\w+)"', log) == [
        "submit", "return", "schedule", "cancel", "stop", "embargo", "publish", "update", "correct",
        "withdraw", "acknowledge", "override", "take_back", "refer", "confirm", "share", "unshare",
        "publish",  # of any time
    ]  # fmt: skip
    assert live.headline in log
    assert "<h1>Log</h1>" in log


# Versions


def test_the_history_names_changed_fields_by_their_form_labels(writer):
    article = make_article()
    writer.post(change(article), fields_of(article, slug="another-slug"))

    page = writer.get(reverse("admin:articles_article_history", args=[article.pk]))

    assert "by ada: Changed Slug." in page.content.decode()


def test_versions_notes_and_acts_are_listed(editor_client):
    live = make_live_article(headline="First words")
    publishing.update(live, by=None, at=later(hours=1), note="We had the port wrong.")

    page = editor_client.get(
        reverse("admin:articles_article_history", args=[live.pk])
    ).content.decode()
    version = live.versions.get(n=1)
    read = editor_client.get(f"/desk/articles/articleversion/{version.pk}/change/").content.decode()

    assert not re.search(r"[ap]\.m\.|midnight|noon", page)
    for words in ("Version 2", "Version 1", "We had the port wrong.", "the system published it"):
        assert words in page
    assert "The harbour is closed [@r1]." in read


def test_a_published_version_is_read_only_for_everyone(client):
    client.force_login(make_user(is_superuser=True))
    version = make_live_article().live_version
    path = f"/desk/articles/articleversion/{version.pk}"

    statuses = [
        client.post(f"{path}/change/", {"headline": "Changed"}).status_code,
        client.post(f"{path}/delete/", {"post": "yes"}).status_code,
        client.post("/desk/articles/articleversion/add/", {}).status_code,
    ]

    assert statuses == [403, 403, 403]


def test_the_wire_desk_can_read_an_article_but_not_change_it(client):
    client.force_login(make_user(group="Wire desk"))
    article = make_article(body="Words to read [@r1].")

    page = client.get(change(article))
    saved = client.post(change(article), fields_of(article, body="Changed."))

    article.refresh_from_db()
    assert "Words to read" in page.content.decode()
    assert "Save draft" not in page.content.decode()
    assert (saved.status_code, article.body) == (403, "Words to read [@r1].")


def test_posts_found_for_an_article_say_that_they_are_hidden_or_withdrawn(writer):
    article = make_article()
    make_post(text="One of the lighthouse.", hidden_at=NOON, hidden_reason="A private person.")
    make_post(text="Two of the lighthouse.", state="withdrawn", withdrawn_at=NOON)
    asked = "app_label=articles&model_name=wiresource&field_name=post&term=lighthouse"

    page = writer.get(f"/desk/articles/article/{article.pk}/sources/?q=lighthouse").content.decode()
    found = writer.get(f"/desk/autocomplete/?{asked}").json()["results"]

    said = {post["words"]: post["who"].rpartition(" UTC ")[2] for post in found}
    assert said == {
        "One of the lighthouse.": "(hidden)",
        "Two of the lighthouse.": "(withdrawn by its source)",
    }
    assert "UTC (hidden)</span>" in page
    assert "UTC (withdrawn by its source)</span>" in page
