"""How politely a site is asked: by one worker at a time, with a pause, and not when it refuses."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from django.db import connection

from wires import platforms
from wires.http import FetchError
from wires.models import Domain, DomainQuerySet

BETWEEN_STARTS = timedelta(seconds=1)
REFUSED = timedelta(minutes=30)
SHORTEST_REFUSAL = timedelta(minutes=1)
LONGEST_REFUSAL = timedelta(hours=24)

# Second labels under which countries register names: example.co.uk is a domain, co.uk is not.
_SECOND_LEVEL = frozenset(
    {"ac", "co", "com", "edu", "gob", "gov", "gouv", "ltd", "mil", "ne", "net", "nom", "or", "org"}
)  # fmt: skip


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


def patience_with(domain: str) -> timedelta:
    """Return how long to wait between two requests to a domain."""
    asked = (platform.patience.get(domain) for platform in platforms.PLATFORMS)
    return max(filter(None, asked), default=BETWEEN_STARTS)


def lock_domains(names: Iterable[str]) -> DomainQuerySet:
    """Lock these domains, but for those that another transaction is leasing right now."""
    skip_locked = connection.features.has_select_for_update_skip_locked
    return Domain.objects.select_for_update(skip_locked=skip_locked).filter(name__in=names)


def make_domains(names: Iterable[str]) -> None:
    """Make the rows that are missing; in one order, so that two that do so wait for no circle."""
    Domain.objects.bulk_create([Domain(name=name) for name in sorted(names)], ignore_conflicts=True)


def write_leases(names: Iterable[str], *, worker: str, at: datetime) -> None:
    """Lease domains that are locked. One query for each length of pause."""
    by_patience: dict[timedelta, list[str]] = {}
    for name in names:
        by_patience.setdefault(patience_with(name), []).append(name)
    for patience, those in by_patience.items():
        domains = Domain.objects.filter(name__in=those)
        domains.lease(worker, at=at, asked_at=at, not_before=at + patience)


def lease_domain(name: str, *, worker: str, at: datetime) -> bool:
    """Lease a domain for something else than a channel; False where it has to wait. Three queries.

    Call it in a transaction.
    """
    make_domains([name])
    if not any(found.is_free(at) and not found.waits(at) for found in lock_domains([name])):
        return False
    write_leases([name], worker=worker, at=at)
    return True


def leave_domain(
    name: str, *, worker: str, at: datetime, refusal: FetchError | None = None
) -> None:
    """Give the domain back. A refusal (429, 503) keeps every poller away for as long as it says.

    Without a Retry-After that is 30 minutes, doubled with each refusal in a row. One query; three
    for a refusal.
    """
    domains = Domain.objects.filter(name=name)
    ours = domains.filter(lease_owner=worker)
    if refusal is None:
        if not ours.update(lease_owner="", lease_until=None, refusals=0):
            domains.update(refusals=0)
        return
    for before in domains.values_list("refusals", flat=True):
        wait = refusal.retry_after or min(REFUSED * 2 ** min(before, 6), LONGEST_REFUSAL)
        longest = at + min(max(wait, SHORTEST_REFUSAL), LONGEST_REFUSAL)
        # Also from a worker that was late and lost its lease: the site did say so.
        domains.update(refusals=before + 1, not_before=longest, asked_at=at)
        ours.update(lease_owner="", lease_until=None)


def keep_away(address: str, *, until: datetime) -> None:
    """Ask nothing of the domain of an address until then. One query."""
    Domain.objects.filter(name=registrable_domain(address)).update(not_before=until)
