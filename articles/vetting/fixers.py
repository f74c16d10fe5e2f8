"""The fixes that rules propose: changes of marks, voices and source rows, never of words."""

import difflib
import json
from collections.abc import Iterable, Iterator
from typing import Any, cast

from articles.vetting.carrying import best_carriers
from articles.vetting.fix import Choice, Edit, Fix
from articles.vetting.marking import claim_at, mark_added, mark_at_end, mark_replaced, voiced
from articles.vetting.piece import SourceRef
from articles.vetting.spot import Spot

_AROUND = 28
_MOST = 3


def cite_carrier(here: Spot) -> Iterator[Iterable[Fix]]:
    for source in best_carriers(here, here.finding.start, here.finding.end):
        yield _cited(here, source.key)


def cite_where_it_is(here: Spot) -> Iterator[Iterable[Fix]]:
    for key in cast("list[str]", here.finding.evidence["elsewhere"])[:_MOST]:
        yield _cited(here, key)


def correct_key(here: Spot) -> Iterator[Iterable[Fix]]:
    key = str(here.finding.evidence["key"])
    near = _near_keys(key, [source.key for source in here.piece.sources])
    if len(near) == 1:
        mark = here.span.replace(key, near[0])
        edit = here.edit(here.finding.start, here.finding.end, mark)
        yield [Fix(label=f"Change to [@{near[0]}]", edits=(edit,))]


def add_source_or_voice(here: Spot) -> Iterator[Iterable[Fix]]:
    start, end = here.finding.start, here.finding.end
    for source in best_carriers(here, start, end):
        if claim := claim_at(here, start):
            mark = mark_at_end(here, claim_at(here, end - 1) or claim, source.key)
            yield [Fix(label=f"Insert [@{source.key}]", edits=(mark,))]
    for voice, label in (("own", "Mark as own"), ("background", "Mark as background")):
        yield [Fix(label=label, edits=voiced(here, voice))]


def choose_place(here: Spot) -> Iterator[Iterable[Fix]]:
    for place in cast("list[dict[str, Any]]", here.finding.evidence["places"]):
        source = _source(here, str(place["key"]))
        if source is None:
            continue
        before = [{"exact": one.exact, "start": one.start} for one in source.chosen]
        value = json.dumps([*before, {"exact": place["exact"], "start": place["start"]}])
        around = f"{place['prefix'][-_AROUND:]}{place['exact']}{place['suffix'][:_AROUND]}"
        yield [
            Fix(
                label="Choose this one",
                choices=(Choice(key=source.key, name="passages", value=value),),
                hint=f"… {' '.join(around.split())} …",
            )
        ]


def cite_current_version(here: Spot) -> Iterator[Iterable[Fix]]:
    key = str(here.finding.evidence["key"])
    choice = Choice(key=key, name="repin", value="on")
    yield [Fix(label=f"Cite the current version of {key}", choices=(choice,))]


def set_to_background(here: Spot) -> Iterator[Iterable[Fix]]:
    key = str(here.finding.evidence["key"])
    choice = Choice(key=key, name="role", value="background")
    yield [Fix(label=f"Set {key} to background", choices=(choice,))]


def keep_one(here: Spot) -> Iterator[Iterable[Fix]]:
    keys = [key.strip() for key in here.finding.excerpt.split(",")]
    marks = here.whole.prose.marks
    kept = max(keys, key=lambda key: len(marks.get(key, ())))
    dropped = [key for key in keys if key != kept]
    edits = tuple(
        Edit(field="body", start=mark.start, end=mark.end, text=f"@{kept}")
        for mark in dict.fromkeys(m for c in here.whole.prose.claims for m in c.marks)
        if mark.key in dropped
    )
    choices = tuple(Choice(key=key, name="DELETE", value="on") for key in dropped)
    # The places are those of the whole text already.
    yield [Fix(label=f"Keep {kept}, remove {', '.join(dropped)}", choices=choices, edits=edits)]


def _cited(here: Spot, key: str) -> list[Fix]:
    """Return the ways to have the finding's words rest on a source: on it instead, or on it too."""
    start, end = here.finding.start, here.finding.end
    instead, too = mark_replaced(here, start, end, key), mark_added(here, start, end, key)
    return [
        Fix(label=f"Cite [@{key}]", edits=instead),
        Fix(label=f"Also cite [@{key}]", edits=too),
    ]


def _source(here: Spot, key: str) -> SourceRef | None:
    return next((source for source in here.piece.sources if source.key == key), None)


def _near_keys(key: str, known: list[str]) -> list[str]:
    """Return the keys that may have been meant: other case, one letter more, less or other."""
    same = [each for each in known if each.casefold() == key.casefold()]
    if same:
        return same
    return [each for each in known if _is_near(each.casefold(), key.casefold())]


def _is_near(one: str, other: str) -> bool:
    if abs(len(one) - len(other)) > 1 or min(len(one), len(other)) < 2:
        return False
    ratio = difflib.SequenceMatcher(a=one, b=other, autojunk=False).ratio()
    return ratio * (len(one) + len(other)) >= 2 * (max(len(one), len(other)) - 1)
