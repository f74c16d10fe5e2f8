"""Erasing a version of an article: its words leave every table and page."""

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import connection

from articles import erasure, publishing
from articles.erasure.printed import find_printed
from articles.erasure.versions import inspect_version
from articles.models import (
    Acknowledgement,
    Article,
    ArticleVersion,
    Correction,
    Erasure,
    Fault,
    Override,
    OverrideRequest,
    WireSource,
)
from tests.articles.erasure.everywhere import columns_with, pages_with
from tests.articles.erasure.test_unsaved import draft, make_kept
from tests.articles.factories import make_article, make_live_article, post_of
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.pages import shown, words
from wires.models import Post
from wires.shared_words import SharedWords

pytestmark = pytest.mark.django_db

LIBEL = "Grimthorpe"


def make_libel(**fields):
    """Return a live article whose first version accuses somebody, everywhere it can."""
    article = make_article(
        headline=f"{LIBEL} stole it",
        slug="the-case",
        standfirst=f"{LIBEL} again.",
        body=f"The harbour is closed [@r1]. {LIBEL} took 12 crowns [@r1].",
        framing_note=f"We name {LIBEL}.",
        social_text=f"{LIBEL}!",
        image_caption=f"{LIBEL} at sea",
        **fields,
    )
    article.wire_sources.update(note=f"On {LIBEL}.")
    editor, second = make_user(group="Publisher"), make_user(group="Publisher")
    for hold in publishing.build_snapshot(article, at=NOON).holds:
        publishing.override(
            article,
            fingerprint=hold.fingerprint,
            reason=f"{LIBEL} it was.",
            by=second,
            at=NOON,
        )
    for query in publishing.vet(article, at=NOON):
        if query.level == "query":
            publishing.acknowledge(
                article, fingerprint=query.fingerprint, note=f"{LIBEL}?", by=editor, at=NOON
            )
    publishing.publish(article, by=editor, at=NOON)
    LogEntry.objects.create(
        user=editor,
        content_type=ContentType.objects.get_for_model(article),
        object_id=str(article.pk),
        object_repr=f"{LIBEL} stole it",
        action_flag=CHANGE,
        change_message="",
    )
    article.refresh_from_db()
    return article


def rewrite(article, *, note="Corrected."):
    Article.objects.filter(pk=article.pk).update(
        headline="The harbour",
        standfirst="Port news.",
        body="The harbour is closed [@r1].",
        framing_note="We lead with ships.",
        social_text="",
        image_caption="",
    )
    article.wire_sources.update(note="")
    article.refresh_from_db()
    publishing.update(article, by=None, at=later(hours=1), note=note)
    return article.versions.get(n=1)


def erase(version, *, by=None, reason="Court order 12/26"):
    return erasure.erase_version(version, reason=reason, by=by, at=later(hours=6))


def test_the_words_of_an_erased_version_are_in_no_table_and_on_no_page():
    article = make_libel()
    version = rewrite(article, note=f"We were wrong about {LIBEL}.")
    before = columns_with(LIBEL)

    record = erase(version)
    erase(article.versions.get(n=2))

    assert len(before) >= 15
    assert columns_with(LIBEL) == []
    assert pages_with(LIBEL) == []
    assert record.places.filter(version__n=2).exists()


def test_the_record_of_a_version_lists_each_place_that_was_emptied():
    article = make_libel()
    earlier = erase(rewrite(article, note=f"We were wrong about {LIBEL}."))
    last = article.versions.get(n=2)
    kept = {"article": article, "code": "x", "fingerprint": "f" * 64, "level": "hold"}
    Fault.objects.create(version=last, finding={}, found_at=NOON, **kept)
    OverrideRequest.objects.create(article=article, holds=[], by=make_user(), at=NOON)
    make_kept(article, draft("Nothing of it."))

    assert erase(last).emptied == [
        ["the text of the version", 1],
        ["excerpts, notes and translations of its sources", 1],
        ["public notes on it", 1],
        ["alerts about it", 1],
        ["reasons for overrides", 1],
        ["entries in the log of acts", 2],
        ["the working copy", 1],
        ["notes, translations and chosen passages of its sources", 1],
        ["unsaved texts of the article", 1],
        ["overwritten drafts of the article", 1],
    ]
    assert earlier.emptied == [
        ["the text of the version", 1],
        ["excerpts, notes and translations of its sources", 1],
        ["notes on acknowledged queries", 1],
        ["reasons for overrides", 1],
        ["entries in the log of acts", 3],
        ["entries in the desk’s log", 1],
    ]


def test_erasing_an_earlier_version_leaves_the_live_page_as_it_is(client):
    article = make_libel()
    version = rewrite(article)
    before = words(shown(client, article))

    erase(version)

    assert words(shown(client, article)) == before
    version.refresh_from_db()
    assert (version.n, version.headline, version.slug) == (1, "", "removed")
    assert (version.at, version.erased_at) == (NOON, later(hours=6))


def test_erasing_the_live_version_withdraws_the_article_and_its_address_says_why(client):
    article = make_libel()

    erase(article.live_version)

    article.refresh_from_db()
    page = words(shown(client, article, status=410))
    assert article.status == Article.Status.WITHDRAWN
    assert "Removed on legal request." in page
    assert client.get("/").status_code == 200
    assert columns_with(LIBEL) == []
    assert pages_with(LIBEL) == []


def test_a_version_of_a_withdrawn_article_is_erased_with_its_working_copy():
    article = make_libel()
    publishing.withdraw(article, by=None, at=later(hours=1), note=f"{LIBEL} sued.")

    record = erase(article.versions.get())

    assert columns_with(LIBEL) == []
    assert not record.places.exists()
    assert Correction.objects.get().note == "Removed on legal request."


def test_other_versions_and_a_working_copy_that_print_the_words_are_listed():
    article = make_libel()
    Article.objects.filter(pk=article.pk).update(framing_note="We do not name him.")
    article.refresh_from_db()
    publishing.update(article, by=None, at=later(hours=1), note="Less.")

    record = erase(article.versions.get(n=1))

    places = record.places.values_list("version__n", flat=True).order_by("version__n")
    assert set(places) == {2, None}
    assert Erasure.objects.open().get() == record


def test_a_note_on_a_source_of_a_working_copy_that_prints_the_words_is_listed():
    noted, translated, other = (make_article(headline=f"Tides {n}") for n in range(3))
    WireSource.objects.filter(article=noted).update(note=f"{LIBEL} stole it, they say.")
    WireSource.objects.filter(article=translated).update(translation=f"{LIBEL} stole it.")
    words_erased = SharedWords([f"{LIBEL} stole it, they say."])

    found = find_printed([noted.pk, translated.pk, other.pk], words_erased)
    found_without = find_printed([noted.pk], words_erased, post=post_of(noted))

    assert [(one.article, one.version, one.is_live) for one in found] == [
        (noted, None, False), (translated, None, False),
    ]  # fmt: skip
    assert found[0].phrases[0].startswith(f"{LIBEL} stole it")
    assert found_without == []


@pytest.mark.parametrize("is_withdrawn", [False, True])
def test_what_is_shown_before_an_erasure_of_the_last_words_is_what_is_erased(is_withdrawn):
    article = make_live_article(headline=f"{LIBEL} stole it")
    version = article.live_version
    if is_withdrawn:
        publishing.withdraw(article, by=None, at=later(hours=1), note=f"{LIBEL} sued.")
        version.refresh_from_db()

    shown_before = inspect_version(version)
    record = erase(version)

    told = {step.name: step.rows for step in shown_before.steps}
    assert shown_before.is_live is not is_withdrawn
    assert shown_before.printed == ()
    # The withdrawal that goes with the erasure of a live version is an act more.
    acts = {"entries in the log of acts": 0}
    assert told | acts == dict(record.emptied) | acts
    assert told["the working copy"] == 1
    assert (record.kind, record.subject, record.reason) == (
        "version", f"Version 1 of article {article.pk}", "Court order 12/26",
    )  # fmt: skip
    assert (record.version, record.post, record.by, record.at) == (
        version, None, None, later(hours=6),
    )  # fmt: skip
    # What follows the commit may fail: the erasure is done, and must not look undone.
    after = connection.run_on_commit
    assert len(after) >= 3
    assert [act for _, act, is_robust in after if not is_robust] == []


def test_an_inspection_of_an_earlier_version_leaves_the_working_copy_to_its_editors():
    article = make_live_article(headline=f"{LIBEL} stole it")
    version = article.live_version
    Article.objects.update(headline="The harbour")
    publishing.update(article, by=None, at=later(hours=1), note="Clearer.")
    Article.objects.update(headline=f"{LIBEL} stole it")

    found = inspect_version(version)

    assert not found.is_live
    assert "the working copy" not in {step.name for step in found.steps}
    assert None in [one.version for one in found.printed]


def test_an_erasure_of_a_version_leaves_the_words_of_its_posts():
    article = make_live_article()

    erase(article.live_version)

    assert Post.objects.get().latest_version.text == "The harbour is closed."


def test_what_was_cleared_later_and_says_something_else_stays():
    article = make_libel()
    version = rewrite(article)
    fields = {"code": "weekday", "by": make_user(), "at": later(hours=2)}
    Acknowledgement.objects.create(
        article=article, fingerprint="a" * 64, note="It was a Monday.", **fields
    )

    erase(version)

    assert list(Acknowledgement.objects.exclude(note="").values_list("note", flat=True)) == [
        "It was a Monday."
    ]
    assert set(Override.objects.values_list("reason", flat=True)) == {"Removed on legal request."}


def test_the_alerts_about_an_erased_version_are_gone():
    article = make_libel()
    finding = {"field": "body", "message": f"{LIBEL}?", "excerpt": "", "evidence": {}}
    Fault.objects.create(
        article=article, version=article.live_version, code="weekday", level="hold",
        fingerprint="b" * 64, finding=finding, found_at=NOON,
    )  # fmt: skip

    erase(rewrite(article))

    assert not Fault.objects.exists()


@pytest.mark.parametrize("group", ["Wire desk", "Writer", "Editor"])
def test_nobody_below_a_publisher_erases_a_version(group):
    version, somebody = make_live_article().live_version, make_user(group=group)

    with pytest.raises(publishing.NotAllowed):
        erase(version, by=somebody)

    assert ArticleVersion.objects.get().erased_at is None


def test_a_version_is_erased_once_and_for_a_reason():
    version = make_live_article().live_version

    with pytest.raises(erasure.ReasonMissing):
        erase(version, reason=" ")
    erase(version)
    with pytest.raises(erasure.NothingToErase):
        erase(version)

    assert Erasure.objects.count() == 1
