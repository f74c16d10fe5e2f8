"""Count what live articles rest on: for each outlet its citations, edits, withdrawals, corrections.

Everything is read off what is stored: which post a version cites, which versions the post has, when
it was withdrawn, and which sentences a correction changed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from articles.models import Article, Correction, SourceScore, SourceUse, VersionSource
from wires.models import Channel, Outlet, Post

BATCH = 200
# Readers ask for the newest; the worker counts these each minute, and all once a day.
NEWEST = 200
# How old the sums may be: they walk over every use and every post.
SUMS_EVERY = timedelta(hours=1)
COUNTED = ("posts", "edited", "withdrawn", "corrected")

type Claims = Sequence[Mapping[str, Any]]


@dataclass(slots=True)
class Use:
    """What an article has of an outlet: posts by their key, and how many corrections."""

    posts: set[int] = field(default_factory=set)
    edited: set[int] = field(default_factory=set)
    withdrawn: set[int] = field(default_factory=set)
    corrected: int = 0

    def counts(self) -> dict[str, int]:
        sets = {name: len(getattr(self, name)) for name in COUNTED[:-1]}
        return {**sets, "corrected": self.corrected}


def count_newest(*, at: datetime) -> int:
    """Count the newest articles, and sum up where a sum is old. Return how many uses changed."""
    newest = Article.objects.live().order_by("-live_version").values_list("pk", flat=True)[:NEWEST]
    changed = _count(list(newest))
    oldest = SourceScore.objects.order_by("counted_at").values_list("counted_at", flat=True).first()
    if oldest is None or not timedelta() <= at - oldest < SUMS_EVERY:
        sum_up(at=at)
    return changed


def count_all(*, at: datetime) -> Iterator[int]:
    """Count all live articles, yield after each batch how many uses changed, and sum up."""
    after = 0
    live = Article.objects.live().order_by("pk").values_list("pk", flat=True)
    while batch := list(live.filter(pk__gt=after)[:BATCH]):
        yield _count(batch)
        after = batch[-1]
    sum_up(at=at)


def _count(articles: Sequence[int]) -> int:
    """Store the uses of some articles as they are now. Return how many changed. Five queries."""
    found = _uses_of(articles)
    stored = {
        (use.article_id, use.outlet_id): use
        for use in SourceUse.objects.filter(article__in=articles)
    }
    gone = [use.pk for key, use in stored.items() if key not in found]
    rows = [row for row in _rows(articles, found) if not _is_stored(row, stored)]
    with transaction.atomic():
        if gone:
            SourceUse.objects.filter(pk__in=gone).delete()
        SourceUse.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["article", "outlet"],
            update_fields=["first_published_at", *COUNTED],
        )
        # One that is withdrawn this moment has left its lists.
        SourceUse.objects.filter(article__in=articles).exclude(article__status="live").delete()
    return len(rows) + len(gone)


def _is_stored(row: SourceUse, stored: Mapping[tuple[int, int], SourceUse]) -> bool:
    was = stored.get((row.article_id, row.outlet_id))
    return was is not None and all(getattr(was, name) == getattr(row, name) for name in COUNTED)


def _rows(articles: Sequence[int], found: Mapping[tuple[int, int], Use]) -> Iterator[SourceUse]:
    dates = dict(
        Article.objects.live().filter(pk__in=articles).values_list("pk", "first_published_at")
    )
    for (article, outlet), use in found.items():
        if (published := dates.get(article)) is not None:
            yield SourceUse(
                article_id=article,
                outlet_id=outlet,
                first_published_at=published,
                **use.counts(),
            )


def _uses_of(articles: Sequence[int]) -> dict[tuple[int, int], Use]:
    """Return the uses of some articles by the keys of article and outlet. Two queries."""
    uses: dict[tuple[int, int], Use] = defaultdict(Use)
    outlets: dict[int, dict[str, int]] = defaultdict(dict)
    for row in _sources_of(articles):
        outlet, post = row["post_version__post__channel__outlet"], row["post_version__post"]
        use = uses[row["version__article"], outlet]
        outlets[row["version"]][row["key"]] = outlet
        if row["version"] == row["version__article__live_version"]:
            use.posts.add(post)
        cited_at = row["version__at"]
        if (at := row["post_version__post__withdrawn_at"]) is not None and at > cited_at:
            use.withdrawn.add(post)
        edited_at = row["post_version__post__latest_version__captured_at"]
        is_later = row["post_version__post__latest_version__n"] > row["post_version__n"]
        if is_later and edited_at > cited_at:
            use.edited.add(post)
    for note in _corrections_of(articles):
        for outlet in _outlets_corrected(note, outlets):
            uses[note.article_id, outlet].corrected += 1
    return {key: use for key, use in uses.items() if any(use.counts().values())}


def _sources_of(articles: Sequence[int]) -> Iterable[dict[str, Any]]:
    post = "post_version__post"
    rows: Iterable[dict[str, Any]] = (
        VersionSource.objects.filter(version__article__in=articles)
        .exclude(**{f"{post}__latest_version": None})
        .values(
            "key", "version", "version__at", "version__article", "version__article__live_version",
            "post_version__n", post, f"{post}__withdrawn_at", f"{post}__channel__outlet",
            f"{post}__latest_version__n", f"{post}__latest_version__captured_at",
        )
    )  # fmt: skip
    return rows


def _corrections_of(articles: Sequence[int]) -> Iterable[Correction]:
    notes = Correction.objects.filter(article__in=articles, kind=Correction.Kind.CORRECT)
    return notes.select_related("version_before", "version_after").only(
        "article", "version_before__claims", "version_after__claims"
    )


def _outlets_corrected(note: Correction, outlets: Mapping[int, Mapping[str, int]]) -> set[int]:
    """Return the outlets that sentences cite which a correction changed, took out or added."""
    before, after = note.version_before, note.version_after
    if before is None or after is None or not before.claims or not after.claims:
        return set()
    sides = ((before.pk, before.claims, after.claims), (after.pk, after.claims, before.claims))
    return {
        outlet
        for version, claims, others in sides
        for key in _keys_changed(claims, others)
        if (outlet := outlets.get(version, {}).get(key)) is not None
    }


def _keys_changed(claims: Claims, others: Claims) -> set[str]:
    known = {claim["text"] for claim in others}
    return {key for claim in claims if claim["text"] not in known for key in claim["keys"]}


def count_demo(*, at: datetime) -> None:
    """Count what the demo edition rests on, and nothing of the site's own."""
    _count(list(Article.objects.live().filter(is_demo=True).values_list("pk", flat=True)))
    sum_up(at=at, outlets=Outlet.objects.filter(is_demo=True))


def sum_up(*, at: datetime, outlets: QuerySet[Outlet] | None = None) -> None:
    """Store the sums of each outlet that readers may know of, or of some of them. Five queries."""
    outlets = Outlet.objects.all() if outlets is None else outlets
    sums: dict[int, dict[str, Any]] = {
        row["outlet"]: dict(row)
        for row in SourceUse.objects.values("outlet").annotate(
            articles=Count("pk", filter=Q(posts__gt=0)),
            **{f"sum_of_{name}": Sum(name) for name in COUNTED},
        )
    }
    posts = Post.objects.listed().order_by().values_list("channel__outlet")
    found = Counter(dict(posts.annotate(count=Count("pk"))))
    channels = Channel.objects.filter(outlet=OuterRef("pk"))
    public = outlets.filter(Exists(channels.public()))
    scores = [
        SourceScore(
            outlet_id=pk,
            found=found[pk],
            articles=sums.get(pk, {}).get("articles", 0),
            counted_at=at,
            **{name: sums.get(pk, {}).get(f"sum_of_{name}", 0) for name in COUNTED},
        )
        for pk in public.values_list("pk", flat=True)
        if found[pk] or pk in sums
    ]
    with transaction.atomic():
        SourceScore.objects.bulk_create(
            scores,
            update_conflicts=True,
            unique_fields=["outlet"],
            update_fields=["found", "articles", "counted_at", *COUNTED],
            batch_size=500,
        )
        SourceScore.objects.filter(outlet__in=outlets).exclude(counted_at=at).delete()
