"""Clearances are tied to the sentence: in the working copy, on an update, and those of before."""

import logging

import pytest
from django.core.management import call_command

from articles import publishing
from articles.models import (
    Acknowledgement,
    Act,
    Article,
    ArticleVersion,
    Fault,
    Override,
    OverrideRequest,
    VersionSource,
)
from articles.publishing import tie_clearances
from articles.publishing.live import read_live
from articles.vetting import fingerprint
from tests.articles.factories import cite, make_article, make_live_article
from tests.articles.twins import finding_of
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_post
from wires.models import Post

pytestmark = pytest.mark.django_db

WAIT = "In the roads 999 people wait [@r1]."
DIED = "In the roads 999 people died [@r1]."
SHUT = "The harbour is closed [@r1]."
IMPOSSIBLE = "On 31 June the harbour closed [@r1]."


@pytest.fixture
def publisher():
    return make_user(group="Publisher", name="petra")


def rewrite(article, **fields):
    """Store other words in the working copy, as the desk's form does."""
    Article.objects.filter(pk=article.pk).update(**fields)


def override_all(article, by, reason="They counted.", at=NOON):
    for hold in publishing.build_snapshot(article, at=at).holds:
        publishing.override(article, fingerprint=hold.fingerprint, reason=reason, by=by, at=at)


def holds_of(article, at=NOON):
    """Return the codes of the holds that nobody cleared."""
    article = Article.objects.select_related("live_version", "section", "image").get(pk=article.pk)
    cleared = publishing.clearances(article)
    holds = publishing.build_snapshot(article, at=at).holds
    return [hold.code for hold in holds if not cleared.for_hold(hold)]


# The working copy


def test_an_override_ends_when_its_sentence_says_something_else(editor, publisher):
    article = make_article(body=WAIT)
    override_all(article, publisher)

    rewrite(article, body=DIED)

    assert holds_of(article) == ["figure-not-found"]
    with pytest.raises(publishing.HeldByChecks):
        publishing.publish(article, by=editor, at=NOON)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(f"{SHUT} {WAIT} {SHUT}", id="sentences around it"),
        pytest.param(f"{SHUT}\n\n{WAIT}", id="a paragraph of its own"),
        pytest.param(WAIT.replace("people", "*people*"), id="italics"),
        pytest.param(WAIT.replace(" [@r1].", ". [@r1]"), id="its mark behind the stop"),
    ],
)
def test_an_override_survives_edits_that_leave_its_sentence(editor, publisher, body):
    article = make_article(body=WAIT)
    override_all(article, publisher)

    rewrite(article, body=body)
    version = publishing.publish(article, by=editor, at=NOON)

    assert [entry["reason"] for entry in version.overrides] == ["They counted."]


def test_an_override_of_one_sentence_leaves_another_with_the_same_fault_held(publisher):
    article = make_article(body=f"{WAIT} {DIED}")
    one, other = publishing.build_snapshot(article, at=NOON).holds

    publishing.override(article, fingerprint=one.fingerprint, reason="So.", by=publisher, at=NOON)

    assert one.evidence == other.evidence
    assert holds_of(article) == ["figure-not-found"]


def test_an_acknowledgement_ends_when_its_sentence_says_something_else(editor):
    article = make_article(body=f"{SHUT} It is **shut.")
    mark = finding_of(article, "markup-shown").fingerprint
    publishing.acknowledge(article, fingerprint=mark, note="", by=editor, at=NOON)

    rewrite(article, body=f"{SHUT} It is **open.")
    fresh = Article.objects.get(pk=article.pk)

    assert finding_of(fresh, "markup-shown").fingerprint != mark
    assert not publishing.clearances(fresh).for_finding(finding_of(fresh, "markup-shown"))


def test_an_override_above_the_text_ends_with_any_other_word_of_its_field(publisher):
    article = make_article(headline="250 ships wait")
    override_all(article, publisher)

    rewrite(article, headline="250 ships sink")

    assert holds_of(article) == ["headline-drift"]


# An update


def make_overridden_live(by, **fields):
    article = make_article(**fields)
    override_all(article, by)
    publishing.publish(article, by=None, at=NOON)
    article.refresh_from_db()
    return article


def as_published_before(article):
    """Replace the live version by the one that the code before migration 0009 would have stored.

    Its fingerprints have no sentence, and so have the clearances of the working copy.
    """
    version = article.live_version
    sources = list(version.sources.all())
    old = {each["fingerprint"]: old_print(each) for each in version.findings}
    for row in [*version.findings, *version.overrides, *version.acknowledgements]:
        row["fingerprint"] = old[row["fingerprint"]]
    version.pk, version.n = None, version.n + 1
    version.save(force_insert=True)
    for source in sources:
        source.pk, source.version = None, version
    VersionSource.objects.bulk_create(sources)
    untie(article)
    Article.objects.filter(pk=article.pk).update(live_version=version)
    return Article.objects.get(pk=article.pk)


def untie(article):
    """Make the clearances of the working copy what the code before migration 0009 stored."""
    for model in (Override, Acknowledgement):
        rows = model.objects.filter(article=article)
        for row in {row.evidence_fingerprint: row for row in rows}.values():
            rows.filter(evidence_fingerprint=row.evidence_fingerprint).exclude(pk=row.pk).delete()
            row.fingerprint, row.evidence_fingerprint = row.evidence_fingerprint, ""
            row.save()


def old_print(stored):
    return fingerprint(stored["code"], stored["evidence"])


@pytest.fixture(params=["now", "before"])
def live_of(request):
    """Return a function that makes an overridden live article, by the code of now or of before."""

    def make(by, **fields):
        article = make_overridden_live(by, **fields)
        return as_published_before(article) if request.param == "before" else article

    return make


def test_a_live_article_with_an_override_is_corrected_without_a_new_one(live_of, editor, publisher):
    article = live_of(publisher, body=f"{SHUT} {WAIT}")
    first = article.live_version
    rewrite(article, body=f"Corrected [@r1]. {SHUT} {WAIT}", headline="Calvera lets ships wait")

    # By the one who overrode: on an update it is no hold any more.
    second = publishing.update(article, by=publisher, at=later(hours=1), note="A headline.")

    (entry,) = second.overrides
    (finding,) = [each for each in second.findings if each["code"] == "figure-not-found"]
    assert (entry["reason"], entry["sentence"], entry["by"]) == ("They counted.", 3, "petra")
    assert entry["fingerprint"] == finding["fingerprint"]
    assert ArticleVersion.objects.get(pk=first.pk).overrides[0]["sentence"] == 2


def test_a_live_article_is_held_when_the_overridden_sentence_changes(live_of, editor, publisher):
    article = live_of(publisher, body=f"{SHUT} {WAIT}")
    rewrite(article, body=f"{SHUT} {DIED}")

    with pytest.raises(publishing.HeldByChecks) as held:
        publishing.update(article, by=editor, at=later(hours=1), note="A word.")

    assert [finding.code for finding in held.value.findings] == ["figure-not-found"]


def test_an_override_stays_public_through_several_updates(live_of, editor, publisher):
    article = live_of(publisher, body=IMPOSSIBLE)
    for hour, headline in enumerate(["Calvera shuts", "Calvera shut"], start=1):
        rewrite(article, headline=headline)
        publishing.update(article, by=editor, at=later(hours=hour), note="A headline.")

    version = Article.objects.get(pk=article.pk).live_version
    assert [entry["reason"] for entry in version.overrides] == ["They counted."]


def test_a_sentence_that_an_old_override_covered_twice_is_covered_twice(live_of, editor, publisher):
    article = live_of(publisher, body=f"{WAIT} {DIED}")
    rewrite(article, standfirst="A port notice bars ships.")

    version = publishing.update(article, by=editor, at=later(hours=1), note="A word.")

    assert [entry["sentence"] for entry in version.overrides] == [1, 2]


def make_unchecked_live(**fields):
    """Make a live article as published before a rule knew its faults: with no findings at all."""
    article = make_overridden_live(make_user(group="Publisher", name="paula"), **fields)
    version = article.live_version
    sources = list(version.sources.all())
    version.pk, version.n = None, version.n + 1
    version.findings, version.overrides = [], []
    version.save(force_insert=True)
    for source in sources:
        source.pk, source.version = None, version
    VersionSource.objects.bulk_create(sources)
    Override.objects.all().delete()
    Article.objects.filter(pk=article.pk).update(live_version=version)
    return Article.objects.get(pk=article.pk)


def test_what_a_rule_has_learned_since_does_not_hold_an_unchanged_sentence(editor):
    article = make_unchecked_live(body=f"{SHUT} {IMPOSSIBLE}")
    rewrite(article, headline="Calvera shuts")

    version = publishing.update(article, by=editor, at=later(hours=1), note="A headline.")

    (found,) = [each for each in version.findings if each["code"] == "impossible-date"]
    assert found["level"] == "query"
    assert version.overrides == []


def test_what_a_rule_has_learned_since_holds_a_changed_sentence(editor):
    article = make_unchecked_live(body=f"{SHUT} {IMPOSSIBLE}")
    rewrite(article, body=f"{SHUT} On 31 June the harbour opened [@r1].")

    assert holds_of(article, at=later(hours=1)) == ["impossible-date"]


def test_a_post_that_was_edited_since_still_holds_an_update():
    article = make_live_article()
    post = article.wire_sources.get().post

    add_version(post, text="The harbour is open.", at=later(hours=1))

    assert holds_of(article, at=later(hours=2)) == ["source-changed"]


def test_a_post_that_was_withdrawn_since_still_holds_an_update():
    article = make_live_article()
    post = article.wire_sources.get().post
    post.state, post.withdrawn_at = "withdrawn", later(hours=1)
    post.save()

    assert holds_of(article, at=later(hours=2)) == ["source-deleted"]


def test_a_live_article_without_holds_is_not_read_again(django_assert_max_num_queries):
    article = make_live_article()
    fresh = Article.objects.select_related("live_version", "section").get(pk=article.pk)

    with django_assert_max_num_queries(5):
        snapshot = publishing.build_snapshot(fresh, at=NOON)

    assert (snapshot.holds, snapshot.carried.fingerprints) == ((), frozenset())


def test_a_live_version_is_read_with_what_had_happened_to_its_posts_by_then():
    """An edit or a withdrawal of the very moment counts: the version was made with it."""
    seen = {}
    for name, after in {"before": -1, "then": 0, "later": 1}.items():
        post = make_post(text="Nine ships wait.", at=later(hours=-2))
        article = cite(post, body="Nine ships wait [@r1].", headline=name)
        at = later(seconds=after)
        add_version(post, text="Ten ships wait.", at=at)
        Post.objects.filter(pk=post.pk).update(state="withdrawn", withdrawn_at=at)
        article = Article.objects.select_related("live_version").get(pk=article.pk)

        (source,) = read_live(article, article.live_version).piece_as_published().sources

        texts = [version.text for version in source.versions]
        seen[name] = (texts, len(source.edits), source.deleted_at, source.text)
    text, at = "Nine ships wait.", {"before": later(seconds=-1), "then": NOON}
    assert seen == {
        "before": (["Ten ships wait."], 1, at["before"], text),
        "then": (["Ten ships wait."], 1, at["then"], text),
        "later": ([], 0, None, text),
    }


# Clearances of before


def test_an_override_of_before_holds_again_until_it_is_tied(publisher):
    article = make_article(body=WAIT)
    override_all(article, publisher)
    untie(article)

    before = holds_of(article)
    tie_clearances(at=NOON)

    assert before == ["figure-not-found"]
    assert holds_of(article) == []
    row = Override.objects.get()
    assert (row.reason, row.by, row.at) == ("They counted.", publisher, NOON)
    assert row.evidence_fingerprint not in ("", row.fingerprint)


def test_an_override_of_before_is_tied_to_each_sentence_that_it_covered(publisher):
    article = make_article(body=f"{WAIT} {DIED}")
    override_all(article, publisher)
    untie(article)
    assert Override.objects.count() == 1

    tie_clearances(at=NOON)

    assert holds_of(article) == []
    assert Override.objects.count() == 2


def test_an_override_of_before_that_covers_nothing_is_dropped_and_logged(publisher, caplog):
    article = make_article(body=WAIT)
    override_all(article, publisher)
    untie(article)
    rewrite(article, body=SHUT)

    tie_clearances(at=later(hours=1))

    assert not Override.objects.exists()
    act = Act.objects.get(verb="take_back")
    assert (act.article, act.by, act.at) == (article, None, later(hours=1))
    assert "figure-not-found overridden" in caplog.text
    rewrite(article, body=WAIT)
    assert holds_of(article) == ["figure-not-found"]


def test_an_acknowledgement_of_before_keeps_its_note_and_person(editor):
    article = make_article(body=f"{SHUT} It is **shut.")
    for code in ("markup-shown", "single-origin"):
        mark = finding_of(article, code).fingerprint
        publishing.acknowledge(article, fingerprint=mark, note="Seen.", by=editor, at=NOON)
    was = set(Acknowledgement.objects.values_list("code", "fingerprint"))
    untie(article)

    tie_clearances(at=later(hours=1))

    rows = Acknowledgement.objects.order_by("code")
    assert set(rows.values_list("code", "fingerprint")) == was
    assert {(row.note, row.by, row.at) for row in rows} == {("Seen.", editor, NOON)}


def test_a_clearance_of_a_live_sentence_that_the_working_copy_lacks_is_kept(publisher):
    article = make_overridden_live(publisher, body=f"{SHUT} {WAIT}")
    untie(article)
    rewrite(article, body=SHUT)

    tie_clearances(at=later(hours=1))
    rewrite(article, body=f"{SHUT} {WAIT} {DIED}")

    assert Override.objects.count() == 1
    assert holds_of(article) == ["figure-not-found"]


def test_every_migrate_ties_what_is_not_tied(publisher):
    article = make_article(body=WAIT)
    override_all(article, publisher)
    untie(article)

    call_command("migrate", verbosity=0)

    assert holds_of(article) == []


def test_what_was_tied_and_what_was_dropped_is_logged_for_each_article(publisher, caplog):
    kept, lost = (make_article(body=body) for body in (WAIT, f"{WAIT} {DIED}"))
    for article in (kept, lost):
        override_all(article, publisher)
        untie(article)
    rewrite(lost, body=SHUT)

    with caplog.at_level(logging.INFO, logger="articles.publishing.tying"):
        tie_clearances(at=NOON)

    said = [each.getMessage() for each in caplog.records if each.levelno == logging.INFO]
    assert said == [
        f"Article {kept.pk}: 1 clearances tied, 0 dropped",
        f"Article {lost.pk}: 0 clearances tied, 1 dropped",
    ]


def test_tying_again_changes_nothing(publisher, django_assert_num_queries):
    article = make_article(body=WAIT)
    override_all(article, publisher)
    before = list(Override.objects.values())

    with django_assert_num_queries(2):
        tie_clearances(at=later(hours=1))

    assert list(Override.objects.values()) == before


def test_an_override_given_since_stays_beside_one_of_before(publisher):
    article = make_article(body=WAIT)
    override_all(article, publisher)
    untie(article)
    override_all(article, publisher, reason="Counted again.", at=later(hours=1))

    tie_clearances(at=later(hours=2))

    assert Override.objects.get().reason == "Counted again."


def test_a_request_of_before_is_answered_by_an_override(editor, publisher):
    article = make_article(body=WAIT)
    (hold,) = publishing.build_snapshot(article, at=NOON).holds
    publishing.request_override(article, by=editor, at=NOON)
    was = {"code": hold.code, "fingerprint": hold.evidence_fingerprint, "message": hold.message}
    OverrideRequest.objects.update(holds=[was])

    override_all(article, publisher)

    assert not OverrideRequest.objects.exists()


def test_a_recorded_fault_that_was_acknowledged_before_stays_off_the_alerts(editor):
    article = make_live_article(body=f"{SHUT} It is **shut.")
    finding = finding_of(article, "markup-shown")
    Fault.objects.create(
        article=article, version=article.live_version, code=finding.code, level="query",
        fingerprint=finding.evidence_fingerprint, finding=finding.as_dict(), found_at=NOON,
    )  # fmt: skip
    publishing.acknowledge(article, fingerprint=finding.fingerprint, note="", by=editor, at=NOON)
    untie(article)

    tie_clearances(at=later(hours=1))

    assert Fault.objects.get().fingerprint == finding.fingerprint
    assert not Fault.objects.open().exists()
