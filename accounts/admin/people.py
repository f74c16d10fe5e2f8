"""People: who has an account, what they may do, and whether they count as a second person."""

from typing import Any, override

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone

from accounts import acts
from accounts.admin.panel import AccountPanel
from accounts.forms import PersonForm
from accounts.login import why_not_logged_in
from accounts.models import AccountAct
from accounts.rights import groups_within, is_administrator, may_change
from desk.admin import DeskAdmin
from desk.staff import staff_user
from desk.times import desk_time

# Auth registers its own admin when it is imported, which has happened by now.
admin.site.unregister(User)

ONLY_SUPERUSERS_GIVE = {"is_superuser"}
ONLY_ADMINISTRATORS_GIVE = {"is_superuser", "user_permissions"}
# Nobody says what they may do themselves.
NOT_OF_ONESELF = ("is_active", "groups", "user_permissions")


@admin.register(User)
class PeopleAdmin(DeskAdmin, UserAdmin):
    heading = "People"
    # What the filter calls those without a group.
    empty_value_display = "none"
    form = PersonForm
    # Everybody has a password here: django offers accounts without one, for other ways to log in.
    add_form = UserCreationForm
    add_fieldsets = ((None, {"fields": ("username", "password1", "password2")}),)
    change_form_template = "admin/accounts/person.html"
    fieldsets = (
        (None, {"fields": ("username", "password")}),
        ("Personal details", {"fields": ("first_name", "last_name", "email")}),
        (
            "What they may do",
            {"fields": ("is_active", "is_superuser", "groups", "user_permissions")},
        ),
    )
    list_display = ("username", "full_name", "in_groups", "is_active", "last_here")
    list_filter = ("groups", "is_active")
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

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        people: QuerySet[User] = super().get_queryset(request)
        return people.prefetch_related("groups")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        may = bool(super().has_change_permission(request, obj))
        return may and (obj is None or may_change(obj, by=staff_user(request)))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody is deleted: the records name them. They are made inactive."""
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave out what this person may not give."""
        fieldsets, user = super().get_fieldsets(request, obj), staff_user(request)
        if user.is_superuser:
            return fieldsets
        private = ONLY_SUPERUSERS_GIVE if is_administrator(user) else ONLY_ADMINISTRATORS_GIVE
        return [
            (name, {**options, "fields": [f for f in options["fields"] if f not in private]})
            for name, options in fieldsets
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Show, but do not let people change, what they may do themselves."""
        user = staff_user(request)
        if obj is None or obj.pk != user.pk:
            return ()
        # A superuser may give up being one, and has somebody else's help in nothing else.
        return NOT_OF_ONESELF[:1] if user.is_superuser else NOT_OF_ONESELF

    def formfield_for_manytomany(self, db_field: Any, request: Any = None, **kwargs: Any) -> Any:
        if db_field.name == "groups":
            kwargs["queryset"] = groups_within(staff_user(request))
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def record_context(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        person = self.get_object(request, unquote(object_id))
        if person is None:
            return {}
        return {"account": AccountPanel(person, user=staff_user(request), at=timezone.now())}

    @override
    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        """Remember the account as it was, for the log."""
        form.before = acts.read_profile(form.instance) if change else None
        return super().save_form(request, form, change)

    @override
    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        # Whom the desk gives an account works at the desk; is_active keeps people out.
        obj.is_staff = True
        super().save_model(request, obj, form, change)
        if not change:
            acts.record_made(obj, by=staff_user(request), at=timezone.now())

    @override
    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        person = form.instance
        if form.before is None:
            return
        after = acts.read_profile(person)
        acts.record_changes(person, form.before, after, by=staff_user(request), at=timezone.now())
        if after.groups and (why := why_not_logged_in(person)):
            messages.warning(request, f"{person.get_username()} cannot log in: {why}")

    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """Set the password of a person, and log who did."""
        with transaction.atomic():
            before = self.get_object(request, unquote(id))
            response: HttpResponse = super().user_change_password(request, id, form_url)
            after = self.get_object(request, unquote(id))
            if before and after and before.password != after.password:
                usable = after.has_usable_password()
                by, at = staff_user(request), timezone.now()
                acts.record(after, AccountAct.Verb.PASSWORD, by=by, at=at, usable=usable)
        return response

    def get_urls(self) -> list[URLPattern]:
        confirm = self.admin_site.admin_view(self.confirm)
        return [path("<id>/confirm/", confirm, name="auth_user_confirm"), *super().get_urls()]

    def confirm(self, request: HttpRequest, id: str) -> HttpResponse:
        """Ask, then confirm an account, so that it counts before it is a day old."""
        if not is_administrator(staff_user(request)):
            raise PermissionDenied
        person = self.get_object(request, unquote(id))
        if person is None:
            raise Http404
        if request.method != "POST":
            context = {
                **self.admin_site.each_context(request),
                "title": f"Confirm the account of {person.get_username()}",
                "opts": self.opts,
                "person": person,
            }
            return TemplateResponse(request, "admin/accounts/confirm.html", context)
        try:
            acts.confirm(person, by=staff_user(request), at=timezone.now())
        except acts.CannotConfirm as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"The account of {person.get_username()} counts from now on.")
        return redirect("admin:auth_user_change", person.pk)
