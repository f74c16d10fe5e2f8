"""Live articles that a query finds, newest first."""

from collections.abc import Iterable

from articles.search.rows import ARTICLES, outlet_fact, section_fact, topic_fact
from wires.search import SearchQuery
from wires.search.dialects import PUBLIC
from wires.search.expressions import bounds_of, expression_of, language_fact, languages_of


def find_keys(
    query: SearchQuery,
    *,
    most: int,
    section: int | None = None,
    topic: int | None = None,
    outlets: Iterable[int] | None = None,
    older_than: int = 0,
    newer_than: int = -1,
) -> list[int]:
    """Return the keys of the articles that match, newest first, at most so many, beyond a key.

    With `newer_than` those next to it. Narrowed to a section, a topic, and to those that rest on a
    post of one of these outlets. One query on SQLite, three at most on PostgreSQL.
    """
    facts = [[PUBLIC]]
    if section is not None:
        facts.append([section_fact(section)])
    if topic is not None:
        facts.append([topic_fact(topic)])
    if outlets is not None:
        facts.append([outlet_fact(pk) for pk in outlets])
    if query.languages:
        facts.append([language_fact(tag) for tag in query.languages])
    if not all(facts):
        return []
    languages = languages_of(query, ARTICLES)
    expression = expression_of(
        query, ARTICLES.dialect, facts=facts, is_public=False, languages=languages
    )
    low, high = bounds_of(query, older_than=older_than, newer_than=newer_than)
    return ARTICLES.find(expression, low=low, high=high, most=most, is_ahead=newer_than >= 0)
