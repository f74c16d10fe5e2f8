"""Providers of quotes: how each one is, in words, and the button that polls it now."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html

from desk.admin import DeskAdmin
from desk.times import desk_time
from markets.models import Provider
from markets.schedule import UNREAD
from web.words import count_of

WATCHED = ("provides", "polling", "condition", "last_poll", "next_poll")
WELL = {"health": Provider.Health.SOUND, "failures": 0, "last_error": "", "last_error_at": None}


@admin.register(Provider)
class ProviderAdmin(DeskAdmin):
    list_display = ("name", "polling", "condition", "provides", "next_poll", "every")
    list_display_links = ("name",)
    ordering = ("code",)
    actions = ("poll_now", "start", "pause")
    fields = ("interval_minutes", *WATCHED)
    readonly_fields = WATCHED

    @admin.display(description="Polling")
    def polling(self, provider: Provider) -> str:
        return "Paused" if provider.paused else "On"

    @admin.display(description="Status")
    def condition(self, provider: Provider) -> str:
        """Say in words how the provider is, and since when."""
        if not provider.last_error and provider.is_used_up(timezone.now()):
            return f"Asked {provider.asked_times} times today, its limit; again from 00:00 UTC"
        if not provider.last_error:
            read = provider.last_read_at
            return f"Working, read {desk_time(read)} UTC" if read else "Not read yet"
        tries = f", tried {provider.failures} times" if provider.failures > 1 else ""
        since = f"since {desk_time(provider.last_error_at)} UTC" if provider.last_error_at else ""
        return format_html(
            '<span class="health health--{}"><b class="health__state">{}</b> {} ({}{})</span>',
            provider.health,
            provider.get_health_display().capitalize(),
            provider.last_error,
            since,
            tries,
        )

    @admin.display(description="On the strip")
    def provides(self, provider: Provider) -> str:
        words = count_of(getattr(provider, "shown", 0), "instrument")
        standing_by = getattr(provider, "standing_by", 0)
        return f"{words}, standby for {standing_by}" if standing_by else words

    @admin.display(description="Last polled")
    def last_poll(self, provider: Provider) -> str:
        at = provider.last_polled_at
        return f"{desk_time(at)} UTC" if at else "not yet"

    @admin.display(description="Next poll")
    def next_poll(self, provider: Provider) -> str:
        if provider.paused:
            return "none while paused"
        at = provider.next_poll_at
        return f"{desk_time(at)} UTC" if at else "now"

    @admin.display(description="Poll every")
    def every(self, provider: Provider) -> str:
        return f"{provider.interval_minutes} min"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Provider]:
        rows: QuerySet[Provider] = super().get_queryset(request)
        own, others = Q(instruments__is_shown=True), Q(stands_by__is_shown=True)
        return rows.annotate(
            shown=Count("instruments", filter=own, distinct=True),
            standing_by=Count("stands_by", filter=others, distinct=True),
        )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse: providers are defined in code, each with an adapter."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_poll_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("markets.poll_provider")

    @admin.action(description="Poll now", permissions=["poll"])
    def poll_now(self, request: HttpRequest, queryset: QuerySet[Provider]) -> None:
        """Have the worker ask it in its next round, as if for the first time."""
        asked = _chosen(queryset).filter(paused=False).update(**UNREAD)
        self.message_user(
            request,
            f"{count_of(asked, 'provider')} will be polled within seconds.",
            messages.SUCCESS,
        )
        if paused := _chosen(queryset).filter(paused=True).count():
            message = f"{count_of(paused, 'provider')} not polled because polling is paused. Start polling first."
            self.message_user(request, message, messages.WARNING)

    @admin.action(description="Start polling", permissions=["poll"])
    def start(self, request: HttpRequest, queryset: QuerySet[Provider]) -> None:
        # Someone who starts a provider by name has seen its error and wants another try.
        count = _chosen(queryset).update(paused=False, **UNREAD, **WELL)
        self.message_user(request, f"{count_of(count, 'provider')} started.", messages.SUCCESS)

    @admin.action(description="Pause polling", permissions=["poll"])
    def pause(self, request: HttpRequest, queryset: QuerySet[Provider]) -> None:
        count = _chosen(queryset).update(paused=True)
        self.message_user(request, f"{count_of(count, 'provider')} paused.", messages.SUCCESS)


def _chosen(queryset: QuerySet[Provider]) -> QuerySet[Provider]:
    # The list's own rows are counted together with their instruments, which no update can be.
    return Provider.objects.filter(pk__in=list(queryset.values_list("pk", flat=True)))
