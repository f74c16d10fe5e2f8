"""Which words of a text a query found, and the part of the text round them. Knows no Django."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from wires.search.terms import UNKNOWN, PlacedToken, Term, indexed_language, placed_tokens, stems_of

type Place = tuple[int, int]

# Of a long text this much is looked at: nobody waits for the end of a book.
LOOKED_AT = 60_000
# An excerpt shows a few of them.
MOST_PLACES = 60
# How far before the first word an excerpt may begin.
_RUN_UP = 60


@dataclass(frozen=True, slots=True)
class FoundPart:
    """A part of a text, and whether the query found these words."""

    text: str
    is_marked: bool = False


def find_places(
    text: str, terms: Iterable[Term], *, language: str = "", languages: Sequence[str] = ()
) -> list[Place]:
    """Return where the terms stand in a text, in code points, in order, none over another.

    A word is found in all its forms as the index finds it; `languages` are those asked for.
    """
    sought = _sought(terms, indexed_language(language), languages)
    if not (sought.words or sought.stems or sought.prefixes or sought.phrases):
        return []
    tokens = list(placed_tokens(text[:LOOKED_AT], language))
    found: list[Place] = []
    for n, token in enumerate(tokens):
        word = token.word
        if word in sought.words or (token.stem or word) in sought.stems:
            found.append((token.start, token.end))
        elif sought.prefixes and word.startswith(sought.prefixes):
            found.append((token.start, _end_of_prefix(token, sought.prefixes)))
        found += (
            (token.start, tokens[n + len(phrase.words) - 1].end)
            for phrase in sought.phrases.get(word, ())
            if _goes_on(phrase, tokens, n)
        )
        if len(found) >= MOST_PLACES:
            break
    return _merged(found)


def marked(text: str, places: Sequence[Place], *, most: int) -> list[FoundPart]:
    """Return at most so many characters of a text, round the places where most of it was found.

    Words are not cut; an ellipsis stands for what is left out.
    """
    begin, end = _window(text, places, most)
    parts = list(_parts(text, places, begin, end))
    if begin and parts:
        parts.insert(0, FoundPart("… "))
    if end < len(text) and parts:
        parts.append(FoundPart(" …" if text[end : end + 1].isspace() else "…"))
    return parts


@dataclass(frozen=True, slots=True)
class _Sought:
    """What tokens are compared with: words as they are, stems, beginnings, and phrases by their first word."""

    words: frozenset[str]
    stems: frozenset[str]
    prefixes: tuple[str, ...]
    phrases: Mapping[str, Sequence[Term]]


def _sought(terms: Iterable[Term], language: str, languages: Sequence[str]) -> _Sought:
    words, stems, prefixes = set[str](), set[str](), list[str]()
    phrases: dict[str, list[Term]] = {}
    for term in terms:
        if len(term.words) > 1:
            phrases.setdefault(term.words[0], []).append(term)
            continue
        [word] = term.words
        if term.is_prefix:
            prefixes.append(word)
            continue
        words.add(word)
        if not term.is_exact and language != UNKNOWN and language in (languages or (language,)):
            stems.update(stems_of(word, language).values())
    return _Sought(frozenset(words), frozenset(stems), tuple(prefixes), phrases)


def _end_of_prefix(token: PlacedToken, prefixes: Iterable[str]) -> int:
    # One character of a script without spaces is looked for as how a pair begins.
    is_character = any(len(each) == 1 and token.word.startswith(each) for each in prefixes)
    return min(token.start + 1, token.end) if is_character else token.end


def _goes_on(phrase: Term, tokens: Sequence[PlacedToken], n: int) -> bool:
    """Return whether the words from this place on are those of a phrase."""
    *first, last = phrase.words
    found = [token.word for token in tokens[n : n + len(phrase.words)]]
    if len(found) < len(phrase.words) or found[:-1] != first:
        return False
    return found[-1].startswith(last) if phrase.is_prefix else found[-1] == last


def _merged(places: Iterable[Place]) -> list[Place]:
    merged: list[Place] = []
    for start, end in sorted(places):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _window(text: str, places: Sequence[Place], most: int) -> Place:
    """Return from where to where a text is shown."""
    if len(text) <= most:
        return 0, len(text)
    first = _richest(places, most - _RUN_UP) if places else 0
    begin = _word_begins(text, max(0, first - _RUN_UP), first)
    if begin < _RUN_UP // 2:
        begin = 0
    end = min(len(text), begin + most)
    return begin, end if end == len(text) else _word_ends(text, max(begin, first), end)


def _richest(places: Sequence[Place], room: int) -> int:
    """Return where the stretch of so many characters begins that holds most of the places."""
    best = most = end = 0
    for n, (start, _) in enumerate(places):
        end = max(end, n)
        while end < len(places) and places[end][1] <= start + room:
            end += 1
        if end - n > most:
            best, most = start, end - n
    return best if most else places[0][0]


def _word_begins(text: str, low: int, high: int) -> int:
    """Return where a word begins between two places; a script without spaces begins anywhere."""
    if low == 0:
        return 0
    space = text.find(" ", low, high)
    return low if space < 0 else space + 1


def _word_ends(text: str, low: int, high: int) -> int:
    if text[high : high + 1].isspace():
        return high
    space = text.rfind(" ", low, high)
    return high if space < 0 else space


def _parts(text: str, places: Sequence[Place], begin: int, end: int) -> Iterator[FoundPart]:
    at = begin
    for start, stop in places:
        first, last = max(start, at), min(stop, end)
        if first >= last:
            continue
        if first > at:
            yield FoundPart(text[at:first])
        yield FoundPart(text[first:last], is_marked=True)
        at = last
    if at < end:
        yield FoundPart(text[at:end])
