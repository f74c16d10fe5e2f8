"""Groups: what their members may do."""

from typing import Any, override

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils import timezone

from accounts import acts
from accounts.forms import GroupForm
from accounts.rights import groups_within, is_administrator, permissions_of
from desk.admin import DeskAdmin
from desk.staff import staff_user

admin.site.unregister(Group)


@admin.register(Group)
class GroupsAdmin(DeskAdmin, GroupAdmin):
    form = GroupForm
    list_display = ("name",)
    ordering = ("name",)
    actions = None
    # The widget with two lists needs a script, and is not accessible.
    filter_horizontal = ()

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        user = staff_user(request)
        if db_field.name == "permissions" and not is_administrator(user):
            kwargs["queryset"] = permissions_of(user)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = bool(super().has_change_permission(request, obj))
        return may and (obj is None or self._may_change(obj, request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = bool(super().has_delete_permission(request, obj))
        return may and (obj is None or self._may_change(obj, request))

    def _may_change(self, group: Group, request: HttpRequest) -> bool:
        """Return whether this person may say what the group may do; nobody may of their own."""
        user = staff_user(request)
        if user.is_superuser:
            return True
        is_own = user.groups.filter(pk=group.pk).exists()
        return not is_own and groups_within(user).filter(pk=group.pk).exists()

    @override
    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """Remember the group as it was, for the log."""
        form.before = acts.read_group(form.instance) if change else None
        return super().save_form(request, form, change)

    @override
    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        by, at = staff_user(request), timezone.now()
        acts.record_group(form.before, acts.read_group(form.instance), by=by, at=at)

    def delete_model(self, request: HttpRequest, obj: Group) -> None:
        before = acts.read_group(obj)
        super().delete_model(request, obj)
        acts.record_group(before, None, by=staff_user(request), at=timezone.now())
