"""Confirm words that somebody entered by hand: only then do readers see them."""

from collections.abc import Callable
from datetime import datetime
from typing import cast

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q

from accounts import second_person
from wires import generations, search
from wires.ingest.by_hand import choose_versions
from wires.ingest.end_of_demo import end_demo
from wires.ingest.hidden_or_withdrawn import require_permission
from wires.models import Channel, Confirmation, Post, PostVersion
from wires.retention import keep_from_erasure

CONFIRMING = "wires.import_post"


class NotConfirmed(Exception):
    """The words are not confirmed, or stay so; the message says why and what to do."""


def find_objection(version: PostVersion, *, to: User, at: datetime) -> str:
    """Return why this person cannot confirm the words, in a sentence, or "".

    With DESK_SECOND_PERSON off the person who entered them may. Three queries at most.
    """
    if version.is_erased:
        return "The words were removed on legal request, so there is nothing to confirm."
    if version.captured_by_id is None:
        return "The words were fetched from the outlet, so nobody needs to confirm them."
    if version.find_confirmation() is not None:
        return "The words are confirmed already."
    if not settings.DESK_SECOND_PERSON:
        return ""
    return second_person.objection(to, to=version.captured_by, at=at)


def confirm(version: PostVersion, *, by: User, at: datetime) -> Confirmation:
    """Record that this person has compared the words with the post, and show them to readers.

    Needs wires.import_post. Raises NotAllowed or NotConfirmed.
    """
    require_permission(by, CONFIRMING, "confirm words")
    objection = second_person.objection(by, to=version.captured_by, at=at)
    how = Confirmation.How.ALONE if objection else Confirmation.How.SECOND

    def make(locked: PostVersion) -> Confirmation:
        if reason := find_objection(locked, to=by, at=at):
            raise NotConfirmed(reason)
        return Confirmation.objects.create(
            post_version=locked, how=how, entered_by=cast("User", locked.captured_by), by=by, at=at
        )

    confirmation = _change(version, make)
    _show(version.post, at=at)
    return confirmation


def why_it_stays(version: PostVersion) -> str:
    """Return why a confirmation cannot be taken back, in a sentence, or "". Two queries at most."""
    confirmation = version.find_confirmation()
    if confirmation is None:
        return "These words are not confirmed."
    if confirmation.by_id is None:
        return "Nobody confirmed these words, so nobody can take that back."
    if version.citations.exists():
        return (
            "A published article has cited these words as confirmed. Update or withdraw that"
            " article, and hide the post."
        )
    if PostVersion.objects.filter(post=version.post_id, n__gt=version.n).exists():
        return "A newer version is compared with these words. Hide the post instead."
    return ""


def take_back(version: PostVersion, *, by: User) -> None:
    """Take a confirmation back, so that the words are at the desk only again.

    Not once a published article has cited them. Needs wires.import_post. Raises NotAllowed or
    NotConfirmed.
    """
    require_permission(by, CONFIRMING, "take a confirmation back")

    def remove(locked: PostVersion) -> None:
        if reason := why_it_stays(locked):
            raise NotConfirmed(reason)
        Confirmation.objects.filter(post_version=locked).delete()

    _change(version, remove)


def _change[Result](version: PostVersion, act: Callable[[PostVersion], Result]) -> Result:
    """Do it to the version as it is now, while nobody stores, erases, publishes or confirms it."""
    with transaction.atomic():
        # As store() does, and in this order: a version stored meanwhile would be overlooked.
        channels = Channel.objects.select_for_update(no_key=True)
        channels.values_list("pk").get(pk=version.post.channel_id)
        keep_from_erasure([version])
        locked = PostVersion.objects.select_related("confirmation", "captured_by").get(
            pk=version.pk
        )
        result = act(locked)
        choose_versions(locked.post_id)
        search.write_rows([locked.post_id])
        transaction.on_commit(lambda: generations.bump("wire"))
        transaction.on_commit(lambda: generations.bump("pages"))
    return result


def _show(post: Post, *, at: datetime) -> None:
    """Do what follows a post that readers see from now on."""
    channel = post.channel
    earlier = Q(last_post_at__isnull=True) | Q(last_post_at__lt=post.wire_at)
    Channel.objects.filter(earlier, pk=channel.pk).update(last_post_at=post.wire_at)
    is_news = channel.on_ticker and not post.is_backfill and not post.is_service
    if is_news and not channel.outlet.is_demo:
        end_demo(at=at)
