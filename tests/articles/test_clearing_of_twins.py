"""Overrides, acknowledgements and override requests of one article, beside another just like it."""

import pytest

from articles import publishing
from articles.models import Acknowledgement, Article, ArticleVersion, Override, OverrideRequest
from articles.publishing import acknowledge, override, publish, request_override, revoke
from tests.articles.factories import make_article, make_live_article
from tests.articles.twins import finding_of, make_twins
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import make_post
from wires.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def drafts_of_before(db):
    """Let the ids of articles differ from those of versions, posts and people."""
    Article.objects.filter(pk__in=[make_article(sources=False).pk for _ in range(3)]).delete()


@pytest.fixture
def publisher():
    return make_user(group="Publisher", name="petra", first_name="Petra", last_name="Holm")


@pytest.fixture
def another():
    return make_user(group="Publisher", name="pavel")


def held_twins():
    """Return two articles without a framing note, and the fingerprint of that hold in both."""
    one, twin = make_twins(framing_note="")
    (mark,) = {finding_of(each, "framing-note-missing").fingerprint for each in (one, twin)}
    return one, twin, mark


def twins_of_a_withdrawn_post():
    post = make_post(state=Post.State.WITHDRAWN, withdrawn_at=NOON)
    one, twin = make_twins(post=post)
    (mark,) = {finding_of(each, "source-deleted").fingerprint for each in (one, twin)}
    return one, twin, mark


def query_of_twins():
    one, twin = make_twins()
    (mark,) = {finding_of(each, "single-origin").fingerprint for each in (one, twin)}
    return one, twin, mark


def holds_on(article, *, by):
    """Return the codes for which an article is not published; none where it is."""
    try:
        publish(article, by=by, at=NOON)
    except publishing.HeldByChecks as held:
        return [finding.code for finding in held.findings]
    return []


# Of two articles


def test_an_override_of_one_article_does_not_clear_the_same_hold_in_another(editor, publisher):
    one, twin, mark = held_twins()

    override(one, fingerprint=mark, reason="A brief.", by=publisher, at=NOON)

    assert holds_on(twin, by=editor) == ["framing-note-missing"]
    assert holds_on(one, by=editor) == []
    assert ArticleVersion.objects.get().article == one


def test_an_acknowledgement_of_one_article_does_not_clear_the_same_hold_in_another(editor):
    one, twin, mark = twins_of_a_withdrawn_post()

    acknowledge(one, fingerprint=mark, note="Archived.", by=editor, at=NOON)

    assert holds_on(twin, by=editor) == ["source-deleted"]
    assert holds_on(one, by=editor) == []
    assert ArticleVersion.objects.get().article == one


def test_a_query_acknowledged_in_one_article_is_not_published_with_another(editor):
    one, twin, mark = query_of_twins()

    acknowledge(one, fingerprint=mark, note="No second.", by=editor, at=NOON)

    assert publish(twin, by=editor, at=NOON).acknowledgements == []
    assert [each["reason"] for each in publish(one, by=editor, at=NOON).acknowledgements] == [
        "No second."
    ]


def test_each_article_keeps_the_override_of_its_own_person(editor, publisher, another):
    one, twin, mark = held_twins()

    override(one, fingerprint=mark, reason="A brief.", by=publisher, at=NOON)
    override(twin, fingerprint=mark, reason="A list.", by=another, at=later(hours=1))

    rows = Override.objects.order_by("pk").values_list("article", "code", "reason", "by", "at")
    assert list(rows) == [
        (one.pk, "framing-note-missing", "A brief.", publisher.pk, NOON),
        (twin.pk, "framing-note-missing", "A list.", another.pk, later(hours=1)),
    ]
    published = [publish(each, by=editor, at=later(hours=2)).overrides for each in (one, twin)]
    assert [[entry["by"] for entry in entries] for entries in published] == [
        ["Petra Holm"], ["pavel"],
    ]  # fmt: skip


def test_each_article_keeps_the_acknowledgement_of_its_own_person(editor, another):
    one, twin, mark = query_of_twins()

    acknowledge(one, fingerprint=mark, note=" No second.\n", by=editor, at=NOON)
    acknowledge(twin, fingerprint=mark, note="", by=another, at=later(hours=1))

    rows = Acknowledgement.objects.order_by("pk").values_list("article", "code", "note", "by", "at")
    assert list(rows) == [
        (one.pk, "single-origin", "No second.", editor.pk, NOON),
        (twin.pk, "single-origin", "", another.pk, later(hours=1)),
    ]


def test_a_second_override_of_a_hold_replaces_the_first_of_its_article(publisher, another):
    one, twin, mark = held_twins()
    for each in (one, twin):
        override(each, fingerprint=mark, reason="A brief.", by=publisher, at=NOON)

    override(one, fingerprint=mark, reason="A list.", by=another, at=later(hours=1))

    rows = Override.objects.order_by("article").values_list("article", "reason", "by", "at")
    assert list(rows) == [
        (one.pk, "A list.", another.pk, later(hours=1)),
        (twin.pk, "A brief.", publisher.pk, NOON),
    ]


def test_undoing_an_override_leaves_that_of_another_article(editor, publisher):
    one, twin, mark = held_twins()
    for each in (one, twin):
        override(each, fingerprint=mark, reason="A brief.", by=publisher, at=NOON)

    revoke(one, fingerprint=mark, by=publisher, at=NOON)

    assert Override.objects.get().article == twin
    assert holds_on(one, by=editor) == ["framing-note-missing"]
    assert holds_on(twin, by=editor) == []


def test_undoing_an_acknowledgement_leaves_that_of_another_article(editor):
    one, twin, mark = query_of_twins()
    for each in (one, twin):
        acknowledge(each, fingerprint=mark, note="", by=editor, at=NOON)

    revoke(one, fingerprint=mark, by=editor, at=NOON)

    assert Acknowledgement.objects.get().article == twin


def test_what_was_cleared_in_one_article_cannot_be_undone_in_another(editor, publisher):
    one, twin, mark = held_twins()
    override(one, fingerprint=mark, reason="A brief.", by=publisher, at=NOON)

    with pytest.raises(publishing.NotCurrent):
        revoke(twin, fingerprint=mark, by=publisher, at=NOON)

    assert Override.objects.get().article == one


def test_a_hold_of_another_article_can_be_neither_overridden_nor_acknowledged(editor, publisher):
    _, _, mark = held_twins()
    _, _, withdrawn = twins_of_a_withdrawn_post()
    clean = make_article()

    with pytest.raises(publishing.NotCurrent):
        override(clean, fingerprint=mark, reason="A brief.", by=publisher, at=NOON)
    with pytest.raises(publishing.NotCurrent):
        acknowledge(clean, fingerprint=withdrawn, note="", by=editor, at=NOON)

    assert not Override.objects.exists()
    assert not Acknowledgement.objects.exists()


def test_an_article_that_was_never_saved_has_no_clearances(editor, publisher):
    one, _, mark = held_twins()
    override(one, fingerprint=mark, reason="A brief.", by=publisher, at=NOON)

    assert publishing.clearances(Article()) == publishing.Clearances()
    assert [*publishing.clearances(one).overrides] == [mark]


# Override requests of two articles


def test_each_article_has_its_own_override_request(editor, publisher):
    one, twin, mark = held_twins()
    Article.objects.filter(pk=twin.pk).update(body="The harbour is closed [@zz].")

    request_override(one, by=editor, at=NOON)
    request_override(twin, by=publisher, at=later(hours=1))

    rows = OverrideRequest.objects.order_by("pk")
    assert [(row.article, row.by, row.at) for row in rows] == [
        (one, editor, NOON), (twin, publisher, later(hours=1)),
    ]  # fmt: skip
    assert [[hold["code"] for hold in row.holds] for row in rows] == [
        ["framing-note-missing"], ["citation-unknown", "framing-note-missing"],
    ]  # fmt: skip
    assert rows[0].holds == [
        {
            "code": "framing-note-missing",
            "fingerprint": mark,
            "message": finding_of(one, "framing-note-missing").message,
        }
    ]


def test_asking_again_replaces_the_open_override_request(editor, publisher):
    one, twin, _ = held_twins()
    for each in (one, twin):
        request_override(each, by=editor, at=NOON)

    row = request_override(one, by=publisher, at=later(hours=1))

    assert (row.by, row.at) == (publisher, later(hours=1))
    assert list(OverrideRequest.objects.order_by("article").values_list("article", "by", "at")) == [
        (one.pk, publisher.pk, later(hours=1)),
        (twin.pk, editor.pk, NOON),
    ]


def test_an_override_answers_the_request_of_its_own_article(editor, publisher):
    one, twin, mark = held_twins()
    for each in (one, twin):
        request_override(each, by=editor, at=NOON)

    override(one, fingerprint=mark, reason="A brief.", by=publisher, at=NOON)

    assert OverrideRequest.objects.get().article == twin


def test_an_override_leaves_the_other_holds_in_the_request(editor, publisher):
    one, twin = make_twins(framing_note="", body="The harbour is closed [@zz].")
    for each in (one, twin):
        request_override(each, by=editor, at=NOON)
    mark = finding_of(one, "citation-unknown").fingerprint

    override(one, fingerprint=mark, reason="A brief.", by=publisher, at=NOON)

    assert [
        [hold["code"] for hold in row.holds] for row in OverrideRequest.objects.order_by("article")
    ] == [["framing-note-missing"], ["citation-unknown", "framing-note-missing"]]


def test_a_request_asks_only_for_the_holds_that_nobody_cleared(editor, publisher):
    one, twin = make_twins(framing_note="", body="The harbour is closed [@zz].")
    mark = finding_of(one, "citation-unknown").fingerprint
    override(one, fingerprint=mark, reason="A brief.", by=publisher, at=NOON)

    requests = [request_override(each, by=editor, at=NOON) for each in (one, twin)]

    assert [[hold["code"] for hold in row.holds] for row in requests] == [
        ["framing-note-missing"], ["citation-unknown", "framing-note-missing"],
    ]  # fmt: skip


def test_publishing_and_withdrawing_close_the_request_of_their_own_article(editor):
    published, twin, _ = held_twins()
    withdrawn = make_live_article()
    Article.objects.filter(pk=withdrawn.pk).update(framing_note="", body="Closed [@zz].")
    for each in (published, twin, withdrawn):
        request_override(each, by=editor, at=NOON)
    Article.objects.filter(pk=published.pk).update(framing_note="We lead with the harbour.")

    publish(published, by=editor, at=NOON)
    publishing.withdraw(withdrawn, by=editor, at=NOON, note="A forgery.")

    assert OverrideRequest.objects.get().article == twin


# Of two people


def test_a_hold_must_be_published_by_another_than_who_overrode_it(publisher, another):
    article = make_article(framing_note="", body="The harbour is closed [@zz].")
    marks = {
        code: finding_of(article, code).fingerprint
        for code in ("framing-note-missing", "citation-unknown")
    }
    override(article, fingerprint=marks["citation-unknown"], reason="So.", by=publisher, at=NOON)
    override(article, fingerprint=marks["framing-note-missing"], reason="So.", by=another, at=NOON)

    for by, code in ((publisher, "citation-unknown"), (another, "framing-note-missing")):
        with pytest.raises(publishing.HeldByChecks) as held:
            publish(article, by=by, at=NOON)
        assert [finding.code for finding in held.value.findings] == [code]
        assert {*held.value.uncounted} == {marks[code]}


def test_only_overridden_holds_are_the_own_ones_of_who_publishes(publisher):
    article = make_article(framing_note="", body="The harbour is closed [@zz].")
    mark = finding_of(article, "citation-unknown").fingerprint
    override(article, fingerprint=mark, reason="So.", by=publisher, at=NOON)

    with pytest.raises(publishing.HeldByChecks) as held:
        publish(article, by=publisher, at=NOON)

    assert [finding.code for finding in held.value.findings] == [
        "citation-unknown", "framing-note-missing",
    ]  # fmt: skip
    assert {*held.value.uncounted} == {mark}


def test_the_system_publishes_what_anyone_overrode(publisher):
    one, _, mark = held_twins()
    override(one, fingerprint=mark, reason="A brief.", by=publisher, at=NOON)

    (entry,) = publish(one, by=None, at=NOON).overrides

    assert entry["how"] == "second"


def test_a_desk_of_one_says_of_each_override_whether_it_was_alone(publisher, another, settings):
    settings.DESK_SECOND_PERSON = False
    article = make_article(framing_note="", body="The harbour is closed [@zz].")
    for code, by in (("framing-note-missing", publisher), ("citation-unknown", another)):
        mark = finding_of(article, code).fingerprint
        override(article, fingerprint=mark, reason="So.", by=by, at=NOON)

    version = publish(article, by=publisher, at=NOON)

    assert [(entry["code"], entry["how"]) for entry in version.overrides] == [
        ("citation-unknown", "second"), ("framing-note-missing", "alone"),
    ]  # fmt: skip


# What is stored with a version


def test_an_overridden_hold_is_stored_with_sentence_reason_person_and_time(editor, publisher):
    article = make_article(body="The harbour is closed [@r1]. It is shut [@zz].")
    mark = finding_of(article, "citation-unknown").fingerprint
    override(article, fingerprint=mark, reason="  The key is a joke. ", by=publisher, at=NOON)

    version = publish(article, by=editor, at=later(hours=1))

    assert version.overrides == [
        {
            "code": "citation-unknown",
            "fingerprint": mark,
            "sentence": 2,
            "field": "body",
            "reason": "The key is a joke.",
            "by": "Petra Holm",
            "at": "2026-06-25T12:00:00+00:00",
            "how": "second",
        }
    ]


def test_an_acknowledged_query_is_stored_with_note_person_and_time(editor):
    article, _, mark = query_of_twins()
    acknowledge(article, fingerprint=mark, note="No second.", by=editor, at=NOON)

    version = publish(article, by=editor, at=later(hours=1))

    assert version.acknowledgements == [
        {
            "code": "single-origin",
            "fingerprint": mark,
            "sentence": 0,
            "field": "sources",
            "reason": "No second.",
            "by": editor.username,
            "at": "2026-06-25T12:00:00+00:00",
        }
    ]
    assert version.overrides == []


def test_a_query_acknowledged_without_a_note_has_no_reason(editor):
    article, _, mark = query_of_twins()
    acknowledge(article, fingerprint=mark, note="", by=editor, at=NOON)

    (entry,) = publish(article, by=editor, at=NOON).acknowledgements

    assert entry["reason"] == ""


def test_a_withdrawn_post_that_was_acknowledged_is_stored_among_the_holds(editor):
    article, _, mark = twins_of_a_withdrawn_post()
    acknowledge(article, fingerprint=mark, note="", by=editor, at=NOON)

    version = publish(article, by=editor, at=NOON)

    (entry,) = version.overrides
    assert (entry["fingerprint"], entry["how"]) == (mark, "acknowledged")
    assert entry["reason"] == "The outlet withdrew a post cited here."
    assert version.acknowledgements == []


def test_a_sentence_that_stands_twice_is_overridden_once_with_its_first_number(editor, publisher):
    article = make_article(body="It is open [@r1]. It is shut [@zz]. It is shut [@zz].")
    first, second = [
        each for each in publishing.vet(article, at=NOON) if each.code == "citation-unknown"
    ]
    assert first.fingerprint == second.fingerprint
    override(article, fingerprint=first.fingerprint, reason="So.", by=publisher, at=NOON)

    version = publish(article, by=editor, at=NOON)

    assert [entry["sentence"] for entry in version.overrides] == [2]


def test_an_override_that_nothing_needs_any_more_is_not_stored(editor, publisher):
    one, _, mark = held_twins()
    override(one, fingerprint=mark, reason="A brief.", by=publisher, at=NOON)
    Article.objects.filter(pk=one.pk).update(framing_note="We lead with the harbour.")

    assert publish(one, by=editor, at=NOON).overrides == []


def test_a_query_that_was_overridden_is_not_published_as_a_hold(editor, publisher):
    one, _, mark = query_of_twins()
    override(one, fingerprint=mark, reason="So.", by=publisher, at=NOON)

    assert publish(one, by=editor, at=NOON).overrides == []


def test_long_reasons_and_notes_are_cut_to_what_their_columns_hold(editor, publisher):
    held, _, hold = held_twins()
    asked, _, query = query_of_twins()

    override(held, fingerprint=hold, reason="ab" * 300, by=publisher, at=NOON)
    acknowledge(asked, fingerprint=query, note="ab" * 300, by=editor, at=NOON)

    assert Override.objects.get().reason == "ab" * 250
    assert Acknowledgement.objects.get().note == "ab" * 150


def test_a_request_names_at_most_a_hundred_holds(editor):
    marks = " ".join(f"It is shut [@z{n}]." for n in range(101))

    row = request_override(make_article(body=marks), by=editor, at=NOON)

    assert len(row.holds) == 100


def test_a_query_on_unsaved_words_is_acknowledged_only_where_it_is_handed_in(editor):
    article = make_article()
    unsaved = Article.objects.get(pk=article.pk)
    unsaved.body = "The harbour is closed."
    findings = publishing.vet(unsaved, at=NOON)
    (new,) = [each for each in findings if each.code == "source-uncited"]

    with pytest.raises(publishing.NotCurrent):
        acknowledge(article, fingerprint=new.fingerprint, note="", by=editor, at=NOON)
    acknowledge(article, fingerprint=new.fingerprint, note="", by=editor, at=NOON, unsaved=findings)

    row = Acknowledgement.objects.get()
    assert (row.article, row.code) == (article, "source-uncited")
    assert row.fingerprint == new.fingerprint
