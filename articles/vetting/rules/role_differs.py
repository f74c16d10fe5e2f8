"""A nurse in the post must not be a teacher in the text, nor a brother-in-law a brother."""

from collections.abc import Iterator
from dataclasses import dataclass

from articles.vetting.facts.names import read_names, words_of
from articles.vetting.facts.roles import (
    may_count_kin,
    may_have_roles,
    read_kin_counts,
    read_roles,
)
from articles.vetting.finding import Finding, Level
from articles.vetting.piece import Context, Piece
from articles.vetting.post_names import archive_of
from articles.vetting.post_roles import OtherRole, PieceRoles, PostRoles
from articles.vetting.rule import ENGLISH, Rule
from articles.vetting.told import Told, told


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A role that a post has otherwise. start and end are in the view of the sentence."""

    start: int
    end: int
    given: OtherRole


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    archive = archive_of(piece, context)
    known = PieceRoles(
        f"{piece.headline}\n{piece.standfirst}\n{piece.body}",
        {source.key: PostRoles(archive.post(source.key)) for source in piece.sources},
    )
    for each in told(piece, context):
        # Most sentences say of nobody who that is.
        if each.sentence.field == "body" and may_have_roles(each.saying.keys):
            for doubt in _doubts(each, known):
                yield _finding(each, doubt)


def _doubts(each: Told, known: PieceRoles) -> Iterator[_Doubt]:
    text = each.saying.view.text
    cited = [known.posts[source.key] for source, _ in each.posts]
    for role in read_roles(text):
        given = known.other_role(role, words_of(text), cited)
        if given and not each.saying.is_quoted(role.start):
            yield _Doubt(role.start, role.end, given)
    if not may_count_kin(each.saying.keys):
        return
    for count in read_kin_counts(text):
        names = frozenset(name.last for name in read_names(text).mentions)
        given = known.other_count(count, names, cited)
        if given and not each.saying.is_quoted(count.start):
            yield _Doubt(count.start, count.end, given)


def _finding(each: Told, doubt: _Doubt) -> Finding:
    start, end = each.locate(doubt.start, doubt.end)
    here = each.saying.view.excerpt(doubt.start, doubt.end)
    given = doubt.given
    return Finding(
        code="role-differs",
        level=Level.QUERY,
        field=each.sentence.field,
        start=start,
        end=end,
        excerpt=each.sentence.text,
        message=(
            f"{given.key} says “{given.words}” where the sentence says “{here}”."
            " Correct it, or cite a post that says so."
        ),
        evidence={
            "here": here,
            "there": given.words,
            "key": given.key,
            "sentence": each.sentence.text,
        },
    )


RULE = Rule(
    code="role-differs",
    title="Occupation or relation unlike the post’s",
    find=find,
    languages=ENGLISH,
    subject="occupations and relations",
    is_about_words=True,
)
