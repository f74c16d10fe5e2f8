"""The preview of an article at several widths, and the links that show it to outsiders."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from articles import publishing
from articles.admin.alerts import desk_context, require_permission
from articles.admin.endpoints import reading, require_writer
from articles.models import Article, PreviewLink
from articles.preview_links import LASTS, USUAL, NotShared, make_link, revoke_link, sign_token
from desk.staff import staff_user
from web.addresses import absolute
from web.interface import in_site_language

WIDTHS = {"phone": "Phone", "tablet": "Tablet", "desktop": "Desktop"}
MOST_OVER = 50


class PreviewLinkForm(forms.Form):
    """How long a link for outsiders works."""

    hours = forms.TypedChoiceField(
        label="Works for", choices=list(LASTS.items()), coerce=int, initial=USUAL
    )
    # A form that is sent again by a reload makes no second link.
    link = forms.CharField(required=False, widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
def previews(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the stored draft at a width, and its links; make one. Two queries of its own to show.

    The address of a new link stands in the answer to the form, and nowhere else.
    """
    require_permission(request, "articles.view_article")
    article = get_object_or_404(Article.objects.select_related("section", "image"), pk=pk)
    form = PreviewLinkForm(request.POST or None, initial={"link": sign_token(article)})
    address = ""
    if request.method == "POST":
        require_maker(request, article)
        if form.is_valid():
            address = _make(request, article, form.cleaned_data)
            form = PreviewLinkForm(initial={"link": sign_token(article)})
    context = desk_context(request, "Preview") | _shown(request, article)
    context |= {"article": article, "form": form, "address": address}
    response = TemplateResponse(request, "admin/articles/article/previews.html", context)
    # The address must not stay in the browser of a shared machine.
    response.headers["Cache-Control"] = "no-store, private"
    return response


def require_maker(request: HttpRequest, article: Article) -> None:
    """Raise PermissionDenied for who may not write, and of a withdrawn article for everybody."""
    require_writer(request)
    if article.status == Article.Status.WITHDRAWN:
        raise PermissionDenied


def _shown(request: HttpRequest, article: Article) -> dict[str, Any]:
    width = request.GET.get("width", "")
    # Links of a withdrawn article show nothing, whatever their time.
    is_withdrawn = article.status == Article.Status.WITHDRAWN
    links = article.preview_links.select_related("made_by").defer("page").newest_first()
    now = timezone.now()
    # Who may not see a link that works could not revoke it, however many came later.
    rows = [(link, not is_withdrawn and link.is_open(now)) for link in links]
    over = [row for row in rows if not row[1]]
    may_make = request.user.has_perm("articles.change_article")
    return {
        "widths": WIDTHS,
        "width": width if width in WIDTHS else "phone",
        "links": [row for row in rows if row[1]] + over[:MOST_OVER],
        "may_make": may_make and not is_withdrawn,
        "is_withdrawn": is_withdrawn,
    }


def _make(request: HttpRequest, article: Article, asked: dict[str, Any]) -> str:
    """Return the address of the link that a form asked for, "" where there is none, after saying why."""
    at = timezone.now()
    snapshot = publishing.build_snapshot(article, at=at)
    with in_site_language():
        page = render_to_string("articles/article.html#page", reading(snapshot), request=request)
    posts = [source.post_version.post_id for source in snapshot.sources]
    try:
        _, token = make_link(
            article,
            page=page,
            posts=posts,
            by=staff_user(request),
            at=at,
            hours=asked["hours"],
            form=asked["link"],
        )
    except NotShared as refusal:
        messages.warning(request, str(refusal))
        return ""
    return absolute(reverse("articles:shared_preview", args=[token]))


@require_POST
def revoke(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    """End a link at once."""
    require_writer(request)
    row = get_object_or_404(PreviewLink.objects.select_related("article"), pk=link, article=pk)
    is_ended = revoke_link(row, by=staff_user(request), at=timezone.now())
    said = "The link is revoked." if is_ended else "The link had ended already."
    messages.success(request, said)
    return redirect("admin:articles_article_previews", pk)


PAGES = (
    ("<int:pk>/previews/", previews, "articles_article_previews"),
    ("<int:pk>/previews/<int:link>/revoke/", revoke, "articles_article_preview_revoke"),
)
