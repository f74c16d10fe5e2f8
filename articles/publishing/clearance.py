"""Clearances of findings: overrides by a second person, and acknowledgements."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User

from accounts.second_person import read_ties
from articles import vetting
from articles.models import Acknowledgement, Article, Override
from articles.publishing.live import Entry
from articles.publishing.refusals import HeldByChecks
from articles.publishing.snapshot import Snapshot
from articles.vetting import evidence
from desk.staff import name_of

CLEARED_BY_ACKNOWLEDGEMENT = "source-deleted"
YOURSELF = "You overrode this hold yourself, so somebody else must publish."


@dataclass(frozen=True, slots=True)
class Clearances:
    """The overrides and acknowledgements of an article, by fingerprint."""

    overrides: Mapping[str, Override] = field(default_factory=dict)
    acknowledgements: Mapping[str, Acknowledgement] = field(default_factory=dict)

    def for_hold(self, finding: vetting.Finding) -> Override | Acknowledgement | None:
        """Return what clears a hold, regardless of who publishes."""
        if not vetting.can_be_overridden(finding.code):
            return None
        if row := self.overrides.get(finding.fingerprint):
            return row
        if finding.code == CLEARED_BY_ACKNOWLEDGEMENT:
            return self.acknowledgements.get(finding.fingerprint)
        return None

    def for_finding(self, finding: vetting.Finding) -> Override | Acknowledgement | None:
        """Return what clears a finding, hold or query."""
        if finding.level is vetting.Level.QUERY:
            seen = self.acknowledgements.get(finding.fingerprint)
            return seen or self.for_hold(finding)
        return self.for_hold(finding)


@dataclass(frozen=True, slots=True)
class Clearance:
    """A clearance as stored with a version, for readers."""

    overrides: list[Entry]
    acknowledgements: list[Entry]


def clearances(article: Article) -> Clearances:
    """Return the clearances of an article. Two queries."""
    if article.pk is None:
        return Clearances()
    overrides = Override.objects.filter(article=article).select_related("by")
    seen = Acknowledgement.objects.filter(article=article).select_related("by")
    return Clearances(
        {row.fingerprint: row for row in overrides}, {row.fingerprint: row for row in seen}
    )


def is_any_cleared(article: Article) -> bool:
    """Return whether a finding of an article was ever overridden or acknowledged. One query."""
    overrides = Override.objects.filter(article=article).values("pk")
    return overrides.union(Acknowledgement.objects.filter(article=article).values("pk")).exists()


def clear(article: Article, snapshot: Snapshot, *, by: User | None, at: datetime) -> Clearance:
    """Return the clearance of each finding. Raises HeldByChecks.

    One query where nobody cleared anything, none without findings; else three, and two more where
    holds were overridden.
    """
    cleared = clearances(article) if snapshot.findings and is_any_cleared(article) else Clearances()
    rows = {hold.fingerprint: cleared.for_hold(hold) for hold in snapshot.holds}
    alone = why_alone(rows.values(), by=by, at=at)
    uncounted = {
        fingerprint: alone[row.by_id]
        for fingerprint, row in rows.items()
        if settings.DESK_SECOND_PERSON and isinstance(row, Override) and row.by_id in alone
    }
    still_held = [
        hold
        for hold in snapshot.holds
        if rows[hold.fingerprint] is None or hold.fingerprint in uncounted
    ]
    if still_held:
        raise HeldByChecks(still_held, uncounted=uncounted)
    return Clearance(
        overrides=list(_overrides(snapshot, cleared, alone)),
        acknowledgements=[
            _entry(cleared.acknowledgements[finding.fingerprint], finding, snapshot)
            for finding in _once(snapshot)
            if finding.level is vetting.Level.QUERY
            and finding.fingerprint in cleared.acknowledgements
        ],
    )


def why_alone(
    rows: Iterable[Override | Acknowledgement | None], *, by: User | None, at: datetime
) -> dict[int, str]:
    """Return why who overrode and who publishes are not two people, by who overrode.

    Empty where they all are. Two queries, none without overrides.
    """
    makers = {row.by_id: row.by for row in rows if isinstance(row, Override)}
    if not makers:
        return {}
    ties = read_ties([*makers.values(), by])
    whys = {}
    for pk, maker in makers.items():
        why = ties.objection(maker, to=by, at=at)
        # The other way round too: the new account may be the one that publishes.
        if by is not None and not why:
            why = ties.objection(by, to=maker, at=at)
        whys[pk] = YOURSELF if by is not None and pk == by.pk else why
    return {pk: why for pk, why in whys.items() if why}


def _overrides(
    snapshot: Snapshot, cleared: Clearances, alone: Mapping[int, str]
) -> Iterator[Entry]:
    """Yield the overrides of the holds, and those of the live version that still apply."""
    for finding in _once(snapshot):
        row = cleared.for_hold(finding)
        if before := snapshot.carried.overrides.get(finding.fingerprint):
            yield before | _place(finding, snapshot)
        elif row is not None and finding.level is vetting.Level.HOLD:
            yield _entry(row, finding, snapshot) | {"how": _how(row, alone)}


def _once(snapshot: Snapshot) -> list[vetting.Finding]:
    return list({finding.fingerprint: finding for finding in reversed(snapshot.findings)}.values())[
        ::-1
    ]


def _how(row: Override | Acknowledgement, alone: Mapping[int, str]) -> str:
    if isinstance(row, Acknowledgement):
        return "acknowledged"
    return "alone" if row.by_id in alone else "second"


def _entry(row: Override | Acknowledgement, finding: vetting.Finding, snapshot: Snapshot) -> Entry:
    reason = row.reason if isinstance(row, Override) else row.note
    if not reason and row.code == CLEARED_BY_ACKNOWLEDGEMENT:
        reason = "The outlet withdrew a post cited here."
    return {
        "code": row.code,
        **_place(finding, snapshot),
        "reason": reason,
        "by": name_of(row.by),
        "at": row.at.isoformat(),
    }


def _place(finding: vetting.Finding, snapshot: Snapshot) -> Entry:
    """Return what tells in a version where an override or acknowledgement belongs."""
    return {
        "fingerprint": finding.fingerprint,
        "sentence": evidence.sentence_number(finding, snapshot.piece),
        "field": finding.field,
    }
