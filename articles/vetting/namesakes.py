"""The person of a post for whom a sentence has another first name, or another surname.

One half of the name is right. Whether it is the same person follows from what both texts say
around it; a body or a place shares words with others as a matter of course, and is left out.
"""

from collections.abc import Sequence

from articles.vetting.facts.names import NameMention
from articles.vetting.facts.spellings import is_near
from articles.vetting.lexicon.given_names import GIVEN_NAMES
from articles.vetting.lexicon.named_things import GEOGRAPHY, ORGANISATIONS
from articles.vetting.post_names import GivenName, PostNames, share_first

_NO_PERSONS = ORGANISATIONS | GEOGRAPHY
_FEWEST_WORDS = 2


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


def other_part(
    name: NameMention, at: int, text: str, words: frozenset[str], posts: Sequence[PostNames]
) -> GivenName | None:
    """Return the one name of the posts that has another word in place of one of two.

    "Harrow Castle" for a team, a party or a place that the posts call "Harrow Vale". words are
    those of the text.
    """
    if len(name.words) != _FEWEST_WORDS or name.is_upper or name.is_mixed:
        return None
    found: dict[tuple[str, ...], GivenName] = {}
    for post in posts:
        for given in post.named(name.last) if at == 0 else post.called(name.words[0]):
            if not _is_other_part(name, given, at, words):
                continue
            # Bodies and places share words: a figure has to tell that they are one.
            is_body = not _NO_PERSONS.isdisjoint(given.words)
            tells = post.has_figure_near(given, text) if is_body else True
            if not tells or not post.may_say_of(given, name, text):
                return None
            found.setdefault(given.words, GivenName(post.key, post.said(given)))
    return next(iter(found.values())) if len(found) == 1 else None


def _is_other_part(name: NameMention, given: NameMention, at: int, words: frozenset[str]) -> bool:
    """Return whether two names differ in the word that tells one body or place from another."""
    if len(given.words) != _FEWEST_WORDS or given.is_upper or is_person(given):
        return False
    mine, theirs = name.words[at], given.words[at]
    if given.words[1 - at] != name.words[1 - at] or theirs in words:
        return False
    # The Orrin Group may be Orrin Holdings, but Coldwater Castel is no Coldwater Canyon.
    return mine not in _NO_PERSONS and not is_near(mine, theirs, alone=False)


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


def is_person(name: NameMention) -> bool:
    """Return whether a name is that of a person for sure."""
    is_described = name.title is not None or name.has_age or name.is_who or name.is_speaking
    return name.words[0] in GIVEN_NAMES or is_described
