"""Sentences with the post that each cites, and what the checks of dates say of them."""

import tomllib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from articles.vetting import check
from tests.articles.vetting.factories import NOW, POSTED, make_feed_source_ref, make_piece

DATA = Path(__file__).parents[2] / "data"
CODES = frozenset({
    "weekday", "impossible-date", "future-time", "stated-time", "figure-not-found", "date-differs",
})  # fmt: skip


@dataclass(frozen=True)
class Pair:
    """A cited sentence; wrong is its wrong day, month or year, empty where all of it is right."""

    text: str
    post: str
    wrong: str = ""
    second: str = ""
    outlet: str = "Harbour Wire"
    language: str = "en"
    posted: str = ""
    now: str = ""

    def findings(self):
        """Return what the checks of dates find, each as its code, its level and its words."""
        posted = datetime.fromisoformat(self.posted) if self.posted else POSTED
        now = datetime.fromisoformat(self.now) if self.now else max(NOW, posted)
        posts = {key: text for key, text in (("r1", self.post), ("r2", self.second)) if text}
        piece = make_piece(
            body=self.text,
            language=self.language,
            sources=[
                make_feed_source_ref(key=key, text=text, posted_at=posted, outlet=self.outlet)
                for key, text in posts.items()
            ],
        )
        return [
            (found.code, found.level.value, self.text[found.start : found.end])
            for found in check(piece, now=now, outlet_directory=[])
            if found.code in CODES
        ]

    def is_noticed(self):
        """Return whether a finding points into the wrong words."""
        return any(words in self.wrong or self.wrong in words for _, _, words in self.findings())


def read_pairs(name):
    rows = tomllib.loads((DATA / name).read_text())["pair"]
    return [Pair(**row) for row in rows]
