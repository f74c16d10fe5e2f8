"""The only ways to change what is public: submit, publish, update, withdraw.

Each act renders and vets before any transaction, refuses on a hold, and then writes in one short
transaction that first sees that nothing changed since it was vetted.
"""

from articles.publishing.acts import publish, submit, update, withdraw
from articles.publishing.gate import (
    NotStanding,
    acknowledge,
    override,
    refer,
    standing,
    take_back,
)
from articles.publishing.passing import (
    LIFTED_BY_ACKNOWLEDGEMENT,
    Rulings,
    must_be_another,
    rulings,
)
from articles.publishing.refusals import (
    ChangedMeanwhile,
    Embargoed,
    Held,
    NotAllowed,
    NoteMissing,
    NothingToRead,
    Refused,
    SlugTaken,
    WrongState,
)
from articles.publishing.snapshot import Snapshot, build_snapshot, label, vet

__all__ = [
    "LIFTED_BY_ACKNOWLEDGEMENT",
    "ChangedMeanwhile",
    "Embargoed",
    "Held",
    "NotAllowed",
    "NotStanding",
    "NoteMissing",
    "NothingToRead",
    "Refused",
    "Rulings",
    "SlugTaken",
    "Snapshot",
    "WrongState",
    "acknowledge",
    "build_snapshot",
    "label",
    "must_be_another",
    "override",
    "publish",
    "refer",
    "rulings",
    "standing",
    "submit",
    "take_back",
    "update",
    "vet",
    "withdraw",
]
