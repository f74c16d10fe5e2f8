"""Check live articles and record the new findings."""

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from articles import vetting
from articles.archive.pieces import with_pictures
from articles.models import Article, ArticleQuerySet, Fault, LiveVetting
from articles.publishing.live import Live, stored_fingerprints
from articles.publishing.snapshot import outlet_directory
from wires.models import Post

logger = logging.getLogger(__name__)

# Keeps a recording transaction below 500 rows: these two multiplied, and as many deletions.
AT_ONCE = 20
FAULTS_KEPT = 12
MOVES = {"source-changed", "source-deleted"}


@dataclass(frozen=True, slots=True, kw_only=True)
class VettedArticle:
    """The findings on a live article that it did not have when it was published.

    `known` counts the findings that were acknowledged or overridden at publication. `failure` says
    why the checks could not read the article, and is "" otherwise.
    """

    live: Live
    piece: vetting.Piece | None
    findings: tuple[vetting.Finding, ...]
    known: int = 0
    failure: str = ""

    @property
    def article(self) -> Article:
        return self.live.article

    @property
    def holds(self) -> int:
        return sum(finding.level is vetting.Level.HOLD for finding in self.findings)

    @property
    def queries(self) -> int:
        return len(self.findings) - self.holds


def vet(articles: ArticleQuerySet, *, at: datetime) -> list[VettedArticle]:
    """Vet the public versions of a few live articles and record the findings. At most nine queries.

    `articles` is a subset of `live_articles()`; at most AT_ONCE of them are vetted.
    """
    names = outlet_directory()
    vetted = [vet_one(live, names) for live in with_pictures(articles[:AT_ONCE])]
    with transaction.atomic():
        record(vetted, at=at)
    return vetted


def vet_all(
    articles: ArticleQuerySet, *, now: Callable[[], datetime], is_over: Callable[[], bool]
) -> Iterator[VettedArticle]:
    """Vet and record any number of live articles, a few at a time, ordered by id."""
    reached = 0
    while not is_over():
        vetted = vet(articles.filter(pk__gt=reached).order_by("pk"), at=now())
        if not vetted:
            return
        yield from vetted
        reached = vetted[-1].article.pk


def vet_one(live: Live, outlet_directory: Sequence[vetting.OutletName]) -> VettedArticle:
    """Return the new findings on an article. No queries, no writes.

    Dates in its text are read as of the day of publication, as they were meant; posts are taken
    as they are now.
    """
    context = vetting.Context(now=live.version.at, outlet_directory=outlet_directory)
    try:
        piece = live.piece()
        found = list(vetting.findings(piece, context))
        stored = stored_fingerprints(live.version, vetting.Wordings(piece, context))
    except Exception as error:
        # One article that crashes a check must not end the nightly run for all the others.
        logger.exception("Article %s could not be vetted", live.article.pk)
        return VettedArticle(
            live=live, piece=None, findings=(), failure=f"{type(error).__name__}: {error}"
        )
    known = {mark for mark, _ in stored}
    new = {f.fingerprint: f for f in reversed(found) if f.fingerprint not in known}
    return VettedArticle(
        live=live,
        piece=piece,
        findings=tuple(f for f in found if new.get(f.fingerprint) is f),
        known=sum(f.fingerprint in known for f in found),
    )


def record(vetted: Sequence[VettedArticle], *, at: datetime) -> None:
    """Write the findings: resolved faults are deleted, existing ones keep their date.

    Four queries at most, for at most AT_ONCE articles, in the caller's transaction.
    """
    if not vetted:
        return
    LiveVetting.objects.bulk_create(
        [
            LiveVetting(
                article=each.article,
                version=each.live.version,
                vetted_at=at,
                holds=each.holds,
                queries=each.queries,
                known=each.known,
                failure=each.failure[:300],
            )
            for each in vetted
        ],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["version", "vetted_at", "holds", "queries", "known", "failure"],
    )
    faults = [fault for each in vetted for fault in _faults(each, at=at)]
    now = {(fault.article_id, fault.fingerprint) for fault in faults}
    rows = Fault.objects.filter(article__in=[each.article for each in vetted if not each.failure])
    before = rows.values_list("pk", "article_id", "fingerprint")
    resolved = [pk for pk, article, fingerprint in before if (article, fingerprint) not in now]
    if resolved:
        Fault.objects.filter(pk__in=resolved).delete()
    Fault.objects.bulk_create(
        faults,
        update_conflicts=True,
        unique_fields=["article", "fingerprint"],
        update_fields=["version", "code", "level", "finding", "post", "moved_at"],
    )


def _faults(vetted: VettedArticle, *, at: datetime) -> Iterator[Fault]:
    """Yield the fault rows of an article, holds first."""
    holds_first = sorted(vetted.findings, key=lambda f: f.level is not vetting.Level.HOLD)
    for finding in holds_first[:FAULTS_KEPT]:
        post = _moved(vetted.live, finding)
        yield Fault(
            article=vetted.article,
            version=vetted.live.version,
            code=finding.code,
            level=finding.level.value,
            fingerprint=finding.fingerprint,
            finding=finding.as_dict(),
            post=post,
            moved_at=moved_at(post, finding.code) if post else None,
            found_at=at,
        )


def _moved(live: Live, finding: vetting.Finding) -> Post | None:
    """Return the post that was edited or withdrawn, if that is what the finding reports."""
    if finding.code not in MOVES:
        return None
    return next((s.post_version.post for s in live.sources if s.key == finding.excerpt), None)


def moved_at(post: Post, code: str) -> datetime | None:
    """Return when a post was withdrawn, or else when its last edit arrived."""
    if code == "source-deleted":
        return post.withdrawn_at
    return post.latest_version.captured_at if post.latest_version else None
