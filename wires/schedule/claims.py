"""Whose turn it is: channels that are due are leased to a worker, each with its domain.

A claim reads a batch from the front of an index, however many channels there are and are due. What
it finds there and cannot take, because the site is busy, goes back in the queue to the moment when
that site can be asked, so that no claim reads it again before then.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import connection, transaction
from django.db.models import F, Q

from wires.http import FetchError
from wires.models import Channel, ChannelQuerySet, Domain
from wires.schedule.domains import (
    lease_domain,
    leave_domain,
    lock_domains,
    make_domains,
    patience_with,
    registrable_domain,
    write_leases,
)

# Several channels of one site may be due: some more are looked at than are taken.
CANDIDATES_EACH, FEWEST_CANDIDATES = 4, 50
LONGEST_PUT_OFF = timedelta(hours=24)
NOT_POLLED = timedelta(minutes=10)
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class ChannelLease:
    """A channel that is a worker's to fetch for as long as it renews that, and its domain.

    `late_by` is how long the channel had been due.
    """

    channel: Channel
    domain: str
    started_at: datetime
    worker: str
    late_by: timedelta = timedelta()


def claim(*, due_at: datetime, at: datetime, most: int, worker: str) -> list[ChannelLease]:
    """Lease up to `most` channels that were due at `due_at`, each with its domain.

    Takes one channel a domain, the longest due first, and none on a domain that is asked right
    now, was asked a moment ago, or told us to wait. Two queries where nothing is due, else ten.
    """
    found = _candidates(due_at, at, max(most * CANDIDATES_EACH, FEWEST_CANDIDATES))
    if not found:
        return []
    domains = {pk: registrable_domain(address) for pk, address in found}
    make_domains(set(domains.values()))
    with transaction.atomic():
        return _lease(domains, at=at, most=most, worker=worker)


def _candidates(due_at: datetime, at: datetime, size: int) -> list[tuple[int, str]]:
    """Return the key and address of those at the front of the queue: first those never polled."""
    new, dated = waiting(at)
    if due_at < at:
        dated = dated.filter(_was_due(due_at))
    found = list(new.values_list("pk", "address")[:size])
    return [*found, *dated.values_list("pk", "address")[: size - len(found)]]


def waiting(at: datetime) -> tuple[ChannelQuerySet, ChannelQuerySet]:
    """Return the queue, each part in the order of an index: those never polled, and those due."""
    free = Channel.objects.queued().free(at)
    new = free.filter(next_poll_at__isnull=True).order_by("next_poll_at", "pk")
    return new, free.filter(next_poll_at__lte=at).order_by("next_poll_at", "pk")


def _was_due(at: datetime) -> Q:
    return Q(due_since__lte=at) | Q(due_since__isnull=True, next_poll_at__lte=at)


def _lease(domains: dict[int, str], *, at: datetime, most: int, worker: str) -> list[ChannelLease]:
    """Lease channels and domains that nobody took since they were looked up."""
    channels = sorted(_lock(domains, at), key=_turn)
    locked = {found.name: found for found in lock_domains({*domains.values()})}
    taken: dict[str, ChannelLease] = {}
    put_off: list[Channel] = []
    queues: dict[str, datetime] = {}
    for channel in channels:
        name = domains[channel.pk]
        if not channel.is_polled():
            # Gone, poison, or of a platform that is off: out of the way of the others. It is not
            # late, and a platform may be switched on again at any moment.
            channel.next_poll_at, channel.due_since = at + NOT_POLLED, None
            put_off.append(channel)
            continue
        domain = locked.get(name)
        if name not in queues and domain and domain.is_free(at) and not domain.waits(at):
            if len(taken) < most:
                late_by = at - (_fell_due(channel) or at)
                taken[name] = ChannelLease(channel, name, at, worker, late_by)
                queues[name] = at + patience_with(name)
            continue
        queues.setdefault(name, _first_turn(domain, name, at))
        _put_off(channel, queues[name], at)
        queues[name] += patience_with(name)
        put_off.append(channel)
    Channel.objects.bulk_update(put_off, ["next_poll_at", "due_since"])
    write_leases(taken, worker=worker, at=at)
    held = Channel.objects.filter(pk__in=[claimed.channel.pk for claimed in taken.values()])
    held.lease(worker, at=at)
    return list(taken.values())


def _lock(pks: Iterable[int], at: datetime) -> ChannelQuerySet:
    """Lock those still due and free, but for those that somebody else is writing right now."""
    skip_locked = connection.features.has_select_for_update_skip_locked
    return (
        Channel.objects.select_for_update(skip_locked=skip_locked, of=("self",), no_key=True)
        .queued()
        .free(at)
        .filter(Q(next_poll_at__isnull=True) | Q(next_poll_at__lte=at), pk__in=list(pks))
        .select_related("outlet")
    )


def _turn(channel: Channel) -> tuple[datetime, int]:
    return (_fell_due(channel) or _NEVER, channel.pk)


def _fell_due(channel: Channel) -> datetime | None:
    """Return when it fell due; None where somebody wants it polled now, or for the first time."""
    return channel.next_poll_at and (channel.due_since or channel.next_poll_at)


def _first_turn(domain: Domain | None, name: str, at: datetime) -> datetime:
    """Return when the first of those that wait for a domain is to try again."""
    if domain and domain.not_before and domain.waits(at) and domain.is_free(at):
        return domain.not_before
    # Somebody is asking it, which may be over at any moment.
    not_before = domain.not_before if domain and domain.not_before else at
    return max(not_before, at + patience_with(name))


def _put_off(channel: Channel, until: datetime, at: datetime) -> None:
    channel.due_since = _fell_due(channel) or at
    channel.next_poll_at = min(until, at + LONGEST_PUT_OFF)


def pause(*, due_at: datetime, at: datetime) -> timedelta | None:
    """Return how long until one of the channels due can be asked; None where none is due.

    To be asked after a claim, which puts off what has to wait.
    """
    due = Channel.objects.polled().free(at).filter(Q(next_poll_at__isnull=True) | _was_due(due_at))
    first = due.order_by(F("next_poll_at").asc(nulls_first=True)).values_list(
        "next_poll_at", flat=True
    )
    for moment in first[:1]:
        return max((moment or at) - at, timedelta())
    return None


def claim_channel(channel: Channel, *, at: datetime, worker: str) -> ChannelLease | None:
    """Lease one channel that somebody wants polled, due or not; None where it or its site is taken."""
    name = registrable_domain(channel.address)
    with transaction.atomic():
        free = Channel.objects.free(at).filter(pk=channel.pk)
        if not free.exists() or not lease_domain(name, worker=worker, at=at):
            return None
        if not free.lease(worker, at=at):
            leave_domain(name, worker=worker, at=at)
            return None
        # Somebody may have polled it since it was looked up.
        channel.refresh_from_db(from_queryset=Channel.objects.select_related("outlet"))
    return ChannelLease(channel, name, at, worker)


def pause_before(channel: Channel, *, at: datetime) -> timedelta | None:
    """Return how long until the site of a channel may be asked; None while somebody asks it."""
    if not Channel.objects.free(at).filter(pk=channel.pk).exists():
        return None
    for domain in Domain.objects.filter(name=registrable_domain(channel.address)):
        if not domain.is_free(at):
            return None
        return max((domain.not_before or at) - at, timedelta())
    return timedelta()


def renew(claims: Sequence[ChannelLease], *, worker: str, at: datetime) -> set[int]:
    """Prolong what the worker still holds of these; return the keys of those channels.

    What is missing was taken over by another worker, which thought this one dead. Three queries.
    """
    pks = [claimed.channel.pk for claimed in claims]
    names = [claimed.domain for claimed in claims]
    channels = Channel.objects.filter(pk__in=pks)
    channels.renew(worker, at=at)
    Domain.objects.filter(name__in=names).renew(worker, at=at)
    return set(channels.filter(lease_owner=worker).values_list("pk", flat=True))


def leave(claimed: ChannelLease, *, at: datetime, refusal: FetchError | None = None) -> None:
    """Give the domain of a claim back: see leave_domain."""
    leave_domain(claimed.domain, worker=claimed.worker, at=at, refusal=refusal)


def give_back(claims: Sequence[ChannelLease], *, worker: str) -> None:
    """Let others fetch what was claimed and will not be. Two queries."""
    Domain.objects.filter(name__in=[claimed.domain for claimed in claims]).release(worker)
    Channel.objects.filter(pk__in=[claimed.channel.pk for claimed in claims]).release(worker)
