"""How a language names an outlet as the source of what it says: words before it, words after it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from articles.vetting.platform_names import PLATFORM_NAMES

# No wording is longer than this before the name of an outlet.
BEFORE = 64


@dataclass(frozen=True, slots=True)
class Wording:
    """The attributions of one language, for text with single spaces and straight quotes.

    follows is matched right after a name; after what is disowned it says nothing, because then
    somebody else speaks, unless the name itself is inflected. leads ends right before a name, and
    what goes_on after it makes another thing of it. of pairs both have to stand, the one before
    and the other after. joins stands between outlets in a row.
    """

    follows: re.Pattern[str]
    disowned: re.Pattern[str]
    leads: re.Pattern[str]
    goes_on: re.Pattern[str]
    pairs: Sequence[tuple[re.Pattern[str], re.Pattern[str]]]
    joins: re.Pattern[str]

    def is_subject(self, text: str, start: int, end: int) -> bool:
        """Return whether the outlet at text[start:end] is said to say something."""
        found = self.follows.match(text, end)
        if found is None:
            return False
        return found.group()[:1] in {"'", "-"} or not self.disowned.search(
            text[max(0, start - BEFORE) : start]
        )

    def is_led_to(self, text: str, start: int, end: int) -> bool:
        """Return whether the words before text[start:end] make a source of it."""
        before = text[max(0, start - BEFORE) : start]
        # What follows is looked at in one place, what leads there is searched for.
        if not self.goes_on.match(text, end) and self.leads.search(before):
            return True
        return any(after.match(text, end) and lead.search(before) for lead, after in self.pairs)


# Any language: a head ("Reuters: …") and a note ("… (source: Kyodo)", "… (dpa)").
_START = re.compile(r"(?:\A|[.!?:;] )[\"'(]*\Z")
_HEAD = re.compile(rf"(?: (?:on|via|auf|sur|en|su|no) (?:{PLATFORM_NAMES}))?: ")
_NOTE = re.compile(
    r"(?:\A|[\w%\"'.,;!?]+ )[(\[](?i:sources?|quellen?|fuentes?|font[ei]s?|via|per) ?:? ?\Z"
    r"|(?:\A|[^\W_]*[a-z\d%\"'.!?] )\((?:[^\W_]+/)?\Z"
)
_NOTE_ENDS = re.compile(
    r"(?: (?:reports?|reported|says|said|meldet|informa))?[)\]](?=[ .,;:!?]*(?:\Z|[A-Z\"'«(]))"
)
NOTES = ((_START, _HEAD), (_NOTE, _NOTE_ENDS))
