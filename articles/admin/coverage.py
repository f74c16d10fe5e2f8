"""How much of a text is cited, sentence by sentence, as the findings panel shows it."""

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from articles import publishing
from articles.prose import Claim


@dataclass(frozen=True, slots=True)
class SourceUse:
    """A source by its key, with the numbers of the sentences that cite it."""

    key: str
    sentences: list[int]


@dataclass(frozen=True)
class Coverage:
    """The claims of a snapshot by what they rest on; `held` numbers those that a hold is about."""

    snapshot: publishing.Snapshot
    held: frozenset[int]

    @property
    def claims(self) -> tuple[Claim, ...]:
        return self.snapshot.piece.prose.claims

    @property
    def words(self) -> int:
        return self.snapshot.piece.prose.words

    @property
    def posts(self) -> int:
        return self.snapshot.version.posts_cited

    @property
    def outlets(self) -> int:
        return self.snapshot.version.outlets_cited

    @cached_property
    def voices(self) -> Counter[str]:
        return Counter(claim.voice for claim in self.claims)

    @property
    def cited(self) -> int:
        return self.voices["cited"]

    @property
    def own(self) -> int:
        return self.voices["own"]

    @property
    def background(self) -> int:
        return self.voices["background"]

    @property
    def bare(self) -> list[Claim]:
        return [claim for claim in self.claims if claim.voice == "bare"]

    @property
    def ribbon(self) -> list[str]:
        """One word a claim, for the row of marks: held wins over its voice."""
        return ["held" if claim.number in self.held else claim.voice for claim in self.claims]

    @property
    def sources(self) -> list[SourceUse]:
        return [
            SourceUse(source.key, [c.number for c in self.claims if source.key in c.keys])
            for source in self.snapshot.piece.sources
        ]
