"""An article in another language: of which one it is a translation, as readers have both."""

from articles.forms.counterparts import named
from articles.models import Article, ArticleVersion
from articles.publishing.refusals import NoTranslation


def lock_group(version: ArticleVersion) -> None:
    """Lock an article and the original of its unsaved version, in one order for all. One query.

    A publication of the original or of another of its translations then waits. None of an article
    that is no translation: it is locked by itself.
    """
    if version.original_id is not None:
        keys = (version.article_id, version.original_id)
        list(Article.objects.select_for_update().filter(pk__in=keys).order_by("pk").only("pk"))


def check_translation(version: ArticleVersion) -> None:
    """Raise NoTranslation where readers could not be led from one to the other. Two queries.

    None of an article that is no translation. Its group is locked.
    """
    if version.original_id is None:
        return
    original = Article.objects.only("headline", "live_original").get(pk=version.original_id)
    if original.live_original_id is not None:
        message = f"“{original}” is published as a translation itself. Choose its original."
        raise NoTranslation(message)
    public = Article.objects.filter(status__in=(Article.Status.LIVE, Article.Status.WITHDRAWN))
    if own := public.filter(live_original=version.article_id).order_by("pk").first():
        message = (
            f"“{own}” is published as a translation of this article, which therefore cannot be one."
        )
        raise NoTranslation(message)
    same = Article.objects.live().in_group_of(version.original_id).in_language(version.language)
    if other := same.exclude(pk=version.article_id).order_by("pk").first():
        raise taken(other, version)


def taken(other: Article, version: ArticleVersion) -> NoTranslation:
    """Return the refusal of a second article of a group in one language."""
    return NoTranslation(
        f"Readers have this article in {named(version.language)} already: “{other}”."
    )
