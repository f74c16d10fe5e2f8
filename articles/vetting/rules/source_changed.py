"""A post edited since it was cited may no longer support the article."""

import unicodedata
from collections.abc import Iterator

from articles.vetting import fixers
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.plain import Plain
from articles.vetting.rule import NOTHING, Rule

_SHOWN = 12


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    for source in piece.sources:
        if source.text is None or not source.versions:
            continue
        was = _words(source.text)
        changed = [words for version in source.versions if (words := _words(version.text)) != was]
        if changed:
            yield _finding(source, *_difference(was, changed[-1]))


def _words(text: str) -> list[str]:
    """Return the words, blind to case, spacing, the shape of quotes and dashes, and final stops."""
    plain = Plain.of(unicodedata.normalize("NFC", text)).text
    words = (word.rstrip(".,;:!?…'\")-–—").lstrip("'\"(-–—") for word in plain.casefold().split())
    return [word for word in words if word]


def _difference(was: list[str], now: list[str]) -> tuple[str, str]:
    """Return the differing span of both, with two words before it."""
    first = 0
    while first < min(len(was), len(now)) and was[first] == now[first]:
        first += 1
    last = 0
    while last < min(len(was), len(now)) - first and was[-1 - last] == now[-1 - last]:
        last += 1
    start = max(0, first - 2)
    return _shown(was[start : len(was) - last]), _shown(now[start : len(now) - last])


def _shown(words: list[str]) -> str:
    return " ".join(words[:_SHOWN]) + (" …" if len(words) > _SHOWN else "")


def _finding(source: SourceRef, was: str, now: str) -> Finding:
    said = f"“{was}” is now “{now}”"
    if not (was and now):
        said = f"“{now}” was added" if now else f"“{was}” was removed"
    return Finding(
        code="source-changed",
        level=Level.HOLD,
        field="sources",
        excerpt=source.key,
        message=(
            f"{source.outlet} edited source {source.key} after it was cited: {said}. "
            "Cite the new version and check that the text still fits."
        ),
        evidence={"key": source.key, "url": source.url, "was": was, "now": now},
    )


RULE = Rule(
    code="source-changed",
    title="Post edited since it was cited",
    find=find,
    compares=NOTHING,
    fix=fixers.cite_current_version,
)
