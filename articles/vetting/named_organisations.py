"""Where a text names a news organisation of the bundled directory.

A name counts as the directory writes it, or in capitals: SANA is an agency, Sana a woman. Its
article may be small ("the Guardian", "le Monde"), and so may the Arabic one.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from articles.vetting.news_organisations import NewsOrganisation, all_names

# Articles that are part of a name.
ARTICLES = "the|der|die|das|le|la|les|el|los|las|il|lo|o|a|os|as"
# What German makes of a name and a noun: "dpa-Angaben".
_COMPOUND = (
    "Angaben|Bericht(?:e|en|s)?|Meldung(?:en)?|Informationen|Recherchen?|Reporter(?:in|n|s)?|Zählung"
    "|Korrespondent(?:in|en)?|Journalist(?:in|en)?|Fotograf(?:in|en)?|Umfrage|Daten|Interview"
)
# Not inside a word, an address or a handle. A slash is looked at where several names are known.
STARTS = r"(?<![\w@#.-])"
ENDS = rf"(?![\w@]|-(?!(?:{_COMPOUND})\b)\w|\.\w)"
_WORD, _DIGIT = re.compile(r"\w+"), re.compile(r"\d")
_OWN_ARTICLES = frozenset([*ARTICLES.split("|"), "de", "het"])
_STARTS, _ENDS = re.compile(STARTS), re.compile(ENDS)


class _Form(NamedTuple):
    """A name as it is written, without the article that has to stand before it."""

    article: str
    words: str
    organisation: NewsOrganisation

    def match(self, text: str, start: int) -> tuple[int, int] | None:
        """Return where it stands, article included, if its first word is at start."""
        end = start + len(self.words)
        if not text.startswith(self.words, start) or not _ENDS.match(text, end):
            return None
        if self.article:
            name, start = start, start - len(self.article) - 1
            if start < 0 or text[start:name].casefold() != f"{self.article} ":
                return None
        return (start, end) if _STARTS.match(text, start) else None


@dataclass(frozen=True, slots=True)
class Named:
    """A name of the directory at text[start:end]."""

    start: int
    end: int
    organisation: NewsOrganisation


def read_organisations(text: str, words: Collection[str] | None = None) -> Iterator[Named]:
    """Yield the organisations that a text with single spaces and straight quotes names, in order.

    words are those of the text, where somebody has them already.
    """
    # Most sentences name none.
    if not _FORMS.keys().isdisjoint(_WORD.findall(text) if words is None else words):
        yield from _read(text, _FORMS)


def read_numbered(text: str) -> Iterator[Named]:
    """Yield those whose name holds a number, such as France 24."""
    if _DIGIT.search(text) and not _NUMBERED.keys().isdisjoint(_WORD.findall(text)):
        yield from _read(text, _NUMBERED)


def _read(text: str, forms: Mapping[str, Sequence[_Form]]) -> Iterator[Named]:
    done = 0
    for word in _WORD.finditer(text):
        for form in forms.get(word.group(), ()):
            place = form.match(text, word.start())
            if place and place[0] >= done:
                done = place[1]
                yield Named(*place, form.organisation)
                break


def _all_forms() -> Iterator[_Form]:
    for name, organisation in all_names():
        article, _, words = name.partition(" ")
        if not words or article.casefold() not in _OWN_ARTICLES:
            article, words = "", name
        for written in _written(words):
            yield _Form(article.casefold(), written, organisation)


def _written(words: str) -> Iterator[str]:
    yield words
    if (capitals := words.upper()) != words:
        yield capitals
    if words.startswith(("Al ", "Al-")):
        yield f"al{words[2:]}"


def _by_first_word(forms: Iterable[_Form]) -> Mapping[str, Sequence[_Form]]:
    """Return forms, the longest first, by their first word."""
    by_word: dict[str, list[_Form]] = {}
    for form in sorted(forms, key=lambda form: -len(form.words)):
        if first := _WORD.match(form.words):
            by_word.setdefault(first.group(), []).append(form)
    return by_word


_FORMS = _by_first_word(_all_forms())
_NUMBERED = _by_first_word(form for form in _all_forms() if _DIGIT.search(form.words))
