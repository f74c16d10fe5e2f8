"""An article as it is in the form of a browser, read leniently and never saved."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model, QuerySet
from django.http import QueryDict

from articles.forms.sources import MOST_SOURCES, chosen_passages, cited_versions, next_key
from articles.forms.writing import unix_lines
from articles.models import Article, Author, Image, Section, Topic, WireSource
from articles.models.frozen import WORDS
from wires.models import Post, PostVersion

PREFIX = "wire_sources"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnsavedArticle:
    article: Article
    sources: tuple[WireSource, ...]
    authors: tuple[Author, ...]
    topics: tuple[Topic, ...]


def read_unsaved(data: QueryDict, article: Article | None, *, at: datetime) -> UnsavedArticle:
    """Return what saving these form fields would store, unsaved. Two to six queries."""
    draft = copy.copy(article) if article else Article()
    for name in WORDS:
        setattr(draft, name, unix_lines(data.get(name, "")))
    draft.headline = " ".join(draft.headline.split())
    draft.slug, draft.language = data.get("slug", ""), data.get("language", "") or "en"
    draft.image_caption = data.get("image_caption", "")
    pk = whole(data.get("section"))
    if pk not in {0, draft.section_id} and (section := Section.objects.filter(pk=pk).first()):
        draft.section = section
    if (pk := whole(data.get("image"))) != (draft.image_id or 0):
        draft.image = Image.objects.filter(pk=pk).first() if pk else None
    if (pk := whole(data.get("original"))) != (draft.original_id or 0):
        draft.original = Article.objects.filter(pk=pk).first() if pk else None
    return UnsavedArticle(
        article=draft,
        sources=tuple(_sources(data, article, at=at)),
        authors=tuple(_chosen(Author.objects.all(), data.getlist("authors"))),
        topics=tuple(_chosen(Topic.objects.all(), data.getlist("topics"))),
    )


def _chosen[Row: Model](rows: QuerySet[Row], keys: list[str]) -> QuerySet[Row]:
    """Return the rows of these keys in order. One query, none of no key."""
    wanted = [whole(pk) for pk in keys]
    return (rows.filter(pk__in=wanted) if any(wanted) else rows.none()).order_by("pk")


def _sources(data: QueryDict, article: Article | None, *, at: datetime) -> list[WireSource]:
    rows = [row for row in _rows(data) if row["post"]]
    posts = Post.objects.with_newest_words().in_bulk({row["post"] for row in rows})
    stored = _kept(article)
    cited = cited_versions({row["cites"] for row in rows if row["cites"]})
    used = {row["key"] for row in rows}
    sources = []
    for row in rows:
        post = posts.get(row["post"])
        if post is None:
            continue
        key = row["key"] or next_key(post.channel.code, used)
        used.add(key)
        wanted = cited.get(row["cites"])
        sources.append(_source(row | {"key": key}, post, stored.get(row["id"]), wanted, at=at))
    return sorted(sources, key=lambda source: source.position)


def _rows(data: QueryDict) -> list[dict[str, Any]]:
    total = min(whole(data.get(f"{PREFIX}-TOTAL_FORMS")), MOST_SOURCES)
    rows = []
    for n in range(total):
        if data.get(f"{PREFIX}-{n}-DELETE"):
            continue
        row: dict[str, Any] = {
            name: data.get(f"{PREFIX}-{n}-{name}", "").strip()
            for name in ("key", "role", "note", "repin", "passages", "translation")
        }
        row |= {name: whole(data.get(f"{PREFIX}-{n}-{name}")) for name in ("id", "post", "cites")}
        row["position"] = whole(data.get(f"{PREFIX}-{n}-position")) or n
        rows.append(row)
    return rows


def _kept(article: Article | None) -> Mapping[int, WireSource]:
    if article is None:
        return {}
    rows = WireSource.objects.filter(article=article).select_related("version__confirmation")
    return {source.pk: source for source in rows}


def _source(
    row: Mapping[str, Any],
    post: Post,
    kept: WireSource | None,
    wanted: PostVersion | None,
    *,
    at: datetime,
) -> WireSource:
    pinned = kept.version if kept and kept.post_id == post.pk and not row["repin"] else None
    if wanted and wanted.post_id == post.pk and not row["repin"]:
        pinned = wanted
    translation = unix_lines(row["translation"])
    # A changed translation is a new one, which nobody has confirmed.
    translated = kept if kept and pinned and kept.translation == translation else None
    return WireSource(
        key=row["key"],
        post=post,
        version=pinned or post.newest_version,
        role=row["role"] or WireSource.Role.BASIS,
        note=row["note"],
        position=row["position"],
        translation=translation,
        translated_by_id=translated.translated_by_id if translated else None,
        translation_confirmed_by_id=translated.translation_confirmed_by_id if translated else None,
        passages=chosen_passages(row["passages"])
        if row["passages"]
        else kept.passages
        if kept
        else [],
        cited_at=kept.cited_at if kept else at,
    )


def whole(value: Any) -> int:
    """Return the whole number that the browser sent, or 0 for anything else."""
    text = str(value or "")
    return int(text) if text.isdecimal() and len(text) < 19 else 0
