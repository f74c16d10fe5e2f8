"""Erase a version of an article on legal request."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.contrib.auth.models import User
from django.db import transaction

from articles import page_parts, publishing, search
from articles.cards import forget_cards
from articles.erasure.printed import Printed, corrections_of, find_printed, words_of_version
from articles.erasure.record import allow_to_erase, reason_of, record
from articles.erasure.steps import Step, deleting, on_record, updating
from articles.erasure.unsaved import deleting_previews, deleting_unsaved, of_unsaved
from articles.models import (
    Acknowledgement,
    Article,
    ArticleVersion,
    Correction,
    Erasure,
    ErasurePlace,
    Fault,
    Override,
    OverrideRequest,
    SocialCard,
    VersionSource,
    WireSource,
)
from articles.models.frozen import WORDS, emptied
from articles.retention import ERASED_VERSION
from web.words import REMOVED
from wires import generations
from wires.retention import NothingToErase
from wires.shared_words import SharedWords


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionInspection:
    """Where the words of a version stand; `is_live` if its erasure withdraws the article."""

    is_live: bool
    steps: tuple[Step, ...]
    printed: tuple[Printed, ...]


def inspect_version(version: ArticleVersion) -> VersionInspection:
    """Return where the words of a version stand. Writes nothing. Raises NothingToErase."""
    if version.is_erased:
        raise NothingToErase(_nothing_left(version))
    article = version.article
    return _inspect(version, article, is_last=_is_withdrawn_with(article, version))


def erase_version(
    version: ArticleVersion, *, reason: str, by: User | None, at: datetime
) -> Erasure:
    """Erase a version and return the record. `by` is None if the operator of the site does it.

    Where readers see it now, the article is withdrawn; and the working copy of a withdrawn
    article is emptied too, because nobody can edit it. Other versions that print the words are
    listed in the record. Raises NotAllowed, ReasonMissing or NothingToErase.
    """
    allow_to_erase(by, Erasure.Kind.VERSION)
    reason = reason_of(reason)
    with transaction.atomic():
        article = Article.objects.select_for_update(of=("self",)).get(pk=version.article_id)
        version = ArticleVersion.objects.get(pk=version.pk)
        if version.is_erased:
            raise NothingToErase(_nothing_left(version))
        if article.live_version_id == version.pk:
            publishing.withdraw(article, by=by, at=at, note=REMOVED)
        # What an earlier withdrawal or update removed may still be in the bytes of the index.
        search.ARTICLES.forget_removed()
        found = _inspect(version, article, is_last=article.status == Article.Status.WITHDRAWN)
        for step in found.steps:
            step.apply()
        page_parts.forget_parts([article.pk])
        values = emptied(ERASED_VERSION)
        ArticleVersion.objects.filter(pk=version.pk).update(**values, erased_at=at)
        if article.status == Article.Status.WITHDRAWN:
            _close_working_copy(article, by=by, at=at)
        # Otherwise a conditional request would be told to keep the erased text.
        transaction.on_commit(lambda: generations.bump("pages"), robust=True)
        transaction.on_commit(lambda: generations.bump("wire"), robust=True)
        return record(
            kind=Erasure.Kind.VERSION,
            subject=f"Version {version.n} of article {article.pk}",
            version=version,
            steps=found.steps,
            printed=found.printed,
            reason=reason,
            by=by,
            at=at,
        )


def _nothing_left(version: ArticleVersion) -> str:
    return f"Version {version.n} of article {version.article_id} has no words left to erase."


def _is_withdrawn_with(article: Article, version: ArticleVersion) -> bool:
    return article.status == Article.Status.WITHDRAWN or article.live_version_id == version.pk


def _inspect(version: ArticleVersion, article: Article, *, is_last: bool) -> VersionInspection:
    words = words_of_version(version)
    steps = [
        Step("the text of the version", 1, _nothing),
        *_of_version(version),
        *_of_article(version, words),
        *on_record([article.pk], words),
        *(_of_working_copy(article) if is_last else of_unsaved([article.pk], words)),
        deleting_previews([article.pk], words),
    ]
    printed = find_printed([article.pk], words, but=version)
    return VersionInspection(
        is_live=article.live_version_id == version.pk,
        steps=tuple(step for step in steps if step.rows),
        printed=tuple(one for one in printed if one.version or not is_last),
    )


def _nothing() -> None:
    """Do nothing: the version is emptied last."""


def _of_version(version: ArticleVersion) -> Iterator[Step]:
    yield updating(
        "excerpts, notes and translations of its sources",
        VersionSource.objects.filter(version=version),
        spans=[],
        note="",
        translation="",
    )
    notes = Correction.objects.filter(corrections_of(version), article=version.article_id)
    yield updating("public notes on it", notes.exclude(note=REMOVED), note=REMOVED)
    cards = SocialCard.objects.filter(version=version)
    yield Step("cards for social networks", cards.count(), partial(forget_cards, cards))
    yield deleting("alerts about it", Fault.objects.filter(version=version))


def _of_article(version: ArticleVersion, words: SharedWords) -> Iterator[Step]:
    """Yield the steps for what people wrote to clear findings, of this version or in its words."""
    for name, model, column, left in (
        ("notes on acknowledged queries", Acknowledgement, "note", ""),
        ("reasons for overrides", Override, "reason", REMOVED),
    ):
        rows = model._default_manager.filter(article=version.article_id).exclude(**{column: ""})
        keys = [
            row.pk for row in rows if row.at <= version.at or words.printed_in(getattr(row, column))
        ]
        yield updating(name, rows.filter(pk__in=keys), **{column: left})
    yield deleting(
        "requests for a second person", OverrideRequest.objects.filter(article=version.article_id)
    )


def _of_working_copy(article: Article) -> Iterator[Step]:
    empty = dict.fromkeys((*WORDS, "image_caption"), "")
    yield updating("the working copy", Article.objects.filter(pk=article.pk), **empty)
    yield updating(
        "notes, translations and chosen passages of its sources",
        WireSource.objects.filter(article=article),
        note="",
        translation="",
        passages=[],
    )
    yield from deleting_unsaved(article)


def _close_working_copy(article: Article, *, by: User | None, at: datetime) -> None:
    """Close the places of earlier erasures that waited for the working copy."""
    waiting = ErasurePlace.objects.open().filter(article=article, version=None)
    waiting.update(closed_by=by, closed_at=at)
