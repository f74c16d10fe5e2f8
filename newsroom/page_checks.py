"""A system check: no address of a new release stands in front of a page that editors wrote."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import CheckMessage
from django.core.checks import Warning as Caution
from django.db import connections

from articles.forms.site_pages import taken_slugs
from articles.models import SitePage


def site_pages_are_reachable(
    app_configs: Sequence[AppConfig] | None,
    *,
    databases: Sequence[str] | None = None,
    **kwargs: Any,
) -> list[CheckMessage]:
    """Name the public pages of editors that readers cannot reach, since the site has their address.

    A form refuses such a slug; a later release may take one that was free. Two queries, none unless
    a database is named.
    """
    return [message for alias in databases or () for message in _of_pages(alias)]


def _of_pages(alias: str) -> list[CheckMessage]:
    if SitePage._meta.db_table not in connections[alias].introspection.table_names():
        return []
    taken = taken_slugs()
    slugs = SitePage.objects.using(alias).public().order_by("slug").values_list("slug", flat=True)
    shadowed = [f"/{slug}/" for slug in slugs if slug.lower() in taken]
    if not shadowed:
        return []
    return [
        Caution(
            f"Readers cannot open pages of yours, for the site has their address: {', '.join(shadowed)}.",
            hint="Write each again under another slug, under Pages at the desk, and take it down here.",
            id="newsroom.W011",
        )
    ]
