"""Filters of the desk's lists."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.text import capfirst


class OfferedFilter(admin.SimpleListFilter):
    """A filter by a column of choices that offers only those that rows can have by now.

    `parameter_name` is the column and `__exact`, as in Django's own links.
    """

    offered: tuple[Any, ...] = ()

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(str(choice.value), capfirst(choice.label)) for choice in self.offered]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        return queryset.filter(**{str(self.parameter_name): value}) if value else queryset
