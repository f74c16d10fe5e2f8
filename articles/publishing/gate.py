"""Letting a hold pass: a second person's reason, or an acknowledgement where that is enough."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from articles import vetting
from articles.models import Acknowledgement, Act, Article, Override
from articles.publishing.acts import LIFTED_BY_ACKNOWLEDGEMENT, allow, log, noted
from articles.publishing.drawing import vet
from articles.publishing.refusals import Refused


class NotStanding(Refused):
    """The hold does not stand, or no longer."""


def override(
    article: Article, *, fingerprint: str, reason: str, by: User, at: datetime
) -> Override:
    """Let a hold of the stored working copy pass, with a reason that is published with it.

    It lives as long as the evidence stays the same. Whether the one who publishes may be the same
    person is asked when it is published (DESK_SECOND_PERSON). Raises NotAllowed, NoteMissing or
    NotStanding.
    """
    allow(by, "articles.override_hold", "override a hold")
    reason = noted(reason, "An override")
    finding = standing(article, fingerprint, at=at)
    with transaction.atomic():
        row, _ = Override.objects.update_or_create(
            article=article,
            fingerprint=fingerprint,
            defaults={"code": finding.code, "reason": reason[:500], "by": by, "at": at},
        )
        log(article, Act.Verb.OVERRIDE, by=by, at=at)
    return row


def acknowledge(
    article: Article, *, fingerprint: str, note: str, by: User, at: datetime
) -> Acknowledgement:
    """Record that an editor has seen a finding. Raises NotAllowed or NotStanding."""
    allow(by, "articles.acknowledge_finding", "acknowledge a finding")
    finding = standing(article, fingerprint, at=at)
    if finding.level is vetting.Level.HOLD and finding.code != LIFTED_BY_ACKNOWLEDGEMENT:
        message = "This hold is lifted by an override alone."
        raise NotStanding(message)
    with transaction.atomic():
        row, _ = Acknowledgement.objects.update_or_create(
            article=article,
            fingerprint=fingerprint,
            defaults={"code": finding.code, "note": note.strip()[:300], "by": by, "at": at},
        )
        log(article, Act.Verb.ACKNOWLEDGE, by=by, at=at)
    return row


def standing(article: Article, fingerprint: str, *, at: datetime) -> vetting.Finding:
    """Return the finding of the stored working copy with this fingerprint. Raises NotStanding."""
    stored = Article.objects.select_related("section", "image", "live_version").get(pk=article.pk)
    for finding in vet(stored, at=at):
        if finding.fingerprint == fingerprint:
            return finding
    message = "This finding no longer stands against the saved article."
    raise NotStanding(message)
