"""The account log: who did what to which account or group."""

from typing import Any

from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpRequest

from accounts.models import AccountAct
from desk.admin import ReadOnlyAdmin
from desk.filters import OfferedFilter
from desk.times import record_time

# As long as a key of the databases can be.
LONGEST_KEY = 18


class VerbFilter(OfferedFilter):
    title, parameter_name = "what was done", "verb__exact"
    offered = tuple(AccountAct.Verb)


class PersonFilter(admin.SimpleListFilter):
    """Offer the person that a link from their page names, and nobody else: there may be many."""

    title, parameter_name = "person", "person"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        people = User.objects.filter(pk=self.key) if self.key else []
        return [(str(person.pk), person.get_username()) for person in people]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(person=self.key) if self.key else queryset

    @property
    def key(self) -> int:
        """Return the key that was asked for, 0 where it is none."""
        value = self.value() or ""
        return int(value) if value.isdecimal() and len(value) <= LONGEST_KEY else 0


@admin.register(AccountAct)
class AccountActAdmin(ReadOnlyAdmin):
    heading = "Account log"
    list_display = ("when", "who", "what", "whose", "what_changed")
    list_display_links = None
    list_select_related = ("by",)
    list_filter = (VerbFilter, PersonFilter)
    search_fields = ("name__istartswith",)
    search_help_text = "Search by the beginning of a username, or of the name of a group."
    ordering = ("-at", "-pk")

    @admin.display(description="UTC")
    def when(self, act: AccountAct) -> str:
        return record_time(act.at)

    @admin.display(description="By")
    def who(self, act: AccountAct) -> str:
        return act.who

    @admin.display(description="What was done")
    def what(self, act: AccountAct) -> str:
        return act.get_verb_display()

    @admin.display(description="Account or group")
    def whose(self, act: AccountAct) -> str:
        return act.name

    @admin.display(description="What changed")
    def what_changed(self, act: AccountAct) -> str:
        return act.what_changed
