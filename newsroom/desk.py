"""The admin site of the desk."""

from collections.abc import Callable
from functools import update_wrapper
from typing import TYPE_CHECKING, Any, cast

from django.conf import settings
from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.functional import lazystr

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
    from markets.models import HeldQuote, Provider
    from wires.admin.posts import UNSHOWN
    from wires.models import Channel, Post

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
        work["newest_posts"] = posts.visible()[:AT_A_GLANCE]
    if user.has_perm("wires.import_post"):
        waiting = posts.filter(unconfirmed_version__isnull=False)
        work["unconfirmed_posts"] = waiting[:AT_A_GLANCE]
    if user.has_perm("wires.view_channel"):
        ailing = Channel.objects.exclude(health=Channel.Health.SOUND).select_related("outlet")
        work["ailing_channels"] = ailing.order_by(F("last_error_at").desc(nulls_last=True), "pk")[
            :AT_A_GLANCE
        ]
    if user.has_perm("markets.view_instrument"):
        held = HeldQuote.objects.filter(over_at=None).select_related("instrument")
        work["held_quotes"] = held.order_by("-held_at", "-pk")[:AT_A_GLANCE]
        failing = Provider.objects.exclude(health=Provider.Health.SOUND)
        work["failing_providers"] = failing.order_by("code")[:AT_A_GLANCE]
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
            is_out = request.method == "POST" and not self.has_permission(request)
            if is_out and refused_forms.typed_texts(request.POST):
                return refused_forms.logged_out(request)
            return cast("HttpResponse", guarded(request, *args, **kwargs))

        return cast("View", update_wrapper(inner, guarded))

    def index(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> TemplateResponse:
        """Show what waits to be done before the lists. One query for each block that is shown."""
        extra = work_in_hand(cast("User", request.user))
        return super().index(request, extra | (extra_context or {}))

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Add the findings panel of an article and the alerts."""
        # The admins of the apps import this site.
        from articles.admin import alerts, endpoints, usage

        staff = self.admin_view
        return [
            path("preview/", staff(endpoints.BodyPreview.as_view()), name="preview"),
            path("preview/page/", staff(endpoints.preview_page), name="preview_page"),
            path("preview/<int:pk>/", staff(endpoints.preview_stored), name="preview_stored"),
            path("upload/", staff(endpoints.PictureUpload.as_view()), name="upload"),
            path("vet/", staff(endpoints.vet), name="vet"),
            path("alerts/", staff(alerts.report), name="alerts"),
            path("alerts/<int:pk>/", staff(alerts.check_now), name="alerts_check"),
            path("usage/<slug:kind>/<int:pk>/", staff(usage.used_in), name="usage"),
            *super().get_urls(),
        ]
