"""Words of an index that differ from one that is not in it by one slip of the hand."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from django.db import connection

from wires.search.dialects import PUBLIC
from wires.search.expressions import any_form
from wires.search.index import Index, ask_by
from wires.search.query import SearchQuery
from wires.search.terms import term

SHORTEST, LONGEST = 4, 16
# Of a longer query nobody can say which word was meant.
MOST_WORDS = 6
# More texts than that with a word make it no likelier.
MOST_COUNTED = 50
# The letters of the scripts whose words are typed letter by letter, as the index keeps them.
_ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "αβγδεζηθικλμνξοπρςστυφχψω",
    "абвгдежзийклмнопрстуфхцчшщъыьэюяіїєґ",
    "ابتثجحخدذرزسشصضطظعغفقكلمنهوية",
    "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
)


def correct(query: SearchQuery, index: Index, *, is_public: bool) -> str:
    """Return the query with each word that no text has replaced by the nearest one that some have.

    "" where there is nothing to replace, or nothing to replace it with. Two queries at most. With
    `is_public` only what readers are shown of posts is looked at.
    """
    words = list(dict.fromkeys(each.words[0] for each in query.wanted if not each.is_exact))
    if not words or len(words) > MOST_WORDS:
        return ""
    asked = replace(query, outlets=(), languages=())
    dialect = index.dialect
    forms = {
        each.words[0]: any_form(each, asked, dialect, is_public=is_public)
        for each in query.wanted
        if not each.is_exact
    }
    known = _counts(index, forms.items())
    unknown = [word for word in words if word not in known and SHORTEST <= len(word) <= LONGEST]
    near = {word: [*dict.fromkeys(slips_of(word))] for word in unknown[:2]}
    counts = _counts(
        index,
        (
            (each, dialect.words((each,), is_prefix=False, is_public=is_public))
            for each in dict.fromkeys(each for words in near.values() for each in words)
        ),
    )
    instead = {
        word: max(found, key=lambda each: counts[each])
        for word, slips in near.items()
        if (found := [each for each in slips if each in counts])
    }
    return " ".join(_replaced(part, instead) for part in query.parts) if instead else ""


def slips_of(word: str) -> Iterator[str]:
    """Yield what a word may have been meant to be: letters swapped, wrong, missing or too many."""
    letters = next((each for each in _ALPHABETS if not set(word).isdisjoint(each)), "")
    if not letters or not word.isalpha():
        return
    halves = [(word[:n], word[n:]) for n in range(len(word) + 1)]
    for head, tail in halves:
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters)
        yield from (head + letter + tail for letter in letters)


def _replaced(part: str, instead: dict[str, str]) -> str:
    read = term(part)
    return instead.get(read.words[0], part) if read and not read.is_exact else part


def _counts(index: Index, asked: Iterable[tuple[str, str]]) -> dict[str, int]:
    """Return in how many public texts each expression is found, without those that are in none.

    One query, none where nothing is asked.
    """
    dialect = index.dialect
    pairs: Sequence[tuple[str, str]] = [
        (name, dialect.every([expression, dialect.fact(PUBLIC)])) for name, expression in asked
    ]
    if not pairs:
        return {}
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, number FROM (SELECT json_extract(value, '$[0]') AS name,"  # noqa: S608
                f" (SELECT count(*) FROM (SELECT 1 FROM {index.table} WHERE {index.table}"
                f" MATCH json_extract(value, '$[1]') LIMIT {MOST_COUNTED})) AS number"
                " FROM json_each(%s)) WHERE number > 0",
                [json.dumps(pairs)],
            )
            return dict(cursor.fetchall())
    names, expressions = zip(*pairs, strict=True)
    found = ask_by(
        "bitmapscan",
        "SELECT name, number FROM (SELECT name, (SELECT count(*) FROM (SELECT 1"  # noqa: S608
        f" FROM {index.table} WHERE words @@ expression::tsquery LIMIT {MOST_COUNTED}) AS few)"
        " AS number FROM unnest(%s::text[], %s::text[]) AS given(name, expression)) AS counted"
        " WHERE number > 0",
        [list(names), list(expressions)],
    )
    return dict(found)
