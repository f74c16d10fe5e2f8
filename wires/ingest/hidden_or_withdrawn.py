"""What the desk says about a post: hidden from readers, or withdrawn by its source."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import AbstractUser
from django.db import transaction
from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When

from wires import generations, search
from wires.models import Post, PostVersion


class NotAllowed(Exception):
    """The person may not do this; the message says which right is missing."""


class ReasonMissing(Exception):
    """A post is hidden, or called withdrawn, for a reason only."""


def hide(post: Post, *, by: AbstractUser, reason: str, at: datetime) -> None:
    """Hide a post from the wire, lists and feeds; it can still be cited. Needs wires.hide_post.

    A post that is hidden already keeps its first reason. Raises NotAllowed and ReasonMissing.
    """
    require_permission(by, "wires.hide_post", "hide a post")
    reason = reason.strip()
    if not reason:
        message = "Give a reason for hiding the post."
        raise ReasonMissing(message)
    _change(post, Q(hidden_at__isnull=True), hidden_at=at, hidden_by=by, hidden_reason=reason[:300])


def unhide(post: Post, *, by: AbstractUser, at: datetime) -> None:
    """Show a hidden post again. Needs wires.hide_post. Raises NotAllowed."""
    require_permission(by, "wires.hide_post", "unhide a post")
    _change(post, Q(hidden_at__isnull=False), hidden_at=None, hidden_by=None, hidden_reason="")


def withdraw(post: Post, *, by: AbstractUser, reason: str, at: datetime) -> None:
    """Mark a post as withdrawn by its outlet; its versions stay. Needs wires.withdraw_post.

    A post that is withdrawn already keeps its first time. Raises NotAllowed and ReasonMissing.
    """
    require_permission(by, "wires.withdraw_post", "mark a post as withdrawn")
    reason = reason.strip()
    if not reason:
        message = "Say how you know that the outlet withdrew the post."
        raise ReasonMissing(message)
    _change(
        post,
        ~Q(state=Post.State.WITHDRAWN),
        state=Post.State.WITHDRAWN,
        withdrawn_at=at,
        withdrawn_by=by,
        withdrawn_reason=reason[:300],
    )


def reinstate(post: Post, *, by: AbstractUser) -> None:
    """Undo the withdrawal of a post. Needs wires.withdraw_post. Raises NotAllowed."""
    require_permission(by, "wires.withdraw_post", "undo a withdrawal")
    _take_back(post, Q(state=Post.State.WITHDRAWN))


def withdraw_by_evidence(post: Post, *, reason: str, at: datetime) -> None:
    """Mark a post as withdrawn by its outlet because its platform shows it no more.

    A post that is withdrawn already keeps its first time and reason.
    """
    _change(
        post,
        ~Q(state=Post.State.WITHDRAWN),
        state=Post.State.WITHDRAWN,
        withdrawn_at=at,
        withdrawn_by=None,
        withdrawn_reason=reason[:300],
    )


def reinstate_by_evidence(post: Post) -> None:
    """Undo a withdrawal that evidence led to; one by a person stays, who knew more than we do."""
    _take_back(post, Q(state=Post.State.WITHDRAWN, withdrawn_by__isnull=True))


def _take_back(post: Post, condition: Q) -> None:
    before = PostVersion.objects.for_readers().filter(
        post=OuterRef("pk"), n__lt=OuterRef("latest_version__n")
    )
    state: Any = Case(
        When(Exists(before), then=Value(Post.State.EDITED)),
        default=Value(Post.State.LIVE),
    )
    was = Post.objects.filter(pk=OuterRef("pk")).values(became=state)
    _change(
        post,
        condition,
        # An update follows no relation, a subquery does.
        state=Subquery(was),
        withdrawn_at=None,
        withdrawn_by=None,
        withdrawn_reason="",
    )


def require_permission(by: AbstractUser, permission: str, act: str) -> None:
    """Raise NotAllowed if the person lacks the permission."""
    if not by.has_perm(permission):
        message = f"{by.get_username()} does not have permission to {act}."
        raise NotAllowed(message)


def _change(post: Post, condition: Q, **columns: object) -> None:
    """Write the columns where the condition still holds, then tell every page that shows it."""
    with transaction.atomic():
        if Post.objects.filter(condition, pk=post.pk).update(**columns):
            search.write_rows([post.pk])
            transaction.on_commit(lambda: generations.bump("wire"))
            transaction.on_commit(lambda: generations.bump("pages"))
    post.refresh_from_db(fields=[*columns])
