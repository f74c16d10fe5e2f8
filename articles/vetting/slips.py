"""The name of a post for which a word of a name may be a slip."""

from collections.abc import Sequence

from articles.vetting.facts.names import NameMention, words_of
from articles.vetting.facts.spellings import is_near, is_same_name, is_short_form
from articles.vetting.lexicon.given_names import GIVEN_NAMES
from articles.vetting.post_names import GivenName, PostNames

_SHORTEST_SURNAME = 4
# A long word is hardly like another one by chance.
_RARE = 7


def nearest(
    name: NameMention,
    at: int,
    unknown: frozenset[str],
    posts: Sequence[PostNames],
    *,
    beside_another: bool = False,
) -> GivenName | None:
    """Return the name of the posts for which the word of a name may be a slip.

    unknown are the words of the name that no post has. A neighbour that both names share is what
    tells a slip from another name; without one, unless it is asked for, the words have to be nearer.
    """
    for post in posts:
        for given, n in post.near(name.words[at]):
            if beside_another and not _has_neighbour(name, at, given, n, unknown):
                continue
            if _is_slip(name, at, given, n, unknown):
                return GivenName(post.key, _shown(post, given, given.words[n], len(name.words)))
    return None


def _is_slip(
    name: NameMention, at: int, given: NameMention, n: int, unknown: frozenset[str]
) -> bool:
    said, word = name.words[at], given.words[n]
    if word in name.words:
        return False
    if _has_neighbour(name, at, given, n, unknown):
        return not (at == 0 and len(name.words) > 1 and is_short_form(said, word))
    if not _stands_alone(name, at, given, n):
        return False
    # "Daniel Pikee", where the post says no more than "Pike"; "Hale" and "Hall" are two names.
    is_surname = len(name.words) > 1 and said[0] == word[0] and len(word) >= _SHORTEST_SURNAME
    is_same_letters = len(said) != len(word) or sorted(said) == sorted(word)
    return is_near(said, word, alone=not (is_surname and is_same_letters))


def _has_neighbour(
    name: NameMention, at: int, given: NameMention, n: int, unknown: frozenset[str]
) -> bool:
    """Return whether the word before or after is the same in both names, or as near."""
    for step in (-1, 1):
        if 0 <= at + step < len(name.words) and 0 <= n + step < len(given.words):
            mine, theirs = name.words[at + step], given.words[n + step]
            if is_same_name(mine, theirs):
                return True
            if mine in unknown and is_near(mine, theirs, alone=True):
                return True
    # "Governor Sorvarth" for "Governor Elin Sorvath".
    titles = {one.title.title for one in (name, given) if one.title and one.title.title}
    is_last = at == len(name.words) - 1 and n == len(given.words) - 1
    return (
        len(name.words) == 1 and is_last and bool(name.title and given.title) and len(titles) == 1
    )


def _stands_alone(name: NameMention, at: int, given: NameMention, n: int) -> bool:
    """Return whether one word may stand for the whole of a name: a surname, a place."""
    if name.is_upper or given.is_upper or name.is_mixed or given.is_mixed:
        return False
    if len(name.words) > 1:
        # "Lucia Orttega", where the post says no more than "Ortega", and "Stanton Genarals".
        is_person = name.words[0] in GIVEN_NAMES or name.title is not None
        is_rare = len(given.words[n]) >= _RARE
        return at > 0 and (is_person or is_rare) and len(given.words) == 1
    if name.words[0] in GIVEN_NAMES:
        return False
    if name.begins_sentence and len(given.words) == 1 and given.begins_sentence:
        return False
    return n == len(given.words) - 1 or (n == 0 and given.words[0] not in GIVEN_NAMES)


def _shown(post: PostNames, given: NameMention, word: str, size: int) -> str:
    """Return a name as the post writes it, one word of it where one word is asked about."""
    whole = post.said(given)
    if size > 1 and not given.is_upper:
        return whole
    return next((one for one in whole.split() if word in words_of(one)), whole)
