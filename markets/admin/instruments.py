"""Instruments in the order of the strip: the last quote of each, its age, what was held back."""

from collections.abc import Iterable
from datetime import timedelta
from functools import partial
from typing import Any, override

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.forms import ModelForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.html import format_html

from desk.admin import DeskAdmin
from desk.staff import staff_user
from desk.times import desk_time
from markets import ingest
from markets.forms import CorrectForm, InstrumentForm
from markets.ingest.hand import NotAcceptable
from markets.models import HeldQuote, Instrument, Provider, Quote
from markets.schedule import UNREAD
from markets.strip import all_hours, ending, quote_of
from web.words import count_of, plural
from wires import generations

WATCHED = ("last_quote", "age", "held_back")
# With these changes, "nothing new" is no longer an answer to what is asked.
STOOD_IN_BY = {"standby", "standby_symbol"}
ASKED_BY = {"provider", "provider_symbol", "is_shown"} | STOOD_IN_BY
# What makes another price of the same answer, or another's.
PRICED_BY = {"provider", "provider_symbol", "divided_by", "currency"}
STEP = 10


@admin.register(Instrument)
class InstrumentAdmin(DeskAdmin):
    heading = "Quotes"
    after_save = (partial(generations.bump, "quotes"),)
    form = InstrumentForm
    list_display = ("label", "group", "last_quote", "age", "provider", "held_back", "on")
    list_display_links = ("label",)
    list_filter = ("is_shown", "group", "provider")
    list_select_related = ("provider", "quote__corrected_by", "quote__given_by", "held")
    search_fields = ("label", "symbol", "provider_symbol")
    ordering = ("position", "pk")
    actions = ("put_on", "take_off", "move_up", "move_down", "release", "accept")
    fields = (*InstrumentForm.Meta.fields, *WATCHED)
    readonly_fields = WATCHED
    change_form_template = "admin/markets/instrument/change_form.html"

    @admin.display(description="Last quote")
    def last_quote(self, instrument: Instrument) -> str:
        quote = quote_of(instrument)
        if quote is None:
            return "none yet"
        words = f"{instrument.written(quote.price)}, {desk_time(quote.quoted_at)} UTC"
        if quote.is_by_hand:
            return f"{words}, by hand: {quote.corrected_by}, “{quote.reason}”"
        if quote.is_demo:
            return f"{words}, {quote.get_origin_display()}"
        giver = quote.given_by
        return f"{words}, from {giver}" if giver and giver != instrument.provider else words

    @admin.display(description="Age")
    def age(self, instrument: Instrument) -> str:
        """Say how old the quote is, and whether that is too old."""
        quote = quote_of(instrument)
        if quote is None:
            return ""
        at = timezone.now()
        words = lasted(at - quote.quoted_at)
        if quote.is_current(at):
            return f"{words}; valid until {desk_time(quote.current_until)} UTC"
        return f"{words}, stale" if quote.is_stale(instrument, at) else words

    @admin.display(description="Held back")
    def held_back(self, instrument: Instrument) -> str:
        """Say what came and was not shown, why, and whether that is over."""
        held: HeldQuote | None = getattr(instrument, "held", None)
        if held is None:
            return ""
        often = f", {held.times} times" if held.times > 1 else ""
        words = f"{held.reason} (since {desk_time(held.held_at)} UTC{often})"
        if held.over_at:
            return f"Ended {desk_time(held.over_at)} UTC: {words}"
        return format_html(
            '<span class="health health--failing"><b class="health__state">Held</b> {}</span>',
            words,
        )

    @admin.display(description="On the strip", boolean=False)
    def on(self, instrument: Instrument) -> str:
        return "On" if instrument.is_shown else "Off"

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Leave out how it goes with an instrument that is not there yet."""
        return [name for name in self.fields if obj or name not in WATCHED]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing is deleted: it is taken off the strip."""
        return False

    def has_correct_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("markets.correct_quote")

    @admin.action(description="Show on strip", permissions=["change"])
    def put_on(self, request: HttpRequest, queryset: QuerySet[Instrument]) -> None:
        self._show(request, queryset, is_shown=True)

    @admin.action(description="Remove from strip", permissions=["change"])
    def take_off(self, request: HttpRequest, queryset: QuerySet[Instrument]) -> None:
        self._show(request, queryset, is_shown=False)

    def _show(
        self, request: HttpRequest, queryset: QuerySet[Instrument], *, is_shown: bool
    ) -> None:
        chosen = Instrument.objects.filter(pk__in=list(queryset.values_list("pk", flat=True)))
        with transaction.atomic():
            count = chosen.exclude(is_shown=is_shown).update(is_shown=is_shown)
            ask_anew(chosen.values_list("provider", flat=True))
            announce_change()
        where = "added to the strip" if is_shown else "removed from the strip"
        self.message_user(request, f"{count_of(count, 'instrument')} {where}.", messages.SUCCESS)

    @admin.action(description="Move up", permissions=["change"])
    def move_up(self, request: HttpRequest, queryset: QuerySet[Instrument]) -> None:
        self._move(set(queryset.values_list("pk", flat=True)), is_up=True)

    @admin.action(description="Move down", permissions=["change"])
    def move_down(self, request: HttpRequest, queryset: QuerySet[Instrument]) -> None:
        self._move(set(queryset.values_list("pk", flat=True)), is_up=False)

    def _move(self, chosen: set[int], *, is_up: bool) -> None:
        """Swap the chosen rows with their neighbours and renumber all rows."""
        with transaction.atomic():
            # Locked as store() does, and read only then: a query that waits keeps its old order.
            list(Instrument.objects.select_for_update(no_key=True).order_by("pk").values_list("pk"))
            ordered = list(Instrument.objects.in_order())
            for n in moves(ordered, chosen, is_up=is_up):
                ordered[n], ordered[n + 1] = ordered[n + 1], ordered[n]
            for n, instrument in enumerate(ordered, start=1):
                instrument.position = n * STEP
            Instrument.objects.bulk_update(ordered, ["position"])
            announce_change()

    @admin.action(description="Restore provider’s quote", permissions=["correct"])
    def release(self, request: HttpRequest, queryset: QuerySet[Instrument]) -> None:
        at = timezone.now()
        released = [one for one in queryset if ingest.release(one, at=at)]
        for instrument in released:
            self.log_change(request, instrument, "Provider’s quote restored.")
        ask_anew(instrument.provider_id for instrument in released)
        self.message_user(
            request, f"{_wait(len(released))} for the provider’s next quote.", messages.SUCCESS
        )

    @admin.action(description="Accept held quote", permissions=["correct"])
    def accept(self, request: HttpRequest, queryset: QuerySet[Instrument]) -> None:
        """Show what was held back after all, one by one; say of which that cannot be."""
        at = timezone.now()
        for instrument in queryset:
            try:
                quote = ingest.accept(instrument, at=at)
            except NotAcceptable as error:
                self.message_user(request, str(error), messages.ERROR)
                continue
            words = f"{instrument.written(quote.price)} accepted."
            self.log_change(request, instrument, words)
            self.message_user(request, f"{instrument}: {words}", messages.SUCCESS)

    def get_urls(self) -> list[URLPattern]:
        correct = self.admin_site.admin_view(self.correct)
        return [
            path("<int:pk>/correct/", correct, name="markets_instrument_correct"),
            *super().get_urls(),
        ]

    def correct(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write a quote by hand."""
        if not self.has_correct_permission(request):
            raise PermissionDenied
        instrument = get_object_or_404(Instrument.objects.with_quotes(), pk=pk)
        form = CorrectForm(request.POST or None)
        if form.is_valid():
            quote = ingest.correct(
                instrument, **form.cleaned_data, by=staff_user(request), at=timezone.now()
            )
            self._say_corrected(request, instrument, quote)
            return redirect("admin:markets_instrument_changelist")
        context = {
            **self.admin_site.each_context(request),
            "title": f"Correct {instrument.label} by hand",
            "opts": self.opts,
            "instrument": instrument,
            "last_quote": self.last_quote(instrument),
            "form": form,
        }
        return TemplateResponse(request, "admin/markets/instrument/correct.html", context)

    def _say_corrected(self, request: HttpRequest, instrument: Instrument, quote: Quote) -> None:
        price = instrument.written(quote.price)
        self.log_change(request, instrument, f"{price} entered by hand: {quote.reason}")
        until = desk_time(quote.current_until)
        said = (
            f"{instrument} is now {price}, marked “by hand”, until {until} UTC or until restored."
        )
        self.message_user(request, said, messages.SUCCESS)

    def list_context(self, request: HttpRequest) -> dict[str, Any]:
        at = timezone.now()
        unknown = [hours for hours in all_hours(at).values() if not hours.state]
        return {"unknown_hours": unknown, "ending": ending(at)}

    def record_context(self, request: HttpRequest, object_id: str) -> dict[str, Any]:
        return {"may_correct": self.has_correct_permission(request)}

    @override
    def save_model(
        self, request: HttpRequest, obj: Instrument, form: ModelForm, change: bool
    ) -> None:
        super().save_model(request, obj, form, change)
        changed = set(form.changed_data)
        if change and PRICED_BY & changed:
            forget_quotes(obj)
        elif change and STOOD_IN_BY & changed:
            forget_quotes(obj, but_of=obj.provider)
        if not change or (ASKED_BY | PRICED_BY) & changed:
            ask_anew([obj.provider_id, *([obj.standby_id] if obj.standby_id else [])])


def moves(ordered: list[Instrument], chosen: set[int], *, is_up: bool) -> list[int]:
    """Return the places that change with the next one, in the order in which they do.

    Those that are chosen keep their order, and stop at the end of the list.
    """
    is_chosen = [instrument.pk in chosen for instrument in ordered]
    places = range(len(ordered) - 1) if is_up else range(len(ordered) - 2, -1, -1)
    found = []
    for n in places:
        stays, goes = (is_chosen[n], is_chosen[n + 1]) if is_up else is_chosen[n : n + 2][::-1]
        if goes and not stays:
            is_chosen[n], is_chosen[n + 1] = is_chosen[n + 1], is_chosen[n]
            found.append(n)
    return found


def announce_change() -> None:
    transaction.on_commit(partial(generations.bump, "quotes"), robust=True)


def ask_anew(providers: Iterable[int]) -> None:
    """Have providers asked at once and as if for the first time."""
    Provider.objects.filter(pk__in=list(providers)).update(**UNREAD)


def forget_quotes(instrument: Instrument, *, but_of: Provider | None = None) -> None:
    """Delete what came under another provider, symbol or unit; what was entered by hand stays.

    It would stand under the new name, and the right quotes would be held back against it. What
    `but_of` gave stays too.
    """
    given = Q(given_by__isnull=True) | Q(given_by=but_of) if but_of else Q(pk__in=[])
    quotes = Quote.objects.filter(instrument=instrument, origin=Quote.Origin.PROVIDER)
    quotes.exclude(given).delete()
    HeldQuote.objects.filter(instrument=instrument).exclude(given).delete()


def lasted(age: timedelta) -> str:
    """Return an age in words: 40 s, 5 min, 3 h, 4 days."""
    seconds = max(int(age.total_seconds()), 0)
    if seconds < 120:
        return f"{seconds} s"
    if seconds < 120 * 60:
        return f"{seconds // 60} min"
    if seconds < 48 * 3600:
        return f"{seconds // 3600} h"
    return f"{seconds // 86_400} days"


def _wait(count: int) -> str:
    return f"{count_of(count, 'instrument')} {plural(count, 'is', 'are')} waiting"
