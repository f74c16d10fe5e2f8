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

AT_A_GLANCE = 5


class Suggestions(AutocompleteJsonView):
    """Autocomplete in which a model's admin may say what a suggestion shows."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        result: dict[str, str] = super().serialize_result(obj, to_field_name)
        describe = getattr(self.model_admin, "suggestion", None)
        return result | describe(obj) if describe else result


def work_in_hand(user: "User") -> dict[str, Any]:
    """Return the newest few rows of each kind that this person may look at. Lazy, uncounted
    but for the articles that no longer stand."""
    # The models are not there yet when this site is made.
    from articles import archive
    from articles.models import Article, OverrideRequest
    from mail.models import Email
    from markets.models import HeldQuote, Provider
    from wires.admin.posts import UNSHOWN
    from wires.models import Post
    from wires.poll_status import wire_alarm
    from wires.watching import find_ailing

    work: dict[str, Any] = {}
    if user.has_perm("articles.view_article"):
        articles = Article.objects.only("headline", "updated_at").order_by("-updated_at", "-pk")
        work["in_review"] = articles.filter(status=Article.Status.REVIEW)[:AT_A_GLANCE]
        work["alerts"] = archive.count_alerts()
        work["drafts"] = articles.filter(status=Article.Status.DRAFT)[:AT_A_GLANCE]
    if user.has_perm("articles.override_hold"):
        override_requests = OverrideRequest.objects.select_related("article", "by").defer(
            "article__body"
        )
        work["override_requests"] = override_requests.order_by("at", "pk")[:AT_A_GLANCE]
    posts = Post.objects.with_newest_words().defer(*UNSHOWN).newest_first()
    if user.has_perm("wires.view_post"):
        work["wire_alarm"] = wire_alarm(timezone.now())
        work["newest_posts"] = posts.visible()[:AT_A_GLANCE]
    if user.has_perm("wires.import_post"):
        waiting = posts.filter(unconfirmed_version__isnull=False)
        work["unconfirmed_posts"] = waiting[:AT_A_GLANCE]
    if user.has_perm("wires.view_channel"):
        work["ailing"] = find_ailing(AT_A_GLANCE, at=timezone.now())
    if user.has_perm("markets.view_instrument"):
        held = HeldQuote.objects.filter(over_at=None).select_related("instrument")
        work["held_quotes"] = held.order_by("-held_at", "-pk")[:AT_A_GLANCE]
        failing = Provider.objects.exclude(health=Provider.Health.SOUND)
        work["failing_providers"] = failing.order_by("code")[:AT_A_GLANCE]
    # To everybody: who waits for an e-mail asks the next colleague.
    work["failing_emails"] = Email.objects.failing(at=timezone.now()).newest_first()[:AT_A_GLANCE]
    return work


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
        extra = work_in_hand(cast("User", request.user))
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
            path("preview/", staff(endpoints.BodyPreview.as_view()), name="preview"),
            path("preview/page/", staff(endpoints.preview_page), name="preview_page"),
            path("preview/<int:pk>/", staff(endpoints.preview_stored), name="preview_stored"),
            path("paste/", staff(pasting.paste), name="paste"),
            path("upload/", staff(endpoints.PictureUpload.as_view()), name="upload"),
            path("vet/", staff(endpoints.vet), name="vet"),
            path("keep/", staff(keeping.keep), name="keep"),
            path("keep/discard/", staff(keeping.discard), name="keep_discard"),
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
