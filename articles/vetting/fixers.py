"""The fixes that rules propose: changes of marks, voices and source rows.

A mark is set where one post alone can be meant; where several can, the editor decides. What
writes words is in `word_fixers`.
"""

import difflib
import json
from collections.abc import Iterable, Iterator
from typing import Any, cast

from articles.vetting.carrying import FEWEST_SHARED, best_carriers, kinship, supports
from articles.vetting.content import content
from articles.vetting.fix import Choice, Edit, Fix
from articles.vetting.marking import (
    claim_at,
    keys_over,
    mark_added,
    mark_at_end,
    mark_replaced,
    scope_at,
    voiced,
)
from articles.vetting.piece import SourceRef
from articles.vetting.spot import Spot

_AROUND = 28
_MOST = 3


def cite_carrier(here: Spot) -> Iterator[Iterable[Fix]]:
    """Propose the one post that carries all that rests on the mark, where the cited one has no part.

    Not beside a mark that no source has: that one may be what is wrong.
    """
    start, end = here.finding.start, here.finding.end
    claim = claim_at(here, start)
    if claim is None or not all(mark.element_id for mark in claim.marks):
        return
    cited = [source for key in keys_over(here, start, end) if (source := _source(here, key))]
    about = content(claim.text)
    if any(kinship(here, about, source) >= FEWEST_SHARED for source in cited):
        return
    if any(name in claim.text for source in cited for name in (source.outlet, *source.aliases)):
        return
    for source in best_carriers(here, *scope_at(here, start, end)):
        yield [
            Fix(label=f"Cite [@{source.key}]", edits=mark_replaced(here, start, end, source.key))
        ]


def cite_where_it_is(here: Spot) -> Iterator[Iterable[Fix]]:
    keys = cast("list[str]", here.finding.evidence["elsewhere"])
    for key in keys[:_MOST]:
        yield _cited(here, key, is_decision=len(keys) > 1)


def correct_key(here: Spot) -> Iterator[Iterable[Fix]]:
    """Propose a key like the one in the mark, if its post carries the sentence."""
    key = str(here.finding.evidence["key"])
    claim = claim_at(here, here.finding.start)
    near = _near_keys(key, [source.key for source in here.piece.sources])
    source = _source(here, near[0]) if len(near) == 1 else None
    if claim is None or source is None:
        return
    is_slip = source.key.casefold() == key.casefold() or _is_doubled(key, source.key)
    if is_slip or (
        not _is_numbered_otherwise(key, source.key)
        and supports(here, source, claim.start, claim.end, content(claim.text))
    ):
        mark = here.span.replace(key, source.key)
        edit = here.edit(here.finding.start, here.finding.end, mark)
        yield [Fix(label=f"Change to [@{source.key}]", edits=(edit,))]


def add_source_or_voice(here: Spot) -> Iterator[Iterable[Fix]]:
    """Propose the one post that carries the sentence; without one, the editor says whose it is."""
    start, end = here.finding.start, here.finding.end
    for source in best_carriers(here, start, end):
        if claim := claim_at(here, start):
            mark = mark_at_end(here, claim_at(here, end - 1) or claim, source.key)
            yield [Fix(label=f"Insert [@{source.key}]", edits=(mark,))]
            return
    for voice, label in (("own", "Mark as own"), ("background", "Mark as background")):
        yield [Fix(label=label, edits=voiced(here, voice), is_decision=True)]


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
                is_decision=True,
                hint=f"… {' '.join(around.split())} …",
            )
        ]


def cite_current_version(here: Spot) -> Iterator[Iterable[Fix]]:
    key = str(here.finding.evidence["key"])
    choice = Choice(key=key, name="repin", value="on")
    yield [Fix(label=f"Cite the current version of {key}", choices=(choice,), is_decision=True)]


def set_to_background(here: Spot) -> Iterator[Iterable[Fix]]:
    key = str(here.finding.evidence["key"])
    choice = Choice(key=key, name="role", value="background")
    yield [Fix(label=f"Set {key} to background", choices=(choice,), is_decision=True)]


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


def _cited(here: Spot, key: str, *, is_decision: bool) -> list[Fix]:
    """Return the ways to have the finding's words rest on a source: on it instead, or on it too."""
    start, end = here.finding.start, here.finding.end
    ways = (
        (f"Cite [@{key}]", mark_replaced(here, start, end, key)),
        (f"Also cite [@{key}]", mark_added(here, start, end, key)),
    )
    return [Fix(label=label, edits=edits, is_decision=is_decision) for label, edits in ways]


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


def _is_doubled(key: str, meant: str) -> bool:
    """Return whether a key is another with one character typed twice: r11 for r1."""
    return len(key) == len(meant) + 1 and any(
        key[n] == key[n + 1] and key[:n] + key[n + 1 :] == meant for n in range(len(meant))
    )


def _is_numbered_otherwise(key: str, known: str) -> bool:
    """Return whether two keys differ in a digit alone: r2 is rather another post than a slip for r1."""
    return len(key) == len(known) and all(
        one == other or (one.isdigit() and other.isdigit())
        for one, other in zip(key, known, strict=True)
    )
