"""A published version as a draft: to be compared with others, and to be put into the form again."""

import json

from django.db.models import QuerySet

from articles.forms.differing import Difference, differences
from articles.forms.drafts import MANY, NOTE, Draft, Source
from articles.models import Article, ArticleVersion, Author, Topic, VersionSource
from articles.models.frozen import WORDS

# Fields that hold keys of rows: what people read of them is passed in.
NAMED = ("section", "image", *MANY)


def draft_of_version(version: ArticleVersion, article: Article) -> Draft:
    """Return what readers got in a version, as the form would hold it. Four queries.

    A source that the article still has under its key stays that row, so that it goes on citing the
    words that it cites.
    """
    fields = {name: str(getattr(version, name)) for name in (*WORDS, "image_caption")}
    fields |= {
        "slug": version.slug,
        "language": version.language,
        "section": str(version.section_id),
        "image": str(version.image_id or ""),
        "authors": _keys(Author.objects.all(), version.bylines),
        "topics": _keys(Topic.objects.all(), version.topics),
        NOTE: "",
    }
    stored = {(row.key, row.post_id): row.pk for row in article.wire_sources.all()}
    sources = version.sources.select_related("post_version").order_by("number")
    return Draft(fields=fields, sources=tuple(_row(each, stored) for each in sources))


def _keys(rows: QuerySet, frozen: list[dict[str, str]]) -> str:
    """Return the keys of the rows that were frozen by name and slug, as the form holds them."""
    slugs = [each["slug"] for each in frozen if each.get("slug")]
    return " ".join(
        map(str, rows.filter(slug__in=slugs).order_by("pk").values_list("pk", flat=True))
    )


def _row(source: VersionSource, stored: dict[tuple[str, int], int]) -> Source:
    post = source.post_version.post_id
    passages = [
        {"exact": span["exact"], "start": span["start"]}
        for span in source.spans
        if span.get("kind") == "quote"
    ]
    return {
        "id": str(stored.get((source.key, post), "")),
        "post": str(post),
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
        **many,
        "slug": draft.fields["slug"],
    }


def all_differences(
    earlier: Draft, later: Draft, was: dict[str, str], now: dict[str, str]
) -> list[Difference]:
    """Return in what two drafts differ, their texts first; `was` and `now` are names_in. No query."""
    named = [Difference(name=name, earlier=was[name], later=now[name]) for name in was]
    return [*differences(earlier, later), *(each for each in named if each.earlier != each.later)]
