"""Erase again what was erased after a backup was made that has been restored."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from articles.erasure.journal import NotedErasure
from articles.erasure.posts import erase_post
from articles.erasure.versions import erase_version
from articles.models import ArticleVersion, Erasure
from articles.publishing import Refused
from wires.models import Post
from wires.retention import NothingToErase

ERASED, ERASED_ALREADY, NOT_THERE, FAILED = "erased", "erased already", "not there", "failed"


def erase_again(noted: Iterable[NotedErasure], *, at: datetime) -> Counter[str]:
    """Erase what a file of erasures names and the database has, and count what became of each.

    What a backup does not hold is not there, and what another line erased is erased already; so
    it can be done twice. One or two queries for a line that is over.
    """
    first = {one.what: one for one in reversed(list(noted))}
    return Counter(_erase_one(one, at=at) for one in reversed(first.values()))


def _erase_one(noted: NotedErasure, *, at: datetime) -> str:
    row = find_noted(noted)
    if row is None:
        return NOT_THERE
    reason = f"Erased before, at {noted.erased_at[:16]}, and come back with a restored backup."
    try:
        if isinstance(row, Post):
            erase_post(row, reason=reason, by=None, at=at)
        else:
            erase_version(row, reason=reason, by=None, at=at)
    except NothingToErase:
        return ERASED_ALREADY
    except Refused:
        return FAILED
    return ERASED


def find_noted(noted: NotedErasure) -> Post | ArticleVersion | None:
    """Return the row that a line names. One query."""
    if noted.kind == Erasure.Kind.POST:
        return Post.objects.filter(channel=noted.owner, native_id_hash=noted.mark).first()
    number, _, published_at = noted.mark.partition(" ")
    version = ArticleVersion.objects.filter(article=noted.owner, n=int(number)).first()
    # A restored site counts its articles on from the backup: another may have this number by now.
    is_same = version is not None and version.at.isoformat() == published_at
    return version if is_same else None
