"""Start, pause and “Poll now”: actions of the list, and buttons on the page of a channel."""

from itertools import batched
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.models import CHANGE, LogEntry
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from desk.admin import DeskAdmin
from desk.staff import staff_user
from web.words import count_of
from wires.forms import PauseForm
from wires.models import Channel, ChannelQuerySet, TooOften
from wires.schedule import switches

# Rows of the log in one transaction.
LOGGED_AT_ONCE = 500
# Sent by the buttons on the page of a channel, to come back there.
FROM_PAGE = "from_page"
GONE = "The channels that were chosen are not there any more."


class SwitchingAdmin(DeskAdmin):
    """The admin of channels, as far as it says which are polled, and when."""

    def has_poll_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("wires.poll_channel")

    @admin.action(description="Poll now", permissions=["poll"])
    def poll_now(self, request: HttpRequest, queryset: QuerySet[Channel]) -> HttpResponse | None:
        channels = _same(queryset)
        try:
            polled = switches.poll_now(channels, by=staff_user(request), at=timezone.now())
        except TooOften as error:
            self.message_user(request, f"Nothing is polled now. {error}", messages.ERROR)
            return self._back(request, queryset)
        self._log(request, polled.moved_up, "Poll now.")
        for keys, words, level in (
            (polled.moved_up, "polled as soon as the site may be asked", messages.SUCCESS),
            (polled.recent, "not polled again: that was less than a minute ago", messages.INFO),
            (polled.paused, "not polled: start polling first", messages.WARNING),
        ):
            if keys:
                self.message_user(request, f"{count_of(len(keys), 'channel')} {words}.", level)
        return self._back(request, queryset)

    @admin.action(description="Start polling", permissions=["poll"])
    def start_polling(
        self, request: HttpRequest, queryset: QuerySet[Channel]
    ) -> HttpResponse | None:
        self._started(request, switches.start(_same(queryset), even_ill=True))
        return self._back(request, queryset)

    @admin.action(description="Pause polling…", permissions=["poll"])
    def pause(self, request: HttpRequest, queryset: QuerySet[Channel]) -> HttpResponse | None:
        """Ask for the reason, then pause."""
        channels = list(queryset.order_by("code"))
        if not channels:
            # Asked for none, the page would be about all.
            self.message_user(request, GONE, messages.WARNING)
            return redirect("admin:wires_channel_changelist")
        form = PauseForm(request.POST if "reason" in request.POST else None)
        if not form.is_valid():
            return self._ask_why(request, form, channels)
        self._pause(request, _same(queryset), form)
        return self._back(request, queryset)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view
        return [
            path("start/", view(require_POST(self.start_all)), name="wires_channel_start"),
            path("pause/", view(require_POST(self.pause_all)), name="wires_channel_pause"),
            *super().get_urls(),
        ]

    def start_all(self, request: HttpRequest) -> HttpResponse:
        """Start every channel that the worker may fetch."""
        self.require(self.has_poll_permission(request))
        paused = Channel.objects.filter(paused=True)
        self._started(request, switches.start(paused, even_ill=False))
        return redirect("admin:wires_channel_changelist")

    def pause_all(self, request: HttpRequest) -> HttpResponse:
        """Ask for the reason, then pause every channel that is polled."""
        self.require(self.has_poll_permission(request))
        form = PauseForm(request.POST if "reason" in request.POST else None)
        if not form.is_valid():
            return self._ask_why(request, form, [])
        self._pause(request, Channel.objects.all(), form)
        return redirect("admin:wires_channel_changelist")

    def list_context(self, request: HttpRequest) -> dict[str, Any]:
        return {"may_poll": self.has_poll_permission(request)}

    def record_context(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        return {
            "may_poll": self.has_poll_permission(request),
            "checkbox": ACTION_CHECKBOX_NAME,
            "from_page": FROM_PAGE,
        }

    def _pause(self, request: HttpRequest, channels: ChannelQuerySet, form: PauseForm) -> None:
        reason = form.cleaned_data["reason"]
        keys = switches.pause(channels, reason=reason, at=timezone.now())
        self._log(request, keys, f"Paused: {reason}")
        self.message_user(request, f"{count_of(len(keys), 'channel')} paused.", messages.SUCCESS)

    def _started(self, request: HttpRequest, keys: list[int]) -> None:
        self._log(request, keys, "Polling started.")
        self.message_user(request, f"{count_of(len(keys), 'channel')} started.", messages.SUCCESS)

    def _log(self, request: HttpRequest, keys: list[int] | tuple[int, ...], words: str) -> None:
        user = staff_user(request)
        for some in batched(keys, LOGGED_AT_ONCE):
            LogEntry.objects.log_actions(
                user.pk, Channel.objects.filter(pk__in=some), CHANGE, words
            )

    def _ask_why(
        self, request: HttpRequest, form: PauseForm, channels: list[Channel]
    ) -> HttpResponse:
        """Ask why these are paused; without any, why all are."""
        context = {
            **self.admin_site.each_context(request),
            "title": "Pause polling" if channels else "Pause all channels",
            "opts": self.opts,
            "channels": channels,
            "form": form,
            "checkbox": ACTION_CHECKBOX_NAME,
            "from_page": FROM_PAGE if FROM_PAGE in request.POST else "",
        }
        return TemplateResponse(request, "admin/wires/channel/pause.html", context)

    def _back(self, request: HttpRequest, queryset: QuerySet[Channel]) -> HttpResponse | None:
        """Return to the page of the channel where the button was on it; None: to the list."""
        keys = queryset.values_list("pk", flat=True)[:1]
        if FROM_PAGE not in request.POST or not keys:
            return None
        return redirect(reverse("admin:wires_channel_change", args=[*keys]))


def _same(queryset: QuerySet[Channel]) -> ChannelQuerySet:
    """Return the chosen channels, without the joins and the order of the list."""
    return Channel.objects.filter(pk__in=list(queryset.values_list("pk", flat=True)))
