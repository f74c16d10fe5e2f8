"""Which versions and working copies themselves print words of what is to be erased."""

import json
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256

from django.db.models import Q

from articles.models import Article, ArticleVersion, Correction, VersionSource, WireSource
from articles.models.frozen import WORDS
from wires.models import Post, PostVersion
from wires.shared_words import SharedWords

# What readers see of a picture is frozen with a version.
OF_PICTURE = ("image_caption", "image_alt", "image_credit")


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A version, or the working copy where `version` is None, and the words that it prints."""

    article: Article
    version: ArticleVersion | None
    phrases: tuple[str, ...]

    @property
    def is_live(self) -> bool:
        return self.version is not None and self.version.pk == self.article.live_version_id


def words_of_post(post: Post, versions: Sequence[PostVersion]) -> SharedWords:
    """Return the words of a post, and those of the desk's translations of it. Two queries."""
    texts = [
        text
        for each in versions
        for text in (each.title, each.text, each.author, *_alts(each.media))
    ]
    for model, lookup in ((WireSource, "post"), (VersionSource, "post_version__post")):
        rows = model._default_manager.filter(**{lookup: post}).exclude(translation="")
        texts += rows.values_list("translation", flat=True)
    return SharedWords(texts)


def words_of_version(version: ArticleVersion) -> SharedWords:
    """Return the words of a version of an article. No query."""
    return SharedWords(_own_texts(version))


def find_printed(
    articles: Collection[int],
    words: SharedWords,
    *,
    post: Post | None = None,
    but: ArticleVersion | None = None,
) -> list[Printed]:
    """Return the versions and working copies of these articles that print words, live ones first.

    Notes on `post` itself are left out, because its erasure empties them; so is the version
    `but`. Five queries.
    """
    found = [*_in_versions(articles, words, post, but), *_in_working_copies(articles, words, post)]
    return sorted(
        found,
        key=lambda one: (
            not one.is_live,
            one.article.pk,
            one.version is not None,
            -(one.version.n if one.version else 0),
        ),
    )


def _in_versions(
    articles: Collection[int], words: SharedWords, post: Post | None, but: ArticleVersion | None
) -> Iterator[Printed]:
    versions = (
        ArticleVersion.objects.filter(article__in=articles, erased_at__isnull=True)
        .exclude(pk=but.pk if but else 0)
        .select_related("article")
        .defer("html", "framing_html", "claims", "findings")
    )
    notes = _notes_of_versions(articles, post)
    for version in versions:
        texts = [*_own_texts(version), *notes.get(version.pk, ())]
        if phrases := _phrases(words, texts):
            yield Printed(article=version.article, version=version, phrases=phrases)


def _notes_of_versions(articles: Collection[int], post: Post | None) -> dict[int, list[str]]:
    """Return what readers see with each version besides its text: notes, translations, corrections."""
    notes: dict[int, list[str]] = {}
    sources = VersionSource.objects.filter(version__article__in=articles)
    if post is not None:
        sources = sources.exclude(post_version__post=post)
    for pk, *texts in sources.values_list("version", "note", "translation"):
        notes.setdefault(pk, []).extend(texts)
    for correction in Correction.objects.filter(article__in=articles):
        notes.setdefault(version_of(correction), []).append(correction.note)
    return notes


def version_of(correction: Correction) -> int:
    """Return the id of the version that a public note belongs to: that of a withdrawal is the last."""
    return correction.version_after_id or correction.version_before_id or 0


def corrections_of(version: ArticleVersion) -> Q:
    """Return the condition for the public notes that belong to a version."""
    return Q(version_after=version) | Q(version_after=None, version_before=version)


def _in_working_copies(
    articles: Collection[int], words: SharedWords, post: Post | None
) -> Iterator[Printed]:
    sources = WireSource.objects.filter(article__in=articles)
    if post is not None:
        sources = sources.exclude(post=post)
    notes: dict[int, list[str]] = {}
    for pk, *texts in sources.values_list("article", "note", "translation"):
        notes.setdefault(pk, []).extend(texts)
    for article in Article.objects.filter(pk__in=articles):
        texts = [*texts_of_working_copy(article), *notes.get(article.pk, ())]
        if phrases := _phrases(words, texts):
            yield Printed(article=article, version=None, phrases=phrases)


def texts_of_working_copy(article: Article) -> list[str]:
    return [*(getattr(article, name) for name in WORDS), article.image_caption]


def hash_of_working_copy(article: Article) -> str:
    """Return the sha256 of what the desk writes in an article, by which a change is seen. One query."""
    sources = article.wire_sources.order_by("pk").values_list("key", "note", "translation")
    said = json.dumps([texts_of_working_copy(article), list(sources)])
    return sha256(said.encode()).hexdigest()


def _own_texts(version: ArticleVersion) -> list[str]:
    return [getattr(version, name) for name in (*WORDS, *OF_PICTURE, "reason")]


def _phrases(words: SharedWords, texts: Sequence[str]) -> tuple[str, ...]:
    found = [phrase for text in texts for phrase in words.printed_in(text)]
    return tuple(sorted(dict.fromkeys(found), key=lambda phrase: -len(phrase)))


def _alts(media: object) -> list[str]:
    rows = media if isinstance(media, list) else []
    return [str(row.get("alt", "")) for row in rows if isinstance(row, dict)]
