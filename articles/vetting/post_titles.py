"""The title that a post gives a person for whom a sentence has another, and who holds one there."""

from collections.abc import Iterator, Sequence

from articles.vetting.facts.names import NameMention, TitleMention
from articles.vetting.lexicon.titles import RIVALS, are_two_offices
from articles.vetting.post_names import Archive, GivenName, PostNames, is_another

# A hostile article has a thousand, each to be asked for each title.
_MOST_ASKED = 60


def other_title(
    name: NameMention,
    text: str,
    titles: frozenset[str],
    posts: Sequence[PostNames],
    archive: Archive,
) -> tuple[GivenName, str] | None:
    """Return the person of the posts who has another title there, and that title.

    None where a post may give the person this title too. Another office or walk of life is asked
    about where no post of the archive has it for anybody, and titles, which the sentence has, not
    the other one: a senator may be a former judge. Where the posts cited do not have the person,
    all are asked.
    """
    said = name.title
    if said is None or not said.is_held or not said.title or name.is_upper:
        return None
    rivals = frozenset[str]().union(*(one for one in RIVALS if said.title in one))
    if not any(name.last in post.words for post in posts):
        loose = _of_nobody(said.title, text, titles, posts, archive, name)
        if loose:
            return loose
        posts = archive.readable[:_MOST_ASKED]
    if any(post.may_give(said.title, name) or _may_be_several(name, post) for post in posts):
        return None
    for post, given, title in _titles_of(name, posts):
        is_told = title.title in titles and title.title not in post.loose_titles
        if title.title in rivals or (
            not is_told and archive.has_no_office_of(said.title, title.title, name)
        ):
            return GivenName(post.key, post.said(given)), post.said(title)
    return None


def _titles_of(
    name: NameMention, posts: Sequence[PostNames]
) -> Iterator[tuple[PostNames, NameMention, TitleMention]]:
    """Yield the titles that posts give a person, each with the name there."""
    for post in posts:
        for given in post.named(name.last):
            if given.title and given.title.is_held and not is_another(name, given):
                yield post, given, given.title


def other_person(
    name: NameMention, text: str, words: frozenset[str], posts: Sequence[PostNames]
) -> GivenName | None:
    """Return the person of whom the posts say what a text says of a name that no post has.

    None where they do not give that person the same title, or where the text names both. words
    are those of the text.
    """
    if name.title is None or not name.title.is_held or name.is_upper:
        return None
    found = [(post, post.holders(name.title.title)) for post in posts]
    found = [(post, holders) for post, holders in found if holders]
    if not found or any(len(holders) > 1 for _, holders in found):
        return None
    if len({last for _, holders in found for last in holders}) > 1:
        return None
    post, given = found[0][0], next(iter(found[0][1].values()))
    if given.is_upper or given.last in words or not post.says_of(given, name, text):
        return None
    return GivenName(post.key, post.said(given))


def _of_nobody(
    said: str,
    text: str,
    titles: frozenset[str],
    posts: Sequence[PostNames],
    archive: Archive,
    name: NameMention,
) -> tuple[GivenName, str] | None:
    """Return the title of which a post says the same words as a text, without a name."""
    for post in posts:
        for title, given in post.loose_titles.items():
            if not given.is_held or title in titles or not are_two_offices(said, title):
                continue
            if archive.has_no_office_of(said, title, name) and post.says_of_its(given, text):
                return GivenName(post.key, post.said(given)), post.said(given)
    return None


def _may_be_several(name: NameMention, post: PostNames) -> bool:
    """Return whether a surname is that of several: Mr Orsay may be the husband of Beth Orsay."""
    firsts = {given.words[0] for given in post.named(name.last) if len(given.words) > 1}
    return len(name.words) == 1 and len(firsts) > 1
