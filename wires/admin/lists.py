"""Lists of the desk that never count: a COUNT over a million posts takes longer than the page."""

from functools import partial
from typing import Any, cast, override

from django.contrib import admin
from django.contrib.admin.helpers import ActionForm
from django.contrib.admin.options import ActionLocation, IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.contrib.auth.models import User
from django.core.paginator import EmptyPage, Page, Paginator
from django.db import transaction
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.text import capfirst

from wires import generations
from wires.forms import PlainForm

ROWS = 50
# An offset beyond this has long been slower than a search, and may not fit the database's integers.
LAST_PAGE = 2_000


def staff_user(request: HttpRequest) -> User:
    """Return the user of a request. The desk lets in staff only."""
    return cast("User", request.user)


class UncountedPage(Page):
    """A page that knows only whether another follows."""

    def __init__(self, rows: list[Any], number: int, paginator: Paginator, *, more: bool) -> None:
        super().__init__(rows, number, paginator)
        self.more = more

    def has_next(self) -> bool:
        return self.more


class UncountedPaginator(Paginator):
    """Read one row more than a page holds, instead of counting."""

    num_pages = LAST_PAGE

    def validate_number(self, number: Any) -> int:
        if not str(number).isdecimal() or not 1 <= int(number) <= LAST_PAGE:
            message = (
                f"Pages go from 1 to {LAST_PAGE}. Use a filter or a search to narrow the list."
            )
            raise EmptyPage(message)
        return int(number)

    def page(self, number: int | str) -> UncountedPage:
        """Return that page. One query; raises EmptyPage for a number out of bounds."""
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        rows = list(self.object_list[first : first + self.per_page + 1])
        return UncountedPage(rows[: self.per_page], number, self, more=len(rows) > self.per_page)


class UncountedChangeList(ChangeList):
    newer = older = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        heading = getattr(self.model_admin, "heading", "")
        self.title = heading or capfirst(str(self.opts.verbose_name_plural))

    def get_results(self, request: HttpRequest) -> None:
        paginator = self.model_admin.get_paginator(request, self.queryset, self.list_per_page)
        try:
            page = paginator.page(self.page_num)
        except EmptyPage as error:
            raise IncorrectLookupParameters from error
        self.paginator, self.result_list = paginator, page.object_list
        self.result_count = len(page.object_list)
        # Equal, so that the search form claims no total.
        self.full_result_count, self.show_full_result_count = self.result_count, False
        self.show_admin_actions, self.can_show_all = True, False
        self.multi_page = page.has_other_pages()
        self.newer = (
            self.get_query_string({PAGE_VAR: self.page_num - 1}) if page.has_previous() else ""
        )
        self.older = self.get_query_string({PAGE_VAR: self.page_num + 1}) if page.has_next() else ""


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


class ShownOnlyActionForm(ActionForm):
    """An action touches the rows that were ticked, never a whole filtered table unseen."""

    def clean_select_across(self) -> bool:
        return False


class DeskAdmin(admin.ModelAdmin):
    """A list without COUNT, in one order, whose actions are buttons."""

    form: type[ModelForm] = PlainForm
    # What the list is called where the model's plural is not the desk's word for it.
    heading = ""
    # The generations that a saved row moves, because public pages show it.
    moves: tuple[str, ...] = ()
    paginator = UncountedPaginator
    show_full_result_count = False
    list_per_page = ROWS
    sortable_by = ()
    # Facets count each filter’s rows.
    show_facets = admin.ShowFacets.NEVER
    empty_value_display = ""
    action_form = ShownOnlyActionForm
    actions_selection_counter = True

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return UncountedChangeList

    @override
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        for name in self.moves:
            transaction.on_commit(partial(generations.bump, name), robust=True)

    def get_actions(
        self, request: HttpRequest, action_location: ActionLocation = ActionLocation.CHANGE_LIST
    ) -> dict[str, Any]:
        """Return our own actions: nothing in this project is deleted in bulk."""
        actions: dict[str, Any] = super().get_actions(request, action_location=action_location)
        actions.pop("delete_selected", None)
        return actions


class ReadOnlyAdmin(DeskAdmin):
    """Rows that the code writes and people only read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
