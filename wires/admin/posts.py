"""The wire at the desk: one list, newest first, and each post with every version of its words."""

from functools import partial
from typing import Any, cast

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ChangeList
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST

from desk.forms import ReasonForm
from desk.lists import UncountedChangeList
from desk.staff import staff_user
from desk.times import desk_time
from web.words import count_of
from wires import ingest, search
from wires.admin import confirming, post_filters
from wires.admin.pasting import PastingAdmin
from wires.forms import HideForm, WithdrawnForm
from wires.models import Evidence, Post, PostQuerySet, PostVersion
from wires.templatetags.wire import copied

CHANGEABLE_AT_ONCE = 100
# Of the matches of a search: who needs older ones narrows it.
FOUND_AT_ONCE = 500
# What a row of the list does not show; a page of long reads would weigh megabytes.
UNSHOWN = ("native_id", *(
    f"{version}__{name}"
    for version in ("latest_version", "unconfirmed_version")
    for name in ("html", "text", "media")
))  # fmt: skip


class Wire(UncountedChangeList):
    """The list of posts with the words it shows, and the articles that cite those of the page."""

    def get_queryset(
        self, request: HttpRequest, exclude_parameters: list[str | None] | None = None
    ) -> PostQuerySet:
        rows = cast("PostQuerySet", super().get_queryset(request, exclude_parameters))
        return rows.prefetch_related("wire_sources").defer(*UNSHOWN)


@admin.register(Post)
class PostAdmin(PastingAdmin):
    heading = "Wire"
    list_display = (
        "time",
        "code",
        "headline",
        "outlet",
        "platform",
        "language",
        "state_in_words",
        "cited",
    )
    list_display_links = ("headline",)
    list_select_related = (
        "latest_version__confirmation",
        "unconfirmed_version",
        "channel__outlet",
    )
    list_filter = (
        post_filters.OutletFilter,
        post_filters.PlatformFilter,
        post_filters.LanguageFilter,
        post_filters.CitedFilter,
        post_filters.HiddenFilter,
        post_filters.ConfirmedFilter,
    )
    # Named so that the list and autocomplete have a search; get_search_results says what it reads.
    search_fields = ("latest_version__title",)
    search_help_text = "Search by words of the headline or text, or by channel code."
    ordering = ("-wire_at", "-pk")
    actions = ("draft_from_selection", "hide", "unhide", "mark_withdrawn", "mark_back")
    change_form_template = "admin/wires/post/post.html"
    object_history_template = "admin/wires/post/log.html"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Wire

    def action_checkbox(self, post: Post) -> SafeString:
        """Name the row as people know it; Post's own name would fetch each row again."""
        title = post.newest_version.title if post.newest_version else "no text"
        return format_html(
            '<input type="checkbox" class="action-select" name="{}" value="{}" aria-label="{}">',
            ACTION_CHECKBOX_NAME,
            post.pk,
            f"Select {post.channel.code} {desk_time(post.wire_at)} {title}",
        )

    @admin.display(description="UTC")
    def time(self, post: Post) -> str:
        return format_html(
            '<time datetime="{}">{}</time>', post.wire_at.isoformat(), desk_time(post.wire_at)
        )

    @admin.display(description="Code")
    def code(self, post: Post) -> str:
        return format_html('<span class="wire-code">{}</span>', post.channel.code)

    @admin.display(description="Headline")
    def headline(self, post: Post) -> str:
        version = post.newest_version
        return format_html(
            '<bdi class="wire-words" dir="auto" lang="{}">{}</bdi>{}',
            version.language if version else "",
            (version.title if version else "") or "(no text)",
            _mark(version),
        )

    @admin.display(description="Outlet")
    def outlet(self, post: Post) -> str:
        return post.channel.outlet.name

    @admin.display(description="Platform")
    def platform(self, post: Post) -> str:
        return post.channel.get_platform_display()

    @admin.display(description="Language")
    def language(self, post: Post) -> str:
        return post.newest_version.language if post.newest_version else ""

    @admin.display(description="State")
    def state_in_words(self, post: Post) -> str:
        if post.is_hidden:
            name, word = "hidden", "Hidden"
        elif post.state == Post.State.LIVE:
            return ""
        else:
            name, word = post.state, post.get_state_display()
        return format_html('<span class="tag tag--{}">{}</span>', name, word)

    @admin.display(description="Cited")
    def cited(self, post: Post) -> str:
        return "Cited" if list(post.wire_sources.all()) else ""

    def has_draft_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("articles.add_article")

    def has_hide_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("wires.hide_post")

    def has_withdraw_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("wires.withdraw_post")

    @admin.action(description="Draft article from selection", permissions=["draft"])
    def draft_from_selection(self, request: HttpRequest, queryset: QuerySet[Post]) -> HttpResponse:
        # The outlet that reported it first becomes the first source.
        posts = queryset.order_by("wire_at", "pk").values_list("pk", flat=True)
        query = urlencode([("post", pk) for pk in posts])
        return redirect(f"{reverse('admin:articles_article_add')}?{query}")

    @admin.action(description="Hide…", permissions=["hide"])
    def hide(self, request: HttpRequest, queryset: QuerySet[Post]) -> HttpResponse | None:
        """Ask for the reason, then hide."""
        posts = list(queryset.filter(hidden_at__isnull=True)[:CHANGEABLE_AT_ONCE])
        form = HideForm(request.POST if "reason" in request.POST else None)
        if not form.is_valid():
            return self._ask(request, "hide", "Hide from the wire", posts, form)
        for post in posts:
            reason = form.cleaned_data["reason"]
            ingest.hide(post, by=staff_user(request), reason=reason, at=timezone.now())
            self.log_change(request, post, f"Hidden: {reason}")
        self.message_user(request, f"{count_of(len(posts), 'post')} hidden.", messages.SUCCESS)
        return None

    @admin.action(description="Unhide", permissions=["hide"])
    def unhide(self, request: HttpRequest, queryset: QuerySet[Post]) -> None:
        posts = list(queryset.filter(hidden_at__isnull=False))
        for post in posts:
            ingest.unhide(post, by=staff_user(request), at=timezone.now())
            self.log_change(request, post, "Unhidden.")
        self.message_user(
            request, f"{count_of(len(posts), 'post')} back on the wire.", messages.SUCCESS
        )

    @admin.action(description="Mark as withdrawn…", permissions=["withdraw"])
    def mark_withdrawn(self, request: HttpRequest, queryset: QuerySet[Post]) -> HttpResponse | None:
        """Ask how that is known, then mark."""
        posts = list(queryset.exclude(state=Post.State.WITHDRAWN)[:CHANGEABLE_AT_ONCE])
        form = WithdrawnForm(request.POST if "reason" in request.POST else None)
        if not form.is_valid():
            return self._ask(
                request, "mark_withdrawn", "Mark as withdrawn by the outlet", posts, form
            )
        for post in posts:
            reason = form.cleaned_data["reason"]
            ingest.withdraw(post, by=staff_user(request), reason=reason, at=timezone.now())
            self.log_change(request, post, f"Marked as withdrawn by the outlet: {reason}")
        self.message_user(
            request, f"{count_of(len(posts), 'post')} marked as withdrawn.", messages.SUCCESS
        )
        return None

    @admin.action(description="Undo withdrawal", permissions=["withdraw"])
    def mark_back(self, request: HttpRequest, queryset: QuerySet[Post]) -> None:
        posts = list(queryset.filter(state=Post.State.WITHDRAWN))
        for post in posts:
            ingest.reinstate(post, by=staff_user(request))
            self.log_change(request, post, "Withdrawal undone.")
        back = f"{count_of(len(posts), 'post')} no longer marked as withdrawn."
        self.message_user(request, back, messages.SUCCESS)

    def _ask(
        self, request: HttpRequest, action: str, title: str, posts: list[Post], form: ReasonForm
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": title,
            "opts": self.opts,
            "posts": posts,
            "action": action,
            "form": form,
            "checkbox": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/wires/post/reason.html", context)

    def get_urls(self) -> list[URLPattern]:
        """Add what is done to words entered by hand."""
        staff = self.admin_site.admin_view
        confirm = staff(partial(confirming.confirm, self))
        take_back = staff(require_POST(partial(confirming.take_back, self)))
        screenshot = staff(confirming.screenshot)
        return [
            path("<int:pk>/versions/<int:n>/confirm/", confirm, name="wires_post_confirm"),
            path("<int:pk>/versions/<int:n>/take-back/", take_back, name="wires_post_take_back"),
            path("<int:pk>/screenshots/<int:evidence>/", screenshot, name="wires_post_screenshot"),
            *super().get_urls(),
        ]

    def list_context(self, request: HttpRequest) -> dict[str, Any]:
        return {"may_import": self.has_import_permission(request)}

    def record_context(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        """Show the whole post. Five queries, however many versions."""
        post = self.get_object(request, object_id)
        return self._record(request, post) if post else {}

    def suggestion(self, post: Post) -> dict[str, str]:
        """Return what autocomplete shows of a post, and what choosing it fills in."""
        version, channel = post.newest_version, post.channel
        when = desk_time(post.wire_at)
        title = version.title if version else "(no text)"
        note = "".join(f" ({said})" for said in (copied(version), post.caution) if said)
        return {
            "text": f"{channel.code} {when} {title}{note}",
            "code": channel.code,
            "who": f"{channel.code} {channel.outlet_on_platform()}, {when} UTC{note}",
            "outlet": channel.outlet.name,
            "title": version.own_title if version else "",
            "words": version.text if version else "",
            "language": version.language if version else "",
        }

    def get_queryset(self, request: HttpRequest) -> QuerySet[Post]:
        rows = cast("PostQuerySet", super().get_queryset(request)).on_file()
        return rows.select_related(*self.list_select_related)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Post], search_term: str
    ) -> tuple[QuerySet[Post], bool]:
        """Narrow posts to the newest that the search index finds, FOUND_AT_ONCE at most."""
        query = search.SearchQuery.read(search_term, at=timezone.now(), is_typing=True)
        if not query:
            return (queryset.none() if query.problems else queryset), False
        keys = search.find_keys(query, most=FOUND_AT_ONCE, is_public=False)
        return queryset.filter(pk__in=search.posts_of(keys)), False

    def _record(self, request: HttpRequest, post: Any) -> dict[str, Any]:
        return {
            "title": "Post",
            "subtitle": None,
            "versions": post.versions.select_related(
                "capture", "captured_by", "confirmation__by", "confirmation__capture"
            )
            .prefetch_related(Prefetch("evidence", Evidence.objects.defer("body").order_by("pk")))
            .order_by("-n"),
            "may_confirm": request.user.has_perm(ingest.CONFIRMING),
            "disappearances": post.disappearances.order_by("pk"),
            "wire_sources": post.wire_sources.select_related("article").order_by("article_id"),
            "may_draft": self.has_draft_permission(request),
            "may_hide": self.has_hide_permission(request),
            "may_withdraw": self.has_withdraw_permission(request),
            "checkbox": ACTION_CHECKBOX_NAME,
        }


def _mark(version: PostVersion | None) -> SafeString | str:
    """Return what the list says beside words that nobody fetched, or ""."""
    said = copied(version)
    return format_html(' <span class="tag tag--copied">{}</span>', said) if said else ""
