"""The words of a text that say what it is about: no articles, pronouns or auxiliaries."""

from collections.abc import Iterable

from articles.prose import split
from articles.vetting.quotes import words

_EMPTY = frozenset({
    "a", "an", "the", "of", "and", "or", "to", "in", "on", "at", "by", "for", "with", "from", "as", "is",
    "are", "was", "were", "be", "been", "being", "has", "have", "had", "it", "its", "that", "this",
    "these", "those", "he", "she", "they", "his", "her", "their", "who", "which", "what", "when",
    "where", "but", "not", "no", "after", "before", "than", "more", "over", "about", "into", "out",
    "up", "said", "says", "say", "told", "will", "would", "can", "could", "may", "might", "also",
    "there", "some", "all", "one", "two", "we", "i", "you", "our", "us", "report", "reported",
    "reports", "according", "reportedly", "alleged", "allegedly", "unconfirmed", "while", "so",
})  # fmt: skip

_ENDINGS = ("ies", "ing", "ed", "es", "s")
# Most words end in none of them.
_LAST = ("s", "g", "d")


def content(text: str) -> frozenset[str]:
    """Return the stems of the words of a text that carry meaning, without figures."""
    return stems(words(text))


def stems(words: Iterable[str]) -> frozenset[str]:
    """Return the stems of those of some words that carry meaning, without figures."""
    return frozenset(stem(word) for word in words if word not in _EMPTY and not word[0].isdigit())


def stem(word: str) -> str:
    """Cut off what English inflection adds; rough, and the same for both texts."""
    word = word.removesuffix("'s")
    for ending in _ENDINGS if word.endswith(_LAST) else ():
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)]
    return word.rstrip("e") if len(word) > 3 else word


def sentences_of(text: str) -> tuple[str, ...]:
    """Return the sentences of a post; a line break ends one too."""
    return tuple(line[start:end] for line in text.splitlines() for start, end in split(line))
