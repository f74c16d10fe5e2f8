"""The public version of an article as the checks read it, and what it carries already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from articles import vetting
from articles.models import Article, ArticleVersion, Image, VersionSource, WireSource
from articles.models.frozen import FROZEN_OF_SOURCE, copy_frozen
from articles.prose import Picture
from articles.publishing.pieces import read_piece

type Entry = dict[str, str | int]


@dataclass(frozen=True, slots=True)
class Live:
    """A live article with the sources of its public version and its pictures."""

    article: Article
    version: ArticleVersion
    sources: tuple[VersionSource, ...]
    pictures: Mapping[int, Picture]

    def piece(self) -> vetting.Piece:
        """Return the public version as a piece, with its posts as they are now.

        Parses the body; no queries.
        """
        return read_piece(
            self.version,
            article=self.article,
            sources=[as_cited(self.version, source) for source in self.sources],
            lead=_lead(self.version),
            pictures=self.pictures,
        )

    def piece_as_published(self) -> vetting.Piece:
        """Return it with its posts as they were then: what befell them since is not part of it.

        Parses the body; no queries.
        """
        piece = self.piece()
        at = self.version.at
        return replace(piece, sources=tuple(_at_that_time(each, at) for each in piece.sources))


@dataclass(frozen=True, slots=True)
class Carried:
    """The fingerprints of what the live version has already, and its overrides by them."""

    fingerprints: frozenset[str] = frozenset()
    overrides: Mapping[str, Entry] = field(default_factory=dict)


def read_carried(
    article: Article, findings: Sequence[vetting.Finding], context: vetting.Context
) -> Carried:
    """Return what the live version of an article has of the findings on its working copy.

    Its stored findings are taken at the words where they stand in it. Where that leaves a hold,
    the version is read again with the rules of today: an unchanged sentence is not held for what
    a rule has learned since. Three queries at most, none where there is nothing to look for.
    """
    version = article.live_version
    holds = {each.fingerprint for each in findings if each.level is vetting.Level.HOLD}
    if not article.is_live or version is None or not (holds or version.overrides):
        return Carried()
    piece = read_live(article, version).piece_as_published()
    # Of now, as for the working copy: only the words and the posts may make a difference.
    here = vetting.Context(now=context.now, outlet_directory=context.outlet_directory)
    stored = stored_fingerprints(version, vetting.Wordings(piece, here))
    known = frozenset(mark for mark, _ in stored)
    if not holds <= known:
        known |= {each.fingerprint for each in vetting.findings(piece, here)}
    entries = {str(entry["fingerprint"]): entry for entry in version.overrides}
    overrides = {mark: entries[was] for mark, was in stored if was in entries}
    return Carried(known, overrides)


def stored_fingerprints(
    version: ArticleVersion, wordings: vetting.Wordings
) -> list[tuple[str, str]]:
    """Return for each finding of a version its fingerprint today, and the one stored with it.

    What is stored may have been written when fingerprints had no sentence, or when sentences were
    read in another way; code, evidence and place of a published finding never change.
    """
    return [
        (stored_fingerprint(each, wordings), str(each["fingerprint"])) for each in version.findings
    ]


def stored_fingerprint(stored: Mapping[str, Any], wordings: vetting.Wordings) -> str:
    """Return the fingerprint today of a finding as Finding.as_dict has it."""
    wording = wordings.at(stored["field"], stored["start"], stored["end"], stored["excerpt"])
    return vetting.fingerprint(stored["code"], stored["evidence"], wording)


def read_live(article: Article, version: ArticleVersion) -> Live:
    """Return the live version with what the checks read of it. Three queries at most."""
    sources = (
        VersionSource.objects.filter(version=version)
        .select_related(
            "post_version__post__channel__outlet",
            "post_version__post__latest_version",
            "post_version__confirmation",
        )
        .order_by("number")
    )
    return Live(article, version, tuple(sources), Image.objects.pictures_in(version.body))


def as_cited(version: ArticleVersion, source: VersionSource) -> WireSource:
    return WireSource(
        **copy_frozen(source, FROZEN_OF_SOURCE),
        post=source.post_version.post,
        version=source.post_version,
        # Where an editor said that a quotation stands: the passages kept of it.
        passages=[span for span in source.spans if span.get("kind") == "quote"],
        cited_at=version.at,
    )


def _lead(version: ArticleVersion) -> Picture | None:
    """Return the picture at the head as it was frozen, whatever the library says by now."""
    if version.image is None:
        return None
    return replace(
        version.image.picture,
        alt=version.image_alt,
        credit=version.image_credit,
        caption=version.image_caption,
    )


def _at_that_time(source: vetting.SourceRef, at: datetime) -> vetting.SourceRef:
    """Return a source without the edits, the withdrawal and the erasure that came later."""
    was_deleted = source.deleted_at is not None and source.deleted_at <= at
    return replace(
        source,
        versions=tuple(each for each in source.versions if each.at <= at),
        edits=tuple(each for each in source.edits if each <= at),
        deleted_at=source.deleted_at if was_deleted else None,
        # Only archived posts are frozen with a version.
        text=source.text or "",
    )
