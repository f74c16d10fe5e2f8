"""The admin of sections and authors, and of read-only records: versions, corrections."""

from functools import partial
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.models import ArticleVersion, Author, Correction, Section
from desk.admin import DeskAdmin, ReadOnlyAdmin
from desk.filters import OfferedFilter
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


@admin.register(Section)
class SectionAdmin(DeskAdmin):
    # Every public page lists the sections.
    after_save = (partial(generations.bump, "pages"),)
    list_display = ("name", "slug", "position")
    ordering = ("position", "name", "pk")
    search_fields = ("name",)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": ("name",)}


@admin.register(Author)
class AuthorAdmin(DeskAdmin):
    list_display = ("name", "slug")
    ordering = ("name", "pk")
    search_fields = ("name",)
    fields = ("name", "slug", "bio")

    def get_prepopulated_fields(self, request: HttpRequest, obj: Any = None) -> dict[str, Any]:
        return {} if obj else {"slug": ("name",)}


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
