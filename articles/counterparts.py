"""The same article in other languages, as its page and the sitemap name it to readers and programs.

A group is an original and its translations. Only what is live is in it: nothing else has a place
where readers could go.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Self

from django.db.models import Q

from articles.models import Article, ArticleVersion
from web.addresses import absolute
from web.languages import own_name

# What programs call the article for readers of no language that there is.
OTHER_LANGUAGES = "x-default"
_READ = (
    "first_published_at",
    "live_slug",
    "live_original",
    "live_version__headline",
    "live_version__language",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counterpart:
    """A live article of a group."""

    pk: int
    language: str
    path: str
    headline: str
    is_original: bool

    @classmethod
    def of(cls, article: Article, version: ArticleVersion) -> Self:
        """Return a live article as others of its group name it. No query."""
        return cls(
            pk=article.pk,
            language=version.language,
            path=article.get_absolute_url(),
            headline=version.headline,
            is_original=article.live_original_id is None,
        )

    @property
    def name(self) -> str:
        """Its language as those who read it call it."""
        return own_name(self.language)


def counterparts_of_draft(version: ArticleVersion) -> tuple[Counterpart, ...]:
    """Return what the page would lead to in other languages if a draft were published now.

    One query, of an unsaved version; none where the article is neither stored nor a translation.
    """
    group = version.original_id or version.article_id
    if group is None:
        return ()
    live = (
        Article.objects.live()
        .select_related("live_version")
        .only(*_READ)
        .filter(Q(pk=group) | Q(live_original=group))
        .exclude(pk=version.article_id)
    )
    return in_order(Counterpart.of(each, each.live_version) for each in live if each.live_version)


def in_order(group: Iterable[Counterpart]) -> tuple[Counterpart, ...]:
    """Return a group as readers see it: the original first, then by the codes of the languages."""
    return tuple(sorted(group, key=lambda each: (not each.is_original, each.language, each.pk)))


def alternates(group: Sequence[Counterpart]) -> list[tuple[str, str]]:
    """Return the language and the address of each of a whole group, as programs are told them.

    All of a group say the same. An article alone says nothing.
    """
    if len(group) < 2:
        return []
    told = [(each.language, absolute(each.path)) for each in in_order(group)]
    originals = [absolute(each.path) for each in group if each.is_original]
    return told + [(OTHER_LANGUAGES, address) for address in originals]
