import pytest
import time_machine
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState
from django.db.models import ProtectedError

from tests.articles.factories import make_live_article
from tests.clock import NOON, later
from tests.wires.factories import add_version, make_channel, make_post
from wires import generations
from wires.models import Capture, Evidence, PostVersion
from wires.retention import NothingToErase, erase, guard_wires, keep_evidence

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "change", [{"text": "Rewritten."}, {"title": "New"}, {"n": 7}, {"content_hash": "f" * 64}]
)
def test_the_words_of_a_version_cannot_be_changed(change):
    version = make_post().latest_version

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        PostVersion.objects.filter(pk=version.pk).update(**change)

    version.refresh_from_db()
    assert version.text == "The harbour is closed."


def test_an_erasure_empties_every_version_and_keeps_numbers_and_hashes():
    post = make_post()
    add_version(post, text="The harbour is open.", at=later(hours=1))
    hashes = list(post.versions.order_by("n").values_list("n", "content_hash"))

    erased = erase(post, reason="Court order 12/26", by=None, at=later(hours=2))

    assert erased == 2
    assert list(post.versions.order_by("n").values_list("n", "content_hash")) == hashes
    assert {v.title + v.text + v.html + v.author for v in post.versions.all()} == {""}
    assert all(version.is_erased for version in post.versions.all())


def test_an_erasure_leaves_no_words_in_stored_comparisons():
    post = make_post(text="The harbour master Lind is ill.")
    add_version(post, text="The harbour master is ill.", at=later(hours=1))
    assert "Lind" in str(post.latest_version.changes)

    erase(post, reason="Court order 12/26", by=None, at=later(hours=2))

    assert list(post.versions.values_list("changes", flat=True)) == [None, None]


@pytest.mark.parametrize("changes", [[], [["gone", "Lind"]], [["new", "Another"]]])
def test_a_stored_comparison_cannot_be_changed(changes):
    post = make_post(text="The harbour master Lind is ill.")
    version = add_version(post, text="The harbour master is ill.", at=later(hours=1))

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        PostVersion.objects.filter(pk=version.pk).update(changes=changes)


def test_an_erasure_that_keeps_a_comparison_is_refused():
    post = make_post(text="The harbour master Lind is ill.")
    version = add_version(post, text="The harbour master is ill.", at=later(hours=1))
    emptied = {"title": "", "text": "", "html": "", "author": "", "media": [], "capture": None}

    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        PostVersion.objects.filter(pk=version.pk).update(**emptied, erased_at=NOON)


def test_an_erasure_invalidates_every_page_that_showed_the_words(
    django_capture_on_commit_callbacks,
):
    post = make_post()
    with time_machine.travel(NOON, tick=False) as clock:
        before = generations.current("wire"), generations.current("pages")

        with django_capture_on_commit_callbacks(execute=True):
            erase(post, reason="Court order", by=None, at=NOON)

        # The wire generation moves at most once a second.
        clock.shift(2)
        assert generations.current("wire") != before[0]
        assert generations.current("pages") != before[1]


def test_an_erased_version_cannot_be_filled_again():
    post = make_post()
    erase(post, reason="Court order", by=None, at=NOON)

    with pytest.raises(IntegrityError), transaction.atomic():
        post.versions.update(text="Back again.")
    with pytest.raises(NothingToErase):
        erase(post, reason="Court order", by=None, at=NOON)


def test_an_erasure_that_keeps_words_is_refused():
    version = make_post().latest_version

    with pytest.raises(IntegrityError), transaction.atomic():
        PostVersion.objects.filter(pk=version.pk).update(erased_at=NOON, text="")


def test_an_erasure_deletes_evidence_and_captured_bytes():
    channel = make_channel()
    capture = Capture.objects.create(
        channel=channel, sha256="a" * 64, fetched_at=NOON, size=3, body=b"abc"
    )
    post = make_post(channel=channel)
    version = add_version(post, text="Second words.", capture=capture)
    keep_evidence([version], at=NOON)

    erase(post, reason="Court order", by=None, at=NOON)

    capture.refresh_from_db()
    assert capture.body is None
    assert not Evidence.objects.exists()


def test_evidence_of_a_cited_version_is_kept_once():
    channel = make_channel()
    capture = Capture.objects.create(
        channel=channel, sha256="a" * 64, fetched_at=NOON, size=3, body=b"abc"
    )
    version = add_version(make_post(channel=channel), text="Second words.", capture=capture)

    keep_evidence([version], at=NOON)
    keep_evidence([version], at=later(hours=1))

    evidence = Evidence.objects.get()
    assert bytes(evidence.body) == b"abc"
    assert evidence.kept_at == NOON


def test_a_cited_post_cannot_be_deleted_and_an_uncited_version_can():
    cited = make_live_article().wire_sources.get().post
    uncited = make_post()
    first = uncited.latest_version
    add_version(uncited, text="Second words.")

    with pytest.raises(ProtectedError):
        cited.delete()
    first.delete()

    assert uncited.versions.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_triggers_come_back_after_the_table_is_altered():
    state = ProjectState.from_apps(migrations.state.global_apps)
    operation = migrations.AlterField("postversion", "author", models.CharField(max_length=9000))
    changed = state.clone()
    operation.state_forwards("wires", changed)
    with connection.schema_editor() as editor:
        operation.database_forwards("wires", editor, state, changed)
    try:
        guard_wires(connection, migrations.state.global_apps)
        version = make_post().latest_version

        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            PostVersion.objects.filter(pk=version.pk).update(text="Rewritten.")
    finally:
        with connection.schema_editor() as editor:
            operation.database_forwards("wires", editor, changed, state)
        guard_wires(connection, migrations.state.global_apps)
