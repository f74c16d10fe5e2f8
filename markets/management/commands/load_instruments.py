"""Bring the instruments of markets/instruments.toml, and their providers, into the database.

A command rather than a migration, as for channels: the list grows with every release, and what an
editor made of a row stays.
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
        providers, instruments = load(read_list())
        started = start_unpolled() if settings.MARKETS_POLL else 0
        return f"{providers} providers and {instruments} instruments added, {started} started"


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
            position=position,
        )
        for entry, position in zip(entries, count(10, 10), strict=False)
        if entry["symbol"] not in known
    ]
    Instrument.objects.bulk_create(missing)
    # "Nothing changed since" is no answer to who asks for more than before.
    asked = Q(instruments__in=missing) | Q(stands_by__in=missing)
    to_ask = set(Provider.objects.filter(asked).values_list("pk", flat=True))
    Provider.objects.filter(pk__in=to_ask).update(**UNREAD)
    return sum(is_new for _, is_new in made), len(missing)


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
