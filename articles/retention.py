"""The triggers that make published versions immutable."""

from django.apps.registry import Apps
from django.db.backends.base.base import BaseDatabaseWrapper

from wires.retention import guard

ERASED_ARTICLE_VERSION = {
    "headline": "''",
    "standfirst": "''",
    "body": "''",
    "html": "''",
    "framing_note": "''",
    "framing_html": "''",
    "social_text": "''",
    "claims": "'[]'",
    "findings": "'[]'",
}


def guard_articles(connection: BaseDatabaseWrapper, apps: Apps) -> None:
    """Create the triggers of this app, for its models as in `apps`."""
    guard(
        connection,
        apps.get_model("articles", "ArticleVersion"),
        erasable=ERASED_ARTICLE_VERSION,
        erased_at="erased_at",
    )
    guard(
        connection,
        apps.get_model("articles", "VersionSource"),
        erasable={"spans": "'[]'", "note": "''"},
    )
    guard(connection, apps.get_model("articles", "Correction"))
