"""What every admin of the desk stands on."""

from collections.abc import Callable
from typing import Any, override

from django.contrib import admin, messages
from django.contrib.admin.options import ActionLocation, BaseModelAdmin
from django.contrib.admin.views.main import ChangeList
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from desk.forms import OneOfTheRows, PlainForm, ShownOnlyActionForm, SlugInput, SomeOfTheRows
from desk.holders import Holder, why_held
from desk.lists import UncountedChangeList, UncountedPaginator

ROWS = 50


class RightsFirst(admin.ModelAdmin):
    """An admin that asks for the right before it reads a row, and takes any text for an id.

    Django's reads the row first, asks the database for ids that are no numbers, and for a column
    without a name.
    """

    def require(self, may: bool) -> None:  # noqa: FBT001  # require(self.has_add_permission(…))
        """Raise PermissionDenied where somebody may not."""
        if not may:
            raise PermissionDenied

    def get_object(
        self, request: HttpRequest, object_id: str, from_field: str | None = None
    ) -> Any:
        return super().get_object(request, object_id, from_field or None)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.require(self.has_view_or_change_permission(request))
        return super().changelist_view(request, extra_context)

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        is_new, is_post = object_id is None, request.method == "POST"
        self.require(
            self.has_add_permission(request)
            if is_new
            else self.has_change_permission(request)
            if is_post
            else self.has_view_or_change_permission(request)
        )
        return super().changeform_view(request, object_id, *args, **kwargs)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.require(self.has_delete_permission(request))
        return super().delete_view(request, object_id, extra_context)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.require(self.has_view_or_change_permission(request))
        return super().history_view(request, object_id, extra_context)


class TakesAnyId(BaseModelAdmin):
    """Fields with autocomplete that take any text for an id; for an admin or an inline."""

    def formfield_for_foreignkey(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", OneOfTheRows(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", SomeOfTheRows(db_field, self.admin_site))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


class PlainChoices(BaseModelAdmin):
    """Choices without links to their rows next to them, which lead away from a text."""

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field: Any = super().formfield_for_dbfield(db_field, request, **kwargs)
        if isinstance(getattr(field, "widget", None), RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


class DeskAdmin(TakesAnyId, RightsFirst):
    """A list without COUNT, in one order, whose actions are buttons."""

    form: type[ModelForm] = PlainForm
    formfield_overrides = {models.SlugField: {"widget": SlugInput}}
    # What the list is called where the model's plural is not the desk's word for it.
    heading = ""
    # Called once a row that was saved or deleted is committed: public pages that show it have changed.
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
    # Whether the first action of the list is what most people come for.
    is_first_action_main = True

    # What keeps a row from being deleted, in the order in which it is said.
    holders: tuple[Holder, ...] = ()

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
        self.require(self.has_view_or_change_permission(request))
        extra = self.list_context(request)
        return super().changelist_view(request, extra | (extra_context or {}))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        self.require(self.has_view_or_change_permission(request))
        extra = self.record_context(request, object_id)
        return super().change_view(request, object_id, form_url, extra | (extra_context or {}))

    def why_kept(self, row: Any) -> str:
        """Return what keeps a row from being deleted, and what to do instead; "" where it may go.

        One query where anything could, two where something does.
        """
        return why_held(row, self.holders)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Say on the page of a row why it has no button “Delete”."""
        row = context["original"]
        if row is not None and self.holders and self.has_delete_permission(request, row):
            why = self.why_kept(row)
            context |= {"why_kept": why, "show_delete": not why}
        return super().render_change_form(request, context, *args, **kwargs)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        self.require(self.has_delete_permission(request))
        row = self.get_object(request, object_id)
        if row is not None and (why := self.why_kept(row)):
            self.message_user(request, why, messages.ERROR)
            return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", row.pk)
        return super().delete_view(request, object_id, extra_context)

    @override
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        self._tell_pages()

    def delete_model(self, request: HttpRequest, obj: Any) -> None:
        super().delete_model(request, obj)
        self._tell_pages()

    def _tell_pages(self) -> None:
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
