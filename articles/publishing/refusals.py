"""The reasons to refuse an act; each message is one sentence for the user who asked."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from articles import vetting
from web.words import count_of


class Refused(Exception):
    """The act is refused."""


class NotAllowed(Refused):
    """The user lacks the permission for this act."""


class NeverOverridden(Refused):
    """The hold is one that nobody can override."""


class WrongState(Refused):
    """The article is in a state that does not allow this act."""


class Embargoed(Refused):
    """The article is under embargo."""


class SlugTaken(Refused):
    """Another article has, or had, this address."""


class NoTranslation(Refused):
    """The article cannot be a translation of the one that it names, or readers have one already."""


class NothingToRead(Refused):
    """The article has no text, or no headline."""


class NoteMissing(Refused):
    """The act needs a public note."""


class ChangedMeanwhile(Refused):
    """The article or a cited post kept changing while it was vetted."""


class Scheduled(Refused):
    """The article is scheduled, and what goes out then would undo the act or be undone by it."""


class BadTime(Refused):
    """Nothing can go out at that time."""


class ScheduleOver(Refused):
    """The schedule was cancelled, or its text is public already."""


class FrozenDraftChanged(Refused):
    """The text that was scheduled is no longer what somebody scheduled."""


class HeldByChecks(Refused):
    """The checks hold the article. `findings` are the holds, in the order of the checks.

    `uncounted` says by fingerprint why an override does not count: who made it and who publishes
    are not two people.
    """

    def __init__(
        self,
        findings: Sequence[vetting.Finding],
        *,
        uncounted: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        self.findings = tuple(findings)
        self.uncounted = dict(uncounted)
        count = len(self.findings)
        super().__init__(f"{count_of(count, 'hold')} must be fixed or overridden first.")
