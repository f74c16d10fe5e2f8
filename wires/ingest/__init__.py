"""How posts come in: bytes are read, what is new is stored, and what editors paste or hide."""

from wires.ingest.bodies import FetchedBody, Parse
from wires.ingest.hidden_or_withdrawn import (
    NotAllowed,
    ReasonMissing,
    hide,
    reinstate,
    unhide,
    withdraw,
)
from wires.ingest.outcome import IngestOutcome
from wires.ingest.paste import (
    NotAPost,
    NotFetched,
    NotPasted,
    OtherWords,
    WordsMissing,
    on_file,
    paste,
)
from wires.ingest.reading import read_body, seen_before
from wires.ingest.store import store

__all__ = [
    "FetchedBody",
    "IngestOutcome",
    "NotAPost",
    "NotAllowed",
    "NotFetched",
    "NotPasted",
    "OtherWords",
    "Parse",
    "ReasonMissing",
    "WordsMissing",
    "hide",
    "on_file",
    "paste",
    "read_body",
    "reinstate",
    "seen_before",
    "store",
    "unhide",
    "withdraw",
]
