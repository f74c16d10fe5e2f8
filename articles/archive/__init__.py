"""What is public, held against what its posts say now: each night, and whenever somebody asks.

The checks are those of publishing. What they said when an article was published was seen or
overridden then, so only what is new is recorded and reported.
"""

from articles.archive.checking import Vetted, vet, vet_all
from articles.archive.pieces import live_articles, read
from articles.archive.report import (
    FRESH,
    Alert,
    LastRun,
    Tally,
    faults,
    fresh,
    kinds,
    last_run,
    recorded,
    tally,
)
from articles.archive.runs import NIGHTLY_AT, begin, go_on, tonight, under_way

__all__ = [
    "FRESH",
    "NIGHTLY_AT",
    "Alert",
    "LastRun",
    "Tally",
    "Vetted",
    "begin",
    "faults",
    "fresh",
    "go_on",
    "kinds",
    "last_run",
    "live_articles",
    "read",
    "recorded",
    "tally",
    "tonight",
    "under_way",
    "vet",
    "vet_all",
]
