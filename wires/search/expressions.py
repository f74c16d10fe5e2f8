"""A query as an index reads it, whichever texts are in it."""

from collections.abc import Callable, Iterable, Sequence
from functools import partial

from wires.search.dialects import Dialect
from wires.search.index import NO_KEY, Index, second_key
from wires.search.query import SHORTEST_PREFIX, SearchQuery
from wires.search.terms import UNKNOWN, Term, indexed_language, stems_of


def expression_of(
    query: SearchQuery,
    dialect: Dialect,
    *,
    facts: Iterable[Sequence[str]],
    excluded_facts: Iterable[str] = (),
    is_public: bool,
    languages: Sequence[str] = (UNKNOWN,),
    also: Callable[[Term], Iterable[str]] = lambda term: (),
) -> str:
    """Return the terms of a query, narrowed to rows that have one fact of each of these groups.

    With `is_public` words are looked for in the heads alone. `languages` are those that any text
    has, so that a word is looked for in no others. `also` names facts that stand for a term, too.
    """
    form = partial(any_form, query=query, dialect=dialect, is_public=is_public, languages=languages)
    wanted = [dialect.either(map(dialect.fact, group)) for group in facts]
    for term in query.wanted:
        forms = [form(term)]
        wanted.append(dialect.either([*forms, *map(dialect.fact, also(term))]))
    excluded = [form(term) for term in query.excluded]
    excluded += map(dialect.fact, excluded_facts)
    return dialect.without(dialect.every(wanted), excluded)


def any_form(
    term: Term,
    query: SearchQuery,
    dialect: Dialect,
    *,
    is_public: bool,
    languages: Sequence[str] = (UNKNOWN,),
) -> str:
    """Return a term as it is written, or a word that is not quoted in any of its forms."""
    forms = [dialect.words(term.words, is_prefix=term.is_prefix, is_public=is_public)]
    if term.is_exact:
        return forms[0]
    word, by_stem = term.words[0], dict[str, list[str]]()
    if query.is_typing and len(word) >= SHORTEST_PREFIX:
        forms = [dialect.words(term.words, is_prefix=True, is_public=is_public)]
    for asked in query.languages or languages:
        for language, stem in stems_of(word, asked).items():
            by_stem.setdefault(stem, []).append(language)
    for stem, tags in by_stem.items():
        forms += [dialect.stem(tag, stem, is_public=is_public) for tag in tags]
        if stem != word:
            # A word that is its own stem is kept once, so it is asked for in texts of its language.
            plain = dialect.words((stem,), is_prefix=False, is_public=is_public)
            facts = dialect.either(dialect.fact(language_fact(tag)) for tag in tags)
            forms.append(dialect.every([plain, facts]))
    return dialect.either(forms)


def languages_of(query: SearchQuery, index: Index) -> Sequence[str]:
    """Return in which languages words of a query are looked for, besides those it asks for."""
    has_words = bool(query.wanted or query.excluded)
    return index.languages() if has_words and not query.languages else ()


def bounds_of(query: SearchQuery, *, older_than: int = 0, newer_than: int = -1) -> tuple[int, int]:
    """Return the first key that may be found, and the first beyond."""
    low = max(newer_than + 1, second_key(query.since) if query.since else 0)
    high = min(older_than or NO_KEY, second_key(query.until) if query.until else NO_KEY)
    return low, high


def language_fact(tag: str) -> str:
    return f"l{''.join(filter(str.isalnum, indexed_language(tag)))}"
