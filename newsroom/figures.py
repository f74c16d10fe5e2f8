"""How the site is, in figures: what /metrics tells a monitor, and the desk its administrators.

They come from the database and the disks at the moment of the question, so that any process can
be asked. Only what the place of the backups said last is remembered, for it may be away.
"""

import os
import shutil
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import DatabaseError, InterfaceError, connection, transaction
from django.db.models import Count

from articles.erasure import journal
from mail.models import Email
from newsroom import replica
from newsroom.backups.places import made_at, place_of_site
from newsroom.health import OK, beside, looking
from newsroom.last_known import Answer, LastKnown
from newsroom.version import release
from wires.models import Channel, PollMinute
from wires.poll_status import RECENTLY, wire_status

# A monitor gives up after ten seconds, and a bucket may never answer.
PATIENCE = 1.5
# More tables than these are told together.
TABLES = 12
_SIZES = """
    SELECT relname, pg_total_relation_size(oid) AS size FROM pg_class
    WHERE relkind = 'r' AND relnamespace = current_schema()::regnamespace
    ORDER BY size DESC, relname
"""


@dataclass(frozen=True, slots=True)
class Sample:
    """One number of a figure, with what tells it from the others: {"place": "media"}."""

    value: float
    labels: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure by the name that monitors know it by, without the prefix, and what it says."""

    name: str
    about: str
    samples: tuple[Sample, ...]


@dataclass(frozen=True, slots=True)
class Backups:
    """When the newest backup was made, and how many erasures a restore would bring back.

    None where there is no backup, and where the erasures cannot be counted.
    """

    newest: datetime | None
    erasures_missing: int | None


def figures(at: datetime) -> list[Figure]:
    """Return every figure of a moment; those of the database only where it answers.

    At most 13 queries, none of which walks a table of posts or articles. The place of the backups
    gets PATIENCE; where it is late, what it said last is told, with its age.
    """
    # Asked first: it answers while the database does.
    ends, wait_for_backups = time.monotonic() + PATIENCE, backups.ask(at=at)
    found = [Figure("info", "1, with the release.", (_labelled(1, release=release()),))]
    found += [*of_disks(), *of_beside()]
    try:
        with transaction.atomic():
            of_database = [*of_wire(at), *of_mail(at), *of_tables()]
    except (DatabaseError, InterfaceError):
        of_database = []
    is_up = Figure("database_up", "Whether the database answers.", _one(bool(of_database)))
    seen = wait_for_backups(max(ends - time.monotonic(), 0))
    return [*found, *of_backups(seen, at), is_up, *of_database]


def of_wire(at: datetime) -> Iterator[Figure]:
    """Yield whether posts come in. Eight queries."""
    status = wire_status(at)
    yield Figure("workers", "Workers heard of within two minutes.", _one(status.workers))
    if status.heartbeat_age is not None:
        seconds = status.heartbeat_age.total_seconds()
        yield Figure("worker_heartbeat_age_seconds", "Since the last heartbeat.", _one(seconds))
    if status.newest_post_at is not None:
        age = max(at - status.newest_post_at, timedelta()).total_seconds()
        yield Figure("wire_newest_post_age_seconds", "Since the newest post came in.", _one(age))
    overdue = status.overdue.total_seconds()
    yield Figure("wire_polled_channels", "Channels to be polled.", _one(status.polled_channels))
    yield Figure("wire_overdue_seconds", "How long the longest due channel waits.", _one(overdue))
    yield Figure(
        "wire_lag_p95_seconds",
        "From falling due to being asked, 95 of 100, in ten minutes.",
        _one(status.lag_p95),
    )
    outcomes = {"unchanged": status.unchanged, "failed": status.failed}
    outcomes["read"] = max(status.channels - sum(outcomes.values()), 0)
    yield Figure("wire_fetches", "Fetches in ten minutes by outcome.", _each("outcome", outcomes))
    kinds: Counter[str] = Counter()
    for some in PollMinute.objects.filter(at__gt=at - RECENTLY).values_list("kinds", flat=True):
        kinds.update(some)
    yield Figure("wire_failures", "Failed fetches in ten minutes by kind.", _each("kind", kinds))
    yield Figure(
        "wire_parser_failures", "Bodies in ten minutes that stopped a parser.",
        _one(status.parser_failures),
    )  # fmt: skip
    polled = Channel.objects.polled().values_list("health").annotate(Count("pk")).order_by("health")
    yield Figure("wire_channels", "Polled channels by health.", _each("health", dict(polled)))


def of_mail(at: datetime) -> Iterator[Figure]:
    """Yield whether e-mail goes out. Two queries."""
    failing = Email.objects.failing(at=at).count()
    yield Figure("mail_waiting", "E-mails not sent yet.", _one(Email.objects.waiting().count()))
    yield Figure("mail_failing", "E-mails that the server did not take.", _one(failing))


def of_tables() -> Iterator[Figure]:
    """Yield how large the database is. One query; SQLite tells its file, and not its tables."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
            yield Figure("database_bytes", "Size of the database.", _one(cursor.fetchone()[0]))
        return
    with connection.cursor() as cursor:
        cursor.execute(_SIZES)
        sizes = cursor.fetchall()
    tables = dict(sizes[:TABLES])
    if rest := sizes[TABLES:]:
        tables["others"] = sum(size for _, size in rest)
    yield Figure("database_bytes", "Size of the database.", _one(sum(tables.values())))
    yield Figure("table_bytes", "Size of a table with its indexes.", _each("table", tables))


def of_backups(seen: Answer[Backups] | None, at: datetime) -> Iterator[Figure]:
    """Yield how old the newest backup is, as far as its place has said so. No query."""
    is_up = seen is not None and not seen.is_late
    yield Figure("backup_place_up", "Whether the place of the backups answers.", _one(is_up))
    if seen is None:
        return
    since = max((at - seen.at).total_seconds(), 0)
    yield Figure("backup_place_answered_age_seconds", "Since that place answered.", _one(since))
    if seen.value.newest is not None:
        age = max((at - seen.value.newest).total_seconds(), 0)
        yield Figure("backup_age_seconds", "Since the newest backup.", _one(age))
    if seen.value.erasures_missing is not None:
        missing = _one(seen.value.erasures_missing)
        yield Figure("erasures_not_noted", "Erasures missing beside the backups.", missing)


def see_backups() -> Backups:
    """Look at the place of the backups. One query. Raises OSError where it does not answer."""
    try:
        names = place_of_site(patience=PATIENCE).names()
    except FileNotFoundError:
        # A folder in which nobody made one yet.
        names = []
    try:
        newest = max(map(made_at, names), default=None)
    except ValueError:
        newest = None
    try:
        missing = journal.count_missing()
    except (journal.UnreadableJournal, DatabaseError, InterfaceError):
        missing = None
    return Backups(newest, missing)


backups = LastKnown(see_backups, name="backups")


def of_beside() -> Iterator[Figure]:
    """Yield whether what a site may have beside its database answers. No query without a replica."""
    if not beside():
        return
    found = looking.look().beside
    if (sessions := found.get("sessions")) is not None:
        yield Figure(
            "sessions_up", "Whether the Redis of the sessions answers.", _one(sessions == OK)
        )
    if (answer := found.get(replica.REPLICA)) is None:
        return
    yield Figure("replica_up", "Whether the replica answers.", _one(answer == OK))
    with suppress(DatabaseError, InterfaceError):
        if answer == OK:
            behind = _one(replica.bytes_behind())
            yield Figure("replica_behind_bytes", "What the replica has yet to replay.", behind)


def of_disks() -> Iterator[Figure]:
    """Yield how much room there is. No query."""
    free, size = {}, {}
    for name, folder in places().items():
        try:
            found = shutil.disk_usage(existing(folder))
        except OSError:
            continue
        free[name], size[name] = found.free, found.total
    yield Figure("disk_free_bytes", "Room where the site writes.", _each("place", free))
    yield Figure("disk_size_bytes", "Size of these disks.", _each("place", size))


def places() -> dict[str, Path]:
    """Return the folders that this host writes to, by name."""
    found = {"runtime": Path(settings.RUNTIME_DIR), "backup": Path(settings.BACKUP_DIR)}
    if isinstance(default_storage, FileSystemStorage):
        found["media"] = Path(settings.MEDIA_ROOT)
    return found


def existing(folder: Path) -> Path:
    """Return a folder, or the nearest above it that is there: one that nobody wrote to yet."""
    while not os.path.lexists(folder) and folder != folder.parent:
        folder = folder.parent
    return folder


def _one(value: float) -> tuple[Sample]:
    return (Sample(float(value)),)


def _labelled(value: float, **labels: str) -> Sample:
    return Sample(float(value), tuple(labels.items()))


def _each(label: str, values: dict[str, int] | Counter[str]) -> tuple[Sample, ...]:
    return tuple(Sample(float(value), ((label, name),)) for name, value in values.items())
