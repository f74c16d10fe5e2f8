"""The desk's page of health: the figures that monitors get, and first what somebody must do."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.views import administers_accounts, context_of
from newsroom.figures import Figure, figures

BACKUP_AFTER = timedelta(hours=26).total_seconds()
LATE_AFTER = timedelta(minutes=10).total_seconds()
LEAST_FREE = 0.05
# One name of a figure says nothing to people.
UNSHOWN = {"info", "disk_size_bytes"}


type Values = dict[str, float]


def is_without_worker(values: Values) -> bool:
    return bool(values["wire_polled_channels"]) and not values["workers"]


def is_late(values: Values) -> bool:
    return bool(values["workers"]) and values.get("wire_overdue_seconds", 0) >= LATE_AFTER


def is_mail_failing(values: Values) -> bool:
    return values.get("mail_failing", 0) > 0


def is_without_backup(values: Values) -> bool:
    return values.get("backup_age_seconds", BACKUP_AFTER + 1) > BACKUP_AFTER


def are_sessions_away(values: Values) -> bool:
    return values.get("sessions_up") == 0


def is_replica_away(values: Values) -> bool:
    return values.get("replica_up") == 0


def is_backup_place_away(values: Values) -> bool:
    return values["backup_place_up"] == 0


def are_erasures_missing(values: Values) -> bool:
    return values.get("erasures_not_noted", 0) > 0


ALERTS: tuple[tuple[Callable[[Values], bool], str], ...] = (
    (is_without_worker, "No worker is running: start manage.py work."),
    (is_late, "Channels wait too long to be polled: see that the worker keeps up."),
    (is_mail_failing, "E-mail does not go out: the desk’s first page says what the server said."),
    (is_replica_away, "The replica does not answer: check its server, and REPLICA_URL."),
    (are_sessions_away, "The Redis of the sessions does not answer: check SESSIONS_URL."),
    (
        is_backup_place_away,
        "The place of the backups does not answer: check BACKUP_BUCKET or BACKUP_DIR.",
    ),
    (is_without_backup, "There is no backup of the last 26 hours: run manage.py backup."),
    (are_erasures_missing, "Erasures are missing beside the backups: run manage.py backup."),
)


@dataclass(frozen=True, slots=True)
class Row:
    """A figure as the page shows it; `which` is what tells it from its neighbours."""

    about: str
    which: str
    value: str


@require_safe
@administers_accounts
def site_health(request: HttpRequest) -> HttpResponse:
    """Show the figures of now. At most 13 queries of its own."""
    found = figures(timezone.now())
    more = {"problems": list(problems(found)), "rows": list(rows_of(found))}
    return render(request, "admin/site_health.html", context_of(request, "Health", **more))


def problems(found: Sequence[Figure]) -> Iterator[str]:
    """Yield what somebody must do something about, as the alert rules of docs/operate.md."""
    values = {figure.name: figure.samples[0].value for figure in found if figure.samples}
    if not values["database_up"]:
        yield "The database does not answer: check its server, and DATABASE_URL."
    else:
        yield from (say for is_on, say in ALERTS if is_on(values))
    by_name = {figure.name: figure for figure in found}
    sizes = {sample.labels: sample.value for sample in by_name["disk_size_bytes"].samples}
    for sample in by_name["disk_free_bytes"].samples:
        if sample.value < LEAST_FREE * sizes[sample.labels]:
            place = dict(sample.labels)["place"]
            yield f"The disk of {place} is nearly full: {filesizeformat(sample.value)} are left."


def rows_of(found: Sequence[Figure]) -> Iterator[Row]:
    """Yield the figures in words, a row each."""
    for figure in found:
        if figure.name in UNSHOWN:
            continue
        about = figure.about.removesuffix(".")
        for sample in figure.samples:
            which = ", ".join(value.replace("_", " ") for _, value in sample.labels)
            yield Row(about, which, in_words(figure.name, sample.value))


def in_words(name: str, value: float) -> str:
    """Return a value as people read it, by the unit at the end of its name."""
    if name.endswith("_bytes"):
        return filesizeformat(value)
    if name.endswith("_seconds"):
        return duration(value)
    if name.endswith("_up"):
        return "yes" if value else "no"
    return f"{value:,.0f}"


def duration(seconds: float) -> str:
    """Return a span in its largest unit: "40 s", "3 min", "5 h", "12 days"."""
    for unit, size, most in (("s", 1, 120), ("min", 60, 120), ("h", 3_600, 48)):
        if seconds < most * size:
            return f"{seconds / size:.0f} {unit}"
    return f"{seconds / 86_400:.0f} days"
