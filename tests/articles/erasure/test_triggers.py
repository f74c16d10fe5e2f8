"""What the triggers allow: a version emptied whole, or emptied of one post; nothing between."""

import pytest
from django.db import IntegrityError, transaction

from articles.models import ArticleVersion, Correction, VersionSource
from articles.models.frozen import FROZEN_OF_ARTICLE, emptied, erasable
from articles.retention import ERASED_VERSION
from tests.articles.factories import make_live_article
from tests.clock import NOON, later
from tests.wires.factories import make_post
from wires.models import Evidence

pytestmark = pytest.mark.django_db

REMOVED = "Removed on legal request."
FINDING = {
    "code": "weekday", "level": "hold", "field": "body", "start": 3, "end": 9, "excerpt": "On Møn day “x”.",
    "message": "It was Tuesday.", "evidence": {"key": "r1", "days": [1, 2.5]}, "fingerprint": "f" * 64,
}  # fmt: skip
REDACTED = FINDING | {"excerpt": "", "message": REMOVED, "evidence": {}}
ENTRY = {
    "code": "weekday",
    "fingerprint": "f" * 64,
    "sentence": 1,
    "reason": "Ürgent.",
    "by": "Ada",
}


@pytest.fixture
def version():
    """A version with two findings, an override and an acknowledgement."""
    article = make_live_article()
    return ArticleVersion.objects.create(
        article=article,
        n=2,
        headline="Ships wait",
        slug="ships-wait",
        body="Ships wait.",
        language="en",
        section=article.section,
        findings=[FINDING, FINDING | {"start": 20}],
        overrides=[ENTRY],
        acknowledgements=[ENTRY, ENTRY],
        reason="Why.",
        at=NOON,
    )


def is_refused(row, **columns):
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        type(row).objects.filter(pk=row.pk).update(**columns)
    return True


def test_a_version_can_be_emptied_whole(version):
    values = emptied(ERASED_VERSION)

    assert ArticleVersion.objects.filter(pk=version.pk).update(**values, erased_at=NOON) == 1


@pytest.mark.parametrize("column", sorted(ERASED_VERSION))
def test_a_version_that_keeps_one_column_is_not_emptied(version, column):
    filled = dict.fromkeys(ERASED_VERSION, "x") | {
        name: [FINDING] for name in ("claims", "findings", "overrides", "acknowledgements")
    }

    assert is_refused(version, **emptied(ERASED_VERSION) | {column: filled[column]}, erased_at=NOON)


def test_an_emptied_version_is_not_emptied_again_or_filled(version):
    values = emptied(ERASED_VERSION)
    ArticleVersion.objects.filter(pk=version.pk).update(**values, erased_at=NOON)

    assert is_refused(version, **values, erased_at=later(hours=1))
    assert is_refused(version, headline="Back again.")
    assert is_refused(version, findings=[FINDING])


@pytest.mark.parametrize(
    "columns",
    [
        {"findings": [REDACTED, FINDING | {"start": 20}]},
        {"findings": [FINDING, REDACTED | {"start": 20}]},
        {"overrides": [ENTRY | {"reason": REMOVED}]},
        {"acknowledgements": [ENTRY, ENTRY | {"reason": REMOVED}]},
        {
            "findings": [REDACTED, REDACTED | {"start": 20}],
            "overrides": [ENTRY | {"reason": REMOVED}],
            "acknowledgements": [ENTRY | {"reason": REMOVED}, ENTRY],
        },
    ],
    ids=["first finding", "second finding", "override", "acknowledgement", "several"],
)
def test_a_version_can_be_emptied_of_one_post(version, columns):
    ArticleVersion.objects.filter(pk=version.pk).update(**columns)

    version.refresh_from_db()
    assert {name: getattr(version, name) for name in columns} == columns
    assert version.body == "Ships wait."


@pytest.mark.parametrize(
    "columns",
    [
        {"findings": []},
        {"findings": [FINDING]},
        {"findings": [REDACTED]},
        {"findings": [FINDING | {"message": "Another."}, FINDING | {"start": 20}]},
        {"findings": [FINDING | {"excerpt": ""}, FINDING | {"start": 20}]},
        {"findings": [REDACTED | {"code": "quote"}, FINDING | {"start": 20}]},
        {"findings": [REDACTED | {"more": 1}, FINDING | {"start": 20}]},
        {"findings": [FINDING | {"start": 20}, FINDING]},
        {"findings": [FINDING, FINDING | {"start": 20}, REDACTED]},
        {"findings": {}},
        {"findings": [1, FINDING | {"start": 20}]},
        {"overrides": []},
        {"overrides": [ENTRY | {"reason": ""}]},
        {"overrides": [ENTRY | {"reason": REMOVED, "by": "Ines"}]},
        {"overrides": [{"reason": REMOVED}]},
        {"overrides": [REMOVED]},
        {"acknowledgements": [ENTRY | {"reason": REMOVED}]},
        {"overrides": [ENTRY | {"reason": REMOVED}], "headline": ""},
        {"overrides": [ENTRY | {"reason": REMOVED}], "erased_at": NOON},
        {"overrides": [ENTRY]},
        {"n": 2},
    ],
    ids=str,
)
def test_a_version_is_not_changed_in_another_way(version, columns):
    before = ArticleVersion.objects.filter(pk=version.pk).values().get()

    assert is_refused(version, **columns)

    assert ArticleVersion.objects.filter(pk=version.pk).values().get() == before


def test_an_entry_of_an_older_version_without_a_key_is_redacted_without_it(version):
    older = {"code": "weekday", "fingerprint": "f" * 64, "message": "It was Tuesday."}
    row = ArticleVersion.objects.get(pk=version.pk)
    row.pk, row.n, row.findings = None, 3, [older]
    row.save(force_insert=True)

    rows = ArticleVersion.objects.filter(pk=row.pk)

    assert is_refused(row, findings=[older | {"message": REMOVED, "evidence": {}}])
    assert rows.update(findings=[older | {"message": REMOVED}]) == 1


def test_a_source_of_a_version_is_emptied_whole_or_not_at_all():
    article = make_live_article(body="“The harbour is closed” [@r1].")
    source = article.live_version.sources.get()
    assert source.spans

    assert is_refused(source, note="", translation="")
    assert is_refused(source, spans=[], note="", translation="", role="background")
    rows = VersionSource.objects.filter(pk=source.pk)
    assert rows.update(spans=[], note="", translation="") == 1


def test_a_public_note_is_kept_or_replaced_by_the_one_that_says_so():
    article = make_live_article()
    note = Correction.objects.create(article=article, kind="update", note="Lind was ill.", at=NOON)

    assert is_refused(note, note="Lind was well.")
    assert is_refused(note, note=REMOVED, at=later(hours=1))
    assert Correction.objects.filter(pk=note.pk).update(note=REMOVED) == 1


def test_evidence_loses_its_bytes_only_with_the_time_and_keeps_its_hash():
    fields = {"sha256": "a" * 64, "size": 3, "body": b"abc", "kept_at": NOON}
    evidence = Evidence.objects.create(post_version=make_post().latest_version, **fields)

    assert is_refused(evidence, body=None)
    assert is_refused(evidence, body=None, erased_at=NOON, sha256="b" * 64)
    assert is_refused(evidence, body=b"x", erased_at=NOON)
    rows = Evidence.objects.filter(pk=evidence.pk)
    assert rows.update(body=None, erased_at=NOON) == 1


def test_every_text_that_publishing_freezes_is_emptied_with_its_version():
    texts = {
        field.name
        for field in ArticleVersion._meta.local_concrete_fields
        if field.get_internal_type() in {"CharField", "TextField", "SlugField", "JSONField"}
    }

    assert texts - {*ERASED_VERSION} == {"language", "bylines", "topics"}
    assert {*erasable(FROZEN_OF_ARTICLE)} | {"reason"} == {*ERASED_VERSION}
