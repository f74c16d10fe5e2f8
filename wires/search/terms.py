"""Words as the index keeps them: folded, stemmed in their language, and cut where none has spaces."""

import re
import threading
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import repeat
from typing import Any, NamedTuple

from web.language_tags import primary

# The algorithm of each language whose words are stemmed, by its tag.
ALGORITHMS = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fa": "persian",
    "fi": "finnish", "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian",
    "hy": "armenian", "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian",
    "ne": "nepali", "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish",
    "pt": "portuguese", "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish",
    "ta": "tamil", "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
UNKNOWN = "und"
# tsvector counts no further, and nobody looks for the end of a book on the wire.
MOST_TOKENS = 16_000
LONGEST_TOKEN = 64

# Scripts whose words have no spaces between them, and Hangul, whose particles follow without one.
_UNSPACED = (
    r"\u0e01-\u0e3a\u0e40-\u0e4e\u0e81-\u0edf\u1000-\u109f\u1780-\u17d3\u3005-\u3007\u3040-\u30ff"
    r"\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
# Marks that stand inside words, which Python's \w leaves out.
_MARKS = (
    r"\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf\u05c1-\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    r"\u06d6-\u06ed\u0900-\u0963\u0966-\u0df3\u0eb1-\u0ece"
)
# To be asked of a text without underlines. One class of characters is read in half the time of two.
_WORD = re.compile(rf"[\w{_MARKS}]+")
_MIXED = re.compile(rf"([{_UNSPACED}]+)|((?:(?![{_UNSPACED}])[^\W_]|[{_MARKS}])+)")
_HAS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
# Marks that people leave out when they type: accents, Hebrew points, Arabic vowels.
_LEFT_OUT = re.compile(r"[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670]")
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word as the index keeps it, and its stem, "" where that is the word itself or unknown."""

    word: str
    stem: str = ""


class PlacedToken(NamedTuple):
    """A token, and where its letters stand in the text, in code points."""

    word: str
    stem: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Term:
    """What somebody looks for: one word in any of its forms, or exactly these that follow each other."""

    words: tuple[str, ...]
    is_prefix: bool = False
    is_exact: bool = False


def indexed_language(tag: str) -> str:
    """Return the language of a tag as the index has it: eight letters of it, "und" for none."""
    return primary(tag)[:8] or UNKNOWN


def tokens(text: str, language: str = "") -> list[Token]:
    """Return the words of a text in order, at most MOST_TOKENS, stemmed if its language is known.

    Of an accent without a letter, as in ¯\\_(ツ)_/¯, nothing is left: that is no word.
    """
    stemmed = indexed_language(language)
    if stemmed not in ALGORITHMS:
        stemmed = ""
    text = _plain(text)
    if not _is_mixed(text):
        every = map(_token, _unmixed_words(text), repeat(stemmed))
        return [token for token in every if token.word][:MOST_TOKENS]
    found: list[Token] = []
    for word, is_unspaced in _runs(text):
        if is_unspaced:
            found.extend(Token(pair) for pair in _pairs(word))
        elif (token := _token(word, stemmed)).word:
            found.append(token)
        if len(found) >= MOST_TOKENS:
            break
    return found[:MOST_TOKENS]


def placed_tokens(text: str, language: str = "") -> Iterator[PlacedToken]:
    """Yield the words of a text as `tokens` has them, with their places in the text as it stands."""
    stemmed = indexed_language(language)
    if stemmed not in ALGORITHMS:
        stemmed = ""
    for found in _MIXED.finditer(text):
        start, end = found.span()
        if found[1] is None:
            token = _token_as_printed(found[0], stemmed)
            if token.word:
                yield PlacedToken(token.word, token.stem, start, end)
            continue
        # Half-width letters join to fewer: then the run is one place.
        run = unicodedata.normalize("NFKC", found[0]).casefold()
        is_even = len(run) == end - start
        for n, pair in enumerate(_pairs(run)):
            place = (start + n, start + n + len(pair)) if is_even else (start, end)
            yield PlacedToken(pair, "", *place)


def term(text: str, *, is_prefix: bool = False, is_quoted: bool = False) -> Term | None:
    """Return what to look for so that these words are found in this order, None for no words."""
    words: list[str] = []
    runs = _words(text)
    for word, is_unspaced in runs:
        if not is_unspaced:
            words.append(fold(word)[:LONGEST_TOKEN])
        elif len(word) > 1:
            words.extend(_pairs(word)[:-1])
        else:
            words.append(word)
    words = [word for word in words if word]
    if not words:
        return None
    # The index pairs characters, so one alone is how a pair begins.
    is_character = len(runs) == 1 and runs[0][1] and len(runs[0][0]) == 1
    is_prefix = is_prefix or is_character
    is_exact = is_prefix or is_quoted or len(words) > 1
    return Term(tuple(words), is_prefix=is_prefix, is_exact=is_exact)


def stems_of(word: str, language: str = "") -> dict[str, str]:
    """Return the stem of a word by language: in every language that is stemmed, or in one."""
    asked = indexed_language(language)
    languages = ALGORITHMS if asked == UNKNOWN else [asked]
    return {tag: _token(word, tag).stem or word for tag in languages if tag in ALGORITHMS}


def fold(word: str) -> str:
    """Return a word in lower case without what people leave out when they type it."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.casefold()).translate(_LETTERS)
    return unicodedata.normalize("NFC", _LEFT_OUT.sub("", plain))


def _words(text: str) -> list[tuple[str, bool]]:
    """Return the words of a text, and whether each is a run of a script without spaces."""
    text = _plain(text)
    return [*_runs(text)] if _is_mixed(text) else [(word, False) for word in _unmixed_words(text)]


def _plain(text: str) -> str:
    """Return a text in one form of its letters, without capitals."""
    return (text if text.isascii() else unicodedata.normalize("NFKC", text)).casefold()


def _unmixed_words(text: str) -> list[str]:
    """Return the words of a plain text that is not mixed."""
    return _WORD.findall(text.replace("_", " "))


def _is_mixed(text: str) -> bool:
    """Return whether there is a script without spaces in a plain text."""
    return not text.isascii() and _HAS_UNSPACED.search(text) is not None


def _runs(text: str) -> Iterator[tuple[str, bool]]:
    for found in _MIXED.finditer(text):
        yield found[0], found[1] is not None


def _pairs(run: str) -> list[str]:
    """Return each character of a run with the one after it; the last stands alone."""
    return [run[n : n + 2] for n in range(len(run))]


@lru_cache(maxsize=30_000)
def _token(word: str, language: str) -> Token:
    folded = fold(word)[:LONGEST_TOKEN]
    if not language or word.isdigit() or len(word) > LONGEST_TOKEN:
        return Token(folded)
    # With its accents, which the algorithms read.
    stem = fold(_stemmer(language).stemWord(word))[:LONGEST_TOKEN]
    return Token(folded, "" if stem == folded else stem)


@lru_cache(maxsize=30_000)
def _token_as_printed(word: str, language: str) -> Token:
    return _token(unicodedata.normalize("NFKC", word).casefold(), language)


_own = threading.local()


def _stemmer(language: str) -> Any:
    """Return the stemmer of a language: one a thread, for it keeps the word it works on."""
    stemmers: dict[str, Any] = _own.__dict__.setdefault("stemmers", {})
    if language not in stemmers:
        # Loads the tables of all languages, which web processes do without until somebody searches.
        import snowballstemmer

        stemmers[language] = snowballstemmer.stemmer(ALGORITHMS[language])
    return stemmers[language]
