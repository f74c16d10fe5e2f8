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

PACE = sites.Pace(
    jitter=0.1,
    doublings=8,
    longest_wait=timedelta(hours=6),
    longest_asked=timedelta(hours=6),
)
# What changes on a provider's row when it is to be read from the beginning.
UNREAD = {"asked": "", "etag": "", "last_modified": "", "next_poll_at": None, "due_since": None}


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


def claim(provider: Provider, *, domain: str, at: datetime, worker: str) -> ProviderLease | None:
    """Lease a provider that was due, and the domain it is asked at; None where that is not free.

    `domain` is "" for a file.
    """
    skip_locked = connection.features.has_select_for_update_skip_locked
    with transaction.atomic():
        free = Provider.objects.select_for_update(skip_locked=skip_locked, no_key=True).due(at)
        found = free.filter(pk=provider.pk).first()
        if found is None or (domain and not sites.lease_domain(domain, worker=worker, at=at)):
            return None
        Provider.objects.filter(pk=found.pk).lease(worker, at=at)
    return ProviderLease(found, domain)


def renew(claims: Sequence[ProviderLease], *, worker: str, at: datetime) -> None:
    """Prolong what the worker still holds of these. Two queries."""
    names = [claimed.domain for claimed in claims if claimed.domain]
    Domain.objects.filter(name__in=names).renew(worker, at=at)
    pks = [claimed.provider.pk for claimed in claims]
    Provider.objects.filter(pk__in=pks).renew(worker, at=at)


def give_back(claims: Sequence[ProviderLease], *, worker: str) -> None:
    """Let others ask what was claimed and will not be. Two queries."""
    names = [claimed.domain for claimed in claims if claimed.domain]
    Domain.objects.filter(name__in=names).release(worker)
    pks = [claimed.provider.pk for claimed in claims]
    Provider.objects.filter(pk__in=pks).release(worker)


def after_reading(
    provider: Provider, *, at: datetime, chance: random.Random, max_age: timedelta | None = None
) -> dict[str, Any]:
    """Return what to write on a provider that was read: no sooner again than its site asks for."""
    fields = PACE.after_reading(provider, at=at, chance=chance, asked=max_age)
    return fields | {"last_read_at": at, "health": Provider.Health.SOUND}


def after_failure(
    provider: Provider, error: Failure, *, at: datetime, chance: random.Random
) -> dict[str, Any]:
    """Return what to write on a provider that could not be read.

    It waits at random between its interval and that doubled with each failure in a row, up to six
    hours, and never less than it asked for.
    """
    asked = getattr(error, "retry_after", None)
    fields = PACE.after_failure(provider, error.message, at=at, chance=chance, shortest=asked)
    # Since when: the same trouble goes on.
    since = provider.last_error_at if provider.failures else at
    return fields | {"health": Provider.Health.FAILING, "last_error_at": since}
