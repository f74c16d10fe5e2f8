"""How posts come in: bytes are read, what is new is stored, and what editors paste or hide."""

from wires.ingest.address_tests import AddressTester, NotTested, ask_for_test
from wires.ingest.bodies import FetchedBody, Parse
from wires.ingest.confirming import (
    CONFIRMING,
    NotConfirmed,
    confirm,
    find_objection,
    take_back,
    why_it_stays,
)
from wires.ingest.hidden_or_withdrawn import (
    NotAllowed,
    ReasonMissing,
    hide,
    reinstate,
    unhide,
    withdraw,
)
from wires.ingest.known_links import on_file
from wires.ingest.not_pasted import (
    LeftToWorker,
    NotAPost,
    NotFetched,
    NotPasted,
    OtherWords,
    WordsMissing,
)
from wires.ingest.outcome import IngestOutcome
from wires.ingest.paste import paste
from wires.ingest.pasted_links import answer_pasted_links, leave_to_worker
from wires.ingest.reading import read_body, seen_before
from wires.ingest.store import store

__all__ = [
    "CONFIRMING",
    "AddressTester",
    "FetchedBody",
    "IngestOutcome",
    "LeftToWorker",
    "NotAPost",
    "NotAllowed",
    "NotConfirmed",
    "NotFetched",
    "NotPasted",
    "NotTested",
    "OtherWords",
    "Parse",
    "ReasonMissing",
    "WordsMissing",
    "answer_pasted_links",
    "ask_for_test",
    "confirm",
    "find_objection",
    "hide",
    "leave_to_worker",
    "on_file",
    "paste",
    "read_body",
    "reinstate",
    "seen_before",
    "store",
    "take_back",
    "unhide",
    "why_it_stays",
    "withdraw",
]
