"""Posts that a query finds, newest first, a page at a time."""

from collections.abc import Sequence
from typing import Any

from django.db import connections, transaction
from django.db.models import Q

from wires.models import Channel, Post
from wires.search.dialects import ALL, PUBLIC, Dialect, Fts5, TsQuery
from wires.search.query import SHORTEST_PREFIX, STATES, SearchQuery
from wires.search.rows import (
    IDS,
    NO_KEY,
    TABLE,
    channel_fact,
    language_fact,
    platform_fact,
    second_key,
    state_fact,
)
from wires.search.terms import UNKNOWN, Term, stems_of

# What PostgreSQL sorts at most; where more posts match, the newest are found by walking the wire.
MOST_SORTED = 10_000
# Among so many of the newest a common word has filled a page before the index would be asked.
WALKED_FIRST = 1_000
MOST_CHANNELS = 200
DIALECTS: dict[str, Dialect] = {"sqlite": Fts5(), "postgresql": TsQuery()}


def find_keys(
    query: SearchQuery, *, most: int, is_public: bool, older_than: int = 0, newer_than: int = -1
) -> list[int]:
    """Return the keys of the posts that match, newest first, at most so many, beyond a key.

    With `newer_than` those next to it. At the desk the code of a channel, as a word, finds its posts
    too. One query on SQLite, seven at most on PostgreSQL, and one for outlets and codes.
    """
    connection = connections[Post.objects.db]
    expression = _expression(query, DIALECTS[connection.vendor], is_public=is_public)
    if expression is None:
        return []
    low = max(newer_than + 1, second_key(query.since) if query.since else 0)
    high = min(older_than or NO_KEY, second_key(query.until) if query.until else NO_KEY)
    if low >= high:
        return []
    is_ahead = newer_than >= 0
    bounds = (low, high)
    if connection.vendor == "sqlite":
        found = _from_fts5(connection, expression, bounds, most=most, is_ahead=is_ahead)
    else:
        found = _from_tsvectors(connection, expression, bounds, most=most, is_ahead=is_ahead)
    return found[::-1] if is_ahead else found


def posts_of(keys: Sequence[int]) -> list[int]:
    """Return the ids of posts from their keys."""
    return [key & IDS for key in keys]


def _expression(query: SearchQuery, dialect: Dialect, *, is_public: bool) -> str | None:
    """Return the query as the index reads it, None where nothing can match."""
    channels = _channels(query, is_public=is_public)
    narrowed = (
        [channel_fact(pk) for pk, names in channels if names & set(query.outlets)],
        [language_fact(tag) for tag in query.languages],
        [platform_fact(code) for code in query.platforms],
    )
    if query.outlets and not narrowed[0]:
        return None
    wanted = [dialect.fact(PUBLIC if is_public else ALL)]
    wanted += [dialect.either(map(dialect.fact, names)) for names in narrowed if names]
    wanted += [dialect.fact(state_fact(state)) for state in query.states if state in STATES]
    for term in query.wanted:
        forms = [_any_form(term, query, dialect, is_public=is_public)]
        if not is_public:
            forms += [
                dialect.fact(channel_fact(pk)) for pk, names in channels if _name_of(term) in names
            ]
        wanted.append(dialect.either(forms))
    excluded = [_any_form(term, query, dialect, is_public=is_public) for term in query.excluded]
    excluded += [
        dialect.fact(state_fact(state)) for state in query.excluded_states if state in STATES
    ]
    return dialect.without(dialect.every(wanted), excluded)


def _any_form(term: Term, query: SearchQuery, dialect: Dialect, *, is_public: bool) -> str:
    """Return a term as it is written, or a word that is not quoted in any of its forms."""
    forms = [dialect.words(term.words, is_prefix=term.is_prefix, is_public=is_public)]
    if term.is_exact:
        return forms[0]
    word, by_stem = term.words[0], dict[str, list[str]]()
    if query.is_typing and len(word) >= SHORTEST_PREFIX:
        forms = [dialect.words(term.words, is_prefix=True, is_public=is_public)]
    for asked in query.languages or (UNKNOWN,):
        for language, stem in stems_of(word, asked).items():
            by_stem.setdefault(stem, []).append(language)
    for stem, languages in by_stem.items():
        forms += [dialect.stem(tag, stem, is_public=is_public) for tag in languages]
        if stem != word:
            # A word that is its own stem is kept once, so it is asked for in posts of its language.
            plain = dialect.words((stem,), is_prefix=False, is_public=is_public)
            facts = dialect.either(dialect.fact(language_fact(tag)) for tag in languages)
            forms.append(dialect.every([plain, facts]))
    return dialect.either(forms)


def _channels(query: SearchQuery, *, is_public: bool) -> list[tuple[int, set[str]]]:
    """Return the channels that the query names, with their names. One query, none if it cannot."""
    words = [] if is_public else [_name_of(term) for term in query.wanted]
    asked = Q()
    for name in query.outlets:
        asked |= named(name)
    for word in words:
        asked |= Q(code__iexact=word)
    if not asked:
        return []
    rows = Channel.objects.filter(asked).order_by("pk")
    names = rows.values_list("pk", "code", "outlet__slug", "outlet__name")[:MOST_CHANNELS]
    return [(pk, {each.lower() for each in known}) for pk, *known in names]


def named(name: str) -> Q:
    """Return the condition that a channel, or its outlet, is called so."""
    return Q(outlet__slug__iexact=name) | Q(code__iexact=name) | Q(outlet__name__iexact=name)


def _name_of(term: Term) -> str:
    """Return a term as the code of a channel would be written."""
    return "-".join(term.words)


def _from_fts5(
    connection: Any, expression: str, bounds: tuple[int, int], *, most: int, is_ahead: bool
) -> list[int]:
    """Ask FTS5, whose lists of posts are in the order of their keys, so that nothing is sorted."""
    order = "ASC" if is_ahead else "DESC"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT rowid FROM {TABLE} WHERE {TABLE} MATCH %s AND rowid >= %s AND rowid < %s"  # noqa: S608
            f" ORDER BY rowid {order} LIMIT %s",
            [expression, *bounds, most],
        )
        return [key for (key,) in cursor.fetchall()]


def _from_tsvectors(
    connection: Any, expression: str, bounds: tuple[int, int], *, most: int, is_ahead: bool
) -> list[int]:
    """Walk the newest posts; where they do not fill the page, ask the index of words."""
    order = "ASC" if is_ahead else "DESC"
    between = f"FROM {TABLE} WHERE key >= %s AND key < %s"
    walk_some = (
        f"SELECT key FROM (SELECT key, words {between} ORDER BY key {order} LIMIT {WALKED_FIRST})"  # noqa: S608
        f" AS newest WHERE words @@ %s::tsquery ORDER BY key {order} LIMIT %s"
    )
    look_up = (
        f"WITH found AS MATERIALIZED (SELECT key {between} AND words @@ %s::tsquery"  # noqa: S608
        f" LIMIT {MOST_SORTED + 1}) SELECT key, (SELECT count(*) FROM found) FROM found"
        f" ORDER BY key {order} LIMIT %s"
    )
    walk_all = f"SELECT key {between} AND words @@ %s::tsquery ORDER BY key {order} LIMIT %s"
    asked = [*bounds, expression, most]
    with transaction.atomic(), connection.cursor() as cursor:
        _allow(cursor, "indexscan")
        cursor.execute(walk_some, asked)
        found = [key for (key,) in cursor.fetchall()]
        if len(found) < most:
            _allow(cursor, "bitmapscan")
            cursor.execute(look_up, asked)
            rows = cursor.fetchall()
            found = [key for key, _ in rows]
            if rows and rows[0][1] > MOST_SORTED:
                _allow(cursor, "indexscan")
                cursor.execute(walk_all, asked)
                found = [key for (key,) in cursor.fetchall()]
        _allow(cursor)
    return found


_SCANS = ("seqscan", "indexscan", "bitmapscan")


def _allow(cursor: Any, scan: str = "") -> None:
    """Let PostgreSQL read a table in this way only, or in any, until the transaction ends.

    It knows how common a word is only roughly, and may read the whole table for a page of it.
    """
    settings = ", ".join(
        f"set_config('enable_{each}', '{'on' if scan in ('', each) else 'off'}', true)"
        for each in _SCANS
    )
    cursor.execute(f"SELECT {settings}")
