"""A nurse in the post must not be a teacher in the text, nor a brother-in-law a brother."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from articles.prose import Claim
from articles.vetting.facts.names import read_names, words_of
from articles.vetting.facts.roles import (
    may_have_roles,
    read_codes,
    read_kin_counts,
    read_roles,
)
from articles.vetting.finding import Finding, Level
from articles.vetting.kept import kept
from articles.vetting.piece import Context, Piece
from articles.vetting.post_names import archive_of
from articles.vetting.post_roles import OtherRole, PostRoles, other_kin_count, other_role
from articles.vetting.readings import Read, Reading, reading
from articles.vetting.rule import ENGLISH, Rule


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A role that a post has otherwise. start and end are in the plain sentence."""

    start: int
    end: int
    given: OtherRole


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    known = reading(piece, context)
    archive = archive_of(piece, context)
    posts = {source.key: PostRoles(archive.post(source.key)) for source in piece.sources}
    for read in known.sentences:
        claim = known.citations.claim(read.sentence)
        if claim is None or claim.voice != "cited" or claim.voice_spans or not claim.keys:
            continue
        # Most sentences say of nobody who that is.
        words = words_of(read.plain.text)
        if may_have_roles(words):
            said = _codes_said(piece, context)
            for doubt in _doubts(read, claim, known, posts, words, frozenset(said)):
                yield from _finding(read, doubt)


@kept
def _codes_said(piece: Piece, context: Context) -> Iterator[str]:
    """Yield what the piece calls anybody."""
    yield from read_codes(f"{piece.headline}\n{piece.standfirst}\n{piece.body}")


def _doubts(
    read: Read,
    claim: Claim,
    known: Reading,
    posts: Mapping[str, PostRoles],
    words: frozenset[str],
    said: frozenset[str],
) -> Iterator[_Doubt]:
    text = read.plain.text
    roles, counts = read_roles(text), tuple(read_kin_counts(text))
    if not roles and not counts:
        return
    names = frozenset(name.last for name in read_names(text).mentions)
    for role in roles:
        if any(post.may_call(role) for post in posts.values()):
            continue
        given = other_role(role, words, _cited(read, claim, known, posts, role.start), said)
        if given:
            yield _Doubt(role.start, role.end, given)
    for count in counts:
        cited = _cited(read, claim, known, posts, count.start)
        given = other_kin_count(count, names, cited, said)
        if given:
            yield _Doubt(count.start, count.end, given)


def _cited(
    read: Read, claim: Claim, known: Reading, posts: Mapping[str, PostRoles], start: int
) -> Sequence[PostRoles]:
    """Return the posts cited at a place of a sentence; none where one of them cannot be read."""
    place = read.locate(start, start + 1)
    cited = known.citations.at(claim, place[0]) if place else ()
    found = [posts[source.key] for source in cited]
    return found if all(post.names.is_read for post in found) else ()


def _finding(read: Read, doubt: _Doubt) -> Iterator[Finding]:
    place = read.locate(doubt.start, doubt.end)
    if place is None:
        return
    here = read.plain.text[doubt.start : doubt.end]
    given = doubt.given
    yield Finding(
        code="role-differs",
        level=Level.QUERY,
        field=read.sentence.field,
        start=place[0],
        end=place[1],
        excerpt=read.sentence.text,
        message=(
            f"{given.key} says “{given.words}” where the sentence says “{here}”."
            " Correct it, or cite a post that says so."
        ),
        evidence={
            "here": here,
            "there": given.words,
            "key": given.key,
            "sentence": read.sentence.text,
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
