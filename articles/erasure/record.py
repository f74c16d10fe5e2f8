"""The record of an erasure, and what is decided about the places that still print the words."""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction

from articles.erasure import journal
from articles.erasure.printed import Printed, hash_of_working_copy
from articles.erasure.steps import Step
from articles.models import ArticleVersion, Erasure, ErasurePlace
from articles.publishing import Refused
from articles.publishing.on_record import allow
from wires.models import Post

PERMISSIONS = {
    Erasure.Kind.POST: ("wires.erase_post", "erase a post"),
    Erasure.Kind.VERSION: ("articles.erase_version", "erase a version"),
}
LONGEST_REASON = 500


class ReasonMissing(Refused):
    """An erasure, or a place that is kept, needs a reason."""


class NothingOpen(Refused):
    """Somebody has decided about the place already."""


class NotRewritten(Refused):
    """The working copy is as it was when the words were erased."""


def allow_to_erase(by: User | None, kind: str) -> None:
    """Raise NotAllowed for a user who may not erase this. `by` is None for the operator."""
    permission, what = PERMISSIONS[Erasure.Kind(kind)]
    allow(by, permission, what)


def reason_of(reason: str) -> str:
    """Return a reason without white space around it. Raises ReasonMissing."""
    reason = reason.strip()[:LONGEST_REASON]
    if not reason:
        message = "Give the reason: which court or office asked for it, and when."
        raise ReasonMissing(message)
    return reason


def record(
    *,
    kind: Erasure.Kind,
    subject: str,
    steps: Sequence[Step],
    printed: Sequence[Printed],
    reason: str,
    by: User | None,
    at: datetime,
    post: Post | None = None,
    version: ArticleVersion | None = None,
) -> Erasure:
    """Write the record, with a place for each version and working copy that prints the words.

    Once it is committed it is noted beside the backups too, which still hold the words.
    """
    erasure = Erasure.objects.create(
        kind=kind,
        subject=subject,
        post=post,
        version=version,
        reason=reason,
        by=by,
        at=at,
        emptied=[[step.name, step.rows] for step in steps],
    )
    for one in printed:
        ErasurePlace.objects.create(
            erasure=erasure,
            article=one.article,
            version=one.version,
            text_hash="" if one.version else hash_of_working_copy(one.article),
        )
    transaction.on_commit(partial(journal.note, [erasure]), robust=True)
    return erasure


def keep(place: ErasurePlace, *, reason: str, by: User | None, at: datetime) -> None:
    """Record why a version or a working copy may go on printing the words.

    Raises NotAllowed, ReasonMissing or NothingOpen.
    """
    allow_to_erase(by, place.erasure.kind)
    _close(place, reason=reason_of(reason), by=by, at=at)


def confirm_rewritten(place: ErasurePlace, *, by: User | None, at: datetime) -> None:
    """Record that a working copy no longer prints the words.

    Nobody else can say so, because the words are gone. Raises NotAllowed, NotRewritten or
    NothingOpen.
    """
    allow_to_erase(by, place.erasure.kind)
    if place.version_id or place.text_hash == hash_of_working_copy(place.article):
        message = "The text has not changed since. Take the words out of it and save it first."
        raise NotRewritten(message)
    _close(place, reason="", by=by, at=at)


def _close(place: ErasurePlace, *, reason: str, by: User | None, at: datetime) -> None:
    with transaction.atomic():
        closed = (
            ErasurePlace.objects.open()
            .filter(pk=place.pk)
            .update(kept_reason=reason, closed_by=by, closed_at=at)
        )
    if not closed:
        message = "Somebody has already decided about this."
        raise NothingOpen(message)
