"""One archived post as readers see it: its words, what edits changed, the articles that cite it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F, Q
from django.urls import reverse

from web.changes import REWRITTEN, Change, apart, fit
from wires.models import Post, PostVersion

EDITS_SHOWN = 5
CITATIONS_SHOWN = 20
CITATIONS_LOOKED_AT = 500
VERSIONS_SHOWN = 50
UNSHOWN_OF_A_POST = ("native_id", "latest_version__html", "latest_version__media")


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveCitation:
    """A live article that cites a post: what a link to it shows, and which version it cites.

    `url` leads to the post among the article's sources, `sentence_url` to the first sentence that
    rests on it, or there too where none does.
    """

    post_version_id: int
    headline: str
    language: str
    section: str
    number: int
    url: str
    sentence_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEdit:
    """What one version changed in the one before it."""

    version: PostVersion
    changes: list[Change]

    @property
    def is_rewritten(self) -> bool:
        return REWRITTEN in self.changes


def archived_post(post: Post, citations: Sequence[LiveCitation]) -> dict[str, Any]:
    """Return what a post's page shows, for its template.

    One query; a second for the words of one that was taken back.
    """
    versions = newest_versions(post)
    outlet = post.channel.outlet
    shows_edits = bool(citations) and not is_taken_back(post)
    moments = [post.wire_at, *(version.captured_at for version in versions[-1:])]
    return {
        "post": post,
        "outlet": outlet,
        "versions": versions,
        "earlier": versions[0].n - 1 if len(versions) == VERSIONS_SHOWN else 0,
        "citations": citations,
        "cited": {citation.post_version_id for citation in citations},
        "shown": shown_version(post, citations),
        "edits": edits(versions, limit=outlet.excerpt_length) if shows_edits else [],
        "updated_at": max(moments + ([post.withdrawn_at] if post.withdrawn_at else [])),
        "is_demo": outlet.is_demo,
    }


def newest_versions(post: Post) -> list[PostVersion]:
    """Return the newest versions for readers, the last one last, without their words. One query."""
    versions = post.versions.for_readers().select_related("confirmation")
    unread = versions.defer("title", "text", "html", "author", "media").order_by("-n")
    return list(reversed(unread[:VERSIONS_SHOWN]))


def citations_of(post: Post) -> list[LiveCitation]:
    """Return where the newest live articles cite the post. One query.

    A second one for a post that was taken back and that the newest citations do not keep: of those
    no older one may be overlooked, for they decide what is shown.
    """
    found = live_citations(post, look_at=CITATIONS_LOOKED_AT)
    return found if found or not is_taken_back(post) else live_citations(post)


def live_citations(post: Post, *, look_at: int | None = None) -> list[LiveCitation]:
    """Return where the newest live articles cite the post, by the newest so many citations.

    One query. Every update of an article cites its posts again.
    """
    # Asked along the relations, by their names: the wire knows nothing of what stands above it.
    version = "citations__version"
    is_live = Q(**{f"{version}__article__live_version": F(version)})
    if look_at:
        newest = post.versions.filter(citations__isnull=False).order_by("-citations__pk")
        # In one filter: about one and the same citation.
        is_live &= Q(citations__pk__in=newest.values("citations__pk")[:look_at])
    order = (f"-{version}__article__first_published_at", "citations__number")
    shown = post.versions.filter(is_live).order_by(*order).values("citations__pk")
    # Their columns are read of those alone: in SQLite some lie behind the whole text of the article.
    rows = (
        post.versions.filter(citations__pk__in=shown[:CITATIONS_SHOWN])
        .order_by(*order)
        .values_list(
            "pk",
            f"{version}__headline",
            f"{version}__language",
            f"{version}__article__live_section__name",
            "citations__number",
            "citations__key",
            "citations__sentences",
            f"{version}__article__first_published_at",
            f"{version}__article__live_slug",
        )
    )
    return [_live_citation(*row) for row in rows]


def _live_citation(
    pk: int,
    headline: str,
    language: str,
    section: str,
    number: int,
    key: str,
    sentences: list[int],
    first_published_at: datetime,
    slug: str,
) -> LiveCitation:
    day = f"{first_published_at:%Y %m %d}".split()
    article, entry = reverse("articles:article", args=[*day, slug]), f"#source-{key}"
    return LiveCitation(
        post_version_id=pk,
        headline=headline,
        language=language,
        section=section,
        number=number,
        url=article + entry,
        sentence_url=article + (f"#s{min(sentences)}" if sentences else entry),
    )


def shown_version(post: Post, citations: Sequence[LiveCitation]) -> PostVersion | None:
    """Return the version whose words readers see: of a post taken back the one cited, or none.

    One query where it is the one cited.
    """
    if not is_taken_back(post):
        return post.latest_version
    if not citations:
        return None
    versions = post.versions.select_related("confirmation").defer("html", "media")
    return versions.get(pk=citations[0].post_version_id)


def is_taken_back(post: Post) -> bool:
    """Return whether its source or the desk took it back, so that only words we cite are shown.

    As of a post that has no other words for readers.
    """
    return post.is_withdrawn or post.is_hidden or post.latest_version_id is None


def edits(versions: Sequence[PostVersion], *, limit: int) -> list[PostEdit]:
    """Return what the last few versions changed, within an outlet's limit of characters in all.

    Nothing is compared here: a reader's request must cost the same whatever a source wrote.
    """
    found: list[PostEdit] = []
    for version in reversed(versions[-EDITS_SHOWN:]):
        changes = fit([Change(*part) for part in version.changes or ()], limit)
        limit -= sum(len(change.text) for change in changes)
        if changes:
            found.insert(0, PostEdit(version=version, changes=list(apart(changes))))
    return found
