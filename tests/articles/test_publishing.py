from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from articles import publishing, vetting
from articles.models import (
    Acknowledgement,
    Act,
    Article,
    ArticleVersion,
    Correction,
    Override,
    Redirect,
    VersionSource,
)
from articles.publishing import publish, submit, update, withdraw
from tests.articles.factories import (
    make_article,
    make_author,
    make_live_article,
    make_section,
    make_site_page,
    make_source,
)
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_channel, make_outlet, make_post
from wires import generations
from wires.models import Capture, Evidence, Post

pytestmark = pytest.mark.django_db


def held(excinfo):
    return {finding.code for finding in excinfo.value.findings}


def test_publishing_freezes_the_article_with_the_post_versions_it_cites(editor):
    post = make_post(text="The harbour is closed until 2 July.")
    article = make_article(sources=False)
    make_source(article, post=post)

    version = publish(article, by=editor, at=NOON)
    add_version(post, text="The harbour is open.", at=later(hours=1))

    source = VersionSource.objects.get(version=version)
    assert article.status == Article.Status.LIVE
    assert article.live_version == version
    assert article.first_published_at == NOON
    assert article.get_absolute_url() == f"/2026/06/25/{article.slug}/"
    assert source.post_version.text == "The harbour is closed until 2 July."
    assert (source.number, source.sentences) == (1, [1])
    assert source.marks == ["cite-r1-1"]
    assert 'href="#source-r1"' in version.html
    assert version.author == editor


def test_source_numbers_follow_the_marks_with_uncited_sources_last(editor):
    article = make_article(sources=False, body="One [@b]. Two [@a]. Three [@b].")
    make_source(article, key="c", role="background", position=0)
    make_source(article, key="a", position=1)
    make_source(article, key="b", position=2)

    version = publish(article, by=editor, at=NOON)

    assert list(version.sources.order_by("number").values_list("key", "sentences")) == [
        ("b", [1, 3]),
        ("a", [2]),
        ("c", []),
    ]


def test_a_held_article_is_not_published_and_nothing_is_stored(editor):
    article = make_article(sources=False, body="The harbour is closed [@r1].", framing_note="")

    with pytest.raises(publishing.HeldByChecks) as excinfo:
        publish(article, by=editor, at=NOON)

    article.refresh_from_db()
    assert held(excinfo) == {"source-missing", "citation-unknown", "framing-note-missing"}
    assert article.status == Article.Status.DRAFT
    assert not ArticleVersion.objects.exists()
    assert not Act.objects.exists()


@pytest.mark.parametrize("body", ["", "  \n", "[@r1]", "---"])
def test_an_empty_article_is_neither_published_nor_updated(editor, body):
    draft, live = make_article(body=body), make_live_article()
    Article.objects.filter(pk=live.pk).update(body=body)

    with pytest.raises(publishing.NothingToRead):
        publish(draft, by=editor, at=NOON)
    with pytest.raises(publishing.NothingToRead):
        update(live, by=editor, at=NOON, note="Emptied.")

    assert ArticleVersion.objects.count() == 1


def test_an_article_whose_headline_nobody_sees_is_not_published(editor):
    draft = make_article(headline="\u200b\u3164")

    with pytest.raises(publishing.NothingToRead, match="headline"):
        publish(draft, by=editor, at=NOON)

    assert not ArticleVersion.objects.exists()


def test_an_unarchived_source_is_a_hold(editor):
    article = make_article(sources=False)
    make_source(article, archived=False)

    with pytest.raises(publishing.HeldByChecks) as excinfo:
        publish(article, by=editor, at=NOON)

    assert held(excinfo) == {"source-unarchived"}


def test_a_link_to_a_channel_is_a_hold(editor):
    channel = make_channel(platform="telegram", account="harbourwire")
    article = make_article(sources=False)
    make_source(article, post=make_post(channel=channel, url="https://t.me/harbourwire"))

    with pytest.raises(publishing.HeldByChecks) as excinfo:
        publish(article, by=editor, at=NOON)

    assert held(excinfo) == {"source-not-a-post"}


@pytest.mark.parametrize("group", ["Wire desk", "Writer"])
def test_only_editors_publish_update_and_withdraw(group):
    person, draft, live = make_user(group=group), make_article(), make_live_article()

    with pytest.raises(publishing.NotAllowed):
        publish(draft, by=person, at=NOON)
    with pytest.raises(publishing.NotAllowed):
        update(live, by=person, at=NOON, note="Mended.")
    with pytest.raises(publishing.NotAllowed):
        withdraw(live, by=person, at=NOON, note="Wrong.")

    live.refresh_from_db()
    assert live.is_live
    assert Article.objects.live().count() == 1


def test_a_deactivated_user_cannot_publish(editor):
    editor.is_active = False
    editor.save()

    with pytest.raises(publishing.NotAllowed):
        publish(make_article(), by=editor, at=NOON)


def test_publishing_reads_the_stored_working_copy_and_not_the_instance(editor):
    article = make_article()
    article.headline = "Never saved"

    version = publish(article, by=editor, at=NOON)

    assert version.headline == "Calvera turns ships back"


def test_a_live_article_cannot_be_published_again(editor):
    live = make_live_article()

    with pytest.raises(publishing.WrongState):
        publish(live, by=editor, at=NOON)


def test_an_article_under_embargo_is_neither_published_nor_updated(editor):
    draft = make_article(embargo_until=later(hours=1))
    live = make_live_article()
    Article.objects.filter(pk=live.pk).update(embargo_until=later(hours=1))

    with pytest.raises(publishing.Embargoed):
        publish(draft, by=editor, at=NOON)
    with pytest.raises(publishing.Embargoed):
        update(live, by=editor, at=NOON, note="Mended.")
    publish(draft, by=editor, at=later(hours=1))

    assert draft.is_live


def test_an_update_freezes_a_second_version_with_a_public_note(editor):
    live = make_live_article()
    before = live.live_version
    Article.objects.filter(pk=live.pk).update(standfirst="Large vessels wait.")

    version = update(live, by=editor, at=later(hours=2), note="The size was added.")

    correction = Correction.objects.get()
    assert (before.n, version.n) == (1, 2)
    assert live.live_version.standfirst == "Large vessels wait."
    assert live.first_published_at == NOON
    assert (correction.kind, correction.note) == ("update", "The size was added.")
    assert (correction.version_before, correction.version_after) == (before, version)
    assert list(Act.objects.order_by("pk").values_list("verb", flat=True)) == ["publish", "update"]


@pytest.mark.parametrize("note", ["", "   \n"])
def test_update_and_withdraw_need_a_public_note(editor, note):
    live = make_live_article()

    with pytest.raises(publishing.NoteMissing):
        update(live, by=editor, at=NOON, note=note)
    with pytest.raises(publishing.NoteMissing):
        withdraw(live, by=editor, at=NOON, note=note)


def test_an_update_with_a_new_slug_leaves_a_redirect(editor):
    live = make_live_article(slug="old-name")
    Article.objects.filter(pk=live.pk).update(slug="new-name")

    update(live, by=editor, at=later(days=3), note="A better address.")

    redirect = Redirect.objects.get()
    assert live.get_absolute_url() == "/2026/06/25/new-name/"
    assert (redirect.path, redirect.article) == ("/2026/06/25/old-name/", live)


def test_an_article_can_go_back_to_its_old_slug(editor):
    live = make_live_article(slug="old-name")
    for slug in ("new-name", "old-name"):
        Article.objects.filter(pk=live.pk).update(slug=slug)
        update(live, by=editor, at=later(days=1), note="The address again.")

    assert list(Redirect.objects.values_list("path", flat=True)) == ["/2026/06/25/new-name/"]


def test_a_slug_used_now_or_before_by_another_public_article_is_refused(editor):
    first = make_live_article(slug="the-strait")
    Article.objects.filter(pk=first.pk).update(slug="the-strait-again")
    update(first, by=editor, at=NOON, note="A better address.")

    for slug in ("the-strait", "the-strait-again"):
        with pytest.raises(publishing.SlugTaken):
            publish(make_article(slug=slug), by=editor, at=later(hours=1))

    assert Article.objects.live().count() == 1


def test_a_withdrawn_article_keeps_its_address_and_says_why(editor):
    live = make_live_article()
    path, version = live.get_absolute_url(), live.live_version

    withdraw(live, by=editor, at=later(hours=1), note="The notice was forged.")

    correction = Correction.objects.get()
    assert live.status == Article.Status.WITHDRAWN
    assert live.get_absolute_url() == path
    assert (correction.kind, correction.version_before) == ("withdraw", version)
    with pytest.raises(publishing.WrongState):
        withdraw(live, by=editor, at=later(hours=2), note="Again.")
    with pytest.raises(publishing.WrongState):
        publish(live, by=editor, at=later(hours=2))


def test_an_update_is_stopped_only_by_new_holds(editor, settings):
    settings.DESK_SECOND_PERSON = False
    article = make_article(framing_note="")
    finding = publishing.build_snapshot(article, at=NOON).holds[0]
    Override.objects.create(
        article=article,
        code=finding.code,
        fingerprint=finding.fingerprint,
        reason="A brief; nothing was framed.",
        by=editor,
        at=NOON,
    )
    version = publish(article, by=editor, at=NOON)

    updated = update(article, by=editor, at=later(hours=1), note="A comma.")
    Article.objects.filter(pk=article.pk).update(body="On 31 June the harbour closed [@r1].")
    with pytest.raises(publishing.HeldByChecks) as excinfo:
        update(article, by=editor, at=later(hours=2), note="A date.")

    assert [override["reason"] for override in version.overrides] == [
        "A brief; nothing was framed."
    ]
    assert ("framing-note-missing", "query") in {
        (finding["code"], finding["level"]) for finding in updated.findings
    }
    assert held(excinfo) == {"impossible-date"}


def test_overriding_a_hold_needs_a_second_person_when_there_is_one(editor):
    article, second = make_article(framing_note=""), make_user(group="Publisher")
    finding = publishing.build_snapshot(article, at=NOON).holds[0]
    fields = {"article": article, "code": finding.code, "fingerprint": finding.fingerprint}
    own = Override.objects.create(**fields, reason="I say so.", by=editor, at=NOON)

    with pytest.raises(publishing.HeldByChecks):
        publish(article, by=editor, at=NOON)
    own.delete()
    Override.objects.create(**fields, reason="A brief.", by=second, at=NOON)
    publish(article, by=editor, at=NOON)

    assert article.is_live


def test_publishing_starts_again_after_a_change_between_vetting_and_writing(editor, monkeypatch):
    post = make_post(text="The harbour is closed.")
    article = make_article(sources=False)
    make_source(article, post=post)
    findings, changes = vetting.findings, iter([1])

    def while_another_editor_saves(*args, **kwargs):
        for _ in changes:
            Article.objects.filter(pk=article.pk).update(framing_note="Framed again.")
        return findings(*args, **kwargs)

    monkeypatch.setattr(vetting, "findings", while_another_editor_saves)
    version = publish(article, by=editor, at=NOON)

    assert version.framing_note == "Framed again."
    assert ArticleVersion.objects.count() == 1


def test_publishing_gives_up_with_a_clear_error_if_the_article_keeps_changing(editor, monkeypatch):
    article = make_article()
    findings, n = vetting.findings, iter(range(100))

    def while_a_bot_edits(*args, **kwargs):
        Article.objects.filter(pk=article.pk).update(framing_note=f"Note {next(n)}")
        return findings(*args, **kwargs)

    monkeypatch.setattr(vetting, "findings", while_a_bot_edits)
    with pytest.raises(publishing.ChangedMeanwhile):
        publish(article, by=editor, at=NOON)

    assert not ArticleVersion.objects.exists()


def test_publishing_keeps_the_captured_bytes_of_cited_posts(editor):
    channel = make_channel()
    capture = Capture.objects.create(
        channel=channel, sha256="a" * 64, fetched_at=NOON, size=3, body=b"abc"
    )
    post = make_post(channel=channel)
    add_version(post, text="The harbour is shut.", capture=capture)
    article = make_article(sources=False)
    make_source(article, post=post)

    publish(article, by=editor, at=NOON)

    assert Evidence.objects.get().post_version == post.latest_version


def test_every_act_bumps_the_page_generation_on_commit(editor, django_capture_on_commit_callbacks):
    article = make_article()
    seen = [generations.current("pages")]

    for act in (
        lambda: publish(article, by=editor, at=NOON),
        lambda: update(article, by=editor, at=NOON, note="A comma."),
        lambda: withdraw(article, by=editor, at=NOON, note="Wrong."),
    ):
        with django_capture_on_commit_callbacks(execute=True):
            act()
        seen.append(generations.current("pages"))

    assert seen == sorted(set(seen))


def test_a_failure_after_the_commit_does_not_make_an_act_look_undone(editor):
    page = make_site_page()
    article = make_live_article()
    publishing.update(article, by=editor, at=later(hours=1), note="Clearer.")
    publishing.arrange_front(publishing.Arrangement(pins=(article.pk,)), seen=0, by=editor, at=NOON)
    publishing.withdraw(article, by=editor, at=later(hours=2), note="Wrong.")
    publishing.take_down_page(page, by=None, at=NOON, note="Old.")

    after = [(act.__name__, is_robust) for _, act, is_robust in connection.run_on_commit]

    # Each tells the kept pages; the withdrawal twice, because it arranges the front page too.
    assert after.count(("pages_changed", True)) == 7
    assert ("pages_changed", False) not in after


def test_submitting_hands_a_draft_to_the_editors():
    writer, article = make_user(group="Writer"), make_article()

    submit(article, by=writer, at=NOON)

    assert article.status == Article.Status.REVIEW
    with pytest.raises(publishing.WrongState):
        submit(article, by=writer, at=NOON)


def test_the_section_readers_see_changes_only_with_an_update(editor):
    live = make_live_article()
    live.section = make_section("Business")
    live.save()

    assert Article.objects.in_section(make_section("World")).live().count() == 1
    update(live, by=editor, at=NOON, note="It belongs to Business.")
    assert Article.objects.in_section(make_section("Business")).live().count() == 1


def test_bylines_are_frozen_and_default_to_the_site_name(editor):
    signed, unsigned = make_article(), make_article()
    signed.authors.add(make_author("Ada Byron"), make_author("Ines Okonjo-Hale"))

    one = publish(signed, by=editor, at=NOON)
    other = publish(unsigned, by=editor, at=NOON)

    assert [byline["name"] for byline in one.bylines] == ["Ada Byron", "Ines Okonjo-Hale"]
    assert [byline["name"] for byline in other.bylines] == ["Monexus News"]


@pytest.mark.parametrize("sources", [1, 40])
def test_publishing_takes_at_most_thirteen_queries_besides_vetting(editor, sources):
    article = make_article(sources=False, body=" ".join(f"Yes [@k{n}]." for n in range(sources)))
    channel = make_channel(outlet=make_outlet("Meridian Press"))
    for n in range(sources):
        make_source(article, key=f"k{n}", post=make_post(channel=channel))
    editor.get_all_permissions()
    with CaptureQueriesContext(connection) as building:
        publishing.build_snapshot(Article.objects.get(pk=article.pk), at=NOON)

    with CaptureQueriesContext(connection) as whole:
        version = publish(article, by=editor, at=NOON + timedelta(minutes=1))

    assert version.sources.count() == sources
    spoken = [q for q in whole.captured_queries if "SAVEPOINT" not in q["sql"]]
    assert len(spoken) - len(building) <= 13


def withdrawn_source(article):
    source = article.wire_sources.get()
    source.post.state, source.post.withdrawn_at = Post.State.WITHDRAWN, NOON
    source.post.save(update_fields=["state", "withdrawn_at"])
    return source


def acknowledge(article, code, *, by, note=""):
    finding = next(each for each in publishing.vet(article, at=NOON) if each.code == code)
    return Acknowledgement.objects.create(
        article=article, code=code, fingerprint=finding.fingerprint, by=by, at=NOON, note=note
    )


def test_a_withdrawn_post_is_a_hold_until_acknowledged_and_readers_are_told(editor):
    article = make_article()
    withdrawn_source(article)
    with pytest.raises(publishing.HeldByChecks) as excinfo:
        publish(article, by=editor, at=NOON)

    acknowledge(article, "source-deleted", by=editor, note="Archived before it went.")
    version = publish(article, by=editor, at=NOON)

    assert held(excinfo) == {"source-deleted"}
    (lifted,) = version.overrides
    assert (lifted["code"], lifted["reason"]) == ("source-deleted", "Archived before it went.")
    assert lifted["by"] == editor.username


def test_an_acknowledgement_clears_no_other_hold(editor):
    article = make_article(framing_note="")
    acknowledge(article, "framing-note-missing", by=editor)

    with pytest.raises(publishing.HeldByChecks) as excinfo:
        publish(article, by=editor, at=NOON)

    assert held(excinfo) == {"framing-note-missing"}


def test_a_post_edited_since_it_was_cited_is_a_hold(editor):
    article = make_article()
    source = article.wire_sources.get()
    add_version(source.post, text="The harbour is open.", at=later(hours=1))

    with pytest.raises(publishing.HeldByChecks) as excinfo:
        publish(article, by=editor, at=later(hours=2))

    assert held(excinfo) == {"source-changed"}


def test_citing_the_new_version_of_a_post_removes_the_hold(editor):
    article = make_article()
    source = article.wire_sources.get()
    source.version = add_version(source.post, text="The harbour is open.", at=later(hours=1))
    source.save(update_fields=["version"])

    assert publish(article, by=editor, at=later(hours=2)).n == 1
