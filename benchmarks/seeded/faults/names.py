"""Names and titles that are not those of the post: a letter, a first name, an office."""

import re
from random import Random

from benchmarks.seeded.articles import Article
from benchmarks.seeded.fault import QUERY, Fault, first, in_body
from benchmarks.seeded.places import in_cited_scope, is_in_english, is_within, quoted_at_all

_CODE = "name-not-found"
# A name that is misspelt may be that of a town.
_ALSO = frozenset({
    "outlet-not-linked", "outlet-mismatch", "source-uncited", "headline-drift", "place-differs",
})  # fmt: skip
# After a small letter, a comma or a title: no word that begins a sentence.
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{5,}(?![\w-])")
_FULL_NAME = re.compile(r"(?<![\w-])(?P<first>[A-Z][a-z]{2,}) (?P<last>[A-Z][a-zé]{3,})(?![\w-])")
_NO_NAMES = frozenset({
    "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "January",
    "February", "August", "September", "October", "November", "December", "Captain", "Colonel",
    "General", "Governor", "Minister", "President", "Professor", "Senator", "Sergeant",
})  # fmt: skip
_PLACES = re.compile(r"(?:an|ans|ese|ish|ic|ians?)\Z")
_FIRST_NAMES = (
    ("Peter", "Daniel", "Thomas", "Martin", "Robert", "Andrew", "Michael", "Victor", "Stephen"),
    ("Helen", "Susan", "Martha", "Laura", "Judith", "Monica", "Rachel", "Emily", "Christine"),
)
_KNOWN = frozenset({
    "James", "John", "Paul", "Mark", "David", "George", "Henry", "Carlos", "Ivan", "Omar", "Ahmed",
    "Anna", "Maria", "Sarah", "Elena", "Nadia", "Ruth", "Clara", "Julia", "Ingrid", "Fatima",
    "Hassan", "Lars", "Erik", "Karim", "Samuel", "Simon", "Pierre", "Luis", "Jorge", "Tom", "Lena",
    "Sofia", "Amina", "Leila", "Mohammed", "Kofi", "Dana", "Alice", "Grace", "Rosa", "Irene", "Owen",
    "Marta", "Ines", "Greta", "Astrid", "Hanna", "Joan", "Jane", "Kate", "Claire", "Mira", "Petra",
}).union(*_FIRST_NAMES)  # fmt: skip
_TITLES = {
    "President": "Prime Minister", "Prime Minister": "President", "Governor": "Mayor",
    "Mayor": "Governor", "Senator": "Governor", "General": "Sergeant", "Colonel": "Sergeant",
    "Captain": "General", "Sergeant": "Colonel", "Judge": "Prosecutor", "Prosecutor": "Judge",
    "Foreign Minister": "Finance Minister", "Finance Minister": "Foreign Minister",
    "Defence Minister": "Foreign Minister", "Queen": "Princess", "King": "Prince",
    "chief executive": "chief financial officer", "Ms": "Mr", "Mr": "Ms", "Archbishop": "Pope",
    "prime minister": "president", "president": "prime minister", "mayor": "governor",
}  # fmt: skip
_TITLED = re.compile(rf"(?<!\w)(?P<title>{'|'.join(_TITLES)})(?P<name>,? [A-Z][a-z]+[ .,])")


def misspell_a_name(article: Article, rng: Random) -> Fault | None:
    """Change one letter of a name that a cited post has."""

    def misspelt(found: re.Match[str]) -> Fault | None:
        name = found.group()
        if name in _NO_NAMES or _PLACES.search(name) or not _is_cited(article, found, name):
            return None
        at = rng.randrange(2, len(name) - 1)
        new = rng.choice([
            name[:at] + name[at] + name[at:],
            name[:at] + name[at + 1 :],
            name[:at] + rng.choice("aeiourlnt".replace(name[at], "")) + name[at + 1 :],
        ])  # fmt: skip
        return _fault(article, found.start(), found.end(), new)

    return first(rng, _NAME.finditer(article.body), misspelt)


def other_first_name(article: Article, rng: Random) -> Fault | None:
    """Give a person whom a cited post names in full another first name."""

    def renamed(found: re.Match[str]) -> Fault | None:
        if found["first"] not in _KNOWN or not _is_cited(article, found, found.group()):
            return None
        new = rng.choice(rng.choice(_FIRST_NAMES))
        if new[:2] == found["first"][:2]:
            return None
        return _fault(article, found.start(), found.end("first"), new)

    return first(rng, _FULL_NAME.finditer(article.body), renamed)


def swap_title(article: Article, rng: Random) -> Fault | None:
    """Give a person another office than a cited post does."""

    def swapped(found: re.Match[str]) -> Fault | None:
        if not _is_cited(article, found, found.group().rstrip(" .,")):
            return None
        return _fault(article, found.start(), found.end("title"), _TITLES[found["title"]])

    return first(rng, _TITLED.finditer(article.body), swapped)


def _is_cited(article: Article, found: re.Match[str], words: str) -> bool:
    """Return whether posts in English are cited for words outside quotations, and one has them."""
    keys = in_cited_scope(article, found.start())
    texts = [article.post(key).pinned or "" for key in keys]
    if not article.is_english or is_within(found.start(), quoted_at_all(article.body)):
        return False
    whole = re.compile(rf"(?<![\w-]){re.escape(words)}(?![\w-])")
    return all(map(is_in_english, texts)) and any(map(whole.search, texts))


def _fault(article: Article, start: int, end: int, new: str) -> Fault | None:
    """Return the fault, where no post and no name of an outlet has the new words."""
    old = article.body[start:end]
    posts = " ".join(post.pinned or "" for post in article.posts).casefold()
    outlets = " ".join(name for post in article.posts for name in post.names)
    if new.casefold() in posts or new == old or old in outlets:
        return None
    return in_body(article, start, end, new, code=_CODE, level=QUERY, also=_ALSO)
