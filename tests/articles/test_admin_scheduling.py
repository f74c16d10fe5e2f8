"""The desk's pages on the way of an article to readers: schedule, embargo, review."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import publishing, vetting
from articles.models import Article, Correction, Review, Schedule
from tests.articles.factories import make_article, make_live_article, make_source
from tests.articles.form_fields import fields_of
from tests.clock import NOON
from tests.newsroom.factories import make_user
from tests.wires.factories import make_post

pytestmark = pytest.mark.django_db

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture(autouse=True)
def in_berlin(settings):
    settings.NEWSROOM_TIME_ZONE = BERLIN


def page_of(article, name="schedule"):
    return reverse(f"admin:articles_article_{name}", args=[article.pk])


def change(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def post(client, address, **data):
    return client.post(address, data, follow=True).content.decode()


def schedule_by_page(client, article, when, **data):
    """Choose a time, then press the button that names it; return both pages."""
    first = post(client, page_of(article), when=when, **data)
    _, _, rest = first.partition('name="confirmed" value="')
    confirmed = rest.partition('"')[0]
    seen_at = Article.objects.get(pk=article.pk).updated_at.isoformat()
    return first, post(
        client, page_of(article), when=when, confirmed=confirmed, seen_at=seen_at, **data
    )


def test_the_button_names_the_act_and_its_time_on_both_clocks(log_in, at_noon):
    editor, article = log_in("Editor"), make_article()

    first, second = schedule_by_page(editor, article, "2026-06-26T10:30")

    row = Schedule.objects.get()
    assert "It is Thu 25 Jun 14:00 CEST (12:00 UTC) now." in first
    assert "Publish Fri 26 Jun 10:30 CEST (08:30 UTC)</button>" in first
    assert "It goes out Fri 26 Jun 10:30 CEST (08:30 UTC), as it is saved now." in second
    assert row.due_at == datetime(2026, 6, 26, 8, 30, tzinfo=UTC)
    assert row.by.groups.get().name == "Editor"


def test_a_button_that_named_another_time_schedules_nothing(log_in, at_noon):
    editor, article = log_in("Editor"), make_article()

    page = post(
        editor, page_of(article), when="2026-06-26T10:31", confirmed="2026-06-26T08:30:00+00:00"
    )

    assert "Publish Fri 26 Jun 10:31 CEST (08:31 UTC)</button>" in page
    assert not Schedule.objects.exists()


@pytest.mark.parametrize(
    ("when", "said"),
    [
        ("2026-06-25T13:59", "25 June 2026 11:59 UTC is over."),
        ("2026-06-25T14:00", "25 June 2026 12:00 UTC is over."),
        ("2027-03-28T02:30", "put forward on 28 March 2027, and never show 02:30"),
        ("2026-10-25T02:30", "put back on 25 October 2026, and show 02:30 twice"),
        ("2029-06-25T10:30", "more than a year off"),
        ("tomorrow", "Enter a day and a time, such as 2026-06-25 08:30."),
        ("", "This field is required."),
    ],
)
def test_a_time_at_which_nothing_can_go_out_is_refused_with_the_way_out(
    log_in, at_noon, when, said
):
    editor, article = log_in("Editor"), make_article()

    first, _ = schedule_by_page(editor, article, when)

    assert said in first
    assert "Choose this time</button>" in first
    assert not Schedule.objects.exists()


@pytest.mark.parametrize("utc", ["2026-10-25T00:30:00+00:00", "2026-10-25T01:30:00+00:00"])
def test_of_an_hour_that_comes_twice_the_editor_chooses_one(log_in, at_noon, utc):
    editor, article = log_in("Editor"), make_article()

    schedule_by_page(editor, article, "2026-10-25T02:30", which=utc)

    assert Schedule.objects.get().due_at == datetime.fromisoformat(utc)


def test_an_update_is_scheduled_with_its_kind_and_its_note(log_in, at_noon):
    editor, live = log_in("Editor"), make_live_article()

    first, _ = schedule_by_page(
        editor, live, "2026-06-26T10:30", kind="correct", note="It said bar."
    )

    assert "Publish the correction Fri 26 Jun 10:30 CEST (08:30 UTC)</button>" in first
    assert Schedule.objects.get().note == "It said bar."
    assert "This field is required." in post(editor, page_of(live), when="2026-06-26T10:30")


def test_a_note_typed_into_the_form_goes_along_to_the_schedule_and_is_kept_until_then(
    log_in, at_noon
):
    editor, live = log_in("Editor"), make_live_article()
    data = fields_of(live, standfirst="Open.", public_note="The port reopened.", _schedule="1")

    asked = editor.post(change(live), data)
    page = editor.get(asked.url).content.decode()
    offered = editor.get(change(live)).content.decode()
    form = {"when": "2026-06-26T10:30", "kind": "update", "note": "The port reopened."}
    moment = "2026-06-26T08:30:00+00:00"
    editor.post(asked.url, form | {"confirmed": moment})

    assert "The port reopened.</textarea>" in page
    assert "typed into it" not in page
    assert "Unsaved text at the desk" in offered
    assert Schedule.objects.get().note == "The port reopened."
    assert not live.working_copies.exists()


def test_a_held_article_is_not_scheduled_and_the_page_says_why(log_in, at_noon):
    editor, article = log_in("Editor"), make_article(framing_note="")

    _, page = schedule_by_page(editor, article, "2026-06-26T10:30")

    assert "Hold: No framing note." in page
    # The time that was typed is still there.
    assert 'value="2026-06-26T10:30"' in page
    assert not Schedule.objects.exists()


def test_what_the_checks_have_open_is_listed_before_a_time_is_chosen(log_in, at_noon):
    editor, article = log_in("Editor"), make_article(framing_note="")

    page = editor.get(page_of(article)).content.decode()
    (query,) = (each for each in publishing.vet(article, at=NOON) if each.level == "query")
    publishing.acknowledge(
        article, fingerprint=query.fingerprint, note="", by=make_user(group="Editor"), at=NOON
    )
    afterwards = editor.get(page_of(article)).content.decode()

    assert "<b>Hold, No framing note:</b>" in page
    assert f"<b>Query, {vetting.title_of(query.code)}:</b>" in page
    assert "<b>Hold, No framing note:</b>" in afterwards
    assert "<b>Query, " not in afterwards


def test_a_refused_update_keeps_its_note(log_in, at_noon):
    editor, live = log_in("Editor"), make_live_article()
    Article.objects.filter(pk=live.pk).update(framing_note="")

    _, page = schedule_by_page(
        editor, live, "2026-06-26T10:30", kind="update", note="The port reopened."
    )

    assert "Nothing has changed." in page
    assert "The port reopened.</textarea>" in page


def test_the_form_says_what_goes_out_and_what_does_not(log_in, at_noon):
    editor, article = log_in("Editor"), make_article()
    schedule_by_page(editor, article, "2026-06-26T10:30")
    before = editor.get(change(article)).content.decode()
    at_noon.shift(timedelta(minutes=1))

    after = post(editor, change(article), **fields_of(article, standfirst="Later.", _save="1"))

    assert "Fri 26 Jun 10:30 CEST (08:30 UTC)" in before
    assert "Later edits do not go out with it" not in before
    # Nothing is left to do: the button for later edits is not the main one.
    assert "Schedule edits for Fri 26 Jun 10:30 CEST (08:30 UTC)</button>" in before
    assert 'class="button" type="submit" name="_reschedule"' in before
    assert 'class="button button--main" type="submit" name="_reschedule"' in after
    assert "Later edits do not go out with it" in after
    assert 'name="_publish"' not in after
    assert "Schedule this text for Fri 26 Jun 10:30 CEST (08:30 UTC)</button>" in after


def test_one_press_puts_the_later_text_into_the_schedule(log_in, at_noon):
    editor, article = log_in("Editor"), make_article()
    schedule_by_page(editor, article, "2026-06-26T10:30")
    at_noon.shift(timedelta(minutes=1))

    post(editor, change(article), **fields_of(article, standfirst="Later.", _reschedule="1"))
    list(publishing.publish_due(now=lambda: datetime(2026, 6, 26, 8, 30, tzinfo=UTC)))

    article.refresh_from_db()
    assert article.live_version.standfirst == "Later."


def test_the_button_of_the_form_saves_and_leads_to_the_page(log_in):
    editor, article = log_in("Editor"), make_article()

    data = fields_of(article, standfirst="Saved first.", _schedule="1")
    response = editor.post(change(article), data)

    article.refresh_from_db()
    assert response.url == page_of(article)
    assert (article.standfirst, article.status) == ("Saved first.", "draft")


def test_unsaved_typing_is_named_and_does_not_go_out(log_in, at_noon):
    editor, article = log_in("Editor"), make_article()
    ada = make_user(group="Writer", name="ada")
    ada.working_copies.create(
        token="form-0001", article=article, draft={"fields": {"body": "Unsaved."}},
        began_at=timezone.now(), typed_at=timezone.now() + timedelta(minutes=1),
        alive_at=timezone.now(),
    )  # fmt: skip

    page = editor.get(page_of(article)).content.decode()

    assert "ada typed into it" in page
    assert "it does not go out" in page


def test_a_schedule_is_cancelled_by_its_button(log_in, at_noon):
    editor, article = log_in("Editor"), make_article()
    schedule_by_page(editor, article, "2026-06-26T10:30")

    page = post(editor, page_of(article, "schedule_cancel"))
    again = post(editor, page_of(article, "schedule_cancel"))

    assert "The schedule is cancelled." in page
    assert "There is nothing to cancel" in again
    assert Article.objects.get().status == "draft"


def test_a_scheduled_article_is_not_deleted(log_in, at_noon):
    editor, article = log_in("Editor"), make_article()
    schedule_by_page(editor, article, "2026-06-26T10:30")

    page = post(editor, reverse("admin:articles_article_delete", args=[article.pk]), post="yes")

    assert "Cancel its schedule first." in page
    assert Article.objects.exists()


def test_an_embargo_is_set_lifted_and_cancels_an_earlier_schedule(log_in, at_noon):
    editor, article = log_in("Editor"), make_article()
    schedule_by_page(editor, article, "2026-06-26T10:30")

    page = post(editor, page_of(article, "embargo"), when="2026-06-27T10:30")
    published = post(editor, change(article), **fields_of(article, _publish="1"))
    lifted = post(editor, page_of(article, "embargo"), when="")

    assert "Nothing of it leaves before Sat 27 Jun 10:30 CEST (08:30 UTC)." in page
    assert "so that schedule is cancelled" in page
    assert "under embargo until 27 June 2026 08:30 UTC" in published
    assert "No embargo." in lifted
    assert Article.objects.get().embargo_until is None


def test_an_article_is_handed_to_an_editor_with_a_comment_and_comes_back(log_in, client):
    edda = make_user(group="Editor", name="edda")
    article = make_article()
    writer = log_in("Writer")

    post(writer, page_of(article, "submit"), to=edda.pk, comment="Look at the second figure.")
    client.force_login(edda)
    seen = client.get(change(article)).content.decode()
    post(client, page_of(article, "send_back"), comment="Who says nineteen?")
    back = log_in("Writer").get(change(article)).content.decode()

    row = Review.objects.get()
    assert "For edda." in seen
    assert "Look at the second figure." in seen
    assert "Request changes…" in seen
    assert "edda asked for changes:" in back
    assert "Who says nineteen?" in back
    assert (row.is_returned, row.answered_by, Article.objects.get().status) == (True, edda, "draft")


def test_publishing_answers_a_review(log_in):
    article = make_article()
    publishing.submit(article, by=None, at=timezone.now())

    post(log_in("Editor"), change(article), **fields_of(article, _publish="1"))

    assert Review.objects.get().answered_by.groups.get().name == "Editor"
    assert not Review.objects.get().is_returned


def test_a_writer_is_no_editor_to_submit_to(log_in):
    ada, article = make_user(group="Writer", name="ada"), make_article()

    page = post(log_in("Writer"), page_of(article, "submit"), to=ada.pk, comment="")

    assert "Select a valid choice" in page
    assert Article.objects.get().status == "draft"


def test_a_correction_is_a_verb_of_its_own(log_in):
    editor, live = log_in("Editor"), make_live_article()

    post(
        editor, change(live),
        **fields_of(live, standfirst="Not so.", public_note="It was not so.", _correct="1"),
    )  # fmt: skip

    note = Correction.objects.get()
    assert (note.kind, note.note) == ("correct", "It was not so.")
    assert (note.version_before.n, note.version_after.n) == (1, 2)


def test_opening_the_form_of_a_scheduled_article_costs_the_same_with_more_sources(
    log_in, at_noon, django_assert_max_num_queries
):
    editor, article = log_in("Editor"), make_article()
    for n in range(2, 12):
        make_source(article, key=f"r{n}", post=make_post(), position=n, role="background")
    schedule_by_page(editor, article, "2026-06-26T10:30")

    with django_assert_max_num_queries(16):
        page = editor.get(page_of(article)).content.decode()
    assert "Scheduled: it goes out" in page
