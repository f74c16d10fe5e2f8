"""Bring the instruments of markets/instruments.toml, and their providers, into the database.

A command rather than a migration, as for channels: the list grows with every release, and what an
editor made of a row stays. An instrument that is there already is offered each standby once.
"""

import tomllib
from decimal import Decimal
from itertools import count
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Q

from markets.models import Instrument, Provider
from markets.providers import PROVIDERS
from markets.schedule import UNREAD
from web.characters import drop_controls_within
from web.words import count_of
from wires.management.loading import LoadingCommand

LIST = Path(__file__).resolve().parents[2] / "instruments.toml"
BOUNDS = ("least", "most")
PROVIDED_BY = ("provider", "standby")


class Command(LoadingCommand):
    help = (
        "Load the instruments in markets/instruments.toml. Safe to repeat. Providers start paused"
        " unless MARKETS_POLL=1, which also starts those never polled before."
    )

    def load(self) -> str:
        providers, instruments = load(entries := read_list())
        stood_in = offer_standbys(entries)
        started = start_unpolled() if settings.MARKETS_POLL else 0
        given = f", {count_of(stood_in, 'standby', 'standbys')} given" if stood_in else ""
        return (
            f"{providers} providers and {instruments} instruments added{given}, {started} started"
        )


def read_list() -> list[dict[str, Any]]:
    with LIST.open("rb") as file:
        entries: list[dict[str, Any]] = drop_controls_within(tomllib.load(file)["instrument"])
    return entries


def load(entries: list[dict[str, Any]]) -> tuple[int, int]:
    """Add what the database lacks, and return how many providers and instruments that was.

    What is there stays as editors left it: an instrument is known by its symbol.
    """
    made = [
        Provider.objects.get_or_create(
            code=code, defaults={"interval_minutes": adapter.interval_minutes}
        )
        for code, adapter in PROVIDERS.items()
    ]
    providers = {provider.code: provider for provider, _ in made}
    known = set(Instrument.objects.values_list("symbol", flat=True))
    # In tens, so that an editor can put one between two.
    missing = [
        Instrument(
            **fields_of(entry),
            provider=providers[entry["provider"]],
            standby=providers.get(entry.get("standby", "")),
            standby_offered=offered_by(entry),
            position=position,
        )
        for entry, position in zip(entries, count(10, 10), strict=False)
        if entry["symbol"] not in known
    ]
    Instrument.objects.bulk_create(missing)
    ask_for(missing)
    return sum(is_new for _, is_new in made), len(missing)


def ask_for(instruments: list[Instrument]) -> None:
    """Have their providers asked again: "nothing changed since" is no answer to who asks for more."""
    asked = Q(instruments__in=instruments) | Q(stands_by__in=instruments)
    to_ask = set(Provider.objects.filter(asked).values_list("pk", flat=True))
    Provider.objects.filter(pk__in=to_ask).update(**UNREAD)


def offer_standbys(entries: list[dict[str, Any]]) -> int:
    """Give the standbys that the list has come to know, and return how many.

    Only to who has none and still has the provider of the list, and each only once: what an editor
    chose, and a standby that was taken away, stay as they are.
    """
    listed = {entry["symbol"]: entry for entry in entries}
    providers = {provider.code: provider for provider in Provider.objects.all()}
    given = []
    rows = Instrument.objects.filter(symbol__in=listed).select_related("provider")
    for instrument in rows.order_by("pk"):
        entry = listed[instrument.symbol]
        if instrument.standby_offered == (offer := offered_by(entry)):
            continue
        mine = Instrument.objects.filter(pk=instrument.pk)
        mine.update(standby_offered=offer)
        if offer and has_room_for(instrument, entry):
            # Of who chose one meanwhile the choice stays.
            mine.filter(standby=None).update(
                standby=providers[entry["standby"]],
                standby_symbol=entry["standby_symbol"],
                standby_note=entry.get("standby_note", ""),
            )
            given.append(instrument)
    ask_for(given)
    return len(given)


def offered_by(entry: dict[str, Any]) -> str:
    """Return the standby of an entry in one word, "" where it has none."""
    return f"{entry['standby']} {entry['standby_symbol']}" if "standby" in entry else ""


def has_room_for(instrument: Instrument, entry: dict[str, Any]) -> bool:
    """Return whether it has no standby, and is still quoted as the list has it."""
    asked = (instrument.provider.code, instrument.provider_symbol)
    return instrument.standby_id is None and asked == (entry["provider"], entry["provider_symbol"])


def fields_of(entry: dict[str, Any]) -> dict[str, Any]:
    bounds = {name: Decimal(entry[name]) for name in BOUNDS if name in entry}
    return {name: value for name, value in entry.items() if name not in PROVIDED_BY} | bounds


def start_unpolled() -> int:
    """Start the providers that were never polled and can be asked; what was paused later stays so."""
    can_be_asked = [
        code
        for code, adapter in PROVIDERS.items()
        if settings.MARKETS_ADDRESSES.get(code)
        or (adapter.address and (settings.MARKETS_KEYS.get(code) or not adapter.needs_key))
    ]
    return Provider.objects.filter(
        code__in=can_be_asked, paused=True, last_polled_at__isnull=True
    ).update(paused=False)
