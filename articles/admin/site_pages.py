"""Pages about the site, at the desk: written, published, taken down."""

from functools import partial
from typing import Any, override

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.safestring import mark_safe

from articles import publishing
from articles.forms.site_pages import SitePageForm
from articles.models import SitePage, SitePageVersion
from articles.prose import render
from desk.admin import DeskAdmin
from desk.holders import Holder
from desk.staff import staff_user
from wires import generations

PUBLISH, TAKE_DOWN = "_publish", "_take_down"
HISTORY = 20


@admin.register(SitePage)
class SitePageAdmin(DeskAdmin):
    form = SitePageForm
    holders = (
        Holder(
            SitePageVersion,
            "page",
            "it was public, and its versions are the record of it. Take it down instead.",
        ),
    )
    # The foot of every page lists them in their order.
    after_save = (partial(generations.bump, "pages"),)
    list_display = ("title", "slug", "state", "position")
    ordering = ("position", "slug")
    search_fields = ("title", "slug")
    fields = ("title", "slug", "body", "position", "note", "seen_at")
    change_form_template = "admin/articles/sitepage/change_form.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[SitePage]:
        return SitePage.objects.with_newest()

    @admin.display(description="State")
    def state(self, page: Any) -> str:
        return {"publish": "Public", "take_down": "Taken down"}.get(page.newest_kind, "Draft")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": ("title",)}

    def record_context(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        """Return what is public of a page, its draft as readers would see it, and its history."""
        page = self.get_object(request, object_id)
        if not isinstance(page, SitePage):
            return {}
        versions = list(page.versions.select_related("by").newest_first()[:HISTORY])
        newest = versions[0] if versions else None
        is_public = newest is not None and newest.is_public
        return {
            "may_publish": request.user.has_perm("articles.publish_sitepage"),
            "is_public": is_public,
            "is_changed": newest is None or (newest.title, newest.body) != (page.title, page.body),
            "versions": versions,
            # As our own renderer made it.
            "preview": mark_safe(render(page.body).html),  # noqa: S308
        }

    @override
    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        self.message_user(request, "Saved.", messages.SUCCESS)
        return redirect("admin:articles_sitepage_change", obj.pk)

    @override
    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        """Do what the button says with the page that has just been saved, and stay on it."""
        try:
            done = self._act(request, obj)
        except publishing.Refused as refused:
            self.message_user(request, f"Saved. {refused}", messages.WARNING)
        else:
            self.message_user(request, done, messages.SUCCESS)
        return redirect("admin:articles_sitepage_change", obj.pk)

    def _act(self, request: HttpRequest, page: SitePage) -> str:
        """Return what was done, for who pressed the button. Raises publishing.Refused."""
        note, by, at = request.POST.get("note", ""), staff_user(request), timezone.now()
        if PUBLISH in request.POST:
            publishing.publish_page(page, by=by, at=at, note=note)
            return "Saved and published."
        if TAKE_DOWN in request.POST:
            publishing.take_down_page(page, by=by, at=at, note=note)
            return "Saved. Readers do not see the page any more."
        return "Saved."
