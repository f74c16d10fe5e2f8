"""Clear a hold: override it as a second person, or acknowledge it where that is enough."""

from collections.abc import Sequence
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from articles import vetting
from articles.models import Acknowledgement, Act, Article, Override, OverrideRequest
from articles.publishing.clearance import CLEARED_BY_ACKNOWLEDGEMENT, clearances
from articles.publishing.on_record import allow, log, noted
from articles.publishing.refusals import NeverOverridden, Refused
from articles.publishing.snapshot import build_snapshot, vet

# Nobody overrides more holds than this one by one.
MOST_HOLDS = 100
NEVER_OVERRIDDEN = "Nobody can override this hold. Do what it says."
NOTHING_TO_UNDO = "There is nothing to undo: nobody has cleared this finding."


class NotCurrent(Refused):
    """The finding does not apply, or no longer applies."""


def override(
    article: Article, *, fingerprint: str, reason: str, by: User, at: datetime
) -> Override:
    """Override a hold on the stored working copy, with a reason that is published.

    Valid as long as its sentence and evidence stay the same. Whether the same person may publish
    is decided on publishing (DESK_SECOND_PERSON). Raises NotAllowed, NoteMissing, NotCurrent or
    NeverOverridden.
    """
    allow(by, "articles.override_hold", "override a hold")
    reason = noted(reason, "An override")
    finding = find_current(article, fingerprint, at=at)
    if not vetting.can_be_overridden(finding.code):
        raise NeverOverridden(NEVER_OVERRIDDEN)
    with transaction.atomic():
        row, _ = Override.objects.update_or_create(
            article=article,
            fingerprint=fingerprint,
            defaults={**_identity(finding), "reason": reason[:500], "by": by, "at": at},
        )
        _answer(article, finding)
        log(article, Act.Verb.OVERRIDE, by=by, at=at)
    return row


def _identity(finding: vetting.Finding) -> dict[str, str]:
    """Return the columns that say what was cleared, besides its fingerprint."""
    return {"code": finding.code, "evidence_fingerprint": finding.evidence_fingerprint}


def _answer(article: Article, finding: vetting.Finding) -> None:
    """Remove a hold from the open override request."""
    # A request from before migration 0009 names the holds without their sentences.
    answered = {finding.fingerprint, finding.evidence_fingerprint}
    for override_request in OverrideRequest.objects.select_for_update().filter(article=article):
        left = [hold for hold in override_request.holds if hold["fingerprint"] not in answered]
        if not left:
            override_request.delete()
        elif left != override_request.holds:
            override_request.holds = left
            override_request.save(update_fields=["holds"])


def acknowledge(
    article: Article,
    *,
    fingerprint: str,
    note: str,
    by: User,
    at: datetime,
    unsaved: Sequence[vetting.Finding] = (),
) -> Acknowledgement:
    """Record that an editor has seen a finding of the stored working copy, or of an unsaved one.

    Raises NotAllowed or NotCurrent.
    """
    allow(by, "articles.acknowledge_finding", "acknowledge a finding")
    finding = next((each for each in unsaved if each.fingerprint == fingerprint), None)
    finding = finding or find_current(article, fingerprint, at=at)
    if finding.level is vetting.Level.HOLD and finding.code != CLEARED_BY_ACKNOWLEDGEMENT:
        message = "This hold can only be overridden, not acknowledged."
        raise NotCurrent(message)
    with transaction.atomic():
        row, _ = Acknowledgement.objects.update_or_create(
            article=article,
            fingerprint=fingerprint,
            defaults={**_identity(finding), "note": note.strip()[:300], "by": by, "at": at},
        )
        log(article, Act.Verb.ACKNOWLEDGE, by=by, at=at)
    return row


def revoke(article: Article, *, fingerprint: str, by: User, at: datetime) -> None:
    """Undo an override or an acknowledgement. Raises NotAllowed or NotCurrent."""
    cleared = clearances(article)
    row = cleared.overrides.get(fingerprint) or cleared.acknowledgements.get(fingerprint)
    if row is None:
        raise NotCurrent(NOTHING_TO_UNDO)
    is_override = isinstance(row, Override)
    right = "articles.override_hold" if is_override else "articles.acknowledge_finding"
    allow(by, right, "undo this")
    with transaction.atomic():
        # The second of two people waits here for the first, and then finds nothing.
        count, _ = type(row)._base_manager.filter(pk=row.pk).delete()
        if not count:
            raise NotCurrent(NOTHING_TO_UNDO)
        log(article, Act.Verb.TAKE_BACK, by=by, at=at)


def request_override(article: Article, *, by: User, at: datetime) -> OverrideRequest:
    """Ask a second person to look at the holds on the stored article.

    Publishers see it on the desk's first page until it is published or withdrawn. Raises
    NotAllowed, NotCurrent if no hold is left, or NeverOverridden if nobody can override those left.
    """
    allow(by, "articles.publish_article", "ask for a second person")
    snapshot, cleared = build_snapshot(_stored(article), at=at), clearances(article)
    holds = [hold for hold in snapshot.holds if cleared.for_hold(hold) is None]
    if not holds:
        message = "The saved article has no open holds."
        raise NotCurrent(message)
    holds = [hold for hold in holds if vetting.can_be_overridden(hold.code)]
    if not holds:
        raise NeverOverridden(NEVER_OVERRIDDEN)
    kept = [
        {"code": hold.code, "fingerprint": hold.fingerprint, "message": hold.message}
        for hold in holds[:MOST_HOLDS]
    ]
    with transaction.atomic():
        row, _ = OverrideRequest.objects.update_or_create(
            article=article, defaults={"holds": kept, "by": by, "at": at}
        )
        log(article, Act.Verb.REFER, by=by, at=at)
    return row


def find_current(article: Article, fingerprint: str, *, at: datetime) -> vetting.Finding:
    """Return the finding of the stored working copy with this fingerprint. Raises NotCurrent."""
    for finding in vet(_stored(article), at=at):
        if finding.fingerprint == fingerprint:
            return finding
    message = "This finding no longer applies to the saved article."
    raise NotCurrent(message)


def _stored(article: Article) -> Article:
    return Article.objects.select_related("section", "image", "live_version").get(pk=article.pk)
