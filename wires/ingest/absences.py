"""What follows where a platform shows a post no more, or shows it again: both stand on record.

Only evidence leads here: never that a post left a feed, never an error.
"""

import logging
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from wires.ingest.bodies import FetchedBody
from wires.ingest.erased import has_erased_post
from wires.ingest.hidden_or_withdrawn import reinstate_by_evidence, withdraw_by_evidence
from wires.ingest.known import hashed, hashes_in
from wires.models import Channel, Disappearance, Evidence, Post, PostAlias
from wires.platforms.base import Document

logger = logging.getLogger(__name__)

How = Disappearance.How
_REASONS = {
    How.MISSING: "On two fetches it was missing between two posts that {platform} shows.",
    How.NOT_FOUND: "Its server says that there is no such post, and shows others of the account.",
    How.OMITTED: "{platform} leaves it out where it is asked for, and shows the account.",
    How.STATED: "{platform} says that it was deleted, or is shown to nobody.",
}


@dataclass(frozen=True, slots=True)
class Proof:
    """The bytes that show that a post is there or not, and the posts in them, by hash."""

    body: FetchedBody
    present: frozenset[str] = frozenset()

    @classmethod
    def of(cls, body: FetchedBody, document: Document) -> "Proof":
        return cls(body, hashes_in(document))


@dataclass(frozen=True, slots=True, kw_only=True)
class AbsenceTally:
    """How many posts were found to be withdrawn, and how many came back."""

    withdrawn: int = 0
    back: int = 0

    def __add__(self, other: "AbsenceTally") -> "AbsenceTally":
        return AbsenceTally(withdrawn=self.withdrawn + other.withdrawn, back=self.back + other.back)


def note_what_is_there(
    channel: Channel, document: Document, body: FetchedBody, *, at: datetime
) -> AbsenceTally:
    """Note what a page says of posts that are there and of those that are not.

    One query where nothing ever was missing and nothing is.
    """
    proof = Proof.of(body, document)
    back = note_presence(channel, proof.present, proof=proof, at=at)
    return back + note_missing_ids(channel, document.missing, proof=proof, at=at)


def note_missing_ids(
    channel: Channel, ids: Sequence[str], *, proof: Proof, at: datetime
) -> AbsenceTally:
    """Note the posts with these ids, which a page leaves out between two others.

    No query without ids, two where none of them is on file.
    """
    hashes = hashed(ids)
    if not hashes:
        return AbsenceTally()
    own = Post.objects.filter(channel=channel, native_id_hash__in=hashes)
    aliases = PostAlias.objects.filter(channel=channel, native_id_hash__in=hashes)
    pks = {*own.values_list("pk", flat=True), *aliases.values_list("post", flat=True)}
    if not pks:
        return AbsenceTally()
    posts = Post.objects.filter(pk__in=pks).select_related("latest_version", "channel")
    # Another part of its album is there.
    there = PostAlias.objects.filter(post__in=pks, native_id_hash__in=proof.present)
    shown = set(there.values_list("post", flat=True))
    gone = [post for post in posts if not _is_shown(post, proof) and post.pk not in shown]
    return note_absences(gone, how=How.MISSING, proof=proof, at=at)


def _is_shown(post: Post, proof: Proof) -> bool:
    return post.native_id_hash in proof.present


def note_absences(
    posts: Iterable[Post], *, how: Disappearance.How, proof: Proof, at: datetime
) -> AbsenceTally:
    """Note posts that are not there; withdraw those of which that is certain.

    Posts that readers never saw are left alone: nobody knows that they were ever there.
    """
    withdrawn = sum(
        _note(post, how=how, proof=proof, at=at)
        for post in posts
        if post.latest_version_id is not None
    )
    return AbsenceTally(withdrawn=withdrawn)


def _note(post: Post, *, how: Disappearance.How, proof: Proof, at: datetime) -> bool:
    """Note that a post is not there. Returns whether it is withdrawn from now on."""
    try:
        with transaction.atomic():
            row, _ = Disappearance.objects.open().get_or_create(
                post=post, defaults={"how": how, "missed_at": at, "checked_at": at}
            )
    except IntegrityError:
        # Another worker has just noted it.
        return False
    is_certain = how != How.MISSING or row.is_certain(at)
    if row.withdrawn_at is not None or not is_certain:
        Disappearance.objects.filter(pk=row.pk).update(checked_at=at)
        return False
    evidence = _keep(post, proof, kind=Evidence.Kind.ABSENCE, at=at)
    reason = _REASONS[how].format(platform=post.channel.on_platform.label)
    with transaction.atomic():
        rows = Disappearance.objects.open().filter(pk=row.pk, withdrawn_at__isnull=True)
        if not rows.update(how=how, withdrawn_at=at, checked_at=at, proof=evidence):
            return False
        withdraw_by_evidence(post, reason=reason, at=at)
    logger.warning("Post %s of %s is withdrawn: %s", post.pk, post.channel.code, reason)
    return True


def note_presence(
    channel: Channel, hashes: Collection[str], *, proof: Proof, at: datetime
) -> AbsenceTally:
    """Note that posts are there which were missing, by the hashes of their ids.

    One query where none was.
    """
    rows = Disappearance.objects.open().filter(post__channel=channel)
    missing = list(rows.select_related("post__latest_version", "post__channel"))
    if not missing:
        return AbsenceTally()
    aliases = PostAlias.objects.filter(
        post__in=[row.post_id for row in missing], native_id_hash__in=hashes
    )
    there = set(aliases.values_list("post", flat=True))
    back = 0
    for row in missing:
        if row.post_id in there or row.post.native_id_hash in hashes:
            back += _note_return(row, proof=proof, at=at)
    return AbsenceTally(back=back)


def _note_return(row: Disappearance, *, proof: Proof, at: datetime) -> bool:
    """Close the record of a post that is there again. Returns whether it had been withdrawn."""
    if row.withdrawn_at is None:
        # It was missing on one fetch only, which says nothing.
        Disappearance.objects.filter(pk=row.pk, withdrawn_at__isnull=True).delete()
        return False
    evidence = _keep(row.post, proof, kind=Evidence.Kind.RETURN, at=at)
    with transaction.atomic():
        rows = Disappearance.objects.open().filter(pk=row.pk)
        if not rows.update(back_at=at, proof_of_return=evidence):
            return False
        reinstate_by_evidence(row.post)
    logger.warning("Post %s of %s is there again", row.post_id, row.post.channel.code)
    return True


def _keep(post: Post, proof: Proof, *, kind: Evidence.Kind, at: datetime) -> Evidence | None:
    """Keep the bytes for ever; only their hash where an erased post is in them."""
    version = post.latest_version
    if version is None:
        return None
    is_erased = has_erased_post(post.channel, proof.present)
    evidence, _ = Evidence.objects.get_or_create(
        post_version=version,
        kind=kind,
        sha256=proof.body.sha256,
        defaults={
            "size": proof.body.size,
            "body": None if is_erased else proof.body.compressed,
            "kept_at": at,
            "erased_at": at if is_erased else None,
        },
    )
    return evidence
