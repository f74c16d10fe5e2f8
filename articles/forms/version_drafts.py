"""A published version as a draft: to be compared with others, and to be put into the form again."""

import json
from collections.abc import Mapping

from django.db.models import QuerySet

from articles.forms.differing import Difference, differences
from articles.forms.drafts import CITES, MANY, NOTE, Draft, Source
from articles.models import Article, ArticleVersion, Author, Topic, VersionSource, WireSource
from articles.models.frozen import WORDS

# Fields that hold keys of rows: what people read of them is passed in.
NAMED = ("section", "image", "original", *MANY)


def draft_of_version(version: ArticleVersion, article: Article) -> Draft:
    """Return what readers got in a version, as the form would hold it. Four queries, and one
    unless the image of the version was loaded.

    A source that the article still has under its key stays that row. Each cites the words of its
    post that the version cited, not those that the post has now.
    """
    fields = {name: str(getattr(version, name)) for name in WORDS}
    fields |= {
        "image_caption": _own_caption(version, article),
        "slug": version.slug,
        "language": version.language,
        "section": str(version.section_id),
        "image": str(version.image_id or ""),
        "original": str(version.original_id or ""),
        "authors": _keys(Author.objects.all(), version.bylines),
        "topics": _keys(Topic.objects.all(), version.topics),
        NOTE: "",
    }
    stored = {(row.key, row.post_id): row for row in article.wire_sources.all()}
    sources = version.sources.select_related("post_version").order_by("number")
    return Draft(fields=fields, sources=tuple(_row(each, stored) for each in sources))


def _own_caption(version: ArticleVersion, article: Article) -> str:
    """Return the caption that was written for the article; what the image has itself is none."""
    image = version.image
    is_of_image = image is not None and version.image_caption == image.caption
    return article.image_caption if is_of_image else version.image_caption


def _keys(rows: QuerySet, frozen: list[dict[str, str]]) -> str:
    """Return the keys of the rows that were frozen by name and slug, as the form holds them."""
    slugs = [each["slug"] for each in frozen if each.get("slug")]
    return " ".join(
        map(str, rows.filter(slug__in=slugs).order_by("pk").values_list("pk", flat=True))
    )


def _row(source: VersionSource, stored: Mapping[tuple[str, int], WireSource]) -> Source:
    post = source.post_version.post_id
    row = stored.get((source.key, post))
    is_cited = row is not None and row.version_id == source.post_version_id
    passages = [
        {"exact": span["exact"], "start": span["start"]}
        for span in source.spans
        if span.get("kind") == "quote"
    ]
    return {
        "id": str(row.pk if row else ""),
        "post": str(post),
        CITES: "" if is_cited else str(source.post_version_id),
        "key": source.key,
        "role": source.role,
        "note": source.note,
        "translation": source.translation,
        "passages": json.dumps(passages, sort_keys=True),
        "position": str(source.number),
    }


def erased_in(version: ArticleVersion) -> list[str]:
    """Return the keys of the sources whose words were removed on legal request. One query."""
    rows = version.sources.filter(post_version__erased_at__isnull=False).order_by("number")
    return list(rows.values_list("key", flat=True))


def names_in(draft: Draft, article: Article, version: ArticleVersion | None) -> dict[str, str]:
    """Return what people read in the fields that hold keys. Two queries, none of a version."""
    row = version or article
    if version is None:
        many = {
            name: ", ".join(getattr(article, name).order_by("pk").values_list("name", flat=True))
            for name in MANY
        }
    else:
        frozen = {"authors": version.bylines, "topics": version.topics}
        many = {
            name: ", ".join(each["name"] for each in rows if each.get("slug"))
            for name, rows in frozen.items()
        }
    return {
        "section": str(row.section),
        "image": str(row.image or ""),
        "original": str(row.original or ""),
        **many,
        "slug": draft.fields["slug"],
    }


def all_differences(
    earlier: Draft, later: Draft, was: dict[str, str], now: dict[str, str]
) -> list[Difference]:
    """Return in what two drafts differ, their texts first; `was` and `now` are names_in. No query."""
    named = [Difference(name=name, earlier=was[name], later=now[name]) for name in was]
    return [*differences(earlier, later), *(each for each in named if each.earlier != each.later)]
