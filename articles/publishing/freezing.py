"""A draft as it was saved, kept until it goes out, and put together again then."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db.models import Model, QuerySet

from articles.forms.drafts import Draft, draft_of
from articles.models import (
    Article,
    Author,
    Image,
    OverwrittenDraft,
    Schedule,
    Section,
    Topic,
    WireSource,
)
from articles.models.frozen import WORDS
from articles.publishing.inputs import Inputs, Labels, read_inputs, stored_sources
from articles.publishing.refusals import FrozenDraftChanged
from wires.models import Post, PostVersion

AN_AUTHOR, A_TOPIC = "author", "topic"
# What no form holds of a source: which words it cites, and who answers for the translation.
OF_CITED = ("version_id", "translated_by_id", "translation_confirmed_by_id")


@dataclass(frozen=True, slots=True, kw_only=True)
class Frozen:
    """A draft as a schedule keeps it."""

    draft: dict[str, Any]
    cited: list[dict[str, Any]]
    digest: str


def freeze(article: Article, *, note: str = "") -> Frozen:
    """Return the stored draft of an article, to be kept with a public note. Four queries."""
    draft = draft_of(article).as_json()
    return Frozen(
        draft=draft,
        cited=[_cited(source) for source in stored_sources(article)],
        digest=digest_of(draft, note),
    )


def _cited(source: WireSource) -> dict[str, Any]:
    return {
        "key": source.key,
        "cited_at": source.cited_at.isoformat(),
        **{name: getattr(source, name) for name in OF_CITED},
    }


def digest_of(draft: Mapping[str, Any], note: str) -> str:
    """Return what differs once words of a scheduled text or of its note were erased."""
    return sha256(json.dumps([draft, note], sort_keys=True).encode()).hexdigest()


def is_draft_unchanged(schedule: Schedule, article: Article) -> bool:
    """Return whether the saved draft is still what a schedule publishes. Four queries."""
    frozen = freeze(article)
    then, now = Draft.from_json(schedule.draft), Draft.from_json(frozen.draft)
    return then.says_the_same(now) and _versions(schedule.cited) == _versions(frozen.cited)


def _versions(cited: Iterable[Mapping[str, Any]]) -> dict[str, int | None]:
    return {row["key"]: row["version_id"] for row in cited}


def keep_frozen(schedule: Schedule, *, at: datetime) -> None:
    """Keep the text of a schedule that is cancelled or stopped, where it is not the saved draft.

    It then stands among the overwritten drafts. At most four queries.
    """
    article = schedule.article
    if Draft.from_json(schedule.draft).says_the_same(draft_of(article)):
        return
    OverwrittenDraft.objects.create(
        article=article,
        draft=schedule.draft,
        saved_at=schedule.saved_at,
        overwritten_at=at,
        overwritten_by=schedule.by,
    )


def thaw(schedule: Schedule, article: Article) -> Inputs:
    """Return what a schedule publishes; `article` gets its fields, and must not be saved whole.

    At most nine queries. Raises FrozenDraftChanged where words of it were erased, or something
    that it shows is no longer there.
    """
    if digest_of(schedule.draft, schedule.note) != schedule.digest:
        message = "Words in it were erased on legal request after it was scheduled."
        raise FrozenDraftChanged(message)
    draft = Draft.from_json(schedule.draft)
    fields = draft.fields
    for name in (*WORDS, "image_caption", "slug", "language"):
        setattr(article, name, fields[name])
    article.section = _found(Section.objects.filter(pk=int(fields["section"])), "section")
    article.image = (
        _found(Image.objects.filter(pk=int(fields["image"])), "picture")
        if fields["image"]
        else None
    )
    # What an earlier release kept has none.
    original = fields.get("original", "")
    article.original = (
        _found(Article.objects.filter(pk=int(original)), "original") if original else None
    )
    labels = Labels(
        authors=_all_found(Author.objects.all(), fields["authors"], AN_AUTHOR),
        # What an earlier release kept has none.
        topics=_all_found(Topic.objects.all(), fields.get("topics", ""), A_TOPIC),
    )
    return read_inputs(article, sources=_sources(schedule, draft, article), labels=labels)


def _found[Row](rows: Iterable[Row], what: str) -> Row:
    for row in rows:
        return row
    raise _gone(what)


def _all_found[Row: Model](rows: QuerySet[Row], keys: str, what: str) -> list[Row]:
    wanted = [int(key) for key in keys.split()]
    found = list(rows.filter(pk__in=wanted).order_by("pk")) if wanted else []
    if len(found) != len(wanted):
        raise _gone(what)
    return found


def _gone(what: str) -> FrozenDraftChanged:
    return FrozenDraftChanged(f"The {what} of the scheduled text was deleted.")


def _sources(schedule: Schedule, draft: Draft, article: Article) -> Sequence[WireSource]:
    """Return the sources as they were, with their posts as they are now. Two queries."""
    cited = {row["key"]: row for row in schedule.cited}
    posts = Post.objects.select_related("channel__outlet", "latest_version").in_bulk(
        [int(row["post"]) for row in draft.sources]
    )
    versions = PostVersion.objects.select_related("confirmation").in_bulk(
        [row["version_id"] for row in schedule.cited if row["version_id"]]
    )
    sources = []
    for row in draft.sources:
        more = cited[row["key"]]
        post = posts.get(int(row["post"]))
        version = versions.get(more["version_id"])
        if post is None or (more["version_id"] and version is None):
            message = f"The post of {row['key']} in the scheduled text is no longer there."
            raise FrozenDraftChanged(message)
        source = WireSource(
            pk=int(row["id"]) if row["id"] else None,
            article=article,
            key=row["key"],
            post=post,
            version=version,
            role=row["role"],
            note=row["note"],
            translation=row["translation"],
            passages=json.loads(row["passages"]),
            position=int(row["position"]),
            cited_at=datetime.fromisoformat(more["cited_at"]),
            translated_by_id=more["translated_by_id"],
            translation_confirmed_by_id=more["translation_confirmed_by_id"],
        )
        sources.append(source)
    return sorted(sources, key=lambda each: (each.position, each.pk or 0))
