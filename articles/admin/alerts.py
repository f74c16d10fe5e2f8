"""The Alerts page: what no longer holds of the articles that are public."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from articles import archive, vetting
from articles.archive import Alert
from articles.models import Article, ArticleVersion, Erasure
from web.keyset import window
from web.words import count_of

ROWS = 50
ERASURES_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleAlerts:
    """A live article and its consecutive alerts in the report."""

    article: Article
    version: ArticleVersion
    alerts: tuple[Alert, ...]


def require_permission(request: HttpRequest, permission: str) -> None:
    """Raise PermissionDenied for a user without the permission."""
    if not request.user.has_perm(permission):
        raise PermissionDenied


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Show the alerts of live articles, newest first. Twelve queries, whatever the number."""
    require_permission(request, "articles.view_article")
    kind, rows = request.GET.get("kind", "").replace("\0", ""), archive.faults()
    kept: dict[str, Any] = {"kind": kind} if kind else {}
    page = window(
        rows.filter(code=kind) if kind else rows,
        request.GET,
        field="found_at",
        size=ROWS,
        **kept,
    )
    fresh = archive.fresh()
    context = desk_context(request, "Alerts") | {
        "page": page,
        "kind": kind,
        "kinds": sorted(
            (vetting.title_of(code), code)
            for code in {*archive.kinds(), *(one.code for one in fresh)}
        ),
        "fresh": [] if page.newer else _by_article(one for one in fresh if kind in ("", one.code)),
        "is_capped": len(fresh) >= archive.FRESH,
        "recorded": _by_article(archive.recorded(page.rows)),
        "last": archive.last_run(),
        "nightly": archive.NIGHTLY_AT,
        "zone": settings.NEWSROOM_TIME_ZONE,
        "erasures": list(_open_erasures()) if not (page.newer or kind) else [],
        "may_check": request.user.has_perm("articles.change_article"),
    }
    return TemplateResponse(request, "admin/articles/alerts.html", context)


@require_POST
def check_now(request: HttpRequest, pk: int) -> HttpResponse:
    """Check the public version of one live article and report new findings."""
    require_permission(request, "articles.change_article")
    article = get_object_or_404(Article.objects.live(), pk=pk)
    for vetted in archive.vet(archive.live_articles().filter(pk=pk), at=timezone.now()):
        if vetted.failure:
            messages.error(request, f"“{article}” could not be checked: {vetted.failure}")
        elif vetted.findings:
            holds = count_of(vetted.holds, "new hold")
            found = f"{holds} and {count_of(vetted.queries, 'new query', 'new queries')}"
            messages.warning(request, f"Checked “{article}”: {found}.")
        else:
            messages.success(request, f"Checked “{article}”: nothing new found.")
    return redirect("admin:alerts")


def desk_context(request: HttpRequest, title: str) -> dict[str, Any]:
    return {**admin.site.each_context(request), "title": title}


def _open_erasures() -> QuerySet[Erasure]:
    """Return the newest erasures about whose words somebody has to decide. One query."""
    rows = Erasure.objects.open().with_open_places().newest_first()
    return rows[:ERASURES_SHOWN]


def _by_article(rows: Iterable[Alert]) -> list[ArticleAlerts]:
    """Group consecutive alerts on the same article."""
    return [
        ArticleAlerts(article=article, version=found[0].version, alerts=found)
        for article, found in (
            (article, tuple(group)) for article, group in groupby(rows, key=lambda one: one.article)
        )
    ]
