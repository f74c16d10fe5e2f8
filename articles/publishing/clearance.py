"""Clearances of findings: overrides by a second person, and acknowledgements."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.auth.models import User

from articles import vetting
from articles.models import Acknowledgement, Article, Override
from articles.publishing.live import Entry
from articles.publishing.refusals import HeldByChecks
from articles.publishing.snapshot import Snapshot
from articles.vetting import evidence

CLEARED_BY_ACKNOWLEDGEMENT = "source-deleted"


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


def clear(article: Article, snapshot: Snapshot, *, by: User | None) -> Clearance:
    """Return the clearance of each finding. Raises HeldByChecks. Two queries."""
    cleared = clearances(article)
    still_held = [hold for hold in snapshot.holds if not _passes(cleared.for_hold(hold), by)]
    if still_held:
        own = [hold.fingerprint for hold in still_held if cleared.for_hold(hold)]
        raise HeldByChecks(still_held, own=own)
    return Clearance(
        overrides=list(_overrides(snapshot, cleared, by=by)),
        acknowledgements=[
            _entry(cleared.acknowledgements[finding.fingerprint], finding, snapshot)
            for finding in _once(snapshot)
            if finding.level is vetting.Level.QUERY
            and finding.fingerprint in cleared.acknowledgements
        ],
    )


def must_be_another(row: Override | Acknowledgement | None, by: User | None) -> bool:
    """Return whether another user must publish, because this one overrode the hold."""
    is_own = isinstance(row, Override) and by is not None and row.by_id == by.pk
    return is_own and settings.DESK_SECOND_PERSON


def _passes(row: Override | Acknowledgement | None, by: User | None) -> bool:
    return row is not None and not must_be_another(row, by)


def _overrides(snapshot: Snapshot, cleared: Clearances, *, by: User | None) -> Iterator[Entry]:
    """Yield the overrides of the holds, and those of the live version that still apply."""
    for finding in _once(snapshot):
        row = cleared.for_hold(finding)
        if before := snapshot.carried.overrides.get(finding.fingerprint):
            yield before | _place(finding, snapshot)
        elif row is not None and finding.level is vetting.Level.HOLD:
            yield _entry(row, finding, snapshot) | {"how": _how(row, by)}


def _once(snapshot: Snapshot) -> list[vetting.Finding]:
    return list({finding.fingerprint: finding for finding in reversed(snapshot.findings)}.values())[
        ::-1
    ]


def _how(row: Override | Acknowledgement, by: User | None) -> str:
    if isinstance(row, Acknowledgement):
        return "acknowledged"
    return "alone" if by is not None and row.by_id == by.pk else "second"


def _entry(row: Override | Acknowledgement, finding: vetting.Finding, snapshot: Snapshot) -> Entry:
    reason = row.reason if isinstance(row, Override) else row.note
    if not reason and row.code == CLEARED_BY_ACKNOWLEDGEMENT:
        reason = "The outlet withdrew a post cited here."
    return {
        "code": row.code,
        **_place(finding, snapshot),
        "reason": reason,
        "by": row.by.get_full_name() or row.by.get_username(),
        "at": row.at.isoformat(),
    }


def _place(finding: vetting.Finding, snapshot: Snapshot) -> Entry:
    """Return what tells in a version where an override or acknowledgement belongs."""
    return {
        "fingerprint": finding.fingerprint,
        "sentence": evidence.sentence_number(finding, snapshot.piece),
    }
