"""Erasing a post: its words leave every table and page, and nothing else does."""

import zlib
from functools import partial

import pytest
import time_machine
from django.test import Client

from articles import archive, erasure, publishing
from articles.models import (
    Acknowledgement,
    ArticleVersion,
    Erasure,
    ErasurePlace,
    Fault,
    Override,
    OverrideRequest,
    VersionSource,
)
from tests.articles.erasure.everywhere import columns_with, dump, pages_with
from tests.articles.erasure.scene import SECRET, TUGS, make_scene, raw, read_feed
from tests.articles.factories import cite, make_article, make_source
from tests.articles.test_admin_writing import fields_of
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.pages import shown, words
from tests.wires.factories import add_version, make_post
from wires.models import Capture, Evidence, Post

pytestmark = pytest.mark.django_db

HOUSES = {
    "articles_acknowledgement.note", "articles_act.headline", "articles_articleversion.findings",
    "articles_articleversion.overrides", "articles_articleversion.acknowledgements",
    "articles_fault.finding", "articles_override.reason", "articles_overriderequest.holds",
    "articles_versionsource.note", "articles_versionsource.translation",
    "articles_wiresource.note", "articles_wiresource.passages", "articles_wiresource.translation",
    "django_admin_log.change_message", "django_admin_log.object_repr",
    "django_session.session_data", "wires_capture.body", "wires_evidence.body",
    "wires_post.hidden_reason", "wires_post.posted_raw", "wires_postversion.author",
    "wires_postversion.changes", "wires_postversion.html", "wires_postversion.text",
    "wires_postversion.title",
}  # fmt: skip


@pytest.fixture
def publisher():
    return make_user(group="Publisher")


def erase(post, *, by=None, at=None, reason="Court order 12/26"):
    return erasure.erase_post(post, reason=reason, by=by, at=at or later(hours=6))


def test_the_words_of_an_erased_post_are_in_no_table_and_on_no_page():
    post, _ = make_scene()
    before = columns_with(SECRET)

    erase(post)

    assert HOUSES - {*before} == set()
    assert columns_with(SECRET) == []
    assert pages_with(SECRET) == []


def test_an_erasure_leaves_what_is_about_another_post():
    post, article = make_scene()
    neighbour = Post.objects.exclude(pk=post.pk).get(native_id__endswith="/2")
    source = VersionSource.objects.filter(key="r2").values()
    before, words_before = source.get(), list(neighbour.versions.values_list("text", flat=True))
    reason = "The tug master told us."
    assert reason in str(article.live_version.overrides)

    erase(post)

    article.live_version.refresh_from_db()
    reasons = {one["reason"] for one in article.live_version.overrides}
    assert reasons == {"Removed on legal request.", reason}
    assert Override.objects.filter(reason=reason).exists()
    assert source.get() == before
    assert list(neighbour.versions.values_list("text", flat=True)) == words_before


def test_evidence_of_a_neighbour_in_the_same_feed_loses_its_bytes_and_keeps_its_hash():
    post, _ = make_scene()
    rows = Evidence.objects.exclude(post_version__post=post)
    before = list(rows.values_list("pk", "sha256", "size"))
    assert any(SECRET.encode() in zlib.decompress(one.body) for one in rows)

    erase(post)

    assert list(rows.values_list("pk", "sha256", "size")) == before
    assert set(rows.values_list("body", "erased_at")) == {(None, later(hours=6))}


def test_a_body_of_the_channel_without_the_post_is_kept():
    post, _ = make_scene()
    read_feed(post.channel, raw(8, "Ferries sail again."), at=later(hours=5))

    erase(post)

    kept = Capture.objects.filter(body__isnull=False)
    assert [zlib.decompress(one.body).count(b"Ferries sail again.") for one in kept] == [1]


def test_a_feed_that_still_has_an_erased_post_is_read_and_its_bytes_are_not_kept():
    post, _ = make_scene()
    erase(post)

    read_feed(post.channel, raw(1, f"{SECRET} pays."), raw(9, "A new one."), at=later(hours=7))

    capture = Capture.objects.latest("pk")
    assert Post.objects.filter(versions__text="A new one.").exists()
    assert (capture.body, capture.erased_at) == (None, later(hours=7))
    assert columns_with(SECRET) == []


def test_readers_see_in_a_live_article_that_a_post_was_removed_on_legal_request(client):
    post, article = make_scene()

    erase(post)

    page = words(shown(client, article))
    assert "The words of this post were removed on legal request." in page
    assert "Removed on legal request." in page
    assert "The tug master told us." in page
    assert "Four tugs" in page
    assert "removed on legal request" in words(shown(client, post))


def test_a_conditional_request_does_not_get_the_page_from_before_an_erasure(
    django_capture_on_commit_callbacks,
):
    reader = Client()
    with time_machine.travel(later(hours=6), tick=False) as clock:
        post, article = make_scene()
        pages = [article.get_absolute_url(), post.get_absolute_url(), "/wire/", "/feed/"]
        clock.shift(2)
        marks = {page: reader.get(page).headers["ETag"] for page in pages}
        again = {p: reader.get(p, headers={"If-None-Match": marks[p]}).status_code for p in pages}

        with django_capture_on_commit_callbacks(execute=True):
            erase(post)

        clock.shift(2)
        after = {p: reader.get(p, headers={"If-None-Match": marks[p]}).status_code for p in pages}
    assert set(again.values()) == {304}
    assert set(after.values()) == {200}


def test_a_live_article_that_cites_an_erased_post_is_still_checked():
    post, article = make_scene()
    erase(post)

    (vetted,) = archive.vet(archive.live_articles(), at=later(hours=7))
    article.refresh_from_db()
    findings = publishing.vet(article, at=later(hours=7))

    assert vetted.failure == ""
    assert Fault.objects.filter(code="source-unarchived").exists()
    assert "source-unarchived" in {finding.code for finding in findings}
    assert columns_with(SECRET) == []


# The record


def test_the_record_says_who_erased_what_and_why_and_holds_none_of_the_words(publisher):
    post, _ = make_scene()

    record = erase(post, by=publisher)

    assert (record.post, record.by, record.reason, record.at) == (
        post, publisher, "Court order 12/26", later(hours=6),
    )  # fmt: skip
    assert record.subject == f"Post {post.pk} of {post.channel.code}"
    assert dict(record.emptied)["versions of the post"] == 3
    assert dict(record.emptied)["pieces of evidence of other posts that hold it"] == 1


def test_what_the_first_page_shows_is_what_is_erased():
    post, _ = make_scene()

    seen = erasure.inspect_post(post)
    record = erase(post)

    assert [[step.name, step.rows] for step in seen.steps] == record.emptied
    assert len(seen.steps) >= 15


def test_the_record_lists_each_place_that_was_emptied_and_how_much_stood_there():
    post, _ = make_scene()

    record = erase(post)

    assert record.emptied == [
        ["versions of the post", 3],
        ["fetched pages and feeds that hold it", 3],
        ["pieces of its evidence", 2],
        ["pieces of evidence of other posts that hold it", 1],
        ["reasons given for hiding or withdrawing it", 1],
        ["entries in its log at the desk", 1],
        ["excerpts, notes and translations in published versions", 1],
        ["notes, translations and chosen passages in working copies", 1],
        ["findings in published versions", 3],
        ["reasons for overrides in published versions", 2],
        ["notes on acknowledged queries in published versions", 1],
        ["notes on acknowledged queries", 1],
        ["reasons for overrides", 2],
        ["requests for a second person", 1],
        ["alerts", 1],
        ["entries in the log of acts", 1],
        ["entries in the desk’s log", 1],
        ["sessions with messages not shown yet", 1],
    ]


def test_a_post_that_a_version_cites_by_two_keys_takes_what_is_about_either_with_it():
    post, other = make_post(text=f"{SECRET} owes."), make_post(text=TUGS)
    article = make_article(
        sources=False, body="Some 12 ships wait [@r1]. Some 31 tugs [@r2]. Some 17 tugs [@r3]."
    )
    for key, cited in (("r1", post), ("r2", post), ("r3", other)):
        make_source(article, key=key, post=cited)
    by = make_user(group="Publisher")
    for hold in publishing.build_snapshot(article, at=NOON).holds:
        publishing.override(
            article, fingerprint=hold.fingerprint, reason=hold.excerpt, by=by, at=NOON
        )
    publishing.publish(article, by=None, at=NOON)
    version = ArticleVersion.objects.get()
    reasons = [one["reason"] for one in version.overrides]

    erase(post)

    version.refresh_from_db()
    removed = "Removed on legal request."
    assert len(reasons) == 3
    assert [one["reason"] for one in version.overrides] == [removed, removed, reasons[2]]
    assert set(Override.objects.values_list("reason", flat=True)) == {removed, reasons[2]}


def test_a_text_that_prints_what_a_picture_of_the_post_shows_is_listed():
    post, other = make_post(text="See."), make_post(text="See too.")
    for each, alt in ((post, "Marta Quillfeather at the quay"), (other, "Oona Bell at the quay")):
        version = add_version(each, text="See this.", media=[{"kind": "image", "alt": alt}])
        assert version.n == 2
    printing = cite(post, body="Marta Quillfeather waited [@r1].", headline="One")
    silent = cite(post, body="Oona Bell waited [@r1].", headline="Two")

    places = erase(post).places

    assert {*places.values_list("article", flat=True)} == {printing.pk}
    assert silent.pk


def test_an_inspection_writes_nothing():
    post, _ = make_scene()
    before = list(dump())

    erasure.inspect_post(post)

    assert list(dump()) == before


def test_words_that_articles_print_are_listed_with_their_articles():
    post = make_post(text="Marta Quillfeather owes nine million crowns.")
    printing = cite(post, body="The case of Quillfeather is closed [@r1].", headline="A case")
    silent = cite(post, body="A debt is owed [@r1].", headline="A debt")
    draft = make_article(body="They owe nine million crowns [@r1].", sources=False)
    make_source(draft, post=post)

    record = erase(post)

    assert set(record.places.values_list("article", "version")) == {
        (printing.pk, printing.live_version_id),
        (printing.pk, None),
        (draft.pk, None),
    }
    assert silent.pk not in set(record.places.values_list("article", flat=True))
    assert list(Erasure.objects.open()) == [record]


def test_a_version_that_no_longer_cites_the_post_is_listed_too():
    post = make_post(text="Marta Quillfeather owes nine million crowns.")
    article = cite(post, body="Quillfeather owes [@r1].")
    article.wire_sources.update(post=make_post(text="Somebody owes."))
    article.wire_sources.update(version=article.wire_sources.get().post.latest_version)
    publishing.update(article, by=None, at=later(hours=1), note="Another source.")

    record = erase(post)

    numbers = record.places.exclude(version=None).values_list("version__n", flat=True)
    assert sorted(numbers) == [1, 2]


def test_an_erasure_is_complete_once_each_place_is_erased_or_kept_for_a_reason(publisher):
    post = make_post(text="Marta Quillfeather owes nine million crowns.")
    kept = cite(post, body="Quillfeather owes [@r1].", headline="One")
    erased = cite(post, body="Quillfeather pays [@r1].", headline="Two")
    record = erase(post)
    at, states = later(hours=7), []

    for place in record.places.filter(article=kept):
        erasure.keep(place, reason="A matter of record.", by=publisher, at=at)
        states.append(Erasure.objects.open().exists())
    erasure.erase_version(erased.live_version, reason="The same order.", by=publisher, at=at)

    assert states == [True, True]
    assert not Erasure.objects.open().filter(pk=record.pk).exists()


def test_a_place_is_not_kept_without_a_reason(publisher):
    cite(post := make_post(text="Quillfeather owes."), body="Quillfeather owes [@r1].")
    place = erase(post).places.exclude(version=None).get()

    with pytest.raises(erasure.ReasonMissing):
        erasure.keep(place, reason="  ", by=publisher, at=NOON)

    assert ErasurePlace.objects.open().filter(pk=place.pk).exists()


def test_a_working_copy_is_rewritten_only_once_it_has_changed(publisher):
    post = make_post(text="Quillfeather owes.")
    draft = make_article(body="Quillfeather owes [@r1].", sources=False)
    make_source(draft, post=post)
    place = erase(post).places.get()
    with pytest.raises(erasure.NotRewritten):
        erasure.confirm_rewritten(place, by=publisher, at=NOON)

    draft.body = "Somebody owes [@r1]."
    draft.save()
    erasure.confirm_rewritten(ErasurePlace.objects.get(), by=publisher, at=NOON)

    assert not Erasure.objects.open().exists()
    for decide in (erasure.confirm_rewritten, partial(erasure.keep, reason="So.")):
        with pytest.raises(erasure.NothingOpen, match="Somebody has already decided about this"):
            decide(ErasurePlace.objects.get(), by=publisher, at=NOON)


@pytest.mark.parametrize("group", ["Wire desk", "Writer", "Editor"])
def test_nobody_below_a_publisher_erases_a_post(group):
    post, somebody = make_post(), make_user(group=group)

    with pytest.raises(publishing.NotAllowed):
        erase(post, by=somebody)

    assert post.versions.get().text
    assert not Erasure.objects.exists()


def test_a_post_is_not_erased_without_a_reason(publisher):
    post = make_post()

    with pytest.raises(erasure.ReasonMissing):
        erase(post, by=publisher, reason="\n ")

    assert post.versions.get().text


def test_a_post_is_erased_once():
    post = make_post()
    erase(post)

    with pytest.raises(erasure.NothingToErase, match="no words left"):
        erase(post)

    assert Erasure.objects.count() == 1


def test_a_fault_and_a_request_about_the_post_are_gone():
    post, article = make_scene()
    assert Fault.objects.filter(post=post).exists()

    erase(post)

    assert not Fault.objects.filter(post=post).exists()
    assert OverrideRequest.objects.get(article=article).holds[0]["message"] == (
        "Removed on legal request."
    )
    assert not Acknowledgement.objects.filter(note__contains=SECRET).exists()


def test_an_erasure_empties_what_articles_kept_of_the_post_and_of_no_other():
    article = make_article(sources=False, body="Nine ships wait [@r1]. Four tugs wait [@r2].")
    for key, text in (("r1", "Nine ships wait."), ("r2", TUGS)):
        make_source(article, key=key, post=make_post(text=text), note="We asked.")
    publishing.publish(article, by=None, at=NOON)
    kept = dict(VersionSource.objects.values_list("key", "spans"))

    erase(article.wire_sources.get(key="r1").post)

    assert kept["r1"]
    assert kept["r2"]
    assert list(VersionSource.objects.order_by("key").values_list("key", "spans", "note")) == [
        ("r1", [], ""),
        ("r2", kept["r2"], "We asked."),
    ]
    assert ArticleVersion.objects.get().erased_at is None


def test_a_form_that_was_opened_before_an_erasure_does_not_write_its_words_back(client):
    post = make_post(text=f"{SECRET} owes nine million crowns.")
    draft = make_article(body="A debt is owed [@r1].", sources=False)
    make_source(draft, post=post, note=f"{SECRET} said it.")
    client.force_login(make_user(group="Writer"))
    draft.refresh_from_db()
    fields = fields_of(draft) | {"wire_sources-0-note": f"{SECRET} said it."}
    erase(post, at=later(days=400))

    answer = client.post(f"/desk/articles/article/{draft.pk}/change/", fields)

    assert "after you opened it" in answer.content.decode()
    assert draft.wire_sources.get().note == ""
