"""One-click fixes of findings. Pure, and each is tried before it is offered.

A fix is right or it is not offered: it changes the smallest span, and only where the cited posts
leave no other choice. `python -m benchmarks.fixes` applies them to every seeded fault. Where there
is a choice, the editor sees what the posts say, and decides. A fix of the text is offered only if
it removes this finding from its paragraph and adds no hold.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from articles.vetting.finding import Finding, Level
from articles.vetting.fix import Fix
from articles.vetting.piece import Context, Piece
from articles.vetting.rules import RULES
from articles.vetting.spot import TEXTS, Spot, spot


def fixes(finding: Finding, piece: Piece, context: Context) -> tuple[Fix, ...]:
    """Return the fixes to offer for a finding, the most likely first."""
    fix = next((rule.fix for rule in RULES if rule.code == finding.code), None)
    here = spot(finding, piece, context) if fix else None
    if fix is None or here is None:
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
    mine = here.finding.evidence_fingerprint
    if after[mine, True] >= before[mine, True]:
        return False
    return not any(is_hold and n > before[fp, is_hold] for (fp, is_hold), n in after.items())


def _found(here: Spot, piece: Piece) -> Counter[tuple[str, bool]]:
    """Count what the checks find in a paragraph: by evidence, holds, and the finding itself.

    Not by sentence: a fault that a fix only moves to other words is not fixed.
    """
    context = here.context.for_another_piece()
    wanted = [rule for rule in RULES if rule.is_about_words or rule.code == here.finding.code]
    found = [f for rule in wanted if rule.reads(piece.language) for f in rule.find(piece, context)]
    mine = here.finding.evidence_fingerprint
    prints = [(f.evidence_fingerprint, f.level is Level.HOLD) for f in found]
    return Counter((each, is_hold or each == mine) for each, is_hold in prints)
