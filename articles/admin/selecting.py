"""Publish several articles from the list: what the checks say of each is shown before."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone

from articles import publishing, vetting
from articles.admin import verbs
from articles.admin.alerts import desk_context
from articles.models import Article, WorkingCopy
from desk.staff import name_of

# Each is vetted to be shown, and again to be published.
MOST = 20
TOO_MANY = f"At most {MOST} articles can be published from the list at once. Nothing was published."


@dataclass(frozen=True, slots=True, kw_only=True)
class Selected:
    """An article that is to be published, what the checks say, and who has typed into it."""

    article: Article
    findings: list[vetting.Finding]
    typing: list[str]


def publish_selected(request: HttpRequest, articles: Iterable[Article]) -> HttpResponse | None:
    """Show what the checks say of each article, and publish once that was confirmed.

    Five queries an article, and one for all.
    """
    chosen = list(articles)
    if not chosen:
        messages.warning(request, "None of these articles is there any more.")
        return None
    if len(chosen) > MOST:
        messages.error(request, TOO_MANY)
        return None
    if request.POST.get("confirmed") == "yes":
        verbs.publish_each(request, chosen)
        return None
    typing = _typing(chosen)
    context = desk_context(request, "Publish from the list") | {
        "rows": [
            Selected(
                article=article,
                findings=publishing.vet(article, at=timezone.now()),
                typing=typing.get(article.pk, []),
            )
            for article in chosen
        ]
    }
    return TemplateResponse(request, "admin/articles/article/publish_selected.html", context)


def _typing(articles: Iterable[Article]) -> dict[int, list[str]]:
    """Return who typed into which article after its last save. One query."""
    saved_at = {article.pk: article.updated_at for article in articles}
    found: dict[int, list[str]] = {}
    rows = WorkingCopy.objects.filter(article__in=saved_at).select_related("user").defer("draft")
    for copy in rows.newest_first():
        if copy.article_id is not None and copy.typed_at > saved_at[copy.article_id]:
            found.setdefault(copy.article_id, []).append(name_of(copy.user))
    return found
