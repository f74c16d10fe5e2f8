"""Articles and updates that go out at a set time."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import OperationalError

from articles import publishing, vetting
from articles.erasure import erase_post
from articles.models import (
    Act,
    Article,
    ArticleVersion,
    Correction,
    OverwrittenDraft,
    Schedule,
    Section,
)
from articles.models.frozen import WORKING_COPY
from articles.publishing import (
    cancel,
    publish,
    publish_due,
    schedule,
    set_embargo,
    update,
    withdraw,
)
from articles.publishing.freezing import thaw
from articles.publishing.releasing import Release, release, require_open
from articles.publishing.scheduling import Done, _problem, check_time, stop
from mail.models import Email
from tests.articles.factories import (
    make_article,
    make_author,
    make_live_article,
    make_source,
    post_of,
)
from tests.articles.test_frozen import make_image
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_post
from wires import generations

pytestmark = pytest.mark.django_db

EIGHT = later(hours=8)
AFTER = later(hours=8, seconds=4)


def run(at=AFTER):
    return list(publish_due(now=lambda: at))


def change(article, **fields):
    Article.objects.filter(pk=article.pk).update(**fields)


def state(article):
    return Article.objects.values_list("status", flat=True).get(pk=article.pk)


# What goes out


def test_a_scheduled_article_goes_out_at_its_time_and_not_before(editor):
    article = make_article()

    schedule(article, due_at=EIGHT, by=editor, at=NOON)
    early = run(EIGHT - timedelta(seconds=1))
    was = state(article)
    done = run()

    article.refresh_from_db()
    assert (early, was) == ([], "scheduled")
    assert [str(one) for one in done] == ["“Calvera turns ships back” is public"]
    assert (article.status, article.first_published_at) == ("live", AFTER)
    assert article.live_version.author == editor
    assert run() == []


def test_later_edits_do_not_go_out_and_stay_in_the_draft(editor):
    author = make_author()
    article = make_article(standfirst="As scheduled.")
    article.authors.add(author)
    schedule(article, due_at=EIGHT, by=editor, at=NOON)
    change(article, standfirst="Edited later.", body="Nothing is cited.", slug="another")
    article.authors.clear()
    article.wire_sources.all().delete()

    run()

    article.refresh_from_db()
    version = article.live_version
    assert (version.standfirst, version.body) == ("As scheduled.", "The harbour is closed [@r1].")
    assert [line["name"] for line in version.bylines] == [author.name]
    assert version.sources.get().key == "r1"
    assert article.standfirst == "Edited later."
    assert not article.wire_sources.exists()


def test_what_goes_out_is_what_publishing_at_once_would_have_frozen(editor):
    post = make_post(text="The harbour is closed until 2 July.", language="es")
    article = make_article(sources=False, framing_note="We *lead* with it.", social_text="Closed.")
    make_source(article, post=post, note="By phone.", translation="Closed.", translated_by=editor)
    then = publishing.build_snapshot(article, at=NOON)

    schedule(article, due_at=EIGHT, by=editor, at=NOON)
    run()

    article.refresh_from_db()
    version, source = article.live_version, article.live_version.sources.get()
    assert version.html == then.version.html
    assert version.framing_html == then.version.framing_html
    assert version.claims == then.version.claims
    assert (source.note, source.translation, source.translated_by) == (
        "By phone.",
        "Closed.",
        editor,
    )
    assert source.spans == then.sources[0].spans
    assert source.post_version == post.latest_version


def test_every_field_of_the_working_copy_is_kept_and_put_together_again():
    article = make_article(
        image=make_image("a" * 64),
        image_caption="A caption.",
        social_text="Closed.",
        framing_note="We lead with it.",
        language="fr",
    )
    row = schedule(article, due_at=EIGHT, by=None, at=NOON)
    bare = Article(pk=article.pk)

    inputs = thaw(row, bare)

    assert set(row.draft["fields"]) == {*WORKING_COPY, "public_note"}
    for name in set(WORKING_COPY) - {"authors"}:
        assert getattr(bare, name) == getattr(article, name), name
    assert [source.key for source in inputs.sources] == ["r1"]


def test_an_article_is_scheduled_again_with_its_later_text(editor):
    article = make_article(standfirst="First.")
    schedule(article, due_at=EIGHT, by=editor, at=NOON)
    change(article, standfirst="Second.")

    schedule(article, due_at=later(hours=9), by=editor, at=later(hours=1))
    early, done = run(), run(later(hours=9))

    article.refresh_from_db()
    assert (early, len(done)) == ([], 1)
    assert article.live_version.standfirst == "Second."
    assert OverwrittenDraft.objects.get().draft["fields"]["standfirst"] == "First."


def test_the_log_says_for_when_an_article_was_scheduled_and_by_whom(editor):
    schedule(make_article(), due_at=EIGHT, by=editor, at=NOON)

    act = Act.objects.get(verb="schedule")
    assert (act.by, act.at, act.detail) == (editor, NOON, {"for": EIGHT.isoformat()})


def test_an_update_is_scheduled_with_its_note(editor):
    live = make_live_article()
    change(live, standfirst="The bar is lifted.")

    schedule(live, due_at=EIGHT, by=editor, at=NOON, kind="update", note="The port reopened.")
    was = state(live)
    run()

    live.refresh_from_db()
    note = Correction.objects.get()
    assert was == "live"
    assert (live.live_version.n, live.live_version.standfirst) == (2, "The bar is lifted.")
    assert (note.kind, note.note, note.version_after) == (
        "update", "The port reopened.", live.live_version,
    )  # fmt: skip


def test_a_correction_is_scheduled_as_one(editor):
    live = make_live_article()
    change(live, standfirst="Not the bar.")

    schedule(live, due_at=EIGHT, by=editor, at=NOON, kind="correct", note="It said bar.")
    run()

    assert Correction.objects.get().kind == "correct"
    assert Act.objects.filter(verb="correct").exists()


def test_a_publication_moves_the_pages(editor, django_capture_on_commit_callbacks):
    schedule(make_article(), due_at=EIGHT, by=editor, at=NOON)
    before = generations.current("pages")

    with django_capture_on_commit_callbacks(execute=True):
        run()

    assert generations.current("pages") != before


def test_a_late_one_goes_out_and_the_log_says_how_late(editor):
    schedule(make_article(), due_at=EIGHT, by=editor, at=NOON)

    done = run(later(hours=8, minutes=12))

    act = Act.objects.get(verb="publish")
    assert str(done[0]) == "“Calvera turns ships back” is public, 12 minutes late"
    assert act.detail == {"scheduled_for": EIGHT.isoformat(), "seconds_late": 720}


@pytest.mark.parametrize(
    ("seconds", "said", "more"),
    [
        (59, "", {}),
        (60, ", 1 minute late", {"seconds_late": 60}),
        (119, ", 1 minute late", {"seconds_late": 119}),
        (120, ", 2 minutes late", {"seconds_late": 120}),
    ],
)
def test_what_is_late_by_a_minute_is_said_in_whole_minutes(seconds, said, more):
    row = Schedule(due_at=NOON)
    who = {"by": None, "reason": "", "note": "", "kind": ""}

    done = Done(schedule=row, headline="Ships wait", late=timedelta(seconds=seconds))
    detail = Release(at=later(seconds=seconds), schedule=row, **who).detail

    assert str(done) == f"“Ships wait” is public{said}"
    assert detail == {"scheduled_for": NOON.isoformat()} | more
    assert Release(at=NOON, schedule=None, **who).detail == {}


def test_what_did_not_go_out_says_why_however_late_it_is():
    late = timedelta(minutes=5)

    done = Done(schedule=Schedule(), headline="Ships wait", late=late, problem="It is held.")

    assert str(done) == "“Ships wait” is not public: It is held."


def test_a_scheduled_text_whose_words_are_erased_while_it_is_vetted_does_not_go_out(
    scheduled, monkeypatch
):
    findings = vetting.findings

    def erase_and_find(piece, context):
        # The very moment between reading the kept text and locking the article.
        monkeypatch.setattr(vetting, "findings", findings)
        row = Schedule.objects.get()
        Schedule.objects.update(
            draft=row.draft | {"fields": row.draft["fields"] | {"standfirst": ""}}
        )
        return findings(piece, context)

    monkeypatch.setattr(vetting, "findings", erase_and_find)

    assert [str(one) for one in run()] == [
        "“Calvera turns ships back” is not public: Words in it were erased on legal request after"
        " it was scheduled."
    ]
    assert state(scheduled) == "draft"


# What is refused


@pytest.mark.parametrize(
    ("due_at", "said"),
    [
        (later(hours=-1), "25 June 2026 11:00 UTC is over"),
        (NOON, "25 June 2026 12:00 UTC is over"),
        (later(days=366, seconds=1), "more than a year off"),
        (later(days=400), "more than a year off"),
    ],
)
def test_a_time_that_is_over_or_far_off_is_refused(editor, due_at, said):
    article = make_article()

    with pytest.raises(publishing.BadTime, match=said):
        schedule(article, due_at=due_at, by=editor, at=NOON)

    assert state(article) == "draft"


@pytest.mark.parametrize("group", ["Wire desk", "Writer"])
def test_only_editors_schedule_cancel_and_set_embargoes(group, editor):
    person, article, live = make_user(group=group), make_article(), make_live_article()

    with pytest.raises(publishing.NotAllowed):
        schedule(article, due_at=EIGHT, by=person, at=NOON)
    with pytest.raises(publishing.NotAllowed):
        schedule(live, due_at=EIGHT, by=person, at=NOON, kind="update", note="So.")
    with pytest.raises(publishing.NotAllowed):
        set_embargo(article, until=EIGHT, by=person, at=NOON)
    schedule(article, due_at=EIGHT, by=editor, at=NOON)
    with pytest.raises(publishing.NotAllowed):
        cancel(article, by=person, at=NOON)

    assert Schedule.objects.open().count() == 1


def test_a_held_an_empty_and_a_withdrawn_article_are_not_scheduled(editor):
    held = make_article(framing_note="")
    empty, gone = make_article(body=""), make_live_article()
    withdraw(gone, by=editor, at=NOON, note="Wrong.")

    with pytest.raises(publishing.HeldByChecks):
        schedule(held, due_at=EIGHT, by=editor, at=NOON)
    with pytest.raises(publishing.NothingToRead):
        schedule(empty, due_at=EIGHT, by=editor, at=NOON)
    for kind in ("", "update"):
        with pytest.raises(publishing.WrongState):
            schedule(gone, due_at=EIGHT, by=editor, at=NOON, kind=kind, note="So.")

    assert not Schedule.objects.exists()


def test_an_update_without_a_note_is_not_scheduled(editor):
    live = make_live_article()

    with pytest.raises(publishing.NoteMissing):
        schedule(live, due_at=EIGHT, by=editor, at=NOON, kind="update", note=" ")


def test_a_draft_that_somebody_saved_meanwhile_is_not_scheduled_unread(editor):
    article = make_article()
    seen_at = article.updated_at
    article.save()

    with pytest.raises(publishing.ChangedMeanwhile) as refused:
        schedule(article, due_at=EIGHT, by=editor, at=NOON, seen_at=seen_at)

    assert str(refused.value) == (
        "Somebody saved this article after you opened it. Read it, then schedule it."
    )


def test_a_scheduled_article_is_not_published_or_updated_beside_its_schedule(editor):
    article, live = make_article(), make_live_article()
    schedule(article, due_at=EIGHT, by=editor, at=NOON)
    schedule(live, due_at=EIGHT, by=editor, at=NOON, kind="update", note="So.")

    with pytest.raises(publishing.Scheduled, match="scheduled for 25 June 2026 20:00 UTC"):
        publish(article, by=editor, at=NOON)
    with pytest.raises(publishing.Scheduled):
        update(live, by=editor, at=NOON, note="Now.")

    assert ArticleVersion.objects.count() == 1


@pytest.mark.parametrize(
    ("due_at", "said"),
    [
        (NOON, "25 June 2026 12:00 UTC is over. Choose a later time, or publish now."),
        (
            later(days=366, seconds=1),
            "26 June 2027 12:00 UTC is more than a year off. Choose an earlier time.",
        ),
    ],
)
def test_a_time_that_is_refused_is_told_with_what_to_do(due_at, said):
    with pytest.raises(publishing.BadTime) as refused:
        check_time(due_at, at=NOON)

    assert str(refused.value) == said


def test_the_first_and_the_last_moment_that_can_be_scheduled_are_taken():
    assert check_time(later(microseconds=1), at=NOON) is None
    assert check_time(later(days=366), at=NOON) is None


def test_an_embargo_that_is_over_is_refused():
    said = r"^25 June 2026 12:00 UTC is over\. Choose a later time, or no embargo\.$"

    with pytest.raises(publishing.BadTime, match=said):
        set_embargo(make_article(sources=False), until=NOON, by=None, at=NOON)


def test_a_problem_names_each_kind_of_hold_once_and_ends_after_500_characters():
    held = [
        vetting.Finding(code=code, level=vetting.Level.HOLD, field="body", message="", evidence={})
        for code in ("framing-note-missing", "source-missing", "framing-note-missing")
    ]
    titles = [vetting.title_of(each.code) for each in held[:2]]

    assert _problem(publishing.HeldByChecks(held)) == (
        f"3 holds must be fixed or overridden first. {'; '.join(titles)}."
    )
    assert _problem(publishing.WrongState("x" * 501)) == "x" * 500


# Cancelled


def test_a_cancelled_schedule_publishes_nothing_and_keeps_its_text(editor):
    article = make_article(standfirst="As scheduled.")
    schedule(article, due_at=EIGHT, by=editor, at=NOON)
    change(article, standfirst="Edited later.")

    cancel(article, by=editor, at=later(hours=1))

    assert (run(), state(article)) == ([], "draft")
    assert OverwrittenDraft.objects.get().draft["fields"]["standfirst"] == "As scheduled."
    with pytest.raises(publishing.ScheduleOver, match="There is nothing to cancel: it is public"):
        cancel(article, by=editor, at=later(hours=2))


def test_what_was_in_review_goes_back_into_review(editor):
    article = make_article(status="review")
    schedule(article, due_at=EIGHT, by=editor, at=NOON)
    schedule(article, due_at=later(hours=9), by=editor, at=NOON)

    cancel(article, by=editor, at=later(hours=1))

    assert state(article) == "review"


def test_a_withdrawal_cancels_a_scheduled_update(editor):
    live = make_live_article()
    schedule(live, due_at=EIGHT, by=editor, at=NOON, kind="update", note="So.")

    withdraw(live, by=editor, at=NOON, note="All wrong.")

    assert (run(), state(live)) == ([], "withdrawn")
    assert Schedule.objects.get().outcome == "cancelled"


# Stopped at its time


@pytest.fixture
def scheduled(editor, settings):
    """Return an article that somebody with an address wrote and another scheduled."""
    settings.MAIL_IS_SET_UP = True
    editor.email = "editor@paper.example"
    editor.save()
    writer = make_user(group="Writer", email="writer@paper.example")
    article = make_article(created_by=writer)
    schedule(article, due_at=EIGHT, by=editor, at=NOON)
    return article


def stopped():
    return Schedule.objects.stopped().get().problem


def test_a_new_hold_stops_it_and_tells_author_and_editor(scheduled):
    post = post_of(scheduled)
    post.withdrawn_at, post.state = later(hours=1), "withdrawn"
    post.save()

    done = run()

    assert state(scheduled) == "draft"
    assert not ArticleVersion.objects.exists()
    assert "1 hold must be fixed or overridden first." in done[0].problem
    assert stopped() == done[0].problem
    assert {email.to for email in Email.objects.all()} == {
        "editor@paper.example", "writer@paper.example",
    }  # fmt: skip
    text = Email.objects.first().text
    assert done[0].problem in text
    assert f"/desk/articles/article/{scheduled.pk}/change/" in text
    assert Act.objects.get(verb="stop").detail["problem"] == done[0].problem
    assert run() == []


def test_without_a_mail_server_the_desk_is_told_alone(scheduled, settings):
    settings.MAIL_IS_SET_UP = False
    User.objects.update(is_active=False)

    run()

    assert stopped().endswith("who scheduled it, is deactivated.")
    assert (Email.objects.count(), mail.outbox) == (0, [])


def test_an_editor_who_lost_the_right_publishes_nothing(scheduled, editor):
    editor.groups.clear()

    run()

    assert stopped() == f"{editor.username}, who scheduled it, may not publish any more."
    assert state(scheduled) == "draft"


def test_a_slug_that_another_article_took_meanwhile_stops_it(scheduled, editor):
    make_live_article(slug=scheduled.slug)

    run()

    assert "belongs to another article" in stopped()


def test_an_erasure_of_words_that_are_scheduled_stops_it(scheduled, settings):
    settings.DESK_SECOND_PERSON = False
    post = make_post(text="Calvera turned back nineteen ships of the line on Tuesday morning.")
    change(
        scheduled, body="Calvera turned back nineteen ships of the line on Tuesday morning [@r2]."
    )
    scheduled.wire_sources.all().delete()
    make_source(scheduled, key="r2", post=post)
    row = schedule(scheduled, due_at=EIGHT, by=None, at=NOON)

    erase_post(post, reason="A court order.", by=None, at=later(hours=1))
    kept = str(Schedule.objects.get(pk=row.pk).draft)
    run()

    assert "nineteen" not in kept
    assert stopped() == "Words in it were erased on legal request after it was scheduled."


def test_a_section_that_is_gone_stops_it(scheduled):
    other = Section.objects.create(name="Other", slug="other")
    gone = scheduled.section
    change(scheduled, section=other)
    gone.delete()

    run()

    assert stopped() == "The section of the scheduled text was deleted."


def test_an_edit_of_a_cited_post_stops_it(scheduled):
    add_version(post_of(scheduled), text="The harbour is open.", at=later(hours=1))

    run()

    assert vetting.title_of("source-changed") in stopped()
    assert state(scheduled) == "draft"


def test_one_that_crashes_a_check_does_not_keep_back_the_others(scheduled, monkeypatch, editor):
    other = make_article(headline="A second piece")
    schedule(other, due_at=later(hours=8, seconds=1), by=editor, at=NOON)
    build = publishing.releasing.build_snapshot

    def crash(article, **options):
        if article.pk == scheduled.pk:
            raise ValueError(article.body)
        return build(article, **options)

    monkeypatch.setattr(publishing.releasing, "build_snapshot", crash)
    run()

    assert "ValueError" in stopped()
    assert (state(scheduled), state(other)) == ("draft", "live")


def test_a_database_that_goes_away_leaves_it_scheduled(scheduled, monkeypatch):
    def fail(*args, **options):
        raise OperationalError

    with monkeypatch.context() as broken:
        broken.setattr(publishing.releasing, "build_snapshot", fail)
        with pytest.raises(OperationalError):
            run()
    beside = run(later(hours=8, seconds=6))
    done = run(later(hours=8, seconds=20))

    assert beside == []
    assert [one.problem for one in done] == [""]


# Embargo


def test_nothing_is_scheduled_before_its_embargo_ends(editor):
    article = make_article()
    set_embargo(article, until=EIGHT, by=editor, at=NOON)

    with pytest.raises(publishing.Embargoed, match="20:00 UTC"):
        schedule(article, due_at=EIGHT - timedelta(seconds=1), by=editor, at=NOON)
    schedule(article, due_at=EIGHT, by=editor, at=NOON)
    run()

    assert state(article) == "live"


def test_an_embargo_that_moves_past_the_schedule_cancels_it(editor):
    article = make_article()
    schedule(article, due_at=EIGHT, by=editor, at=NOON)

    cancelled = set_embargo(article, until=later(hours=9), by=editor, at=NOON)

    assert cancelled.due_at == EIGHT
    assert (run(), state(article)) == ([], "draft")


def test_an_embargo_before_the_schedule_leaves_it(editor):
    article = make_article()
    schedule(article, due_at=EIGHT, by=editor, at=NOON)

    cancelled = set_embargo(article, until=later(hours=7), by=editor, at=NOON)
    lifted = set_embargo(article, until=None, by=editor, at=later(hours=1))

    assert (cancelled, lifted, len(run())) == (None, None, 1)
    assert [act.detail["after"] for act in Act.objects.filter(verb="embargo").order_by("pk")] == [
        later(hours=7).isoformat(), None,
    ]  # fmt: skip


# Workers


def test_a_due_schedule_costs_an_idle_worker_one_query(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert run() == []


def test_a_leased_schedule_is_left_to_its_worker_until_the_lease_is_over(editor):
    row = schedule(make_article(), due_at=EIGHT, by=editor, at=NOON)
    Schedule.objects.filter(pk=row.pk).update(lease_until=later(hours=8, seconds=10))

    beside, done = run(later(hours=8, seconds=9)), run(later(hours=8, seconds=10))

    assert (beside, len(done)) == ([], 1)


def test_a_worker_whose_lease_ran_out_publishes_nothing_a_second_time(editor):
    schedule(make_article(), due_at=EIGHT, by=editor, at=NOON)
    late = Schedule.objects.get()

    run()

    with pytest.raises(publishing.Refused):
        release(Article.objects.get(), by=editor, at=AFTER, schedule=late)
    with pytest.raises(publishing.ScheduleOver, match="was cancelled, or its text is public"):
        stop(late, problem="It is held.", at=AFTER)
    with pytest.raises(publishing.ScheduleOver, match="was cancelled or changed, or its text is"):
        require_open(late)
    assert ArticleVersion.objects.count() == 1
    assert Article.objects.get().is_live
