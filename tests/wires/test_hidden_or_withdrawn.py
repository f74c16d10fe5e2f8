"""Hide and unhide posts, and mark posts as withdrawn by their source."""

import pytest
from django.contrib.auth.models import Permission

from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_post
from tests.wires.sites import never_fetched
from wires import generations, ingest
from wires.models import AddressTest, Channel, Confirmation, PastedLink, Post, PostVersion

pytestmark = pytest.mark.django_db


def test_a_hidden_post_leaves_the_wire_and_records_who_hid_it_and_why(
    editor, django_capture_on_commit_callbacks
):
    post = make_post()
    before = generations.current("pages")

    with django_capture_on_commit_callbacks(execute=True):
        ingest.hide(post, by=editor, reason=" A private person. ", at=NOON)

    assert (post.hidden_at, post.hidden_by, post.hidden_reason) == (
        NOON,
        editor,
        "A private person.",
    )
    assert not Post.objects.visible().exists()
    assert generations.current("pages") != before


def test_hiding_a_hidden_post_changes_nothing(editor):
    post = make_post()
    ingest.hide(post, by=editor, reason="First.", at=NOON)

    ingest.hide(post, by=editor, reason="Second.", at=later(hours=1))

    assert (post.hidden_at, post.hidden_reason) == (NOON, "First.")


def test_a_hidden_post_can_be_unhidden(editor):
    post = make_post()
    ingest.hide(post, by=editor, reason="Wrongly.", at=NOON)

    ingest.unhide(post, by=editor, at=later(hours=1))

    assert (post.hidden_at, post.hidden_by, post.hidden_reason) == (None, None, "")


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_hiding_a_post_requires_a_reason(editor, reason):
    post = make_post()

    with pytest.raises(ingest.ReasonMissing):
        ingest.hide(post, by=editor, reason=reason, at=NOON)

    assert not Post.objects.get().is_hidden


def test_withdrawing_a_post_again_keeps_its_first_time_and_versions(editor):
    post = make_post()

    ingest.withdraw(post, by=editor, reason=" Its page answers 404. ", at=NOON)
    ingest.withdraw(post, by=editor, reason="Again.", at=later(hours=1))

    assert (post.state, post.withdrawn_at) == (Post.State.WITHDRAWN, NOON)
    assert (post.withdrawn_by, post.withdrawn_reason) == (editor, "Its page answers 404.")
    assert post.versions.count() == 1


@pytest.mark.parametrize(("edits", "state"), [(0, Post.State.LIVE), (1, Post.State.EDITED)])
def test_undoing_a_withdrawal_restores_the_state_of_the_post(
    editor, edits, state, django_capture_on_commit_callbacks
):
    post = make_post()
    for n in range(edits):
        add_version(post, text=f"The harbour is open again, {n}.")
    ingest.withdraw(post, by=editor, reason="Its page answers 404.", at=NOON)
    before = generations.current("pages")

    with django_capture_on_commit_callbacks(execute=True):
        ingest.reinstate(post, by=editor)

    assert post.state == state
    assert (post.withdrawn_at, post.withdrawn_by, post.withdrawn_reason) == (None, None, "")
    assert generations.current("pages") != before


def test_undoing_a_withdrawal_of_a_post_that_was_not_withdrawn_changes_nothing(
    editor, django_capture_on_commit_callbacks
):
    post = make_post()
    before = generations.current("pages")

    with django_capture_on_commit_callbacks(execute=True):
        ingest.reinstate(post, by=editor)

    assert post.state == Post.State.LIVE
    assert generations.current("pages") == before


@pytest.mark.parametrize("reason", ["", "  \n"])
def test_marking_a_post_as_withdrawn_requires_a_reason(editor, reason):
    post = make_post()

    with pytest.raises(ingest.ReasonMissing):
        ingest.withdraw(post, by=editor, reason=reason, at=NOON)

    assert not Post.objects.get().is_withdrawn


def confirm(post, by):
    ingest.confirm(post.newest_version, by=by, at=NOON)


def take_back(post, by):
    ingest.take_back(post.newest_version, by=by)


def paste(post, by):
    ingest.paste(post.url, by=by, at=NOON, fetch=never_fetched, parsers=None, text="Others.")


REFUSED = [
    (lambda post, by: ingest.hide(post, by=by, reason="Why not.", at=NOON),
     "hide_post", "hide a post"),
    (lambda post, by: ingest.unhide(post, by=by, at=NOON), "hide_post", "unhide a post"),
    (lambda post, by: ingest.withdraw(post, by=by, reason="Gone.", at=NOON),
     "withdraw_post", "mark a post as withdrawn"),
    (lambda post, by: ingest.reinstate(post, by=by), "withdraw_post", "undo a withdrawal"),
    (confirm, "import_post", "confirm words"),
    (take_back, "import_post", "take a confirmation back"),
    (paste, "import_post", "add a post"),
    (lambda post, by: ingest.leave_to_worker(post.url, by=by, at=NOON), "import_post", "add a post"),
    (lambda post, by: ingest.ask_for_test("a.example/feed", by=by, at=NOON),
     "change_channel", "test an address"),
]  # fmt: skip


@pytest.mark.parametrize(("act", "right", "what"), REFUSED, ids=[what for *_, what in REFUSED])
def test_an_act_at_the_wire_is_refused_without_its_own_permission_and_says_which(act, right, what):
    post, by = make_post(captured_by=make_user()), make_user(name="ada")
    others = Permission.objects.filter(content_type__app_label="wires").exclude(codename=right)
    by.user_permissions.set(others.exclude(codename="add_channel"))
    before = stored()

    with pytest.raises(ingest.NotAllowed) as refused:
        act(post, by)

    assert str(refused.value) == f"ada does not have permission to {what}."
    assert stored() == before


def stored():
    models = (Post, PostVersion, Channel, Confirmation, PastedLink, AddressTest)
    return [list(model.objects.order_by("pk").values()) for model in models]
