"""What clears a finding, by its level and kind, and what readers are told of it."""

from dataclasses import replace

import pytest
from django.contrib.auth.models import User

from articles import vetting
from articles.models import Acknowledgement, Override
from articles.publishing.clearance import (
    CLEARED_BY_ACKNOWLEDGEMENT,
    Clearances,
    _entry,
    _how,
    _once,
    _overrides,
    clear,
)
from articles.publishing.live import Carried
from articles.publishing.snapshot import Snapshot
from tests.articles.factories import make_article
from tests.clock import NOON
from tests.newsroom.factories import make_user

HOLD = vetting.Finding(
    code="figure-not-in-source",
    level=vetting.Level.HOLD,
    field="body",
    message="Correct it.",
    evidence={},
)
QUERY = replace(HOLD, level=vetting.Level.QUERY)
WITHDRAWN = replace(HOLD, code=CLEARED_BY_ACKNOWLEDGEMENT)
FIXED = replace(HOLD, code="too-large")
ADA = User(pk=4, username="ada", first_name="Ada", last_name="Brandt")


def make_clearances(*, overridden=(), seen=()):
    return Clearances(
        {each.fingerprint: Override(code=each.code, by=ADA) for each in overridden},
        {each.fingerprint: Acknowledgement(code=each.code, by=ADA) for each in seen},
    )


@pytest.mark.parametrize(
    ("finding", "overridden", "seen"),
    [
        (HOLD, Override, None),
        (QUERY, Override, Acknowledgement),
        (WITHDRAWN, Override, Acknowledgement),
    ],
)
def test_a_hold_is_overridden_a_query_seen_and_a_withdrawal_either(finding, overridden, seen):
    by_override = make_clearances(overridden=[finding])
    by_seeing = make_clearances(seen=[finding])

    assert type(by_override.for_finding(finding)) is overridden
    assert type(by_seeing.for_finding(finding)) is (seen or type(None))
    assert make_clearances().for_finding(finding) is None


def test_of_a_query_that_was_seen_and_overridden_the_acknowledgement_counts():
    both = make_clearances(overridden=[QUERY], seen=[QUERY])

    assert isinstance(both.for_finding(QUERY), Acknowledgement)
    assert isinstance(both.for_hold(QUERY), Override)


def test_what_nobody_can_override_is_cleared_by_nothing():
    assert not vetting.can_be_overridden(FIXED.code)

    assert make_clearances(overridden=[FIXED], seen=[FIXED]).for_hold(FIXED) is None


def make_snapshot(*findings):
    nothing = dict.fromkeys(("version", "labels", "carried", "context"))
    piece = vetting.Piece.written(headline="Ships wait", body="One. Two.")
    return Snapshot(findings=findings, piece=piece, sources=(), stamp=(), **nothing)


def test_each_finding_is_told_once_where_it_stands_first():
    other = replace(HOLD, evidence={"n": 1})
    later = replace(HOLD, start=5)

    told = _once(make_snapshot(HOLD, other, later))

    assert len(told) == 2
    assert {each.fingerprint: each.start for each in told} == {
        HOLD.fingerprint: 0,
        other.fingerprint: 0,
    }


@pytest.mark.parametrize(
    ("row", "how"),
    [
        (Acknowledgement(by=ADA), "acknowledged"),
        (Override(by=ADA), "alone"),
        (Override(by=User(pk=5)), "second"),
    ],
)
def test_readers_are_told_how_a_hold_was_cleared(row, how):
    assert _how(row, {4: "They are one."}) == how


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (Override(code="x", reason="By phone.", by=ADA, at=NOON), "By phone."),
        (Acknowledgement(code="x", note="Seen.", by=ADA, at=NOON), "Seen."),
        (Acknowledgement(code="x", by=ADA, at=NOON), ""),
        (
            Acknowledgement(code=CLEARED_BY_ACKNOWLEDGEMENT, by=ADA, at=NOON),
            "The outlet withdrew a post cited here.",
        ),
        (Acknowledgement(code=CLEARED_BY_ACKNOWLEDGEMENT, note="So.", by=ADA, at=NOON), "So."),
    ],
)
def test_a_clearance_is_stored_with_who_when_why_and_where(row, reason):
    headline = replace(HOLD, field="headline")

    assert _entry(row, headline, make_snapshot()) == {
        "code": row.code,
        "fingerprint": headline.fingerprint,
        "sentence": 0,
        "field": "headline",
        "reason": reason,
        "by": "Ada Brandt",
        "at": NOON.isoformat(),
    }


def test_who_gave_no_name_is_told_by_their_username():
    row = Override(code="x", reason="So.", by=User(pk=5, username="ines"), at=NOON)

    assert _entry(row, HOLD, make_snapshot())["by"] == "ines"


def test_an_override_of_the_version_before_keeps_who_gave_it_and_says_where_it_stands_now():
    before = {"fingerprint": QUERY.fingerprint, "by": "Ines Roth", "sentence": 9, "field": "x"}
    carried = Carried(overrides={QUERY.fingerprint: before})
    snapshot = replace(make_snapshot(QUERY), carried=carried)

    assert list(_overrides(snapshot, Clearances(), {})) == [
        before | {"sentence": 1, "field": "body"}
    ]


@pytest.mark.django_db
def test_what_was_acknowledged_of_a_query_is_kept_with_the_version():
    article, ines = make_article(sources=False), make_user()
    Acknowledgement.objects.create(
        article=article,
        fingerprint=QUERY.fingerprint,
        code=QUERY.code,
        note="So.",
        by=ines,
        at=NOON,
    )
    snapshot = replace(make_snapshot(QUERY), carried=Carried())

    kept = clear(article, snapshot, by=None, at=NOON)

    assert kept.overrides == []
    assert [(entry["fingerprint"], entry["reason"]) for entry in kept.acknowledgements] == [
        (QUERY.fingerprint, "So.")
    ]
