"""Pieces, as the checks take them, made of stored rows: a working copy's or a version's."""

from collections.abc import Mapping, Sequence

from articles import vetting
from articles.models import Article, ArticleVersion, WireSource
from articles.prose import Picture, Source, render
from web.words import long_time
from wires.models import PostVersion


def read_piece(
    row: Article | ArticleVersion,
    *,
    article: Article,
    sources: Sequence[WireSource],
    lead: Picture | None,
    pictures: Mapping[int, Picture],
) -> vetting.Piece:
    """Return a working copy of the article, or a version of it, as a piece. Renders it; no query.

    `lead` is the picture at its head; `pictures` are those that its body names.
    """
    prose = render(
        row.body if vetting.is_readable(row.body) else "",
        sources=[Source(key=source.key, label=label(source)) for source in sources],
        pictures=pictures,
    )
    in_body = [pictures[pk] for pk in prose.pictures if pk in pictures]
    return vetting.Piece(
        headline=row.headline,
        standfirst=row.standfirst,
        body=row.body,
        prose=prose,
        framing_note=row.framing_note,
        social_text=row.social_text,
        language=row.language,
        sources=tuple(source_ref(each, prose.numbers.get(each.key)) for each in sources),
        images=tuple([lead, *in_body] if lead else in_body),
        published_at=article.first_published_at,
    )


def label(source: WireSource) -> str:
    """Return the accessible label of a mark: "Reuters on X, 25 June 2026 02:40 UTC"."""
    post = source.post
    return f"{post.channel.outlet_on_platform()}, {long_time(post.posted_at or post.wire_at)}"


def source_ref(source: WireSource, number: int | None = None) -> vetting.SourceRef:
    """Return a source as the checks see it; `number` is the one that readers see.

    No query where the confirmation of its version is selected.
    """
    post, version = source.post, source.version
    latest = post.latest_version
    return vetting.SourceRef(
        key=source.key,
        number=number,
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
        language="" if version is None else version.language,
        translation=source.confirmed_translation,
        is_copied=version is not None and version.is_copied(),
        is_unconfirmed=version is not None and version.is_unconfirmed(),
        chosen=source.chosen,
    )


def _later(version: PostVersion | None, latest: PostVersion | None) -> tuple[vetting.PostText, ...]:
    """Return the latest version of the post if it is not the cited one."""
    # An erasure on legal request is not an edit by the outlet.
    if version is None or latest is None or latest.n <= version.n or latest.is_erased:
        return ()
    return (vetting.PostText(at=latest.captured_at, text=latest.words),)
