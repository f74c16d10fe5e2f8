"""Every act leaves one record with its verb, article, person and time; a refused act leaves none."""

from types import SimpleNamespace

import pytest
from django.db import IntegrityError, transaction

from articles import publishing
from articles.models import (
    Acknowledgement,
    Act,
    Article,
    ArticleVersion,
    Correction,
    Override,
    OverrideRequest,
    Redirect,
)
from articles.preview_links import make_link, revoke_link
from articles.publishing import (
    acknowledge,
    cancel,
    confirm_translation,
    correct,
    override,
    publish,
    releasing,
    request_override,
    revoke,
    schedule,
    send_back,
    set_embargo,
    submit,
    update,
    withdraw,
)
from articles.publishing.scheduling import stop
from tests.articles.factories import make_article, make_live_article, make_section
from tests.articles.twins import finding_of, make_twins
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from wires import generations
from wires.generations import Generations

pytestmark = pytest.mark.django_db

NOTE = "The notice was forged."
HEADLINES = ("Calvera turns ships back", "Calvera turns ships away")


@pytest.fixture
def people():
    """One of each group at the desk, and a second publisher."""
    return SimpleNamespace(
        wire=make_user(group="Wire desk", name="wim"),
        writer=make_user(group="Writer", name="ada"),
        editor=make_user(group="Editor", name="edda"),
        publisher=make_user(group="Publisher", name="petra"),
        another=make_user(group="Publisher", name="pavel"),
    )


def make_held(**fields):
    return make_article(framing_note="", **fields)


def mark_of(article, code="framing-note-missing"):
    return finding_of(article, code).fingerprint


def make_overridden(**fields):
    article, by = make_held(**fields), make_user(group="Publisher")
    override(article, fingerprint=mark_of(article), reason="A brief.", by=by, at=NOON)
    return article


def make_acknowledged(**fields):
    article, by = make_article(**fields), make_user(group="Editor")
    mark = mark_of(article, "single-origin")
    acknowledge(article, fingerprint=mark, note="", by=by, at=NOON)
    return article


def override_it(article, *, by, at, reason=NOTE):
    override(article, fingerprint=mark_of(article), reason=reason, by=by, at=at)


def acknowledge_it(article, *, by, at):
    mark = mark_of(article, "single-origin")
    acknowledge(article, fingerprint=mark, note=NOTE, by=by, at=at)


def undo_override(article, *, by, at):
    revoke(article, fingerprint=mark_of(article), by=by, at=at)


def undo_acknowledgement(article, *, by, at):
    revoke(article, fingerprint=mark_of(article, "single-origin"), by=by, at=at)


def update_it(article, *, by, at, note=NOTE):
    return update(article, by=by, at=at, note=note)


def withdraw_it(article, *, by, at, note=NOTE):
    withdraw(article, by=by, at=at, note=note)


def make_translated(**fields):
    article = make_article(**fields)
    article.wire_sources.update(
        translation="It is closed.", translated_by=make_user(name=f"tilda{article.pk}")
    )
    return article


def confirm_it(article, *, by, at):
    confirm_translation(article.wire_sources.get(), by=by, at=at)


def share_it(article, *, by, at):
    make_link(article, page="<p>A draft.</p>", posts=[], by=by, at=at)


def make_shared(**fields):
    article = make_article(**fields)
    share_it(article, by=make_user(group="Writer"), at=NOON)
    return article


def unshare_it(article, *, by, at):
    revoke_link(article.preview_links.get(), by=by, at=at)


def correct_it(article, *, by, at, note=NOTE):
    return correct(article, by=by, at=at, note=note)


def make_in_review(**fields):
    return make_article(status=Article.Status.REVIEW, **fields)


def return_it(article, *, by, at):
    send_back(article, by=by, at=at, comment=NOTE)


def schedule_it(article, *, by, at):
    schedule(article, due_at=later(hours=8), by=by, at=at)


def make_waiting(**fields):
    article = make_article(**fields)
    schedule_it(article, by=None, at=NOON)
    return article


def stop_it(article, *, by, at):
    stop(article.schedules.get(), problem="1 hold must be fixed first.", at=at)


def embargo_it(article, *, by, at):
    set_embargo(article, until=later(hours=9), by=by, at=at)


# The act, what it is done to, who does it, and the verb on record.
ACTS = {
    "submitting": (submit, make_article, "writer", "submit"),
    "publishing": (publish, make_article, "editor", "publish"),
    "publishing by the system": (publish, make_article, None, "publish"),
    "updating": (update_it, make_live_article, "editor", "update"),
    "correcting": (correct_it, make_live_article, "editor", "correct"),
    "asking for changes": (return_it, make_in_review, "editor", "return"),
    "scheduling": (schedule_it, make_article, "editor", "schedule"),
    "cancelling a schedule": (cancel, make_waiting, "editor", "cancel"),
    "stopping a schedule": (stop_it, make_waiting, None, "stop"),
    "setting an embargo": (embargo_it, make_article, "editor", "embargo"),
    "withdrawing": (withdraw_it, make_live_article, "editor", "withdraw"),
    "overriding a hold": (override_it, make_held, "publisher", "override"),
    "acknowledging a query": (acknowledge_it, make_article, "editor", "acknowledge"),
    "undoing an override": (undo_override, make_overridden, "publisher", "take_back"),
    "undoing an acknowledgement": (
        undo_acknowledgement, make_acknowledged, "editor", "take_back",
    ),
    "requesting an override": (request_override, make_held, "editor", "refer"),
    "confirming a translation": (confirm_it, make_translated, "editor", "confirm"),
    "making a preview link": (share_it, make_article, "writer", "share"),
    "revoking a preview link": (unshare_it, make_shared, "editor", "unshare"),
}  # fmt: skip


def test_each_verb_is_of_an_act_tried_here():
    tried = {verb for *_, verb in ACTS.values()}

    assert tried == set(Act.Verb.values)


@pytest.mark.parametrize("name", ACTS)
def test_an_act_leaves_one_record_of_what_was_done_to_which_article_by_whom(name, people):
    act, make, who, verb = ACTS[name]
    _, article = make(headline=HEADLINES[1]), make(headline=HEADLINES[0])
    by = getattr(people, who) if who else None
    before = set(Act.objects.values_list("pk", flat=True))

    act(article, by=by, at=later(hours=1))

    record = Act.objects.exclude(pk__in=before).get()
    assert (record.verb, record.article, record.headline) == (verb, article, HEADLINES[0])
    assert (record.by, record.at) == (by, later(hours=1))
    assert (record.correction is not None) == (verb in {"update", "correct", "withdraw"})


def test_the_record_tells_the_life_of_an_article_in_order(people):
    one, other = make_held(), make_held()
    submit(one, by=people.writer, at=later(hours=1))
    request_override(one, by=people.editor, at=later(hours=2))
    submit(other, by=people.writer, at=later(hours=2))
    override_it(one, by=people.publisher, at=later(hours=3))
    publish(one, by=people.editor, at=later(hours=4))
    update(one, by=people.publisher, at=later(hours=5), note="A comma.")
    update(one, by=people.editor, at=later(hours=6), note="A full stop.")
    withdraw(one, by=people.another, at=later(hours=7), note=NOTE)

    life = [(act.verb, act.by.username, act.at) for act in one.acts.order_by("pk")]

    assert life == [
        ("submit", "ada", later(hours=1)),
        ("refer", "edda", later(hours=2)),
        ("override", "petra", later(hours=3)),
        ("publish", "edda", later(hours=4)),
        ("update", "petra", later(hours=5)),
        ("update", "edda", later(hours=6)),
        ("withdraw", "pavel", later(hours=7)),
    ]
    assert [version.n for version in one.versions.order_by("pk")] == [1, 2, 3]
    assert other.acts.get().verb == "submit"


def test_each_update_and_withdrawal_is_recorded_with_its_public_note(people):
    one, other = make_live_article(), make_live_article()
    first = one.live_version

    second = update(one, by=people.editor, at=later(hours=1), note="  A comma.\n")
    update(other, by=people.editor, at=later(hours=1), note="Another comma.")
    withdraw(one, by=people.publisher, at=later(hours=2), note=f" {NOTE} ")

    of_update, of_withdrawal = one.corrections.order_by("pk")
    assert (of_update.kind, of_update.note) == ("update", "A comma.")
    assert (of_update.by, of_update.at) == (people.editor, later(hours=1))
    assert (of_update.version_before, of_update.version_after) == (first, second)
    assert (of_withdrawal.kind, of_withdrawal.note) == ("withdraw", NOTE)
    assert (of_withdrawal.by, of_withdrawal.at) == (people.publisher, later(hours=2))
    assert (of_withdrawal.version_before, of_withdrawal.version_after) == (second, None)
    assert list(one.acts.order_by("pk").values_list("verb", "correction")) == [
        ("publish", None), ("update", of_update.pk), ("withdraw", of_withdrawal.pk),
    ]  # fmt: skip


def test_a_version_has_who_published_it_and_why(people):
    article = make_article()

    publish(article, by=people.editor, at=later(hours=1), reason="The desk asked.")
    update(article, by=people.publisher, at=later(hours=2), note=" A comma. ")
    publish(make_article(), by=None, at=NOON)

    rows = ArticleVersion.objects.order_by("pk").values_list("n", "author", "reason", "at")
    assert list(rows) == [
        (1, people.editor.pk, "The desk asked.", later(hours=1)),
        (2, people.publisher.pk, "A comma.", later(hours=2)),
        (1, None, "", NOON),
    ]


# Refused


def make_submitted():
    return make_article(status=Article.Status.REVIEW)


def make_scheduled():
    return make_article(status=Article.Status.SCHEDULED)


def make_withdrawn():
    article = make_live_article()
    withdraw(article, by=None, at=NOON, note=NOTE)
    return article


def make_embargoed():
    return make_article(embargo_until=later(days=1))


def make_live_under_embargo():
    article = make_live_article()
    Article.objects.update(embargo_until=later(days=1))
    return article


def make_empty():
    return make_article(body="")


def make_too_large():
    return make_article(framing_note="We lead with the harbour. " * 1_000)


def make_without_headline():
    return make_article(headline="\N{ZERO WIDTH SPACE}")


def mark_nothing(article, *, by, at):
    override(article, fingerprint="a" * 64, reason=NOTE, by=by, at=at)


def acknowledge_nothing(article, *, by, at):
    acknowledge(article, fingerprint="a" * 64, note=NOTE, by=by, at=at)


def acknowledge_hold(article, *, by, at):
    acknowledge(article, fingerprint=mark_of(article), note=NOTE, by=by, at=at)


def override_too_large(article, *, by, at):
    override(article, fingerprint=mark_of(article, "too-large"), reason=NOTE, by=by, at=at)


def update_silently(article, *, by, at):
    update(article, by=by, at=at, note=" \n")


def withdraw_silently(article, *, by, at):
    withdraw(article, by=by, at=at, note=" \n")


def override_silently(article, *, by, at):
    override_it(article, by=by, at=at, reason=" \n")


REFUSED = [
    (submit, make_article, "wire", "NotAllowed", "wim may not submit an article."),
    (publish, make_article, "writer", "NotAllowed", "ada may not publish."),
    (update_it, make_live_article, "writer", "NotAllowed", "ada may not update a live article."),
    (withdraw_it, make_live_article, "writer", "NotAllowed", "ada may not withdraw an article."),
    (override_it, make_held, "editor", "NotAllowed", "edda may not override a hold."),
    (acknowledge_it, make_article, "writer", "NotAllowed", "ada may not acknowledge a finding."),
    (undo_override, make_overridden, "editor", "NotAllowed", "edda may not undo this."),
    (undo_acknowledgement, make_acknowledged, "writer", "NotAllowed", "ada may not undo this."),
    (request_override, make_held, "writer", "NotAllowed", "ada may not ask for a second person."),
    (submit, make_submitted, "writer", "WrongState",
     "Only a draft can be submitted; this one is in review."),
    (submit, make_live_article, "writer", "WrongState",
     "Only a draft can be submitted; this one is live."),
    (publish, make_live_article, "editor", "WrongState",
     "Only a draft can be published; this one is live."),
    (publish, make_withdrawn, "editor", "WrongState",
     "Only a draft can be published; this one is withdrawn."),
    (publish, make_scheduled, "editor", "WrongState",
     "Only a draft can be published; this one is scheduled."),
    (update_it, make_article, "editor", "WrongState",
     "Only a live article can be updated; this one is draft."),
    (update_it, make_submitted, "editor", "WrongState",
     "Only a live article can be updated; this one is in review."),
    (update_it, make_withdrawn, "editor", "WrongState",
     "Only a live article can be updated; this one is withdrawn."),
    (withdraw_it, make_article, "editor", "WrongState",
     "Only a live article can be withdrawn; this one is draft."),
    (withdraw_it, make_withdrawn, "editor", "WrongState",
     "Only a live article can be withdrawn; this one is withdrawn."),
    (publish, make_embargoed, "editor", "Embargoed",
     "The article is under embargo until 26 June 2026 12:00 UTC."),
    (update_it, make_live_under_embargo, "editor", "Embargoed",
     "The article is under embargo until 26 June 2026 12:00 UTC."),
    (publish, make_empty, "editor", "NothingToRead", "The article has no text yet."),
    (publish, make_held, "editor", "HeldByChecks", "1 hold must be fixed or overridden first."),
    (update_silently, make_live_article, "editor", "NoteMissing",
     "An update needs a public note that says what changed and why."),
    (withdraw_silently, make_live_article, "editor", "NoteMissing",
     "A withdrawal needs a public note that says what changed and why."),
    (override_silently, make_held, "publisher", "NoteMissing",
     "An override needs a public note that says what changed and why."),
    (mark_nothing, make_held, "publisher", "NotCurrent",
     "This finding no longer applies to the saved article."),
    (acknowledge_nothing, make_article, "editor", "NotCurrent",
     "This finding no longer applies to the saved article."),
    (acknowledge_hold, make_held, "editor", "NotCurrent",
     "This hold can only be overridden, not acknowledged."),
    (undo_override, make_held, "publisher", "NotCurrent",
     "There is nothing to undo: nobody has cleared this finding."),
    (request_override, make_article, "editor", "NotCurrent",
     "The saved article has no open holds."),
    (request_override, make_overridden, "editor", "NotCurrent",
     "The saved article has no open holds."),
    (request_override, make_too_large, "editor", "NeverOverridden",
     "Nobody can override this hold. Do what it says."),
    (override_too_large, make_too_large, "publisher", "NeverOverridden",
     "Nobody can override this hold. Do what it says."),
    (publish, make_without_headline, "editor", "NothingToRead",
     "The article has no headline yet."),
]  # fmt: skip


def stored():
    """Return everything that an act could write."""
    models = (
        Act, Article, ArticleVersion, Correction, Redirect, Override, Acknowledgement,
        OverrideRequest,
    )  # fmt: skip
    return {model.__name__: list(model.objects.order_by("pk").values()) for model in models}


@pytest.mark.parametrize(
    ("act", "make", "who", "refusal", "message"),
    REFUSED,
    ids=[f"{act.__name__}-{make.__name__}-{who}" for act, make, who, *_ in REFUSED],
)
def test_a_refused_act_says_why_and_leaves_no_record(
    act, make, who, refusal, message, people, django_capture_on_commit_callbacks
):
    article = make()
    before = stored()

    with (
        django_capture_on_commit_callbacks() as callbacks,
        pytest.raises(getattr(publishing, refusal)) as refused,
    ):
        act(article, by=getattr(people, who), at=later(hours=1))

    assert str(refused.value) == message
    assert stored() == before
    assert callbacks == []


def test_an_article_in_review_is_published(people):
    article, other = make_submitted(), make_submitted()

    publish(article, by=people.editor, at=NOON)

    other.refresh_from_db()
    assert (article.status, other.status) == ("live", "review")


# Two articles


def test_publishing_updating_and_withdrawing_one_article_leaves_another_as_it_was(people):
    one, twin = make_twins()
    publish(one, by=people.editor, at=NOON)
    publish(twin, by=people.editor, at=later(hours=1))
    before = Article.objects.filter(pk=twin.pk).values().get()

    Article.objects.filter(pk=one.pk).update(
        slug="calvera-again", section=make_section("Markets"), headline=HEADLINES[1]
    )
    update(one, by=people.editor, at=later(days=1), note="A comma.")
    withdraw(one, by=people.editor, at=later(days=1), note=NOTE)

    assert Article.objects.filter(pk=twin.pk).values().get() == before
    assert twin.live_version.sources.get().version.article == twin
    assert not twin.corrections.exists()
    assert not twin.redirects.exists()


def test_each_of_two_articles_has_its_own_version_address_and_sources(people):
    one, twin = make_twins()

    first = publish(one, by=people.editor, at=NOON)
    second = publish(twin, by=people.editor, at=later(days=1))

    for article, version, day in ((one, first, "25"), (twin, second, "26")):
        stored_article = Article.objects.get(pk=article.pk)
        assert stored_article.live_version == version == article.versions.get()
        assert stored_article.live_slug == article.slug
        assert article.get_absolute_url() == f"/2026/06/{day}/{article.slug}/"
        assert version.sources.get().post_version == article.wire_sources.get().version


def test_the_live_section_follows_the_version_and_not_the_working_copy(people):
    business, world = make_section("Business"), make_section("World")
    one, other = make_article(section=business), make_article(section=world)

    for article in (one, other):
        publish(article, by=people.editor, at=NOON)
        Article.objects.filter(pk=article.pk).update(section=make_section("Markets"))

    assert list(Article.objects.order_by("pk").values_list("live_section", flat=True)) == [
        business.pk, world.pk,
    ]  # fmt: skip


def test_a_redirect_leads_from_the_old_address_to_its_own_article_from_then_on(people):
    one, other = make_live_article(), make_live_article()
    old = one.get_absolute_url()
    Article.objects.filter(pk=one.pk).update(slug="calvera-waits")

    update(one, by=people.editor, at=later(hours=1), note="A better address.")
    update(other, by=people.editor, at=later(hours=2), note="A comma.")

    redirect = Redirect.objects.get()
    assert (redirect.path, redirect.article, redirect.created_at) == (old, one, later(hours=1))


def test_a_former_slug_is_free_on_another_day(people):
    first = make_live_article(slug="the-strait")
    Article.objects.filter(pk=first.pk).update(slug="the-strait-again")
    update(first, by=people.editor, at=later(hours=1), note="A better address.")

    second = make_article(slug="the-strait")
    publish(second, by=people.editor, at=later(days=1))

    assert second.get_absolute_url() == "/2026/06/26/the-strait/"
    redirect = Redirect.objects.get()
    assert (redirect.path, redirect.article) == ("/2026/06/25/the-strait/", first)


def test_a_slug_that_is_taken_is_named_and_nothing_is_stored(people):
    make_live_article(slug="the-strait")
    left = make_live_article(slug="the-sound")
    Article.objects.filter(pk=left.pk).update(slug="the-sound-again")
    update(left, by=people.editor, at=NOON, note="A better address.")

    for slug in ("the-strait", "the-sound"):
        article = make_article(slug=slug)
        before = stored()
        with pytest.raises(publishing.SlugTaken) as refused:
            publish(article, by=people.editor, at=later(hours=1))
        assert str(refused.value) == (
            f"The slug “{slug}” belongs to another article that is or was public; choose another."
        )
        assert stored() == before


def test_another_fault_of_the_database_is_not_taken_for_a_slug(people):
    live = make_live_article()
    # A second version that the article does not know of.
    ArticleVersion.objects.create(
        article=live, n=2, headline="No", slug="no", section=live.section, at=NOON
    )

    with pytest.raises(IntegrityError, match=r"version|n"):
        update(live, by=people.editor, at=NOON, note="A comma.")

    assert live.acts.count() == 1


# The instance, and the form that is open elsewhere


@pytest.mark.parametrize("name", ["submitting", "publishing", "updating", "withdrawing"])
def test_an_act_marks_the_article_as_changed_for_forms_that_are_open(name, people, at_noon):
    act, make, who, _ = ACTS[name]
    article, other = make(), make()
    at_noon.shift(3600)

    act(article, by=getattr(people, who), at=later(hours=1))

    stored_rows = Article.objects.in_bulk()
    assert stored_rows[article.pk].updated_at == later(hours=1)
    assert stored_rows[other.pk].updated_at == NOON
    # The caller's own has everything that the act wrote.
    for name in (
        "status", "updated_at", "live_version_id", "live_slug", "live_section_id",
        "first_published_at",
    ):  # fmt: skip
        assert getattr(article, name) == getattr(stored_rows[article.pk], name), name


# Pages


MOVES_PAGES = {
    "submitting": False,
    "publishing": True,
    "updating": True,
    "withdrawing": True,
    "overriding a hold": False,
    "acknowledging a query": False,
}
PUBLIC = [name for name, is_public in MOVES_PAGES.items() if is_public]


@pytest.mark.parametrize("name", MOVES_PAGES)
def test_only_what_readers_see_moves_the_pages_and_only_at_its_commit(
    name, people, django_capture_on_commit_callbacks
):
    act, make, who, _ = ACTS[name]
    article = make()
    before = generations.current("pages")

    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        act(article, by=getattr(people, who), at=later(hours=1))
        in_transaction = generations.current("pages")

    assert in_transaction == before
    assert len(callbacks) == MOVES_PAGES[name]
    assert (generations.current("pages") != before) == MOVES_PAGES[name]


@pytest.mark.parametrize("name", PUBLIC)
def test_an_act_that_is_rolled_back_moves_no_page(name, people, django_capture_on_commit_callbacks):
    act, make, who, _ = ACTS[name]
    article = make()
    before, generation = stored(), generations.current("pages")

    with django_capture_on_commit_callbacks(execute=True) as callbacks, transaction.atomic():
        act(article, by=getattr(people, who), at=later(hours=1))
        transaction.set_rollback(True)

    assert callbacks == []
    assert generations.current("pages") == generation
    assert stored() == before


@pytest.mark.parametrize("name", PUBLIC)
def test_an_act_stands_even_if_other_processes_cannot_be_told(
    name, people, monkeypatch, tmp_path, django_capture_on_commit_callbacks
):
    act, make, who, _ = ACTS[name]
    article = make()
    lost, folder = Generations(), tmp_path / "generations"
    folder.mkdir()
    lost.configure(folder)
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    folder.write_text("a file where the folder was")
    monkeypatch.setattr(releasing, "generations", lost)
    count = Act.objects.count()

    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        act(article, by=getattr(people, who), at=later(hours=1))

    assert len(callbacks) == 1
    assert Act.objects.count() == count + 1
