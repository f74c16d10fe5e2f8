"""Legal erasure at the desk: where the words stand, the act, and what is left to decide."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles import erasure
from articles.admin.alerts import desk_context, require_permission
from articles.forms import EraseForm, KeepForm
from articles.models import ArticleVersion, Erasure, ErasurePlace
from articles.publishing import Refused
from desk.staff import staff_user
from web.keyset import window
from web.words import count_of
from wires.models import Post

ROWS = 50
PHRASES_SHOWN = 4
RIGHTS = {
    Erasure.Kind.POST: "wires.erase_post",
    Erasure.Kind.VERSION: "articles.erase_version",
}


@require_http_methods(["GET", "HEAD", "POST"])
def erase_post(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where the words of a post stand and ask for the reason; then erase it."""
    require_permission(request, RIGHTS[Erasure.Kind.POST])
    post = get_object_or_404(Post.objects.with_words(), pk=pk)
    back = redirect("admin:wires_post_change", post.pk)
    return _erase(request, post, "Erase post", back, erasure.inspect_post, erasure.erase_post)


@require_http_methods(["GET", "HEAD", "POST"])
def erase_version(request: HttpRequest, pk: int) -> HttpResponse:
    """Show where the words of a version stand and ask for the reason; then erase it."""
    require_permission(request, RIGHTS[Erasure.Kind.VERSION])
    version = get_object_or_404(ArticleVersion.objects.select_related("article"), pk=pk)
    back = redirect("admin:articles_articleversion_change", version.pk)
    return _erase(
        request, version, "Erase version", back, erasure.inspect_version, erasure.erase_version
    )


def _erase(
    request: HttpRequest,
    row: Any,
    title: str,
    back: HttpResponse,
    inspect: Callable[[Any], Any],
    act: Callable[..., Erasure],
) -> HttpResponse:
    form = EraseForm(request.POST or None)
    try:
        if form.is_valid():
            reason = form.cleaned_data["reason"]
            made = act(row, reason=reason, by=staff_user(request), at=timezone.now())
            messages.success(request, _said(made))
            return redirect("admin:erasure", made.pk)
        found = inspect(row)
    except (Refused, erasure.NothingToErase) as refused:
        messages.error(request, str(refused))
        return back
    context = desk_context(request, title) | {
        "row": row,
        "found": found,
        "printed": [(one, one.phrases[:PHRASES_SHOWN]) for one in found.printed],
        "form": form,
    }
    return TemplateResponse(request, f"admin/articles/erasure/{title.split()[1]}.html", context)


def _said(made: Erasure) -> str:
    count = made.places.open().count()
    if not count:
        return f"{made.subject} is erased. No article prints its words."
    places = count_of(count, "text")
    return f"{made.subject} is erased. {places} of ours may still print its words: see below."


@require_safe
def erasures(request: HttpRequest) -> HttpResponse:
    """List every erasure, newest first. Two queries."""
    require_permission(request, "articles.view_erasure")
    rows = Erasure.objects.select_related("by")
    page = window(rows, request.GET, field="at", size=ROWS)
    open_ones = Erasure.objects.open().filter(pk__in=[row.pk for row in page.rows])
    context = desk_context(request, "Erasures") | {
        "page": page,
        "open": set(open_ones.values_list("pk", flat=True)),
    }
    return TemplateResponse(request, "admin/articles/erasure/list.html", context)


@require_safe
def show_erasure(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the record of an erasure and what is left to decide. Three queries."""
    require_permission(request, "articles.view_erasure")
    return _record(request, _erasure(pk))


@require_POST
def keep_places(request: HttpRequest, pk: int) -> HttpResponse:
    """Keep the ticked versions and working copies for a reason."""
    require_permission(request, "articles.view_erasure")
    made = _erasure(pk)
    require_permission(request, RIGHTS[Erasure.Kind(made.kind)])
    form = KeepForm(request.POST, erasure=made)
    if not form.is_valid():
        return _record(request, made, form)
    places, reason = form.cleaned_data["places"], form.cleaned_data["reason"]
    try:
        for place in places:
            erasure.keep(place, reason=reason, by=staff_user(request), at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{count_of(len(places), 'text')} kept.")
    return redirect("admin:erasure", made.pk)


@require_POST
def confirm_rewritten(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the place of a working copy from which the words were taken out."""
    require_permission(request, "articles.view_erasure")
    places = ErasurePlace.objects.select_related("erasure", "article")
    place = get_object_or_404(places, pk=pk)
    require_permission(request, RIGHTS[Erasure.Kind(place.erasure.kind)])
    try:
        erasure.confirm_rewritten(place, by=staff_user(request), at=timezone.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "The working copy is marked as rewritten.")
    return redirect("admin:erasure", place.erasure_id)


def _erasure(pk: int) -> Erasure:
    return get_object_or_404(Erasure.objects.select_related("by", "post", "version"), pk=pk)


def _record(request: HttpRequest, made: Erasure, form: KeepForm | None = None) -> HttpResponse:
    places = made.places.select_related("article", "version", "closed_by").order_by("pk")
    shown = list(places)
    may_decide = request.user.has_perm(RIGHTS[Erasure.Kind(made.kind)])
    context = desk_context(request, f"Erasure: {made.subject}") | {
        "erasure": made,
        "places": shown,
        "left": sum(place.is_open for place in shown),
        "may_decide": may_decide,
        "may_erase_versions": request.user.has_perm(RIGHTS[Erasure.Kind.VERSION]),
        "form": form or KeepForm(erasure=made),
    }
    return TemplateResponse(request, "admin/articles/erasure/record.html", context)
