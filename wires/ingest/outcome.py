"""What a read changed, to count and to add up."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestOutcome:
    """How many posts a read brought.

    new       posts that the channel had not shown before
    versions  new words of posts that it had
    seen      posts found as they were
    folded    new words that took the place of a post's last version, the fifth in a day or later
    returned  of those seen, posts whose words went back to an earlier version's within a day
    """

    new: int = 0
    versions: int = 0
    seen: int = 0
    folded: int = 0
    returned: int = 0

    def __add__(self, other: Self) -> "IngestOutcome":
        return IngestOutcome(
            new=self.new + other.new,
            versions=self.versions + other.versions,
            seen=self.seen + other.seen,
            folded=self.folded + other.folded,
            returned=self.returned + other.returned,
        )

    @property
    def is_news(self) -> bool:
        return bool(self.new or self.versions or self.folded)
