"""The exact words of a post that support a quotation or a figure, and how to find them again.

Stored are what the W3C Web Annotation Data Model calls a text position selector and a text quote
selector: offsets, the words, and the text before and after them.
"""

from dataclasses import asdict, dataclass

from articles.vetting.piece import SourceRef

# Enough to tell one place from the next.
_AROUND = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Words of a source; start and end are code points in the text of the cited version."""

    key: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str

    def as_dict(self) -> dict[str, str | int]:
        return asdict(self)


def passage(source: SourceRef, start: int, end: int) -> Passage:
    text = source.text or ""
    return Passage(
        key=source.key,
        start=start,
        end=end,
        exact=text[start:end],
        prefix=text[max(0, start - _AROUND) : start],
        suffix=text[end : end + _AROUND],
    )
