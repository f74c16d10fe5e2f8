"""Which channels are due, who fetches them, and how politely their sites are asked.

Everything is in the database, so that any number of pollers on any number of hosts share it.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db import connection, transaction
from django.db.models import F, Q

from wires import platforms
from wires.http import FetchError
from wires.models import Channel, Domain
from wires.platforms.base import UnreadableBody

# Longer than a fetch (45 s), those stored before it and its parse (10 s, then 45 s at the end of the
# queue) should ever take; then the channel is due again. Reading one twice does no harm.
CHANNEL_LEASE = timedelta(minutes=10)
DOMAIN_LEASE = timedelta(minutes=2)
BETWEEN_STARTS = timedelta(seconds=1)
LONGEST_WAIT = timedelta(hours=24)
LONGEST_TTL = timedelta(hours=6)
REFUSED = timedelta(minutes=30)
SHORTEST_REFUSAL = timedelta(minutes=1)
GONE_AFTER = timedelta(hours=24)
# Nothing but people can fix these, so asking again soon is of no use.
LEAST = {"http_401": timedelta(hours=6), "http_403": timedelta(hours=6)}
CANDIDATES = 5_000

# Second labels under which countries register names: example.co.uk is a domain, co.uk is not.
_SECOND_LEVEL = frozenset(
    {"ac", "co", "com", "edu", "gob", "gov", "gouv", "ltd", "mil", "ne", "net", "nom", "or", "org"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ChannelLease:
    """A channel that is ours to fetch until its lease is over, and the domain with it."""

    channel: Channel
    domain: str
    started_at: datetime


def registrable_domain(url: str) -> str:
    """Return the part of the host that somebody registered, by a rule of our own.

    The last two labels, or three where the top label is a country's and the one before it is a
    usual suffix such as co or gov (bbc.co.uk, abc.net.au). Wrong for rare suffixes such as
    city.kawasaki.jp, where unrelated sites then wait for each other: polite, only slower. An IP
    address or a single label stands for itself, with its port.
    """
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").rstrip(".").lower()
        port = parts.port
    except ValueError:
        return url[:253]
    labels = host.split(".")
    if ":" in host or labels[-1].isdigit() or len(labels) == 1:
        return (f"{host}:{port}" if port else host)[:253]
    has_suffix = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL
    return ".".join(labels[-3:] if has_suffix else labels[-2:])[:253]


def claim(*, due_at: datetime, at: datetime, most: int) -> list[ChannelLease]:
    """Lease up to `most` channels that were due at `due_at`, each with its domain. Seven queries.

    Takes one channel a domain, the longest due first, and none on a domain that is asked right
    now, was asked a moment ago, or told us to wait.
    """
    first = _first_due(due_at)
    waiting = Domain.objects.filter(_waits(at), name__in=first).values_list("name", flat=True)
    kept_waiting = set(waiting)
    names = [name for name in first if name not in kept_waiting][:most]
    if not names:
        return []
    Domain.objects.bulk_create([Domain(name=name) for name in names], ignore_conflicts=True)
    with transaction.atomic():
        return _lease({name: first[name] for name in names}, due_at=due_at, at=at)


def _first_due(due_at: datetime) -> dict[str, int]:
    """Return the channel that has been due longest on each domain."""
    due = (
        Channel.objects.due(due_at)
        .order_by(F("next_poll_at").asc(nulls_first=True), "pk")
        .values_list("pk", "address")[:CANDIDATES]
    )
    first: dict[str, int] = {}
    for pk, address in due:
        first.setdefault(registrable_domain(address), pk)
    return first


def _waits(at: datetime) -> Q:
    return Q(lease_until__gt=at) | Q(not_before__gt=at)


def _lease(wanted: dict[str, int], *, due_at: datetime, at: datetime) -> list[ChannelLease]:
    """Lease domains and channels that nobody took since they were looked up."""
    skip_locked = connection.features.has_select_for_update_skip_locked
    domains = Domain.objects.select_for_update(skip_locked=skip_locked).exclude(_waits(at))
    free = {domain.name: wanted[domain.name] for domain in domains.filter(name__in=wanted)}
    channels = (
        Channel.objects.select_for_update(skip_locked=skip_locked, of=("self",), no_key=True)
        .due(due_at)
        .filter(pk__in=free.values())
        .select_related("outlet")
    )
    by_pk = {channel.pk: channel for channel in channels}
    claims = [ChannelLease(by_pk[pk], name, at) for name, pk in free.items() if pk in by_pk]
    _write_leases(claims, at)
    return claims


def _write_leases(claims: Sequence[ChannelLease], at: datetime) -> None:
    for patience in {_patience(claimed.domain) for claimed in claims}:
        names = [claimed.domain for claimed in claims if _patience(claimed.domain) == patience]
        Domain.objects.filter(name__in=names).update(
            lease_until=at + DOMAIN_LEASE, not_before=at + patience
        )
    pks = [claimed.channel.pk for claimed in claims]
    Channel.objects.filter(pk__in=pks).update(lease_until=at + CHANNEL_LEASE)


def _patience(domain: str) -> timedelta:
    asked = (platform.patience.get(domain) for platform in platforms.PLATFORMS)
    return max(filter(None, asked), default=BETWEEN_STARTS)


def pause(*, due_at: datetime, at: datetime) -> timedelta | None:
    """Return how long until one of the channels due can be asked; None where none is due."""
    first = _first_due(due_at)
    waiting = {
        name: max(moment for moment in moments if moment)
        for name, *moments in Domain.objects.filter(_waits(at), name__in=first).values_list(
            "name", "lease_until", "not_before"
        )
    }
    return min((waiting.get(name, at) - at for name in first), default=None)


def lease_domain(name: str, *, at: datetime) -> bool:
    """Lease a domain for something else than a channel; False where it has to wait. Four queries.

    Call it in a transaction.
    """
    Domain.objects.bulk_create([Domain(name=name)], ignore_conflicts=True)
    skip_locked = connection.features.has_select_for_update_skip_locked
    free = Domain.objects.select_for_update(skip_locked=skip_locked).exclude(_waits(at))
    if not free.filter(name=name).exists():
        return False
    Domain.objects.filter(name=name).update(
        lease_until=at + DOMAIN_LEASE, not_before=at + _patience(name)
    )
    return True


def leave(claimed: ChannelLease, *, at: datetime, refusal: FetchError | None = None) -> None:
    """Give the domain of a claim back: see leave_domain."""
    leave_domain(claimed.domain, at=at, refusal=refusal)


def leave_domain(name: str, *, at: datetime, refusal: FetchError | None = None) -> None:
    """Give the domain back. A refusal (429, 503) keeps every poller away for as long as it says.

    Without a Retry-After that is 30 minutes, doubled with each refusal in a row. One query.
    """
    domains = Domain.objects.filter(name=name)
    if refusal is None:
        domains.update(lease_until=None, refusals=0)
        return
    for before in domains.values_list("refusals", flat=True):
        wait = refusal.retry_after or min(REFUSED * 2 ** min(before, 6), LONGEST_WAIT)
        domains.update(
            lease_until=None,
            refusals=before + 1,
            not_before=at + min(max(wait, SHORTEST_REFUSAL), LONGEST_WAIT),
        )


def keep_away(address: str, *, until: datetime) -> None:
    """Ask nothing of the domain of an address until then. One query."""
    Domain.objects.filter(name=registrable_domain(address)).update(not_before=until)


def give_back(claims: Sequence[ChannelLease]) -> None:
    """Let others fetch what was claimed and will not be. Two queries."""
    Domain.objects.filter(name__in=[claimed.domain for claimed in claims]).update(lease_until=None)
    pks = [claimed.channel.pk for claimed in claims]
    Channel.objects.filter(pk__in=pks).update(lease_until=None)


def after_reading(
    channel: Channel,
    *,
    at: datetime,
    chance: random.Random,
    ttl: timedelta | None = None,
    max_age: timedelta | None = None,
) -> dict[str, Any]:
    """Return what to write on a channel that was read: no sooner again than its site asks for."""
    interval = timedelta(minutes=channel.interval_minutes) * chance.uniform(0.85, 1.15)
    asked = max(ttl or timedelta(), max_age or timedelta())
    return {
        "next_poll_at": at + max(interval, min(asked, LONGEST_TTL)),
        "lease_until": None,
        "last_polled_at": at,
        "failures": 0,
        "health": Channel.Health.SOUND,
        "last_error": "",
        "last_error_at": None,
    }


def after_failure(
    channel: Channel, error: FetchError | UnreadableBody, *, at: datetime, chance: random.Random
) -> dict[str, Any]:
    """Return what to write on a channel that could not be read.

    It waits at random between its interval and that doubled with each failure in a row, up to a
    day. 410 twice, a day apart, means that it is gone; a body that killed its parser, that it is
    poison: neither is fetched again until an editor says so.
    """
    failures = channel.failures + 1
    interval = timedelta(minutes=channel.interval_minutes)
    longest = min(interval * 2 ** min(failures, 6), LONGEST_WAIT)
    wait = chance.uniform(interval.total_seconds(), longest.total_seconds())
    shortest = LEAST.get(error.kind, timedelta())
    fields = {
        "next_poll_at": at + max(timedelta(seconds=wait), shortest),
        "lease_until": None,
        "last_polled_at": at,
        "failures": failures,
        "health": Channel.Health.POISON if error.kind == "poison" else Channel.Health.FAILING,
        "last_error": error.message[:500],
        "last_error_at": at,
    }
    if error.kind == "http_410" and channel.last_error == fields["last_error"]:
        # The time of the first one stands, so that the second can be told to be a day later.
        fields["last_error_at"] = channel.last_error_at
        if channel.last_error_at and at - channel.last_error_at >= GONE_AFTER:
            fields["health"] = Channel.Health.GONE
    return fields
