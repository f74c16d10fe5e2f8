"""How quotes come in: polled, from a file, by hand; and what is held back on the way."""

from markets.ingest.hand import accept, correct, release
from markets.ingest.store import QuotesOutcome, WantedQuotes, store

__all__ = ["QuotesOutcome", "WantedQuotes", "accept", "correct", "release", "store"]
