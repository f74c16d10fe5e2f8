"""A name that no post has, where a cited one has nearly that name, or another first name or title."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from articles.prose import Claim
from articles.vetting.facts.locations import PLACING
from articles.vetting.facts.names import (
    NameMention,
    capitals_of,
    may_have_rivals,
    read_names,
    words_of,
)
from articles.vetting.finding import Finding, Level
from articles.vetting.lexicon.geography import level_of
from articles.vetting.named_organisations import read_organisations
from articles.vetting.namesakes import (
    is_person,
    is_surname,
    is_told_of_kin,
    other_first_name,
    other_part,
    other_surname,
)
from articles.vetting.piece import Context, Piece
from articles.vetting.post_names import (
    Archive,
    GivenName,
    PostNames,
    archive_of,
)
from articles.vetting.post_titles import other_person, other_title
from articles.vetting.readings import Read, Reading, reading
from articles.vetting.rule import ENGLISH, Rule
from articles.vetting.slips import nearest

# An article has fewer; a hostile one has a thousand, each to be asked for each name.
_MOST_POSTS = 60


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A name, or a title, that a post has otherwise, or none has. start and end are in the sentence."""

    start: int
    end: int
    words: str
    given: GivenName | None
    message: str


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence: its capitals that no post has in any form, or not in just this one; its words.

    titles are those that it gives to anybody.
    """

    text: str
    unknown: frozenset[str]
    unwritten: frozenset[str]
    words: frozenset[str]
    titles: frozenset[str]


def find(piece: Piece, context: Context) -> Iterator[Finding]:
    known = reading(piece, context)
    archive = archive_of(piece, context)
    asked: set[str] = set()
    for read in known.sentences:
        claim = known.citations.claim(read.sentence)
        if claim is None or claim.voice != "cited" or not claim.keys:
            continue
        for doubt in _doubts(claim, read, known, archive):
            # A name that is wrong throughout is one question.
            if doubt.words not in asked:
                asked.add(doubt.words)
                yield from _finding(read, doubt)


def _doubts(claim: Claim, read: Read, known: Reading, archive: Archive) -> Iterator[_Doubt]:
    text = read.plain.text
    # In order, so that the first are compared.
    keys = capitals_of(text)
    unwritten = frozenset(key for key in keys if not archive.writes(key) and archive.compares(key))
    # Most sentences say no name that the posts do not.
    if not unwritten and not may_have_rivals(text):
        return
    unknown = frozenset(key for key in unwritten if not archive.has(key))
    words = words_of(text)
    outlets = [(found.start, found.end) for found in read_organisations(text)]
    names = read_names(text)
    said = _Said(text, unknown, unwritten, words, frozenset(one.title for one in names.titles))
    for name in names.mentions:
        if unwritten.isdisjoint(name.words) and not name.title:
            continue
        if any(start < name.end and name.start < end for start, end in outlets):
            continue
        posts = _compared(claim, read, known, archive, name)
        doubt = posts and _doubt(name, said, posts, archive)
        if doubt:
            yield doubt


def _compared(
    claim: Claim, read: Read, known: Reading, archive: Archive, name: NameMention
) -> Sequence[PostNames]:
    """Return the posts cited for a name; none where one cannot be read, or the voice is our own."""
    place = read.locate(name.start, name.end)
    if place is None or any(s.start <= place[0] < s.end for s in claim.voice_spans):
        return ()
    posts = archive.posts(known.citations.at(claim, place[0]))
    return posts if all(post.is_read for post in posts) else ()


def _doubt(
    name: NameMention, said: _Said, posts: Sequence[PostNames], archive: Archive
) -> _Doubt | None:
    here = said.text[name.start : name.end]
    given = _meant(name, said, posts) or _meant_elsewhere(name, said, archive)
    if given:
        message = f"“{here}” is “{given.words}” in {given.key}."
        return _Doubt(name.start, name.end, here, given, message)
    if name.last in said.unknown:
        given = other_person(name, said.text, said.words, posts)
        if given:
            message = f"No post has “{here}”; {given.key} says this of “{given.words}”."
            return _Doubt(name.start, name.end, here, given, message)
    if _is_absent(name, said):
        message = f"No linked post has “{here}”."
        return _Doubt(name.start, name.end, here, None, message)
    other = other_title(name, said.text, said.titles, posts, archive)
    if other and name.title:
        given, title = other
        held = said.text[name.title.start : name.title.end]
        message = f"{given.key} calls {here} “{title}”, not “{held}”."
        named = GivenName(given.key, title)
        return _Doubt(name.title.start, name.title.end, f"{held} {here}", named, message)
    return None


def _is_absent(name: NameMention, said: _Said) -> bool:
    """Return whether a full name ends in a word that no linked post has, and may be a surname.

    First names and what a thing is are added by every desk: Rob Kessler, Gannet Island. Towns are
    those of `place_differs`.
    """
    is_full = len(name.words) > 1 and not (name.is_upper or name.is_mixed)
    if not is_full or name.last not in said.unknown or level_of(" ".join(name.words)):
        return False
    before = said.text[: name.start].split()[-1:]
    # Of two surnames one is enough: Anna Lindqvist-Holm.
    is_double = "-" in said.text[name.start : name.end]
    return is_surname(name.last) and not is_double and PLACING.isdisjoint(before)


def _meant(name: NameMention, said: _Said, posts: Sequence[PostNames]) -> GivenName | None:
    """Return the name of the posts of which a part is written otherwise here."""
    for at, word in enumerate(name.words):
        given = nearest(name, at, said.unknown, posts) if word in said.unknown else None
        if given:
            return given
    is_first, is_last = name.words[0] in said.unknown, name.last in said.unwritten
    if is_first and not is_last and not is_told_of_kin(name, said.text):
        given = other_first_name(name, said.text, posts)
        if given:
            return given
    if is_last and not is_first:
        given = other_surname(name, said.text, said.words, posts)
        if given:
            return given
    if is_first and is_told_of_kin(name, said.text):
        return None
    return other_part(name, said.unknown, said.text, said.words, posts)


def _meant_elsewhere(name: NameMention, said: _Said, archive: Archive) -> GivenName | None:
    """Return the name of a post that is not cited here, where one word is the same in both."""
    for at, word in enumerate(name.words):
        if word not in said.unknown:
            continue
        others = {*name.words[:at], *name.words[at + 1 :]}
        # Few posts have the other word, and only of these the names are read.
        posts = [
            post for post in archive.readable[:_MOST_POSTS] if not post.words.isdisjoint(others)
        ]
        given = nearest(name, at, said.unknown, posts, beside_another=True)
        if given:
            return given
        if is_person(name) and not (at == 0 and is_told_of_kin(name, said.text)):
            given = other_part(name, said.unknown, said.text, said.words, posts)
            if given:
                return given
    return None


def _finding(read: Read, doubt: _Doubt) -> Iterator[Finding]:
    place, given = read.locate(doubt.start, doubt.end), doubt.given
    if place is None:
        return
    yield Finding(
        code="name-not-found",
        level=Level.QUERY,
        field=read.sentence.field,
        start=place[0],
        end=place[1],
        excerpt=read.sentence.text,
        message=f"{doubt.message} Correct it, or cite a post that says so.",
        evidence={
            "name": doubt.words,
            **({"given": given.words, "keys": [given.key]} if given else {}),
            "sentence": read.sentence.text,
        },
    )


RULE = Rule(
    code="name-not-found",
    title="Name or title unlike the post’s",
    find=find,
    languages=ENGLISH,
    subject="names and titles",
    is_about_words=True,
)
