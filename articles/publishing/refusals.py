"""Why an act may not happen; each text is one sentence for the person who asked."""

from collections.abc import Sequence

from articles import vetting
from web.words import count_of


class Refused(Exception):
    """An act that may not happen."""


class NotAllowed(Refused):
    """The person has no right to this act."""


class WrongState(Refused):
    """The article is not in a state that this act starts from."""


class Embargoed(Refused):
    """The article is under embargo."""


class SlugTaken(Refused):
    """Another article has, or once had, this address."""


class NothingToRead(Refused):
    """The article has no text."""


class NoteMissing(Refused):
    """The act needs a public note."""


class ChangedMeanwhile(Refused):
    """The article or a cited post kept changing while it was vetted."""


class HeldByChecks(Refused):
    """The checks hold the article. `findings` are the holds, in the order of the checks.

    `own` are the fingerprints of those that the one who publishes has let pass, so that somebody
    else must publish.
    """

    def __init__(self, findings: Sequence[vetting.Finding], *, own: Sequence[str] = ()) -> None:
        self.findings = tuple(findings)
        self.own = frozenset(own)
        count = len(self.findings)
        super().__init__(f"{count_of(count, 'hold')} must be fixed or overridden first.")
