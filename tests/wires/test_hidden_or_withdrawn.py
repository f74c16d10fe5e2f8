"""Hide and unhide posts, and mark posts as withdrawn by their source."""

import pytest

from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_post
from wires import generations, ingest
from wires.models import Post

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


@pytest.mark.parametrize(
    "act",
    [
        lambda post, by: ingest.hide(post, by=by, reason="Why not.", at=NOON),
        lambda post, by: ingest.unhide(post, by=by, at=NOON),
        lambda post, by: ingest.withdraw(post, by=by, reason="Gone.", at=NOON),
        lambda post, by: ingest.reinstate(post, by=by),
    ],
)
def test_hiding_and_withdrawing_are_refused_without_permission(act):
    post = make_post()

    with pytest.raises(ingest.NotAllowed):
        act(post, make_user())

    post.refresh_from_db()
    assert (post.hidden_at, post.withdrawn_at) == (None, None)
