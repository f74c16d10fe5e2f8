"""Feeds in three formats: each kind is declared once, in `kinds.py`, and has all of them.

A feed is a record: what was corrected, updated or withdrawn in the last weeks is in it however old
the article is, and the id of an entry never changes.
"""

from articles.feeds.entry import Feed, FeedEntry, FeedMoved, Withdrawal
from articles.feeds.formats import FORMATS, Format
from articles.feeds.kinds import KINDS, FeedKind, feed_paths
from articles.feeds.of_articles import feed_of_articles
from articles.feeds.topics import find_topic

__all__ = [
    "FORMATS",
    "KINDS",
    "Feed",
    "FeedEntry",
    "FeedKind",
    "FeedMoved",
    "Format",
    "Withdrawal",
    "feed_of_articles",
    "feed_paths",
    "find_topic",
]
