"""A figure or date must be in a post that is cited for it."""

from collections.abc import Iterator
from itertools import islice

from articles.vetting import word_fixers
from articles.vetting.counted import counted
from articles.vetting.dated import carries_date, dated
from articles.vetting.exchanged import Exchanged, exchanged
from articles.vetting.facts.matching import Match, is_sure_of_units
from articles.vetting.facts.quantity import Quantity
from articles.vetting.finding import Finding, Level
from articles.vetting.languages import is_english_code
from articles.vetting.piece import Context, Piece
from articles.vetting.quantified import compare, quantities_of_post, worked_out_of
from articles.vetting.readings import reading
from articles.vetting.renumbered import remodelled, renumbered
from articles.vetting.reranked import Reranked, reranked
from articles.vetting.retimed import Retimed, retimed
from articles.vetting.rule import Rule
from articles.vetting.span_sets import SpanSet
from articles.vetting.swapped import swapped
from articles.vetting.told import Told, told

_SHOWN = 6


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    wrong = [*_wrong_figures(piece, context), *_wrong_dates(piece, context)]
    yield from wrong
    places = SpanSet((found.start, found.end) for found in wrong)
    yield from (found for found in _exchanged(piece, context) if found.start not in places)


def _exchanged(piece: Piece, context: Context) -> Iterator[Finding]:
    """Yield the figures that a post has of something else, where it gives another one for this."""
    if not is_english_code(piece.language):
        return
    for each in told(piece, context):
        if each.sentence.field != "body":
            continue
        for one in (*exchanged(each), *swapped(each)):
            yield _in_place(each, one, has="{said} of something else, and {given}")
        for other in _otherwise(each):
            yield _in_place(each, other, has="{given}")


def _otherwise(each: Told) -> Iterator[Exchanged | Reranked | Retimed]:
    yield from reranked(each)
    yield from renumbered(each)
    yield from remodelled(each)
    yield from retimed(each)


def _in_place(each: Told, found: Exchanged | Reranked | Retimed, *, has: str) -> Finding:
    """Return the query for a figure in whose place a post has another; `has` says what it has."""
    said = each.saying.view.excerpt(found.mine.start, found.mine.end)
    given = found.saying.view.excerpt(found.theirs.start, found.theirs.end)
    key, post = found.source.key, found.saying.text
    theirs = has.format(said=said, given=given)
    return _finding(
        each.locate(found.mine.start, found.mine.end),
        each.sentence.text,
        f"{key} has {theirs} where the sentence says {said}: “{post}” Check which is meant.",
        {"figure": said, "after": [], "keys": [key]},
        level=Level.QUERY,
    )


def _wrong_figures(piece: Piece, context: Context) -> Iterator[Finding]:
    sources = {source.key: source for source in piece.sources}
    for found in counted(piece, context):
        cited = [sources[key] for key in found.keys]
        posts = {source.key: source.text for source in cited if source.text is not None}
        if not posts or len(posts) < len(cited):
            continue
        match, given = compare(found.quantity, posts.values(), context)
        # Of the dead and the hurt the word is as likely to be wrong as the number.
        is_other_toll = match is Match.OTHER_THING and given is not None and bool(given.toll)
        place = None if match is Match.SAME else found.locate(with_toll=is_other_toll)
        if place is None:
            continue
        # The 12 of "12 June" is no "12 days", which may still follow from it.
        is_of_date = match is Match.OTHER_UNIT and given is not None and given.is_named
        is_new = match is Match.DIFFERENT or is_of_date
        sum_ = worked_out_of(found.quantity, cited, context) if is_new else ""
        is_doubtful = (
            bool(sum_)
            or match is Match.OTHER_THING
            or not found.is_sure
            or (
                match is Match.OTHER_UNIT
                and given is not None
                and not is_sure_of_units(found.quantity, given)
            )
        )
        yield _finding(
            place,
            found.excerpt,
            _worked_out(found.quantity, list(posts), sum_)
            if sum_
            else _message(found.quantity, list(posts.values()), list(posts), match, given, context),
            {
                "figure": found.quantity.figure,
                "after": list(found.quantity.after[:1]),
                "keys": list(posts),
            },
            level=Level.QUERY if is_doubtful else Level.HOLD,
        )


def _message(
    said: Quantity,
    posts: list[str],
    keys: list[str],
    match: Match,
    given: Quantity | None,
    context: Context,
) -> str:
    """Return what is wrong: with the same number of something else, both in their words."""
    where = ", ".join(keys)
    if given is not None and match in (Match.OTHER_UNIT, Match.OTHER_THING):
        if given.shown.casefold() == said.shown.casefold():
            return (
                f"{where} has “{given.shown}” of something else. {_compared(said, given)}".rstrip()
            )
        return (
            f"“{said.shown}” is not in {where}, which has “{given.shown}”. "
            "Correct it, or cite the post that has it."
        )
    figures = (
        one.figure
        for post in posts
        for one in quantities_of_post(post, context)
        if not one.is_named
    )
    shown = ", ".join(dict.fromkeys(islice(figures, _SHOWN))) or "none"
    return (
        f"{said.figure} is not in {where} (figures there: {shown}). "
        "Correct it, or cite the post that has it."
    )


def _compared(said: Quantity, given: Quantity) -> str:
    if said.toll and given.toll:
        return f"Here they are {said.toll}, there {given.toll}."
    return "Compare the two sentences."


def _worked_out(said: Quantity, keys: list[str], sum_: str) -> str:
    return (
        f"{said.figure} is not in {', '.join(keys)}, but may follow from it: {sum_}. "
        "Check the sum, or cite the post that has it."
    )


def _wrong_dates(piece: Piece, context: Context) -> Iterator[Finding]:
    """Yield the dates that no cited post has. Those of a post itself are another check's."""
    sources = {source.key: source for source in piece.sources}
    postings = _postings(piece, context)
    for found in dated(piece, context):
        cited = [sources[key] for key in found.keys]
        if not cited or any(source.text is None for source in cited):
            continue
        if any(carries_date(source, found, context) for source in cited):
            continue
        place = found.paragraph.locate(found.stated.start, found.stated.end)
        if place is None or any(start < place[1] and place[0] < end for start, end in postings):
            continue
        keys, said = list(found.keys), found.stated.text
        yield _finding(
            place,
            found.paragraph.excerpt(found.stated.start, found.stated.end),
            f"The date {said} is not in {', '.join(keys)}. Correct it, or cite the post that has it.",
            {"figure": said, "after": [], "keys": keys},
        )


def _postings(piece: Piece, context: Context) -> list[tuple[int, int]]:
    """Return where the body says when something was posted."""
    found = [
        read.locate(posting.time.start, posting.time.end)
        for read in reading(piece, context).sentences
        if read.sentence.field == "body"
        for posting in read.postings
    ]
    return [place for place in found if place is not None]


def _finding(
    place: tuple[int, int],
    excerpt: str,
    message: str,
    evidence: dict[str, object],
    *,
    level: Level = Level.HOLD,
) -> Finding:
    return Finding(
        code="figure-not-found",
        level=level,
        field="body",
        start=place[0],
        end=place[1],
        excerpt=excerpt,
        message=message,
        evidence=evidence,
    )


RULE = Rule(
    code="figure-not-found",
    title="Figure not in the cited post",
    find=find,
    is_about_words=True,
    fix=word_fixers.write_figure_or_cite,
)
