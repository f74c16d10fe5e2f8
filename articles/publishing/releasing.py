"""How a text becomes public, now or at a set time: rendered and vetted first, then written."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import OuterRef, QuerySet, Subquery

from articles import page_parts, search, vetting
from articles.models import (
    LATE_AFTER,
    Act,
    Article,
    ArticleVersion,
    Correction,
    OverrideRequest,
    PageParts,
    Review,
    Schedule,
    VersionSource,
)
from articles.publishing.addressing import claim_address, path_of, slug_taken
from articles.publishing.clearance import Clearance, clear
from articles.publishing.counterparts import check_translation, lock_group
from articles.publishing.freezing import keep_frozen, thaw
from articles.publishing.inputs import read_inputs
from articles.publishing.listing import list_article
from articles.publishing.on_record import log
from articles.publishing.refusals import (
    ChangedMeanwhile,
    Embargoed,
    HeldByChecks,
    NothingToRead,
    Scheduled,
    ScheduleOver,
    WrongState,
)
from articles.publishing.snapshot import Snapshot, build_snapshot
from web.addresses import site_host
from web.characters import is_blank
from web.words import long_time
from wires import generations
from wires.retention import keep_evidence, keep_from_erasure

TRIES = 3
LONGEST_REASON = 500

UPDATE, CORRECT = Correction.Kind.UPDATE, Correction.Kind.CORRECT
NAMES: Mapping[str, str] = {
    UPDATE: "An update",
    CORRECT: "A correction",
}
VERB_OF: Mapping[str, Act.Verb] = {
    "": Act.Verb.PUBLISH,
    UPDATE: Act.Verb.UPDATE,
    CORRECT: Act.Verb.CORRECT,
}
DRAFTS = (Article.Status.DRAFT, Article.Status.REVIEW)
WAITING = (Article.Status.REVIEW, Article.Status.SCHEDULED)


def release(
    article: Article,
    *,
    by: User | None,
    at: datetime,
    reason: str = "",
    note: str = "",
    kind: str = "",
    schedule: Schedule | None = None,
) -> ArticleVersion:
    """Make the stored draft public, or what a schedule kept; `kind` is that of an update.

    Asks nobody's permission. Raises what publish and update raise, ScheduleOver where the schedule
    was cancelled or done meanwhile, and FrozenDraftChanged.
    """
    for _ in range(TRIES):
        # The caller's instance may be stale, or have form values that were never saved.
        fresh = fetch_article(article)
        check_state(fresh, at=at, first=not kind, schedule=schedule)
        inputs = None if schedule is None else thaw(schedule, fresh)
        snapshot = build_snapshot(fresh, at=at, inputs=inputs)
        check_readable(fresh, snapshot)
        cleared = clear(fresh, snapshot, by=by, at=at)
        parts = _parts(snapshot, cleared, at=at)
        this = Release(by=by, at=at, reason=reason, note=note, kind=kind, schedule=schedule)
        try:
            version = _write(fresh, snapshot, parts, this, cleared=cleared)
        except IntegrityError as error:
            if "live_slug" not in str(error):
                raise
            raise slug_taken(fresh) from error
        if version is not None:
            take_over(article, version.article)
            return version
    message = "The article or a post it cites keeps changing; try again in a moment."
    raise ChangedMeanwhile(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """One publication or update: who does it, when and why; `kind` is that of an update."""

    by: User | None
    at: datetime
    reason: str
    note: str
    kind: str
    schedule: Schedule | None

    @property
    def verb(self) -> Act.Verb:
        return VERB_OF[self.kind]

    @property
    def detail(self) -> dict[str, Any]:
        """What the log says of a publication at a set time."""
        if self.schedule is None:
            return {}
        late = self.at - self.schedule.due_at
        told = {"scheduled_for": self.schedule.due_at.isoformat()}
        return told | ({"seconds_late": int(late.total_seconds())} if late >= LATE_AFTER else {})


def check_state(
    article: Article,
    *,
    at: datetime,
    first: bool,
    schedule: Schedule | None = None,
    again: bool = False,
) -> None:
    """Raise WrongState, Scheduled or Embargoed where an article cannot go out now. No query.

    `article` is one that fetch_article or locked_article returned. `again` is whether it is to be
    scheduled, in place of what is scheduled.
    """
    state = article.get_status_display().lower()
    due_at = article.due_at  # type: ignore[attr-defined]  # annotated
    if schedule is None and due_at is not None and not again:
        message = (
            f"The article is scheduled for {long_time(due_at)}. Cancel the schedule first, or"
            " schedule it again."
        )
        raise Scheduled(message)
    is_scheduled = article.status == Article.Status.SCHEDULED and due_at is not None
    is_draft = not article.was_ever_public and (article.status in DRAFTS or is_scheduled)
    if first and not is_draft:
        message = f"Only a draft can be published; this one is {state}."
        raise WrongState(message)
    if not first and not article.is_live:
        message = f"Only a live article can be updated; this one is {state}."
        raise WrongState(message)
    if schedule is not None and schedule.before_id != article.live_version_id:
        message = "Readers have another version by now than when it was scheduled."
        raise WrongState(message)
    if article.embargo_until is not None and article.is_embargoed(at):
        message = f"The article is under embargo until {long_time(article.embargo_until)}."
        raise Embargoed(message)


def check_readable(article: Article, snapshot: Snapshot) -> None:
    """Raise HeldByChecks or NothingToRead where readers would get no article."""
    if not vetting.is_readable(article.body):
        # It was not rendered, so it cannot be published even with an override.
        raise HeldByChecks(snapshot.holds)
    if not snapshot.piece.prose.words:
        message = "The article has no text yet."
        raise NothingToRead(message)
    if is_blank(article.headline):
        message = "The article has no headline yet."
        raise NothingToRead(message)


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
    release: Release,
    *,
    cleared: Clearance,
) -> ArticleVersion | None:
    """Freeze the snapshot, or return None if the article or a clearance changed since.

    Raises HeldByChecks if a hold lost its clearance meanwhile, and ScheduleOver.
    """
    version, by, at = snapshot.version, release.by, release.at
    with transaction.atomic():
        lock_group(version)
        locked = locked_article(article)
        if not _is_as_vetted(locked, snapshot, release, cleared):
            return None
        before, old_path = locked.live_version, path_of(locked)
        if locked.status in WAITING:
            Review.objects.of_article(locked).answer(by=by, at=at)
        version.n = 1 if before is None else before.n + 1
        version.author, version.reason = by, (release.reason or release.note)[:LONGEST_REASON]
        version.findings = [finding.as_dict() for finding in snapshot.findings]
        version.save(force_insert=True)
        VersionSource.objects.bulk_create(snapshot.sources)
        check_translation(version)
        keep_evidence([source.post_version for source in snapshot.sources], at=at)
        _make_live(locked, version, at=at)
        # After the save, which waits for a transaction leaving this slug: only then is its Redirect visible.
        was_asked, is_scheduled = claim_address(locked, version, old_path, at=at)
        if is_scheduled and release.schedule is None:
            message = "Somebody scheduled the article this moment. Cancel the schedule first."
            raise Scheduled(message)
        list_article(locked, before, version, snapshot.labels)
        correction = _correct(locked, before, version, release) if before else None
        if correction is not None:
            parts |= page_parts.replaced(locked, version)
        PageParts.objects.create(version=version, **parts)
        outlets = (each.post_version.post.channel.outlet_id for each in snapshot.sources)
        topics = [topic.pk for topic in snapshot.labels.topics]
        search.write_row(locked, version, outlets=outlets, topics=topics)
        log(locked, release.verb, by=by, at=at, correction=correction, detail=release.detail)
        if was_asked:
            OverrideRequest.objects.filter(article=locked).delete()
        if release.schedule is not None:
            release.schedule.end(Schedule.Outcome.PUBLISHED, at=at, version=version)
        transaction.on_commit(pages_changed, robust=True)
    version.article = locked
    return version


def _is_as_vetted(
    locked: Article, snapshot: Snapshot, release: Release, cleared: Clearance
) -> bool:
    """Return whether what was vetted is still what is stored, of a locked article.

    Raises HeldByChecks if a hold lost its clearance meanwhile, ScheduleOver, and
    FrozenDraftChanged where words that were scheduled were erased meanwhile.
    """
    schedule = release.schedule
    if schedule is None and locked.due_at is not None:  # type: ignore[attr-defined]  # annotated
        return False
    # Before they are read again: what is erased meanwhile is not to be frozen.
    keep_from_erasure([source.post_version for source in snapshot.sources])
    inputs = read_inputs(locked) if schedule is None else thaw(require_open(schedule), locked)
    if inputs.stamp() != snapshot.stamp:
        return False
    # A clearance that was revoked meanwhile holds it again; another one is written as it is.
    return clear(locked, snapshot, by=release.by, at=release.at) == cleared


def _make_live(article: Article, version: ArticleVersion, *, at: datetime) -> None:
    """Let readers see a version, from now on at its slug."""
    article.status, article.live_version = Article.Status.LIVE, version
    article.live_section_id, article.live_slug = version.section_id, version.slug
    article.live_original_id = version.original_id
    if article.first_published_at is None:
        article.first_published_at, article.tag_host = at, site_host()
    article.save(
        update_fields=[
            "status",
            "live_version",
            "live_section",
            "live_slug",
            "live_original",
            "first_published_at",
            "tag_host",
            "updated_at",
        ]
    )


def take_over(article: Article, stored: Article) -> None:
    """Give the caller's instance every column as it was stored. No query."""
    for field in Article._meta.concrete_fields:
        setattr(article, field.attname, getattr(stored, field.attname))
    article.live_version = stored.live_version


def _correct(
    article: Article,
    before: ArticleVersion,
    after: ArticleVersion,
    release: Release,
) -> Correction:
    return Correction.objects.create(
        article=article,
        kind=release.kind,
        note=release.note,
        at=release.at,
        by=release.by,
        version_before=before,
        version_after=after,
    )


def pages_changed() -> None:
    generations.bump("pages")


def fetch_article(article: Article) -> Article:
    """Return the row as it is stored; `due_at` as _with_schedule. One query."""
    rows = Article.objects.select_related("section", "image", "live_version")
    return _with_schedule(rows).get(pk=article.pk)


def locked_article(article: Article) -> Article:
    """Return the row as it is stored, for this transaction alone. One query.

    `due_at` is as in _with_schedule, but may be from before the query waited for another
    transaction: who decides by it asks again.
    """
    rows = Article.objects.select_for_update(of=("self",)).select_related("live_version", "image")
    return _with_schedule(rows).get(pk=article.pk)


def _with_schedule(rows: QuerySet[Article]) -> QuerySet[Article]:
    """Add when an article goes out, as `due_at`: None without an open schedule."""
    open_one = Schedule.objects.open().filter(article=OuterRef("pk"))
    return rows.annotate(due_at=Subquery(open_one.values("due_at")[:1]))


def require_open(schedule: Schedule) -> Schedule:
    """Return the schedule as it is stored now. The article is locked.

    Raises ScheduleOver where somebody cancelled, changed or did it.
    """
    stored = Schedule.objects.open().filter(pk=schedule.pk, digest=schedule.digest).first()
    if stored is None:
        message = "The schedule was cancelled or changed, or its text is public already."
        raise ScheduleOver(message)
    return stored


def open_schedule(locked: Article) -> Schedule | None:
    """Return the open schedule of a locked article. One query."""
    return Schedule.objects.open().filter(article=locked).first()


def end_schedule(locked: Article, *, at: datetime) -> Schedule | None:
    """Cancel the open schedule of a locked article, if there is one, and return it."""
    schedule = open_schedule(locked)
    if schedule is None:
        return None
    keep_frozen(schedule, at=at)
    schedule.end(Schedule.Outcome.CANCELLED, at=at)
    return schedule
