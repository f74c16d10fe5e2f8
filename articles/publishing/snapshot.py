"""Snapshots of a working copy: what publishing would freeze, and its findings. Writes nothing."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import itemgetter

from django.conf import settings

from articles import vetting
from articles.models import Article, ArticleVersion, Author, Image, VersionSource, WireSource
from articles.prose import Picture, Prose, Source, render, render_note
from wires.models import Outlet, PostVersion

IMAGE_REFERENCE = re.compile(r"image:([1-9][0-9]{0,17})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What publishing would freeze, unsaved, and the findings on it.

    `stamp` changes when the working copy or a post it cites does.
    """

    version: ArticleVersion
    sources: tuple[VersionSource, ...]
    piece: vetting.Piece
    findings: tuple[vetting.Finding, ...]
    context: vetting.Context
    stamp: tuple[object, ...]

    @property
    def holds(self) -> tuple[vetting.Finding, ...]:
        return tuple(f for f in self.findings if f.level is vetting.Level.HOLD)


def vet(article: Article, *, at: datetime) -> list[vetting.Finding]:
    """Return every finding on the working copy, holds and queries. Four or five queries."""
    return list(build_snapshot(article, at=at).findings)


def build_snapshot(
    article: Article,
    *,
    at: datetime,
    sources: Sequence[WireSource] | None = None,
    authors: Sequence[Author] | None = None,
) -> Snapshot:
    """Return a snapshot of what publishing the working copy would freeze. Four or five queries.

    The desk passes the unsaved sources and authors of a form; without them the stored ones are
    read. On an update, holds that the live version already had become queries.
    """
    if sources is None:
        sources = stored_sources(article)
    if authors is None:
        authors = list(article.authors.order_by("pk")) if article.pk else []
    pictures = _pictures(article)
    prose = render(
        article.body if vetting.is_readable(article.body) else "",
        sources=[Source(key=source.key, label=label(source)) for source in sources],
        pictures={picture.id: picture for picture in pictures.values()},
    )
    piece = _piece(article, prose, sources, pictures)
    context = vetting.Context(now=at, outlet_directory=outlet_directory())
    findings = tuple(vetting.findings(piece, context))
    claims = vetting.bind(piece, context)
    version = _version(article, prose, sources, authors, claims, at=at)
    return Snapshot(
        version=version,
        sources=tuple(
            _frozen(version, source, number, prose, claims)
            for number, source in _numbered(sources, prose)
        ),
        piece=piece,
        findings=_as_updated(article, findings),
        context=context,
        stamp=stamp(article, sources, authors),
    )


def label(source: WireSource) -> str:
    """Return the accessible label of a mark: "Reuters on X, 25 June 2026 02:40 UTC"."""
    channel, moment = source.post.channel, source.post.posted_at or source.post.wire_at
    on = channel.on_platform.after_outlet
    return f"{channel.outlet.name}{on}, {moment.day} {moment:%B %Y %H:%M} UTC"


def _as_updated(
    article: Article, findings: tuple[vetting.Finding, ...]
) -> tuple[vetting.Finding, ...]:
    """Turn holds that the live version already has into queries."""
    if not article.is_live or article.live_version is None:
        return findings
    known = {finding["fingerprint"] for finding in article.live_version.findings}
    return tuple(
        replace(finding, level=vetting.Level.QUERY) if finding.fingerprint in known else finding
        for finding in findings
    )


def stored_sources(article: Article) -> list[WireSource]:
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
    return {image.pk: picture_of(image) for image in images}


def picture_of(image: Image) -> Picture:
    return Picture(
        id=image.pk,
        url=image.url,
        alt=image.alt,
        credit=image.credit,
        width=image.width,
        height=image.height,
        caption=image.caption,
        is_decorative=image.is_decorative,
    )


def outlet_directory() -> list[vetting.OutletName]:
    return [
        vetting.OutletName(name=name, aliases=tuple(aliases))
        for name, aliases in Outlet.objects.order_by("name").values_list("name", "aliases")
    ]


def _piece(
    article: Article, prose: Prose, sources: Sequence[WireSource], pictures: dict[int, Picture]
) -> vetting.Piece:
    lead = [picture_of(article.image)] if article.image else []
    return vetting.Piece(
        headline=article.headline,
        standfirst=article.standfirst,
        body=article.body,
        prose=prose,
        framing_note=article.framing_note,
        social_text=article.social_text,
        language=article.language,
        sources=tuple(source_ref(source, prose) for source in sources),
        images=(*lead, *(pictures[pk] for pk in prose.pictures if pk in pictures)),
        published_at=article.first_published_at,
    )


def source_ref(source: WireSource, prose: Prose) -> vetting.SourceRef:
    post, version = source.post, source.version
    latest = post.latest_version
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
        text=None if version is None or version.is_erased else version.words,
        versions=_later(version, latest),
        edits=tuple(
            post_version.source_edited_at or post_version.captured_at
            for post_version in (version, latest)
            if post_version and (post_version.source_edited_at or post_version.n > 1)
        ),
        deleted_at=post.withdrawn_at,
        cited_at=source.cited_at,
        role=source.role,
        chosen=_chosen(source.passages),
    )


def _chosen(passages: object) -> tuple[vetting.Chosen, ...]:
    """Return the places chosen by an editor; anything else in the column is ignored."""
    rows = passages if isinstance(passages, list) else []
    return tuple(
        vetting.Chosen(exact=row["exact"], start=row["start"])
        for row in rows
        if isinstance(row, dict)
        and isinstance(row.get("exact"), str)
        and isinstance(row.get("start"), int)
    )


def _later(version: PostVersion | None, latest: PostVersion | None) -> tuple[vetting.PostText, ...]:
    """Return the latest version of the post if it is not the cited one."""
    # An erasure on legal request is not an edit by the outlet.
    if version is None or latest is None or latest.n <= version.n or latest.is_erased:
        return ()
    return (vetting.PostText(at=latest.captured_at, text=latest.words),)


def _version(
    article: Article,
    prose: Prose,
    sources: Sequence[WireSource],
    authors: Sequence[Author],
    claims: Sequence[vetting.BoundClaim],
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
        claims=[claim.as_dict() for claim in claims],
        posts_cited=len({source.post_id for source in sources}),
        outlets_cited=len({source.post.channel.outlet_id for source in sources}),
        at=at,
    )


def _numbered(sources: Sequence[WireSource], prose: Prose) -> list[tuple[int, WireSource]]:
    """Return the archived sources with the numbers readers see, uncited ones last."""
    free = itertools.count(max(prose.numbers.values(), default=0) + 1)
    archived = [source for source in sources if source.version is not None]
    numbered = [(prose.numbers.get(source.key) or next(free), source) for source in archived]
    return sorted(numbered, key=itemgetter(0))


def _frozen(
    version: ArticleVersion,
    source: WireSource,
    number: int,
    prose: Prose,
    claims: Sequence[vetting.BoundClaim],
) -> VersionSource:
    # Both ends of the relation cache the rows loaded here, for the preview.
    post_version = source.version or PostVersion()
    post_version.post = source.post
    return VersionSource(
        version=version,
        key=source.key,
        number=number,
        role=source.role,
        note=source.note,
        post_version=post_version,
        marks=list(prose.marks.get(source.key, ())),
        sentences=[claim.number for claim in prose.claims if source.key in claim.keys],
        spans=vetting.spans(claims, source.key),
    )


def stamp(
    article: Article, sources: Sequence[WireSource], authors: Sequence[Author]
) -> tuple[object, ...]:
    image = article.image
    return (
        *(getattr(article, field) for field in WORKING_COPY),
        tuple((author.pk, author.name) for author in authors),
        (image.alt, image.is_decorative, image.credit, image.caption) if image else (),
        tuple(
            (
                source.key,
                source.post_id,
                source.version_id,
                source.role,
                source.note,
                source.passages,
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
