"""People and groups: superusers look after both.

Whom a superuser gives these rights gives nobody more than they have themselves.
"""

from typing import Any

from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from desk.admin import DeskAdmin, RightsFirst
from desk.lists import UncountedChangeList, UncountedPaginator
from desk.staff import staff_user
from desk.times import desk_time

# Auth registers its own admins when it is imported, which has happened by now.
admin.site.unregister(User)
admin.site.unregister(Group)

PRIVATE = {"is_superuser", "user_permissions"}


def groups_within(user: User) -> QuerySet[Group]:
    """The groups whose every permission this person has."""
    groups = Group.objects.order_by("name")
    if user.is_superuser:
        return groups
    beyond = Permission.objects.exclude(pk__in=permissions_of(user))
    return groups.exclude(permissions__in=beyond)


def permissions_of(user: User) -> QuerySet[Permission]:
    granted = Permission.objects.filter(group__user=user)
    return (granted | Permission.objects.filter(user=user)).distinct()


def is_within(other: User, user: User) -> bool:
    """Return whether `user` has all that `other` may do, and so may change them."""
    if user.is_superuser:
        return True
    return not other.is_superuser and other.get_all_permissions() <= user.get_all_permissions()


@admin.register(User)
class PeopleAdmin(RightsFirst, UserAdmin):
    heading = "People"
    paginator = UncountedPaginator
    show_full_result_count = False
    list_display = ("username", "full_name", "in_groups", "is_active", "last_here")
    list_filter = ("groups", "is_active")
    sortable_by = ()
    show_facets = admin.ShowFacets.NEVER
    ordering = ("username",)
    actions = None
    filter_horizontal = ()

    @admin.display(description="Name")
    def full_name(self, person: User) -> str:
        return person.get_full_name()

    @admin.display(description="Groups")
    def in_groups(self, person: User) -> str:
        return ", ".join(sorted(group.name for group in person.groups.all()))

    @admin.display(description="Last logged in, UTC")
    def last_here(self, person: User) -> str:
        return desk_time(person.last_login)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[UncountedChangeList]:
        return UncountedChangeList

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        people: QuerySet[User] = super().get_queryset(request)
        return people.prefetch_related("groups")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = bool(super().has_change_permission(request, obj))
        return may and (obj is None or is_within(obj, staff_user(request)))

    def user_change_password(
        self,
        request: HttpRequest,
        id: str,
        form_url: str = "",  # Django's name
    ) -> HttpResponse:
        self.require(self.has_change_permission(request))
        response: HttpResponse = super().user_change_password(request, id, form_url)
        return response

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody is deleted: the records name them. They are made inactive."""
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave out what only a superuser may give."""
        fieldsets = super().get_fieldsets(request, obj)
        if staff_user(request).is_superuser:
            return fieldsets
        return [
            (name, {**options, "fields": [f for f in options["fields"] if f not in PRIVATE]})
            for name, options in fieldsets
        ]

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["queryset"] = groups_within(staff_user(request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)


@admin.register(Group)
class GroupsAdmin(DeskAdmin, GroupAdmin):
    list_display = ("name",)
    ordering = ("name",)
    actions = None

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        if db_field.name == "permissions" and not staff_user(request).is_superuser:
            kwargs["queryset"] = permissions_of(staff_user(request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = bool(super().has_change_permission(request, obj))
        within = obj is None or groups_within(staff_user(request)).filter(pk=obj.pk).exists()
        return may and within
