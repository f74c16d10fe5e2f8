"""The article form loses no text: offered, taken, merged, restored, and sent twice."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.html import escape

from articles.models import Article, Erasure, OverwrittenDraft, WireSource, WorkingCopy
from tests.articles.factories import (
    make_article,
    make_author,
    make_live_article,
    make_section,
    make_source,
)
from tests.articles.form_fields import fields_of
from tests.articles.test_keeping import ANOTHER, TOKEN, TYPED, make_copy
from tests.clock import later
from tests.newsroom.factories import make_user
from tests.wires.factories import make_post

pytestmark = pytest.mark.django_db

ADD = "/desk/articles/article/add/"
FORM = "form-token-1"


def change(article):
    return f"/desk/articles/article/{article.pk}/change/"


def text_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode().replace("</ins\n>", "</ins>")


def field(page, name):
    found = re.search(rf'<textarea[^>]*name="{name}"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    return found[1].strip()


def value(page, name):
    return re.search(rf'name="{name}" value="([^"]*)"', page)[1]


@pytest.fixture
def grace():
    """Return the browser of a second writer."""
    browser = Client()
    browser.force_login(make_user(group="Writer", first_name="Grace"))
    return browser


def ada():
    return WorkingCopy._meta.get_field("user").related_model.objects.get(username="ada")


# Offered, taken, discarded: without a script


def test_an_unsaved_text_is_offered_and_put_over_nothing(writer, at_noon):
    article = make_article()
    make_copy(ada(), article, at=later(minutes=-57))

    page = text_of(writer, change(article))

    assert "You typed this at 25 Jun 11:03 UTC and did not save it" in page
    assert "<del>is closed</del><ins>opened again</ins>" in page.replace(" </", "</")
    assert field(page, "body") == article.body


def test_a_taken_text_fills_the_form_and_is_deleted_once_it_is_saved(writer):
    article = make_article()
    copy = make_copy(ada(), article, standfirst="New.", sources=[])

    page = text_of(writer, f"{change(article)}?take={copy.token}")
    data = fields_of(article, body=field(page, "body"), taken=value(page, "taken"))
    writer.post(change(article), data)

    assert (field(page, "body"), field(page, "standfirst")) == (TYPED, "New.")
    assert re.search(r'name="wire_sources-0-DELETE"[^>]*checked', page)
    assert "did not save it" not in page
    assert Article.objects.get().body == TYPED
    assert not WorkingCopy.objects.exists()


def test_a_taken_text_of_a_new_article_brings_its_sources(writer):
    post, author = make_post(text="It opened."), make_author()
    row = {"id": "", "post": str(post.pk), "key": "h7", "role": "disputes", "note": "Seen first.",
           "translation": "Offen.", "passages": "[]", "position": "0"}  # fmt: skip
    copy = make_copy(ada(), headline="Unsaved", authors=str(author.pk), sources=[row])

    page = text_of(writer, f"{ADD}?take={copy.token}")

    assert (field(page, "headline"), field(page, "body")) == ("Unsaved", TYPED)
    assert value(page, "wire_sources-0-key") == "h7"
    assert "It opened." in page
    assert "Seen first." in page
    assert field(page, "wire_sources-0-translation") == "Offen."
    assert re.search(rf'<option value="{author.pk}" selected', page)


def test_discarding_an_unsaved_text_deletes_ones_own_alone(writer):
    article = make_article()
    make_copy(ada(), article)
    make_copy(make_user(), article)

    answer = writer.post(f"/desk/keep/discard/?article={article.pk}", {"copy": TOKEN})

    assert answer.url == change(article)
    assert WorkingCopy.objects.get().user != ada()


@pytest.mark.parametrize("query", ["?take=copy-0001", "?take=%00", "?restore=1", "?restore=x"])
def test_the_unsaved_text_of_somebody_else_or_of_another_article_is_not_taken(writer, query):
    article, other = make_article(), make_article(headline="Another")
    make_copy(make_user(), article)
    OverwrittenDraft.objects.create(
        pk=1, article=other, draft={"fields": {"body": TYPED}}, saved_at=later(), overwritten_at=later()
    )  # fmt: skip

    page = text_of(writer, f"{change(article)}{query}")

    assert field(page, "body") == article.body
    assert TYPED not in page


def test_an_unsaved_text_is_shown_escaped(writer):
    article = make_article()
    make_copy(ada(), article, body="</pre><script>alert(1)</script>")

    page = text_of(writer, change(article))

    assert "<script>alert" not in page
    assert escape("</pre><script>alert(1)</script>") in page


def test_a_text_that_was_saved_meanwhile_is_not_offered(writer):
    article = make_article()
    rows = article.wire_sources.values("id", "post_id", "key", "role", "note").get()
    row = {name: str(text) for name, text in rows.items()} | {"post": str(rows["post_id"])}
    row |= {"position": "0", "passages": "[]", "translation": ""}
    make_copy(
        ada(), article, body=article.body, headline=article.headline, standfirst=article.standfirst,
        framing_note=article.framing_note, language="en", section=str(article.section_id),
        sources=[row],
    )  # fmt: skip

    page = text_of(writer, change(article))

    assert "did not save it" not in page


def test_the_form_costs_few_queries_with_unsaved_texts_and_others_at_it(
    writer, django_assert_max_num_queries
):
    article = make_article()
    for n in range(5):
        make_copy(ada(), article, token=f"copy-100{n}", body=f"Text {n}.")
        make_copy(make_user(), article)

    with django_assert_max_num_queries(27):
        page = text_of(writer, change(article))

    assert page.count("did not save it") == 5


# Two at once


def test_changes_of_two_people_to_different_texts_are_merged(writer, grace):
    article = make_article(body="The old text.")
    mine = fields_of(article, standfirst="My standfirst.")
    grace.post(change(article), fields_of(article, body="Her words.", headline="Her headline"))

    answer = writer.post(change(article), mine, follow=True)

    article.refresh_from_db()
    assert (article.headline, article.standfirst) == ("Her headline", "My standfirst.")
    assert article.body == "Her words."
    assert "Merged with what was saved in the meantime: headline, body." in answer.content.decode()


def test_where_both_changed_a_text_each_is_shown_and_one_is_chosen(writer, grace):
    article = make_article(body="The harbour of Calvera is closed to ships.", standfirst="Old.")
    mine = fields_of(article, body="The harbour of Calvera is open to ships.", standfirst="Mine.")
    grace.post(
        change(article),
        fields_of(article, body="The harbour of Calvera is shut to ships.", standfirst="Hers.", headline="Her own"),
    )  # fmt: skip

    page = writer.post(change(article), mine).content.decode().replace("</ins\n>", "</ins>")
    again = mine | {
        "headline": field(page, "headline"), "seen_at": value(page, "seen_at"),
        "choice-body": "theirs", "choice-standfirst": "mine",
    }  # fmt: skip
    writer.post(change(article), again)

    assert "is <del>shut</del> to ships" in page.replace(" </del>", "</del> ")
    assert "is <ins>open</ins> to ships" in page.replace(" </ins>", "</ins> ")
    assert page.count('value="theirs"') == 2
    article.refresh_from_db()
    assert article.body == "The harbour of Calvera is shut to ships."
    assert (article.standfirst, article.headline) == ("Mine.", "Her own")


def test_a_third_save_after_the_choice_is_shown_again(writer, grace):
    article = make_article(body="Old.")
    mine = fields_of(article, body="Mine.")
    grace.post(change(article), fields_of(article, body="Hers."))
    page = writer.post(change(article), mine).content.decode()
    article.refresh_from_db()
    grace.post(change(article), fields_of(article, body="Hers, later."))

    writer.post(change(article), mine | {"seen_at": value(page, "seen_at"), "choice-body": "mine"})

    article.refresh_from_db()
    assert article.body == "Hers, later."


def test_a_publication_in_between_is_no_conflict(writer):
    article = make_article(body="Old [@r1].")
    mine = fields_of(article, body="Mine [@r1].")
    Article.objects.update(updated_at=article.updated_at + timedelta(seconds=1))

    writer.post(change(article), mine)

    article.refresh_from_db()
    assert article.body == "Mine [@r1]."


def test_sections_and_authors_in_conflict_are_shown_by_name(writer, grace):
    article, ines, oona = make_article(), make_author(), make_author("Oona Bell")
    mine = fields_of(article, section=make_section("Mine").pk, authors=[ines.pk])
    grace.post(
        change(article), fields_of(article, section=make_section("Hers").pk, authors=[oona.pk])
    )

    page = writer.post(change(article), mine).content.decode()

    assert re.search(r"<pre[^>]*>\s*<del>Hers", page)
    assert re.search(r"<pre[^>]*>[^<]*<del>[^<]*Oona Bell", page)


def test_sources_of_two_people_are_merged_row_by_row(writer, grace):
    article = make_article()
    make_source(article, key="r2", position=1, note="Old.")
    make_source(article, key="r3", position=2)
    added = {"post": make_post().pk, "key": "h1", "role": "basis"}
    mine = fields_of(article, sources=[added], **{"wire_sources-0-note": "Mine."})
    hers = fields_of(
        article, sources=[{"post": make_post().pk, "key": "g1", "role": "basis"}],
        **{"wire_sources-1-note": "Hers.", "wire_sources-2-DELETE": "on"},
    )  # fmt: skip
    grace.post(change(article), hers)

    writer.post(change(article), mine)

    kept = WireSource.objects.order_by("key").values_list("key", "note")
    assert list(kept) == [("g1", ""), ("h1", ""), ("r1", "Mine."), ("r2", "Hers.")]


def test_a_source_that_both_changed_is_a_conflict_and_nothing_is_saved(writer, grace):
    article = make_article()
    mine = fields_of(article, **{"wire_sources-0-note": "Mine."})
    grace.post(change(article), fields_of(article, **{"wire_sources-0-note": "Hers."}))

    page = writer.post(change(article), mine).content.decode()

    assert "Wire sources: both of you changed it" in page
    assert WireSource.objects.get().note == "Hers."


def test_a_source_that_she_removed_and_i_changed_is_kept(writer, grace):
    article = make_article()
    mine = fields_of(article, **{"wire_sources-0-note": "Mine."})
    grace.post(change(article), fields_of(article, **{"wire_sources-0-DELETE": "on"}))

    writer.post(change(article), mine)

    assert WireSource.objects.get().note == "Mine."


# What a save wrote over


def test_an_overwritten_draft_is_listed_shown_and_restored(writer):
    article = make_article(body="The old text.")
    writer.post(change(article), fields_of(article, body="The new text."))
    row = OverwrittenDraft.objects.get()

    listed = text_of(writer, f"/desk/articles/article/{article.pk}/history/")
    shown = text_of(writer, f"/desk/articles/article/{article.pk}/overwritten/{row.pk}/")
    filled = text_of(writer, f"{change(article)}?restore={row.pk}")
    article.refresh_from_db()
    data = fields_of(article, body=field(filled, "body"), seen_at=value(filled, "seen_at"))
    writer.post(change(article), data)

    assert f"/overwritten/{row.pk}/" in listed
    assert f"?restore={row.pk}" in shown
    assert "old" in shown
    article.refresh_from_db()
    assert article.body == "The old text."
    assert OverwrittenDraft.objects.count() == 2


def test_a_save_that_changes_nothing_keeps_no_draft(writer):
    article = make_article()

    writer.post(change(article), fields_of(article))

    assert not OverwrittenDraft.objects.exists()


def test_a_reader_of_the_desk_sees_an_overwritten_draft_and_cannot_restore_it(client):
    article = make_article()
    row = OverwrittenDraft.objects.create(
        article=article, draft={"fields": {"body": TYPED}}, saved_at=later(), overwritten_at=later()
    )  # fmt: skip
    client.force_login(make_user(group="Wire desk"))

    page = text_of(client, f"/desk/articles/article/{article.pk}/overwritten/{row.pk}/")

    assert "opened again" in page
    assert "?restore=" not in page


# Sent twice


def test_a_form_sent_twice_makes_one_article_and_does_its_verb_once(client):
    client.force_login(make_user(group="Editor"))
    source = {"post": make_post().pk, "key": "r1", "role": "basis"}
    data = fields_of(sources=[source], form_token=FORM, _submit="1")

    answers = [client.post(ADD, data, follow=True) for _ in range(2)]

    article = Article.objects.get()
    assert {answer.redirect_chain[-1][0] for answer in answers} == {change(article)}
    assert article.wire_sources.count() == 1
    assert "Your text is saved, and nothing" not in answers[1].content.decode()


def test_a_form_sent_again_with_more_text_changes_the_article_it_made(writer):
    source = {"post": make_post().pk, "key": "r1", "role": "basis", "note": "One."}
    writer.post(ADD, fields_of(sources=[source], form_token=FORM))

    again = fields_of(sources=[source | {"note": "Two."}], form_token=FORM, body="More [@r1].")
    answer = writer.post(ADD, again, follow=True)

    article = Article.objects.get()
    assert article.body == "More [@r1]."
    assert article.wire_sources.get().note == "Two."
    assert "This form was sent before." in answer.content.decode()


def test_a_form_sent_again_after_a_colleague_saved_asks_which_text_stays(writer, grace):
    writer.post(ADD, fields_of(form_token=FORM, body="Old."))
    article = Article.objects.get()
    grace.post(change(article), fields_of(article, body="Hers."))
    again = fields_of(form_token=FORM, body="Mine.")

    page = writer.post(ADD, again).content.decode()
    hers = Article.objects.get().body
    chosen = {"seen_at": value(page, "seen_at"), "choice-body": "mine"}
    writer.post(ADD, again | chosen | {"form_token": value(page, "form_token")})

    assert "Body: both of you changed it" in page
    assert hers == "Hers."
    assert Article.objects.get().body == "Mine."


def test_forms_of_two_people_with_one_token_make_two_articles(writer, grace):
    for browser in (writer, grace):
        browser.post(ADD, fields_of(form_token=FORM))

    assert Article.objects.count() == 2


def test_each_form_for_a_new_article_has_a_token_of_its_own(writer):
    tokens = {value(text_of(writer, ADD), "form_token") for _ in range(2)}

    assert len(tokens) == 2


def test_a_save_deletes_the_working_copy_of_its_form_alone(writer):
    article = make_article()
    for token in (TOKEN, ANOTHER):
        make_copy(ada(), article, token=token)

    writer.post(change(article), fields_of(article, body="New [@r1].", copy=TOKEN))

    assert WorkingCopy.objects.get().token == ANOTHER


def test_a_form_with_errors_keeps_its_working_copy(writer):
    article = make_article()
    make_copy(ada(), article)

    writer.post(change(article), fields_of(article, headline=" ", copy=TOKEN))

    assert WorkingCopy.objects.exists()


def test_a_taken_text_that_is_older_than_the_draft_is_never_silently_put_over_it(writer, grace):
    article = make_article(body="The old text.")
    copy = make_copy(ada(), article, body="My words.", headline="Mine alone")
    grace.post(change(article), fields_of(article, body="Her words."))

    offered = text_of(writer, change(article))
    page = text_of(writer, f"{change(article)}?take={copy.token}")
    article.refresh_from_db()
    taken = fields_of(
        article, body=field(page, "body"), headline=field(page, "headline"),
        seen_at=value(page, "seen_at"),
    )  # fmt: skip
    answer = writer.post(change(article), taken)

    assert "The article was saved after that." in offered
    assert "Body: both of you changed it" in answer.content.decode()
    article.refresh_from_db()
    assert article.body == "Her words."


def test_an_erasure_in_between_leaves_every_difference_to_be_chosen(writer):
    article = make_article(body="The old text.")
    mine = fields_of(article, **{"wire_sources-0-note": "A note on the post."})
    Erasure.objects.create(kind="post", subject="Post 1", reason="Asked.", at=later(days=9000))
    Article.objects.update(updated_at=article.updated_at + timedelta(seconds=1))

    page = writer.post(change(article), mine).content.decode()

    assert "Wire sources: both of you changed it" in page
    assert WireSource.objects.get().note == ""


# What a merge must not lose, nor say for somebody


def test_a_merge_of_many_sources_keeps_what_was_done_to_the_last_ones(writer, grace):
    article = make_article(sources=False, body="Ships wait.")
    post = make_post()
    for n in range(12):
        make_source(article, key=f"k{n}", post=post, position=n)
    mine = fields_of(article, **{"wire_sources-11-note": "Mine.", "wire_sources-10-DELETE": "on"})
    grace.post(change(article), fields_of(article, headline="Hers"))

    writer.post(change(article), mine)

    assert WireSource.objects.get(key="k11").note == "Mine."
    assert not WireSource.objects.filter(key="k10").exists()


def test_a_merge_confirms_no_translation_that_the_form_did_not_show(writer, grace):
    article = make_article()
    WireSource.objects.update(translation="The first.", translated_by=make_user())
    mine = fields_of(article, **{"wire_sources-0-confirm": "on"})
    grace.post(change(article), fields_of(article, **{"wire_sources-0-translation": "Another."}))

    writer.post(change(article), mine)

    source = WireSource.objects.get()
    assert (source.translation, source.translation_confirmed_by) == ("Another.", None)


def test_a_row_that_names_no_post_yet_is_not_merged_away(writer, grace):
    article = make_article()
    added = {"post": "", "key": "n1", "role": "basis", "note": "Find the port's notice."}
    mine = fields_of(article, sources=[added])
    grace.post(change(article), fields_of(article, headline="Hers"))

    page = writer.post(change(article), mine).content.decode()

    assert "Find the port&#x27;s notice." in page
    assert "saved this article at" in page


def test_a_public_note_is_offered_again_where_an_update_was_merged_and_not_done(client):
    editor, other = make_user(group="Publisher"), Client()
    client.force_login(editor)
    other.force_login(make_user(group="Publisher"))
    article = make_live_article()
    mine = fields_of(article, standfirst="Mine.", public_note="We were wrong about the pier.")
    other.post(change(article), fields_of(article, headline="Hers"))

    page = client.post(change(article), mine | {"_update": "1"}, follow=True).content.decode()

    assert "We were wrong about the pier." in page
    assert "did not save it" in page


def test_a_save_names_the_copies_that_it_has_and_a_refused_form_goes_on_under_its_own(writer):
    article = make_article()
    data = fields_of(article, body=TYPED, taken=f"{ANOTHER} <script>") | {"copy": TOKEN}

    refused = writer.post(change(article), data | {"slug": "not a slug"})
    saved = writer.post(change(article), data)

    assert f'data-name="{TOKEN}"' in refused.content.decode()
    assert "desk-saved" not in refused.cookies
    assert saved.cookies["desk-saved"].value == f"{TOKEN}.{ANOTHER}"
    assert saved.cookies["desk-saved"]["path"] == "/desk/"
