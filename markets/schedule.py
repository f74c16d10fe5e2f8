"""Which providers are due, who asks them, and how long they are left alone after a failure.

Their sites are leased with the wire's domains, so that one site is asked as politely for both.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from markets.models import Provider
from markets.providers import UnreadableQuotes
from wires import schedule as sites
from wires.http import FetchError
from wires.models import Domain

# Longer than an answer (15 s) and its storing should ever take.
LEASE = timedelta(minutes=5)
LONGEST_WAIT = timedelta(hours=6)
LONGEST_MAX_AGE = timedelta(hours=6)
# What changes on a provider's row when it is to be read from the beginning.
UNREAD = {"asked": "", "etag": "", "last_modified": "", "next_poll_at": None}


class NotSetUp(Exception):
    """A provider cannot be asked because no address is set; the message says how to set it."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


type Failure = FetchError | UnreadableQuotes | NotSetUp


@dataclass(frozen=True, slots=True)
class ProviderLease:
    """A provider that is ours to ask until its lease is over, and the domain with it, if any."""

    provider: Provider
    domain: str


def claim(provider: Provider, *, domain: str, at: datetime) -> ProviderLease | None:
    """Lease a provider that was due, and the domain it is asked at; None where that is not free.

    `domain` is "" for a file.
    """
    skip_locked = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        free = Provider.objects.select_for_update(skip_locked=skip_locked, no_key=True).due(at)
        found = free.filter(pk=provider.pk).first()
        if found is None or (domain and not sites.lease_domain(domain, at=at)):
            return None
        found.lease_until = at + LEASE
        found.save(update_fields=["lease_until"])
    return ProviderLease(found, domain)


def give_back(claims: Sequence[ProviderLease]) -> None:
    """Let others ask what was claimed and will not be. Two queries."""
    names = [claimed.domain for claimed in claims if claimed.domain]
    Domain.objects.filter(name__in=names).update(lease_until=None)
    pks = [claimed.provider.pk for claimed in claims]
    Provider.objects.filter(pk__in=pks).update(lease_until=None)


def after_reading(
    provider: Provider, *, at: datetime, chance: random.Random, max_age: timedelta | None = None
) -> dict[str, Any]:
    """Return what to write on a provider that was read: no sooner again than its site asks for."""
    interval = timedelta(minutes=provider.interval_minutes) * chance.uniform(0.9, 1.1)
    return {
        "next_poll_at": at + max(interval, min(max_age or timedelta(), LONGEST_MAX_AGE)),
        "lease_until": None,
        "last_polled_at": at,
        "last_read_at": at,
        "failures": 0,
        "health": Provider.Health.SOUND,
        "last_error": "",
        "last_error_at": None,
    }


def after_failure(
    provider: Provider, error: Failure, *, at: datetime, chance: random.Random
) -> dict[str, Any]:
    """Return what to write on a provider that could not be read.

    It waits at random between its interval and that doubled with each failure in a row, up to six
    hours, and never less than it asked for.
    """
    failures = provider.failures + 1
    interval = timedelta(minutes=provider.interval_minutes)
    longest = min(interval * 2 ** min(failures, 8), max(LONGEST_WAIT, interval))
    wait = timedelta(seconds=chance.uniform(interval.total_seconds(), longest.total_seconds()))
    asked = getattr(error, "retry_after", None) or timedelta()
    return {
        "next_poll_at": at + max(wait, asked),
        "lease_until": None,
        "last_polled_at": at,
        "failures": failures,
        "health": Provider.Health.FAILING,
        "last_error": error.message[:500],
        # Since when: the same trouble goes on.
        "last_error_at": provider.last_error_at if provider.failures else at,
    }
