"""The only ways to change what is public: submit, publish, update, withdraw.

Each act renders and vets before any transaction, refuses on a hold, and then writes in one short
transaction that first sees that nothing changed since it was vetted.
"""

from articles.publishing.acts import publish, submit, update, withdraw
from articles.publishing.drawing import Drawn, draw_up, label, vet
from articles.publishing.gate import NotStanding, acknowledge, override, standing
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

__all__ = [
    "ChangedMeanwhile",
    "Drawn",
    "Embargoed",
    "Held",
    "NotAllowed",
    "NotStanding",
    "NoteMissing",
    "NothingToRead",
    "Refused",
    "SlugTaken",
    "WrongState",
    "acknowledge",
    "draw_up",
    "label",
    "override",
    "publish",
    "standing",
    "submit",
    "update",
    "vet",
    "withdraw",
]
