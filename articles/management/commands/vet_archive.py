"""Check the public version of every live article against what its posts say now."""

import json
import math
import os
import sys
import threading
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone
from django.utils.dateparse import parse_date

from articles import archive
from articles.archive import VettedArticle
from articles.models import ArchiveRun, ArticleQuerySet
from articles.vetting import cases, report
from web.words import plural
from wires.management.outage import no_database
from wires.management.stopping import told_to_stop

PASSES, HELD, NOT_VETTED = 0, 1, 2
# How often progress is shown, and how often to look at a run that others are finishing.
SECONDS = 1


@dataclass(slots=True)
class Totals:
    """How many articles were checked, how many have holds, and how many could not be read."""

    articles: int = 0
    held: int = 0
    failed: int = 0

    def add(self, vetted: VettedArticle) -> None:
        self.articles += 1
        self.held += bool(vetted.holds)
        self.failed += bool(vetted.failure)

    def __str__(self) -> str:
        failed = f", {self.failed:,} could not be checked" if self.failed else ""
        articles = f"{self.articles:,} {plural(self.articles, 'article')}"
        return f"{articles} checked, {self.held:,} with new holds{failed}"


class Command(BaseCommand):
    help = (
        "Check every live article as readers have it against what its posts say now, and record "
        "what is new since it was published. Exit status: 0 without new holds, 1 with new holds, "
        "2 when an article could not be checked or the run was interrupted."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        some = parser.add_mutually_exclusive_group()
        some.add_argument("--article", metavar="SLUG", help="only the live article with this slug")
        some.add_argument(
            "--since",
            metavar="YYYY-MM-DD",
            help="only those published or updated since this day (UTC)",
        )
        parser.add_argument("--format", choices=["text", "json"], default="text", dest="form")

    def handle(
        self,
        *,
        article: str | None,
        since: str | None,
        form: str,
        no_color: bool,
        force_color: bool,
        **options: Any,
    ) -> None:
        is_plain = no_color or bool(os.environ.get("NO_COLOR"))
        ink = report.Ink(is_coloured=force_color or (self.stdout.isatty() and not is_plain))
        try:
            with told_to_stop() as over:
                rows = self._some(article, since)
                run = None if rows is not None else _run()
                vetted = _all(run, over) if run else _of(rows, over)
                totals = self._tell(vetted, form, ink)
                if run:
                    run.refresh_from_db()
                    totals = Totals(run.articles, run.held, run.failed)
        except DatabaseError as error:
            raise CommandError(str(no_database(error)), returncode=NOT_VETTED) from error
        except BrokenPipeError:
            # The reader of our output has exited, as `head` does; Python would complain again on exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(NOT_VETTED) from None
        self._end(totals, form, is_broken_off=over.is_set())

    def _some(self, slug: str | None, since: str | None) -> ArticleQuerySet | None:
        """Return the requested articles, None for all. Raises CommandError for invalid options."""
        rows = archive.live_articles()
        if slug:
            rows = rows.filter(live_slug=slug)
            if not rows.exists():
                message = f"No live article has the slug {slug}."
                raise CommandError(message, returncode=NOT_VETTED)
            return rows
        return rows.filter(live_version__at__gte=_day(since)) if since else None

    def _tell(self, found: Iterator[VettedArticle], form: str, ink: report.Ink) -> Totals:
        """Print the findings on each article as they come, and progress on a terminal."""
        totals, told_at = Totals(), -math.inf
        for vetted in found:
            totals.add(vetted)
            for line in _lines(vetted, form, ink):
                self.stdout.write(line)
            if self.stderr.isatty() and time.monotonic() - told_at >= SECONDS:
                told_at = time.monotonic()
                # A line that the next one overwrites.
                self.stderr.write(f"\r{totals} …", ending="")
                self.stderr.flush()
        return totals

    def _end(self, totals: Totals, form: str, *, is_broken_off: bool) -> None:
        if self.stderr.isatty():
            self.stderr.write("\r", ending="")
        rest = "; interrupted, the next run continues from here" if is_broken_off else ""
        if form == "text":
            self.stdout.write(f"{totals}{rest}.")
        if totals.failed or is_broken_off:
            raise SystemExit(NOT_VETTED)
        if totals.held:
            raise SystemExit(HELD)


def _run() -> ArchiveRun:
    run = archive.under_way() or archive.begin(at=timezone.now())
    if run is None:
        message = "Another run has just ended; start again."
        raise CommandError(message, returncode=NOT_VETTED)
    return run


def _all(run: ArchiveRun, over: threading.Event) -> Iterator[VettedArticle]:
    """Work on a run until it has ended, including batches of other workers."""
    while not over.is_set():
        yield from archive.go_on(run, now=timezone.now, is_over=over.is_set)
        run.refresh_from_db()
        if run.finished_at or over.wait(SECONDS):
            return


def _of(rows: ArticleQuerySet | None, over: threading.Event) -> Iterator[VettedArticle]:
    asked = rows if rows is not None else archive.live_articles()
    return archive.vet_all(asked, now=timezone.now, is_over=over.is_set)


def _day(text: str) -> datetime:
    """Return the start of a day in UTC. Raises CommandError."""
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        message = f"--since needs a day such as 2026-06-25, not {text}."
        raise CommandError(message, returncode=NOT_VETTED)
    return datetime.combine(day, datetime.min.time(), UTC)


def _lines(vetted: VettedArticle, form: str, ink: report.Ink) -> Iterator[str]:
    """Yield a JSON line for each article, or text for those with findings only."""
    name = vetted.article.live_slug
    if form == "json":
        about = {"id": name, "url": vetted.article.get_absolute_url(), "known": vetted.known}
        failure = {"failure": vetted.failure} if vetted.failure else {}
        found = [cases.as_case(finding) for finding in vetted.findings]
        # Non-ASCII is escaped, so that no terminal or locale can garble a line.
        yield json.dumps(about | failure | {"findings": found})
    elif vetted.piece is None:
        yield f"{name}: could not be checked: {vetted.failure}"
    elif vetted.findings:
        yield from report.lines(name, vetted.piece, vetted.findings, ink)
