"""Who may do an act, which note it needs, and the entry that it leaves in the log."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User

from articles.models import Act, Article, Correction
from articles.publishing.refusals import NotAllowed, NoteMissing


def allow(by: User | None, permission: str, what: str) -> None:
    if by is None or (by.is_active and by.has_perm(permission)):
        return
    message = f"{by.get_username()} may not {what}."
    raise NotAllowed(message)


def noted(note: str, act: str, says: str = "") -> str:
    """Return the note that an act needs: a public one, or one that says something. Raises NoteMissing."""
    if not note.strip():
        wanted = (
            f"a note that says {says}" if says else "a public note that says what changed and why"
        )
        message = f"{act} needs {wanted}."
        raise NoteMissing(message)
    return note.strip()


def log(
    article: Article,
    verb: Act.Verb,
    *,
    by: User | None,
    at: datetime,
    correction: Correction | None = None,
    detail: Mapping[str, Any] | None = None,
) -> None:
    Act.objects.create(
        article=article,
        headline=article.headline,
        verb=verb,
        by=by,
        at=at,
        correction=correction,
        detail=dict(detail or {}),
    )
