"""Posts that a query finds, newest first, a page at a time."""

from collections.abc import Iterator, Sequence

from django.db.models import Q

from wires.models import Channel
from wires.search.dialects import ALL, PUBLIC, Dialect
from wires.search.expressions import bounds_of, expression_of, language_fact, languages_of
from wires.search.index import IDS
from wires.search.query import STATES, SearchQuery
from wires.search.rows import POSTS, channel_fact, platform_fact, state_fact
from wires.search.terms import Term

MOST_CHANNELS = 200


def find_keys(
    query: SearchQuery, *, most: int, is_public: bool, older_than: int = 0, newer_than: int = -1
) -> list[int]:
    """Return the keys of the posts that match, newest first, at most so many, beyond a key.

    With `newer_than` those next to it. At the desk the code of a channel, as a word, finds its posts
    too. One query on SQLite, three at most on PostgreSQL, and one for outlets and codes.
    """
    expression = _expression(query, POSTS.dialect, is_public=is_public)
    if expression is None:
        return []
    low, high = bounds_of(query, older_than=older_than, newer_than=newer_than)
    return POSTS.find(expression, low=low, high=high, most=most, is_ahead=newer_than >= 0)


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
    facts = [[PUBLIC if is_public else ALL], *filter(None, narrowed)]
    facts += [[state_fact(state)] for state in query.states if state in STATES]

    def channels_called(term: Term) -> Iterator[str]:
        return (channel_fact(pk) for pk, names in channels if _name_of(term) in names)

    return expression_of(
        query,
        dialect,
        facts=facts,
        excluded_facts=[state_fact(each) for each in query.excluded_states if each in STATES],
        is_public=is_public,
        languages=languages_of(query, POSTS),
        also=(lambda term: ()) if is_public else channels_called,
    )


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
