"""The only ways to change what is public: submit, publish, update, withdraw.

Each act renders and vets before any transaction, refuses on a hold, and then writes in one short
transaction that first sees that nothing changed since it was vetted.
"""

from articles.publishing.acts import publish, submit, update, withdraw
from articles.publishing.clearance import (
    CLEARED_BY_ACKNOWLEDGEMENT,
    Clearances,
    clearances,
    must_be_another,
)
from articles.publishing.clearing import (
    NotStanding,
    acknowledge,
    override,
    refer,
    revoke,
    standing,
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
    "CLEARED_BY_ACKNOWLEDGEMENT",
    "ChangedMeanwhile",
    "Clearances",
    "Embargoed",
    "Held",
    "NotAllowed",
    "NotStanding",
    "NoteMissing",
    "NothingToRead",
    "Refused",
    "SlugTaken",
    "Snapshot",
    "WrongState",
    "acknowledge",
    "build_snapshot",
    "clearances",
    "label",
    "must_be_another",
    "override",
    "publish",
    "refer",
    "revoke",
    "standing",
    "submit",
    "update",
    "vet",
    "withdraw",
]
