"""The log of acts: who did what to which article, and when; as a list and as a file."""

import csv
import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.admin.records import DatedAdmin
from articles.models import Act
from desk.filters import OfferedFilter
from desk.times import clock_time
from web.words import count_of

COLUMNS = ("Time (UTC)", "Person", "Verb", "Article", "Headline", "Before", "After", "Public note")
PERIODS = {1: "Last 24 hours", 7: "Last 7 days", 30: "Last 30 days"}
# What a spreadsheet would take for a formula: its signs, also those as wide as an ideograph, where a
# cell begins, or might begin for one that parts cells by other signs than commas.
FORMULA = re.compile(r"(^|[;\t\r\n|])(?=\s*[=+\-@＝＋－＠])")  # noqa: RUF001  # these it is about


class VerbFilter(OfferedFilter):
    title, parameter_name = "verb", "verb__exact"
    # Only publishing writes these.
    offered = tuple(Act.Verb)


class PeriodFilter(admin.SimpleListFilter):
    title, parameter_name = "time", "days"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(days), label) for days, label in PERIODS.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        days = next((each for each in PERIODS if str(each) == self.value()), None)
        since = timezone.now() - timedelta(days=days) if days else None
        return queryset.filter(at__gte=since) if since else queryset


@admin.register(Act)
class ActAdmin(DatedAdmin):
    heading = "Log"
    change_list_template = "admin/articles/act/change_list.html"
    list_display = ("when", "who", "verb", "headline", "what")
    list_display_links = None
    list_select_related = ("by", "correction__version_before", "correction__version_after")
    list_filter = (VerbFilter, PeriodFilter)
    search_fields = ("headline", "by__username", "by__first_name", "by__last_name")
    search_help_text = "A person or words of the headline"

    @admin.display(description="Before and after")
    def what(self, act: Act) -> str:
        before, after = before_and_after(act)
        return f"{before} → {after}" if before and after else before or after

    def get_urls(self) -> list[URLPattern]:
        export = self.admin_site.admin_view(self.export)
        return [path("export/", export, name="articles_act_export"), *super().get_urls()]

    def export(self, request: HttpRequest) -> HttpResponse:
        """Return the log as a CSV file, with the filters and the search of the list."""
        self.require(self.has_view_permission(request))
        rows = self.get_changelist_instance(request).queryset
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        lines = csv.writer(response)
        lines.writerows(map(_cell, row) for row in _rows(rows))
        response.headers["Content-Disposition"] = 'attachment; filename="log.csv"'
        return response


def _rows(acts: QuerySet[Act]) -> Iterator[tuple[str, ...]]:
    yield COLUMNS
    for act in acts.iterator(chunk_size=1000):
        before, after = before_and_after(act)
        yield (
            act.at.isoformat(timespec="seconds"),
            str(act.by or "the system"),
            act.get_verb_display(),
            str(act.article_id or ""),
            act.headline,
            before,
            after,
            act.correction.note if act.correction else "",
        )


def _cell(text: str) -> str:
    return FORMULA.sub(r"\1'", text)


def before_and_after(act: Act) -> tuple[str, str]:
    """Return what an act changed, in words, "" where it says nothing. No query of a list's row."""
    if act.correction is not None:
        was, now = act.correction.version_before, act.correction.version_after
        return f"Version {was.n}" if was else "", f"Version {now.n}" if now else "withdrawn"
    detail = act.detail or {}
    if "before" in detail or "after" in detail:
        return _time(detail.get("before")) or "none", _time(detail.get("after")) or "none"
    if "for" in detail:
        return "", f"for {_time(detail['for'])}"
    if "problem" in detail:
        return f"for {_time(detail['scheduled_for'])}", str(detail["problem"])
    if "scheduled_for" in detail:
        late = detail.get("seconds_late")
        after = f"{count_of(int(late) // 60, 'minute')} late" if late else "on time"
        return f"for {_time(detail['scheduled_for'])}", after
    return "", ""


def _time(text: Any) -> str:
    at: datetime | None = parse_datetime(text) if isinstance(text, str) else None
    return clock_time(at)
