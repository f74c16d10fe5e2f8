import zlib
from hashlib import sha256

import pytest
import time_machine
from django.apps import apps
from django.db import IntegrityError, connection, migrations, models, transaction
from django.db.migrations.state import ProjectState
from django.db.models import ProtectedError

from tests.articles.factories import make_live_article
from tests.clock import NOON, later
from tests.newsroom.factories import make_user
from tests.wires.factories import add_version, make_channel, make_post
from wires import generations
from wires.models import (
    Capture,
    Confirmation,
    Evidence,
    Post,
    PostAlias,
    PostVersion,
    native_id_hash,
)
from wires.retention import (
    NothingToErase,
    erase,
    guard_wires,
    joined_posts,
    keep_evidence,
    keep_from_erasure,
    keep_screenshot,
)

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
    with pytest.raises(NothingToErase, match="has no words left to erase"):
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


# What an erasure takes, and what it leaves of everything else


def make_capture(channel, body, **fields):
    return Capture.objects.create(
        channel=channel,
        **{"sha256": sha256(body).hexdigest(), "fetched_at": NOON, "size": len(body)} | fields,
        body=zlib.compress(body),
    )


def make_kept_post(channel, name):
    """Make a post with two versions that name somebody, each fetched, and evidence of both."""
    capture = make_capture(channel, f"Lines about {name}".encode())
    post = make_post(channel=channel, text=f"{name} is ill.")
    version = add_version(
        post,
        title=f"{name} recovers",
        text=f"{name} is well.",
        at=later(hours=1),
        author=name,
        media=[{"kind": "photo", "id": "1", "url": "", "alt": name}],
        capture=capture,
    )
    keep_evidence([version], at=NOON)
    keep_screenshot(version, name.encode(), sha256=sha256(name.encode()).hexdigest(), at=NOON)
    return post


def rows_that_name(name):
    """Return each row of each table in which a name stands, kept bytes included."""
    found = []
    for model in apps.get_models():
        for row in model.objects.order_by("pk").values():
            body = row.get("body")
            said = f"{row} {zlib.decompress(body) if body else ''}"
            if name in said:
                found.append((model._meta.label, row["id"]))
    return found


def test_the_words_of_an_erased_post_are_in_no_table_and_those_of_its_twin_in_all():
    channel = make_channel()
    post, twin = make_kept_post(channel, "Lind"), make_kept_post(channel, "Okafor")
    kept_of_the_twin = rows_that_name("Okafor")

    erase(post, reason="Court order", by=None, at=later(hours=2))

    assert rows_that_name("Lind") == []
    assert [label for label, _ in kept_of_the_twin] == [
        "wires.Capture",
        "wires.Evidence",
        "wires.Evidence",
        "wires.PostVersion",
        "wires.PostVersion",
    ]
    assert rows_that_name("Okafor") == kept_of_the_twin
    assert not twin.versions.filter(erased_at__isnull=False).exists()


def test_the_record_of_an_erased_post_remains():
    post = make_kept_post(make_channel(), "Lind")
    version_columns = ("n", "captured_at", "language", "flags", "content_hash")
    before = list(post.versions.order_by("n").values(*version_columns))
    row = Post.objects.filter(pk=post.pk).values().get()
    captures = list(Capture.objects.values("sha256", "size", "fetched_at", "url"))

    erase(post, reason="Court order", by=None, at=later(hours=2))

    assert list(post.versions.order_by("n").values(*version_columns)) == before
    assert Post.objects.filter(pk=post.pk).values().get() == row
    assert list(Capture.objects.values("sha256", "size", "fetched_at", "url")) == captures
    assert set(post.versions.values_list("erased_at", flat=True)) == {later(hours=2)}


def test_an_erasure_says_in_the_log_which_post_who_and_why(editor, caplog):
    post = make_post()

    erase(post, reason="Court order 12/26", by=editor, at=NOON)

    assert caplog.messages == [f"Post {post.pk} erased by {editor}: Court order 12/26"]


def test_an_erasure_of_a_post_leaves_the_same_words_in_another_channel():
    one, other = (
        make_post(channel=make_channel(), native_id="7", text="Lind is ill.") for _ in range(2)
    )

    erase(one, reason="Court order", by=None, at=NOON)

    assert other.versions.get().text == "Lind is ill."
    assert one.versions.get().text == ""


def test_posts_are_one_by_the_ids_of_their_own_channel_alone():
    own, other = make_channel(), make_channel()
    post, twin, namesake = (make_post(channel=own, native_id=one) for one in ("g-1", "l-1", "z-1"))
    elsewhere, also = (make_post(channel=other, native_id=one) for one in ("g-1", "y-1"))
    for found, native_id in ((twin, "g-1"), (also, "g-1"), (also, "z-1")):
        PostAlias.objects.create(
            channel=found.channel,
            post=found,
            native_id=native_id,
            native_id_hash=native_id_hash(native_id),
        )

    joined = [set(joined_posts(each)) for each in (post, twin, namesake, elsewhere)]

    assert joined == [{twin}, {post}, set(), {also}]


def test_an_erasure_counts_only_what_it_erased():
    post = make_post()
    erase(post, reason="Court order", by=None, at=NOON)
    add_version(post, text="Said again.", at=later(hours=1))

    erased = erase(post, reason="Court order", by=None, at=later(hours=2))

    assert erased == 1
    moments = post.versions.order_by("n").values_list("erased_at", flat=True)
    assert list(moments) == [NOON, later(hours=2)]


# What the triggers refuse


def other_values(version):
    """Return for each column of a version another value that the column could hold."""
    post = make_post()
    return {
        "post": post,
        "n": 7,
        "captured_at": later(days=1),
        "title": "Another",
        "text": "Another.",
        "html": "<p>Another.</p>",
        "author": "Another",
        "language": "fr",
        "media": [{"kind": "photo"}],
        "flags": ["edited"],
        "source_edited_at": NOON,
        "content_hash": "f" * 64,
        "capture": make_capture(version.post.channel, b"another"),
        "captured_by": make_user(),
        "changes": [["new", "Another"]],
        "erased_at": NOON,
    }


def is_refused(rows, **columns):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        rows.update(**columns)
    return True


def test_no_column_of_a_version_can_be_changed():
    version = make_post().latest_version
    others = other_values(version)
    columns = {field.name for field in PostVersion._meta.local_concrete_fields}

    rows = PostVersion.objects.filter(pk=version.pk)
    refused = {name for name, value in others.items() if is_refused(rows, **{name: value})}

    assert refused == columns - {"id"}


def test_an_erasure_changes_nothing_but_the_words():
    version = make_post().latest_version
    others = other_values(version)
    rows = PostVersion.objects.filter(pk=version.pk)
    emptied = {"title": "", "text": "", "html": "", "author": "", "media": [],
               "changes": None, "capture": None, "erased_at": NOON}  # fmt: skip
    kept = others.keys() - emptied.keys()

    refused = {name for name in kept if is_refused(rows, **emptied, **{name: others[name]})}

    assert refused == kept
    assert len(kept) == 8
    assert rows.update(**emptied) == 1


@pytest.mark.parametrize("missing", ["title", "text", "html", "author", "media", "capture"])
def test_an_erasure_that_leaves_one_column_is_refused(missing):
    post = make_kept_post(make_channel(), "Lind")
    emptied = {"title": "", "text": "", "html": "", "author": "", "media": [],
               "changes": None, "capture": None, "erased_at": NOON}  # fmt: skip
    del emptied[missing]

    assert is_refused(post.versions.filter(n=2), **emptied)


def test_words_are_emptied_only_by_an_erasure_and_once():
    post = make_post()
    emptied = {"title": "", "text": "", "html": "", "author": "", "media": [],
               "changes": None, "capture": None}  # fmt: skip

    assert is_refused(post.versions.all(), **emptied)
    erase(post, reason="Court order", by=None, at=NOON)
    assert is_refused(post.versions.all(), erased_at=later(hours=1))
    assert is_refused(post.versions.all(), erased_at=None)


def test_no_column_of_evidence_can_be_changed():
    version = make_kept_post(make_channel(), "Lind").latest_version
    evidence = version.evidence.filter(kind="capture")
    others = {
        "post_version": make_post().latest_version,
        "kind": "screenshot",
        "sha256": "f" * 64,
        "size": 1,
        "body": b"",
        "kept_at": later(days=1),
        "erased_at": NOON,
    }

    refused = {name for name, value in others.items() if is_refused(evidence, **{name: value})}

    assert refused == {field.name for field in Evidence._meta.local_concrete_fields} - {"id"}


# Evidence


def test_each_version_keeps_the_bytes_that_it_was_read_from():
    channel = make_channel()
    captures = [make_capture(channel, body) for body in (b"first", b"second", b"third")]
    post = make_post(channel=channel)
    fetched = [add_version(post, text=f"{n}", capture=one) for n, one in enumerate(captures)]
    pasted = add_version(post, text="Pasted.")
    Capture.objects.filter(pk=captures[2].pk).update(body=None)

    keep_evidence([*fetched, pasted], at=later(hours=1))

    kept = Evidence.objects.order_by("post_version__n")
    assert [(row.post_version, zlib.decompress(row.body), row.size) for row in kept] == [
        (fetched[0], b"first", 5),
        (fetched[1], b"second", 6),
    ]
    assert list(kept.values_list("sha256", "kind", "kept_at")) == [
        (capture.sha256, "capture", later(hours=1)) for capture in captures[:2]
    ]


def test_words_entered_by_hand_keep_the_bytes_in_which_their_outlet_said_the_same():
    by, channel = make_user(), make_channel()
    fetched, by_second = (
        make_post(channel=channel, captured_by=by).unconfirmed_version for _ in range(2)
    )
    said = {"how": "fetched", "capture": make_capture(channel, b"said")}
    read = {"how": "second", "by": make_user()}
    for version, how in ((fetched, said), (by_second, read)):
        Confirmation.objects.create(post_version=version, entered_by=by, at=NOON, **how)

    keep_evidence([by_second, fetched], at=later(hours=1))

    kept = Evidence.objects.get()
    assert (kept.post_version, zlib.decompress(kept.body)) == (fetched, b"said")


def test_of_what_is_cited_only_that_is_locked_and_read(django_assert_num_queries):
    channel = make_channel()
    versions = [
        add_version(
            make_post(channel=channel), text=name, capture=make_capture(channel, name.encode())
        )
        for name in ("first", "second")
    ]

    with django_assert_num_queries(1) as locking:
        keep_from_erasure(versions[:1])
    with django_assert_num_queries(2) as keeping:
        keep_evidence(versions[:1], at=NOON)

    locked, read = (queries.captured_queries[0]["sql"] for queries in (locking, keeping))
    # In the order of their keys, or two who lock several could wait for each other.
    assert f"IN ({versions[0].pk}) ORDER BY 1 ASC" in locked
    assert f"IN ({versions[0].capture_id})" in read


def test_each_screenshot_of_a_version_is_kept_once():
    one, other = make_post().latest_version, make_post().latest_version

    first = keep_screenshot(one, b"picture", sha256="a" * 64, at=NOON)
    again = keep_screenshot(one, b"picture", sha256="a" * 64, at=later(hours=1))
    keep_screenshot(one, b"another picture", sha256="b" * 64, at=later(hours=2))
    keep_screenshot(other, b"picture", sha256="a" * 64, at=later(hours=3))

    assert again == first
    kept = Evidence.objects.order_by("pk")
    assert [
        (row.post_version, row.kind, zlib.decompress(row.body), row.size, row.kept_at)
        for row in kept
    ] == [
        (one, "screenshot", b"picture", 7, NOON),
        (one, "screenshot", b"another picture", 15, later(hours=2)),
        (other, "screenshot", b"picture", 7, later(hours=3)),
    ]
