"""Storing the parts: by publishing, by the command, by the worker."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from articles.models import Article, ArticleVersion, PageParts, VersionSource
from articles.page_parts.facts import OF_FEED, OF_PAGE, facts_of, key_of, read_facts
from articles.page_parts.making import (
    Parts,
    make_parts,
    newest_corrections,
    of_corrections,
    renderer,
)
from articles.page_parts.reading import stored_sources


def as_columns(parts: Parts, sources: Sequence[VersionSource], *, at: datetime) -> dict[str, Any]:
    """Return the columns of the row that keeps the parts made from these sources."""
    return {
        "renderer": renderer(),
        "key": key_of(facts_of(sources, OF_PAGE), at),
        "feed_key": key_of(facts_of(sources, OF_FEED), at),
        "at": at,
        **parts.as_columns(),
    }


def renew(version: ArticleVersion, *, at: datetime) -> bool:
    """Store the parts of a live version as they are now.

    Return whether it was done: not where the article or a post changed meanwhile. An erasure
    locks the article first, so what it empties is not stored after it.
    """
    article, sources = version.article, list(stored_sources([version.pk]))
    corrections = list(newest_corrections(article))
    parts = make_parts(article, version, sources, corrections, at=at)
    columns = as_columns(parts, sources, at=at)
    with transaction.atomic():
        locked = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
        key = key_of(read_facts([version.pk], OF_PAGE).get(version.pk, ()), at)
        if locked.live_version_id != version.pk or key != columns["key"]:
            return False
        PageParts.objects.update_or_create(version=version, defaults=columns)
    return True


def replaced(article: Article, version: ArticleVersion) -> dict[str, Any]:
    """Return the columns about the corrections of an updated article, and drop its older row.

    Two queries.
    """
    forget_parts([article.pk])
    return of_corrections(article, version, list(newest_corrections(article)))


def forget_parts(articles: Iterable[int]) -> None:
    """Delete what is stored of every version of these articles. One query."""
    PageParts.objects.filter(version__article__in=list(articles)).delete()
