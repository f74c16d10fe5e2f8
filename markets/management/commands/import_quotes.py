"""Import quotes from a file."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.core.management.color import no_style
from django.db import DatabaseError
from django.utils import timezone

from markets.ingest import QuotesOutcome, WantedQuotes, store
from markets.ingest.poll import LARGEST, read_file
from markets.models import Instrument, Quote
from markets.providers import Answer, UnreadableQuotes
from markets.providers.base import shown
from markets.providers.feed import read_quotes, symbols_in
from wires.management.outage import no_database


class Command(BaseCommand):
    help = (
        "Import quotes from FILE, CSV or JSON, by the symbol of their instrument. Columns:"
        " symbol, price, time (ISO 8601 with a time zone) and, where known, previous_close"
        " and currency. Use - for standard input. Exits with status 1 if a quote was not imported."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="CSV or JSON; - for standard input")

    def handle(self, *, file: str, **options: Any) -> None:
        if os.environ.get("NO_COLOR"):
            self.style = no_style()
        try:
            outcome, unknown = take(body_of(file))
        except UnreadableQuotes as error:
            name = "Standard input" if file == "-" else file
            message = f"{name} was not imported: {error.message}"
            raise CommandError(message) from error
        except DatabaseError as error:
            raise no_database(error) from error
        lines = [f"{symbol}: no instrument has this symbol" for symbol in unknown]
        self.report(outcome, outcome.held + lines)

    def report(self, outcome: QuotesOutcome, lines: list[str]) -> None:
        """Say what came. Raises CommandError where something was left out."""
        for line in lines:
            self.stderr.write(line, self.style.WARNING)
        said = f"{outcome.new} new quotes, {outcome.known} known, {len(lines)} not imported"
        if lines:
            raise CommandError(said)
        self.stdout.write(self.style.SUCCESS(said))


def body_of(file: str) -> bytes:
    """Return what is in FILE. Raises UnreadableQuotes."""
    if file != "-":
        return read_file(str(Path(file)), etag="").body
    body = sys.stdin.buffer.read(LARGEST + 1)
    if len(body) > LARGEST:
        message = f"it is larger than {LARGEST // 1_000_000} MB"
        raise UnreadableQuotes(message)
    return body


def take(body: bytes) -> tuple[QuotesOutcome, list[str]]:
    """Store the quotes in a file; return the outcome and the symbols no instrument has.

    Raises UnreadableQuotes.
    """
    named = {symbol.upper() for symbol in symbols_in(body)}
    every = WantedQuotes.of(Instrument.objects.all(), name="symbol", is_divided=False)
    wanted = every.only(named)
    answer: Answer = read_quotes(body, wanted.instruments)
    outcome = store(answer, wanted, at=timezone.now(), origin=Quote.Origin.FILE)
    return outcome, sorted(shown(symbol) for symbol in named - set(wanted.instruments))
