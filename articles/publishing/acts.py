"""Publish, update, correct, withdraw: each in one short transaction after all slow work is done."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction

from articles import page_parts, search
from articles.models import Act, Article, ArticleVersion, Correction, OverrideRequest
from articles.publishing.fronting import take_off_front
from articles.publishing.listing import unlist_article
from articles.publishing.on_record import allow, log, noted
from articles.publishing.refusals import WrongState
from articles.publishing.releasing import (
    CORRECT,
    NAMES,
    UPDATE,
    end_schedule,
    locked_article,
    pages_changed,
    release,
)


def publish(article: Article, *, by: User | None, at: datetime, reason: str = "") -> ArticleVersion:
    """Make a draft public and return its first version. `by` is None if no user does it.

    Raises NotAllowed, WrongState, Embargoed, NothingToRead, HeldByChecks, SlugTaken or ChangedMeanwhile.
    """
    allow(by, "articles.publish_article", "publish")
    return release(article, by=by, at=at, reason=reason)


def update(article: Article, *, by: User | None, at: datetime, note: str) -> ArticleVersion:
    """Replace the live version with the working copy and return the new version.

    The note is shown to readers. Raises NotAllowed, NoteMissing, WrongState, Embargoed,
    NothingToRead, HeldByChecks, SlugTaken or ChangedMeanwhile.
    """
    allow(by, "articles.update_article", "update a live article")
    return release(article, by=by, at=at, note=noted(note, NAMES[UPDATE]), kind=UPDATE)


def correct(article: Article, *, by: User | None, at: datetime, note: str) -> ArticleVersion:
    """Replace the live version, which was wrong, and return the new version.

    As an update, but that its note is a correction.
    """
    allow(by, "articles.correct_article", "correct a live article")
    return release(article, by=by, at=at, note=noted(note, NAMES[CORRECT]), kind=CORRECT)


def withdraw(article: Article, *, by: User | None, at: datetime, note: str) -> None:
    """Withdraw a live article; its address answers 410 with the note from then on.

    Raises NotAllowed, NoteMissing or WrongState. Never held.
    """
    allow(by, "articles.withdraw_article", "withdraw an article")
    note = noted(note, "A withdrawal")
    with transaction.atomic():
        locked = locked_article(article)
        if not locked.is_live:
            message = f"Only a live article can be withdrawn; this one is {locked.get_status_display().lower()}."
            raise WrongState(message)
        correction = Correction.objects.create(
            article=locked,
            kind=Correction.Kind.WITHDRAW,
            note=note,
            at=at,
            by=by,
            version_before_id=locked.live_version_id,
        )
        page_parts.forget_parts([locked.pk])
        unlist_article(locked)
        search.remove_rows([locked])
        locked.status, locked.live_version = Article.Status.WITHDRAWN, None
        locked.save(update_fields=["status", "live_version", "updated_at"])
        log(locked, Act.Verb.WITHDRAW, by=by, at=at, correction=correction)
        OverrideRequest.objects.filter(article=locked).delete()
        end_schedule(locked, at=at)
        take_off_front(locked, by=by, at=at)
        transaction.on_commit(pages_changed, robust=True)
    article.refresh_from_db(fields=["status", "live_version", "updated_at"])
