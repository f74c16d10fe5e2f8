"""What the draft of a translation may name as its original."""

from articles.models import Article
from web.languages import language_name


def objection(original: Article, *, pk: int | None, language: str) -> str:
    """Return why a draft in a language cannot be a translation of an article, or "".

    `pk` is the key of the draft, None where it was never saved. At most five queries. Publishing
    asks again, of what readers have.
    """
    if original.pk == pk:
        return "An article is no translation of itself."
    if above := original.original or original.live_original:
        return f"“{original}” is a translation itself. Choose its original, “{above}”."
    if pk and (own := Article.objects.filter(original=pk).order_by("pk").first()):
        return f"“{own}” is a translation of this article, which therefore cannot be one."
    if original.language.casefold() == language.casefold():
        return f"“{original}” is in {named(language)} too: choose another language here."
    same = Article.objects.filter(original=original.pk, language__iexact=language)
    if other := same.exclude(pk=pk or 0).order_by("pk").first():
        return f"“{other}” is the translation of it into {named(language)} already."
    return ""


def named(code: str) -> str:
    """Return a language as messages name it."""
    return language_name(code) or code
