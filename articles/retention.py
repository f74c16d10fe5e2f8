"""The triggers that make published versions immutable."""

from django.apps.registry import Apps
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models.frozen import FROZEN_OF_ARTICLE, FROZEN_OF_SOURCE, erasable
from wires.retention import guard


def guard_articles(connection: BaseDatabaseWrapper, apps: Apps) -> None:
    """Create the triggers of this app, for its models as in `apps`."""
    guard(
        connection,
        apps.get_model("articles", "ArticleVersion"),
        erasable=erasable(FROZEN_OF_ARTICLE),
        erased_at="erased_at",
    )
    guard(
        connection,
        apps.get_model("articles", "VersionSource"),
        erasable=erasable(FROZEN_OF_SOURCE),
    )
    guard(connection, apps.get_model("articles", "Correction"))
