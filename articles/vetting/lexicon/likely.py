"""The language of a post, which nobody states: by its script, or by the words of a lexicon."""

import re
from collections import Counter
from collections.abc import Mapping
from itertools import chain

from articles.vetting.lexicon import LEXICONS, Lexicon, bare, eastern
from articles.vetting.text import View

_WORD = re.compile(r"[^\W\d_]+")
_READ = 4_000
# One letter in so many tells the script.
_SHARE = 20
# Letters that a script has and its neighbours have not, most telling first.
_SCRIPTS = (
    (eastern.PERSIAN, re.compile("[پچژگکی]")),
    (eastern.ARABIC, re.compile("[\u0620-\u064a]")),
    (eastern.RUSSIAN, re.compile("[\u0400-\u04ff]")),
    (eastern.JAPANESE, re.compile("[\u3040-\u30ff]")),
    (eastern.KOREAN, re.compile("[\uac00-\ud7af]")),
    (eastern.CHINESE, re.compile("[\u4e00-\u9fff]")),
)


def likely_lexicon(view: View) -> Lexicon:
    """Return the lexicon whose words stand in a text most often; English in doubt."""
    letters = view.folded[:_READ]
    for lexicon, letter in () if letters.isascii() else _SCRIPTS:
        if len(letter.findall(letters)) * _SHARE > len(letters):
            return lexicon
    words = {bare(word) for word in _WORD.findall(letters)}
    known = Counter(code for word in words for code in _LANGUAGES.get(word, ()))
    # max() keeps the first of equals, and English is the first.
    return max(LEXICONS, key=lambda one: known[one.code])


def _languages() -> Mapping[str, tuple[str, ...]]:
    """Return for each word the languages that have it."""
    found: dict[str, tuple[str, ...]] = {}
    for one in LEXICONS:
        tables = (one.function_words, one.articles, one.units, one.scales, one.tolls)
        for word in {*chain.from_iterable(tables), *one.number_starts}:
            found[word] = (*found.get(word, ()), one.code)
    return found


_LANGUAGES = _languages()
