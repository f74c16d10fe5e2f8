"""Endpoints of the article form: findings and coverage, preview, pictures dropped into the body.

Only for staff who may write articles. None of these stores the text.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.csp import CSP
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from markdownx.views import ImageUploadView, MarkdownifyView

from articles import publishing
from articles.admin.acknowledging import apply_button
from articles.admin.panel import FindingsPanel
from articles.counterparts import counterparts_of_draft
from articles.forms import LATEST_SLUG, ImageUploadForm, markdownify, read_unsaved
from articles.models import Article, Section
from articles.page_parts import make_parts, newest_corrections
from articles.pictures import PictureNotStored
from articles.views import page_context
from desk.staff import staff_user
from web.interface import for_readers
from web.slugs import make_slug


def require_writer(request: HttpRequest) -> None:
    """Raise PermissionDenied for a user who may not write articles."""
    if not request.user.has_perm("articles.change_article"):
        raise PermissionDenied


@require_POST
def vet(request: HttpRequest) -> HttpResponse:
    """Return the findings and coverage for the form fields as they are in the browser.

    An acknowledgement, or its undoing, is stored first if a button asks for it. A finding whose
    hash is in `known` is sent without its words.
    """
    require_writer(request)
    snapshot = _snapshot(request)
    refused = apply_button(request, snapshot.version.article, unsaved=snapshot.findings)
    context = {
        "panel": FindingsPanel(
            snapshot, request.user, known=frozenset(request.POST.get("known", "").split())
        ),
        "refused": refused,
        "may_write": True,
    }
    return TemplateResponse(request, "admin/articles/article/_panel.html", context)


@require_http_methods(["GET", "POST"])
def preview_page(request: HttpRequest) -> HttpResponse:
    """Render the page that publishing would make from the stored copy or the posted fields."""
    require_writer(request)
    return _as_readers_see(request, _snapshot(request))


@require_GET
@xframe_options_sameorigin
@csp_override({**settings.SECURE_CSP, "frame-ancestors": [CSP.SELF]})
def preview_stored(request: HttpRequest, pk: int) -> HttpResponse:
    """Render the public page of a stored working copy for staff who may view it.

    The page of previews shows it in a frame.
    """
    if not request.user.has_perm("articles.view_article"):
        raise PermissionDenied
    article = get_object_or_404(Article.objects.select_related("section", "image"), pk=pk)
    snapshot = publishing.build_snapshot(article, at=timezone.now())
    return _as_readers_see(request, snapshot)


@for_readers
def _as_readers_see(request: HttpRequest, snapshot: publishing.Snapshot) -> HttpResponse:
    # Not a TemplateResponse, which is rendered later, in the language of the desk.
    return render(request, "articles/article.html", reading(snapshot))


class BodyPreview(MarkdownifyView):  # type: ignore[misc]  # markdownx has no types
    """The markdownx preview with our renderer; `?key=r1&key=t1` names the existing sources."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require_writer(request)
        return HttpResponse(
            markdownify(request.POST.get("content", ""), request.GET.getlist("key"))
        )


class PictureUpload(ImageUploadView):  # type: ignore[misc]  # markdownx has no types
    """The markdownx upload: adds an Image row to the library and returns the mark that shows it."""

    http_method_names = ["post"]
    form_class = ImageUploadForm

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        require_writer(request)
        if not request.user.has_perm("articles.add_image"):
            raise PermissionDenied
        response: HttpResponse = super().post(request, *args, **kwargs)
        return response

    def form_valid(self, form: ImageUploadForm) -> HttpResponse:
        try:
            image = form.save_picture(by=staff_user(self.request), at=timezone.now())
        except PictureNotStored as failure:
            form.add_error("image", str(failure))
            return self.form_invalid(form)
        return JsonResponse({"image_code": image.mark, "id": image.pk, "note": form.lost})

    def form_invalid(self, form: ImageUploadForm) -> HttpResponse:
        return JsonResponse(form.errors, status=400)


def _snapshot(request: HttpRequest) -> publishing.Snapshot:
    """Build a snapshot of the posted form. Six to nine queries, however many sources."""
    at = timezone.now()
    pk = request.GET.get("article", "")
    article = None
    if pk:
        articles = Article.objects.select_related(
            "section", "image", "live_version", "override_request__by"
        )
        article = get_object_or_404(articles, pk=int(pk) if pk.isdecimal() and len(pk) < 19 else 0)
    if request.method == "GET":
        return publishing.build_snapshot(article or Article(), at=at)
    return snapshot_from(request.POST, article)


def snapshot_from(data: QueryDict, article: Article | None) -> publishing.Snapshot:
    """Build a snapshot of an article from the fields of the form."""
    at = timezone.now()
    copy = read_unsaved(data, article, at=at)
    labels = publishing.Labels(authors=copy.authors, topics=copy.topics)
    return publishing.build_snapshot(copy.article, at=at, sources=copy.sources, labels=labels)


def reading(snapshot: publishing.Snapshot) -> dict[str, object]:
    """Return the context of the page that would be published, with what is not decided yet.

    Two queries of a stored article: its notes, and where readers find it in other languages.
    """
    version = snapshot.version
    if version.section_id is None:
        version.section = Section(name="No section yet", slug="none")
    version.slug = version.slug or make_slug(version.headline, longest=LATEST_SLUG) or "preview"
    article = version.article
    corrections = list(newest_corrections(article)) if article.pk else []
    parts = make_parts(article, version, snapshot.sources, corrections, at=version.at)
    return page_context(
        article,
        version,
        parts=parts,
        counterparts=counterparts_of_draft(version),
        is_preview=True,
    )
