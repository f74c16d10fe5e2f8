"""The count of alerts that the worker keeps ready for the desk's first page."""

from datetime import datetime, timedelta

from django.db.models import Subquery

from articles.archive.report import AlertCount, count_alerts, newest_of_each
from articles.models import AlertTally

# A post that comes back moves nothing that a count rests on.
AGAIN_AFTER = timedelta(minutes=1)
# Longer than any worker takes to count again; where none runs, the page counts.
BELIEVED = timedelta(minutes=2)
FIELDS = ("articles", "is_more", "made_of", "counted_at")


def tallied(at: datetime) -> tuple[tuple[object, ...], AlertCount | None]:
    """Return what alerts rest on now, and the worker's count of them, None without one. One query.

    The count may be some seconds older than what it rests on.
    """
    made_of, row = _read()
    if row is None or at - row.counted_at > BELIEVED:
        return made_of, None
    return made_of, AlertCount(articles=row.articles, is_more=row.is_more)


def tally_alerts(at: datetime) -> bool:
    """Count the alerts, where that may be another number by now. Return whether they were counted.

    One query where they need not be, else ten. Two at once do no harm.
    """
    made_of, row = _read()
    words = in_words(made_of)
    is_same = row is not None and row.made_of == words
    if not made_of or (row is not None and is_same and at - row.counted_at < AGAIN_AFTER):
        return False
    found = count_alerts()
    AlertTally.objects.update_or_create(
        pk=1,
        defaults={
            "articles": found.articles,
            "is_more": found.is_more,
            "made_of": words,
            "counted_at": at,
        },
    )
    return True


def in_words(made_of: tuple[object, ...]) -> str:
    """Return what a count rests on as it is stored."""
    return " ".join(map(str, made_of))


def _read() -> tuple[tuple[object, ...], AlertTally | None]:
    rows = AlertTally.objects.order_by("pk")
    beside = {f"tally_{name}": Subquery(rows.values(name)[:1]) for name in FIELDS}
    found = newest_of_each(**beside).first()
    if found is None:
        return (), None
    made_of, stored = found[: -len(FIELDS)], dict(zip(FIELDS, found[-len(FIELDS) :], strict=True))
    return made_of, AlertTally(**stored) if stored["counted_at"] else None
