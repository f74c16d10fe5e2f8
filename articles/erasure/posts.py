"""Erase a post on legal request: its words, and what articles keep of them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import QuerySet

from articles import page_parts
from articles.erasure.printed import Printed, find_printed, words_of_post
from articles.erasure.record import allow_to_erase, reason_of, record
from articles.erasure.redaction import PostInVersion, redacted_holds
from articles.erasure.steps import (
    REWRITTEN,
    Step,
    deleting,
    log_entries,
    on_record,
    saving,
    updating,
)
from articles.erasure.unsaved import deleting_previews, of_unsaved
from articles.models import (
    Acknowledgement,
    Article,
    ArticleVersion,
    Erasure,
    Fault,
    Override,
    OverrideRequest,
    VersionSource,
    WireSource,
)
from articles.publishing import ChangedMeanwhile
from web.words import REMOVED
from wires import retention
from wires.kept_bodies import KeptBodies, find_kept_bodies
from wires.models import Evidence, Post, PostVersion
from wires.shared_words import SharedWords

TRIES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class PostInspection:
    """Where the words of a post stand: what its erasure empties, and what articles print."""

    steps: tuple[Step, ...]
    printed: tuple[Printed, ...]


def inspect_post(post: Post) -> PostInspection:
    """Return where the words of a post stand. Slow; writes nothing. Raises NothingToErase."""
    versions = list(post.versions.filter(erased_at__isnull=True).order_by("n"))
    if not versions:
        raise retention.NothingToErase(retention.nothing_left(post))
    bodies = find_kept_bodies(post, versions)
    return _inspect(post, versions, articles_citing(post), bodies)


def erase_post(post: Post, *, reason: str, by: User | None, at: datetime) -> Erasure:
    """Erase a post and return the record. `by` is None if the operator of the site does it.

    The words that articles themselves print stay: the record lists them, and is complete once
    somebody has decided about each. Raises NotAllowed, ReasonMissing, NothingToErase or
    ChangedMeanwhile.
    """
    allow_to_erase(by, Erasure.Kind.POST)
    reason = reason_of(reason)
    # What was pasted by two of its links is two posts with the same words. The one that was asked
    # for comes last, so that it can be asked for again if this is broken off.
    for twin in joined_with_words(post):
        _erase_one(twin, reason=reason, by=by, at=at)
    return _erase_one(post, reason=reason, by=by, at=at)


def joined_with_words(post: Post) -> QuerySet[Post]:
    """Return the posts that are one with this under another id, and have words left."""
    twins = retention.joined_posts(post)
    return twins.filter(pk__in=PostVersion.objects.filter(erased_at=None).values("post"))


def _erase_one(post: Post, *, reason: str, by: User | None, at: datetime) -> Erasure:
    versions = list(post.versions.filter(erased_at__isnull=True))
    # Read before the transaction begins, for there can be thousands.
    bodies = find_kept_bodies(post, versions)
    for _ in range(TRIES):
        with transaction.atomic():
            locked = _lock(articles_citing(post))
            versions = retention.lock_words(post)
            # Articles are locked first, as publishing does; so another may have cited it since.
            if articles_citing(post) <= locked:
                return _erase(post, versions, locked, bodies, reason=reason, by=by, at=at)
    message = "Articles that cite the post keep changing; try again in a moment."
    raise ChangedMeanwhile(message)


def articles_citing(post: Post) -> set[int]:
    """Return the articles that cite a post, published or in their working copy. Two queries."""
    published = VersionSource.objects.filter(post_version__post=post)
    drafted = WireSource.objects.filter(post=post)
    return {
        *published.values_list("version__article", flat=True),
        *drafted.values_list("article", flat=True),
    }


def _lock(articles: Collection[int]) -> set[int]:
    rows = Article.objects.select_for_update().filter(pk__in=articles).order_by("pk")
    return set(rows.values_list("pk", flat=True))


def _erase(
    post: Post,
    versions: Sequence[PostVersion],
    articles: Collection[int],
    bodies: KeptBodies,
    *,
    reason: str,
    by: User | None,
    at: datetime,
) -> Erasure:
    bodies = find_kept_bodies(post, versions, known=bodies)
    found = _inspect(post, versions, articles, bodies)
    for step in found.steps:
        step.apply()
    page_parts.forget_parts(articles)
    retention.empty(post, versions, at=at, bodies=bodies)
    # A form that was opened before would else write the notes on the post back.
    Article.objects.filter(pk__in=articles).update(updated_at=at)
    return record(
        kind=Erasure.Kind.POST,
        subject=f"Post {post.pk} of {post.channel.code}",
        post=post,
        steps=found.steps,
        printed=found.printed,
        reason=reason,
        by=by,
        at=at,
    )


def _inspect(
    post: Post,
    versions: Sequence[PostVersion],
    articles: Collection[int],
    bodies: KeptBodies,
) -> PostInspection:
    words = words_of_post(post, versions)
    steps = [
        *_at_the_wire(post, versions, bodies),
        *_in_articles(post),
        *_of_findings(post, articles, words),
        *on_record(articles, words),
        *of_unsaved(articles, words, post=post),
        deleting_previews(articles, words, post=post),
    ]
    return PostInspection(
        steps=tuple(step for step in steps if step.rows),
        printed=tuple(find_printed(articles, words, post=post)),
    )


def _at_the_wire(post: Post, versions: Sequence[PostVersion], bodies: KeptBodies) -> Iterator[Step]:
    """Yield what wires.retention empties, to be shown, and the desk's log of the post."""
    yield Step("versions of the post", len(versions), _nothing)
    twins = joined_with_words(post).count()
    yield Step("posts that are this one under another id, erased with it", twins, _nothing)
    captures = bodies.captures | {each.capture_id for each in versions if each.capture_id}
    yield Step("fetched pages and feeds that hold it", len(captures), _nothing)
    own = Evidence.objects.filter(post_version__in=versions)
    yield Step("pieces of its evidence", own.count(), _nothing)
    others = Evidence.objects.filter(pk__in=bodies.evidence).exclude(post_version__in=versions)
    yield Step("pieces of evidence of other posts that hold it", others.count(), _nothing)
    reasons = [post.hidden_reason, post.withdrawn_reason]
    yield Step(
        "reasons given for hiding or withdrawing it", len([r for r in reasons if r]), _nothing
    )
    entries = list(log_entries(Post, [post.pk]))
    for entry in entries:
        what, colon, _ = entry.change_message.partition(": ")
        entry.object_repr = f"post {post.pk}"
        # What was done stays, and why it was does not.
        entry.change_message = f"{what}{colon}{REMOVED}" if colon else entry.change_message
    yield saving("entries in its log at the desk", entries, *REWRITTEN)


def _nothing() -> None:
    """Do nothing: wires.retention empties its own rows."""


def _in_articles(post: Post) -> Iterator[Step]:
    yield updating(
        "excerpts, notes and translations in published versions",
        VersionSource.objects.filter(post_version__post=post),
        spans=[],
        note="",
        translation="",
    )
    yield updating(
        "notes, translations and chosen passages in working copies",
        WireSource.objects.filter(post=post),
        note="",
        translation="",
        passages=[],
    )


def _of_findings(post: Post, articles: Collection[int], words: SharedWords) -> Iterator[Step]:
    """Yield the steps for findings about the post, and for what people wrote to clear them."""
    about, others = set[str](), set[str]()
    changed, counts = [], dict.fromkeys(("findings", "overrides", "acknowledgements"), 0)
    cited = _cited_in(post)
    versions = ArticleVersion.objects.filter(article__in=articles, erased_at__isnull=True)
    for version in versions.only(*counts):
        keys, sentences = cited.get(version.pk, (frozenset(), frozenset()))
        here = PostInVersion(keys=keys, sentences=sentences, words=words)
        before = {column: getattr(version, column) for column in counts}
        after = here.redact(before)
        marks = {one["fingerprint"] for one in version.findings if here.is_about(one)}
        about |= marks
        others |= {one["fingerprint"] for one in version.findings} - marks
        if after == before:
            continue
        for column, entries in after.items():
            pairs = zip(entries, before[column], strict=True)
            counts[column] += sum(one is not was for one, was in pairs)
            setattr(version, column, entries)
        changed.append(version)
    names = {
        "findings": "findings in published versions",
        "overrides": "reasons for overrides in published versions",
        "acknowledgements": "notes on acknowledged queries in published versions",
    }
    save = partial(_save_versions, changed, tuple(counts))
    for place, (column, count) in enumerate(counts.items()):
        yield Step(names[column], count, save if not place else _nothing)
    yield from _of_clearances(articles, words, others - about)
    yield from _of_faults(post, articles, words)


def _save_versions(versions: Sequence[ArticleVersion], columns: Sequence[str]) -> None:
    # In one UPDATE a version, or its trigger would see half of it.
    for version in versions:
        values = {column: getattr(version, column) for column in columns}
        ArticleVersion.objects.filter(pk=version.pk).update(**values)


def _cited_in(post: Post) -> dict[int, tuple[frozenset[str], frozenset[int]]]:
    """Return the keys and sentences of a post in each version that cites it. One query."""
    cited: dict[int, tuple[frozenset[str], frozenset[int]]] = {}
    rows = VersionSource.objects.filter(post_version__post=post)
    for version, key, sentences in rows.values_list("version", "key", "sentences"):
        keys, numbers = cited.get(version, (frozenset(), frozenset()))
        cited[version] = keys | {key}, numbers | set(sentences)
    return cited


def _of_clearances(
    articles: Collection[int], words: SharedWords, others: set[str]
) -> Iterator[Step]:
    """Yield the steps for overrides and acknowledgements; `others` are of findings about others."""
    for name, model, column, left in (
        ("notes on acknowledged queries", Acknowledgement, "note", ""),
        ("reasons for overrides", Override, "reason", REMOVED),
    ):
        rows = model._default_manager.filter(article__in=articles).exclude(**{column: ""})
        keys = [
            row.pk
            for row in rows
            if row.fingerprint not in others or words.printed_in(getattr(row, column))
        ]
        yield updating(name, rows.filter(pk__in=keys), **{column: left})
    requests = []
    for one in OverrideRequest.objects.filter(article__in=articles):
        holds = redacted_holds(one.holds, others=others)
        if holds != one.holds:
            one.holds = holds
            requests.append(one)
    yield saving("requests for a second person", requests, "holds")


def _of_faults(post: Post, articles: Collection[int], words: SharedWords) -> Iterator[Step]:
    cited = _cited_in(post)
    rows = Fault.objects.filter(article__in=articles)
    keys = []
    for fault in rows:
        names, sentences = cited.get(fault.version_id, (frozenset(), frozenset()))
        here = PostInVersion(keys=names, sentences=sentences, words=words)
        if fault.post_id == post.pk or here.is_about(fault.finding):
            keys.append(fault.pk)
    yield deleting("alerts", rows.filter(pk__in=keys))
