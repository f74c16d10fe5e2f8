"""The desk page that overrides a hold: the finding, the reason and who gives it."""

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone

from accounts.rights import OVERRIDE
from accounts.second_person import objection
from articles import publishing, vetting
from articles.admin.finding_words import words_of
from articles.admin.panel import FindingsPanel, Shown
from articles.forms import OverrideForm
from articles.models import Article
from desk.staff import staff_user

NEVER = "Nobody can override this."
GONE = "This finding no longer applies to the saved article."
# Which of them is needed depends on the finding.
ACKNOWLEDGE = "articles.acknowledge_finding"
RIGHTS = (ACKNOWLEDGE, OVERRIDE)


def override(request: HttpRequest, pk: int, fingerprint: str) -> HttpResponse:
    """Ask for the reason, then override a hold on the saved article."""
    # Before the article is vetted, which takes a while.
    if not any(map(request.user.has_perm, RIGHTS)):
        raise PermissionDenied
    articles = Article.objects.select_related("section", "image", "live_version", "created_by")
    article = get_object_or_404(articles, pk=pk)
    back = redirect("admin:articles_article_change", article.pk)
    panel = FindingsPanel(publishing.build_snapshot(article, at=timezone.now()), request.user)
    shown = next((each for each in panel.shown if each.finding.fingerprint == fingerprint), None)
    if shown is None:
        messages.warning(request, GONE)
        return back
    if not request.user.has_perm(_right(shown)):
        raise PermissionDenied
    if not vetting.can_be_overridden(shown.finding.code):
        messages.warning(request, NEVER)
        return back
    form = OverrideForm(request.POST or None)
    if form.is_valid():
        _clear(request, article, shown, form.cleaned_data["note"])
        return back
    return TemplateResponse(
        request,
        "admin/articles/article/override.html",
        _context(request, article, shown, form) | {"item": words_of(shown, panel, may_write=False)},
    )


def _is_seen(shown: Shown) -> bool:
    return shown.finding.code == publishing.CLEARED_BY_ACKNOWLEDGEMENT


def _right(shown: Shown) -> str:
    return ACKNOWLEDGE if _is_seen(shown) else OVERRIDE


def _clear(request: HttpRequest, article: Article, shown: Shown, reason: str) -> None:
    at, by, fingerprint = timezone.now(), staff_user(request), shown.finding.fingerprint
    try:
        if _is_seen(shown):
            publishing.acknowledge(article, fingerprint=fingerprint, note=reason, by=by, at=at)
        else:
            publishing.override(article, fingerprint=fingerprint, reason=reason, by=by, at=at)
    except publishing.Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The hold is cleared.")


def _context(
    request: HttpRequest, article: Article, shown: Shown, form: OverrideForm
) -> dict[str, object]:
    is_alone = settings.DESK_SECOND_PERSON and not _is_seen(shown)
    return {
        **admin.site.each_context(request),
        "title": "Acknowledge" if _is_seen(shown) else "Override hold",
        "opts": Article._meta,
        "article": article,
        "is_alone": is_alone,
        "objection": objection(staff_user(request), to=None, at=timezone.now()) if is_alone else "",
        "button": "Acknowledge" if _is_seen(shown) else "Override hold",
        "form": form,
    }
