"""Findings: which rule, at which level, where, why, and what to do about it."""

import dataclasses
import json
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from typing import Self


class Level(StrEnum):
    """HOLD blocks until it is fixed or overridden; QUERY is a question and can be acknowledged."""

    HOLD = "hold"
    QUERY = "query"


# A hostile text is one sentence, and each finding would hold the whole of it.
_LONGEST = 2_000


@dataclasses.dataclass(frozen=True, kw_only=True)
class Finding:
    """One fault of a piece.

    field is headline, standfirst, body, framing_note, social_text, sources or image; start and
    end are code points into that field. The excerpt is the sentence, for sources the key or keys,
    for an image its number in the library.
    The message is one line that also says what to do. The evidence describes the fault in plain
    JSON values, with nothing that an edit elsewhere would change. With the code and the wording,
    a digest of the words that the finding stands in, it makes the fingerprint, to which
    acknowledgements and overrides are tied. A rule leaves the wording empty; see `within`.
    """

    code: str
    level: Level
    field: str
    start: int = 0
    end: int = 0
    excerpt: str = ""
    message: str
    evidence: Mapping[str, object]
    wording: str = ""

    def __post_init__(self) -> None:
        object.__setattr__(self, "excerpt", _cut(self.excerpt))
        object.__setattr__(
            self, "evidence", {key: _cut(value) for key, value in self.evidence.items()}
        )

    @cached_property
    def fingerprint(self) -> str:
        return fingerprint(self.code, self.evidence, self.wording)

    @property
    def evidence_fingerprint(self) -> str:
        """The fingerprint without the words around: that of the same fault in any sentence.

        Clearances were tied to it before they were tied to the sentence, and those of versions
        published then still are.
        """
        return fingerprint(self.code, self.evidence) if self.wording else self.fingerprint

    def within(self, wording: str) -> Self:
        """Return the finding with the digest of the words that it stands in."""
        return dataclasses.replace(self, wording=wording) if wording else self

    def as_dict(self) -> dict[str, object]:
        """Return plain JSON values, in the order in which people read them."""
        return {
            "code": self.code,
            "level": self.level.value,
            "field": self.field,
            "start": self.start,
            "end": self.end,
            "excerpt": self.excerpt,
            "message": self.message,
            "evidence": dict(self.evidence),
            "fingerprint": self.fingerprint,
        }


def _cut[T](value: T) -> T | str:
    """Return a text without what is beyond a long sentence; other values as they are."""
    if isinstance(value, str) and len(value) > _LONGEST:
        return value[:_LONGEST] + "…"
    return value


def fingerprint(code: str, evidence: Mapping[str, object], wording: str = "") -> str:
    """Return the sha256 of code, evidence and wording, ignoring case, width and spacing.

    Without a wording it is what it was before there were any, so that findings that stand in no
    sentence kept theirs.
    """
    parts = [code, evidence, wording] if wording else [code, evidence]
    return sha256(_folded(json.dumps(parts, sort_keys=True, ensure_ascii=False))).hexdigest()


def _folded(text: str) -> bytes:
    words = unicodedata.normalize("NFKC", text).casefold().split()
    return " ".join(words).encode("utf-8", "surrogatepass")
