"""One-click fixes of findings. Pure, and each is tried before it is offered.

A fix changes marks, voices and source rows. It never writes the words of an article: words taken
from a post automatically were wrong too often, and only an editor can judge them. A fix of the
text is offered only if it removes this finding from its paragraph and adds no hold.
"""

import difflib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, cast

from articles.vetting import CHECKS
from articles.vetting.carrying import best_carriers
from articles.vetting.finding import Finding, Level
from articles.vetting.fix import Choice, Edit, Fix
from articles.vetting.marking import (
    claim_at,
    mark_added,
    mark_at_end,
    mark_replaced,
    voiced,
)
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.spot import TEXTS, Spot, spot

# A fix yields ways to fix, each as the forms it can take: the first that holds is offered.
type Fixer = Callable[[Spot], Iterator[Iterable[Fix]]]

_AROUND = 28
_MOST = 3
# What a fix of some words can bring about where they stand.
_AT_A_PLACE = frozenset({
    "citation_unknown", "outlet_not_linked", "outlet_mismatch", "stated_time", "future_time",
    "weekday", "impossible_date", "quote_not_found", "quote_elsewhere", "quote_ambiguous",
    "figure_not_found", "unsourced_claim",
})  # fmt: skip


def fixes(finding: Finding, piece: Piece, context: Context) -> tuple[Fix, ...]:
    """Return the fixes to offer for a finding, the most likely first."""
    fix = FIXES.get(finding.code)
    if fix is None:
        return ()
    here = spot(finding, piece, context)
    if here is None:
        return ()
    chosen = (_first_that_holds(here, forms) for forms in fix(here))
    return tuple(_in_whole(here, fix) for fix in chosen if fix is not None)


def _first_that_holds(here: Spot, forms: Iterable[Fix]) -> Fix | None:
    return next((fix for fix in forms if _holds_up(here, fix)), None)


def _in_whole(here: Spot, fix: Fix) -> Fix:
    return replace(fix, edits=tuple(here.in_whole(edit) for edit in fix.edits))


def _holds_up(here: Spot, fix: Fix) -> bool:
    if here.finding.field not in TEXTS or not fix.edits:
        return bool(fix.choices)
    edits = [edit for edit in fix.edits if edit.field == here.finding.field]
    if not edits:
        return False
    before, after = _found(here, here.piece), _found(here, here.fixed(edits))
    if after[here.finding.fingerprint, True] >= before[here.finding.fingerprint, True]:
        return False
    return not any(is_hold and n > before[fp, is_hold] for (fp, is_hold), n in after.items())


def _found(here: Spot, piece: Piece) -> Counter[tuple[str, bool]]:
    """Count what the checks find in a paragraph: by fingerprint, holds, and the finding itself."""
    context = Context(now=here.context.now, outlet_directory=here.context.outlet_directory)
    wanted = _AT_A_PLACE | {here.finding.code.replace("-", "_")}
    found = [f for check in CHECKS if check.__name__ in wanted for f in check(piece, context)]
    mine = here.finding.fingerprint
    return Counter((f.fingerprint, f.level is Level.HOLD or f.fingerprint == mine) for f in found)


# One fix a code


def _figure_not_found(here: Spot) -> Iterator[Iterable[Fix]]:
    for source in best_carriers(here, here.finding.start, here.finding.end):
        yield _cited(here, source.key)


def _quote_elsewhere(here: Spot) -> Iterator[Iterable[Fix]]:
    for key in cast("list[str]", here.finding.evidence["elsewhere"])[:_MOST]:
        yield _cited(here, key)


def _citation_unknown(here: Spot) -> Iterator[Iterable[Fix]]:
    key = str(here.finding.evidence["key"])
    near = _near_keys(key, [source.key for source in here.piece.sources])
    if len(near) == 1:
        mark = here.span.replace(key, near[0])
        edit = here.edit(here.finding.start, here.finding.end, mark)
        yield [Fix(label=f"Change to [@{near[0]}]", edits=(edit,))]


def _unsourced_claim(here: Spot) -> Iterator[Iterable[Fix]]:
    start, end = here.finding.start, here.finding.end
    for source in best_carriers(here, start, end):
        if claim := claim_at(here, start):
            mark = mark_at_end(here, claim_at(here, end - 1) or claim, source.key)
            yield [Fix(label=f"Insert [@{source.key}]", edits=(mark,))]
    for voice, label in (("own", "Mark as own"), ("background", "Mark as background")):
        yield [Fix(label=label, edits=voiced(here, voice))]


def _quote_ambiguous(here: Spot) -> Iterator[Iterable[Fix]]:
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


def _source_changed(here: Spot) -> Iterator[Iterable[Fix]]:
    key = str(here.finding.evidence["key"])
    choice = Choice(key=key, name="repin", value="on")
    yield [Fix(label=f"Cite the current version of {key}", choices=(choice,))]


def _source_uncited(here: Spot) -> Iterator[Iterable[Fix]]:
    key = str(here.finding.evidence["key"])
    choice = Choice(key=key, name="role", value="background")
    yield [Fix(label=f"Set {key} to background", choices=(choice,))]


def _source_duplicate(here: Spot) -> Iterator[Iterable[Fix]]:
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


FIXES: Mapping[str, Fixer] = {
    "figure-not-found": _figure_not_found,
    "quote-elsewhere": _quote_elsewhere,
    "quote-ambiguous": _quote_ambiguous,
    "citation-unknown": _citation_unknown,
    "unsourced-claim": _unsourced_claim,
    "source-changed": _source_changed,
    "source-uncited": _source_uncited,
    "source-duplicate": _source_duplicate,
}


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
