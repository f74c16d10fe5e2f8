"""The triggers that make published versions immutable."""

from django.apps.registry import Apps
from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models.frozen import (
    FROZEN_OF_ARTICLE,
    FROZEN_OF_SOURCE,
    NO_TEXT,
    erasable,
    redactable,
)
from web.words import REMOVED
from wires.retention import guard

ERASED_VERSION = erasable(FROZEN_OF_ARTICLE) | {"reason": NO_TEXT}
ERASED_CORRECTION = {"note": f"'{REMOVED}'"}


def guard_articles(connection: BaseDatabaseWrapper, apps: Apps) -> None:
    """Create the triggers of this app, for its models as in `apps`."""
    guard(
        connection,
        apps.get_model("articles", "ArticleVersion"),
        erasable=ERASED_VERSION,
        erased_at="erased_at",
        redactable=redactable(FROZEN_OF_ARTICLE),
    )
    guard(
        connection,
        apps.get_model("articles", "VersionSource"),
        erasable=erasable(FROZEN_OF_SOURCE),
    )
    guard(connection, apps.get_model("articles", "Correction"), erasable=ERASED_CORRECTION)
    # Not there yet while an older database is migrated.
    if "sitepageversion" in apps.all_models["articles"]:
        guard(connection, apps.get_model("articles", "SitePageVersion"))
