"""The admin site of the desk."""

from typing import Any, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.functional import lazystr


class Suggestions(AutocompleteJsonView):
    """Autocomplete in which a model's admin may say what a suggestion shows."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        result: dict[str, str] = super().serialize_result(obj, to_field_name)
        describe = getattr(self.model_admin, "suggestion", None)
        return result | describe(obj) if describe else result


class Desk(AdminSite):
    site_header = lazystr(f"{settings.SITE_NAME} desk")
    site_title = lazystr(f"{settings.SITE_NAME} desk")
    index_title = "The desk"
    site_url = "/"
    enable_nav_sidebar = False

    def autocomplete_view(self, request: HttpRequest) -> HttpResponse:
        return cast("HttpResponse", Suggestions.as_view(admin_site=self)(request))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Add what stands beside the text of an article: preview, findings, pictures."""
        # The admins of the apps import this site.
        from articles.admin import beside

        staff = self.admin_view
        return [
            path("preview/", staff(beside.BodyPreview.as_view()), name="preview"),
            path("preview/page/", staff(beside.preview_page), name="preview_page"),
            path("preview/<int:pk>/", staff(beside.preview_stored), name="preview_stored"),
            path("upload/", staff(beside.PictureUpload.as_view()), name="upload"),
            path("vet/", staff(beside.vet), name="vet"),
            *super().get_urls(),
        ]
