"""The address at which readers find an article: claimed when it goes out, kept when it moves."""

from datetime import datetime

from django.db.models import Exists, OuterRef, Subquery

from articles.models import (
    Article,
    ArticleVersion,
    OverrideRequest,
    Redirect,
    Schedule,
    address,
)
from articles.publishing.counterparts import taken
from articles.publishing.refusals import SlugTaken


def claim_address(
    article: Article, version: ArticleVersion, old_path: str, *, at: datetime
) -> tuple[bool, bool]:
    """Claim the article's address, with a Redirect from the previous one, and its language.

    Raises SlugTaken, and NoTranslation where a translation of it is in the same language.

    Return whether a second person is asked to override its holds, and whether the article is
    scheduled: one query tells all.
    """
    path = path_of(article)
    redirects = Redirect.objects.filter(path=path)
    asked = OverrideRequest.objects.filter(article=OuterRef("pk"))
    waits = Schedule.objects.open().filter(article=OuterRef("pk"))
    same = Article.objects.live().filter(live_original=OuterRef("pk")).in_language(version.language)
    taken_by, translation, *told = (
        Article.objects.filter(pk=article.pk)
        .annotate(
            taken_by=Subquery(redirects.values("article")[:1]),
            translation=Subquery(same.values("pk")[:1]),
            was_asked=Exists(asked),
            is_scheduled=Exists(waits),
        )
        .values_list("taken_by", "translation", "was_asked", "is_scheduled")
        .get()
    )
    was_asked, is_scheduled = told
    if translation is not None:
        raise taken(Article.objects.only("headline").get(pk=translation), version)
    if path == old_path:
        return was_asked, is_scheduled
    if taken_by not in {None, article.pk}:
        raise slug_taken(article)
    if taken_by:
        redirects.delete()
    if old_path:
        Redirect.objects.get_or_create(
            path=old_path, defaults={"article": article, "created_at": at}
        )
    return was_asked, is_scheduled


def path_of(article: Article) -> str:
    """Return where readers find an article, "" where it was never public."""
    return (
        address(article.first_published_at, article.live_slug) if article.first_published_at else ""
    )


def slug_taken(article: Article) -> SlugTaken:
    return SlugTaken(
        f"The slug “{article.slug}” belongs to another article that is or was public; choose another."
    )
