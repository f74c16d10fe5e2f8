"""A figure or date must be in a post that is cited for it."""

from collections.abc import Iterator

from articles.vetting import figures, word_fixers
from articles.vetting.counted import Counted, carries, counted
from articles.vetting.dated import carries_date, dated
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.readings import reading
from articles.vetting.rule import Rule

_SHOWN = 6


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    yield from _wrong_figures(piece, context)
    yield from _wrong_dates(piece, context)


def _wrong_figures(piece: Piece, context: Context) -> Iterator[Finding]:
    texts = {source.key: source.text for source in piece.sources}
    for found in counted(piece, context):
        cited = {key: texts[key] for key in found.keys}
        posts = [text for text in cited.values() if text is not None]
        if not posts or len(posts) < len(cited) or any(carries(p, found.figure) for p in posts):
            continue
        yield from _finding(found, list(cited), posts)


def _finding(found: Counted, keys: list[str], posts: list[str]) -> Iterator[Finding]:
    place = found.locate()
    if place is None:
        return
    given = [
        figure.text for post in posts for figure in figures.read_figures(post) if not figure.is_name
    ]
    said = found.figure.text
    shown = ", ".join(dict.fromkeys(given[:_SHOWN])) or "none"
    yield _held(
        place,
        found.excerpt,
        f"{said} is not in {', '.join(keys)} (figures there: {shown}). Correct it, or cite the post that has it.",
        {"figure": said, "after": list(found.figure.after[:1]), "keys": keys},
    )


def _wrong_dates(piece: Piece, context: Context) -> Iterator[Finding]:
    """Yield the dates that no cited post has. Those of a post itself are another check's."""
    sources = {source.key: source for source in piece.sources}
    postings = _postings(piece, context)
    for found in dated(piece, context):
        cited = [sources[key] for key in found.keys]
        if not cited or any(source.text is None for source in cited):
            continue
        if any(carries_date(source, found) for source in cited):
            continue
        place = found.paragraph.locate(found.stated.start, found.stated.end)
        if place is None or any(start < place[1] and place[0] < end for start, end in postings):
            continue
        keys, said = list(found.keys), found.stated.text
        yield _held(
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


def _held(
    place: tuple[int, int], excerpt: str, message: str, evidence: dict[str, object]
) -> Finding:
    return Finding(
        code="figure-not-found",
        level=Level.HOLD,
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
