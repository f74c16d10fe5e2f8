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
MOST_WORDS = 4
# So many expressions are looked for one by one; of more, in so many texts that have any of them.
FEW, MOST_READ = 10, 20
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
    """Return the query with the one word that no text has replaced by the nearest that some have.

    "" where every word is in some text, where several are in none, and where none is near. Two
    queries at most. With `is_public` only what readers are shown of posts is looked at.
    """
    terms = {each.words[0]: each for each in query.wanted if not each.is_exact}
    if not terms or len(terms) > MOST_WORDS:
        return ""
    asked, dialect = replace(query, outlets=(), languages=()), index.dialect
    languages = index.languages()
    known = _counts(
        index,
        (
            (word, any_form(each, asked, dialect, is_public=is_public, languages=languages))
            for word, each in terms.items()
        ),
    )
    unknown = [word for word in terms if word not in known]
    if len(unknown) != 1 or not SHORTEST <= len(unknown[0]) <= LONGEST:
        return ""
    [word] = unknown
    counts = _counts(
        index,
        (
            (each, dialect.words((each,), is_prefix=False, is_public=is_public))
            for each in dict.fromkeys(slips_of(word))
        ),
    )
    if not counts:
        return ""
    nearest = max(sorted(counts), key=lambda each: counts[each])
    return " ".join(_replaced(part, word, nearest) for part in query.parts)


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


def _replaced(part: str, word: str, nearest: str) -> str:
    read = term(part)
    return nearest if read and not read.is_exact and read.words == (word,) else part


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
    if len(pairs) > FEW:
        # Each look reads what GIN has not sorted in yet: some texts with any of them are read once.
        found = ask_by(
            "bitmapscan",
            f"WITH some_texts AS MATERIALIZED (SELECT words FROM {index.table}"  # noqa: S608
            f" WHERE words @@ %s::tsquery LIMIT {MOST_READ}) SELECT name, count(*)"
            " FROM unnest(%s::text[], %s::text[]) AS given(name, expression)"
            " JOIN some_texts ON words @@ expression::tsquery GROUP BY name",
            [dialect.either(expressions), list(names), list(expressions)],
        )
        return dict(found)
    found = ask_by(
        "bitmapscan",
        "SELECT name, number FROM (SELECT name, (SELECT count(*) FROM (SELECT 1"  # noqa: S608
        f" FROM {index.table} WHERE words @@ expression::tsquery LIMIT {MOST_COUNTED}) AS few)"
        " AS number FROM unnest(%s::text[], %s::text[]) AS given(name, expression)) AS counted"
        " WHERE number > 0",
        [list(names), list(expressions)],
    )
    return dict(found)
