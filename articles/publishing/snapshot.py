"""Snapshots of a working copy: what publishing would freeze, and its findings. Writes nothing."""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import itemgetter

from django.conf import settings

from articles import vetting
from articles.models import Article, ArticleVersion, VersionSource, WireSource
from articles.models.frozen import FROZEN_OF_ARTICLE, FROZEN_OF_SOURCE, copy_frozen
from articles.prose import Prose, drop_comments, render_note
from articles.publishing.inputs import Inputs, Labels, read_inputs
from articles.publishing.live import Carried, read_carried
from articles.publishing.pieces import read_piece
from wires.models import Outlet, PostVersion


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """What publishing would freeze, unsaved, and the findings on it.

    `carried` is what the live version has of the findings already. `stamp` changes when another
    version would be written; see inputs.Inputs.
    """

    version: ArticleVersion
    labels: Labels
    sources: tuple[VersionSource, ...]
    piece: vetting.Piece
    findings: tuple[vetting.Finding, ...]
    carried: Carried
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
    labels: Labels | None = None,
    inputs: Inputs | None = None,
) -> Snapshot:
    """Return a snapshot of what publishing the working copy would freeze. Four or five queries.

    The desk passes the unsaved sources and labels of a form; without them the stored ones are
    read. A schedule passes all inputs. On an update, holds that the live version has already become queries; where there are
    any, or it has overrides, three more queries.
    """
    if inputs is None:
        inputs = read_inputs(article, sources=sources, labels=labels)
    piece = read_piece(
        article,
        article=article,
        sources=inputs.sources,
        lead=inputs.lead,
        pictures=inputs.pictures,
    )
    context = vetting.Context(now=at, outlet_directory=outlet_directory())
    findings = tuple(vetting.findings(piece, context))
    carried = read_carried(article, findings, context)
    claims = vetting.bind(piece, context)
    version = _version(inputs, piece.prose, claims, at=at)
    return Snapshot(
        version=version,
        labels=Labels(authors=inputs.authors, topics=inputs.topics),
        sources=tuple(
            _frozen(version, source, number, piece.prose, claims)
            for number, source in _numbered(inputs.sources, piece.prose)
        ),
        piece=piece,
        findings=tuple(_as_updated(finding, carried) for finding in findings),
        carried=carried,
        context=context,
        stamp=inputs.stamp(),
    )


def _as_updated(finding: vetting.Finding, carried: Carried) -> vetting.Finding:
    """Turn a hold that the live version has already into a query.

    Not for what nobody can answer for: what was not read may be other words by now.
    """
    is_carried = finding.fingerprint in carried.fingerprints
    if not is_carried or not vetting.can_be_overridden(finding.code):
        return finding
    return replace(finding, level=vetting.Level.QUERY)


def outlet_directory() -> list[vetting.OutletName]:
    return [
        vetting.OutletName(name=name, aliases=tuple(aliases))
        for name, aliases in Outlet.objects.order_by("name").values_list("name", "aliases")
    ]


def _version(
    inputs: Inputs, prose: Prose, claims: Sequence[vetting.BoundClaim], *, at: datetime
) -> ArticleVersion:
    article, lead, sources = inputs.article, inputs.lead, inputs.sources
    version = ArticleVersion(
        **copy_frozen(article, FROZEN_OF_ARTICLE),
        article=article,
        html=prose.html,
        framing_html=render_note(article.framing_note),
        topics=inputs.topic_names,
        bylines=inputs.bylines or [{"name": settings.DEFAULT_BYLINE, "slug": ""}],
        image_alt=lead.alt if lead else "",
        image_credit=lead.credit if lead else "",
        image_caption=drop_comments(article.image_caption) or (lead.caption if lead else ""),
        claims=[claim.as_dict() for claim in claims],
        posts_cited=len({source.post_id for source in sources}),
        outlets_cited=len({source.post.channel.outlet_id for source in sources}),
        at=at,
    )
    # The row that is loaded, for the preview.
    version.image = article.image
    return version


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
    copied = copy_frozen(source, FROZEN_OF_SOURCE)
    copied["note"] = drop_comments(source.note)
    return VersionSource(
        **copied,
        version=version,
        number=number,
        post_version=post_version,
        marks=list(prose.marks.get(source.key, ())),
        sentences=[claim.number for claim in prose.claims if source.key in claim.keys],
        spans=vetting.spans(claims, source.key),
    )
