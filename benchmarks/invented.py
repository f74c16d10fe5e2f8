"""Articles for measuring: invented posts, and text that rests on them, as long as is asked for."""

import random
from datetime import UTC, datetime, timedelta
from typing import Any

from articles.vetting import OutletName, SourceRef

NOW = datetime(2026, 6, 25, 12, 0, tzinfo=UTC)
OUTLETS = (
    "Harbour Wire", "Meridian Press", "The Tessaly Monitor", "Payam-e Darya", "Nahr News", "Sarn Today",
    "Coastline Radio", "Calvera Gazette", "North Quay Agency", "Lantern Service",
)  # fmt: skip
_PLACES = (
    "Calvera",
    "Meray",
    "Tessaly",
    "Sarn",
    "Kvern",
    "Ostrand",
    "Lume",
    "Dellin",
    "Harrow Point",
)
_WHO = ("harbour master", "ministry", "pilots’ union", "port authority", "insurer", "coastguard")
_THINGS = (
    "ships",
    "containers",
    "crew members",
    "lorries",
    "homes",
    "workers",
    "permits",
    "tonnes",
)
_DID = ("were turned back", "were counted", "were moved inland", "had been cleared", "were held")
_WORDS = (
    "the", "a", "of", "and", "to", "in", "quay", "order", "channel", "notice", "tide", "eastern", "late",
    "closed", "waited", "under", "night", "without", "anchor", "lights", "since", "before", "traffic",
    "customs", "sheds", "pilot", "boats", "along", "ferry", "company", "harbour", "again", "through",
)  # fmt: skip
_WORDS_OF_A_PARAGRAPH = 64
_SENTENCES_OF_A_POST = 4


def gazetteer(number: int = 200) -> tuple[OutletName, ...]:
    """Return the outlets that an archive may know."""
    more = [
        f"{place} {kind} {n}" for n in range(9) for place in _PLACES for kind in ("Post", "Echo")
    ]
    names = [*OUTLETS, *more, *(f"Outlet {n}" for n in range(number))][:number]
    return tuple(OutletName(name=name, aliases=(f"{name} Online",)) for name in names)


def written(*, words: int, posts: int, seed: int) -> dict[str, Any]:
    """Return what Piece.written takes: an article of so many words that cites each of its posts.

    Two seeds share no sentence, so that nothing is known of the one from the other.
    """
    # Chosen at random, the same each time.
    rng = random.Random(seed)  # noqa: S311 - no secret is made of it
    facts = [_Fact(rng, n) for n in range(posts)]
    paragraphs = []
    for n in range(max(1, words // _WORDS_OF_A_PARAGRAPH)):
        paragraphs.append(facts[n % posts].paragraph(rng))
        if n % 8 == 7:
            paragraphs.append(f"## What the {rng.choice(_WHO)} in {rng.choice(_PLACES)} says")
    # Each post is cited, however short the article.
    cited = "; ".join(f"@r{n}" for n in range(posts))
    paragraphs.append(f"All of this was carried on Thursday, 25 June 2026 [{cited}].")
    return {
        "headline": f"Ships wait off {rng.choice(_PLACES)} while the {rng.choice(_WHO)} counts",
        "standfirst": f"The {rng.choice(_WHO)} in {rng.choice(_PLACES)} has given no reason.",
        "framing_note": "We lead with the ships, because two outlets counted them apart.",
        "body": "\n\n".join(paragraphs),
        "sources": [fact.source() for fact in facts],
    }


class _Fact:
    """What one post says, and an article after it."""

    def __init__(self, rng: random.Random, number: int) -> None:
        self._rng, self._number = rng, number
        self._outlet = OUTLETS[number % len(OUTLETS)]
        self._at = NOW - timedelta(minutes=40 + 7 * (number % 100))
        self._count = f"{rng.randrange(21, 989) * 10 + 1:,} {rng.choice(_THINGS)}"
        self._where, self._who = rng.choice(_PLACES), rng.choice(_WHO)
        self._said = f"the tide will not {_phrase(rng, 7)}"
        self._did = rng.choice(_DID)

    def paragraph(self, rng: random.Random) -> str:
        key, at = f"r{self._number}", f"{self._at:%H:%M}"
        return (
            f"About {self._count} {self._did} in *{self._where}*, {self._outlet} reported at {at} UTC"
            f" on 25 June 2026 [@{key}]. “{self._said.capitalize()},” the {self._who} said"
            f" [@{key}]. The {rng.choice(_WHO)} {_phrase(rng, 14)}, and [the order]"
            f"(https://port.example/{key}) {_phrase(rng, 9)} [@{key}]."
            f" [The {rng.choice(_WHO)} has {_phrase(rng, 8)}.]{{.own}}"
        )

    def source(self) -> SourceRef:
        rng, n = self._rng, self._number
        rest = " ".join(
            f"The {rng.choice(_WHO)} {_phrase(rng, 11)}." for _ in range(_SENTENCES_OF_A_POST)
        )
        return SourceRef(
            key=f"r{n}",
            outlet=self._outlet,
            platform="telegram",
            url=f"https://t.me/{self._outlet.split()[-1].casefold()}/{n + 7}",
            posted_at=self._at,
            cited_at=NOW,
            text=(
                f"BREAKING: {self._count} {self._did} in {self._where}. “{self._said.capitalize()},”"
                f" the {self._who} said. {rest}"
            ),
        )


def _phrase(rng: random.Random, words: int) -> str:
    return " ".join(rng.choice(_WORDS) for _ in range(words))
