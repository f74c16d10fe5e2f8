"""Outlets and their channels: what is polled, its status, and the buttons that start it."""

from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import Any, cast, override

from django.conf import settings
from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.db import IntegrityError
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html, format_html_join

from desk.admin import DeskAdmin
from desk.holders import Holder
from desk.lists import UncountedChangeList
from desk.times import desk_time
from web.words import count_of
from wires import generations
from wires.admin.listing import ChannelListAdmin
from wires.admin.testing import find_test_of
from wires.channel_forms import ChannelForm
from wires.forms import OutletForm
from wires.ingest.billing import next_month, posts_left
from wires.ingest.channels import make_outlet
from wires.models import Capture, Channel, ChannelQuerySet, Outlet, Post, PostAlias
from wires.schedule.moves import SIGHTINGS
from wires.schedule.switches import UNREAD, WELL
from wires.watching import health_of, posts_today

# The channel's status: shown, never written by hand.
WATCHED = (
    "polled",
    "condition",
    "moves",
    "offered",
    "spent",
    "last_poll",
    "last_read",
    "last_post",
)


# The form of a new channel: the address first, which tells most of the rest.
NEW = (
    "address",
    "platform",
    "account",
    "outlet_name",
    "outlet",
    "code",
    "language",
    "time_zone",
    "on_ticker",
    "origin",
    "interval_minutes",
    "monthly_limit",
    "identity",
    "start",
)
# What an address that was tested, or a feed that was chosen, puts into the form of a channel.
FILLED = ("address", "platform")


@admin.register(Outlet)
class OutletAdmin(DeskAdmin):
    holders = (
        Holder(
            Channel,
            "outlet",
            "{name} is a channel of it. Delete its channels first; one that has posts is paused instead.",
        ),
    )
    after_save = (partial(generations.bump, "wire"), partial(generations.bump, "pages"))
    form = OutletForm
    list_display = ("name", "affiliation", "country", "language", "other_names")
    search_fields = ("name", "slug")
    ordering = ("name", "pk")
    prepopulated_fields = {"slug": ("name",)}

    @admin.display(description="Also called")
    def other_names(self, outlet: Outlet) -> str:
        return ", ".join(map(str, outlet.aliases))


class Channels(UncountedChangeList):
    """The list of channels, with what each of the page posted today. One query more."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        keys = [channel.pk for channel in self.result_list]
        counts = posts_today(keys, at=timezone.now())
        for channel in self.result_list:
            channel.posts_today = counts.get(channel.pk, 0)


class AttentionFilter(admin.SimpleListFilter):
    title, parameter_name = "attention", "attention"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return [("yes", "Needs attention")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() != "yes":
            return queryset
        return cast("ChannelQuerySet", queryset).needing_attention(timezone.now())


@admin.register(Channel)
class ChannelAdmin(ChannelListAdmin):
    holders = (
        Holder(Post, "channel", "it has posts. Pause it instead."),
        Holder(PostAlias, "channel", "posts were found in it too. Pause it instead."),
        Holder(Capture, "channel", "what it answered is kept as evidence. Pause it instead."),
    )
    after_save = (partial(generations.bump, "wire"), partial(generations.bump, "pages"))
    form = ChannelForm
    list_display = ("code", "outlet", "platform", "polled", "condition", "last_post", "every")
    list_display_links = ("code",)
    list_filter = (AttentionFilter, "platform", "health", "paused", "origin")
    list_select_related = ("outlet",)
    search_fields = ("code", "outlet__name", "address")
    ordering = ("code",)
    autocomplete_fields = ("outlet",)
    actions = ("poll_now", "start_polling", "pause")
    fields = (
        "outlet",
        "platform",
        "address",
        "account",
        "code",
        "language",
        "time_zone",
        "on_ticker",
        "origin",
        "interval_minutes",
        "monthly_limit",
        "identity",
        *WATCHED,
    )
    readonly_fields = WATCHED

    @admin.display(description="Polling")
    def polled(self, channel: Channel) -> str:
        if channel.origin != Channel.Origin.POLLED:
            return channel.get_origin_display().capitalize()
        if why_off := settings.PLATFORMS_OFF.get(channel.platform):
            return f"Off: {why_off}"
        if not channel.paused:
            return "On"
        since = f"Paused since {_utc(channel.paused_at)}" if channel.paused_at else "Paused"
        return f"{since}: {channel.paused_reason}" if channel.paused_reason else since

    @admin.display(description="Status")
    def condition(self, channel: Channel) -> str:
        """Describe how the channel is in words. A query unless the list has counted its posts."""
        at = timezone.now()
        counted = getattr(channel, "posts_today", None)
        posts = posts_today([channel.pk], at=at).get(channel.pk, 0) if counted is None else counted
        health = health_of(channel, posts=posts, at=at)
        return format_html(
            '<span class="health health--{}"><span class="health__state">{}</span> {}</span>',
            "silent" if channel.is_silent() else channel.health,
            health.words,
            health.advice,
        )

    @admin.display(description="Redirects")
    def moves(self, channel: Channel) -> str:
        """Say where the address leads for good, and where the channel was before it moved."""
        if channel.moved_to:
            return f"To {channel.moved_to}, seen {channel.moved_seen} of {SIGHTINGS} times in a row"
        if channel.moved_at:
            return f"Moved here from {channel.moved_from}, {_utc(channel.moved_at)}"
        return "none"

    @admin.display(description="Feeds found at this address")
    def offered(self, channel: Channel) -> str:
        """List the feeds that a page offers which is not one itself."""
        found = format_html_join(", ", "{}", ((address,) for address in channel.offered_feeds))
        return found or "none"

    @admin.display(description="Last post")
    def last_post(self, channel: Channel) -> str:
        return _utc(channel.last_post_at) or "none yet"

    @admin.display(description="Paid for this month")
    def spent(self, channel: Channel) -> str:
        if not channel.on_platform.is_billed:
            return "Nothing: reading it is free"
        at = timezone.now()
        read, limit = channel.billed_in(at), channel.monthly_limit
        words = f"{read:,} of {count_of(limit, 'post')}"
        if posts_left(channel, at=at) or not limit:
            return words
        return f"{words}: the limit is reached, polling goes on on {next_month(at):%-d %B}"

    @admin.display(description="Last polled")
    def last_poll(self, channel: Channel) -> str:
        return _utc(channel.last_polled_at) or "not yet"

    @admin.display(description="Last complete read")
    def last_read(self, channel: Channel) -> str:
        return _utc(channel.last_read_at) or "not yet"

    @admin.display(description="Poll every")
    def every(self, channel: Channel) -> str:
        return f"{channel.interval_minutes} min"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Channels

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave out the status of a channel that does not exist yet."""
        if obj:
            return self.fields
        may_poll = self.has_poll_permission(request)
        return [name for name in NEW if may_poll or name != "start"]

    @override
    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> type[ModelForm]:
        """Return a form that knows what a test of the address has found."""
        form = super().get_form(request, obj, change=change, **kwargs)
        test = find_test_of(request)
        known = (test.account, test.found.get("numeric_id", "")) if test else ("", "")
        filled = {name: request.GET[name] for name in FILLED if name in request.GET}
        may_poll = self.has_poll_permission(request)
        said = {"tested": known, "filled": filled if obj else {}, "may_poll": may_poll}
        return type(form.__name__, (form,), said)

    @override
    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """Add and change a channel; the later of two who add one source is told so."""
        try:
            return super().changeform_view(request, object_id, *args, **kwargs)
        except IntegrityError:
            # Now the form finds what the other one saved meanwhile.
            return super().changeform_view(request, object_id, *args, **kwargs)

    @override
    def save_model(self, request: HttpRequest, obj: Channel, form: ModelForm, change: bool) -> None:
        """Forget what was known of the old address when it changes."""
        if change and {"account", "address", "platform"} & set(form.changed_data):
            # The number belongs to the old account, whatever that is called now.
            for field, value in (UNREAD | WELL | {"numeric_id": ""}).items():
                setattr(obj, field, value)
        if change and "monthly_limit" in form.changed_data:
            obj.next_poll_at = None
        if isinstance(form, ChannelForm) and (number := form.tested_number()):
            obj.numeric_id = number
        if not change:
            self._begin(request, obj, form)
        super().save_model(request, obj, form, change)

    def _begin(self, request: HttpRequest, channel: Channel, form: ModelForm) -> None:
        """Save the outlet of a new channel if it is new too, and start polling if that is wanted."""
        if channel.outlet.pk is None:
            self.require(request.user.has_perm("wires.add_outlet"))
            channel.outlet = make_outlet(channel.outlet.name)
        is_polled = channel.origin == Channel.Origin.POLLED
        channel.paused = not (is_polled and form.cleaned_data.get("start"))


def _utc(at: datetime | None) -> str:
    return f"{desk_time(at)} UTC" if at else ""
