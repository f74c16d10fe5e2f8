"""Publish a page about the site, and take it down: each is a version, with who did it and when."""

from datetime import datetime

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from articles.models import SitePage, SitePageVersion
from articles.prose import render
from articles.publishing.on_record import allow, noted
from articles.publishing.refusals import ChangedMeanwhile, NothingToRead, WrongState
from articles.publishing.releasing import pages_changed
from articles.vetting import is_readable

RIGHT = "articles.publish_sitepage"


def publish_page(
    page: SitePage, *, by: User | None, at: datetime, note: str = ""
) -> SitePageVersion:
    """Let readers see the stored text of a page, and return the version.

    One that was public before needs a note, which readers see. Raises NotAllowed, NoteMissing,
    NothingToRead or ChangedMeanwhile.
    """
    allow(by, RIGHT, "publish a page")
    before = newest_version(page)
    prose = render(page.body) if is_readable(page.body) else None
    if prose is None or not prose.words or not page.title.strip():
        message = "The page has no text that can be shown yet."
        raise NothingToRead(message)
    if before is not None and before.is_public:
        note = noted(note, "A changed page")
    return _write(
        SitePageVersion(
            page=page, kind=SitePageVersion.Kind.PUBLISH, title=page.title, body=page.body,
            html=prose.html, note=note.strip(), by=by, at=at,
        ),
        before,
    )  # fmt: skip


def take_down_page(page: SitePage, *, by: User | None, at: datetime, note: str) -> SitePageVersion:
    """Take a page away from readers: its address answers 404 until it is published again.

    Raises NotAllowed, NoteMissing, WrongState or ChangedMeanwhile.
    """
    allow(by, RIGHT, "take down a page")
    before = newest_version(page)
    if before is None or not before.is_public:
        message = "The page is not public."
        raise WrongState(message)
    note = noted(note, "Taking a page down", "why")
    kind = SitePageVersion.Kind.TAKE_DOWN
    return _write(
        SitePageVersion(page=page, kind=kind, title=before.title, note=note, by=by, at=at), before
    )


def newest_version(page: SitePage) -> SitePageVersion | None:
    """Return what readers get of a page, None where it was never published. One query."""
    return page.versions.newest_first().first()


def _write(version: SitePageVersion, before: SitePageVersion | None) -> SitePageVersion:
    version.n = before.n + 1 if before else 1
    try:
        with transaction.atomic():
            version.save(force_insert=True)
            transaction.on_commit(pages_changed, robust=True)
    except IntegrityError as error:
        message = "Somebody else published or took down this page meanwhile. Look at it first."
        raise ChangedMeanwhile(message) from error
    return version
