"""The Alerts page on live articles, and the usage of a post, a channel or an outlet."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, islice
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from articles import archive
from articles.archive import Alert, usage
from articles.models import Article, ArticleVersion
from articles.vetting import names
from wires.models import Channel, Outlet, Post
from wires.views import window

ROWS = 50
SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleAlerts:
    """A live article and its consecutive alerts in the report."""

    article: Article
    version: ArticleVersion
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageSubject:
    """A kind of row that articles use: its name in a sentence, the permission to view it, its rows."""

    name: str
    permission: str
    rows: Any


SUBJECTS = {
    "post": UsageSubject(
        name="this post",
        permission="wires.view_post",
        rows=Post.objects.select_related("channel__outlet", "latest_version"),
    ),
    "channel": UsageSubject(
        name="the posts of this channel",
        permission="wires.view_channel",
        rows=Channel.objects.select_related("outlet"),
    ),
    "outlet": UsageSubject(
        name="the posts of this outlet", permission="wires.view_outlet", rows=Outlet.objects.all()
    ),
}


def require_permission(request: HttpRequest, permission: str) -> None:
    """Raise PermissionDenied for a user without the permission."""
    if not request.user.has_perm(permission):
        raise PermissionDenied


@require_safe
def report(request: HttpRequest) -> HttpResponse:
    """Show the alerts on live articles, newest first. Eleven queries, however many alerts."""
    require_permission(request, "articles.view_article")
    kind, rows = request.GET.get("kind", "").replace("\0", ""), archive.faults()
    page = window(
        rows.filter(code=kind) if kind else rows,
        request.GET,
        field="found_at",
        size=ROWS,
        **({"kind": kind} if kind else {}),
    )
    fresh = archive.fresh()
    context = _context(request, "What no longer stands") | {
        "page": page,
        "kind": kind,
        "kinds": sorted(
            (names.name(code), code) for code in {*archive.kinds(), *(one.code for one in fresh)}
        ),
        "fresh": [] if page.newer else _by_article(one for one in fresh if kind in ("", one.code)),
        "is_capped": len(fresh) >= archive.FRESH,
        "recorded": _by_article(archive.recorded(page.rows)),
        "last": archive.last_run(),
        "nightly": archive.NIGHTLY_AT,
        "zone": settings.NEWSROOM_TIME_ZONE,
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
            found = f"{_count(vetted.holds, 'hold')} and {_count(vetted.queries, 'query')}"
            messages.warning(request, f"Checked “{article}”: {found} that are new.")
        else:
            messages.success(request, f"Checked “{article}”: nothing new stands against it.")
    return redirect("admin:alerts")


@require_safe
def used_in(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """List every article that uses a post, a channel or an outlet. Five queries, six for an outlet."""
    if kind not in SUBJECTS:
        message = "Articles rest on a post, a channel or an outlet."
        raise Http404(message)
    what = SUBJECTS[kind]
    require_permission(request, "articles.view_article")
    require_permission(request, what.permission)
    subject = get_object_or_404(what.rows, pk=pk)
    used = usage.Usage(subject)
    context = _context(request, f"What rests on {what.name}") | {
        "kind": kind,
        "subject": subject,
        "shown": list(islice(used, SHOWN)),
        "count": len(used),
        "may_read_versions": request.user.has_perm("articles.view_articleversion"),
    }
    return TemplateResponse(request, "admin/articles/usage.html", context)


def _context(request: HttpRequest, title: str) -> dict[str, Any]:
    return {**admin.site.each_context(request), "title": title}


def _by_article(rows: Iterable[Alert]) -> list[ArticleAlerts]:
    """Group consecutive alerts on the same article."""
    return [
        ArticleAlerts(article=article, version=found[0].version, alerts=found)
        for article, found in (
            (article, tuple(group)) for article, group in groupby(rows, key=lambda one: one.article)
        )
    ]


def _count(number: int, one: str) -> str:
    many = "queries" if one == "query" else f"{one}s"
    return f"{number} {one if number == 1 else many}"
