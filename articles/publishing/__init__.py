"""The only ways to change what is public: publish, update, correct, withdraw, now or at a set time.

Each act renders and vets outside any transaction, refuses on a hold, and then writes in one short
transaction that first verifies that nothing changed since vetting.
"""

from articles.publishing.acts import correct, publish, update, withdraw
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
from articles.publishing.counting import open_findings, vet_drafts
from articles.publishing.freezing import is_draft_unchanged
from articles.publishing.fronting import (
    Arrangement,
    Current,
    arrange_front,
    arrangement_of,
    current_front,
    end_banner,
    undo_front,
)
from articles.publishing.inputs import Labels
from articles.publishing.on_record import allow
from articles.publishing.pieces import label
from articles.publishing.refusals import (
    BadTime,
    ChangedMeanwhile,
    Embargoed,
    FrozenDraftChanged,
    HeldByChecks,
    NeverOverridden,
    NotAllowed,
    NoteMissing,
    NothingToRead,
    NoTranslation,
    Refused,
    Scheduled,
    ScheduleOver,
    SlugTaken,
    WrongState,
)
from articles.publishing.renaming import keep_former_slug
from articles.publishing.reviewing import send_back, submit
from articles.publishing.scheduling import cancel, check_time, publish_due, schedule, set_embargo
from articles.publishing.site_pages import newest_version, publish_page, take_down_page
from articles.publishing.snapshot import Snapshot, build_snapshot, vet
from articles.publishing.translating import OwnTranslation, confirm_translation
from articles.publishing.tying import are_clearances_untied, tie_clearances

__all__ = [
    "CLEARED_BY_ACKNOWLEDGEMENT",
    "Arrangement",
    "BadTime",
    "ChangedMeanwhile",
    "Clearances",
    "Current",
    "Embargoed",
    "FrozenDraftChanged",
    "HeldByChecks",
    "Labels",
    "NeverOverridden",
    "NoTranslation",
    "NotAllowed",
    "NotCurrent",
    "NoteMissing",
    "NothingToRead",
    "OwnTranslation",
    "Refused",
    "ScheduleOver",
    "Scheduled",
    "SlugTaken",
    "Snapshot",
    "WrongState",
    "acknowledge",
    "allow",
    "are_clearances_untied",
    "arrange_front",
    "arrangement_of",
    "build_snapshot",
    "cancel",
    "check_time",
    "clearances",
    "confirm_translation",
    "correct",
    "current_front",
    "end_banner",
    "find_current",
    "is_draft_unchanged",
    "keep_former_slug",
    "label",
    "newest_version",
    "open_findings",
    "override",
    "publish",
    "publish_due",
    "publish_page",
    "request_override",
    "revoke",
    "schedule",
    "send_back",
    "set_embargo",
    "submit",
    "take_down_page",
    "tie_clearances",
    "undo_front",
    "update",
    "vet",
    "vet_drafts",
    "why_alone",
    "withdraw",
]
