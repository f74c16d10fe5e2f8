"""Lists of the desk that never count: a COUNT over a million posts takes longer than the page."""

from typing import Any

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.core.paginator import EmptyPage, Page, Paginator
from django.http import HttpRequest
from django.utils.text import capfirst

# An offset beyond this has long been slower than a search, and may not fit the database's integers.
LAST_PAGE = 2_000


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
