"""The admin of sections, topics and authors, and of read-only records: versions, corrections."""

from functools import partial
from typing import Any, override

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles.models import Article, ArticleVersion, Author, Correction, Section, Topic
from articles.publishing import keep_former_slug
from desk.admin import DeskAdmin, ReadOnlyAdmin
from desk.filters import OfferedFilter
from desk.holders import Holder
from wires import generations


class DatedAdmin(ReadOnlyAdmin):
    """Admin for rows that record when something was done and by whom."""

    ordering = ("-at", "-pk")

    @admin.display(description="UTC")
    def when(self, row: Any) -> str:
        return f"{row.at:%d %b %Y %H:%M:%S}"

    @admin.display(description="By")
    def who(self, row: Any) -> str:
        return str(row.by or "the system")


class AddressedAdmin(DeskAdmin):
    """Admin for what has a page of its own: an address that it had leads to the present one."""

    after_save = (partial(generations.bump, "pages"),)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": ("name",)}

    @override
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        keep_former_slug(obj, form.initial.get("slug", "") if change else "", at=timezone.now())


@admin.register(Section)
class SectionAdmin(AddressedAdmin):
    holders = (
        Holder(
            ArticleVersion,
            "section",
            "{name} was published in it, which stays on record. Rename the section instead, or put it"
            " last (Position).",
        ),
        Holder(Article, "live_section", "“{name}” is public in it. Rename the section instead."),
        Holder(
            Article, "section", "“{name}” is in it. Move that article to another section first."
        ),
    )
    list_display = ("name", "slug", "position")
    ordering = ("position", "name", "pk")
    search_fields = ("name",)


@admin.register(Topic)
class TopicAdmin(AddressedAdmin):
    list_display = ("name", "slug")
    ordering = ("name", "pk")
    search_fields = ("name",)
    fields = ("name", "slug", "description")


@admin.register(Author)
class AuthorAdmin(AddressedAdmin):
    list_display = ("name", "slug", "has_page")
    ordering = ("name", "pk")
    search_fields = ("name",)
    fields = ("name", "slug", "bio", "has_page")


@admin.register(ArticleVersion)
class ArticleVersionAdmin(DatedAdmin):
    list_display = ("headline_or_removed", "n", "when", "author", "reason")
    list_select_related = ("author",)
    search_fields = ("headline",)
    change_form_template = "admin/articles/articleversion/version.html"
    fields = ("headline",)

    @admin.display(description="Headline")
    def headline_or_removed(self, version: ArticleVersion) -> str:
        return "(removed)" if version.is_erased else version.headline

    def get_queryset(self, request: HttpRequest) -> QuerySet[ArticleVersion]:
        rows: QuerySet[ArticleVersion] = super().get_queryset(request)
        return rows.select_related("author", "section", "article").prefetch_related(
            "sources__post_version__post__channel__outlet"
        )


class KindFilter(OfferedFilter):
    title, parameter_name = "kind", "kind__exact"
    offered = tuple(Correction.Kind)


@admin.register(Correction)
class CorrectionAdmin(DatedAdmin):
    list_display = ("when", "kind", "article", "note", "who")
    list_display_links = None
    list_select_related = ("article", "by")
    list_filter = (KindFilter,)
