"""Clocks that jump: what was written by a wrong one must not silence the wire."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from django.db import transaction

from wires.models import Channel, Domain


class FromTheFuture(Protocol):
    """A queryset of what is polled, or of domains."""

    def forget_the_future(self, at: datetime) -> int: ...


def forget_wrong_clock(at: datetime, rows: Iterable[FromTheFuture] | None = None) -> int:
    """Set right what was written by a clock that was ahead of this one; return how many rows.

    Without it, an hour at tomorrow's date would keep every channel waiting until tomorrow. A query
    for each kind of row, by default channels and domains.
    """
    querysets = (Channel.objects.all(), Domain.objects.all()) if rows is None else rows
    with transaction.atomic():
        return sum(queryset.forget_the_future(at) for queryset in querysets)


@dataclass(slots=True)
class Ticker:
    """Tells when something that is done every so often is due, on a clock that may jump back."""

    every: timedelta
    last: datetime | None = None

    def is_due(self, at: datetime) -> bool:
        """Return whether it is due; if so, it is taken as done."""
        if self.last is not None and self.last <= at < self.last + self.every:
            return False
        self.last = at
        return True
