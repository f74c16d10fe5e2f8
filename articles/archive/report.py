"""The report behind Alerts: recorded faults, and posts edited or withdrawn since the last run."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery

from articles import vetting
from articles.archive.checking import MOVES, moved_at
from articles.archive.pieces import UNREAD_OF_POSTS
from articles.archive.runs import under_way
from articles.models import (
    Acknowledgement,
    Act,
    ArchiveRun,
    Article,
    ArticleVersion,
    Fault,
    FaultQuerySet,
    Override,
    VersionSource,
)
from articles.models.frozen import ONLY_IN_FORM, Reader, unread_by
from articles.publishing.live import as_cited
from articles.publishing.pieces import source_ref
from articles.vetting.rules import source_changed, source_deleted
from wires.models import Post, PostVersion

# Above these limits the report says that there is more.
FRESH = 100
# Changed posts, cited or not: the busiest night on the wire brings a tenth of that.
LOOKED_AT = 5_000
COUNTED = 100
SENTENCES = 3
# A post is stamped before it is fetched and visible only once committed, so a run may miss one.
MARGIN = timedelta(minutes=15)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One finding on a live article; `at` is when it was found or when it happened."""

    article: Article
    version: ArticleVersion
    code: str
    level: str
    field: str
    message: str
    excerpt: str
    at: datetime
    post: Post | None = None
    key: str = ""
    sentences: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertCount:
    """How many live articles have a new hold; `is_more` if there are at least that many."""

    articles: int
    is_more: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class LastRun:
    """The last finished run, and the running one if there is one."""

    ended: ArchiveRun | None
    under_way: ArchiveRun | None


def last_run() -> LastRun:
    """Return when all live articles were last checked. Two queries."""
    return LastRun(ended=_last_ended(), under_way=under_way())


def faults() -> FaultQuerySet:
    """Return open faults with everything the report shows of each. One query."""
    return (
        Fault.objects.open()
        .select_related("article", "version", "post__channel__outlet", "post__latest_version")
        .defer(
            *(f"article__{name}" for name in ONLY_IN_FORM),
            *unread_by(Reader.ALERTS, "version"),
            "version__findings",
            *(f"post__latest_version__{name}" for name in (*UNREAD_OF_POSTS, "text")),
        )
    )


def kinds() -> list[str]:
    """Return the codes of the open faults. One query."""
    codes = Fault.objects.open().order_by("code").values_list("code", flat=True)
    return list(codes.distinct())


def recorded(rows: Sequence[Fault]) -> list[Alert]:
    """Return faults as alerts, with the sentences they are about. One query."""
    moved = [row for row in rows if row.code in MOVES]
    found = VersionSource.objects.filter(version__in=[row.version_id for row in moved])
    sources = {(source.version_id, source.key): source for source in found} if moved else {}
    return [_recorded(row, sources.get((row.version_id, row.finding["excerpt"]))) for row in rows]


def _recorded(row: Fault, source: VersionSource | None) -> Alert:
    finding = row.finding
    is_move = row.code in MOVES
    return Alert(
        article=row.article,
        version=row.version,
        code=row.code,
        level=row.level,
        field=finding["field"],
        message=finding["message"],
        excerpt="" if is_move else finding["excerpt"],
        at=row.found_at,
        post=row.post,
        key=finding["excerpt"] if is_move else "",
        sentences=_sentences(row.version, source) if source else (),
    )


def fresh() -> list[Alert]:
    """Return what happened since the last full check, newest first, at most FRESH.

    Covers posts cited by a live article whose text was edited or which were withdrawn, unless a
    recorded fault already says so. Seven queries.
    """
    last = _last_ended()
    since = last.started_at - MARGIN if last else None
    edited, withdrawn = list(_edited(since)[:FRESH]), list(_withdrawn(since)[:FRESH])
    found = [*_told(edited, "source-changed"), *_told(withdrawn, "source-deleted")]
    cleared = _passed({alert.article.pk for alert, _ in found})
    alerts = [one for one, print_ in found if (one.article.pk, print_) not in cleared]
    return sorted(alerts, key=lambda one: one.at, reverse=True)[:FRESH]


def count_alerts() -> AlertCount:
    """Count the live articles with a new hold, up to COUNTED. Eight queries."""
    holds = Fault.objects.open().filter(level=vetting.Level.HOLD).order_by()
    articles = set(holds.values_list("article", flat=True).distinct()[: COUNTED + 1])
    articles |= {alert.article.pk for alert in fresh()}
    return AlertCount(articles=min(len(articles), COUNTED), is_more=len(articles) > COUNTED)


def newest_of_each(**more: Subquery) -> QuerySet[Act, Any]:
    """Return as one row what is another as soon as count_alerts may count otherwise, and `more`.

    Each act on an article is on record, with its clearances; without one no article was ever
    public, and there is no row. A post that comes back, and a fault that is gone, move nothing
    here, so keep no count for longer than a minute.
    """
    newest = {
        "run": ArchiveRun.objects.filter(finished_at__isnull=False).order_by("-started_at"),
        "fault": Fault.objects.order_by("-pk"),
        "withdrawn": Post.objects.filter(withdrawn_at__isnull=False).order_by("-withdrawn_at"),
        "edited": PostVersion.objects.filter(n__gt=1).order_by("-captured_at"),
    }
    columns = {
        "run": "finished_at", "fault": "pk", "withdrawn": "withdrawn_at", "edited": "captured_at",
    }  # fmt: skip
    parts = {name: Subquery(newest[name].values(columns[name])[:1]) for name in columns} | more
    return Act.objects.order_by("-pk").annotate(**parts).values_list("pk", *parts)


def _last_ended() -> ArchiveRun | None:
    return ArchiveRun.objects.filter(finished_at__isnull=False).order_by("-started_at").first()


def _live_sources() -> QuerySet[VersionSource]:
    return (
        # Not version__article__live_version=F("version"): comparing two columns that say the same,
        # PostgreSQL expects almost no rows and reads every article first. Nor version__in: SQLite
        # would list all live articles. Only a live one has a live version.
        VersionSource.objects.filter(
            Exists(Article.objects.filter(live_version=OuterRef("version")))
        )
        .select_related(
            "version__article",
            "post_version__post__channel__outlet",
            "post_version__post__latest_version",
            "post_version__confirmation",
        )
        .defer(
            *(f"version__article__{name}" for name in ONLY_IN_FORM),
            *unread_by(Reader.ALERTS, "version"),
            *(f"post_version__{name}" for name in UNREAD_OF_POSTS),
            *(f"post_version__post__latest_version__{name}" for name in UNREAD_OF_POSTS),
        )
    )


def edited_posts(since: datetime | None) -> QuerySet[Any, Any]:
    """Return posts edited after that time, newest first. Uses the index on edits."""
    edits = PostVersion.objects.filter(n__gt=1).order_by("-captured_at")
    if since:
        edits = edits.filter(captured_at__gte=since)
    return edits.values_list("post", flat=True)[:LOOKED_AT]


def withdrawn_posts(since: datetime | None) -> QuerySet[Any, Any]:
    """Return posts withdrawn after that time, newest first. Uses the index on withdrawals."""
    posts = Post.objects.filter(withdrawn_at__isnull=False).order_by("-withdrawn_at")
    if since:
        posts = posts.filter(withdrawn_at__gte=since)
    return posts.values_list("pk", flat=True)[:LOOKED_AT]


# The posts are fetched first: otherwise query planners read every citation there is.


def _edited(since: datetime | None) -> QuerySet[VersionSource]:
    """Return citations whose post has a later version. Runs one query at once, for the posts."""
    latest = "post_version__post__latest_version"
    rows = _live_sources().filter(
        post_version__post__in=list(edited_posts(since)),
        **{f"{latest}__n__gt": F("post_version__n")},
    )
    return _untold(rows, "source-changed", f"{latest}__captured_at")


def _withdrawn(since: datetime | None) -> QuerySet[VersionSource]:
    """Return citations whose post was withdrawn. Runs one query at once, for the posts."""
    rows = _live_sources().filter(post_version__post__in=list(withdrawn_posts(since)))
    return _untold(rows, "source-deleted", "post_version__post__withdrawn_at")


def _untold(rows: QuerySet[VersionSource], code: str, at: str) -> QuerySet[VersionSource]:
    recorded_faults = Fault.objects.filter(
        article=OuterRef("version__article"),
        version=OuterRef("version"),
        post=OuterRef("post_version__post"),
        code=code,
        moved_at=OuterRef(at),
    )
    return rows.exclude(Exists(recorded_faults)).order_by(f"-{at}", "-pk")


def _told(sources: Sequence[VersionSource], code: str) -> Iterator[tuple[Alert, str]]:
    """Yield the findings of the named check on each source that it did not have at publication."""
    rule = source_changed.RULE if code == "source-changed" else source_deleted.RULE
    nothing = vetting.Piece.written()
    for source in sources:
        version, post = source.version, source.post_version.post
        known = {finding["fingerprint"] for finding in version.findings}
        ref = source_ref(as_cited(version, source))
        piece = replace(nothing, sources=(ref,))
        for finding in rule.find(piece, vetting.Context(now=version.at)):
            if finding.fingerprint not in known:
                yield _fresh(source, finding, moved_at(post, code) or version.at)


def _fresh(source: VersionSource, finding: vetting.Finding, at: datetime) -> tuple[Alert, str]:
    alert = Alert(
        article=source.version.article,
        version=source.version,
        code=finding.code,
        level=finding.level.value,
        field=finding.field,
        message=finding.message,
        excerpt="",
        at=at,
        post=source.post_version.post,
        key=source.key,
        sentences=_sentences(source.version, source),
    )
    return alert, finding.fingerprint


def _passed(articles: set[int]) -> set[tuple[int, str]]:
    """Return what was cleared since, by article and fingerprint. At most one query."""
    if not articles:
        return set()
    rows: list[Any] = [
        model.objects.filter(article__in=articles).values_list("article", "fingerprint")
        for model in (Acknowledgement, Override)
    ]
    return set(itertools.chain(*rows))


def _sentences(version: ArticleVersion, source: VersionSource) -> tuple[tuple[int, str], ...]:
    """Return the first few sentences that cite a source."""
    resting = set(source.sentences)
    claims = ((claim["number"], claim["text"]) for claim in version.claims)
    return tuple(itertools.islice((claim for claim in claims if claim[0] in resting), SENTENCES))
