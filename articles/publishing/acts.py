"""The acts, each in one short transaction after all slow work is done."""

from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Subquery

from articles import page_parts, vetting
from articles.models import (
    Act,
    Article,
    ArticleVersion,
    Correction,
    OverrideRequest,
    PageParts,
    Redirect,
    VersionSource,
    address,
)
from articles.publishing.clearance import Clearance, clear
from articles.publishing.inputs import read_inputs
from articles.publishing.refusals import (
    ChangedMeanwhile,
    Embargoed,
    HeldByChecks,
    NotAllowed,
    NoteMissing,
    NothingToRead,
    SlugTaken,
    WrongState,
)
from articles.publishing.snapshot import Snapshot, build_snapshot
from web.characters import is_blank
from web.words import long_time
from wires import generations
from wires.retention import keep_evidence, keep_from_erasure

TRIES = 3


def submit(article: Article, *, by: User | None, at: datetime) -> None:
    """Hand a draft to the editors. Raises NotAllowed or WrongState."""
    allow(by, "articles.submit_article", "submit an article")
    with transaction.atomic():
        locked = _locked(article)
        if locked.status != Article.Status.DRAFT:
            message = (
                f"Only a draft can be submitted; this one is {locked.get_status_display().lower()}."
            )
            raise WrongState(message)
        locked.status = Article.Status.REVIEW
        locked.save(update_fields=["status", "updated_at"])
        log(locked, Act.Verb.SUBMIT, by=by, at=at)
    article.refresh_from_db(fields=["status", "updated_at"])


def publish(article: Article, *, by: User | None, at: datetime, reason: str = "") -> ArticleVersion:
    """Make a draft public and return its first version. `by` is None if no user does it.

    Raises NotAllowed, WrongState, Embargoed, NothingToRead, HeldByChecks, SlugTaken or ChangedMeanwhile.
    """
    allow(by, "articles.publish_article", "publish")
    return _release(article, by=by, at=at, reason=reason, first=True)


def update(article: Article, *, by: User | None, at: datetime, note: str) -> ArticleVersion:
    """Replace the live version with the working copy and return the new version.

    The note is shown to readers. Raises NotAllowed, NoteMissing, WrongState, Embargoed,
    NothingToRead, HeldByChecks, SlugTaken or ChangedMeanwhile.
    """
    allow(by, "articles.update_article", "update a live article")
    return _release(article, by=by, at=at, note=noted(note, "An update"), first=False)


def withdraw(article: Article, *, by: User | None, at: datetime, note: str) -> None:
    """Withdraw a live article; its address answers 410 with the note from then on.

    Raises NotAllowed, NoteMissing or WrongState. Never held.
    """
    allow(by, "articles.withdraw_article", "withdraw an article")
    note = noted(note, "A withdrawal")
    with transaction.atomic():
        locked = _locked(article)
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
        locked.status, locked.live_version = Article.Status.WITHDRAWN, None
        locked.save(update_fields=["status", "live_version", "updated_at"])
        log(locked, Act.Verb.WITHDRAW, by=by, at=at, correction=correction)
        OverrideRequest.objects.filter(article=locked).delete()
        transaction.on_commit(_pages_changed, robust=True)
    article.refresh_from_db(fields=["status", "live_version", "updated_at"])


def _release(
    article: Article,
    *,
    by: User | None,
    at: datetime,
    first: bool,
    reason: str = "",
    note: str = "",
) -> ArticleVersion:
    for _ in range(TRIES):
        # The caller's instance may be stale, or have form values that were never saved.
        fresh = Article.objects.select_related("section", "image", "live_version").get(
            pk=article.pk
        )
        _releasable(fresh, at=at, first=first)
        snapshot = build_snapshot(fresh, at=at)
        if not vetting.is_readable(fresh.body):
            # It was not rendered, so it cannot be published even with an override.
            raise HeldByChecks(snapshot.holds)
        if not snapshot.piece.prose.words:
            message = "The article has no text yet."
            raise NothingToRead(message)
        if is_blank(fresh.headline):
            message = "The article has no headline yet."
            raise NothingToRead(message)
        cleared = clear(fresh, snapshot, by=by, at=at)
        parts = _parts(snapshot, cleared, at=at)
        try:
            version = _write(
                fresh, snapshot, parts, by=by, at=at, reason=reason, note=note, cleared=cleared
            )
        except IntegrityError as error:
            if "live_slug" not in str(error):
                raise
            raise _slug_taken(fresh) from error
        if version is not None:
            take_over(article, version.article)
            return version
    message = "The article or a post it cites keeps changing; try again in a moment."
    raise ChangedMeanwhile(message)


def _releasable(article: Article, *, at: datetime, first: bool) -> None:
    state = article.get_status_display().lower()
    if first and (article.was_ever_public or article.status == Article.Status.SCHEDULED):
        message = f"Only a draft can be published; this one is {state}."
        raise WrongState(message)
    if not first and not article.is_live:
        message = f"Only a live article can be updated; this one is {state}."
        raise WrongState(message)
    if article.embargo_until is not None and article.is_embargoed(at):
        message = f"The article is under embargo until {long_time(article.embargo_until)}."
        raise Embargoed(message)


def _parts(snapshot: Snapshot, cleared: Clearance, *, at: datetime) -> dict[str, Any]:
    """Return what pages will show of the snapshot with its clearance, as the row to be stored."""
    version = snapshot.version
    version.overrides, version.acknowledgements = cleared.overrides, cleared.acknowledgements
    # Its corrections come in the transaction: an update adds one.
    parts = page_parts.make_parts(version.article, version, snapshot.sources, (), at=at)
    return page_parts.as_columns(parts, snapshot.sources, at=at)


def _write(
    article: Article,
    snapshot: Snapshot,
    parts: dict[str, Any],
    *,
    by: User | None,
    at: datetime,
    reason: str,
    note: str,
    cleared: Clearance,
) -> ArticleVersion | None:
    """Freeze the snapshot, or return None if the article or a clearance changed since.

    Raises HeldByChecks if a hold lost its clearance meanwhile.
    """
    version = snapshot.version
    with transaction.atomic():
        locked = _locked(article)
        # Before they are read again: what is erased meanwhile is not to be frozen.
        keep_from_erasure([source.post_version for source in snapshot.sources])
        if read_inputs(locked).stamp() != snapshot.stamp:
            return None
        # A clearance that was revoked meanwhile holds it again; another one is written as it is.
        if clear(locked, snapshot, by=by, at=at) != cleared:
            return None
        before, old_path = locked.live_version, _path(locked)
        version.n = 1 if before is None else before.n + 1
        version.author, version.reason = by, reason or note
        version.findings = [finding.as_dict() for finding in snapshot.findings]
        version.save(force_insert=True)
        VersionSource.objects.bulk_create(snapshot.sources)
        keep_evidence([source.post_version for source in snapshot.sources], at=at)
        _make_live(locked, version, at=at)
        # After the save, which waits for a transaction leaving this slug: only then is its Redirect visible.
        was_asked = _claim(locked, old_path, at=at)
        correction = _correct(locked, before, version, note=note, by=by, at=at) if before else None
        if correction is not None:
            parts |= page_parts.replaced(locked, version)
        PageParts.objects.create(version=version, **parts)
        verb = Act.Verb.UPDATE if before else Act.Verb.PUBLISH
        log(locked, verb, by=by, at=at, correction=correction)
        if was_asked:
            OverrideRequest.objects.filter(article=locked).delete()
        transaction.on_commit(_pages_changed, robust=True)
    version.article = locked
    return version


def _make_live(article: Article, version: ArticleVersion, *, at: datetime) -> None:
    """Let readers see a version, from now on at its slug."""
    article.status, article.live_version = Article.Status.LIVE, version
    article.live_section_id, article.live_slug = version.section_id, version.slug
    article.first_published_at = article.first_published_at or at
    article.save(
        update_fields=[
            "status",
            "live_version",
            "live_section",
            "live_slug",
            "first_published_at",
            "updated_at",
        ]
    )


def _claim(article: Article, old_path: str, *, at: datetime) -> bool:
    """Claim the article's address, with a Redirect from the previous one. Raises SlugTaken.

    Return whether a second person is asked to override its holds: one query tells both.
    """
    path = _path(article)
    redirects = Redirect.objects.filter(path=path)
    asked = OverrideRequest.objects.filter(article=OuterRef("pk"))
    taken_by, was_asked = (
        Article.objects.filter(pk=article.pk)
        .annotate(taken_by=Subquery(redirects.values("article")[:1]), was_asked=Exists(asked))
        .values_list("taken_by", "was_asked")
        .get()
    )
    if path == old_path:
        return was_asked
    if taken_by not in {None, article.pk}:
        raise _slug_taken(article)
    if taken_by:
        redirects.delete()
    if old_path:
        Redirect.objects.get_or_create(
            path=old_path, defaults={"article": article, "created_at": at}
        )
    return was_asked


def take_over(article: Article, stored: Article) -> None:
    """Give the caller's instance every column as it was stored. No query."""
    for field in Article._meta.concrete_fields:
        setattr(article, field.attname, getattr(stored, field.attname))
    article.live_version = stored.live_version


def _correct(
    article: Article,
    before: ArticleVersion,
    after: ArticleVersion,
    *,
    note: str,
    by: User | None,
    at: datetime,
) -> Correction:
    return Correction.objects.create(
        article=article,
        kind=Correction.Kind.UPDATE,
        note=note,
        at=at,
        by=by,
        version_before=before,
        version_after=after,
    )


def log(
    article: Article,
    verb: Act.Verb,
    *,
    by: User | None,
    at: datetime,
    correction: Correction | None = None,
) -> None:
    Act.objects.create(
        article=article,
        headline=article.headline,
        verb=verb,
        by=by,
        at=at,
        correction=correction,
    )


def _pages_changed() -> None:
    generations.bump("pages")


def _locked(article: Article) -> Article:
    return (
        Article.objects.select_for_update(of=("self",))
        .select_related("live_version", "image")
        .get(pk=article.pk)
    )


def _path(article: Article) -> str:
    return (
        address(article.first_published_at, article.live_slug) if article.first_published_at else ""
    )


def _slug_taken(article: Article) -> SlugTaken:
    return SlugTaken(
        f"The slug “{article.slug}” belongs to another article that is or was public; choose another."
    )


def allow(by: User | None, permission: str, what: str) -> None:
    if by is None or (by.is_active and by.has_perm(permission)):
        return
    message = f"{by.get_username()} may not {what}."
    raise NotAllowed(message)


def noted(note: str, act: str) -> str:
    if not note.strip():
        message = f"{act} needs a public note that says what changed and why."
        raise NoteMissing(message)
    return note.strip()
