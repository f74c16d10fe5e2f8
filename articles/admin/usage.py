"""Used in: the articles that a post, the posts of a channel or those of an outlet are used in."""

from dataclasses import dataclass
from itertools import islice
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from articles.admin.alerts import desk_context, require_permission
from articles.archive import usage
from wires.models import Channel, Outlet, Post

SHOWN = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class UsageSubject:
    """What articles cite: the title of its page, the right to see it, and its rows."""

    title: str
    permission: str
    rows: Any


SUBJECTS = {
    "post": UsageSubject(
        title="Articles that use this post",
        permission="wires.view_post",
        rows=Post.objects.with_newest_words(),
    ),
    "channel": UsageSubject(
        title="Articles that use posts of this channel",
        permission="wires.view_channel",
        rows=Channel.objects.select_related("outlet"),
    ),
    "outlet": UsageSubject(
        title="Articles that use posts of this outlet",
        permission="wires.view_outlet",
        rows=Outlet.objects.all(),
    ),
}


@require_safe
def used_in(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Every article that cites a post, a channel or an outlet. Five queries, six for an outlet."""
    require_permission(request, "articles.view_article")
    if kind not in SUBJECTS:
        message = "Only posts, channels and outlets are used in articles."
        raise Http404(message)
    what = SUBJECTS[kind]
    require_permission(request, what.permission)
    subject = get_object_or_404(what.rows, pk=pk)
    used = usage.Usage(subject)
    context = desk_context(request, what.title) | {
        "kind": kind,
        "subject": subject,
        "shown": list(islice(used, SHOWN)),
        "count": len(used),
        "may_read_versions": request.user.has_perm("articles.view_articleversion"),
    }
    return TemplateResponse(request, "admin/articles/usage.html", context)
