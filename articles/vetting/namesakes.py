"""The person of a post for whom a sentence has another first name, or another surname.

One half of the name is right. Whether it is the same person follows from what both texts say
around it; a body or a place shares words with others as a matter of course, and is left out.
"""

import re
from collections.abc import Iterator, Sequence

from articles.vetting.facts.names import NameMention
from articles.vetting.facts.spellings import is_same_name, is_short_form
from articles.vetting.lexicon.geography import level_of
from articles.vetting.lexicon.given_names import GIVEN_NAMES
from articles.vetting.lexicon.named_things import CLUBS, GEOGRAPHY, ORGANISATIONS
from articles.vetting.lexicon.titles import KIN
from articles.vetting.post_names import GivenName, PostNames, share_first

_NO_PERSONS = ORGANISATIONS | GEOGRAPHY
_FEWEST_WORDS = 2
# Whose relative somebody is stands this near, in words.
_NEAR = 5
_WORD = re.compile(r"[^\W\d_]+|['’]s\b")
_WHOSE = frozenset({"his", "her", "their", "its", "'s", "’s"})


def other_first_name(name: NameMention, text: str, posts: Sequence[PostNames]) -> GivenName | None:
    """Return the person of the posts with the same surname, if all of them have other first names."""
    if len(name.words) < _FEWEST_WORDS or name.is_upper:
        return None
    found: GivenName | None = None
    for post in posts:
        for given in post.named(name.last):
            if given.is_upper or len(given.words) < _FEWEST_WORDS:
                continue
            if share_first(name, given) or not _is_one_person(name, given, post, text):
                return None
            found = found or GivenName(post.key, post.said(given))
    return found


def other_surname(
    name: NameMention, text: str, words: frozenset[str], posts: Sequence[PostNames]
) -> GivenName | None:
    """Return the one person of the posts with the same first name, of whom they say the same.

    words are those of the text: who is named there, too, is somebody else.
    """
    if len(name.words) < _FEWEST_WORDS or name.is_upper or name.is_mixed:
        return None
    found: dict[str, GivenName] = {}
    for post in posts:
        for given in post.called(name.words[0]):
            if given.is_upper or given.is_mixed or given.last in words:
                continue
            if _may_be_a_person(name, given) and post.may_say_of(given, name, text):
                found.setdefault(given.last, GivenName(post.key, post.said(given)))
    return next(iter(found.values())) if len(found) == 1 else None


def is_told_of_kin(name: NameMention, text: str) -> bool:
    """Return whether a text says whose relative somebody is, who may share a surname with the other.

    "His sister, Anna Holm", "Anna Holm, sister of the pilot"; not "my sister is there," said Anna Holm.
    """
    before = [word.casefold() for word in _WORD.findall(text[: name.start])][-_NEAR:]
    after = ["", *(word.casefold() for word in _WORD.findall(text[name.end :])[:_NEAR]), ""]
    # What is told in quotation marks is of who speaks.
    is_quoted = re.search(r"[”\"][^“]*\Z", text[: name.start]) is not None
    if not KIN.isdisjoint(before) and not (is_quoted and name.is_speaking):
        return True
    return any(
        after[n] in KIN and (after[n - 1] in _WHOSE or after[n + 1] == "of")
        for n in range(1, len(after) - 1)
    )


def other_part(
    name: NameMention,
    unknown: frozenset[str],
    text: str,
    words: frozenset[str],
    posts: Sequence[PostNames],
) -> GivenName | None:
    """Return the one name of the posts that has another word in the place of one that none has.

    "Harrow Castle" for a team, a party or a place that the posts call "Harrow Vale". words are
    those of the text.
    """
    if name.is_upper or name.is_mixed or len(name.words) < _FEWEST_WORDS:
        return None
    found: dict[str, GivenName] = {}
    for said in _parts(name):
        wrong = [at for at, word in enumerate(said) if word in unknown]
        if len(wrong) != 1 or len(said) < _FEWEST_WORDS:
            continue
        at = wrong[0]
        for post in posts:
            for given, other in _instead(said, at, post):
                if given.is_upper or other in words or not _is_other(said, at, other):
                    continue
                if not _tells(said, at, other, post, given, name, text):
                    return None
                found.setdefault(other, GivenName(post.key, post.said(given)))
    return next(iter(found.values())) if len(found) == 1 else None


def _parts(name: NameMention) -> Iterator[tuple[str, ...]]:
    """Yield the words of a name, and those after the first where it may be no part of the name."""
    yield name.words
    if name.begins_sentence and len(name.words) > _FEWEST_WORDS:
        yield name.words[1:]


def _instead(said: Sequence[str], at: int, post: PostNames) -> Iterator[tuple[NameMention, str]]:
    """Yield the names of a post with the same words but one, and which word that is there."""
    beside = at - 1 if at else at + 1
    for given, place in post.with_word(said[beside]):
        first = place - beside
        part = given.words[first : first + len(said)] if first >= 0 else ()
        # "Canada World Health Organization" is no name for "Public Health".
        is_whole = len(given.words) <= len(said) + 1
        if (
            is_whole
            and len(part) == len(said)
            and all(
                is_same_name(mine, theirs)
                for n, (mine, theirs) in enumerate(zip(said, part, strict=True))
                if n != at
            )
        ):
            yield given, part[at]


def _is_other(said: Sequence[str], at: int, other: str) -> bool:
    """Return whether a word is another name, and no other form of the same."""
    # The Orrin Group may be Orrin Holdings, and Coldwater Castle is no Coldwater Canyon.
    are_clubs = CLUBS.issuperset((said[at], other))
    if (said[at] in _NO_PERSONS and not are_clubs) or is_same_name(said[at], other):
        return False
    return not (at == 0 and is_short_form(said[at], other))


def _tells(
    said: Sequence[str],
    at: int,
    other: str,
    post: PostNames,
    given: NameMention,
    name: NameMention,
    text: str,
) -> bool:
    """Return whether enough tells that two names are of one thing.

    Bodies and places share words as a matter of course: lakes, unions, what lies in the north.
    """
    shared = [word for n, word in enumerate(said) if n != at]
    if len(set(shared) - _NO_PERSONS) > 1:
        return True
    is_body = other in _NO_PERSONS or _NO_PERSONS.issuperset(shared)
    if is_body:
        # A court is not told by what it decides, but "Lake Orrin" is no other lake by chance.
        is_place = at > 0 and GEOGRAPHY.issuperset(shared)
        return post.has_figure_near(given, text) or (is_place and post.says_of(given, name, text))
    return post.may_say_of(given, name, text) or is_person(name) or is_person(given)


def _is_one_person(name: NameMention, given: NameMention, post: PostNames, text: str) -> bool:
    """Return whether two people of one surname are one; where a name is rare, by what is said."""
    if is_person(name) and is_person(given):
        return True
    return _may_be_a_person(name, given) and post.may_say_of(given, name, text)


def _may_be_a_person(name: NameMention, given: NameMention) -> bool:
    """Return whether one of two names is that of a person, and neither that of anything else."""
    # Phoebe Hall (28) is no hall.
    if name.has_age and (given.has_age or name.words[0] in GIVEN_NAMES):
        return True
    # "Guard Luca Ferro" is no guard of a palace.
    if not _NO_PERSONS.isdisjoint((*name.words[-2:], *given.words[-2:])):
        return False
    return is_person(name) or is_person(given)


def is_surname(word: str) -> bool:
    """Return whether the last word of a name may be that of a person, and no part of a place."""
    return word not in _NO_PERSONS and not level_of(word)


def is_person(name: NameMention) -> bool:
    """Return whether a name is that of a person for sure."""
    is_described = name.title is not None or name.has_age or name.is_who or name.is_speaking
    return name.words[0] in GIVEN_NAMES or is_described
