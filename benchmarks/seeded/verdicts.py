"""What a fix makes of a faulty article, judged by the clean one.

The judge reads marks, numbers, times and names by itself, never by the readers of the checks.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from articles.prose import Claim
from articles.vetting import Piece, SourceRef
from articles.vetting.fix import Fix, applied
from articles.vetting.spot import TEXTS
from benchmarks.seeded.dates import stated_times
from benchmarks.seeded.places import fold, numbers

_WORD = re.compile(r"\S+")
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_POINTS = re.compile(r"(?P<number>\d+(?:\.\d+)?) (?P<basis>basis|percentage)(?: points?)?")
# "3.17pm" is 3:17pm.
_POINT_IN_TIME = re.compile(r"(?<=\d)\.(?=\d\d ?[ap]\.?m)")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class Verdict(StrEnum):
    """RIGHT: the clean text and sources, to the letter.

    EQUAL: the sentences that the fix touched have the words of the clean text but for spelling,
    case or spacing, and cite at least the posts that they cite there; or, at the place that was
    fixed, they have the same number, moment or outlet in another form. TRUE: the fault had added a
    statement, and now the posts cited in the clean text bear it out. WRONG: everything else.
    """

    RIGHT = "right"
    EQUAL = "equal"
    TRUE = "true"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class _Change:
    """Words of the fixed text and those of the clean text in their place."""

    now: str
    was: str


def fix_applied(piece: Piece, fix: Fix) -> Piece:
    """Return the piece as it is after a press of the button."""
    changed = {(choice.key, choice.name): choice.value for choice in fix.choices}
    sources = tuple(
        _changed(source, changed)
        for source in piece.sources
        if (source.key, "DELETE") not in changed
    )
    texts = {name: applied(getattr(piece, name), name, fix.edits) for name in TEXTS}
    return _written(piece, texts, sources)


def with_texts(piece: Piece, texts: Mapping[str, str]) -> Piece:
    """Return a piece with other words in some of its fields."""
    return _written(piece, {name: getattr(piece, name) for name in TEXTS} | dict(texts), None)


def _written(
    piece: Piece, texts: Mapping[str, str], sources: tuple[SourceRef, ...] | None
) -> Piece:
    written = Piece.written(
        sources=piece.sources if sources is None else sources,
        language=piece.language,
        published_at=piece.published_at,
        **texts,
    )
    return replace(written, images=piece.images)


def _changed(source: SourceRef, changed: Mapping[tuple[str, str], str]) -> SourceRef:
    if (source.key, "repin") in changed and source.versions:
        source = replace(source, text=source.versions[-1].text, versions=())
    return replace(source, role=changed.get((source.key, "role"), source.role))


def judge(fixed: Piece, faulty: Piece, clean: Piece) -> Verdict:
    """Return how good a fixed piece is. What the fix did not touch is not its doing."""
    same_rows = fixed.sources == clean.sources
    if same_rows and all(getattr(fixed, name) == getattr(clean, name) for name in TEXTS):
        return Verdict.RIGHT
    pairs, added = _paired(fixed, clean)
    rows = {source.url for source in clean.sources}
    if fixed.sources != faulty.sources and {source.url for source in fixed.sources} != rows:
        return Verdict.WRONG
    if len(pairs) < len(clean.prose.claims):
        return Verdict.WRONG
    before = {
        (claim.text, _cited(faulty, claim.keys), claim.voice) for claim in faulty.prose.claims
    }
    verdicts = [
        _compared(getattr(fixed, name), getattr(clean, name), clean.sources)
        for name in TEXTS
        if name != "body" and getattr(fixed, name) != getattr(faulty, name)
    ]
    verdicts += [
        _judged(fixed, one, clean, other)
        for one, other in pairs
        if (one.text, _cited(fixed, one.keys), one.voice) not in before
    ]
    verdicts += [
        _judged_addition(fixed, one, clean)
        for one in added
        if (one.text, _cited(fixed, one.keys), one.voice) not in before
    ]
    return next((each for each in (Verdict.WRONG, Verdict.TRUE) if each in verdicts), Verdict.EQUAL)


def _judged(fixed: Piece, one: Claim, clean: Piece, other: Claim) -> Verdict:
    if not _cited(fixed, one.keys) >= _cited(clean, other.keys) or one.voice != other.voice:
        return Verdict.WRONG
    return _compared(one.text, other.text, _sources(clean, other.keys))


def _paired(fixed: Piece, clean: Piece) -> tuple[list[tuple[Claim, Claim]], list[Claim]]:
    """Return each clean sentence with what it is now, and the sentences that the fault added."""
    mine, theirs = list(fixed.prose.claims), list(clean.prose.claims)
    if len(mine) <= len(theirs):
        return list(zip(mine, theirs, strict=False)), []
    pairs: list[tuple[Claim, Claim]] = []
    added: list[Claim] = []
    surplus = len(mine) - len(theirs)
    for one in mine:
        other = theirs[len(pairs)] if len(pairs) < len(theirs) else None
        if other is None or (len(added) < surplus and _plain(one.text) != _plain(other.text)):
            added.append(one)
        else:
            pairs.append((one, other))
    return pairs, added


def _judged_addition(fixed: Piece, added: Claim, clean: Piece) -> Verdict:
    """Judge a sentence that the fault added: true if a post cited there says so, or the text does."""
    said = _plain(added.text).strip(" .")
    posts = _sources(fixed, added.keys)
    if any(said in _plain(source.text or "") for source in posts):
        return Verdict.TRUE
    cited = _cited(fixed, added.keys)
    return next(
        (
            Verdict.TRUE
            for other in clean.prose.claims
            if _plain(other.text).strip(" .") == said and cited >= _cited(clean, other.keys)
        ),
        Verdict.WRONG,
    )


def _cited(piece: Piece, keys: tuple[str, ...]) -> frozenset[str]:
    return frozenset(source.url for source in piece.sources if source.key in keys)


def _sources(piece: Piece, keys: tuple[str, ...]) -> tuple[SourceRef, ...]:
    return tuple(source for source in piece.sources if source.key in keys)


def _compared(now: str, was: str, cited: tuple[SourceRef, ...]) -> Verdict:
    if _plain(now) == _plain(was):
        return Verdict.EQUAL
    change = _difference(now, was)
    if _is_same(change, cited):
        return Verdict.EQUAL
    return Verdict.TRUE if _is_borne_out(change, now, was, cited) else Verdict.WRONG


def _plain(text: str) -> str:
    text = fold(unicodedata.normalize("NFKC", text)).replace("'", "").replace('"', "")
    return _POINT_IN_TIME.sub(":", text)


def _difference(now: str, was: str) -> _Change:
    """Return the words between those that both texts begin and end with."""
    mine, theirs = ([word.strip(".,;:") for word in _WORD.findall(text)] for text in (now, was))
    most = min(len(mine), len(theirs))
    first = 0
    while first < most and mine[first] == theirs[first]:
        first += 1
    last = 0
    while last < most - first and mine[-1 - last] == theirs[-1 - last]:
        last += 1
    return _Change(
        " ".join(mine[first : len(mine) - last]), " ".join(theirs[first : len(theirs) - last])
    )


def _is_same(change: _Change, cited: tuple[SourceRef, ...]) -> bool:
    """Return whether both are one number, one moment of a cited post or one outlet's name."""
    if _in_points(change.now) is not None and _in_points(change.now) == _in_points(change.was):
        return True
    now, was = numbers(change.now), numbers(change.was)
    if len(now) == len(was) == 1 and not _letters(change.now, now[0].text):
        mine, theirs = now[0], was[0]
        return bool(set(mine.values) & set(theirs.values)) and (mine.sign, mine.is_percent) == (
            theirs.sign,
            theirs.is_percent,
        )
    return any(
        _is_named(change.now, source) and _is_named(change.was, source) for source in cited
    ) or (_are_times(change) and any(_is_posted(change.now, source.posted_at) for source in cited))


def _in_points(words: str) -> float | None:
    """Return percentage points; a hundred basis points are one."""
    found = _POINTS.fullmatch(words)
    if found is None:
        return None
    return float(found["number"]) / (100 if found["basis"] == "basis" else 1)


def _letters(text: str, number: str) -> str:
    return re.sub(r"[\W\d_]", "", text.replace(number, "", 1))


def _is_named(words: str, source: SourceRef) -> bool:
    said = words.strip(" ,.;:")
    return said.removesuffix("’s").removesuffix("'s") in (source.outlet, *source.aliases)


def _are_times(change: _Change) -> bool:
    return bool(re.search(r"\d", change.now)) and bool(re.search(r"\d", change.was))


def _is_posted(words: str, posted_at: datetime | None) -> bool:
    times = list(stated_times(words))
    return posted_at is not None and any(one.agrees(posted_at) for one in times)


def _is_borne_out(change: _Change, now: str, was: str, cited: tuple[SourceRef, ...]) -> bool:
    """Return whether what stands there besides the clean text is true of a post cited there."""
    added = change.now
    if change.was and _plain(change.was) not in _plain(added):
        return False
    for source in cited:
        names = [name for name in (source.outlet, *source.aliases) if name in added]
        if any(not re.search(r"\d", added.replace(name, "")) for name in names):
            return True
        if source.posted_at and _is_posted(added, source.posted_at):
            years = {int(year) for year in _YEAR.findall(added)}
            day = re.search(rf"\b{source.posted_at.day}\b", added)
            return years <= {source.posted_at.year} and bool(day)
    return added.strip(" ,") in _WEEKDAYS and bool(re.search(r"\d", was)) and len(cited) > 0
