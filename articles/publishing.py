"""The only ways to change what is public: submit, publish, update, withdraw.

Each act renders and vets before any transaction, refuses on a hold, and then writes in one short
transaction that first sees that nothing changed since it was vetted.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from articles import vetting
from articles.models import (
    Act,
    Article,
    ArticleVersion,
    Author,
    Correction,
    Image,
    Override,
    Redirect,
    VersionSource,
    WireSource,
    address,
)
from articles.prose import Picture, Prose, Source, render, render_note
from wires import generations
from wires.models import Channel, Outlet, PostVersion
from wires.retention import keep_evidence

IMAGE_REFERENCE = re.compile(r"image:([1-9][0-9]{0,17})\b")
TRIES = 3


class Refused(Exception):
    """An act that may not happen; its text is one sentence for the person who asked."""


class NotAllowed(Refused):
    """The person has no right to this act."""


class WrongState(Refused):
    """The article is not in a state that this act starts from."""


class Embargoed(Refused):
    """The article is under embargo."""


class SlugTaken(Refused):
    """Another article has, or once had, this address."""


class NoteMissing(Refused):
    """The act needs a public note."""


class ChangedMeanwhile(Refused):
    """The article or a cited post kept changing while it was vetted."""


class Held(Refused):
    """The checks hold the article. `findings` are the holds, in the order of the checks."""

    def __init__(self, findings: Sequence[vetting.Finding]) -> None:
        self.findings = tuple(findings)
        count = len(self.findings)
        super().__init__(f"{count} hold{'s' if count != 1 else ''} stand against it.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """What publishing would freeze, unsaved, and what the checks say of it.

    `stamp` changes when the working copy or a post it cites does.
    """

    version: ArticleVersion
    sources: tuple[VersionSource, ...]
    piece: vetting.Piece
    findings: tuple[vetting.Finding, ...]
    stamp: tuple[object, ...]

    @property
    def holds(self) -> tuple[vetting.Finding, ...]:
        return tuple(f for f in self.findings if f.level is vetting.Level.HOLD)


def vet(article: Article, *, at: datetime) -> list[vetting.Finding]:
    """Return every finding against the working copy, holds and queries. Four or five queries."""
    return list(draw_up(article, at=at).findings)


def draw_up(
    article: Article,
    *,
    at: datetime,
    sources: Sequence[WireSource] | None = None,
    authors: Sequence[Author] | None = None,
) -> Drawn:
    """Return what publishing the working copy would freeze. Four or five queries.

    The desk hands in the unsaved sources and authors of a form; without them the stored ones
    are read. On an update, holds that already stood against the live version become queries.
    """
    if sources is None:
        sources = _sources(article)
    if authors is None:
        authors = list(article.authors.order_by("pk")) if article.pk else []
    pictures = _pictures(article)
    prose = render(
        article.body,
        sources=[Source(key=source.key, label=label(source)) for source in sources],
        pictures={picture.id: picture for picture in pictures.values()},
    )
    piece = _piece(article, prose, sources, pictures)
    findings = tuple(vetting.check(piece, now=at, gazetteer=_gazetteer()))
    version = _version(article, prose, sources, authors, at=at)
    return Drawn(
        version=version,
        sources=tuple(_frozen(version, source, prose) for source in _numbered(sources, prose)),
        piece=piece,
        findings=_as_updated(article, findings),
        stamp=_stamp(article, sources, authors),
    )


def submit(article: Article, *, by: User | None, at: datetime) -> None:
    """Hand a draft to the editors. Raises NotAllowed or WrongState."""
    _allow(by, "articles.submit_article", "submit an article")
    with transaction.atomic():
        locked = _locked(article)
        if locked.status != Article.Status.DRAFT:
            message = (
                f"Only a draft can be submitted; this is {locked.get_status_display().lower()}."
            )
            raise WrongState(message)
        locked.status = Article.Status.REVIEW
        locked.save(update_fields=["status", "updated_at"])
        _log(locked, Act.Verb.SUBMIT, by=by, at=at)
    article.refresh_from_db(fields=["status", "updated_at"])


def publish(article: Article, *, by: User | None, at: datetime, reason: str = "") -> ArticleVersion:
    """Make a draft public and return its first version. `by` is None for the house itself.

    Raises NotAllowed, WrongState, Embargoed, Held, SlugTaken or ChangedMeanwhile.
    """
    _allow(by, "articles.publish_article", "publish")
    return _release(article, by=by, at=at, reason=reason, first=True)


def update(article: Article, *, by: User | None, at: datetime, note: str) -> ArticleVersion:
    """Replace what is public by the working copy and return the new version.

    The note is shown to readers. Raises NotAllowed, NoteMissing, WrongState, Embargoed, Held,
    SlugTaken or ChangedMeanwhile.
    """
    _allow(by, "articles.update_article", "update a live article")
    return _release(article, by=by, at=at, note=_noted(note, "An update"), first=False)


def withdraw(article: Article, *, by: User | None, at: datetime, note: str) -> None:
    """Take a live article off the paper; its address answers 410 with the note from then on.

    Raises NotAllowed, NoteMissing or WrongState. Never held.
    """
    _allow(by, "articles.withdraw_article", "withdraw an article")
    note = _noted(note, "A withdrawal")
    with transaction.atomic():
        locked = _locked(article)
        if not locked.is_live:
            message = f"Only a live article can be withdrawn; this is {locked.get_status_display().lower()}."
            raise WrongState(message)
        correction = Correction.objects.create(
            article=locked,
            kind=Correction.Kind.WITHDRAW,
            note=note,
            at=at,
            by=by,
            version_before_id=locked.live_version_id,
        )
        locked.status, locked.live_version = Article.Status.WITHDRAWN, None
        locked.save(update_fields=["status", "live_version", "updated_at"])
        _log(locked, Act.Verb.WITHDRAW, by=by, at=at, correction=correction)
        transaction.on_commit(_pages_changed)
    article.refresh_from_db(fields=["status", "live_version", "updated_at"])


def label(source: WireSource) -> str:
    """Return what is read aloud for a mark: "Reuters on X, 25 June 2026 02:40 UTC"."""
    channel, moment = source.post.channel, source.post.posted_at or source.post.wire_at
    at = "" if channel.platform == Channel.Platform.RSS else f" on {channel.get_platform_display()}"
    return f"{channel.outlet.name}{at}, {moment.day} {moment:%B %Y %H:%M} UTC"


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
        # The caller's instance may be stale, or carry form values that were never saved.
        fresh = Article.objects.select_related("section", "image", "live_version").get(
            pk=article.pk
        )
        _releasable(fresh, at=at, first=first)
        drawn = draw_up(fresh, at=at)
        overrides = _pass(fresh, drawn, by=by)
        try:
            version = _write(
                fresh, drawn, by=by, at=at, reason=reason, note=note, overrides=overrides
            )
        except IntegrityError as error:
            if "live_slug" not in str(error):
                raise
            raise _slug_taken(fresh) from error
        if version is not None:
            article.refresh_from_db()
            return version
    message = "The article or a post it cites keeps changing; try again in a moment."
    raise ChangedMeanwhile(message)


def _releasable(article: Article, *, at: datetime, first: bool) -> None:
    state = article.get_status_display().lower()
    if first and (article.was_ever_public or article.status == Article.Status.SCHEDULED):
        message = f"Only a draft can be published; this is {state}."
        raise WrongState(message)
    if not first and not article.is_live:
        message = f"Only a live article can be updated; this is {state}."
        raise WrongState(message)
    if article.embargo_until is not None and article.is_embargoed(at):
        message = f"The article is under embargo until {article.embargo_until:%d %B %Y %H:%M} UTC."
        raise Embargoed(message)


def _pass(article: Article, drawn: Drawn, *, by: User | None) -> list[dict[str, str]]:
    """Return the overrides that let the holds pass. One query where something holds; raises Held."""
    if not drawn.holds:
        return []
    overrides = Override.objects.filter(article=article).select_related("by").order_by("at")
    if settings.DESK_SECOND_PERSON and by is not None:
        overrides = overrides.exclude(by=by)
    lifted = {override.fingerprint: override for override in overrides}
    if standing := [hold for hold in drawn.holds if hold.fingerprint not in lifted]:
        raise Held(standing)
    used = [lifted[fingerprint] for fingerprint in {hold.fingerprint for hold in drawn.holds}]
    return [
        {
            "code": override.code,
            "fingerprint": override.fingerprint,
            "reason": override.reason,
            "by": override.by.get_full_name() or override.by.get_username(),
            "at": override.at.isoformat(),
        }
        for override in used
    ]


def _write(
    article: Article,
    drawn: Drawn,
    *,
    by: User | None,
    at: datetime,
    reason: str,
    note: str,
    overrides: list[dict[str, str]],
) -> ArticleVersion | None:
    """Freeze what was drawn up, or return None where it changed since."""
    version = drawn.version
    with transaction.atomic():
        locked = _locked(article)
        if _stamp(locked, _sources(locked), list(locked.authors.order_by("pk"))) != drawn.stamp:
            return None
        before, old_path = locked.live_version, _path(locked)
        version.n = 1 if before is None else before.n + 1
        version.author, version.reason, version.overrides = by, reason or note, overrides
        version.findings = [finding.as_dict() for finding in drawn.findings]
        version.save(force_insert=True)
        VersionSource.objects.bulk_create(drawn.sources)
        keep_evidence([source.post_version for source in drawn.sources], at=at)
        locked.status, locked.live_version = Article.Status.LIVE, version
        locked.live_section_id, locked.live_slug = version.section_id, version.slug
        locked.first_published_at = locked.first_published_at or at
        _claim(locked, old_path, at=at)
        locked.save(
            update_fields=[
                "status",
                "live_version",
                "live_section",
                "live_slug",
                "first_published_at",
                "updated_at",
            ]
        )
        correction = _correct(locked, before, version, note=note, by=by, at=at) if before else None
        verb = Act.Verb.UPDATE if before else Act.Verb.PUBLISH
        _log(locked, verb, by=by, at=at, correction=correction)
        transaction.on_commit(_pages_changed)
    return version


def _claim(article: Article, old_path: str, *, at: datetime) -> None:
    """Take the article's address, and leave a Redirect from the one it had. Raises SlugTaken."""
    path = _path(article)
    if path == old_path:
        return
    taken = Redirect.objects.filter(path=path).first()
    if taken and taken.article_id != article.pk:
        raise _slug_taken(article)
    if taken:
        taken.delete()
    if old_path:
        Redirect.objects.get_or_create(
            path=old_path, defaults={"article": article, "created_at": at}
        )


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


def _log(
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


def _allow(by: User | None, permission: str, what: str) -> None:
    if by is None or (by.is_active and by.has_perm(permission)):
        return
    message = f"{by.get_username()} may not {what}."
    raise NotAllowed(message)


def _noted(note: str, act: str) -> str:
    if not note.strip():
        message = f"{act} needs a public note that says what changed and why."
        raise NoteMissing(message)
    return note.strip()


def _as_updated(
    article: Article, findings: tuple[vetting.Finding, ...]
) -> tuple[vetting.Finding, ...]:
    """Turn holds that the live version already carries into queries."""
    if not article.is_live or article.live_version is None:
        return findings
    known = {finding["fingerprint"] for finding in article.live_version.findings}
    return tuple(
        replace(finding, level=vetting.Level.QUERY) if finding.fingerprint in known else finding
        for finding in findings
    )


def _sources(article: Article) -> list[WireSource]:
    if article.pk is None:
        return []
    return list(
        WireSource.objects.filter(article=article)
        .select_related("version", "post__channel__outlet", "post__latest_version")
        .defer("version__html", "post__latest_version__html")
        .order_by("position", "pk")
    )


def _pictures(article: Article) -> dict[int, Picture]:
    wanted = {int(pk) for pk in IMAGE_REFERENCE.findall(article.body)}
    images = Image.objects.filter(pk__in=wanted) if wanted else Image.objects.none()
    return {image.pk: _picture(image) for image in images}


def _picture(image: Image) -> Picture:
    return Picture(
        id=image.pk,
        url=image.url,
        alt=image.alt,
        credit=image.credit,
        width=image.width,
        height=image.height,
        caption=image.caption,
    )


def _gazetteer() -> list[vetting.OutletName]:
    return [
        vetting.OutletName(name=name, aliases=tuple(aliases))
        for name, aliases in Outlet.objects.order_by("name").values_list("name", "aliases")
    ]


def _piece(
    article: Article, prose: Prose, sources: Sequence[WireSource], pictures: dict[int, Picture]
) -> vetting.Piece:
    lead = [_picture(article.image)] if article.image else []
    return vetting.Piece(
        headline=article.headline,
        standfirst=article.standfirst,
        body=article.body,
        prose=prose,
        framing_note=article.framing_note,
        social_text=article.social_text,
        language=article.language,
        sources=tuple(_source_ref(source, prose) for source in sources),
        images=(*lead, *(pictures[pk] for pk in prose.pictures if pk in pictures)),
        published_at=article.first_published_at,
    )


def _source_ref(source: WireSource, prose: Prose) -> vetting.SourceRef:
    post, version = source.post, source.version
    latest = post.latest_version
    changed = latest is not None and version is not None and latest.pk != version.pk
    return vetting.SourceRef(
        key=source.key,
        number=prose.numbers.get(source.key),
        outlet=post.channel.outlet.name,
        aliases=tuple(post.channel.outlet.aliases),
        platform=post.channel.platform,
        account=post.channel.account,
        native_id=post.native_id,
        url=post.url or post.native_id,
        posted_at=post.posted_at,
        text=None if version is None or version.is_erased else words(version),
        versions=(
            (vetting.PostText(at=latest.captured_at, text=words(latest)),)
            if changed and latest
            else ()
        ),
        deleted_at=post.withdrawn_at,
        cited_at=source.cited_at,
        role=source.role,
    )


def words(version: PostVersion) -> str:
    """Return all that a reader of the post would read: its title, unless the text begins with it."""
    if version.text.startswith(version.title.rstrip("…")):
        return version.text
    return f"{version.title}\n{version.text}".strip()


def _version(
    article: Article,
    prose: Prose,
    sources: Sequence[WireSource],
    authors: Sequence[Author],
    *,
    at: datetime,
) -> ArticleVersion:
    image = article.image
    house = [{"name": settings.DEFAULT_BYLINE, "slug": ""}]
    return ArticleVersion(
        article=article,
        headline=article.headline,
        slug=article.slug,
        standfirst=article.standfirst,
        body=article.body,
        html=prose.html,
        framing_note=article.framing_note,
        framing_html=render_note(article.framing_note),
        social_text=article.social_text,
        language=article.language,
        section_id=article.section_id,
        bylines=[{"name": author.name, "slug": author.slug} for author in authors] or house,
        image=image,
        image_alt=image.alt if image else "",
        image_credit=image.credit if image else "",
        image_caption=article.image_caption or (image.caption if image else ""),
        claims=[
            {
                "number": claim.number,
                "start": claim.start,
                "end": claim.end,
                "text": claim.text,
                "keys": list(claim.keys),
                "voice": claim.voice,
            }
            for claim in prose.claims
        ],
        posts_cited=len({source.post_id for source in sources}),
        outlets_cited=len({source.post.channel.outlet_id for source in sources}),
        at=at,
    )


def _numbered(sources: Sequence[WireSource], prose: Prose) -> list[WireSource]:
    """Return the archived sources in the order of the numbers that readers see."""
    last = len(sources) + len(prose.numbers) + 1
    archived = [source for source in sources if source.version is not None]
    return sorted(archived, key=lambda source: prose.numbers.get(source.key, last))


def _frozen(version: ArticleVersion, source: WireSource, prose: Prose) -> VersionSource:
    # Both ends of the relation keep the rows loaded here, for the preview.
    post_version = source.version or PostVersion()
    post_version.post = source.post
    return VersionSource(
        version=version,
        key=source.key,
        number=prose.numbers[source.key],
        role=source.role,
        note=source.note,
        post_version=post_version,
        marks=list(prose.marks.get(source.key, ())),
        sentences=[claim.number for claim in prose.claims if source.key in claim.keys],
    )


def _stamp(
    article: Article, sources: Sequence[WireSource], authors: Sequence[Author]
) -> tuple[object, ...]:
    image = article.image
    return (
        *(getattr(article, field) for field in WORKING_COPY),
        tuple((author.pk, author.name) for author in authors),
        (image.alt, image.credit, image.caption) if image else (),
        tuple(
            (
                source.key,
                source.post_id,
                source.version_id,
                source.role,
                source.note,
                source.position,
                source.post.state,
                source.post.latest_version_id,
                source.version.erased_at if source.version else None,
            )
            for source in sources
        ),
    )


WORKING_COPY = (
    "headline",
    "slug",
    "standfirst",
    "body",
    "framing_note",
    "social_text",
    "language",
    "section_id",
    "image_id",
    "image_caption",
    "status",
    "embargo_until",
    "live_version_id",
)
