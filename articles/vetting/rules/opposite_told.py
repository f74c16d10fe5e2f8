"""What a post says rose must not be told as fallen, what it rejects not as accepted."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from articles.vetting.before_quotations import TurnedBefore, turned_before_quotations
from articles.vetting.earlier_later import OtherTurn, earlier_for_later
from articles.vetting.facts.lost_prizes import read_lost_prizes, read_won_behind
from articles.vetting.facts.opposite import Opposite
from articles.vetting.facts.order import Placed
from articles.vetting.facts.words import is_of_another_time
from articles.vetting.finding import Finding, Level
from articles.vetting.lexicon.contests import LOST, RIVALS
from articles.vetting.lexicon.opposites import PASSING, Frame
from articles.vetting.lexicon.sides import RISE
from articles.vetting.other_orders import OtherOrder, impossible_orders, other_orders
from articles.vetting.other_sides import OtherSide, other_sides
from articles.vetting.piece import Context, Piece, SourceRef
from articles.vetting.rule import ENGLISH, Rule
from articles.vetting.side_by_side import Turned, turned
from articles.vetting.told import Saying, Told, told
from articles.vetting.told_abroad import turned_abroad
from articles.vetting.told_in_other_words import told_of_itself
from articles.vetting.told_otherwise import told_otherwise

# Words that two sentences share, besides the thing, where they have no figure in common.
_SHARED = 1
_PART = 0.5
# What passes, and a word without a phrase of its own, needs more.
_MORE = 3


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    above = _above(piece)
    for each in told(piece, context):
        if each.saying.is_question:
            continue
        yield from _impossible(each)
        yield from (
            list(_changed(each))
            or list(_opposites(each))
            or list(_told_by_posts(each))
            or list(_told_above(each, above))
        )
    for each in told_of_itself(piece, context):
        if not each.saying.is_question:
            yield from _impossible_numbers(each)
            yield from _changed(each)
    for other in turned_abroad(piece, context):
        yield told_otherwise(
            "opposite-told",
            other.each,
            other.mine,
            other.source,
            other.saying,
            other.theirs,
            advice="Check which is right.",
        )


def _above(piece: Piece) -> list[tuple[SourceRef, Sequence[Saying]]]:
    """Return headline and standfirst as if they were posts, by what people call them."""
    texts = (("The headline", piece.headline), ("The standfirst", piece.standfirst))
    return [
        (SourceRef(key=name, outlet="", platform="", url=""), [Saying(text)])
        for name, text in texts
        if text
    ]


def _told_above(
    each: Told, above: Sequence[tuple[SourceRef, Sequence[Saying]]]
) -> Iterator[Finding]:
    """Yield what the headline or the standfirst has the opposite of, and no cited post bears out."""
    if each.sentence.field == "body":
        # That nothing of the posts is against it is known: what is found now stands above.
        yield from _asked_of(turned(replace(each, posts=[*each.posts, *above]), is_sure=True), each)


def _impossible(each: Told) -> Iterator[Finding]:
    """Yield what cannot be: parts that are more than the whole, and what no order or result can be."""
    yield from _impossible_numbers(each)
    for placed, what in _impossible_results(each):
        if not each.saying.is_quoted(placed.start):
            yield _of_itself(each, placed.start, placed.end, what)


def _impossible_numbers(each: Told) -> Iterator[Finding]:
    """Yield parts that are more than the whole, whatever the posts say: "355 of 310 servers"."""
    for found in each.saying.impossible:
        if not each.saying.is_quoted(found.start):
            what = "ends before it begins" if found.is_order else "is more than there are"
            yield _of_itself(each, found.start, found.end, what)


def _impossible_results(each: Told) -> Iterator[tuple[Placed, str]]:
    """Yield what cannot have come after, been lost or been won so, with what is wrong of it."""
    said = each.saying
    yield from ((placed, "turns the order round") for placed in impossible_orders(each))
    if not LOST.isdisjoint(said.keys) and not _has_loss(each):
        yield from ((placed, "is no loss") for placed in read_lost_prizes(said.words))
    if not RIVALS.isdisjoint(said.keys):
        yield from ((placed, "is no such result") for placed in read_won_behind(said.words))


def _has_loss(each: Told) -> bool:
    return any(not LOST.isdisjoint(saying.keys) for _, sayings in each.posts for saying in sayings)


def _changed(each: Told) -> Iterator[Finding]:
    """Yield what falls "from 150 to 200", whatever the posts say."""
    for change in each.saying.changes:
        if not change.is_wrong or each.saying.is_quoted(change.start):
            continue
        numbers = "fall" if change.sides == RISE else "rise"
        what = f"goes the other way: the numbers {numbers}"
        yield _of_itself(each, change.start, change.end, what)


def _of_itself(each: Told, first: int, last: int, what: str) -> Finding:
    """Return the query about words that contradict each other."""
    start, end = each.locate(first, last)
    here = each.saying.view.excerpt(first, last)
    return Finding(
        code="opposite-told",
        level=Level.QUERY,
        field=each.sentence.field,
        start=start,
        end=end,
        excerpt=each.sentence.text,
        message=f"“{here}” {what}. Check which is right.",
        evidence={"here": here, "sentence": each.sentence.text},
    )


def _opposites(each: Told) -> Iterator[Finding]:
    """Yield what a sentence and a post say of the same thing, told by its words."""
    if not _may_differ(each):
        return
    for opposite in each.saying.opposites:
        if not opposite.is_denied and not each.saying.is_quoted(opposite.start):
            yield from _asked(each, opposite)


def _told_by_posts(each: Told) -> Iterator[Finding]:
    """Yield what posts have the other side of, told by its figures or by the words beside it."""
    yield from _asked_of(
        [*other_sides(each)]
        or [*turned(each)]
        or [*other_orders(each)]
        or [*turned_before_quotations(each)]
        or [*earlier_for_later(each)],
        each,
    )


def _asked_of(
    asked: Iterable[OtherSide | Turned | OtherOrder | TurnedBefore | OtherTurn], each: Told
) -> Iterator[Finding]:
    for found in asked:
        yield told_otherwise(
            "opposite-told",
            each,
            found.mine,
            found.source,
            found.saying,
            found.theirs,
            advice="Check which is right.",
        )


def _may_differ(each: Told) -> bool:
    """Return whether a word of a post may be of another side than one of the sentence."""
    mine = each.saying.sides
    return bool(mine) and any(
        group == other and side != theirs
        for _, sayings in each.posts
        for saying in sayings
        for other, theirs in saying.sides
        for group, side in mine
    )


def _asked(each: Told, mine: Opposite) -> Iterator[Finding]:
    if any(_is_both_ways(mine, other) for other in each.saying.opposites):
        return
    of_the_kind = list(_of_one_kind(each, mine))
    if any(_bears_out(mine, theirs) for _, _, theirs in of_the_kind):
        return
    for source, saying, theirs in of_the_kind:
        if mine.contradicts(theirs) and _is_same(each.saying, mine, saying, theirs):
            yield told_otherwise(
                "opposite-told", each, mine, source, saying, theirs, advice="Check which is right."
            )
            return


def _of_one_kind(each: Told, mine: Opposite) -> Iterator[tuple[SourceRef, Saying, Opposite]]:
    """Yield what the posts say of the same group: each rise and fall."""
    for source, sayings in each.posts:
        for saying in sayings:
            if all(group != mine.entry.group for group, _ in saying.sides):
                continue
            for theirs in saying.opposites:
                if theirs.entry.group == mine.entry.group:
                    yield source, saying, theirs


def _is_both_ways(mine: Opposite, other: Opposite) -> bool:
    """Return whether the sentence itself says both of one thing: "fell after rising"."""
    return mine.contradicts(other) and bool(mine.thing.roots & other.thing.roots)


def _bears_out(mine: Opposite, theirs: Opposite) -> bool:
    """Return whether a post may say what the sentence does, or deny its opposite."""
    if mine.contradicts(theirs) and not theirs.is_denied:
        return False
    if mine.entry.frame in (Frame.BESIDE, Frame.WORD):
        return True
    return bool(mine.thing.roots & theirs.thing.roots or mine.figures & theirs.figures)


def _is_same(said: Saying, mine: Opposite, saying: Saying, theirs: Opposite) -> bool:
    """Return whether both tell of the same thing."""
    if mine.is_modal != theirs.is_modal or is_of_another_time(said.times, saying.times):
        return False
    if mine.entry.frame is not Frame.WORD and not _is_same_thing(mine, theirs):
        return False
    if mine.figures and theirs.figures and not mine.figures & theirs.figures:
        return False
    shared = (said.roots & saying.roots) - {mine.thing.head}
    figures, times_ = said.numbers & saying.numbers, said.times & saying.times
    if mine.entry.group in PASSING and not times_:
        return len(shared) >= _MORE
    if figures:
        return True
    fewest = _MORE if mine.entry.frame is Frame.WORD else _SHARED
    is_much = len(shared) + 1 >= _PART * min(len(said.roots), len(saying.roots))
    return len(shared) + len(times_) >= fewest and is_much


def _is_same_thing(mine: Opposite, theirs: Opposite) -> bool:
    has_figure = bool(mine.figures & theirs.figures)
    if not mine.thing.is_same_as(theirs.thing, is_loose=has_figure):
        return False
    if mine.entry.frame in (Frame.ACTED, Frame.AROUND, Frame.PAID):
        return mine.agent.is_same_as(theirs.agent, is_loose=True)
    # A bank's committee may be the bank.
    has_two = bool(mine.agent.head and theirs.agent.head)
    return has_figure or not has_two or bool(mine.agent.roots & theirs.agent.roots)


RULE = Rule(
    code="opposite-told",
    title="The post says the opposite",
    find=find,
    languages=ENGLISH,
    subject="opposites",
)
