"""Merge a form into a draft that somebody saved after the form was opened. Pure, but for QueryDict.

Each field, and each field of a row of sources, is compared with what both started from. Where
only one side changed it, that side counts; where both did, the form asks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from articles.forms.differing import LABELS, SOURCES, Difference, sources_in_words
from articles.forms.drafts import MANY, NOTE, OF_SOURCE, Draft, Source
from articles.forms.sources import MOST_SOURCES
from articles.forms.unsaved import PREFIX, whole
from articles.forms.writing import unix_lines

# The radio buttons: choice-body is "mine" or "theirs".
CHOICE = "choice-"
THEIRS = "theirs"
# Numbers by which rows are ordered: no text, and not worth a question.
UNASKED = frozenset({"position"})
# Of a row of sources: cite the new version, confirm the translation.
TICKS = ("repin", "confirm")


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """The draft that both make, theirs where `taken` names it, and what they both changed.

    A conflict has their text as the earlier one; the draft holds mine until somebody chooses.
    """

    draft: Draft
    taken: tuple[str, ...]
    conflicts: tuple[Difference, ...]

    @property
    def labels(self) -> str:
        return ", ".join(LABELS.get(name, name).lower() for name in self.taken)


def merge(mine: Draft, *, theirs: Draft, base: Draft | None) -> Merged:
    """Return what becomes of a form. Without a base, whatever differs is a conflict."""
    fields, taken, conflicts = dict(mine.fields), [], []
    for name, text in mine.fields.items():
        other = theirs.fields.get(name, "")
        if name == NOTE or text == other:
            continue
        was = None if base is None else base.fields.get(name, "")
        if text == was:
            fields[name] = other
            taken.append(name)
        elif other != was:
            conflicts.append(Difference(name=name, earlier=other, later=text))
    rows = _merge_sources(mine, theirs, base)
    if rows.is_theirs:
        taken.append(SOURCES)
    if rows.is_conflict:
        earlier, later = (sources_in_words(each.sources) for each in (theirs, mine))
        conflicts.append(Difference(name=SOURCES, earlier=earlier, later=later))
    return Merged(
        draft=Draft(fields=fields, sources=tuple(rows.rows)),
        taken=tuple(taken),
        conflicts=tuple(conflicts),
    )


def choose(data: QueryDict, mine: Draft, *, theirs: Draft) -> Draft:
    """Return the draft with theirs in each field for which that was chosen."""
    chosen = {
        name.removeprefix(CHOICE)
        for name in data
        if name.startswith(CHOICE) and data[name] == THEIRS
    }
    fields = {
        name: theirs.fields.get(name, "") if name in chosen else text
        for name, text in mine.fields.items()
    }
    sources = theirs.sources if SOURCES in chosen else mine.sources
    return Draft(fields=fields, sources=sources)


# Sources


@dataclass(slots=True)
class _Rows:
    rows: list[Source]
    is_theirs: bool = False
    is_conflict: bool = False


def _merge_sources(mine: Draft, theirs: Draft, base: Draft | None) -> _Rows:
    """Merge row by row: by the id of the stored row, and by the post where a row has none yet."""
    stored = {row["id"]: row for row in theirs.sources}
    began = {row["id"]: row for row in base.sources} if base else {}
    merged = _Rows([])
    seen: set[str] = set()
    for row in mine.sources:
        if row["id"] not in stored:
            row = _adopted(row, theirs, seen)
        seen.add(row["id"])
        if row["id"] in stored:
            _merge_row(merged, row, stored[row["id"]], began.get(row["id"]))
        elif base and row["id"] and _is_same(row, began.get(row["id"])):
            # They removed a row that I left as it was.
            merged.is_theirs = True
        else:
            merged.rows.append({**row, "id": ""})
    for row in theirs.sources:
        if row["id"] not in seen:
            _merge_missing(merged, row, began.get(row["id"]), is_known=base is not None)
    merged.is_conflict |= _share_a_key(merged.rows)
    return merged


def _adopted(row: Source, theirs: Draft, seen: set[str]) -> Source:
    """Return a row of mine as the stored one that is about the same, where it has none yet."""
    for other in theirs.sources:
        is_free = other["id"] not in seen and other["post"] == row["post"]
        if is_free and other["key"] == (row["key"] or other["key"]):
            return {**row, "id": other["id"], "key": other["key"]}
    return row


def _merge_row(merged: _Rows, mine: Source, theirs: Source, base: Source | None) -> None:
    row = dict(mine)
    for name in ("post", *OF_SOURCE):
        was = None if base is None else base[name]
        if mine[name] == theirs[name]:
            continue
        if mine[name] == was:
            row[name] = theirs[name]
            merged.is_theirs |= name not in UNASKED
        elif theirs[name] != was and name not in UNASKED:
            merged.is_conflict = True
    merged.rows.append(row)


def _merge_missing(merged: _Rows, row: Source, base: Source | None, *, is_known: bool) -> None:
    """Merge a stored row that the form lacks: they added it, or I removed it."""
    if base is None and is_known:
        merged.rows.append(row)
        merged.is_theirs = True
    elif not _is_same(row, base):
        merged.is_conflict = True


def _is_same(row: Source, other: Source | None) -> bool:
    names = [name for name in ("post", *OF_SOURCE) if name not in UNASKED]
    return other is not None and all(row[name] == other[name] for name in names)


def _share_a_key(rows: list[Source]) -> bool:
    keys = [row["key"] for row in rows if row["key"]]
    return len(keys) != len(set(keys))


# Back into the fields of the form


def fill(data: QueryDict, draft: Draft, *, stored: Draft) -> QueryDict:
    """Return the fields that a browser would send for this draft; what is no draft stays.

    Stored rows that the draft lacks are marked to be removed.
    """
    filled = data.copy()
    for name in [name for name in filled if name.startswith(f"{PREFIX}-")]:
        del filled[name]
    for name, text in draft.fields.items():
        if name in MANY:
            filled.setlist(name, list(text.split()))
        else:
            filled[name] = text
    rows = list(_rows(draft, stored))
    known = sum(1 for row in rows if row["id"])
    # Not by update: that would store the digits of a number as a list.
    filled[f"{PREFIX}-TOTAL_FORMS"] = str(len(rows))
    filled[f"{PREFIX}-INITIAL_FORMS"] = str(known)
    began = {row["id"]: row for row in stored.sources}
    posted = _posted_rows(data)
    for n, row in enumerate(rows):
        ticks = _untouched(posted.get(row["id"], {}), began.get(row["id"]))
        for name, text in {**ticks, **row}.items():
            filled[f"{PREFIX}-{n}-{name}"] = text
    return filled


def _rows(draft: Draft, stored: Draft) -> Iterator[Source]:
    """Yield the rows of stored rows first, as form sets want them."""
    ids = {row["id"] for row in stored.sources}
    kept = {row["id"]: row for row in draft.sources if row["id"] in ids}
    for row in stored.sources:
        yield kept.get(row["id"]) or {**row, "DELETE": "on"}
    yield from ({**row, "id": ""} for row in draft.sources if row["id"] not in kept)


def _posted_rows(data: QueryDict) -> dict[str, dict[str, str]]:
    """Return what a browser sent of each stored row, by its id."""
    total = min(whole(data.get(f"{PREFIX}-TOTAL_FORMS")), MOST_SOURCES)
    names = ("id", "article", "post", "translation", *TICKS)
    rows = [
        {name: str(data[key]) for name in names if (key := f"{PREFIX}-{n}-{name}") in data}
        for n in range(total)
    ]
    return {row["id"]: row for row in rows if row.get("id")}


def _untouched(posted: Mapping[str, str], stored: Source | None) -> dict[str, str]:
    """Return what of a stored row is no text: its article, and the ticks.

    No tick of a row that is not what the form showed: nobody confirms what they have not read.
    """
    if stored is None:
        return {}
    is_as_shown = all(
        unix_lines(posted.get(name, "")).strip() == stored[name] for name in ("post", "translation")
    )
    names = ("article", *TICKS) if is_as_shown else ("article",)
    return {name: posted[name] for name in names if name in posted}
