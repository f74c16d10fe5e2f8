"""What every admin of the desk stands on."""

from collections.abc import Callable
from typing import Any, override

from django.contrib import admin
from django.contrib.admin.options import ActionLocation
from django.contrib.admin.views.main import ChangeList
from django.db import transaction
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse

from desk.forms import PlainForm, ShownOnlyActionForm
from desk.lists import UncountedChangeList, UncountedPaginator

ROWS = 50


class DeskAdmin(admin.ModelAdmin):
    """A list without COUNT, in one order, whose actions are buttons."""

    form: type[ModelForm] = PlainForm
    # What the list is called where the model's plural is not the desk's word for it.
    heading = ""
    # Called once a saved row is committed: public pages that show it have changed.
    after_save: tuple[Callable[[], None], ...] = ()
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

    def list_context(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the template of the list is told besides."""
        return {}

    def record_context(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        """Return what the template of one row is told besides."""
        return {}

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        extra = self.list_context(request)
        return super().changelist_view(request, extra | (extra_context or {}))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        extra = self.record_context(request, object_id)
        return super().change_view(request, object_id, form_url, extra | (extra_context or {}))

    @override
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        for call in self.after_save:
            transaction.on_commit(call, robust=True)

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
