"""Check live articles against what their posts say now: each night, and on request.

The checks are those of publishing. Findings from the time of publication were acknowledged or
overridden then, so only new ones are recorded and reported.
"""

from articles.archive.checking import VettedArticle, vet, vet_all
from articles.archive.pieces import live_articles, never_vetted, with_pictures
from articles.archive.report import (
    FRESH,
    Alert,
    AlertCount,
    LastRun,
    count_alerts,
    faults,
    fresh,
    kinds,
    last_run,
    recorded,
)
from articles.archive.runs import NIGHTLY_AT, begin, go_on, tonight, under_way
from articles.archive.tally import tallied, tally_alerts

__all__ = [
    "FRESH",
    "NIGHTLY_AT",
    "Alert",
    "AlertCount",
    "LastRun",
    "VettedArticle",
    "begin",
    "count_alerts",
    "faults",
    "fresh",
    "go_on",
    "kinds",
    "last_run",
    "live_articles",
    "never_vetted",
    "recorded",
    "tallied",
    "tally_alerts",
    "tonight",
    "under_way",
    "vet",
    "vet_all",
    "with_pictures",
]
