"""The admin site of the desk."""

import time
from collections.abc import Callable
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils import timezone
from django.utils.functional import lazystr

from desk.scripts import wants_json
from newsroom.version import release
from web.clean_text import reads_clean_text

if TYPE_CHECKING:
    from django.contrib.auth.models import User


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

    def admin_view[View: Callable[..., Any]](self, view: View, cacheable: bool = False) -> View:  # noqa: FBT001, FBT002  # the signature is Django's
        """Guard a view and hand it clean text. Text sent without a session is shown, not lost."""
        # The admin is set up before its models are.
        from newsroom import refused_forms

        guarded = super().admin_view(cast("View", reads_clean_text(view)), cacheable)

        def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if wants_json(request) and not self.has_permission(request):
                return refused_forms.session_over(request)
            is_out = request.method == "POST" and not self.has_permission(request)
            if is_out and refused_forms.typed_texts(request.POST):
                return refused_forms.logged_out(request)
            return cast("HttpResponse", guarded(request, *args, **kwargs))

        return cast("View", update_wrapper(inner, guarded))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Name the release at the foot of each page."""
        return super().each_context(request) | {"release": release()}

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show what waits to be done before the lists. One query for each block that is shown."""
        # The models are not there yet when this site is made.
        from newsroom.first_page import work_in_hand

        extra = work_in_hand(cast("User", request.user), at=timezone.now())
        return super().index(request, extra | (extra_context or {}))

    def has_permission(self, request: HttpRequest) -> bool:
        """Return whether somebody works at the desk and did every step of the login."""
        from accounts.second_factor import missing_step

        return super().has_permission(request) and missing_step(request.user) is None

    def login(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Ask for the password, and lead who gave it to the second step."""
        from accounts import middleware, views
        from accounts.second_factor import missing_step

        if super().has_permission(request) and (step := missing_step(request.user)):
            return views.page_of(step, request)
        was = request.user.is_authenticated
        response = super().login(request, extra_context)
        if request.method == "POST" and request.user.is_authenticated and not was:
            middleware.begin(request, now=time.time())
        return response

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Add the findings panel of an article, the alerts and the erasures."""
        # The admins of the apps import this site.
        from accounts import views as accounts
        from articles.admin import alerts, endpoints, erasing, keeping, pasting, usage
        from articles.admin.wire_desk import views as wire
        from newsroom import front_desk
        from newsroom.desk_health import site_health

        staff = self.admin_view
        return [
            path("second-step/", accounts.second_step, name="second_step"),
            path("second-factor/", accounts.set_up, name="second_factor"),
            path("second-factor/qr.svg", accounts.qr_code, name="second_factor_qr"),
            path("account/", staff(accounts.account), name="account"),
            path("account/codes/", staff(accounts.recovery_codes), name="recovery_codes"),
            path("health/", staff(site_health), name="site_health"),
            path("lockouts/", staff(accounts.lockouts), name="lockouts"),
            path("lockouts/unlock/", staff(accounts.unlock), name="unlock"),
            path(
                "auth/user/<int:pk>/second-factor/remove/",
                staff(accounts.remove_second_factor),
                name="remove_second_factor",
            ),
            path("wire/", staff(wire.wire_desk), name="wire_desk"),
            path("wire/new/", staff(wire.new_posts), name="wire_desk_new"),
            path("wire/basket/", staff(wire.basket), name="wire_desk_basket"),
            path("wire/read/", staff(wire.mark_read), name="wire_desk_read"),
            path("wire/searches/", staff(wire.save_search), name="wire_desk_save"),
            path(
                "wire/searches/<int:pk>/delete/",
                staff(wire.delete_search),
                name="wire_desk_delete",
            ),
            path("wire/posts/<int:pk>/", staff(wire.act_on_post), name="wire_desk_act"),
            path("wire/posts/<int:pk>/quote/", staff(wire.quote), name="wire_desk_quote"),
            path("preview/", staff(endpoints.BodyPreview.as_view()), name="preview"),
            path("preview/page/", staff(endpoints.preview_page), name="preview_page"),
            path("preview/<int:pk>/", staff(endpoints.preview_stored), name="preview_stored"),
            path("paste/", staff(pasting.paste), name="paste"),
            path("upload/", staff(endpoints.PictureUpload.as_view()), name="upload"),
            path("vet/", staff(endpoints.vet), name="vet"),
            path("keep/", staff(keeping.keep), name="keep"),
            path("keep/discard/", staff(keeping.discard), name="keep_discard"),
            path("front/", staff(front_desk.front_page), name="front"),
            path("front/preview/", staff(front_desk.front_preview), name="front_preview"),
            path("front/undo/", staff(front_desk.front_undo), name="front_undo"),
            path("alerts/", staff(alerts.report), name="alerts"),
            path("alerts/<int:pk>/", staff(alerts.check_now), name="alerts_check"),
            path("erasures/", staff(erasing.erasures), name="erasures"),
            path("erasures/<int:pk>/", staff(erasing.show_erasure), name="erasure"),
            path("erasures/<int:pk>/keep/", staff(erasing.keep_places), name="erasure_keep"),
            path(
                "erasures/rewritten/<int:pk>/",
                staff(erasing.confirm_rewritten),
                name="erasure_rewritten",
            ),
            path("erasures/post/<int:pk>/", staff(erasing.erase_post), name="erase_post"),
            path("erasures/version/<int:pk>/", staff(erasing.erase_version), name="erase_version"),
            path("usage/<slug:kind>/<int:pk>/", staff(usage.used_in), name="usage"),
            *super().get_urls(),
        ]
