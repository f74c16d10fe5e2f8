"""The article form: the working copy, its sources, the findings panel and the verbs."""

from functools import partial
from typing import Any, cast, override

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_safe

from articles import publishing
from articles.admin import (
    acknowledging,
    commenting,
    comparing,
    overrides,
    previews,
    publishing_day,
    selecting,
    verbs,
)
from articles.admin.endpoints import snapshot_from
from articles.admin.filling import filling_of
from articles.admin.linking import add_quotation, chosen_posts, find_sources, rows_to_add
from articles.admin.panel import FindingsPanel, asks_for_findings
from articles.admin.source_rows import SourceRows
from articles.admin.text_keeping import KeepsText, Saved
from articles.forms import (
    ArticleForm,
    LoadedChoiceField,
    NoteForm,
    PictureSelect,
    SourceFormSet,
    WireSourceForm,
    fixed,
)
from articles.forms.drafts import MANY
from articles.models import Article, Section, WireSource
from articles.models.frozen import WORKING_COPY
from desk.admin import DeskAdmin, PlainChoices, TakesAnyId
from desk.filters import OfferedFilter
from desk.staff import staff_user
from desk.times import desk_time
from web.languages import language_name

HEADLINE = 200
FIX = "_fix"
PAGES = (*previews.PAGES, *publishing_day.PAGES, *comparing.PAGES, *commenting.PAGES)
GONE = "The finding that this would fix no longer applies."


class SourceInline(PlainChoices, TakesAnyId, admin.StackedInline):
    model = WireSource
    form = WireSourceForm
    formset = SourceFormSet
    template = "admin/articles/article/sources.html"
    verbose_name, verbose_name_plural = "wire source", "Wire sources"
    autocomplete_fields = ("post",)
    fields = (
        "key",
        "post",
        "role",
        "note",
        "position",
        "repin",
        "cites",
        "passages",
        "translation",
        "confirm",
    )

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "post":
            kwargs["form_class"] = LoadedChoiceField
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[WireSource]:
        rows: QuerySet[WireSource] = super().get_queryset(request)
        return rows.select_related(
            "version__confirmation",
            "post__channel__outlet",
            "post__latest_version__confirmation",
            "post__unconfirmed_version",
            "translated_by",
            "translation_confirmed_by",
        ).order_by("position", "pk")

    def get_extra(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> int:
        if found := filling_of(request, obj):
            return len(found.rows_of(obj)[1])
        return len(rows_to_add(request, obj))


class StatusFilter(OfferedFilter):
    title, parameter_name = "status", "status__exact"
    offered = tuple(Article.Status)


@admin.register(Article)
class ArticleAdmin(KeepsText, PlainChoices, DeskAdmin):
    form = ArticleForm
    inlines = (SourceInline,)
    list_display = ("headline_or_none", "state", "section", "updated", "published")
    list_filter = (StatusFilter, "section")
    list_select_related = ("section",)
    search_fields = ("headline", "standfirst", "slug")
    ordering = ("-updated_at", "-pk")
    autocomplete_fields = ("authors", "topics", "image", "original")
    prepopulated_fields = {"slug": ("headline",)}
    change_form_template = "admin/articles/article/write.html"
    object_history_template = "admin/articles/article/versions.html"
    fieldsets = ((None, {"fields": (*WORKING_COPY, "seen_at", "public_note")}),)

    actions = ("publish_selected",)
    # An article is read before it is published.
    is_first_action_main = False

    @admin.display(description="Headline")
    def headline_or_none(self, article: Article) -> str:
        return article.headline or "(no headline)"

    @admin.display(description="State")
    def state(self, article: Article) -> str:
        return format_html(
            '<span class="tag tag--{}">{}</span>', article.status, article.get_status_display()
        )

    @admin.display(description="Last edited, UTC")
    def updated(self, article: Article) -> str:
        return desk_time(article.updated_at)

    @admin.display(description="First published, UTC")
    def published(self, article: Article) -> str:
        return desk_time(article.first_published_at)

    def suggestion(self, article: Article) -> dict[str, str]:
        """Return what autocomplete shows of an article: which language it is in, and its state."""
        language = language_name(article.language) or article.language
        return {"text": f"{article} ({language}, {article.get_status_display().lower()})"}

    # The list

    def has_publish_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.has_perm("articles.publish_article"))

    @admin.action(description="Publish now", permissions=["publish"])
    def publish_selected(
        self, request: HttpRequest, queryset: QuerySet[Article]
    ) -> HttpResponse | None:
        return selecting.publish_selected(request, queryset.order_by("pk"))

    # The form

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name == "image":
            kwargs.setdefault("widget", PictureSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name in MANY:
            # Otherwise select2 adds a "clear all" button where only list items are allowed.
            field.widget.is_required = True
        return field

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        initial: dict[str, Any] = super().get_changeform_initial_data(request)
        # So that an article with only a headline can be saved.
        if first := Section.objects.order_by("position", "name", "pk").first():
            initial.setdefault("section", first.pk)
        posts = chosen_posts(request)
        if posts and posts[0].newest_version:
            initial.setdefault("headline", posts[0].newest_version.title[:HEADLINE])
        return initial

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_formset_kwargs(request, obj, inline, prefix)
        if "initial" not in kwargs and (rows := rows_to_add(request, obj if obj.pk else None)):
            kwargs["initial"] = rows
        return kwargs

    def get_inline_formsets(self, *args: Any, **kwargs: Any) -> list[Any]:
        return [SourceRows.of(each) for each in super().get_inline_formsets(*args, **kwargs)]

    @override
    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        for formset in context["inline_admin_formsets"]:
            formset.formset.fetch_posts()
            for row in formset.formset.forms:
                row.editor = staff_user(request)
        add_quotation(request, context["adminform"].form, obj)
        may_write = self.has_change_permission(request, obj) or add
        is_later = bool(may_write and obj and asks_for_findings(request))
        is_reading = request.method == "GET" and obj is not None and not is_later
        context |= {
            "title": obj.headline if obj else "New article",
            "subtitle": None,
            **publishing_day.state_of(obj, request.user),
            "may_write": may_write,
            "is_panel_later": is_later,
            "panel": FindingsPanel(publishing.build_snapshot(obj, at=timezone.now()), request.user)
            if is_reading
            else None,
        }
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Save the form in the admin's transaction, and only then perform the button's verb."""
        verb = verbs.asked(request)
        if verb and not request.user.has_perm(verb.permission):
            raise PermissionDenied
        if request.method == "POST" and FIX in request.POST:
            self._fix(request, object_id)
        response: HttpResponse = super().changeform_view(
            request, object_id, form_url, extra_context
        )
        if verb and isinstance(response, Saved):
            if lacks := verbs.perform(request, verb, response.article):
                response["Location"] += f"#{lacks}"
            if verb.leads_to:
                # Where the note that was typed here is asked for.
                token = self.keep_note(request, response.article)
                page = reverse(verb.leads_to, args=[response.article.pk])
                return redirect(f"{page}?{publishing_day.NOTE_OF}={token}" if token else page)
        if isinstance(response, Saved) and (
            refused := acknowledging.apply_button(request, response.article)
        ):
            self.message_user(request, refused, messages.WARNING)
        return response

    def _fix(self, request: HttpRequest, object_id: str | None) -> None:
        """Apply the fix of a pressed button to the fields before they are saved."""
        self.require(self._may_save(request, object_id))
        article = self.get_object(request, object_id) if object_id else None
        self.require(article is None or self.has_change_permission(request, article))
        panel = FindingsPanel(
            snapshot_from(request.POST, cast("Article | None", article)), request.user
        )
        fix = panel.fix(request.POST[FIX])
        if fix is None:
            self.message_user(request, GONE, messages.WARNING)
            return
        request.POST = fixed(request.POST, fix)  # type: ignore[assignment]  # it has a setter
        self.message_user(request, f"Fixed: {fix.label}.", messages.SUCCESS)

    def _may_save(self, request: HttpRequest, object_id: str | None) -> bool:
        if object_id is None:
            return bool(self.has_add_permission(request))
        return self.has_change_permission(request)

    @override
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Save only the fields of the form: status and live_* belong to publishing."""
        if not change:
            obj.created_by = staff_user(request)
            obj.save()
            self.note_saved(request, obj, is_new=True)
            return
        self.note_saved(request, obj, is_new=False)
        fields = [f.name for f in Article._meta.concrete_fields if f.name in form.fields]
        obj.save(update_fields=[*fields, "updated_at"])

    @override
    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the wire sources, and confirm the translations whose box is ticked."""
        for row in formset.forms:
            row.editor = staff_user(request)
        super().save_formset(request, form, formset, change)
        for row in formset.initial_forms:
            if row not in formset.deleted_forms and row.is_to_confirm:
                self._confirm(request, row.instance)

    def _confirm(self, request: HttpRequest, source: WireSource) -> None:
        try:
            publishing.confirm_translation(source, by=staff_user(request), at=timezone.now())
        except publishing.Refused as refused:
            self.message_user(request, str(refused), messages.WARNING)

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._saved(request, obj)

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        return self._saved(request, obj)

    def _saved(self, request: HttpRequest, article: Article) -> HttpResponse:
        if verbs.asked(request) is None:
            live = " Readers see no change until you update." if article.is_live else ""
            self.message_user(request, f"Saved.{live}", messages.SUCCESS)
        return Saved(article)

    # Deleting and withdrawing

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Return False for a withdrawn article: it is a read-only record and never public again."""
        if obj is not None and obj.status == Article.Status.WITHDRAWN:
            return False
        return bool(super().has_change_permission(request, obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and publishing_day.why_not_deleted(obj):
            return False
        return bool(super().has_delete_permission(request, obj))

    holders = publishing_day.HOLDERS

    def why_kept(self, row: Article) -> str:
        return publishing_day.why_not_deleted(row) or super().why_kept(row)

    def get_urls(self) -> list[URLPattern]:
        withdraw = self.admin_site.admin_view(self.withdraw)
        return [
            path(
                "<int:pk>/overwritten/<int:draft>/",
                self.admin_site.admin_view(self.overwritten),
                name="articles_article_overwritten",
            ),
            *(
                path(route, self.admin_site.admin_view(view), name=name)
                for route, view, name in PAGES
            ),
            path(
                "<int:pk>/sources/",
                self.admin_site.admin_view(require_safe(partial(find_sources, self.admin_site))),
                name="articles_article_sources",
            ),
            path("<int:pk>/withdraw/", withdraw, name="articles_article_withdraw"),
            path(
                "<int:pk>/override/<slug:fingerprint>/",
                self.admin_site.admin_view(overrides.override),
                name="articles_article_override",
            ),
            *super().get_urls(),
        ]

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the public note, then withdraw the article."""
        if not request.user.has_perm("articles.withdraw_article"):
            raise PermissionDenied
        article = get_object_or_404(Article, pk=pk)
        form = NoteForm(request.POST or None)
        if form.is_valid():
            try:
                publishing.withdraw(
                    article,
                    by=staff_user(request),
                    at=timezone.now(),
                    note=form.cleaned_data["note"],
                )
            except publishing.Refused as refused:
                self.message_user(request, str(refused), messages.ERROR)
            else:
                self.message_user(request, "The article is withdrawn.", messages.SUCCESS)
            return redirect("admin:articles_article_change", article.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": "Withdraw article",
            "opts": self.opts,
            "article": article,
            "form": form,
        }
        return TemplateResponse(request, "admin/articles/article/withdraw.html", context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """List versions, corrections and acts, newest first."""
        self.require(self.has_view_or_change_permission(request))
        article = self.get_object(request, object_id)
        extra = comparing.history_of(article) if isinstance(article, Article) else {}
        return super().history_view(request, object_id, extra | (extra_context or {}))
