"""The only ways to change what is public: submit, publish, update, withdraw.

Each act renders and vets outside any transaction, refuses on a hold, and then writes in one short
transaction that first verifies that nothing changed since vetting.
"""

from articles.publishing.acts import publish, submit, update, withdraw
from articles.publishing.clearance import (
    CLEARED_BY_ACKNOWLEDGEMENT,
    Clearances,
    clearances,
    why_alone,
)
from articles.publishing.clearing import (
    NotCurrent,
    acknowledge,
    find_current,
    override,
    request_override,
    revoke,
)
from articles.publishing.pieces import label
from articles.publishing.refusals import (
    ChangedMeanwhile,
    Embargoed,
    HeldByChecks,
    NeverOverridden,
    NotAllowed,
    NoteMissing,
    NothingToRead,
    Refused,
    SlugTaken,
    WrongState,
)
from articles.publishing.snapshot import Snapshot, build_snapshot, vet
from articles.publishing.translating import OwnTranslation, confirm_translation
from articles.publishing.tying import are_clearances_untied, tie_clearances

__all__ = [
    "CLEARED_BY_ACKNOWLEDGEMENT",
    "ChangedMeanwhile",
    "Clearances",
    "Embargoed",
    "HeldByChecks",
    "NeverOverridden",
    "NotAllowed",
    "NotCurrent",
    "NoteMissing",
    "NothingToRead",
    "OwnTranslation",
    "Refused",
    "SlugTaken",
    "Snapshot",
    "WrongState",
    "acknowledge",
    "are_clearances_untied",
    "build_snapshot",
    "clearances",
    "confirm_translation",
    "find_current",
    "label",
    "override",
    "publish",
    "request_override",
    "revoke",
    "submit",
    "tie_clearances",
    "update",
    "vet",
    "why_alone",
    "withdraw",
]
